"""A person's taste as a posterior: closed-form Gaussian-process regression about the generic score.

What a person thinks of a photo, in units of the spread of their own ratings, is modelled as

    taste(x) = a + b·generic(x) + likeness part + cue part,      rating = taste + noise

with a broad prior for `a`, `b` near a positive slope, a Gaussian kernel on where photos stand in a
model's features, and linear kernels on measured cues. The prior mean is the generic score: without
ratings the order is the generic one, and each rating moves it.

How strong each part is differs from person to person. It is not set but averaged over the table
`hypotheses`, each weighted by its prior and by how well it foretells the ratings (its marginal
likelihood). Nothing is drawn at random and nothing runs to a tolerance: the same evidence gives the
same model to the last bit.

A choice between two photos is a probit observation of their difference, by a fixed number of steps
of the variational scheme of Girolami and Rogers (Neural Computation 18, 2006). For the rest see
Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), chapters 2 and 5."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.taste.hypotheses import Hypothesis, hypotheses, strengths
from uniqa_desktop.taste.observations import Doubles, Evidence, Places
from uniqa_desktop.taste.space import Seen

LENGTH = 0.5
"""Square of the likeness kernel's length; photos stand on a sphere of radius 1. From 0.25 to 0.5
the figures rise a little, from there to 1 they fall."""
_WEIGHED_ON = 250
"""Of more observations, hypotheses are weighed on an even sample, and the best are kept."""
_KEPT = 8
_BLOCK = 8192
"""Photos that are scored at once: their likenesses stay in the cache."""
_BROAD = 4.0
"""Prior variance of the intercept."""
_SLOPE = 0.02
"""Prior variance of the slope about a hypothesis's own."""
_PAIR_STEPS = 12
_USUAL, _USUAL_COUNTS = 0.26, 5.0
"""The deviation of a person's ratings (0–1) before any is known, and as how many ratings it counts:
the median of the public half of OASIS."""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """A learned taste. `likeness`, `cues` and `generic` are of the photos it was learned from.

    `alpha`, `slope` and `cue_weights` give the mean; `precision` the doubt about it, for the one
    hypothesis of mean strengths (`amount`, `cue_amounts`, `noise`). `middle` and `spread` turn
    latent units into ratings 0–1.
    """

    likeness: NDArray[np.floating]
    cues: Doubles
    generic: Doubles
    alpha: Doubles
    slope: float
    intercept: float
    cue_weights: Doubles
    precision: Doubles
    amount: float
    cue_amounts: Doubles
    noise: float
    middle: float
    spread: float

    def latent(self, seen: Seen) -> Doubles:
        """The mean for photos, in units of the person's spread.

        The large product is made in single precision: 100,000 photos take a tenth of a second.
        """
        found = self.intercept + self.slope * seen.generic + seen.cues @ self.cue_weights
        known, alpha = self.likeness.astype(np.float32), self.alpha.astype(np.float32)
        for start in range(0, len(found), _BLOCK):
            block = seen.likeness[start : start + _BLOCK].astype(np.float32, copy=False)
            found[start : start + _BLOCK] += like(block, known) @ alpha
        return found

    def ratings(self, seen: Seen) -> Doubles:
        """What the person would say of photos, where 0 and 1 are the ends of the scale."""
        return self.middle + self.spread * self.latent(seen)

    def covariance(self, one: Seen, other: Seen) -> Doubles:
        """How the doubts about photos belong together, one×other, in units of the spread²."""
        known = Seen(self.likeness, self.cues, self.generic)
        left, right = self._prior(one, known), self._prior(other, known)
        return self._prior(one, other) - left @ (self.precision @ right.T)

    def variance(self, seen: Seen) -> Doubles:
        """The doubt about photos, in units of the spread², without the noise of a rating."""
        left = self._prior(seen, Seen(self.likeness, self.cues, self.generic))
        own = _BROAD + _SLOPE * seen.generic**2 + seen.cues**2 @ self.cue_amounts
        own += self.amount * bool(self.likeness.shape[1])
        return np.maximum(own - ((left @ self.precision) * left).sum(axis=1), 1e-9)

    def _prior(self, one: Seen, other: Seen) -> Doubles:
        found = _BROAD + _SLOPE * np.outer(one.generic, other.generic)
        found += (one.cues * self.cue_amounts) @ other.cues.T
        return found + self.amount * like(one.likeness, other.likeness)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """All hypotheses fitted: the posterior, and what leaving photos out needs.

    H hypotheses, m observations (first the rated photos, then the choices): `inverse` H×m×m,
    `alphas` and `targets` H×m, `scores` H (log prior and log evidence).
    """

    posterior: Posterior
    evidence: Evidence
    inverse: Doubles
    alphas: Doubles
    targets: Doubles
    scores: Doubles

    def without(self, places: Places) -> Doubles:
        """What would be said of rated photos if some observations were not known.

        Args:
            places: q×s observations; each row is left out together, in closed form, and the
                hypotheses are weighed anew without it.

        Returns:
            q×s latent means of the observations left out.
        """
        blocks = self.inverse[:, places[:, :, None], places[:, None, :]]
        alphas, targets = self.alphas[:, places], self.targets[:, places]
        covariance = np.linalg.inv(blocks)
        off = (covariance @ alphas[..., None])[..., 0]
        # The evidence of the rest: that of all, less that of what is left out given the rest.
        lost = -0.5 * (alphas * off).sum(-1) + 0.5 * np.linalg.slogdet(blocks)[1]
        weights = _shares(self.scores[:, None] - lost)
        return (weights[..., None] * (targets - off)).sum(axis=0)

    def doubts_without(self, places: Places) -> Doubles:
        """The deviation of each rating about `without([[place]])`, noise included: q."""
        means = self.targets[:, places] - self.alphas[:, places] / self._diagonal[:, places]
        variances = 1 / self._diagonal[:, places]
        lost = -0.5 * (self.alphas[:, places] ** 2 * variances) - 0.5 * np.log(variances)
        weights = _shares(self.scores[:, None] - lost)
        mean = (weights * means).sum(axis=0)
        return np.sqrt((weights * (variances + means**2)).sum(axis=0) - mean**2)

    @property
    def _diagonal(self) -> Doubles:
        return np.diagonal(self.inverse, axis1=1, axis2=2)


