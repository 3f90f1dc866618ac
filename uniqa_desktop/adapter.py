"""UniQA's adapter: two small layers and five levels, trained on few labels.

It is stored under the three names that the authors' code uses, so files travel between the two:
`{'params': {'score_level', 'adapter.fc.0.weight', 'adapter.fc.2.weight'}}`. No trained adapter has
been published. One with initial random weights must never score: it moves a feature by 15–17 % of
its length (measured on random weights), so this class can only be made from trained arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import atomic
from uniqa_desktop.errors import WeightsError

Floats = NDArray[np.float32]

LEVELS, DOWN, UP = "score_level", "adapter.fc.0.weight", "adapter.fc.2.weight"


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """`relu(up · relu(down · f))`, added to the feature before it is normalised.

    `down` is H×D, `up` D×H, `levels` the five learned levels. Because of the second ReLU it can
    only add to a feature's components.
    """

    levels: Floats
    down: Floats
    up: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Adapter:
        """An adapter from arrays under the authors' three names.

        Raises:
            WeightsError: a name is missing or the sizes do not fit each other.
        """
        try:
            levels, down, up = (
                np.ascontiguousarray(arrays[name], dtype=np.float32) for name in (LEVELS, DOWN, UP)
            )
        except KeyError as error:
            raise WeightsError(f"The file is not a UniQA adapter: it lacks {error}.") from None
        if levels.shape != (5,) or down.ndim != 2 or up.shape != down.shape[::-1]:
            raise WeightsError("The file is not a UniQA adapter: its sizes do not fit together.")
        return cls(levels, down, up)

    @property
    def width(self) -> int:
        """The feature width D that it fits."""
        return self.down.shape[1]

    @property
    def in_order(self) -> bool:
        """Whether the levels still rise from bad to perfect; training does not enforce it."""
        return bool((np.diff(self.levels) > 0).all())

    def __call__(self, features: Floats) -> Floats:
        """What is added to `features` (N×D)."""
        return np.maximum(np.maximum(features @ self.down.T, 0) @ self.up.T, 0)

    def arrays(self) -> dict[str, Floats]:
        """The arrays under the authors' names."""
        return {LEVELS: self.levels, DOWN: self.down, UP: self.up}

    def save(self, path: Path) -> None:
        """Writes it atomically: safetensors, or `{'params': …}` for the authors' code if the
        name ends in `.pt` or `.pth`.

        Raises:
            DiskFull: no room; `path` is as it was.
        """
        if path.suffix in (".pt", ".pth"):
            atomic.write_bytes(path, self._as_checkpoint())
            return
        from safetensors.numpy import save

        atomic.write_bytes(path, save(self.arrays()))

    def _as_checkpoint(self) -> bytes:
        import io

        import torch

        buffer = io.BytesIO()
        arrays = {name: torch.from_numpy(array.copy()) for name, array in self.arrays().items()}
        torch.save({"params": arrays}, buffer)
        return buffer.getvalue()

    @classmethod
    def load(cls, path: Path) -> Adapter:
        """Reads a safetensors file that `save` wrote. Other forms go through `weight_files`.

        Raises:
            WeightsError: the file is missing, damaged or no adapter.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            return cls.from_arrays(load_file(path))
        except (OSError, SafetensorError, ValueError) as error:
            raise WeightsError(f"{path.name} cannot be read as an adapter ({error}).") from None
