"""A scene: what stands still in front of the camera, and what moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from uniqa_desktop.demo.light import Light


@dataclass(frozen=True, slots=True)
class Scene:
    """Light before the camera at any moment of a burst.

    `moving` paints into a copy of `still` what is there at a moment in seconds from the first
    frame; without it nothing moves.
    """

    still: Light
    moving: Callable[[Light, float], None] | None = None

    def at(self, moment: float = 0.0) -> Light:
        """The light of one moment; the caller may change it."""
        light = self.still.copy()
        if self.moving is not None:
            self.moving(light, moment)
        return light
