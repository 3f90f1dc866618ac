"""How well scores agree with people: correlations, orders of pairs, intervals, honest splits.

Everything here is defined by its formula alone, takes plain arrays and knows no photo. A figure
that does not exist (one value, or all values alike) is NaN, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Doubles = NDArray[np.float64]
Places = NDArray[np.int64]
"""Positions in a list of photos."""

Interval = tuple[float, float]
_FIT_STEPS = 200
_NARROWEST, _WIDEST = 0.1, 50.0
"""Widths of the logistic map, in deviations of the scores; the widest is a straight line."""


def spearman(truth: ArrayLike, scores: ArrayLike) -> float:
    """Spearman's rank correlation (SRCC), equal values at the mean of their ranks; −1 to 1."""
    one, other = _pair(truth, scores)
    return pearson(_ranks(one), _ranks(other))


def pearson(truth: ArrayLike, scores: ArrayLike) -> float:
    """Pearson's linear correlation (PLCC), −1 to 1."""
    one, other = _pair(truth, scores)
    if len(one) < 2:
        return float("nan")
    # A common scale before squaring: tiny and huge values stay finite.
    one, other = _centred(one), _centred(other)
    size = float(np.sqrt((one @ one) * (other @ other)))
    return float(np.clip(one @ other / size, -1, 1)) if size > 0 else float("nan")


def pairwise_accuracy(truth: ArrayLike, scores: ArrayLike) -> float:
    """The share of pairs that the scores put in the true order, 0 to 1.

    Pairs that are equal in truth are left out; equal scores count as half right. It takes
    n·log n steps, so it can be bootstrapped on thousands of photos.
    """
    one, other = _pair(truth, scores)
    true = np.unique(one, return_inverse=True)[1].astype(np.int64)
    level, counts = np.unique(other, return_inverse=True, return_counts=True)[1:]
    level = level.astype(np.int64)
    valid = _pairs(len(one)) - _pairs(np.bincount(true)) if len(one) else 0
    if not valid:
        return float("nan")
    both = np.unique(true * len(counts) + level, return_counts=True)[1]
    undecided = _pairs(counts) - _pairs(both)
    # Within equal truth the scores fall, so that no such pair counts as rising.
    rising = _rising_pairs(level[np.lexsort((-level, true))])
    return float((rising + undecided / 2) / valid)


