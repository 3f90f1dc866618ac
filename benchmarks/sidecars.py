"""Writing sidecars must not be felt: the window's event loop while 10,000 of them are written.

A real window shows the folder; a timer notes how long the event loop was away. The same is measured
while the window is idle, so that a busy machine can be told from a blocked window.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import kit
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_TICK_MS = 2
_LONGEST_MS = 50.0


def main() -> None:
    parser = kit.parser(__doc__)
    parser.add_argument("--photos", type=int, default=10_000, help="how many sidecars")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        os.environ["UNIQA_HOME"] = str(Path(place) / "home")
        figures = _measure(Path(place) / "photos", arguments.photos)
    kit.report(figures, arguments.json)


def _measure(folder: Path, count: int) -> list[kit.Figure]:
    from uniqa_desktop import jobs, paths, settings
    from uniqa_desktop.gui import theme
    from uniqa_desktop.gui.window import Window
    from uniqa_desktop.store import Store

    folder.mkdir()
    for number in range(count):
        # Not pictures: what is measured is the writing, and nothing shall be scored meanwhile.
        (folder / f"IMG_{number:05}.jpg").write_bytes(b"%d" % number)
    app = QApplication([])
    theme.apply(app, "dark")
    settings.save(settings.Settings(sidecars="lightroom", model="attributes-1"))
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    with Store.open(paths.data_dir() / "library.db") as store:
        for _ in jobs.scan(store, [folder]):
            pass
        window = Window(store)
        window.resize(1366, 768)
        window.show()
        window.open(folder)
        _run(app, lambda: window.desk is not None)
        desk = window.desk
        assert desk is not None
        _run(app, lambda: not desk.work.worker.busy)
        _longest_gap(app, 5.0, lambda: False)  # 10,000 lines of failures settle
        idle = _longest_gap(app, 5.0, lambda: False)
        waiting: list[int] = []
        desk.sidecars.writer.changed.connect(lambda unsaved: waiting.append(unsaved.waiting))
        window.browser.grid.selectAll()
        began = perf_counter()
        desk.verdicts.give(window.browser.targets(), stars=4)
        app.processEvents()
        given = perf_counter() - began
        began = perf_counter()
        busy = _longest_gap(app, 3600.0, lambda: waiting[-1:] == [0])
        took = perf_counter() - began
        written = sum(1 for _ in folder.glob("*.xmp"))
        window.close()
    return [
        kit.Figure("longest gap, idle", idle, "ms"),
        kit.Figure("longest gap, writing", busy, "ms", most=_LONGEST_MS),
        kit.Figure("sidecars written", written, "", least=count),
        kit.Figure("sidecars a second", written / took, "/s"),
        kit.Figure(
            "the act itself",
            given * 1000,
            "ms",
            note="verdicts on all photos at once, and their repaint",
        ),
    ]


def _run(app: QApplication, until: Callable[[], bool]) -> None:
    while not until():
        app.processEvents()
        sleep(0.002)


def _longest_gap(app: QApplication, seconds: float, until: Callable[[], bool]) -> float:
    """The longest time in milliseconds by which a tick of the event loop came late."""
    longest, last = 0.0, perf_counter()

    def tick() -> None:
        nonlocal longest, last
        now = perf_counter()
        longest, last = max(longest, (now - last) * 1000 - _TICK_MS), now
        if until() or now > end:
            app.exit()

    end = last + seconds
    timer = QTimer(interval=_TICK_MS)
    timer.timeout.connect(tick)
    timer.start()
    app.exec()
    timer.stop()
    return longest


if __name__ == "__main__":
    main()
