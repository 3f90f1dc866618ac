"""Scenes at the coast: a gull, a lighthouse."""

from __future__ import annotations

import itertools

import numpy as np

from uniqa_desktop.demo.brush import each, grid, mix, noise, over, resized, shine, smooth, tint
from uniqa_desktop.demo.cover import Hour, alpine, flood
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, ripples, sky, water
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.scene import Scene
from uniqa_desktop.demo.sea import blue_sea
from uniqa_desktop.demo.solid import Sheet, lathe, paint_sheets, turned
from uniqa_desktop.demo.terrain import MAP, Land, coordinates, look, ridged, surface


def gull(width: int, height: int, seed: int) -> Scene:
    """A gull glides past, beating its wings."""
    view = View(width, height, horizon=0.93, focal=1.8, eye=14)
    world = blue_sea(view, seed, cover=0.55, swell=4.0, rough=0.05)

    def moving(light: Light, moment: float) -> None:
        beat = float(np.sin(moment * 2 * np.pi * 1.35 + 0.4))
        bird = _gull(round(width * 0.6), beat)
        x = width * (0.17 + 0.10 * moment)
        y = height * (-0.02 - 0.02 * beat)
        over(light, bird, round(x), round(y))

    return Scene(world, moving)


_ALONG, _ACROSS = 130, 20
"""Patches of a wing along the span and across it."""


_BODY = (
    (-0.50, -0.47, -0.43, -0.38, -0.33, -0.29, -0.22, -0.12, 0.0, 0.14, 0.27, 0.38, 0.44),
    (0.002, 0.016, 0.045, 0.062, 0.066, 0.066, 0.085, 0.11, 0.115, 0.1, 0.07, 0.035, 0.01),
)
"""A gull from head to tail: place along the body and radius there."""


def _wing(beat: float, side: int) -> Sheet:
    """One wing, `beat` from -1 (down) to 1 (up); `side` 1 is the one next to the viewer."""
    t = np.linspace(0, 1, _ALONG + 1)
    # The arm lifts from the shoulder, the hand follows late and bends the other way.
    angle = np.radians(12 + 34 * beat + (8 - 38 * beat) * 0.8 * smooth(0.3, 0.9, t))
    out = np.concatenate([[0], np.cumsum(np.cos(angle[:-1]))]) / _ALONG
    up = np.concatenate([[0], np.cumsum(np.sin(angle[:-1]))]) / _ALONG
    lead = 0.12 + 0.16 * np.sin(np.pi * np.minimum(t * 1.25, 1)) - 0.42 * t**2.2
    feather = t * 26 % 1  # where within its feather a point lies
    chord = 0.30 * (1 - 0.25 * t) * np.sqrt(np.clip(1.02 - t**3.2, 0.02, 1))
    chord = chord * (1 - 0.10 * feather * smooth(0.1, 0.4, t))
    c = np.linspace(0, 1, _ACROSS + 1)[:, None]
    x = lead - chord * c
    y = up * 0.86 + 0.035 * np.sin(np.pi * c) - 0.02 * c + 0.05
    z = np.broadcast_to((0.05 + out * 0.86) * side, x.shape)
    points = np.stack([x, y, z], axis=-1).astype(np.float32)
    t, c, feather = t[None, :-1], c[:-1], feather[None, :-1]
    mantle = smooth(0.85, 0.5, c + 0 * t)
    colours = tint(mantle, paint("#d4d9e0"), paint("#9aa3b2"))
    colours = mix(colours, paint("#232428"), smooth(0.72, 0.8, t + 0.12 * c - 0.04))
    spot = (np.abs(t - 0.93) < 0.02) & (c > 0.35)
    colours = mix(colours, paint("#e8ebef"), spot.astype(np.float32))
    # Each feather is a little darker where the next one lies over it.
    edge = 1 - 0.16 * smooth(0.75, 1.0, feather) * smooth(0.35, 0.5, c)
    covert = 1 - 0.10 * smooth(0.85, 1.0, c * 5 % 1) * smooth(0.62, 0.55, c)
    return Sheet(points, colours * each(edge * covert), 0.35)


def _gull(size: int, beat: float) -> Light:
    """A gull in flight to the right, a little towards the viewer."""
    y = np.linspace(0.50, -0.44, 48)
    body = lathe(list(zip(np.interp(-y, *_BODY), y, strict=True)), 40)[..., [1, 0, 2]]
    body = body * (1, 0.92, 1)
    white = np.broadcast_to(paint("#e9ebee"), (47, 40, 3))
    tail_t, tail_c = np.meshgrid(np.linspace(-1, 1, 13), np.linspace(0, 1, 4))
    tail = np.stack(
        [
            -0.3 - 0.3 * tail_c * (1 - 0.12 * tail_t**2),
            0.01 - 0.02 * tail_c,
            tail_t * (0.03 + 0.13 * tail_c),
        ],
        axis=-1,
    )
    beak_profile = [(0.024, 0.0), (0.022, 0.05), (0.014, 0.095), (0.002, 0.115)]
    beak = lathe(beak_profile, 12)[..., [1, 0, 2]] * (1, 0.8, 1) + (0.475, -0.008, 0)
    eye = lathe([(0.001, 0.012), (0.011, 0.006), (0.012, 0), (0.001, -0.01)], 10)
    eye = eye[..., [0, 2, 1]] + (0.415, 0.022, 0.052)
    sheets = [
        Sheet(body.astype(np.float32), white),
        Sheet(tail.astype(np.float32), np.broadcast_to(paint("#e3e6ea"), (3, 12, 3)), 0.4),
        Sheet(beak.astype(np.float32), np.broadcast_to(paint("#e3a32c"), (3, 12, 3))),
        Sheet(eye.astype(np.float32), np.broadcast_to(paint("#15120f"), (3, 10, 3))),
        _wing(beat, 1),
        _wing(beat, -1),
    ]
    shown = [
        Sheet(
            turned(sheet.points, yaw=-24, pitch=16, roll=6) * np.float32(0.95),
            sheet.colours,
            sheet.through,
        )
        for sheet in sheets
    ]
    shade, sun = ray(0.3, 0.36, 0.44), ray(0.95, 0.9, 0.8)
    made = paint_sheets(shown, size, (-0.5, 0.8, 0.45), shade, sun)
    barbs = noise(np.random.default_rng(3), size, size, 6, stretch=0.5, gain=0.9)
    made[..., :3] *= each(1 + 0.07 * barbs)
    return made


