"""The small marks on a grid cell: score, flag, stars, colour label, badges.

Each is drawn once for a theme and resolution and kept as a pixmap, so that painting a cell is a few
copies. Marks that lie on the picture are white on a black veil in both themes: what is under them
is a photo, not the window. Flags differ by shape, so they read without colour and in both themes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from uniqa_desktop.gui import theme, verdict_words
from uniqa_desktop.gui.thumb_maker import RADIUS
from uniqa_desktop.photo import Flag, Label

FLAG = 20
"""Diameter of a flag."""

_INK = QColor("#f3f3f3")
_VEIL = QColor(0, 0, 0, 168)
_TRACK = QColor(255, 255, 255, 72)
_NIGHT = QColor("#181818")
_STAR = 10
_INITIAL = 0.85
"""Size of the letter on a colour label, against the small text beside it."""
_MIDDLE = 0.18
"""The relative luminance at which black and white text have the same contrast (WCAG 2.2)."""


class Marks:
    """The marks for the current theme at `ratio` device pixels to a pixel."""

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio
        self.tokens = theme.tokens()
        self._font = theme.font("small", emphasis=True)
        self._metrics = QFontMetrics(self._font)
        keep = lru_cache(maxsize=256)
        self.score: Callable[[int], QPixmap] = keep(self._score)
        self.flag: Callable[[Flag], QPixmap] = keep(self._flag)
        self.badge: Callable[[str], QPixmap] = keep(self._badge)
        self.stars: Callable[[int], QPixmap] = keep(self._stars)
        self.label: Callable[[Label], QPixmap] = keep(self._label)
        self.warning: Callable[[], QPixmap] = keep(self._warning)
        self.tile: Callable[[int, int], QPixmap] = lru_cache(maxsize=4)(self._tile)

    def _score(self, value: int) -> QPixmap:
        """`value` (0–100) as a number over a thin bar that is full at 100."""
        width = self._metrics.horizontalAdvance("100") + 10
        height = self._metrics.height() + 7
        pixmap, painter = self._canvas(width, height)
        _veil(painter, width, height)
        painter.setFont(self._font)
        painter.setPen(_INK)
        text = QRectF(0, 1, width, self._metrics.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, str(value))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_TRACK)
        bar = QRectF(5, height - 5, width - 10, 2)
        painter.drawRoundedRect(bar, 1, 1)
        painter.setBrush(_INK)
        bar.setWidth(bar.width() * value / 100)
        painter.drawRoundedRect(bar, 1, 1)
        painter.end()
        return pixmap

    def _flag(self, flag: Flag) -> QPixmap:
        """Pick: a tick on a full disc; maybe: a ring; reject: a cross."""
        pixmap, painter = self._canvas(FLAG, FLAG)
        centre = QPointF(FLAG / 2, FLAG / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawEllipse(centre, FLAG / 2, FLAG / 2)
        if flag is Flag.PICK:  # the veil stays as a rim, which shows on a white sky
            painter.setBrush(_INK)
            painter.drawEllipse(centre, FLAG / 2 - 1, FLAG / 2 - 1)
        ink = _NIGHT if flag is Flag.PICK else _INK
        pen = QPen(ink, 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if flag is Flag.PICK:
            painter.drawPolyline([QPointF(5.5, 10.5), QPointF(8.75, 13.75), QPointF(14.5, 7)])
        elif flag is Flag.MAYBE:
            painter.drawEllipse(centre, 5, 5)
        elif flag is Flag.REJECT:
            painter.drawLine(QPointF(6.5, 6.5), QPointF(13.5, 13.5))
            painter.drawLine(QPointF(13.5, 6.5), QPointF(6.5, 13.5))
        painter.end()
        return pixmap

    def _badge(self, text: str) -> QPixmap:
        """A word on the picture, such as `+NEF` or `Missing`."""
        width = self._metrics.horizontalAdvance(text) + 10
        height = self._metrics.height() + 3
        pixmap, painter = self._canvas(width, height)
        _veil(painter, width, height)
        painter.setFont(self._font)
        painter.setPen(_INK)
        painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return pixmap

    def _stars(self, count: int) -> QPixmap:
        pixmap, painter = self._canvas(_STAR * count, _STAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.text))
        for n in range(count):
            painter.drawPolygon(_star(QPointF(_STAR * (n + 0.5), _STAR / 2 + 0.25), _STAR / 2))
        painter.end()
        return pixmap

    def _label(self, label: Label) -> QPixmap:
        """A chip of the colour with its initial, for those who do not see the colour."""
        font = QFont(self._font)
        font.setPointSizeF(font.pointSizeF() * _INITIAL)
        metrics, text = QFontMetrics(font), verdict_words.initial(label)
        height = metrics.height()
        width = max(height + 2, metrics.horizontalAdvance(text) + 6)
        pixmap, painter = self._canvas(width, height)
        colour = QColor(self.tokens.labels[label])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(0, 0, width, height), 3, 3)
        painter.setFont(font)
        painter.setPen(_NIGHT if _luminance(colour) > _MIDDLE else _INK)
        painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return pixmap

    def _warning(self) -> QPixmap:
        """The sign on a photo that cannot be read."""
        side = round(24 * self.ratio)
        pixmap = QPixmap(theme.icon("warning").pixmap(QSize(24, 24), self.ratio))
        if pixmap.width() != side:
            pixmap = pixmap.scaled(side, side)
        painter = QPainter(pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(QRectF(0, 0, 24, 24), QColor(self.tokens.dim))
        painter.end()
        return pixmap

    def _tile(self, width: int, height: int) -> QPixmap:
        """The even ground of a cell, which is also what shows while a thumbnail is on its way."""
        pixmap, painter = self._canvas(width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.panel))
        painter.drawRoundedRect(QRectF(0, 0, width, height), RADIUS, RADIUS)
        painter.end()
        return pixmap

    def _canvas(self, width: int, height: int) -> tuple[QPixmap, QPainter]:
        pixmap = QPixmap(math.ceil(width * self.ratio), math.ceil(height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return pixmap, painter


def _luminance(colour: QColor) -> float:
    """The relative luminance (0–1) of an sRGB colour, by its usual gamma of 2.2."""
    red, green, blue = (part**2.2 for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _veil(painter: QPainter, width: float, height: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_VEIL)
    painter.drawRoundedRect(QRectF(0, 0, width, height), RADIUS, RADIUS)


def _star(centre: QPointF, radius: float) -> QPolygonF:
    """A five-pointed star; the inner corners lie at 0.42 of the radius, a little fuller than the
    geometric 0.38, which clogs at ten pixels."""
    points = []
    for n in range(10):
        angle = math.pi * (n / 5 - 0.5)
        reach = radius if n % 2 == 0 else radius * 0.42
        points.append(centre + QPointF(math.cos(angle), math.sin(angle)) * reach)
    return QPolygonF(points)
