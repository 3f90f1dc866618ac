"""What to rate next: the photos, or pairs, whose answer would make the most of the order surer.

Greedy design for the smallest mean variance over the library (ALC: Cohn, Advances in Neural
Information Processing Systems 6, 1994; Seo et al., IJCNN 2000). After each choice the covariance is
updated as if the answer were known, which a Gaussian process can do before the answer is given; so
the next choice differs from the last by itself, and a batch covers what is shown.
"""

from __future__ import annotations

import numpy as np

from uniqa_desktop.taste.posterior import Posterior
from uniqa_desktop.taste.space import Seen

CANDIDATES, REFERENCES = 3000, 400
"""Photos that are considered, and that the variance is measured on; of more, even samples."""


def photos(learned: Posterior, seen: Seen, count: int = 20) -> list[int]:
    """Positions of the photos to rate next, the most telling first.

    Args:
        learned: the taste so far (see `blank` for one without ratings).
        seen: the photos that have no rating yet.
        count: at most so many.
    """
    if not len(seen):
        return []
    places = np.arange(len(seen))[:: max(1, -(-len(seen) // CANDIDATES))]
    candidates = seen.of(places)
    references = seen.of(slice(None, None, max(1, -(-len(seen) // REFERENCES))))
    covariance = learned.covariance(candidates, references)
    # What all photos have in common moves no order.
    covariance -= covariance.mean(axis=1, keepdims=True)
    own = learned.variance(candidates)
    known = np.zeros((len(places), 0))
    found: list[int] = []
    for _ in range(min(count, len(places))):
        gains = (covariance**2).sum(axis=1) / (own + learned.noise)
        gains[found] = -1
        best = int(gains.argmax())
        # As if it were rated: the doubts that go with this answer.
        row = np.array([best])
        step = learned.covariance(candidates, candidates.of(row))[:, 0] - known @ known[best]
        scale = np.sqrt(own[best] + learned.noise)
        covariance -= np.outer(step, covariance[best]) / scale**2
        own = np.maximum(own - (step / scale) ** 2, 1e-9)
        known = np.column_stack([known, step / scale])
        found.append(best)
    return [int(places[row]) for row in found]


def pairs(learned: Posterior, seen: Seen, count: int = 20) -> list[tuple[int, int]]:
    """Positions of pairs to choose from: of the photos most telling to rate, those side by side
    whose order is least sure."""
    chosen = photos(learned, seen, 2 * count)
    some = seen.of(np.array(chosen, np.int64))
    means = learned.latent(some)
    covariance = learned.covariance(some, some)
    variance = np.diag(covariance)
    spread = np.sqrt(np.maximum(variance[:, None] + variance[None] - 2 * covariance, 1e-9))
    sure = np.abs(means[:, None] - means[None]) / spread
    np.fill_diagonal(sure, np.inf)
    found = []
    while len(found) < count and np.isfinite(sure).any():
        one, other = divmod(int(sure.argmin()), len(chosen))
        found.append((chosen[one], chosen[other]))
        sure[[one, other]] = np.inf
        sure[:, [one, other]] = np.inf
    return found


def change(learned: Posterior, seen: Seen, more: int) -> float:
    """The share of pairs of photos (0–1) that would be expected to change places if the `more`
    most telling photos were rated."""
    sample = seen.of(slice(None, None, max(1, len(seen) // 150)))
    telling = photos(learned, sample, more)
    if not telling:
        return 0.0
    known = sample.of(np.array(telling, np.int64))
    across = learned.covariance(sample, known)
    inner = learned.covariance(known, known) + learned.noise * np.eye(len(telling))
    # By how much the means will move, before the answers are known: their covariance.
    moves = across @ np.linalg.solve(inner, across.T)
    means = learned.latent(sample)
    rows, columns = np.triu_indices(len(sample), 1)
    size = np.diag(moves)
    spread = np.sqrt(np.maximum(size[rows] + size[columns] - 2 * moves[rows, columns], 1e-12))
    steps = np.abs(means[rows] - means[columns]) / spread
    # The normal distribution beyond so many deviations (Abramowitz and Stegun 7.1.25, to 1e-5).
    turn = 1 / (1 + 0.47047 * steps / np.sqrt(2))
    tail = turn * (0.3480242 - 0.0958798 * turn + 0.7478556 * turn**2) * np.exp(-(steps**2) / 2)
    return float(tail.mean() / 2)


def needed(learned: Posterior, seen: Seen, share: float = 0.05) -> tuple[int, float] | None:
    """How many more ratings would be expected to let at least `share` of all pairs change places,
    and the share that they would; `None` if not even the last of `STEPS` would."""
    for more in STEPS:
        if more <= len(seen) and (found := change(learned, seen, more)) >= share:
            return more, found
    return None


STEPS = (1, 2, 3, 5, 8, 12, 20, 30, 50, 80)
