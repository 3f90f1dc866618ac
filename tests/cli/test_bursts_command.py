"""`bursts` and `list --fold` as a shell sees them, each in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_cli import uniqa

from uniqa_desktop import demo, settings
from uniqa_desktop.demo import PICTURES


@pytest.fixture
def folder(home: Path, tmp_path: Path) -> Path:
    """A burst of five, a bracket of three and a single photo, scored."""
    settings.save(replace(settings.load(), model="attributes-1"))
    folder = tmp_path / "photos"
    pictures = [p for p in PICTURES if p.scene in ("gull", "sunset", "planks")]
    list(demo.draw(folder, long_side=240, pictures=pictures))
    assert uniqa("score", folder).code == 0
    return folder


def by_kind(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {row["kind"]: [Path(path).name for path in row["members"]] for row in rows}


BURST = [f"DSC_{number:04d}.JPG" for number in range(472, 477)]
BRACKET = [f"DSC_{number:04d}.JPG" for number in range(495, 498)]


def test_groups_are_found_listed_folded_corrected_and_undone(folder: Path) -> None:
    found = uniqa("bursts", folder, "--no-best", "--json")
    assert found.code == 0
    assert by_kind(found.json) == {"burst": BURST, "bracket": BRACKET}
    for row in found.json:
        assert {"id", "kind", "members", "best", "reasons", "confidence"} <= row.keys()
        assert row["best"] is None
        assert 0.5 < row["confidence"] <= 1
        assert row["cover"] in row["members"]
    assert "-2, +0, +2 EV" in str(found.json[1]["evidence"])
    listed = uniqa("list", folder, "--sort", "name", "--json").json
    ids = {Path(row["path"]).name: row["burst"] for row in listed}
    assert {ids[name] for name in BURST} == {found.json[0]["id"]}
    assert ids["IMG_2217.jpg"] is None
    folded = uniqa("list", folder, "--fold", "--limit", 2, "--sort", "name", "--json").json
    assert [row["path"] for row in folded] == [row["cover"] for row in found.json]

    split = uniqa("bursts", "split", folder / BURST[3], folder / BURST[4], "--json")
    assert (split.code, split.json["changed"]) == (0, True)
    again = uniqa("bursts", folder, "--no-best", "--json").json
    assert [row["members"] for row in again if row["kind"] == "burst"] == [
        [str(folder / name) for name in BURST[:3]],
        [str(folder / name) for name in BURST[3:]],
    ]
    undone = uniqa("undo", "--json").json["undone"]
    assert undone == [{"correction": "split", "paths": [str(folder / name) for name in BURST[3:]]}]
    merged = uniqa("bursts", "merge", folder / BURST[0], folder / "IMG_2217.jpg", "--json")
    assert len(merged.json["groups"][0]["members"]) == 6
    cover = uniqa("bursts", "cover", folder / BURST[4], "--json")
    assert cover.json["groups"][0]["cover"] == str(folder / BURST[4])


def test_strictness_is_a_choice(folder: Path) -> None:
    strict = uniqa("bursts", folder, "--no-best", "--strictness", 100, "--json").json
    generous = uniqa("bursts", folder, "--no-best", "--strictness", 0, "--json").json
    assert sum(len(row["members"]) for row in strict) < sum(len(row["members"]) for row in generous)
    assert uniqa("bursts", folder, "--strictness", 101).code == 2


def test_the_best_frame_is_proposed_with_reasons(folder: Path) -> None:
    rows = uniqa("bursts", folder, "--json").json
    burst = next(row for row in rows if row["kind"] == "burst")
    assert burst["reasons"], "it says why, or why it cannot tell"
    assert burst["best"] is None or burst["best"] in burst["members"]
    bracket = next(row for row in rows if row["kind"] == "bracket")
    assert (bracket["best"], bracket["reasons"]) == (None, []), "kept whole, never ranked"


def test_a_clock_is_corrected_by_camera(folder: Path) -> None:
    camera = "Aurora A1"
    before = uniqa("show", folder / BURST[0], "--json").json["taken"]
    changed = uniqa("bursts", "clock", "--camera", camera, "--shift", "-3600", "--json")
    assert changed.json == {"changed": 8, "clocks": {camera: -3600.0}}
    after = uniqa("show", folder / BURST[0], "--json").json["taken"]
    assert int(after[11:13]) == int(before[11:13]) - 1
    unknown = uniqa("bursts", "clock", "--camera", "Nobody", "--shift", "1")
    assert unknown.code == 2
    assert camera in unknown.err


@pytest.mark.parametrize(
    "words",
    [
        ("bursts", "split", "nowhere.jpg"),
        ("bursts", "clock", "--shift", "3"),
        ("bursts", "no-such-folder"),
        ("bursts",),
    ],
)
def test_wrong_use_is_one_sentence(home: Path, words: tuple[str, ...]) -> None:
    outcome = uniqa(*words)
    assert outcome.code == 2
    assert outcome.err.strip()
