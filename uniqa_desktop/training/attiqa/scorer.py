"""A fine-tuned network as a scorer, so that whatever takes a model takes a run's folder, too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from uniqa_desktop import crops, devices
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import Features, Scorer
from uniqa_desktop.training.attiqa import examples
from uniqa_desktop.training.attiqa.network import AttributeNet, as_input, description


class NetScorer(Scorer):
    """Quality by a network in a run's folder. Its raw score is 0–1 over the range of its labels."""

    batch_size = 8

    def __init__(self, folder: Path, device: str = "auto") -> None:
        """Reads its description; weights and device wait for `open`.

        Raises:
            WeightsError: there is no network, or it has not been fine-tuned on scores.
        """
        self.model = folder.name
        self._folder = folder
        self._device = device
        self._about = description(folder)
        self._net: AttributeNet | None = None
        if not self._about.scores:
            raise WeightsError(
                f"The network in {folder} knows attributes but gives no score yet: fine-tune it by "
                f"`train mos --from {folder}`."
            )

    def open(self) -> None:
        self._where = devices.choose(self._device)
        self._net = AttributeNet.load(self._folder).to(self._where)

    def close(self) -> None:
        self._net = None

    def prepare(self, pixels: np.ndarray, identity: bytes) -> np.ndarray:
        picture = crops.working_picture(pixels, self._about.short_side)
        return examples.five(picture, self._about.size)

    @torch.inference_mode()
    def encode(self, prepared: Sequence[Any]) -> list[np.ndarray]:
        """The score and the five heads of each photo, means over its cuts: six numbers each."""
        if self._net is None:
            self.open()
        net = self._net
        assert net is not None
        found = []
        for cuts in prepared:  # each for itself, so that neighbours change no bit
            features = net.extractor(as_input(cuts).to(self._where))
            row = torch.cat([net.scores(features)[:, None], net.attributes(features)], dim=1)
            found.append(row.mean(dim=0).cpu().numpy())
        return found

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        raw = [float(row[0]) for row in features]
        return [Scores(self.model, 100 * min(max(one, 0.0), 1.0), one) for one in raw]
