"""The overlays of the loupe, as they are painted: clipping, edges in focus, thirds, AF areas.

Each is told apart by its shape as well as by its colour: the stripes on clipped highlights rise to
the right, those on clipped shadows fall, edges in focus are solid lines, thirds a grid, AF areas
corner brackets. Stripes and lines are as wide on every screen and at every zoom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from uniqa_desktop.photo import Region

if TYPE_CHECKING:
    import numpy as np

HIGHLIGHTS, SHADOWS, FOCUS = "#ff3b30", "#3a8dff", "#ff4dff"
"""Red and blue as in other programs; magenta, which is rarer in nature than a display's green."""
_PERIOD = 8
"""Width of a stripe and the gap after it, device-independent pixels."""
_STRIPE, _GAP = 230, 96
"""Opacity of a stripe, and of the gap, so that a place narrower than a stripe is seen too."""
_ARM, _LEAST = 10, 22
"""Length of a bracket's arms, and the least side of an area, device-independent pixels."""

Paint = Callable[[float], QBrush]
"""Gives the brush for so many device pixels per device-independent one."""


@lru_cache(maxsize=8)
def stripes(colour: str, rising: bool, ratio: float) -> QBrush:
    """Diagonal stripes, rising or falling to the right."""
    side = 2 * max(1, round(_PERIOD * ratio / 2))
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    ink, between = QColor(colour), QColor(colour)
    ink.setAlpha(_STRIPE)
    between.setAlpha(_GAP)
    for y in range(side):
        for x in range(side):
            along = x + y if rising else x - y
            tile.setPixelColor(x, y, ink if along % side < side // 2 else between)
    return QBrush(tile)


def highlights(ratio: float) -> QBrush:
    """What clipped highlights are painted with."""
    return stripes(HIGHLIGHTS, True, ratio)


def shadows(ratio: float) -> QBrush:
    """What clipped shadows are painted with."""
    return stripes(SHADOWS, False, ratio)


def focus(_ratio: float) -> QBrush:
    """What edges in focus are painted with."""
    return QBrush(QColor(FOCUS))


class MaskLayer:
    """Paints with a brush where a mask says so.

    Args:
        levels: the mask (H×W uint8, 255 where to paint) and that halved again and again, the
            largest first, over the whole picture.
        paint: the brush.
    """

    def __init__(self, levels: Sequence[np.ndarray], paint: Paint) -> None:
        self.levels = tuple(levels)
        self._paint = paint
        self._composed: tuple[object, QImage] | None = None

    @property
    def bytes(self) -> int:
        """What it costs in memory."""
        return sum(level.nbytes for level in self.levels)

    def paint(self, painter: QPainter, target: QRect, view: QRect, ratio: float) -> None:
        """Paints the mask into the rectangle of the picture, pixel by pixel where it belongs."""
        seen = target.intersected(view)
        if seen.isEmpty():
            return
        asked = (target.getRect(), seen.getRect(), ratio)
        if self._composed is None or self._composed[0] != asked:
            self._composed = asked, self._compose(target, seen, ratio)
        painter.drawImage(seen.topLeft(), self._composed[1])

    def _compose(self, target: QRect, seen: QRect, ratio: float) -> QImage:
        """The part in view, in device pixels."""
        mask = self._mask(target, seen)
        image = QImage(seen.size(), QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        # Stripes stand still on the screen while the picture moves below them.
        painter.setBrushOrigin(-seen.topLeft())
        painter.fillRect(image.rect(), self._paint(ratio))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        height, width = mask.shape
        painter.drawImage(
            QPoint(0, 0), QImage(mask.data, width, height, width, QImage.Format.Format_Alpha8)
        )
        painter.end()
        return image

    def _mask(self, target: QRect, seen: QRect) -> np.ndarray:
        """The mask's values at the middles of the device pixels in view."""
        import cv2
        import numpy as np

        level = next(
            (each for each in reversed(self.levels) if each.shape[1] >= target.width()),
            self.levels[0],
        )
        height, width = level.shape
        across, down = width / target.width(), height / target.height()
        to_mask = np.array(
            [
                [across, 0, (seen.x() - target.x() + 0.5) * across - 0.5],
                [0, down, (seen.y() - target.y() + 0.5) * down - 0.5],
            ]
        )
        # Enlarged a mask has hard edges, as pixels do; reduced it has soft ones.
        how = cv2.INTER_NEAREST if across < 1 else cv2.INTER_LINEAR
        return cv2.warpAffine(
            level,
            to_mask,
            (seen.width(), seen.height()),
            flags=how | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )


class Thirds:
    """Two lines each way, at a third and two thirds of the picture."""

    def paint(self, painter: QPainter, target: QRect, view: QRect, ratio: float) -> None:
        """Paints light lines with dark rims, which show on every picture."""
        seen = QRectF(target.intersected(view))
        if seen.isEmpty():
            return
        for colour, width in (
            (QColor(0, 0, 0, 90), 3 * ratio),
            (QColor(255, 255, 255, 190), ratio),
        ):
            painter.setPen(QPen(colour, width))
            for part in (1, 2):
                x = target.x() + round(target.width() * part / 3) + 0.5
                y = target.y() + round(target.height() * part / 3) + 0.5
                if seen.left() <= x <= seen.right():
                    painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
                if seen.top() <= y <= seen.bottom():
                    painter.drawLine(QPointF(seen.left(), y), QPointF(seen.right(), y))


@dataclass(frozen=True)
class AfAreas:
    """Corner brackets around the places that the camera focused on, the main one bolder."""

    areas: tuple[Region, ...]
    main: Region | None

    def paint(self, painter: QPainter, target: QRect, view: QRect, ratio: float) -> None:
        """Paints the brackets of the areas in view."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for area in self.areas:
            place = _grown(_placed(area, target), _LEAST * ratio)
            if place.intersects(QRectF(view)):
                bold = len(self.areas) > 1 and area == self.main
                paint_brackets(painter, place, ratio * (1.4 if bold else 1))


def paint_brackets(painter: QPainter, place: QRectF, ratio: float) -> None:
    """Paints the four corners of a rectangle."""
    arm = min(_ARM * ratio, place.width() / 3, place.height() / 3)
    # Light on dark: it stands out from every picture.
    for colour, width in (
        (QColor(0, 0, 0, 150), 5 * ratio),
        (QColor(255, 255, 255, 235), 2 * ratio),
    ):
        painter.setPen(QPen(colour, width))
        for corner, across, down in (
            (place.topLeft(), 1, 1),
            (place.topRight(), -1, 1),
            (place.bottomLeft(), 1, -1),
            (place.bottomRight(), -1, -1),
        ):
            painter.drawPolyline(
                [corner + QPointF(arm * across, 0), corner, corner + QPointF(0, arm * down)]
            )


def _placed(area: Region, target: QRect) -> QRectF:
    return QRectF(
        target.x() + area.left * target.width(),
        target.y() + area.top * target.height(),
        area.width * target.width(),
        area.height * target.height(),
    )


def _grown(place: QRectF, least: float) -> QRectF:
    """The same middle, each side at least so long: a point has no size."""
    across, down = max(0.0, least - place.width()) / 2, max(0.0, least - place.height()) / 2
    return place.adjusted(-across, -down, across, down)
