"""Pictures with little in them: drawn walls, skies and tables, and things on white or black.

The detailed crops that faults are put into are busy all over. From them alone a calm picture looks
blurred, and noise in it looks like detail (of single shots and means of many shots of such scenes,
the noisy one was preferred nine times in ten). Drawn scenes are calm and flawless for certain.
Goods are photographed on white; that it is burnt out is no fault of theirs.
"""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.training.mini.pictures import Pixels

_SHIFT = 4
"""Bits behind the point of the corners' coordinates."""


def scene(chance: np.random.Generator) -> Pixels:
    """A scene of 200 to 330 pixels a side, H×W×3 uint8."""
    height, width = (int(side) for side in chance.integers(200, 330, 2))
    picture = _surface(height, width, chance)
    for _ in range(int(chance.integers(1, 7))):
        mask = np.zeros((height, width), np.uint8)
        cv2.fillPoly(mask, [_outline(height, width, chance)], 255, cv2.LINE_AA, _SHIFT)
        share = (mask.astype(np.float32) / 255)[..., None]
        picture = picture * (1 - share) + _surface(height, width, chance) * share
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def cut_out(picture: Pixels, chance: np.random.Generator) -> Pixels:
    """A round or angular part of the picture on pure white or, one time in five, on black."""
    height, width = picture.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    tall, wide = chance.uniform(0.3, 0.48, 2)
    corners = int(chance.choice([4, 40]))
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + chance.uniform(0, np.pi)
    points = np.stack([np.cos(angles), np.sin(angles)], 1) * (wide * width, tall * height)
    points += (width / 2, height / 2)
    cv2.fillPoly(mask, [np.rint(points * (1 << _SHIFT)).astype(np.int32)], 255, cv2.LINE_AA, _SHIFT)
    share = (mask.astype(np.float32) / 255)[..., None]
    backdrop = 0 if chance.random() < 0.2 else 255
    return np.rint(picture * share + backdrop * (1 - share)).astype(np.uint8)


def _surface(height: int, width: int, chance: np.random.Generator) -> np.ndarray:
    """A colour that changes slowly, often with a faint texture."""
    y, x = np.mgrid[:height, :width].astype(np.float32)
    angle = chance.uniform(0, 2 * np.pi)
    along = (x * np.cos(angle) / width + y * np.sin(angle) / height) * chance.uniform(0, 60)
    lightness = 255 * chance.beta(1.6, 1.6) + along
    hue = chance.normal(0, 0.18, 3)
    texture = _cloud(height, width, chance, chance.uniform(15, 60)) * chance.uniform(0, 12)
    if chance.random() < 0.6:
        fine = _cloud(height, width, chance, 0.6) + 2 * _cloud(height, width, chance, 2.5)
        texture = texture + fine * chance.uniform(0, 2.5)
    return (lightness + texture)[..., None] * (1 + hue).astype(np.float32)


def _cloud(height: int, width: int, chance: np.random.Generator, size: float) -> np.ndarray:
    """Smooth noise of deviation 1, its spots about `size` pixels."""
    scale = max(1.0, size / 3)
    small = (max(4, round(height / scale)), max(4, round(width / scale)))
    noise = cv2.GaussianBlur(chance.standard_normal(small, np.float32), (0, 0), size / scale)
    found = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return found / max(float(found.std()), 1e-6)


def _outline(height: int, width: int, chance: np.random.Generator) -> np.ndarray:
    """Corners of something angular or round, somewhere in the picture."""
    centre = chance.uniform(-0.1, 1.1, 2) * (width, height)
    reach = chance.uniform(0.05, 0.7) * max(height, width)
    corners = int(chance.choice([3, 4, 4, 5, 40]))
    angles = np.sort(chance.uniform(0, 2 * np.pi, corners))
    if corners == 40:
        angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    stretched = (1.0, chance.uniform(0.1, 1))
    points = centre + reach * np.stack([np.cos(angles), np.sin(angles)], 1) * stretched
    return np.rint(points * (1 << _SHIFT)).astype(np.int32)
