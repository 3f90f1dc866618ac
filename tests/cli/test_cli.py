"""The command line as users see it: exit codes, one JSON document, sentences, no tracebacks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from drawing import draw_folder, draw_jpeg

ATTRIBUTES = ("sharpness", "brightness", "contrast", "colorfulness", "noisiness")


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def uniqa(*words: object) -> Outcome:
    """Runs the program as a shell would."""
    run = subprocess.run(
        [sys.executable, "-m", "uniqa_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return Outcome(run.returncode, run.stdout, run.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, 4)
    return folder


def test_scan_counts_what_it_found(folder: Path) -> None:
    first = uniqa("scan", folder, "--json")
    (folder / "IMG_0002.jpg").unlink()
    draw_jpeg(folder / "IMG_0003.jpg", seed=99)
    draw_jpeg(folder / "new.jpg", seed=50)
    second = uniqa("scan", folder, "--json")
    assert first.code == second.code == 0
    assert {key: first.json[key] for key in ("added", "changed", "unchanged", "missing")} == {
        "added": 4, "changed": 0, "unchanged": 0, "missing": 0,
    }  # fmt: skip
    assert {key: second.json[key] for key in ("added", "changed", "unchanged", "missing")} == {
        "added": 1, "changed": 1, "unchanged": 2, "missing": 1,
    }  # fmt: skip
    assert second.json["failed"] == []


def test_score_then_list_in_order_of_quality(folder: Path) -> None:
    scored = uniqa("score", folder, "--json")
    assert scored.code == 0
    assert set(scored.json) == {"model", "scored", "skipped", "failed", "seconds"}
    assert (scored.json["model"], scored.json["scored"]) == ("uniqa-mini", 4)
    listed = uniqa("list", folder, "--sort", "quality", "--json").json
    values = [photo["quality"] for photo in listed]
    assert values == sorted(values, reverse=True)
    for photo in listed:
        assert Path(photo["path"]).is_file()
        assert 0 <= photo["aesthetics"] <= 100
        assert photo["aesthetics"] != photo["quality"]
        assert photo["taste"] is None
        assert photo["burst"] is None
        assert (photo["flag"], photo["stars"], photo["label"]) == ("none", 0, None)
        assert photo["model"] == "uniqa-mini"
        for name in ATTRIBUTES:
            assert 0 <= photo["attributes"][name] <= 100
            assert name in photo["attributes"]["raw"]


def test_bad_files_are_named_and_the_exit_says_so(folder: Path) -> None:
    (folder / "broken.jpg").write_bytes(b"no picture at all")
    for _ in range(2):
        outcome = uniqa("score", folder, "--json")
        assert outcome.code == 1
        (failure,) = outcome.json["failed"]
        assert failure["path"] == str(folder / "broken.jpg")
        assert failure["error"]
    assert outcome.json["scored"] == 0
    assert outcome.json["skipped"] == 4


def test_list_filters_and_limits(folder: Path) -> None:
    uniqa("score", folder)
    everything = uniqa("list", folder, "--json").json
    middle = sorted(photo["quality"] for photo in everything)[2]
    better = uniqa("list", folder, "--min-quality", middle - 0.01, "--json").json
    assert len(better) == 2
    assert len(uniqa("list", folder, "--limit", 1, "--json").json) == 1
    assert uniqa("list", folder, "--flag", "pick", "--json").json == []
    assert len(uniqa("list", folder, "--stars", "=0", "--json").json) == 4
    names = [Path(p["path"]).name for p in uniqa("list", folder, "--sort", "name", "--json").json]
    assert names == sorted(names)


def test_show_tells_everything_of_one_photo(tmp_path: Path) -> None:
    file = draw_jpeg(tmp_path / "p" / "a.jpg", model="Aurora A1", taken="2024:05:01 12:00:00")
    uniqa("score", file.parent)
    shown = uniqa("show", file, "--json").json
    assert shown["exif"]["camera"] == "Aurora A1"
    assert shown["exif"]["taken"] == shown["taken"] == "2024-05-01T12:00:00"
    assert shown["scores"]["uniqa-mini"]["quality"] == shown["quality"]
    assert shown["history"] == []
    for_people = uniqa("show", file)
    assert "Aurora A1" in for_people.out


@pytest.mark.parametrize(
    "words",
    [
        ("score", "/no/such/folder"),
        ("scan", "/no/such/folder"),
        ("list", "/no/such/folder"),
        ("show", "/no/such/file.jpg"),
        ("score", ".", "--model", "no-such-model"),
    ],
)
def test_a_request_that_makes_no_sense_is_one_sentence_and_exit_2(words: tuple[str, ...]) -> None:
    outcome = uniqa(*words)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    as_json = uniqa(*words, "--json")
    assert as_json.code == 2
    assert set(as_json.json) == {"error"}


@pytest.mark.parametrize(
    "words",
    [("list", "--stars", "many"), ("list", "--sort", "luck"), ("fly",), ("scan",),
     ("list", "--min-quality", "200")],
)  # fmt: skip
def test_wrong_options_are_exit_2(words: tuple[str, ...]) -> None:
    assert uniqa(*words).code == 2


def test_an_empty_folder_is_nothing_usable(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = uniqa("score", tmp_path / "empty", "--json")
    assert outcome.code == 2
    assert outcome.json["scored"] == 0


def test_a_library_of_ones_own(folder: Path, tmp_path: Path, home: Path) -> None:
    library = tmp_path / "other" / "mine.db"
    assert uniqa("score", folder, "--library", library).code == 0
    assert library.is_file()
    assert not (home / "data" / "library.db").exists()
    assert len(uniqa("list", "--library", library, "--json").json) == 4


def test_a_file_that_is_no_library_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    library = tmp_path / "letter.db"
    library.write_text("Dear photographer, " * 400)
    before = library.read_bytes()
    outcome = uniqa("score", folder, "--library", library)
    assert outcome.code == 2
    assert "doctor --rebuild" in outcome.err
    assert library.read_bytes() == before


def test_names_that_are_not_utf8_are_scored_and_shown(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/caf\xe9.jpg"
    try:
        (folder / "IMG_0000.jpg").rename(os.fsdecode(raw))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    outcome = uniqa("score", folder, "--json")
    assert (outcome.code, outcome.json["scored"]) == (0, 4)
    listed = uniqa("list", folder, "--json").json
    assert any(photo["path"].endswith("caf\\xe9.jpg") for photo in listed)


def test_doctor_reports_health(folder: Path) -> None:
    uniqa("score", folder)
    report = uniqa("doctor", "--json").json
    assert report["library"]["integrity"] == "ok"
    assert report["library"]["photos"] == 4
    assert report["codecs"]["JPEG"] is True
    assert report["devices"][0] == "cpu"


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to a child there")
def test_ctrl_c_stops_cleanly_and_the_next_run_completes(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    draw_folder(folder, 150)
    process = subprocess.Popen(
        [sys.executable, "-m", "uniqa_desktop", "score", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    if process.returncode == 130:
        assert "Stopping" in err
        done = json.loads(out)["scored"]
        assert uniqa("score", folder, "--json").json["scored"] == 150 - done


def test_list_into_a_closed_pipe_is_quiet(folder: Path) -> None:
    uniqa("score", folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "uniqa_desktop", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_bench_knows_its_names() -> None:
    outcome = uniqa("bench", "astrology")
    assert outcome.code == 2
    assert "scoring" in outcome.err


def test_demo_draws_into_a_folder_of_ones_choice(tmp_path: Path) -> None:
    taken = draw_jpeg(tmp_path / "mine" / "a.jpg").parent
    outcome = uniqa("demo", "--to", taken, "--json")
    assert outcome.code == 2, "never among somebody's photos"
    assert [file.name for file in taken.iterdir()] == ["a.jpg"]
