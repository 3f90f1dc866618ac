"""Why a photo has its score: a map of what moved it, and one sentence in words.

The map is made by gradient-free occlusion: each cell of a grid is replaced by a heavy blur of
itself and the picture is scored again. It is a statement about the model's answer, not a guess from
inside it, and works for transformers and ResNets alike. (Comparing patch tokens with the prompts
costs one pass only, but CLIP's patch tokens are known to answer for other places than their own.)
The whole picture is explained, squeezed to the model's input as `whole-224` does it, so its score
differs a little from a score by crops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.photo import Attributes

GRID = 7
_BATCH = 7
_MAX_PARTS = 3


@dataclass(frozen=True, slots=True)
class HeatMap:
    """What each part of a picture does to its quality score.

    `heat` is grid×grid, in points of 100, row by row from the top left: positive where the
    detail there raises the score, negative where it lowers it; unfinished cells are NaN. `score`
    (0–100) is that of the untouched picture. `done` is the finished fraction.
    """

    heat: NDArray[np.float32]
    score: float
    done: float


def heat_maps(
    whole: NDArray[np.uint8],
    score: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
    grid: int = GRID,
) -> Iterator[HeatMap]:
    """The heat map of a picture, growing from step to step.

    Args:
        whole: the picture at the model's input size, S×S×3 uint8 (`crops.policy("whole-224")`).
        score: gives the quality (0–100) of each of N such pictures (`UniqaScorer.quality_of`).
        grid: cells along a side.

    Yields:
        The map with more cells finished each time; the last one is complete.
    """
    side = whole.shape[0]
    # A blur wider than a cell keeps its colour and takes its detail, without a hard new edge.
    blurred = cv2.GaussianBlur(whole, (0, 0), sigmaX=side / grid / 2)
    base = float(score(whole[None])[0])
    heat = np.full((grid, grid), np.nan, dtype=np.float32)
    cells = [(row, column) for row in range(grid) for column in range(grid)]
    edges = np.linspace(0, side, grid + 1).round().astype(int)
    for at in range(0, len(cells), _BATCH):
        part = cells[at : at + _BATCH]
        hidden = np.repeat(whole[None], len(part), axis=0)
        for picture, (row, column) in zip(hidden, part, strict=True):
            rows, columns = slice(*edges[row : row + 2]), slice(*edges[column : column + 2])
            picture[rows, columns] = blurred[rows, columns]
        for (row, column), value in zip(part, score(hidden), strict=True):
            heat[row, column] = base - value
        yield HeatMap(heat.copy(), base, (at + len(part)) / len(cells))


def _sharpness(value: float) -> str | None:
    if value >= 60:
        return "sharp where it matters"
    if value < 15:
        return "blurred"
    return "a little soft" if value < 35 else None


def _brightness(value: float) -> str | None:
    if value < 20:
        return "very dark"
    if value < 35:
        return "dark"
    if value > 80:
        return "very bright"
    return "bright" if value > 65 else None


def _noisiness(value: float) -> str | None:
    if value > 60:
        return "noisy"
    return "a little noisy" if value > 35 else None


def _contrast(value: float) -> str | None:
    if value < 25:
        return "flat"
    return "contrasty" if value > 75 else None


def _colorfulness(value: float) -> str | None:
    if value < 10:
        return "nearly without colour"
    return "vivid" if value > 70 else None


def sentence(attributes: Attributes) -> str:
    """One sentence from the measured attributes: "Sharp where it matters, dark, a little noisy."

    Sharpness comes first, then what is clipped, then at most three parts in all; "Nothing stands
    out." if every measure is in its middle.
    """
    highlights = attributes.clipped_highlights > 2
    shadows = attributes.clipped_shadows > 5
    found = [
        _sharpness(attributes.sharpness.value),
        "highlights burnt out" if highlights else None,
        "shadows blocked" if shadows else None,
        _brightness(attributes.brightness.value),
        _noisiness(attributes.noisiness.value),
        _contrast(attributes.contrast.value),
        _colorfulness(attributes.colorfulness.value),
    ]
    parts = [part for part in found if part is not None][:_MAX_PARTS]
    if not parts:
        return "Nothing stands out."
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
