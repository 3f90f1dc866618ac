"""From stored features of `uniqa-mini` to its scores, in numpy: no torch, no pixels.

A photo's row of 724 numbers holds, in this order:

- 512 `LIKENESS`: what is shown and how, 0 on average; the mean over both ends of the picture.
  For aesthetics, taste, bursts and similarity;
- 128 `SEEN`: the details, their mean (64) and their greatest (64). For quality and attributes;
- 24 `TONES`: lightness and colour (see `mini_view.tones`). For quality and attributes;
- 60 `TRACES`: what lens, sensor and codec left (see `mini_traces`). For quality, attributes and
  naturalness.

Every score is UniQA's: a softmax over five levels and its expectation. The levels stand at
0.2 … 1.0, as in UniQA, so raw scores of both have the same unit. Quality and attributes are read
twice, from details with tones and from tones with traces; the logits of both are added.

Naturalness says how much a picture's fine structure is like that of photographs, whatever is shown:
the distance of its traces from those of good photos, as in NIQE (Mittal, Soundararajan and Bovik,
IEEE SPL 20(3), 2013), with measures and photos of our own. It is for pictures that were generated
or edited; of photos, quality says more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.mini_traces import FARTHEST, FINENESS, NEIGHBOURS
from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.prompts import LEVELS

Floats = NDArray[np.float32]

LIKENESS = slice(0, 512)
SEEN = slice(512, 640)
TONES = slice(640, 664)
TRACES = slice(664, 724)
WIDTH = 724
_DETAILS, _MEASURED = slice(SEEN.start, TONES.stop), slice(TONES.start, TRACES.stop)

STRUCTURE = np.r_[NEIGHBOURS, FINENESS]
"""Places of the traces that naturalness is read from."""
_NEAREST = 1e-3
"""A distance below which all are equally natural."""
_BEAUTY = 0.5
"""What a deviation of beauty counts in `appeal`, one of naturalness being 1 (measured, as told in
docs/guide/how-the-bundled-model-was-made.md)."""

_SENSES = (1 + len(ATTRIBUTE_NAMES)) * len(LEVELS)
SHAPES: Mapping[str, tuple[int | None, ...]] = MappingProxyType(
    {
        "senses.hidden.weight": (None, _DETAILS.stop - _DETAILS.start),
        "senses.hidden.bias": (None,),
        "senses.heads.weight": (_SENSES, None),
        "senses.heads.bias": (_SENSES,),
        "traces.middle": (_MEASURED.stop - _MEASURED.start,),
        "traces.spread": (_MEASURED.stop - _MEASURED.start,),
        "traces.hidden.weight": (None, _MEASURED.stop - _MEASURED.start),
        "traces.hidden.bias": (None,),
        "traces.heads.weight": (_SENSES, None),
        "traces.heads.bias": (_SENSES,),
        "aesthetics.weight": (len(LEVELS), LIKENESS.stop),
        "aesthetics.bias": (len(LEVELS),),
        "natural.middle": (len(STRUCTURE),),
        "natural.whiten": (len(STRUCTURE), len(STRUCTURE)),
        "natural.usual": (4,),
    }
)
"""The arrays of the heads in the weights file, and their shapes; `None` is any length."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What rows say, an entry a photo: raw scores (0.2–1.0), and attributes photos×5 (0–100)."""

    quality: Floats
    aesthetics: Floats
    attributes: Floats


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads' arrays by name (see `SHAPES`)."""

    arrays: Mapping[str, Floats]

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.floating]]) -> Heads:
        """From arrays by name; more than those of the heads may be among them.

        Raises:
            ValueError: one is missing or has another shape.
        """
        found: dict[str, Floats] = {}
        for name, shape in SHAPES.items():
            if name not in arrays:
                raise ValueError(f"{name} is missing")
            found[name] = np.asarray(arrays[name], np.float32)
            if not _fits(found[name].shape, shape):
                raise ValueError(f"{name} has the shape {found[name].shape} instead of {shape}")
        for reading in ("senses", "traces"):
            hidden, heads = (found[f"{reading}.{layer}.weight"] for layer in ("hidden", "heads"))
            if len(hidden) != heads.shape[1] or len(found[f"{reading}.hidden.bias"]) != len(hidden):
                raise ValueError(f"the layers of {reading} do not fit together")
        return cls(found)

    def read(self, rows: NDArray[np.floating]) -> Readings:
        """The scores of photos×724 rows. A photo's do not depend on the others'."""
        plain = rows.astype(np.float32)
        logits = self._logits("senses", plain[:, _DETAILS])
        middle, spread = self.arrays["traces.middle"], self.arrays["traces.spread"]
        even = np.clip((plain[:, _MEASURED] - middle) / spread, -FARTHEST, FARTHEST)
        logits = logits + self._logits("traces", even)
        sensed = _expectation(logits.reshape(len(rows), -1, len(LEVELS)))
        lowest, highest = LEVELS[0], LEVELS[-1]
        attributes = (sensed[:, 1:] - lowest) / (highest - lowest) * 100
        return Readings(sensed[:, 0], self._beauty(plain), attributes)

    def naturalness(self, rows: NDArray[np.floating]) -> Floats:
        """How photo-like the fine structure is of photos×724 rows: 0 is usual among good photos,
        1 a deviation of theirs better; unlike things are far below 0."""
        structure = rows.astype(np.float32)[:, TRACES][:, STRUCTURE]
        off = structure - self.arrays["natural.middle"]
        white = (off[:, None, :] @ self.arrays["natural.whiten"])[:, 0]
        nearness = -np.log(np.maximum((white**2).mean(axis=1), _NEAREST)) / 2
        middle, spread = self.arrays["natural.usual"][:2]
        return (nearness - middle) / spread

    def appeal(self, rows: NDArray[np.floating]) -> Floats:
        """How generated or edited pictures please: naturalness and beauty together, 0–100; 50 is
        a usual photo of usual beauty."""
        plain = rows.astype(np.float32)
        middle, spread = self.arrays["natural.usual"][2:]
        total = self.naturalness(plain) + _BEAUTY * (self._beauty(plain) - middle) / spread
        return 100 / (1 + np.exp(-total))

    def _beauty(self, plain: Floats) -> Floats:
        weight, bias = self.arrays["aesthetics.weight"], self.arrays["aesthetics.bias"]
        return _expectation(_layer(plain[:, LIKENESS], weight, bias))

    def _logits(self, reading: str, known: Floats) -> Floats:
        """What one of the readings says of six qualities in five levels, photos×30."""
        names = (f"{reading}.{layer}.{kind}" for layer in ("hidden", "heads")
                 for kind in ("weight", "bias"))  # fmt: skip
        first, first_bias, second, second_bias = (self.arrays[name] for name in names)
        between = np.maximum(_layer(known, first, first_bias), 0)
        return _layer(between, second, second_bias)


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        length is None or length == has for has, length in zip(shape, wanted, strict=True)
    )


def _layer(rows: Floats, weight: Floats, bias: Floats) -> Floats:
    # A product a photo: one large product would give other last digits for other neighbours.
    return (rows[:, None, :] @ weight.T)[:, 0] + bias


def _expectation(logits: Floats) -> Floats:
    """The mean of the levels, weighted by the softmax of logits (…×5)."""
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    # Not as a product of matrices, for the same reason.
    return (weights * np.array(LEVELS, np.float32)).sum(axis=-1) / weights.sum(axis=-1)
