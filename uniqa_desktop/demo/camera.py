"""The camera: framing, focus, shake, exposure, noise and orientation, in that order.

All of it acts on light, as in a real camera, before the tone curve: a blurred lamp becomes a
bright disc, an overexposed sky is gone for good, a dark frame is noisy when brightened.
"""

from __future__ import annotations

import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.demo.brush import defocus, each, grid, normal, resized
from uniqa_desktop.demo.light import Light, as_light, develop
from uniqa_desktop.demo.picture import Damage, DemoPicture

_LENS_BLUR = 0.52
"""Gaussian spread of a good lens and sensor in pixels: no edge is harder than this."""

_SHOT = 4.5e-7
"""Variance of the photon noise per unit of light and ISO."""

_READ = 1.2e-6
"""Deviation of the sensor's own noise per ISO."""

_FOG = np.array([0.27, 0.28, 0.295], np.float32)
"""What a dull frame fades to: light grey mist."""

FULL_WIDTH = 1800
"""Width in pixels that the strengths in the table are meant for."""


def photograph(light: Light, picture: DemoPicture) -> NDArray[np.uint8]:
    """The 8-bit picture as the camera stores it (turned, if it was held upright).

    Args:
        light: The scene at the picture's moment, upright; it may be changed.
        picture: How it is taken and what goes wrong.
    """
    # A copy has the very noise of its original.
    rng = np.random.default_rng(zlib.crc32((picture.copy_of or picture.name).encode()))
    light = _swept(light, *picture.sweep)
    scale = max(light.shape[:2]) / FULL_WIDTH
    light = _framed(light, *picture.framing)
    match picture.damage:
        case Damage.BLURRED:
            light = defocus(light, picture.strength * scale)
        case Damage.SHAKEN:
            light = _shaken(light, picture.strength * scale, rng)
    light = as_light(cv2.GaussianBlur(light, (0, 0), _LENS_BLUR))
    if picture.damage is Damage.DULL:
        light += (_FOG - light) * np.float32(picture.strength)
    light *= each(_falloff(light) * np.float32(2.0 ** _exposure(picture)))
    _add_noise(light, picture.iso, rng)
    light *= np.float32(2.0**picture.lift)
    return _stored(_resized(develop(light), picture.size), picture.orientation)


def _exposure(picture: DemoPicture) -> float:
    match picture.damage:
        case Damage.DARK:
            return -picture.strength
        case Damage.BLOWN_OUT:
            return picture.strength
        case _:
            return picture.bias


def _swept(light: Light, wide: float, begin: float) -> Light:
    """One frame of a scene that is `wide` frames wide."""
    if wide == 1.0:
        return light
    width = round(light.shape[1] / wide)
    left = min(round(begin * width), light.shape[1] - width)
    return light[:, left : left + width].copy()


def _resized(pixels: NDArray[np.uint8], size: float) -> NDArray[np.uint8]:
    if size == 1.0:
        return pixels
    height, width = pixels.shape[:2]
    small = cv2.resize(
        pixels, (round(width * size), round(height * size)), interpolation=cv2.INTER_AREA
    )
    return small.astype(np.uint8, copy=False)


def _framed(light: Light, zoom: float, right: float, down: float) -> Light:
    """The part of the scene that the camera is pointed at."""
    if (zoom, right, down) == (1.0, 0.0, 0.0):
        return light
    height, width = light.shape[:2]
    x = width / 2 - zoom * width * (0.5 + right)
    y = height / 2 - zoom * height * (0.5 + down)
    if zoom == 1.0:
        x, y = round(x), round(y)  # interpolating would cost the best frame its sharpness
    move = np.array([[zoom, 0, x], [0, zoom, y]])
    return as_light(
        cv2.warpAffine(
            light, move, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101
        )
    )


def _shaken(light: Light, length: float, rng: np.random.Generator) -> Light:
    """Smears along the path of a trembling hand, about `length` pixels long."""
    if length < 1:
        return light
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.13, 48))
    path = np.cumsum(np.stack([np.cos(heading), np.sin(heading)], axis=-1), axis=0)
    path *= length / np.ptp(path @ [np.cos(heading.mean()), np.sin(heading.mean())])
    path -= (path.min(axis=0) + path.max(axis=0)) / 2
    reach = int(np.ceil(np.abs(path).max())) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    fine = np.stack([np.interp(np.linspace(0, 47, 600), np.arange(48), axis) for axis in path.T])
    column, row = np.floor(fine + reach).astype(int)
    right, down = fine + reach - (column, row)
    for x, y, share in (
        (0, 0, (1 - right) * (1 - down)),
        (1, 0, right * (1 - down)),
        (0, 1, (1 - right) * down),
        (1, 1, right * down),
    ):
        np.add.at(
            kernel, (np.minimum(row + y, 2 * reach), np.minimum(column + x, 2 * reach)), share
        )
    return np.maximum(cv2.filter2D(light, -1, kernel / kernel.sum()), 0)


def _falloff(light: Light) -> Light:
    """Corners a fifth of a stop darker, as with any lens."""
    height, width = light.shape[:2]
    column, row = grid(width, height)
    across, down = column / width - 0.5, row / height - 0.5
    return (1.0 - 0.25 * (across**2 + down**2)).astype(np.float32)


def _add_noise(light: Light, iso: int, rng: np.random.Generator) -> None:
    """Photon and sensor noise; at high ISO coarser and more coloured, in place."""
    height, width = light.shape[:2]
    noise = normal(rng, height, width, 3)
    if iso >= 6400:
        noise += 0.9 * resized(normal(rng, height // 3 + 1, width // 3 + 1, 3), width, height)
    spread = np.maximum(light, 0)
    spread *= np.float32(_SHOT * iso)
    spread += np.float32((_READ * iso) ** 2)
    np.sqrt(spread, out=spread)
    spread *= noise
    light += spread


def _stored(pixels: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """Turns an upright picture into the position that EXIF's `orientation` undoes."""
    quarter_turns = {1: 0, 3: 2, 6: 1, 8: 3}[orientation]
    return np.ascontiguousarray(np.rot90(pixels, quarter_turns))
