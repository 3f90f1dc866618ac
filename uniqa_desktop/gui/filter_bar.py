"""The row above the photos: which of them are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.bindings import tip
from uniqa_desktop.gui.collapsing_row import CollapsingRow
from uniqa_desktop.gui.day_menu import DayMenu
from uniqa_desktop.gui.facet_menu import FacetMenu
from uniqa_desktop.gui.name_field import NameField
from uniqa_desktop.gui.score_ranges import ScoreRanges
from uniqa_desktop.gui.sort_words import sort_word
from uniqa_desktop.gui.verdict_filters import VerdictFilters
from uniqa_desktop.query import DESCENDING, Query, Sort
from uniqa_desktop.saved_filters import from_plain, to_plain

THUMB_SIZES = (96, 384)
"""Limits of the thumbnail slider, device-independent pixels (those of the grid)."""
_REST_MS = 120
"""After the last key or movement of a handle the list is asked for anew."""
MEASURED = tuple(sort for sort in Sort if sort not in (Sort.AESTHETICS, Sort.TASTE))
"""What there is to sort by without a learned model."""


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
        self._by_day = False
        self._folded = False
        self._make_filters()
        self._make_order()
        self._lay_out()
        self.set_hidden(0)
        self.set_moved(0)
        self._told = self._asked()

    # Making

    def _make_filters(self) -> None:
        self.verdicts = VerdictFilters(self)
        self.flags, self.stars = self.verdicts.flags, self.verdicts.stars
        self.labels = self.verdicts.labels
        self.verdicts.changed.connect(self._tell)
        self.scores = ScoreRanges(self)
        self.quality = self.scores.quality
        self.scores.changed.connect(self._rest.start)
        self.cameras: FacetMenu[str] = FacetMenu(
            self.tr("Camera"), self.tr("All cameras"), several=True
        )
        self.lenses: FacetMenu[str] = FacetMenu(
            self.tr("Lens"), self.tr("All lenses"), several=True
        )
        self.days = DayMenu()
        for menu in (self.cameras, self.lenses, self.days):
            menu.chosen_changed.connect(self._tell)
        self.fold_button = QToolButton()
        self.fold_button.setCheckable(True)
        self.fold_button.setIcon(theme.icon("stack"))
        self.fold_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold_button.toggled.connect(self.fold)
        self._show_fold()
        self.hidden = QLabel()
        self.hidden.setProperty("role", "dim")
        self.reset_button = QPushButton(self.tr("Reset"))
        self.reset_button.setFlat(True)
        self.reset_button.setToolTip(self.tr("Show all photos again"))
        self.reset_button.clicked.connect(self.reset)
        self.search = NameField()
        self.search.textChanged.connect(self._rest.start)
        self.search.left.connect(self.left)

    def _make_order(self) -> None:
        self.moved_notice = QPushButton()
        tip(
            self.moved_notice,
            self.tr("The order was kept while scores arrived. Bring it up to date"),
            "apply_order",
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
        self.thumb_size.setFixedWidth(10 * theme.SPACE)
        self.thumb_size.setAccessibleName(self.tr("Size of the thumbnails"))
        self.thumb_size.setToolTip(self.tr("Size of the thumbnails (Ctrl+mouse wheel)"))
        self.thumb_size.valueChanged.connect(self.thumb_size_changed)

    def _lay_out(self) -> None:
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
        self.row.add(self.verdicts.row, folds=10)
        self.row.add(self.quality, folds=8)
        self.row.add(self.scores.button, folds=6)
        self.row.add(self.stars, folds=7)
        self.row.add(self.labels, folds=5)
        self.row.add(self.cameras, folds=3)
        self.row.add(self.lenses, folds=1)
        self.row.add(self.days, folds=2)
        self.row.add(self.fold_button)
        self.row.add_more()
        self.row.add(self.hidden)
        self.row.add(self.reset_button)
        self.row.add_stretch()
        self.row.add(self.search, stretch=100)
        self.row.add(self.moved_notice)
        self.row.add(order, folds=9)
        self.row.add(self.thumb_size, folds=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)

    # What others ask

    def query(self, model: str, folders: Sequence[Path] = ()) -> Query:
        """The photos that are wanted, of these folders (all when empty), by scores of `model`."""
        return Query(
            model=model,
            folders=tuple(folders),
            sort=Sort(self.sort.currentData()),
            descending=self.direction.isChecked(),
            text=self.search.text().strip(),
            by_day=self._by_day,
            ranges=self.scores.ranges,
            flags=self.verdicts.chosen_flags,
            stars=self.stars.rule,
            labels=frozenset(self.labels.chosen),
            any_verdict=self.verdicts.any_is_enough,
            cameras=frozenset(self.cameras.chosen),
            lenses=frozenset(self.lenses.chosen),
            since=self.days.since,
            until=self.days.until,
            folded=self._folded,
        )

    def set_facets(
        self,
        cameras: Sequence[tuple[str, int]],
        days: Sequence[tuple[date, int]],
        lenses: Sequence[tuple[str, int]] = (),
    ) -> None:
        """Fills the menus with what occurs among the photos, and how often."""
        self.cameras.set_values(cameras)
        self.lenses.set_values(lenses)
        self.days.set_values(days)

    def group_by_day(self, on: bool) -> None:
        """Puts photos of one day together, or not."""
        self._by_day = on
        self._tell()

    def fold(self, on: bool) -> None:
        """Shows one photo of each group, or all."""
        self._folded = on
        self._show_fold()
        self._tell()

    @property
    def folds(self) -> bool:
        """Whether one photo of each group is asked for."""
        return self._folded

    def set_folded(self, photos: int) -> None:
        """Says how many photos lie in stacks, under those that are shown."""
        self._show_fold(photos)

    def set_sorts(self, sorts: Sequence[Sort]) -> None:
        """Offers these orders, and ranges of them: what the chosen model has numbers for."""
        current = self.sort.currentData()
        self.sort.blockSignals(True)
        self.sort.clear()
        for sort in sorts:
            self.sort.addItem(sort_word(sort), sort.value)
        self.sort.setCurrentIndex(max(0, self.sort.findData(current)))
        self.sort.blockSignals(False)
        self.scores.offer(sorts)
        self._tell()

    @property
    def sorts(self) -> list[Sort]:
        """The orders that are offered."""
        return [Sort(self.sort.itemData(index)) for index in range(self.sort.count())]

    def set_hidden(self, n: int) -> None:
        """Says how many photos the filters hide."""
        self.hidden.setText(words.count("1 hidden", "%n hidden", n))
        self.hidden.setVisible(n > 0)
        self.reset_button.setVisible(n > 0 or self._narrows)

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
        """Takes all filters off; the order stays, and whether groups are folded."""
        self.show_filter({"folded": True} if self._folded else {})

    def filter(self) -> dict[str, Any]:
        """What narrows the list, as plain values (`saved_filters`)."""
        return to_plain(self._asked())

    def show_filter(self, plain: Mapping[str, Any]) -> None:
        """Narrows the list as `plain` says and no other way; the order stays. Tells of it once."""
        self._set(plain, {})

    def state(self) -> dict[str, Any]:
        """What is set, filter and order, as plain values for the settings file."""
        return {
            **self.filter(),
            "sort": self.sort.currentData(),
            "descending": self.direction.isChecked(),
            "by_day": self._by_day,
            "thumb_size": self.thumb_size.value(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Sets what `state` returned once; what is missing or makes no sense stays as it is."""
        sane, _ = from_plain(state, self._asked())
        self._set({**self.filter(), **to_plain(sane)}, state)

    def _set(self, plain: Mapping[str, Any], order: Mapping[str, Any]) -> None:
        """Sets the filter and what there is of an order, and tells of it once."""
        wanted, _ = from_plain(plain, self._asked())
        told, self._told = self._told, None
        self.search.setText(wanted.text)
        self.scores.set_ranges(wanted.ranges)
        self.verdicts.set(wanted)
        self._folded = wanted.folded
        self._show_fold()
        self.cameras.choose(sorted(wanted.cameras))
        self.lenses.choose(sorted(wanted.lenses))
        self.days.choose_range(wanted.since, wanted.until)
        sort = self.sort.findData(order.get("sort"))
        if sort >= 0:
            self.sort.setCurrentIndex(sort)  # begins at its better end, unless told otherwise
        if isinstance(order.get("descending"), bool):
            self.direction.setChecked(order["descending"])
        if isinstance(order.get("by_day"), bool):
            self._by_day = order["by_day"]
        if isinstance(order.get("thumb_size"), int):
            self.thumb_size.setValue(order["thumb_size"])
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
            self.reset_button.setVisible(self._narrows or self.hidden.isVisible())
            self.changed.emit()

    @property
    def _narrows(self) -> bool:
        """Whether there is anything to reset: what is folded is not hidden."""
        return replace(self._asked(), folded=False).filters

    def _show_fold(self, photos: int = 0) -> None:
        self.fold_button.blockSignals(True)
        self.fold_button.setChecked(self._folded)
        self.fold_button.blockSignals(False)
        text = self.tr("Folded") if self._folded else self.tr("Fold")
        if photos:
            text = words.count("Folded: 1 photo", "Folded: %n photos", photos)
        self.fold_button.setText(text)
        # Words for a state that one has to know of; room is short.
        style = Qt.ToolButtonStyle
        self.fold_button.setToolButtonStyle(
            style.ToolButtonTextOnly if self._folded else style.ToolButtonIconOnly
        )
        said = (
            self.tr("Bursts and other groups are folded: show all their photos")
            if self._folded
            else self.tr("Fold bursts and other groups: show one photo of each")
        )
        tip(self.fold_button, said, "fold_groups", named=True)

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
