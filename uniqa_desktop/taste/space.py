"""Where photos stand: what a model sees in them, measured cues, and the generic score, on scales
that a handful of ratings can be learned on.

The scales come from the photos of the library itself, so that any model's features will do: what
all photos have in common is taken out, the directions in which they differ most are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

DIMENSIONS = 64
"""Directions that are kept. With 64 the figures are those of all 512, at an eighth of the work."""
SAMPLE = 2048
"""Photos that scales are taken from, evenly spread over the library."""
CUES = (
    "sharpness",
    "brightness",
    "contrast",
    "colorfulness",
    "noisiness",
    "warmth",
    "clipped shadows",
    "clipped highlights",
)
"""The measured cues, in the order of their columns."""
_ROOTED = (6, 7)
"""Columns of shares that are mostly near 0: their roots are more even."""
_FAR = 3.0
"""A cue counts as at most so many deviations from the middle: one odd photo must not decide."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Where n photos stand: `likeness` n×k on a sphere of radius 1 (k = 0 for a model without
    features), `cues` n×c and `generic` n in deviations from the library's mean."""

    likeness: NDArray[np.floating]
    cues: Doubles
    generic: Doubles

    def __len__(self) -> int:
        return len(self.generic)

    def of(self, rows: NDArray[np.integer] | slice) -> Seen:
        """The same for some of the photos."""
        return Seen(self.likeness[rows], self.cues[rows], self.generic[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The scales of a library under one model: `mean` D and `axes` D×k of directions; middle and
    spread of the cues (c) and of the generic score."""

    mean: Doubles
    axes: Doubles
    cue_middle: Doubles
    cue_spread: Doubles
    generic_middle: float
    generic_spread: float

    @classmethod
    def of(cls, directions: NDArray[np.floating] | None, cues: Doubles, generic: Doubles) -> Space:
        """From photos of the library (`sampled` of them are enough).

        Args:
            directions: photos×D of length 1; `None` for a model without features.
            cues: photos×c as measured, NaN where something was not measured.
            generic: the generic score of each, 0–100.
        """
        plain = _evened(cues)
        known = np.isfinite(plain)
        counts = np.maximum(known.sum(axis=0), 1)
        middle = np.where(known, plain, 0).sum(axis=0) / counts
        spread = np.sqrt(np.where(known, (plain - middle) ** 2, 0).sum(axis=0) / counts)
        mean, axes = _axes(directions)
        deviation = float(generic.std()) if len(generic) else 0.0
        return cls(
            mean,
            axes,
            middle,
            np.where(spread > 1e-6, spread, 1.0),
            float(generic.mean()) if len(generic) else 50.0,
            deviation if deviation > 1e-6 else 1.0,
        )

    def place(
        self, directions: NDArray[np.floating] | None, cues: Doubles, generic: Doubles
    ) -> Seen:
        """Where photos stand; a cue that was not measured counts as the average."""
        if directions is None or not self.axes.shape[1]:
            likeness = np.zeros((len(generic), 0))
        else:
            # In the precision of the directions: for a library that is single.
            inner = (directions - self.mean.astype(directions.dtype)) @ self.axes.astype(
                directions.dtype
            )
            length = np.linalg.norm(inner, axis=1, keepdims=True)
            likeness = inner / np.where(length > 1e-12, length, 1)
        steps = (_evened(cues) - self.cue_middle) / self.cue_spread
        return Seen(
            likeness,
            np.clip(np.where(np.isfinite(steps), steps, 0), -_FAR, _FAR),
            (generic - self.generic_middle) / self.generic_spread,
        )


def sampled(count: int) -> slice:
    """Which of so many photos the scales are taken from."""
    return slice(None, None, max(1, -(-count // SAMPLE)))


def _evened(cues: Doubles) -> Doubles:
    found = np.array(cues, np.float64)
    for column in _ROOTED:
        if column < found.shape[1]:
            found[:, column] = np.sqrt(np.maximum(found[:, column], 0))
    return found


def _axes(directions: NDArray[np.floating] | None) -> tuple[Doubles, Doubles]:
    """The mean direction, and those in which photos differ most (principal components)."""
    if directions is None or len(directions) < 2:
        width = 0 if directions is None else directions.shape[1]
        return np.zeros(width), np.zeros((width, 0))
    plain = directions.astype(np.float64)
    mean = plain.mean(axis=0)
    centred = plain - mean
    if len(plain) < plain.shape[1]:
        sizes, rows = np.linalg.eigh(centred @ centred.T)
        best = _largest(sizes)
        return mean, (centred.T @ rows[:, best]) / np.sqrt(sizes[best])
    sizes, columns = np.linalg.eigh(centred.T @ centred)
    return mean, columns[:, _largest(sizes)]


def _largest(sizes: Doubles) -> NDArray[np.int64]:
    """The places of the largest eigenvalues that are not zero but for rounding."""
    order = np.argsort(-sizes, kind="stable")[:DIMENSIONS]
    return order[sizes[order] > sizes.max() * 1e-9]