def lighthouse(width: int, height: int, seed: int) -> Scene:
    """A lighthouse on its cliff at blue hour, the lamp lit."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.7, focal=1.35, eye=9)
    side = 1200.0
    x, z = coordinates(side)
    coast = smooth(-60, 190, x + 12 + 40 * np.sin(z / 90) - (z - 330) * 0.25)
    coast *= smooth(150, 260, z)
    heights = coast * (58 * smooth(1200, 300, z) + 34 * (ridged(rng, 60, 5) - 0.45)) - 8
    cliff = smooth(2, 9, heights)
    land = Land((heights + 9 * cliff).astype(np.float32), side)
    seen = look(land, view, near=60, waterline=view.shore + height // 5)
    hour = Hour(-100, 14, ray(0.55, 0.36, 0.26), ray(0.13, 0.18, 0.31), paint("#7f8cb2"), 5200)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.6)
    world = sky(view, paint("#1c3360"), paint("#d9a888"), fall=1.5)
    cover, bright = clouds(view, seed + 3, cover=0.42, softness=1.6, size=0.9, streak=2.5)
    world = mix(world, tint(bright, paint("#46557f"), paint("#b98f94")), cover * 0.6)
    seen.lay(world, alpine(seen, surf, hour, tree_line=-900, snow_line=9000))
    px, pz = 72.0, 300.0
    ground = heights[int(pz / side * MAP), int((px / side + 0.5) * MAP)] + 9
    tall = view.reach * 34 / pz
    foot = view.skyline - view.reach * (ground - 2 - view.eye) / pz
    tower = _tower(round(tall))
    column = view.width / 2 + view.reach * px / pz
    over(world, tower, round(column - tower.shape[1] / 2), round(foot - tower.shape[0]))
    waves = ripples(view, seed + 1, size=3.5)
    made = water(view, world, waves, paint("#1c3550") * 0.7, rough=0.04)
    flood(view, world, seen, made)
    lamp_y = foot - tall * 0.905
    glow = Sun(column / width, lamp_y / height, ray(2.6, 2.0, 1.1)).nearness(view, 0.014)
    beam = _beam(view, column, lamp_y)
    world += shine(glow + 0.15 * beam, ray(2.2, 1.7, 0.95))
    return Scene(world)


def _beam(view: View, x: float, y: float) -> Light:
    """The turning light of a lamp, caught by the evening's damp air."""
    column, row = grid(view.width, view.height)
    dx, dy = column - x, row - y
    away = np.hypot(dx, dy) / view.width + 1e-4
    made = np.zeros((view.height, view.width), np.float32)
    for angle in (np.radians(187), np.radians(-8)):
        off = np.arctan2(dy, dx) - angle
        off = np.arctan2(np.sin(off), np.cos(off))
        made += np.exp(-np.square(off / 0.035)) * np.exp(-away * 3.2)
    return made


def _tower(height: int) -> Light:
    """A white lighthouse with red bands; the foot at the bottom centre."""
    scale = 2  # drawn larger and reduced, for fine railings
    tall, wide = height * scale, round(height * 0.36) * scale
    room = {"unit": (tall, tall), "origin": (wide / 2, 0.0)}

    def half(y: float) -> float:
        return 0.052 + 0.05 * (y - 0.16) ** 1.3

    shaft = Drawing(wide, tall, **room)
    bands = (0.16, 0.33, 0.47, 0.64, 0.79, 1.0)
    for number, (top, bottom) in enumerate(itertools.pairwise(bands)):
        upper, lower = half(top), half(bottom)
        corners = [(-upper, top), (upper, top), (lower, bottom), (-lower, bottom)]
        shaft.area(corners, "#b23a30" if number % 2 else "#e8e4dc")
    for y in (0.4, 0.6, 0.82):
        shaft.box(-0.006, y, 0.012, y + 0.035, "#3a3f49")
    made = shaft.layer()
    column, _ = grid(wide, tall)
    round_ = 0.34 + 0.5 * np.clip(1 - np.abs((column - wide / 2) / tall + 0.045) / 0.13, 0, 1)
    made[..., :3] *= shine(np.repeat(round_, tall, axis=0), ray(1.1, 0.95, 0.95))
    top = Drawing(wide, tall, **room)
    top.area([(-0.075, 0.165), (0.075, 0.165), (0.06, 0.15), (-0.06, 0.15)], "#3a3a42")
    for x in np.linspace(-0.07, 0.07, 11):
        top.line((x, 0.165), (x, 0.125), "#2c2c34", tall / 400)
    top.line((-0.072, 0.125), (0.072, 0.125), "#2c2c34", tall / 350)
    top.box(-0.04, 0.065, 0.04, 0.15, "#fff0c4")
    for x in (-0.04, -0.013, 0.013, 0.04):
        top.line((x, 0.15), (x, 0.065), "#3a2f2c", tall / 300)
    top.area([(-0.052, 0.066), (0.052, 0.066), (0.0, 0.012)], "#5e2622")
    over(made, top.layer())
    return np.clip(resized(made, wide // scale, height), 0, None)
