"""Scores of pictures by a head that never saw their theme, from features that stay as they are.

A plain head: features standardised, then kernel ridge regression (the mean of a Gaussian process)
with a linear or a Gaussian kernel. Kernel and strength are chosen by cross-validation inside the
training folds, whole themes at a time there as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from uniqa_desktop import agreement

FOLDS, INNER_FOLDS, REPEATS = 10, 5, 5
STRENGTHS = 10.0 ** np.arange(-3, 3.5, 0.5)
Kernel = Callable[[np.ndarray, np.ndarray], np.ndarray]
Predictor = Callable[[np.ndarray], np.ndarray]
Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], Predictor]
"""Features, scores and groups to a function of features."""


def linear(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return one @ other.T / one.shape[1]


def gaussian(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """As wide as standardised features are apart on average: they are √(2D) apart."""
    square = (one**2).sum(1)[:, None] + (other**2).sum(1)[None, :] - 2 * one @ other.T
    return np.exp(-np.maximum(square, 0) / (2 * one.shape[1]))


KERNELS: tuple[Kernel, ...] = (linear, gaussian)


@dataclass(frozen=True)
class Scale:
    """Mean and deviation of the training features."""

    mean: np.ndarray
    deviation: np.ndarray

    @classmethod
    def of(cls, features: np.ndarray) -> Scale:
        deviation = features.std(axis=0)
        return cls(features.mean(axis=0), np.where(deviation > 1e-9, deviation, 1))

    def __call__(self, features: np.ndarray) -> np.ndarray:
        return (features - self.mean) / self.deviation


def fit(features: np.ndarray, scores: np.ndarray, groups: np.ndarray) -> Predictor:
    """The head of these pictures.

    Args:
        features: N×D.
        scores: N means of people's ratings.
        groups: N names; pictures of one are never on both sides of a choice.
    """
    kernel, strength = _chosen(features, scores, groups)
    scale, mean = Scale.of(features), float(scores.mean())
    known = scale(features)
    gram = kernel(known, known)
    weights = np.linalg.solve(gram + strength * np.eye(len(gram)), scores - mean)
    return lambda other: kernel(scale(other), known) @ weights + mean


def _chosen(features: np.ndarray, scores: np.ndarray, groups: np.ndarray) -> tuple[Kernel, float]:
    """The kernel and strength with the least squared error on themes left out."""
    errors = np.zeros((len(KERNELS), len(STRENGTHS)))
    for kept, left_out in agreement.group_folds(groups.tolist(), folds=INNER_FOLDS):
        scale, mean = Scale.of(features[kept]), scores[kept].mean()
        known, new = scale(features[kept]), scale(features[left_out])
        for row, kernel in enumerate(KERNELS):
            values, vectors = np.linalg.eigh(kernel(known, known))
            target, across = vectors.T @ (scores[kept] - mean), kernel(new, known) @ vectors
            shrunk = target[:, None] / (np.maximum(values, 0)[:, None] + STRENGTHS)
            errors[row] += ((across @ shrunk + mean - scores[left_out][:, None]) ** 2).sum(0)
    row, column = np.unravel_index(int(errors.argmin()), errors.shape)
    return KERNELS[int(row)], float(STRENGTHS[column])


def held_out(
    features: np.ndarray,
    scores: np.ndarray,
    groups: Sequence[str],
    fitted: Fit = fit,
    repeats: int = REPEATS,
) -> np.ndarray:
    """Repeats×N predictions, each by a head that saw no picture of that group.

    Predicted is the distance from the mean score of the training folds. With that mean they would
    be biased downwards: where beautiful themes are left out, what remains has a low mean, so a head
    that knows nothing would correlate with the truth at −0.4 here.
    """
    names = np.array(groups)
    found = np.empty((repeats, len(scores)))
    splits = agreement.group_folds(groups, folds=FOLDS, repeats=repeats)
    for number, (kept, left_out) in enumerate(splits):
        head = fitted(features[kept], scores[kept], names[kept])
        found[number // FOLDS, left_out] = head(features[left_out]) - scores[kept].mean()
    return found
