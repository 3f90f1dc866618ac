"""Ridge regression on features: the method for few labels that needs no text tower.

Features are brought to mean 0 and deviation 1 on the training photos. How strong the ridge is,
five-fold cross-validation within the training photos decides, by groups where there are some.
GRepQ, whose rows stand in UniQA's few-label table, does the same with four strengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from uniqa_desktop import agreement

Doubles = NDArray[np.float64]

STRENGTHS = tuple(10.0**power for power in np.arange(-2, 5.5, 0.5))
"""Penalties on the squared weights, for standardised features."""
_FOLDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """`weights · (features − mean) / deviation + offset`."""

    mean: Doubles
    deviation: Doubles
    weights: Doubles
    offset: float
    strength: float

    def __call__(self, features: ArrayLike) -> Doubles:
        """The predicted labels of photos×D features."""
        given = np.asarray(features, dtype=np.float64)
        return (given - self.mean) / self.deviation @ self.weights + self.offset

    @classmethod
    def fit(
        cls,
        features: ArrayLike,
        labels: ArrayLike,
        groups: Sequence[object] | None = None,
        *,
        seed: int = 0,
    ) -> Ridge:
        """Learns from photos×D features and a label each.

        With fewer than two groups there is nothing to choose the strength by, and the middle one
        is taken.
        """
        x, y = (np.asarray(part, dtype=np.float64) for part in (features, labels))
        belongs = list(range(len(y))) if groups is None else list(groups)
        losses = np.zeros(len(STRENGTHS))
        if len(set(belongs)) > 1:
            for train, test in agreement.group_folds(belongs, folds=_FOLDS, seed=seed):
                mean, deviation, offset, solutions = _solve(x[train], y[train])
                said = (x[test] - mean) / deviation @ solutions + offset
                losses += ((said - y[test][:, None]) ** 2).sum(axis=0)
            best = int(losses.argmin())
        else:
            best = len(STRENGTHS) // 2
        mean, deviation, offset, solutions = _solve(x, y)
        return cls(mean, deviation, solutions[:, best], offset, STRENGTHS[best])


def _solve(x: Doubles, y: Doubles) -> tuple[Doubles, Doubles, float, Doubles]:
    """Mean and deviation of features, mean label, and the weights for each strength (D×S)."""
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    deviation = np.where(deviation > 1e-9, deviation, 1.0)  # a constant number says nothing
    z, offset = (x - mean) / deviation, float(y.mean())
    rows_are_many = len(z) > z.shape[1]
    # The smaller of the two products, decomposed once, serves all strengths.
    sizes, axes = np.linalg.eigh(z.T @ z if rows_are_many else z @ z.T)
    onto = axes.T @ (z.T @ (y - offset) if rows_are_many else y - offset)
    shrunk = axes @ (onto[:, None] / (np.maximum(sizes, 0)[:, None] + np.array(STRENGTHS)))
    return mean, deviation, offset, shrunk if rows_are_many else z.T @ shrunk
