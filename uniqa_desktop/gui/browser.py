"""The photos in the middle of the window: grid, loupe, compare and survey over one list and one
place in it.

The place is the grid's current index. The loupe follows it, and it follows the active photo of
compare and survey, so that leaving any of them is being in the grid at the same photo.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QStackedWidget, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui.grid import Grid
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.shown_number import number_for
from uniqa_desktop.gui.stacks import Stacks
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.thumb_maker import ThumbMaker
from uniqa_desktop.photo import Photo
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.bursts.group import Group
    from uniqa_desktop.gui.burst_reasons import Proposed
    from uniqa_desktop.gui.burst_view import BurstView
    from uniqa_desktop.gui.compare import Compare
    from uniqa_desktop.gui.loupe import Loupe
    from uniqa_desktop.gui.loupe_loader import LoupeLoader
    from uniqa_desktop.gui.pane_board import PaneBoard
    from uniqa_desktop.gui.picture_view import PictureView
    from uniqa_desktop.gui.survey import Survey
    from uniqa_desktop.gui.welcome import Welcome


_Board = TypeVar("_Board", bound="PaneBoard")
_BOARDS = ("compare", "survey", "burst")
"""Views of several photos, by the names of the properties that make them."""
_AHEAD = (1, -1, 2)
"""Which neighbours the loupe keeps ready, the likeliest first."""


class Browser(QStackedWidget):
    """Welcome page, grid, loupe, compare, survey and burst view.

    Signals:
        current_changed(Photo | None): the photo that keys act on.
        picture_shown(QImage): a picture of it, for the histogram.
        view_changed(str): `welcome`, `grid`, `loupe`, `compare`, `survey` or `burst` is in front.
        preferred(int, int): in compare the user preferred the first photo to the second.
        trouble(str): the library could not be read, one sentence.
        badge_pressed(int): the badge of a photo's group was clicked.
        stepped_in_group(int): the next (+1) or previous (−1) photo of the group is wanted.
        command_asked(str): a button of the burst view means this command.
        stepping(): the user is about to step to another photo of the list.
    """

    badge_pressed = Signal(int)
    stepped_in_group = Signal(int)
    stepping = Signal()
    command_asked = Signal(str)
    current_changed = Signal(object)
    picture_shown = Signal(QImage)
    view_changed = Signal(str)
    preferred = Signal(int, int)
    trouble = Signal(str)

    def __init__(self, store: Store, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model_id = model
        self._sort = Sort.NAME
        self._blind = False
        self._get = lambda ids: store.photos.get(ids, model=self._model_id)
        self.photos = PhotosModel(self._get, self)
        self.thumbs = ThumbLoader(lambda: ThumbMaker(paths.thumbs_file()), parent=self)
        self.grid = Grid(self.photos, self.thumbs)
        self.addWidget(self.grid)
        self.grid.opened.connect(self.show_loupe)
        self.grid.current_changed.connect(self._current_moved)
        self.photos.trouble.connect(self.trouble)
        self.thumbs.ready.connect(self._thumbs_arrived)

    def show_stacks(self, stacks: Stacks) -> None:
        """Marks photos that are in a group from now on."""
        self.stacks = stacks
        self.photos.stack = self.grid.delegate.stack = stacks.mark
        stacks.changed.connect(self.grid.viewport().update)
        stacks.changed.connect(self._current_moved)

    @cached_property
    def welcome(self) -> Welcome:
        """The page without a folder, made when it is first asked for: the grid comes first."""
        from uniqa_desktop.gui.welcome import Welcome

        welcome = Welcome(offer_scores=True)
        self.addWidget(welcome)
        return welcome

    @cached_property
    def loupe(self) -> Loupe:
        """The loupe, made when it is first asked for."""
        from uniqa_desktop.gui.loupe import Loupe

        loupe = Loupe(loader=self.loader)
        loupe.caption.set_blind(self._blind)
        loupe.stepped.connect(self.step)
        loupe.stepped_in_group.connect(self.stepped_in_group)
        loupe.first_requested.connect(lambda: self.go_to(0))
        loupe.last_requested.connect(lambda: self.go_to(self.photos.rowCount() - 1))
        loupe.closed.connect(self.show_grid)
        loupe.picture_shown.connect(self.picture_shown)
        self.addWidget(loupe)
        return loupe

    @cached_property
    def loader(self) -> LoupeLoader:
        """Decodes for the loupe, compare and survey within one budget."""
        from uniqa_desktop.gui.loupe_loader import LoupeLoader

        return LoupeLoader(self)

    @cached_property
    def compare(self) -> Compare:
        """Two photos side by side, made when it is first asked for."""
        from uniqa_desktop.gui.compare import Compare

        compare = self._made_board(Compare(self.photos, self.loader, self._thumb_of))
        compare.preferred.connect(self.preferred)
        return compare

    @cached_property
    def survey(self) -> Survey:
        """Several photos at once, made when it is first asked for."""
        from uniqa_desktop.gui.survey import Survey

        return self._made_board(Survey(self.photos, self.loader, self._thumb_of))

    @cached_property
    def burst(self) -> BurstView:
        """All frames of a group, made when it is first asked for."""
        from uniqa_desktop.gui.burst_view import BurstView

        view = BurstView(self.photos, self.loader, self._thumb_of, self._get)
        self.thumbs.ready.connect(lambda _ids: view.thumbs_arrived())
        view.reasons.asked.connect(self.command_asked)
        return self._made_board(view)

    def _made_board(self, board: _Board) -> _Board:
        board.set_blind(self._blind)
        board.activated.connect(self._activated)
        board.opened.connect(self.show_loupe)
        board.closed.connect(self.show_grid)
        board.picture_shown.connect(self.picture_shown)
        self.addWidget(board)
        return board

    @property
    def row(self) -> int:
        """The current row, −1 if there is none."""
        return self.grid.currentIndex().row()

    @property
    def current(self) -> Photo | None:
        """The photo that keys act on."""
        if self.board is not None:
            return self.board.active.photo if self.board.active is not None else None
        return self.photos.photo(self.row)

    @property
    def in_loupe(self) -> bool:
        return "loupe" in self.__dict__ and self.currentWidget() is self.loupe

    @property
    def board(self) -> PaneBoard | None:
        """Compare or survey, if it is in front."""
        for name in _BOARDS:
            board = self.__dict__.get(name)
            if board is not None and self.currentWidget() is board:
                return board
        return None

    @property
    def picture(self) -> PictureView | None:
        """The picture that can be zoomed: the loupe's, or that of the active photo."""
        if self.in_loupe:
            return self.loupe.view
        return self.board.view if self.board is not None else None

    @property
    def in_welcome(self) -> bool:
        return "welcome" in self.__dict__ and self.currentWidget() is self.welcome

    def targets(self) -> list[int]:
        """The ids that a verdict acts on: the selection in the grid, else the one photo that is
        looked at or, of several, active."""
        if self.in_loupe or self.board is not None:
            return [self.current.id] if self.current else []
        return self.grid.selected_ids()

    def set_ids(self, ids: array[int], days: Sequence[tuple[date | None, int]] = ()) -> None:
        """Shows these photos, grouped by `days` if there are any (`Grid.set_days`); the current
        one stays current if it is among them."""
        self.grid.set_days(days)
        self.photos.set_ids(ids)
        if self.row < 0 and len(ids):
            self.go_to(0)
        if not len(ids):
            self._current_moved()
        if self.in_loupe and not len(ids):
            self.show_grid()
        if self.board is not None:
            self._relist(self.board)

    def append_ids(self, ids: array[int]) -> None:
        """Adds photos at the end, moving nothing."""
        self.photos.append_ids(ids)
        if self.row < 0 and len(ids):
            self.go_to(0)

    def refresh(self, ids: Iterable[int] | None) -> None:
        """Shows newer rows of these photos, or of all, where they are."""
        changed = None if ids is None else set(ids)
        self.photos.refresh(changed)
        if self.board is not None:
            self.board.refresh()
        current = self.current
        if current is not None and (changed is None or current.id in changed):
            self._current_moved()

    def use_model(self, model: str) -> None:
        """Shows the scores of this model."""
        self._model_id = model
        self.refresh(None)

    def go_to(self, row: int) -> None:
        """Makes a row current, if there is such a row; compare and survey give way to the grid."""
        if self.board is not None:
            self.show_grid()
        self.grid.go_to(row)

    def step(self, delta: int) -> None:
        """Goes so many photos on in the list."""
        self.stepping.emit()
        self.go_to(self.row + delta)

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

    def show_compare(self) -> bool:
        """Shows the current photo beside the other one where two are selected, else beside the
        next in the list; whether there are two photos."""
        rows = self._selected_rows()
        others = [row for row in rows if row != self.row] if len(rows) == 2 else []
        if not self.compare.start(self.row, next(iter(others), None)):
            return False
        self._bring_board(self.compare, "compare")
        return True

    def show_survey(self) -> int:
        """Shows the selected photos at once, where only one is selected it and those after it.

        Returns how many of them there is no room for.
        """
        left_out = self.survey.start(self._selected_rows(), self.row)
        if self.survey.panes:
            self._bring_board(self.survey, "survey")
        return left_out

    def show_burst(self, group: Group, proposed: Proposed | None, photo: int | None = None) -> bool:
        """Shows all frames of a group at one of them; whether the library knows any."""
        if not self.burst.start(group, proposed, photo):
            return False
        self._bring_board(self.burst, "burst")
        return True

    def _selected_rows(self) -> list[int]:
        rows = map(self.photos.row_of, self.grid.selected_ids())
        return [row for row in rows if row is not None]

    def _bring_board(self, board: PaneBoard, name: str) -> None:
        self._bring(board, name)
        board.wake()

    def advance(self) -> None:
        """Goes on after a verdict: to the next photo, or as compare and survey do."""
        if self.board is not None:
            self.board.advance()
        else:
            self.go_to(self.row + 1)

    def set_blind(self, blind: bool) -> None:
        """Hides every score and what was measured, or shows them again."""
        self._blind = self.photos.blind = blind
        self.show_number(self._sort)
        if "loupe" in self.__dict__:
            self.loupe.caption.set_blind(blind)
        for name in _BOARDS:
            if name in self.__dict__:
                self.__dict__[name].set_blind(blind)

    def take_focus(self) -> None:
        """Gives the keyboard back to what is in front."""
        view = self.currentWidget()
        if view is not None:
            view.setFocus()

    def show_number(self, sort: Sort) -> None:
        """Shows on each photo the number that it is sorted by, else its quality."""
        self._sort = sort
        self.grid.delegate.score = number_for(sort, self._blind)
        self.grid.viewport().update()

    def stop(self) -> None:
        """Ends all threads; call it before the window goes."""
        self.thumbs.stop()
        if "loupe" in self.__dict__:
            self.loupe.stop()
        if "loader" in self.__dict__:
            self.loader.stop()

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
            self.loupe.show_photo(
                photo,
                self._neighbours(),
                position=(self.row + 1, self.photos.rowCount()),
                thumbnail=self._thumb_of(photo),
            )
            self.loupe.caption.show_group(self.photos.stack(photo.id))
        elif self.board is None:
            self._show_thumb_of(photo)

    def _neighbours(self) -> Sequence[Photo]:
        found = (self.photos.photo(self.row + delta) for delta in _AHEAD)
        return [photo for photo in found if photo is not None]

    def _thumbs_arrived(self, ids: list[int]) -> None:
        current = self.current
        if current is not None and current.id in ids and self.picture is None:
            self._show_thumb_of(current)

    def _show_thumb_of(self, photo: Photo) -> None:
        """The panel counts its histogram from the thumbnail, where the loupe has nothing better."""
        pixmap = self._thumb_of(photo)
        if pixmap is not None:
            self.picture_shown.emit(pixmap.toImage())

    def _thumb_of(self, photo: Photo) -> QPixmap | None:
        thumb = self.thumbs.look(photo)
        return thumb.pixmap if thumb is not None else None

    def _activated(self, id: int) -> None:
        """The place follows the active photo."""
        row = self.photos.row_of(id)
        if self.board is not self.sender():
            return
        if row is not None:
            self.grid.go_to(row)
        else:
            self._current_moved()  # a frame of a closed stack: it has no place in the grid

    def _relist(self, board: PaneBoard) -> None:
        """Compare and survey go on with the photos that are still listed."""
        if board.relist():
            board.wake()
        else:
            self.show_grid()

    def sizeHint(self) -> QSize:
        return QSize(900, 600)
