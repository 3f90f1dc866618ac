"""Sure keep, sure reject, or look at these: photos by their score and two thresholds.

It is a way of looking, never a verdict: nothing here writes one. A photo whose burst was answered
"can't tell", or that has no score, always belongs to what is to be looked at. Plain Python, so that
a window may ask at every step of a slider: counting 100,000 photos is two bisections.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Pile(StrEnum):
    """The three piles."""

    KEEP = "keep"
    REJECT = "reject"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores of 0–100: from `keep` on a photo is kept for sure, below `reject` rejected for sure.

    Raises:
        ValueError: they are not within 0–100, or cross.
    """

    keep: float = 70.0
    reject: float = 30.0

    def __post_init__(self) -> None:
        if not 0 <= self.reject <= self.keep <= 100:
            raise ValueError(
                f"reject below {self.reject:g} and keep from {self.keep:g} do not fit: both are 0 "
                "to 100, and the first is not above the second"
            )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos are in each pile."""

    keep: int
    reject: int
    look: int


class Triage:
    """Photos in three piles, made once; then each pair of thresholds is answered at once.

    Args:
        scores: each photo's id and score; `None` where it has none.
        unsure: ids that are to be looked at whatever their score.
    """

    def __init__(
        self, scores: Iterable[tuple[int, float | None]], unsure: Collection[int] = ()
    ) -> None:
        unsure = frozenset(unsure)
        sure: list[tuple[float, int]] = []
        self._look: list[int] = []
        for photo, score in scores:
            if score is None or photo in unsure:
                self._look.append(photo)
            else:
                sure.append((score, photo))
        sure.sort()
        self._scores = [score for score, _ in sure]
        self._photos = [photo for _, photo in sure]

    def counts(self, thresholds: Thresholds) -> Counts:
        """How many photos would be in each pile."""
        low, high = self._ends(thresholds)
        return Counts(keep=len(self._photos) - high, reject=low, look=high - low + len(self._look))

    def pile(self, pile: Pile, thresholds: Thresholds) -> list[int]:
        """The ids in a pile: those for sure by ascending score, then those without one."""
        low, high = self._ends(thresholds)
        if pile is Pile.KEEP:
            return self._photos[high:]
        if pile is Pile.REJECT:
            return self._photos[:low]
        return self._photos[low:high] + self._look

    def _ends(self, thresholds: Thresholds) -> tuple[int, int]:
        return (
            bisect_left(self._scores, thresholds.reject),
            bisect_left(self._scores, thresholds.keep),
        )
