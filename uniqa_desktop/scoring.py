"""What a scorer is: the protocol between a scoring pass and a model.

A scorer works in three steps, so that a pass can keep every core busy and need not be made twice:
`prepare` runs in the decode threads, once a photo, while the full-size pixels are at hand; `encode`
runs the model on batches, in the one thread that owns it; `score` makes scores of what `encode`
gave, and takes the same numbers from the store as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from uniqa_desktop.photo import Attributes, Scores


class FeatureKey(NamedTuple):
    """What features in the store belong to: a hash of the weights, and how pictures were cut."""

    weights: str
    policy: str


Features = Sequence[Any] | np.ndarray
"""A photo each; for a model with features, rows of float16."""


class Scorer(Protocol):
    """One model, ready to be loaded. A subclass overrides what it has."""

    model: str
    batch_size: int = 1
    features_key: FeatureKey | None = None
    """What its features are stored under; `None` if it has none."""

    def open(self) -> None:
        """Loads what `encode` needs, which may take seconds; not needed for `score` alone.

        Raises:
            WeightsError: the model cannot be loaded.
            WrongUse: there is no such device.
        """

    def close(self) -> None:
        """Gives back the memory of the graphics card."""

    def prepare(self, pixels: np.ndarray, identity: bytes) -> Any:
        """What the model needs of one photo (H×W×3 uint8, upright sRGB); called in many threads."""

    def encode(self, prepared: Sequence[Any]) -> Sequence[Any]:
        """The features of a batch, in its order, float16 as they are stored; in one thread."""
        return prepared

    def cues(self, features: Features) -> np.ndarray | None:
        """How much the model sees of each attribute: photos×5, 0–100, by `ATTRIBUTE_NAMES`.

        Made of the same features as scores. They compare photos of one folder and are not
        calibrated. `None` for a model that does not say.
        """
        return None

    def appeal(self, features: Features) -> np.ndarray | None:
        """How pictures please that were generated or edited: a number 0–100 a picture.

        Made of the same features as scores; naturalness counts beside beauty. `None` for a model
        that does not say.
        """
        return None

    def directions(self, features: Features) -> np.ndarray | None:
        """One direction per photo (photos×D, float32, length 1): the cosine of two is likeness.

        Made of the same features as scores. `None` for a model that cannot compare photos.
        """
        return None

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        """The scores of photos from their features, as encoded or as read from the store.

        `attributes` belong to the same photos; it is empty for a model that has features.
        """
        ...
