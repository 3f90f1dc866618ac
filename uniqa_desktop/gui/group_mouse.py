"""The mouse on groups in the grid: a click on a badge opens or closes a stack; selected photos are
dragged onto another one to join its group, onto one of their own group to become its cover, and
onto the empty ground to leave it. Dragging photos that are not selected selects, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.group_desk import GroupDesk
from uniqa_desktop.gui.stacks import Stacks
from uniqa_desktop.gui.words import say

_SHOWN = 64
"""Height of the picture at the pointer while dragging, pixels."""
_PHOTOS = "application/x-uniqa-photos"


class GroupMouse(QObject):
    """Watches the viewport of the grid.

    Signals:
        said(str): what dropping here would do, one sentence; empty when nothing is dragged.
    """

    said = Signal(str)

    def __init__(self, browser: Browser, stacks: Stacks, desk: GroupDesk) -> None:
        super().__init__(desk)
        self._browser = browser
        self._grid = browser.grid
        self._stacks = stacks
        self._desk = desk
        self._from: QPoint | None = None
        self._dragged: tuple[int, ...] = ()
        self._grid.viewport().setAcceptDrops(True)
        self._grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QDragLeaveEvent():
                self.said.emit("")
            case QDropEvent() if self._is_ours(event):
                self._hover(event)
                return True
            case QMouseEvent() if event.button() == Qt.MouseButton.LeftButton:
                if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                    return self._press(event)
                self._from = None
            case QMouseEvent() if event.type() == QEvent.Type.MouseMove:
                return self._move(event)
            case _:
                pass
        return False

    def _is_ours(self, event: QDropEvent) -> bool:
        """Folders that are dropped are the window's."""
        return bool(self._dragged) and event.mimeData().hasFormat(_PHOTOS)

    # Pressing

    def _press(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        photo = self._photo_at(at)
        self._from = None
        if photo is None:
            return False
        if self._on_badge(photo, at) and not event.modifiers():
            self._browser.badge_pressed.emit(photo)
            return True
        index = self._grid.indexAt(at)
        if not event.modifiers() and self._grid.selectionModel().isSelected(index):
            self._from = at
        return False

    def _on_badge(self, photo: int, at: QPoint) -> bool:
        mark = self._stacks.mark(photo)
        if mark is None or not (mark.closed or mark.opened):
            return False
        delegate = self._grid.delegate
        corner = self._grid.visualRect(self._grid.indexAt(at)).topLeft()
        tile = delegate.cell.tile.translated(corner)
        return delegate.stack_marks.area(tile, mark).contains(at)

    def _photo_at(self, at: QPoint) -> int | None:
        index = self._grid.indexAt(at)
        return self._browser.photos.ids[index.row()] if index.isValid() else None

    # Dragging

    def _move(self, event: QMouseEvent) -> bool:
        if self._from is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        far = (event.position().toPoint() - self._from).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._from = None
            self.begin(self._grid.selected_ids())
        return True

    def begin(self, photos: Sequence[int]) -> None:
        """Has the user drag these photos; returns when they are dropped."""
        self._dragged = tuple(photos)
        drag = QDrag(self._grid)
        data = QMimeData()
        data.setData(_PHOTOS, b"")
        drag.setMimeData(data)
        current = self._browser.current
        thumb = self._browser.thumbs.look(current) if current is not None else None
        if thumb is not None and thumb.pixmap is not None:
            smooth = Qt.TransformationMode.SmoothTransformation
            drag.setPixmap(thumb.pixmap.scaledToHeight(_SHOWN, smooth))
        drag.exec(Qt.DropAction.MoveAction)
        self._dragged = ()
        self.said.emit("")

    def _hover(self, event: QDropEvent) -> None:
        """What a drop means here: said while dragged, done when dropped."""
        photo = self._photo_at(event.position().toPoint())
        act, words = self._meaning(photo)
        if act is None:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        if isinstance(event, QDragMoveEvent | QDragEnterEvent) or act is None:
            self.said.emit(words)
            return
        act()

    def _meaning(self, photo: int | None) -> tuple[Callable[[], object] | None, str]:
        """What dropping on a photo, or on the ground, does, and that in words."""
        dragged = self._dragged
        homes = {self._stacks.shown.number_of(id) for id in dragged}
        if photo is None:
            if any(map(self._stacks.is_closed, dragged)) or homes == {None}:
                return None, ""
            return lambda: self._desk.split(dragged), say("Drop: take out of the group")
        if photo in dragged:
            return None, ""
        number = self._stacks.shown.number_of(photo)
        if number is not None and homes == {number}:
            if len(dragged) > 1:
                return None, ""
            only = next(iter(dragged))
            return lambda: self._desk.cover(only), say("Drop: make it the cover")
        return lambda: self._desk.merge((*dragged, photo)), say("Drop: put into one group")
