"""Where in a photo its score comes from: a map of what moved it, made by gradient-free occlusion.

Each cell of a grid is replaced by a heavy blur of itself and the picture is scored again. That is a
statement about the model's answer, not a guess from inside it, and works for every model alike.
(Comparing patch tokens with the prompts costs one pass only, but CLIP's patch tokens are known to
answer for other places than their own. A patch of mean colour would bring hard new edges, which a
model may take for sharpness; a blur wider than the cell keeps its colour and takes its detail.)
The whole picture is explained, reduced, so its score differs a little from a score by crops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.photo import Region

GRID = 7
"""Cells along the longer side: CLIP's ViT-B/16 sees 14 patches there, two a cell."""
_AT_ONCE = 7
"""Pictures that are scored between two steps: a row of a square grid."""
_WHOLE = Region(0, 0, 1, 1)


class Shown(StrEnum):
    """What the numbers of a heat map say."""

    QUALITY = "quality"
    SHARPNESS = "sharpness"


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A number for each part of a picture, row by row from the top left.

    With `QUALITY`, `heat` is in points of 100: positive where the detail there raises the quality
    score, negative where it lowers it; unfinished cells are NaN, and `score` (0–100) is that of
    the untouched picture. With `SHARPNESS` it is how sharp the picture is there, 0–100, and
    `score` that of its sharpest place. `region` is the part of the picture that the map covers,
    `done` the finished fraction.
    """

    heat: NDArray[np.float32]
    score: float
    done: float
    shows: Shown = Shown.QUALITY
    region: Region = _WHOLE


def heat_maps(
    whole: NDArray[np.uint8],
    score: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
    grid: int = GRID,
    region: Region = _WHOLE,
) -> Iterator[HeatMap]:
    """The heat map of a picture, growing from step to step. It costs cells + 1 scorings.

    Args:
        whole: the picture as small as the model may see it, H×W×3 uint8.
        score: gives the quality (0–100) of each of N such pictures.
        grid: cells along the longer side; they are as square as the picture allows.
        region: what part of the photo `whole` is.

    Yields:
        The map with more cells finished each time; the last one is complete.
    """
    height, width = whole.shape[:2]
    longer = max(height, width)
    rows, columns = (max(1, round(grid * side / longer)) for side in (height, width))
    blurred = cv2.GaussianBlur(whole, (0, 0), sigmaX=longer / grid / 2)
    base = float(score(whole[None])[0])
    heat = np.full((rows, columns), np.nan, dtype=np.float32)
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    down = np.linspace(0, height, rows + 1).round().astype(int)
    across = np.linspace(0, width, columns + 1).round().astype(int)
    for at in range(0, len(cells), _AT_ONCE):
        part = cells[at : at + _AT_ONCE]
        hidden = np.repeat(whole[None], len(part), axis=0)
        for picture, (row, column) in zip(hidden, part, strict=True):
            cell = slice(*down[row : row + 2]), slice(*across[column : column + 2])
            picture[cell] = blurred[cell]
        for (row, column), value in zip(part, score(hidden), strict=True):
            heat[row, column] = base - value
        yield HeatMap(heat.copy(), base, (at + len(part)) / len(cells), region=region)
