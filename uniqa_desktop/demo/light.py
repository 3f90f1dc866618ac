"""Light and its development: scenes are painted as linear light, a camera makes pictures of it.

A scene is a float32 array (height, width, 3) of linear light in sRGB primaries, where 1.0 is
about a sheet of paper in the sun and lamps or the sun itself go far beyond. Only `develop` turns
it into the 8-bit picture, so that exposure, blur and noise act where they act in a camera: before
the tone curve.
"""

from __future__ import annotations

import functools
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Light = NDArray[np.floating[Any]]
"""Linear light, float32, (height, width, 3); masks and heights are (height, width).

Typed more widely because numpy's own types do not know that a Python number leaves float32 alone.
"""

BRIGHTEST = 3.5
"""Where the tone curve ends; brighter light is plain white."""

_STEPS = 1 << 15


def _film(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """A film-like tone curve: soft toe, long shoulder (K. Narkowicz's fit of ACES, 2015)."""

    def curve(x: NDArray[np.float64] | float) -> NDArray[np.float64] | float:
        return x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)

    return np.clip(curve(light * 0.8) / curve(BRIGHTEST * 0.8), 0.0, 1.0)


def _srgb(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sRGB transfer function (IEC 61966-2-1)."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@functools.cache
def _table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    light = np.linspace(0.0, BRIGHTEST, _STEPS)
    return light, _srgb(_film(light))


@functools.cache
def _bytes() -> NDArray[np.uint8]:
    return (_table()[1] * 255.0 + 0.5).astype(np.uint8)


def as_light(picture: Any) -> Light:
    """What cv2 returned, as what it is: it says "some array", we know float32."""
    return np.asarray(picture, np.float32)


def develop(light: Light) -> NDArray[np.uint8]:
    """The sRGB picture that a camera makes of `light` (RGB, 8 bit)."""
    steps = np.multiply(light, np.float32((_STEPS - 1) / BRIGHTEST))
    np.clip(steps, 0, _STEPS - 1, out=steps)
    return _bytes().take(steps.astype(np.uint16))


@functools.cache
def paint(colour: str) -> Light:
    """The light that develops to `colour` ("#rrggbb"), so palettes can be chosen by eye."""
    shown = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8) / 255.0
    light, table = _table()
    made = np.interp(np.minimum(shown, 0.985), table, light).astype(np.float32)
    made.setflags(write=False)
    return made


def ray(red: float, green: float, blue: float) -> Light:
    """A colour of light by its linear parts."""
    return np.array([red, green, blue], np.float32)


def from_bytes(picture: NDArray[np.uint8]) -> Light:
    """The light that develops to `picture`; for what was drawn with 8-bit brushes."""
    return as_light(cv2.LUT(picture, _undeveloped()))


@functools.cache
def _undeveloped() -> Light:
    light, table = _table()
    shown = np.minimum(np.arange(256) / 255.0, 0.985)
    return np.interp(shown, table, light).astype(np.float32)
