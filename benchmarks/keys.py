"""A verdict key with 100,000 photos in the library: how soon it is stored, and how soon seen.

Real key events go to a real window on a library that was filled directly; sidecars are written
behind it. *Committed* is from the key's press until its act is in the library (a second connection
looks whether that is true), *repainted* until the event loop has painted the photo with its new
verdict, both by the clock. The bounds are those for one photo; a key on a selection
of 1,000 is reported. With auto-advance in the loupe what is repainted is the next photo, which may
still have to be decoded. Beside each is the time that the window's thread worked itself, which
tells a busy machine from a slow window, as do the two baselines: a bare commit of one row by the
same SQLite settings, and a key that repaints a bare label.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter, sleep, thread_time
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import kit
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from uniqa_desktop import paths, settings
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import (
    Attributes,
    FileChanges,
    Flag,
    Label,
    Measure,
    Meta,
    PhotoFile,
    Region,
    Scored,
    Scores,
)
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store, Thumbs

MODEL = "attributes-1"
A_FOLDER_HOLDS = 1000
REAL = 400
"""So many photos are 24-megapixel JPEGs that exist, for the loupe; the others are rows only."""
SELECTED = 1000
COMMITTED_MS, REPAINTED_MS = 20.0, 30.0
PAUSE = 0.1
"""Seconds between two keys: a fast user's, and time for what follows a verdict to get in its way.
"""
KEYS = {
    Qt.Key.Key_P: ("flag", Flag.PICK),
    Qt.Key.Key_4: ("stars", 4),
    Qt.Key.Key_6: ("label", Label.RED),
    Qt.Key.Key_X: ("flag", Flag.REJECT),
    Qt.Key.Key_2: ("stars", 2),
    Qt.Key.Key_8: ("label", Label.GREEN),
}
"""Verdict keys and what they give."""


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--photos", type=int, default=100_000)
    options.add_argument("--presses", type=int, default=240, help="key presses of each kind")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["UNIQA_HOME"] = str(Path(place) / "home")
        root = Path(place) / "photos"
        fill(root, arguments.photos)
        figures = list(measure(root, arguments.photos, arguments.presses))
    kit.report(figures, arguments.json)


def fill(root: Path, photos: int) -> None:
    """A library of scored photos in folders that exist, so that sidecars can be written there."""
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    settings.save(settings.Settings(model=MODEL, sidecars="lightroom"))
    shots = kit.write_jpegs(root.parent / "shots", 2, 6000, 4000, distinct=2)
    files = []
    for number in range(photos):
        folder = root / f"trip {number // A_FOLDER_HOLDS:03d}"
        if number % A_FOLDER_HOLDS == 0:
            folder.mkdir(parents=True)
        path = folder / f"IMG_{number:06d}.JPG"
        if number < REAL:
            path.hardlink_to(shots[number % len(shots)])
        key = (number + 1).to_bytes(16, "big")
        files.append(PhotoFile(path, 9_000_000 + number, number, key, key))
    with Store.open(paths.library_file()) as store, Thumbs(paths.thumbs_file()) as thumbs:
        for start in range(0, photos, 5000):
            store.files.apply(FileChanges(added=tuple(files[start : start + 5000])))
        ids = store.photos.ids(Query(model=MODEL))
        for start in range(0, photos, 5000):
            store.scores.write([_scored(id) for id in ids[start : start + 5000]])
        jpeg = _thumbnail()
        thumbs.put([(file.identity, jpeg) for file in files[: 5 * REAL]])


def _thumbnail() -> bytes:
    import simplejpeg

    picture = kit.natural_picture(512, 341, seed=9)
    return simplejpeg.encode_jpeg(picture, quality=85, colorsubsampling="420")


def _scored(id: int) -> Scored:
    half = Measure(50.0, 0.5)
    return Scored(
        id,
        Meta(camera=f"Camera {id % 5}", lens="24-70", width=6000, height=4000),
        Attributes(half, half, half, half, half, 0.0, 0.0, Region(0, 0, 0.5, 0.5)),
        Scores(MODEL, id * 7919 % 100_003 / 1000, 0.5),
        id,
        id.to_bytes(16, "big"),
    )


class Took(NamedTuple):
    """What one key took, in milliseconds; `worked` is the processor time of the window's thread."""

    stored: float
    seen: float
    worked: float


