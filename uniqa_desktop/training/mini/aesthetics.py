"""The aesthetics head: ridge regression on features, written as five levels.

Few labels and good features: ridge regression (`training.ridge`) is hard to beat, and whole groups
are held out when its strength is chosen. Each rated photo is learned from twice, as the model sees
it and as the teacher does, in the same coordinates: what the teacher sees is less blurred by the
student's own mistakes, and 404 photos are few.

Its answer r (0–1 along the scale of the ratings) becomes five levels lₖ with the logits of a normal
distribution about r,

    logitₖ = (r · lₖ − lₖ² / 2) / σ²,

linear in the features as a head must be. σ is how far people differ on one photo (0.25 of the
scale on OASIS), so the levels say how people's answers would spread; their mean rises with r.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import agreement, decode, prompts
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.mini_layers import LEVELS
from uniqa_desktop.training.mini.pictures import Pixels
from uniqa_desktop.training.ridge import Ridge

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 1.0, 7.0
"""The scale that the ratings were given on."""
SPREAD = 0.25
FOLDS, REPEATS = 10, 5


@dataclass(frozen=True, slots=True)
class Rated:
    """Photos with people's mean ratings and the groups that must not be torn apart."""

    files: list[Path]
    ratings: Floats
    groups: list[str]

    @classmethod
    def read(cls, table: Path) -> Rated:
        """A CSV with the columns `file` (relative to it), `score` (1–7) and `group`.

        Raises:
            WrongUse: it cannot be read, or a rating is no number of the scale.
        """
        try:
            with table.open(newline="", encoding="utf-8") as lines:
                rows = list(csv.DictReader(lines))
            ratings = np.array([float(row["score"]) for row in rows])
            found = cls(
                [table.parent / row["file"] for row in rows],
                ratings,
                [row["group"] for row in rows],
            )
        except (OSError, ValueError, KeyError) as error:
            raise WrongUse(f"The ratings in {table} cannot be read ({error!r}).") from None
        if not len(ratings) or not ((ratings >= LOWEST) & (ratings <= HIGHEST)).all():
            raise WrongUse(f"{table}: ratings are wanted, each from {LOWEST:g} to {HIGHEST:g}.")
        return found

    def pictures(self) -> list[Pixels]:
        """Every photo's pixels.

        Raises:
            WrongUse: one cannot be read.
        """
        try:
            return [decode.full(file).pixels for file in self.files]
        except (PhotoError, OSError) as error:
            raise WrongUse(f"A rated photo cannot be read: {error}") from None


def head(
    features: Floats, taught: Floats, ratings: Floats, groups: Sequence[str]
) -> tuple[Floats, Floats]:
    """Weight (5×D) and bias (5) of the head.

    Args:
        features: photos×D, as the model sees them.
        taught: photos×D, as the teacher does.
        ratings: people's means on their scale.
        groups: of the photos.
    """
    ridge = _fit(features, taught, (ratings - LOWEST) / (HIGHEST - LOWEST), groups)
    slope = ridge.weights / ridge.deviation
    offset = ridge.offset - float(slope @ ridge.mean)
    levels = np.linspace(0, 1, LEVELS)
    weight = levels[:, None] * slope[None] / SPREAD**2
    bias = (levels * offset - levels**2 / 2) / SPREAD**2
    return weight, bias


def expected(features: Floats, weight: Floats, bias: Floats) -> Floats:
    """What a head says of photos×D, in 0.2–1.0 as scores are kept."""
    logits = features @ weight.T + bias
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shares @ np.array(prompts.LEVELS) / shares.sum(axis=1)


def _fit(
    features: Floats, taught: Floats, ratings: Floats, groups: Sequence[str], seed: int = 0
) -> Ridge:
    both, twice = np.concatenate([features, taught]), np.concatenate([ratings, ratings])
    return Ridge.fit(both, twice, [*groups, *groups], seed=seed)


def held_out(
    features: Floats, taught: Floats, ratings: Floats, groups: Sequence[str]
) -> dict[str, object]:
    """How well heads do on whole groups that they were not fitted to (see `said_held_out`).

    The interval is a bootstrap over groups. `features` must come from an extractor that has seen no
    ratings.
    """
    return figures(ratings, said_held_out(features, taught, ratings, groups), groups)


def said_held_out(
    features: Floats, taught: Floats, ratings: Floats, groups: Sequence[str]
) -> Floats:
    """What heads say of groups that they were not fitted to, from the model's features alone.

    Ten folds of groups, dealt five times; a photo's prediction is the mean over the five.
    """
    total = np.zeros(len(ratings))
    for seed in range(REPEATS):
        for train, test in agreement.group_folds(groups, folds=FOLDS, seed=seed):
            known: list[str] = [str(groups[n]) for n in train]
            fitted = _fit(features[train], taught[train], ratings[train], known, seed)
            # Folds differ in the mean of what they were fitted to; what counts is the distance.
            total[test] += fitted(features[test]) - fitted.offset
    return total


def figures(truth: Floats, said: Floats, groups: Sequence[str] | None) -> dict[str, object]:
    """SRCC and PLCC with their 95 % intervals by groups."""
    measures: dict[str, Callable[..., float]] = {
        "srcc": agreement.spearman,
        "plcc": agreement.pearson,
    }
    found: dict[str, object] = {"n": len(truth)}
    for name, measure in measures.items():
        low, high = agreement.bootstrap(measure, truth, said, groups=groups, n=2000, seed=0)
        found[name] = {
            "value": round(float(measure(truth, said)), 4),
            "low": round(low, 4),
            "high": round(high, 4),
        }
    return found
