"""Traces that lens, sensor and codec leave in native pixels, as numbers: grain, softness, blocks.

Read from an even grid of squares, so that calm parts count as well as busy ones: noise shows in a
sky, focus in an eyelash. The normalised luminance of Ruderman (1994) and its products with its
neighbours are what BRISQUE and NIQE read (Mittal et al. 2012, 2013); the response to Immerkær's
mask on calm cells is that of `focus`; steps at every eighth column are Wang's blockiness (ICIP
2000), at whatever phase they are. No published parameters are used.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.floating]

TRACES = 60
FARTHEST = 5.0
"""Standard deviations from the lessons' mean that a measure counts at most: no single number of a
picture unlike all of them decides alone."""
NEIGHBOURS, FINENESS = slice(15, 41), slice(46, 50)
"""Which of them are about neighbouring pixels, and about fine over coarse detail."""
SIDE = 96
"""Of a square, in pixels."""
_ACROSS = 4
"""Squares along each side of the grid at most."""
_EDGE = 6
"""Pixels at a square's border that filters have not seen whole."""
_CELL = 8
_WINDOW, _SIGMA = (7, 7), 7 / 6
_SHARES = (5, 25, 50, 75, 95)
"""Percentiles of local deviation and the like."""
_SECOND = np.array([1, -2, 1], np.float32)
_LEAST = 0.05
"""In levels: less deviation than rounding leaves cannot be told."""


class _Level(NamedTuple):
    """Normalised luminance and local deviation of squares, N×S×S."""

    normal: Floats
    deviation: Floats


def grid(pixels: Pixels, factor: int) -> Pixels:
    """Squares of `SIDE` pixels, evenly spread over the picture: N×96×96×3, N from 1 to 16.

    Args:
        pixels: H×W×3 uint8, both sides at least `factor` · 96.
        factor: the picture is reduced by it first.
    """
    side = SIDE * factor
    squares = [
        pixels[top : top + side, left : left + side]
        for top in _starts(pixels.shape[0], side)
        for left in _starts(pixels.shape[1], side)
    ]
    if factor > 1:
        size = (SIDE, SIDE)
        squares = [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in squares]  # type: ignore[misc]
    return np.stack(squares).astype(np.uint8, copy=False)


