"""Portraits: head and shoulders before a place out of focus."""

from __future__ import annotations

import cv2
import numpy as np

from uniqa_desktop.demo.brush import (
    bokeh,
    defocus,
    each,
    grid,
    lit,
    mix,
    noise,
    over,
    resized,
    shine,
    smooth,
    tint,
)
from uniqa_desktop.demo.faces import Lighting, Person, Plane, Pose, face, put
from uniqa_desktop.demo.light import Light, as_light, paint, ray
from uniqa_desktop.demo.scene import Scene

_WOMAN = Person("#e0b092", "#6b4226", "#5f7f8a", "#e9e4da", hat="#e3c68c")
_MAN = Person("#c28d6a", "#2a1f1a", "#6b4a2e", "#2f4a63", long_hair=False)


def portrait(width: int, height: int, seed: int) -> Scene:
    """A woman in a straw hat at the beach, in soft afternoon light."""
    colours = ("#9cc4dc", "#7fb3bd", "#d9c49a")
    glints = [paint("#eef6f4") * np.float32(0.7), paint("#fff2cf") * np.float32(0.8)]
    still = _backdrop(width, height, seed, colours, glints, 46)
    light = Lighting(
        (-0.55, -0.45, 0.75), ray(1.25, 1.08, 0.88), ray(0.25, 0.28, 0.33), ray(1.4, 1.2, 0.9)
    )
    return _sitting(still, _WOMAN, light)


def night_portrait(width: int, height: int, seed: int) -> Scene:
    """A man by lamplight, the lights of a street behind him."""
    lamps = [
        ray(2.4, 1.1, 0.35),
        ray(1.9, 0.5, 0.25),
        ray(0.4, 0.8, 1.6),
        ray(1.6, 1.3, 0.9),
        ray(0.4, 1.3, 0.7),
    ]
    still = _backdrop(width, height, seed, ("#141a2c", "#2a2433", "#120f14"), lamps, 60)
    light = Lighting(
        (-0.7, -0.25, 0.6), ray(0.85, 0.58, 0.33), ray(0.05, 0.06, 0.10), ray(0.5, 0.8, 1.5)
    )
    return _sitting(still, _MAN, light)


