"""Mountains, hills and dunes: a height map seen in perspective, lit by the sun.

The visible surface is found as in the voxel landscapes of old flight simulators: for every
column of the picture the land is walked outwards and the highest row reached so far is kept; what
a pixel shows is the first step that rises above it. Light, shadow and plant cover are then looked
up in the map, and grain as fine as a pixel is added at every distance.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.demo.brush import grid, noise, sample_at_scale, slopes, smooth, tile
from uniqa_desktop.demo.light import Light, as_light
from uniqa_desktop.demo.outdoors import View

MAP = 768
"""Side of a height map, in cells."""


@dataclass(frozen=True, slots=True)
class Land:
    """A square of land ahead of the camera.

    `heights` (`MAP`², metres) spans `side` metres: x from -side/2 to side/2, z from 0 to side.
    """

    heights: Light
    side: float

    @property
    def cell(self) -> float:
        return self.side / MAP


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pixels of the rows `top` to `bottom` show of a land; all others show none of it.

    `x`, `z` and `height` are metres; `there` is 1 where there is land, 0 where there is sky.
    """

    top: int
    bottom: int
    x: Light
    z: Light
    height: Light
    there: Light

    def lay(self, world: Light, land: Light) -> None:
        """Puts the pixels of `land` into the picture `world`, in place."""
        rows = world[self.top : self.bottom]
        np.copyto(rows, land, where=(self.there > 0)[..., None])


def coordinates(side: float) -> tuple[Light, Light]:
    """The positions x (1, MAP) and z (MAP, 1) of the cells in metres."""
    step = side / MAP
    along = (np.arange(MAP, dtype=np.float32) + 0.5) * np.float32(step)
    return along[None, :] - np.float32(side / 2), along[:, None]


def ridged(rng: np.random.Generator, cell: float, octaves: int = 7) -> Light:
    """Ridges and valleys as in young mountains, 0–1 (F. K. Musgrave's ridged multifractal).

    `cell` is the distance of the main ridges in cells of the map.
    """
    total = np.zeros((MAP, MAP), np.float32)
    weight: Light | float = 1.0
    amplitude, sum_of = 1.0, 0.0
    for _ in range(octaves):
        band = noise(rng, MAP, MAP, cell, finest=cell * 0.6)
        fold = 1.0 - np.minimum(np.abs(band) * 0.75, 1.0)
        fold *= fold
        total += fold * weight * np.float32(amplitude)
        weight = np.clip(fold * 1.6, 0.0, 1.0)
        sum_of += amplitude
        amplitude *= 0.52
        cell /= 2
        if cell < 1.5:
            break
    return total / np.float32(sum_of)


