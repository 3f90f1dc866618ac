"""Coloured house fronts in an old town."""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from uniqa_desktop.demo.brush import each, grid, lit, mix, noise, over, shine, smooth, soften, tint
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.pen import Drawing
from uniqa_desktop.demo.scene import Scene

_HOUSES = (
    (0.0, 0.36, "#d9a25a", "#2f5d4f", -0.03),
    (0.36, 0.69, "#c9705a", "#3f6f86", 0.02),
    (0.69, 1.0, "#e3cf9f", "#5a7a4a", -0.03),
)
"""From left to right: where a house begins and ends (fractions of the width), its wall and
shutter colours, and where its upper windows begin (fraction of the height)."""

_WASHING = (
    (0.395, 0.03, 0.085, "#f2efe8"),
    (0.435, 0.045, 0.06, "#7fa3c4"),
    (0.49, 0.024, 0.1, "#f4f1ea"),
    (0.522, 0.024, 0.1, "#c4514a"),
    (0.56, 0.05, 0.075, "#f0ead8"),
    (0.622, 0.034, 0.06, "#55775f"),
)
"""On the line: place, width and length (fractions of the picture), colour."""


def fronts(width: int, height: int, seed: int) -> Scene:
    """Coloured house fronts with shutters, half of them in the evening sun."""
    rng = np.random.default_rng(seed)
    made = _walls(rng, width, height)
    pen = Drawing(width, height)
    for left, right, _, shutter, first in _HOUSES:
        wide = (right - left) * width
        for storey in range(3):
            for place in (0.19, 0.65):
                x, y = left * width + wide * place, height * (first + 0.375 * storey)
                window = (x, y, wide * 0.155, height * 0.25)
                _window(pen, rng, window, shutter, closed=rng.random() > 0.68)
    windows = pen.layer()
    aside = np.array([[1, 0, width * 0.009], [0, 1, width * 0.011]])
    cast = cv2.warpAffine(windows[..., 3], aside, (width, height))
    made *= each(1 - 0.55 * soften(as_light(cast), width / 900))
    over(made, windows)
    over(made, _washing_line(width, height))
    # The roofs of the other side of the street throw their shadow on the fronts.
    column, row = grid(width, height)
    chimneys = np.sin(column / width * 17) > 0.4
    shadow = smooth(-2, 2, row - height * (0.60 - 0.34 * column / width + 0.05 * chimneys))
    sunlit = 1 - soften(shadow, width / 700)
    return Scene(made * shine(sunlit, ray(1.41, 1.19, 0.92), ray(0.23, 0.255, 0.32)))


def _walls(rng: np.random.Generator, width: int, height: int) -> Light:
    """Stained plaster, flaked off here and there, in raking light."""
    column, _ = grid(width, height)
    stain = noise(rng, width, height, width / 5, gain=0.6)
    rough = noise(rng, width, height, width / 90, gain=0.75)
    streak = noise(rng, width, height, width / 30, stretch=0.06, gain=0.6)
    flaked = smooth(1.55, 1.72, stain + 0.18 * rough)
    relief = 0.35 * rough + 0.1 * streak - 1.6 * flaked
    made = np.zeros((height, width, 3), np.float32)
    for left, right, colour, *_ in _HOUSES:
        part = (slice(None), slice(int(left * width), int(right * width)))
        tone = np.clip(0.55 + 0.2 * stain[part] + 0.05 * rough[part], 0, 1)
        wall = tint(tone, paint(colour) * np.float32(0.72), paint(colour) * np.float32(1.12))
        wall *= each(1 - 0.09 * np.maximum(streak[part], 0))
        made[part] = mix(wall, paint("#b9aa94"), flaked[part])
        relief += 30 * smooth(-2, 2, column - left * width)  # each house stands out a little
    made *= each(lit(relief, (-0.8, -0.55, 0.7), width / 1800))
    return made


