"""Sky, haze and water as seen from one place."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.demo.brush import (
    TILE,
    grid,
    mix,
    resized,
    sample,
    sample_at_scale,
    shine,
    smooth,
    tile,
    tint,
)
from uniqa_desktop.demo.light import Light, as_light


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera stands and how it looks at the world (metres, x right, z ahead).

    Attributes:
        width: Of the picture, pixels.
        height: Of the picture, pixels.
        horizon: Height of the horizon in the picture, 0 (top) to 1 (bottom).
        focal: Focal length as a multiple of the picture's width (0.8 wide, 2 tele).
        eye: Height of the camera above the water or floor.
    """

    width: int
    height: int
    horizon: float = 0.5
    focal: float = 1.0
    eye: float = 2.0

    @property
    def skyline(self) -> float:
        """The row of the horizon in pixels."""
        return self.horizon * self.height

    @property
    def reach(self) -> float:
        """The focal length in pixels."""
        return self.focal * self.width

    @property
    def shore(self) -> int:
        """The first row below the horizon."""
        return min(max(int(self.skyline) + 1, 0), self.height - 1)

    def floor(self, top: int | None = None) -> tuple[Light, Light]:
        """The point (x, z) of the ground plane that each pixel from row `top` (`shore`) shows."""
        column, row = grid(self.width, self.height)
        row = row[self.shore if top is None else top :]
        z = self.reach * self.eye / np.maximum(row - self.skyline, 0.25)
        x = (column - self.width / 2) * (z / self.reach)
        return x.astype(np.float32), np.broadcast_to(z, x.shape).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Sun:
    """The sun (or moon) in the picture: place as fractions of it, colour, size and glow.

    `glow` is the reach of the light around it as a fraction of the width.
    """

    x: float
    y: float
    colour: Light
    size: float = 0.0
    glow: float = 0.25
    strength: float = 1.0

    def nearness(self, view: View, reach: float) -> Light:
        """1 at the sun, falling to nothing within a few times `reach` (fraction of the width)."""
        width, height = max(view.width // 4, 8), max(view.height // 4, 8)
        column, row = grid(width, height)
        across = (column / width - self.x) / reach
        down = (row / height - self.y) * (view.height / view.width) / reach
        return resized(
            np.exp(-np.sqrt(across**2 + down**2 + 0.01)).astype(np.float32),
            view.width,
            view.height,
        )


def sky(
    view: View, top: Light, bottom: Light, sun: Sun | None = None, *, fall: float = 1.6
) -> Light:
    """A clear sky from `bottom` at the horizon to `top`, and the light around the sun.

    `fall` is how quickly the colour of the horizon is left behind.
    """
    _, row = grid(view.width, view.height)
    above = np.clip((view.skyline - row) / max(view.skyline, 1.0), 0.0, 1.0)
    made = tint(
        np.broadcast_to(1 - np.exp(-fall * 2 * above), (view.height, view.width)), bottom, top
    )
    made = made.astype(np.float32)
    if sun is not None:
        glow = np.clip(sun.nearness(view, sun.glow) * np.float32(sun.strength), 0, 1)
        made = mix(made, sun.colour, glow)
        if sun.size:
            made += shine(sun_disc(view, sun), sun.colour * np.float32(7.0))
    return made


def sun_disc(view: View, sun: Sun) -> Light:
    """The disc itself, with a soft rim."""
    column, row = grid(view.width, view.height)
    away = np.hypot(column - sun.x * view.width, row - sun.y * view.height) / view.width
    return smooth(sun.size * 1.08, sun.size * 0.94, away)


def clouds(
    view: View,
    seed: int,
    *,
    cover: float = 0.5,
    size: float = 1.0,
    softness: float = 1.0,
    sun: Sun | None = None,
    streak: float = 1.0,
) -> tuple[Light, Light]:
    """A layer of clouds in perspective: opacity and how brightly it is lit (both 0–1).

    Args:
        view: The camera.
        seed: Which sky.
        cover: Share of the sky that is covered, 0–1.
        size: Of the clouds (1: as large as the layer is high).
        softness: Width of their edges; 0.4 crisp cumulus, 2 veils.
        sun: Where the light comes from (else from above).
        streak: How much longer than wide they are, along the line of sight.
    """
    width, height = max(view.width // 2, 8), max(view.height // 2, 8)
    column, row = grid(width, height)
    rise = np.maximum(view.skyline / 2 - row, 0.5) / (view.reach / 2)
    away = 1.0 / (rise + 0.06)  # the earth is round: clouds at the horizon are not endlessly far
    unit = np.float32(TILE / (10.0 * size))
    x = ((column - width / 2) / (view.reach / 2) * away * unit).astype(np.float32)
    y = np.broadcast_to(away * (unit / streak), x.shape).astype(np.float32)
    texture = tile(seed, 1.55, coarsest=3.0)
    density = sample(texture, x, y)
    if sun is None:
        toward_x, toward_y = np.float32(0.0), np.float32(-18.0)
    else:
        across = column - sun.x * width
        down = row - sun.y * height
        length = np.sqrt(across**2 + down**2) + 0.08 * width
        toward_x, toward_y = -18 * across / length, -18 * down / length
    shade = sample(texture, x + toward_x, y + toward_y)
    edge = 1.1 - 2.2 * cover
    opacity = smooth(edge, edge + 0.9 * softness, density)
    thick = np.maximum(density - edge, 0.0)
    bright = np.exp(-0.55 * np.maximum(shade - edge, 0.0)) * np.exp(-0.25 * thick)
    fade = smooth(0.0, 0.06, rise)
    return (
        np.clip(resized(opacity * fade, view.width, view.height), 0, 1),
        np.clip(resized(bright.astype(np.float32), view.width, view.height), 0, 1),
    )


def haze(light: Light, depth: Light, air: Light, visibility: float) -> Light:
    """What distance does: `air` (a colour or picture) takes over with `depth` metres."""
    return mix(light, air, 1.0 - np.exp(np.minimum(depth, 1e7) * np.float32(-1.0 / visibility)))


def ripples(view: View, seed: int, *, size: float, grain: float = 1.6) -> tuple[Light, Light]:
    """Slope of the water's surface across and along the line of sight (deviation about 1).

    `size` is the length of the main waves in metres; finer ones ride on them, as fine as can be
    seen (`grain` pixels) near and far.
    """
    x, z = view.floor()
    texture = _wave_tile()
    unit = np.float32(1 / size * 24)
    x = x + np.float32(seed * 37 * size)  # another part of the same sea
    texel = (z * (1.0 / view.reach)) * unit
    # Seen flat, water is foreshortened: what counts is the length along the line of sight.
    along = texel * np.minimum(z / view.eye, 12.0)
    fine = sample_at_scale(texture, x * unit, z * unit, np.sqrt(texel * along) * 0.7, grain)
    swell = sample(texture, x * unit * 0.23, z * unit * 0.23)
    calm = 1.0 / (1.0 + along * 0.12)
    calm *= np.float32(0.65)
    fine *= np.float32(0.75)
    return fine[..., 0] + swell[..., 0] * calm, fine[..., 1] + swell[..., 1] * calm


@functools.cache
def _wave_tile() -> Light:
    """Endless waves: their slopes across and along."""
    height = tile(2, 1.7, coarsest=14.0)
    across = np.roll(height, -1, 1) - np.roll(height, 1, 1)
    down = np.roll(height, -1, 0) - np.roll(height, 1, 0)
    both = np.stack([across / across.std(), down / down.std()], axis=-1)
    return np.ascontiguousarray(both, np.float32)


def water(
    view: View,
    world: Light,
    waves: tuple[Light, Light],
    deep: Light,
    *,
    rough: float = 0.03,
    mirror: float = 1.0,
) -> Light:
    """The water's surface: the rows of the picture from `view.shore` down.

    Args:
        view: The camera.
        world: The picture without water; what stands above the horizon is mirrored.
        waves: Slopes of the surface, from `ripples`.
        deep: The water's own colour (a colour, or a picture of those rows).
        rough: How far the waves displace the mirror image (fraction of the height).
        mirror: Share of the mirror image at grazing angles.
    """
    top = view.shore
    column, row = grid(view.width, view.height)
    row = row[top:]
    across, along = waves
    below = row - np.float32(view.skyline)
    # Facets that lean away mirror higher sky, never the ground: keep the sign.
    y = np.abs(below + along * np.float32(rough * view.height * 0.9))
    y = np.float32(view.skyline - 1.0) - y
    x = column + across * np.float32(rough * view.height * 0.45)
    image = as_light(cv2.remap(world, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101))
    grazing = np.clip(below * np.float32(1 / view.reach) + along * np.float32(rough * 1.2), 0, 2)
    fresnel = np.float32(0.98) * np.exp(grazing * np.float32(-7.5)) + np.float32(0.02)
    fresnel *= np.float32(mirror)
    own = deep if deep.ndim == 1 else deep[-image.shape[0] :]
    return mix(own, image, fresnel)
