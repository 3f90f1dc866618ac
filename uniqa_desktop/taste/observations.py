"""What a person said of photos, as arrays to learn from, and the way back to a score for people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Places = NDArray[np.int64]

_EDGE = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a person said of n photos.

    `values` are 0 (worst) to 1 (best), NaN for photos that only took part in choices; `weights`
    how much each counts (0–1]. `pairs` are positions (better, worse), p×2, with their weights.
    """

    values: Doubles
    weights: Doubles
    pairs: Places
    pair_weights: Doubles

    @classmethod
    def of(
        cls,
        values: Doubles,
        weights: Doubles | None = None,
        pairs: Places | None = None,
        pair_weights: Doubles | None = None,
    ) -> Evidence:
        """With every weight 1 and no pairs where nothing else is said."""
        chosen = np.empty((0, 2), np.int64) if pairs is None else pairs
        return cls(
            np.asarray(values, np.float64),
            np.ones(len(values)) if weights is None else weights,
            chosen,
            np.ones(len(chosen)) if pair_weights is None else pair_weights,
        )

    def of_photos(self, rows: Places) -> Evidence:
        """The part about these photos alone, which become 0, 1, 2 …"""
        place = np.full(len(self.values), -1)
        place[rows] = np.arange(len(rows))
        inside = (place[self.pairs] >= 0).all(axis=1)
        return Evidence(
            self.values[rows],
            self.weights[rows],
            place[self.pairs[inside]],
            self.pair_weights[inside],
        )

    @property
    def rated(self) -> Places:
        """The photos with a value."""
        return np.flatnonzero(np.isfinite(self.values))

    @property
    def tells_order(self) -> bool:
        """Whether it prefers any photo to another: equal ratings do not."""
        known = self.values[self.rated]
        return bool(len(self.pairs)) or (len(known) > 1 and bool(np.ptp(known) > 0))


def to_percent(ratings: Doubles) -> Doubles:
    """Ratings (0–1) as scores for people: times 100, bent within 10 points of both ends, so that
    scores stay between 0 and 100 and no two photos become equal."""
    found = np.array(ratings, np.float64)
    for end, sign in ((_EDGE, -1.0), (1 - _EDGE, 1.0)):
        beyond = sign * (found - end)
        bent = end + sign * _EDGE * beyond / (_EDGE + np.abs(beyond))
        found = np.where(beyond > 0, bent, found)
    return 100 * found
