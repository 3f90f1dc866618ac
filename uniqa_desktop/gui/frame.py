"""A decoded picture, ready to be painted at any zoom without holding up the window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from uniqa_desktop.gui.zoom import Framing

if TYPE_CHECKING:
    import numpy as np

    from uniqa_desktop.decode import Picture

_SMALLEST_LEVEL = 512
"""Halving stops here (longer side): smaller reductions are quick enough to make while painting."""


class Grade(IntEnum):
    """How good a picture is; a better one may replace a lesser one, never the other way."""

    THUMBNAIL = 0
    PREVIEW = 1
    FULL = 2


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """A picture at one grade.

    `levels` are the decoded pixels and that picture halved again and again, so that painting it
    smaller never reads more than four source pixels for one of the screen. `fitted` is the whole
    picture at exactly the device pixels of the view that it was made for. `size` is the picture
    that 100 % refers to: the decoded pixels of a full picture, and until those are there the size
    they are going to have. `original` is the size that the camera recorded.
    `trimmed` is a preview that is good for its view only.
    """

    grade: Grade
    size: QSize
    original: QSize
    levels: tuple[QImage, ...]
    fitted: QImage | None = None
    trimmed: bool = False

    @property
    def bytes(self) -> int:
        """What it costs in memory."""
        extra = self.fitted is not None and all(self.fitted is not level for level in self.levels)
        fitted = self.fitted.sizeInBytes() if self.fitted is not None and extra else 0
        return sum(level.sizeInBytes() for level in self.levels) + fitted

    def as_preview(self) -> Frame:
        """A large full picture at half its size, for a quarter of the memory; else itself."""
        if self.grade is not Grade.FULL or len(self.levels) == 1:
            return self
        return replace(self, grade=Grade.PREVIEW, levels=self.levels[1:])

    def as_seen(self) -> Frame:
        """A preview with no more pixels than its view shows; else itself."""
        fitted = self.fitted
        if self.grade is not Grade.PREVIEW or fitted is None or self.trimmed:
            return self
        fewer = [level for level in self.levels if level.width() < fitted.width()]
        return replace(self, levels=(fitted, *fewer), trimmed=True)

    def level_for(self, width: int) -> QImage:
        """The smallest level that is at least `width` pixels wide, or the decoded pixels."""
        return next((lv for lv in reversed(self.levels) if lv.width() >= width), self.levels[0])

    def fits(self, box: QSize) -> bool:
        """Whether `fitted` is what a view of `box` device pixels shows."""
        return self.fitted is not None and self.fitted.size() == fitted_size(self.size, box)

    def fitted_to(self, box: QSize) -> Frame:
        """The same with `fitted` made for a view of `box` device pixels. Slow: not to be called
        while painting."""
        size = fitted_size(self.size, box)
        source = self.level_for(size.width())
        if source.size() == size:
            return replace(self, fitted=source)
        return replace(self, fitted=_resized(source, size, careful=self.grade is Grade.FULL))


def fitted_size(picture: QSize, box: QSize) -> QSize:
    """The device pixels that the whole picture takes in a view of `box` device pixels."""
    return Framing().target(picture, box).size()


def from_thumbnail(image: QImage, width: int | None, height: int | None) -> Frame:
    """What can be shown before anything is decoded; `width` and `height` from the metadata.

    Where those are not known the picture is taken to be large, so that it fills the view.
    """
    if image.devicePixelRatio() != 1:
        image = image.copy()
        image.setDevicePixelRatio(1)
    if width and height:
        size = QSize(width, height)
    else:
        size = image.size().scaled(8000, 8000, Qt.AspectRatioMode.KeepAspectRatio)
    return Frame(Grade.THUMBNAIL, size, size, (image,))


def from_picture(picture: Picture, grade: Grade) -> Frame:
    """A frame of decoded pixels. Runs in a loader's thread.

    A preview that has all of the picture's pixels counts as the full picture.
    """
    pixels = picture.pixels
    height, width = pixels.shape[:2]
    original = QSize(*picture.full_size)
    if QSize(width, height) == original:
        grade = Grade.FULL
    size = QSize(width, height) if grade is Grade.FULL else original
    levels = [_image(pixels)]
    while max(levels[-1].width(), levels[-1].height()) >= 2 * _SMALLEST_LEVEL:
        levels.append(_halved(levels[-1]))
    return Frame(grade, size, original, tuple(levels))


def _image(pixels: np.ndarray) -> QImage:
    """The pixels in an image that owns its memory.

    OpenCV writes into the image directly and, unlike `QImage.convertToFormat` (46 ms at 24
    megapixels), without keeping Python's lock from the window's thread.
    """
    import cv2

    height, width = pixels.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA, dst=_writable(image))
    return image


def _halved(image: QImage) -> QImage:
    # A leftover row or column is dropped: averaging must see whole 2 × 2 blocks to be exact (and
    # is fourteen times faster so).
    import cv2

    half = QImage(max(1, image.width() // 2), max(1, image.height() // 2), image.format())
    source = readable(image)[: 2 * half.height(), : 2 * half.width()]
    size = half.width(), half.height()
    cv2.resize(source, size, dst=_writable(half), interpolation=cv2.INTER_AREA)
    return half


def _resized(image: QImage, size: QSize, *, careful: bool) -> QImage:
    """The image at another size, at most a factor of two smaller.

    A full picture is rested on and gets the true area average (37 ms from 6 megapixels); previews
    run past and get a linear one (4 ms). `QImage.scaled` does it with Python's lock in its hands,
    which holds up the window by 20 to 50 ms on a busy machine.
    """
    import cv2

    made = QImage(size, image.format())
    how = cv2.INTER_AREA if careful else cv2.INTER_LINEAR
    cv2.resize(
        readable(image), (size.width(), size.height()), dst=_writable(made), interpolation=how
    )
    return made


def _writable(image: QImage) -> np.ndarray:
    """A view of a new image's memory (RGB32 lines have no padding). Must not outlive it."""
    import numpy as np

    return np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.width(), 4)


def readable(image: QImage) -> np.ndarray:
    """The blue, green, red and unused bytes of a level, H×W×4; must not outlive it.

    Not by `bits`, which could move the memory of an image that the window is painting.
    """
    import numpy as np

    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
