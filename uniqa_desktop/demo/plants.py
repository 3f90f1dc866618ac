"""Trees, drawn twig by twig, and woods of them standing on a land."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from uniqa_desktop.demo.brush import over, resized
from uniqa_desktop.demo.cover import Hour
from uniqa_desktop.demo.light import Light
from uniqa_desktop.demo.outdoors import View
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.terrain import Land, Seen, Surface

_TALL = 480
"""Height in pixels at which trees are drawn; they are reduced to where they stand."""


@functools.cache
def spruces() -> tuple[Light, ...]:
    """Four spruces to plant woods with; see `conifer`."""
    return tuple(conifer(np.random.default_rng(number)) for number in range(4))


def conifer(rng: np.random.Generator, colour: str = "#34553a") -> Light:
    """A spruce, lit from the left; the trunk's foot is at the bottom centre."""
    width = round(_TALL * 0.4)
    pen = Drawing(width, _TALL, unit=(_TALL, _TALL), origin=(width / 2, 0))
    pen.line((0, 0.06), (0, 1), "#2b2420", _TALL / 60)
    for tier in np.linspace(0.06, 0.95, 30):
        reach = 0.2 * (tier - 0.03) ** 0.9 * rng.uniform(0.72, 1.05)
        for side in rng.permutation(np.linspace(-1, 1, 11)):
            y = tier - 0.012 + rng.uniform(-0.006, 0.006)
            sag = (0.02 + 0.05 * tier) * (0.35 + abs(side)) * rng.uniform(0.7, 1.2)
            glow = (1.0 - 0.42 * side) * rng.uniform(0.6, 1.15) * (0.62 + 0.45 * abs(side))
            for part in np.linspace(0.25, 1.0, 7):
                x, at = side * reach * part, y + sag * part**1.6
                hang = (0.008 + 0.016 * tier) * rng.uniform(0.5, 1.3)
                lean = side * hang * 0.9 + rng.uniform(-0.004, 0.004)
                shade = glow * rng.uniform(0.75, 1.2) * (0.7 + 0.4 * part)
                twigs = (
                    ((x - lean * 0.4, at - hang * 0.3), (x + lean, at + hang)),
                    ((x - lean, at), (x + lean * 1.4, at + hang * 0.3)),
                )
                for start, end in twigs:
                    pen.line(start, end, colour, _TALL / 300, shade)
    return pen.layer()


def broadleaf(rng: np.random.Generator, colour: str = "#5c7a33", leaves: int = 7000) -> Light:
    """A leafy tree, lit from the upper left; the foot is at the bottom centre."""
    width = round(_TALL * 0.95)
    pen = Drawing(width, _TALL, unit=(_TALL, _TALL), origin=(width / 2, 0))
    clumps = []
    for _ in range(46):
        turn, away = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random())
        x, y = np.cos(turn) * away * 0.34, 0.38 + 0.26 * np.sin(turn) * away
        clumps.append((x, y, rng.uniform(0.06, 0.12), rng.random()))
    for x, y, *_ in clumps[::3]:
        pen.line((0, 0.72), (x, y), "#43372c", _TALL / 110)
    pen.line((0, 0.6), (0, 1), "#43372c", _TALL / 34)
    clumps.sort(key=lambda clump: clump[3] - clump[1] * 0.6)
    for x, y, radius, depth in clumps:
        dim = 0.55 + 0.45 * depth + 0.5 * (0.45 - y) - 0.23 * x
        number = leaves // len(clumps)
        turns = rng.uniform(0, 2 * np.pi, number)
        ways = np.sqrt(rng.random(number)) * radius
        glows = dim * (0.85 - 0.4 * np.sin(turns + 0.6) * ways / radius)
        glows += rng.normal(0, 0.1, number)
        for leaf in np.argsort(glows):
            turn, way, glow = float(turns[leaf]), float(ways[leaf]), float(glows[leaf])
            place = (x + np.cos(turn) * way * 1.15, y + np.sin(turn) * way * 0.9)
            pen.blob(place, (0.0077, 0.0046), colour, max(glow, 0.2), turn * 77)
    return pen.layer()


def cypress(rng: np.random.Generator, colour: str = "#3b512f") -> Light:
    """A slim Italian cypress, lit from the left; the foot is at the bottom centre."""
    width = round(_TALL * 0.19)
    pen = Drawing(width, _TALL, unit=(_TALL, _TALL), origin=(width / 2, 0))
    pen.line((0, 0.8), (0, 1), "#2b2420", _TALL / 50)
    pen.blob((0, 0.52), (0.057, 0.42), colour, 0.35)
    for _ in range(3600):
        down, side = rng.random() ** 0.85, rng.uniform(-1, 1)
        shape = np.sin(np.pi * (down * 0.88 + 0.05)) ** 0.65
        x = side * shape * (0.076 + 0.0095 * np.sin(down * 37))
        y = 0.045 + 0.92 * down
        lean = (rng.uniform(-0.25, 0.25) + 0.2 * side) * 0.03
        glow = (0.95 - 0.5 * side) * rng.uniform(0.5, 1.25)
        pen.line((x, y), (x + lean, y - 0.03), colour, _TALL / 260, glow)
    return pen.layer()


def plant(
    world: Light,
    view: View,
    land: Land,
    seen: Seen,
    surf: Surface,
    hour: Hour,
    spots: Sequence[tuple[float, float, float]],
    sprites: Sequence[Light],
) -> None:
    """Sets trees on the land, the far ones first, in place.

    Args:
        world: The picture.
        view: The camera.
        land: What they stand on.
        seen: What of it is seen (a tree whose foot hides behind a hill is left out).
        surf: The light on it.
        hour: The colours of that light.
        spots: x, z and height of each tree in metres.
        sprites: Drawn trees, used in turn.
    """
    cell = 1 / land.cell
    last = land.heights.shape[0] - 1
    for index, (x, z, tall) in enumerate(sorted(spots, key=lambda spot: -spot[1])):
        row = int(np.clip(z * cell, 0, last))
        column = int(np.clip((x + land.side / 2) * cell, 0, last))
        foot = view.skyline - view.reach * (land.heights[row, column] - view.eye) / z
        middle = view.width / 2 + view.reach * x / z
        size = view.reach * tall / z
        if size < 3 or not (-size < middle < view.width + size):
            continue
        r, c = int(foot) - seen.top - 1, int(np.clip(middle, 0, view.width - 1))
        sunlit = 0.6
        if 0 <= r < seen.z.shape[0] and seen.there[r, c]:
            if seen.z[r, c] < z * 0.9:
                continue
            sunlit = 0.15 + 0.85 * min(float(surf.sun[r, c]) * 1.6, 1.0)
        sprite = sprites[index % len(sprites)]
        tree = resized(sprite, round(size * sprite.shape[1] / sprite.shape[0]), round(size))
        tree = np.clip(tree, 0, None)
        veil = np.float32(1 - np.exp(-z / hour.visibility))
        light = hour.sun * np.float32(0.75 * sunlit) + hour.shade
        tree[..., :3] = tree[..., :3] * (light * (1 - veil)) + tree[..., 3:] * (hour.air * veil)
        over(world, tree, round(middle - tree.shape[1] / 2), round(foot - size))
