"""Search by words and by example, from features that scoring has stored anyway."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.uniqa import Floats, normalised

_BLOCK = 4096


def photo_vectors(features: NDArray[np.floating]) -> Floats:
    """One direction per photo from its crops' features: photos×crops×D → photos×D, length 1.

    Crops are normalised first, so that each counts alike.
    """
    return normalised(normalised(features).mean(axis=1))


def similarities(query: NDArray[np.floating], features: NDArray[np.floating]) -> Floats:
    """How much each photo is like the query, as a cosine (−1…1).

    A text against photos gives about 0.1–0.35 with CLIP; a photo against photos 0.4–1. Only the
    order means something.

    Args:
        query: D numbers: a text feature, or a photo's row of `photo_vectors`.
        features: photos×crops×D.
    """
    direction = normalised(query)
    found = np.empty(len(features), dtype=np.float32)
    for at in range(0, len(features), _BLOCK):
        found[at : at + _BLOCK] = photo_vectors(features[at : at + _BLOCK]) @ direction
    return found


def best(query: NDArray[np.floating], features: NDArray[np.floating], count: int) -> list[int]:
    """The positions of the `count` photos most like `query`, best first; ties by position."""
    order = np.argsort(-similarities(query, features), kind="stable")
    return [int(position) for position in order[:count]]
