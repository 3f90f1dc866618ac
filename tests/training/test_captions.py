"""Photos described by a server: from a folder or ratings to the file that training reads."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chat_server import Asked, Reply, Script, error, said, serving
from drawing import draw_folder, draw_jpeg

from uniqa_desktop import decode
from uniqa_desktop.errors import DiskFull, ServerError, WrongUse
from uniqa_desktop.photo import Progress
from uniqa_desktop.training import captions, pairs
from uniqa_desktop.training.captions import Patience, Wish, caption
from uniqa_desktop.training.chat import Answer, ChatServer, Unsteady
from uniqa_desktop.training.guidance import Kind, question
from uniqa_desktop.training.subjects import Item, in_folder

AT_ONCE = Patience(retries=2, pause=0.0)


def wish(**changed: Any) -> Wish:
    return Wish(
        **{"model": "seer", "kind": Kind.QUALITY, "question": question(Kind.QUALITY, guided=False)}
        | changed
    )


def look(asked: Asked) -> Reply:
    """A scripted model that really looks: its words follow the picture and the seed."""
    mean = int(np.mean(asked.picture))
    return said(f"A photo of brightness {mean}, seen with {asked.document['seed'] % 997}.")


def job(
    folder: Path, out: Path, server: str, timeout: float = 10, **changed: Any
) -> Generator[Progress, None, dict[str, Any]]:
    asked = changed.pop("wish", wish())
    chosen = {"patience": AT_ONCE, **changed}
    items = chosen.pop("items", None) or in_folder(folder)
    return captions.describe(items, asked, ChatServer(server, timeout=timeout), out, **chosen)


def run(*args: Any, **changed: Any) -> dict[str, Any]:
    steps = job(*args, **changed)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def made(out: Path) -> list[dict[str, Any]]:
    return json.loads(out.read_text())


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    draw_folder(tmp_path / "photos", 6)
    return tmp_path / "photos"


def test_each_photo_gets_a_text_of_its_own(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "captions.json"
    draw_jpeg(photos / "below" / "large.jpg", width=400, height=200, orientation=6)
    (photos / "notes.txt").write_text("no photo")
    with serving(lambda asked, _: look(asked)) as there:
        record = run(photos, out, there.address, wish=wish(side=100, temperature=0.2, tokens=50))
    names = [row["image_path"] for row in made(out)]
    assert names == sorted(names) == [f"IMG_{n:04d}.jpg" for n in range(6)] + ["below/large.jpg"]
    assert record["finished"]
    assert record["figures"]["described"] == record["figures"]["distinct_texts"] == 7
    assert record["figures"]["answered_by"] == ["seer-1"]
    assert record["figures"]["failed"] == []
    assert not record["figures"]["left_this_machine"]
    assert str(tmp_path) not in json.dumps(record)
    assert there.address not in json.dumps(record)
    request = there.asked[0].document
    assert (request["model"], request["temperature"], request["max_tokens"]) == ("seer", 0.2, 50)
    assert there.asked[0].question == question(Kind.QUALITY, guided=False)
    # Upright, reduced, and without what the camera wrote.
    assert (100, 50, 3) in {asked.picture.shape for asked in there.asked}
    assert not any(b"Exif" in asked.jpeg for asked in there.asked)


def test_the_level_is_told(photos: Path, tmp_path: Path) -> None:
    items = [
        Item(item.name, item.path, level)
        for item, level in zip(in_folder(photos), ("bad", "good", "good"), strict=False)
    ]
    words = question(Kind.AESTHETICS, guided=True)
    with serving(lambda asked, _: said(asked.question)) as there:
        record = run(
            photos,
            tmp_path / "a.json",
            there.address,
            items=items,
            wish=wish(question=words, kind=Kind.AESTHETICS),
        )
    texts = [row["prompt"] for row in made(tmp_path / "a.json")]
    assert ["rated the aesthetics of this image as bad" in text[0] for text in texts] == [1, 0, 0]
    assert ["rated the aesthetics of this image as good" in text[0] for text in texts] == [0, 1, 1]
    assert record["figures"]["levels"] == {"bad": 1, "good": 2}


def test_several_texts_of_a_photo_have_seeds_of_their_own(photos: Path, tmp_path: Path) -> None:
    with serving(lambda asked, _: look(asked)) as there:
        run(photos, tmp_path / "a.json", there.address, wish=wish(texts=3))
        seeds = {asked.document["seed"] for asked in there.asked}
        assert len(seeds) == 18
        run(photos, tmp_path / "b.json", there.address, wish=wish(texts=3, seed=1))
    assert all(len(row["prompt"]) == 3 for row in made(tmp_path / "a.json"))
    assert made(tmp_path / "a.json") != made(tmp_path / "b.json")


def test_no_more_photos_at_once_than_asked_for(photos: Path, tmp_path: Path) -> None:
    meet = threading.Barrier(3)

    def script(asked: Asked, _: int) -> Reply:
        meet.wait(10)  # all three are with the server together
        return look(asked)

    with serving(script) as there:
        run(photos, tmp_path / "a.json", there.address, parallel=3)
    assert there.most_at_once == 3


def stopped_after(count: int, steps: Generator[Progress, None, Any], stop: threading.Event) -> Any:
    done = 0
    while True:
        try:
            done = max(done, next(steps).done)
        except StopIteration as end:
            return end.value
        if done >= count:
            stop.set()


def test_an_interruption_changes_no_byte(photos: Path, tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole.json", tmp_path / "parts.json"
    with serving(lambda asked, _: look(asked)) as there:
        run(photos, whole, there.address)
    with serving(lambda asked, _: look(asked)) as there:
        stop = threading.Event()
        record = stopped_after(2, job(photos, parts, there.address, parallel=1, stop=stop), stop)
        assert record["finished"] is None
        assert not parts.exists()
        before = len(there.asked)
        assert 2 <= before < 6
        assert run(photos, parts, there.address, resume=True)["finished"]
        journal = (tmp_path / "parts.run" / "done.jsonl").read_text().splitlines()
    assert parts.read_bytes() == whole.read_bytes()
    assert len(journal) == 6  # no photo was asked about again
    with pytest.raises(WrongUse, match=r"other settings \(temperature\)"):
        run(photos, parts, "127.0.0.1:1", resume=True, wish=wish(temperature=1.0))


def test_a_stop_does_not_wait_for_a_server_that_hangs(photos: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    with serving(lambda *_: Reply(hang=True)) as there:
        steps = job(photos, tmp_path / "a.json", there.address, timeout=3600, stop=stop)
        next(steps)
        timer = threading.Timer(0.3, stop.set)
        timer.start()
        assert stopped_after(99, steps, stop)["finished"] is None
        timer.join()


def test_a_closed_job_leaves_nothing_running(photos: Path, tmp_path: Path) -> None:
    with serving(lambda *_: Reply(hang=True)) as there:
        steps = job(photos, tmp_path / "a.json", there.address, timeout=3600)
        next(steps)
        next(steps)
        steps.close()


def replies(*first: Reply) -> Script:
    """These replies, then sensible ones."""
    return lambda asked, number: first[number] if number < len(first) else look(asked)


@pytest.mark.parametrize(
    "reply",
    [error(500), error(429), Reply(b"nonsense"), said(""), said("  \n"), said("?!"),
     said("word " * 2000), said("<think>hm"), Reply(b"{", cut=True)],
)  # fmt: skip
def test_one_bad_answer_is_asked_again(reply: Reply, photos: Path, tmp_path: Path) -> None:
    with serving(replies(reply)) as there:
        record = run(photos, tmp_path / "a.json", there.address, parallel=1)
    assert record["figures"]["described"] == 6
    first, again = there.asked[:2]
    assert first.jpeg == again.jpeg
    assert first.document["seed"] != again.document["seed"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (said(""), "The answer is empty"),
        (said("wörd " * 2000), "has 9,999 characters; the limit is 1,000"),
        (error(400, "too large"), "refused the request"),
    ],
)
def test_a_photo_without_an_answer_is_named_and_asked_about_later(
    reply: Reply, words: str, photos: Path, tmp_path: Path
) -> None:
    bad = threading.Event()
    bad.set()
    target = in_folder(photos)[2].path

    def script(asked: Asked, _: int) -> Reply:
        return reply if bad.is_set() and asked.jpeg == hidden else look(asked)

    hidden = decode.encode_jpeg(decode.full(target).pixels, 95)
    out = tmp_path / "a.json"
    with serving(script) as there:
        record = run(photos, out, there.address)
        (failed,) = record["figures"]["failed"]
        assert failed["image_path"] == target.name
        assert words in failed["error"]
        assert record["finished"] is None
        assert len(made(out)) == 5  # what there is can be trained with
        bad.clear()
        before = len(there.asked)
        record = run(photos, out, there.address, resume=True)
        assert len(there.asked) == before + 1
    assert record["finished"]
    assert len(made(out)) == 6


def test_missing_and_damaged_photos_are_named(photos: Path, tmp_path: Path) -> None:
    (photos / "IMG_0001.jpg").write_bytes(b"\xff\xd8 broken")
    items = [*in_folder(photos), Item("gone.jpg", photos / "gone.jpg")]
    with serving(lambda asked, _: look(asked)) as there:
        record = run(photos, tmp_path / "a.json", there.address, items=items)
    failed = {one["image_path"]: one["error"] for one in record["figures"]["failed"]}
    assert failed["gone.jpg"] == "The file is gone."
    assert set(failed) == {"gone.jpg", "IMG_0001.jpg"}
    assert len(there.asked) == 5


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (error(500, "no GPU"), r"3 photos in a row; the last time: .*no GPU"),
        (Reply(b"<html>"), "3 photos in a row; the last time: .*makes no sense: “<html>”"),
        (said(""), "3 photos in a row; the last time: The answer is empty"),
        (error(404, "model not found"), "does not know this model"),
        (Reply(status=302, headers={"Location": "http://203.0.113.9/"}), "no photo was sent there"),
    ],
)
def test_a_server_gone_wrong_ends_the_run_and_costs_nothing(
    reply: Reply, words: str, photos: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.json"

    def script(asked: Asked, number: int) -> Reply:
        return look(asked) if number < 2 else reply

    with (
        serving(script) as there,
        pytest.raises(ServerError, match=f"{words}.* 2 of 6 photos are described.*--resume"),
    ):
        run(photos, out, there.address, parallel=1)
    with serving(lambda asked, _: look(asked)) as there:
        assert run(photos, out, there.address, resume=True)["finished"]
    assert len(there.asked) == 4


def test_bad_answers_now_and_then_do_not_end_the_run(photos: Path, tmp_path: Path) -> None:
    with serving(lambda asked, number: look(asked) if number % 2 else error(400)) as there:
        record = run(photos, tmp_path / "a.json", there.address, parallel=1)
    assert record["figures"]["described"] == len(record["figures"]["failed"]) == 3


def test_a_server_that_hangs_ends_the_run(photos: Path, tmp_path: Path) -> None:
    with (
        serving(replies(*[Reply(hang=True)] * 9)) as there,
        pytest.raises(ServerError, match=r"3 photos in a row.*no answer within 0.2 seconds"),
    ):
        run(photos, tmp_path / "a.json", there.address, timeout=0.2, parallel=3)
    assert len(there.asked) <= 6  # none of them was waited for twice


def test_a_full_drive_keeps_what_was_finished(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.json"
    write, count = os.write, 0

    def full(handle: int, data: bytes) -> int:
        nonlocal count
        count += data.startswith(b'{"image_path"')
        if count > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data)

    with serving(lambda asked, _: look(asked)) as there:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            with pytest.raises(DiskFull, match="free some space"):
                run(photos, out, there.address, parallel=1)
        before = len(there.asked)
        assert run(photos, out, there.address, resume=True)["figures"]["described"] == 6
        assert len(there.asked) == before + 3


def test_nothing_is_sent_for_a_model_that_runs_elsewhere(photos: Path, tmp_path: Path) -> None:
    with (
        serving(lambda asked, _: look(asked)) as there,
        pytest.raises(WrongUse, match="does not run on this machine"),
    ):
        run(photos, tmp_path / "a.json", there.address, wish=wish(model="big:cloud"))
    assert there.asked == []


def text_of(text: str, *, cut: bool = False) -> str:
    return caption(Answer(text, "seer", cut), 1000)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ('  "A sharp\n photo."  ', "A sharp photo."),
        ("**Good** quality", "Good quality"),
        ("<think>what?\nhm</think>\nSoft light.", "Soft light."),
        ("It says “no”.", "It says “no”."),
        ("a\x00b\ud800c\u2028d", "a bc d"),
        ('"One" and "two"', '"One" and "two"'),
    ],
)
def test_answers_become_plain_lines(answer: str, text: str) -> None:
    assert text_of(answer) == text


def test_an_answer_that_was_cut_off_ends_with_a_sentence() -> None:
    assert text_of("It is sharp. Its 1.5 stops too dark. And the col", cut=True) == (
        "It is sharp. Its 1.5 stops too dark."
    )
    assert text_of("很清晰。色彩", cut=True) == "很清晰。"
    with pytest.raises(Unsteady, match="allow more by --tokens"):
        text_of("It is sharp and", cut=True)


def test_the_file_is_what_training_reads(photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    with serving(lambda asked, _: look(asked)) as there:
        run(photos, out, there.address, wish=wish(texts=2))
    read = pairs.read(out, photos)
    assert [row.picture for row in read.rows] == [item.path for item in in_folder(photos)]
    assert all(len(row.texts) == 2 for row in read.rows)
    assert not any(read.notes.values())
