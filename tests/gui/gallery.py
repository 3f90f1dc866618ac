"""Photos and drawn thumbnails for the tests of the grid: no file, no decoder, no waiting."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.photo import Photo, Scores, Verdict

TINT = QColor(200, 120, 40)
"""The colour of every drawn thumbnail."""


def photo(
    id: int, quality: float | None = None, verdict: Verdict | None = None, **more: object
) -> Photo:
    """Photo `id`, undecided and unscored unless told otherwise."""
    return Photo(
        id,
        more.pop("path", Path(f"/photos/DSC_{id:04d}.JPG")),  # type: ignore[arg-type]
        more.pop("identity", id.to_bytes(16)),  # type: ignore[arg-type]
        scores=Scores("attributes-1", quality),
        verdict=verdict or Verdict(),
        **more,  # type: ignore[arg-type]
    )


class Shelf:
    """A store of photos that remembers what it was asked for."""

    def __init__(self, *photos: Photo) -> None:
        self.photos = {each.id: each for each in photos}
        self.asked: list[list[int]] = []

    @classmethod
    def of(cls, count: int) -> Shelf:
        return cls(*map(photo, range(1, count + 1)))

    def get(self, ids: Sequence[int]) -> list[Photo]:
        self.asked.append(list(ids))
        return [self.photos[id] for id in ids if id in self.photos]


class DrawingMaker:
    """Makes an even rectangle of 3:2 for each photo; `broken` ones cannot be read.

    While `gate` is closed a picture stays in hand. `begun` tells what was started, in order.
    """

    def __init__(self) -> None:
        self.broken: dict[int, str | Exception] = {}
        self.made: list[int] = []
        self.begun = threading.Semaphore(0)
        self.gate = threading.Event()
        self.gate.set()
        self.closed = 0

    def make(self, photo: Photo, box: QSize, ratio: float) -> QImage:
        self.made.append(photo.id)
        self.begun.release()
        assert self.gate.wait(10)
        problem = self.broken.get(photo.id)
        if isinstance(problem, Exception):
            raise problem
        if problem is not None:
            raise PhotoError(problem)
        width = min(box.width(), box.height() * 3 // 2)
        image = QImage(width, width * 2 // 3, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(TINT)
        image.setDevicePixelRatio(ratio)
        return image

    def close(self) -> None:
        self.closed += 1
