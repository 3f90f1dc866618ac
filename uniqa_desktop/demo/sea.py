"""Scenes at the sea: sunset, sailing boat, gull, lighthouse, beach."""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.demo.brush import (
    each,
    grid,
    mix,
    noise,
    over,
    resized,
    sample,
    sample_at_scale,
    shine,
    smooth,
    tile,
    tint,
)
from uniqa_desktop.demo.cover import Hour, flood, under
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.outdoors import Sun, View, clouds, haze, ripples, sky, water
from uniqa_desktop.demo.pen import blob, canvas, ink, layer, polygon, stroke
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
    surf = surface(land, seen, view, hour.azimuth, hour.elevation, rough=0.8, seed=seed)
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


def sailing(width: int, height: int, seed: int) -> Scene:
    """A sailing boat passes; within a second it moves on, heels and bobs."""
    view = View(width, height, horizon=0.52, focal=1.6, eye=3.2)
    world = blue_sea(view, seed, cover=0.45, swell=3.0, rough=0.045)
    _, row = grid(width, height)
    coast = noise(np.random.default_rng(seed), width, 1, width / 5, gain=0.45)
    rim = view.skyline - height * (0.028 + 0.012 * coast)
    there = smooth(0.0, 1.5, row - rim) * smooth(1.0, -0.5, row - np.float32(view.skyline))
    world = mix(world, paint("#93afc4"), there)
    boat = _boat(round(height * 0.6))
    waves = ripples(view, seed + 1, size=3.0)

    def moving(light: Light, moment: float) -> None:
        pitch = -1.2 + 1.1 * np.sin(moment * 4.6)
        turned = _turned(boat, pitch)
        x = round(width * (0.30 + 0.055 * moment)) - turned.shape[1] // 2
        foot = view.skyline + height * (0.095 + 0.004 * np.sin(moment * 4.0))
        _mirror(light, turned, x, round(foot), waves, view)
        over(light, turned, x, round(foot - turned.shape[0] * 0.93))
        _bow_wave(light, view, x + turned.shape[1] * 0.5, foot, height * 0.145, moment)

    return Scene(world, moving)


def _turned(sprite: Light, degrees: float) -> Light:
    rows, columns = sprite.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows * 0.93), -degrees, 1.0)
    return as_light(cv2.warpAffine(sprite, turn, (columns, rows), flags=cv2.INTER_LINEAR))


def _mirror(
    light: Light, sprite: Light, x: int, foot: int, waves: tuple[Light, Light], view: View
) -> None:
    """The image of `sprite` in moving water below row `foot`, in place."""
    flipped = sprite[: int(sprite.shape[0] * 0.93)][::-1]
    flipped = resized(flipped, flipped.shape[1], round(flipped.shape[0] * 0.8))
    rows = min(flipped.shape[0], view.height - foot)
    columns = flipped.shape[1]
    left, right = max(x, 0), min(x + columns, view.width)
    if rows <= 0 or left >= right:
        return
    top = foot - view.shore
    u, v = grid(columns, rows)
    push = np.float32(view.height * 0.02) * (0.4 + v / max(rows, 1))
    across = np.zeros((rows, columns), np.float32)
    along = np.zeros((rows, columns), np.float32)
    across[:, left - x : right - x] = waves[0][top : top + rows, left:right]
    along[:, left - x : right - x] = waves[1][top : top + rows, left:right]
    image = cv2.remap(
        flipped,
        u + across * push * 0.6,
        v + along * push,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    )
    image = np.asarray(image) * (0.6 * np.exp(-v / rows * 2.2))[..., None]
    over(light, image.astype(np.float32), x, foot)


def _bow_wave(light: Light, view: View, x: float, y: float, size: float, moment: float) -> None:
    """Foam along the hull, in place."""
    rng = np.random.default_rng(9)
    sheet = canvas(round(size * 2.6), round(size * 0.5))
    columns, rows = sheet.shape[1], sheet.shape[0]
    for _ in range(420):
        along = rng.random()
        px = columns * (0.06 + 0.88 * along)
        jump = rng.random() ** 2 * (0.15 + 0.5 * np.exp(-((along - 0.9) ** 2) * 40))
        py = rows * (0.8 - 0.5 * jump + 0.05 * np.sin(moment * 9 + along * 20))
        length = columns * rng.uniform(0.004, 0.03)
        stroke(sheet, px, py, px + length, py + rng.uniform(-1, 1), ink("#f4f8fa"), size / 150)
    foam = layer(sheet) * np.float32(0.8)
    over(light, foam, round(x - columns * 0.52), round(y - rows * 0.72))


