"""Arrays on disk that are made once and then read in any order, larger than memory if need be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np


def opened(file: Path, shape: tuple[int, ...], kind: Any) -> np.memmap:
    """The array in `file` as it is there, if it has that shape and kind; else a new one."""
    if file.is_file():
        found = np.lib.format.open_memmap(file, mode="r+")
        if found.shape == shape and found.dtype == kind:
            return found
    return np.lib.format.open_memmap(file, mode="w+", dtype=kind, shape=shape)
