"""A poppy close up, swaying before a meadow out of focus."""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from uniqa_desktop.demo.brush import (
    bokeh,
    defocus,
    each,
    grid,
    lay,
    lit,
    mix,
    noise,
    over,
    resized,
    shine,
    smooth,
    soften,
    tint,
)
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.pen import blob, canvas, ink, layer, stroke
from uniqa_desktop.demo.scene import Scene


def poppy(width: int, height: int, seed: int) -> Scene:
    """A poppy swaying in the wind before a meadow out of focus."""
    rng = np.random.default_rng(seed)
    w, h = width // 4, height // 4
    column, row = grid(w, h)
    blotch = noise(rng, w, h, w / 4)
    back = tint(
        np.clip(0.5 + 0.3 * blotch + 0.35 * (0.5 - row / h), 0, 1),
        paint("#3f5a26"),
        paint("#c5cf7a"),
    )
    back = back + shine(
        smooth(0.75, 0.0, row / h + 0.1 * blotch), paint("#f6e6a8") * np.float32(0.35)
    )
    for x, y, size in (
        (0.16, 0.36, 0.085),
        (0.84, 0.24, 0.07),
        (0.93, 0.62, 0.1),
        (0.30, 0.14, 0.05),
        (0.06, 0.75, 0.07),
    ):
        away = np.hypot(column - x * w, (row - y * h) * 1.25) / (size * w)
        back = mix(back, paint("#d8301c"), smooth(1.05, 0.75, away) * 0.9)
    back = back.astype(np.float32)
    bokeh(rng, back, 70, [paint("#f3f0b0"), paint("#fff6d8"), paint("#c8dc80")], w / 34)
    still = resized(soften(back, w / 160), width, height)
    sheet = canvas(width, height)
    for _ in range(26):  # blades and stems half in focus
        x = rng.uniform(-0.05, 1.05) * width
        lean = rng.normal(0, 0.09) * width
        points = [
            (x + lean * t**2, height * (1.02 - rng.uniform(0.3, 0.75) * t))
            for t in np.linspace(0, 1, 8)
        ]
        for a, b in itertools.pairwise(points):
            stroke(sheet, *a, *b, ink("#6f8a3a", rng.uniform(0.6, 1.2)), width / 260)
    over(still, defocus(layer(sheet), width / 170))
    still = np.maximum(still, 0)
    flower = _flower(np.random.default_rng(seed + 1), round(height * 0.74))

    def moving(light: Light, moment: float) -> None:
        sway = 0.020 * np.sin(moment * 4.2) + 0.006 * np.sin(moment * 11)
        x, y = width * (0.47 + sway), height * 0.42
        _stem(light, x, y, width * 0.52, height, width / 75)
        side = flower.shape[0]
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), -sway * 420, 1.0)
        over(
            light,
            as_light(cv2.warpAffine(flower, turn, (side, side))),
            round(x - side / 2),
            round(y - side / 2),
        )

    return Scene(still, moving)


def _stem(light: Light, x: float, y: float, foot: float, height: int, thick: float) -> None:
    """A hairy stem from below the picture to the flower, in place."""
    rng = np.random.default_rng(8)
    sheet = canvas(light.shape[1], height)
    t = np.linspace(0, 1, 50)
    xs = foot + (x - foot) * t**1.6
    ys = height + 5 + (y - height) * t
    for k in range(49):
        for shift, glow in ((-0.35, 1.25), (0.3, 0.7), (0.0, 1.0)):
            stroke(
                sheet,
                xs[k] + shift * thick,
                ys[k],
                xs[k + 1] + shift * thick,
                ys[k + 1],
                ink("#6f8f45", glow),
                thick * 0.5,
            )
    for _ in range(300):
        k = int(rng.integers(0, 49))
        side = rng.choice([-1, 1])
        px, py = xs[k] + side * thick * 0.5, ys[k] - rng.random() * thick
        stroke(
            sheet,
            px,
            py,
            px + side * thick * rng.uniform(0.4, 1.1),
            py - thick * rng.uniform(0, 0.5),
            ink("#a9bf7c"),
            1,
        )
    over(light, layer(sheet))


