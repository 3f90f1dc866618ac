"""Looking closer at a few photos: how two small pictures overlap, and how focus wanders.

Only what could be a panorama or a focus stack comes here (see `series`); small pictures suffice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

SIDE = 96
"""Long side of the pictures that are laid over each other."""
_LEAST_SHARED = 0.2
"""Share of the picture that must overlap for a match to mean something."""
_TILES = (4, 6)
"""Rows and columns in which focus is followed."""
_SWEEP_SIDE = 384


class Overlap(NamedTuple):
    """How far the second picture shows what is right of and below the first, as fractions of its
    width and height, and how well the shared part agrees (correlation, −1 to 1)."""

    right: float
    down: float
    match: float


def small(pixels: NDArray[np.uint8]) -> Grey:
    """A picture (H×W×3) as `overlap` wants it: grey, `SIDE` long, without its broad shades."""
    height, width = pixels.shape[:2]
    scale = SIDE / max(height, width)
    size = max(8, round(width * scale)), max(8, round(height * scale))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    return grey - cv2.GaussianBlur(grey, (0, 0), SIDE / 12)


def overlap(one: Grey, other: Grey) -> Overlap | None:
    """The shift at which two pictures of one size agree best; `None` if their sizes differ.

    Normalised cross-correlation of the shared part at every shift at once (Padfield, "Masked
    object registration in the Fourier domain", IEEE TIP 21(5), 2012): unlike phase correlation it
    still holds when most of the picture is new.
    """
    if one.shape != other.shape:
        return None
    height, width = one.shape
    size = (2 * height, 2 * width)
    whole = np.ones_like(one)

    def transform(picture: Grey) -> NDArray[np.complex128]:
        return np.fft.rfft2(picture, size)

    def correlate(a: NDArray[np.complex128], b: NDArray[np.complex128]) -> NDArray[np.float64]:
        return np.fft.irfft2(a * np.conj(b), size)

    mask, first, second = transform(whole), transform(one), transform(other)
    shared = np.maximum(correlate(mask, mask).round(), 1)
    of_one, of_other = correlate(first, mask), correlate(mask, second)
    covariance = correlate(first, second) - of_one * of_other / shared
    spread = correlate(transform(one**2), mask) - of_one**2 / shared
    spread *= correlate(mask, transform(other**2)) - of_other**2 / shared
    match = covariance / np.sqrt(np.maximum(spread, 1e-3))
    match[shared < _LEAST_SHARED * height * width] = -1
    down, right = divmod(int(np.argmax(match)), size[1])
    best = float(np.clip(match[down, right], -1, 1))
    down, right = down - size[0] * (down >= height), right - size[1] * (right >= width)
    return Overlap(right / width, down / height, best)


def wander(pictures: Sequence[NDArray[np.uint8]]) -> float:
    """In what share of the picture focus comes and goes as in a focus stack, 0–1.

    In a stack the camera stands still and each part of the picture gets sharper until its turn and
    softer from then on, one part earlier than another. In a burst a soft frame is soft all over,
    and a hand is never still. So: the detail of each tile over the frames, without what a frame
    has all over, must rise to a peak and fall again (correlation with such a course above 0.8), at
    changing times. What chance gives (by simulation) is taken off.

    Args:
        pictures: the frames in order, H×W×3, four at least, of one size.
    """
    if not _stands_still(pictures):
        return 0.0
    detail = np.stack([_detail(pixels) for pixels in pictures])
    rest = detail - detail.mean(axis=0) - detail.mean(axis=1, keepdims=True) + detail.mean()
    spread = np.linalg.norm(rest, axis=0)
    likeness = _courses(len(rest)) @ rest / np.maximum(spread, 1e-9)
    # A tile of sky has nothing to be in focus.
    detailed = detail.max(axis=0) > _LEAST_DETAIL
    turns = (likeness.max(axis=0) > _LEAST_LIKENESS) & detailed
    turns &= spread / np.sqrt(len(rest)) > _LEAST_CHANGE
    if len(np.unique(likeness.argmax(axis=0)[turns])) < _LEAST_PEAKS:
        return 0.0
    chance = _CHANCE * _CHANCE_FALLS ** (len(rest) - 4)
    return max(0.0, (float(turns.sum() / detailed.sum()) - chance) / (1 - chance))


def _courses(frames: int) -> NDArray[np.float64]:
    """For a peak at each frame, how the logarithm of detail rises to it and falls: as that of the
    inverse of a blur that grows evenly. Mean 0, length 1."""
    at = np.arange(frames)
    courses = -np.log1p(np.abs(at[:, None] - at[None]) * 6 / (frames - 1))
    courses -= courses.mean(axis=1, keepdims=True)
    return courses / np.linalg.norm(courses, axis=1, keepdims=True)


_LEAST_LIKENESS, _LEAST_PEAKS = 0.8, 3
_CHANCE, _CHANCE_FALLS = 0.41, 0.62
"""Share of tiles of mere noise that are that much like a course, at four frames, and what is left
of it with every frame more (simulated, 4–10 frames)."""
_LEAST_CHANGE = 0.06
"""Deviation of the logarithm of a tile's detail below which nothing changed but noise."""
_LEAST_DETAIL = 1.1
"""Logarithm of detail (two grey levels from one pixel to the next) below which a tile is empty."""
_STILL, _LEAST_ALIKE = 1.5, 0.85
"""Pixels of `SIDE` that frames on a tripod are off at most, and how well they agree; of ten bursts
out of hand none agreed by more than 0.75 (measured)."""


def _stands_still(pictures: Sequence[NDArray[np.uint8]]) -> bool:
    first, last = small(pictures[0]), small(pictures[-1])
    seen = overlap(first, last)
    if seen is None or seen.match < _LEAST_ALIKE:
        return False
    off = abs(seen.right) * first.shape[1], abs(seen.down) * first.shape[0]
    return max(off) <= _STILL


def _detail(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The logarithm of the fine detail of each tile."""
    height, width = pixels.shape[:2]
    scale = min(1.0, _SWEEP_SIDE / max(height, width))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    edges = np.abs(cv2.Laplacian(grey, cv2.CV_32F))
    tiles = cv2.resize(edges, (_TILES[1], _TILES[0]), interpolation=cv2.INTER_AREA)
    return np.log(tiles.astype(np.float64).ravel() + 1.0)
