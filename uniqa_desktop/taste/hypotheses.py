"""What kinds of person there are: how strong the parts of a taste may be, and how likely that is.

A table of data. `posterior` averages over it by what a person's ratings say. Values and priors were
set on the public half of the OASIS beauty ratings (ADR 0008), by hand and in a few steps.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Hypothesis(NamedTuple):
    """How strong the parts are for one kind of person, in units of the variance of their ratings.

    `cue` is the one cue that counts, −1 for all alike. `prior` is its share among hypotheses.
    """

    slope: float
    likeness: float
    cues: float
    cue: int
    noise: float
    prior: float


class _Kind(NamedTuple):
    """A family of hypotheses: the product of its columns, which hold (value, share)."""

    share: float
    slopes: tuple[tuple[float, float], ...]
    likeness: tuple[tuple[float, float], ...]
    noises: tuple[tuple[float, float], ...]
    cues: float = 0.0
    one: bool = False


_SLOPES = ((0.0, 0.5), (0.4, 0.5))
_CLEAR = ((0.05, 0.5), (0.2, 0.5))
KINDS = (
    # Like most people: half of it is the generic score, more than half is noise.
    _Kind(
        0.96,
        ((0.3, 0.3), (0.5, 0.5), (0.75, 0.2)),
        ((0.1, 0.3), (0.4, 0.4), (0.8, 0.3)),
        ((0.4, 0.33), (0.7, 0.34), (1.1, 0.33)),
    ),
    # Clear about what is shown; about one cue; about all of them.
    _Kind(0.02, _SLOPES, ((1.0, 1.0),), _CLEAR),
    _Kind(0.015, _SLOPES, ((0.1, 1.0),), _CLEAR, 0.8, one=True),
    _Kind(0.005, _SLOPES, ((0.1, 1.0),), _CLEAR, 0.8),
)
"""What kinds of person there are, and how likely each is before any rating."""


def hypotheses(cues: int) -> list[Hypothesis]:
    """The table for so many cues."""
    found = []
    for kind in KINDS:
        which: list[int] = list(range(cues)) if kind.one else [-1]
        if kind.cues and not cues:
            continue
        for (slope, p), (like, q), (noise, r), cue in product(
            kind.slopes, kind.likeness, kind.noises, which
        ):
            share = kind.share * p * q * r / len(which)
            found.append(Hypothesis(slope, like, kind.cues, cue, noise, share))
    return found


def strengths(table: list[Hypothesis], cues: int) -> NDArray[np.float64]:
    """Hypotheses×cues: the variance that each cue brings."""
    found = np.zeros((len(table), cues))
    for row, one in zip(found, table, strict=True):
        if one.cue < 0:
            row[:] = one.cues / max(cues, 1)
        else:
            row[one.cue] = one.cues
    return found
