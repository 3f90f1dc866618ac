"""One frame of a burst, measured on the same places of the scene as all others.

The places are square tiles on an even lattice over the reference. Each frame's tile is cut where
`aligning` found it, without resampling: that would blur it. What is taken of a tile:

- detail in four directions: the energy of second differences of the picture at half size (2×2
  means), which is what a blur of a pixel takes away first. A defocus takes it in all directions, a
  shake along one (the idea of Zhu and Milanfar's gradient covariance, see `focus`);
- light: its mean, as linear light; and the shares that are clipped white or black;
- grain: the variance that Immerkær's mask sees ("Fast noise variance estimation", CVIU 64(2),
  1996) on small cells, for the flattest ones tell the noise.

Of pictures that were compressed differently, that order of fineness is the finest that survives
(measured on 60 photos, a blur of σ 1.2 px changes it by -2.8 octaves, JPEG 80 instead of 90 by
0.02; at full size JPEG alone changes it by up to an octave).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.best.aligning import Placement

DIRECTIONS = 4
"""Horizontal, down to the right, vertical, up to the right: 45 degrees apart."""
CELLS = 4
"""Cells along a tile."""
_SIDE, _SMALL_SIDE = 64, 32
"""Pixels along a tile of the reference; of pictures below `_SMALL` pixels."""
_SMALL = 2_000_000
_TILES = 320
"""About as many tiles at most: 1.3 megapixels are read of a picture of any size."""
_COLUMNS = 32
"""Tiles laid side by side, to be measured by a few calls for all of them."""
_NEARLY_ONE = 0.06
"""A change of scale up to this is no reason to resample."""
_BLACK, _WHITE = 2, 253
"""Levels beyond are clipped, or so nearly that their noise is cut off."""
_RIM = 2
"""Pixels at half size at a tile's rim that see its neighbour in the mosaic."""
_CLIPPED = 0.02
"""Cells with a larger share of clipped pixels do not tell the noise."""

_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(
    np.float32
)
"""Linear light of each level of sRGB (IEC 61966-2-1)."""

_ALONG = np.array([1, -2, 1], np.float32)
_DOWN = np.diag(_ALONG)
_KERNELS = (_ALONG[None, :], _DOWN, _ALONG[:, None], np.ascontiguousarray(_DOWN[::-1]))


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """Tiles of the reference: `corners` (T×2, left and top) and their `side`, in its pixels.

    `size` is the reference's width and height, `columns` how many tiles lie in a row.
    """

    corners: np.ndarray
    side: int
    size: tuple[int, int]
    columns: int


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """What was measured on T tiles of one frame; NaN where a tile lies outside of it.

    Attributes:
        detail: T×4, energy of second differences by direction, (levels)², noise included.
        light: T, mean linear light, 0–1.
        level: T, mean level of luma, 0–255.
        grain: T×16, variance of Immerkær's mask on cells, (levels)², clipped cells infinite.
        white, black: T, clipped shares, 0–1.
    """

    detail: np.ndarray
    light: np.ndarray
    level: np.ndarray
    grain: np.ndarray
    white: np.ndarray
    black: np.ndarray


def lattice(size: tuple[int, int]) -> Lattice:
    """The tiles of a reference of that width and height; none if it is smaller than a tile."""
    width, height = size
    side = _SMALL_SIDE if width * height < _SMALL else _SIDE
    step = max(side, round((width * height / _TILES) ** 0.5))
    lefts = _starts(width, side, step)
    tops = _starts(height, side, step)
    corners = np.array([(left, top) for top in tops for left in lefts], float).reshape(-1, 2)
    return Lattice(corners, side, size, len(lefts))


