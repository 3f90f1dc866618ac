"""Which edges of a picture are in focus, pixel by pixel: what focus peaking shows.

The gradient at an edge is measured at two scales. Where the lens has blurred the edge by a Gaussian
of s pixels, their ratio is √((s² + b²) / (s² + a²)) whatever the edge's contrast, with a and b the
blur of the two measures (Zhuo and Sim, "Defocus map estimation from a single image", Pattern
Recognition 44(9), 2011). So a faint eyelash in focus is marked and a strong edge behind it is not.
An edge is in focus up to a blur of 1.5 pixels, where measured sharpness reads 50 (`attributes`).

Like the display of a camera it asks for one direction only: in a shaken picture the edges along the
shake are marked, while `focus`, which judges, asks for detail in all directions.
"""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.focus import focus

_MOST_BLUR = 1.5
"""Standard deviation, pixels, up to which an edge is in focus."""
_FINE = 0.92
"""a²: half-size pixels (1/4) and a difference over 2√2 pixels (8/12)."""
_COARSE = 42.0
"""b²: quarter-size pixels (15/12), a Gaussian of 6 pixels, a difference over 8 (64/12)."""
_RATIO = (_MOST_BLUR**2 + _COARSE) / (_MOST_BLUR**2 + _FINE)
"""The ratio of gradient energies from which an edge is in focus."""
_ABOVE_NOISE = 3.5
"""A gradient is no noise from so many times noise's own on: five pixels in a million."""
_LEAST = 2.5
"""Levels a pixel that an edge needs at least: fainter ones are not seen."""
_COMPANY = 3
"""Marked pixels in 3×3 that an edge has at least; fewer are a speckle."""
_BAND, _MARGIN = 1024, 64
"""Rows that are measured at once, and those around them that the coarse measure reaches to."""


def peaking(pixels: np.ndarray) -> np.ndarray:
    """Marks the edges in focus.

    Args:
        pixels: H×W×3 uint8, at full size, from 1×1 up: a reduced copy looks sharp everywhere.

    Returns:
        A mask (uint8, 255 on an edge) of half the picture's size, which is what the fine measure
        resolves; at least 1×1.
    """
    height, width = pixels.shape[:2]
    mask = np.zeros((max(1, height // 2), max(1, width // 2)), np.uint8)
    if min(height, width) < 16:
        return mask
    least = max(_LEAST**2, (_ABOVE_NOISE * focus(pixels).noise) ** 2 / 8)
    for top in range(0, height, _BAND):
        first, last = max(0, top - _MARGIN), min(height, top + _BAND + _MARGIN)
        marked = _marked(cv2.cvtColor(pixels[first:last], cv2.COLOR_RGB2GRAY), least)
        inner = marked[(top - first) // 2 :][: _BAND // 2]
        mask[top // 2 :][: len(inner), : inner.shape[1]] = inner
    return mask


def _marked(grey: np.ndarray, least: float) -> np.ndarray:
    """The mask of a grey band at half its size (rounded down to whole quarters)."""
    height, width = grey.shape[0] // 4 * 4, grey.shape[1] // 4 * 4
    if not height or not width:
        return np.zeros((grey.shape[0] // 2, grey.shape[1] // 2), np.uint8)
    size = (width // 2, height // 2)
    half = cv2.resize(grey[:height, :width], size, interpolation=cv2.INTER_AREA)
    fine = half.astype(np.float32)
    down, up = np.zeros_like(fine), np.zeros_like(fine)
    cv2.subtract(fine[1:, 1:], fine[:-1, :-1], down[:-1, :-1])
    cv2.subtract(fine[:-1, 1:], fine[1:, :-1], up[:-1, :-1])
    # The differences run over 2√2 pixels, hence 1/8.
    energy = cv2.addWeighted(cv2.multiply(down, down), 1 / 8, cv2.multiply(up, up), 1 / 8, 0)
    quarter = cv2.resize(fine, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(quarter, (0, 0), sigmaX=1.5)
    # Sobel's sums are eight times a difference over one quarter-size pixel, which is four pixels.
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 32)
    along = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 32)
    coarse = cv2.addWeighted(cv2.multiply(across, across), 1, cv2.multiply(along, along), 1, 0)
    limit = _RATIO * cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
    marked = ((energy > limit) & (energy > least)).astype(np.uint8)
    company = cv2.boxFilter(marked, -1, (3, 3), normalize=False)
    return 255 * marked * (company >= _COMPANY)
