"""Lines and shapes, drawn with cv2's anti-aliased 8-bit brushes onto transparent sheets."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from uniqa_desktop.demo.brush import each
from uniqa_desktop.demo.light import Light, from_bytes

_SHIFT = 3
"""cv2 takes coordinates in eighths of a pixel."""

Point = tuple[float, float]


class Drawing:
    """A transparent sheet to draw on.

    Coordinates count in units of one's own choice from an origin of one's own choice; lengths of
    strokes' widths are pixels. Colours are "#rrggbb", made brighter or darker by a `glow`.
    """

    def __init__(
        self, width: int, height: int, *, unit: Point = (1.0, 1.0), origin: Point = (0.0, 0.0)
    ) -> None:
        """Makes a sheet.

        Args:
            width: In pixels.
            height: In pixels.
            unit: Pixels per unit to the right and downwards.
            origin: Where (0, 0) lies, in pixels from the top left corner.
        """
        self._sheet = np.zeros((max(height, 1), max(width, 1), 4), np.uint8)
        self._unit = unit
        self._origin = origin

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return (
            round((self._origin[0] + x * self._unit[0]) * (1 << _SHIFT)),
            round((self._origin[1] + y * self._unit[1]) * (1 << _SHIFT)),
        )

    def area(self, corners: Iterable[Point], colour: str, glow: float = 1.0) -> None:
        """A filled polygon."""
        points = np.array([self._at(x, y) for x, y in corners], np.int32)
        cv2.fillPoly(self._sheet, [points], _ink(colour, glow), cv2.LINE_AA, _SHIFT)

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: str, glow: float = 1.0
    ) -> None:
        """A filled rectangle."""
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self.area(corners, colour, glow)

    def line(
        self, start: Point, end: Point, colour: str, thick: float = 1.0, glow: float = 1.0
    ) -> None:
        """A straight stroke, `thick` pixels wide."""
        cv2.line(
            self._sheet,
            self._at(*start),
            self._at(*end),
            _ink(colour, glow),
            max(round(thick), 1),
            cv2.LINE_AA,
            _SHIFT,
        )

    def blob(
        self,
        centre: Point,
        radii: Point,
        colour: str,
        glow: float = 1.0,
        turn: float = 0.0,
    ) -> None:
        """A filled ellipse, turned by `turn` degrees; `radii` in units."""
        half = 1 << (_SHIFT - 1)  # half a pixel at least
        wide, tall = (radii[k] * self._unit[k] * (1 << _SHIFT) for k in (0, 1))
        cv2.ellipse(
            self._sheet,
            self._at(*centre),
            (max(round(wide), half), max(round(tall), half)),
            turn,
            0,
            360,
            _ink(colour, glow),
            -1,
            cv2.LINE_AA,
            _SHIFT,
        )

    def layer(self) -> Light:
        """The sheet as premultiplied light and opacity, for `brush.over`."""
        opacity = self._sheet[..., 3]
        shown = cv2.divide(self._sheet[..., :3], cv2.merge([opacity] * 3), scale=255)
        share = opacity.astype(np.float32) * np.float32(1 / 255)
        return np.dstack([from_bytes(np.asarray(shown, np.uint8)) * each(share), share])


def _ink(colour: str, glow: float) -> tuple[int, int, int, int]:
    red, green, blue = (min(int(part * glow), 255) for part in bytes.fromhex(colour[1:]))
    return red, green, blue, 255
