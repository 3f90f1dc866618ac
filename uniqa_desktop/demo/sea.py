"""The open sea by day, and a sunset behind rocks."""

from __future__ import annotations

import numpy as np

from uniqa_desktop.demo.brush import (
    mix,
    smooth,
    tint,
)
from uniqa_desktop.demo.cover import Hour, flood, under
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, haze, ripples, sky, water
from uniqa_desktop.demo.scene import Scene
from uniqa_desktop.demo.terrain import MAP, Land, coordinates, look, ridged, surface, weathered


def sunset(width: int, height: int, seed: int) -> Scene:
    """Rocks in the sea against the setting sun: more contrast than one exposure holds."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.5, focal=1.15, eye=7)
    side = 1500.0
    x, z = coordinates(side)
    stacks = np.zeros((MAP, MAP), np.float32) - 20
    for px, pz, size, tall in (
        (-118, 440, 44, 92),
        (-205, 470, 60, 68),
        (-62, 500, 17, 46),
        (-20, 690, 15, 30),
        (330, 760, 80, 84),
    ):
        away = np.hypot(x - px, (z - pz) * 0.8) / size
        stacks = np.maximum(stacks, tall * np.exp(-((away * 1.1) ** 3)) - 20)
    rough = ridged(rng, 46, 5)
    heights = np.where(stacks > -19, stacks + (rough - 0.4) * 34 * smooth(-20, 15, stacks), stacks)
    land = Land(weathered(heights, side / MAP, 4.0, 4), side)
    seen = look(land, view, near=120, waterline=view.shore + height // 10)
    sun = Sun(0.61, 0.465, ray(3.2, 1.45, 0.42), size=0.018, glow=0.2, strength=0.85)
    world = sky(view, paint("#35508c"), paint("#e79a5c"), sun, fall=0.95)
    cover, bright = clouds(view, seed + 3, cover=0.5, softness=1.2, size=0.9, streak=2.2, sun=sun)
    near = sun.nearness(view, 0.4)
    lit = tint(near, paint("#d98a78"), ray(2.6, 1.15, 0.36))
    world = mix(world, mix(paint("#4d4468"), lit, bright), cover * 0.88)
    hour = Hour(12, 4, ray(1.0, 0.5, 0.2), ray(0.09, 0.085, 0.12), paint("#b98a84"), 5200)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.8)
    rock = tint(np.clip(0.5 + 0.2 * surf.grain, 0, 1), paint("#4a4038"), paint("#91806c"))
    seen.lay(world, under(rock, seen, surf, hour))
    waves = ripples(view, seed + 1, size=5.0)
    flood(view, world, seen, water(view, world, waves, paint("#16303e") * 0.5, rough=0.055))
    return Scene(world)


def blue_sea(view: View, seed: int, *, cover: float, swell: float, rough: float) -> Light:
    """Open sea under a summer sky."""
    sun = Sun(0.1, -0.15, ray(1.5, 1.35, 1.1), glow=0.3, strength=0.4)
    world = sky(view, paint("#3f83c9"), paint("#cfe3ee"), sun)
    opacity, bright = clouds(view, seed, cover=cover, softness=1.2, size=0.8, sun=sun)
    world = mix(world, tint(bright, paint("#a9bccf"), paint("#ffffff")), opacity * 0.9)
    waves = ripples(view, seed + 1, size=swell)
    made = water(view, world, waves, paint("#0f4a63") * 0.8, rough=rough)
    _, z = view.floor()
    world[view.shore :] = haze(made, z, paint("#a9c7da"), 9000)
    return world
