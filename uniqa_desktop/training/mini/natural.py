"""What good photos' traces are like: the yardstick of naturalness (see `mini_heads`).

A normal distribution of the traces of flawless pictures, at native size and reduced as for the
screen. NIQE's is of 125 photos that its authors chose; this one is of the detailed crops that the
recipe learns faults from. No published parameters are used.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from uniqa_desktop import mini_view
from uniqa_desktop.mini_heads import STRUCTURE
from uniqa_desktop.mini_layers import Natural
from uniqa_desktop.training.mini.impair import Bases
from uniqa_desktop.training.mini.pictures import Pixels

_WINDOWS = 4
"""Parts of a picture besides all of it."""
_EVEN = 0.3
"""Added to the variance in every direction, in units of the measures' own: of few pictures the
directions in which they hardly differ are chance."""
_LEAST_SPREAD = 1e-3


def usual(pictures: list[Pixels], seed: int) -> Natural:
    """The distribution of the pictures' traces. The last two of `usual`, mean and deviation of
    beauty, are left at 0 and 1."""
    bases = Bases([pictures], [1.0])
    chance = np.random.default_rng(seed)
    seen = [*pictures, *(bases.window(0.0, chance) for _ in range(_WINDOWS * len(pictures)))]
    return fitted(np.stack([mini_view.measured(one)[mini_view.TONES :] for one in seen]))


def fitted(traces: NDArray[np.floating]) -> Natural:
    """From traces, pictures×60."""
    structure = traces[:, STRUCTURE].astype(np.float64)
    middle, spread = structure.mean(axis=0), structure.std(axis=0) + _LEAST_SPREAD
    even = (structure - middle) / spread
    variance = np.cov(even.T) + _EVEN * np.eye(len(STRUCTURE))
    lengths, axes = np.linalg.eigh(variance)
    whiten = (axes / np.sqrt(lengths)) / spread[:, None]
    near = -np.log((((structure - middle) @ whiten) ** 2).mean(axis=1)) / 2
    return Natural(
        *(
            torch.from_numpy(np.asarray(found, np.float32))
            for found in (middle, whiten, [near.mean(), near.std(), 0, 1])
        )
    )
