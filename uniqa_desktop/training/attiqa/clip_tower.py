"""CLIP's image tower as an extractor, with gradients."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from uniqa_desktop.architecture import Architecture
from uniqa_desktop.training import towers
from uniqa_desktop.weights import CLIP_PREPROCESSING


class ClipTower(nn.Module):
    """The image half of a CLIP; takes pictures of the tower's own size only.

    Args:
        shape: the sizes of both towers.
        weights: what it starts from; without them it is drawn from torch's seed.

    Raises:
        WeightsError: the weights do not fit the architecture.
    """

    def __init__(self, shape: Architecture, weights: Mapping[str, Tensor] | None = None) -> None:
        super().__init__()
        self.visual = towers.build(shape, weights).visual
        self.width = shape.embed
        one = (1, 3, 1, 1)
        mean, deviation = CLIP_PREPROCESSING.mean, CLIP_PREPROCESSING.deviation
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.tensor(mean).view(one), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).view(one), persistent=False)

    def forward(self, pictures: Tensor) -> Tensor:
        """N×3×S×S in 0–1 → N×embed, not normalised."""
        return self.visual((pictures - self.mean) / self.deviation)
