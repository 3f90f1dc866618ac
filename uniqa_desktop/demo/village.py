"""White houses and blue domes on a slope above the sea."""

from __future__ import annotations

import numpy as np

from uniqa_desktop.demo.brush import grid, mix, noise, over, shine, smooth, tint
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, haze, ripples, sky, water
from uniqa_desktop.demo.pen import blob, canvas, ink, layer, polygon, rectangle, stroke
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
    isle = view.skyline - height * (0.035 + 0.016 * noise(rng, width, 1, width / 6)) * np.exp(
        -(((column / width - 0.3) / 0.22) ** 2)
    )
    rim = smooth(0, 1.5, row - isle) * smooth(1, -1, row - np.float32(view.skyline))
    world = mix(world, paint("#8fa6bc"), rim)
    plaster = noise(rng, width, height, width / 60, gain=0.75)
    brushed = noise(rng, width, height, width / 200, gain=0.8)
    boxes = []
    for _ in range(125):
        x, depth = rng.uniform(-0.1, 1.1), rng.random()
        slope = 0.47 + 0.13 * np.cos((x - 0.9) * 2.6) + 0.42 * depth
        boxes.append(
            (
                depth,
                x,
                slope + rng.uniform(-0.02, 0.02),
                rng.uniform(0.05, 0.12) * (0.55 + 0.85 * depth),
            )
        )
    boxes += [(1.0 + 0.1 * k, x, 1.02, 0.17) for k, x in enumerate((0.04, 0.5, 0.28, 0.72, 0.97))]
    for depth, x, y, size in sorted(boxes):
        _white_house(world, rng, x * width, y * height, size * width, depth, plaster, brushed)
    return Scene(world)


