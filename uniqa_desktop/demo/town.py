"""Old towns: coloured fronts, an arcade, white houses above the sea."""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.demo.brush import each, grid, lit, mix, noise, over, shine, smooth, soften, tint
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.pen import blob, canvas, ink, layer, polygon, rectangle, stroke
from uniqa_desktop.demo.scene import Scene


def _window(
    sheet: np.ndarray,
    rng: np.random.Generator,
    x: float,
    y: float,
    w: float,
    h: float,
    shutter: str,
    open_: bool,
) -> None:
    """A window with stone frame, panes or closed shutters, and a flower box on some."""
    frame = w * 0.09
    rectangle(sheet, x - frame, y - frame * 1.4, x + w + frame, y + h + frame, "#d8cbb6")
    rectangle(
        sheet,
        x - frame * 1.8,
        y + h + frame * 0.4,
        x + w + frame * 1.8,
        y + h + frame * 1.6,
        "#e4d9c6",
    )
    if open_:
        rectangle(sheet, x, y, x + w, y + h, "#1b2129")
        for k in range(12):  # the sky in the panes, darker downwards
            rectangle(
                sheet, x, y + h * k / 24, x + w, y + h * (k + 1) / 24, "#5d7288", 1.0 - 0.055 * k
            )
        if rng.random() < 0.6:
            for side in (0, 1):
                left = x + side * w * 0.62
                for k in range(7):
                    rectangle(
                        sheet,
                        left + w * 0.38 * k / 7,
                        y,
                        left + w * 0.38 * (k + 0.9) / 7,
                        y + h * 0.97,
                        "#cfc8ba",
                        0.62 + 0.14 * (k % 2),
                    )
        for t in (0.0, 0.46, 0.93):
            rectangle(sheet, x + w * t, y, x + w * (t + 0.07), y + h, "#efe8da")
        for t in (0.0, 0.33, 0.65, 0.955):
            rectangle(sheet, x, y + h * t, x + w, y + h * (t + 0.035), "#efe8da")
        leaves = ((x - w * 0.56 - frame, w * 0.52), (x + w + frame + w * 0.04, w * 0.52))
    else:
        leaves = ((x, w * 0.49), (x + w * 0.51, w * 0.49))
    for left, wide in leaves:
        rectangle(sheet, left, y, left + wide, y + h, shutter)
        slats = 22
        for part in (0, 1):
            top, tall = y + h * (0.04 + 0.48 * part), h * 0.44
            for k in range(slats):
                at = top + tall * k / slats
                rectangle(
                    sheet,
                    left + wide * 0.13,
                    at,
                    left + wide * 0.87,
                    at + tall / slats * 0.45,
                    shutter,
                    0.5 + 0.08 * rng.random(),
                )
                rectangle(
                    sheet,
                    left + wide * 0.13,
                    at + tall / slats * 0.45,
                    left + wide * 0.87,
                    at + tall / slats,
                    shutter,
                    1.12,
                )
    if open_ and rng.random() < 0.55:
        _flowers(sheet, rng, x, y + h, w)


def _flowers(sheet: np.ndarray, rng: np.random.Generator, x: float, y: float, w: float) -> None:
    rectangle(sheet, x - w * 0.04, y - w * 0.02, x + w * 1.04, y + w * 0.17, "#9a5a3c")
    blooms = rng.permutation(["#d8345a", "#e85d3a", "#f0c8d4", "#c22f4a"])[:2]
    for _ in range(150):
        px = x + w * rng.uniform(-0.06, 1.06)
        py = y - w * (rng.random() * 0.24) + w * 0.09 * rng.random()
        blob(
            sheet,
            px,
            py,
            w * 0.022,
            w * 0.012,
            rng.uniform(0, 180),
            ink("#4c7a34", rng.uniform(0.5, 1.2)),
        )
    for _ in range(60):
        px, py = x + w * rng.uniform(-0.04, 1.04), y - w * rng.random() * 0.25 + w * 0.05
        for _ in range(3):
            blob(
                sheet,
                px + rng.normal(0, w * 0.01),
                py + rng.normal(0, w * 0.01),
                w * 0.015,
                w * 0.013,
                0,
                ink(str(rng.choice(blooms)), rng.uniform(0.8, 1.15)),
            )


