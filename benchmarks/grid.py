"""The photo grid with 100,000 photos: scrolling, one changed row, memory, first show.

A frame's work is all that the grid, the model and the thumbnail loader do in the window's thread
between two pictures of a 60 Hz screen: scrolling, painting, taking over finished thumbnails and
painting those. Rows come from a real library, and the threads read its thumbnails meanwhile. The
bound is on the time that the window's thread works (its CPU time); how long that takes by the clock
tells also how busy the machine is, and is shown beside it. Memory is the resident size of two
processes of their own that do the same, one with 1,000 photos.
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
from dataclasses import replace
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
from uniqa_desktop.jobs import scan
from uniqa_desktop.photo import (
    Attributes,
    Flag,
    Label,
    Measure,
    Meta,
    Photo,
    Provenance,
    Region,
    Scored,
    Scores,
)
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store, Thumbs

FRAME = 1 / 60
STORED = 2000
"""Photos in the library. More rows than that show them again and again, under ids of their own."""

MODEL = "attributes-1"


def fill_library(folder: Path) -> None:
    """A scanned folder: three in four photos scored, all kinds of verdicts."""
    photos = folder / "photos"
    photos.mkdir()
    for n in range(STORED):
        (photos / f"DSC_{n:05d}.JPG").write_bytes(b"%d" % n)
        if n % 3 == 0:
            (photos / f"DSC_{n:05d}.NEF").write_bytes(b"raw %d" % n)
    flags, labels = list(Flag), list(Label)
    half = Measure(50.0, 0.5)
    meta = Meta(camera="Camera", lens="50 mm", focal_length=50.0, aperture=2.8, iso=400)
    attributes = Attributes(half, half, half, half, half, 0.0, 0.0, Region(0, 0, 1, 1))
    with Store.open(folder / "library.db") as store:
        for _ in scan(store, [photos]):
            pass
        ids = store.photos.ids(Query(MODEL))
        store.scores.write(
            [
                Scored(id, meta, attributes, Scores(MODEL, float(id % 101)), id, id.to_bytes(16))
                for id in ids
                if id % 4
            ]
        )
        for n in range(12):
            store.verdicts.give(
                ids[n::12],
                flag=flags[n % 4],
                stars=n % 6,
                label=labels[n % 6],
                provenance=Provenance.BLIND,
            )


def fill_thumbs(folder: Path) -> None:
    """A thumbnail of the usual size (512 px, some 30 kB) for each photo of the library."""
    import simplejpeg

    jpegs = []
    for seed in range(6):
        long, short = LONG_SIDE, LONG_SIDE * 2 // 3
        width, height = (long, short) if seed % 3 else (short, long)
        picture = kit.natural_picture(width, height, seed)
        jpegs.append(simplejpeg.encode_jpeg(picture, quality=85, colorsubsampling="420"))
    with Store.open(folder / "library.db") as store, Thumbs(folder / "thumbs.db") as thumbs:
        photos = store.photos.get(store.photos.ids(Query(MODEL)), model=MODEL)
        thumbs.put([(each.identity, jpegs[each.id % len(jpegs)]) for each in photos])


class Rows:
    """Any number of rows over the photos of a library, read from it as the window does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids = store.photos.ids(Query(MODEL))

    def fetch(self, rows: Sequence[int]) -> list[Photo]:
        ids = [self._ids[row % STORED] for row in rows]
        photos = self._store.photos.get(ids, model=MODEL)
        return [replace(each, id=row) for row, each in zip(rows, photos, strict=True)]


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


def resident() -> float:
    """Resident memory of this process now, in MB (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def frame(app: QApplication, grid: Grid, value: int) -> tuple[float, float]:
    """Scrolls to `value` and lives on until the frame is over; ms that we worked, that passed."""
    worked, passed, until = CLOCK.worked, CLOCK.passed, perf_counter() + FRAME
    with CLOCK:
        grid.verticalScrollBar().setValue(value)
        app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
    while perf_counter() < until:
        app.processEvents()
        sleep(0.001)
    return (CLOCK.worked - worked) * 1000, (CLOCK.passed - passed) * 1000


def measure(rows: int, folder: Path) -> dict[str, float]:
    """Everything for one number of photos."""
    app = QApplication([])
    theme.apply(app, "dark")
    store = Store.open(folder / "library.db")
    model = PhotosModel(Rows(store).fetch)
    loader = TimedLoader(lambda: ThumbMaker(folder / "thumbs.db"))
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
    store.close()
    return result


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def in_own_process(rows: int, folder: Path) -> dict[str, float]:
    words = [sys.executable, __file__, "--measure", str(rows), "--folder", str(folder)]
    return json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--measure", type=int, help="measure this many photos and print JSON")
    options.add_argument("--folder", type=Path, help="the library for --measure")
    arguments = options.parse_args()
    if arguments.measure:
        print(json.dumps(measure(arguments.measure, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        fill_library(folder)
        fill_thumbs(folder)
        few = in_own_process(1000, folder)
        many = in_own_process(arguments.rows, folder)

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
