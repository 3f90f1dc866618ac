"""What turns decoded pictures into scores: one protocol, one implementation per kind of model.

A scorer works in two halves so that a pass can keep every core busy: `prepare` runs in the decode
threads, once a photo, while the full-size pixels are at hand; `score` runs in the one thread that
owns the model, on batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from uniqa_desktop import attributes as measured
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.photo import Attributes, Scores

MEASURED = "attributes-1"


class Scorer(Protocol):
    """One loaded model."""

    model: str
    batch_size: int

    def prepare(self, pixels: np.ndarray, identity: bytes) -> Any:
        """What the model needs of one photo (H×W×3 uint8, upright sRGB); called in many threads."""
        ...

    def score(self, prepared: Sequence[Any], attributes: Sequence[Attributes]) -> list[Scores]:
        """The scores of a batch, in its order; called in one thread."""
        ...


class MeasuredScorer:
    """`attributes-1`: quality computed from the measured attributes; it has no aesthetics."""

    model = MEASURED
    batch_size = 32

    def prepare(self, pixels: np.ndarray, identity: bytes) -> None:
        return None

    def score(self, prepared: Sequence[Any], attributes: Sequence[Attributes]) -> list[Scores]:
        return [
            Scores(model=self.model, quality=value, quality_raw=raw)
            for value, raw in map(measured.quality, attributes)
        ]


def check(model: str) -> None:
    """Says at once, before any file is opened, whether a model can be used.

    Raises:
        WeightsError: there is no such model here.
    """
    if model != MEASURED:
        raise WeightsError(
            f"There is no model {model!r} here: `uniqa-desktop doctor` lists what is installed."
        )


def load(model: str, device: str = "auto") -> Scorer:
    """The scorer of a model by its id.

    Raises:
        WeightsError: there is no such model here.
    """
    check(model)
    return MeasuredScorer()
