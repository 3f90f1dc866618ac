"""The N best photos of a trip: by a score, spread over time, place and look.

What is maximised, for a set S of at most N photos and a slider v from "best" (0) to "varied" (1):

    F(S) = (1 - v) · mean standing of S + v · mean of the coverages of S

- standing: the share of scored photos that a photo's score beats, so that models and scales agree;
- time and place: over days (and clusters of places), the sum of ∜n · √(photos of S there), n the
  number of moments there: a long day gets more photos than a short one, but not in proportion;
- look: how near each of some hundred landmarks, spread over the trip, is to its most similar photo
  of S (facility location).

A modular function and concave functions of counts and facility location are monotone submodular, so
for single photos the greedy order is within 1 - 1/e of the best set there is (Nemhauser, Wolsey and
Fisher, "An analysis of approximations for maximizing submodular set functions", Mathematical
Programming 14, 1978). It is found lazily: what a photo adds only ever shrinks, so most need not be
asked again (Minoux, "Accelerated greedy algorithms", 1978).

A moment is what is kept or not: one photo, the frame that stands for a folded burst, or all frames
of a bracket, focus stack or panorama. Such a whole work takes as many of the N places as it has
frames, counts once for coverage, and is compared by what it adds per place (Leskovec et al.,
"Cost-effective outbreak detection in networks", KDD 2007); no bound is claimed for those.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

_LANDMARKS = 128
"""As many photos, evenly spread over the trip, stand for its looks."""
_TOGETHER = 64
"""As many moments are asked together what they would add."""
_TIE = 1e-3
"""Even the most varied choice prefers, all else equal, the better photo."""


class Why(StrEnum):
    """Why a photo was left out; the value is the sentence, with places for its values."""

    FAILED = "it cannot be read"
    UNSCORED = "it has no {by} score yet"
    PARTLY_UNSCORED = "it belongs together with frames that have no {by} score yet"
    DUPLICATE = "duplicate of {other}"
    SAME_BURST = "same burst as {other}"
    BURST_OUT = "same burst as {other}, which is left out: {why}"
    NO_ROOM = "its {frames} frames belong together, and {room} places are left"
    LIKE_WORSE = "like {other}, lower {by}"
    LIKE = "like {other}"
    DAY = "the day already has {count}"
    PLACE = "the place already has {count}"
    LOWER = "lower {by}: {score}, the least kept has {least}"
    ADDS_LESS = "adds less than what is kept"
    FULL = "all {count} places are taken"


@dataclass(frozen=True, slots=True, eq=False)
class Trip:
    """The moments to choose from, M of them, in order of capture.

    Attributes:
        score: M, 0–100; what a moment is worth.
        frames: M, how many photos it has.
        day: M, a number for each day; -1 where the time is not known.
        place: M, a number for each cluster of places; -1 where the place is not known.
        look: M×D, directions of length 1 whose cosine is likeness; `None` without features.
    """

    score: np.ndarray
    frames: np.ndarray
    day: np.ndarray
    place: np.ndarray
    look: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Out:
    """Why a moment was left out: `other` is one kept in its stead, `count` what `why` counts."""

    why: Why
    other: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a trip is kept.

    `days` has, by its number, how many photos of each day are kept; `places` how many clusters of
    places have a photo that is kept, and how many there are; `looks` how many of the landmarks are
    like a photo that is kept, and how many there are (none without features).
    """

    days: dict[int, int]
    places: tuple[int, int]
    looks: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """The moments kept, the most valuable first, and why each other one was left out."""

    kept: tuple[int, ...]
    left_out: dict[int, Out]


def select(trip: Trip, keep: int, varied: float = 0.5) -> Selection:
    """Chooses at most `keep` photos; the same trip always gives the same choice.

    Args:
        trip: what there is.
        keep: how many photos may be kept, ≥ 0.
        varied: 0 takes the best by score, 1 covers the trip.

    Raises:
        ValueError: `keep` is negative, or `varied` not within 0–1.
    """
    if keep < 0 or not 0 <= varied <= 1:
        raise ValueError(f"keep {keep} and varied {varied} are out of range")
    looks = _looks(trip.look) if varied and trip.look is not None and len(trip.score) else None
    gain = _Gain(trip, min(keep, int(trip.frames.sum())), varied, looks)
    kept = _greedy(gain, trip.frames, keep)
    return Selection(tuple(kept), _explain(trip, kept, keep, varied))


