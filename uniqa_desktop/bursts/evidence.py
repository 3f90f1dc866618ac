"""What speaks for and against two photos belonging together, in log-odds that add up.

0 is even odds, 2 about 88 %, 4 about 98 %; every cue has a bound, so that none decides alone
what the others deny. The numbers are set from what cameras and people do (cadences, how a scene
changes), not fitted to a collection; docs/guide/bursts.md says how they fare.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from uniqa_desktop.bursts.frames import Floats, Frames, Ints, Mask

SECOND = 1_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class Fade:
    """A cue that speaks for at 0, not at all at `even`, and ever more against beyond it."""

    even: float
    most: float
    least: float

    def __call__(self, value: Floats) -> Floats:
        return np.clip(self.most * (1 - value / self.even), self.least, self.most)


LOOK = Fade(even=0.30, most=3.0, least=-5.0)
"""Distance of two looks, as a share of that of unrelated photos."""
HASH = Fade(even=16.0, most=3.0, least=-3.0)
"""Differing bits of 64; unrelated photos differ in 32 ± 5."""
HASH_ALONE = Fade(even=14.0, most=4.5, least=-6.0)
"""The same where there are no features."""
COPY_LOOK = Fade(even=0.08, most=4.0, least=-4.0)
COPY_HASH = Fade(even=7.0, most=4.0, least=-6.0)
"""The same two for copies of one exposure, which differ by rounding, size or a light edit."""

TIME_EVEN, TIME_SLOPE, TIME_MOST, TIME_LEAST = 2.0, 2.0, 3.0, -9.0
"""Seconds between two frames at which time says nothing, log-odds per e-fold, and its bounds."""
LEAST_GAP = 0.1
COARSE_GAP = 0.3
"""What "the same second" is taken to mean where a clock has whole seconds."""
HICCUP, STRIDE, RHYTHM, RHYTHM_LEAST = 0.5, 4.0, -1.2, -5.0
"""A gap longer than a hiccup (seconds) and than `STRIDE` times its neighbours breaks the rhythm:
log-odds per e-fold beyond that, and their bound."""

WEIGHTS = {
    "prior": -0.5,
    "untimed, next number": -1.5,
    "untimed": -4.0,
    "focal length changed": -2.0,
    "lens changed": -1.0,
    "shape changed": -1.0,
    "a stop of light": -0.5,
    "same burst mark": 8.0,
    "other burst mark": -8.0,
    "next in sequence": 2.0,
    "sequence began anew": -3.0,
    "centre": 1.5,
}
"""Log-odds of what is there or not, for frames of one moment. `centre` is what being linked to a
group is worth when a frame is compared with its centre."""
COPY_WEIGHTS = {
    "prior": -3.0,
    "same instant": 8.0,
    "same second": 2.0,
    "other time": -6.0,
    "other size": 1.0,
    "same name": 2.0,
    "other number": -4.0,
    "other camera": -3.0,
    "other exposure": -2.0,
}
"""The same for copies of one exposure."""


def likeness(frames: Frames, one: Ints, other: Ints) -> Floats:
    """How alike pairs of photos look: by features and hash, or by hash alone."""
    bits = differing_bits(frames, one, other)
    if frames.looks is None:
        return HASH_ALONE(bits)
    apart, known = distance(frames, one, other)
    both = LOOK(apart) + HASH(bits)
    return np.where(known, both, HASH_ALONE(bits)).astype(np.float32)


def differing_bits(frames: Frames, one: Ints, other: Ints) -> Floats:
    """How many of the 64 bits of two perceptual hashes differ."""
    return np.bitwise_count(frames.hashes[one] ^ frames.hashes[other]).astype(np.float32)


_AT_ONCE = 8192
"""Pairs whose looks are fetched at once: they stay in the processor's cache."""


