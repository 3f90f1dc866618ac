"""A stylised face, modelled as a relief and lit: what the portraits are made of."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from uniqa_desktop.demo.brush import each, grid, lay, lit, mix, noise, shine, smooth, soften
from uniqa_desktop.demo.light import Light, as_light, paint, ray


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody looks (colours as seen in even light)."""

    skin: str
    hair: str
    eyes: str
    shirt: str
    hat: str | None = None
    long_hair: bool = True


@dataclass(frozen=True, slots=True)
class Lighting:
    """Key light (direction right, down, out; colour), the light from everywhere, and a rim."""

    toward: tuple[float, float, float]
    key: Light
    fill: Light
    rim: Light


@dataclass(frozen=True, slots=True)
class Pose:
    """What changes within a burst.

    Attributes:
        turn: How far the head is turned to the right (half head widths).
        smile: 0 earnest, 1 smiling.
        lids: 0 eyes open, 1 closed.
    """

    turn: float = 0.0
    smile: float = 0.5
    lids: float = 0.0


@dataclass(frozen=True, slots=True)
class Plane:
    """A piece of paper to draw a person on.

    Coordinates `u` (right) and `v` (down) count in half head heights from the middle of the face;
    `unit` is their length in pixels. `grain` is fine noise, the same for every frame of a burst.
    """

    u: Light
    v: Light
    unit: float
    grain: Light

    @classmethod
    def sized(cls, width: int, height: int, unit: float, middle: float) -> Plane:
        """A plane of `width` x `height` pixels with the face `middle` of the height down."""
        column, row = grid(width, height)
        u = (column - np.float32(width / 2)) / np.float32(unit) + 0 * row
        v = (row - np.float32(height * middle)) / np.float32(unit) + 0 * column
        return cls(u, v, unit, noise(np.random.default_rng(31), width, height, unit / 27, gain=0.8))

    def part(self, rows: slice, columns: slice) -> Plane:
        """A rectangle of the paper."""
        at = (rows, columns)
        return Plane(self.u[at], self.v[at], self.unit, self.grain[at])


_OUTLINE = np.array(
    [
        (-1.02, 0.0), (-1.0, 0.14), (-0.95, 0.33), (-0.85, 0.50), (-0.7, 0.63), (-0.5, 0.715),
        (-0.25, 0.75), (0.0, 0.745), (0.2, 0.72), (0.4, 0.665), (0.55, 0.60), (0.7, 0.50),
        (0.82, 0.385), (0.91, 0.27), (0.97, 0.15), (1.0, 0.0),
    ]
)  # fmt: skip
"""Half the width of a head at each height, in half heights (eyes near 0, chin at 1)."""


def put(made: Light, colour: Light, mask: Light) -> None:
    """Lays an opaque `colour` over a layer where `mask` says so, in place."""
    lay(made[..., :3], colour, mask)
    made[..., 3] += (1 - made[..., 3]) * mask


def _bump(u: Light, v: Light, x: float, y: float, wide: float, tall: float) -> Light:
    across, down = (u - x) * np.float32(1 / wide), (v - y) * np.float32(1 / tall)
    return np.exp(-(across * across + down * down))


def _ridge(v: Light, y: float, thick: float) -> Light:
    across = (v - y) * np.float32(1 / thick)
    return np.exp(-(across * across))


