"""The marks of groups on grid cells: sheets behind a closed stack, a bar over an open one, and a
badge with the kind's own shape and the number of photos. Shapes tell kinds apart, colours nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap

from uniqa_desktop.bursts.group import Kind
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.stacks import Mark
from uniqa_desktop.gui.thumb_maker import RADIUS

_INSET = 6
"""From the tile's edges to the badge, as of the other marks on it."""
_SHAPE = 12
"""Side of a kind's shape, device-independent pixels."""
_INK = QColor("#f3f3f3")
_VEIL = QColor(0, 0, 0, 168)
_BAR = 3


class StackMarks:
    """The marks for the current theme at `ratio` device pixels to a pixel."""

    def __init__(self, ratio: float) -> None:
        self._ratio = ratio
        self._tokens = theme.tokens()
        self._font = theme.font("small", emphasis=True)
        self._metrics = QFontMetrics(self._font)
        self._drawn = lru_cache(maxsize=256)(self._draw)

    def badge(self, mark: Mark) -> QPixmap:
        """Kind and number: of all photos on a closed stack, else which one of them it is."""
        return self._drawn(mark.kind, _text(mark))

    def place(self, tile: QRect, mark: Mark) -> QPoint:
        """Where the badge begins: in the lower right corner of the tile."""
        size = self.badge(mark).deviceIndependentSize()
        right, bottom = tile.right() + 1 - _INSET, tile.bottom() + 1 - _INSET
        return QPoint(right - round(size.width()), bottom - round(size.height()))

    def area(self, tile: QRect, mark: Mark) -> QRect:
        """Where a press means the badge: a little more than it."""
        size = self.badge(mark).deviceIndependentSize().toSize()
        return QRect(self.place(tile, mark), size).adjusted(-4, -4, _INSET, _INSET)

    def paint_behind(self, painter: QPainter, cell: QRect, tile: QRect, mark: Mark) -> None:
        """Before the tile is painted: two sheets that look out above it, or the bar over all
        photos of an open group."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if mark.closed:
            for inset, above, tone in (
                (12, 5, self._tokens.pressed),
                (6, 3, self._tokens.disabled),
            ):
                painter.setBrush(QColor(tone))
                sheet = QRectF(tile).adjusted(inset, -above, -inset, -tile.height() / 2)
                painter.drawRoundedRect(sheet, RADIUS, RADIUS)
        elif mark.opened:
            first, last = mark.place == 1, mark.place == mark.count
            left = tile.left() if first else cell.left()
            right = tile.right() + 1 if last else cell.right() + 1
            painter.setBrush(QColor(self._tokens.dim))
            painter.drawRect(QRectF(left, cell.top() + 1, right - left, _BAR))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw(self, kind: Kind, text: str) -> QPixmap:
        pad, height = 5, self._metrics.height() + 3
        width = pad + _SHAPE + 4 + self._metrics.horizontalAdvance(text) + pad
        pixmap = QPixmap(math.ceil(width * self._ratio), math.ceil(height * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_VEIL)
        painter.drawRoundedRect(QRectF(0, 0, width, height), RADIUS, RADIUS)
        paint_shape(painter, kind, QRectF(pad, (height - _SHAPE) / 2, _SHAPE, _SHAPE), _INK)
        painter.setFont(self._font)
        painter.setPen(_INK)
        words = QRectF(pad + _SHAPE + 4, 0, width, height)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
        return pixmap


def _text(mark: Mark) -> str:
    text = str(mark.count) if mark.closed else f"{mark.place}/{mark.count}"
    return f"{text} ?" if mark.untold and (mark.closed or mark.place == 1) else text


def paint_shape(painter: QPainter, kind: Kind, room: QRectF, ink: QColor) -> None:
    """Paints the shape of a kind into a square of about twelve pixels."""
    painter.save()
    painter.translate(room.topLeft())
    painter.scale(room.width() / _SHAPE, room.height() / _SHAPE)
    painter.setPen(QPen(ink, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _SHAPES[kind](painter, ink)
    painter.restore()


def _burst(painter: QPainter, ink: QColor) -> None:
    """Frames one behind the other."""
    painter.drawRect(QRectF(1, 4.5, 7, 6.5))
    painter.drawPolyline([QPointF(3, 2.6), QPointF(10, 2.6), QPointF(10, 9)])
    painter.drawPolyline([QPointF(5, 0.8), QPointF(11.6, 0.8), QPointF(11.6, 7)])


def _bracket(painter: QPainter, ink: QColor) -> None:
    """A dark, a half and a light frame."""
    for place, share in enumerate((0.0, 0.5, 1.0)):
        frame = QRectF(0.7 + 3.8 * place, 2, 3, 8)
        tone = QColor(ink)
        tone.setAlphaF(share)
        painter.fillRect(frame, tone)
        painter.drawRect(frame)


def _focus_stack(painter: QPainter, ink: QColor) -> None:
    """Planes of focus."""
    for above in (2.5, 5.5, 8.5):
        top = QPointF(6, above - 2)
        painter.drawPolygon([top, QPointF(11, above), QPointF(6, above + 2), QPointF(1, above)])


def _panorama(painter: QPainter, ink: QColor) -> None:
    """One wide frame of three."""
    painter.drawRect(QRectF(0.7, 3.2, 10.6, 5.6))
    for across in (4.2, 7.8):
        painter.drawLine(QPointF(across, 3.2), QPointF(across, 8.8))


def _near(painter: QPainter, ink: QColor) -> None:
    """A large and a small frame."""
    painter.drawRect(QRectF(0.8, 0.8, 8, 8))
    painter.fillRect(QRectF(6.2, 6.2, 5.4, 5.4), ink)


def _exact(painter: QPainter, ink: QColor) -> None:
    """Two equal frames with the sign of equality."""
    painter.drawRect(QRectF(0.8, 0.8, 10.4, 10.4))
    for down in (4.4, 7.6):
        painter.drawLine(QPointF(3.2, down), QPointF(8.8, down))


_SHAPES: Mapping[Kind, Callable[[QPainter, QColor], None]] = {
    Kind.BURST: _burst,
    Kind.BRACKET: _bracket,
    Kind.FOCUS_STACK: _focus_stack,
    Kind.PANORAMA: _panorama,
    Kind.NEAR: _near,
    Kind.EXACT: _exact,
}
