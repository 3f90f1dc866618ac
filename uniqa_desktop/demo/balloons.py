"""Hot-air balloons at sunrise."""

from __future__ import annotations

import numpy as np

from uniqa_desktop.demo.brush import each, grid, mix, noise, over, shine, smooth, tint
from uniqa_desktop.demo.cover import Hour, mist, pair, under
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, sky
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.scene import Scene
from uniqa_desktop.demo.solid import Sheet, lathe, paint_sheets, turned
from uniqa_desktop.demo.terrain import MAP, Land, gentle, look, ridged, surface, weathered

_PROFILE = [
    (0.004, 1.0),
    (0.16, 0.985),
    (0.33, 0.94),
    (0.5, 0.85),
    (0.63, 0.72),
    (0.72, 0.55),
    (0.755, 0.37),
    (0.74, 0.18),
    (0.68, 0.0),
    (0.58, -0.18),
    (0.46, -0.35),
    (0.34, -0.49),
    (0.235, -0.6),
    (0.15, -0.68),
    (0.13, -0.70),
]
_GORES = 24

_PATTERNS = (
    ("#d6402f", "#f2d05a", "#f4ead6"),
    ("#2f6fa8", "#f3efe4", "#e08a3a"),
    ("#3f8a6a", "#f0d878", "#d0503a"),
    ("#7a3f7f", "#e8b0b8", "#f4e6cf"),
    ("#e58a2e", "#c23a34", "#f6e3a8"),
)