def face(made: Light, plane: Plane, person: Person, lighting: Lighting, pose: Pose) -> None:
    """Draws a face into the layer `made`, in place."""
    u, v, unit, grain = plane.u, plane.v, plane.unit, plane.grain
    fine = np.linspace(-1.1, 1.1, 441)
    weights = np.hanning(27)[1:-1] / np.hanning(27).sum()
    outline = np.interp(fine, _OUTLINE[:, 0], _OUTLINE[:, 1])
    outline = np.convolve(np.pad(outline, 12, mode="edge"), weights, "valid")
    half = np.interp(v - 0.02 * pose.turn * u, fine, outline).astype(np.float32)
    inside = as_light(cv2.GaussianBlur((half > np.abs(u)).astype(np.float32), (0, 0), unit / 22))
    inside = smooth(0.5 - 9 / unit, 0.5 + 9 / unit, inside)
    f = u - np.float32(pose.turn * 0.55) * np.sqrt(np.clip(1 - u * u, 0, 1))
    bow = np.float32(0.53) - np.float32(0.05 * pose.smile / 0.24**2) * f * f
    wide = 0.175 + 0.045 * pose.smile
    lips = np.exp(-((f * f * np.float32(1 / wide**2)) ** 2))
    relief = _relief(u, v, f, half, bow, lips, pose)
    relief = soften(relief * np.float32(unit), unit / 70) + 0.05 * grain
    light = lit(relief, lighting.toward)
    right, down, out = lighting.toward
    wrap = lit(soften(relief, unit / 14), (right * 0.7, down * 0.7, out + 0.25))
    colour = _complexion(plane, f, bow, lips, wide, person)
    shade = np.ones_like(u)
    if person.hat:
        brim = -0.66 + 0.16 * np.square(u / 0.75)
        shade = 0.4 + 0.6 * smooth(0.0, 0.14, v - brim - 0.24)
    through = ray(1.0, 0.62, 0.5)  # light that has been inside the skin is red
    shown = colour * (
        shine(light * shade * 0.72, lighting.key, lighting.fill)
        + shine(wrap * shade * 0.28, lighting.key * through)
    )
    rim = _ridge(np.abs(u), 0.74, 0.05) * (u > 0) * smooth(0.7, -0.1, v)
    shown = shown + shine(rim * 0.4, lighting.rim) * colour
    for side in (-1, 1):
        near = np.abs(plane.u[0] - side * 0.27 - pose.turn * 0.5) < 0.34
        columns = slice(int(near.argmax()), len(near) - int(near[::-1].argmax()))
        low = np.abs(plane.v[:, 0] + 0.08) < 0.26
        rows = slice(int(low.argmax()), len(low) - int(low[::-1].argmax()))
        _eye(
            shown[rows, columns],
            plane.part(rows, columns),
            f[rows, columns],
            shade[rows, columns],
            (person, lighting, pose),
            side,
        )
    put(made, shown.astype(np.float32), inside)


def _relief(
    u: Light, v: Light, f: Light, half: Light, bow: Light, lips: Light, pose: Pose
) -> Light:
    """The shape of the head, in half head heights."""
    across = u / np.maximum(half, 0.01)
    relief = np.sqrt(np.clip(1 - across * across, 0, 1)) * np.minimum(0.78, half * 1.25)
    relief = soften(relief.astype(np.float32), u.shape[1] / 60)
    cheek = 0.05 + 0.03 * pose.smile
    for side in (-1, 1):
        for deep, x, y, wide, tall in (
            (-0.075, 0.27, -0.03, 0.17, 0.10),  # socket
            (0.045, 0.27, -0.02, 0.11, 0.07),  # eyeball
            (0.05, 0.28, -0.2, 0.2, 0.06),  # brow
            (cheek, 0.36, 0.25, 0.19, 0.18),
            (0.055, 0.095, 0.29, 0.055, 0.05),  # nostril
        ):
            relief += np.float32(deep) * _bump(f, v, side * x, y, wide, tall)
    bridge = smooth(-0.2, 0.27, v) * smooth(0.38, 0.30, v)
    relief += 0.17 * _ridge(f, 0, 0.085) * bridge + 0.07 * _bump(f, v, 0, 0.28, 0.085, 0.075)
    upper, lower, gap = (
        _ridge(v - bow, *at) for at in ((-0.045, 0.035), (0.055, 0.045), (0, 0.014))
    )
    relief += lips * (0.04 * upper + 0.048 * lower - 0.03 * gap)
    relief += 0.05 * _bump(f, v, 0, 0.83, 0.16, 0.12)  # chin
    return relief