def look(
    land: Land,
    view: View,
    *,
    near: float = 1.0,
    far: float | None = None,
    waterline: int | None = None,
) -> Seen:
    """Finds what `view` shows of `land` between `near` and `far` metres, above row `waterline`."""
    far = far or land.side * 0.98
    steps = max(view.width // 3, 200)
    z = np.geomspace(near, far, steps).astype(np.float32)[:, None]
    column, _ = grid(view.width, view.height)
    x = (column - np.float32(view.width / 2)) * (z / np.float32(view.reach))
    cell = np.float32(1 / land.cell)
    heights = cv2.remap(
        land.heights,
        ((x + land.side / 2) * cell - 0.5).astype(np.float32),
        np.ascontiguousarray(np.broadcast_to(z * cell - 0.5, x.shape), np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    rows = view.skyline - view.reach * (heights - view.eye) / z
    rising = np.clip(np.ceil(np.minimum.accumulate(rows, axis=0)), 0, view.height)
    flat = rising.astype(np.int32) * np.int32(view.width) + np.arange(view.width, dtype=np.int32)
    counted = np.bincount(flat.ravel(), minlength=(view.height + 1) * view.width)
    counted = counted.astype(np.int16).reshape(view.height + 1, view.width)[1:]
    step = np.cumsum(counted[::-1], axis=0, dtype=np.int16)[::-1]  # steps that stay below a row
    land_rows = np.flatnonzero(step.min(axis=1) < steps)
    top = int(land_rows[0]) if land_rows.size else view.height - 1
    bottom = view.height if waterline is None else min(waterline, view.height)
    step = step[top:bottom]
    there = step < steps
    hit = np.clip(step, 1, steps - 1).astype(np.int32)
    hit *= np.int32(view.width)
    hit += np.arange(view.width, dtype=np.int32)
    _, row = grid(view.width, view.height)
    row = row[top:bottom]
    after = rows.ravel().take(hit)
    before = rows.ravel().take(hit - view.width)
    part = np.clip((before - row) / np.maximum(before - after, 1e-3), 0.0, 1.0)
    # The steps are a geometric series, so their position needs no look-up.
    growth = np.float32(np.log(far / near) / (steps - 1))
    first = np.clip(step, 1, steps - 1).astype(np.float32) - 1 + part
    depth = np.exp(first * growth) * np.float32(near)
    return Seen(
        top=top,
        bottom=bottom,
        x=(column - np.float32(view.width / 2)) * depth * np.float32(1 / view.reach),
        z=depth,
        height=np.float32(view.eye) + (np.float32(view.skyline) - row) * depth / view.reach,
        there=there.astype(np.float32),
    )


def shadows(land: Land, azimuth: float, elevation: float) -> Light:
    """Where the sun reaches the land: 1 lit, 0 in shadow, soft between.

    Args:
        land: The map.
        azimuth: Direction to the sun in degrees: 0 ahead of the camera, 90 to its right.
        elevation: Degrees above the horizon.
    """
    # Turn the map so that the light comes from the top, then let the shadow line sink.
    centre = (MAP / 2 - 0.5, MAP / 2 - 0.5)
    turn = cv2.getRotationMatrix2D(centre, 180.0 - azimuth, 1.0)
    turned = cv2.warpAffine(
        land.heights, turn, (MAP, MAP), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    drop = np.float32(np.tan(np.radians(elevation)) * land.cell)
    line = turned[0].copy()
    lit = np.empty_like(turned)
    for row in range(MAP):
        line = np.maximum(line - drop, turned[row])
        lit[row] = turned[row] - line
    back = cv2.warpAffine(
        lit,
        turn,
        (MAP, MAP),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return smooth(-land.cell * 0.9, 0.0, as_light(back))


@dataclass(frozen=True, slots=True)
class Surface:
    """Light and shape at each pixel of a land.

    `sun` is the direct light received (0–1), `ambient` the share of open sky above, `steep` the
    steepness (rise per metre), `grain` pixel-fine noise (deviation 1), `patch` coarse noise.
    """

    sun: Light
    ambient: Light
    steep: Light
    grain: Light
    patch: Light


def surface(
    land: Land,
    seen: Seen,
    view: View,
    azimuth: float,
    elevation: float,
    *,
    rough: float = 0.5,
) -> Surface:
    """Lights `land` and looks up what each pixel needs.

    Args:
        land: The map.
        seen: What is seen of it.
        view: From where.
        azimuth: Direction to the sun (see `shadows`).
        elevation: Of the sun, degrees.
        rough: Strength of the relief that is finer than the map.
    """
    rise_x, rise_z = slopes(land.heights, 1.0 / land.cell)
    shadow = shadows(land, azimuth, elevation)
    hollow = cv2.GaussianBlur(land.heights, (0, 0), MAP / 60) - land.heights
    open_sky = np.clip(1.0 - hollow / np.float32(land.cell * 9.0), 0.35, 1.15)
    cell = np.float32(1 / land.cell)
    found = cv2.remap(
        np.dstack([rise_x, rise_z, shadow, open_sky]),
        (seen.x + np.float32(land.side / 2)) * cell - 0.5,
        seen.z * cell - 0.5,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    texel = seen.z * np.float32(1.0 / view.reach)
    # On steep faces height runs faster than the ground plan: lay the grain along both.
    u = seen.x + 0.35 * seen.height
    v = 0.6 * seen.z + 1.5 * seen.height
    fine = sample_at_scale(_relief_tile(), u, v, texel, 1.1)
    patch = sample_at_scale(tile(6, 1.2, 4.0), u, v, texel, 2.5)
    across = found[..., 0] + fine[..., 0] * np.float32(rough)
    along = found[..., 1] + fine[..., 1] * np.float32(rough)
    a, e = np.radians(azimuth), np.radians(elevation)
    toward = np.array([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)], np.float32)
    length = np.sqrt(1.0 + across**2 + along**2)
    shade = np.maximum((toward[2] - across * toward[0] - along * toward[1]) / length, 0.0)
    return Surface(
        sun=shade * found[..., 2],
        ambient=found[..., 3] * (0.75 + 0.25 / length),
        steep=np.hypot(found[..., 0], found[..., 1]),
        grain=fine[..., 2],
        patch=patch,
    )


@functools.cache
def _relief_tile() -> Light:
    """Endless fine relief: its slopes across and along, and its height."""
    height = tile(5, 0.9, coarsest=10.0)
    across = np.roll(height, -1, 1) - np.roll(height, 1, 1)
    down = np.roll(height, -1, 0) - np.roll(height, 1, 0)
    scale = 1.0 / across.std()
    packed = np.stack([across * scale, down * scale, height, np.zeros_like(height)], axis=-1)
    return np.ascontiguousarray(packed, np.float32)


def gentle(rng: np.random.Generator, cell: float, gain: float = 0.42) -> Light:
    """Rolling ground without edges (mean 0, deviation 1); `cell` in cells of the map."""
    return noise(rng, MAP, MAP, cell, gain=gain)


def weathered(heights: Light, cell: float, steepest: float, rounds: int = 10) -> Light:
    """Lets slopes steeper than `steepest` (rise per metre) crumble, as frost does to spires.

    `cell` is the size of a cell in metres.
    """
    made = np.ascontiguousarray(heights, np.float32)
    fall = np.float32(steepest * cell)
    for _ in range(rounds):
        lowest = as_light(cv2.erode(made, np.ones((3, 3), np.uint8)))
        made = np.minimum(made, lowest + fall * np.float32(1.2))
    return made
