"""The photo grid with 100,000 photos: scrolling, one changed row, memory, first show.

A frame's work is all that the grid, the model and the thumbnail loader do in the window's thread
between two pictures of a 60 Hz screen: scrolling, painting, taking over finished thumbnails and
painting those. The threads read drawn JPEGs from a thumbnail store meanwhile. The bound is on the
time that the window's thread works (its CPU time); how long it takes by the clock also tells how
busy the machine is, and is shown beside it. Memory is the resident size of two processes of their
own that do the same, one with 1,000 photos.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, sleep, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import kit
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.grid import Grid
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.thumb_maker import LONG_SIDE, ThumbMaker
from uniqa_desktop.photo import Flag, Label, Photo, Scores, Verdict
from uniqa_desktop.store import Thumbs

FRAME = 1 / 60
DRAWINGS = 3000
"""Different thumbnails: more than the loader keeps, so scrolling always makes new ones."""


def photos(ids: Sequence[int]) -> list[Photo]:
    """What the store would say of these ids: every kind of verdict, four in five scored."""
    flags, labels = list(Flag), list(Label)
    return [
        Photo(
            id,
            Path(f"/photos/2026/DSC_{id:06d}.JPG"),
            (id % DRAWINGS).to_bytes(16),
            companions=(Path(f"/photos/2026/DSC_{id:06d}.NEF"),) if id % 3 == 0 else (),
            scores=Scores("attributes-1", float(id % 101)) if id % 5 else None,
            verdict=Verdict(flags[id % 4], id % 6, labels[id % 6]),
        )
        for id in ids
    ]


class Clock:
    """Adds up our own work, in seconds of this thread and by the clock; nested work counts once."""

    def __init__(self) -> None:
        self.worked = 0.0
        self.passed = 0.0
        self._depth = 0

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._began = thread_time(), perf_counter()

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            worked, passed = self._began
            self.worked += thread_time() - worked
            self.passed += perf_counter() - passed


CLOCK = Clock()


class TimedGrid(Grid):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        with CLOCK:
            super().paintEvent(event)

    def prefetch(self) -> None:
        with CLOCK:
            super().prefetch()


class TimedLoader(ThumbLoader):
    def flush(self) -> None:
        with CLOCK:
            super().flush()


def fill_thumbs(file: Path) -> None:
    """A thumbnail store with `DRAWINGS` JPEGs of the usual size (512 px, some 30 kB)."""
    import simplejpeg

    jpegs = []
    for seed in range(6):
        long, short = LONG_SIDE, LONG_SIDE * 2 // 3
        width, height = (long, short) if seed % 3 else (short, long)
        picture = kit.natural_picture(width, height, seed)
        jpegs.append(simplejpeg.encode_jpeg(picture, quality=85, colorsubsampling="420"))
    thumbs = Thumbs(file)
    thumbs.put([(n.to_bytes(16), jpegs[n % len(jpegs)]) for n in range(DRAWINGS)])
    thumbs.close()


def resident() -> float:
    """Resident memory of this process now, in MB (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def frame(app: QApplication, grid: Grid, value: int) -> tuple[float, float]:
    """Scrolls to `value` and lives on until the frame is over; our work in it (ms worked, passed)."""
    worked, passed, until = CLOCK.worked, CLOCK.passed, perf_counter() + FRAME
    with CLOCK:
        grid.verticalScrollBar().setValue(value)
        app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
    while perf_counter() < until:
        app.processEvents()
        sleep(0.001)
    return (CLOCK.worked - worked) * 1000, (CLOCK.passed - passed) * 1000


def measure(rows: int, thumbs: Path) -> dict[str, float]:
    """Everything for one number of photos."""
    app = QApplication([])
    theme.apply(app, "dark")
    model = PhotosModel(photos)
    loader = TimedLoader(lambda: ThumbMaker(thumbs))
    grid = TimedGrid(model, loader)
    grid.resize(1400, 900)
    ids = array("q", range(1, rows + 1))

    began = perf_counter()
    model.set_ids(ids)
    grid.show()
    app.processEvents()
    grid.viewport().repaint()
    shown = perf_counter() - began
    loader.wait()
    app.processEvents()

    height = grid.viewport().height()
    bar = grid.verticalScrollBar()
    middle = bar.maximum() // 2
    steps = min(150, max(1, (bar.maximum() - middle) // height))
    by_page = [frame(app, grid, middle + n * height) for n in range(steps)]
    fling = [frame(app, grid, n * bar.maximum() // 150) for n in range(150)]
    slowly = [frame(app, grid, middle + n * 40) for n in range(150)]

    loader.wait()
    app.processEvents()
    updates = []
    for row in grid.visible_rows():
        began = perf_counter()
        model.refresh([ids[row]])
        app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        updates.append((perf_counter() - began) * 1000)
    result = {
        "first show": shown * 1000,
        "page": p95([worked for worked, _ in by_page]),
        "fling": p95([worked for worked, _ in fling]),
        "slow": p95([worked for worked, _ in slowly]),
        "page by the clock": p95([passed for _, passed in by_page]),
        "fling by the clock": p95([passed for _, passed in fling]),
        "slow by the clock": p95([passed for _, passed in slowly]),
        "frames": float(len(by_page)),
        "update": median(updates),
        "worst update": max(updates),
        "cells": float(len(grid.visible_rows())),
        "resident": resident(),
    }
    loader.stop()
    return result


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def in_own_process(rows: int, thumbs: Path) -> dict[str, float]:
    words = [sys.executable, __file__, "--measure", str(rows), "--thumbs", str(thumbs)]
    return json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--measure", type=int, help="measure this many photos and print JSON")
    options.add_argument("--thumbs", type=Path, help="a thumbnail store for --measure")
    arguments = options.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure, arguments.thumbs)))
        return
    with tempfile.TemporaryDirectory() as folder:
        thumbs = Path(folder) / "thumbs.db"
        fill_thumbs(thumbs)
        few = in_own_process(1000, thumbs)
        many = in_own_process(arguments.rows, thumbs)

    def frames(kind: str, name: str) -> kit.Figure:
        note = f"{many['cells']:.0f} cells, {many['frames']:.0f} frames, "
        note += f"{many[kind + ' by the clock']:.1f} ms by the clock"
        return kit.Figure(f"frame p95, {name}", many[kind], "ms", most=16, note=note)

    kit.report(
        [
            kit.Figure("photos", arguments.rows),
            kit.Figure("first show", many["first show"], "ms"),
            frames("page", "page by page"),
            frames("fling", "flings"),
            frames("slow", "slowly"),
            kit.Figure("one changed row", many["update"], "ms", most=1, note="painted, median"),
            kit.Figure("one changed row, worst", many["worst update"], "ms"),
            kit.Figure(
                "memory, compared with 1,000 photos",
                many["resident"] - few["resident"],
                "MB",
                most=150,
                note=f"{few['resident']:.0f} → {many['resident']:.0f} MB",
            ),
        ],
        arguments.json,
    )


if __name__ == "__main__":
    main()
