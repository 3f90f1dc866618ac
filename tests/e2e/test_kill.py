"""`kill -9` at any moment of scoring loses at most the batch in flight, and nothing else."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from drawing import draw_folder

PHOTOS = 240
KILLS = 10


def run_score(folder: Path, library: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "uniqa_desktop", "score", str(folder), "--library", str(library),
         "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def scored_rows(library: Path) -> list[tuple[int, ...]]:
    """Every photo with whether each part of a scoring pass is there; none without tables."""
    connection = sqlite3.connect(library)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'scores'").fetchone():
            return []
        return connection.execute(
            """
            SELECT photos.id, scores.quality IS NOT NULL, attributes.phash IS NOT NULL,
                   meta.width IS NOT NULL, files.content IS NOT NULL
            FROM photos
            JOIN files ON files.photo = photos.id
            LEFT JOIN scores ON scores.photo = photos.id
            LEFT JOIN attributes ON attributes.photo = photos.id
            LEFT JOIN meta ON meta.photo = photos.id
            """
        ).fetchall()
    finally:
        connection.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a Unix signal")
def test_killed_at_ten_random_moments_the_next_run_completes(tmp_path: Path) -> None:
    folder, library = tmp_path / "photos", tmp_path / "library.db"
    draw_folder(folder, PHOTOS)
    chance = random.Random(4)
    killed = 0
    for _ in range(KILLS):
        process = run_score(folder, library)
        time.sleep(0.25 + chance.random() * 0.9)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        if library.exists() and library.stat().st_size:
            _every_row_is_whole(library)
    assert killed >= 3, "the pass is over too soon to be killed: draw more photos"

    process = run_score(folder, library)
    output, _ = process.communicate()
    assert process.returncode == 0
    assert json.loads(output)["failed"] == []
    rows = scored_rows(library)
    assert len(rows) == PHOTOS
    assert all(all(parts) for _, *parts in rows)


def _every_row_is_whole(library: Path) -> None:
    for photo, *parts in scored_rows(library):
        assert len(set(parts)) == 1, f"photo {photo} is half written: {parts}"
