"""Prompt features on disk, so that texts are encoded once per model and list of prompts.

The key is the hash of the weights and the hash of the exact strings; features are always computed
in single precision, so precision is no part of it. A file that cannot be read is made again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import atomic, prompts

_log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]


class TextCache:
    """The prompt features of one model, in a folder."""

    def __init__(self, folder: Path, weights: str) -> None:
        """`weights` is the sha256 of the model's stored weights."""
        self._folder = folder
        self._weights = weights

    def _file(self, texts: Sequence[str]) -> Path:
        return self._folder / f"{self._weights[:16]}-{prompts.texts_hash(texts)[:16]}.npy"

    def stored(self, texts: Sequence[str]) -> Floats | None:
        """The features of exactly these texts, T×D, or `None` if they were not encoded yet."""
        try:
            features = np.load(self._file(texts), allow_pickle=False)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, EOFError) as error:
            _log.warning("Cached prompt features cannot be read (%s): making them again.", error)
            return None
        if features.ndim != 2 or len(features) != len(texts):
            return None
        return features.astype(np.float32, copy=False)

    def get(self, texts: Sequence[str], encode: Encode) -> Floats:
        """The features of `texts`, T×D: from the cache, or by `encode` and then cached.

        Each distinct text is encoded once.
        """
        found = self.stored(texts)
        if found is not None:
            return found
        distinct = list(dict.fromkeys(texts))
        encoded = encode(distinct)
        features = encoded[[distinct.index(text) for text in texts]]
        self._write(texts, features)
        return features

    def _write(self, texts: Sequence[str], features: Floats) -> None:
        import io

        buffer = io.BytesIO()
        np.save(buffer, features)
        try:
            atomic.write_bytes(self._file(texts), buffer.getvalue())
        except OSError as error:  # a cache that cannot be written only costs time
            _log.warning("Prompt features cannot be cached: %s", error)
