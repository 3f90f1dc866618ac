"""UniQA's adapter as a way to learn a taste, for models with a text tower.

Trained by the authors' recipe (`adapter_training`) on the stored crops of rated photos, against the
prompts for aesthetics; scores are the formula's, without the model or torch. It needs ratings: a
choice between two photos is no label.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.adapter import Adapter
from uniqa_desktop.taste.observations import Doubles, Evidence
from uniqa_desktop.uniqa import Floats, Readout, level_scores

LEAST = 20
"""Ratings below which it is not tried: 262,000 weights learn a few labels by heart."""
_BLOCK = 2048


def train(
    crops: NDArray[np.floating],
    evidence: Evidence,
    readout: Readout,
    *,
    stop: threading.Event | None = None,
) -> Adapter:
    """The adapter of a person's ratings; imports torch.

    Args:
        crops: photos×crops×D features of the photos that the evidence is about, not normalised.
        evidence: what was said of them; choices are passed over.
        readout: the model's prompts.
        stop: ends the training after the running epoch.

    Raises:
        ValueError: nothing was rated.
    """
    import torch

    from uniqa_desktop import adapter_training

    rated = evidence.rated
    # A thread of its own, told not to share its work out: the steps are so small that threads would
    # only wait for each other, and the result would depend on their number.
    with ThreadPoolExecutor(
        1, "adapter", initializer=torch.set_num_threads, initargs=(1,)
    ) as thread:
        return thread.submit(
            adapter_training.train,
            crops[rated],
            evidence.values[rated],
            readout.aesthetics,
            readout.logit_scale,
            stop=stop,
        ).result()


def ratings(adapter: Adapter, crops: NDArray[np.floating], readout: Readout) -> Doubles:
    """What the person would say of photos (photos×crops×D), where 0 and 1 are the ends of the
    scale: levels are learned on labels of that range."""
    found = np.empty(len(crops), np.float64)
    for start in range(0, len(crops), _BLOCK):
        block = crops[start : start + _BLOCK].astype(np.float32)
        flat: Floats = block.reshape(-1, block.shape[-1])
        scores = level_scores(
            flat + adapter(flat), readout.aesthetics, readout.logit_scale, adapter.levels
        )
        found[start : start + _BLOCK] = scores.reshape(len(block), -1).mean(axis=1)
    return found


def of_arrays(arrays: Mapping[str, NDArray]) -> Adapter:
    """An adapter that `Adapter.arrays` gave.

    Raises:
        WeightsError: they are not those of an adapter.
    """
    return Adapter.from_arrays(arrays)
