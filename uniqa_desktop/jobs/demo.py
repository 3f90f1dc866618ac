"""Drawing the demo shoot, with progress."""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop import demo
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Progress


@dataclass(frozen=True, slots=True)
class DemoReport:
    """Where the shoot is, and how many of its pictures are there."""

    folder: Path
    photos: int
    stopped: bool = False


def draw_demo(
    folder: Path, *, stop: threading.Event | None = None
) -> Generator[Progress, None, DemoReport]:
    """Draws what is missing of the demo shoot in `folder`.

    Raises:
        WrongUse: the folder holds other files.
        DiskFull: no room; what was drawn stays and is completed the next time.
    """
    stop = stop or threading.Event()
    pace = Pace("demo", total=demo.COUNT)
    yield pace.step()
    for _ in demo.draw(folder):
        pace.add()
        yield pace.step()
        if stop.is_set():
            break
    return DemoReport(folder=folder, photos=pace.done, stopped=stop.is_set())
