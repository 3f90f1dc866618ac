"""Scenes with land to the horizon: lake, peak, ridges at dawn, hills, dunes, the Milky Way."""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.demo.brush import each, mix, sample, smooth, tile, tint
from uniqa_desktop.demo.cover import Hour, alpine, flood, mist, pair, under
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, ripples, sky, water
from uniqa_desktop.demo.plants import broadleaf, cypress, plant, spruces
from uniqa_desktop.demo.scene import Scene
from uniqa_desktop.demo.terrain import (
    MAP,
    Land,
    Seen,
    Surface,
    coordinates,
    gentle,
    look,
    ridged,
    surface,
    weathered,
)


def lake(width: int, height: int, seed: int) -> Scene:
    """A mountain lake on a still morning."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.56, focal=0.95, eye=5)
    side = 9000.0
    x, z = coordinates(side)
    bank = np.abs(x + 260 * np.sin(z / 1400)) - 420 - z * 0.05
    rise = smooth(0, 2600, bank) + 0.75 * smooth(3900, 7800, z)
    heights = weathered(ridged(rng, 230) * 1750 * rise, side / MAP, 0.95)
    heights += gentle(rng, 90) * 40 * smooth(0, 500, bank) - 16 * smooth(120, -60, bank)
    heights += 22 * smooth(40, 300, bank)
    land = Land(heights.astype(np.float32), side)
    seen = look(land, view, near=25, waterline=view.shore + height // 12)
    hour = Hour(80, 30, ray(1.5, 1.24, 0.92), ray(0.17, 0.23, 0.33), paint("#b5cce2"), 19000)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.35)
    sun = Sun(1.05, -0.02, ray(1.0, 0.85, 0.6), glow=0.22, strength=0.5)
    world = sky(view, paint("#3a74bb"), paint("#c0d8ec"), sun)
    cover, bright = clouds(view, seed + 4, cover=0.42, softness=1.3, sun=sun)
    world = mix(world, tint(bright, paint("#9db1ca"), paint("#fbf8f4")), cover * 0.9)
    seen.lay(world, alpine(seen, surf, hour, tree_line=420, snow_line=800))
    spots = []
    for _ in range(2500):
        px, pz = rng.uniform(-2200, 2200), rng.uniform(250, 3400)
        row, column = int(pz / side * MAP), int((px / side + 0.5) * MAP)
        if 4 < heights[row, column] < 130 + 60 * rng.normal():
            spots.append((px, pz, rng.uniform(14, 27)))

    plant(world, view, land, seen, surf, hour, spots, spruces())
    waves = ripples(view, seed + 2, size=1.4)
    flood(view, world, seen, water(view, world, waves, paint("#0f3d48") * 0.6, rough=0.012))
    return Scene(world)


def peak(width: int, height: int, seed: int) -> Scene:
    """Snowy summits in the last red light; made for a picture higher than wide."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.93, focal=2.7, eye=800)
    side = 14000.0
    x, z = coordinates(side)
    far = smooth(4200, 8600, z)
    cone = np.exp(-np.hypot(x - 250, z - 9300) / 2100)
    heights = ridged(rng, 150) * (800 * far + 1500 * cone) + 2500 * cone * far + 250
    heights = weathered(heights, side / MAP, 1.5, 6) + 50 * gentle(rng, 40)
    land = Land(heights.astype(np.float32), side)
    seen = look(land, view, near=2500)
    hour = Hour(248, 9, ray(2.3, 0.98, 0.52), ray(0.13, 0.17, 0.3), paint("#8893bd"), 42000)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.5)
    world = sky(view, paint("#2f4c8e"), paint("#edb9a0"), fall=1.1)
    cover, bright = clouds(view, seed + 3, cover=0.3, softness=2.0, size=1.6, streak=2.5)
    world = mix(world, tint(bright, paint("#8d83a8"), paint("#f7c0a4")), cover * 0.6)
    seen.lay(world, alpine(seen, surf, hour, tree_line=600, snow_line=1000, steepest=1.75))
    mist(world, view, rng, 0.86, 0.16, paint("#a9acd0"), 0.85)
    return Scene(world)


