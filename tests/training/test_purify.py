"""Choosing among people's comments: the two ranks, and that relevant comments win."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import tiny_models as tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.errors import DiskFull, WeightsError, WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.training import comments as commenting
from uniqa_desktop.training import relevance
from uniqa_desktop.training.journal import Journal
from uniqa_desktop.training.purify import Against, Rules, Then, Ties, choose, purify, ranks
from uniqa_desktop.training.relevance import Words

SUBJECTS = ("lighthouse", "harbour", "poppy", "village", "balloon", "forest", "violin", "market")
GENERATED = (
    "The {light} light models the {subject} and the composition leads the eye to it.",
    "A balanced composition with {light} colours; the {subject} stands out against the background.",
)
RELEVANT = (
    "The {light} light on the {subject} is lovely",
    "Strong composition, the eye goes to the {subject} at once, and the colours are {light}",
    "The background could be calmer but the {light} colours work",
)
BESIDE_IT = (
    "Congratulations on your ribbon, you really deserved that one this week my friend",
    "I was there with my family last summer and we had ice cream every single day",
    "Thanks for your kind words on my entry",
    "lol",
    "Great!",
    "My cousin has the same camera",
    "What lens did you use?",
    "Good luck",
)
"""Half of them are as long as the relevant ones or longer: length alone would keep them."""


def mixture(photos: int = 120, seed: int = 4) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Drawn comments, two relevant ones among six, and a generated text, for each photo."""
    draw = random.Random(seed)
    comments, generated = {}, {}
    for number in range(photos):
        words = {"subject": draw.choice(SUBJECTS), "light": draw.choice(("soft", "hard", "warm"))}
        said = [form.format(**words) for form in draw.sample(RELEVANT, 2)]
        said += draw.sample(BESIDE_IT, 4)
        draw.shuffle(said)
        comments[f"{number}.jpg"] = said
        generated[f"{number}.jpg"] = [draw.choice(GENERATED).format(**words)]
    return comments, generated


def words_of(*files: dict[str, list[str]]) -> Words:
    return Words(text for file in files for texts in file.values() for text in texts)


def job(
    comments: Any, generated: Any, out: Path, rules: Rules | None = None, **more: Any
) -> Generator[Any, None, dict[str, Any]]:
    measure = more.pop("measure", None) or (lambda: words_of(comments, generated))
    return purify(comments, generated, measure, rules or Rules(), out, **more)


def run(*args: Any, **more: Any) -> dict[str, Any]:
    steps = job(*args, **more)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def kept_in(out: Path) -> dict[str, list[str]]:
    return {row["image_path"]: row["prompt"] for row in json.loads(out.read_text())}


def relevant_share(kept: dict[str, list[str]]) -> float:
    texts = [text for said in kept.values() for text in said]
    return sum(text not in BESIDE_IT for text in texts) / len(texts)


@pytest.mark.parametrize("against", Against)
def test_relevant_comments_win(against: Against, tmp_path: Path) -> None:
    """A third of the comments is relevant, which is what chance keeps; length alone keeps more."""
    comments, generated = mixture()
    record = run(comments, generated, tmp_path / "a.json", Rules(keep=2, against=against))
    share = relevant_share(kept_in(tmp_path / "a.json"))
    draw = random.Random(1)
    chance = relevant_share({name: draw.sample(said, 2) for name, said in comments.items()})
    run(comments, generated, tmp_path / "b.json", Rules(keep=2, weight=0.0))
    length_alone = relevant_share(kept_in(tmp_path / "b.json"))
    assert chance == pytest.approx(1 / 3, abs=0.08)
    assert share > chance + 0.35
    assert share > length_alone + 0.1
    figures = record["figures"]
    assert figures["relevance"]["kept"] > 1.3 * figures["relevance"]["before"]
    assert figures["words"]["kept"] > figures["words"]["before"]
    assert (figures["photos"], figures["comments"], figures["kept"]) == (120, 720, 240)


def test_the_sum_is_plain() -> None:
    """Worked by hand: relevance ranks 4 3 2 1 and length ranks 1 2 4 3 make 5 5 6 4."""
    comments = ["a", "b b", "c c c c", "d d d"]
    likeness = [0.9, 0.5, 0.2, 0.1]
    assert choose(comments, likeness, Rules(keep=1, share=1)) == [2]
    assert choose(comments, likeness, Rules(keep=2, share=1)) == [0, 2]
    assert choose(comments, likeness, Rules(keep=2, share=1, then=Then.LENGTH)) == [1, 2]
    assert choose(comments, likeness, Rules(keep=1, share=1, weight=3)) == [0]
    assert choose(comments, likeness, Rules(keep=9, share=0.5)) == [0, 2]
    assert choose(comments, likeness, Rules(keep=9, share=0.01)) == [2]
    assert choose(comments, likeness, Rules(keep=1, share=1, weight=0, most_words=2)) == [1]