def _flower(rng: np.random.Generator, side: int) -> Light:
    """A poppy seen from a little above: petals of crumpled silk around a dark heart."""
    column, row = grid(side, side)
    radius = side * 0.47
    u, v = (column - side / 2) / radius, (row - side / 2) / (radius * 0.82)
    away = np.hypot(u, v)
    turn = np.arctan2(v, u)
    made = np.zeros((side, side, 4), np.float32)
    fine = noise(rng, side, side, side / 30, gain=0.7)
    large = noise(rng, side, side, side / 3)
    for order, centre in enumerate((-1.35, 1.9, 0.35, -2.75, 2.75, -0.35, 1.15)):
        back = order < 4
        off = np.arctan2(np.sin(turn - centre), np.cos(turn - centre))
        wide = 0.95 if back else 0.72
        lobe = np.clip(np.cos(np.clip(off / wide, -1, 1) * np.pi / 2), 0, 1) ** 0.42
        frill = 0.03 * np.sin(off * 17 + order) + 0.02 * np.sin(off * 39 + 2 * order) + 0.05 * large
        size = (0.98 if back else 0.78) * (1 + 0.06 * np.sin(order * 2.1))
        edge = size * lobe + frill * lobe
        inside = smooth(0.0, 0.012, edge - away)
        part = np.clip(away / np.maximum(edge, 0.05), 0, 1)
        # Crumples run from the heart to the rim.
        folds = (
            np.sin(off * 46 + 5 * large + order) * 0.5
            + np.sin(off * 91 + 3 * fine) * 0.25
            + 0.35 * fine
        )
        relief = (
            np.sqrt(np.clip(1 - (part - 0.62) ** 2 * 2.4, 0, 1)) * 0.13
            + 0.010 * folds * part
            + 0.05 * off**2
        ) * radius
        light = lit(relief.astype(np.float32), (-0.55, -0.65, 0.62), 1.0)
        glow = 0.32 + 0.95 * light + 0.30 * smooth(0.55, 1.0, part)
        colour = tint(
            np.clip(0.15 + 0.85 * part + 0.12 * folds, 0, 1), paint("#a3130f"), paint("#f2502a")
        )
        heart = smooth(0.36, 0.16, away + 0.02 * folds)
        colour = mix(colour, paint("#1b0a12"), heart * 0.95)
        shown = colour * shine(glow, ray(1.12, 1.0, 0.9))
        shadow = each(soften(inside, side / 70)) * np.float32(0.5)
        made[..., :3] *= 1 - shadow * made[..., 3:]
        lay(made[..., :3], shown, inside)
        made[..., 3] = np.maximum(made[..., 3], inside)
    sheet = canvas(side, side)
    middle = side / 2
    for _ in range(230):
        a, reach = rng.uniform(0, 2 * np.pi), radius * rng.uniform(0.12, 0.30)
        tip_x, tip_y = middle + np.cos(a) * reach, middle + np.sin(a) * reach * 0.82
        stroke(
            sheet,
            middle + np.cos(a) * radius * 0.08,
            middle + np.sin(a) * radius * 0.07,
            tip_x,
            tip_y,
            ink("#2a1826", rng.uniform(0.8, 1.6)),
            max(side / 500, 1),
        )
        blob(
            sheet,
            tip_x,
            tip_y,
            side / 130,
            side / 190,
            np.degrees(a),
            ink("#4a3a55", rng.uniform(0.5, 1.5)),
        )
    for k in range(30):
        t = k / 29
        blob(
            sheet,
            middle - radius * 0.02 * t,
            middle - radius * 0.025 * t,
            radius * 0.115 * (1 - t * 0.9),
            radius * 0.095 * (1 - t * 0.9),
            0,
            ink("#6f8a4a", 0.65 + 0.5 * t),
        )
    for a in np.linspace(0, 2 * np.pi, 11)[:-1]:
        stroke(
            sheet,
            middle,
            middle,
            middle + np.cos(a) * radius * 0.1,
            middle + np.sin(a) * radius * 0.082,
            ink("#3a2f3a"),
            max(side / 260, 1),
        )
    over(made, layer(sheet))
    return made
