"""The best N and the three piles in a real window with 100,000 photos: does it ever stand still?

A timer of one millisecond ticks in the window's thread; what that thread works between two ticks
holds up whatever the user does. The bound is on its longest work (its CPU time), for each thing the
user can do; the longest wait by the clock is shown beside it, as other threads and programs are in
it. How soon the answer is there is shown without a bound: the window goes on meanwhile.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import culling
import kit
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from uniqa_desktop.gui.best_dialog import BestDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.store import Store

MOST_MS = 50.0
_PATIENCE = 120.0


class _Ticks:
    """Watches the event loop of this thread."""

    def __init__(self) -> None:
        self.worked = self.waited = 0.0
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        self.worked = self.waited = 0.0
        self._last = (thread_time(), perf_counter())

    def _tick(self) -> None:
        now = (thread_time(), perf_counter())
        self.worked = max(self.worked, now[0] - self._last[0])
        self.waited = max(self.waited, now[1] - self._last[1])
        self._last = now


def main() -> None:
    options = kit.parser(__doc__)
    options.add_argument("--photos", type=int, default=100_000)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["UNIQA_HOME"] = place
        library, folder = Path(place) / "library.db", Path(place) / "photos"
        folder.mkdir()
        culling.fill(library, folder, arguments.photos)
        application = QApplication([])
        with Store.open(library) as store:
            kit.report(_measure(application, store, folder), arguments.json)


def _measure(application: QApplication, store: Store, folder: Path) -> list[kit.Figure]:
    window = Window(store)
    window.resize(1600, 1000)
    window.show()
    _until(lambda: window.desk is not None)
    assert window.desk is not None
    desk = window.desk
    window.shoot.open(folder, culling.MODEL)
    window.browser.show_grid()
    bar, actions, ticks = desk.triage_bar, desk.actions_by_id, _Ticks()
    figures: list[kit.Figure] = []

    def timed(name: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
        application.processEvents()
        ticks.begin()
        began = perf_counter()
        act()
        _until(done)
        soon = perf_counter() - began
        _rest(0.4)
        note = f"by the clock {1000 * ticks.waited:.0f} ms; there after {soon:.2f} s"
        figures.append(kit.Figure(name, 1000 * ticks.worked, "ms", most=MOST_MS, note=note))

    timed("open the tabs", actions["triage"].trigger, lambda: window.shoot.limiting)
    timed("move a handle", lambda: bar.slider.set_bounds(40, 60), lambda: True)
    timed("another tab", lambda: bar.tabs.setCurrentIndex(0), lambda: True)
    timed("all photos again", actions["triage"].trigger, lambda: not window.shoot.limiting)
    timed("open the best N", actions["best_n"].trigger, lambda: _ready(window))
    (dialog,) = window.findChildren(BestDialog)
    timed("another N", lambda: dialog.keep.setValue(100), lambda: _ready(window))
    timed("more varied", lambda: dialog.varied.setValue(15), lambda: _ready(window))
    timed(
        "search what was left out", lambda: dialog.search.setText("_0123"),
        lambda: len(dialog.table.lines) < 10_000,
    )  # fmt: skip
    timed("show them in the grid", dialog.show_button.click, lambda: window.shoot.limiting)
    window.close()
    return figures


def _ready(window: Window) -> bool:
    return any(dialog.pick_button.isEnabled() for dialog in window.findChildren(BestDialog))


def _until(done: Callable[[], bool]) -> None:
    end = perf_counter() + _PATIENCE
    while not done():
        if perf_counter() > end:
            raise SystemExit("That took too long.")
        _rest(0.002)


def _rest(seconds: float) -> None:
    end = perf_counter() + seconds
    while perf_counter() < end:
        QApplication.processEvents()
        sleep(0.0005)  # what waits for Python's lock would else be measured with


if __name__ == "__main__":
    main()
