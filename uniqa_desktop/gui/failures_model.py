"""The failures of a folder as a table that sorts itself.

`QSortFilterProxyModel` asks for two texts at every comparison: a minute of the window's time for
10,000 failures. Here each row gives its sort key once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from uniqa_desktop import paths
from uniqa_desktop.photo import Failure

_Index = QModelIndex | QPersistentModelIndex

_COLUMNS: tuple[Callable[[Failure], str], ...] = (
    lambda failure: paths.display(failure.path.name) or paths.display(failure.path),
    lambda failure: failure.error,
    lambda failure: paths.display(failure.path.parent),
)
"""Name, reason and folder."""


class FailuresModel(QAbstractTableModel):
    """Failures as rows of name, reason and folder."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failures: list[Failure] = []
        self._column, self._order = 0, Qt.SortOrder.AscendingOrder

    def set_failures(self, failures: Sequence[Failure]) -> None:
        """Shows these instead, sorted as before."""
        self.beginResetModel()
        self._failures = self._sorted(failures)
        self.endResetModel()

    def failure(self, row: int) -> Failure:
        return self._failures[row]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column as the user's language does, whatever the case of letters."""
        self._column, self._order = column, order
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._failures[index.row()] for index in before]
        self._failures = self._sorted(self._failures)
        places = {id(failure): row for row, failure in enumerate(self._failures)}
        after = [
            self.index(places[id(failure)], index.column())
            for failure, index in zip(held, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self, failures: Sequence[Failure]) -> list[Failure]:
        collator, text = QCollator(), _COLUMNS[self._column]
        return sorted(
            failures,
            # Folded, as not every system's collation can ignore case.
            key=lambda failure: collator.sortKey(text(failure).casefold()),
            reverse=self._order == Qt.SortOrder.DescendingOrder,
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._failures)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        failure = self._failures[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[index.column()](failure)
        if role == Qt.ItemDataRole.ToolTipRole:
            return text_of(failure)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("File"), self.tr("Reason"), self.tr("Folder"))[section]
        return None


def text_of(failure: Failure) -> str:
    """A failure as one line of text."""
    return f"{paths.display(failure.path)}: {failure.error}"
