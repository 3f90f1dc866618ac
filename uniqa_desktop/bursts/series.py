"""Works made of several frames that are kept whole: brackets, panoramas, focus stacks.

Candidates come from camera data alone; panoramas and focus stacks are then looked at (`closer`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from uniqa_desktop.bursts import evidence
from uniqa_desktop.bursts.closer import Overlap
from uniqa_desktop.bursts.frames import Frames, Ints, Mask
from uniqa_desktop.bursts.group import Kind


class Whole(NamedTuple):
    """A work: neighbouring places from `first` to before `end`, and the log-odds that it is one."""

    kind: Kind
    first: int
    end: int
    odds: float
    cover: int


BRACKET_GAP = 25.0
"""Seconds that two frames of a bracket are apart at most: long exposures, bracketing by hand."""
LEAST_STEP, LEAST_SET = 0.18, 0.1
"""EV that two frames of a bracket differ by at least, in the light let in (automatic exposure
wavers by less) or in the bias that was set."""
BRACKET = {
    "prior": -3.0,
    "camera says so": 5.0,
    "set exposures differ": 4.0,
    "even steps": 3.0,
    "a stop or more": 1.0,
    "even pace": 1.0,
    "a second beyond 8": -0.15,
    "lightness follows": 1.5,
    "lightness does not": -4.0,
    "likeness": 0.3,
}
"""Log-odds; `likeness` weighs how alike the frames look (−8 to 6), for exposure changes that.
Lightness tells a bracket from automatic exposure, which keeps pictures alike in changing light."""
FOLLOWS = 3.0
"""L* per EV from which on a picture's lightness follows its exposure; 7 to 12 is usual."""

PANORAMA_GAP = (0.25, 20.0)
PANORAMA = {
    "prior": -4.0,
    "match": 10.0,
    "straight": 3.0,
    "wide": 2.0,
    "slow": 1.0,
    "more frames": 0.7,
}
"""Log-odds; `match` a unit of correlation above `LEAST_MATCH`."""
LEAST_MATCH = 0.55
FARTHEST = 0.6
"""How far the looks of two neighbours in a panorama may be apart, as a share of unrelated photos;
0.06 to 0.4 at shifts of 0.25 to 0.5 (measured). It spares looking at most other neighbours."""
SHIFTS = (0.1, 0.85)
"""A panorama's frame-to-frame shift as a share of the frame."""
LEAST_SWEEP = 0.5
"""What a panorama adds to one frame at least, in frames."""

STACK_FRAMES = 4
STACK_GAP = 4.0
STACK = {"prior": -5.0, "wander": 14.0, "camera says so": 6.0, "marked as a burst": -4.0}
"""Log-odds; `wander` a unit of `closer.wander`."""


def brackets(frames: Frames, among: Ints) -> list[Whole]:
    """Exposure brackets among the photos at these places (in order; results count along them)."""
    if len(among) < 2:
        return []
    one, other = among[:-1], among[1:]
    apart = evidence.gaps(frames, one, other)
    stepped = _stepped(frames, one, other)
    flagged = frames.bracketing[one] & frames.bracketing[other]
    with np.errstate(invalid="ignore"):
        linked = (
            (apart <= BRACKET_GAP)
            & (stepped | flagged)
            & _one_setup(frames, one, other)
            & (evidence.likeness(frames, one, other) > _ALIKE)
        )
    found = []
    for first, end in _runs(linked, 2):
        for start, stop in _ladders(frames, among, first, end):
            whole = _bracket(frames, among, start, stop)
            if whole is not None:
                found.append(whole)
    return found


_ALIKE = -6.5
"""A bracket's frames look quite unlike where one is nearly black; another scene is worse."""


def _stepped(frames: Frames, one: Ints, other: Ints) -> Mask:
    """Whether two exposures differ by more than automatic exposure makes them."""
    with np.errstate(invalid="ignore"):
        light = np.abs(frames.light[other] - frames.light[one]) >= LEAST_STEP
        return light | (np.abs(frames.bias[other] - frames.bias[one]) >= LEAST_SET)


