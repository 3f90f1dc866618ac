"""Controlled degradations: what goes wrong with photos, in steps of known order.

The order of the steps is the one label that is certain without any person having looked: of two
copies of a picture the one that was blurred more is less sharp and worse. `DEGRADATIONS` says for
each kind which attribute it moves, which way, and that quality falls with every step. All work on
H×W×3 uint8 sRGB, give the same result for the same seed on every machine, and leave the picture
they were given as it was.

| kind | strength | what is done |
|---|---|---|
| blur | σ, pixels | Gaussian |
| shake | length, pixels | straight, even, in a direction drawn from the seed |
| small | factor | reduced by antialiased bicubic interpolation and enlarged again |
| noise | σ, levels at mid-grey | photon and read noise of a sensor, through the sRGB curve |
| jpeg | quality 100–1 | baseline JPEG, colour at half resolution |
| dark, bright | EV | linear light scaled, clipped at white |
| flat, hard | factor | values scaled about the mean of luma |
| dull, garish | factor | distance from luma scaled |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, cos, radians, sin
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

from uniqa_desktop import colour  # noqa: F401 - one thread for each call of OpenCV

Pixels = NDArray[np.uint8]

_MID_GREY = 0.18
_READ_SHARE = 0.02
"""Read noise's part of the variance at mid-grey, the rest is the photons' own. With 0.02 the
encoded noise is about 1.3 times as strong in the shadows as at mid-grey."""


def blur(pixels: Pixels, sigma: float) -> Pixels:
    """Gaussian blur of `sigma` pixels; 0 changes nothing."""
    if sigma <= 0:
        return pixels.copy()
    return _pixels(cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))


def shake(pixels: Pixels, length: float, degrees: float) -> Pixels:
    """A straight, even shake of `length` pixels along a direction; 1 or less changes nothing."""
    if length <= 1:
        return pixels.copy()
    side = 2 * ceil(length / 2) + 3
    kernel = np.zeros((side, side), np.float32)
    reach = (length - 1) / 2
    # Fine steps, each shared out among four pixels, so that any direction and length is even.
    for along in np.linspace(-reach, reach, 8 * ceil(length)):
        x = side // 2 + along * cos(radians(degrees))
        y = side // 2 + along * sin(radians(degrees))
        column, row = int(x), int(y)
        share = np.outer([row + 1 - y, y - row], [column + 1 - x, x - column])
        kernel[row : row + 2, column : column + 2] += share.astype(np.float32)
    kernel /= kernel.sum()
    return _pixels(cv2.filter2D(pixels, -1, kernel, borderType=cv2.BORDER_REFLECT))


def small(pixels: Pixels, factor: float) -> Pixels:
    """Detail finer than `factor` pixels is lost, as in an enlarged thumbnail; 1 changes nothing."""
    height, width = pixels.shape[:2]
    size = (max(1, round(width / factor)), max(1, round(height / factor)))
    if factor <= 1 or size == (width, height):
        return pixels.copy()
    # Pillow's filter widens evenly with the factor; OpenCV's boxes lose less by 2 than by 1.4.
    image = Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC)
    return np.array(image.resize((width, height), Image.Resampling.BICUBIC))


def noise(pixels: Pixels, sigma: float, seed: int) -> Pixels:
    """Sensor-like noise, of its own in each channel: `sigma` levels of 8 bits at mid-grey.

    In linear light the variance is a·x + b (photons and reading). It is taken through the sRGB
    curve by its slope, so shadows are noisier than lights, as they are in photos.
    """
    if sigma <= 0:
        return pixels.copy()
    random = np.random.default_rng(seed)
    grain = random.standard_normal(pixels.shape, np.float32)
    grain *= noise_at(pixels, sigma)
    return levels(pixels + grain)


def noise_at(pixels: Pixels, sigma: float = 1.0) -> NDArray[np.float32]:
    """Deviation of `noise` at each value of H×W×3 pixels: `sigma` at mid-grey."""
    return np.asarray(cv2.LUT(pixels, (sigma * _NOISE_AT).astype(np.float32)), np.float32)


def jpeg(pixels: Pixels, quality: float) -> Pixels:
    """Once through a baseline JPEG of `quality` 1–100, colour at half resolution."""
    data = simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels), quality=int(np.clip(round(quality), 1, 100))
    )
    return simplejpeg.decode_jpeg(data)


def expose(pixels: Pixels, stops: float) -> Pixels:
    """More (or, below 0, less) light by `stops` EV: linear light is scaled and clipped at white."""
    return _pixels(cv2.LUT(pixels, levels(255 * encoded(_LINEAR * 2.0**stops))))


def contrast(pixels: Pixels, factor: float) -> Pixels:
    """Values scaled about the mean of luma: below 1 flatter, above 1 harder."""
    middle = float(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).mean())
    return _pixels(cv2.LUT(pixels, levels(middle + factor * (np.arange(256) - middle))))


def saturate(pixels: Pixels, factor: float) -> Pixels:
    """Distance of each pixel from its luma scaled: 0 is black and white, above 1 more colour."""
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[..., None].astype(np.float32)
    return levels(luma + factor * (pixels - luma))


@dataclass(frozen=True, slots=True)
class Degradation:
    """One kind of damage.

    Attributes:
        name: its key in `DEGRADATIONS`.
        unit: what its strength is counted in.
        steps: strengths from the untouched picture (first) to the worst; their order is certain.
        attribute: which of `photo.ATTRIBUTE_NAMES` it moves; `None` if it is none of the five.
        direction: +1 if that attribute rises with every step, −1 if it falls, 0 without one.
        apply: the picture at a strength; the seed decides what is left to chance.
    """

    name: str
    unit: str
    steps: tuple[float, ...]
    attribute: str | None
    direction: int
    apply: Callable[[Pixels, float, int], Pixels]

    def __call__(self, pixels: Pixels, strength: float, seed: int = 0) -> Pixels:
        """A degraded copy of H×W×3 uint8 pixels, at a strength in `unit`."""
        return self.apply(pixels, strength, seed)

    def strength(self, share: float) -> float:
        """The strength at a share 0–1 of the way along `steps` (0 untouched, 1 worst).

        Linear between neighbouring steps, so equal shares look about equally far apart.
        """
        at = np.linspace(0, 1, len(self.steps))
        return float(np.interp(share, at, self.steps))

    def series(self, pixels: Pixels, seed: int = 0) -> list[Pixels]:
        """The picture at every step, the untouched one first; one seed for all of them."""
        return [pixels.copy(), *(self(pixels, step, seed) for step in self.steps[1:])]


def levels(values: NDArray[np.floating]) -> Pixels:
    """Values of 0–255 rounded to bytes; what is beyond is clipped."""
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def encoded(linear: NDArray[np.floating]) -> NDArray[np.floating]:
    """Linear light through the sRGB curve (IEC 61966-2-1), both 0–1; beyond 1 it clips."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def _decoded() -> NDArray[np.float64]:
    value = np.arange(256) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _slope(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many encoded units a unit of linear light is, at each value."""
    safe = np.maximum(linear, 0.0031308)
    return np.where(linear <= 0.0031308, 12.92, 1.055 / 2.4 * safe ** (1 / 2.4 - 1))


_LINEAR = _decoded()
_NOISE_AT = (
    np.sqrt((1 - _READ_SHARE) * _LINEAR / _MID_GREY + _READ_SHARE)
    * _slope(_LINEAR)
    / _slope(np.array(_MID_GREY))
)
"""Deviation of the noise at each of the 256 levels, in units of that at mid-grey."""


def _pixels(array: NDArray[Any]) -> Pixels:
    """What OpenCV gives for bytes: bytes, though its type hints do not say so."""
    return np.asarray(array, np.uint8)


def _direction(seed: int) -> float:
    """The direction of a shake in degrees, 0–180."""
    return float(np.random.default_rng(seed).uniform(0, 180))


_ROWS = (
    Degradation(
        *("blur", "σ pixels", (0, 0.5, 0.8, 1.2, 1.8, 2.7, 4, 6), "sharpness", -1),
        lambda pixels, sigma, _: blur(pixels, sigma),
    ),
    Degradation(
        *("shake", "pixels", (1, 3, 5, 8, 12, 17, 24, 32), "sharpness", -1),
        lambda pixels, length, seed: shake(pixels, length, _direction(seed)),
    ),
    Degradation(
        *("small", "factor", (1, 1.4, 2, 2.8, 4, 5.6, 8), "sharpness", -1),
        lambda pixels, factor, _: small(pixels, factor),
    ),
    Degradation(*("noise", "σ levels", (0, 3, 6, 10, 16, 24, 35, 50), "noisiness", 1), noise),
    Degradation(
        *("jpeg", "quality", (100, 80, 60, 40, 25, 15, 9, 5), None, 0),
        lambda pixels, quality, _: jpeg(pixels, quality),
    ),
    Degradation(
        *("dark", "EV", (0, -0.5, -1, -1.5, -2, -2.5, -3), "brightness", -1),
        lambda pixels, stops, _: expose(pixels, stops),
    ),
    Degradation(
        *("bright", "EV", (0, 0.5, 1, 1.5, 2, 2.5, 3), "brightness", 1),
        lambda pixels, stops, _: expose(pixels, stops),
    ),
    Degradation(
        *("flat", "factor", (1, 0.85, 0.7, 0.55, 0.4, 0.28, 0.18), "contrast", -1),
        lambda pixels, factor, _: contrast(pixels, factor),
    ),
    Degradation(
        *("hard", "factor", (1, 1.2, 1.45, 1.75, 2.1, 2.5, 3), "contrast", 1),
        lambda pixels, factor, _: contrast(pixels, factor),
    ),
    Degradation(
        *("dull", "factor", (1, 0.8, 0.6, 0.45, 0.3, 0.15, 0), "colorfulness", -1),
        lambda pixels, factor, _: saturate(pixels, factor),
    ),
    Degradation(
        *("garish", "factor", (1, 1.25, 1.5, 1.85, 2.3, 2.8, 3.5), "colorfulness", 1),
        lambda pixels, factor, _: saturate(pixels, factor),
    ),
)

DEGRADATIONS: Mapping[str, Degradation] = MappingProxyType({row.name: row for row in _ROWS})
"""Every kind by name. Quality falls with each step of each, by the first steps of `bright`, `hard`
and `garish` only as far as the picture was well made before."""
