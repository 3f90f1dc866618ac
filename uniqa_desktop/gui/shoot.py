"""The open folder as it is shown: which photos, in which order, and when that may change.

The order is the user's: it changes when they open a folder, filter, sort or say "apply". What a job
finds meanwhile is added at the end or repainted in place, and what it would move is only counted.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.stacks import Stacks
from uniqa_desktop.photo import Flag
from uniqa_desktop.query import NUMBERS, Query, Sort
from uniqa_desktop.store import Listing, Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.filter_bar import FilterBar

Answer = TypeVar("Answer")
Otherwise = TypeVar("Otherwise")

_LOOK_EVERY = 1.0
"""Seconds between two looks for new photos and moved ones while a job runs."""
_REST_MS = 1000
"""After the last verdict, what verdicts have moved is counted: not while one is at the keys, as it
takes longer (0.1 s at 100,000 photos) than a key may."""
_SHARE = 0.02
"""The share of the window's time that looking may take: in large libraries it looks less often."""


class _Before(NamedTuple):
    """What the list was before a search: its order (key, descending, by day) and its current
    photo."""

    order: tuple[Sort, bool, bool]
    photo: int | None


class Shoot(QObject):
    """Keeps the browser's list and the filter bar's numbers true.

    Signals:
        trouble(str): the library could not be read, one sentence.
        search_ended(): the user asked for another folder or order than that of a search.
        listed(): the list was made or looked at anew; `total` and `hidden` are of now.
        looked(): a job has changed something, and what is new was looked at.
        limited(str): whose limit holds from now on (`limit`); empty for none.
    """

    trouble = Signal(str)
    search_ended = Signal()
    listed = Signal()
    looked = Signal()
    limited = Signal(str)

    def __init__(
        self,
        store: Store,
        browser: Browser,
        order: tuple[Sort, bool, bool],
        parent: QObject | None = None,
        *,
        folded: bool = False,
    ) -> None:
        """Lists in `order` (key, descending, by day), `folded` or not, until there is a filter bar
        that says otherwise."""
        super().__init__(parent)
        self.stacks = Stacks(store, self)
        self._folded = folded
        self._basis: Listing | None = None
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
        self._limit: frozenset[int] | None = None
        self._whole = Listing(array("q"))
        self._total = 0
        self._passing = 0
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.look)
        browser.grid.selectionModel().currentChanged.connect(self._user_moved)

    def attach(self, bar: FilterBar) -> None:
        """Takes the wishes from `bar` from now on, and shows the numbers there."""
        self._bar = bar
        bar.changed.connect(self.apply)
        bar.apply_requested.connect(self.apply)
        if self._folders:
            if not self._folded:
                self.read_groups()  # not before the first paint: a list that is not folded can wait
            self.read_facets()
            self.look()

    @property
    def folder(self) -> Path | None:
        """The open folder."""
        return self._folders[0] if self._folders else None

    @property
    def total(self) -> int:
        """How many photos of the folder are there, shown or hidden."""
        return self._total

    @property
    def hidden(self) -> int:
        """How many of them the filters hide."""
        return max(0, self._total - self._passing)

    @property
    def folded_away(self) -> int:
        """How many photos pass the filters but lie in a stack, under the one that is shown."""
        return max(0, self._passing - len(self._browser.photos.ids)) if self.stacks.folded else 0

    @property
    def searching(self) -> bool:
        """Whether what is shown was found by a search."""
        return self._found is not None

    @property
    def limiting(self) -> bool:
        """Whether only the photos of a `limit` are shown."""
        return self._limit is not None

    @property
    def model(self) -> str:
        """The model whose scores are shown."""
        return self._model

    def open(self, folder: Path, model: str) -> None:
        """Shows what the library knows of a folder."""
        self._forget_search()
        self._folders, self._model = (folder,), model
        self._browser.photos.set_ids(array("q"))
        if self._limit is not None:
            self._limit = None
            self.limited.emit("")
        self.stacks.close_all()
        if self._bar is not None or self._folded:
            self.read_groups()
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
        listing = self._listing()
        if listing is None:
            return
        self._basis = listing
        self.stacks.take()
        shown = self.stacks.fold(listing)
        self._browser.set_ids(shown.ids, shown.days)
        self._browser.show_number(Sort(self._query().sort))
        if self._bar is not None:
            self._bar.set_moved(0)
        self._tell_numbers()

    def refold(self) -> None:
        """Shows the same photos in the same order as before, folded by the groups of now."""
        if self._basis is None:
            return
        self.stacks.take()
        shown = self.stacks.fold(self._basis)
        self._browser.set_ids(shown.ids, shown.days)
        self._tell_numbers()
        self._rest.start()

    def read_groups(self) -> None:
        """Takes what the library knows of groups; a folded list changes only when it is asked
        to."""
        if self._folders:
            self._ask(lambda: self.stacks.read(self._folders), None)

    def limit(self, photos: frozenset[int] | None, by: str = "") -> None:
        """Shows only these of the photos that pass the filters, in the order asked for, until the
        next `limit` or another folder; `None` shows them all again. `by` names who asks.

        The library is not asked anew, so that a slider may call this while it is moved.
        """
        if photos is None and self._limit is None:
            return
        self._limit = photos
        self._basis = self._narrowed(self._whole)
        shown = self.stacks.fold(self._basis)
        self._browser.set_ids(shown.ids, shown.days)
        if self._bar is not None:
            self._bar.set_hidden(self.hidden)
            self._bar.set_folded(self.folded_away)
        self.limited.emit("" if photos is None else by)
        self.listed.emit()

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

    def _order_asked(self) -> tuple[Sort, bool, bool]:
        query = self._query()
        return query.sort, query.descending, query.by_day

    @property
    def tells_scores(self) -> bool:
        """Whether the order or a filter gives away how photos were scored or measured."""
        asked = self._query()
        return asked.sort in NUMBERS or bool(asked.ranges) or self.limiting

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
            self._bar.set_facets(facets.cameras, facets.days, facets.lenses)

    def changed(self, ids: Iterable[int]) -> None:
        """A job changed these rows: repaints them, and now and then looks what else is new."""
        self._browser.refresh(ids)
        if time.monotonic() >= self._next_look:
            began = time.monotonic()
            self.look()
            took = time.monotonic() - began
            self._next_look = time.monotonic() + max(_LOOK_EVERY, took / _SHARE)

    def judged(self, ids: Iterable[int]) -> None:
        """The user gave these photos verdicts: repaints them, and when the keys rest counts what
        that moves, if order or filters are by verdicts at all."""
        self._browser.refresh(ids)
        asked = self._query()
        if asked.sort is Sort.STARS or asked.flags or asked.stars or asked.labels:
            self._rest.start()

    def look(self, read: Listing | None = None) -> None:
        """Adds photos that are new at the end and counts those that would stand elsewhere.

        As long as the user has not moved in the list, a list without new order problems is simply
        replaced by the true one. `read` is the library's answer to `asked`, where that was read
        elsewhere so that the window need not wait for it.
        """
        if not self._folders or self._bar is None:
            return
        listing = self._listing() if read is None else self._taken(read)
        if listing is None:
            return
        true = self.stacks.fold(listing, newest=True)
        shown = set(self._browser.photos.ids)
        known = shown if self._basis is None else shown.union(self._basis.ids)
        new = array("q", (id for id in listing.ids if id not in known))
        if new and not self._touched:
            self._basis = listing
            self.stacks.take()
            self._browser.set_ids(true.ids, true.days)
        elif new:
            self._extend(new)
        self._bar.set_moved(_moved(self._browser.photos.ids, true.ids))
        self._tell_numbers()
        self.looked.emit()

    def _extend(self, new: array[int]) -> None:
        """Adds photos at the end of the list, moving nothing."""
        if self._basis is not None:
            days = self._basis.days
            more = ((None, len(new)),) if days else ()
            self._basis = Listing(array("q", [*self._basis.ids, *new]), (*days, *more))
        self._browser.append_ids(new)

    def _tell_numbers(self) -> None:
        self._total = self._ask(lambda: self._store.photos.total(self._folders), 0)
        if self._bar is not None:
            self._bar.set_hidden(self.hidden)
            self._bar.set_folded(self.folded_away)
        self.listed.emit()

    def _listing(self) -> Listing | None:
        """The photos that pass the filters, in the order asked for or found in; not folded."""
        listing = self._ask(lambda: self._store.photos.listing(self.asked), None)
        return None if listing is None else self._taken(listing)

    @property
    def asked(self) -> Query:
        """What the library is asked for. Folding is done here, by groups that are known: the store
        would read them all again."""
        return replace(self._query(), folded=False)

    def _taken(self, listing: Listing) -> Listing:
        self.stacks.folded = self._query().folded
        self._whole = listing
        return self._narrowed(listing)

    def _narrowed(self, listing: Listing) -> Listing:
        """What a limit and a search leave of what passes the filters."""
        if self._limit is not None:
            listing = _within(listing, self._limit)
        self._passing = len(listing.ids)
        if self._found is None:
            return listing
        passing = set(listing.ids)
        return Listing(array("q", (id for id in self._found if id in passing)))

    def _query(self) -> Query:
        if self._bar is not None:
            return self._bar.query(self._model, self._folders)
        sort, descending, by_day = self._order
        return Query(
            self._model, self._folders, sort, descending, by_day=by_day, folded=self._folded
        )

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


def _within(listing: Listing, photos: frozenset[int]) -> Listing:
    """Those of a listing that are among `photos`, with the days that are left."""
    ids = array("q", filter(photos.__contains__, listing.ids))
    days, start = [], 0
    for day, length in listing.days:
        there = sum(map(photos.__contains__, listing.ids[start : start + length]))
        start += length
        if there:
            days.append((day, there))
    return Listing(ids, tuple(days))
