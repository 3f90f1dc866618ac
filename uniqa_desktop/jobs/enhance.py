"""Finding the adjustments of a picture that a model likes best, within reason.

ATTIQA's second application: the score is the reward. The search sees only scores, so any model will
do: a compass search (Hooke and Jeeves, "Direct search", JACM 8(2), 1961) over four numbers on a
small copy of the picture. What it ascends is the score less three costs, in points of 100:

- distance: a quadratic cost of every adjustment, so that a good picture is left alone;
- clipping: pixels that the adjustment loses in black or white;
- balance: how far brightness, contrast and colour are outside of what is ordinary in photos, in
  deviations, squared. A score that does not know colour (`attributes-1`) would leave a faded
  picture faded; one that loves contrast would never have enough of it.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import attributes
from uniqa_desktop.adjusting import LIMITS, Adjustment, adjusted
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Attributes, Progress
from uniqa_desktop.scoring import Scorer

Pixels = NDArray[np.uint8]
By = Literal["quality", "aesthetics"]

SMALL = 512
"""Pixels of the longer side of the copy that is judged."""
_UNITS = (1.0, 0.15, 0.4, 0.25)
"""Adjustments that cost one `RELUCTANCE` each, in the order of `adjusting.LIMITS`."""
_CLIPPING = 0.5
"""Points for each percent of the pixels that is newly clipped."""
_ORDINARY = {
    "brightness": (38.0, 80.0, 16.0),
    "contrast": (42.0, 75.0, 11.0),
    "colorfulness": (32.0, 75.0, 13.0),
}
"""Measured attributes that are taken for ordinary, from and to, and their deviation over photos.
The lower ends are about the lower quartiles of 250 varied photos (photo blogs, BSDS500); the
upper ones are beyond nearly all of them: much light or colour is more often meant than little."""
_COLOURLESS = 1.0
"""Below this colourfulness (raw) a picture is black and white."""
_FIRST, _LAST = 0.5, 0.03
"""The search's steps, in `_UNITS`, from the first to the finest."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is sought.

    Attributes:
        by: which of the model's scores.
        tries: pictures that are scored at most.
        reluctance: points that an adjustment of a usual size costs.
        balance: points that an attribute one deviation outside of the ordinary costs.
        margin: points that must be gained, or nothing is changed.
    """

    by: By = "quality"
    tries: int = 160
    reluctance: float = 3.0
    balance: float = 10.0
    margin: float = 2.0


@dataclass(frozen=True, slots=True)
class Enhancement:
    """What was found.

    `change` is the neutral one if nothing was gained beyond the margin; `best` is the best that was
    found even so. `before` and `after` are the model's scores (0–100) of the small copy without and
    with `best`; `gain` is in points of what was ascended.
    """

    change: Adjustment
    best: Adjustment
    before: float
    after: float
    gain: float
    tried: int


def enhance(
    pixels: Pixels, scorer: Scorer, wish: Wish, *, stop: threading.Event | None = None
) -> Generator[Progress, None, Enhancement | None]:
    """Searches for the best adjustment of a picture (H×W×3 uint8, upright sRGB).

    Returns:
        What was found; `None` if it was stopped before the end.

    Raises:
        WrongUse: the model has no score of that kind.
        WeightsError: the model cannot be loaded.
    """
    small = _small(pixels)
    view = _View(small, scorer, wish)
    pace = Pace("enhance", wish.tries)
    scorer.open()
    try:
        here = np.zeros(len(LIMITS))
        (value,) = view.values([here])
        start, step = value, _FIRST
        pace.add()
        yield pace.step()
        while step >= _LAST and pace.done + 2 * len(here) + 1 <= wish.tries:
            if stop is not None and stop.is_set():
                return None
            around = _around(here, step)
            found = view.values(around)
            best = int(np.argmax(found))
            options = [(found[best], around[best])]
            joint = _joint(here, value, around, found)
            if joint is not None:
                options.append((view.values([joint])[0], joint))
            pace.add(len(around) + (joint is not None))
            top, place = max(options, key=lambda option: option[0])
            if top > value:
                here, value = place, top
            else:
                step /= 2
            yield pace.step()
        best_change = Adjustment.of(here).plain
        gain = view.values([np.array(best_change.values)])[0] - start
        before, after = view.scores([Adjustment(), best_change])
    finally:
        scorer.close()
    worth = gain >= wish.margin and best_change != Adjustment()
    change = best_change if worth else Adjustment()
    return Enhancement(change, best_change, before, after, gain, pace.done)


class _View:
    """A small copy of the picture as the search sees it."""

    def __init__(self, small: Pixels, scorer: Scorer, wish: Wish) -> None:
        self._small, self._scorer, self._wish = small, scorer, wish
        self._before = attributes.measure(small)

    def values(self, places: Sequence[NDArray[np.float64]]) -> list[float]:
        """What is ascended, at each place."""
        changes = [Adjustment.of(place) for place in places]
        pictures = [adjusted(self._small, change) for change in changes]
        found = [attributes.measure(picture) for picture in pictures]
        scores = self._scored(pictures, found)
        return [
            score - self._cost(change, measured)
            for score, change, measured in zip(scores, changes, found, strict=True)
        ]

    def scores(self, changes: Sequence[Adjustment]) -> list[float]:
        """The model's score alone."""
        pictures = [adjusted(self._small, change) for change in changes]
        return self._scored(pictures, [attributes.measure(picture) for picture in pictures])

    def _scored(self, pictures: list[Pixels], measured: list[Attributes]) -> list[float]:
        scorer = self._scorer
        rows = []
        for at in range(0, len(pictures), scorer.batch_size):
            part = slice(at, at + scorer.batch_size)
            prepared = [scorer.prepare(picture, b"") for picture in pictures[part]]
            rows += scorer.score(scorer.encode(prepared), measured[part])
        values = [getattr(row, self._wish.by) for row in rows]
        if any(value is None for value in values):
            raise WrongUse(f"{scorer.model} has no score for {self._wish.by}.")
        return [float(value) for value in values]

    def _cost(self, change: Adjustment, after: Attributes) -> float:
        wish, before = self._wish, self._before
        distance = sum(
            (value / unit) ** 2 for value, unit in zip(change.values, _UNITS, strict=True)
        )
        clipped = sum(
            max(0.0, getattr(after, name) - getattr(before, name))
            for name in ("clipped_shadows", "clipped_highlights")
        )
        unusual = 0.0
        for name, (least, most, deviation) in _ORDINARY.items():
            value = getattr(after, name).value
            # What has no colour at all was meant to have none.
            if name != "colorfulness" or before.colorfulness.raw >= _COLOURLESS:
                unusual += (max(0.0, least - value, value - most) / deviation) ** 2
        return wish.reluctance * distance + _CLIPPING * clipped + wish.balance * unusual


def _around(here: NDArray[np.float64], step: float) -> list[NDArray[np.float64]]:
    """The neighbours of a place, two along each axis, within the limits."""
    found = []
    for axis, unit in enumerate(_UNITS):
        for sign in (-1, 1):
            place = here.copy()
            place[axis] += sign * step * unit
            found.append(np.array(Adjustment.of(place).values))
    return found


def _joint(
    here: NDArray[np.float64],
    value: float,
    around: list[NDArray[np.float64]],
    found: list[float],
) -> NDArray[np.float64] | None:
    """Everything that helped by itself, at once, if that was more than one thing."""
    place, moves = here.copy(), 0
    for axis in range(len(here)):
        pair = (2 * axis, 2 * axis + 1)
        best = max(pair, key=lambda number: found[number])
        if found[best] > value:
            place[axis] = around[best][axis]
            moves += 1
    return place if moves > 1 else None


def _small(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    ratio = SMALL / max(height, width)
    if ratio >= 1:
        return pixels
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