def test_ties_have_the_rank_that_is_asked_for() -> None:
    values = [0.3, 0.1, 0.3, 0.5]
    assert ranks(values) == [2.5, 1, 2.5, 4]
    assert ranks(values, Ties.DENSE) == [2, 1, 2, 3]
    assert ranks(values, Ties.FIRST) == [3, 1, 2, 4]


@settings(deadline=None)
@given(st.lists(st.integers(-5, 5).map(float), max_size=12), st.sampled_from(Ties))
def test_ranks_follow_the_values(values: list[float], ties: Ties) -> None:
    found = ranks(values, ties)
    for one, rank in zip(values, found, strict=True):
        for other, beside in zip(values, found, strict=True):
            if one > other:
                assert rank > beside
            if one == other and ties is not Ties.FIRST:
                assert rank == beside
    if ties is not Ties.DENSE:
        assert sum(found) == len(values) * (len(values) + 1) / 2


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 90), st.floats(-1, 1)), min_size=1, max_size=15),
    st.integers(1, 8),
    st.floats(0.01, 1),
    st.sampled_from(Ties),
)
def test_a_comment_better_in_both_is_never_left_out_for_a_worse_one(
    said: list[tuple[int, float]], keep: int, share: float, ties: Ties
) -> None:
    rules = Rules(keep=keep, share=share, ties=ties)
    lengths = [length for length, _ in said]
    likeness = [round(value, 3) for _, value in said]
    kept = choose(["w " * length for length in lengths], likeness, rules)
    assert 1 <= len(kept) <= min(keep, len(said))
    assert kept == sorted(set(kept))
    for out in set(range(len(said))) - set(kept):
        assert not any(
            likeness[out] > likeness[one]
            and min(lengths[out], rules.most_words) > min(lengths[one], rules.most_words)
            for one in kept
        )


def test_an_interruption_changes_no_byte(tmp_path: Path) -> None:
    comments, generated = mixture(40)
    whole, parts = tmp_path / "whole.json", tmp_path / "parts.json"
    run(comments, generated, whole)
    stop = threading.Event()

    class Stopping(Words):
        def of(self, *args: Any) -> list[float]:
            self.count = getattr(self, "count", 0) + 1
            if self.count == 9:
                stop.set()
            return super().of(*args)

    def measure() -> Words:
        return Stopping(text for f in (comments, generated) for said in f.values() for text in said)

    assert run(comments, generated, parts, measure=measure, stop=stop)["finished"] is None
    assert not parts.exists()
    with Journal(tmp_path / "parts.run" / "done.jsonl") as journal:
        assert len(journal.entries) == 9
    assert run(comments, generated, parts, resume=True)["finished"]
    assert parts.read_bytes() == whole.read_bytes()
    with pytest.raises(WrongUse, match=r"other settings \(keep\)"):
        run(comments, generated, parts, Rules(keep=1), resume=True)


def test_a_full_drive_keeps_what_was_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments, generated = mixture(10)
    append = Journal.append

    def full(journal: Journal, entry: Any) -> None:
        if len(journal.entries) == 4:
            raise DiskFull("No room left.")
        append(journal, entry)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        with pytest.raises(DiskFull):
            run(comments, generated, tmp_path / "a.json")
    assert run(comments, generated, tmp_path / "a.json", resume=True)["figures"]["photos"] == 10


def test_comments_that_are_none_are_counted_and_left_out(tmp_path: Path) -> None:
    article = "Light and composition. " * 500  # more than 10,000 characters
    comments = {
        "a.jpg": ["", "  ", "!!! :-)", "Soft\nlight", "soft light", article, "Nice \ud800colours"],
        "b.jpg": ["", "?"],
        "c.jpg": ["No generated text for this one"],
    }
    generated = {"a.jpg": ["soft light and nice colours"], "b.jpg": ["hard light"], "c.jpg": [" "]}
    record = run(comments, generated, tmp_path / "a.json", Rules(share=1))
    assert kept_in(tmp_path / "a.json") == {"a.jpg": ["Soft light", "Nice colours"]}
    assert record["figures"]["dropped"] == {"empty": 5, "repeated": 1, "too_long": 1}
    assert record["figures"]["failed"] == [
        {"image_path": "b.jpg", "error": "None of its comments is usable."},
        {"image_path": "c.jpg", "error": "There is no generated text for it."},
    ]
    whole = run(comments, generated, tmp_path / "b.json", Rules(against=Against.ALL))
    assert [one["image_path"] for one in whole["figures"]["failed"]] == ["b.jpg"]


