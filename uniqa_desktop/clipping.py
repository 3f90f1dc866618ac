"""Where a picture is clipped: tones beyond what the file could hold.

A highlight is clipped as soon as one channel is full, since its colour is wrong from there on; a
shadow when all three are empty, since a saturated colour has empty channels by nature.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

BLACK, WHITE = 1, 254
"""Up to and from these levels on a JPEG's rounding no longer tells a value from a clipped one."""


@dataclass(frozen=True, slots=True)
class Clipping:
    """Masks of the picture's size (uint8, 255 where it is clipped), and their shares of the picture
    in percent."""

    shadows: np.ndarray
    highlights: np.ndarray
    shadows_percent: float
    highlights_percent: float


def clipping(pixels: np.ndarray) -> Clipping:
    """Finds what is clipped in an H×W×3 uint8 picture, upright sRGB, of any size."""
    red, green, blue = cv2.split(pixels)
    strongest = cv2.max(cv2.max(red, green), blue)
    shadows = cv2.inRange(strongest, 0, BLACK)  # type: ignore[call-overload]
    highlights = cv2.inRange(strongest, WHITE, 255)  # type: ignore[call-overload]
    return Clipping(shadows, highlights, _percent(shadows), _percent(highlights))


def _percent(mask: np.ndarray) -> float:
    return 100.0 * cv2.countNonZero(mask) / mask.size
