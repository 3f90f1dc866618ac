"""Looking at the frames of a burst one after another, and at what they say together.

A `Look` holds what was measured and no picture, so that a burst of any length fits into memory. One
frame is the reference; where its tiles are in the others is found frame by frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from uniqa_desktop import decode
from uniqa_desktop.best import comparing, horizon, tiles
from uniqa_desktop.best.aligning import IDENTITY, Placement, Sketch, place, sketch
from uniqa_desktop.best.comparing import Region
from uniqa_desktop.best.evidence import Box, Evidence, Frame, Reading
from uniqa_desktop.best.faces import Detector, Face, eyes, same
from uniqa_desktop.best.tiles import Lattice, Tiles, lattice

ANOTHER_VIEW = "It shows another view than the others, so it could not be compared."
NO_DETECTOR = "no face detector is installed (`uniqa-desktop model get yunet`)"
_NO_FACES = "no face is in all frames"
_NO_HORIZON = "no horizon is in all frames"
_OTHER_SCALE = 1.1
"""Scales further apart are of frames that differ in resolution."""
_ENOUGH = 0.4
"""A frame that holds less than this share of the reference's tiles shows another view."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What was measured of one frame."""

    size: tuple[int, int]
    placement: Placement
    tiles: Tiles
    faces: tuple[Face, ...]
    roll: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What all frames of a burst are laid over; `level` is how far its horizon falls, degrees."""

    sketch: Sketch
    grid: Lattice
    level: float | None

    @classmethod
    def of(cls, picture: decode.Picture) -> Reference:
        """From the frame that is to be the reference; any will do that shows the scene."""
        small = sketch(picture)
        return cls(small, lattice(small.size), horizon.level(small))

    def look(
        self, picture: decode.Picture, detector: Detector | None = None, *, itself: bool = False
    ) -> Look:
        """Measures a frame; from any thread. `itself`: it is the reference's own picture."""
        small = self.sketch if itself else sketch(picture)
        placement = IDENTITY if itself else place(self.sketch, small)
        turn = 0.0 if itself or self.level is None else horizon.turn(self.sketch, small, placement)
        return Look(
            size=small.size,
            placement=placement,
            tiles=tiles.measure(picture.pixels, self.grid, placement),
            faces=detector.faces(picture) if detector else (),
            roll=None if self.level is None or turn is None else self.level + turn,
        )


def evidence(
    reference: Reference, looks: Sequence[Look | str], *, detector: bool = False
) -> Evidence:
    """What the frames of a burst say together.

    Args:
        reference: what they were measured against.
        looks: what was measured of each frame, or why it could not be read, in a sentence.
        detector: whether faces were looked for.
    """
    there = [
        at
        for at, look in enumerate(looks)
        if isinstance(look, Look) and look.placement.fits and _shared(look) >= _ENOUGH
    ]
    frames = [_troubled(look) for look in looks]
    chosen = [look for at in there if isinstance(look := looks[at], Look)]
    if not chosen:
        return Evidence(tuple(frames))
    stacked = comparing.stack([look.tiles for look in chosen])
    people = same([(look.placement, look.faces) for look in chosen])
    part = comparing.region(reference.grid, stacked, [person.box for person in people])
    readings = dict(comparing.readings(stacked, part))
    absent: dict[str, str] = {}
    if sharp := eyes(people):
        readings["eyes"] = sharp
    else:
        absent["eyes"] = _NO_FACES if detector else NO_DETECTOR
    rolls = [look.roll for look in chosen if look.roll is not None]
    if len(rolls) == len(chosen):
        readings["horizon"] = [Reading(-abs(roll), 0.0) for roll in rolls]
    else:
        absent["horizon"] = _NO_HORIZON
    scales = [look.placement.scale for look in chosen]
    if max(scales) > _OTHER_SCALE * min(scales):
        readings["resolution"] = [Reading(log2(scale), 0.0) for scale in scales]
    for number, at in enumerate(there):
        frames[at] = Frame(
            readings={name: found[number] for name, found in readings.items()},
            region=_box(part, chosen[number]),
        )
    return Evidence(tuple(frames), absent)


def failed(troubles: Sequence[Look | str]) -> Evidence:
    """The evidence of a burst of which no frame could be read, from the reasons why."""
    return Evidence(tuple(_troubled(trouble) for trouble in troubles))


def _shared(look: Look) -> float:
    """The share of the reference's tiles that a frame holds."""
    held = np.isfinite(look.tiles.level)
    return float(held.mean()) if held.size else 1.0


def _troubled(look: Look | str) -> Frame:
    if isinstance(look, str):
        return Frame(trouble=look)
    return Frame(trouble=ANOTHER_VIEW, elsewhere=True)


def _box(part: Region, look: Look) -> Box | None:
    """The region in a frame, cut at its edges; `None` if nothing of it is inside."""
    left, top, width, height = part.box
    corners = np.array(
        [(left, top), (left + width, top), (left, top + height), (left + width, top + height)]
    )
    found = look.placement.points(corners)
    # Rounded once: frames that are only shifted have regions of one size.
    x0, y0 = (round(least) for least in found.min(axis=0).tolist())
    wide, high = (round(extent) for extent in np.ptp(found, axis=0).tolist())
    x1, y1 = min(look.size[0], x0 + wide), min(look.size[1], y0 + high)
    x0, y0 = max(0, x0), max(0, y0)
    return Box(x0, y0, x1 - x0, y1 - y0) if x1 > x0 and y1 > y0 else None
