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
from uniqa_desktop.demo.pen import Drawing
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
    pen = Drawing(width, height, unit=(width, height))
    for _ in range(26):  # blades and stems half in focus
        x, lean, tall = rng.uniform(-0.05, 1.05), rng.normal(0, 0.09), rng.uniform(0.3, 0.75)
        blade = [(x + lean * t**2, 1.02 - tall * t) for t in np.linspace(0, 1, 8)]
        for start, end in itertools.pairwise(blade):
            pen.line(start, end, "#6f8a3a", width / 260, rng.uniform(0.6, 1.2))
    over(still, defocus(pen.layer(), width / 170))
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
    pen = Drawing(light.shape[1], height)
    t = np.linspace(0, 1, 50)
    spine = list(zip(foot + (x - foot) * t**1.6, height + 5 + (y - height) * t, strict=True))
    for (x0, y0), (x1, y1) in itertools.pairwise(spine):
        for shift, glow in ((-0.35, 1.25), (0.3, 0.7), (0.0, 1.0)):
            move = shift * thick
            pen.line((x0 + move, y0), (x1 + move, y1), "#6f8f45", thick * 0.5, glow)
    for _ in range(300):
        px, py = spine[int(rng.integers(0, 49))]
        side = float(rng.choice([-1, 1]))
        px, py = px + side * thick * 0.5, py - rng.random() * thick
        tip = (px + side * thick * rng.uniform(0.4, 1.1), py - thick * rng.uniform(0, 0.5))
        pen.line((px, py), tip, "#a9bf7c")
    over(light, pen.layer())


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
    over(made, _heart(rng, side, radius))
    return made


def _heart(rng: np.random.Generator, side: int, radius: float) -> Light:
    """Stamens around the seed capsule."""
    # Units are the flower's radius; it is seen from above at an angle.
    pen = Drawing(side, side, unit=(radius, radius), origin=(side / 2, side / 2))
    for _ in range(230):
        turn, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.12, 0.30)
        right, down = np.cos(turn), 0.82 * np.sin(turn)
        tip = (right * reach, down * reach)
        pen.line((right * 0.08, down * 0.085), tip, "#2a1826", side / 500, rng.uniform(0.8, 1.6))
        pen.blob(tip, (0.016, 0.011), "#4a3a55", rng.uniform(0.5, 1.5), np.degrees(turn))
    for t in np.linspace(0, 1, 30):
        size = 1 - t * 0.9
        pen.blob((-0.02 * t, -0.025 * t), (0.115 * size, 0.095 * size), "#6f8a4a", 0.65 + 0.5 * t)
    for turn in np.linspace(0, 2 * np.pi, 11)[:-1]:
        pen.line((0, 0), (np.cos(turn) * 0.1, np.sin(turn) * 0.082), "#3a2f3a", side / 260)
    return pen.layer()
