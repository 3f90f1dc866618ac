"""A sailing boat passing."""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.demo.brush import each, grid, mix, noise, over, resized, smooth
from uniqa_desktop.demo.light import Light, as_light, paint
from uniqa_desktop.demo.outdoors import View, ripples
from uniqa_desktop.demo.pen import Drawing, Point
from uniqa_desktop.demo.scene import Scene
from uniqa_desktop.demo.sea import blue_sea

_AFLOAT = 0.93
"""How far down the drawing of the boat the water reaches."""

_MAST, _TOP, _DECK = 0.5, 0.02, 0.845
"""Where the mast stands (from the left), begins and ends (from above) in the drawing."""

_HULL = (
    (0.07, 0.845), (0.5, 0.868), (0.965, 0.838), (0.9, 0.895), (0.8, 0.94), (0.2, 0.94), (0.1, 0.9),
)  # fmt: skip
_STRIPE = (
    (0.075, 0.855), (0.5, 0.88), (0.955, 0.85), (0.95, 0.858), (0.5, 0.89), (0.08, 0.866),
)  # fmt: skip
_CABIN = ((0.3, 0.862), (0.34, 0.825), (0.56, 0.82), (0.62, 0.86))
_SAILOR = ((0.0, 0.86), (0.004, 0.807), (0.014, 0.797), (0.028, 0.797), (0.04, 0.86))


def sailing(width: int, height: int, seed: int) -> Scene:
    """A sailing boat passes; within a second it moves on and bobs."""
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
        turned = _turned(boat, -1.2 + 1.1 * float(np.sin(moment * 4.6)))
        x = round(width * (0.30 + 0.055 * moment)) - turned.shape[1] // 2
        foot = view.skyline + height * (0.095 + 0.004 * float(np.sin(moment * 4.0)))
        _mirror(light, turned, x, round(foot), waves, view)
        over(light, turned, x, round(foot - turned.shape[0] * _AFLOAT))
        _bow_wave(light, x + turned.shape[1] * 0.5, foot, height * 0.145, moment)

    return Scene(world, moving)


def _turned(sprite: Light, degrees: float) -> Light:
    """The boat pitched forward about its place on the water."""
    rows, columns = sprite.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows * _AFLOAT), -degrees, 1.0)
    return as_light(cv2.warpAffine(sprite, turn, (columns, rows), flags=cv2.INTER_LINEAR))


def _mirror(
    light: Light, sprite: Light, x: int, foot: int, waves: tuple[Light, Light], view: View
) -> None:
    """The image of `sprite` in moving water below row `foot`, in place."""
    flipped = sprite[: int(sprite.shape[0] * _AFLOAT)][::-1]
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


def _bow_wave(light: Light, x: float, y: float, size: float, moment: float) -> None:
    """Foam along the hull, in place."""
    rng = np.random.default_rng(9)
    columns, rows = round(size * 2.6), round(size * 0.5)
    pen = Drawing(columns, rows, unit=(columns, rows))
    for _ in range(420):
        along = rng.random()
        left = 0.06 + 0.88 * along
        jump = rng.random() ** 2 * (0.15 + 0.5 * np.exp(-((along - 0.9) ** 2) * 40))
        down = 0.8 - 0.5 * jump + 0.05 * np.sin(moment * 9 + along * 20)
        end = (left + rng.uniform(0.004, 0.03), down + rng.uniform(-1, 1) / rows)
        pen.line((left, down), end, "#f4f8fa", size / 150)
    over(light, pen.layer() * np.float32(0.8), round(x - columns * 0.52), round(y - rows * 0.72))


def _boat(height: int) -> Light:
    """A sloop under main and jib, seen from the side."""
    width = round(height * 0.78)
    made = _sails(width, height)
    pen = Drawing(width, height, unit=(width, height))
    pen.line((_MAST, _TOP), (_MAST, _DECK), "#8f8577", height / 90)
    pen.line((_MAST, _DECK - 0.05), (0.12, _DECK - 0.06), "#9a8f80", height / 120)
    for x in (0.1, 0.93):
        pen.line((_MAST, _TOP), (x, _DECK), "#5a5a58")
    pen.area(_HULL, "#23456b")
    pen.area(_STRIPE, "#e8e2d2")
    pen.area(_CABIN, "#d9d3c4")
    for x in (0.36, 0.43, 0.5):
        pen.area(((x, 0.84), (x + 0.04, 0.838), (x + 0.04, 0.852), (x, 0.854)), "#2b3a48")
    for x, jacket in ((0.2, "#c4423a"), (0.25, "#e0b23c")):
        pen.area([(x + right, down) for right, down in _SAILOR], jacket)
        pen.blob((x + 0.02, 0.785), (0.0154, 0.014), "#9a6b4c")
    body = pen.layer()
    _, row = grid(width, height)
    shade = 1.1 - 0.5 * smooth(0.85, 0.94, row / height)
    body[..., :3] *= shade[..., None]
    over(made, body)
    return made


def _sails(width: int, height: int) -> Light:
    """Cloth: bellied (brighter at the luff), with seams and wrinkles."""
    pen = Drawing(width, height, unit=(width, height))
    luff = _MAST - 0.012
    main: list[Point] = [(luff, _TOP + 0.02)]
    for t in np.linspace(0.05, 1, 14):
        leech = 0.36 * t**0.8 + 0.03 * np.sin(np.pi * t)
        main.append((luff - leech, _TOP + 0.02 + 0.74 * t))
    pen.area([*main, (luff, _DECK - 0.055)], "#f3efe6")
    stay = _MAST + 0.01
    jib: list[Point] = [(stay, _TOP + 0.07)]
    for t in np.linspace(0.1, 1, 10):
        jib.append((stay + 0.335 * t + 0.012 * np.sin(np.pi * t), _TOP + 0.07 + 0.72 * t))
    pen.area([*jib, (_MAST + 0.1, _DECK - 0.035), (_MAST + 0.035, _DECK - 0.3)], "#e9e4da")
    made = pen.layer()
    column, row = grid(width, height)
    across, down = column / width, row / height
    belly = 1.12 - 0.55 * np.abs(across - 0.36) - 0.25 * (across > _MAST)
    seams = 1 - 0.12 * (np.abs((down * 11 + across * 2.2) % 1 - 0.5) < 0.02)
    wrinkle = 1 + 0.03 * np.sin(down * 60 + across * 40)
    made[..., :3] *= each(belly * seams * wrinkle * 0.8)
    return made