def ridges(width: int, height: int, seed: int) -> Scene:
    """Wooded ridges, one behind the other, in the haze of sunrise."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.3, focal=1.9, eye=1050)
    side = 24000.0
    heights = ridged(rng, 120, 6) * 1000 + 90 * gentle(rng, 60)
    land = Land(weathered(heights, side / MAP, 0.6, 5), side)
    seen = look(land, view, near=1500)
    sun = Sun(0.68, 0.235, ray(1.7, 0.95, 0.42), size=0.016, glow=0.2, strength=0.75)
    near_sun = sun.nearness(view, 0.42)[seen.top : seen.bottom]
    air = tint(near_sun, paint("#9c93ae"), paint("#ffcf92"))
    hour = Hour(15, 7, ray(1.2, 0.72, 0.4), ray(0.07, 0.09, 0.15), air, 8500)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.75)
    world = sky(view, paint("#7f8fb8"), paint("#f3bd8c"), sun, fall=0.8)
    cover, bright = clouds(view, seed + 8, cover=0.34, softness=1.8, size=0.7, streak=3.0, sun=sun)
    world = mix(world, tint(bright, paint("#a08a9c"), paint("#ffd3a0")), cover * 0.55)
    wood = pair(surf, "#101a14", "#3f5232", 0.28, 0.1)
    # Mist lies in the valleys: low ground fades sooner.
    low = np.exp(-np.maximum(seen.height, 0.0) / 260)
    made = under(wood, seen, surf, hour)
    seen.lay(world, mix(made, air, np.clip(low * 0.9 * smooth(1500, 9000, seen.z), 0, 1)))
    near = Hour(15, 7, hour.sun, hour.shade, paint("#c08674"), 5500)
    spots = []
    for _ in range(1400):
        away = rng.uniform(1500, 3900)
        spots.append((away * rng.uniform(-0.28, 0.28), away, rng.uniform(16, 34)))
    plant(world, view, land, seen, surf, near, spots, spruces())
    return Scene(world)


def hills(width: int, height: int, seed: int) -> Scene:
    """Rolling fields with cypresses in the low sun of an evening."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.3, focal=1.5, eye=105)
    side = 5200.0
    _x, z = coordinates(side)
    rolling = gentle(rng, 130, 0.3)
    heights = (rolling + 0.35 * rolling**2) * (24 + 26 * smooth(300, 2600, z))
    heights += 60 * smooth(2200, 5000, z)
    heights = cv2.GaussianBlur(heights, (0, 0), 4) - 45 * smooth(420, 60, z)
    land = Land(heights.astype(np.float32), side)
    seen = look(land, view, near=60)
    hour = Hour(-72, 15, ray(2.0, 1.42, 0.78), ray(0.16, 0.21, 0.3), paint("#dcc9a8"), 7000)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.22)
    sun = Sun(-0.05, 0.22, ray(1.0, 0.75, 0.45), glow=0.35, strength=0.5)
    world = sky(view, paint("#6d9ccb"), paint("#f1dcb4"), sun)
    cover, bright = clouds(view, seed + 6, cover=0.36, softness=1.5, size=0.8, streak=2.0, sun=sun)
    world = mix(world, tint(bright, paint("#b4a8ac"), paint("#fff0d6")), cover * 0.8)
    seen.lay(world, under(_fields(seen, surf, rng), seen, surf, hour))
    spots = []
    for _ in range(44):
        px, pz, count = rng.uniform(-700, 700), rng.uniform(200, 2300), int(rng.integers(4, 14))
        dx, dz = rng.uniform(-14, 14), rng.uniform(-10, 22)
        spots += [(px + dx * k, pz + dz * k, rng.uniform(10, 17)) for k in range(count)]
    plant(world, view, land, seen, surf, hour, spots, [cypress(rng) for _ in range(3)])
    bushes = [
        (rng.uniform(-1300, 1300), rng.uniform(160, 2600), rng.uniform(6, 11)) for _ in range(420)
    ]
    trees = [broadleaf(rng, "#68803a"), broadleaf(rng, "#55702f")]
    plant(world, view, land, seen, surf, hour, bushes, trees)
    return Scene(world)


