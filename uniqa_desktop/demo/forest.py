"""A beech wood in the morning: trunk behind trunk in luminous mist."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from uniqa_desktop.demo.brush import (
    TILE,
    each,
    grid,
    lay,
    mix,
    noise,
    resized,
    shine,
    smooth,
    tile,
    tint,
)
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.scene import Scene

_SUN = (0.62, 0.20)
"""Where the sun stands, as fractions of the picture."""

_STOREYS = 9
"""How many depths of the wood there are."""


@dataclass(frozen=True, slots=True)
class _Depth:
    """One depth of the wood: how `near` it is (0–1), and what its air does to it.

    `floor` is the row where the ground begins in each column, `fog` the colour of the mist and
    `veil` its share.
    """

    near: float
    floor: Light
    fog: Light
    veil: np.float32

    def seen(self, picture: Light, part: tuple[slice, ...] = (slice(None),)) -> Light:
        """`picture`, which covers the given part of the view, through the mist."""
        return picture + (self.fog[part] - picture) * self.veil


def forest(width: int, height: int, seed: int) -> Scene:
    """Looking against the sun, its beams between the trunks."""
    rng = np.random.default_rng(seed)
    column, row = grid(width, height)
    across, down = column / width - _SUN[0], (row / height - _SUN[1]) * np.float32(height / width)
    away = np.sqrt(across * across + down * down)
    glow = np.exp(away * np.float32(-1 / 0.28))
    world = tint(glow, paint("#7f9a72"), ray(2.6, 2.15, 1.25))
    fog = tint(glow, paint("#8aa57c"), ray(2.1, 1.75, 1.05))
    for storey in range(1, _STOREYS + 1):
        near = storey / _STOREYS
        rise = noise(rng, width, 1, width / 7) * np.float32(0.02 * near)
        floor = (np.float32(0.60 + 0.20 * near**1.5) + rise) * height
        depth = _Depth(near, floor, fog, np.float32(np.exp(-2.9 * near**1.35)))
        world = _ground(world, rng, depth, glow)
        for _ in range(max(int(13 - 9 * near), 3)):
            _trunk(world, rng, rng.uniform(-0.02, 1.02) * width, depth)
        if storey < _STOREYS:
            world = _leaves(world, rng, depth, glow)
    world += shine(_beams(rng, across, down, away, row / height), ray(0.85, 0.7, 0.38))
    return Scene(world)


def _ground(world: Light, rng: np.random.Generator, depth: _Depth, glow: Light) -> Light:
    """Last year's leaves."""
    height, width = glow.shape
    _, row = grid(width, height)
    grain = width / 160 * (0.4 + depth.near)
    # Only the nearest litter is seen in full detail.
    finest = 1.0 if depth.near > 0.7 else 3.0
    litter = noise(rng, width, height, grain, stretch=2.5, gain=0.8, finest=finest)
    brown = tint(np.clip(0.45 + 0.22 * litter, 0, 1), paint("#2a2416"), paint("#a5763c"))
    brown *= each(0.35 + 0.5 * glow)
    return mix(world, depth.seen(brown), smooth(-2, 2 + 6 * depth.near, row - depth.floor))


def _leaves(world: Light, rng: np.random.Generator, depth: _Depth, glow: Light) -> Light:
    """Young foliage, hanging from above and glowing against the light."""
    height, width = glow.shape
    _, row = grid(width, height)
    clump = noise(rng, width // 2, height // 2, width / 14 * depth.near + 12, gain=0.78)
    clump = resized(clump, width, height)
    hanging = smooth(0.1, 0.9, clump + 1.5 - row / height * (5.2 - 1.2 * depth.near))
    tone = np.clip(0.4 + 0.25 * clump + 0.4 * glow, 0, 1)
    green = depth.seen(tint(tone, paint("#33501a"), paint("#d6d65a")))
    return mix(world, green, hanging * np.float32(0.30 + 0.35 * depth.near))


def _beams(
    rng: np.random.Generator, across: Light, down: Light, away: Light, height: Light
) -> Light:
    """Beams of sunlight in the mist."""
    turn = np.arctan2(down, across)
    gaps = tile(77, 1.15, coarsest=9.0)[int(rng.integers(TILE))]
    around = np.linspace(-np.pi, np.pi, TILE)
    beams = np.interp(turn.ravel(), around, gaps).reshape(turn.shape)
    return (
        smooth(0.1, 1.6, beams)
        * np.exp(away * np.float32(-1 / 0.42))
        * smooth(0.03, 0.16, away)
        * smooth(1.0, 0.55, height)
    )


def _trunk(world: Light, rng: np.random.Generator, x: float, depth: _Depth) -> None:
    """One trunk from the ground out of the picture, in place."""
    height, width = world.shape[:2]
    half = width * (0.004 + 0.020 * depth.near**1.7) * rng.uniform(0.6, 1.3)
    foot = float(depth.floor[0, int(np.clip(x, 0, width - 1))]) + height * 0.012
    lean, wave, phase = rng.normal(0, 0.02), rng.uniform(2, 5), rng.uniform(0, 6)
    up = (foot - np.arange(int(np.clip(foot, 1, height)), dtype=np.float32)[:, None]) / height
    centre = x + lean * height * up + half * 0.5 * np.sin(up * wave + phase)
    radius = half * (1 - 0.35 * up + 0.9 * np.exp(up / -0.022))
    left = int(max((centre - radius).min() - 2, 0))
    right = int(min((centre + radius).max() + 3, width))
    if left >= right:
        return
    across = (np.arange(left, right, dtype=np.float32)[None, :] - centre) / radius
    rows, columns = across.shape
    bark = noise(rng, columns, rows, max(half / 2, 2), stretch=0.35, gain=0.75)
    damp = noise(rng, columns, rows, half * 2) + 1.4 * np.exp(up / -0.1)
    tone = tint(np.clip(0.45 + 0.17 * bark, 0, 1), paint("#241f1a"), paint("#8d8070"))
    tone = mix(tone, paint("#5f7a2c"), 0.75 * smooth(0.9, 1.8, damp))
    sun_x = _SUN[0] * width
    edge = np.clip(across if sun_x > x else -across, -1, 1)
    reach = np.float32(0.55 * np.exp(-abs(x - sun_x) / width * 1.5))
    light = 0.16 + reach * np.square(np.clip(edge * 0.9 + 0.25, 0, 1))
    part = (slice(0, rows), slice(left, right))
    shown = depth.seen(tone * shine(light, ray(1.6, 1.4, 1.0)), part)
    inside = smooth(1.0, 1.0 - 1.5 / max(half, 1.6), np.abs(across))
    lay(world[part], shown, inside)
