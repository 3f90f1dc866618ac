"""Photos with known faults: what the quality and attribute heads learn from.

A lesson is one picture in `VERSIONS` states. Mostly they are one kind of fault in growing strength
(the order is certain), else mixtures. The wanted quality is a product over the faults,

    q = Π (1 − impact · share),        share 0–1 of the way along the kind's steps,

so that a kind's steps look about equally far apart and a good side does not make up for a bad one.
`IMPACT` is this program's choice: how bad the last step of a kind is, 1 being useless.

There are three courses of lessons. `CLEAN` has well-kept pictures and simple faults; what learns
from it tells sharp from blurred best. `WORN` has calm and drawn scenes, faint grain, and pictures
that went through codecs, `CODED` more of the latter; what learns from them tells noise and
compression best (measured, see docs/guide/how-the-bundled-model-was-made.md). The model reads
photos both ways.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import cv2
import numpy as np

from uniqa_desktop import attributes
from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.training import degradations
from uniqa_desktop.training.degradations import DEGRADATIONS
from uniqa_desktop.training.mini import damage, drawn
from uniqa_desktop.training.mini.damage import Kinds
from uniqa_desktop.training.mini.pictures import Pixels

VERSIONS = 5
"""States of one picture; the first is the picture itself."""
TARGETS = ("quality", *ATTRIBUTE_NAMES)

IMPACT: Mapping[str, float] = MappingProxyType(
    {
        "blur": 1.0,
        "defocus": 1.0,
        "shake": 1.0,
        "small": 1.0,
        "stream": 1.0,
        "noise": 0.9,
        "grain": 0.85,
        "jpeg": 0.9,
        "dark": 0.75,
        "bright": 0.8,
        "flat": 0.75,
        "hard": 0.5,
        "dull": 0.15,
        "garish": 0.4,
    }
)
_OPPOSITES = (("dark", "bright"), ("dark", "bright"), ("flat", "hard"), ("dull", "garish"))
_SOFTENING = ("blur", "defocus", "shake", "small", "stream")
_GRAINY = ("noise", "grain")
_ORDER = ("blur", "defocus", "shake", "dark", "bright", "flat", "hard", "dull", "garish", "noise",
          "grain", "small", "jpeg", "stream")  # fmt: skip
"""As a photo comes to be: lens, light and processing, sensor, file, network."""
_CANDIDATES = 8
_LOST_BY_SMOOTHING = 0.2
"""Share of `small` that a smoothed picture counts as."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a lesson's picture is made of, as shares of lessons.

    Attributes:
        soft: with a little softness in all states, as a camera's own pixels have. On crisp pictures
            alone grain would pass for sharpness.
        drawn: on a drawn scene instead of a photo (see `drawn`).
        calm: of the others, on the calmest of several windows.
        cut_out: on a part of the picture before white or black.
        smooth: without the picture's faint texture.
    """

    soft: float
    drawn: float = 0.0
    calm: float = 0.0
    cut_out: float = 0.0
    smooth: float = 0.0


@dataclass(frozen=True, slots=True)
class Course:
    """A kind of lessons.

    Attributes:
        kinds: faults besides those of `degradations`, or in place of them.
        impact: how bad the last step of a fault is.
        often: faults drawn more often than the rest, each entry once more: they are harder to tell.
        usual: what pictures are made of.
        grainy: the same where noise or grain is the fault. Photos are never free of faint noise and
            texture, and a fault on top of the same fault teaches little; where the lesson is
            another fault, smooth pictures would make blur look flawless.
        softening: the faults that make pictures a little soft beforehand.
        softest: their greatest share.
        series: share of lessons that are one kind in growing strength.
        both_ways: share of lessons whose states are off to one side or the other, as too dark or
            too bright.
        faint: share of lessons with a trace of grain in all their states, too faint to see: a
            sensor's picture is never quite smooth, and the mean of many shots keeps a rest of it.
        filed: share of lessons whose pictures all went through a good JPEG at the end.
    """

    kinds: Kinds
    impact: Mapping[str, float]
    often: tuple[str, ...]
    usual: Making
    grainy: Making
    softening: tuple[str, ...]
    softest: float
    series: float
    both_ways: float = 0.0
    faint: float = 0.0
    filed: float = 0.0


CLEAN = Course(
    kinds=damage.PLAIN,
    impact=IMPACT,
    often=("noise", "grain", "grain", "stream", "stream", "jpeg"),
    usual=Making(soft=0.5),
    grainy=Making(soft=0.5),
    softening=("blur", "small", "stream"),
    softest=0.45,
    series=0.65,
)
WORN = Course(
    kinds=damage.REAL,
    impact=MappingProxyType({**IMPACT, "dark": 0.85, "bright": 0.9, "flat": 0.8}),
    often=(*["grain"] * 8, *("stream", "jpeg") * 2, "noise", "shake", "bright", "flat"),
    usual=Making(soft=0.5, drawn=0.05, calm=0.15, cut_out=0.12),
    grainy=Making(soft=0.75, drawn=0.25, calm=0.5, cut_out=0.06, smooth=0.75),
    softening=("blur", "defocus", "small", "stream"),
    softest=0.55,
    series=0.6,
    both_ways=0.12,
    faint=0.5,
    filed=0.5,
)
CODED = replace(WORN, often=(*WORN.often, *("stream", "jpeg") * 3, "small"))
"""With more of codecs: some heads of a reading learn from it, the rest from `WORN`, because what
learns from either alone sees noise or compression less well than both together."""


@dataclass(frozen=True, slots=True)
class Bases:
    """Sources of flawless pictures, and how often each is drawn from; the shares sum to 1."""

    sources: Sequence[Sequence[Pixels]]
    shares: Sequence[float]

    def window(self, calm: float, chance: np.random.Generator) -> Pixels:
        """A part of a picture, often reduced first, as photos are for the screen; with the chance
        `calm` a smaller part, the calmest of several."""
        source = self.sources[int(chance.choice(len(self.sources), p=self.shares))]
        return _window(source[int(chance.integers(len(source)))], calm, chance)


def lesson(course: Course, bases: Bases, seed: int, number: int) -> tuple[list[Pixels], np.ndarray]:
    """One picture in `VERSIONS` states, and what is wanted of each (V×6 in 0–1).

    `seed` and `number` decide everything.
    """
    chance = np.random.default_rng((seed, number))
    noise_seed = int(chance.integers(2**31))
    faults = _strengths(course, chance)
    making = (
        course.grainy if any(kind in one for one in faults for kind in _GRAINY) else course.usual
    )
    if chance.random() < making.drawn:
        base = drawn.scene(chance)
    else:
        base = bases.window(making.calm, chance)
    if chance.random() < making.cut_out:
        base = drawn.cut_out(base, chance)
    before = _softness(course, making.soft, chance)
    for kind, share in before.items():
        base = impaired(base, kind, share, noise_seed, course.kinds)
    if chance.random() < making.smooth:
        base = damage.smoothed(base, float(chance.uniform(6, 24)))
        before = _together(before, {"small": _LOST_BY_SMOOTHING})
    if chance.random() < course.faint:
        base = damage.grainy(base, float(chance.uniform(0.2, 1.0)), noise_seed)
    filed = chance.random() < course.filed and not any("jpeg" in one for one in faults)
    file_quality = float(chance.uniform(88, 98))
    versions, wanted = [], []
    for new in ({}, *faults):
        version = base
        for kind in _ORDER:
            if kind in new:
                version = impaired(version, kind, new[kind], noise_seed, course.kinds)
        versions.append(degradations.jpeg(version, file_quality) if filed else version)
        wanted.append(_wanted(version, _together(before, new), course.impact))
    return versions, np.array(wanted, np.float32)


def impaired(pixels: Pixels, kind: str, share: float, seed: int, kinds: Kinds) -> Pixels:
    """The picture with a fault at a share 0–1 of its way: one of `kinds`, or of `degradations`."""
    own = kinds.get(kind)
    if own is not None:
        return own(pixels, share, seed)
    found = DEGRADATIONS[kind]
    return found(pixels, found.strength(share), seed)


def _softness(course: Course, often: float, chance: np.random.Generator) -> dict[str, float]:
    """What all versions of a lesson share."""
    if chance.random() >= often:
        return {}
    kind = str(chance.choice(course.softening))
    return {kind: float(chance.uniform(0.08, course.softest))}


def _together(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Shares of faults on top of each other: what is left of good is multiplied."""
    return {
        kind: 1 - (1 - before.get(kind, 0.0)) * (1 - after.get(kind, 0.0))
        for kind in before.keys() | after.keys()
    }


