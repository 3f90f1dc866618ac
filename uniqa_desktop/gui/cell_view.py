"""A list view whose places are our own arithmetic.

`QListView` knows keys, selection and screen readers. Where cells are is answered by `grid_layout`
instead, since Qt's layout takes 160 ms for 100,000 rows at each new order (1.6 µs a row, Qt 6.11)
and knows no headers. So every method of Qt's that asks for a place is overridden here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
)
from PySide6.QtGui import QCursor, QMouseEvent, QPainter, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.day_headers import DayHeaders
from uniqa_desktop.gui.grid_layout import GridLayout
from uniqa_desktop.gui.photos_model import Index, runs

_FEW = 200
"""Up to so many rows are repainted one by one."""


class CellView(QListView):
    """Shows the rows of its model in lines of cells, grouped by day if it is told the days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = GridLayout()
        self._headers = DayHeaders()
        self._columns = 1
        self._cell_size = QSize(1, 1)
        self._drag_from: QPoint | None = None
        self._frame = QRect()

    @property
    def columns(self) -> int:
        """How many cells are side by side."""
        return self._columns

    def set_days(self, days: Sequence[tuple[date | None, int]]) -> None:
        """Groups the next list that the model gets by these days, in order, each with its number
        of photos; without any it is not grouped."""
        self._headers = DayHeaders(days)

    def set_cells(self, columns: int, size: QSize) -> None:
        """Shows cells of `size`, so many side by side."""
        self._columns, self._cell_size = columns, size
        self.setGridSize(size)
        self.doItemsLayout()

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of the lines that reach between two heights of the viewport."""
        offset = self.verticalOffset()
        return self._layout.rows_between(offset + top, offset + bottom)

    # Layout

    def doItemsLayout(self) -> None:
        """Takes rows and sections as they are now; Qt's own layout is passed over."""
        model = self.model()
        sections = self._headers.sections(0 if model is None else model.rowCount())
        width, height = self._cell_size.width(), self._cell_size.height()
        self._layout = GridLayout(self._columns, width, height, sections, self._headers.height)
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        page, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._layout.total_height - page))

    def reset(self) -> None:
        super().reset()
        self.doItemsLayout()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        self.doItemsLayout()

    # Places

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._layout.count:
            return QRect()
        x, y = self._layout.place(index.row())
        return QRect(QPoint(x, y - self.verticalOffset()), self._cell_size)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._layout.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Shows a cell whole, with the header if it is right below one."""
        if not index.isValid() or index.row() >= self._layout.count:
            return
        top = self._layout.head(index.row())
        bottom = self._layout.place(index.row())[1] + self._layout.height
        page, bar = self.viewport().height(), self.verticalScrollBar()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            bar.setValue((top + bottom - page) // 2)
        elif hint == hints.PositionAtTop or top < bar.value():
            bar.setValue(top)
        elif hint == hints.PositionAtBottom or bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    # Selection

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Selects from one corner to the other: the rows between them, or while a frame is
        dragged the cells that it touches."""
        if self.state() == QAbstractItemView.State.DragSelectingState:
            rows = self._touched(rect.normalized())
        else:
            ends = [self.indexAt(rect.topLeft()).row(), self.indexAt(rect.bottomRight()).row()]
            rows = range(min(ends), max(ends) + 1) if min(ends) >= 0 else range(0)
        self.selectionModel().select(self._selection(rows), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to repaint; for many rows everything."""
        parts = selection.toList()
        if sum(part.height() for part in parts) > _FEW:
            return QRegion(self.viewport().rect())
        region = QRegion()
        for part in parts:
            for row in range(part.top(), part.bottom() + 1):
                region += self.visualRect(self.model().index(row, 0))
        return region

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._drag_from = event.position().toPoint() + QPoint(0, self.verticalOffset())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._drag_from is None or not event.buttons():
            return
        if self.state() == QAbstractItemView.State.DragSelectingState:
            start = self._drag_from - QPoint(0, self.verticalOffset())
            self._show_frame(QRect(start, event.position().toPoint()).normalized())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._drag_from = None
        self._show_frame(QRect())

    def _show_frame(self, frame: QRect) -> None:
        if frame != self._frame:
            self._frame = frame
            self.viewport().update()

    def _touched(self, rect: QRect) -> list[int]:
        rows = self.rows_between(rect.top(), rect.bottom() + 1)
        return [row for row in rows if self.visualRect(self.model().index(row, 0)).intersects(rect)]

    def _selection(self, rows: Iterable[int]) -> QItemSelection:
        selection = QItemSelection()
        for first, last in runs(list(rows)):
            selection.select(self.model().index(first, 0), self.model().index(last, 0))
        return selection

    # Painting

    def paint_cells(self, dirty: QRect) -> None:
        """Paints the headers and cells that reach into a part of the viewport."""
        painter = QPainter(self.viewport())
        offset = self.verticalOffset()
        top, bottom = dirty.top(), dirty.bottom() + 1
        for section, at in self._layout.headers_between(offset + top, offset + bottom):
            room = QRect(0, at - offset, self.viewport().width(), self._headers.height)
            self._headers.paint(painter, room, section, len(self._layout.rows_of(section)))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        pointed, chosen, delegate = self._pointed_row(), self.selectionModel(), self.itemDelegate()
        for row in self.rows_between(top, bottom):
            index = self.model().index(row, 0)
            state = plain
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == pointed:
                state |= QStyle.StateFlag.State_MouseOver
            option.rect = self.visualRect(index)  # type: ignore[attr-defined]
            option.state = state  # type: ignore[attr-defined]
            delegate.paint(painter, option, index)
        if not self._frame.isNull():
            painter.setPen(QPen(theme.tokens().accent))
            painter.drawRect(self._frame.adjusted(0, 0, -1, -1))
        painter.end()

    def _pointed_row(self) -> int:
        """The row under the pointer, −1 for none."""
        if not self.viewport().underMouse():
            return -1
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())).row()
