"""How well a taste agrees with its owner, on ratings that it did not see, beside the generic score.

Held out are pairs of rated photos: both are left out together (with all of their burst or shoot),
the rest is learned from, and the two are compared. Predictions made by different remainders are
never compared with each other, which is what biases ordinary cross-validation (leave-pair-out:
Airola et al., Computational Statistics & Data Analysis 55, 2011; the order for Spearman is that of
wins: tournament leave-pair-out, Perez et al., Statistical Methods in Medical Research 28, 2019).
Leaving out is exact and in closed form, hypotheses weighed anew, so all pairs cost milliseconds.

The intervals are percentile bootstraps over photos, groups drawn whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from uniqa_desktop import agreement
from uniqa_desktop.taste import posterior
from uniqa_desktop.taste.observations import Doubles, Evidence, Places
from uniqa_desktop.taste.posterior import Fit
from uniqa_desktop.taste.space import Seen

MOST_PAIRS = 3000
"""Pairs of groups that are compared; of more, a drawn sample with a fixed seed."""
DRAWS = 1000
SIZES = (5, 10, 20, 50, 100, 200)
"""Numbers of ratings of the learning curve."""
_REPEATS = 8
_LEAST_LEFT = 5
"""Photos that must be left to test on."""
LEAST = 4
"""Rated photos below which nothing is held out: the figures would not exist."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; NaN where it does not exist."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Taste and generic score against the same held-out ratings.

    `accuracy` is the share of pairs in the person's order (0–1), `spearman` the rank correlation;
    `gain` is taste's accuracy less the generic score's, drawn together.
    """

    photos: int
    pairs: int
    accuracy: Estimate
    spearman: Estimate
    generic_accuracy: Estimate
    generic_spearman: Estimate
    gain: Estimate

    @property
    def distinguishable(self) -> bool:
        """Whether the interval of taste lies wholly above that of the generic score."""
        return bool(self.accuracy.low > self.generic_accuracy.high)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of the ratings left out one by one, the share inside the stated 50 % and 95 % ranges."""

    within_50: float
    within_95: float


@dataclass(frozen=True, slots=True, eq=False)
class Duel:
    """What leaving out gave, n×n over rated photos: `played` pairs (weights 0 or 1), and of those
    the share that taste (`won`) puts in the person's order; `rises` where it puts the row's photo
    above the column's."""

    played: Doubles
    won: Doubles
    rises: Doubles
    compared: Doubles


def held_out(fitted: Fit, seen: Seen, groups: Sequence[object] | None = None) -> Agreement | None:
    """Agreement on ratings left out; `None` with fewer than `LEAST` or all alike.

    Args:
        fitted: of these photos.
        seen: where all photos of the evidence stand.
        groups: what belongs together (burst, shoot), a value for each photo.
    """
    evidence = fitted.evidence
    rated = evidence.rated
    values = evidence.values[rated]
    if len(rated) < LEAST or not np.ptp(values):
        return None
    members = _members(list(range(len(evidence.values))) if groups is None else groups, rated)
    if len(members) < 3:
        return None
    duel = _duel(fitted, values, members)
    if not duel.played.sum():
        return None
    return _agreement(duel, values, seen.generic[rated], members)


def by_rounds(
    evidence: Evidence, said: Doubles, rounds: Places, generic: Doubles, groups: Sequence[object]
) -> Agreement | None:
    """Agreement from rounds of cross-validation: only what was said in one round is compared.

    Args:
        evidence: about n photos, of which r are rated.
        said: r predictions, each made without its photo.
        rounds: r numbers of the round of each.
        generic: the generic score of the n photos.
        groups: as in `held_out`.
    """
    rated = evidence.rated
    values = evidence.values[rated]
    compared = (rounds[:, None] == rounds[None]).astype(np.float64)
    np.fill_diagonal(compared, 0)
    rises = compared * (np.sign(said[:, None] - said[None]) + 1) / 2
    duel = _judged(values, rises, compared)
    if len(rated) < LEAST or not duel.played.sum():
        return None
    return _agreement(duel, values, generic[rated], _members(groups, rated))


def shoots(bursts: Sequence[object], shoot: Sequence[object]) -> list[object]:
    """What is left out together: whole shoots where there are at least five, else bursts."""
    return list(shoot) if len(set(shoot)) >= 5 else list(bursts)


def calibration(fitted: Fit) -> Calibration | None:
    """How often ratings left out one by one fall into the ranges stated for them."""
    rated = fitted.evidence.rated
    if len(rated) < LEAST:
        return None
    places = np.arange(len(rated))
    off = fitted.targets[0, places] - fitted.without(places[:, None])[:, 0]
    steps = np.abs(off) / fitted.doubts_without(places)
    return Calibration(float((steps <= 0.6745).mean()), float((steps <= 1.96).mean()))


def curve(seen: Seen, evidence: Evidence, seed: int = 0) -> list[tuple[int, float, float]]:
    """The learning curve: (ratings, accuracy, the generic score's on the same photos).

    Each point is a mean over drawn parts of the ratings, tested on the others.
    """
    rated = evidence.rated
    values = evidence.values[rated]
    found = []
    for size in (size for size in SIZES if size + _LEAST_LEFT <= len(rated)):
        results = []
        for turn in range(_REPEATS):
            order = np.random.default_rng((seed, size, turn)).permutation(len(rated))
            known, left = rated[order[:size]], rated[order[size:]]
            learned = posterior.fit(seen.of(known), evidence.of_photos(known)).posterior
            truth, others = values[order[size:]], seen.of(left)
            results.append(
                [
                    agreement.pairwise_accuracy(truth, learned.latent(others)),
                    agreement.pairwise_accuracy(truth, others.generic),
                ]
            )
        there = np.array([row for row in results if np.isfinite(row).all()])
        if len(there):
            accuracy, generic = there.mean(axis=0)
            found.append((size, float(accuracy), float(generic)))
    return found


