"""Deciding bursts: the burst view, what is kept of a group in one gesture, the way to the next one,
and how far one has come. Handlers of commands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.burst_reasons import Proposed
from uniqa_desktop.gui.burst_view import BurstView
from uniqa_desktop.gui.culling import Culling
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.words import number, remaining, say
from uniqa_desktop.photo import Flag, Photo, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

Answer = TypeVar("Answer")
Otherwise = TypeVar("Otherwise")

_PAUSE = 120.0
"""Seconds after which somebody was away rather than looking at a burst."""
_FEWEST = 3
"""Decisions from which a pace can be told."""
_LAST = 20
"""The pace is that of so many decisions."""


class Pace:
    """How long the user takes for a burst."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._took: list[float] = []

    def decided(self) -> None:
        """A burst was decided now."""
        now = self._clock()
        if now - self._began <= _PAUSE:
            self._took = [*self._took, now - self._began][-_LAST:]
        self._began = now

    def remaining(self, bursts: int) -> float | None:
        """Seconds for so many more bursts; `None` while too few were decided to tell."""
        return median(self._took) * bursts if len(self._took) >= _FEWEST else None


class BurstDesk(QObject):
    """The burst view and what is decided there, and in the grid.

    Signals:
        said(str): a sentence for the user.
        trouble(str): a known error, one sentence.
    """

    said = Signal(str)
    trouble = Signal(str)

    def __init__(
        self,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        verdicts: Verdicts,
        culling: Culling,
        parent: QObject | None = None,
        *,
        pace: Pace | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._browser = browser
        self._shoot = shoot
        self._stacks = shoot.stacks
        self._verdicts = verdicts
        self._culling = culling
        self._pace = pace or Pace()
        verdicts.given.connect(lambda _ids: self._tell_progress())

    # The view

    def show_burst(self) -> None:
        """Shows all frames of the current photo's group."""
        photo = self._browser.current
        group = self._group_of(photo)
        if photo is None or group is None:
            self.said.emit(say("This photo is in no group."))
        else:
            self._show(group, photo.id if not self._stacks.is_closed(photo.id) else None)

    def refresh(self) -> None:
        """Groups or proposals have changed: the view shows what is so now."""
        view = self._view
        if view is None or view.group is None:
            return
        photo = view.frames[view.at].id if view.frames else None
        group = self._stacks.shown.of(photo) if photo is not None else None
        if group is None:
            self._browser.show_grid()
        else:
            view.start(group, self.proposed(group), photo)
            view.wake()
            self._tell_progress()

    @property
    def _view(self) -> BurstView | None:
        board = self._browser.board
        return board if isinstance(board, BurstView) else None

    def _show(self, group: Group, photo: int | None = None) -> None:
        """Shows a group at one of its photos, or at the best; the place in the grid follows."""
        row = self._row_of(group)
        if self._view is None and row is not None:
            self._browser.grid.go_to(row)
        if not self._browser.show_burst(group, self.proposed(group), photo):
            return
        self._tell_progress()

    def _row_of(self, group: Group) -> int | None:
        rows = map(self._browser.photos.row_of, (group.cover, *group.members))
        return next((row for row in rows if row is not None), None)

    def _group_of(self, photo: Photo | None) -> Group | None:
        return None if photo is None else self._stacks.shown.of(photo.id)

    def proposed(self, group: Group) -> Proposed | None:
        """What is proposed of a group, if its frames have been compared."""
        from uniqa_desktop.jobs import proposals

        found = self._ask(lambda: proposals(self._store, [group], self._shoot.model), {})
        proposal = next(iter(found.values()), None)
        return None if proposal is None else Proposed.of(proposal)

    def _photos(self, ids: Sequence[int]) -> list[Photo]:
        return self._ask(lambda: self._store.photos.get(ids, self._shoot.model), [])

    # The next one

    def go_burst(self, delta: int) -> None:
        """Goes to the next (+1) or previous (−1) group of the list: in the burst view shows it."""
        self._go(delta, lambda _group: True, say("There is no further group in this list."))

    def _go(self, delta: int, fits: Callable[[Group], bool], otherwise: str) -> None:
        view = self._view
        here = view.group if view is not None else self._group_of(self._browser.current)
        photos = self._browser.photos
        row = self._row_of(here) if here is not None else None
        row = self._browser.row if row is None else row
        rows = range(row + delta, photos.rowCount()) if delta > 0 else range(row + delta, -1, -1)
        for each in rows:
            group = self._stacks.shown.of(photos.ids[each])
            if group is not None and group != here and fits(group):
                if view is not None:
                    self._browser.grid.go_to(each)
                    self._show(group)
                else:
                    self._browser.go_to(self._row_of(group) or each)
                return
        self.said.emit(otherwise)

    # Keeping

    def keep_these(self) -> None:
        """Picks the frames that are meant and rejects all others of their groups, as one act."""
        view = self._view
        ids = view.chosen if view is not None else self._browser.targets()
        groups = {group for id in ids if (group := self._stacks.shown.of(id)) is not None}
        if not groups:
            self.said.emit(say("This photo is in no group."))
        else:
            self._keep(ids, groups)

    def keep_best(self, n: int) -> None:
        """Picks the best `n` frames of the current group, as they are proposed, and rejects the
        others, as one act."""
        view = self._view
        group = view.group if view is not None else self._group_of(self._browser.current)
        if group is None:
            self.said.emit(say("This photo is in no group."))
        elif self._culling.is_blind:
            self.said.emit(say("Nothing is proposed while you judge blind."))
        elif group.kind is Kind.EXACT:
            self._keep([group.cover], {group})
        elif group.kind.is_whole:
            self._refuse_whole()
        else:
            self._keep_proposed(group, n)

    def _keep_proposed(self, group: Group, n: int) -> None:
        proposed = self.proposed(group)
        if proposed is None:
            self.said.emit(say("The frames of this group have not been compared yet."))
        elif proposed.best is None and not 0 < len(proposed.tied) <= n:
            self.said.emit(
                say("Can't tell which frame is the best: look at them, and keep one yourself.")
            )
        else:
            self._keep(proposed.order[:n], {group}, accepted=True)

    def _refuse_whole(self) -> None:
        self.said.emit(
            say("A bracket, focus stack or panorama is one work: it is kept whole or not at all.")
        )

    def _keep(self, ids: Sequence[int], groups: Iterable[Group], *, accepted: bool = False) -> None:
        """One act: picks these, rejects the others of their groups."""
        there = list(groups)
        if any(group.kind.is_whole for group in there):
            self._refuse_whole()
            return
        kept = set(ids)
        photos = self._photos([id for group in there for id in group.members])
        wanted = {
            photo.id: replace(photo.verdict, flag=Flag.PICK if photo.id in kept else Flag.REJECT)
            for photo in photos
        }
        given = self._verdicts.put(wanted, self._provenance(kept, there, accepted))
        if not given:
            return
        self._pace.decided()
        self.said.emit(
            say("{kept} kept, {rejected} rejected. Undo takes both back.").format(
                kept=number(len(kept & wanted.keys())),
                rejected=number(len(wanted.keys() - kept)),
            )
        )
        self._tell_progress()
        if self._culling.advances and len(there) == 1:
            self._go_on()

    def _provenance(self, kept: set[int], groups: Sequence[Group], accepted: bool) -> Provenance:
        """A suggestion was accepted if just the proposed frame is kept and the user saw which."""
        seen = self._culling.provenance
        if seen is Provenance.BLIND:
            return seen
        view = self._view
        if not accepted and view is not None and view.reasons.best is not None:
            accepted = kept == {view.reasons.best} and len(groups) == 1
        return Provenance.SUGGESTION if accepted else seen

    def _go_on(self) -> None:
        """To the next group that is not decided."""
        flagged = self._flagged()
        self._go(
            1,
            lambda group: not group.kind.is_whole and not _is_decided(group, *flagged),
            say("Every burst from here on is decided."),
        )

    # How far

    def _flagged(self) -> tuple[frozenset[int], frozenset[int]]:
        """The photos of the folder that are picked, and those without a flag."""
        query = Query(self._shoot.model, self._folders, flags=frozenset({Flag.PICK}))
        picked = self._ask(lambda: self._store.photos.ids(query), ())
        return frozenset(picked), self._shoot.undecided()

    @property
    def _folders(self) -> tuple[Path, ...]:
        folder = self._shoot.folder
        return () if folder is None else (folder,)

    def progress(self) -> str:
        """`31 of 84 bursts decided, about 6 minutes left`; empty where there are none."""
        alternatives = [
            group for group in self._stacks.shown.groups.values() if not group.kind.is_whole
        ]
        if not alternatives:
            return ""
        flagged = self._flagged()
        done = sum(_is_decided(group, *flagged) for group in alternatives)
        text = say("{done} of {total} bursts decided").format(
            done=number(done), total=number(len(alternatives))
        )
        left = self._pace.remaining(len(alternatives) - done)
        return text if not left else f"{text}, {remaining(left)}"

    def _tell_progress(self) -> None:
        if self._view is not None:
            self._view.show_progress(self.progress())

    def _ask(self, question: Callable[[], Answer], otherwise: Otherwise) -> Answer | Otherwise:
        """The library's answer; where it has none, says why and goes on with `otherwise`."""
        try:
            return question()
        except KnownError as error:
            self.trouble.emit(str(error))
            return otherwise


def _is_decided(group: Group, picked: frozenset[int], undecided: frozenset[int]) -> bool:
    """Whether one of the frames is picked, or every frame has a flag."""
    return not picked.isdisjoint(group.members) or undecided.isdisjoint(group.members)
