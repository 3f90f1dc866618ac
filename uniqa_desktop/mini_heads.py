"""From stored features of `uniqa-mini` to its scores, in numpy: no torch, no pixels.

A photo's row of 664 numbers holds, in this order:

- 512 `LIKENESS`: what is shown and how, 0 on average; the mean over the picture and its mirror
  image. For aesthetics, taste, bursts and similarity;
- 128 `SEEN`: the details, their mean (64) and their greatest (64). For quality and attributes;
- 24 `TONES`: lightness and colour (see `mini_view.tones`). For quality and attributes.

Every score is UniQA's: a softmax over five levels and its expectation. The levels stand at
0.2 … 1.0, as in UniQA, so raw scores of both have the same unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.prompts import LEVELS

Floats = NDArray[np.float32]

LIKENESS = slice(0, 512)
SEEN = slice(512, 640)
TONES = slice(640, 664)
WIDTH = 664

NAMES = (
    "senses.hidden.weight",
    "senses.hidden.bias",
    "senses.heads.weight",
    "senses.heads.bias",
    "aesthetics.weight",
    "aesthetics.bias",
)
"""The arrays of the heads in the weights file."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What rows say, an entry a photo: raw scores (0.2–1.0), and attributes photos×5 (0–100)."""

    quality: Floats
    aesthetics: Floats
    attributes: Floats


@dataclass(frozen=True, slots=True)
class Heads:
    """Seven heads of five levels: quality and the attributes share a layer, aesthetics is apart."""

    hidden: tuple[Floats, Floats]
    senses: tuple[Floats, Floats]
    aesthetics: tuple[Floats, Floats]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.floating]]) -> Heads:
        """From arrays by name (see `NAMES`).

        Raises:
            ValueError: one is missing or has another shape.
        """
        try:
            found = [np.asarray(arrays[name], np.float32) for name in NAMES]
        except KeyError as error:
            raise ValueError(f"{error.args[0]} is missing") from None
        hidden, senses, aesthetics = (
            (found[0], found[1]),
            (found[2], found[3]),
            (found[4], found[5]),
        )
        levels, known = len(LEVELS), WIDTH - LIKENESS.stop
        width = hidden[0].shape[0]
        for (weight, bias), shape in (
            (hidden, (width, known)),
            (senses, ((1 + len(ATTRIBUTE_NAMES)) * levels, width)),
            (aesthetics, (levels, LIKENESS.stop)),
        ):
            if weight.shape != shape or bias.shape != shape[:1]:
                raise ValueError(f"a head has the shape {weight.shape} instead of {shape}")
        return cls(hidden, senses, aesthetics)

    def read(self, rows: NDArray[np.floating]) -> Readings:
        """The scores of photos×664 rows. A photo's do not depend on the others'."""
        plain = rows.astype(np.float32)
        between = np.maximum(_layer(plain[:, LIKENESS.stop :], *self.hidden), 0)
        sensed = _expectation(_layer(between, *self.senses).reshape(len(rows), -1, len(LEVELS)))
        beauty = _expectation(_layer(plain[:, LIKENESS], *self.aesthetics))
        lowest, highest = LEVELS[0], LEVELS[-1]
        attributes = (sensed[:, 1:] - lowest) / (highest - lowest) * 100
        return Readings(sensed[:, 0], beauty, attributes)


def _layer(rows: Floats, weight: Floats, bias: Floats) -> Floats:
    # A product a photo: one large product would give other last digits for other neighbours.
    return (rows[:, None, :] @ weight.T)[:, 0] + bias


def _expectation(logits: Floats) -> Floats:
    """The mean of the levels, weighted by the softmax of logits (…×5)."""
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    # Not as a product of matrices, for the same reason.
    return (weights * np.array(LEVELS, np.float32)).sum(axis=-1) / weights.sum(axis=-1)