def _white_house(
    world: Light,
    rng: np.random.Generator,
    x: float,
    y: float,
    size: float,
    depth: float,
    plaster: Light,
    brushed: Light,
) -> None:
    """One house: lit front, shaded side, door and windows, sometimes a dome, in place."""
    height, width = world.shape[:2]
    tall = size * rng.uniform(0.5, 0.85)
    side = size * rng.uniform(0.2, 0.45)
    left, top = int(x - size), int(y - tall * 1.4 - size * 0.6)
    w, h = int(size * 1.6 + side) + 4, int(tall * 2.2 + size * 0.8) + 4
    sheet = canvas(w, h)
    fx, fy = x - size / 2 - left, y - tall - top
    tones = ("#fbf7ef", "#f6f1e6", "#f9efe0", "#f3e3c8", "#eed3c4")
    tone = tones[int(rng.integers(len(tones)))] if rng.random() < 0.4 else tones[0]
    polygon(
        sheet,
        [(fx, fy), (fx + size, fy), (fx + size, fy + tall * 2), (fx, fy + tall * 2)],
        ink(tone),
    )
    polygon(
        sheet,
        [
            (fx + size, fy),
            (fx + size + side, fy - side * 0.16),
            (fx + size + side, fy + tall * 2),
            (fx + size, fy + tall * 2),
        ],
        ink("#9fb0c6"),
    )
    polygon(
        sheet,
        [
            (fx, fy),
            (fx + size, fy),
            (fx + size + side, fy - side * 0.16),
            (fx + side, fy - side * 0.16),
        ],
        ink("#e9e4da"),
    )
    kind = rng.random()
    blue = str(rng.choice(["#2a62a8", "#2f70b8", "#27588f"]))
    if kind < 0.24:
        radius = size * 0.36
        cx, cy = fx + size * 0.5, fy
        rectangle(
            sheet, cx - radius * 1.02, cy - radius * 0.32, cx + radius * 1.02, cy + 2, "#f4f0e8"
        )
        for k in range(40):  # the dome as slices, brighter to the left
            t0, t1 = -1 + 2 * k / 40, -1 + 2 * (k + 1) / 40
            arc = [
                (cx + radius * t, cy - radius * 0.3 - radius * np.sqrt(max(1 - t * t, 0)))
                for t in (t0, t1)
            ]
            glow = 0.62 + 0.75 * np.exp(-(((t0 + 0.42) / 0.45) ** 2)) - 0.15 * t0
            polygon(
                sheet,
                [
                    *arc,
                    (cx + radius * t1, cy - radius * 0.3),
                    (cx + radius * t0, cy - radius * 0.3),
                ],
                ink(blue, glow),
            )
        stroke(
            sheet, cx, cy - radius * 1.3, cx, cy - radius * 1.62, ink("#f4f0e8"), max(size / 60, 1)
        )
        stroke(
            sheet,
            cx - radius * 0.1,
            cy - radius * 1.5,
            cx + radius * 0.1,
            cy - radius * 1.5,
            ink("#f4f0e8"),
            max(size / 60, 1),
        )
    elif kind < 0.4:
        for k in range(14):
            t = np.pi * k / 13
            blob(
                sheet,
                fx + size * (0.5 - 0.47 * np.cos(t)),
                fy - size * 0.18 * np.sin(t),
                size * 0.06,
                size * 0.06,
                0,
                ink("#f6f1e8", 1 - 0.02 * k),
            )
        polygon(
            sheet,
            [
                (fx + size * (0.5 - 0.5 * np.cos(t)), fy - size * 0.22 * np.sin(t))
                for t in np.linspace(0, np.pi, 24)
            ],
            ink("#f8f4ec"),
        )
    rooms = int(rng.integers(1, 4))
    for k in range(rooms):
        wx, ww = fx + size * (k + 0.28) / rooms, size * 0.36 / rooms
        ww = min(ww, size * 0.16)
        wy, wh = fy + tall * rng.uniform(0.22, 0.3), tall * 0.3
        rectangle(sheet, wx - ww * 0.1, wy - ww * 0.1, wx + ww * 1.1, wy + wh + ww * 0.1, "#dcd6ca")
        rectangle(sheet, wx, wy, wx + ww, wy + wh, blue if rng.random() < 0.6 else "#33404e")
        rectangle(sheet, wx + ww * 0.46, wy, wx + ww * 0.54, wy + wh, "#e8e2d6", 0.9)
        polygon(
            sheet,
            [(wx, wy), (wx + ww, wy), (wx + ww, wy + ww * 0.2), (wx, wy + ww * 0.25)],
            ink("#233246"),
        )
    if rng.random() < 0.22:
        for _ in range(int(60 + 400 * depth)):
            a, r = rng.uniform(0, 6.28), np.sqrt(rng.random())
            px, py = (
                fx + size * (0.15 + 0.2 * r * np.cos(a)),
                fy + tall * (0.55 + 0.4 * r * np.sin(a)),
            )
            pink = rng.random() < 0.7
            blob(
                sheet,
                px,
                py,
                size * 0.012,
                size * 0.009,
                0,
                ink("#c8326e" if pink else "#3f6a30", rng.uniform(0.6, 1.25)),
            )
    made = layer(sheet)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + w, width), min(top + h, height)
    if x0 >= x1 or y0 >= y1:
        return
    part = made[y0 - top : y1 - top, x0 - left : x1 - left]
    rows = (np.arange(y0, y1, dtype=np.float32)[:, None] - (y - tall)) / tall
    shade = (1.0 - 0.22 * np.clip(rows, 0, 1.5)) * (
        1 + 0.035 * plaster[y0:y1, x0:x1] + 0.025 * brushed[y0:y1, x0:x1]
    )
    air = np.float32(0.16 * max(1 - depth, 0))
    part[..., :3] *= shine(shade * ((1 - air) * 0.62), ray(1.06, 1.0, 0.93))
    part[..., :3] += shine(part[..., 3], paint("#bcd2e4") * air)
    over(world, part, x0, y0)
