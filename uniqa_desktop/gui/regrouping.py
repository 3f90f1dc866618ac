"""Grouping in the worker's thread: as a job, and at any strictness while the user tries some."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uniqa_desktop import jobs
from uniqa_desktop.bursts import grouping
from uniqa_desktop.bursts.group import Group
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.jobs import BurstsReport
from uniqa_desktop.keeping import Keeper
from uniqa_desktop.photo import Progress
from uniqa_desktop.store import Store, Thumbs

if TYPE_CHECKING:
    from uniqa_desktop.bursts.grouping import Evidence
    from uniqa_desktop.gui.worker import Order


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The groups at a strictness, by number, as the user has corrected them. Nothing is stored."""

    strictness: float
    groups: Mapping[int, Group]


@dataclass(frozen=True, slots=True)
class Untold:
    """The bursts whose best frame cannot be told, by their members: they are to be looked at."""

    bursts: frozenset[tuple[int, ...]]


class Regrouping:
    """Keeps the evidence of the folder that was grouped last: gathering it takes seconds in a large
    library, grouping by it a fraction of one."""

    def __init__(self, store: Store, thumbs: Thumbs, keeper: Keeper) -> None:
        self._store = store
        self._thumbs = thumbs
        self._keeper = keeper
        self._about: object = None
        self._evidence: Evidence | None = None

    def job(self, order: Order, stop: threading.Event) -> Generator[Progress, None, BurstsReport]:
        """Groups the photos of the order's folders, at the strictness that is its task.

        Raises:
            WeightsError: the model is not installed.
            DiskFull, LibraryError: nothing was stored.
        """

        def keep(evidence: Evidence) -> None:
            self._about, self._evidence = (order.folders, order.model), evidence

        with self._keeper.lent(order.model, order.device) as scorer:
            return (
                yield from jobs.bursts(
                    self._store,
                    self._thumbs,
                    scorer,
                    order.folders,
                    strictness=order.task,
                    stop=stop,
                    keep=keep,
                )
            )

    def to(self, question: Question) -> Generator[Any, None, None]:
        """The answers to a question of the kind `groups` or `untold`.

        Raises:
            KnownError: there is none, for this reason.
        """
        yield from self._untold(question) if question.kind == "untold" else self._groups(question)

    def _untold(self, question: Question) -> Generator[Any, None, None]:
        groups = self._store.groups.all(question.folders).values()
        found = jobs.proposals(self._store, groups, question.model).values()
        yield Untold(frozenset(each.members for each in found if each.best is None))

    def _groups(self, question: Question) -> Generator[Any, None, None]:
        """`Regrouped`; before that `None` as long as evidence is gathered."""
        about = question.folders, question.model
        if self._evidence is None or self._about != about:
            with self._keeper.lent(question.model, question.device) as scorer:
                gathering = jobs.gather(self._store, self._thumbs, scorer, question.folders)
                while True:
                    try:
                        next(gathering)
                    except StopIteration as end:
                        self._about, self._evidence = about, end.value
                        break
                    yield None
        assert self._evidence is not None
        found = grouping.regroup(self._evidence, question.number)
        yield Regrouped(question.number, self._store.groups.corrected(found))
