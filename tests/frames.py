"""Frames of one drawn scene, as a camera might have taken them one after another."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np

from uniqa_desktop import decode

WIDTH, HEIGHT = 448, 336
_ROOM = 24


@cache
def scene(seed: int = 0) -> np.ndarray:
    """Leaves of all sizes, with a plain sky above: detail, edges, and a place that tells noise."""
    random = np.random.default_rng(seed)
    height, width = HEIGHT + 2 * _ROOM, WIDTH + 2 * _ROOM
    picture = np.full((height, width, 3), (150, 170, 190), np.uint8)
    for _ in range(2200):
        centre = int(random.integers(0, width)), int(random.integers(height // 4, height))
        axes = int(random.integers(2, 14)), int(random.integers(1, 6))
        colour = tuple(int(part) for part in random.integers(30, 200, 3))
        cv2.ellipse(picture, centre, axes, float(random.uniform(0, 180)), 0, 360, colour, -1)
    return cv2.GaussianBlur(picture, (0, 0), 0.5)


def frame(
    whole: np.ndarray,
    *,
    aside: tuple[int, int] = (0, 0),
    blur: float = 0,
    shake: int = 0,
    stops: float = 0,
    noise: float = 1.5,
    seed: int = 0,
) -> decode.Picture:
    """What a camera sees of a scene: moved aside by pixels, out of focus (σ), shaken along x,
    brighter by stops, with noise (levels)."""
    picture = whole.astype(np.float32)
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    if shake:
        picture = cv2.blur(picture, (shake, 1))
    picture = (picture + 14) * 2 ** (stops / 2.4) - 14
    left, top = _ROOM + aside[0], _ROOM + aside[1]
    picture = picture[top : top + HEIGHT, left : left + WIDTH]
    picture = picture + np.random.default_rng(seed).normal(0, noise, picture.shape)
    return taken(np.clip(picture.round(), 0, 255).astype(np.uint8))


def taken(pixels: np.ndarray) -> decode.Picture:
    """Pixels as a picture at full size."""
    pixels = np.ascontiguousarray(pixels)
    return decode.Picture(pixels, pixels.shape[1::-1], decode.Source.FULL)
