"""A trip day by day: how many photos of each are kept, over how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from uniqa_desktop.gui import theme, words

_UP = 4 * theme.SPACE
_DOWN = 2 * theme.SPACE
_WIDEST = 8 * theme.SPACE
_LEAST = 2.0
"""Height of a bar with any photo in it: few are not none."""


class DayBars(QWidget):
    """Above the line what is kept of each day, below it what there is; each has its own scale.

    Days without photos have no place in it; a tool tip names each of the others.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: Sequence[tuple[date | None, int, int]] = ()
        theme.set_font(self, "small")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Kept photos by day"))

    def show_days(self, days: Sequence[tuple[date | None, int, int]]) -> None:
        """Shows these days (`None`: date unknown), each with its photos kept and there."""
        self._days = days
        self.setAccessibleDescription("; ".join(map(_told, days)))
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.SPACE, 2 * self.fontMetrics().height() + _UP + _DOWN + 2)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self._step
            at = int(event.pos().x() // step) if step else 0
            if at < len(self._days):
                QToolTip.showText(event.globalPos(), _told(self._days[at]), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    @property
    def _step(self) -> float:
        return min(self.width() / len(self._days), _WIDEST) if self._days else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._days:
            return
        colours, painter, step = theme.tokens(), QPainter(self), self._step
        text = self.fontMetrics().height()
        ground = text + _UP
        most_kept = max(1, *(kept for _, kept, _ in self._days))
        most_there = max(1, *(there for _, _, there in self._days))
        gap = 1.0 if step > 4 else 0.0
        numbered = step >= self.fontMetrics().horizontalAdvance(words.number(most_kept)) + 2
        painter.fillRect(QRectF(0, ground, step * len(self._days), 1), QColor(colours.line))
        for at, (_, kept, there) in enumerate(self._days):
            left, width = at * step + gap, step - 2 * gap
            deep = max(_DOWN * there / most_there, _LEAST) if there else 0.0
            painter.fillRect(QRectF(left, ground + 1, width, deep), QColor(colours.pressed))
            if not kept:
                continue
            high = max(_UP * kept / most_kept, _LEAST)
            painter.fillRect(QRectF(left, ground - high, width, high), QColor(colours.dim))
            if numbered:
                place = QRectF(left, ground - high - text, width, text)
                painter.setPen(QColor(colours.text))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words.number(kept))
        painter.setPen(QColor(colours.dim))
        line = QRectF(0, self.height() - text, self.width(), text)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._span())

    def _span(self) -> str:
        """The first and the last day in words, and what the bars are."""
        known = [day for day, _, _ in self._days if day is not None]
        if not known:
            return words.say("The photos have no dates.")
        ends = list(dict.fromkeys((known[0], known[-1])))
        legend = words.say("kept above the line, all photos below it")
        return " – ".join(map(words.day, ends)) + f" · {legend}"


def _told(day: tuple[date | None, int, int]) -> str:
    when, kept, there = day
    return words.say("{day}: {kept} of {there}").format(
        day=words.say("Without a date") if when is None else words.day(when),
        kept=words.number(kept),
        there=words.number(there),
    )
