"""The files that could not be read, why, and another try."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.failures_model import FailuresModel, text_of
from uniqa_desktop.photo import Failure


def _copies(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)


class _Table(QTableView):
    """Ctrl+C copies the chosen rows as text, not just the current cell."""

    copied = Signal()

    def event(self, event: QEvent) -> bool:
        # Else the window's own Ctrl+C, which copies a photo's path, would come first.
        if event.type() == QEvent.Type.ShortcutOverride and _copies(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _copies(event):
            self.copied.emit()
        else:
            super().keyPressEvent(event)


class FailuresPane(QWidget):
    """A sortable table of failures with Retry, Show in folder and Copy.

    Signals:
        retry(list[Path]): these files are to be tried again.
        show_in_folder(Path): the file manager is to show this file.
        shown(): it came on screen; while it is not, it need not be kept up to date.
    """

    shown = Signal()
    retry = Signal(list)
    show_in_folder = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Files that failed"))
        self._model = FailuresModel(self)
        self.title = ElidedLabel()
        self.title.setProperty("role", "emphasis")
        self.empty = QLabel(self.tr("Every file could be read. There is nothing to do here."))
        self.empty.setProperty("role", "dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table = self._make_table()
        self.retry_button = self._button(
            self.tr("Retry selected"), "retry", self.tr("Reads the selected files once more"),
            self._retry_selected,
        )  # fmt: skip
        self.retry_all_button = self._button(
            self.tr("Retry all"), "", self.tr("Reads all of these files once more"),
            self._retry_all,
        )  # fmt: skip
        self.folder_button = self._button(
            self.tr("Show in folder"), "folder-open", self.tr("Opens the file manager on the file"),
            self._show_in_folder,
        )  # fmt: skip
        self.copy_button = self._button(
            self.tr("Copy"), "", self.tr("Copies file names and reasons as text (Ctrl+C)"),
            self.copy,
        )  # fmt: skip
        self._lay_out()
        self.show_failures(())

    def _make_table(self) -> _Table:
        table = _Table()
        table.setModel(self._model)
        table.setAccessibleName(self.tr("Files that failed, with reasons"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(
            table.fontMetrics().height() + int(1.5 * theme.SPACE)
        )
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, 20 * theme.SPACE)
        header.resizeSection(2, 28 * theme.SPACE)
        table.setSortingEnabled(True)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        table.selectionModel().selectionChanged.connect(self._enable)
        table.copied.connect(self.copy)
        return table

    def _button(self, text: str, icon: str, tip: str, clicked: Any) -> QPushButton:
        button = QPushButton(text)
        if icon:
            button.setIcon(theme.icon(icon))
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE + 2, 0, theme.SPACE, 0)  # as the text of the cells
        head.setSpacing(theme.SPACE)
        head.addWidget(self.title, 1)
        for button in (
            self.copy_button, self.folder_button, self.retry_button, self.retry_all_button,
        ):  # fmt: skip
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    def show_failures(self, failures: Sequence[Failure]) -> None:
        """Shows these failures instead; what was selected stays selected if it is still there."""
        chosen = set(self.selected())
        self._model.set_failures(failures)
        selection = QItemSelection()
        for row in range(self._model.rowCount()) if chosen else ():
            if self._path(row) in chosen:
                selection.select(self._model.index(row, 0), self._model.index(row, 0))
        self.table.selectionModel().select(
            selection,
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.title.setText(
            words.count("1 file could not be read", "%n files could not be read", len(failures))
            if failures
            else self.tr("Files that failed")
        )
        self.table.setVisible(bool(failures))
        self.empty.setVisible(not failures)
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def selected(self) -> list[Path]:
        """The selected files, in the order shown."""
        return [self._path(row) for row in self._rows()]

    def copy(self) -> None:
        """Copies the selected failures, or all, one per line."""
        rows = self._rows() or range(self._model.rowCount())
        QGuiApplication.clipboard().setText(
            "\n".join(text_of(self._model.failure(row)) for row in rows)
        )

    def _rows(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _path(self, row: int) -> Path:
        return self._model.failure(row).path

    def _enable(self) -> None:
        some = self._model.rowCount() > 0
        chosen = len(self._rows())
        self.retry_button.setEnabled(chosen > 0)
        self.folder_button.setEnabled(chosen == 1)
        self.retry_all_button.setEnabled(some)
        self.copy_button.setEnabled(some)

    def _retry_selected(self) -> None:
        self.retry.emit(self.selected())

    def _retry_all(self) -> None:
        self.retry.emit([self._path(row) for row in range(self._model.rowCount())])

    def _show_in_folder(self) -> None:
        self.show_in_folder.emit(self.selected()[0])
