"""LAION's aesthetic heads on CLIP ViT-L/14: one layer, or five layers without a nonlinearity.

The five layers of `sac+logos+ava1-l14-linearMSE.pth` have only dropout between them, which does
nothing when scoring, so they are one affine map and are folded into it here. Both heads take the
feature at length 1 and were trained on ratings from about 1 to 10.
Source: christophschuhmann/improved-aesthetic-predictor, LAION-AI/aesthetic-predictor (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.errors import WeightsError

_NOT_A_HEAD = "The file is not a LAION aesthetic head: {}."


@dataclass(frozen=True, slots=True, eq=False)
class AestheticHead:
    """`weight · f + bias` for a feature f of length 1; `lowest`–`highest` is the rating scale."""

    weight: NDArray[np.float32]
    bias: float
    lowest: float = 1.0
    highest: float = 10.0

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> AestheticHead:
        """A head from its layers: `weight`/`bias`, or `layers.N.weight`/`layers.N.bias`.

        Raises:
            WeightsError: the layers do not follow each other down to one number.
        """
        layers = sorted(
            {name.rpartition(".")[0] for name in arrays},
            key=lambda name: int(name.rpartition(".")[2]) if name[-1:].isdigit() else 0,
        )
        weight, bias = None, None
        for layer in layers:
            dot = f"{layer}." if layer else ""
            try:
                matrix = np.asarray(arrays[f"{dot}weight"], dtype=np.float64)
                offset = np.asarray(arrays[f"{dot}bias"], dtype=np.float64)
            except KeyError as error:
                raise WeightsError(_NOT_A_HEAD.format(f"it lacks {error}")) from None
            if weight is None or bias is None:
                weight, bias = matrix, offset
                continue
            if matrix.ndim != 2 or matrix.shape[1] != len(weight):
                raise WeightsError(_NOT_A_HEAD.format("its layers do not fit together"))
            weight, bias = matrix @ weight, matrix @ bias + offset
        if weight is None or bias is None or weight.ndim != 2 or len(weight) != 1:
            raise WeightsError(_NOT_A_HEAD.format("it does not end in one number"))
        return cls(weight[0].astype(np.float32), float(bias[0]))

    @property
    def width(self) -> int:
        """The feature width that it fits (768 for ViT-L/14)."""
        return len(self.weight)

    def __call__(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """The ratings of features of length 1 (N×D)."""
        return features @ self.weight + np.float32(self.bias)