def fronts(width: int, height: int, seed: int) -> Scene:
    """Coloured house fronts with shutters, half of them in the evening sun."""
    rng = np.random.default_rng(seed)
    column, row = grid(width, height)
    houses = ((0.0, 0.36, "#d9a25a"), (0.36, 0.69, "#c9705a"), (0.69, 1.0, "#e3cf9f"))
    shutters = ("#2f5d4f", "#3f6f86", "#5a7a4a")
    made = np.zeros((height, width, 3), np.float32)
    stain = noise(rng, width, height, width / 5, gain=0.6)
    rough = noise(rng, width, height, width / 90, gain=0.75)
    streak = noise(rng, width, height, width / 30, stretch=0.06, gain=0.6)
    flaked = smooth(1.55, 1.72, stain + 0.18 * rough)
    for left, right, colour in houses:
        part = slice(int(left * width), int(right * width))
        wall = tint(
            np.clip(0.55 + 0.2 * stain[:, part] + 0.05 * rough[:, part], 0, 1),
            paint(colour) * 0.72,
            paint(colour) * 1.12,
        )
        wall *= each(1 - 0.09 * np.maximum(streak[:, part], 0))
        made[:, part] = mix(wall, paint("#b9aa94"), flaked[:, part])
    relief = 0.35 * rough + 0.1 * streak - 1.6 * flaked
    for edge in (0.36, 0.69):
        relief = relief + 30 * smooth(-2, 2, (column - edge * width))
    light = lit(relief, (-0.8, -0.55, 0.7), width / 1800)
    sheet = canvas(width, height)
    for (left, right, _), shutter in zip(houses, shutters, strict=True):
        wide = (right - left) * width
        w, h = wide * 0.155, height * 0.25
        for r in range(3):
            for c in range(2):
                x = left * width + wide * (0.19 + 0.46 * c)
                y = height * (-0.03 + 0.375 * r + 0.05 * (left == 0.36))
                _window(sheet, rng, x, y, w, h, shutter, rng.random() < 0.68)
    things = layer(sheet)
    cast = cv2.warpAffine(
        things[..., 3], np.array([[1, 0, width * 0.009], [0, 1, width * 0.011]]), (width, height)
    )
    made *= each(light * (1 - 0.55 * soften(as_light(cast), width / 900)))
    things[..., :3] *= each(0.92 + 0.05 * rough)
    # The roof line of the other side of the street, as a shadow across the fronts.
    skyline = height * (0.60 - 0.34 * column / width) + height * 0.05 * np.sign(
        np.sin(column / width * 17)
    ) * (np.sin(column / width * 17) > 0.4)
    shade = soften(smooth(-2, 2, row - skyline + 0.0 * column), width / 700)
    over(made, things)
    _laundry(made, width, height)
    sun = shine(1 - shade, ray(1.536, 1.29, 1.0), ray(0.2475, 0.2775, 0.345))
    return Scene((made * sun * np.float32(0.92)).astype(np.float32))


def _laundry(made: Light, width: int, height: int) -> None:
    """A washing line between two windows, in place."""
    rng = np.random.default_rng(12)
    sheet = canvas(width, height)
    xs = np.linspace(0.375, 0.675, 40)
    ys = 0.665 + 0.02 * np.sin((xs - 0.375) / 0.3 * np.pi)
    for k in range(39):
        stroke(
            sheet,
            xs[k] * width,
            ys[k] * height,
            xs[k + 1] * width,
            ys[k + 1] * height,
            ink("#d8d4cc"),
            max(width / 900, 1),
        )
    for x, w, h, colour in (
        (0.395, 0.03, 0.085, "#f2efe8"),
        (0.435, 0.045, 0.06, "#7fa3c4"),
        (0.49, 0.024, 0.1, "#f4f1ea"),
        (0.522, 0.024, 0.1, "#c4514a"),
        (0.56, 0.05, 0.075, "#f0ead8"),
        (0.622, 0.034, 0.06, "#55775f"),
    ):
        top = (0.665 + 0.02 * np.sin((x - 0.375) / 0.3 * np.pi)) * height
        bottom = [
            ((x + w * t) * width, top + h * height * (1 + 0.04 * np.sin(t * 9 + x * 50)))
            for t in np.linspace(1, 0, 8)
        ]
        polygon(sheet, [(x * width, top), ((x + w) * width, top), *bottom], ink(colour))
        for t in rng.uniform(0.1, 0.9, 3):
            stroke(
                sheet,
                (x + w * t) * width,
                top,
                (x + w * t * 0.95) * width,
                top + h * height * 0.9,
                ink(colour, 0.85),
                max(width / 500, 1),
            )
    over(made, layer(sheet))
