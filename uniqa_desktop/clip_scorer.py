"""An installed CLIP model as a scorer: features from the encoder, scores from features.

The encoder and torch with it are loaded by `open` only. Crops are cut without them, and where the
prompts have been encoded before, stored features are scored without them too.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from uniqa_desktop import crops, engine, likeness, readouts
from uniqa_desktop.model_card import Installed
from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import FeatureKey, Features, Scorer
from uniqa_desktop.uniqa import Floats, to_percent

if TYPE_CHECKING:
    from uniqa_desktop.encoders import UniqaScorer

_log = logging.getLogger(__name__)


class ClipScorer(Scorer):
    """An installed model. All but `prepare` belongs to one thread."""

    def __init__(self, model: Installed, device: str = "auto") -> None:
        """Reads the prompts' features if they are cached; loads nothing else.

        Raises:
            WeightsError: the model's adapter or head cannot be read.
        """
        card = model.card
        self.model = card.id
        self._installed = model
        self._device = device
        self._policy = crops.policy(card.crops, card.architecture.image)
        self._readout = readouts.stored(model)
        self._encoder: UniqaScorer | None = None
        switch = "" if card.positional else " without positions"
        self.key = FeatureKey(card.weights, self._policy.key + switch)
        self.features_key = self.key

    def open(self) -> None:
        self._opened()

    def close(self) -> None:
        if self._encoder is not None:
            self._encoder.release()

    def prepare(self, pixels: np.ndarray, identity: bytes) -> np.ndarray:
        return self._policy(pixels, identity)

    def encode(self, prepared: Sequence[Any]) -> list[np.ndarray]:
        return self._opened().features(prepared)

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        if not len(features):
            return []
        readout = self._readout or self._opened().readout
        photos = self.per_crop(np.asarray(features, dtype=np.float16))
        raw = np.stack(readout.raw_scores(photos))
        # Double precision from here on, as for a photo alone.
        quality, aesthetics = raw.astype(np.float64)
        columns = (to_percent(quality), quality, readout.aesthetic_percent(aesthetics), aesthetics)
        rows = np.stack([np.asarray(column) for column in columns], axis=1).tolist()
        return [Scores(self.model, *row) for row in rows]

    def cues(self, features: Features) -> np.ndarray | None:
        readout = self._readout or self._opened().readout
        return readout.cues(self.per_crop(np.asarray(features, dtype=np.float16)))

    def directions(self, features: Features) -> np.ndarray | None:
        return likeness.photo_vectors(self.per_crop(np.asarray(features, dtype=np.float16)))

    def whole(self, pixels: np.ndarray) -> np.ndarray:
        """The whole picture as the model takes it (`whole-224`), for `quality_of`."""
        return crops.policy("whole-224", self._policy.size)(pixels)[0]

    def quality_of(self, pictures: np.ndarray) -> Floats:
        """Quality (0–100) of N pictures at the model's input size; loads the model."""
        return self._opened().quality_of(pictures)

    def per_crop(self, vectors: np.ndarray) -> np.ndarray:
        """Features as they come from the store (photos×…) as photos×crops×D."""
        return vectors.reshape(len(vectors), self._policy.count, -1)

    def text(self, words: str) -> Floats:
        """The feature of a search text, for `likeness.similarities`; loads the model."""
        return self._opened().text(words)

    def _opened(self) -> UniqaScorer:
        if self._encoder is None:
            self._encoder = engine.load(self._installed, device=self._device)
            self._readout = self._encoder.readout
            self.batch_size = self._encoder.photos_per_batch
            _log.info("%s on the %s: %s", self.model, self._encoder.device, self._encoder.note)
        return self._encoder
