"""Figures of agreement as records hold them: values with 95 % intervals, `None` for none.

Intervals are percentile bootstraps over photos, or over whole groups where the labels have some.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from uniqa_desktop import agreement

Figure = dict[str, float | None]
Places = NDArray[np.int64]

MEASURES: dict[str, Callable[..., float]] = {
    "srcc": agreement.spearman,
    "plcc": agreement.pearson,
    "pairwise": agreement.pairwise_accuracy,
}
"""Name in records → what is computed. `plcc` is without a map, as the authors compute it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one split's model said of its test photos: their rows, and a score for each."""

    rows: Places
    scores: NDArray[np.float64]


def of_scores(
    truth: ArrayLike,
    scores: ArrayLike,
    groups: Sequence[object] | None,
    *,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """The figures of one model on one set of photos.

    `plcc_fitted` is the correlation after the four-parameter logistic map of the VQEG reports has
    been fitted to the same photos; its interval keeps that map. It is negative where the map falls,
    so that no model gets praise for the opposite order.
    """
    found: dict[str, Any] = {"n": len(np.asarray(truth))}
    for name, measure in MEASURES.items():
        interval = agreement.bootstrap(measure, truth, scores, groups=groups, n=draws, seed=seed)
        found[name] = figure(measure(truth, scores), interval)
    fitted = agreement.Logistic.fit(truth, scores)
    if fitted is None:
        found["plcc_fitted"] = figure(math.nan, (math.nan, math.nan))
    else:
        mapped = fitted(scores) * (1 if fitted.high >= fitted.low else -1)
        interval = agreement.bootstrap(
            agreement.pearson, truth, mapped, groups=groups, n=draws, seed=seed
        )
        found["plcc_fitted"] = figure(agreement.pearson(truth, mapped), interval)
    return found


def over_splits(
    truth: NDArray[np.float64],
    tested: Sequence[Outcome],
    groups: Sequence[object] | None,
    *,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """The means over splits of what each split's model reached on its own test photos.

    A photo is in the test part of several splits, so the splits are no independent repetitions
    and their standard error would be too small. The interval therefore draws photos (or groups),
    and each draw is taken to all splits. It holds the chance in who is tested, not in who is
    trained on; `sd` is the standard deviation between splits.
    """
    rows = np.unique(np.concatenate([part.rows for part in tested]))
    chosen = None if groups is None else [groups[row] for row in rows]
    found: dict[str, Any] = {"splits": len(tested), "n_test": len(rows)}
    for name, measure in MEASURES.items():
        values = [measure(truth[part.rows], part.scores) for part in tested]
        there = [value for value in values if math.isfinite(value)]
        interval = agreement.bootstrap(
            _mean_over(truth, tested, measure), rows, groups=chosen, n=draws, seed=seed
        )
        found[name] = figure(float(np.mean(there)) if there else math.nan, interval) | {
            "sd": rounded(float(np.std(there, ddof=1)) if len(there) > 1 else math.nan)
        }
    return found


def _mean_over(
    truth: NDArray[np.float64], tested: Sequence[Outcome], measure: Callable[..., float]
) -> Callable[[Places], float]:
    def mean(drawn: Places) -> float:
        times = np.bincount(drawn, minlength=len(truth))
        values = []
        for part in tested:
            again = np.repeat(np.arange(len(part.rows)), times[part.rows])
            value = measure(truth[part.rows[again]], part.scores[again])
            if math.isfinite(value):
                values.append(value)
        return float(np.mean(values)) if values else math.nan

    return mean


def figure(value: float, interval: agreement.Interval) -> Figure:
    """A value with its interval, four digits each."""
    return {"value": rounded(value), "low": rounded(interval[0]), "high": rounded(interval[1])}


def rounded(value: float) -> float | None:
    """Four digits; `None` for what is no number."""
    return round(value, 4) if math.isfinite(value) else None