def _complexion(
    plane: Plane, f: Light, bow: Light, lips: Light, wide: float, person: Person
) -> Light:
    """Skin with blush, lips, nostrils and stubble."""
    v, grain = plane.v, plane.grain
    skin = paint(person.skin)
    colour = shine(1 + 0.025 * grain, skin)
    blush = 0.8 * _bump(f, v, 0, 0.28, 0.09, 0.08)
    nostrils = np.zeros_like(v)
    for side in (-1, 1):
        blush += _bump(f, v, side * 0.37, 0.24, 0.2, 0.15)
        nostrils += _bump(f, v, side * 0.062, 0.345, 0.028, 0.016)
    colour = mix(colour, colour * ray(1.04, 0.72, 0.66), np.clip(blush, 0, 1) * 0.5)
    full = 0.066 * np.sqrt(np.clip(1 - np.square(f / (wide * 1.12)), 0, 1)) + 1e-4
    dip = 0.012 * _ridge(f, 0, 0.03) * (v < bow)
    mouth = smooth(1.1, 0.8, np.abs(v - bow - 0.012 - dip) / full) * (full > 0.003)
    colour = mix(colour, skin * ray(0.78, 0.36, 0.34), mouth * 0.75)
    crease = _ridge(v - bow, 0, 0.010) * smooth(0.12, 0.3, lips)
    colour *= each((1 - 0.75 * crease) * (1 - 0.7 * np.clip(nostrils, 0, 1)))
    if not person.long_hair:
        chin = smooth(0.30, 0.62, v + 0.25 * np.abs(plane.u))
        stubble = chin * smooth(0.02, 0.08, np.abs(v - bow) - 0.05 * lips)
        shadow = colour * ray(0.55, 0.55, 0.6)
        colour = mix(colour, shadow, stubble * np.clip(0.5 + 0.2 * grain, 0, 1))
    return colour


def _eye(
    shown: Light,
    plane: Plane,
    f: Light,
    shade: Light,
    who: tuple[Person, Lighting, Pose],
    side: int,
) -> None:
    """One eye with lid, lashes and brow, in place."""
    person, lighting, pose = who
    v, grain = plane.v, plane.grain
    bright = shine(0.62 * shade, lighting.key, lighting.fill)
    x, y = f - np.float32(side * 0.27), v + np.float32(0.02)
    a, b = x / 0.128, y / 0.068
    round_ = np.sqrt(np.clip(1 - a * a, 0, 1))
    upper, lower = -round_ * (1 - 1.75 * pose.lids), round_ * 0.72
    within = (np.abs(a) < 1).astype(np.float32)
    opening = smooth(-0.03, 0.06, b - upper) * smooth(0.03, -0.06, b - lower) * within
    away = np.hypot(x + 0.01 * side, y + 0.006) / 0.065
    ball = shine(0.95 - 0.35 * _ridge(b - upper, 0, 0.45), paint("#ece6e0"))
    fibres = 0.8 + 0.15 * np.sin(np.arctan2(y, x) * 41) + 0.05 * grain
    iris = shine(fibres * (0.55 + 0.6 * smooth(-0.6, 0.9, y / 0.064)), paint(person.eyes))
    ball = mix(ball, iris, smooth(1.05, 0.95, away))
    ball *= each(1 - 0.6 * smooth(0.82, 1.0, away) * smooth(1.15, 1.0, away))
    ball = mix(ball, ray(0.004, 0.004, 0.005), smooth(0.48, 0.40, away)) * bright
    glint = smooth(1.0, 0.75, np.hypot(x + 0.026, y + 0.026) / 0.016)
    lay(shown, ball + shine(glint * 0.9, lighting.key), opening)
    line = _ridge(b - upper, 0, 0.13) * within * smooth(1.0, 0.9, np.abs(a))
    fold = _ridge(b - upper, -0.55, 0.11) * smooth(1.05, 0.7, np.abs(a)) * 0.45
    lash = (0.5 + 0.5 * np.sin(a * 46 + side)) * smooth(1.15, 0.8, np.abs(a)) * 0.55
    lash *= smooth(0.62, 0.1, upper - b) * (b < upper)
    below = _ridge(b - lower, 0, 0.07) * within * 0.4
    shown *= each(1 - np.clip(0.93 * line + fold + lash + below, 0, 0.96))
    outwards = side * f
    arch = -0.20 - 0.035 * np.cos((outwards - 0.28) / 0.21 * 1.4) + 0.02 * (outwards - 0.27)
    thick = np.clip(0.022 - 0.03 * (outwards - 0.27), 0.008, 0.04)
    brow = _ridge((v - arch) / thick, 0, 1.0) * smooth(0.24, 0.17, np.abs(outwards - 0.28))
    hairs = 0.86 + 0.14 * np.sin(f * 150 + v * 210 * side)
    lay(shown, paint(person.hair) * np.float32(0.35) * bright, np.clip(brow * hairs * 0.9, 0, 1))
