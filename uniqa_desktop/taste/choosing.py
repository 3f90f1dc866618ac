"""Which method for so many ratings: by cross-validation, groups never on both sides.

The posterior contains the generic score and is the choice for few ratings. Where a model has a
text tower and there are enough ratings, UniQA's adapter is tried as well; it is taken only if it
puts more held-out pairs in order. What is then reported of the choice comes from an outer round, in
which the choice was made without the photos that it is judged on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from uniqa_desktop import agreement
from uniqa_desktop.taste import posterior
from uniqa_desktop.taste.observations import Doubles, Evidence, Places
from uniqa_desktop.taste.space import Seen

OUTER, INNER = 4, 3
Predict = Callable[[Places], Doubles]
Method = Callable[[Evidence, Places], Predict]
"""Learns from the evidence about some photos (rows), and gives a function of rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The method chosen, and the inner accuracies (0–1) it was chosen by.

    `said` is what the whole procedure said of each rated photo without having seen it, and `folds`
    the outer round it was said in: only what was said in one round can be compared.
    """

    method: str
    inner: dict[str, float]
    said: Doubles
    folds: Places


def by_posterior(seen: Seen) -> Method:
    """The posterior as a method to choose from."""

    def learn(evidence: Evidence, rows: Places) -> Predict:
        learned = posterior.fit(seen.of(rows), evidence).posterior
        return lambda others: learned.latent(seen.of(others))

    return learn


def choose(
    methods: dict[str, Method],
    evidence: Evidence,
    groups: Sequence[object],
    *,
    stop: threading.Event | None = None,
) -> Iterator[Choice | None]:
    """Chooses by nested cross-validation; of methods alike the first is taken.

    Yields:
        `None` after each step, so that the caller may stop, and at the end the choice.

    Raises:
        ValueError: the ratings belong to fewer than two groups.
    """
    rated = evidence.rated
    names = np.array([str(groups[photo]) for photo in rated])
    heard, folds = np.full(len(rated), np.nan), np.full(len(rated), -1)
    for turn, (known, left) in enumerate(agreement.group_folds(names.tolist(), folds=OUTER)):
        inner = dict.fromkeys(methods, 0.5)
        if len(set(names[known])) > 1:
            for name, accuracy in _inner(methods, evidence, rated[known], names[known]):
                inner[name] = accuracy
                yield None
        best = max(inner, key=lambda name: inner[name])
        rows = np.sort(rated[known])
        heard[left] = methods[best](evidence.of_photos(rows), rows)(rated[left])
        folds[left] = turn
        yield None
        if stop and stop.is_set():
            return
    final = dict(_inner(methods, evidence, rated, names))
    yield Choice(max(final, key=lambda name: final[name]), final, heard, folds)


def _inner(
    methods: dict[str, Method], evidence: Evidence, rated: Places, names: np.ndarray
) -> Iterator[tuple[str, float]]:
    """The accuracy of each method on pairs within folds left out."""
    values = evidence.values[rated]
    for name, method in methods.items():
        right, played = 0.0, 0
        for known, left in agreement.group_folds(names.tolist(), folds=INNER):
            rows = np.sort(rated[known])
            said = method(evidence.of_photos(rows), rows)(rated[left])
            pairs = _pairs(values[left])
            if pairs:
                right += pairs * agreement.pairwise_accuracy(values[left], said)
                played += pairs
        yield name, right / played if played else 0.5


def _pairs(values: Doubles) -> int:
    """How many pairs differ."""
    _, counts = np.unique(values, return_counts=True)
    return int(len(values) * (len(values) - 1) / 2 - (counts * (counts - 1) / 2).sum())
