"""The row above the photos: which of them are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.collapsing_row import CollapsingRow
from uniqa_desktop.gui.facet_menu import FacetMenu
from uniqa_desktop.gui.range_slider import HIGH, LOW, RangeSlider
from uniqa_desktop.gui.stars_filter import StarsFilter
from uniqa_desktop.photo import Flag
from uniqa_desktop.query import DESCENDING, Query, Sort, StarRule

THUMB_SIZES = (96, 384)
"""Limits of the thumbnail slider, device-independent pixels (those of the grid)."""
_REST_MS = 120
"""After the last key or movement of a handle the list is asked for anew."""
_SORTS = {
    Sort.NAME: "Name",
    Sort.TAKEN: "Date taken",
    Sort.QUALITY: "Quality",
    Sort.AESTHETICS: "Aesthetics",
    Sort.TASTE: "Taste",
    Sort.STARS: "Stars",
    Sort.SHARPNESS: "Sharpness",
    Sort.BRIGHTNESS: "Brightness",
    Sort.CONTRAST: "Contrast",
    Sort.COLORFULNESS: "Colorfulness",
    Sort.NOISINESS: "Noisiness",
}
MEASURED = tuple(sort for sort in Sort if sort not in (Sort.AESTHETICS, Sort.TASTE))
"""What there is to sort by without a learned model."""
_FLAGS = {
    Flag.PICK: ("pick", "Show picks"),
    Flag.MAYBE: ("maybe", "Show maybes"),
    Flag.REJECT: ("reject", "Show rejects"),
    Flag.NONE: ("undecided", "Show undecided photos"),
}


class _Search(QLineEdit):
    """A search field that Escape empties, and that Enter, ↓ and Escape again leave."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Search, filters, order and thumbnail size in one row.

    Signals:
        changed(): `query` gives another answer than before.
        apply_requested(): the user wants the order brought up to date.
        thumb_size_changed(int): device-independent pixels.
        left(): the user is done typing and wants to be back at the photos.
    """

    changed = Signal()
    apply_requested = Signal()
    thumb_size_changed = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Filters and order"))
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._tell)
        self._told: Query | None = None
        self._make_filters()
        self._make_order()
        self._lay_out()
        self.set_hidden(0)
        self.set_moved(0)
        self._told = self._asked()

    # Making

    def _make_filters(self) -> None:
        self.flags = {flag: self._flag(flag, *said) for flag, said in _FLAGS.items()}
        self.quality = RangeSlider(self.tr("Quality"))
        self.quality.range_changed.connect(self._rest.start)
        self.stars = StarsFilter()
        self.stars.rule_changed.connect(self._tell)
        self.cameras: FacetMenu[str] = FacetMenu(
            self.tr("Camera"), self.tr("All cameras"), several=True
        )
        self.cameras.chosen_changed.connect(self._tell)
        self.days: FacetMenu[date] = FacetMenu(
            self.tr("Day"), self.tr("All days"), several=False, shown=_day, group=_month
        )
        self.days.chosen_changed.connect(self._tell)
        self.hidden = QLabel()
        self.hidden.setProperty("role", "dim")
        self.reset_button = QPushButton(self.tr("Reset"))
        self.reset_button.setFlat(True)
        self.reset_button.setToolTip(self.tr("Show all photos again"))
        self.reset_button.clicked.connect(self.reset)
        self.search = _Search()
        self.search.setPlaceholderText(self.tr("Search in names"))
        self.search.setAccessibleName(self.tr("Search in file names"))
        self.search.setToolTip(self.tr("Photos whose file name contains this (Ctrl+F)"))
        clear = self.search.addAction(
            theme.icon("close"), QLineEdit.ActionPosition.TrailingPosition
        )
        clear.setToolTip(self.tr("Search for nothing (Esc)"))
        clear.setVisible(False)
        clear.triggered.connect(self.search.clear)
        self.search.textChanged.connect(lambda text: clear.setVisible(bool(text)))
        self.search.setMinimumWidth(14 * theme.SPACE)
        self.search.setMaximumWidth(36 * theme.SPACE)
        self.search.textChanged.connect(self._rest.start)
        self.search.left.connect(self.left)

    def _make_order(self) -> None:
        self.moved_notice = QPushButton()
        self.moved_notice.setToolTip(
            self.tr("The order was kept while scores arrived. Bring it up to date (Ctrl+R)")
        )
        self.moved_notice.clicked.connect(self.apply_requested)
        self.sort = QComboBox()
        self.sort.setAccessibleName(self.tr("Sort by"))
        self.sort.setToolTip(self.tr("Sort by"))
        self.set_sorts(MEASURED)
        self.sort.currentIndexChanged.connect(self._sort_chosen)
        self.direction = QToolButton()
        self.direction.setCheckable(True)
        self.direction.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.direction.toggled.connect(self._direction_chosen)
        self._show_direction(False)
        self.thumb_size = QSlider(Qt.Orientation.Horizontal)
        self.thumb_size.setRange(*THUMB_SIZES)
        self.thumb_size.setPageStep(32)
        self.thumb_size.setSingleStep(8)
        self.thumb_size.setValue(176)
        self.thumb_size.setFixedWidth(12 * theme.SPACE)
        self.thumb_size.setAccessibleName(self.tr("Size of the thumbnails"))
        self.thumb_size.setToolTip(self.tr("Size of the thumbnails (Ctrl+mouse wheel)"))
        self.thumb_size.valueChanged.connect(self.thumb_size_changed)

    def _flag(self, flag: Flag, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setIcon(theme.icon(icon))
        button.setIconSize(QSize(2 * theme.SPACE, 2 * theme.SPACE))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(self.tr(tip))
        button.setAccessibleName(button.toolTip())
        button.toggled.connect(self._tell)
        return button

    def _lay_out(self) -> None:
        flags = QWidget()
        row = QHBoxLayout(flags)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 4)
        for button in self.flags.values():
            row.addWidget(button)
        order = QWidget()
        row = QHBoxLayout(order)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.sort)
        row.addWidget(self.direction)
        for widget in (self.hidden, self.reset_button):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # nothing else moves when they come and go
            widget.setSizePolicy(policy)
        self.row = CollapsingRow()
        # The numbers say in which order controls give way, the one that is missed least first.
        self.row.add(flags, folds=7)
        self.row.add(self.quality, folds=5)
        self.row.add(self.stars, folds=4)
        self.row.add(self.cameras, folds=2)
        self.row.add(self.days, folds=1)
        self.row.add_more()
        self.row.add(self.hidden)
        self.row.add(self.reset_button)
        self.row.add_stretch()
        self.row.add(self.search, stretch=100)
        self.row.add(self.moved_notice)
        self.row.add(order, folds=6)
        self.row.add(self.thumb_size, folds=3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)

    # What others ask

    def query(self, model: str, folders: Sequence[Path] = ()) -> Query:
        """The photos that are wanted, of these folders (all when empty), by scores of `model`."""
        low, high = self.quality.bounds
        day = self.days.chosen
        return Query(
            model=model,
            folders=tuple(folders),
            sort=Sort(self.sort.currentData()),
            descending=self.direction.isChecked(),
            text=self.search.text().strip(),
            min_quality=float(low) if low > LOW else None,
            max_quality=float(high) if high < HIGH else None,
            flags=frozenset(flag for flag, button in self.flags.items() if button.isChecked()),
            stars=self.stars.rule,
            cameras=frozenset(self.cameras.chosen),
            day=day[0] if day else None,
        )

    def set_facets(
        self, cameras: Sequence[tuple[str, int]], days: Sequence[tuple[date, int]]
    ) -> None:
        """Fills the menus with what occurs among the photos, and how often."""
        self.cameras.set_values(cameras)
        self.days.set_values(days)

    def set_sorts(self, sorts: Sequence[Sort]) -> None:
        """Offers these orders: those that the chosen model has numbers for."""
        current = self.sort.currentData()
        self.sort.blockSignals(True)
        self.sort.clear()
        for sort in sorts:
            self.sort.addItem(self.tr(_SORTS[sort]), sort.value)
        self.sort.setCurrentIndex(max(0, self.sort.findData(current)))
        self.sort.blockSignals(False)
        self._tell()

    def set_hidden(self, n: int) -> None:
        """Says how many photos the filters hide."""
        self.hidden.setText(words.count("1 hidden", "%n hidden", n))
        self.hidden.setVisible(n > 0)
        self.reset_button.setVisible(n > 0 or self._asked().filters)

    def set_moved(self, n: int) -> None:
        """Offers to bring the order up to date, as `n` photos would stand elsewhere in it."""
        self.moved_notice.setText(words.count("1 moved: apply", "%n moved: apply", n))
        self.moved_notice.setVisible(n > 0)

    def set_thumb_size(self, size: int) -> None:
        """Follows a size that was chosen elsewhere."""
        self.thumb_size.setValue(size)

    def focus_search(self) -> None:
        """Puts the cursor into the search field, its text selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def reset(self) -> None:
        """Takes all filters off; the order stays."""
        self._set({**self.state(), **_NO_FILTERS})

    def state(self) -> dict[str, Any]:
        """What is set, as plain values for the settings file."""
        rule = self.stars.rule
        return {
            "text": self.search.text(),
            "quality": list(self.quality.bounds),
            "flags": [flag.value for flag, button in self.flags.items() if button.isChecked()],
            "stars": f"{rule.operator}{rule.stars}" if rule else "",
            "cameras": self.cameras.chosen,
            "day": self.days.chosen[0].isoformat() if self.days.chosen else "",
            "sort": self.sort.currentData(),
            "descending": self.direction.isChecked(),
            "thumb_size": self.thumb_size.value(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Sets what `state` returned once; what is missing or makes no sense stays as it is."""
        now = self.state()
        if "sort" in state:
            del now["descending"]  # without its own word the order begins at its better end
        self._set({**now, **state})

    def _set(self, state: Mapping[str, Any]) -> None:
        """Sets everything and tells of it once."""
        told, self._told = self._told, None
        self.search.setText(str(state["text"]))
        bounds = [n for n in _list(state["quality"]) if isinstance(n, int)]
        if len(bounds) == 2:
            self.quality.set_bounds(*bounds)
        flags = _list(state["flags"])
        for flag, button in self.flags.items():
            button.setChecked(flag.value in flags)
        self.stars.set_rule(_rule(state["stars"]))
        self.cameras.choose(
            [camera for camera in _list(state["cameras"]) if isinstance(camera, str)]
        )
        self.days.choose(_days(state["day"]))
        sort = self.sort.findData(state["sort"])
        if sort >= 0:
            self.sort.setCurrentIndex(sort)
        if isinstance(state.get("descending"), bool):
            self.direction.setChecked(state["descending"])
        if isinstance(state["thumb_size"], int):
            self.thumb_size.setValue(state["thumb_size"])
        self._rest.stop()
        self._told = told
        self._tell()

    # Telling

    def _asked(self) -> Query:
        return self.query("")

    def _tell(self) -> None:
        if self._told is None:
            return
        self._rest.stop()
        asked = self._asked()
        if asked != self._told:
            self._told = asked
            self.reset_button.setVisible(asked.filters or self.hidden.isVisible())
            self.changed.emit()

    def _sort_chosen(self) -> None:
        told, self._told = self._told, None
        self.direction.setChecked(Sort(self.sort.currentData()) in DESCENDING)
        self._told = told
        self._tell()

    def _direction_chosen(self, descending: bool) -> None:
        self._show_direction(descending)
        self._tell()

    def _show_direction(self, descending: bool) -> None:
        tip = (
            self.tr("Best, most or latest first")
            if descending
            else self.tr("First name, least or earliest first")
        )
        self.direction.setIcon(theme.icon("sort-down" if descending else "sort-up"))
        self.direction.setToolTip(tip)
        self.direction.setAccessibleName(tip)


_NO_FILTERS: Mapping[str, Any] = {
    "text": "",
    "quality": [LOW, HIGH],
    "flags": [],
    "stars": "",
    "cameras": [],
    "day": "",
}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _rule(text: object) -> StarRule | None:
    try:
        return StarRule.parse(str(text)) if text else None
    except ValueError:
        return None


def _days(text: object) -> list[date]:
    try:
        return [date.fromisoformat(str(text))] if text else []
    except ValueError:
        return []


def _day(day: date) -> str:
    return words.locale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")


def _month(day: date) -> str:
    return words.locale().toString(QDate(day.year, day.month, day.day), "MMMM yyyy")
