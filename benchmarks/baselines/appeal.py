"""What was used to predict whether people like a picture before networks learned to.

Single measures, each in the direction that the literature gives it (more is better), and a vector
of colour and texture for a regression: the kind of features of Datta et al., "Studying Aesthetics
in Photographic Images Using a Computational Approach", ECCV 2006.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

SIDE = 256
"""Long side in pixels at which the vector is measured."""
HUES, ORIENTATIONS = 12, 8


def colourfulness(pixels: np.ndarray) -> float:
    """M3 of Hasler and Süsstrunk, SPIE 5007, 2003."""
    red, green, blue = (pixels[..., place].astype(np.float32) for place in range(3))
    one, other = red - green, (red + green) / 2 - blue
    return float(np.hypot(one.std(), other.std()) + 0.3 * np.hypot(one.mean(), other.mean()))


def contrast(pixels: np.ndarray) -> float:
    """Root mean square contrast of luma, 0–127.5 (Peli 1990)."""
    return float(_luma(pixels).std())


def saturation(pixels: np.ndarray) -> float:
    """Mean saturation of HSV, 0–255 (Datta et al. 2006)."""
    return float(cv2.cvtColor(pixels, cv2.COLOR_RGB2HSV)[..., 1].mean())


def sharpness(pixels: np.ndarray) -> float:
    """Variance of the Laplacian (Pech-Pacheco et al. 2000)."""
    return float(cv2.Laplacian(_luma(pixels), cv2.CV_32F).var())


def brightness(pixels: np.ndarray) -> float:
    """Mean luma, 0–255."""
    return float(_luma(pixels).mean())


SINGLE: dict[str, Callable[[np.ndarray], float]] = {
    "colourfulness": colourfulness,
    "RMS contrast": contrast,
    "saturation": saturation,
    "sharpness": sharpness,
    "brightness": brightness,
}


def vector(pixels: np.ndarray) -> np.ndarray:
    """81 numbers: the single measures, colours, and edges by direction and scale.

    Where in the picture a colour is, and the format, are left out: fitted on 404 photos they made
    the regression worse.

    Args:
        pixels: H×W×3 uint8 sRGB.
    """
    height, width = pixels.shape[:2]
    factor = SIDE / max(height, width)
    size = (max(9, round(width * factor)), max(9, round(height * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    single = [one(small) for one in SINGLE.values()]
    return np.concatenate([single, _colours(small), _edges(small)])


def _colours(small: np.ndarray) -> np.ndarray:
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    hsv = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)
    moments = [*lab.mean((0, 1)), *lab.std((0, 1)), *np.percentile(lab[..., 0], (5, 25, 75, 95))]
    weights = hsv[..., 1].astype(np.float64) * hsv[..., 2]
    hues, _ = np.histogram(hsv[..., 0], HUES, (0, 180), weights=weights)
    levels = [np.histogram(hsv[..., place], 5, (0, 256), density=True)[0] for place in (1, 2)]
    return np.concatenate([moments, hues / weights.size / 255**2, *levels])


def _edges(small: np.ndarray) -> np.ndarray:
    """Of four sizes, each half the last: how strong edges are, which way, and in the middle."""
    found: list[np.ndarray] = []
    luma = _luma(small)
    for _ in range(4):
        across, down = cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)
        strength = np.hypot(across, down)
        angle = np.arctan2(down, across) % np.pi
        ways, _ = np.histogram(angle, ORIENTATIONS, (0, np.pi), weights=strength)
        height, width = luma.shape
        middle = strength[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
        whole = float(strength.mean()) + 1e-6
        found += [
            ways / (strength.size * whole),
            np.array([np.log(whole), middle.mean() / whole, strength.std() / whole]),
        ]
        luma = cv2.pyrDown(luma)
    return np.concatenate(found)


def _luma(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