def _boat(height: int) -> Light:
    """A sloop under main and jib, seen from the side; afloat at 93 % of the height."""
    width = round(height * 0.78)
    sheet = canvas(width, height)

    def at(x: float, y: float) -> tuple[float, float]:
        return x * width, y * height

    mast_x, top, deck = 0.5, 0.02, 0.845
    main = [at(mast_x - 0.012, top + 0.02)]
    main += [
        at(mast_x - 0.012 - 0.36 * t**0.8 - 0.03 * np.sin(np.pi * t), top + 0.02 + 0.74 * t)
        for t in np.linspace(0.05, 1, 14)
    ]
    main += [at(mast_x - 0.012, deck - 0.055)]
    polygon(sheet, main, ink("#f3efe6"))
    jib = [at(mast_x + 0.01, top + 0.07)]
    jib += [
        at(mast_x + 0.01 + 0.335 * t + 0.012 * np.sin(np.pi * t), top + 0.07 + 0.72 * t)
        for t in np.linspace(0.1, 1, 10)
    ]
    jib += [at(mast_x + 0.1, deck - 0.035), at(mast_x + 0.035, deck - 0.3)]
    polygon(sheet, jib, ink("#e9e4da"))
    sails = layer(sheet)
    column, row = grid(width, height)
    # Cloth: bellied (brighter at the luff), with seams and a translucent shadow of the jib.
    across = column / width
    belly = 1.12 - 0.55 * np.abs(across - 0.36) - 0.25 * (across > mast_x)
    seams = 1 - 0.12 * (np.abs(((row / height * 11 + across * 2.2) % 1) - 0.5) < 0.02)
    wrinkle = 1 + 0.03 * np.sin(row / height * 60 + across * 40)
    sails[..., :3] *= each(belly * seams * wrinkle) * np.float32(0.8)
    sheet = canvas(width, height)
    stroke(sheet, *at(mast_x, top), *at(mast_x, deck), ink("#8f8577"), height / 90)
    stroke(sheet, *at(mast_x, deck - 0.05), *at(0.12, deck - 0.06), ink("#9a8f80"), height / 120)
    for x in (0.1, 0.93):
        stroke(sheet, *at(mast_x, top), *at(x, deck), ink("#5a5a58"), 1)
    hull = [
        at(x, y)
        for x, y in (
            (0.07, 0.845),
            (0.5, 0.868),
            (0.965, 0.838),
            (0.9, 0.895),
            (0.8, 0.94),
            (0.2, 0.94),
            (0.1, 0.9),
        )
    ]
    polygon(sheet, hull, ink("#23456b"))
    stripe = [
        at(x, y)
        for x, y in (
            (0.075, 0.855),
            (0.5, 0.88),
            (0.955, 0.85),
            (0.95, 0.858),
            (0.5, 0.89),
            (0.08, 0.866),
        )
    ]
    polygon(sheet, stripe, ink("#e8e2d2"))
    polygon(
        sheet,
        [at(x, y) for x, y in ((0.3, 0.862), (0.34, 0.825), (0.56, 0.82), (0.62, 0.86))],
        ink("#d9d3c4"),
    )
    for x in (0.36, 0.43, 0.5):
        polygon(
            sheet,
            [at(x, 0.84), at(x + 0.04, 0.838), at(x + 0.04, 0.852), at(x, 0.854)],
            ink("#2b3a48"),
        )
    for x, colour in ((0.2, "#c4423a"), (0.25, "#e0b23c")):
        polygon(
            sheet,
            [
                at(x, 0.86),
                at(x + 0.004, 0.807),
                at(x + 0.014, 0.797),
                at(x + 0.028, 0.797),
                at(x + 0.04, 0.86),
            ],
            ink(colour),
        )
        blob(sheet, *at(x + 0.02, 0.785), height * 0.012, height * 0.014, 0, ink("#9a6b4c"))
    body = layer(sheet)
    shade = 1.1 - 0.5 * smooth(0.85, 0.94, row / height) + 0 * column
    body[..., :3] *= each(shade)
    over(sails, body)
    return sails


