"""A model as a metric for image generators and editors: whose pictures score higher, how surely.

ATTIQA's first application. Every source is a set of pictures; its figure is the mean score with a
bootstrap interval, and each two are compared by a permutation test. Where sources have pictures of
the same names (the same prompt, or the same original edited) they are compared pair by pair, which
takes the difference between prompts out of it.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import agreement, attributes, decode
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Attributes, Failure, Progress
from uniqa_desktop.scoring import Scorer

By = Literal["quality", "aesthetics", "appeal"]

_DRAWS = 10_000
"""Permutations of a test: the smallest p that can be said is about 1 / 10,000."""
_FEWEST_PAIRS = 5
"""With fewer common names two sources are compared as wholes."""
_AT_ONCE = 1_000_000
"""Signs or places that are drawn at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A set of pictures and its figure: mean score (0–100) with a 95 % bootstrap interval.

    The ends are NaN for a single picture.
    """

    name: str
    pictures: int
    mean: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sources compared.

    Attributes:
        better, worse: their names, by the mean of what was compared.
        points: how far apart the means are, with a 95 % bootstrap interval.
        interval: its ends.
        p: two-sided permutation test, adjusted for the number of comparisons (Holm 1979).
        pairs: how many pictures of the same name it rests on; 0 if compared as wholes.
    """

    better: str
    worse: str
    points: float
    interval: tuple[float, float]
    p: float
    pairs: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found; sources and differences from the best and the clearest on."""

    model: str
    by: By
    sources: tuple[Source, ...]
    differences: tuple[Difference, ...]
    failed: tuple[Failure, ...]
    scores: Mapping[str, Mapping[str, float]]


def compare(
    sources: Mapping[str, Mapping[str, Path]],
    scorer: Scorer,
    by: By = "quality",
    *,
    seed: int = 0,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, Comparison | None]:
    """Scores every picture and compares the sources.

    Args:
        sources: by name, the pictures by what pairs them across sources (a prompt, a file name).
        scorer: any model.
        by: which of its scores.
        seed: of bootstrap and permutations.
        stop: ends it before the next batch.

    Returns:
        The comparison; `None` if it was stopped.

    Raises:
        WrongUse: a source without a readable picture, or a model without that score.
        WeightsError: the model cannot be loaded.
    """
    scores: dict[str, dict[str, float]] = {name: {} for name in sources}
    failed: list[Failure] = []
    jobs = [(name, key, path) for name, files in sources.items() for key, path in files.items()]
    pace = Pace("score", len(jobs))
    scorer.open()
    try:
        for at in range(0, len(jobs), scorer.batch_size):
            if stop is not None and stop.is_set():
                return None
            part = jobs[at : at + scorer.batch_size]
            bad = _score(part, scorer, by, scores)
            failed += bad
            pace.add(len(part), failures=tuple(bad))
            yield pace.step()
    finally:
        scorer.close()
    for name, found in scores.items():
        if not found:
            raise WrongUse(f"No picture of {name} can be read.")
    figures = [_figure(name, list(found.values()), seed) for name, found in scores.items()]
    return Comparison(
        scorer.model,
        by,
        tuple(sorted(figures, key=lambda source: -source.mean)),
        tuple(differences(scores, seed)),
        tuple(failed),
        scores,
    )


def differences(scores: Mapping[str, Mapping[str, float]], seed: int = 0) -> list[Difference]:
    """Every two sources compared, the clearest difference first (see `Difference`)."""
    found = [
        _difference(one, other, scores[one], scores[other], seed)
        for one, other in combinations(scores, 2)
    ]
    found.sort(key=lambda difference: difference.p)
    adjusted, least = [], 0.0
    for rank, difference in enumerate(found):
        least = max(least, min(1.0, difference.p * (len(found) - rank)))
        adjusted.append(
            Difference(
                difference.better,
                difference.worse,
                difference.points,
                difference.interval,
                least,
                difference.pairs,
            )
        )
    return adjusted


def _score(
    part: Sequence[tuple[str, str, Path]],
    scorer: Scorer,
    by: By,
    scores: dict[str, dict[str, float]],
) -> list[Failure]:
    keys, prepared, measured, failed = [], [], [], []
    for name, key, path in part:
        try:
            pixels = decode.full(path).pixels
        except PhotoError as error:
            failed.append(Failure(path, str(error)))
            continue
        keys.append((name, key))
        prepared.append(scorer.prepare(pixels, b""))
        # A model with features needs none of the measured ones.
        measured.append(attributes.measure(pixels) if scorer.features_key is None else None)
    if not keys:
        return failed
    known = [one for one in measured if one is not None]
    for (name, key), value in zip(
        keys, _values(scorer, scorer.encode(prepared), known, by), strict=True
    ):
        scores[name][key] = value
    return failed


def _values(
    scorer: Scorer, features: Sequence[Any], measured: Sequence[Attributes], by: By
) -> list[float]:
    """What was asked for, of each picture, 0–100."""
    if by == "appeal":
        found = scorer.appeal(np.stack(features)) if scorer.features_key is not None else None
        values = [] if found is None else found.tolist()
    else:
        rows = scorer.score(features, measured)
        values = [getattr(row, by) for row in rows if getattr(row, by) is not None]
    if len(values) < len(features):
        raise WrongUse(f"{scorer.model} has no score for {by}.")
    return [float(value) for value in values]


def _figure(name: str, values: list[float], seed: int) -> Source:
    interval = agreement.bootstrap(_mean, values, seed=seed)
    return Source(name, len(values), float(np.mean(values)), interval)


def _difference(
    one: str,
    other: str,
    ours: Mapping[str, float],
    theirs: Mapping[str, float],
    seed: int,
) -> Difference:
    common = sorted(ours.keys() & theirs.keys())
    if len(common) >= _FEWEST_PAIRS:
        apart = np.array([ours[key] - theirs[key] for key in common])
        points, p = float(apart.mean()), _sign_flips(apart, seed)
        interval = agreement.bootstrap(_mean, apart, seed=seed)
    else:
        common = []
        values = np.array([*ours.values(), *theirs.values()])
        first = np.arange(len(values)) < len(ours)
        points, p = _mean_difference(values, first), _permutations(values, first, seed)
        interval = _interval(values[first], values[~first], seed)
    if points < 0:
        one, other, points, interval = other, one, -points, (-interval[1], -interval[0])
    return Difference(one, other, points, interval, p, len(common))


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean())


def _mean_difference(values: NDArray[np.float64], first: NDArray[np.bool_]) -> float:
    return float(values[first].mean() - values[~first].mean())


def _interval(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int, draws: int = 2000
) -> tuple[float, float]:
    """The percentile bootstrap of a difference of means, each set drawn by itself."""
    if min(len(ours), len(theirs)) < 2:
        return (float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    means = [
        values[random.integers(len(values), size=(draws, len(values)))].mean(axis=1)
        for values in (ours, theirs)
    ]
    low, high = np.quantile(means[0] - means[1], [0.025, 0.975])
    return (float(low), float(high))


def _sign_flips(apart: NDArray[np.float64], seed: int) -> float:
    """Two-sided p of paired differences: how often random signs give as large a mean."""
    random = np.random.default_rng(seed)
    block = max(1, _AT_ONCE // len(apart))
    reached, drawn = 0, 0
    while drawn < _DRAWS:
        count = min(block, _DRAWS - drawn)
        signs = random.integers(0, 2, (count, len(apart))) * 2 - 1
        reached += _as_large(signs @ apart / len(apart), float(apart.mean()))
        drawn += count
    return (reached + 1) / (_DRAWS + 1)


def _permutations(values: NDArray[np.float64], first: NDArray[np.bool_], seed: int) -> float:
    """Two-sided p of two sets: how often dealing them anew gives as large a difference."""
    random = np.random.default_rng(seed)
    wanted = _mean_difference(values, first)
    ours, total = int(first.sum()), float(values.sum())
    block = max(1, _AT_ONCE // len(values))
    reached, drawn = 0, 0
    while drawn < _DRAWS:
        count = min(block, _DRAWS - drawn)
        dealt = random.permuted(np.tile(first, (count, 1)), axis=1) @ values
        found = dealt / ours - (total - dealt) / (len(values) - ours)
        reached += _as_large(found, wanted)
        drawn += count
    return (reached + 1) / (_DRAWS + 1)


def _as_large(drawn: NDArray[np.float64], wanted: float) -> int:
    # A rounding error must not make a draw equal to what was found a smaller one.
    return int((np.abs(drawn) >= abs(wanted) * (1 - 1e-9)).sum())
