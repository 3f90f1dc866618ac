"""What BRISQUE and NIQE share: normalised luminance and the fit of its distribution.

Luminance with the local mean taken off and divided by the local deviation (MSCN) is distributed
alike in all clean photos (Ruderman 1994); how its distribution differs is what both measures read.
"""

from __future__ import annotations

from functools import cache
from math import gamma
from typing import NamedTuple

import cv2
import numpy as np

_WINDOW, _SIGMA = (7, 7), 7 / 6
_LEAST = 1e-12
"""Stands for nought in a divisor: an even picture has no deviation at all."""


class Fit(NamedTuple):
    """An asymmetric generalised Gaussian (Lasmar et al. 2009): its shape, and both deviations."""

    shape: float
    left: float
    right: float

    @property
    def scale(self) -> float:
        """What turns a deviation into the scale parameter β of that side."""
        return (gamma(1 / self.shape) / gamma(3 / self.shape)) ** 0.5

    @property
    def mean(self) -> float:
        share = gamma(2 / self.shape) / gamma(1 / self.shape)
        return (self.right - self.left) * self.scale * share


def normalised(luma: np.ndarray, border: int) -> np.ndarray:
    """MSCN coefficients of H×W float32 levels 0–255.

    Args:
        luma: H×W float32, 0–255.
        border: OpenCV's border mode; the parameters of the two measures were made with different
            ones.
    """
    mean = cv2.GaussianBlur(luma, _WINDOW, _SIGMA, borderType=border)
    square = cv2.GaussianBlur(luma * luma, _WINDOW, _SIGMA, borderType=border)
    return (luma - mean) / (np.sqrt(np.abs(square - mean * mean)) + 1)


def fit(values: np.ndarray) -> Fit:
    """The best shape by moment matching on a grid from 0.2 to 10, as published."""
    values = values.ravel()
    squares = values * values
    below, above = values < 0, values > 0
    left = float(squares[below].mean()) ** 0.5 if below.any() else 0.0
    right = float(squares[above].mean()) ** 0.5 if above.any() else 0.0
    balance = left / max(right, _LEAST)
    peak = float(np.abs(values).mean()) ** 2 / max(float(squares.mean()), _LEAST)
    peak *= (balance**3 + 1) * (balance + 1) / (balance**2 + 1) ** 2
    shapes, peaks = _grid()
    return Fit(float(shapes[int(np.abs(peaks - peak).argmin())]), left, right)


@cache
def _grid() -> tuple[np.ndarray, np.ndarray]:
    shapes = np.arange(0.2, 10, 0.001)
    peaks = [gamma(2 / one) ** 2 / (gamma(1 / one) * gamma(3 / one)) for one in shapes.tolist()]
    return shapes, np.array(peaks)