def coverage(trip: Trip, kept: Sequence[int]) -> Coverage:
    """How much of a trip the moments `kept` cover."""
    chosen = np.array(kept, int)
    days: dict[int, int] = {}
    for day, frames in zip(trip.day[chosen].tolist(), trip.frames[chosen].tolist(), strict=True):
        days[day] = days.get(day, 0) + frames
    there, covered = (np.unique(places[places >= 0]) for places in (trip.place, trip.place[chosen]))
    looks = (0, 0)
    if trip.look is not None and len(trip.look):
        landmarks = _landmarks(len(trip.look))
        near = (trip.look[landmarks] @ trip.look[chosen].T).max(axis=1, initial=0) >= _ALIKE
        looks = (int(near.sum()), len(landmarks))
    return Coverage(days, (len(covered), len(there)), looks)


def clusters(places: np.ndarray, kilometres: float = 1.0) -> np.ndarray:
    """A number for each place (N×2, degrees north and east, NaN where unknown: -1).

    Places are put into cells of about that size, and neighbouring cells that are not empty are one
    cluster, so that a walk along the shore is one place however far it leads.
    """
    known = np.isfinite(places).all(axis=1)
    found = np.full(len(places), -1)
    if not known.any():
        return found
    step = kilometres / 111.2
    north, east = places[known].T
    rows = np.floor(north / step).astype(int)
    # A degree of longitude shrinks towards the poles; the row's own latitude decides by how much.
    shrink = np.maximum(np.cos(np.radians((rows + 0.5) * step)), 0.01)
    columns = np.floor(east * shrink / step).astype(int)
    cells, of_cell = np.unique(np.stack([rows, columns], axis=1), axis=0, return_inverse=True)
    found[known] = _joined(cells)[of_cell.ravel()]
    return found


def _joined(cells: np.ndarray) -> np.ndarray:
    """Which cells (K×2) hang together, side by side or corner to corner, by number."""
    at = {(int(row), int(column)): number for number, (row, column) in enumerate(cells)}
    cluster = np.full(len(cells), -1)
    count = 0
    for first in at:
        if cluster[at[first]] >= 0:
            continue
        waiting = [first]
        cluster[at[first]] = count
        while waiting:
            row, column = waiting.pop()
            for beside in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                number = at.get(beside)
                if number is not None and cluster[number] < 0:
                    cluster[number] = count
                    waiting.append(beside)
        count += 1
    return cluster


class _Gain:
    """What a moment would add to F now; `take` adds it."""

    def __init__(self, trip: Trip, keep: int, varied: float, looks: np.ndarray | None) -> None:
        self._frames = trip.frames
        self._standing = _standing(trip.score)
        covers = [each for each in (trip.day, trip.place) if len(np.unique(each)) > 1]
        parts = max(1, len(covers) + (looks is not None))
        places = max(1, keep)
        self._worth = ((1 - varied) + _TIE) / places
        self._counts = [_Counts(labels, places, varied / parts) for labels in covers]
        self._looks = looks
        self._near = None if looks is None else np.zeros(looks.shape[1], np.float32)
        self._look_worth = 0.0 if looks is None else varied / parts / looks.shape[1]

    def all(self) -> np.ndarray:
        """Of every moment, before anything is taken, per place."""
        return self.of(np.arange(len(self._frames)))

    def of(self, moments: np.ndarray) -> np.ndarray:
        """Of some moments now, per place."""
        frames = self._frames[moments]
        gain = self._worth * self._standing[moments] * frames
        for counts in self._counts:
            gain += counts.of(moments)
        if self._looks is not None and self._near is not None:
            nearer = np.maximum(self._looks[moments] - self._near, 0)
            gain += self._look_worth * nearer.sum(axis=1)
        return gain / frames

    def take(self, moment: int) -> None:
        for counts in self._counts:
            counts.take(moment)
        if self._looks is not None and self._near is not None:
            np.maximum(self._near, self._looks[moment], out=self._near)


class _Counts:
    """Coverage of days or places: the sum of weight · √count, 1 at its largest."""

    def __init__(self, labels: np.ndarray, keep: int, worth: float) -> None:
        _, self._label, sizes = np.unique(labels, return_inverse=True, return_counts=True)
        weights = sizes**0.25
        # By Cauchy and Schwarz, N photos cover no more than this.
        most = np.sqrt(keep * (weights**2).sum())
        self._weights = worth * weights / most
        self._counts = np.zeros(len(sizes))

    def of(self, moments: np.ndarray) -> np.ndarray:
        steps = np.sqrt(self._counts + 1) - np.sqrt(self._counts)
        return (self._weights * steps)[self._label[moments]]

    def take(self, moment: int) -> None:
        self._counts[self._label[moment]] += 1