def _backdrop(
    width: int,
    height: int,
    seed: int,
    colours: tuple[str, str, str],
    points: list[Light],
    count: int,
) -> Light:
    """A place far out of focus: top, middle and bottom colour, and discs of light."""
    rng = np.random.default_rng(seed)
    w, h = max(width // 4, 8), max(height // 4, 8)
    _, row = grid(w, h)
    blotch = noise(rng, w, h, w / 3, gain=0.4)
    down = np.clip(row / h + 0.10 * blotch, 0, 1)
    top, middle, bottom = (paint(colour) for colour in colours)
    made = mix(tint(smooth(0.0, 0.55, down), top, middle), bottom, smooth(0.5, 0.95, down))
    made *= each(1 + 0.10 * blotch)
    bokeh(rng, made, count, points, w / 22)
    return np.maximum(resized(defocus(made, w / 90), width, height), 0)


def _pose(moment: float) -> Pose:
    """How a face changes: it turns a little, smiles, and blinks once about 0.5 s in."""
    return Pose(
        turn=-0.10 + 0.09 * moment,
        smile=0.35 + 0.5 * float(np.sin(min(moment, 1.0) * 1.7)),
        lids=float(np.exp(-(((moment - 0.5) / 0.11) ** 4))),
    )


def _sitting(still: Light, person: Person, lighting: Lighting) -> Scene:
    """Somebody in front of `still`; only the face changes from frame to frame."""
    height, width = still.shape[:2]
    size = round(min(width * 1.12, height * 0.86))
    plane = Plane.sized(size, round(size * 1.25), size * 0.30, 0.42)
    rng = np.random.default_rng(31)
    behind = np.zeros((*plane.u.shape, 4), np.float32)
    if person.long_hair:
        _hair(behind, plane, person, lighting, rng, back=True)
    else:
        _ears(behind, plane, person, lighting)
    _neck(behind, plane, person, lighting)
    _shoulders(behind, plane, person, lighting, rng)
    front = np.zeros_like(behind)
    _hair(front, plane, person, lighting, rng, back=False)
    if person.hat:
        _hat(front, plane, person.hat, lighting, rng)
    head = (
        slice(round(size * 0.19), round(size * 0.86)),
        slice(round(size * 0.2), round(size * 0.8)),
    )
    near = plane.part(*head)

    def moving(light: Light, moment: float) -> None:
        layer = behind.copy()
        face(layer[head], near, person, lighting, _pose(moment))
        over(layer, front)
        x = round(width * (0.5 + 0.008 * float(np.sin(moment * 3))) - size / 2)
        bob = round(height * 0.004 * float(np.sin(moment * 5)))
        over(light, layer, x, height - round(layer.shape[0] * 0.985) + bob)

    return Scene(still, moving)


def _egg(plane: Plane, y: float, wide: float, tall: float, deep: float) -> Light:
    """A rounded relief in the middle, `deep` half head heights high."""
    across, down = plane.u / np.float32(wide), (plane.v - np.float32(y)) / np.float32(tall)
    return np.sqrt(np.clip(1 - across * across - down * down, 0, 1)) * np.float32(deep)


def _shoulders(
    made: Light, plane: Plane, person: Person, lighting: Lighting, rng: np.random.Generator
) -> None:
    height, width = plane.u.shape
    trunk, neck = _egg(plane, 2.55, 1.75, 1.2, 0.9), _egg(plane, 2.0, 0.9, 0.75, 0.75)
    seam = np.clip(0.5 + (trunk - neck) / 0.6, 0, 1)
    relief = neck + (trunk - neck) * seam + 0.3 * seam * (1 - seam)
    neck_line = np.hypot(plane.u / 0.52, (plane.v - 1.0) / 0.42)
    inside = smooth(0.10, 0.13, relief) * smooth(1.0, 1.03, neck_line)
    relief = relief + 0.018 * noise(rng, width, height, plane.unit * 0.7, stretch=0.6, gain=0.4)
    thread = plane.unit / 60
    column, row = grid(width, height)
    shift = (np.floor(column / thread / np.pi) % 2) * np.pi
    weave = 0.5 * np.sin(column / thread) + 0.5 * np.sin(row / thread + shift)
    cloth = shine(1 + 0.10 * weave + 0.06 * noise(rng, width, height, 4), paint(person.shirt))
    light = lit(relief * np.float32(plane.unit), lighting.toward)
    light *= 1 - 0.35 * smooth(1.16, 1.06, neck_line)
    put(made, cloth * shine(light, lighting.key, lighting.fill), inside)


def _neck(made: Light, plane: Plane, person: Person, lighting: Lighting) -> None:
    wide = 0.36 + 0.34 * smooth(0.95, 1.6, plane.v) ** 1.5
    across = plane.u / wide
    relief = np.sqrt(np.clip(1 - across * across, 0, 1)) * np.float32(0.4 * plane.unit)
    inside = smooth(1.0, 0.96, np.abs(across)) * smooth(0.4, 0.5, plane.v)
    inside *= smooth(1.6, 1.55, plane.v)
    light = lit(relief, lighting.toward)
    light *= 0.35 + 0.65 * smooth(0.85, 1.35, plane.v - 0.25 * plane.u)  # the chin's shadow
    skin = shine(1 + 0.02 * plane.grain, paint(person.skin) * ray(1.0, 0.93, 0.9))
    put(made, skin * shine(light, lighting.key, lighting.fill * np.float32(0.8)), inside)


def _ears(made: Light, plane: Plane, person: Person, lighting: Lighting) -> None:
    for side in (-1, 1):
        away = np.hypot(
            (plane.u - side * 0.745) / 0.09, (plane.v - 0.06 + 0.1 * side * plane.u) / 0.2
        )
        fold = 0.55 + 0.45 * np.abs(np.sin(away * 3.4))
        bright = np.float32(0.75 if side * lighting.toward[0] > 0 else 0.3)
        skin = paint(person.skin) * ray(1.0, 0.8, 0.74)
        put(
            made,
            shine(fold, skin * (lighting.key * bright + lighting.fill)),
            smooth(1.0, 0.93, away),
        )


def _hair(
    made: Light,
    plane: Plane,
    person: Person,
    lighting: Lighting,
    rng: np.random.Generator,
    *,
    back: bool,
) -> None:
    """The hair behind the head (`back`) or on and beside the face."""
    height, width = plane.u.shape
    u, v = plane.u, plane.v
    wave = 0.03 * np.sin(v * 5 + 1.2 * np.sign(u)) if person.long_hair else np.zeros_like(u)
    outer = np.hypot(u / (0.81 + wave), (v + 0.2) / 0.91)
    if not person.long_hair:
        outer += 0.02 * noise(rng, width, height, plane.unit / 9)
    if back:
        wide = 0.86 + 0.12 * smooth(0, 1.6, v) + wave
        inside = smooth(1.0, 0.97, np.abs(u) / wide) * smooth(-0.7, -0.6, v)
        inside *= smooth(1.75, 1.45, v + 0.1 * np.abs(u))
    else:
        inside = _front_hair(u, v, outer, person)
    # Strands follow the head above and hang straight below.
    angle = np.arctan2(u, -(v + 0.35) + 1e-6) * 0.85
    across = angle + (u * 1.25 + wave - angle) * smooth(-0.35, 0.25, v)
    strands = noise(rng, 2400, 64, 30, gain=0.9)
    x = np.clip((across * 0.28 + 0.5) * 2399, 0, 2398).astype(np.float32)
    y = np.clip(v * 5 + 25, 0, 62).astype(np.float32)
    fibre = as_light(cv2.remap(strands, x, y, cv2.INTER_LINEAR))
    fine = noise(rng, width, height, plane.unit / 40, stretch=0.08, gain=0.8)
    egg = (
        _egg(plane, 0.3, 1.25, 1.9, 0.9) if person.long_hair else _egg(plane, -0.2, 0.95, 1.0, 0.85)
    )
    light = lit((egg + 0.012 * fibre) * np.float32(plane.unit), lighting.toward)
    light *= 0.35 if back else 1.0
    band = np.exp(-np.square((v + 0.52 + 0.10 * fibre - 0.25 * u**2) / 0.16))
    tone = shine(np.maximum(0.8 + 0.22 * fibre + 0.10 * fine, 0.2), paint(person.hair))
    shown = tone * shine(light, lighting.key, lighting.fill)
    gloss = lighting.key * ray(1.0, 0.85, 0.65)
    shown += shine(band * light * 0.22 * (1 + 0.4 * fibre), gloss)
    if not person.hat:
        rim = smooth(0.93, 1.0, outer + 0.02 * fibre) * smooth(0.3, -0.3, v) * smooth(-0.3, 0.5, u)
        shown += shine(rim * 0.5, lighting.rim * (0.4 + paint(person.hair)))
    put(made, np.maximum(shown, 0), inside)


def _front_hair(u: Light, v: Light, outer: Light, person: Person) -> Light:
    """Where hair covers the head from the front: a cap, and locks if it is long."""
    parting = -0.60 + 0.50 * np.square((u + 0.12) / 0.7) ** 1.7
    if not person.long_hair:
        parting = np.maximum(parting, -0.62 + 0.85 * smooth(0.60, 0.78, np.abs(u)))
    inside = smooth(1.0, 0.97, outer) * smooth(0.02, -0.03, v - parting)
    if person.long_hair:
        for side in (-1, 1):
            middle = side * (0.74 + 0.05 * smooth(0.0, 1.2, v) + 0.035 * np.sin(v * 4.2 + side))
            lock = smooth(1.0, 0.88, np.abs(u - middle) / (0.13 + 0.05 * smooth(0.2, 1.1, v)))
            lock *= smooth(-0.75, -0.6, v) * smooth(1.62, 1.35, v + side * 0.05)
            inside = np.maximum(inside, lock)
    if person.hat:
        inside *= smooth(-0.72, -0.66, v)
    return inside


def _hat(
    made: Light, plane: Plane, colour: str, lighting: Lighting, rng: np.random.Generator
) -> None:
    """A straw hat: crown, ribbon and brim."""
    u, v = plane.u, plane.v
    straw = noise(rng, u.shape[1], u.shape[0], 3, gain=0.8)
    outline = np.square(u / 0.68) ** 1.6 + np.square((v + 0.86) / 0.62) ** 1.6
    crown = smooth(1.0, 0.985, outline) * smooth(-0.58, -0.64, v)
    course = (v - 0.10 * u**2) * 95
    weave = 0.5 * np.sin(course) + 0.4 * np.sin(u * 120 + np.floor(course / np.pi) * np.pi)
    relief = (_egg(plane, -0.70, 0.86, 1.0, 0.8) + 0.004 * weave) * np.float32(plane.unit)
    light = shine(lit(relief.astype(np.float32), lighting.toward), lighting.key, lighting.fill)
    put(made, shine(1 + 0.14 * weave + 0.06 * straw, paint(colour)) * light, crown)
    band = smooth(0.0, 0.012, v + 0.85 - 0.10 * (1 - u**2)) * crown
    put(made, shine(1 + 0.06 * np.sin(u * 260), paint("#27313f")) * light, band)
    x = u / 1.32
    y = (v + 0.62 - 0.10 * (1 - x * x)) / 0.22
    away = np.hypot(x, y)
    brim = smooth(1.0, 0.985, away) * (1 - crown * smooth(-0.60, -0.66, v))
    turn = np.arctan2(y, x) * 160 + np.floor(away * 70 / np.pi) * np.pi
    rings = 0.5 * np.sin(away * 70) + 0.4 * np.sin(turn)
    bend = np.clip(0.72 - 0.30 * u - 0.25 * y, 0.1, 1.2) * (1 - 0.4 * smooth(0.97, 1.0, away))
    tone = shine(1 + 0.14 * rings + 0.06 * straw, paint(colour))
    put(made, tone * shine(0.8 * bend, lighting.key, lighting.fill), brim)
