"""How well numbers follow what people said, and between which bounds that is known.

Intervals are bootstrap percentiles (95 %). What belongs together (a theme, a content, a prompt) is
drawn together: its pictures are alike, and would pass for more evidence than they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from attributes import ranks

from uniqa_desktop import agreement

DRAWS = 1000
Statistic = Callable[[np.ndarray, np.ndarray], float]
"""From the places of the pictures drawn, and which draw each came in, to a number; a group that
was drawn twice is two draws."""


@dataclass(frozen=True)
class Estimate:
    """A number, and what it would have been on other groups (1000 draws; empty: not known)."""

    value: float
    draws: np.ndarray = field(default_factory=lambda: np.empty(0), repr=False)

    @property
    def interval(self) -> tuple[float, float] | None:
        known = self.draws[np.isfinite(self.draws)]
        if len(known) < len(self.draws) / 2 or not len(known):
            return None
        low, high = np.quantile(known, (0.025, 0.975))
        return float(low), float(high)

    def __sub__(self, other: Estimate) -> Estimate:
        """The difference, where both were estimated on the same draws."""
        return Estimate(self.value - other.value, self.draws - other.draws)

    def __str__(self) -> str:
        if not np.isfinite(self.value):
            return "–"
        between = self.interval
        return f"{self.value:.3f}" + (f" [{between[0]:.2f}, {between[1]:.2f}]" if between else "")


NONE = Estimate(float("nan"))


class Bootstrap:
    """The same draws of groups for every statistic, so that differences are paired."""

    def __init__(self, groups: Sequence[object], draws: int = DRAWS, seed: int = 0) -> None:
        names = dict.fromkeys(groups)
        members = [
            np.array([place for place, group in enumerate(groups) if group == name])
            for name in names
        ]
        random = np.random.default_rng(seed)
        self.count, self.groups = len(groups), len(members)
        self._whole = _joined(members)
        self._draws = [
            _joined([members[place] for place in random.integers(0, len(members), len(members))])
            for _ in range(draws)
        ]

    def __call__(self, statistic: Statistic) -> Estimate:
        """The statistic of everything, and of each draw; undefined ones are left out."""
        value = statistic(*self._whole)
        return Estimate(value, np.array([statistic(*draw) for draw in self._draws]))


def _joined(groups: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    blocks = np.repeat(np.arange(len(groups)), [len(one) for one in groups])
    return np.concatenate(groups), blocks


def kendall(truth: np.ndarray, values: np.ndarray) -> float:
    """Tau of values without ties in truth."""
    return 2 * agreement.pairwise_accuracy(truth, values) - 1


def above(values: np.ndarray, others: np.ndarray) -> float:
    """The share of all pairs of one each in which the first is greater (the area under the ROC)."""
    both = ranks([*values, *others])[: len(values)]
    return float((both.sum() - len(values) * (len(values) + 1) / 2) / (len(values) * len(others)))


AGREEMENT: dict[str, Callable[[np.ndarray, np.ndarray], float]] = {
    "SRCC": agreement.spearman,
    "PLCC": agreement.pearson,
    "pairs": agreement.pairwise_accuracy,
}
"""Of truth and values; PLCC as it is, without a curve fitted before."""


def agreeing(measure: str, truth: np.ndarray, values: np.ndarray) -> Statistic:
    """One of `AGREEMENT` as a statistic. Of several predictions (rows) the mean is taken."""
    many, of = np.atleast_2d(values), AGREEMENT[measure]

    def statistic(places: np.ndarray, _blocks: np.ndarray) -> float:
        return float(np.mean([of(truth[places], one[places]) for one in many]))

    return statistic
