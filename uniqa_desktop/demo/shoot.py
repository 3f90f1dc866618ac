"""The table of the demo shoot: which 66 files there are and what is true of each.

Pure data, cheap to import: three days of a trip with two cameras. 64 files are readable
pictures; two are broken on purpose. Tests and benchmarks read the truth about bursts, brackets,
the panorama, edited copies and damage from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from uniqa_desktop.demo.picture import Camera, Damage, DemoPicture, Kind
from uniqa_desktop.photo import Place

AURORA = Camera("Aurora", "Aurora A1", "Aurora 24-105mm F2.8 G", 3 / 2, 1.0)
AURORA_PRIME = Camera("Aurora", "Aurora A1", "Aurora 85mm F1.4", 3 / 2, 1.0)
POCKET = Camera("Pocket", "Pocket P5", "Pocket 5.2mm F1.8", 4 / 3, 6.0)

LAKE = Place(46.6943, 12.0855)
PASS = Place(46.4890, 11.7550)
COAST = Place(44.1063, 9.7273)
CAPE = Place(44.0350, 9.8310)
TOWN = Place(43.7678, 11.2530)
HILLS = Place(43.0650, 11.6120)


def _at(day: int, clock: str) -> datetime:
    return datetime.strptime(f"2025-06-{19 + day} {clock}", "%Y-%m-%d %H:%M:%S.%f")


def _one(
    name: str,
    scene: str,
    seed: int,
    day: int,
    clock: str,
    camera: Camera,
    settings: tuple[float, float, int, float],
    orientation: int = 1,
    place: Place | None = None,
) -> DemoPicture:
    """A keeper; `settings` are shutter, aperture, ISO and focal length."""
    return DemoPicture(name, scene, seed, _at(day, clock), camera, *settings, orientation, place)


def _retake(
    keeper: DemoPicture,
    name: str,
    seconds: float,
    damage: Damage,
    strength: float,
    framing: tuple[float, float, float],
) -> DemoPicture:
    """A spoilt frame of the same motif, some `seconds` before or after the keeper."""
    changed = replace(
        keeper,
        name=name,
        taken=keeper.taken + timedelta(seconds=seconds),
        damage=damage,
        strength=strength,
        framing=framing,
    )
    match damage:
        case Damage.DARK:
            return replace(changed, shutter=keeper.shutter / 2**strength)
        case Damage.BLOWN_OUT:
            return replace(changed, shutter=keeper.shutter * 2**strength)
        case Damage.NOISY:
            gain = strength / keeper.iso
            return replace(changed, iso=round(strength), shutter=keeper.shutter / gain)
        case Damage.SHAKEN:
            return replace(changed, shutter=max(keeper.shutter * 4, 1 / 15))
        case _:
            return changed


def _burst(
    first: DemoPicture, group: str, gap: float, frames: Sequence[tuple[Damage, float] | None]
) -> Iterator[DemoPicture]:
    """A burst from `first`; `None` marks the best frame. `gap` is seconds between frames."""
    stem, suffix = first.name.split(".")
    prefix, number = stem.split("_")
    for index, flaw in enumerate(frames):
        damage, strength = flaw or (Damage.NONE, 0.0)
        moment = round(gap * index, 3)
        # The hand drifts a little from frame to frame.
        drift = (1.0, 0.004 * ((index * 5) % 4 - 1.5), 0.003 * ((index * 3) % 5 - 2))
        yield replace(
            first,
            name=f"{prefix}_{int(number) + index:04d}.{suffix}",
            taken=first.taken + timedelta(seconds=moment),
            kind=Kind.BURST,
            group=group,
            moment=moment,
            damage=damage,
            strength=strength,
            best=flaw is None,
            framing=drift,
        )


def _bracket(first: DemoPicture, group: str, steps: Sequence[float]) -> Iterator[DemoPicture]:
    """An exposure bracket on a tripod; `steps` in EV."""
    stem, suffix = first.name.split(".")
    prefix, number = stem.split("_")
    for index, step in enumerate(steps):
        yield replace(
            first,
            name=f"{prefix}_{int(number) + index:04d}.{suffix}",
            taken=first.taken + timedelta(seconds=0.35 * index),
            shutter=first.shutter * 2**step,
            bias=step,
            kind=Kind.BRACKET,
            group=group,
        )


def _panorama(first: DemoPicture, group: str, frames: int, step: float) -> Iterator[DemoPicture]:
    """A sweep from left to right; `step` in frames from one picture to the next."""
    stem, suffix = first.name.split(".")
    prefix, number = stem.split("_")
    for index in range(frames):
        yield replace(
            first,
            name=f"{prefix}_{int(number) + index:04d}.{suffix}",
            taken=first.taken + timedelta(seconds=1.6 * index),
            kind=Kind.PANORAMA,
            group=group,
            sweep=(1 + step * (frames - 1), step * index),
        )


def _with_copy(
    original: DemoPicture, ending: str, size: float, lift: float
) -> Iterator[DemoPicture]:
    """A photo and a copy of it, as editing programs write them."""
    stem, suffix = original.name.split(".")
    original = replace(original, kind=Kind.NEAR, group=original.scene)
    yield original
    yield replace(
        original,
        name=f"{stem}{ending}.{suffix}",
        copy_of=original.name,
        size=size,
        lift=lift,
    )


def _soft(radius: float) -> tuple[Damage, float]:
    return Damage.BLURRED, radius


def _shaken(length: float) -> tuple[Damage, float]:
    return Damage.SHAKEN, length


def _shoot() -> Iterator[DemoPicture]:
    # Day 1: mountains
    yield _one(
        "DSC_0406.JPG", "ridges", 4, 1, "05:52:18.40", AURORA, (1 / 250, 8, 100, 70), 1, PASS
    )
    yield from _burst(
        _one(
            "DSC_0412.JPG",
            "balloons",
            3,
            1,
            "06:21:07.12",
            AURORA,
            (1 / 640, 5.6, 200, 54),
            1,
            PASS,
        ),
        "balloons",
        0.3,
        [_soft(2.4), None, _shaken(8), _soft(3.4)],
    )
    lake = _one("DSC_0421.JPG", "lake", 1, 1, "08:34:51.67", AURORA, (1 / 320, 8, 100, 34), 1, LAKE)
    yield _retake(lake, "DSC_0419.JPG", -41, Damage.DULL, 0.72, (1.10, 0.02, 0.0))
    yield lake
    yield _retake(lake, "DSC_0422.JPG", 27, Damage.BLURRED, 6.5, (1.16, -0.05, 0.03))
    forest = _one(
        "IMG_2203.jpg", "forest", 1, 1, "09:48:12.00", POCKET, (1 / 120, 1.8, 160, 28), 1, LAKE
    )
    yield forest
    yield _retake(forest, "IMG_2204.jpg", 33, Damage.DARK, 3.0, (1.12, 0.03, 0.04))
    yield from _burst(
        _one("IMG_2210.jpg", "poppy", 1, 1, "11:15:40.21", POCKET, (1 / 500, 1.8, 64, 52)),
        "poppy",
        0.4,
        [_shaken(9), _soft(3.0), None, _soft(1.9)],
    )
    yield _one("IMG_2217.jpg", "planks", 1, 1, "13:02:29.00", POCKET, (1 / 200, 1.8, 64, 28))
    yield _one(
        "DSC_0433.JPG", "peak", 9, 1, "21:04:36.90", AURORA, (1 / 125, 7.1, 200, 97), 6, PASS
    )
    stars = _one(
        "DSC_0440.JPG", "milky_way", 2, 1, "23:41:03.00", AURORA, (15.0, 2.8, 3200, 24), 1, LAKE
    )
    yield _retake(stars, "DSC_0439.JPG", -48, Damage.NOISY, 12800, (1.05, 0.02, -0.02))
    yield stars
    # Day 2: the coast
    beach = _one(
        "IMG_2226.jpg", "beach", 2, 2, "10:12:44.00", POCKET, (1 / 1600, 1.8, 50, 26), 1, COAST
    )
    yield beach
    yield _retake(beach, "IMG_2227.jpg", 19, Damage.BLOWN_OUT, 3.0, (1.14, 0.04, 0.05))
    yield _one(
        "IMG_2231.jpg", "pebbles", 1, 2, "10:31:05.00", POCKET, (1 / 800, 1.8, 50, 28), 1, COAST
    )
    houses = _one(
        "DSC_0455.JPG", "white_houses", 3, 2, "11:47:22.31", AURORA, (1 / 500, 9, 100, 47), 1, COAST
    )
    yield from _with_copy(houses, "_small", 0.5, 0.0)
    yield from _burst(
        _one(
            "DSC_0461.JPG",
            "sailing",
            2,
            2,
            "14:08:55.05",
            AURORA,
            (1 / 1000, 7.1, 125, 58),
            1,
            COAST,
        ),
        "sailing",
        0.15,
        [_soft(2.1), _shaken(11), _soft(1.6), None, _shaken(6), _soft(2.8)],
    )
    yield from _burst(
        _one(
            "DSC_0472.JPG", "gull", 2, 2, "15:26:31.48", AURORA, (1 / 1250, 5.6, 400, 105), 1, CAPE
        ),
        "gull",
        0.1,
        [_soft(3.2), _soft(2.4), None, _shaken(7), _shaken(13)],
    )
    yield from _burst(
        _one(
            "DSC_0481.JPG",
            "portrait",
            1,
            2,
            "17:19:10.33",
            AURORA_PRIME,
            (1 / 400, 1.4, 100, 85),
            8,
            COAST,
        ),
        "portrait",
        0.25,
        [_soft(2.2), None, (Damage.EYES_CLOSED, 1.0), _shaken(7), _soft(3.0)],
    )
    yield _one("DSC_0490.JPG", "dunes", 1, 2, "18:44:02.75", AURORA, (1 / 400, 8, 100, 40))
    yield from _panorama(
        _one("DSC_0491.JPG", "dunes", 2, 2, "18:45:20.30", AURORA, (1 / 400, 8, 100, 40)),
        "dunes",
        4,
        0.5,
    )
    yield from _bracket(
        _one("DSC_0495.JPG", "sunset", 4, 2, "20:57:48.10", AURORA, (1 / 60, 9, 100, 41), 1, CAPE),
        "sunset",
        [-2.0, 0.0, 2.0],
    )
    yield _one(
        "DSC_0503.JPG", "lighthouse", 2, 2, "21:49:17.62", AURORA, (1 / 8, 5.6, 400, 49), 1, CAPE
    )
    # Day 3: hills and town
    hills = _one(
        "DSC_0511.JPG", "hills", 11, 3, "06:38:26.08", AURORA, (1 / 200, 8, 100, 54), 3, HILLS
    )
    yield hills
    yield _retake(hills, "DSC_0512.JPG", 24, Damage.DULL, 0.65, (1.15, 0.05, -0.03))
    oranges = _one(
        "IMG_2249.jpg", "oranges", 1, 3, "09:56:14.00", POCKET, (1 / 160, 1.8, 80, 28), 1, TOWN
    )
    yield _retake(oranges, "IMG_2248.jpg", -16, Damage.BLURRED, 8.0, (1.18, 0.03, -0.04))
    yield oranges
    yield _one(
        "IMG_2252.jpg", "cloth", 1, 3, "10:03:50.00", POCKET, (1 / 120, 1.8, 100, 28), 1, TOWN
    )
    yield DemoPicture(
        "IMG_2253.jpg", "", 0, _at(3, "10:04:31.00"), POCKET, 1 / 120, 1.8, 100, 28,
        damage=Damage.RANDOM_BYTES, strength=1.0,
    )  # fmt: skip
    yield _one(
        "IMG_2258.jpg", "bricks", 1, 3, "12:20:38.00", POCKET, (1 / 250, 1.8, 50, 28), 1, TOWN
    )
    arcade = _one(
        "DSC_0524.JPG", "arcade", 1, 3, "16:11:45.27", AURORA, (1 / 80, 4, 400, 26), 6, TOWN
    )
    yield _retake(arcade, "DSC_0523.JPG", -22, Damage.SHAKEN, 24, (1.08, -0.02, 0.0))
    yield arcade
    fronts = _one(
        "DSC_0530.JPG", "fronts", 1, 3, "18:29:09.94", AURORA, (1 / 320, 8, 100, 60), 1, TOWN
    )
    yield from _with_copy(fronts, "-edit", 1.0, 0.35)
    skyline = _one(
        "DSC_0537.JPG", "skyline", 2, 3, "21:58:33.41", AURORA, (1 / 15, 4, 1600, 47), 1, TOWN
    )
    yield skyline
    yield _retake(skyline, "DSC_0538.JPG", 21, Damage.SHAKEN, 34, (1.12, 0.04, 0.02))
    trails = _one(
        "DSC_0544.JPG", "trails", 3, 3, "22:26:12.00", AURORA, (8.0, 11, 100, 32), 1, TOWN
    )
    yield trails
    yield _retake(trails, "DSC_0545.JPG", 39, Damage.TRUNCATED, 0.42, (1.06, 0.0, 0.0))
    friend = _one(
        "DSC_0551.JPG",
        "night_portrait",
        1,
        3,
        "22:51:40.18",
        AURORA_PRIME,
        (1 / 100, 1.4, 1600, 85),
        1,
        TOWN,
    )
    yield friend
    yield _retake(friend, "DSC_0552.JPG", 17, Damage.NOISY, 12800, (1.10, -0.03, 0.0))
    yield _one("DSC_0560.JPG", "fireworks", 3, 3, "23:18:05.00", AURORA, (2.0, 8, 200, 40), 8, TOWN)


PICTURES: tuple[DemoPicture, ...] = tuple(_shoot())
"""All files of the shoot in the order in which they were taken."""

COUNT = len(PICTURES)
"""66: 64 readable pictures and two broken files."""
