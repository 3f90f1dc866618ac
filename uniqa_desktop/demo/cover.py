"""What grows and lies on a land, and the light and air it is seen in."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.demo.brush import grid, lay, mix, noise, shine, smooth, tint
from uniqa_desktop.demo.light import Light, paint
from uniqa_desktop.demo.outdoors import View, haze
from uniqa_desktop.demo.terrain import Seen, Surface


@dataclass(frozen=True, slots=True)
class Hour:
    """The light of an hour: of the sun, of the open sky, and of the air in between."""

    azimuth: float
    elevation: float
    sun: Light
    shade: Light
    air: Light
    visibility: float


def pair(surf: Surface, dark: str, bright: str, grain: float, patch: float) -> Light:
    """A ground between two colours: how strongly its fine grain and its patches show."""
    mask = np.clip(0.5 + grain * surf.grain + patch * surf.patch, 0.0, 1.0)
    return tint(mask, paint(dark), paint(bright))


def under(albedo: Light, seen: Seen, surf: Surface, hour: Hour) -> Light:
    """The colours of a land in the light of an hour, seen through its air."""
    made = albedo * (shine(surf.sun, hour.sun) + shine(surf.ambient, hour.shade))
    return haze(made, seen.z, hour.air, hour.visibility)


def alpine(
    seen: Seen,
    surf: Surface,
    hour: Hour,
    *,
    tree_line: float,
    snow_line: float,
    steepest: float = 1.1,
) -> Light:
    """High mountains: forest below, meadows, rock where it is steep, snow above (heights in m)."""
    made = pair(surf, "#4f4c4a", "#a8a098", 0.16, 0.16)
    grass = pair(surf, "#4b5524", "#8d8a4c", 0.14, 0.3)
    made = mix(made, grass, smooth(1.0, 0.65, surf.steep + 0.12 * surf.grain))
    wood = pair(surf, "#0c1a10", "#34502c", 0.3, 0.05)
    border = (seen.height - tree_line) / 260 + surf.steep * 0.5 + surf.patch * 0.35
    made = mix(made, wood, smooth(0.65, 0.35, border))
    lies = smooth(snow_line - 60, snow_line + 160, seen.height + 110 * surf.patch + 45 * surf.grain)
    holds = smooth(steepest * 1.25, steepest * 0.75, surf.steep + 0.18 * surf.grain)
    made = mix(made, paint("#e9eef6"), lies * holds)
    return under(made, seen, surf, hour)


def flood(view: View, world: Light, seen: Seen, surface_of: Light) -> None:
    """Lets the water cover all that lies lower, in place."""
    _, z = view.floor()
    wet = np.ones(z.shape, bool)
    rows = seen.bottom - view.shore
    if rows > 0:
        ground = np.where(seen.there > 0, seen.z, np.float32(1e9))[-rows:]
        wet[:rows] = z[:rows] < ground
    np.copyto(world[view.shore :], surface_of, where=wet[..., None])


def mist(
    world: Light,
    view: View,
    rng: np.random.Generator,
    y: float,
    thick: float,
    colour: Light,
    most: float,
) -> None:
    """A bank of mist at height `y` (fraction of the picture), in place; `most` is its opacity."""
    _, row = grid(view.width, view.height)
    away = (row / view.height - y) / thick
    wisps = noise(rng, view.width // 4 + 1, view.height // 4 + 1, view.width / 14, stretch=4.0)
    wisps = cv2.resize(wisps, (view.width, view.height), interpolation=cv2.INTER_CUBIC)
    veil = np.exp(-np.square(away + 0.25 * wisps)) * np.float32(most)
    lay(world, colour, np.clip(veil, 0, 1))
