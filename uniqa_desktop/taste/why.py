"""Why a photo's taste is what it is: rated photos as evidence, and which cues moved it.

Both are parts of the sum that the score is, not a story told afterwards: the parts of one photo add
up to the difference between its taste and the generic score as this person would put it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uniqa_desktop.taste.posterior import Posterior, like
from uniqa_desktop.taste.space import CUES, Seen


@dataclass(frozen=True, slots=True)
class Witness:
    """A rated photo like this one: `place` among those learned from, `likeness` 0–1, the `value`
    that it was given (0–1), and by how many points (of 100) it moved the score."""

    place: int
    likeness: float
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Why:
    """What one photo's taste is made of, in points of 100.

    `generic` is what the generic score alone gives for this person; `shown` what rated photos like
    it add; `cues` what each measured cue adds, the strongest first. `liked` and `disliked` are the
    photos most like it that were rated above and below the person's middle.
    """

    taste: float
    generic: float
    shown: float
    cues: tuple[tuple[str, float], ...]
    liked: tuple[Witness, ...]
    disliked: tuple[Witness, ...]


_LEAST_ALIKE = 0.2
"""Photos that have nothing in common are alike to exp(−2) = 0.14; opposites to less."""
_LEAST_POINTS = 0.05


def why(learned: Posterior, seen: Seen, values: Sequence[float | None], most: int = 3) -> Why:
    """Explains the taste of one photo.

    Args:
        learned: the taste.
        seen: where the photo stands; it holds it alone.
        values: what was said of the photos learned from, 0–1; `None` for those of choices.
        most: witnesses a side at most; only photos that are somewhat like it are named.
    """
    points = 100 * learned.spread
    nearness = like(seen.likeness, learned.likeness)[0]
    moved = points * nearness * learned.alpha
    witnesses = [
        Witness(int(row), float(nearness[row]), value, float(moved[row]))
        for row in np.argsort(-nearness, kind="stable")
        if (value := values[row]) is not None and nearness[row] >= _LEAST_ALIKE
    ]
    steps = points * seen.cues[0] * learned.cue_weights
    cues = sorted(
        ((CUES[row], float(step)) for row, step in enumerate(steps) if abs(step) >= _LEAST_POINTS),
        key=lambda part: -abs(part[1]),
    )
    base = 100 * learned.middle + points * (
        learned.intercept + learned.slope * float(seen.generic[0])
    )
    return Why(
        taste=100 * float(learned.ratings(seen)[0]),
        generic=base,
        shown=float(moved.sum()),
        cues=tuple(cues),
        liked=tuple([one for one in witnesses if one.value > learned.middle][:most]),
        disliked=tuple([one for one in witnesses if one.value < learned.middle][:most]),
    )