def bootstrap(
    statistic: Callable[..., float],
    *columns: ArrayLike,
    groups: Sequence[object] | None = None,
    n: int = 2000,
    seed: int = 0,
    level: float = 0.95,
) -> Interval:
    """The percentile bootstrap interval of a figure.

    Args:
        statistic: called with the drawn rows of every column.
        columns: arrays of one length, drawn together (truth, one model's scores, another's …).
        groups: what belongs together, a value each row; whole groups are drawn then, because
            photos of one scene are no independent witnesses.
        n: the number of draws.
        seed: the same seed gives the same interval.
        level: how often the interval should hold the truth.

    Returns:
        Its lower and upper end; NaN if the figure did not exist in most draws, or there is only
        one row or group to draw from.
    """
    arrays = [np.asarray(column) for column in columns]
    size = len(arrays[0])
    members = _members(groups, size)
    if len(members) < 2:
        return (float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    values = np.empty(n)
    for draw in range(n):
        chosen = random.integers(len(members), size=len(members))
        rows = chosen if groups is None else np.concatenate([members[place] for place in chosen])
        values[draw] = statistic(*(array[rows] for array in arrays))
    there = values[np.isfinite(values)]
    if len(there) * 2 < n or not n:
        return (float("nan"), float("nan"))
    low, high = np.quantile(there, [(1 - level) / 2, (1 + level) / 2])
    return (float(low), float(high))


def random_splits(
    groups: Sequence[object], *, count: int, test: float = 0.2, seed: int = 0
) -> Iterator[tuple[Places, Places]]:
    """`count` random splits into train and test rows; no group is on both sides.

    Groups are put into the test part in random order until it has at least the share `test`
    (0–1) of the rows; one group always stays for training.

    Raises:
        ValueError: fewer than two groups.
    """
    members = _at_least_two(groups)
    wanted = test * len(groups)
    for turn in range(count):
        random = np.random.default_rng((seed, turn))
        taken, number = [], 0
        for place in random.permutation(len(members))[:-1]:
            if number >= wanted and taken:
                break
            taken.append(members[place])
            number += len(members[place])
        yield _split(np.concatenate(taken), len(groups))


def group_folds(
    groups: Sequence[object], *, folds: int, repeats: int = 1, seed: int = 0
) -> Iterator[tuple[Places, Places]]:
    """Repeated k-fold splits into train and test rows; no group is on both sides.

    Within a repeat every row is tested once. Folds are about equally large: groups are dealt out
    from the largest to the smallest, equal ones in random order, to the fold with fewest rows.
    There are never more folds than groups.

    Raises:
        ValueError: fewer than two groups, or fewer than two folds wanted.
    """
    members = _at_least_two(groups)
    if folds < 2:
        raise ValueError("a split needs two folds")
    sizes = np.array([len(rows) for rows in members])
    for repeat in range(repeats):
        random = np.random.default_rng((seed, repeat))
        order = random.permutation(len(members))
        order = order[np.argsort(-sizes[order], kind="stable")]
        dealt: list[list[Places]] = [[] for _ in range(min(folds, len(members)))]
        filled = np.zeros(len(dealt), dtype=np.int64)
        for place in order:
            fold = int(filled.argmin())
            dealt[fold].append(members[place])
            filled[fold] += sizes[place]
        for part in dealt:
            yield _split(np.concatenate(part), len(groups))


@dataclass(frozen=True, slots=True)
class Logistic:
    """The four-parameter logistic of the VQEG reports, from scores to the scale of the labels.

    `low + (high − low) / (1 + exp(−(score − middle) / width))`, width > 0; it rises if
    high > low. Correlations after such a map compare the order and spacing of scores, not their
    scale. Source: VQEG final report, phase I (2000), and the IQA literature since.
    """

    low: float
    high: float
    middle: float
    width: float

    def __call__(self, scores: ArrayLike) -> Doubles:
        """The scores on the scale of the labels."""
        steps = (np.asarray(scores, dtype=np.float64) - self.middle) / self.width
        return self.low + (self.high - self.low) / (1 + np.exp(-np.clip(steps, -500, 500)))

    @classmethod
    def fit(cls, truth: ArrayLike, scores: ArrayLike) -> Logistic | None:
        """The map with the least squared distance to `truth` (Levenberg–Marquardt).

        `None` where there is nothing to fit: fewer than five rows, or constant values.
        """
        labels, given = _pair(truth, scores)
        if len(labels) < 5 or np.ptp(labels) == 0 or np.ptp(given) == 0:
            return None
        # Fitted on standard scales, where one starting point and one damping serve all data.
        shift, unit = float(given.mean()), float(given.std())
        base, span = float(labels.mean()), float(labels.std())
        x, y = (given - shift) / unit, (labels - base) / span
        rises = 1.0 if x @ y >= 0 else -1.0
        best = _least_squares(x, y, np.array([-2 * rises, 2 * rises, 0.0, 0.0]))
        low, high, middle, log_width = best.tolist()
        width = float(np.exp(log_width))
        return cls(base + span * low, base + span * high, shift + unit * middle, unit * width)


def _least_squares(x: Doubles, y: Doubles, start: Doubles) -> Doubles:
    """Low, high, middle and log width on standard scales.

    The middle stays among the scores and the width above a tenth of their deviation: where there
    is no relation, the best of all maps would be a step at one photo.
    """
    least = np.array([-np.inf, -np.inf, x.min(), np.log(_NARROWEST)])
    most = np.array([np.inf, np.inf, x.max(), np.log(_WIDEST)])

    def residuals(p: Doubles) -> tuple[Doubles, Doubles]:
        steps = (x - p[2]) / np.exp(p[3])
        part = 1 / (1 + np.exp(-np.clip(steps, -500, 500)))
        slope = (p[1] - p[0]) * part * (1 - part)
        return p[0] + (p[1] - p[0]) * part - y, np.stack(
            [1 - part, part, -slope / np.exp(p[3]), -slope * steps], axis=1
        )

    now, damping = start, 1e-2
    rest, jacobian = residuals(now)
    for _ in range(_FIT_STEPS):
        normal = jacobian.T @ jacobian
        step = np.linalg.solve(
            normal + damping * (np.diag(np.diag(normal)) + 1e-9 * np.eye(4)), -jacobian.T @ rest
        )
        trial = np.clip(now + step, least, most)
        tried, moved = residuals(trial)
        if tried @ tried < rest @ rest:
            gain = float(rest @ rest - tried @ tried)
            now, rest, jacobian, damping = trial, tried, moved, max(damping / 3, 1e-9)
            if gain < 1e-12 * len(y):
                break
        elif damping > 1e9:
            break
        else:
            damping *= 4
    return now


def _pair(one: ArrayLike, other: ArrayLike) -> tuple[Doubles, Doubles]:
    first, second = (np.asarray(values, dtype=np.float64).ravel() for values in (one, other))
    if first.shape != second.shape:
        raise ValueError(f"{len(first)} values cannot be compared with {len(second)}")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("a value is not a number")
    return first, second


def _centred(values: Doubles) -> Doubles:
    # Compared before subtracting: the mean of equal values may differ from them in the last bit.
    if (values == values[0]).all():
        return np.zeros_like(values)
    values = values / np.abs(values).max()
    values = values - values.mean()
    return values / np.abs(values).max()


def _ranks(values: Doubles) -> Doubles:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[place]


def _pairs(counts: int | NDArray[np.int64]) -> int:
    numbers = np.asarray(counts, dtype=np.int64)
    return int((numbers * (numbers - 1) // 2).sum())


def _rising_pairs(values: NDArray[np.int64]) -> int:
    """How many pairs i < j have values[i] < values[j] (whole numbers from 0).

    Two numbers compare by their highest differing bit: bit by bit from above, among numbers
    alike so far and in their old order, every 1 counts the 0s before it.
    """
    total = 0
    for bit in reversed(range(int(values.max(initial=0)).bit_length())):
        ones = (values >> bit) & 1
        alike = values >> (bit + 1)
        begins = np.flatnonzero(np.diff(alike, prepend=-1))
        zeros = np.cumsum(1 - ones)
        before = np.repeat(zeros[begins] - (1 - ones[begins]), np.diff(begins, append=len(values)))
        total += int((ones * (zeros - before)).sum())
        values = values[np.argsort(values >> bit, kind="stable")]
    return total


def _members(groups: Sequence[object] | None, size: int) -> list[Places]:
    if groups is None:
        return [np.array([place]) for place in range(size)]
    if len(groups) != size:
        raise ValueError(f"{len(groups)} groups cannot belong to {size} rows")
    found: dict[object, list[int]] = {}
    for place, group in enumerate(groups):
        found.setdefault(group, []).append(place)
    return [np.array(rows) for rows in found.values()]


def _at_least_two(groups: Sequence[object]) -> list[Places]:
    members = _members(groups, len(groups))
    if len(members) < 2:
        raise ValueError("a split needs two groups")
    return members


def _split(test: Places, size: int) -> tuple[Places, Places]:
    inside = np.zeros(size, dtype=bool)
    inside[test] = True
    return np.flatnonzero(~inside), np.flatnonzero(inside)