class Painted(QObject):
    """Notes that a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        self.seen |= event.type() == QEvent.Type.Paint
        return False


class Bench:
    """A window on the library, and a second connection that believes nothing."""

    def __init__(self, app: QApplication, store: Store, window: Window) -> None:
        self.app = app
        self.store = store
        self.window = window
        self.committed = 0.0
        self._other = sqlite3.connect(f"file:{store.path}?mode=ro", uri=True)
        for name in ("give", "put"):
            setattr(store.verdicts, name, self._timed(getattr(store.verdicts, name)))

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    def _timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*words: Any, **named: Any) -> Any:
            result = work(*words, **named)
            self.committed = perf_counter()
            return result

        return timed

    def acts(self) -> int:
        return self._other.execute("SELECT coalesce(max(id), 0) FROM acts").fetchone()[0]

    def rest(self, seconds: float) -> None:
        """Lives on for a while, as a window does between two keys."""
        until = perf_counter() + seconds
        while perf_counter() < until:
            self.app.processEvents()
            sleep(0.001)

    def type(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def judge(self, key: Qt.Key, painted: Painted) -> Took:
        """Presses a verdict key."""
        before = self.acts()
        painted.seen = False
        began, idle = perf_counter(), thread_time()
        self.type(key)
        while not painted.seen:
            self.app.processEvents()
            assert perf_counter() - began < 10, "never repainted"
        seen, worked = perf_counter(), thread_time() - idle
        assert self.acts() > before, "the act is not in the library"
        return Took((self.committed - began) * 1000, (seen - began) * 1000, worked * 1000)

    def _changes(self, key: Qt.Key) -> bool:
        """Whether the key gives the photo something that it does not have: no act otherwise."""
        name, value = KEYS[key]
        photo = self.window.browser.current
        return photo is None or getattr(photo.verdict, name) != value

    def series(
        self, presses: int, painted: Painted, *, each: int = 3, step: bool = True
    ) -> list[Took]:
        """`each` keys a photo, then the next photo."""
        keys = cycle(KEYS)
        took = []
        for number in range(presses):
            took.append(self.judge(next(key for key in keys if self._changes(key)), painted))
            self.rest(PAUSE)
            if step and number % each == each - 1:
                self.type(Qt.Key.Key_Right)
                self.rest(PAUSE)
        return took


def measure(root: Path, photos: int, presses: int) -> Iterator[kit.Figure]:
    app = QApplication([])
    theme.apply(app, "dark")
    yield kit.Figure("photos", photos)
    yield kit.Figure("key presses of each kind", presses, least=200)
    yield kit.Figure("bare commit of a row, p95", p95(bare_commits(presses)), "ms")
    yield kit.Figure("bare label repainted, p95", p95(bare_repaints(app, presses)), "ms")
    with Store.open(paths.library_file()) as store:
        window = Window(store)
        window.resize(1366, 768)
        window.show()
        bench = Bench(app, store, window)
        while window.desk is None:
            bench.rest(0.05)
        window.activateWindow()
        # Not `open`: a scan would find most of the photos missing.
        window.shoot.open(root, MODEL)
        window.browser.show_grid()
        bench.rest(2.0)
        try:
            yield from _grid(bench, presses)
            yield from _loupe(bench, presses)
            yield from _selection(bench)
        finally:
            bench.desk.sidecars.writer.finish(60)
            window.close()
    written = sum(1 for _ in root.rglob("*.xmp"))
    yield kit.Figure("sidecars written meanwhile", written, least=SELECTED)


def _grid(bench: Bench, presses: int) -> Iterator[kit.Figure]:
    browser, desk = bench.window.browser, bench.desk
    painted = Painted(browser.grid.viewport())
    bench.type(Qt.Key.Key_Home)
    yield from figures("grid", bench.series(presses, painted))
    desk.actions_by_id["history"].trigger()
    browser.take_focus()
    bench.rest(0.5)
    yield from figures("grid, history shown", bench.series(presses, painted))
    desk.actions_by_id["history"].trigger()


def _loupe(bench: Bench, presses: int) -> Iterator[kit.Figure]:
    browser, desk = bench.window.browser, bench.desk
    bench.type(Qt.Key.Key_Home)
    bench.type(Qt.Key.Key_E)
    bench.rest(1.0)
    painted = Painted(browser.loupe.caption)
    yield from figures("loupe", bench.series(presses, painted))
    desk.actions_by_id["auto_advance"].trigger()
    painted = Painted(browser.loupe.view)
    yield from figures(
        "loupe, auto-advance",
        bench.series(presses, painted, step=False),
        "the next photo, often still being decoded at this pace",
    )
    desk.actions_by_id["auto_advance"].trigger()
    bench.type(Qt.Key.Key_G)


def _selection(bench: Bench) -> Iterator[kit.Figure]:
    grid = bench.window.browser.grid
    bench.type(Qt.Key.Key_Home)
    for _ in range(5):
        QTest.keyClick(grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    while len(grid.selected_ids()) < SELECTED:
        QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    bench.rest(0.5)
    painted = Painted(grid.viewport())
    took = bench.series(3 * len(KEYS), painted, step=False)
    yield from figures(f"selection of {SELECTED}", took, committed=None, repainted=None)


def bare_commits(number: int) -> list[float]:
    """A table of one row, changed and committed as the library does it."""
    took = []
    with sqlite3.connect(paths.data_dir() / "bare.db", isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = WAL")
        with Store.open(paths.library_file()) as store, store._session.reading() as ours:
            level = ours.execute("PRAGMA synchronous").fetchone()[0]
        db.execute(f"PRAGMA synchronous = {level}")
        db.execute("CREATE TABLE row (value)")
        db.execute("INSERT INTO row VALUES (0)")
        for value in range(number):
            began = perf_counter()
            db.execute("UPDATE row SET value = ?", (value,))
            took.append((perf_counter() - began) * 1000)
            sleep(0.002)
    db.close()
    return took


class Counter(QLabel):
    """Counts the keys that it gets."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        self.setText(str(int(self.text()) + 1))


