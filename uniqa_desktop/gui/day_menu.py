"""The menu of days: one of those that occur, or all from one day to another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.facet_menu import FacetMenu


class DayMenu(FacetMenu[date]):
    """Chooses a day or a range of days. `chosen` is the day, or the first and the last one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            words.say("Day"), words.say("All days"), several=False, shown=words.day, group=_month,
            parent=parent,
        )  # fmt: skip

    @property
    def since(self) -> date | None:
        return self.chosen[0] if self.chosen else None

    @property
    def until(self) -> date | None:
        return self.chosen[-1] if self.chosen else None

    def choose_range(self, since: date | None, until: date | None) -> None:
        """Chooses without telling anybody; an open end is the first or last day that there is."""
        if since is None and until is None:
            self.choose([])
            return
        known = [day for day, _ in self.values]
        first = since or min([*known, until or date.max])
        last = until or max([*known, first])
        self.choose([first, last])

    def _fill(self) -> None:
        super()._fill()
        self._menu.addSeparator()
        action = self._menu.addAction(self.tr("From … to …"))
        action.setCheckable(True)
        action.setChecked(len(self.chosen) > 1)
        action.triggered.connect(self._ask)

    def _ask(self) -> None:
        days = [day for day, _ in self.values] or [date.today()]
        first, last = self.since or min(days), self.until or max(days)
        dialog = DayRangeDialog(first, last, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take(*dialog.days))
        dialog.open()

    def _take(self, since: date, until: date) -> None:
        self.choose_range(since, until)
        self.chosen_changed.emit()

    def _in_words(self) -> str:
        if len(self.chosen) == 2:
            return day_range_word(*self.chosen)
        return super()._in_words()


class DayRangeDialog(QDialog):
    """Asks for the first and the last day."""

    def __init__(self, since: date, until: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Photos of these days"))
        self.since, self.until = _field(since), _field(until)
        self.since.setAccessibleName(self.tr("First day"))
        self.until.setAccessibleName(self.tr("Last day"))
        form = QFormLayout()
        form.setVerticalSpacing(theme.SPACE)
        form.setHorizontalSpacing(2 * theme.SPACE)
        form.addRow(self.tr("From"), self.since)
        form.addRow(self.tr("To"), self.until)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (2 * theme.SPACE,))
        column.setSpacing(2 * theme.SPACE)
        column.addLayout(form)
        column.addWidget(buttons)

    @property
    def days(self) -> tuple[date, date]:
        """The two days, the earlier one first."""
        first, last = sorted((_day(self.since.date()), _day(self.until.date())))
        return first, last


def day_range_word(since: date | None, until: date | None) -> str:
    """A day, or the first and the last of several: `14 Jun 2026 – 18 Jun 2026`."""
    if since is not None and since == until:
        return words.day(since)
    ends = [
        words.locale().toString(QDate(end.year, end.month, end.day), "d MMM yyyy") if end else "…"
        for end in (since, until)
    ]
    return " – ".join(ends)


def _month(day: date) -> str:
    return words.locale().toString(QDate(day.year, day.month, day.day), "MMMM yyyy")


def _field(day: date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    field.setMinimumWidth(20 * theme.SPACE)
    return field


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