def _starts(length: int, side: int, step: int) -> range:
    return range((length - side) % step // 2, length - side + 1, step)


def measure(pixels: np.ndarray, grid: Lattice, placement: Placement) -> Tiles:
    """Measures a frame (H×W×3 uint8, full size) on the tiles of `grid`, placed by `placement`."""
    height, width = pixels.shape[:2]
    side = grid.side
    scale = placement.scale
    cut = side if abs(scale - 1) <= _NEARLY_ONE else max(4, round(side * scale))
    centres = placement.points(grid.corners + (side - 1) / 2)
    corners = np.round(centres - (cut - 1) / 2).astype(int)
    inside = (
        (corners >= 0).all(axis=1)
        & (corners[:, 0] + cut <= width)
        & (corners[:, 1] + cut <= height)
    )
    count = len(corners)
    rows = max(1, -(-count // _COLUMNS))
    mosaic = np.zeros((rows * side, _COLUMNS * side, 3), np.uint8)
    for number in np.flatnonzero(inside):
        left, top = corners[number]
        piece = pixels[top : top + cut, left : left + cut]
        if cut != side:
            kind = cv2.INTER_AREA if cut > side else cv2.INTER_CUBIC
            piece = cv2.resize(piece, (side, side), interpolation=kind)
        row, column = divmod(int(number), _COLUMNS)
        mosaic[row * side : (row + 1) * side, column * side : (column + 1) * side] = piece
    found = _measured(cv2.cvtColor(mosaic, cv2.COLOR_RGB2GRAY), side, count)
    for values in (found.detail, found.light, found.level, found.grain, found.white, found.black):
        values[~inside] = np.nan
    # A frame that lies on its side shows the scene's horizontals as verticals.
    turned = round(placement.turn / 45) % DIRECTIONS
    return Tiles(
        np.roll(found.detail, -turned, axis=1),
        found.light,
        found.level,
        found.grain,
        found.white,
        found.black,
    )


def _measured(grey: np.ndarray, side: int, count: int) -> Tiles:
    """The measures of a mosaic of square tiles, for the first `count` of them."""
    height, width = grey.shape
    half = cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    half = half.astype(np.float32)
    inner = _inner(half.shape, side // 2)
    detail = []
    for kernel in _KERNELS:
        found = cv2.filter2D(half, cv2.CV_32F, kernel)
        detail.append(_means(found * found * inner, side // 2)[:count])
    response = cv2.sepFilter2D(grey, cv2.CV_32F, _ALONG, _ALONG)
    cell = side // CELLS
    variance = _means(cv2.multiply(response, response, scale=1 / 36), cell)
    low, high = (cv2.inRange(grey, *ends) for ends in ((0, _BLACK), (_WHITE, 255)))
    clipped = _means(low.astype(np.float32), cell) + _means(high.astype(np.float32), cell)
    variance[clipped > _CLIPPED * 255] = np.inf
    return Tiles(
        detail=np.stack(detail, axis=1),
        light=_means(_LINEAR[grey], side)[:count],
        level=_means(grey.astype(np.float32), side)[:count],
        grain=_by_tile(variance, width // cell)[:count],
        white=_means(high.astype(np.float32), side)[:count] / 255,
        black=_means(low.astype(np.float32), side)[:count] / 255,
    )


def _inner(shape: tuple[int, ...], side: int) -> np.ndarray:
    """1 inside of the squares of a mosaic, 0 on their rims, which see their neighbours; its mean
    over a square is 1."""
    square = np.zeros((side, side), np.float32)
    square[_RIM:-_RIM, _RIM:-_RIM] = 1
    return np.tile(square / square.mean(), (shape[0] // side, shape[1] // side))


def _means(values: np.ndarray, side: int) -> np.ndarray:
    """The mean of each square of `side`, row by row of the mosaic."""
    size = values.shape[1] // side, values.shape[0] // side
    return cv2.resize(values, size, interpolation=cv2.INTER_AREA).ravel()


def _by_tile(cells: np.ndarray, columns: int) -> np.ndarray:
    """Values of cells, row by row of the mosaic, as one row of `CELLS`² for each tile."""
    grid = cells.reshape(-1, CELLS, columns // CELLS, CELLS)
    return grid.transpose(0, 2, 1, 3).reshape(-1, CELLS * CELLS)