def _standing(score: np.ndarray) -> np.ndarray:
    """0–1: the share of moments that each is better than; equal scores stand equal."""
    ordered = np.sort(score)
    return np.searchsorted(ordered, score, side="left") / max(1, len(score) - 1)


def _looks(look: np.ndarray) -> np.ndarray:
    """How like each moment is to each landmark: M×L float32, 0–1.

    Directions of one model all point roughly the same way; less their mean they tell more.
    """
    apart = look - look.mean(axis=0, dtype=np.float64).astype(np.float32)
    length = np.sqrt(np.einsum("md,md->m", apart, apart))
    apart /= np.maximum(length, 1e-6)[:, None]
    found = apart @ apart[_landmarks(len(look))].T
    return np.maximum(found, 0, out=found)


def _landmarks(count: int) -> np.ndarray:
    """Which of `count` moments stand for the trip's looks."""
    return np.unique(np.linspace(0, count - 1, _LANDMARKS).round().astype(int))


def _greedy(gain: _Gain, frames: np.ndarray, keep: int) -> list[int]:
    """Moments in the order in which each adds most per place, until no more fits."""
    waiting = [(-value, moment) for moment, value in enumerate(gain.all().tolist())]
    heapq.heapify(waiting)
    kept: list[int] = []
    asked = [0] * len(waiting)
    room = keep
    while waiting and room > 0:
        moment = waiting[0][1]
        if frames[moment] > room:
            heapq.heappop(waiting)
        elif asked[moment] == len(kept):
            heapq.heappop(waiting)
            gain.take(moment)
            kept.append(moment)
            room -= int(frames[moment])
        else:
            # Several at once: asking for one costs as much as asking for many.
            stale = []
            while waiting and len(stale) < _TOGETHER and asked[waiting[0][1]] < len(kept):
                stale.append(heapq.heappop(waiting)[1])
            for value, each in zip(gain.of(np.array(stale)).tolist(), stale, strict=True):
                asked[each] = len(kept)
                heapq.heappush(waiting, (-value, each))
    return kept


_ALIKE = 0.9
"""From this cosine on two photos are told to be like each other."""
_BLOCK = 8192


def _explain(trip: Trip, kept: Sequence[int], keep: int, varied: float) -> dict[int, Out]:
    """A reason for each moment that is not kept: the first of the list in `Why` that is true."""
    out = np.setdiff1d(np.arange(len(trip.score)), kept)
    if not len(out):
        return {}
    if not kept:
        return {int(moment): Out(Why.FULL, count=0) for moment in out}
    room = keep - int(trip.frames[list(kept)].sum())
    least = float(trip.score[list(kept)].min())
    days, places = (_taken(labels, kept) for labels in (trip.day, trip.place))
    alike = _alike(trip, out, np.array(kept)) if varied else {}
    found = {}
    for moment in out.tolist():
        score = trip.score[moment]
        other = alike.get(moment)
        day, place = days.get(int(trip.day[moment])), places.get(int(trip.place[moment]))
        if trip.frames[moment] > max(1, room) and trip.frames[moment] > 1 and score >= least:
            reason = Out(Why.NO_ROOM, count=room)
        elif other is not None:
            worse = score < trip.score[other]
            reason = Out(Why.LIKE_WORSE if worse else Why.LIKE, other)
        elif score < least or not varied:
            reason = Out(Why.LOWER if score < least else Why.FULL, count=len(kept))
        elif day and trip.day[moment] >= 0:
            reason = Out(Why.DAY, count=day)
        elif place and trip.place[moment] >= 0:
            reason = Out(Why.PLACE, count=place)
        else:
            reason = Out(Why.ADDS_LESS)
        found[moment] = reason
    return found


def _taken(labels: np.ndarray, kept: Sequence[int]) -> dict[int, int]:
    """How many of the kept moments each label has."""
    values, counts = np.unique(labels[list(kept)], return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


def _alike(trip: Trip, out: np.ndarray, kept: np.ndarray) -> dict[int, int]:
    """For each moment left out that is like a kept one, the kept one it is most like."""
    if trip.look is None:
        return {}
    found = {}
    for start in range(0, len(out), _BLOCK):
        block = out[start : start + _BLOCK]
        cosines = trip.look[block] @ trip.look[kept].T
        nearest = cosines.argmax(axis=1)
        near = cosines[np.arange(len(block)), nearest] >= _ALIKE
        found.update(zip(block[near].tolist(), kept[nearest[near]].tolist(), strict=True))
    return found
