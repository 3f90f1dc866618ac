"""The loupe on JPEGs of 24 megapixels: a cached frame on screen, and scrubbing with a held key.

A real window of 1920 × 1080 on drawn photos, and real key events. *On screen* is from the key's
press until the picture of the photo that it leads to, decoded, has been painted; a thumbnail does
not count; how long the window's thread worked for it is shown beside, as the clock also tells how
busy the machine is. Scrubbing sends the events of a key that is held, 40 a second, and counts
photos whose own decoded picture was painted: over photos that are in the cache, which has a bound,
and through ones that have to be decoded, beside what two threads can decode that do nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import kit
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from uniqa_desktop import decode
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.frame import Grade
from uniqa_desktop.gui.loupe import Loupe
from uniqa_desktop.gui.window import Window
from uniqa_desktop.jobs import scan
from uniqa_desktop.store import Store

WIDTH, HEIGHT = 6000, 4000
CACHED = 9
"""Photos that are stepped through over and over: their previews fit into the loupe's memory."""
EVERY = 1 / 40
"""Seconds between the events of a held key."""
PATIENCE = 30.0
ON_SCREEN_MS, FRAMES = 50.0, 25.0


class Painted(QObject):
    """Notes which photo's decoded picture was painted when."""

    def __init__(self, loupe: Loupe) -> None:
        super().__init__(loupe)
        self._loupe = loupe
        self.shown: list[tuple[int, float]] = []
        loupe.view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.Paint:
            return False
        self._loupe.view.paintEvent(event)  # type: ignore[arg-type]
        photo, frame = self._loupe.photo, self._loupe.view.frame
        if photo is not None and frame is not None and frame.grade > Grade.THUMBNAIL:
            self.shown.append((photo.id, perf_counter()))
        return True

    def photos(self) -> int:
        """How many times another photo came on screen."""
        ids = [id for id, _when in self.shown]
        return sum(1 for id, before in zip(ids, [None, *ids], strict=False) if id != before)


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--photos", type=int, default=48)
    options.add_argument("--presses", type=int, default=200)
    options.add_argument("--seconds", type=float, default=4.0, help="how long a key is held")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["UNIQA_HOME"] = str(Path(place) / "home")
        files = kit.write_jpegs(Path(place) / "photos", arguments.photos, WIDTH, HEIGHT)
        figures = measure(files, arguments.presses, arguments.seconds)
    kit.report(figures, arguments.json)


def measure(files: Sequence[Path], presses: int, seconds: float) -> list[kit.Figure]:
    """All figures, from one window."""
    app = QApplication([])
    theme.apply(app, "dark")
    folder = files[0].parent
    bare = decoded_a_second(files)
    with Store.open(folder.parent / "library.db") as store:
        for _ in scan(store, [folder]):
            pass
        window = Window(store)
        window.resize(1920, 1080)
        window.show()
        # Without the desk: nothing scores in the background, the loupe alone is measured.
        window.first_paint.painted.disconnect()
        window.open(folder)
        window.browser.go_to(0)
        window.browser.show_loupe()
        painted = Painted(window.browser.loupe)
        fill_cache(window)
        waits = on_screen(window, painted, presses)
        cached = scrub(window, painted, seconds, bounce=True)
        cold = scrub(window, painted, seconds, bounce=False)
        window.close()
    clock, work = zip(*waits, strict=True)
    return [
        kit.Figure(
            "cached frame on screen, p95", 1000 * p95(clock), "ms",
            most=ON_SCREEN_MS, note=f"n = {len(clock)}, median {1000 * median(clock):.1f} ms",
        ),
        kit.Figure("  the window's work for it, p95", 1000 * p95(work), "ms", most=ON_SCREEN_MS),
        kit.Figure("scrubbing, cached", cached, "frames/s", least=FRAMES, note="40 events/s"),
        kit.Figure("scrubbing, decoded on the way", cold, "frames/s", note="40 events/s"),
        kit.Figure("  against bare decoding in two threads", cold / bare, "×",
                   note=f"{bare:.1f} a second"),
    ]  # fmt: skip


def decoded_a_second(files: Sequence[Path]) -> float:
    """How many previews two threads decode that do nothing else."""
    few = files[:16]
    with ThreadPoolExecutor(2) as pool:
        spent = kit.once(lambda: list(pool.map(lambda file: decode.quick(file, 1920), few)))
    return len(few) / spent


def wait_until_shown(window: Window, painted: Painted) -> float:
    """When the picture of the current photo has been painted."""
    until = perf_counter() + PATIENCE
    current = window.browser.current
    assert current is not None
    while perf_counter() < until:
        if painted.shown and painted.shown[-1][0] == current.id:
            return painted.shown[-1][1]
        QApplication.processEvents()
    raise SystemExit(f"No picture of {current.path.name} within {PATIENCE:.0f} s.")


def fill_cache(window: Window) -> None:
    """Has the previews of the first photos decoded."""
    painted = Painted(window.browser.loupe)
    for row in (*range(CACHED), *reversed(range(CACHED))):
        window.browser.go_to(row)
        wait_until_shown(window, painted)
    window.browser.loupe.view.removeEventFilter(painted)


def on_screen(window: Window, painted: Painted, presses: int) -> list[tuple[float, float]]:
    """Seconds from a key's press to its photo, and the window's work, back and forth through the
    cached ones."""
    waits = []
    for n in range(presses):
        painted.shown.clear()
        began, worked = perf_counter(), thread_time()
        QTest.keyClick(window.browser.loupe.view, direction(window, n))
        waits.append((wait_until_shown(window, painted) - began, thread_time() - worked))
    return waits


def p95(values: Iterable[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[int(0.95 * len(ordered))]


def direction(window: Window, n: int) -> Qt.Key:
    """The arrow that stays within the cached photos: there and back again."""
    return Qt.Key.Key_Right if n % (2 * CACHED - 2) < CACHED - 1 else Qt.Key.Key_Left


def scrub(window: Window, painted: Painted, seconds: float, *, bounce: bool) -> float:
    """Photos a second that come on screen while an arrow is held.

    Args:
        window: in the loupe.
        painted: what came on screen.
        seconds: how long at most; it ends with the list.
        bounce: turns back at the last cached photo.
    """
    view = window.browser.loupe.view
    if bounce:
        window.browser.go_to(0)
        wait_until_shown(window, painted)
    painted.shown.clear()
    began = due = perf_counter()
    n = 0
    while perf_counter() - began < seconds:
        key = direction(window, n) if bounce else Qt.Key.Key_Right
        held = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", n > 0)
        before = window.browser.row
        QApplication.sendEvent(view, held)
        if window.browser.row == before:
            break
        n += 1
        due += EVERY
        # A key that was held too long meanwhile is one event for the system as well.
        due = max(due, perf_counter())
        while perf_counter() < due:
            QApplication.processEvents()
        QApplication.processEvents()
    return painted.photos() / (perf_counter() - began)


if __name__ == "__main__":
    main()
