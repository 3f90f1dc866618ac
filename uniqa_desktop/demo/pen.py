"""Lines and shapes with cv2's anti-aliased 8-bit brushes, on sheets that become layers."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.demo.brush import each
from uniqa_desktop.demo.light import Light, from_bytes

_SHIFT = 3
"""cv2 takes coordinates in eighths of a pixel."""


Ink = tuple[int, int, int, int]


def ink(colour: str, brightness: float = 1.0) -> Ink:
    """A colour for cv2's 8-bit brushes on a four-channel canvas."""
    red, green, blue = (min(int(c * brightness), 255) for c in bytes.fromhex(colour[1:]))
    return red, green, blue, 255


def canvas(width: int, height: int) -> NDArray[np.uint8]:
    """An empty sheet for cv2's anti-aliased brushes: red, green, blue, opacity."""
    return np.zeros((max(height, 1), max(width, 1), 4), np.uint8)


def layer(sheet: NDArray[np.uint8]) -> Light:
    """A drawn sheet as premultiplied light, for `brush.over`."""
    opacity = sheet[..., 3]
    shown = cv2.divide(sheet[..., :3], cv2.merge([opacity] * 3), scale=255)
    share = opacity.astype(np.float32) * np.float32(1 / 255)
    return np.dstack([from_bytes(np.asarray(shown, np.uint8)) * each(share), share])


def stroke(
    sheet: NDArray[np.uint8],
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    colour: Ink,
    thick: float = 1,
) -> None:
    """One anti-aliased line."""
    unit = 1 << _SHIFT
    cv2.line(
        sheet,
        (round(x0 * unit), round(y0 * unit)),
        (round(x1 * unit), round(y1 * unit)),
        colour,
        max(round(thick), 1),
        cv2.LINE_AA,
        _SHIFT,
    )


def blob(
    sheet: NDArray[np.uint8], x: float, y: float, rx: float, ry: float, turn: float, colour: Ink
) -> None:
    """One anti-aliased filled ellipse; `turn` in degrees."""
    unit = 1 << _SHIFT
    cv2.ellipse(
        sheet,
        (round(x * unit), round(y * unit)),
        (max(round(rx * unit), 4), max(round(ry * unit), 4)),
        turn,
        0,
        360,
        colour,
        -1,
        cv2.LINE_AA,
        _SHIFT,
    )


def polygon(sheet: NDArray[np.uint8], corners: Sequence[tuple[float, float]], colour: Ink) -> None:
    """One anti-aliased filled polygon."""
    points = np.round(np.asarray(corners) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillPoly(sheet, [points], colour, cv2.LINE_AA, _SHIFT)


def rectangle(
    sheet: np.ndarray, x0: float, y0: float, x1: float, y1: float, colour: str, glow: float = 1.0
) -> None:
    polygon(sheet, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)], ink(colour, glow))
