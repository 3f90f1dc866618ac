"""The open folder as it is shown: which photos, in which order, and when that may change.

The order is the user's: it changes when they open a folder, filter, sort or say "apply". What a job
finds meanwhile is added at the end or repainted in place, and what it would move is only counted.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.browser import Browser
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


class Shoot(QObject):
    """Keeps the browser's list and the filter bar's numbers true.

    Signals:
        trouble(str): the library could not be read, one sentence.
    """

    trouble = Signal(str)

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
        self._folders, self._model = (folder,), model
        self._browser.photos.set_ids(array("q"))
        self.read_facets()
        self.apply()
        self._touched = False

    def apply(self) -> None:
        """Shows the photos that are asked for now, in the order that is true now."""
        ids = self._ids()
        if ids is None:
            return
        self._browser.set_ids(ids)
        self._browser.show_number(Sort(self._query().sort))
        if self._bar is not None:
            self._bar.set_moved(0)
            self._bar.set_hidden(max(0, self.total - len(ids)))

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
        self._bar.set_hidden(max(0, self.total - len(ids)))
        self._bar.set_moved(_moved(self._browser.photos.ids, ids))

    def _ids(self) -> array[int] | None:
        return self._ask(lambda: self._store.photos.ids(self._query()), None)

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
