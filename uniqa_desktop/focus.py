"""How sharp a picture is where it is sharpest, and how noisy, from pixels at full resolution.

Sharpness follows two known ideas. Blur takes fine detail from a picture and leaves coarse detail,
so the ratio of the two tells blur apart from a scene that is merely plain (Crété et al., "The blur
effect", SPIE 6492, 2007). And a shaken picture keeps every edge that runs along the shake, so
detail counts only as far as it is there in *every* direction: the weaker eigenvalue of the
gradient covariance, less what noise adds to it (Zhu and Milanfar, "Automatic parameter selection
for denoising algorithms using a no-reference measure of image content", IEEE TIP 19(12), 2010).
Fine is the picture at half size (2×2 means), which holds what a camera resolves and a quarter of
the noise; coarse is an eighth. The best tile speaks for the picture: a shallow depth of field is
no fault.

Noise is Immerkær's: the response to a mask that is blind to planes and straight edges ("Fast noise
variance estimation", CVIU 64(2), 1996), on the flattest cells only, since texture answers to that
mask as well.

Reading all of 24 megapixels would cost more than everything else here. Large pictures are searched
on a lattice of small patches; the surroundings of the best ones are then looked at without gaps.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from uniqa_desktop.photo import Region

_CELL = 8
"""Pixels along a cell, the finest grain of the maps: 4×4 pixels at half size, one at an eighth."""
_TILE = 8
"""Cells along a tile, on which sharpness is judged: 64 pixels."""
_PATCH = 48
"""Pixels along a patch of the lattice, of which the inner 32 are measured."""
_PATCHES = 850
"""About as many patches at most, which bounds the time for pictures of any size."""
_AT_ONCE = 250
"""Patches that are measured together: their maps stay in the processor's cache."""
_WINDOW = 192
"""Pixels along the surroundings of a patch: a step of the lattice at 24 megapixels, and borders."""
_WINDOWS = 8
"""The surroundings of as many patches are looked at."""
_BAND = 512
"""Pixels along the short side of a band, for maps of a whole picture."""
_SMALL = 1_000_000
"""Pictures of up to as many pixels are looked at without gaps."""

_PLAIN = 1.0
"""Coarse contrast, in (levels a pixel)², that a tile needs for its ratio to count: without it, the
faintest ripple of a clear sky would be as sharp as an eyelash."""
_FLATTEST = 0.1
"""Noise is read off as large a share of the cells."""
_FLATTEST_BIAS = 1.6
"""Mean energy of white noise over its 10th percentile in cells (simulated)."""
_DARKEST, _BRIGHTEST = 2, 253
"""Levels beyond are clipped or nearly so, and their noise is cut off."""
_CLIPPED = 0.1
"""Cells with a larger share of such pixels do not tell the noise."""
_ENOUGH = 0.3
"""Less than this share of telling cells, as in a silhouette, are edges rather than flat: then all
cells are asked."""
_SECOND = np.array([1, -2, 1], np.float32)
"""Second difference; taken along both axes it is Immerkær's mask, whose squares sum to 36."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What `focus` found.

    `sharpness` is a ratio of energies (≥ 0: fine detail in its weaker direction over coarse
    detail), `noise` a standard deviation in levels of 8-bit luma, `sharpest` the place of the tile
    that gave the sharpness.
    """

    sharpness: float
    noise: float
    sharpest: Region


@dataclass(frozen=True, slots=True)
class _Maps:
    """Means over cells. `detail` is H×W×4: the gradient covariance at half size (xx, xy, yy, along
    the diagonals) and the gradient energy at an eighth, in (levels a pixel)². `grain` is H×W×2:
    the variance that Immerkær's mask sees at full size, and the clipped share.
    """

    detail: np.ndarray
    grain: np.ndarray


