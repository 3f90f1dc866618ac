"""A vaulted arcade with the sun falling through its arches, found ray by ray."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from uniqa_desktop.demo.brush import (
    each,
    grid,
    lay,
    mix,
    noise,
    sample,
    shine,
    smooth,
    soften,
    tile,
    tint,
)
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import View, haze, sky
from uniqa_desktop.demo.scene import Scene

_WIDE = 2.3
"""Half the width of the passage in metres."""

_SPRING = 3.9
"""Where the barrel vault begins, metres above the floor."""

_PITCH = 3.1
"""From arch to arch in metres."""

_FAR = 46.0
"""Where the passage ends."""

_SUN = (1.0, 0.80, 0.34)
"""Direction to the sun: right, up, ahead."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """What each pixel shows: the point (x right, y above the floor, z ahead) and of what."""

    x: Light
    y: Light
    z: Light
    floor: Light
    wall: Light
    end: Light


def _trace(view: View, middle: float) -> _Hit:
    """The first surface on each pixel's ray; `middle` is where the passage vanishes (0–1)."""
    column, row = grid(view.width, view.height)
    dx = (column - np.float32(view.width * middle)) * np.float32(1 / view.reach)
    dy = (np.float32(view.skyline) - row) * np.float32(1 / view.reach)
    dx, dy = np.broadcast_arrays(dx, dy)
    z_wall = np.float32(_WIDE) / np.maximum(np.abs(dx), np.float32(1e-4))
    z_floor = np.float32(view.eye) / np.maximum(-dy, np.float32(1e-6))
    # The vault is the upper half of the cylinder x² + (y - spring)² = wide².
    spring = np.float32(_SPRING - view.eye)
    a, b = dx * dx + dy * dy, -dy * spring
    root = np.sqrt(np.maximum(b * b - a * (spring**2 - np.float32(_WIDE**2)), 0))
    z_vault = (root - b) / np.maximum(a, np.float32(1e-6))
    never = np.float32(1e6)
    z_wall = np.where(dy * z_wall > spring, never, z_wall)
    z_vault = np.where(dy * z_vault > spring, z_vault, never)
    z = np.minimum(np.minimum(z_wall, z_floor), np.minimum(z_vault, np.float32(_FAR)))
    return _Hit(
        x=dx * z,
        y=dy * z + np.float32(view.eye),
        z=z,
        floor=(z == z_floor).astype(np.float32),
        wall=(z == z_wall).astype(np.float32),
        end=(z >= _FAR).astype(np.float32),
    )


def _opening(along: Light, up: Light) -> Light:
    """1 inside an arch of the right-hand wall: `along` it and `up` from the floor, metres."""
    middle = along / np.float32(_PITCH)
    middle = (middle - np.floor(middle) - 0.5) * np.float32(_PITCH)
    crown = np.maximum(up - np.float32(2.35), 0)
    return smooth(1.06, 1.03, np.sqrt(middle * middle + crown * crown)) * (up > 0)


def _masonry(hit: _Hit) -> Light:
    """Sandstone walls with ribs, and a floor of chequered tiles."""
    u, v = hit.z + hit.x * 0.4, hit.y + hit.x * 0.8
    grain = sample(tile(61, 1.0, 6.0), u * 160, v * 160)
    patch = sample(tile(62, 1.6, 2.0), (hit.z + hit.x) * 45, (hit.y + hit.x * 0.5) * 45)
    tone = np.clip(0.55 + 0.10 * grain + 0.16 * patch, 0, 1)
    stone = tint(tone, paint("#b08d62"), paint("#ecd9b4"))
    rib = np.abs(hit.z / _PITCH - np.round(hit.z / _PITCH)) * _PITCH
    stone = mix(stone, stone * ray(0.82, 0.78, 0.72), smooth(0.30, 0.27, rib))
    across, along = hit.x / np.float32(0.92) + 40.5, hit.z / np.float32(0.92)
    check = (np.floor(across) + np.floor(along)) % 2
    tone = np.clip(0.25 + 0.5 * check + 0.08 * patch + 0.05 * grain, 0, 1)
    tiles = tint(tone, paint("#6b4a3a"), paint("#dcc8a6"))
    joint = np.minimum(np.abs(across - np.round(across)), np.abs(along - np.round(along)))
    tiles *= each(0.35 + 0.65 * smooth(0.004, 0.02, joint))
    return mix(stone, tiles, hit.floor)


def _lighting(hit: _Hit) -> Light:
    """Sun through the arches, and what walls and floor throw back."""
    # Follow each point towards the sun back to the right-hand wall.
    away = (np.float32(_WIDE) - hit.x) * np.float32(1 / _SUN[0])
    up = hit.y + away * np.float32(_SUN[1])
    through = _opening(hit.z + away * np.float32(_SUN[2]), up) * (away > 0.02) * (up < 3.5)
    left = hit.wall * (hit.x < 0)
    facing = 0.35 + 0.45 * hit.floor + 0.55 * left
    direct = soften(through, hit.x.shape[0] / 1800) * facing
    near_arch = np.exp(-1.2 * np.abs(hit.z / _PITCH % 1 - 0.5)) * smooth(1.6, -0.6, hit.x)
    bounce = (0.32 + 0.20 * near_arch) * (1 - 0.2 * hit.floor)
    bounce *= 0.55 + 0.45 * smooth(5.5, 1.0, hit.y)
    to_edge = np.where(hit.floor > 0, np.float32(_WIDE) - np.abs(hit.x), hit.y)
    bounce *= 0.55 + 0.45 * smooth(0.0, 0.5, to_edge)
    return shine(direct, ray(2.3, 1.85, 1.25)) + shine(bounce, ray(0.62, 0.52, 0.44))


def _garden(view: View, rng: np.random.Generator) -> Light:
    """What is seen through the arches."""
    _, row = grid(view.width, view.height)
    leaf = noise(rng, view.width, view.height, view.width / 22, gain=0.72)
    down = row / view.height
    hedge = tint(np.clip(0.5 + 0.25 * leaf, 0, 1), paint("#28451d"), paint("#9ab254"))
    air = sky(View(view.width, view.height, 0.5), paint("#5b97d0"), paint("#dceaf0"))
    made = mix(air, hedge, smooth(-0.06, 0.05, down - 0.50 + 0.05 * leaf))
    return mix(made, paint("#c9b083"), smooth(0.66, 0.68, down + 0.004 * leaf))


def arcade(width: int, height: int, seed: int) -> Scene:
    """Looking down a vaulted arcade, arches and garden to the right."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.55, focal=0.72, eye=1.65)
    hit = _trace(view, 0.46)
    made = _masonry(hit) * _lighting(hit)
    opening = _opening(hit.z, hit.y) * hit.wall * (hit.x > 0)
    made = mix(made, _garden(view, rng) * np.float32(1.35), opening)
    door = smooth(1.0, 0.9, np.hypot(hit.x / 1.2, np.maximum(hit.y - 2.4, 0) / 1.2))
    made = mix(made, paint("#8a7350"), hit.end)
    made = mix(made, paint("#fff4d8"), hit.end * door)
    rows = np.clip(2 * view.skyline - np.arange(height), 0, height - 1).astype(int)
    lay(
        made,
        made[rows],
        hit.floor * 0.10 * smooth(0.25 * view.reach, 0, grid(1, height)[1] - view.skyline),
    )
    return Scene(haze(made, hit.z, paint("#e8cfa0"), 240))