def bare_repaints(app: QApplication, number: int) -> list[float]:
    """A key and the repaint of a label, with nothing else to do: what this machine takes of it."""
    label = Counter("0")
    label.resize(400, 100)
    label.show()
    painted = Painted(label)
    took = []
    for _ in range(number):
        app.processEvents()
        sleep(0.01)
        painted.seen = False
        began = perf_counter()
        QTest.keyClick(label, Qt.Key.Key_P)
        while not painted.seen:
            app.processEvents()
        took.append((perf_counter() - began) * 1000)
    label.close()
    return took


def figures(
    name: str,
    took: Sequence[Took],
    seen: str = "",
    *,
    committed: float | None = COMMITTED_MS,
    repainted: float | None = REPAINTED_MS,
) -> Iterator[kit.Figure]:
    worked = f"own work {p95([each.worked for each in took]):.1f}"
    for what, bound, values, note in (
        ("committed", committed, [each.stored for each in took], ""),
        ("repainted", repainted, [each.seen for each in took], f"{worked}; {seen}".strip("; ")),
    ):
        spread = f"median {median(values):.1f}, longest {max(values):.1f}, n {len(values)}"
        yield kit.Figure(
            f"{name}: {what}, p95",
            p95(values),
            "ms",
            most=bound,
            note=f"{spread}{', ' if note else ''}{note}",
        )


def p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
