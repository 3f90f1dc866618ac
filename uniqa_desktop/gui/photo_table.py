"""A table of photos for dialogs: a small picture, and whatever is said beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.photo import Photo

_Index = QModelIndex | QPersistentModelIndex
_PICTURE = QSize(6 * theme.SPACE, 4 * theme.SPACE)
_BLOCK = 100
"""Photos read from the library at once while the table is scrolled."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the photo by its id (0: none), the texts of its cells, and whether it is dimmed."""

    photo: int
    cells: tuple[str, ...]
    dim: bool = False


class _Lines(QAbstractTableModel):
    def __init__(
        self,
        headers: Sequence[str],
        get: Callable[[Sequence[int]], Sequence[Photo]],
        thumbs: ThumbLoader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headers = tuple(headers)
        self._get = get
        self._thumbs = thumbs
        self._photos: dict[int, Photo | None] = {}
        self._icons: dict[int, tuple[int, QIcon]] = {}
        self._blank = _framed(QPixmap())
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self._photos.clear()
        self._icons.clear()
        self.endResetModel()

    def change(self, row: int, line: Line) -> None:
        self.lines[row] = line
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and line.dim:
            return QColor(theme.tokens().dim)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and line.photo:
            return self._picture(index.row())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        return None

    def _picture(self, row: int) -> QIcon:
        photo = self._photo(row)
        thumb = self._thumbs.look(photo) if photo is not None else None
        if photo is None or thumb is None or thumb.pixmap is None:
            return self._blank
        key = thumb.pixmap.cacheKey()
        made = self._icons.get(photo.id)
        if made is None or made[0] != key:
            made = self._icons[photo.id] = (key, _framed(thumb.pixmap))
        return made[1]

    def _photo(self, row: int) -> Photo | None:
        number = self.lines[row].photo
        if number not in self._photos:
            start = row - row % _BLOCK
            block = [line.photo for line in self.lines[start : start + _BLOCK] if line.photo]
            self._photos |= dict.fromkeys(block)
            try:
                self._photos |= {photo.id: photo for photo in self._get(block)}
            except KnownError:
                return None  # the row still has its words
        return self._photos[number]


def _framed(pixmap: QPixmap) -> QIcon:
    """A small picture in the middle of a place that is the same for upright and flat ones."""
    ratio = 2  # sharp on fine screens, too
    place = QPixmap(_PICTURE * ratio)
    place.fill(Qt.GlobalColor.transparent)
    if not pixmap.isNull():
        small = pixmap.scaled(
            place.size(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small.setDevicePixelRatio(1)
        painter = QPainter(place)
        painter.drawPixmap(
            (place.width() - small.width()) // 2, (place.height() - small.height()) // 2, small
        )
        painter.end()
    place.setDevicePixelRatio(ratio)
    return QIcon(place)


class PhotoTable(QTableView):
    """Rows of photos that can be scrolled by the thousand.

    Signals:
        opened(int): a photo was double-clicked, or Enter pressed on it.
    """

    opened = Signal(int)

    def __init__(
        self,
        name: str,
        headers: Sequence[str],
        get: Callable[[Sequence[int]], Sequence[Photo]],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what screen readers call it; `get` reads photos from the library."""
        super().__init__(parent)
        self._lines = _Lines(headers, get, thumbs, self)
        self.setModel(self._lines)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(_PICTURE)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(5 * theme.SPACE)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.resizeSection(0, 30 * theme.SPACE)
        self.activated.connect(lambda index: self.opened.emit(self.lines[index.row()].photo))
        thumbs.ready.connect(self._repaint)

    @property
    def lines(self) -> Sequence[Line]:
        """The rows, in order."""
        return self._lines.lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Shows these rows instead."""
        self._lines.set_lines(lines)

    def change(self, row: int, line: Line) -> None:
        """Shows another line in a row."""
        self._lines.change(row, line)

    def selected(self) -> list[int]:
        """The selected rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def stretch(self, *columns: int) -> None:
        """Lets these columns share the room that the others leave."""
        for column in columns:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _repaint(self, _photos: list[int]) -> None:
        if self.isVisible():
            self.viewport().update()