def _one_setup(frames: Frames, one: Ints, other: Ints) -> Mask:
    """One sequence, one focal length, one shape."""
    with np.errstate(invalid="ignore", divide="ignore"):
        zoomed = np.abs(np.log(frames.focal[other] / frames.focal[one])) > 0.03
    same = (frames.line[one] == frames.line[other]) & ~zoomed
    return same & (frames.shape[one] == frames.shape[other]).all(axis=1)


def _runs(linked: Mask, least: int) -> Iterator[tuple[int, int]]:
    """First and past-the-end places of `least` or more linked neighbours."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], linked, [False]]).astype(np.int8)))
    for first, end in edges.reshape(-1, 2).tolist():
        if end + 1 - first >= least:
            yield first, end + 1


def _ladders(frames: Frames, among: Ints, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts a run of stepped exposures where one comes a second time: there the next begins."""
    start = first
    for place in range(first + 1, end):
        here = np.full(place - start, among[place])
        if not _stepped(frames, among[start:place], here).all():
            yield start, place
            start = place
    yield start, end


def _bracket(frames: Frames, among: Ints, first: int, end: int) -> Whole | None:
    places, w = among[first:end], BRACKET
    count = len(places)
    flagged = bool(frames.bracketing[places].all())
    if count < (2 if flagged else 3):
        return None
    bias, light = frames.bias[places], frames.light[places]
    odds = w["prior"] + w["camera says so"] * flagged
    set_apart = not np.isnan(bias).any() and (np.diff(np.sort(bias)) > 0.05).all()
    exposures = bias if set_apart or np.isnan(light).any() else light
    steps = np.diff(np.sort(exposures))
    span = float(steps.sum())
    even = count > 2 and float(steps.std()) <= 0.35 * float(steps.mean()) and span >= 1.2
    odds += w["set exposures differ"] * set_apart + w["even steps"] * even
    odds += w["a stop or more"] * (span >= 0.95)
    pauses = evidence.gaps(frames, places[:-1], places[1:])
    odds += w["a second beyond 8"] * max(0.0, float(np.median(pauses)) - 8)
    if count > 2 and span > 0:
        slope = float(np.polyfit(exposures, frames.lightness[places], 1)[0])
        odds += w["lightness follows"] if slope >= FOLLOWS else w["lightness does not"]
    odds += w["even pace"] * (float(pauses.max()) <= 3 * max(float(np.median(pauses)), 0.3))
    middle = int(np.argsort(exposures, kind="stable")[count // 2])
    centre = np.full(count, places[middle])
    odds += w["likeness"] * float(evidence.likeness(frames, centre, places).mean())
    # Nominal: what the photographer aimed at stands for the group.
    cover = int(np.argmin(np.abs(bias))) if set_apart and (np.abs(bias) < 0.1).any() else middle
    return Whole(Kind.BRACKET, first, end, float(odds), first + cover)


# Panoramas


def panorama_pairs(frames: Frames, among: Ints) -> Mask:
    """Which neighbours (of N photos at these places: N−1) could be two frames of a panorama."""
    if len(among) < 3:
        return np.zeros(max(0, len(among) - 1), bool)
    one, other = among[:-1], among[1:]
    apart = evidence.gaps(frames, one, other)
    light = np.nan_to_num(np.abs(frames.light[other] - frames.light[one]))
    with np.errstate(invalid="ignore"):
        could = (apart >= PANORAMA_GAP[0]) & (apart <= PANORAMA_GAP[1])
    could &= _one_setup(frames, one, other) & (light <= 1.5)
    # The same view again is no sweep, and another scene shares nothing.
    could &= evidence.differing_bits(frames, one, other) > 8
    if frames.looks is not None:
        apart, known = evidence.distance(frames, one, other)
        could &= ~known | (apart <= FARTHEST)
    alone = ~(np.concatenate([[False], could[:-1]]) | np.concatenate([could[1:], [False]]))
    return could & ~alone


def panoramas(
    frames: Frames, among: Ints, overlaps: Mapping[tuple[int, int], Overlap]
) -> list[Whole]:
    """Sweeps among the photos at these places; `overlaps` by the ids of two neighbours."""
    linked = np.zeros(max(0, len(among) - 1), bool)
    moves: dict[int, Overlap] = {}
    for place in np.flatnonzero(panorama_pairs(frames, among)).tolist():
        ids = int(frames.ids[among[place]]), int(frames.ids[among[place + 1]])
        seen = overlaps.get(ids)
        if seen is not None and seen.match >= LEAST_MATCH and _moved(seen):
            moves[place] = seen
            linked[place] = True
    found = []
    for first, end in _runs(linked, 3):
        for start, stop in _sweeps([moves[place] for place in range(first, end - 1)]):
            if stop - start >= 2:
                whole = _panorama(
                    frames, among, first + start, [moves[first + at] for at in range(start, stop)]
                )
                if whole is not None:
                    found.append(whole)
    return found


def _moved(seen: Overlap) -> bool:
    return SHIFTS[0] <= max(abs(seen.right), abs(seen.down)) <= SHIFTS[1]


def _sweeps(moves: Sequence[Overlap]) -> Iterator[tuple[int, int]]:
    """Cuts where the direction changes: first and past-the-end moves of one direction."""
    start = 0
    for place in range(1, len(moves)):
        if _straightness(moves[place - 1], moves[place]) < 0.7:
            yield start, place
            start = place
    yield start, len(moves)


def _straightness(one: Overlap, other: Overlap) -> float:
    a, b = np.array(one[:2]), np.array(other[:2])
    return float(a @ b / max(np.linalg.norm(a) * np.linalg.norm(b), 1e-9))


def _panorama(frames: Frames, among: Ints, first: int, moves: Sequence[Overlap]) -> Whole | None:
    w, count = PANORAMA, len(moves) + 1
    swept = float(np.linalg.norm(np.sum([move[:2] for move in moves], axis=0)))
    if swept < LEAST_SWEEP:
        return None
    places = among[first : first + count]
    pauses = evidence.gaps(frames, places[:-1], places[1:])
    straight = float(np.mean([_straightness(*two) for two in pairwise(moves)]))
    odds = w["prior"] + w["match"] * (float(np.mean([m.match for m in moves])) - LEAST_MATCH)
    odds += w["straight"] * (straight - 0.5) / 0.5 + w["wide"] * min(swept, 1.5)
    odds += w["slow"] * (1 if float(np.median(pauses)) >= 0.5 else -2)
    odds += w["more frames"] * min(count - 3, 4)
    return Whole(Kind.PANORAMA, first, first + count, float(odds), first + count // 2)


# Focus stacks


def stack_candidates(frames: Frames, among: Ints) -> list[tuple[int, int]]:
    """First and past-the-end places of runs that could be focus stacks: one view, one exposure,
    and the sharpest region in three places or more."""
    if len(among) < STACK_FRAMES:
        return []
    one, other = among[:-1], among[1:]
    with np.errstate(invalid="ignore"):
        linked = evidence.gaps(frames, one, other) <= STACK_GAP
    linked &= _one_setup(frames, one, other) & ~_stepped(frames, one, other)
    linked &= evidence.likeness(frames, one, other) >= 2.5
    middles = np.round(frames.sharpest[among], 2).tolist()
    return [
        (first, end)
        for first, end in _runs(linked, STACK_FRAMES)
        if len({tuple(middle) for middle in middles[first:end]}) >= 3
    ]


def stacks(frames: Frames, among: Ints, wander: Mapping[tuple[int, int], float]) -> list[Whole]:
    """Focus stacks; `wander` is what `closer.wander` said, by the ids of a run's ends."""
    found = []
    for first, end in stack_candidates(frames, among):
        ids = int(frames.ids[among[first]]), int(frames.ids[among[end - 1]])
        if ids in wander:
            odds = STACK["prior"] + STACK["wander"] * wander[ids]
            odds += STACK["camera says so"] * bool(frames.stacking[among[first:end]].all())
            odds += STACK["marked as a burst"] * bool((frames.burst[among[first:end]] >= 0).any())
            found.append(Whole(Kind.FOCUS_STACK, first, end, odds, (first + end) // 2))
    return found
