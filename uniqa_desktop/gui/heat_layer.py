"""A heat map as a layer over a picture, in colours that read without hue as well.

What raises quality is orange, what lowers it blue (the two ends of a diverging scale that every
kind of colour vision tells apart), each the stronger the more it does, and a plus or minus marks
the strongest places. A neutral veil takes the picture's own colours back meanwhile. A map of
sharpness dims what is soft and leaves what is sharp in a warm light: dark to bright, whatever the
colours. The layer is painted into the rectangle of the picture, so it lies where the picture lies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

if TYPE_CHECKING:
    import numpy as np

    from uniqa_desktop.explain import HeatMap

RAISES, LOWERS, SHARP, VEIL = "#f08c1e", "#3a86e8", "#ffd54a", "#161616"
"""The ends of the two scales, and the neutral veil between or below them."""
_LEAST = {"quality": 0.1, "sharpness": 10.0}
"""What the end of the scale stands for at least, of 100: chance is not to glow."""
_STRONG = 0.75
"""Opacity of the colours at the ends of the scale."""
_VEILED = 0.35
"""Opacity of the veil where nothing moves the score."""
_DIMMED = 0.62
"""Opacity of the veil where nothing is sharp."""
_MARKED = 0.5
"""Cells from this share of the strongest on get a plus or minus."""
_SMOOTH = 448
"""Longer side of the layer's image: a multiple of the grid, and smooth on every screen."""


class _Mark(NamedTuple):
    """A plus or minus, at a place as fractions of the map."""

    x: float
    y: float
    plus: bool


class HeatLayer:
    """One heat map, ready to be painted."""

    def __init__(self, map_: HeatMap) -> None:
        self.map = map_
        self.diverging = map_.shows == "quality"
        self.strongest = _strongest(map_)
        """What the ends of the scale stand for, of 100."""
        self._image = _image(map_, self.strongest)
        self._marks = _marks(map_, self.strongest) if self.diverging and map_.done == 1 else ()

    def paint(self, painter: QPainter, target: QRect, view: QRect, ratio: float) -> None:
        """Paints the layer over a picture.

        Args:
            painter: on the view, a unit a device pixel.
            target: where the whole picture lies.
            view: the view; nothing is painted beyond it.
            ratio: device pixels per device-independent pixel, for the size of the marks.
        """
        region = self.map.region
        place = QRectF(
            target.x() + region.left * target.width(),
            target.y() + region.top * target.height(),
            region.width * target.width(),
            region.height * target.height(),
        )
        seen = place.intersected(QRectF(view))
        if seen.isEmpty():
            return
        across, down = self._image.width() / place.width(), self._image.height() / place.height()
        part = QRectF(
            (seen.x() - place.x()) * across,
            (seen.y() - place.y()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(seen, self._image, part)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            at = QPointF(place.x() + mark.x * place.width(), place.y() + mark.y * place.height())
            if QRectF(view).contains(at):
                _paint_mark(painter, at, mark.plus, ratio)


def _paint_mark(painter: QPainter, at: QPointF, plus: bool, ratio: float) -> None:
    arm = 5 * ratio
    # Light on dark: it stands out from every picture.
    for colour, width in ((QColor(0, 0, 0, 170), 4), (QColor(255, 255, 255, 235), 2)):
        painter.setPen(QPen(colour, width * ratio, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(at.x() - arm, at.y()), QPointF(at.x() + arm, at.y()))
        if plus:
            painter.drawLine(QPointF(at.x(), at.y() - arm), QPointF(at.x(), at.y() + arm))


def _strongest(map_: HeatMap) -> float:
    import numpy as np

    return max(_LEAST[map_.shows], float(np.abs(np.nan_to_num(map_.heat)).max()))


def _image(map_: HeatMap, strongest: float) -> QImage:
    import cv2
    import numpy as np

    heat = np.nan_to_num(map_.heat) / strongest
    rows, columns = heat.shape
    scale = _SMOOTH / max(rows, columns)
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    # Not cubic: its overshoot would put blue beside orange where the model said nothing.
    even = cv2.resize(heat, size, interpolation=cv2.INTER_LINEAR)
    smooth = cv2.GaussianBlur(even, (0, 0), sigmaX=scale / 5)[..., None]
    if map_.shows == "quality":
        colour = np.where(smooth >= 0, _rgb(RAISES), _rgb(LOWERS))
        strong, veiled = _STRONG * np.abs(smooth) ** 0.8, _VEILED
    else:
        sharp = np.maximum(smooth, 0)
        colour, strong, veiled = _rgb(SHARP), 0.3 * sharp, _DIMMED * (1 - sharp)
    below = veiled * (1 - strong)
    # Premultiplied by its opacity, blue first: how Qt keeps ARGB32 on little-endian machines.
    mixed = (colour * strong + _rgb(VEIL) * below)[..., ::-1]
    pixels = np.concatenate([mixed, 255 * (strong + below)], axis=2).round().astype(np.uint8)
    height, width = pixels.shape[:2]
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(np.ascontiguousarray(pixels).tobytes(), width, height, 4 * width, form).copy()


def _marks(map_: HeatMap, strongest: float) -> tuple[_Mark, ...]:
    rows, columns = map_.heat.shape
    return tuple(
        _Mark((column + 0.5) / columns, (row + 0.5) / rows, bool(map_.heat[row, column] > 0))
        for row in range(rows)
        for column in range(columns)
        if abs(map_.heat[row, column]) >= _MARKED * strongest
    )


def _rgb(name: str) -> np.ndarray:
    import numpy as np

    colour = QColor(name)
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)