def focus(pixels: np.ndarray) -> Focus:
    """Measures an H×W×3 uint8 picture, from 1×1 up."""
    height, width = pixels.shape[:2]
    if height * width <= _SMALL or min(height, width) < _WINDOW:
        maps = _maps(_fitted(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)))
        variance = _variance(maps)
        corners = [(0, 0)]
    else:
        centres, lattice = _lattice(pixels)
        variance = _variance(lattice)
        ratios = _sharpness(_halved(lattice.detail, 2), variance)
        best = np.argsort(ratios, axis=None)[: -_WINDOWS - 1 : -1]
        corners, maps = _windows(pixels, [centres[number] for number in best])
    ratios = _sharpness(_tiles(maps.detail), variance)
    # Windows lie side by side; a tile must not reach from one into the next.
    rows, columns = ratios.shape[0], ratios.shape[1] // len(corners)
    ratios = ratios.reshape(rows, len(corners), columns)[: 1 - _TILE, :, : 1 - _TILE]
    row, number, column = np.unravel_index(int(ratios.argmax()), ratios.shape)
    left = (corners[number][0] + int(column) * _CELL) / width
    top = (corners[number][1] + int(row) * _CELL) / height
    side = _TILE * _CELL
    return Focus(
        sharpness=float(ratios[row, number, column]),
        noise=variance**0.5,
        sharpest=Region(left, top, min(side / width, 1 - left), min(side / height, 1 - top)),
    )


def sharpness_map(pixels: np.ndarray, longer: int = 32) -> np.ndarray:
    """How sharp a picture is from place to place: the measure of `Focus.sharpness`.

    Each place is spoken for by its sharpest tile, as the picture is. Without gaps, so it takes
    several times as long as `focus`: for one picture that is looked at.

    Args:
        pixels: H×W×3 uint8, at full size.
        longer: places along the longer side, if it has as many tiles.

    Returns:
        Ratios (≥ 0) on an even grid over the whole picture, float32, from the top left.
    """
    maps = _gapless(pixels)
    ratios = _sharpness(_tiles(maps.detail), _variance(maps))[: 1 - _TILE, : 1 - _TILE]
    for axis, side in enumerate(pixels.shape[:2]):
        places = max(1, round(longer * side / max(pixels.shape[:2])))
        starts = np.unique(np.linspace(0, ratios.shape[axis], places, endpoint=False).astype(int))
        ratios = np.maximum.reduceat(ratios, starts, axis=axis)
    return ratios