def test_files_that_do_not_belong_together(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="must name the same photos"):
        run({"a.jpg": ["Good"]}, {"x/a.jpg": ["Good"]}, tmp_path / "a.json")
    with pytest.raises(WrongUse, match="no generated text"):
        run({"a.jpg": ["Good"]}, {"a.jpg": [""]}, tmp_path / "a.json", Rules(against=Against.ALL))
    with pytest.raises(WrongUse, match="No photo has a comment"):
        run({"a.jpg": ["!"]}, {"a.jpg": ["Good"]}, tmp_path / "a.json")
    for rules in ({"keep": 0}, {"share": 0.0}, {"weight": -1.0}, {"most_words": 0}):
        with pytest.raises(WrongUse, match="keep no comment"):
            Rules(**rules)  # type: ignore[arg-type]


# Reading comments


def test_comments_are_read_from_json_and_csv(tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.csv"
    one.write_text(
        '[{"image_path": "./a\\\\b.jpg", "prompt": "One"},'
        ' {"image_path": "a/b.jpg", "prompt": ["Two", ""]}]'
    )
    other.write_text('\ufefffile;comment\na/b.jpg;"One; with\nlines"\na/b.jpg;Two\n', "utf-8")
    assert commenting.read(one) == {"a/b.jpg": ["One", "Two", ""]}
    assert commenting.read(other) == {"a/b.jpg": ["One; with\nlines", "Two"]}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"{}", "is not a list"),
        ("a.json", b"[]", "holds no photos"),
        ("a.json", b'[{"prompt": "a"}]', "Row 1 .* has no image_path"),
        ("a.json", b"[3]", "Row 1 .* has no image_path"),
        ("a.json", b'[{"image_path": "a", "prompt": [1]}]', "neither a text nor a list"),
        ("a.json", b"\xff\xfe", "not a text file"),
        ("a.csv", b"", "no columns 'file' and 'comment'"),
        ("a.csv", b"file,score\na,1\n", "no columns 'file' and 'comment'"),
        ("a.csv", b"file,comment\na.jpg\n", "Line 2 .* too few columns"),
        ("a.csv", b'file,comment\na.jpg,"open', "no CSV file"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WrongUse, match=words):
        commenting.read(tmp_path / name)
    with pytest.raises(WrongUse, match="cannot be read"):
        commenting.read(tmp_path / "gone.json")


# Measures of relevance


def test_rare_shared_words_count_and_common_ones_hardly() -> None:
    texts = ["the light is soft", "the dog is old", "the sea is calm", "the day is long"]
    words = Words(texts)
    direction = words.direction(["the light is soft"])
    same, shared, common, none = words.of(
        ["The LIGHT is soft!", "soft light", "the dog is old", "Grüße"], direction
    )
    assert same == pytest.approx(1)
    assert 1 > shared > 0.7 > 0.4 > common > 0
    assert none == 0


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.text(max_size=30))
def test_any_texts_have_a_likeness(texts: list[str], comment: str) -> None:
    words = Words([*texts, comment])
    (found,) = words.of([comment], words.direction(texts))
    assert -1e-9 <= found <= 1 + 1e-9


@tiny.needs_torch
def test_an_installed_clip_measures(tmp_path: Path) -> None:
    file = tiny.save(tmp_path / "tiny.pt", tiny.vit_arrays())
    Models().install(file, model_id="tiny")
    measure = relevance.ClipText.load("tiny", "cpu")
    text = "A balanced composition with soft light."
    direction = measure.direction([text])
    same, other, endless = measure.of([text, "lol", "word " * 2000], direction)
    assert same == pytest.approx(1, abs=1e-5)
    assert other < 0.999
    assert -1 <= endless <= 1
    assert measure.of([], direction) == []
    many = [f"comment {number}" for number in range(70)]  # more than go in at once
    assert measure.of(many, direction)[69] == pytest.approx(
        measure.of(many[69:], direction)[0], abs=1e-5
    )
    assert measure.name.startswith("tiny ")


def test_models_without_words_are_refused() -> None:
    with pytest.raises(WrongUse, match="reads no text"):
        relevance.check_clip("attributes-1")
    with pytest.raises(WeightsError, match="no model 'nope' here"):
        relevance.check_clip("nope")
