"""The bundled model `uniqa-mini` as a scorer: features by the network, scores from features.

`prepare` takes from the full-size pixels what the model looks at (see `mini_view`); `encode` makes
rows of 724 float16 numbers; `score` reads rows, fresh or stored, without torch (the layout of a row
stands in `mini_heads`). torch is loaded by `open` only.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from uniqa_desktop import mini_view, paths, torch_setup
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.mini_heads import LIKENESS, Heads
from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import FeatureKey, Features, Scorer
from uniqa_desktop.uniqa import normalised, to_percent

if TYPE_CHECKING:
    from uniqa_desktop.mini import Mini

_log = logging.getLogger(__name__)

ID = "uniqa-mini"
POLICY = "mini-3"
"""How a picture is looked at; another rule of `mini_view` needs another name here."""
WEIGHTS = "weights.safetensors"


def folder() -> Path:
    """Where the bundled model is."""
    return paths.bundled("models") / ID


class MiniScorer(Scorer):
    """`uniqa-mini`. All but `prepare` belongs to one thread."""

    model = ID
    batch_size = 16

    def __init__(self, device: str = "auto", source: Path | None = None) -> None:
        """Reads the heads; loads nothing else.

        Args:
            device: checked, but the model runs on the processor in any case: it is smaller than
                what sending pictures to a graphics card would cost.
            source: the model's folder, if not the bundled one.

        Raises:
            WeightsError: the weights are missing or damaged.
        """
        self._folder = source or folder()
        self._device = device
        data = _read(self._folder / WEIGHTS)
        self._heads = _heads(data, self._folder / WEIGHTS)
        self.key = FeatureKey(hashlib.sha256(data).hexdigest(), POLICY)
        self.features_key = self.key
        self._network: Mini | None = None

    def open(self) -> None:
        self._opened()

    def close(self) -> None:
        self._network = None

    def prepare(self, pixels: np.ndarray, identity: bytes) -> mini_view.View:
        del identity
        return mini_view.view(pixels)

    def encode(self, prepared: Sequence[Any]) -> list[np.ndarray]:
        network = self._opened()
        from uniqa_desktop.mini import encode

        return encode(network, prepared, os.cpu_count() or 1)

    def _opened(self) -> Mini:
        if self._network is None:
            _ready(self._device)
            from uniqa_desktop.mini import Mini

            self._network, _ = Mini.open(self._folder)
            _log.info("%s on the processor", self.model)
        return self._network

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        if not len(features):
            return []
        found = self._heads.read(np.asarray(features, np.float16))
        # Double precision from here on, as for every other model.
        quality, aesthetics = (raw.astype(np.float64) for raw in (found.quality, found.aesthetics))
        columns = (to_percent(quality), quality, to_percent(aesthetics), aesthetics)
        rows = np.stack([np.asarray(column) for column in columns], axis=1).tolist()
        return [Scores(self.model, *row) for row in rows]

    def cues(self, features: Features) -> np.ndarray:
        return self._heads.read(np.asarray(features, np.float16)).attributes

    def appeal(self, features: Features) -> np.ndarray:
        return self._heads.appeal(np.asarray(features, np.float16))

    def directions(self, features: Features) -> np.ndarray:
        rows = np.asarray(features, np.float16)
        return normalised(rows[:, LIKENESS])


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WeightsError(
            f"The bundled model is not there ({file}: {error.strerror or error}): install the "
            "program again."
        ) from None


def _ready(device: str) -> None:
    """Imports torch, and sees that there is such a device.

    Raises:
        WeightsError: torch is not installed or cannot be loaded.
        WrongUse: there is no such device.
    """
    try:
        torch_setup.torch()
        from uniqa_desktop import devices
    except (ImportError, OSError) as error:
        raise WeightsError(
            f"The model {ID} needs torch, which cannot be loaded ({error})."
        ) from error
    devices.choose(device)


def _heads(data: bytes, file: Path) -> Heads:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return Heads.of(load(data))
    except (SafetensorError, ValueError) as error:
        raise WeightsError(f"The weights in {file} cannot be used ({error}).") from None