def _balloon(size: int, style: int, turn: float, sun: Light, shade: Light) -> Light:
    """One balloon of `size` pixels height, lit from the right and behind."""
    y = np.interp(np.linspace(0, 1, 49), np.linspace(0, 1, len(_PROFILE)), [p[1] for p in _PROFILE])
    radius = np.interp(-y, [-p[1] for p in _PROFILE], [p[0] for p in _PROFILE])
    points = lathe(list(zip(radius, y, strict=True)), _GORES * 2)
    # Between its tapes the cloth bulges.
    bulge = 1 + 0.025 * np.abs(np.sin(np.linspace(0, 2 * np.pi * _GORES / 2, _GORES * 2 + 1)))
    points[..., [0, 2]] *= bulge[None, :, None]
    rows, columns = len(y) - 1, _GORES * 2
    row, column = np.mgrid[0:rows, 0:columns]
    first, second, third = (paint(colour) for colour in _PATTERNS[style % len(_PATTERNS)])
    gore = column // 2
    if style % 3 == 0:
        pick = gore % 3
    elif style % 3 == 1:
        pick = np.where((row > 14) & (row < 27), 1 + gore % 2, 0)
    else:
        pick = (gore + row // 6) % 3
    colours = np.stack([first, second, third])[pick] * each(0.90 + 0.10 * (column % 2))
    made = paint_sheets(
        [
            Sheet(
                turned(points, yaw=turn, pitch=6) * np.float32(0.96),
                colours.astype(np.float32),
                0.45,
            )
        ],
        size,
        (0.75, 0.25, 0.35),
        shade,
        sun,
    )
    cloth = noise(np.random.default_rng(style), size, size, 5, gain=0.9)
    made[..., :3] *= each(1 + 0.045 * cloth)
    over(made, _basket(size) * np.array([0.8, 0.75, 0.7, 1.0], np.float32))
    return made


def _basket(size: int) -> Light:
    """Ropes, wickerwork and three passengers."""
    # (0, 0) is the middle of the basket's rim, units are the balloon's height.
    pen = Drawing(size, size, unit=(size, size), origin=(size / 2, size * 0.945))
    wide, deep = 0.036, 0.045
    for x in (-0.055, -0.02, 0.02, 0.055):
        pen.line((x, -0.113), (x * 0.55, 0), "#5a4a40", size / 400)
    pen.area(((-wide, 0), (wide, 0), (wide * 0.85, deep), (-wide * 0.85, deep)), "#7a5230")
    for row in range(5):
        y = deep * (row + 0.5) / 5
        pen.line((-wide * 0.9, y), (wide * 0.9, y), "#4f3520", size / 500)
    pen.line((-wide * 1.08, 0), (wide * 1.08, 0), "#3a2718", size / 160)
    for x, coat in ((-0.5, "#35415a"), (0.1, "#a8433a"), (0.55, "#3a3a3a")):
        shoulders = ((-0.22, 0), (-0.16, -0.5), (0.16, -0.5), (0.22, 0))
        pen.area([((x + right) * wide, down * deep) for right, down in shoulders], coat)
    return pen.layer()


def balloons(width: int, height: int, seed: int) -> Scene:
    """Balloons over misty hills at sunrise; they rise and turn, and one fires its burner."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.70, focal=1.5, eye=420)
    side = 16000.0
    heights = ridged(rng, 110, 6) * 620 + 60 * gentle(rng, 50)
    land = Land(weathered(heights, side / MAP, 0.55, 4), side)
    seen = look(land, view, near=700)
    sun = Sun(0.83, 0.56, ray(2.2, 1.35, 0.62), glow=0.26, strength=0.85)
    air = tint(sun.nearness(view, 0.45)[seen.top : seen.bottom], paint("#a9a6bd"), paint("#ffd9a0"))
    hour = Hour(28, 9, ray(1.7, 1.05, 0.55), ray(0.13, 0.15, 0.2), air, 5200)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.6)
    world = sky(view, paint("#6f9ccc"), paint("#f7d3a6"), sun, fall=0.9)
    cover, bright = clouds(view, seed + 2, cover=0.32, softness=1.8, size=0.8, streak=2.6, sun=sun)
    world = mix(world, tint(bright, paint("#b3a3b4"), paint("#ffe2bd")), cover * 0.6)
    meadow = mix(
        pair(surf, "#1d2b17", "#5f7038", 0.25, 0.1),
        pair(surf, "#59602c", "#a89a54", 0.12, 0.2),
        smooth(0.1, 0.9, surf.patch),
    )
    low = np.exp(-np.maximum(seen.height - 60, 0.0) / 120) * smooth(900, 5200, seen.z)
    seen.lay(world, mix(under(meadow, seen, surf, hour), air, np.clip(low * 0.85, 0, 1)))
    mist(world, view, rng, 0.80, 0.05, paint("#f0d6bd"), 0.45)
    far = (
        (0.10, 0.22, 0.17, 1),
        (0.62, 0.13, 0.12, 2),
        (0.74, 0.46, 0.085, 3),
        (0.90, 0.27, 0.14, 4),
        (0.53, 0.50, 0.06, 0),
        (0.20, 0.60, 0.075, 4),
        (0.44, 0.63, 0.04, 1),
        (0.68, 0.64, 0.03, 2),
    )
    key, fill = ray(1.5, 1.05, 0.62), ray(0.28, 0.32, 0.42)
    for x, y, tall, style in far:
        shape = _balloon(max(round(height * tall * 1.3), 12), style, x * 90, key, fill)
        veil = np.float32(0.62 * np.exp(-tall / 0.085))
        shape[..., :3] = shape[..., :3] * (1 - veil) + shape[..., 3:] * paint("#efcfae") * veil
        over(
            world,
            shape,
            round(x * width - shape.shape[1] / 2),
            round(y * height - shape.shape[0] / 2),
        )

    def moving(light: Light, moment: float) -> None:
        size = round(height * 0.66)
        shape = _balloon(size, 0, 10 + 9 * moment, key, fill)
        flame = float(np.clip(np.sin(moment * 5 - 1.0), 0, 1))
        column, row = grid(size, size)
        inner = np.exp(
            -np.square((column / size - 0.5) / 0.14) - np.square((row / size - 0.62) / 0.2)
        )
        shape[..., :3] += shine(inner * shape[..., 3] * flame * 0.7, ray(1.3, 0.6, 0.2))
        x, y = width * (0.30 + 0.012 * moment), height * (0.44 - 0.045 * moment)
        over(light, shape, round(x - size / 2), round(y - size / 2))
        torch = np.exp(
            -np.square((column / size - 0.5) / 0.008) - np.square((row / size - 0.875) / 0.022)
        )
        left, top = round(x - size / 2), round(y - size / 2)
        over(
            light,
            np.dstack([shine(torch, ray(5, 2.6, 0.8)) * flame, 0 * torch]).astype(np.float32),
            left,
            top,
        )

    return Scene(world, moving)
