"""The headers between the days of the grid: the day in words, and how many photos it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.words import count, day, say

_HEIGHT = 5 * theme.SPACE


class DayHeaders:
    """Sections of the grid, if it is grouped: days with their numbers of photos, in order."""

    def __init__(self, days: Sequence[tuple[date | None, int]] = ()) -> None:
        self._days = list(days)

    @property
    def height(self) -> int:
        """Room for a header, device-independent pixels; 0 if the grid is not grouped."""
        return _HEIGHT if self._days else 0

    def sections(self, rows: int) -> list[int]:
        """The number of photos in each section of a list of so many rows.

        Photos that were added at the end since the days were counted are a section of their own.
        """
        if not self._days:
            return [rows] if rows else []
        counts = [n for _, n in self._days]
        more = rows - sum(counts)
        return [*counts, more] if more > 0 else counts

    def title(self, section: int) -> str:
        """The day of a section in words."""
        if section >= len(self._days):
            return say("Just found")
        when = self._days[section][0]
        return say("Without a date") if when is None else day(when)

    def paint(self, painter: QPainter, room: QRect, section: int, photos: int) -> None:
        """Writes the header of a section that has so many photos."""
        colours = theme.tokens()
        line = room.adjusted(theme.SPACE, theme.SPACE, -theme.SPACE, 0)
        baseline = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        title = self.title(section)
        font = theme.font("normal", emphasis=True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(line, baseline, title)
        beside = QFontMetrics(font).horizontalAdvance(title) + theme.SPACE
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(colours.dim))
        painter.drawText(
            line.adjusted(beside, 0, 0, 0), baseline, count("1 photo", "%n photos", photos)
        )
