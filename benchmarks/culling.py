"""Filters and orders in a real window with 100,000 photos: from the choice to the painted list.

What is timed is all that a change of filter or order does in the window's thread: the question to
the library, the new list in the model, the grid's new layout with current photo and selection kept,
the number of hidden photos, and the paint. The bound is on the time that this thread works (its CPU
time), as in `grid`; the clock is shown beside it. Grouping by day has a section for each of its
days, and is bounded by its ratio to the same order without sections. Folding has every other five
photos in a burst.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import kit
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from uniqa_desktop.bursts.group import Group
from uniqa_desktop.bursts.group import Kind as GroupKind
from uniqa_desktop.photo import (
    Attributes,
    FileChanges,
    Flag,
    Label,
    Measure,
    Meta,
    PhotoFile,
    Provenance,
    Region,
    Scored,
    Scores,
)
from uniqa_desktop.query import DESCENDING, NUMBERS, Query, Sort
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.window import Window

MODEL = "attributes-1"
MOST_MS = 150.0
FOLDER = Path("photos")
A_FOLDER_HOLDS = 1000
A_BURST_HOLDS = 5
_FIRST_DAY = date(2026, 1, 1)
_SECONDS_APART = 150


@dataclass(frozen=True, slots=True)
class Kind:
    """A filter or an order, as plain values of the filter bar."""

    name: str
    filter: dict[str, object]
    order: dict[str, object]


def kinds() -> list[Kind]:
    """Every order, every kind of filter, and some of both."""
    day = (_FIRST_DAY + timedelta(days=20)).isoformat()
    filters: dict[str, dict[str, object]] = {
        "picks": {"flags": ["pick"]},
        "not rejected": {"flags": ["pick", "maybe", "none"]},
        "stars ≥ 3": {"stars": ">=3"},
        "stars ≠ 0": {"stars": "!=0"},
        "red or no colour": {"labels": ["red", "none"]},
        "pick or ≥ 4 stars or red": {
            "flags": ["pick"], "stars": ">=4", "labels": ["red"], "any": True,
        },
        **{f"{number} ≥ 50": {number.value: [50, 100]} for number in NUMBERS},
        "camera": {"cameras": ["Camera 3"]},
        "lens": {"lenses": ["Lens 2"]},
        "day": {"day": day},
        "from a day on": {"day": f"{day}/"},
        "name with 12": {"text": "12"},
        "nothing passes": {"text": "no such name"},
    }  # fmt: skip
    by_name: dict[str, object] = {"sort": "name"}
    best: dict[str, object] = {"sort": "quality"}
    orders = [
        Kind(f"by {sort}", {}, {"sort": sort.value, "descending": sort in DESCENDING})
        for sort in Sort
    ]
    both = [Kind(f"{name}, best first", values, best) for name, values in filters.items()]
    return orders + [Kind(name, values, by_name) for name, values in filters.items()] + both


def fill(library: Path, folder: Path, photos: int) -> None:
    """A library of files that are not there: 19 in 20 scored, verdicts of all kinds."""
    random = Random(1)
    flags, labels = list(Flag), list(Label)
    with Store.open(library) as store:
        for start in range(0, photos, 5000):
            files = tuple(_file(folder, n) for n in range(start, min(start + 5000, photos)))
            store.files.apply(FileChanges(added=files))
        ids = store.photos.ids(Query(MODEL))
        for start in range(0, photos, 5000):
            batch = [_scored(id, random) for id in ids[start : start + 5000] if id % 20]
            store.scores.write(batch)
        for n in range(12):
            store.verdicts.give(
                ids[n::12],
                flag=flags[n % 4],
                stars=n % 6,
                label=labels[n % 6],
                provenance=Provenance.BLIND,
            )


def _file(folder: Path, number: int) -> PhotoFile:
    path = folder / f"trip {number // A_FOLDER_HOLDS:03d}" / f"IMG_{number:06d}.JPG"
    key = number.to_bytes(16, "big")
    return PhotoFile(path, 9_000_000 + number, 1_700_000_000_000_000_000 + number, key, key)


def _scored(photo: int, random: Random) -> Scored:
    a, b, c, d, e = (Measure(random.uniform(0, 100), random.random()) for _ in range(5))
    begin = datetime(_FIRST_DAY.year, _FIRST_DAY.month, _FIRST_DAY.day)
    return Scored(
        photo,
        Meta(
            taken=begin + timedelta(seconds=photo * _SECONDS_APART),
            camera=f"Camera {random.randrange(5)}",
            lens=f"Lens {random.randrange(7)}",
        ),
        Attributes(a, b, c, d, e, 0.0, 0.0, Region(0, 0, 0.5, 0.5)),
        Scores(MODEL, random.uniform(0, 100), 0.5, random.uniform(0, 100), 0.5),
        random.getrandbits(64),
        photo.to_bytes(16, "big"),
    )


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--photos", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=4, help="times that each change is made")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["UNIQA_HOME"] = str(Path(place) / "home")
        folder = Path(place) / FOLDER
        library = Path(place) / "library.db"
        fill(library, folder, arguments.photos)
        figures = list(filters(library, folder, arguments.photos, arguments.rounds))
    kit.report(figures, arguments.json)


def filters(library: Path, folder: Path, photos: int, rounds: int) -> Iterator[kit.Figure]:
    """Part A: filters and orders."""
    from uniqa_desktop import settings
    from uniqa_desktop.gui import theme
    from uniqa_desktop.gui.window import Window

    app = QApplication([])
    theme.apply(app, "dark")
    settings.save(replace(settings.Settings(), model=MODEL, sidecars="off"))
    with Store.open(library) as store:
        window = Window(store)
        window.resize(1366, 768)
        window.show()
        while window.desk is None:
            app.processEvents()
        # Not `window.open`: that would look for the files, which are not there.
        window.shoot.open(folder, MODEL)
        window.browser.show_grid()
        bar, grid = window.desk.filter_bar, window.browser.grid
        bar.set_sorts(list(Sort))
        grid.go_to(photos // 2)

        def change(kind: Kind, by_day: bool = False) -> tuple[float, float]:
            _rest(app)
            worked, passed = thread_time(), perf_counter()
            bar._set(kind.filter, {**kind.order, "by_day": by_day})
            app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
            return (thread_time() - worked) * 1000, (perf_counter() - passed) * 1000

        every = kinds()
        times = {
            kind.name: [change(kind) for _ in range(rounds) if change(_plain(kind))]
            for kind in every
        }
        whole = [worked for each in times.values() for worked, _ in each]
        clock = [passed for each in times.values() for _, passed in each]
        yield kit.Figure("photos", photos)
        for name, each in times.items():
            yield kit.Figure(name, median(worked for worked, _ in each), "ms")
        yield kit.Figure(
            "a change of filter or order, p95",
            _p95(whole),
            "ms",
            most=MOST_MS,
            note=f"{len(every)} kinds, {len(whole)} changes, {_p95(clock):.0f} ms by the clock",
        )
        sorts = [kind for kind in every if not kind.filter]
        pairs = [(change(kind)[0], change(kind, by_day=True)[0]) for kind in sorts * rounds]
        days = len(window.browser.grid._headers.sections(photos))
        yield kit.Figure(
            "grouped by day, median",
            median(grouped for _, grouped in pairs),
            "ms",
            note=f"{days} days",
        )
        ratio = median(grouped / alone for alone, grouped in pairs)
        yield kit.Figure("grouped by day / not grouped", ratio, most=2.5)
        yield _scrolled(app, window.browser.grid)
        yield from _folded(app, window, store, rounds)
        window.close()


def _plain(kind: Kind) -> Kind:
    """Another list than that of `kind`, so that there is something to change."""
    return Kind("", {"text": "IMG"} if not kind.filter else {}, {"sort": "name"})


def _folded(app: QApplication, window: Window, store: Store, rounds: int) -> Iterator[kit.Figure]:
    """Folding a list, also under each filter, and opening one stack of a folded one."""
    assert window.desk is not None
    bar, shoot = window.desk.filter_bar, window.shoot
    bar.show_filter({})
    ids = list(store.photos.ids(Query(MODEL, sort=Sort.TAKEN)))
    bursts = [tuple(ids[n : n + A_BURST_HOLDS]) for n in range(0, len(ids), 2 * A_BURST_HOLDS)]
    bursts = [burst for burst in bursts if len(burst) > 1]
    store.groups.write(ids, [Group(GroupKind.BURST, each, each[0], 0.9) for each in bursts])
    began = thread_time()
    shoot.read_groups()
    read = (thread_time() - began) * 1000

    def timed(change: Callable[[], object]) -> float:
        _rest(app)
        worked = thread_time()
        change()
        app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        return (thread_time() - worked) * 1000

    times = [timed(lambda on=on: bar.fold(on)) for _ in range(4 * rounds) for on in (True, False)]
    bar.fold(True)
    shown = len(window.browser.photos.ids)
    filtered = [
        timed(lambda plain=plain: bar.show_filter({**plain, "folded": True}))
        for _ in range(rounds)
        for plain in ({"flags": ["pick"]}, {"quality": [50, 100]}, {})
    ]
    stack = window.desk.bursts.groups
    opened = [timed(lambda: stack.toggle(bursts[len(bursts) // 2][0])) for _ in range(4 * rounds)]
    note = f"{len(bursts)} bursts, {shown} photos left"
    yield kit.Figure("folding or unfolding, p95", _p95(times), "ms", most=MOST_MS, note=note)
    yield kit.Figure("a filter on a folded list, p95", _p95(filtered), "ms", most=MOST_MS)
    yield kit.Figure("opening or closing a stack, p95", _p95(opened), "ms", most=MOST_MS)
    yield kit.Figure("reading the groups of a folder, once", read, "ms")


def _scrolled(app: QApplication, grid: object) -> kit.Figure:
    from uniqa_desktop.gui.grid import Grid

    assert isinstance(grid, Grid)
    bar, times = grid.verticalScrollBar(), []
    step = grid.viewport().height()
    middle = bar.maximum() // 2
    for n in range(100):
        _rest(app)
        worked = thread_time()
        bar.setValue(middle + n * step)
        app.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        times.append((thread_time() - worked) * 1000)
    return kit.Figure("a page further, grouped by day, p95", _p95(times), "ms", most=16)


def _rest(app: QApplication) -> None:
    """Lets all that is under way end, so that it is not counted."""
    until = perf_counter() + 0.05
    while perf_counter() < until:
        app.processEvents()


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
