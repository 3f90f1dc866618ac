"""Scenes after dark: Milky Way, skyline, light trails, fireworks."""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from uniqa_desktop.demo.brush import (
    each,
    grid,
    lay,
    mix,
    noise,
    over,
    resized,
    shine,
    smooth,
    soften,
    tint,
)
from uniqa_desktop.demo.cover import Hour, flood, under
from uniqa_desktop.demo.light import Light, paint, ray
from uniqa_desktop.demo.outdoors import View, ripples, sky, water
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.plants import spruces
from uniqa_desktop.demo.scene import Scene
from uniqa_desktop.demo.terrain import (
    MAP,
    Land,
    coordinates,
    gentle,
    look,
    ridged,
    surface,
    weathered,
)


def _stars(rng: np.random.Generator, width: int, height: int, bottom: float) -> Light:
    """Stars of all magnitudes above row `bottom`, denser along the Milky Way, and its glow."""
    column, row = grid(width, height)
    u, v = column / width - 0.56, row / height - 0.35
    along = (u * 0.55 + v * 0.84) * height / width
    across = u * 0.84 - v * 0.55 * height / width + 0.12 * (along**2)
    cloud = noise(rng, width, height, width / 5, gain=0.55)
    band = np.exp(-np.square((across + 0.015 * cloud) / 0.085))
    core = band * np.exp(-np.square((along - 0.12) / 0.35))
    dust = smooth(
        0.15,
        1.3,
        noise(rng, width, height, width / 7, gain=0.6) + 1.2 * np.exp(-np.square(across / 0.03)),
    )
    glow = band * 0.35 + core * 0.8
    made = each(glow * (1 - 0.8 * dust * band)) * tint(
        np.clip(0.5 + 0.4 * cloud, 0, 1), ray(0.075, 0.085, 0.15), ray(0.2, 0.15, 0.13)
    )
    sky_noise = rng.random((height, width), np.float32)
    fine = np.where(sky_noise > 0.9935 - 0.011 * glow, sky_noise, 0)
    faint = (rng.random((height, width), np.float32) ** 6) * (fine > 0) * np.float32(0.9)
    made += shine(faint, ray(0.9, 0.95, 1.1))
    count = 260
    for x, y, bright, warm in zip(
        rng.random(count) * (width - 1),
        rng.random(count) * bottom,
        rng.random(count) ** 7,
        rng.random(count),
        strict=True,
    ):
        made[int(y), int(x)] += (2.0 + 45 * bright) * ray(
            0.85 + 0.3 * warm, 0.92, 1.15 - 0.35 * warm
        )
    sharp = soften(made, max(width / 2400, 0.35))
    made = sharp + 0.12 * soften(np.maximum(made - 3, 0), width / 500)
    return made * each(smooth(bottom, bottom * 0.75, row))


