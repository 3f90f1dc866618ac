"""The open folder as it is shown: which photos, in which order, and when that may change.

The order is the user's: it changes when they open a folder, filter, sort or say "apply". What a job
finds meanwhile is added at the end or repainted in place, and what it would move is only counted.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.photo import Flag
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.filter_bar import FilterBar

Answer = TypeVar("Answer")
Otherwise = TypeVar("Otherwise")

_LOOK_EVERY = 1.0
"""Seconds between two looks for new photos and moved ones while a job runs."""
_SHARE = 0.02
"""The share of the window's time that looking may take: in large libraries it looks less often."""


class _Before(NamedTuple):
    """What the list was before a search: its order (key, descending) and its current photo."""

    order: tuple[Sort, bool]
    photo: int | None


class Shoot(QObject):
    """Keeps the browser's list and the filter bar's numbers true.

    Signals:
        trouble(str): the library could not be read, one sentence.
        search_ended(): the user asked for another folder or order than that of a search.
    """

    trouble = Signal(str)
    search_ended = Signal()

    def __init__(
        self,
        store: Store,
        browser: Browser,
        order: tuple[Sort, bool],
        parent: QObject | None = None,
    ) -> None:
        """Lists in `order` (key, descending) until there is a filter bar that says otherwise."""
        super().__init__(parent)
        self._store = store
        self._browser = browser
        self._order = order
        self._bar: FilterBar | None = None
        self._model = ""
        self._folders: tuple[Path, ...] = ()
        self._touched = False
        self._next_look = 0.0
        self._found: array[int] | None = None
        self._before: _Before | None = None
        self._passing = 0
        browser.grid.selectionModel().currentChanged.connect(self._user_moved)

    def attach(self, bar: FilterBar) -> None:
        """Takes the wishes from `bar` from now on, and shows the numbers there."""
        self._bar = bar
        bar.changed.connect(self.apply)
        bar.apply_requested.connect(self.apply)
        if self._folders:
            self.read_facets()
            self.look()

    @property
    def folder(self) -> Path | None:
        """The open folder."""
        return self._folders[0] if self._folders else None

    @property
    def total(self) -> int:
        """How many photos of the folder are there, shown or hidden."""
        return self._ask(lambda: self._store.photos.total(self._folders), 0)

    def open(self, folder: Path, model: str) -> None:
        """Shows what the library knows of a folder."""
        self._forget_search()
        self._folders, self._model = (folder,), model
        self._browser.photos.set_ids(array("q"))
        self.read_facets()
        self.apply()
        self._touched = False

    @property
    def unscored(self) -> int:
        """How many photos of the folder the model in use has not scored yet."""
        pending = self._ask(lambda: self._store.photos.pending(self._model, self._folders), ())
        return len(pending)

    def use_model(self, model: str) -> None:
        """Shows the scores of this model, in the order that is true by them."""
        self._model = model
        self._browser.use_model(model)
        if self._folders:
            self.apply()

    def apply(self) -> None:
        """Shows the photos that are asked for now, in the order that is true now."""
        if self._before is not None and self._before.order != self._order_asked():
            self._forget_search()
        ids = self._ids()
        if ids is None:
            return
        self._browser.set_ids(ids)
        self._browser.show_number(Sort(self._query().sort))
        if self._bar is not None:
            self._bar.set_moved(0)
            self._bar.set_hidden(max(0, self.total - self._passing))

    def search(self, found: array[int]) -> None:
        """Shows the photos that were found, in the order of `found`, as far as the filters let
        them pass, beginning with the first."""
        if self._before is None:
            current = self._browser.current
            self._before = _Before(self._order_asked(), current.id if current else None)
        self._found = found
        self.apply()
        self._browser.go_to(0)

    def end_search(self) -> None:
        """Shows all photos in their order again, at the photo that was current before."""
        before = self._before
        if before is None:
            return
        self._found, self._before = None, None
        self.apply()
        row = None if before.photo is None else self._browser.photos.row_of(before.photo)
        if row is not None:
            self._browser.go_to(row)

    def _forget_search(self) -> None:
        if self._before is not None:
            self._found, self._before = None, None
            self.search_ended.emit()

    def _order_asked(self) -> tuple[Sort, bool]:
        query = self._query()
        return query.sort, query.descending

    @property
    def tells_scores(self) -> bool:
        """Whether the order or a filter gives away how photos were scored or measured."""
        asked = self._query()
        ranges = (asked.min_quality, asked.max_quality, asked.min_aesthetics, asked.max_aesthetics)
        by_number = asked.sort not in (Sort.NAME, Sort.TAKEN, Sort.STARS)
        return by_number or any(end is not None for end in (*ranges, asked.min_sharpness))

    def undecided(self) -> frozenset[int]:
        """The photos of the folder without a flag, whatever the filters."""
        query = Query(
            self._model, self._folders, flags=frozenset({Flag.NONE}), include_missing=True
        )
        return frozenset(self._ask(lambda: self._store.photos.ids(query), ()))

    def read_facets(self) -> None:
        """Fills the filter menus with the cameras and days that occur."""
        if self._bar is None:
            return
        facets = self._ask(lambda: self._store.photos.facets(self._folders), None)
        if facets is not None:
            self._bar.set_facets(facets.cameras, facets.days)

    def changed(self, ids: Iterable[int]) -> None:
        """A job changed these rows: repaints them, and now and then looks what else is new."""
        self._browser.refresh(ids)
        if time.monotonic() >= self._next_look:
            began = time.monotonic()
            self.look()
            took = time.monotonic() - began
            self._next_look = time.monotonic() + max(_LOOK_EVERY, took / _SHARE)

    def look(self) -> None:
        """Adds photos that are new at the end and counts those that would stand elsewhere.

        As long as the user has not moved in the list, a list without new order problems is simply
        replaced by the true one.
        """
        if not self._folders or self._bar is None:
            return
        ids = self._ids()
        if ids is None:
            return
        shown = self._browser.photos.ids
        listed = set(shown)
        new = array("q", (id for id in ids if id not in listed))
        if new and not self._touched:
            self._browser.set_ids(ids)
            shown = ids
        elif new:
            self._browser.append_ids(new)
        self._bar.set_hidden(max(0, self.total - self._passing))
        self._bar.set_moved(_moved(self._browser.photos.ids, ids))

    def _ids(self) -> array[int] | None:
        """The photos to show: those that pass the filters, in the order asked for or found in."""
        ids = self._ask(lambda: self._store.photos.ids(self._query()), None)
        if ids is None:
            return None
        self._passing = len(ids)
        if self._found is None:
            return ids
        passing = set(ids)
        return array("q", (id for id in self._found if id in passing))

    def _query(self) -> Query:
        if self._bar is not None:
            return self._bar.query(self._model, self._folders)
        sort, descending = self._order
        return Query(self._model, self._folders, sort, descending)

    def _user_moved(self) -> None:
        self._touched = True

    def _ask(self, question: Callable[[], Answer], otherwise: Otherwise) -> Answer | Otherwise:
        """The library's answer; where it has none, says why and goes on with `otherwise`."""
        try:
            return question()
        except KnownError as error:
            self.trouble.emit(str(error))
            return otherwise


def _moved(shown: Iterable[int], true: array[int]) -> int:
    """How many photos of the list as shown stand at another place in the true one."""
    shown = list(shown)
    same = sum(map(int.__eq__, shown, true))
    return max(len(shown), len(true)) - same