def _fields(seen: Seen, surf: Surface, rng: np.random.Generator) -> Light:
    """A patchwork of meadow, wheat, vines and ploughed earth, with its rows."""
    bend = 75 * np.sin(seen.x / 210 + 0.7) + 60 * np.sin(seen.z / 260 + seen.x / 500)
    u, v = (seen.x + bend * 0.6) / 170, (seen.z + bend) / 240
    column, row = np.floor(u + 0.5 * np.floor(v)), np.floor(v)
    pick = np.abs(np.sin(column * 12.9898 + row * 78.233) * 43758.5453)
    pick = pick - np.floor(pick)
    colours = ["#7d8f3a", "#c2a95a", "#8fa04a", "#a3814f", "#6b8036", "#d0ba72"]
    palette = np.stack([paint(colour) for colour in colours])
    made = palette[(pick * len(colours)).astype(np.int32)] * 0.62
    turn = np.where(pick * 7 % 1 > 0.5, seen.x + 0.3 * seen.z, seen.z + 0.4 * seen.x)
    # Rows of vines or furrows, fading before they become finer than a pixel.
    seen_rows = np.clip(1.4 - seen.z / 750, 0, 1) * (pick * 13 % 1 > 0.35)
    furrow = 0.5 + 0.5 * np.sin(turn * 2 * np.pi / 3.2)
    made *= each(1 - 0.45 * furrow * seen_rows)
    edge = np.minimum(np.abs(u + 0.5 * row - np.round(u + 0.5 * row)), np.abs(v - np.round(v)))
    hedge = smooth(0.022, 0.012, edge + 0.006 * surf.grain) * (pick * 5 % 1 > 0.4)
    made = mix(made, paint("#39491f") * 0.6, hedge)
    made *= each(np.clip(1 + 0.09 * surf.grain + 0.12 * surf.patch, 0.4, 1.6))
    return made.astype(np.float32)


def dunes(width: int, height: int, seed: int) -> Scene:
    """Sand dunes with wind ripples and a long shadow."""
    rng = np.random.default_rng(seed)
    view = View(width, height, horizon=0.3, focal=1.1, eye=30)
    side = 1600.0
    x, z = coordinates(side)
    # Windward slopes rise gently to a crest, slip faces drop behind it at the angle of repose.
    phase = (x + 0.55 * z + 55 * gentle(rng, 260, 0.25)) / 210
    phase -= np.floor(phase)
    profile = np.where(phase < 0.3, phase / 0.3, (1 - phase) / 0.7)
    heights = profile * (26 + 9 * gentle(rng, 200, 0.3)) * smooth(15, 160, z)
    heights = heights.astype(np.float32)
    land = Land(as_light(cv2.GaussianBlur(heights, (0, 0), 1.2)), side)
    seen = look(land, view, near=9)
    hour = Hour(82, 17, ray(2.1, 1.45, 0.85), ray(0.2, 0.24, 0.36), paint("#e6cfb4"), 5200)
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.07)
    world = sky(view, paint("#2f6fb4"), paint("#cfdfe8"), fall=1.1)
    cover, bright = clouds(view, seed + 2, cover=0.22, softness=2.2, size=2.0, streak=3.0)
    world = mix(world, tint(bright, paint("#b9c6d6"), paint("#ffffff")), cover * 0.5)
    wobble = sample(tile(3, 1.5, 3.0), seen.x * 6, seen.z * 6)
    phase = (seen.x * 0.9 + seen.z * 0.35) * (2 * np.pi / 0.42) + wobble * 3.2
    clear = np.clip(1.25 - seen.z / 55, 0, 1)
    ripple = np.sin(phase) + 0.35 * np.sin(2 * phase + 0.8)
    sand = tint(
        np.clip(0.5 + 0.2 * surf.grain + 0.2 * surf.patch, 0, 1), paint("#b98a58"), paint("#dcb482")
    )
    lit_ripple = 1 + 0.33 * ripple * clear * smooth(0.0, 0.12, surf.sun)
    made = sand * each(lit_ripple * 0.75)
    seen.lay(world, under(made.astype(np.float32), seen, surf, hour))
    return Scene(world)
