"""`train describe` and `train purify`, from ratings and comments to the file of training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chat_server import Asked, Reply, said, serving
from click.testing import CliRunner
from drawing import draw_folder

from uniqa_desktop import settings
from uniqa_desktop.cli.main import group
from uniqa_desktop.training import pairs
from uniqa_desktop.training.guidance import LEVELS

SUBJECTS = ("tower", "harbour", "poppy", "village", "balloon")


def uniqa(*words: object, code: int = 0) -> Any:
    done = CliRunner().invoke(group, ["train", *map(str, words), "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def refused(*words: object) -> str:
    return uniqa(*words, code=2)["error"]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    draw_folder(tmp_path / "photos", 5)
    return tmp_path / "photos"


@pytest.fixture
def labels(photos: Path) -> Path:
    """Ratings from 1 to 5, one of each level, the last photo the best."""
    file = photos / "labels.csv"
    rows = [f"IMG_{number:04d}.jpg,{1 + number}" for number in range(5)]
    file.write_text("\n".join(["file,score", *rows]))
    return file


def look(asked: Asked, _: int) -> Reply:
    """Words that follow the rating in the question and what is in the picture."""
    level = next((word for word in LEVELS if f"as {word}." in asked.question), "any")
    subject = SUBJECTS[int(np.sum(asked.picture, dtype=np.int64)) % len(SUBJECTS)]
    return said(f"The light on the {subject} and the composition are {level}.")


def test_from_ratings_and_comments_to_what_training_reads(
    photos: Path, labels: Path, tmp_path: Path
) -> None:
    generated, out = tmp_path / "generated.json", tmp_path / "purified.json"
    with serving(look) as there:
        words = ("--labels", labels, "--out", generated, "--server", there.address)
        about = ("--model", "seer", "--kind", "aesthetics", "--range", 1, 5)
        record = uniqa("describe", *words, *about)
    texts = [row["prompt"][0] for row in json.loads(generated.read_text())]
    assert [next(word for word in LEVELS if word in text) for text in texts] == list(LEVELS)
    assert record["figures"]["levels"] == dict.fromkeys(LEVELS, 1)
    assert record["settings"]["scale"] == [1, 5]
    assert record["data"]["labels"]["files"] == 1

    comments = tmp_path / "comments.csv"
    relevant = [text.replace("The light", "Fine light") for text in texts]
    rows = ["file,comment"]
    for number, text in enumerate(relevant):
        rows += [f"IMG_{number:04d}.jpg,{said}" for said in ("lol", text, "Great!", "Good luck")]
    comments.write_text("\n".join(rows))
    record = uniqa("purify", "--comments", comments, "--generated", generated, "--out", out,
                   "--keep", 1)  # fmt: skip
    assert record["settings"]["relevance"] == "words"
    assert record["figures"]["kept"] == 5
    read = pairs.read(out, photos)
    assert [row.texts for row in read.rows] == [(text,) for text in relevant]

    unified = tmp_path / "unified.json"
    record = uniqa("unite", "--part", generated, "photos", "--part", out, "photos",
                   "--out", unified)  # fmt: skip
    assert record["figures"]["parts"] == [{"photos": 5, "texts": 5}] * 2
    assert [len(row.texts) for row in pairs.read(unified, tmp_path).rows] == [2] * 5


def test_what_fails_is_named_and_the_rest_is_done(photos: Path, tmp_path: Path) -> None:
    (photos / "IMG_0003.jpg").write_bytes(b"no picture")
    words = ["train", "describe", "--images", photos, "--out", tmp_path / "a.json", "--model", "s"]
    with serving(look) as there:
        done = CliRunner().invoke(group, [*map(str, words), "--server", there.address])
    assert done.exit_code == 1, done.output
    assert "failed: IMG_0003.jpg:" in done.stderr
    assert "described: 4" in done.stdout
    assert len(pairs.read(tmp_path / "a.json", photos).rows) == 4


def test_the_address_may_be_a_setting(photos: Path, tmp_path: Path) -> None:
    words = ("describe", "--images", photos, "--out", tmp_path / "a.json", "--model", "seer")
    with serving(look) as there:
        settings.save(settings.Settings(caption_server=there.address))
        assert uniqa(*words)["figures"]["described"] == 5
    settings.save(settings.Settings(caption_server="http://10.0.0.7:8000/v1"))
    assert "every photo would leave it" in refused(*words)


def test_a_key_comes_from_the_environment(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("describe", "--images", photos, "--out", tmp_path / "a.json", "--model", "seer",
             "--key-from", "SEER_KEY")  # fmt: skip
    assert "no environment variable SEER_KEY" in refused(*words)
    monkeypatch.setenv("SEER_KEY", "s3cret")
    with serving(look) as there:
        record = uniqa(*words, "--server", there.address)
    assert {asked.headers["Authorization"] for asked in there.asked} == {"Bearer s3cret"}
    assert "s3cret" not in json.dumps(record)


def test_a_question_of_ones_own(photos: Path, labels: Path, tmp_path: Path) -> None:
    question = tmp_path / "question.txt"
    question.write_text("People say it is as {level}. Is it?\n")
    words = ("describe", "--out", tmp_path / "a.json", "--model", "s", "--question", question)
    assert "there are no ratings" in refused(*words, "--images", photos)
    with serving(look) as there:
        uniqa(*words, "--labels", labels, "--server", there.address, "--lower-better")
    assert {asked.question for asked in there.asked} == {
        f"People say it is as {level}. Is it?" for level in LEVELS
    }
    assert "cannot be read" in refused(*words[:-1], tmp_path / "gone.txt", "--images", photos)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("IMG_0000.jpg,3\nIMG_0001.jpg,6", "outside of 1 to 5"),
        ("IMG_0000.jpg,nan\nIMG_0001.jpg,2", "not a number"),
        ("IMG_0000.jpg,3\nIMG_0000.jpg,4", "listed more than once"),
        ("IMG_0000.jpg,3\nIMG_0001.jpg,3", "the same score"),
    ],
)
def test_bad_ratings_are_refused_before_anything_is_sent(
    rows: str, words: str, labels: Path, tmp_path: Path
) -> None:
    labels.write_text(f"file,score\n{rows}\n")
    with serving(look) as there:
        said = refused("describe", "--labels", labels, "--out", tmp_path / "a.json", "--model", "s",
                       "--server", there.address, "--range", 1, 5)  # fmt: skip
    assert words in said
    assert there.asked == []


def test_wrong_use_is_said(photos: Path, labels: Path, tmp_path: Path) -> None:
    base = ("describe", "--out", tmp_path / "a.json", "--model", "seer")
    assert "Say which photos" in refused(*base)
    assert "no folder" in refused(*base, "--images", tmp_path / "gone")
    (tmp_path / "empty").mkdir()
    assert "no photo in" in refused(*base, "--images", tmp_path / "empty")
    assert "without ratings" in refused(*base, "--images", photos, "--range", 1, 5)
    assert "four borders" in refused(*base, "--labels", labels, "--cuts", 0.2, 0.1, 0.5, 0.8)
    assert "No language server answers" in refused(
        *base, "--images", photos, "--server", "127.0.0.1:1"
    )
    (tmp_path / "c.json").write_text('[{"image_path": "a.jpg", "prompt": "Nice light"}]')
    both = ("--comments", tmp_path / "c.json", "--generated", tmp_path / "c.json")
    assert "reads no text" in refused(
        "purify", *both, "--out", tmp_path / "p.json", "--model", "attributes-1"
    )
    assert "exists already" in refused("purify", *both, "--out", tmp_path / "c.json")