def _gapless(pixels: np.ndarray) -> _Maps:
    """The maps of a whole picture, band by band: at once they would take 30 bytes a pixel."""
    height, width = pixels.shape[:2]
    if height * width <= _SMALL or min(height, width) < _TILE * _CELL:
        return _maps(_fitted(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)))
    bands = []
    for top in range(0, height - _CELL + 1, _BAND):
        above = _CELL if top else 0
        band = pixels[top - above : top + _BAND + _CELL]
        maps = _maps(_fitted(cv2.cvtColor(band, cv2.COLOR_RGB2GRAY)))
        inner = slice(above // _CELL, (above + min(_BAND, height - top)) // _CELL)
        bands.append(_Maps(maps.detail[inner], maps.grain[inner]))
    return _Maps(
        np.concatenate([maps.detail for maps in bands]),
        np.concatenate([maps.grain for maps in bands]),
    )


def _lattice(pixels: np.ndarray) -> tuple[list[tuple[int, int]], _Maps]:
    """The centres (x, y) of the lattice's patches, row by row, and the maps of their cells."""
    height, width = pixels.shape[:2]
    step = max(2 * _PATCH, round((height * width / _PATCHES) ** 0.5))
    top, left = (height - _PATCH) % step // 2, (width - _PATCH) % step // 2
    patches = sliding_window_view(pixels, (_PATCH, _PATCH, 3))[top::step, left::step, 0]
    rows, columns = patches.shape[:2]
    band = max(1, _AT_ONCE // columns)
    bands = [_side_by_side(patches[row : row + band]) for row in range(0, rows, band)]
    centres = [
        (left + column * step + _PATCH // 2, top + row * step + _PATCH // 2)
        for row in range(rows)
        for column in range(columns)
    ]
    return centres, _Maps(
        np.concatenate([maps.detail for maps in bands]),
        np.concatenate([maps.grain for maps in bands]),
    )


def _windows(
    pixels: np.ndarray, centres: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], _Maps]:
    """The surroundings of points (x, y): left and top of what is left of each, and their maps."""
    height, width = pixels.shape[:2]
    corners = [
        (
            min(max(x - _WINDOW // 2, 0), width - _WINDOW),
            min(max(y - _WINDOW // 2, 0), height - _WINDOW),
        )
        for x, y in centres
    ]
    windows = [pixels[top : top + _WINDOW, left : left + _WINDOW] for left, top in corners]
    maps = _side_by_side(np.stack(windows)[None])
    return [(left + _CELL, top + _CELL) for left, top in corners], maps


def _side_by_side(pieces: np.ndarray) -> _Maps:
    """The maps of square pieces of a picture (rows, columns, side, side, 3), laid side by side.

    A few calls for all of them are quicker than some for each, and threads that wait for each
    other at every call would lose all they gain. The outer cells of a piece see its neighbour and
    are left out.
    """
    rows, columns, side = pieces.shape[:3]
    mosaic = pieces.transpose(0, 2, 1, 3, 4).reshape(rows * side, columns * side, 3)
    maps = _maps(cv2.cvtColor(mosaic, cv2.COLOR_RGB2GRAY))
    cells = side // _CELL

    def inner(means: np.ndarray) -> np.ndarray:
        pieces = means.reshape(rows, cells, columns, cells, -1)[:, 1:-1, :, 1:-1]
        return pieces.reshape(rows * (cells - 2), columns * (cells - 2), -1)

    return _Maps(inner(maps.detail), inner(maps.grain))


def _fitted(grey: np.ndarray) -> np.ndarray:
    """Whole cells, and at least one tile: mirrored at its edges if it is too small."""
    height, width = grey.shape
    tile = _TILE * _CELL
    if height < tile or width < tile:
        more = ((0, max(0, tile - height)), (0, max(0, tile - width)))
        grey = np.pad(grey, more, mode="symmetric")
        height, width = grey.shape
    return grey[: height // _CELL * _CELL, : width // _CELL * _CELL]


def _maps(grey: np.ndarray) -> _Maps:
    """The maps of a grey picture whose sides are multiples of a cell."""
    half = _halved(grey)
    fine = half.astype(np.float32)
    # Differences along the two diagonals are the finest gradient that treats x and y alike.
    down, up = np.zeros_like(fine), np.zeros_like(fine)
    cv2.subtract(fine[1:, 1:], fine[:-1, :-1], down[:-1, :-1])
    cv2.subtract(fine[:-1, 1:], fine[1:, :-1], up[:-1, :-1])
    # Two pixels at half size lie 2√2 pixels apart, hence 1/8; Sobel at an eighth spans 8 × 8.
    covariance = [
        _halved(cv2.multiply(a, b, scale=1 / 8), 2) for a, b in ((down, down), (down, up), (up, up))
    ]
    eighth = _halved(fine, 2)
    x, y = cv2.Sobel(eighth, cv2.CV_32F, 1, 0), cv2.Sobel(eighth, cv2.CV_32F, 0, 1)
    coarse = cv2.addWeighted(cv2.multiply(x, x), 1 / 4096, cv2.multiply(y, y), 1 / 4096, 0)
    response = cv2.sepFilter2D(grey, cv2.CV_32F, _SECOND, _SECOND)
    variance = _halved(cv2.multiply(response, response, scale=1 / 36), 3)
    usable = _halved(cv2.inRange(grey, _DARKEST, _BRIGHTEST), 3)  # type: ignore[call-overload]
    clipped = (255 - usable).astype(np.float32) / 255
    return _Maps(cv2.merge([*covariance, coarse]), cv2.merge([variance, clipped]))


def _halved(picture: np.ndarray, times: int = 1) -> np.ndarray:
    """Means of 2×2, so many times over."""
    for _ in range(times):
        height, width = picture.shape[:2]
        picture = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    return picture


def _tiles(cells: np.ndarray) -> np.ndarray:
    """Means over the tile that begins at each cell; at the far edges they are not of use."""
    return cv2.boxFilter(cells, -1, (_TILE, _TILE), anchor=(0, 0))


def _variance(maps: _Maps) -> float:
    """The variance of the noise."""
    energy, clipped = cv2.split(maps.grain)
    telling = clipped <= _CLIPPED
    if np.count_nonzero(telling) >= _ENOUGH * telling.size:
        energy = energy[telling]
    return float(np.quantile(energy, _FLATTEST)) * _FLATTEST_BIAS


def _sharpness(detail: np.ndarray, variance: float) -> np.ndarray:
    """Fine over coarse detail, in the direction with least of it, for means of `_Maps.detail`."""
    xx, xy, yy, coarse = cv2.split(detail)
    weaker = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    noise = variance / 16  # a quarter of it is left at half size, and a quarter of that a pixel
    signal = np.maximum(weaker - noise, 0)
    # Of a signal weaker than noise, what is left is chance: weighted down as Wiener's filter does.
    signal *= signal / (signal + noise + 1e-6)
    return signal / (coarse / 2 + _PLAIN)
