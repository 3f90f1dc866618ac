"""Where a score stands among those of its folder.

A score of 0–100 from a model that was never shown the user's photos says little by itself; what it
is worth within one folder says more. Plain Python: the window asks at every step.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """The quality and aesthetics scores (0–100) of a folder's photos, each in ascending order."""

    quality: Sequence[float] = ()
    aesthetics: Sequence[float] = ()


def better_than(ordered: Sequence[float], value: float) -> float | None:
    """The share of the other photos (0–100) that a photo with score `value` is better than.

    Equal photos are not better than each other. `None` where there is no other photo.

    Args:
        ordered: the scores of all photos in ascending order, that of the photo among them.
        value: the photo's own.
    """
    if len(ordered) < 2:
        return None
    return min(100.0, 100 * bisect_left(ordered, value) / (len(ordered) - 1))
