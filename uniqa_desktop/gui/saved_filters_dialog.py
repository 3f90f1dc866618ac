"""The saved filters: use, rename, move and delete them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.filter_words import in_words
from uniqa_desktop.query import Query
from uniqa_desktop.saved_filters import from_plain

_PLAIN = Qt.ItemDataRole.UserRole
_NAME = Qt.ItemDataRole.UserRole + 1


class SavedFiltersDialog(QDialog):
    """Lists filters by name; the first ones have keys, so their order can be changed.

    Signals:
        changed(dict): the filters as they are now, by name.
        chosen(str): the filter of this name is wanted.
    """

    changed = Signal(dict)
    chosen = Signal(str)

    def __init__(
        self, filters: Mapping[str, Mapping[str, Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Saved filters"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Saved filters"))
        for name, plain in filters.items():
            self._add(name, plain)
        self.words = QLabel()
        self.words.setProperty("role", "dim")
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(5 * theme.SPACE)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.use = self._button(self.tr("Use"), self._use)
        self.use.setDefault(True)
        self.rename = self._button(self.tr("Rename"), self._rename)
        self.up = self._button(self.tr("Move up"), lambda: self._move(-1))
        self.down = self._button(self.tr("Move down"), lambda: self._move(1))
        self.delete = self._button(self.tr("Delete"), self._delete)
        self._lay_out()
        self.list.itemChanged.connect(self._renamed)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(self._use)
        self.list.setCurrentRow(0)
        self._show()

    @property
    def filters(self) -> dict[str, dict[str, Any]]:
        """The filters in order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return {item.data(_NAME): item.data(_PLAIN) for item in items}

    def _add(self, name: str, plain: Mapping[str, Any]) -> None:
        item = QListWidgetItem(name)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(_PLAIN, dict(plain))
        item.setData(_NAME, name)
        self.list.addItem(item)

    def _button(self, text: str, slot: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(theme.SPACE)
        for button in (self.use, self.rename, self.up, self.down, self.delete):
            side.addWidget(button)
        side.addStretch()
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.SPACE)
        row.addWidget(self.list, 1)
        row.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (2 * theme.SPACE,))
        column.setSpacing(theme.SPACE)
        column.addLayout(row, 1)
        column.addWidget(self.words)
        column.addWidget(close)
        self.resize(56 * theme.SPACE, 44 * theme.SPACE)

    def _show(self) -> None:
        item = self.list.currentItem()
        row, last = self.list.currentRow(), self.list.count() - 1
        for button in (self.use, self.rename, self.delete):
            button.setEnabled(item is not None)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < last)
        if item is None:
            self.words.setText(
                self.tr("None yet. Set a filter in the window and choose Filter, Save this filter.")
            )
        else:
            self.words.setText(in_words(from_plain(item.data(_PLAIN), Query(""))[0]))

    def _use(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_NAME))
            self.accept()

    def _rename(self) -> None:
        self.list.editItem(self.list.currentItem())

    def _renamed(self, item: QListWidgetItem) -> None:
        """Takes the new name, unless it is empty or another filter's."""
        name, before = item.text().strip(), item.data(_NAME)
        if name == before:
            return
        if not name or name in self.filters:
            item.setText(before)
            return
        item.setData(_NAME, name)
        self.changed.emit(self.filters)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self.list.insertItem(row + by, self.list.takeItem(row))
        self.list.setCurrentRow(row + by)
        self.changed.emit(self.filters)

    def _delete(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self._show()
        self.changed.emit(self.filters)