def milky_way(width: int, height: int, seed: int) -> Scene:
    """The Milky Way over a mountain lake; somebody's tent is lit."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.8, focal=0.62, eye=4)
    side = 6000.0
    x, z = coordinates(side)
    bank = np.abs(x + 160 * np.sin(z / 900)) - 300 + 0.03 * z
    rise = smooth(0, 1900, bank) + 0.8 * smooth(1900, 4600, z)
    heights = weathered(ridged(rng, 210) * 1500 * rise, side / MAP, 0.95) - 8 * smooth(
        60, -60, bank
    )
    land = Land((heights + gentle(rng, 60) * 12 * smooth(0, 300, bank)).astype(np.float32), side)
    seen = look(land, view, near=20, waterline=view.shore + height // 12)
    hour = Hour(
        130, 30, ray(0.032, 0.036, 0.05), ray(0.012, 0.016, 0.028), ray(0.028, 0.034, 0.058), 9000
    )
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.5)
    world = sky(view, ray(0.006, 0.010, 0.026), ray(0.075, 0.07, 0.085), fall=1.6)
    world += _stars(rng, width, height, view.skyline)
    rock = tint(np.clip(0.5 + 0.2 * surf.grain, 0, 1), paint("#5a5a5e"), paint("#b0b0b0"))
    seen.lay(world, under(rock, seen, surf, hour))
    waves = ripples(view, seed + 2, size=1.1)
    flood(view, world, seen, water(view, world, waves, ray(0.004, 0.007, 0.012), rough=0.008))
    _camp(world, rng, width, height)
    return Scene(world)


def _camp(world: Light, rng: np.random.Generator, width: int, height: int) -> None:
    """A meadow in front with a lit tent between spruces, in place."""
    column, row = grid(width, height)
    x, y, size = width * 0.27, height * 0.935, height * 0.075
    blades = noise(rng, width, height, 8, stretch=0.3)
    swell = 0.915 + 0.025 * np.sin(column / width * 5 + 0.4)
    rim = height * (swell + 0.006 * noise(rng, width, 1, width / 20))
    ground = smooth(-1, 2, row - rim + height * 0.006 * blades)
    away = np.hypot((column - x) / 2.2, (row - y) * 1.6) / size
    warm = shine(0.5 * np.exp(-away * 0.9), ray(0.5, 0.27, 0.08), ray(0.012, 0.016, 0.014))
    lay(world, warm * each(0.4 + 0.25 * np.clip(blades, -1.2, 2)), ground)
    tent = _tent(rng, width, height, (x, y), size)
    over(world, tent)
    wood = ((0.02, 0.5), (0.085, 0.36), (0.94, 0.62), (0.865, 0.4), (1.0, 0.5))
    for (place, tall), spruce in zip(wood, itertools.cycle(spruces())):
        tree = resized(spruce, round(height * tall * 0.4), round(height * tall))
        tree = np.clip(tree, 0, None)
        glow = np.float32(0.5 * np.exp(-abs(place - 0.27) * 9))
        tree[..., :3] *= np.float32(0.022)
        tree[..., :3] += shine(tree[..., 3], ray(0.06, 0.03, 0.008) * glow)
        left = round(width * place - tree.shape[1] / 2)
        over(world, tree, left, round(height * (0.945 - tall)))


def _tent(
    rng: np.random.Generator, width: int, height: int, foot: tuple[float, float], size: float
) -> Light:
    """A small tent with a lamp inside."""
    front, top, ridge = (0.35, 0.05), (-0.1, -1.0), (0.75, -0.92)
    left, back = (-1.15, 0.0), (1.5, -0.14)
    cloth = Drawing(width, height, unit=(size, size), origin=foot)
    cloth.area((left, top, front), "#ffb54e")
    cloth.area((top, ridge, back, front), "#e07f2a")
    made = cloth.layer()
    column, row = grid(width, height)
    away = np.hypot(column - foot[0], row - foot[1] + size * 0.35) / (size * 0.8)
    folds = 1 + 0.12 * noise(rng, width, height, size * 0.7, stretch=0.4)
    made[..., :3] *= each(folds * (0.35 + 1.3 * np.exp(-away * away)))
    seams = Drawing(width, height, unit=(size, size), origin=foot)
    for start, end in ((top, left), (top, front), (ridge, back)):
        seams.line(start, end, "#7a3d14", size / 50)
    over(made, seams.layer() * np.float32(0.7))
    return made


def _windows(rng: np.random.Generator, block: Light, cell: tuple[int, int], share: float) -> None:
    """Lights the windows of one building, in place."""
    rows, columns = block.shape[:2]
    wide, tall = cell
    across, down = columns // wide, rows // tall
    if across < 1 or down < 1:
        return
    lit = rng.random((down, across)) < share * rng.uniform(0.5, 1.4)
    if rng.random() < 0.3:
        lit |= rng.random((down, 1)) < 0.12  # whole floors at work
    tone = rng.random((down, across, 1)).astype(np.float32)
    light = tint(tone[..., 0], ray(1.25, 0.72, 0.30), ray(1.1, 1.0, 0.85)) * rng.uniform(
        0.35, 1.3, (down, across, 1)
    )
    light = np.where(lit[..., None], light, ray(0.02, 0.024, 0.035)).astype(np.float32)
    big = light.repeat(tall, axis=0).repeat(wide, axis=1)
    gap_x, gap_y = max(wide // 4, 1), max(tall // 3, 1)
    mask = (np.arange(big.shape[1]) % wide >= gap_x)[None, :] & (
        np.arange(big.shape[0]) % tall >= gap_y
    )[:, None]
    area = block[: big.shape[0], : big.shape[1]]
    np.copyto(area, big, where=mask[..., None])


def _city(world: Light, view: View, rng: np.random.Generator, base: float) -> None:
    """Three rows of houses up to the horizon row `base`, in place."""
    width, height = view.width, view.height
    for depth, (lowest, highest, shade) in enumerate(
        ((0.14, 0.47, 0.5), (0.1, 0.36, 0.25), (0.05, 0.18, 0.1))
    ):
        x = -int(rng.integers(0, max(width // 30, 1)))
        while x < width:
            wide = int(width * rng.uniform(0.022, 0.06))
            middle = 0.35 + 0.65 * np.exp(-(((x + wide / 2) / width - 0.55) ** 2) / 0.07)
            tall = int(height * rng.uniform(lowest, highest) * middle)
            left, right = max(x, 0), min(x + wide, width)
            top, bottom = max(int(base) - tall, 0), int(base)
            if right > left and bottom > top:
                block = world[top:bottom, left:right]
                fade = np.linspace(0, 1, bottom - top, dtype=np.float32)[:, None, None]
                wall = (
                    ray(0.030, 0.036, 0.06) * (0.4 + shade) + ray(0.075, 0.05, 0.04) * fade * shade
                )
                block[:] = wall + block * np.float32(shade * 0.45)
                cell = max(round(width / (230 + 40 * depth)), 2)
                _windows(rng, block[cell:], (cell, round(cell * rng.choice([1.2, 1.6, 2.0]))), 0.33)
                if depth == 0 and tall > height * 0.24:
                    mast = x + wide // 2
                    if 0 < mast < width - 2:
                        world[top - int(tall * 0.14) : top, mast : mast + max(width // 1200, 1)] = (
                            ray(0.06, 0.06, 0.08)
                        )
                        world[top - int(tall * 0.14), mast] = ray(9, 0.7, 0.4)
            x += wide + int(width * rng.uniform(-0.006, 0.008))


def skyline(width: int, height: int, seed: int) -> Scene:
    """A city's lights across the water at the blue hour."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.6, focal=1.3, eye=6)
    world = sky(view, ray(0.012, 0.026, 0.085), ray(0.32, 0.19, 0.17), fall=1.5)
    _city(world, view, rng, view.skyline + 2)
    quay = slice(view.shore - max(height // 200, 1), view.shore + 1)
    world[quay] = ray(0.03, 0.026, 0.03)
    for x in np.linspace(0.02, 0.98, 33):
        at = int((x + rng.uniform(-0.006, 0.006)) * (width - 1))
        world[view.shore - max(height // 110, 2), at] = ray(30, 17, 6) * (1800 / width) ** -1
    world += 0.25 * soften(np.maximum(world - 0.5, 0), width / 140)
    waves = ripples(view, seed + 1, size=3.0)
    made = water(view, world, waves, ray(0.006, 0.014, 0.03), rough=0.05)
    world[view.shore :] = made
    world += 0.10 * soften(np.maximum(world - 0.35, 0), width / 60)
    return Scene(world)


def _strokes(width: int, height: int, lines: list[tuple[np.ndarray, Light, float]]) -> Light:
    """Glowing lines (points in pixels, colour, thickness), added up."""
    made = np.zeros((height, width, 3), np.float32)
    for points, colour, thick in lines:
        x0, y0 = np.floor(points.min(axis=0) - thick - 2).astype(int)
        x1, y1 = np.ceil(points.max(axis=0) + thick + 3).astype(int)
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
        if x0 >= x1 or y0 >= y1:
            continue
        mask = np.zeros((y1 - y0, x1 - x0), np.uint8)
        at = np.round((points - (x0, y0)) * 8).astype(np.int32)
        cv2.polylines(mask, [at], False, 255, max(round(thick), 1), cv2.LINE_AA, 3)
        made[y0:y1, x0:x1] += shine(mask, colour * np.float32(1 / 255))
    return made


def trails(width: int, height: int, seed: int) -> Scene:
    """Light trails of the evening traffic on a bending road."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.42, focal=0.9, eye=7)
    world = sky(view, ray(0.015, 0.03, 0.10), ray(0.42, 0.22, 0.16), fall=1.3)
    _city(world, view, rng, view.skyline + 1)
    x, z = view.floor()
    bend = 0.0011 * z**2 * np.exp(-z / 260)
    lane = x - bend
    grain = noise(rng, width, x.shape[0], 5, stretch=2)
    road = smooth(13.5, 13.0, np.abs(lane))
    asphalt = shine(0.024 + 0.004 * grain, ray(1.0, 0.95, 1.05))
    verge = shine(0.014 + 0.005 * grain, ray(0.8, 1.0, 0.6))
    floor = mix(verge, asphalt, road)
    for at, dashed in (
        (0.0, False),
        (0.5, False),
        (-6.5, True),
        (6.9, True),
        (-12.6, False),
        (12.9, False),
    ):
        line = np.exp(-np.square((lane - at) / 0.11))
        if dashed:
            line *= (z / 9) % 1 < 0.45
        floor += each(line * 0.11)
    world[view.shore :] = floor.astype(np.float32)
    lines = []
    depth = np.geomspace(5.5, 900, 90)
    curve = 0.0011 * depth**2 * np.exp(-depth / 260)
    for _ in range(64):
        ahead = rng.random() < 0.5
        at = rng.choice([3.6, 10.0]) * (1 if ahead else -1) + rng.normal(0, 0.45)
        tall = abs(rng.normal(0.75, 0.12)) + (rng.random() < 0.12) * rng.uniform(1.2, 2.4)
        for side in (-0.7, 0.7):
            px = width / 2 + view.reach * (at + side + curve) / depth
            py = view.skyline + view.reach * (view.eye - tall) / depth
            begin, end = sorted(rng.uniform(0, 1.0, 2)) if rng.random() < 0.5 else (0, 1)
            first, last = int(begin * 40), max(int(30 + end * 60), int(begin * 40) + 4)
            points = np.stack([px, py], axis=-1)[first:last]
            hue = ray(1.6, 0.10, 0.05) if ahead else ray(1.25, 1.05, 0.75)
            strength = rng.uniform(0.25, 0.8)
            lines.append((points, hue * np.float32(strength), width / 900 * rng.uniform(0.6, 1.8)))
    glow = _strokes(width, height, lines)
    world += glow + 0.35 * soften(glow, width / 260) + 0.3 * soften(glow, width / 50)
    for step in np.geomspace(12, 420, 15):
        _lantern(world, view, float(step))
    world += 0.12 * soften(np.maximum(world - 0.6, 0), width / 40)
    return Scene(world)


def _lantern(world: Light, view: View, z: float) -> None:
    """A pair of street lamps at distance `z`, in place."""
    bend = 0.0011 * z**2 * np.exp(-z / 260)
    thick = max(view.reach * 0.14 / z, 1)
    for side in (-15.0, 15.0):
        x = view.width / 2 + view.reach * (side + bend) / z
        foot, head = (view.skyline + view.reach * (view.eye - y) / z for y in (0, 9.5))
        arm = x - np.sign(side) * view.reach * 2.4 / z
        sheet_lines = [
            (np.array([[x, foot], [x, head]]), ray(0.05, 0.05, 0.06), thick),
            (np.array([[x, head], [arm, head - 2]]), ray(0.05, 0.05, 0.06), thick),
            (
                np.array([[arm, head], [arm + np.sign(side) * thick * 4, head]]),
                ray(6, 3.6, 1.4),
                thick * 1.4,
            ),
        ]
        for points, colour, wide in sheet_lines:
            x0, y0 = (points.min(axis=0) - wide * 2 - 2).astype(int)
            x1, y1 = (points.max(axis=0) + wide * 2 + 3).astype(int)
            x0, y0 = max(x0, 0), max(y0, 0)
            area = world[y0:y1, x0:x1]
            if area.size:
                area += _strokes(area.shape[1], area.shape[0], [(points - (x0, y0), colour, wide)])


def fireworks(width: int, height: int, seed: int) -> Scene:
    """Fireworks over a bay."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.78, focal=1.1, eye=5)
    world = sky(view, ray(0.004, 0.008, 0.024), ray(0.045, 0.04, 0.06), fall=1.2)
    column, row = grid(width, height)
    rim = view.skyline - height * (0.035 + 0.018 * noise(rng, width, 1, width / 5))
    hill = smooth(0, 2, row - rim)
    world = mix(world, ray(0.006, 0.008, 0.012), hill)
    for _ in range(260):
        at = int(rng.integers(0, width))
        down = rng.random() ** 2
        y = int(view.skyline - 2 - down * height * 0.045)
        if hill[y, at] > 0.9:
            world[y, at] += ray(9, 5.5, 2.2) * np.float32(rng.uniform(0.2, 1.4) * width / 1800)
    lines = []
    shells = (
        (0.34, 0.30, 0.27, ray(1.9, 0.75, 0.18)),
        (0.68, 0.24, 0.22, ray(0.35, 0.75, 1.9)),
        (0.53, 0.47, 0.16, ray(1.8, 0.28, 0.55)),
        (0.85, 0.46, 0.13, ray(0.5, 1.6, 0.55)),
        (0.15, 0.5, 0.12, ray(1.5, 1.3, 1.0)),
    )
    smoke = np.zeros((height, width), np.float32)
    for x, y, size, colour in shells:
        away = np.hypot(column - x * width, row - (y + 0.03) * height) / (size * height)
        smoke += np.exp(-np.square(away * 1.2)) * 0.12
        lines.append(
            (
                np.array([[x * width + 8, view.skyline], [x * width, y * height]]),
                colour * np.float32(0.08),
                width / 900,
            )
        )
        for _ in range(150):
            turn, out = (
                rng.uniform(0, 2 * np.pi),
                np.sqrt(1 - rng.uniform(-1, 1) ** 2) * rng.uniform(0.86, 1.0),
            )
            t = np.linspace(0.12, 1, 22)
            speed = (1 - np.exp(-2.2 * t)) / (1 - np.exp(-2.2)) * size * height * out
            px = x * width + np.cos(turn) * speed
            py = y * height + np.sin(turn) * speed + 0.085 * height * (size / 0.25) * t**2
            points = np.stack([px, py], axis=-1)
            hot = colour * 0.35 + ray(0.65, 0.6, 0.5)
            for part in range(0, 21, 3):
                fade = np.float32(0.25 + 0.9 * (part / 20) ** 1.5)
                shade = (hot + (colour - hot) * np.float32(part / 20)) * fade
                lines.append((points[part : part + 4], shade, width / 1500))
            if rng.random() < 0.6:
                end = points[-1:]
                lines.append((np.concatenate([end, end + 0.5]), colour + 0.8, width / 500))
    glow = _strokes(width, height, lines)
    world += each(smoke) * soften(glow, width / 24)
    world += glow + 0.5 * soften(glow, width / 320) + 0.45 * soften(glow, width / 60)
    waves = ripples(view, seed + 1, size=2.5)
    world[view.shore :] = water(view, world, waves, ray(0.002, 0.005, 0.012), rough=0.045)
    return Scene(world)
