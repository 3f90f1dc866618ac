"""What the network learns from: crops of pictures, each degraded in a few steps of known order.

A batch depends on its number alone, so a run that goes on after an interruption sees what it would
have seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import attributes, crops
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.training.degradations import DEGRADATIONS, Degradation
from uniqa_desktop.training.pictures import Augment, Shelf, square

Pixels = NDArray[np.uint8]

MOVING: tuple[Degradation, ...] = tuple(row for row in DEGRADATIONS.values() if row.attribute)
"""The degradations that move one of the five attributes: the labels of known order."""
_LEAST_APART = 0.12
"""Strengths in a series are at least this share of the way apart: closer ones can be equal."""
_CLEAN = 0.5
"""Chance that a series begins with the untouched crop."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Views in series, one series a picture.

    Attributes:
        views: N×S×S×3 uint8.
        picture: N, the number of the picture in the pool; all of a series have the same.
        steps: N, the place of a view in its series; only the order within a series means anything.
        attribute: N, the place in `ATTRIBUTE_NAMES` of what the series moves.
        direction: N, +1 or −1: whether that attribute rises or falls with the step.
        clean: N, whether the view is untouched.
        measured: N×5, the measured attributes of each view (0–100).
    """

    views: Pixels
    picture: NDArray[np.int64]
    steps: NDArray[np.int64]
    attribute: NDArray[np.int64]
    direction: NDArray[np.int64]
    clean: NDArray[np.bool_]
    measured: NDArray[np.float32]


def batch(
    shelf: Shelf, chosen: Sequence[int], size: int, views: int, seed: tuple[int, ...]
) -> Batch:
    """A series of `views` views of each chosen picture (all different), from the seed alone.

    Raises:
        WrongUse: a picture cannot be read any more.
    """
    made: list[Pixels] = []
    about: list[tuple[int, int, int, int, bool]] = []
    for number, picture in enumerate(chosen):
        chance = np.random.default_rng((*seed, number))
        kind = MOVING[int(chance.integers(len(MOVING)))]
        cut = np.ascontiguousarray(square(still_there(shelf, picture), size, Augment.SHIFT, chance))
        noise = int(chance.integers(2**31))
        place = ATTRIBUTE_NAMES.index(str(kind.attribute))
        for step, share in enumerate(_apart(chance, views)):
            made.append(kind(cut, kind.strength(share), noise) if share else cut)
            about.append((picture, step, place, kind.direction, share == 0))
    pictures, steps, attribute, direction, clean = np.array(about, np.int64).T
    return Batch(
        np.stack(made), pictures, steps, attribute, direction, clean.astype(bool), measured(made)
    )


def still_there(shelf: Shelf, number: int) -> Pixels:
    """A picture that could be read when the run began.

    Raises:
        WrongUse: it cannot any more.
    """
    try:
        return shelf.get(number)
    except PhotoError as error:
        raise WrongUse(
            f"{shelf.files[number]} cannot be read any more ({error}) Bring it back and go on with "
            "--resume."
        ) from None


def five(picture: Pixels, size: int) -> Pixels:
    """The middle and the four corners, 5×S×S×3: what a picture is judged by. Never random."""
    height, width = picture.shape[:2]
    return crops.cut(picture, crops.five_places(height, width, size), size)


def measured(views: Sequence[Pixels]) -> NDArray[np.float32]:
    """The measured attributes of views, N×5, 0–100, in the order of `ATTRIBUTE_NAMES`."""
    rows = []
    for view in views:
        found = attributes.measure(view)
        rows.append([getattr(found, name).value for name in ATTRIBUTE_NAMES])
    return np.array(rows, np.float32)


def _apart(chance: np.random.Generator, count: int) -> list[float]:
    """`count` rising shares of 0–1 with room between them."""
    room = 1 - _LEAST_APART * (count - 1)
    shares = np.sort(chance.uniform(0, room, count)) + _LEAST_APART * np.arange(count)
    if chance.random() < _CLEAN:
        shares[0] = 0
    return shares.tolist()
