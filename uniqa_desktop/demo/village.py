"""White houses and blue domes on a slope above the sea."""

from __future__ import annotations

import numpy as np

from uniqa_desktop.demo.brush import grid, mix, noise, over, shine, smooth, tint
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, haze, ripples, sky, water
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.scene import Scene


def white_houses(width: int, height: int, seed: int) -> Scene:
    """White houses and blue domes on a slope above the sea."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.34, focal=1.3, eye=150)
    sun = Sun(0.1, -0.2, ray(1.5, 1.35, 1.1), glow=0.3, strength=0.35)
    world = sky(view, paint("#2f78c4"), paint("#cfe2ee"), sun)
    cover, bright = clouds(view, seed + 5, cover=0.25, softness=1.6, size=1.2, streak=2.0)
    world = mix(world, tint(bright, paint("#b9c9d8"), paint("#ffffff")), cover * 0.7)
    waves = ripples(view, seed, size=14.0)
    _, z = view.floor()
    sea = water(view, world, waves, paint("#0d4a86") * 0.9, rough=0.02, mirror=0.7)
    world[view.shore :] = haze(sea, z, paint("#b4cfe2"), 9000)
    column, row = grid(width, height)
    peaks = 0.035 + 0.016 * noise(rng, width, 1, width / 6)
    isle = view.skyline - height * peaks * np.exp(-np.square((column / width - 0.3) / 0.22))
    rim = smooth(0, 1.5, row - isle) * smooth(1, -1, row - np.float32(view.skyline))
    world = mix(world, paint("#8fa6bc"), rim)
    plaster = noise(rng, width, height, width / 60, gain=0.75)
    plaster += 0.7 * noise(rng, width, height, width / 200, gain=0.8)
    houses = []
    for _ in range(125):
        x, depth = rng.uniform(-0.1, 1.1), rng.random()
        roof = 0.47 + 0.13 * np.cos((x - 0.9) * 2.6) + 0.42 * depth + rng.uniform(-0.02, 0.02)
        houses.append((depth, x, roof, rng.uniform(0.05, 0.12) * (0.55 + 0.85 * depth)))
    houses += [(1.0 + 0.1 * k, x, 1.02, 0.17) for k, x in enumerate((0.04, 0.5, 0.28, 0.72, 0.97))]
    for depth, x, y, size in sorted(houses):
        _house(world, rng, x * width, y * height, size * width, depth, plaster)
    return Scene(world)


def _house(
    world: Light,
    rng: np.random.Generator,
    x: float,
    y: float,
    size: float,
    depth: float,
    plaster: Light,
) -> None:
    """One house with its door level at (`x`, `y`), in place; `depth` is 0 far and 1 near."""
    height, width = world.shape[:2]
    tall, side = rng.uniform(0.5, 0.85), rng.uniform(0.2, 0.45)  # in widths of its front
    left, top = int(x - size), int(y - size * (tall * 1.4 + 0.6))
    w, h = int(size * (1.6 + side)) + 4, int(size * (tall * 2.2 + 0.8)) + 4
    corner = (x - size / 2 - left, y - tall * size - top)
    pen = Drawing(w, h, unit=(size, size), origin=corner)  # (0, 0): upper left of the front
    _walls(pen, rng, tall, side)
    blue = str(rng.choice(["#2a62a8", "#2f70b8", "#27588f"]))
    roof = rng.random()
    if roof < 0.24:
        _dome(pen, blue, size / 60)
    elif roof < 0.4:
        pen.blob((0.5, 0), (0.5, 0.22), "#f8f4ec")
    _openings(pen, rng, tall, blue)
    if rng.random() < 0.22:
        _bougainvillea(pen, rng, tall, int(60 + 400 * depth))
    made = pen.layer()
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + w, width), min(top + h, height)
    if x0 >= x1 or y0 >= y1:
        return
    part = made[y0 - top : y1 - top, x0 - left : x1 - left]
    down = (np.arange(y0, y1, dtype=np.float32)[:, None] - y) / np.float32(tall * size) + 1
    shade = (1.0 - 0.22 * np.clip(down, 0, 1.5)) * (1 + 0.035 * plaster[y0:y1, x0:x1])
    air = np.float32(0.16 * max(1 - depth, 0))
    part[..., :3] *= shine(shade * ((1 - air) * 0.62), ray(1.06, 1.0, 0.93))
    part[..., :3] += shine(part[..., 3], paint("#bcd2e4") * air)
    over(world, part, x0, y0)


def _walls(pen: Drawing, rng: np.random.Generator, tall: float, side: float) -> None:
    """A cube: lit front, shaded side, flat roof."""
    tones = ("#fbf7ef", "#f6f1e6", "#f9efe0", "#f3e3c8", "#eed3c4")
    tone = tones[int(rng.integers(len(tones)))] if rng.random() < 0.4 else tones[0]
    back = -side * 0.16
    pen.box(0, 0, 1, tall * 2, tone)
    pen.area(((1, 0), (1 + side, back), (1 + side, tall * 2), (1, tall * 2)), "#9fb0c6")
    pen.area(((0, 0), (1, 0), (1 + side, back), (side, back)), "#e9e4da")


def _dome(pen: Drawing, blue: str, thick: float) -> None:
    """A blue dome on a drum, under a cross."""
    radius, base = 0.36, -0.108
    pen.box(0.5 - radius * 1.02, base - 0.007, 0.5 + radius * 1.02, 0.01, "#f4f0e8")
    for begin in np.linspace(-1, 0.95, 40):  # in slices, brighter to the left
        end = begin + 0.05
        arc = [(t, -float(np.sqrt(max(1 - t * t, 0)))) for t in (begin, end)]
        piece = [(0.5 + radius * t, base + radius * up) for t, up in (*arc, (end, 0), (begin, 0))]
        glow = 0.62 + 0.75 * np.exp(-(((begin + 0.42) / 0.45) ** 2)) - 0.15 * begin
        pen.area(piece, blue, float(glow))
    pen.line((0.5, base - radius), (0.5, base - 0.47), "#f4f0e8", thick)
    pen.line((0.464, base - 0.43), (0.536, base - 0.43), "#f4f0e8", thick)


def _openings(pen: Drawing, rng: np.random.Generator, tall: float, blue: str) -> None:
    """Windows and doors with a little shadow under the lintel."""
    rooms = int(rng.integers(1, 4))
    wide, high = min(0.36 / rooms, 0.16), tall * 0.3
    for room in range(rooms):
        x, y = (room + 0.28) / rooms, tall * rng.uniform(0.22, 0.3)
        rim = wide * 0.1
        pen.box(x - rim, y - rim, x + wide + rim, y + high + rim, "#dcd6ca")
        pen.box(x, y, x + wide, y + high, blue if rng.random() < 0.6 else "#33404e")
        pen.box(x + wide * 0.46, y, x + wide * 0.54, y + high, "#e8e2d6", 0.9)
        pen.area(((x, y), (x + wide, y), (x + wide, y + rim * 2), (x, y + rim * 2.5)), "#233246")


def _bougainvillea(pen: Drawing, rng: np.random.Generator, tall: float, leaves: int) -> None:
    """A climbing shrub in flower: a few overlapping tufts."""
    tufts = rng.uniform((0.08, 0.35), (0.30, 0.95), (4, 2)) * (1, tall)
    for _ in range(leaves):
        x, y = tufts[int(rng.integers(4))] + rng.normal(0, (0.055, 0.075))
        colour = "#c8326e" if rng.random() < 0.7 else "#3f6a30"
        pen.blob((x, y), (0.012, 0.009), colour, rng.uniform(0.6, 1.25))
