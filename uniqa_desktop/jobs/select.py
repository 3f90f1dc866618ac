"""The N best of a folder, from what the library knows; no photo is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import nan
from pathlib import Path

import numpy as np

from uniqa_desktop import select
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.jobs.best import proposals
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Flag as Flags
from uniqa_desktop.photo import Photo, Progress, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.select import Out, Why
from uniqa_desktop.store import Store

BY = ("quality", "aesthetics", "taste")
"""The scores that photos can be selected by."""

_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A photo that was left out: `why` is a sentence with places for `values`; `str` fills them.
    `because` is why the frame that stands for its burst was left out, where that is the reason."""

    photo: int
    why: Why
    values: Mapping[str, str]
    because: LeftOut | None = None

    def __str__(self) -> str:
        return str(self.why).format(**self.values, why=self.because)


@dataclass(frozen=True, slots=True)
class Covered:
    """What is kept, and what there is: of each day in order (`None` is unknown) the photos, of the
    places and of the looks (`select.Coverage`) how many."""

    days: tuple[tuple[date | None, int, int], ...] = ()
    places: tuple[int, int] = (0, 0)
    looks: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class SelectReport:
    """What was selected. `kept` is in order of value, `left_out` in order of capture; every photo
    of the folders is in one of them. `unscored` photos could not take part, `ungrouped` says that
    no groups are known, so that nothing could be folded."""

    kept: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    moments: int
    unscored: int
    ungrouped: bool
    covered: Covered = field(default_factory=Covered)


