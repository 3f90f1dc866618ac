"""Several photos at once, as large as the screen allows, until the best of them are left."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from uniqa_desktop.gui.loupe_loader import LoupeLoader
from uniqa_desktop.gui.pane import Pane
from uniqa_desktop.gui.pane_board import PaneBoard, Thumbnail
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.photo import Photo

MOST = 16
"""More photos at once are too small to be judged."""
ALONE = 4
"""How many photos are surveyed when only one is selected."""
_GAP = 2
"""Between two panes, device-independent pixels."""
_ASPECT = 3 / 2
"""What a photo is taken to be where its metadata do not say."""


def columns_for(aspects: Sequence[float], room: QSize, chrome: QSize) -> int:
    """Into how many columns pictures are laid so that the smallest of them is as large as can be.

    Args:
        aspects: width over height of each picture.
        room: where they are laid out.
        chrome: what a cell takes beside its picture.
    """

    def smallest(columns: int) -> tuple[float, float]:
        cell = _cell(len(aspects), columns, room)
        width, height = cell.width() - chrome.width(), cell.height() - chrome.height()
        if width <= 0 or height <= 0:
            return 0.0, 0.0
        areas = [min(width, height * each) ** 2 / each for each in aspects]
        return min(areas), sum(areas)

    return max(range(1, len(aspects) + 1), key=smallest)


def cells(count: int, columns: int, room: QSize) -> list[QRect]:
    """Where `count` panes lie in `columns`; a last row that is not full is in the middle."""
    size = _cell(count, columns, room)
    rects = []
    for number in range(count):
        row, column = divmod(number, columns)
        in_row = min(columns, count - row * columns)
        left = (room.width() - in_row * size.width() - (in_row - 1) * _GAP) // 2
        rects.append(
            QRect(
                left + column * (size.width() + _GAP),
                row * (size.height() + _GAP),
                size.width(),
                size.height(),
            )
        )
    return rects


def _cell(count: int, columns: int, room: QSize) -> QSize:
    rows = ceil(count / columns)
    width = (room.width() - (columns - 1) * _GAP) // columns
    return QSize(width, (room.height() - (rows - 1) * _GAP) // rows)


class Survey(PaneBoard):
    """The photos that were chosen. Arrows and Tab make another one active; Backspace, Delete and −
    take the active one out of the survey, which is no verdict; Enter opens it in the loupe."""

    def __init__(
        self,
        photos: PhotosModel,
        loader: LoupeLoader,
        thumbnail: Thumbnail,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(photos, loader, thumbnail, parent)
        self.setAccessibleName(self.tr("Survey"))
        self._spare: list[Pane] = []
        self._columns = 1
        self._refocuses = False

    @property
    def columns(self) -> int:
        return self._columns

    def start(self, rows: Sequence[int], active: int) -> int:
        """Shows the photos in `rows`, the one in row `active` active; of one row, that and the
        next, `ALONE` in all.

        Returns how many were left out, as no more than `MOST` are shown.
        """
        if len(rows) == 1:
            rows = range(rows[0], rows[0] + ALONE)
        photos = [photo for row in rows[:MOST] if (photo := self._photos.photo(row)) is not None]
        self.reset_framing()
        self._show(photos)
        here = self._photos.photo(active)
        self._active = self.ids.index(here.id) if here is not None and here.id in self.ids else 0
        return max(0, len(rows) - MOST)

    def remove(self) -> None:
        """Takes the active photo out of the survey. Its verdict stays as it is."""
        if self.active is not None:
            self._drop(self._active)
            self._settle_down()

    def advance(self) -> None:
        """Makes the next photo active, as long as there is one."""
        self.activate(self._active + 1)

    def relist(self) -> bool:
        for index in reversed(range(len(self.panes))):
            photo = self.panes[index].photo
            if photo is None or self._photos.row_of(photo.id) is None:
                self._drop(index)
        if self.panes:
            self._settle_down()
        return bool(self.panes)

    def _show(self, photos: Sequence[Photo]) -> None:
        while len(self.panes) > len(photos):
            self._drop(len(self.panes) - 1)
        while len(self.panes) < len(photos):
            pane = self._spare.pop() if self._spare else self._made_pane()
            pane.show()
            self.panes.append(pane)
        for pane, photo in zip(self.panes, photos, strict=True):
            self._put(pane, photo)
        self._arrange()
        self._shows_now()

    def _drop(self, index: int) -> None:
        pane = self.panes.pop(index)
        if pane.view.hasFocus():
            # Else Qt would hand the focus on as Tab does, which makes another photo active.
            self._refocuses = True
            pane.view.clearFocus()
        pane.hide()
        pane.set_active(False)
        pane.photo = None
        pane.show_frame(None)
        self._spare.append(pane)
        if index < self._active:
            self._active -= 1

    def _settle_down(self) -> None:
        """After photos were taken out: those that are left fill the room."""
        if not self.panes:
            self.closed.emit()
            return
        self._arrange()
        self._shows_now()
        self.activate(min(self._active, len(self.panes) - 1))
        if self._refocuses:
            self._refocuses = False
            self.setFocus()

    def _arrange(self) -> None:
        if not self.panes:
            return
        metas = [pane.photo.meta for pane in self.panes if pane.photo is not None]
        aspects = [
            meta.width / meta.height if meta.width and meta.height else _ASPECT for meta in metas
        ]
        self._columns = columns_for(aspects, self.size(), self.panes[0].chrome)
        for pane, rect in zip(
            self.panes, cells(len(self.panes), self._columns, self.size()), strict=True
        ):
            pane.setGeometry(rect)

    def _compared_with(self, index: int) -> Photo | None:
        """The others are told apart from the active one."""
        active = self.active
        return active.photo if active is not None and index != self._active else None

    def _difference(self, index: int) -> str:
        if index == self._active and len(self.panes) > 1 and not self._blind:
            return self.tr("The others are compared with this one.")
        return super()._difference(index)

    def _arrow(self, key: Qt.Key) -> bool:
        moves = {
            Qt.Key.Key_Left: self._active - 1,
            Qt.Key.Key_Right: self._active + 1,
            Qt.Key.Key_Up: self._active - self._columns,
            Qt.Key.Key_Down: self._active + self._columns,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.panes) - 1,
        }
        if key in moves:
            self.activate(moves[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Minus):
            self.remove()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
