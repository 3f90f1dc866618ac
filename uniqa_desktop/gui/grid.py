"""The photo grid: as many even columns as fit, from one to 100,000 photos.

What is where, and what is grouped, is `cell_view`'s; here is what makes it a grid of photos: the
size of their cells, their thumbnails, keys, and what outlives a new order.
"""

from __future__ import annotations

from array import array

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

from uniqa_desktop.gui.cell_view import CellView
from uniqa_desktop.gui.delegate import PADDING, Cell, PhotoDelegate
from uniqa_desktop.gui.photos_model import PhotosModel, runs
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say

SMALLEST, LARGEST = 96, 384
"""Limits of `Grid.thumb_size`, device-independent pixels."""

_SETTLE_MS = 120
"""After the last change of size, thumbnails are made anew; until then they are scaled."""

_PREFETCH_MS = 60
"""After the last paint, the next and the last page are fetched."""

_MOVES = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip
"""Keys that go to one photo and leave only it selected."""


class Grid(CellView):
    """Shows the photos of `model`; `loader` brings the thumbnails."""

    opened = Signal(int)
    """The row that was double-clicked, or current when Enter was pressed."""

    current_changed = Signal(int)
    """The id of the photo the keyboard is at; −1 for none."""

    escaped = Signal()
    """Escape was pressed."""

    thumb_size_changed = Signal(int)

    def __init__(
        self, model: PhotosModel, loader: ThumbLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._loader = loader
        self._thumb_size = 176
        self._top_row: int | None = None
        self._arranging = False
        self._going = False
        self._ratio = 0.0
        self._kept_current = (-1, -1, 0)
        self._kept_order: array[int] = array("q")
        self._kept_selection: list[int] = []
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.settle)
        self._ahead = QTimer(self, singleShot=True, interval=_PREFETCH_MS)
        self._ahead.timeout.connect(self.prefetch)

        self.setAccessibleName(say("Photos"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setDragEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # A bar that comes and goes would lay out all rows twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.delegate = PhotoDelegate(model, loader, self)
        self.setItemDelegate(self.delegate)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._recall)
        loader.ready.connect(self._repaint)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    # What others ask

    @property
    def thumb_size(self) -> int:
        """The wished width of a picture, `SMALLEST`–`LARGEST`; columns are fitted around it."""
        return self._thumb_size

    @thumb_size.setter
    def thumb_size(self, size: int) -> None:
        size = max(SMALLEST, min(LARGEST, size))
        if size != self._thumb_size:
            self._thumb_size = size
            self._arrange()
            self.thumb_size_changed.emit(size)

    def current_id(self) -> int:
        """The id of the photo the keyboard is at; −1 for none."""
        row = self.currentIndex().row()
        return self._model.ids[row] if 0 <= row < len(self._model.ids) else -1

    def selected_ids(self) -> list[int]:
        """The ids of all selected photos, in the order shown."""
        ids = self._model.ids
        chosen = self.selectionModel().selection()
        ranges = sorted((part.top(), part.bottom()) for part in chosen.toList())
        return [id for top, bottom in ranges for id in ids[top : bottom + 1]]

    def go_to(self, row: int) -> None:
        """Makes `row` current and the only one selected, and shows it, if there is such a row;
        whatever keys are held. The next selection with Shift begins there."""
        if 0 <= row < self._model.rowCount():
            index = self._model.index(row)
            stays = index == self.currentIndex()
            self._going = True
            self.setCurrentIndex(index)
            if stays:
                super().currentChanged(index, index)  # where Qt notes where a selection begins
            self._going = False

    def invert_selection(self) -> None:
        """Selects what is not selected, and only that; the current photo stays current."""
        if self._model.rowCount():
            every = QItemSelection(
                self._model.index(0), self._model.index(self._model.rowCount() - 1)
            )
            self.selectionModel().select(every, QItemSelectionModel.SelectionFlag.Toggle)

    def visible_rows(self) -> range:
        """The rows of which a part can be seen."""
        return self.rows_between(0, self.viewport().height())

    # Size and layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._ratio = 0.0  # the next paint draws the marks anew
            self._arrange(force=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scrollTo(self.currentIndex())

    def doItemsLayout(self) -> None:
        """What was at the top stays there."""
        super().doItemsLayout()
        if self._top_row is not None and self._top_row < self._layout.count:
            self._arranging = True
            self.verticalScrollBar().setValue(self._layout.head(self._top_row))
            self._arranging = False

    def settle(self) -> None:
        """Asks for thumbnails of the size that is shown now."""
        self._settle.stop()
        self._loader.set_box(self.delegate.cell.tile.size(), self.devicePixelRatioF())
        self.viewport().update()

    def _arrange(self, force: bool = False) -> None:
        """Divides the width into even columns; what is at the top stays at the top."""
        if self._arranging:
            return
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        room = self.width() - bar - PADDING
        columns = max(1, round(room / (self._thumb_size + 2 * PADDING)))
        cell = Cell.of_width(max(SMALLEST // 2, room // columns))
        if cell == self.delegate.cell and columns == self._columns and not force:
            return
        if self._top_row is None:
            self._top_row = self.visible_rows().start
        self.delegate.cell = cell
        # Margins resize the viewport, which would arrange again from within.
        self._arranging = True
        self.setViewportMargins(PADDING + (room - columns * cell.size.width()) // 2, 0, 0, 0)
        self._arranging = False
        self.set_cells(columns, cell.size)
        self.verticalScrollBar().setSingleStep(cell.size.height() // 3)
        self._settle.start()

    def _scrolled(self) -> None:
        if not self._arranging:
            self._top_row = None

    # Painting and thumbnails

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.devicePixelRatioF() != self._ratio:
            self._ratio = self.devicePixelRatioF()
            self.delegate.restyle(self._ratio)
            self._loader.set_box(self.delegate.cell.tile.size(), self._ratio)
        self._loader.hold()
        self.delegate.dirty = event.region()
        self.paint_cells(event.rect())
        self._loader.send()
        self._ahead.start()

    def prefetch(self) -> None:
        """Asks for what is seen and, after that, for a page below and above."""
        page = self.viewport().height()
        photos = [
            self._model.photo(row)
            for rows in (
                self.visible_rows(),
                self.rows_between(page, 2 * page),
                self.rows_between(-page, 0),
            )
            for row in rows
        ]
        self._loader.want(photo for photo in photos if photo is not None)

    def _repaint(self, ids: list[int]) -> None:
        visible = self.visible_rows()
        for id in ids:
            row = self._model.row_of(id)
            if row is not None and row in visible:
                self.update(self._model.index(row))

    # Keyboard and selection

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        before = self.currentIndex()
        super().keyPressEvent(event)
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _MOVES and alone and self.currentIndex() == before:
            # At the end of the list Qt does nothing, so many would stay selected.
            self.go_to(before.row())

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Qt looks at the keyboard itself where a program makes a photo current: with Shift or Ctrl
        # held for the key that went on, more than that photo would be selected.
        if self._going:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, and a search would read every row."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.thumb_size += 16 if event.angleDelta().y() > 0 else -16
            event.accept()
            return
        super().wheelEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Left and right go on over the ends of a line; down in a short column goes to the end."""
        count = self._model.rowCount()
        if not count:
            return QModelIndex()
        moves = QAbstractItemView.CursorAction
        row = self.currentIndex().row()
        page = max(1, self.viewport().height() // self._layout.height)
        aside = {
            moves.MoveLeft: -1,
            moves.MovePrevious: -1,
            moves.MoveRight: 1,
            moves.MoveNext: 1,
        }.get(action)
        lines = {
            moves.MoveUp: -1,
            moves.MoveDown: 1,
            moves.MovePageUp: -page,
            moves.MovePageDown: page,
        }.get(action)
        if action == moves.MoveHome or row < 0:
            row = 0
        elif action == moves.MoveEnd:
            row = count - 1
        elif aside is not None:
            row = max(0, min(count - 1, row + aside))
        elif lines is not None:
            row = self._layout.moved(row, lines)
        return self._model.index(row)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.delegate.current = current.row()
        super().currentChanged(current, previous)
        for index in (previous, current):
            self.update(self._model.index(index.row()))
        self.current_changed.emit(self.current_id())

    # A new list of photos

    def _remember(self) -> None:
        row = self.currentIndex().row()
        self._kept_current = (self.current_id(), row, self._height_of(row))
        self._kept_selection = self.selected_ids()
        self._kept_order = array("q", self._model.ids)

    def _recall(self) -> None:
        """The current photo and the selection outlive a new order or filter.

        Where the current photo is not listed any more, the next one of the order before is, so
        that one goes on from there.
        """
        id, row, height = self._kept_current
        chosen = [self._model.row_of(each) for each in self._kept_selection]
        self._kept_selection = []
        found = self._model.row_of(id)
        if found is None and row >= 0 and self._model.rowCount():
            found = self._next_listed(row)
        self._kept_order = array("q")
        if found is None:
            self.current_changed.emit(-1)
            return
        self.setCurrentIndex(self._model.index(found))
        selection = QItemSelection()
        for first, last in runs(sorted(row for row in chosen if row is not None)):
            selection.select(self._model.index(first), self._model.index(last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)
        if 0 <= height < self.viewport().height():
            bar = self.verticalScrollBar()
            value = bar.value() + self._height_of(found) - height
            bar.setValue(value if value > self._layout.header else 0)  # no first header half seen

    def _next_listed(self, row: int) -> int:
        """The row of the first photo that stood behind `row` before and is still listed; else of
        the last one before it; else the end of the list."""
        order = self._kept_order
        for id in (*order[row + 1 :], *reversed(order[:row])):
            found = self._model.row_of(id)
            if found is not None:
                return found
        return min(row, self._model.rowCount() - 1)

    def _height_of(self, row: int) -> int:
        """Where the cell of `row` begins, from the top of the viewport."""
        if not 0 <= row < self._layout.count:
            return -1
        return self._layout.place(row)[1] - self.verticalOffset()