@dataclass(frozen=True, slots=True)
class _Photos:
    """What is known of the photos by id, in order of capture: their scores, names and folders,
    days and places, and those that cannot be read.

    Plain numbers and texts, as 100,000 `Photo` values keep the garbage collector at work for half a
    second at a time (measured), and whoever waits for Python's lock with it.
    """

    scores: dict[int, float | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    folders: dict[int, str] = field(default_factory=dict)
    days: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)

    def add(self, photos: Iterable[Photo], by: str) -> None:
        for photo in photos:
            self.scores[photo.id] = _score(photo, by)
            self.names[photo.id] = photo.path.name
            self.folders[photo.id] = photo.path.parent.name
            self.days[photo.id] = _day(photo)
            self.places[photo.id] = _place(photo)
            if photo.failure is not None:
                self.failed.add(photo.id)


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is kept or not: `frames` all or none of them, `others` never."""

    frames: tuple[int, ...]
    others: tuple[int, ...] = ()
    score: float = nan
    kind: Kind | None = None


def select_best(
    store: Store,
    scorer: Scorer | None,
    folders: Sequence[Path] = (),
    *,
    keep: int,
    by: str = "quality",
    model: str,
    varied: float = 0.5,
    fold: bool = True,
) -> Generator[Progress, None, SelectReport]:
    """Selects at most `keep` of the present photos at or below `folders`.

    Args:
        store: the library; its groups as they were found last.
        scorer: compares photos by look, from stored features; `None` leaves look out.
        folders: where; the whole library without any.
        keep: how many photos.
        by: one of `BY`.
        model: whose scores.
        varied: 0 the best, 1 the most varied.
        fold: see `gather`.

    Yields:
        Progress in photos.
    """
    candidates = yield from gather(
        store, scorer if varied else None, folders, by=by, model=model, fold=fold
    )
    return candidates.choose(keep, varied)


def gather(
    store: Store,
    scorer: Scorer | None,
    folders: Sequence[Path] = (),
    *,
    by: str = "quality",
    model: str,
    fold: bool = True,
) -> Generator[Progress, None, Candidates]:
    """Reads all that choosing needs, once: any number of photos can be chosen of it then.

    Args:
        store: the library; its groups as they were found last.
        scorer: compares photos by look, from stored features; `None` leaves look out.
        folders: where; the whole library without any.
        by: one of `BY`.
        model: whose scores.
        fold: at most one frame of a burst, near- or exact duplicates. Brackets, focus stacks and
            panoramas are kept whole or not, folded or not.

    Yields:
        Progress in photos.
    """
    ids = store.photos.ids(Query(model, folders=tuple(folders), sort=Sort.TAKEN))
    pace = Pace("select", total=len(ids))
    yield pace.step()
    photos = _Photos()
    for start in range(0, len(ids), _AT_ONCE):
        block = store.photos.get(ids[start : start + _AT_ONCE], model)
        photos.add(block, by)
        pace.add(len(block))
        if pace.due:
            yield pace.step()
    found = store.groups.all(folders).values()
    groups = [group for group in found if not photos.scores.keys().isdisjoint(group.members)]
    moments = _moments(store, groups, photos.scores, model, fold)
    scored = [moment for moment in moments if moment.score == moment.score]
    covers = [moment.frames[0] for moment in scored]
    look = _look(store, scorer, covers) if scorer else None
    trip = select.Trip(
        score=np.array([moment.score for moment in scored]),
        frames=np.array([len(moment.frames) for moment in scored], int),
        day=np.array([photos.days[cover] for cover in covers], int),
        place=select.clusters(np.array([photos.places[each] for each in covers]).reshape(-1, 2)),
        look=look,
    )
    yield pace.step()
    return Candidates(photos, by, trip, moments, scored, ungrouped=not groups)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What there is to choose from: the `photos`, all `moments`, and those `scored`, which are the
    `trip`."""

    photos: _Photos
    by: str
    trip: select.Trip
    moments: Sequence[_Moment]
    scored: Sequence[_Moment]
    ungrouped: bool

    def choose(self, keep: int, varied: float = 0.5) -> SelectReport:
        """Selects at most `keep` photos; see `select_best`."""
        chosen = select.select(self.trip, keep, varied)
        kept = [photo for moment in chosen.kept for photo in self.scored[moment].frames]
        telling = _Telling(self.photos, self.by, self.trip, self.scored, chosen)
        out = dict(telling.of_scored())
        out.update(telling.of_unscored(self.moments))
        return SelectReport(
            tuple(kept),
            tuple(out[number] for number in self.photos.scores if number in out),
            len(self.moments),
            sum(score is None for score in self.photos.scores.values()),
            self.ungrouped,
            self._covered(chosen),
        )

    def _covered(self, chosen: select.Selection) -> Covered:
        covered = select.coverage(self.trip, chosen.kept)
        there = Counter(self.photos.days.values())
        days = sorted(there, key=lambda day: (day < 0, day))
        return Covered(
            tuple(
                (date.fromordinal(day) if day >= 0 else None, covered.days.get(day, 0), there[day])
                for day in days
            ),
            covered.places,
            covered.looks,
        )


def pick(store: Store, kept: Sequence[int]) -> int:
    """Flags the selected photos as picks, as one act that `undo` takes back: only at the user's
    explicit word. Returns how many photos differ from before."""
    return store.verdicts.give(list(kept), flag=Flags.PICK, provenance=Provenance.SUGGESTION)


def _moments(
    store: Store,
    groups: Iterable[Group],
    scores: Mapping[int, float | None],
    model: str,
    fold: bool,
) -> list[_Moment]:
    """The moments in order of capture; a group counts with those of its frames that are here."""
    found: dict[int, _Moment] = {}
    folded = [group for group in groups if not group.kind.is_whole] if fold else []
    proposed = proposals(store, folded, model)
    for group in groups:
        members = tuple(photo for photo in group.members if photo in scores)
        known = [value for photo in members if (value := scores[photo]) is not None]
        if group.kind.is_whole:
            score = sum(known) / len(known) if len(known) == len(members) else nan
            moment = _Moment(members, score=score)
        elif fold and known:
            proposal = proposed.get(group.members)
            best = proposal.best if proposal else None
            if best is None or scores.get(best) is None:
                best = max(members, key=lambda photo: -1 if (s := scores[photo]) is None else s)
            others = tuple(photo for photo in members if photo != best)
            moment = _Moment((best,), others, float(scores[best] or 0), group.kind)
        else:
            continue
        found.update((photo, moment) for photo in members)
    for number, score in scores.items():
        if number not in found:
            found[number] = _Moment((number,), score=_known(score))
    # Moments without a score differ from themselves, so they are told apart by identity.
    return list({id(found[number]): found[number] for number in scores}.values())


