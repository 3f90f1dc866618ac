"""What the worker does for tastes: each a task of an order, run in the worker's thread.

Light: what they need is imported when they run.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from uniqa_desktop.photo import Progress

if TYPE_CHECKING:
    from uniqa_desktop.jobs.taste import TasteReport
    from uniqa_desktop.keeping import Keeper
    from uniqa_desktop.store import Store

JOB = "taste"
"""The job under which tasks run, in `Order.job` and in their progress."""
_PRIVATE = ("learned_from", "said", "evidence")
"""What a card says of the photos themselves, which stays here."""


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
        from uniqa_desktop.errors import WrongUse
        from uniqa_desktop.jobs.taste import apply_taste
        from uniqa_desktop.jobs.taste_view import weights_of

        yield Progress(JOB, 0)
        profile = store.tastes.profile(self.profile)
        wanted = store.tastes.version(profile, self.version)
        with keeper.lent(wanted.model, self.device) as scorer:
            if wanted.weights != weights_of(scorer):
                raise WrongUse(
                    f"This version of {profile.name} was learned from other weights of "
                    f"{wanted.model} than those installed: learn it anew from the same ratings."
                )
            store.tastes.roll_back(profile, self.version)
            return apply_taste(store, scorer, profile.name)[1]


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
        from uniqa_desktop.jobs.taste import current
        from uniqa_desktop.taste import files

        yield Progress(JOB, 0)
        with keeper.lent(self.model, self.device) as scorer:
            learned, version = current(store, scorer, store.tastes.profile(self.profile))
        card = {key: value for key, value in version.card.items() if key not in _PRIVATE}
        card |= {
            "model": version.model, "weights": version.weights, "at": version.at.isoformat(),
        }  # fmt: skip
        return files.write(self.to, learned, card)


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
class BeginAudit:
    """Draws photos for a blind audit: its number, and the photos in random order."""

    model: str

    def steps(
        self, store: Store, keeper: Keeper, stop: threading.Event
    ) -> Generator[Progress, None, tuple[int, list[Any]]]:
        from uniqa_desktop.jobs.taste_audit import begin_audit

        yield Progress(JOB, 0)
        number, drawn = begin_audit(store, self.model)
        photos = {photo.id: photo for photo in store.photos.get(drawn)}
        return number, [photos[photo] for photo in drawn if photo in photos]


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
