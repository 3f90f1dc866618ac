"""The RGB histogram of a picture: counting it (away from the window's thread) and drawing it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from uniqa_desktop.gui import theme, words

LEVELS = 256
WORTH_MARKING = 0.1
"""Percent of clipped pixels from which a mark is lit: below that it is a lamp or a catchlight."""
_COUNTED = 262_144
"""Pixels counted at most: enough for a curve of 256 steps (evenly taken from a larger picture)."""
_CHANNELS = {
    "dark": ("#c8524d", "#4f9f58", "#4f78c8"),
    "light": ("#c8524d", "#4f9f58", "#4f78c8"),
}


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many of the counted pixels have each of the 256 sRGB levels, per channel."""

    red: tuple[int, ...]
    green: tuple[int, ...]
    blue: tuple[int, ...]

    @property
    def channels(self) -> tuple[tuple[int, ...], ...]:
        return self.red, self.green, self.blue


def count(image: QImage) -> Histogram:
    """Counts the pixels of `image`, a thumbnail or preview. Imports numpy: not in the window's
    thread."""
    import numpy as np

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    step = max(1, int((plain.width() * plain.height() / _COUNTED) ** 0.5))
    pixels = pixels[::step, ::step]
    blue, green, red = (
        tuple(np.bincount(pixels[..., channel].ravel(), minlength=LEVELS).tolist())
        for channel in range(3)
    )
    return Histogram(red, green, blue)


class HistogramView(QWidget):
    """Draws a histogram: three overlapping curves, and a mark in the upper corner on the side
    where something is clipped (lower left: shadows, right: highlights)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self._clipped = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_histogram(None)

    def sizeHint(self) -> QSize:
        return QSize(240, 11 * theme.SPACE)

    def show_histogram(self, histogram: Histogram | None) -> None:
        self._histogram = histogram
        self._describe()

    def show_clipping(self, shadows: float | None, highlights: float | None) -> None:
        """Lights the marks for the percent of clipped pixels; `None`: not known."""
        clipped = (shadows or 0.0, highlights or 0.0)
        if clipped != self._clipped:
            self._clipped = clipped
            self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(self.tr("Histogram"))
        self.setToolTip(
            self.tr(
                "Dark tones on the left, light ones on the right. A lit corner means that shadows "
                "(left) or highlights (right) are clipped. Counted from the preview."
            )
        )
        shadows, highlights = self._clipped
        self.setAccessibleDescription(
            self.tr("Shadows clipped {shadows} %, highlights clipped {highlights} %").format(
                shadows=words.tenths(shadows), highlights=words.tenths(highlights)
            )
            if self._histogram
            else self.tr("No picture")
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(QColor(colours.field))
        painter.drawRoundedRect(area, 4, 4)
        if self._histogram is None:
            return
        clip = QPainterPath()
        clip.addRoundedRect(area, 4, 4)
        painter.setClipPath(clip)
        self._paint_channels(painter, area.adjusted(0, theme.SPACE, 0, 0), self._histogram)
        self._paint_marks(painter, area)

    def _paint_channels(self, painter: QPainter, area: QRectF, histogram: Histogram) -> None:
        top = _ceiling(histogram)
        dark = theme.tokens().name == "dark"
        # Overlaps add up to grey: lighter than either on dark, darker than either on light.
        mode = QPainter.CompositionMode
        painter.setCompositionMode(
            mode.CompositionMode_Screen if dark else mode.CompositionMode_Multiply
        )
        for counts, name in zip(histogram.channels, _CHANNELS[theme.tokens().name], strict=True):
            colour = QColor(name) if dark else QColor(name).lighter(150)
            painter.setBrush(colour)
            painter.drawPath(_curve(_smoothed(counts), top, area))
        painter.setCompositionMode(mode.CompositionMode_SourceOver)

    def _paint_marks(self, painter: QPainter, area: QRectF) -> None:
        colours = theme.tokens()
        side = 1.25 * theme.SPACE
        for percent, x, inwards in (
            (self._clipped[0], area.left(), side),
            (self._clipped[1], area.right(), -side),
        ):
            lit = percent >= WORTH_MARKING
            painter.setBrush(QColor(colours.warning if lit else colours.line))
            corner = QPointF(x, area.top())
            painter.drawPolygon(
                QPolygonF([corner, corner + QPointF(inwards, 0), corner + QPointF(0, side)])
            )


def _ceiling(histogram: Histogram) -> float:
    """The count drawn at full height. Clipped pixels pile up in the end levels and single tones in
    narrow peaks; both would press the rest flat, so they may be cut off."""
    inner = sorted(n for counts in histogram.channels for n in _smoothed(counts)[2:-2])
    return max(inner[round(len(inner) * 0.99) - 1] * 1.1, 1.0)


def _smoothed(counts: tuple[int, ...]) -> list[float]:
    """A weighted mean over five levels: thumbnails count few pixels, and JPEG combs the rest."""
    padded = (counts[0], counts[0], *counts, counts[-1], counts[-1])
    return [
        (padded[i] + 2 * padded[i + 1] + 3 * padded[i + 2] + 2 * padded[i + 3] + padded[i + 4]) / 9
        for i in range(len(counts))
    ]


def _curve(counts: list[float], top: float, area: QRectF) -> QPainterPath:
    path = QPainterPath(area.bottomLeft())
    step = area.width() / (len(counts) - 1)
    for level, n in enumerate(counts):
        height = min(n / top, 1.0) * area.height()
        path.lineTo(area.left() + level * step, area.bottom() - height)
    path.lineTo(area.bottomRight())
    path.closeSubpath()
    return path