def _starts(length: int, side: int) -> list[int]:
    """Where squares begin; at whole cells, so that the blocks of a file stay in phase."""
    count = min(_ACROSS, length // side)
    room = (length - side) // _CELL * _CELL
    if count == 1:
        return [room // 2 // _CELL * _CELL]
    return [round(room * n / (count - 1) / _CELL) * _CELL for n in range(count)]


def traces(squares: Pixels) -> NDArray[np.float32]:
    """60 numbers about squares N×96×96×3, together: float32, most of them in −1…2.

    Local deviation at three sizes (15); normalised luminance and its neighbours at two sizes, all
    over and in the calmer half (26); grain of lightness and colour in calm cells (5); fine over
    coarse detail where it is highest (4); blocks (4); light (6).
    """
    stacked = squares.reshape(-1, SIDE, 3)
    grey = cv2.cvtColor(stacked, cv2.COLOR_RGB2GRAY).astype(np.float32)
    half = _halved(grey)
    quarter = _halved(half)
    levels = [_level(grey, SIDE), _level(half, SIDE // 2), _level(quarter, SIDE // 4)]
    found = [_log(np.percentile(one.deviation[:, ::2, ::2], _SHARES)) for one in levels]
    found += [_neighbours(one) for one in levels[:2]]
    found += [_grain(stacked, grey), _detail(half), _blocks(grey.reshape(squares.shape[:3]))]
    found.append(_light(squares))
    return np.concatenate(found).astype(np.float32)


def _halved(stacked: np.ndarray) -> np.ndarray:
    size = (stacked.shape[1] // 2, stacked.shape[0] // 2)
    return np.asarray(cv2.resize(stacked, size, interpolation=cv2.INTER_AREA), np.float32)


def _log(values: np.ndarray) -> np.ndarray:
    """Deviations in levels to about 0–1: doubling adds an eighth."""
    return np.log2(np.maximum(values, _LEAST)) / 8 + 0.25


def _inner(stacked: np.ndarray, side: int) -> Floats:
    """Squares one above the other as N×S×S, without their borders."""
    edge = min(_EDGE, side // 6)
    return stacked.reshape(-1, side, side)[:, edge:-edge, edge:-edge]


def _level(stacked: np.ndarray, side: int) -> _Level:
    mean = cv2.GaussianBlur(stacked, _WINDOW, _SIGMA)
    square = cv2.GaussianBlur(stacked * stacked, _WINDOW, _SIGMA)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    normal = (stacked - mean) / (deviation + 0.5)
    return _Level(_inner(normal, side), _inner(deviation, side))


def _neighbours(level: _Level) -> np.ndarray:
    """13 numbers: of all places and of the calmer half, correlations with four neighbours, the
    weakest first, and with those two apart; then mean square and peakedness of all."""
    normal, deviation = level
    n = normal
    base = n[:, 2:-2, 2:-2]
    size = n.shape[1]

    def moved(down: int, right: int) -> np.ndarray:
        return n[:, 2 + down : size - 2 + down, 2 + right : size - 2 + right]

    here = deviation[:, 2:-2, 2:-2]
    calm = (here < np.median(here[:, ::2, ::2])).astype(np.float32)
    power, calm_power = float(np.vdot(base, base)), float(np.vdot(base * calm, base))
    total, total_calm = max(power, 1e-6), max(calm_power, 1e-6)
    near, near_calm = [], []
    for step in ((0, 1), (1, 0), (1, 1), (1, -1)):
        product = base * moved(*step)
        near.append(float(product.sum()) / total)
        near_calm.append(float(np.vdot(product, calm)) / total_calm)
    far = [base * moved(*step) for step in ((0, 2), (2, 0))]
    apart = sum(float(one.sum()) for one in far) / total / 2
    apart_calm = sum(float(np.vdot(one, calm)) for one in far) / total_calm / 2
    square = power / base.size
    peaked = float(np.abs(base).mean()) ** 2 / max(square, 1e-6)
    calm_square = calm_power / max(float(calm.sum()), 1)
    return np.array(
        [*sorted(near), apart, *sorted(near_calm), apart_calm, square, peaked, calm_square]
    )


def _cells(values: np.ndarray) -> np.ndarray:
    """Means over whole cells of stacked squares, N×C×C, border cells left out."""
    size = (SIDE // _CELL, len(values) // _CELL)
    means = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA))
    return means.reshape(-1, SIDE // _CELL, SIDE // _CELL)[:, 1:-1, 1:-1]


def _grain(stacked: Pixels, grey: np.ndarray) -> np.ndarray:
    """Deviation of noise in calm cells: three percentiles of lightness, then red and blue."""
    light = cv2.sepFilter2D(grey, -1, _SECOND, _SECOND)
    lightness = np.sqrt(_cells(light * light) / 36)
    found = list(np.percentile(lightness, (2, 10, 30)))
    for channel in (0, 2):
        colour = stacked[..., channel].astype(np.float32) - grey
        # At half size: codecs store colour so, and cameras smooth it further.
        rough = cv2.sepFilter2D(_halved(colour), -1, _SECOND, _SECOND)
        size = (SIDE // _CELL, len(stacked) // _CELL)
        means = cv2.resize(rough * rough, size, interpolation=cv2.INTER_AREA)
        means = means.reshape(-1, SIDE // _CELL, SIDE // _CELL)[:, 1:-1, 1:-1]
        found.append(float(np.percentile(np.sqrt(means / 36), 20)))
    return _log(np.array(found))


def _detail(half: np.ndarray) -> np.ndarray:
    """Fine over coarse detail, in its weaker direction: percentiles over blocks of 32 pixels."""
    right = cv2.filter2D(half, -1, np.array([[-1, 0], [0, 1]], np.float32))
    left = cv2.filter2D(half, -1, np.array([[0, -1], [1, 0]], np.float32))
    coarse = cv2.GaussianBlur(half, (0, 0), 2)
    across = cv2.Sobel(coarse, -1, 1, 0) / 8
    down = cv2.Sobel(coarse, -1, 0, 1) / 8
    side, block = SIDE // 2, 16
    size = (side // block, len(half) // block)

    def means(values: np.ndarray) -> np.ndarray:
        return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)

    xx, yy, xy = means(right * right), means(left * left), means(right * left)
    weaker = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    rough = means(across**2 + down**2)
    ratio = np.maximum(weaker, 0) / (rough + 1.0)
    return np.log2(np.percentile(ratio, (50, 75, 90, 100)) + 0.01) / 8 + 0.5


def _blocks(squares: Floats) -> np.ndarray:
    """Steps at every eighth column and row, beyond those beside them: relative to the usual step
    and in levels, and the share of places exactly like their neighbour, along and across."""
    found = []
    same = []
    for picture in (squares, squares.swapaxes(1, 2)):
        steps = np.abs(np.diff(picture, axis=2))
        same.append(float((steps < 0.5).mean()))
        limited = np.minimum(steps, 24)
        profile = limited.mean(axis=(0, 1))[: SIDE - 1]
        profile = np.append(profile, profile[-_CELL])
        phases = profile.reshape(-1, _CELL).mean(axis=0)
        found.append(float((phases.max() + 0.1) / (np.median(phases) + 0.1)))
    return np.array([np.log2(found[0]), np.log2(found[1]), *same])


def _light(squares: Pixels) -> np.ndarray:
    """Shares of pixels burnt out in any channel and in all, black in all; percentiles of luma."""
    sample = squares[:, ::4, ::4]
    strongest, weakest = sample.max(axis=3), sample.min(axis=3)
    shares = [
        float((strongest >= 254).mean()),
        float((weakest >= 250).mean()),
        float((strongest <= 3).mean()),
    ]
    luma = sample.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.array([*shares, *(np.percentile(luma, (1, 50, 99)) / 255)])
