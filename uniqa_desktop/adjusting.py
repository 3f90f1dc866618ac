"""Simple adjustments of a picture, as in any editor: exposure, contrast, saturation, sharpening."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

LIMITS = {
    "exposure": (-2.0, 2.0),
    "contrast": (-0.3, 0.5),
    "saturation": (-0.5, 1.0),
    "sharpening": (0.0, 1.0),
}
"""How far each may go. An editor's sliders go further; beyond these a picture is another one."""
_LEAST = {"exposure": 0.05, "contrast": 0.01, "saturation": 0.01, "sharpening": 0.02}
"""Less than this is not worth a word."""
_RADIUS = 0.8 / 512
"""σ of the mask that sharpens, as a share of the longer side: what is judged on a small copy looks
the same at full size."""
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What to do to a picture; the default is nothing.

    Attributes:
        exposure: EV; linear light is scaled and clipped at white.
        contrast: share; distance of sRGB values from mean luma is scaled by 1 + contrast.
        saturation: share; distance of a pixel from its luma is scaled by 1 + saturation.
        sharpening: how much of what a small blur takes away is added to luma.
    """

    exposure: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    sharpening: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """From four numbers in the order of `LIMITS`, brought within them."""
        limited = (
            float(np.clip(value, *limits))
            for value, limits in zip(values, LIMITS.values(), strict=True)
        )
        return cls(*limited)

    @property
    def values(self) -> tuple[float, float, float, float]:
        return (self.exposure, self.contrast, self.saturation, self.sharpening)

    @property
    def plain(self) -> Adjustment:
        """The same without what is too little to be seen."""
        return Adjustment(
            *(
                round(value, 3) if abs(value) >= least else 0.0
                for value, least in zip(self.values, _LEAST.values(), strict=True)
            )
        )

    def __str__(self) -> str:
        parts = [f"exposure {self.exposure:+.2f} EV"] if self.exposure else []
        for name in ("contrast", "saturation", "sharpening"):
            value = getattr(self, name)
            if value:
                parts.append(f"{name} {100 * value:+.0f} %")
        return ", ".join(parts) or "nothing"


def adjusted(pixels: Pixels, change: Adjustment) -> Pixels:
    """A copy of an H×W×3 uint8 sRGB picture with the change made, in strips to save memory."""
    found = cv2.LUT(pixels, _tone(pixels, change)).astype(np.uint8, copy=False)
    if change.saturation or change.sharpening:
        _colour_and_detail(found, change)
    return found


def _tone(pixels: Pixels, change: Adjustment) -> Pixels:
    """Exposure and contrast as one table of 256 levels."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    linear = np.minimum(linear * 2.0**change.exposure, 1)
    coded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    exposed = 255 * coded
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
    middle = float(counts @ exposed / counts.sum())
    return _levels(middle + (1 + change.contrast) * (exposed - middle))


def _colour_and_detail(pixels: Pixels, change: Adjustment) -> None:
    """Saturation and sharpening, in place."""
    height, width = pixels.shape[:2]
    sigma = max(0.5, _RADIUS * max(height, width))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), sigma) if change.sharpening else grey
    for top in range(0, height, _ROWS):
        rows = slice(top, top + _ROWS)
        luma = grey[rows, :, None].astype(np.float32)
        detail = luma - soft[rows, :, None]
        colour = (1 + change.saturation) * (pixels[rows] - luma)
        pixels[rows] = _levels(luma + change.sharpening * detail + colour)


def _levels(values: NDArray[np.floating]) -> Pixels:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)
