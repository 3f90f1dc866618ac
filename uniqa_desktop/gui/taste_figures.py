"""Two small drawings of how well a taste agrees with its person: an interval, and the curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.taste_words import interval, share
from uniqa_desktop.gui.words import number, say

_LEAST, _MOST = 0.3, 1.0
"""The scale of shares; chance is 0.5, and what is below it is a reason to look."""
_DOT = 4.0


class IntervalBar(QWidget):
    """A share with its interval on a scale with a mark at chance. Outlined for the generic score,
    filled for the taste: the shape tells them apart, not a colour."""

    def __init__(self, name: str, *, filled: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._filled = filled
        self._estimate: Mapping[str, float | None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(24 * theme.SPACE, 2 * theme.SPACE)

    def show_estimate(self, estimate: Mapping[str, float | None] | None) -> None:
        self._estimate = estimate
        text = "–" if estimate is None else interval(estimate)
        self.setAccessibleName(f"{self._name}: {text}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        width = self.width() - 2 * _DOT

        def place(value: float) -> float:
            return _DOT + width * (min(max(value, _LEAST), _MOST) - _LEAST) / (_MOST - _LEAST)

        painter.setPen(QPen(QColor(colours.pressed), 2))
        painter.drawLine(QPointF(_DOT, middle), QPointF(_DOT + width, middle))
        painter.setPen(QPen(QColor(colours.dim), 1))
        painter.drawLine(QPointF(place(0.5), 2), QPointF(place(0.5), self.height() - 2))
        found = self._estimate
        if found is None or found["value"] is None:
            return
        ink = QColor(colours.text)
        if found["low"] is not None and found["high"] is not None:
            painter.setPen(QPen(ink, 2))
            painter.drawLine(
                QPointF(place(found["low"]), middle), QPointF(place(found["high"]), middle)
            )
        painter.setPen(QPen(ink, 2))
        painter.setBrush(ink if self._filled else QColor(colours.panel))
        painter.drawEllipse(QPointF(place(found["value"]), middle), _DOT - 1, _DOT - 1)


class Curve(QWidget):
    """The learning curve: share of pairs in the person's order by number of ratings; the generic
    score's is dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Mapping[str, Any]] = ()
        theme.set_font(self, "small")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def sizeHint(self) -> QSize:
        return QSize(40 * theme.SPACE, 16 * theme.SPACE)

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * theme.SPACE, 12 * theme.SPACE)

    def show_curve(self, points: Sequence[Mapping[str, Any]], words: str) -> None:
        """Shows the `learning_curve` of a card; `words` say the same."""
        self._points = [one for one in points if one["pairwise_accuracy"] is not None]
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        if not self._points:
            painter.setPen(QColor(colours.dim))
            text = say("The learning curve begins with the fifth rating.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, text)
            return
        left = metrics.horizontalAdvance("0.00") + theme.SPACE
        area = QRectF(self.rect()).adjusted(
            left, metrics.height() / 2, -2 * theme.SPACE, -metrics.height() - theme.SPACE // 2
        )
        values = [value for one in self._points for value in (one["pairwise_accuracy"],
                  one["generic"]) if value is not None]  # fmt: skip
        low, high = min(0.5, *values) - 0.02, max(0.8, *values) + 0.02
        last = len(self._points) - 1

        def at(row: int, value: float) -> QPointF:
            across = row / last if last else 0.5
            return QPointF(
                area.left() + across * area.width(),
                area.bottom() - (value - low) / (high - low) * area.height(),
            )

        for value in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
            if low <= value <= high:
                height = at(0, value).y()
                painter.setPen(QPen(QColor(colours.line), 1))
                painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
                painter.setPen(QColor(colours.dim))
                box = QRectF(0, height - metrics.height() / 2, left - theme.SPACE, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, share(value))
        painter.setPen(QColor(colours.dim))
        for row, one in enumerate(self._points):
            x = at(row, low).x()
            box = QRectF(x - 40, area.bottom() + theme.SPACE // 2, 80, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, number(one["ratings"]))
        dashed = QPen(QColor(colours.dim), 2, Qt.PenStyle.DashLine)
        self._line(painter, dashed, [at(row, one["generic"]) for row, one in
                   enumerate(self._points) if one["generic"] is not None])  # fmt: skip
        mine = [at(row, one["pairwise_accuracy"]) for row, one in enumerate(self._points)]
        self._line(painter, QPen(QColor(colours.text), 2), mine)
        painter.setBrush(QColor(colours.text))
        painter.setPen(Qt.PenStyle.NoPen)
        for point in mine:
            painter.drawEllipse(point, 3, 3)

    def _line(self, painter: QPainter, pen: QPen, points: Sequence[QPointF]) -> None:
        painter.setPen(pen)
        for one, other in pairwise(points):
            painter.drawLine(one, other)
