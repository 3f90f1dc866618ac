"""A beach with clear water."""

from __future__ import annotations

import itertools

import numpy as np

from uniqa_desktop.demo.brush import (
    each,
    grid,
    mix,
    noise,
    over,
    sample,
    sample_at_scale,
    shine,
    smooth,
    tile,
    tint,
)
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, haze, ripples, sky, water
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.scene import Scene

_BREAKERS = ((0.05, 0.22, 0.95), (1.7, 0.4, 0.75), (5.0, 0.45, 0.7), (11.0, 0.7, 0.65))
"""Lines of foam: metres from the water's edge, width in metres, opacity."""


def beach(width: int, height: int, seed: int) -> Scene:
    """Along a sandy beach, turquoise water to the left, a parasol."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.33, focal=0.85, eye=3.2)
    world = _distance(view, rng, seed)
    x, z = view.floor()
    bays = 1.3 * np.sin(z / 7 + 0.8) + 3.0 * np.sin(z / 26)
    bays += 0.5 * sample(tile(7, 1.6, 2.0), x * 9, z * 9)
    out = 0.30 * z - 1.5 - bays - x  # metres from the water's edge, seawards
    texel = z * np.float32(1 / view.reach)
    patch = sample(tile(12, 1.5, 2.0), x * 20, z * 20)
    sand = _sand(x, z, texel, patch, out)
    waves = ripples(view, seed + 1, size=1.6)
    bottom = _bottom(x, z, waves, np.maximum(out, 0.0))
    sea = water(view, world, waves, bottom, rough=0.03, mirror=0.75)
    floor = mix(sand, sea, smooth(-0.02, 0.12, out))
    lace = sample_at_scale(tile(31, 1.0, 12.0), x, z, texel * 2.2 + 0.008, 0.7)
    for place, wide, much in _BREAKERS:
        crest = (out - place + 0.25 * patch) / np.float32(wide)
        band = np.exp(-crest * crest) + 0.6 * np.exp(-np.abs(crest - 1.5) / 2.2)
        foam = smooth(0.0, 0.6, band * 1.25 - 0.7 + 0.3 * lace) * smooth(-0.6, 0.0, out)
        floor = mix(floor, paint("#f6fafb"), foam * np.float32(much))
    world[view.shore :] = haze(floor, z, paint("#b9d5e4"), 2500)
    over(world, _parasol(round(height * 0.19)), round(width * 0.71), round(height * 0.30))
    return Scene(world)


def _distance(view: View, rng: np.random.Generator, seed: int) -> Light:
    """Sky and the hills across the bay."""
    width, height = view.width, view.height
    sun = Sun(0.85, -0.1, ray(1.5, 1.35, 1.1), glow=0.3, strength=0.4)
    world = sky(view, paint("#2f7fcb"), paint("#d3e8f2"), sun)
    opacity, bright = clouds(view, seed, cover=0.36, softness=1.2, size=0.7, sun=sun)
    world = mix(world, tint(bright, paint("#b0c4d6"), paint("#ffffff")), opacity * 0.9)
    column, row = grid(width, height)
    coast = 0.05 + 0.02 * noise(rng, width, 1, width / 4, gain=0.5)
    rim = view.skyline - height * coast * smooth(0.9, 0.35, column / width)
    there = smooth(0, 1.5, row - rim) * smooth(1, -1, row - np.float32(view.skyline))
    tone = np.clip(0.5 + 0.25 * noise(rng, width, height, 30), 0, 1)
    return mix(world, tint(tone, paint("#7a9a9c"), paint("#97b4b0")), there)


def _sand(x: Light, z: Light, texel: Light, patch: Light, out: Light) -> Light:
    """Sand, dark where the last wave wetted it."""
    grain = sample_at_scale(tile(11, 0.6, 8.0), x, z, texel, 1.2)
    tone = np.clip(0.55 + 0.1 * grain + 0.13 * patch, 0, 1)
    sand = tint(tone, paint("#c9a877"), paint("#f1dcb4"))
    return mix(sand, sand * ray(0.5, 0.46, 0.42), smooth(-1.9, -0.7, out + 0.25 * patch))


def _bottom(x: Light, z: Light, waves: tuple[Light, Light], depth: Light) -> Light:
    """The sand under water: red light is swallowed first, waves focus the sun into lines."""
    clear = np.exp(shine(depth, ray(-0.42, -0.11, -0.075)))
    far = tint(np.exp(-depth / 26), paint("#0c4f8a"), paint("#16a7b0"))
    caustic = np.abs(sample(tile(21, 1.3, 16.0), x * 70 + waves[0] * 4, z * 70 + waves[1] * 4))
    lines = np.exp(-caustic * 6 - depth / 6) * smooth(0, 1.2, depth)
    return (far + clear * (paint("#f1dcb4") - far)) * each(1 + 0.5 * lines)


def _parasol(size: int) -> Light:
    """A striped beach umbrella with its shadow and a towel."""
    room = (round(size * 1.3), round(size * 1.25))
    shadow = Drawing(*room, unit=(size, size))
    shadow.blob((0.56, 1.08), (0.62, 0.10), "#4a3a2a")
    made = shadow.layer() * np.float32(0.6)
    pen = Drawing(*room, unit=(size, size))
    pen.area(((0.62, 1.04), (1.1, 1.0), (1.2, 1.07), (0.7, 1.12)), "#d9e4ea")
    for begin in np.linspace(0.04, 0.84, 5):
        stripe = [(begin, 0), (begin + 0.09, 0), (begin + 0.09, 1), (begin, 1)]
        pen.area(
            [(0.62 + 0.48 * t + 0.08 * s, 1.04 - 0.04 * t + 0.08 * s) for t, s in stripe],
            "#3f7fa6",
        )
    pen.line((0.58, 0.3), (0.5, 1.1), "#e9e2d4", size / 55)
    ribs = np.linspace(-np.pi / 2, np.pi / 2, 9)
    for number, (left, right) in enumerate(itertools.pairwise(ribs)):
        hem = [(0.6, 0.12)]
        for turn in np.linspace(left, right, 8):
            sag = 0.018 * np.sin(np.pi * (turn - left) / (right - left))
            down = 0.43 + 0.07 * np.cos(turn) - sag + 0.064 * turn
            hem.append((0.56 + 0.47 * np.sin(turn), down))
        pen.area(hem, "#d8453c" if number % 2 else "#f5efe2", max(1.05 - 0.08 * number, 0.55))
    pen.blob((0.6, 0.115), (0.012, 0.016), "#eae2d2")
    over(made, pen.layer())
    return made