def beach(width: int, height: int, seed: int) -> Scene:
    """A sandy beach with clear water and foam."""
    view = View(width, height, horizon=0.33, focal=0.85, eye=3.2)
    rng = np.random.default_rng(seed)
    sun = Sun(0.85, -0.1, ray(1.5, 1.35, 1.1), glow=0.3, strength=0.4)
    world = sky(view, paint("#2f7fcb"), paint("#d3e8f2"), sun)
    opacity, bright = clouds(view, seed, cover=0.36, softness=1.2, size=0.7, sun=sun)
    world = mix(world, tint(bright, paint("#b0c4d6"), paint("#ffffff")), opacity * 0.9)
    coast = noise(rng, width, 1, width / 4, gain=0.5)
    column, row = grid(width, height)
    rim = view.skyline - height * (0.05 + 0.02 * coast) * smooth(0.9, 0.35, column / width)
    there = smooth(0, 1.5, row - rim) * smooth(1, -1, row - np.float32(view.skyline))
    green = tint(
        np.clip(0.5 + 0.25 * noise(rng, width, height, 30), 0, 1),
        paint("#4d6d5a"),
        paint("#86a184"),
    )
    world = mix(world, mix(green, paint("#a9c4d8"), np.full_like(there, 0.45)), there)
    x, z = view.floor()
    bays = (
        1.3 * np.sin(z / 7 + 0.8)
        + 3.0 * np.sin(z / 26)
        + 0.5 * sample(tile(7, 1.6, 2.0), x * 9, z * 9)
    )
    out = -(x - 0.30 * z + 1.5 + bays)  # metres from the water's edge, seawards
    texel = z / np.float32(view.reach)
    grain = sample_at_scale(tile(11, 0.6, 8.0), x, z, texel, 1.2)
    patch = sample(tile(12, 1.5, 2.0), x * 20, z * 20)
    sand = tint(
        np.clip(0.55 + 0.1 * grain + 0.13 * patch, 0, 1), paint("#c9a877"), paint("#f1dcb4")
    )
    wet = smooth(-1.9, -0.7, out + 0.25 * patch)
    sand = mix(sand, sand * ray(0.5, 0.46, 0.42), wet)
    waves = ripples(view, seed + 1, size=1.6)
    depth = np.maximum(out, 0.0)
    clear = np.exp(shine(depth, ray(-0.42, -0.11, -0.075)))
    far = tint(np.exp(-depth / 26), paint("#0c4f8a"), paint("#16a7b0"))
    bottom = far + clear * (paint("#f1dcb4") - far)
    caustic = np.abs(sample(tile(21, 1.3, 16.0), x * 70 + waves[0] * 4, z * 70 + waves[1] * 4))
    bottom = bottom * each(
        1 + 0.5 * np.exp(-caustic * 6) * np.exp(-depth / 6) * smooth(0, 1.2, depth)
    )
    sea = water(view, world, waves, bottom.astype(np.float32), rough=0.03, mirror=0.75)
    floor = mix(sand, sea, smooth(-0.02, 0.12, out))
    lace = sample_at_scale(tile(31, 1.0, 12.0), x, z, texel * 2.2 + 0.008, 0.7)
    for at, wide, much in (
        (0.05, 0.22, 0.95),
        (1.7, 0.4, 0.75),
        (5.0, 0.45, 0.7),
        (11.0, 0.7, 0.65),
    ):
        crest = out - at + 0.25 * patch
        band = np.exp(-np.square(crest / wide)) + 0.6 * np.exp(
            -np.abs(crest - 1.5 * wide) / (2.2 * wide)
        )
        foam = (
            smooth(0.0, 0.6, band * 1.25 - 0.7 + 0.3 * lace)
            * smooth(-0.6, 0.0, out)
            * np.float32(much)
        )
        floor = mix(floor, paint("#f6fafb"), foam)
    world[view.shore :] = haze(floor, z, paint("#b9d5e4"), 2500)
    over(world, _parasol(round(height * 0.19)), round(width * 0.71), round(height * 0.30))
    return Scene(world)


def _parasol(size: int) -> Light:
    """A striped beach umbrella with its shadow and a towel."""
    sheet = canvas(round(size * 1.3), round(size * 1.25))
    shade = [
        (size * (0.56 + 0.62 * np.cos(a)), size * (1.08 + 0.10 * np.sin(a)))
        for a in np.linspace(0, 2 * np.pi, 60)
    ]
    polygon(sheet, shade, ink("#4a3a2a"))
    made = layer(sheet) * np.float32(0.6)
    sheet = canvas(round(size * 1.3), round(size * 1.25))
    polygon(
        sheet,
        [(size * p, size * q) for p, q in ((0.62, 1.04), (1.1, 1.0), (1.2, 1.07), (0.7, 1.12))],
        ink("#d9e4ea"),
    )
    for k in range(5):
        a = 0.04 + k * 0.2
        polygon(
            sheet,
            [
                (
                    size * (0.62 + 0.48 * t + 0.08 * s),
                    size * (1.04 - 0.04 * t + 0.08 * s - 0.01 * t * s),
                )
                for t, s in ((a, 0), (a + 0.09, 0), (a + 0.09, 1), (a, 1))
            ],
            ink("#3f7fa6"),
        )
    stroke(sheet, size * 0.58, size * 0.3, size * 0.5, size * 1.1, ink("#e9e2d4"), size / 55)
    ribs = np.linspace(-1, 1, 9)
    for k in range(8):
        left, right = ribs[k], ribs[k + 1]
        corners = [(0.6, 0.12)]
        for t in np.linspace(left, right, 8):
            sag = 0.018 * np.sin(np.pi * (t - left) / (right - left))
            corners.append(
                (
                    0.56 + 0.47 * np.sin(t * np.pi / 2),
                    0.43 + 0.07 * np.cos(t * np.pi / 2) - sag + 0.1 * t,
                )
            )
        glow = 1.05 - 0.16 * k / 2 + 0.1 * (k > 5)
        polygon(
            sheet,
            [(size * p, size * q) for p, q in corners],
            ink("#d8453c" if k % 2 else "#f5efe2", max(glow, 0.55)),
        )
    blob(sheet, size * 0.6, size * 0.115, size * 0.012, size * 0.016, 0, ink("#eae2d2"))
    over(made, layer(sheet))
    return made
