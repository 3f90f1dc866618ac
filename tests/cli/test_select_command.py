"""`select` and `list --triage` as a shell sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawing import draw_folder
from test_cli import uniqa


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, 5)
    uniqa("score", folder)
    return folder


def flags(folder: Path) -> list[str]:
    return [photo["flag"] for photo in uniqa("list", folder, "--json").json]


def test_what_is_kept_and_why_not_is_one_document_and_no_verdict(folder: Path) -> None:
    chosen = uniqa("select", folder, "--keep", 2, "--json")
    assert chosen.code == 0
    assert set(chosen.json) == {"kept", "left_out"}
    assert len(chosen.json["kept"]) == 2
    out = {row["path"] for row in chosen.json["left_out"]}
    assert out | set(chosen.json["kept"]) == {str(file) for file in folder.iterdir()}
    assert all(row["why"] for row in chosen.json["left_out"])
    assert flags(folder) == ["none"] * 5
    best = uniqa("list", folder, "--sort", "quality", "--limit", 2, "--json").json
    top = uniqa("select", folder, "--keep", 2, "--varied", 0, "--json").json["kept"]
    assert top == [photo["path"] for photo in best]


def test_scoring_finds_groups_and_one_frame_of_each_is_kept(folder: Path) -> None:
    first = sorted(folder.iterdir())[0]
    twin = first.with_name("a copy of it.jpg")
    twin.write_bytes(first.read_bytes())
    uniqa("score", folder)
    of = {photo["path"]: photo["burst"] for photo in uniqa("list", folder, "--json").json}
    assert of[str(first)] == of[str(twin)] is not None
    chosen = uniqa("select", folder, "--keep", 6, "--json").json
    pair = {str(first), str(twin)}
    (kept,) = pair & set(chosen["kept"])
    (why,) = [row["why"] for row in chosen["left_out"] if row["path"] in pair]
    assert Path(kept).name in why


def test_picks_are_given_on_request_only_and_undone_at_once(folder: Path) -> None:
    assert uniqa("select", folder, "--keep", 3, "--pick", "--json").json["picked"] == 3
    assert flags(folder).count("pick") == 3
    uniqa("undo")
    assert flags(folder) == ["none"] * 5


def test_nothing_to_select_from_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert uniqa("select", tmp_path / "empty", "--keep", 2, "--json").code == 2
    assert uniqa("select", tmp_path / "empty", "--keep", 0).code == 2


def test_the_three_piles_hold_every_photo_once(folder: Path) -> None:
    piles = [
        uniqa("list", folder, "--triage", pile, "--thresholds", 30, 60, "--json").json
        for pile in ("keep", "reject", "look")
    ]
    names = [photo["path"] for pile in piles for photo in pile]
    assert sorted(names) == sorted(str(file) for file in folder.iterdir())
    assert uniqa("list", folder, "--triage", "keep", "--thresholds", 60, 30).code == 2
