"""What `uniqa-mini` looks at in a picture: all of it, some details, its tones, and traces.

- ends: two squares that together hold all of it, one from each end of its longer side, the second
  mirrored: for what is shown and how it is composed. Proportions are kept up to 2 : 1, of longer
  panoramas each square is half the picture, squeezed;
- details: squares of native pixels (of large photos, pixels of about 2,000 by 1,500), for focus,
  shake, noise and compression, none of which survives a reduction to a small square;
- tones: numbers about lightness and colour, for exposure and contrast;
- traces: numbers about noise, softness and blocks all over the picture (see `mini_traces`), since
  the details are chosen for what is sharp in them and noise shows best in calm places.

Where the details lie is decided by the picture alone: the three places with the finest detail (a
photo is as sharp as its sharpest part; the rest may be blurred on purpose), the centre, and two of
strong coarse contrast, where blur shows best and which the frames of a burst have in common.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import crops, mini_traces
from uniqa_desktop.mini_traces import TRACES

Pixels = NDArray[np.uint8]

END, ENDS, DETAIL, DETAILS, TONES = 192, 2, 96, 6, 24
"""Sides of the squares in pixels with how many there are of each, and the number of tones."""
MEASURED = TONES + TRACES

_SHORT_SIDE = 1400
"""Larger photos are reduced by the whole factor that leaves at least as many pixels across."""
_SHARPEST, _STRONGEST = 3, 2
_JUDGED = 1_500_000
"""Pixels at most on which it is decided where the details are."""
_COARSER = 4
_BINS = 16


class View(NamedTuple):
    """`ends` 2×192×192×3 and `details` 6×96×96×3, both uint8 RGB; `tones` 24 float32 in 0–1
    and `traces` 60 float32."""

    ends: Pixels
    details: Pixels
    tones: NDArray[np.float32]
    traces: NDArray[np.float32]


def view(pixels: Pixels) -> View:
    """What the model sees of an upright sRGB picture, H×W×3 uint8, of any size from 1×1.

    Raises:
        ValueError: `pixels` is not such an array.
    """
    measures = measured(pixels)
    return View(ends(pixels), _details(pixels), measures[:TONES], measures[TONES:])


def measured(pixels: Pixels) -> NDArray[np.float32]:
    """Tones and traces alone: 84 float32.

    Raises:
        ValueError: `pixels` is not a picture.
    """
    whole = crops.policy("whole-224", END)(pixels)[0]
    factor = _factor(pixels)
    squares = mini_traces.grid(_filled(pixels, DETAIL * factor), factor)
    return np.concatenate([tones(whole), mini_traces.traces(squares)])


def ends(pixels: Pixels) -> Pixels:
    """Both ends of a picture as squares, the second mirrored: 2×192×192×3.

    Raises:
        ValueError: `pixels` is not a picture.
    """
    squeezed = crops.policy("whole-224", END)
    first, last = halves(pixels)
    return np.concatenate([squeezed(first), squeezed(last)[:, :, ::-1]])


def halves(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """The parts that the ends show: squares as wide as the picture's shorter side, or, of a
    panorama longer than 2 : 1, its two halves."""
    height, width = pixels.shape[:2]
    side = max(min(height, width), -(-max(height, width) // 2))
    return pixels[:side, :side], pixels[-side:, -side:]


def tones(whole: Pixels) -> NDArray[np.float32]:
    """Lightness and colour of a square picture in 24 numbers.

    16 roots of shares of lightness L* (even bins), then shares of black and white, mean, deviation
    and fourth-order deviation of L*, and of the opponent colours red–green and yellow–blue how far
    they spread and how far their mean is from grey together with the mean chroma.
    """
    lab = cv2.cvtColor(whole, cv2.COLOR_RGB2LAB)
    counts = cv2.calcHist([lab], [0], None, [256], [0, 256]).ravel()
    share = (counts / counts.sum()).astype(np.float64)
    levels = np.linspace(0, 1, 256)
    mean = float(share @ levels)
    spread = float(share @ (levels - mean) ** 2) ** 0.5
    tails = float(share @ (levels - mean) ** 4) ** 0.25
    colour = lab[..., 1:].reshape(-1, 2).astype(np.float32) - 128
    about, off = colour.std(axis=0) / 64, np.abs(colour.mean(axis=0)) / 64
    chroma = float(np.hypot(colour[:, 0], colour[:, 1]).mean()) / 64
    return np.array(
        [
            *np.sqrt(share.reshape(_BINS, -1).sum(axis=1)),
            share[:3].sum(),
            share[-3:].sum(),
            mean,
            spread,
            tails,
            float(np.hypot(*about)),
            float(np.hypot(*off)),
            chroma,
        ],
        np.float32,
    )


def _factor(pixels: Pixels) -> int:
    """By how much a large photo is reduced before its pixels count as native."""
    return max(1, min(pixels.shape[:2]) // _SHORT_SIDE)


def _details(pixels: Pixels) -> Pixels:
    """The squares of native pixels, 6×96×96×3."""
    factor = _factor(pixels)
    side = DETAIL * factor
    pixels = _filled(pixels, side)
    squares = [pixels[top : top + side, left : left + side] for top, left in _places(pixels, side)]
    if factor > 1:
        size = (DETAIL, DETAIL)
        squares = [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in squares]  # type: ignore[misc]
    return np.stack(squares).astype(np.uint8, copy=False)


def _places(pixels: Pixels, side: int) -> list[tuple[int, int]]:
    """Top left corners (y, x) of the squares: always six, in a small picture on top of each other.

    Detail is judged on a picture reduced by `step`: at least 2, so that the noise of single pixels
    counts less, and more for large photos.
    """
    height, width = pixels.shape[:2]
    step = 2
    while height * width > _JUDGED * step**2:
        step += 2
    grey = cv2.cvtColor(_shrunk(pixels, step), cv2.COLOR_RGB2GRAY).astype(np.float32)
    window = max(1, side // step)
    fine = np.minimum(
        _means(cv2.absdiff(grey[1:, 1:], grey[:-1, :-1]) ** 2, window),
        _means(cv2.absdiff(grey[1:, :-1], grey[:-1, 1:]) ** 2, window),
    )
    chosen = _peaks(fine, step, side, [], _SHARPEST, (height, width))
    chosen.append(((height - side) // 2, (width - side) // 2))
    rough = _shrunk(grey, _COARSER)
    window = max(1, side // (step * _COARSER))
    # Of an even picture rounding may leave less than nothing, which would mean "taken".
    contrast = np.maximum(_means(rough**2, window) - _means(rough, window) ** 2, 0)
    return _peaks(contrast, step * _COARSER, side, chosen, _STRONGEST, (height, width))


def _peaks(
    found: NDArray[np.float32],
    step: int,
    side: int,
    chosen: list[tuple[int, int]],
    count: int,
    size: tuple[int, int],
) -> list[tuple[int, int]]:
    """`chosen` and the `count` highest places of a map besides that lie apart from all of them.

    An entry of the map stands for the square whose corner is `step` times its place. Where no
    place is left apart, nearer ones do.
    """
    chosen = list(chosen)
    wanted = len(chosen) + count
    for apart in (side * 3 // 4, side // 4, 0):
        left = found.copy()
        for place in chosen:
            _clear(left, place, apart, step)
        while len(chosen) < wanted:
            row, column = divmod(int(left.argmax()), left.shape[1])
            if left[row, column] < 0:
                break
            place = (min(row * step, size[0] - side), min(column * step, size[1] - side))
            chosen.append(place)
            _clear(left, (row * step, column * step), apart, step)
    return chosen


def _clear(found: NDArray[np.float32], place: tuple[int, int], apart: int, step: int) -> None:
    """Takes the places that are nearer to `place` than `apart` pixels out of a map (in place)."""
    if not apart:
        return
    near = [slice(max(0, (at - apart) // step + 1), -(-(at + apart) // step)) for at in place]
    found[near[0], near[1]] = -1


def _means(values: NDArray[np.float32], window: int) -> NDArray[np.float32]:
    """Means over window×window for each corner from which a window fits in; at least one."""
    means = cv2.boxFilter(
        values, -1, (window, window), anchor=(0, 0), borderType=cv2.BORDER_REFLECT
    )
    rows, columns = (max(1, length - window + 1) for length in values.shape)
    return np.maximum(means[:rows, :columns], 0)


def _shrunk(picture: np.ndarray, factor: int) -> np.ndarray:
    """Means of factor×factor pixels."""
    size = (max(1, picture.shape[1] // factor), max(1, picture.shape[0] // factor))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _filled(pixels: Pixels, side: int) -> Pixels:
    """The picture, mirrored at its edges if it is smaller than a square."""
    height, width = pixels.shape[:2]
    if height >= side and width >= side:
        return pixels
    more = ((0, max(0, side - height)), (0, max(0, side - width)), (0, 0))
    return np.pad(pixels, more, mode="symmetric")