def distance(frames: Frames, one: Ints, other: Ints) -> tuple[Floats, Mask]:
    """How far looks are apart (0 equal, 1 like unrelated photos), and where both are known."""
    assert frames.looks is not None
    cosines = np.empty(len(one), np.float32)
    for at in range(0, len(one), _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        np.einsum("ij,ij->i", frames.looks[one[part]], frames.looks[other[part]], out=cosines[part])
    has = frames.looks[:, :1] != 0
    known = has[one, 0] & has[other, 0]
    return (1 - cosines) / np.float32(frames.unlike), known


def gaps(frames: Frames, one: Ints, other: Ints) -> Floats:
    """Seconds between two timed photos, as far as their clocks tell; NaN where one has no time."""
    timed = frames.timed
    known = timed[one] & timed[other]
    seconds = np.abs(np.where(known, frames.taken[other] - frames.taken[one], 0)) / SECOND
    coarse = ~(frames.fine[one] & frames.fine[other])
    seconds = np.where(coarse, np.maximum(seconds - 0.5, COARSE_GAP), seconds)
    return np.where(known, seconds, np.nan).astype(np.float32)


def moment(frames: Frames, one: Ints, other: Ints) -> Floats:
    """Log-odds that pairs of photos of one sequence are frames of one moment."""
    w = WEIGHTS
    apart = gaps(frames, one, other)
    by_time = np.clip(
        TIME_SLOPE * np.log(TIME_EVEN / np.maximum(apart, LEAST_GAP)), TIME_LEAST, TIME_MOST
    )
    next_number = (
        (frames.folder[one] == frames.folder[other])
        & (frames.number[one] >= 0)
        & (np.abs(frames.number[other] - frames.number[one]) <= 1)
    )
    by_number = np.where(next_number, w["untimed, next number"], w["untimed"])
    odds = w["prior"] + np.where(np.isnan(apart), by_number, by_time)
    odds += likeness(frames, one, other)
    odds += settings(frames, one, other)
    return (odds + marks(frames, one, other)).astype(np.float32)


def settings(frames: Frames, one: Ints, other: Ints) -> Floats:
    """What camera settings say: they rarely change within a moment."""
    w = WEIGHTS
    with np.errstate(invalid="ignore", divide="ignore"):
        zoom = np.abs(np.log(frames.focal[other] / frames.focal[one]))
    light = np.abs(frames.light[other] - frames.light[one])
    odds = w["focal length changed"] * (zoom > 0.05)
    odds = odds + w["lens changed"] * (frames.lens[one] != frames.lens[other])
    turned = (frames.shape[one] != frames.shape[other]).any(axis=1)
    odds = odds + w["shape changed"] * turned
    return (odds + w["a stop of light"] * np.clip(np.nan_to_num(light) - 1, 0, 4)).astype(
        np.float32
    )


def marks(frames: Frames, one: Ints, other: Ints) -> Floats:
    """What the camera's own marks say: the id of a burst, and numbers within one."""
    w = WEIGHTS
    both = (frames.burst[one] >= 0) & (frames.burst[other] >= 0)
    same = frames.burst[one] == frames.burst[other]
    odds = np.where(both, np.where(same, w["same burst mark"], w["other burst mark"]), 0.0)
    counted = (frames.sequence[one] >= 0) & (frames.sequence[other] >= 0)
    step = frames.sequence[other] - frames.sequence[one]
    grows = counted & (step > 0) & (step == other - one)
    return (odds + w["next in sequence"] * grows).astype(np.float32)


def _begins_anew(frames: Frames, one: Ints, other: Ints) -> Mask:
    """Where the camera counts from the beginning again."""
    counted = (frames.sequence[one] >= 0) & (frames.sequence[other] >= 0)
    step = frames.sequence[other] - frames.sequence[one]
    return counted & ((step < 0) | ((step == 0) & (frames.sequence[one] > 0)))


def rhythm(frames: Frames, among: Ints) -> Floats:
    """Log-odds against each gap (of N photos at these places: N−1, between a frame and the next)
    that breaks the rhythm of the gaps beside it, or where the camera counts anew: a second burst
    of the same thing after the first. They hold for every link across that gap."""
    anew = WEIGHTS["sequence began anew"] * _begins_anew(frames, among[:-1], among[1:])
    if len(among) < 3:
        return anew.astype(np.float32)
    seconds = gaps(frames, among[:-1], among[1:])
    lines = frames.line[among]
    seconds[lines[1:] != lines[:-1]] = np.nan
    padded = np.concatenate([[np.inf], np.nan_to_num(seconds, nan=np.inf), [np.inf]])
    beside = np.maximum(np.minimum(padded[:-2], padded[2:]), LEAST_GAP)
    with np.errstate(invalid="ignore", divide="ignore"):
        stride = np.log(seconds / beside / STRIDE)
        breaks = (seconds > HICCUP) & np.isfinite(beside) & (stride > 0)
    return (anew + np.where(breaks, np.maximum(RHYTHM * stride, RHYTHM_LEAST), 0)).astype(
        np.float32
    )


def copy(frames: Frames, one: Ints, other: Ints) -> Floats:
    """Log-odds that two photos are the same exposure: an edit, another size or format."""
    w = COPY_WEIGHTS
    bits = differing_bits(frames, one, other)
    odds = w["prior"] + COPY_HASH(bits)
    if frames.looks is not None:
        apart, known = distance(frames, one, other)
        odds = odds + np.where(known, COPY_LOOK(apart), 0)
    timed = frames.timed[one] & frames.timed[other]
    equal = frames.taken[one] == frames.taken[other]
    fine = frames.fine[one] & frames.fine[other]
    same = np.where(fine, w["same instant"], w["same second"])
    odds = odds + np.where(timed, np.where(equal, same, w["other time"]), 0)
    odds = odds + w["other size"] * (frames.shape[one] != frames.shape[other]).any(axis=1)
    odds = odds + w["same name"] * (frames.stem[one] == frames.stem[other])
    # Two numbers that one camera or program gave in one folder are two exposures.
    numbered = (frames.number[one] >= 0) & (frames.number[other] >= 0)
    numbered &= (frames.folder[one] == frames.folder[other]) & (
        frames.number[one] != frames.number[other]
    )
    odds = odds + w["other number"] * numbered
    cameras = (frames.camera[one] >= 0) & (frames.camera[other] >= 0)
    odds = odds + w["other camera"] * (cameras & (frames.camera[one] != frames.camera[other]))
    light = np.nan_to_num(np.abs(frames.light[one] - frames.light[other]))
    return (odds + w["other exposure"] * (light > 0.1)).astype(np.float32)