def _window(
    pen: Drawing,
    rng: np.random.Generator,
    place: tuple[float, float, float, float],
    shutter: str,
    *,
    closed: bool,
) -> None:
    """A window in a stone frame; `place` is left, top, width and height in pixels."""
    x, y, w, h = place
    frame = w * 0.09
    sill = y + h + frame * 0.4
    pen.box(x - frame, y - frame * 1.4, x + w + frame, y + h + frame, "#d8cbb6")
    pen.box(x - frame * 1.8, sill, x + w + frame * 1.8, sill + frame * 1.2, "#e4d9c6")
    if closed:
        _shutter(pen, rng, (x, y, w * 0.49, h), shutter)
        _shutter(pen, rng, (x + w * 0.51, y, w * 0.49, h), shutter)
        return
    pen.box(x, y, x + w, y + h, "#1b2129")
    for k in range(12):  # the sky in the panes, darker downwards
        pen.box(x, y + h * k / 24, x + w, y + h * (k + 1) / 24, "#5d7288", 1.0 - 0.055 * k)
    if rng.random() < 0.6:
        fold = w * 0.054
        for left in (x, x + w * 0.62):
            for k in range(7):  # the folds of a curtain
                start = left + fold * k
                pen.box(
                    start, y, start + fold * 0.9, y + h * 0.97, "#cfc8ba", 0.62 + 0.14 * (k % 2)
                )
    for t in (0.0, 0.46, 0.93):
        pen.box(x + w * t, y, x + w * (t + 0.07), y + h, "#efe8da")
    for t in (0.0, 0.33, 0.65, 0.955):
        pen.box(x, y + h * t, x + w, y + h * (t + 0.035), "#efe8da")
    _shutter(pen, rng, (x - w * 0.56 - frame, y, w * 0.52, h), shutter)
    _shutter(pen, rng, (x + w * 1.04 + frame, y, w * 0.52, h), shutter)
    if rng.random() < 0.55:
        _flowers(pen, rng, x, y + h, w)


def _shutter(
    pen: Drawing, rng: np.random.Generator, place: tuple[float, float, float, float], colour: str
) -> None:
    """One leaf with its slats."""
    x, y, w, h = place
    pen.box(x, y, x + w, y + h, colour)
    left, right, slat = x + w * 0.13, x + w * 0.87, h * 0.02
    for part in (0.04, 0.52):
        for k in range(22):
            top = y + h * part + slat * k
            pen.box(left, top, right, top + slat * 0.45, colour, 0.5 + 0.08 * rng.random())
            pen.box(left, top + slat * 0.45, right, top + slat, colour, 1.12)


def _flowers(pen: Drawing, rng: np.random.Generator, x: float, y: float, w: float) -> None:
    """A box of flowers below a window."""
    pen.box(x - w * 0.04, y - w * 0.02, x + w * 1.04, y + w * 0.17, "#9a5a3c")
    blooms = rng.permutation(["#d8345a", "#e85d3a", "#f0c8d4", "#c22f4a"])[:2]
    for _ in range(150):
        place = (x + w * rng.uniform(-0.06, 1.06), y + w * rng.uniform(-0.24, 0.09))
        glow, turn = rng.uniform(0.5, 1.2), rng.uniform(0, 180)
        pen.blob(place, (w * 0.022, w * 0.012), "#4c7a34", glow, turn)
    for _ in range(60):
        px, py = x + w * rng.uniform(-0.04, 1.04), y + w * rng.uniform(-0.2, 0.05)
        for dx, dy in rng.normal(0, w * 0.01, (3, 2)):
            colour, glow = str(rng.choice(blooms)), rng.uniform(0.8, 1.15)
            pen.blob((px + dx, py + dy), (w * 0.015, w * 0.013), colour, glow)


def _washing_line(width: int, height: int) -> Light:
    """Washing between two windows."""
    rng = np.random.default_rng(12)
    pen = Drawing(width, height, unit=(width, height))

    def hanging(x: float) -> float:
        return 0.665 + 0.02 * float(np.sin((x - 0.375) / 0.3 * np.pi))

    steps = [float(x) for x in np.linspace(0.375, 0.675, 40)]
    for left, right in itertools.pairwise(steps):
        pen.line((left, hanging(left)), (right, hanging(right)), "#d8d4cc", width / 900)
    for x, wide, tall, colour in _WASHING:
        top = hanging(x)
        hem = [
            (x + wide * t, top + tall * (1 + 0.04 * np.sin(t * 9 + x * 50)))
            for t in np.linspace(1, 0, 8)
        ]
        pen.area([(x, top), (x + wide, top), *hem], colour)
        for t in rng.uniform(0.1, 0.9, 3):
            fold = (x + wide * t * 0.95, top + tall * 0.9)
            pen.line((x + wide * t, top), fold, colour, width / 500, 0.85)
    return pen.layer()
