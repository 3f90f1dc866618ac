"""What the worker does for tastes: each a task of an order, run in the worker's thread.

Light: what they need is imported when they run.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from uniqa_desktop.photo import Photo, Progress

if TYPE_CHECKING:
    from uniqa_desktop.jobs.taste import TasteReport
    from uniqa_desktop.keeping import Keeper
    from uniqa_desktop.store import Store

JOB = "taste"
"""The job under which tasks run, in `Order.job` and in their progress."""


class Task(Protocol):
    """One thing to do; the result is the report of its order."""

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, Any]:
        """Does it in steps.

        Raises:
            KnownError: it cannot be done, for this reason.
        """
        ...


@dataclass(frozen=True, slots=True)
class Train:
    """Learns the taste in use from the verdicts of now: a `TasteReport`.

    `replaces` is a version that gives way to the new one, so that learning after every rating
    leaves one version for a run of ratings, not one for each.
    """

    model: str
    device: str
    replaces: int | None = None

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, TasteReport]:
        from uniqa_desktop.jobs.taste import train_taste

        with keeper.lent(self.model, self.device) as scorer:
            report = yield from train_taste(store, scorer, stop=stop)
        if report.new and self.replaces not in (None, report.version):
            store.tastes.drop_version(store.tastes.profile(report.profile), self.replaces or 0)
        return report


@dataclass(frozen=True, slots=True)
class Apply:
    """Scores all photos by what was learned before, new ones among them; what was learned from
    other weights is learned anew from the same ratings (a `TasteReport` then)."""

    model: str
    device: str

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, TasteReport | None]:
        from uniqa_desktop.errors import WeightsError
        from uniqa_desktop.jobs.taste import apply_taste

        yield Progress(JOB, 0)
        try:
            with keeper.lent(self.model, self.device) as scorer:
                apply_taste(store, scorer)
        except WeightsError:
            return (yield from Train(self.model, self.device).steps(store, keeper, stop))
        return None


@dataclass(frozen=True, slots=True)
class RollBack:
    """Makes an earlier version the current one of its model, and scores by it: how many photos
    moved."""

    profile: str
    version: int
    device: str

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, int]:
        from uniqa_desktop.jobs.taste import roll_back

        yield Progress(JOB, 0)
        wanted = store.tastes.version(store.tastes.profile(self.profile), self.version)
        with keeper.lent(wanted.model, self.device) as scorer:
            return roll_back(store, scorer, self.profile, self.version)[1]


@dataclass(frozen=True, slots=True)
class Export:
    """Writes a taste into a file: the files written."""

    profile: str
    to: Path
    model: str
    device: str

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, list[Path]]:
        from uniqa_desktop.jobs.taste_export import write_out

        yield Progress(JOB, 0)
        with keeper.lent(self.model, self.device) as scorer:
            return write_out(store, scorer, self.profile, self.to)[1]


@dataclass(frozen=True, slots=True)
class Import:
    """Takes up a taste from a file: the name it has now."""

    file: Path
    model: str
    device: str

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, str]:
        from uniqa_desktop.jobs.taste_import import take_up

        yield Progress(JOB, 0)
        with keeper.lent(self.model, self.device) as scorer:
            return take_up(store, scorer, self.file, None)[0]


@dataclass(frozen=True, slots=True)
class Audit:
    """A blind audit under way: its number, the photos to be judged in their order, how many were
    judged in it before, and when it began if that was not now."""

    number: int
    photos: list[Photo]
    judged: int = 0
    began: datetime | None = None


@dataclass(frozen=True, slots=True)
class BeginAudit:
    """Goes on with the audit that was left without a report, or draws photos for a new one."""

    model: str
    anew: bool = False

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, Audit]:
        from uniqa_desktop.jobs.taste_audit import begin_audit, unfinished

        yield Progress(JOB, 0)
        before = None if self.anew else unfinished(store, self.model)
        if before is not None:
            photos = store.photos.get(before.left)
            return Audit(before.audit, photos, before.judged, before.began)
        number, drawn = begin_audit(store, self.model)
        return Audit(number, store.photos.get(drawn))


@dataclass(frozen=True, slots=True)
class ReportAudit:
    """The report of a blind audit, which is kept (`jobs.taste_audit.report_audit`)."""

    number: int

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, dict[str, Any]]:
        from uniqa_desktop.jobs.taste_audit import report_audit

        yield Progress(JOB, 0)
        return report_audit(store, None, self.number)
