"""Makes one thumbnail, off the GUI thread: from the thumbnail store, else from the photo's file.

Each thread of the loader has a maker, and with it a connection to the thumbnail store, of its own.
A kept thumbnail is read by Qt itself, so that showing a known folder does not wait for numpy and
the decoders to be imported; they come when a photo is first seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter

from uniqa_desktop.photo import Photo
from uniqa_desktop.store import Thumbs

LONG_SIDE = 512
"""Pixels of the longer side of a kept thumbnail."""

RADIUS = 4
"""Rounding of a picture's corners, in device-independent pixels."""

_LARGEST = 2.0
"""How far a tiny picture is enlarged at most: beyond that it is only blur."""


class Maker(Protocol):
    """What the loader needs of whoever makes thumbnails."""

    def make(self, photo: Photo, box: QSize, ratio: float) -> QImage:
        """The photo fitted into `box` device pixels, at `ratio` device pixels to a pixel.

        Raises:
            PhotoError: it cannot be read, with the reason.
        """
        ...

    def close(self) -> None: ...


class ThumbMaker:
    """Makes thumbnails with the thumbnail store in `file` as a cache."""

    def __init__(self, file: Path) -> None:
        self._thumbs = Thumbs(file)

    def make(self, photo: Photo, box: QSize, ratio: float) -> QImage:
        """See `Maker.make`. A kept thumbnail serves even if the photo's file is gone."""
        kept = self._thumbs.get(photo.identity)
        image = _read(kept, box) if kept else QImage()
        if image.isNull():
            image = self._decode(photo)
        return _finish(image, box, ratio)

    def close(self) -> None:
        self._thumbs.close()

    def _decode(self, photo: Photo) -> QImage:
        from uniqa_desktop import decode

        pixels = decode.thumbnail(decode.quick(photo.path, LONG_SIDE), LONG_SIDE)
        self._thumbs.put([(photo.identity, decode.encode_jpeg(pixels))])
        height, width, _ = pixels.shape
        return QImage(
            pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888
        ).copy()


def fit(size: QSize, box: QSize) -> QSize:
    """`size` scaled into `box` with its proportions kept, at least one pixel each way."""
    if size.isEmpty():
        return QSize(1, 1)
    scale = min(box.width() / size.width(), box.height() / size.height(), _LARGEST)
    return QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))


def _read(jpeg: bytes, box: QSize) -> QImage:
    """The kept JPEG at the size it is shown; a null image if it is damaged.

    Scaling while reading lets libjpeg skip detail, and it runs without Python's lock.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    if not size.isValid():
        return QImage()
    reader.setScaledSize(fit(size, box))
    return reader.read()


def _finish(image: QImage, box: QSize, ratio: float) -> QImage:
    """`image` at its final size with round corners, in the format that paints fastest."""
    size = fit(image.size(), box)
    if image.size() != size:
        image = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    made = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(made.rect(), RADIUS * ratio, RADIUS * ratio)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
