"""Things seen close, square on: bricks, planks, cloth, pebbles, oranges."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.demo.brush import each, grid, lay, lit, mix, noise, shine, smooth, soften, tint
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.scene import Scene


def _random(cell: Light, salt: float, row: Light | float = 0.0) -> Light:
    """A number 0–1 for each cell (and row) of a grid, always the same for the same cell."""
    value = np.sin(cell * 12.9898 + row * 78.233 + salt) * 43758.5453
    return value - np.floor(value)


def bricks(width: int, height: int, seed: int) -> Scene:
    """An old brick wall in raking light."""
    rng = np.random.default_rng(seed)
    column, row = grid(width, height)
    tall = width / 22.0
    wander = noise(rng, width, height, width / 3) * tall * 0.06
    fine = noise(rng, width, height, width / 40, gain=0.6)
    y = (row + wander) / tall
    course = np.floor(y)
    x = (column + wander) / (tall * 2.9) + 0.5 * (course % 2) + 0.06 * _random(course, 3, course)
    brick = np.floor(x)
    in_x, in_y = (x - brick) * 2.9, y - course
    edge = np.minimum(np.minimum(in_x, 2.9 - in_x), np.minimum(in_y, 1 - in_y)) + 0.022 * fine
    inside = smooth(0.045, 0.12, edge)
    tone, hue = _random(brick, 1, course), _random(brick, 9, course)
    chips = noise(rng, width, height, width / 180, gain=0.7)
    pits = smooth(1.5, 2.4, chips + 0.4 * fine)
    relief = inside * (1.0 + 0.25 * tone) + 0.10 * fine + 0.05 * chips - 0.3 * pits * inside
    red = tint(hue, paint("#7d3a28"), paint("#b8684a"))
    red = mix(red, paint("#5a3a34"), smooth(0.82, 0.86, tone))
    red = mix(red, paint("#cf9a78"), smooth(0.12, 0.08, tone))
    red *= each(1 + 0.13 * fine + 0.09 * chips)
    mortar = shine(0.85 + 0.08 * chips + 0.05 * fine, paint("#b9b0a2"))
    colour = mix(mortar, red, inside)
    bloom = smooth(0.7, 2.2, noise(rng, width, height, width / 4) + 0.3 * fine)
    colour = mix(colour, paint("#d8cfc4"), bloom * 0.35)
    light = lit(relief, (-0.75, -0.7, 0.62), width / 360)
    shadow = soften(
        smooth(-0.3, 0.6, column / width + 0.5 * row / height - 0.45 + 0.004 * chips), width / 500
    )
    sun = 0.25 + 0.75 * shadow
    return Scene(colour * shine(light * sun, ray(1.45, 1.25, 1.0), ray(0.16, 0.19, 0.25)))


def planks(width: int, height: int, seed: int) -> Scene:
    """A weathered wooden door with flaking blue paint."""
    rng = np.random.default_rng(seed)
    column, row = grid(width, height)
    wide = width / 7.0
    x = np.broadcast_to(column / np.float32(wide), (height, width))
    board = np.floor(x)
    inside_x = x - board
    shift = _random(board, 5) * 4000
    bend = noise(rng, width, height, width / 3, stretch=0.25) * 0.55
    # Year rings, cut lengthwise: bands along the board that bow around knots.
    rings = (inside_x - 0.5) * (5 + 6 * _random(board, 8)) + bend * 2.2 + shift
    for _ in range(7):
        kx, ky = rng.uniform(0, width), rng.uniform(0, height)
        size = width * rng.uniform(0.008, 0.016)
        away = np.hypot((column - kx) / size, (row - ky) / (size * 2.2))
        same = np.floor(kx / wide) == board
        rings += same * 3.2 * np.exp(-away * 0.55) * np.sign(column - kx + 0.01)
    phase = rings - np.floor(rings)
    grain = phase**2.2
    fibre = noise(rng, width, height, width / 250, stretch=0.04, gain=0.75)
    pores = smooth(1.1, 2.2, fibre)
    wood = tint(
        np.clip(0.65 - 0.5 * grain + 0.12 * fibre, 0, 1), paint("#5b4634"), paint("#b09a80")
    )
    wood *= each(0.8 + 0.35 * _random(board, 2))
    flake = noise(rng, width, height, width / 9, stretch=0.45, gain=0.62)
    wear = 1.25 - 1.1 * np.abs(row / height - 0.45)
    kept = smooth(-0.05, 0.02, flake + 0.22 * fibre - 0.5 * grain + 0.75 - 0.55 * wear + 0.15)
    shade = noise(rng, width, height, width / 6, gain=0.6)
    blue = tint(
        np.clip(0.5 + 0.22 * shade + 0.06 * fibre, 0, 1), paint("#1f5f78"), paint("#4f9db0")
    )
    cracks = smooth(1.3, 1.9, noise(rng, width, height, width / 60, stretch=0.12, gain=0.6))
    kept = kept * (1 - cracks)
    gap = smooth(0.012, 0.03, np.minimum(inside_x, 1 - inside_x) + 0.004 * fibre)
    relief = (
        3.4 * kept
        - 0.6 * grain
        - 0.5 * pores
        + 0.12 * fibre
        + 6 * smooth(0, 0.05, np.minimum(inside_x, 1 - inside_x))
    )
    colour = mix(wood, blue, kept) * each(0.12 + 0.88 * gap)
    light = lit(relief, (-0.6, -0.75, 0.8), width / 1800)
    made = colour * shine(light, ray(1.25, 1.12, 0.95), ray(0.2, 0.23, 0.28))
    for y in (0.2, 0.8):
        _iron(made, rng, width, height, y)
    return Scene(made.astype(np.float32))


def _iron(made: Light, rng: np.random.Generator, width: int, height: int, y: float) -> None:
    """An iron strap with nails and its shadow, in place."""
    column, row = grid(width, height)
    half = height * 0.026
    away = np.broadcast_to(np.abs(row - np.float32(y * height)), (height, width))
    rust = noise(rng, width, height, width / 60, gain=0.7)
    strap = smooth(half + 1, half - 1, away + rust * 0.6)
    drop = np.roll(smooth(half + 1, half - 1, away), round(height * 0.012), axis=0)
    relief = np.minimum(strap * 6, smooth(half, half * 0.6, away) * 6) + 0.35 * rust
    x = column / width * 9 + 0.5
    nail = np.hypot((x - np.round(x)) * width / 9, row - y * height) / (half * 0.55)
    relief = relief + 9 * np.sqrt(np.clip(1 - nail**2, 0, 1))
    colour = tint(np.clip(0.45 + 0.3 * rust, 0, 1), paint("#241f1e"), paint("#6b4632"))
    light = lit(relief.astype(np.float32), (-0.6, -0.75, 0.8), 1.0)
    made *= each(1 - 0.6 * drop * (1 - strap))
    iron = colour * shine(light, ray(1.3, 1.2, 1.1), ray(0.2, 0.2, 0.2))
    lay(made, iron, strap)


_YARNS = (
    "#b5432f", "#e0a63c", "#f0e4cc", "#2f6673", "#1f3d52",
    "#e8d6b0", "#a63a4c", "#d9803a", "#3f7f78", "#f0e4cc",
)  # fmt: skip


def cloth(width: int, height: int, seed: int) -> Scene:
    """Woven market cloth with stripes, in folds."""
    rng = np.random.default_rng(seed)
    column, row = grid(width, height)
    fold = noise(rng, width, height, width / 2.2, gain=0.34, stretch=0.55)
    ridge = 1 - np.abs(np.sin(2.1 * fold + 3.2 * column / width + 1.1 * row / height))
    relief = ridge**1.5 * width * 0.06 + fold * width * 0.010
    relief = soften(relief.astype(np.float32), width / 220)
    thread = width / 300.0
    u = (column + 0.55 * soften(fold, width / 60) * width * 0.05) / thread
    v = (row + 0.45 * ridge * width * 0.03) / thread
    warp, weft = np.floor(u), np.floor(v)
    on_top = (warp + weft) % 2
    du, dv = u - warp - 0.5, v - weft - 0.5
    bulge = np.where(on_top > 0, 0.30 - du**2 - 0.35 * dv**2, 0.27 - dv**2 - 0.35 * du**2)
    fluff = noise(rng, width, height, 3, gain=0.8)
    palette = np.stack([paint(_YARNS[k]) for k in rng.permutation(len(_YARNS))])
    warp_yarn = palette[_stripes(rng, warp, 4, 16)]
    weft_yarn = palette[_stripes(rng, weft, 14, 60)]
    under = warp_yarn * 0.55 + weft_yarn * 0.16 + paint("#e8dcc4") * np.float32(0.29)
    colour = mix(under, warp_yarn, on_top)
    colour = colour * each(1 + 0.10 * fluff + 0.35 * (bulge - 0.1))
    light = lit(relief, (-0.7, -0.45, 0.62), 1.0)
    weave = lit((bulge * 2.2 + 0.10 * fluff).astype(np.float32), (-0.6, -0.6, 0.9), 1.0)
    hollow = smooth(0.0, 0.5, ridge) * 0.55 + 0.45
    sun = (0.12 + 0.95 * light) * (0.55 + 0.55 * weave) * hollow
    return Scene(colour * shine(sun, ray(1.5, 1.38, 1.2), ray(0.07, 0.085, 0.11)))


def _stripes(
    rng: np.random.Generator, thread: Light, narrow: float, wide: float
) -> NDArray[np.intp]:
    """The yarn of each thread: stripes `narrow` to `wide` threads broad."""
    edges = np.cumsum(rng.uniform(narrow, wide, 120))
    return np.searchsorted(edges, thread - thread.min()) % len(_YARNS)


def _packed(
    rng: np.random.Generator, width: int, height: int, size: float, jitter: float
) -> tuple[Light, Light]:
    """Cells around scattered seeds: nearness of their border, and their number.

    The first is the difference of the distances to the two nearest seeds (0 at the border) in
    units of `size`, the pixels between neighbours.
    """
    columns, rows = int(width / size) + 4, int(height / (size * 0.87)) + 4
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    sx = (x - 1.5 + 0.5 * (y % 2) + rng.uniform(-jitter, jitter, x.shape)) * size
    sy = (y - 1.5 + rng.uniform(-jitter, jitter, y.shape)) * size * 0.87
    half = 2
    w, h = width // half + 1, height // half + 1
    px, py = grid(w, h)
    px, py = px * half, py * half
    first = np.full((h, w), 1e9, np.float32)
    second = np.full((h, w), 1e9, np.float32)
    owner = np.zeros((h, w), np.float32)
    for number, (cx, cy) in enumerate(zip(sx.ravel(), sy.ravel(), strict=True)):
        x0, x1 = int(max((cx - 2 * size) / half, 0)), int(min((cx + 2 * size) / half + 1, w))
        y0, y1 = int(max((cy - 2 * size) / half, 0)), int(min((cy + 2 * size) / half + 1, h))
        if x0 >= x1 or y0 >= y1:
            continue
        away = np.hypot(px[:, x0:x1] - cx, py[y0:y1] - cy)
        a, b, o = first[y0:y1, x0:x1], second[y0:y1, x0:x1], owner[y0:y1, x0:x1]
        nearer = away < a
        np.copyto(b, np.where(nearer, a, np.minimum(b, away)))
        np.copyto(a, away, where=nearer)
        np.copyto(o, number, where=nearer)
    large = (width, height)
    first = cv2.resize(first, large, interpolation=cv2.INTER_LINEAR)
    second = cv2.resize(second, large, interpolation=cv2.INTER_LINEAR)
    owner = cv2.resize(owner, large, interpolation=cv2.INTER_NEAREST)
    return as_light(second - first) / np.float32(size), as_light(owner)


_STONES = (
    "#8d8f92", "#6f747a", "#b5aea2", "#9b7f6a", "#d8d2c6",
    "#5a6066", "#a39488", "#7c5f52", "#c8b8a0",
)  # fmt: skip


def pebbles(width: int, height: int, seed: int) -> Scene:
    """Wet and dry pebbles on a beach."""
    rng = np.random.default_rng(seed)
    colours = np.stack([paint(stone) for stone in _STONES])
    speck = noise(rng, width, height, width / 60, gain=0.8)
    vein = np.abs(noise(rng, width, height, width / 6, gain=0.55))
    made = shine(np.full((height, width), 0.5), paint("#3a322b"))
    column, row = grid(width, height)
    tide = column / width - 0.62 + 0.25 * (row / height - 0.5)
    damp = smooth(0.4, -0.4, tide + 0.03 * soften(speck, width / 80))
    for layer, size in enumerate((width / 44, width / 20)):
        border, owner = _packed(rng, width, height, size, 0.34)
        number = owner + layer * 5000
        inside = smooth(0.05, 0.16, border)
        if layer:  # large stones lie here and there on the small ones
            inside *= _random(number, 3) < 0.62
        dome = np.sqrt(np.clip(1 - (1 - np.clip(border / 0.85, 0, 1)) ** 2.6, 0, 1))
        pick = (_random(number, 1) * len(colours)).astype(np.int32)
        colour = colours[pick] * each(0.62 + 0.4 * _random(number, 7))
        banded = _random(number, 4) > 0.7
        line = smooth(0.10, 0.03, vein) * banded
        colour = mix(colour, paint("#e2ddd3"), line * 0.6)
        colour *= each(1 + 0.12 * speck)
        relief = soften((dome * size * 0.36).astype(np.float32), size / 26) + 0.12 * speck
        light = lit(relief, (-0.6, -0.6, 0.6), 1.0)
        gloss = np.clip(lit(relief, (-0.35, -0.38, 0.86), 1.0), 0, 1) ** 46
        wet = colour * each(1 - 0.5 * damp)
        occlusion = 0.25 + 0.75 * smooth(0.02, 0.35, border)
        shown = wet * each(occlusion) * shine(light, ray(1.35, 1.25, 1.08), ray(0.16, 0.2, 0.27))
        shown += each(gloss * damp * 0.75)
        if layer:
            cast = cv2.warpAffine(
                inside, np.array([[1, 0, size * 0.09], [0, 1, size * 0.09]]), (width, height)
            )
            made *= each(1 - 0.72 * soften(as_light(cast), size / 14))
        made = mix(made, shown, inside)
    return Scene(made.astype(np.float32))


def oranges(width: int, height: int, seed: int) -> Scene:
    """Oranges on a market stall, some with leaves."""
    rng = np.random.default_rng(seed)
    made = shine(np.ones((height, width)), ray(0.05, 0.016, 0.003))
    size = width / 6.4
    spots = []
    for level, share in ((0, 1.0), (1, 0.9), (2, 0.28)):
        for r in range(-1, int(height / size * 1.16) + 2):
            for c in range(-1, int(width / size) + 2):
                x = (c + 0.5 * (r % 2) + 0.5 * (level == 1) + rng.uniform(-0.1, 0.1)) * size
                y = (r * 0.86 + 0.43 * (level == 1) + rng.uniform(-0.1, 0.1)) * size
                if rng.random() < share:
                    spots.append((level, x, y, size * rng.uniform(0.5, 0.56), rng.random()))
    skin = noise(rng, width, height, width / 180, gain=0.75)
    dimples = soften(noise(rng, width, height, width / 260, finest=width / 500), width / 1500)
    for level, x, y, radius, pick in sorted(spots):
        _orange(made, x, y, radius, pick, (0.55, 0.8, 1.0)[level], skin, dimples)
        if pick > 0.8 and level:
            _leaf(made, x, y, radius, rng)
    return Scene(made)


def _orange(
    made: Light,
    x: float,
    y: float,
    radius: float,
    pick: float,
    bright: float,
    skin: Light,
    dimples: Light,
) -> None:
    height, width = made.shape[:2]
    reach = radius * 1.25
    x0, x1 = int(max(x - reach, 0)), int(min(x + reach, width))
    y0, y1 = int(max(y - reach, 0)), int(min(y + reach, height))
    if x0 >= x1 or y0 >= y1:
        return
    column, row = grid(x1 - x0, y1 - y0)
    u, v = (column + x0 - x) / radius, (row + y0 - y) / radius
    away = u * u + v * v
    area = made[y0:y1, x0:x1]
    shadow = np.exp(-np.square(np.maximum(np.hypot(u - 0.12, v - 0.16) - 0.86, 0) / 0.22))
    area *= each(1 - 0.75 * shadow)
    z = np.sqrt(np.clip(1 - away, 0, 1))
    bump = dimples[y0:y1, x0:x1] * 0.042
    across = u + as_light(cv2.Sobel(bump, cv2.CV_32F, 1, 0, ksize=3)) * 1.4
    down = v + as_light(cv2.Sobel(bump, cv2.CV_32F, 0, 1, ksize=3)) * 1.4
    turn = pick * 6.28
    px, py = 0.42 * np.cos(turn), 0.42 * np.sin(turn)
    navel = np.hypot(u - px, v - py)
    direct = np.clip(-0.5 * across - 0.55 * down + 0.67 * z, 0, 1)
    gloss = np.clip(-0.27 * across - 0.3 * down + 0.915 * z, 0, 1) ** 60
    base = paint("#e07414") + (paint("#f5a327") - paint("#e07414")) * np.float32(pick)
    base = shine(1 + 0.05 * skin[y0:y1, x0:x1], base)
    base = mix(base, paint("#8a9440"), smooth(0.16, 0.03, navel) * 0.8)
    star = 1 - 0.75 * smooth(0.055, 0.03, navel)
    rim = 0.35 + 0.65 * z
    key = shine(direct * star * bright, ray(1.5, 1.36, 1.15))
    shown = base * (key + shine(rim * (0.3 * bright), ray(1.0, 0.85, 0.7)))
    shown += each(gloss * 0.5 * bright)
    edge = smooth(1.0, 0.985, away)
    lay(area, shown, edge)


def _leaf(made: Light, x: float, y: float, radius: float, rng: np.random.Generator) -> None:
    """A leaf lying on a fruit, with midrib, veins and shadow, in place."""
    height, width = made.shape[:2]
    turn, length = rng.uniform(0, 6.28), radius * rng.uniform(1.0, 1.35)
    reach = int(length * 1.3)
    x0, x1 = int(max(x - reach, 0)), int(min(x + reach, width))
    y0, y1 = int(max(y - reach, 0)), int(min(y + reach, height))
    if x0 >= x1 or y0 >= y1:
        return
    column, row = grid(x1 - x0, y1 - y0)

    def shape(dx: float, dy: float) -> tuple[Light, Light, Light]:
        u, v = column + x0 - x - dx, row + y0 - y - dy
        along = (u * np.cos(turn) + v * np.sin(turn)) / length
        across = (-u * np.sin(turn) + v * np.cos(turn)) / length - 0.12 * (along - 0.5) ** 2
        rim = 0.26 * np.sin(np.pi * np.clip(along, 0, 1) ** 0.8)
        return along, across, smooth(0.0, 0.02, rim - np.abs(across)) * (along > 0) * (along < 1)

    area = made[y0:y1, x0:x1]
    _, _, shadow = shape(radius * 0.09, radius * 0.12)
    area *= each(1 - 0.6 * soften(shadow, radius / 16))
    along, across, inside = shape(0, 0)
    rib = np.exp(-np.square(across / 0.012))
    vein = np.exp(-np.square(((along * 9 - np.abs(across) * 14) % 1 - 0.5) / 0.1)) * 0.4
    light = 0.75 + 1.1 * across - 0.5 * np.abs(across) + 0.2 * np.sin(along * 7)
    green = tint(np.clip(rib + vein, 0, 1), paint("#33602a"), paint("#8fae5c"))
    shown = green * shine(np.clip(light, 0.2, 1.6), ray(1.0, 0.95, 0.8))
    lay(area, shown, inside)
