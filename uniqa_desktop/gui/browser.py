"""The photos in the middle of the window: the grid and the loupe over one list and one place in it.

The place is the grid's current index; the loupe follows it, so leaving the loupe is being in the
grid at the same photo.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui.delegate import quality
from uniqa_desktop.gui.grid import Grid
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.thumb_maker import ThumbMaker
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Photo
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.loupe import Loupe
    from uniqa_desktop.gui.welcome import Welcome


def _attribute(name: str) -> Callable[[Photo], float | None]:
    return lambda photo: photo.attributes and getattr(photo.attributes, name).value


_NUMBERS: Mapping[Sort, Callable[[Photo], float | None]] = {
    Sort.AESTHETICS: lambda photo: photo.scores and photo.scores.aesthetics,
    Sort.TASTE: lambda photo: photo.taste,
    **{Sort(name): _attribute(name) for name in ATTRIBUTE_NAMES},
}
_AHEAD = (1, -1, 2)
"""Which neighbours the loupe keeps ready, the likeliest first."""


class Browser(QStackedWidget):
    """Welcome page, grid and loupe.

    Signals:
        current_changed(Photo | None): the photo that keys act on.
        picture_shown(QImage): a picture of it, for the histogram.
        view_changed(str): `welcome`, `grid` or `loupe` came to the front.
        trouble(str): the library could not be read, one sentence.
    """

    current_changed = Signal(object)
    picture_shown = Signal(QImage)
    view_changed = Signal(str)
    trouble = Signal(str)

    def __init__(self, store: Store, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model_id = model
        self.photos = PhotosModel(lambda ids: store.photos.get(ids, model=self._model_id), self)
        self.thumbs = ThumbLoader(lambda: ThumbMaker(paths.thumbs_file()), parent=self)
        self.grid = Grid(self.photos, self.thumbs)
        self.addWidget(self.grid)
        self.grid.opened.connect(self.show_loupe)
        self.grid.current_changed.connect(self._current_moved)
        self.photos.trouble.connect(self.trouble)
        self.thumbs.ready.connect(self._thumbs_arrived)

    @cached_property
    def welcome(self) -> Welcome:
        """The page without a folder, made when it is first asked for: the grid comes first."""
        from uniqa_desktop.gui.welcome import Welcome

        welcome = Welcome()
        self.addWidget(welcome)
        return welcome

    @cached_property
    def loupe(self) -> Loupe:
        """The loupe, made when it is first asked for."""
        from uniqa_desktop.gui.loupe import Loupe

        loupe = Loupe()
        loupe.stepped.connect(lambda delta: self.go_to(self.row + delta))
        loupe.first_requested.connect(lambda: self.go_to(0))
        loupe.last_requested.connect(lambda: self.go_to(self.photos.rowCount() - 1))
        loupe.closed.connect(self.show_grid)
        loupe.picture_shown.connect(self.picture_shown)
        self.addWidget(loupe)
        return loupe

    @property
    def row(self) -> int:
        """The current row, −1 if there is none."""
        return self.grid.currentIndex().row()

    @property
    def current(self) -> Photo | None:
        """The photo that keys act on."""
        return self.photos.photo(self.row)

    @property
    def in_loupe(self) -> bool:
        return "loupe" in self.__dict__ and self.currentWidget() is self.loupe

    @property
    def in_welcome(self) -> bool:
        return "welcome" in self.__dict__ and self.currentWidget() is self.welcome

    def targets(self) -> list[int]:
        """The ids that a verdict acts on: the photo in the loupe, the selection in the grid."""
        if self.in_loupe:
            return [self.current.id] if self.current else []
        return self.grid.selected_ids()

    def set_ids(self, ids: array[int]) -> None:
        """Shows these photos; the current one stays current if it is among them."""
        self.photos.set_ids(ids)
        if self.row < 0 and len(ids):
            self.go_to(0)
        if not len(ids):
            self._current_moved()
        if self.in_loupe and not len(ids):
            self.show_grid()

    def append_ids(self, ids: array[int]) -> None:
        """Adds photos at the end, moving nothing."""
        self.photos.append_ids(ids)
        if self.row < 0 and len(ids):
            self.go_to(0)

    def refresh(self, ids: Iterable[int]) -> None:
        """Shows newer rows of these photos, where they are."""
        changed = set(ids)
        self.photos.refresh(changed)
        current = self.current
        if current is not None and current.id in changed:
            self._current_moved()

    def go_to(self, row: int) -> None:
        """Makes a row current, if there is such a row."""
        self.grid.go_to(row)

    def show_welcome(self) -> None:
        self._bring(self.welcome, "welcome")

    def show_grid(self) -> None:
        self._bring(self.grid, "grid")

    def show_loupe(self, row: int | None = None) -> None:
        """Shows the current photo, or the one in `row`, large."""
        if row is not None:
            self.go_to(row)
        if self.current is not None:
            self._bring(self.loupe, "loupe")
            self._current_moved()

    def take_focus(self) -> None:
        """Gives the keyboard back to what is in front."""
        view = self.currentWidget()
        if view is not None:
            view.setFocus()

    def show_number(self, sort: Sort) -> None:
        """Shows on each photo the number that it is sorted by, else its quality."""
        self.grid.delegate.score = _NUMBERS.get(sort, quality)
        self.grid.viewport().update()

    def stop(self) -> None:
        """Ends all threads; call it before the window goes."""
        self.thumbs.stop()
        if "loupe" in self.__dict__:
            self.loupe.stop()

    def _bring(self, view: QWidget, name: str) -> None:
        self.setCurrentWidget(view)
        view.setFocus()
        self.view_changed.emit(name)

    def _current_moved(self) -> None:
        photo = self.current
        # The panel hears of the photo first: the picture for its histogram may follow at once.
        self.current_changed.emit(photo)
        if photo is None:
            if self.in_loupe:
                self.loupe.clear()
        elif self.in_loupe:
            thumb = self.thumbs.look(photo)
            self.loupe.show_photo(
                photo,
                self._neighbours(),
                position=(self.row + 1, self.photos.rowCount()),
                thumbnail=thumb.pixmap if thumb else None,
            )
        else:
            self._show_thumb_of(photo)

    def _neighbours(self) -> Sequence[Photo]:
        found = (self.photos.photo(self.row + delta) for delta in _AHEAD)
        return [photo for photo in found if photo is not None]

    def _thumbs_arrived(self, ids: list[int]) -> None:
        current = self.current
        if current is not None and current.id in ids and not self.in_loupe:
            self._show_thumb_of(current)

    def _show_thumb_of(self, photo: Photo) -> None:
        """The panel counts its histogram from the thumbnail, where the loupe has nothing better."""
        thumb = self.thumbs.look(photo)
        if thumb is not None and thumb.pixmap is not None:
            self.picture_shown.emit(thumb.pixmap.toImage())

    def sizeHint(self) -> QSize:
        return QSize(900, 600)