def _duel(fitted: Fit, values: Doubles, members: list[Places]) -> Duel:
    """Compares the photos of every two groups, both left out."""
    count = len(values)
    pairs = np.stack(np.triu_indices(len(members), 1), axis=1)
    if len(pairs) > MOST_PAIRS:
        drawn = np.random.default_rng(0).choice(len(pairs), MOST_PAIRS, replace=False)
        pairs = pairs[np.sort(drawn)]
    rises, compared = np.zeros((count, count)), np.zeros((count, count))
    touched = _with_choices(fitted, members)
    left_out = [np.union1d(touched[a], touched[b]) for a, b in pairs]
    together = np.array([len(places) for places in left_out])
    for size in np.unique(together):
        chosen = np.flatnonzero(together == size)
        step = max(1, 400_000 // (len(fitted.scores) * int(size) ** 2))
        for start in range(0, len(chosen), step):
            block = chosen[start : start + step]
            said = fitted.without(np.stack([left_out[place] for place in block]))
            for turn, row in zip(block, said, strict=True):
                one, other = (members[group] for group in pairs[turn])
                ours = row[np.searchsorted(left_out[turn], one)]
                theirs = row[np.searchsorted(left_out[turn], other)]
                ahead = (np.sign(ours[:, None] - theirs[None]) + 1) / 2
                rises[np.ix_(one, other)], rises[np.ix_(other, one)] = ahead, 1 - ahead.T
                compared[np.ix_(one, other)] = compared[np.ix_(other, one)] = 1
    return _judged(values, rises, compared)


def _judged(values: Doubles, rises: Doubles, compared: Doubles) -> Duel:
    """Which comparisons were right."""
    order = np.sign(values[:, None] - values[None])
    played = compared * (order != 0)
    return Duel(played, played * (1 + order * (2 * rises - 1)) / 2, rises, compared)


def _with_choices(fitted: Fit, members: list[Places]) -> list[Places]:
    """The observations of each group, ascending: its ratings, which stand first, and the choices
    that any of its photos took part in, which would tell of it."""
    evidence, rated = fitted.evidence, fitted.evidence.rated
    found = []
    for part in members:
        touched = np.isin(evidence.pairs, rated[part]).any(axis=1)
        found.append(np.concatenate([part, len(rated) + np.flatnonzero(touched)]))
    return found


def _agreement(duel: Duel, values: Doubles, generic: Doubles, members: list[Places]) -> Agreement:
    order = np.sign(values[:, None] - values[None])
    agrees = duel.played * (order * np.sign(generic[:, None] - generic[None]) + 1) / 2
    wins = duel.rises.sum(axis=1) / np.maximum(duel.compared.sum(axis=1), 1)
    drawn = _drawn(members, len(values))
    with np.errstate(invalid="ignore", divide="ignore"):
        totals = ((drawn @ duel.played) * drawn).sum(axis=1)
        ours = ((drawn @ duel.won) * drawn).sum(axis=1) / totals
        theirs = ((drawn @ agrees) * drawn).sum(axis=1) / totals
        taste, plain = (_spearmans(drawn, values, scores) for scores in (wins, generic))
    total = duel.played.sum()
    accuracy, other = duel.won.sum() / total, agrees.sum() / total
    return Agreement(
        photos=len(values),
        pairs=int(total) // 2,
        accuracy=_estimate(accuracy, ours),
        spearman=_estimate(agreement.spearman(values, wins), taste),
        generic_accuracy=_estimate(other, theirs),
        generic_spearman=_estimate(agreement.spearman(values, generic), plain),
        gain=_estimate(accuracy - other, ours - theirs),
    )


def _drawn(members: list[Places], count: int) -> Doubles:
    """How often each photo is in each bootstrap draw of groups: draws×photos."""
    random = np.random.default_rng(0)
    chosen = random.integers(len(members), size=(DRAWS, len(members)))
    often = np.stack([np.bincount(row, minlength=len(members)) for row in chosen])
    belongs = np.zeros((len(members), count))
    for row, part in zip(belongs, members, strict=True):
        row[part] = 1
    return often @ belongs


def _spearmans(drawn: Doubles, one: Doubles, other: Doubles) -> Doubles:
    """Spearman's correlation in every draw, all at once: ranks are counts of what is smaller."""
    centred = []
    for values in (one, other):
        below = (np.sign(values[:, None] - values[None]) + 1) / 2
        ranks = drawn @ below.T
        centred.append(ranks - (ranks * drawn).sum(1, keepdims=True) / drawn.sum(1, keepdims=True))
    first, second = centred
    sizes = [(drawn * part**2).sum(axis=1) for part in centred]
    return (drawn * first * second).sum(axis=1) / np.sqrt(sizes[0] * sizes[1])


def _estimate(value: float, draws: Doubles) -> Estimate:
    there = draws[np.isfinite(draws)]
    if len(there) * 2 < DRAWS:
        return Estimate(float(value), float("nan"), float("nan"))
    low, high = np.quantile(there, [0.025, 0.975])
    return Estimate(float(value), float(low), float(high))


def _members(groups: Sequence[object], rated: Places) -> list[Places]:
    """The positions among rated photos of each group."""
    found: dict[object, list[int]] = {}
    for place, photo in enumerate(rated):
        found.setdefault(groups[photo], []).append(place)
    return [np.array(rows) for rows in found.values()]