def _strengths(course: Course, chance: np.random.Generator) -> list[dict[str, float]]:
    """Faults and their shares for each version but the first."""
    kinds = [*course.impact, *course.often]
    lot = chance.random()
    if lot < course.both_ways:
        pair = _OPPOSITES[int(chance.integers(len(_OPPOSITES)))]
        sides = chance.integers(2, size=VERSIONS - 1)
        return [{pair[side]: float(chance.random() ** 1.3)} for side in sides]
    if lot < course.both_ways + course.series:
        kind = str(chance.choice(kinds))
        # Faint faults as often as strong ones: they are what is hard to tell.
        steps = np.sort(chance.random(VERSIONS - 1) ** 1.4)
        steps = np.maximum(steps, 0.06 * np.arange(1, VERSIONS))
        return [{kind: float(min(step, 1.0))} for step in steps]
    return [
        {
            str(kind): float(chance.random() ** 1.6)
            for kind in chance.choice(kinds, size=int(chance.integers(1, 4)))
        }
        for _ in range(VERSIONS - 1)
    ]


def _wanted(
    version: Pixels, strengths: Mapping[str, float], impact: Mapping[str, float]
) -> list[float]:
    """Quality by the formula, sharpness and noisiness by the faults, the rest as measured."""
    measured = attributes.measure(version)

    def kept(kinds: Sequence[str]) -> float:
        return float(np.prod([1 - impact[kind] * strengths.get(kind, 0.0) for kind in kinds]))

    return [
        kept(list(impact)),
        kept(_SOFTENING),
        measured.brightness.value / 100,
        measured.contrast.value / 100,
        measured.colorfulness.value / 100,
        1 - kept(_GRAINY),
    ]


def _window(picture: Pixels, calm_share: float, chance: np.random.Generator) -> Pixels:
    height, width = picture.shape[:2]
    if min(height, width) > 256 and chance.random() < 0.6:
        factor = chance.uniform(0.4, 0.95)
        size = (round(width * factor), round(height * factor))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = picture.shape[:2]
    tall, wide = (min(length, int(chance.integers(200, 330))) for length in (height, width))
    if calm := chance.random() < calm_share:
        tall, wide = (max(96, round(0.6 * length)) for length in (tall, wide))
        tall, wide = min(tall, height), min(wide, width)
    windows = []
    for _ in range(_CANDIDATES if calm else 1):
        top, left = int(chance.integers(height - tall + 1)), int(chance.integers(width - wide + 1))
        windows.append(picture[top : top + tall, left : left + wide])
    picture = min(windows, key=_detail)
    if chance.random() < 0.5:
        picture = picture[:, ::-1]
    return np.ascontiguousarray(picture)


def _detail(window: Pixels) -> float:
    """Steps from pixel to pixel, on average."""
    grey = cv2.cvtColor(window, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
