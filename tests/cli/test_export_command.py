"""`export` and `trash` as a shell sees them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from drawing import draw_folder
from test_cli import uniqa

from uniqa_desktop import paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, 3)
    uniqa("score", folder)
    uniqa("rate", folder / "IMG_0000.jpg", "--flag", "pick")
    uniqa("rate", folder / "IMG_0001.jpg", "--flag", "reject")
    return folder


def test_picks_are_planned_copied_and_moved(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    planned = uniqa("export", folder, "--to", out, "--flag", "pick", "--dry-run", "--json")
    assert [Path(row["to"]).name for row in planned.json["files"]] == ["IMG_0000.jpg"]
    assert not out.exists()
    done = uniqa("export", folder, "--to", out, "--flag", "pick", "--json")
    assert (done.code, done.json["photos"]) == (0, 1)
    assert [path.name for path in out.iterdir()] == ["IMG_0000.jpg"]
    moved = tmp_path / "moved"
    assert uniqa("export", folder, "--to", moved, "--flag", "pick", "--move").code == 0
    assert not (folder / "IMG_0000.jpg").exists()
    (found,) = uniqa("list", moved, "--json").json
    assert (found["flag"], found["path"]) == ("pick", str(moved / "IMG_0000.jpg"))


def test_lists_and_the_report_are_written(folder: Path, tmp_path: Path) -> None:
    table, sheet = tmp_path / "all.csv", tmp_path / "sheet"
    outcome = uniqa("export", folder, "--csv", table, "--html", sheet, "--json")
    assert outcome.code == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3
    assert len(list((sheet / "pictures").iterdir())) == 3
    page = (sheet / "index.html").read_text()
    assert "Rejected (1)" in page
    weights = paths.bundled("models/uniqa-mini/weights.safetensors").read_bytes()
    assert sha256(weights).hexdigest() in page


def test_wrong_requests_are_sentences(folder: Path, tmp_path: Path) -> None:
    assert uniqa("export", folder).code == 2
    assert uniqa("export", folder, "--csv", folder / "IMG_0000.jpg" / "a.csv").code == 2
    assert uniqa("export", folder, "--to", folder / "IMG_0000.jpg").code == 2
    assert uniqa("export", "--to", tmp_path / "x", "--keep-folders").code == 2
    assert uniqa("export", folder, "--to", tmp_path / "x", "--stars", "many").code == 2


def test_rejects_go_to_the_trash_only_when_told(folder: Path, tmp_path: Path) -> None:
    dry = uniqa("trash", folder, "--dry-run", "--json")
    assert [Path(row["path"]).name for row in dry.json["would_go"]] == ["IMG_0001.jpg"]
    assert uniqa("trash", folder).code == 2
    assert (folder / "IMG_0001.jpg").exists()
    run = subprocess.run(
        [sys.executable, "-m", "uniqa_desktop", "trash", str(folder), "--yes"],
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert not (folder / "IMG_0001.jpg").exists()
    assert list(tmp_path.rglob("IMG_0001.jpg"))  # in the trash, not gone
    assert uniqa("show", folder / "IMG_0001.jpg", "--json").json["flag"] == "reject"