def _known(score: float | None) -> float:
    return nan if score is None else score


def _score(photo: Photo, by: str) -> float | None:
    if photo.failure is not None:
        return None
    if by == "taste":
        return photo.taste
    return getattr(photo.scores, by) if photo.scores else None


def _day(photo: Photo) -> int:
    return photo.meta.taken.toordinal() if photo.meta.taken else -1


def _place(photo: Photo) -> tuple[float, float]:
    place = photo.meta.place
    return (place.latitude, place.longitude) if place else (nan, nan)


def _look(store: Store, scorer: Scorer, ids: Sequence[int]) -> np.ndarray | None:
    """Directions of photos, zero for those without features; `None` if there are none at all."""
    if scorer.features_key is None or not ids:
        return None
    at = {photo: row for row, photo in enumerate(ids)}
    found: np.ndarray | None = None
    for start in range(0, len(ids), _AT_ONCE):
        known, features = store.features.read(ids[start : start + _AT_ONCE], *scorer.features_key)
        directions = scorer.directions(features) if len(known) else None
        if directions is None:
            continue
        if found is None:
            found = np.zeros((len(ids), directions.shape[1]), np.float32)
        found[[at[photo] for photo in known]] = directions
    return found


class _Telling:
    """Reasons for single photos from those for moments."""

    def __init__(
        self,
        photos: _Photos,
        by: str,
        trip: select.Trip,
        moments: Sequence[_Moment],
        chosen: select.Selection,
    ) -> None:
        self._photos, self._by = photos, by
        self._trip, self._moments, self._chosen = trip, moments, chosen
        self._names = Counter(photos.names.values())
        self._least = min((float(trip.score[each]) for each in chosen.kept), default=0.0)

    def of_scored(self) -> Iterable[tuple[int, LeftOut]]:
        """Reasons for what could have been kept."""
        for moment in self._chosen.kept:
            frames, others = self._moments[moment].frames, self._moments[moment].others
            for photo in others:
                same = self._moments[moment].kind is Kind.BURST
                why = Why.SAME_BURST if same else Why.DUPLICATE
                yield photo, LeftOut(photo, why, {"other": self._name(frames[0])})
        for moment, out in self._chosen.left_out.items():
            reason = self._moment(moment, out)
            frames, others = self._moments[moment].frames, self._moments[moment].others
            for photo in frames:
                yield photo, LeftOut(photo, out.why, reason)
            because = LeftOut(frames[0], out.why, reason)
            for photo in others:
                values = {"other": self._name(frames[0])}
                yield photo, LeftOut(photo, Why.BURST_OUT, values, because)

    def of_unscored(self, moments: Iterable[_Moment]) -> Iterable[tuple[int, LeftOut]]:
        """Reasons for what could not take part."""
        for moment in moments:
            if moment.score == moment.score:
                continue
            for photo in (*moment.frames, *moment.others):
                why = Why.FAILED if photo in self._photos.failed else Why.UNSCORED
                if self._photos.scores[photo] is not None:
                    why = Why.PARTLY_UNSCORED
                yield photo, LeftOut(photo, why, {"by": self._by})

    def _moment(self, moment: int, out: Out) -> dict[str, str]:
        trip = self._trip
        return {
            "by": self._by,
            "other": "" if out.other is None else self._name(self._moments[out.other].frames[0]),
            "count": str(out.count),
            "room": str(out.count),
            "frames": str(int(trip.frames[moment])),
            "score": f"{trip.score[moment]:.1f}",
            "least": f"{self._least:.1f}",
        }

    def _name(self, photo: int) -> str:
        """The file's name, with its folder where two share it."""
        name = self._photos.names[photo]
        return name if self._names[name] == 1 else f"{self._photos.folders[photo]}/{name}"