def fit(seen: Seen, evidence: Evidence) -> Fit:
    """Learns a taste.

    Args:
        seen: where n photos stand.
        evidence: what was said of them; at least one photo.

    Raises:
        ValueError: there is no evidence, or its size is another.
    """
    count = len(evidence.rated) + len(evidence.pairs)
    if not count or len(evidence.values) != len(seen.generic):
        raise ValueError(f"{count} observations of {len(seen.generic)} photos cannot be learned")
    seen = Seen(seen.likeness.astype(np.float64), seen.cues, seen.generic)
    table = hypotheses(seen.cues.shape[1])
    if count > _WEIGHED_ON:
        part = np.arange(len(evidence.values))[:: -(-count // _WEIGHED_ON)]
        weighed = _solve(seen.of(part), evidence.of_photos(part), table)[-1]
        best = np.argsort(-weighed, kind="stable")[:_KEPT]
        table = [table[place] for place in best]
    inverse, alphas, targets, scores = _solve(seen, evidence, table)
    posterior = _mixed(seen, evidence, table, inverse, alphas, _shares(scores))
    return Fit(posterior, evidence, inverse, alphas, targets, scores)


def blank(dimensions: int, cues: int) -> Posterior:
    """The taste of someone of whom nothing is known: the generic score, and the usual doubts."""
    table = hypotheses(cues)
    shares = np.array([one.prior for one in table])
    shares /= shares.sum()
    mean = {name: float(shares @ [getattr(one, name) for one in table]) for name in _NUMBERS}
    return Posterior(
        likeness=np.zeros((0, dimensions)),
        cues=np.zeros((0, cues)),
        generic=np.zeros(0),
        alpha=np.zeros(0),
        slope=mean["slope"],
        intercept=0.0,
        cue_weights=np.zeros(cues),
        precision=np.zeros((0, 0)),
        amount=mean["likeness"],
        cue_amounts=shares @ strengths(table, cues),
        noise=mean["noise"],
        middle=0.5,
        spread=_USUAL,
    )


def _solve(
    seen: Seen, evidence: Evidence, table: list[Hypothesis]
) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """For each hypothesis: the inverse of its covariance, alphas, targets, and log weight."""
    design, weights = _design(evidence)
    ratings = len(evidence.rated)
    cues = design @ seen.cues
    generic, ones = design @ seen.generic, design.sum(axis=1)
    likeness = design @ like(seen.likeness, seen.likeness) @ design.T
    common = _SLOPE * np.outer(generic, generic) + _BROAD * np.outer(ones, ones)
    column = {name: np.array([getattr(one, name) for one in table]) for name in _NUMBERS}
    signal = common + column["likeness"][:, None, None] * likeness
    amounts = strengths(table, seen.cues.shape[1])
    signal += (cues * amounts[:, None, :]) @ cues.T
    noise = column["noise"][:, None] / weights
    noise[:, ratings:] *= 2  # a choice compares two photos, each with its noise
    inverse = np.linalg.inv(signal + noise[:, :, None] * np.eye(len(design))).astype(np.float64)
    middle, spread = _scale(evidence)
    prior = column["slope"][:, None] * generic
    targets = np.broadcast_to(
        np.concatenate([(evidence.values[evidence.rated] - middle) / spread, ones[ratings:]]),
        prior.shape,
    ).copy()
    mean, alphas = prior, np.zeros_like(prior)
    for _ in range(_PAIR_STEPS if len(design) > ratings else 1):
        if len(design) > ratings:
            targets[:, ratings:] = _chosen(mean[:, ratings:], noise[:, ratings:])
        alphas = (inverse @ (targets - prior)[..., None])[..., 0]
        mean = targets - noise * alphas
    scores = (
        np.log(column["prior"])
        + 0.5 * np.linalg.slogdet(inverse)[1]
        - 0.5 * (noise * alphas**2)[:, :ratings].sum(axis=1)
        - 0.5 * ((mean - prior) * alphas).sum(axis=1)
        + 0.5 * np.log(noise[:, ratings:]).sum(axis=1)
        + np.log(_normal(mean[:, ratings:] / np.sqrt(noise[:, ratings:]))).sum(axis=1)
    )
    return inverse, alphas, targets, scores


_NUMBERS = ("slope", "likeness", "noise", "prior")


def _mixed(
    seen: Seen,
    evidence: Evidence,
    table: list[Hypothesis],
    inverse: Doubles,
    alphas: Doubles,
    shares: Doubles,
) -> Posterior:
    """The mean of all hypotheses, and the doubt of the one with mean strengths."""
    design, weights = _design(evidence)
    column = {name: np.array([getattr(one, name) for one in table]) for name in _NUMBERS}
    amounts = strengths(table, seen.cues.shape[1])
    cues, generic = design @ seen.cues, design @ seen.generic
    mean_alpha = shares @ alphas
    amount, noise = float(shares @ column["likeness"]), float(shares @ column["noise"])
    cue_amounts = shares @ amounts
    signal = _BROAD * np.outer(design.sum(axis=1), design.sum(axis=1))
    signal += _SLOPE * np.outer(generic, generic) + (cues * cue_amounts) @ cues.T
    signal += amount * (design @ like(seen.likeness, seen.likeness) @ design.T)
    doubt = noise / weights
    doubt[len(evidence.rated) :] *= 2
    precision = design.T @ np.linalg.inv(signal + np.diag(doubt)) @ design
    middle, spread = _scale(evidence)
    return Posterior(
        likeness=seen.likeness,
        cues=seen.cues,
        generic=seen.generic,
        alpha=((shares * column["likeness"]) @ alphas) @ design,
        slope=float(shares @ column["slope"] + _SLOPE * (mean_alpha @ generic)),
        intercept=float(_BROAD * (mean_alpha @ design.sum(axis=1))),
        cue_weights=np.einsum("h,hc,hc->c", shares, amounts, alphas @ cues),
        precision=precision,
        amount=amount,
        cue_amounts=cue_amounts,
        noise=noise,
        middle=middle,
        spread=spread,
    )


def _design(evidence: Evidence) -> tuple[Doubles, Doubles]:
    """Observations×photos: a rating sees its photo, a choice the difference of two; and weights."""
    rated, pairs = evidence.rated, evidence.pairs
    found = np.zeros((len(rated) + len(pairs), len(evidence.values)))
    found[np.arange(len(rated)), rated] = 1
    rows = len(rated) + np.arange(len(pairs))
    np.add.at(found, (rows, pairs[:, 0]), 1)
    np.add.at(found, (rows, pairs[:, 1]), -1)
    return found, np.concatenate([evidence.weights[rated], evidence.pair_weights])


def _scale(evidence: Evidence) -> tuple[float, float]:
    """Mean and deviation of the ratings, the latter drawn towards the usual one."""
    known = evidence.values[evidence.rated]
    if not len(known):
        return 0.5, _USUAL
    middle = float(known.mean())
    square = _USUAL_COUNTS * _USUAL**2 + float(((known - middle) ** 2).sum())
    return middle, sqrt(square / (_USUAL_COUNTS + len(known) - 1))


def like(one: NDArray[np.floating], other: NDArray[np.floating]) -> NDArray[np.floating]:
    """How alike photos are (one×other, 0–1); nothing is like anything without features."""
    if not one.shape[1]:
        return np.zeros((len(one), len(other)), one.dtype)
    return np.exp((one @ other.T - 1) / one.dtype.type(LENGTH))


def _shares(scores: Doubles) -> Doubles:
    """Weights that sum to 1 over the first axis, from logarithms."""
    found = np.exp(scores - scores.max(axis=0))
    return found / found.sum(axis=0)


def _chosen(mean: Doubles, noise: Doubles) -> Doubles:
    """The expected difference, given that the first photo was preferred."""
    deviation = np.sqrt(noise)
    steps = np.maximum(mean / deviation, -30)
    density = np.exp(-0.5 * steps**2 - 0.5 * log(2 * pi))
    return mean + deviation * density / _normal(steps)


_erfc = np.frompyfunc(erfc, 1, 1)


def _normal(steps: Doubles) -> Doubles:
    """The normal distribution's cumulative share, never 0."""
    found = 0.5 * np.asarray(_erfc(-np.asarray(steps) / sqrt(2)), dtype=np.float64)
    return np.maximum(found, 1e-200)
