"""A blind audit: verdicts given without scores, against what the scores would have done.

The model keeps as many of the audited photos as the person did, those with the highest scores at
the time of drawing. A keeper that it would have dropped is a lost picture; a reject that it kept is
a second of looking. So a lost keeper costs five times as much (`COST`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from uniqa_desktop.photo import Flag

SIZE = 50
COST = {"keeper dropped": 5.0, "reject kept": 1.0}
_KEEPER_STARS, _REJECT_STARS = 4, 2


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % interval of Wilson (1927) for the share, 0–1."""

    count: int
    of: int
    low: float
    high: float

    @classmethod
    def wilson(cls, count: int, of: int) -> Share:
        if not of:
            return cls(0, 0, 0.0, 1.0)
        z, p = 1.96, count / of
        middle = (p + z**2 / (2 * of)) / (1 + z**2 / of)
        half = z * sqrt(p * (1 - p) / of + z**2 / (4 * of**2)) / (1 + z**2 / of)
        return cls(count, of, max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one score would have done: keepers it would have dropped, rejects it would have
    dropped too, the cost by `COST`, and the photos (ids) of the dropped keepers."""

    keepers_dropped: Share
    rejects_found: Share
    cost: float
    dropped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An audit of `answered` photos of `drawn`: by taste and by the generic score; `None` for a
    score that not every answered photo had."""

    drawn: int
    answered: int
    keepers: int
    rejects: int
    taste: Outcome | None
    generic: Outcome | None


def draw(photos: Sequence[int], count: int, seed: int) -> list[int]:
    """Photos for an audit, in random order; the same seed draws the same."""
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(photos))[:count]
    return [int(photos[place]) for place in chosen]


def verdict_of(flag: Flag, stars: int) -> bool | None:
    """Whether a verdict keeps a photo; `None` if it says neither. The flag goes before stars."""
    if flag in (Flag.PICK, Flag.REJECT):
        return flag is Flag.PICK
    if stars >= _KEEPER_STARS:
        return True
    return False if 0 < stars <= _REJECT_STARS else None


def report(
    drawn: Sequence[tuple[int, float | None, float | None]], answers: Mapping[int, bool | None]
) -> Report:
    """Compares answers with scores.

    Args:
        drawn: photo, taste and generic score when it was drawn.
        answers: by photo, whether it was kept; `None` for neither.
    """
    answered = [row for row in drawn if answers.get(row[0]) is not None]
    kept = [bool(answers[photo]) for photo, _, _ in answered]
    outcomes = [
        _outcome(
            [photo for photo, *_ in answered],
            kept,
            [scores[which] for _, *scores in answered],
        )
        for which in (0, 1)
    ]
    return Report(len(drawn), len(answered), sum(kept), len(kept) - sum(kept), *outcomes)


def _outcome(
    photos: Sequence[int], kept: Sequence[bool], scores: Sequence[float | None]
) -> Outcome | None:
    known = [score for score in scores if score is not None]
    if len(known) < len(scores) or not scores:
        return None
    order = sorted(range(len(photos)), key=lambda row: (-known[row], photos[row]))
    dropped = order[sum(kept) :]
    lost = [row for row in dropped if kept[row]]
    found = [row for row in dropped if not kept[row]]
    rejects = len(kept) - sum(kept)
    cost = COST["keeper dropped"] * len(lost) + COST["reject kept"] * (rejects - len(found))
    return Outcome(
        Share.wilson(len(lost), sum(kept)),
        Share.wilson(len(found), rejects),
        cost,
        tuple(sorted(photos[row] for row in lost)),
    )
