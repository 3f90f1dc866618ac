"""`rate`, `undo`, `redo` and `sidecars` as a shell sees them, each in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import uniqa


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg"):
        (folder / name).write_bytes(name.encode())
    uniqa("scan", folder)
    return folder


def flags(folder: Path) -> list[tuple[str, int, str | None]]:
    listed = uniqa("list", folder, "--sort", "name", "--json").json
    return [(photo["flag"], photo["stars"], photo["label"]) for photo in listed]


def test_verdicts_are_given_taken_back_and_given_again(folder: Path) -> None:
    both = folder / "a.jpg", folder / "b.jpg"
    given = uniqa("rate", *both, "--flag", "pick", "--stars", 3, "--label", "red", "--json")
    assert (given.code, given.json) == (0, {"changed": 2, "failed": []})
    assert flags(folder) == [("pick", 3, "red")] * 2
    undone = uniqa("undo", "--json")
    assert [row["path"] for row in undone.json["undone"]] == [str(path) for path in both]
    assert flags(folder) == [("none", 0, None)] * 2
    assert len(uniqa("redo", "--json").json["redone"]) == 2
    assert flags(folder) == [("pick", 3, "red")] * 2
    assert uniqa("redo", "--json").json == {"redone": []}


def test_unknown_files_and_empty_requests_are_refused_in_a_sentence(folder: Path) -> None:
    stranger = folder / "c.jpg"
    mixed = uniqa("rate", folder / "a.jpg", stranger, "--stars", 1, "--json")
    assert mixed.code == 1
    assert mixed.json["changed"] == 1
    assert mixed.json["failed"][0]["path"] == str(stranger)
    assert uniqa("rate", stranger, "--stars", 1).code == 2
    assert uniqa("rate", folder / "a.jpg").code == 2
    assert uniqa("rate", folder / "a.jpg", "--stars", 6).code == 2


def test_sidecars_go_out_and_come_in(folder: Path) -> None:
    uniqa("rate", folder / "a.jpg", "--flag", "pick", "--stars", 4)
    planned = uniqa("sidecars", "write", folder, "--dry-run", "--json")
    assert planned.json["sidecars"][0]["action"] == "create"
    assert planned.json["sidecars"][0]["changes"]["rating"] == [None, 4]
    assert not (folder / "a.xmp").exists()
    assert uniqa("sidecars", "write", folder).code == 0
    text = (folder / "a.xmp").read_text()
    (folder / "b.xmp").write_text(text.replace('Rating="4"', 'Rating="2"'))
    came = uniqa("sidecars", "read", "--json")
    assert (came.code, came.json["verdicts"]) == (0, 1)
    assert flags(folder) == [("pick", 4, None), ("pick", 2, None)]
    named = uniqa("sidecars", "write", "--naming", "darktable", "--json")
    assert {Path(row["path"]).name for row in named.json["sidecars"]} == {
        "a.jpg.xmp", "b.jpg.xmp",
    }  # fmt: skip


def test_a_conflict_exits_with_1_until_it_is_decided(folder: Path) -> None:
    uniqa("rate", folder / "a.jpg", "--stars", 4)
    uniqa("sidecars", "write")
    path = folder / "a.xmp"
    path.write_text(path.read_text().replace('Rating="4"', 'Rating="1"'))
    uniqa("rate", folder / "a.jpg", "--stars", 5)
    assert uniqa("sidecars", "write").code == 1
    assert uniqa("sidecars", "write", "--conflicts", "mine").code == 0
    assert 'Rating="5"' in path.read_text()
