"""Faces of a frame and how sharp their eyes are, where OpenCV's YuNet is installed.

YuNet is a small face detector (Wu, Peng and Yu, "YuNet: a tiny millisecond-level face detector",
Machine Intelligence Research 20, 2023) that gives boxes and the places of eyes, nose and mouth.
It does not tell open eyes from closed ones, and nothing here claims to.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path

import cv2
import numpy as np

from uniqa_desktop import decode
from uniqa_desktop.best.aligning import Placement
from uniqa_desktop.best.evidence import Reading
from uniqa_desktop.errors import WeightsError

_LONG_SIDE = 640
"""Faces are looked for in a copy of so many pixels: those of 20 pixels in it are found."""
_SURE = 0.75
"""YuNet's own score from which on a face is one."""
_EYE = 0.5
"""The square around an eye, in distances between the eyes."""
_LEAST = 12
"""Pixels along that square, below which its sharpness says nothing."""
_NEAR = 0.5
"""Two faces are the same person if they are as near, in widths of a face."""
_TOE = 6.0
_FLOOR = 1e-5


@dataclass(frozen=True, slots=True)
class Face:
    """A face: left, top, width, height in pixels of the frame, and the sharpness of its eyes.

    `detail` is the energy of second differences at half size around the sharper eye, over the
    square of its brightness; `None` if the eyes are too small.
    """

    box: tuple[float, float, float, float]
    detail: float | None


@dataclass(frozen=True, slots=True)
class Person:
    """One face in all frames: its box in the reference, and the face in each frame."""

    box: tuple[float, float, float, float]
    faces: tuple[Face, ...]


class Detector:
    """YuNet, for any thread.

    Raises:
        WeightsError: the file is not there, or is no network that OpenCV can run.
    """

    def __init__(self, file: Path) -> None:
        try:
            network = np.frombuffer(file.read_bytes(), np.uint8)
            self._network = cv2.FaceDetectorYN.create(
                "onnx", network, np.empty(0, np.uint8), (320, 320), _SURE
            )
        except (OSError, cv2.error) as error:
            raise WeightsError(
                f"The face detector {file.name} cannot be used: remove it and get it again."
            ) from error
        self._one_at_a_time = threading.Lock()

    def faces(self, picture: decode.Picture) -> tuple[Face, ...]:
        """The faces of a picture, the surest first."""
        small = np.ascontiguousarray(decode.thumbnail(picture, _LONG_SIDE)[..., ::-1])
        height, width = small.shape[:2]
        with self._one_at_a_time:
            self._network.setInputSize((width, height))
            _, rows = self._network.detect(small)
        if rows is None:
            return ()
        scale = picture.pixels.shape[1] / width
        rows = rows[np.argsort(-rows[:, 14], kind="stable")]
        return tuple(_face(picture.pixels, row[:14] * scale) for row in rows)


def same(looks: Sequence[tuple[Placement, Sequence[Face]]]) -> list[Person]:
    """The faces that are in all frames at the same place of the scene, the largest first."""
    (placement, first), *others = looks
    people = []
    for face in first:
        box = _in_reference(face.box, placement)
        faces = [face]
        for where, candidates in others:
            near = [each for each in candidates if _near(box, _in_reference(each.box, where))]
            if not near:
                break
            faces.append(min(near, key=lambda each: _apart(box, _in_reference(each.box, where))))
        else:
            people.append(Person(box, tuple(faces)))
    return sorted(people, key=lambda person: -person.box[2])


def eyes(people: Sequence[Person]) -> list[Reading] | None:
    """Sharpness of the eyes in each frame, in octaves; `None` if none are large enough.

    The sharpest eyes of one person in all frames are zero. Larger faces count more; the error is
    how far persons differ.
    """
    rows, weights = [], []
    for person in people:
        details = [face.detail for face in person.faces]
        known = [detail for detail in details if detail is not None]
        if len(known) == len(details):
            octaves = np.log2(np.array(known) + _FLOOR)
            rows.append(octaves - octaves.max())
            weights.append(person.box[2])
    if not rows:
        return None
    table, shares = np.array(rows), np.array(weights) / sum(weights)
    values = shares @ table
    spread = np.sqrt(shares @ (table - values) ** 2) / len(rows) ** 0.5
    return [
        Reading(float(value), float(error)) for value, error in zip(values, spread, strict=True)
    ]


def _face(pixels: np.ndarray, row: np.ndarray) -> Face:
    left, top, width, height, *points = row.tolist()
    (ax, ay), (bx, by) = points[:2], points[2:4]
    side = round(_EYE * hypot(ax - bx, ay - by))
    details = (
        [] if side < _LEAST else [_detail(pixels, x, y, side) for x, y in ((ax, ay), (bx, by))]
    )
    known = [detail for detail in details if detail is not None]
    return Face((left, top, width, height), max(known) if known else None)


def _detail(pixels: np.ndarray, x: float, y: float, side: int) -> float | None:
    """Second differences at half size in a square around an eye; `None` if it is cut off."""
    left, top = round(x - side / 2), round(y - side / 2)
    if left < 0 or top < 0:
        return None
    square = pixels[top : top + side, left : left + side]
    if square.shape[:2] != (side, side):
        return None
    grey = cv2.cvtColor(np.ascontiguousarray(square), cv2.COLOR_RGB2GRAY)
    half = cv2.resize(grey, (side // 2, side // 2), interpolation=cv2.INTER_AREA)
    second = cv2.Laplacian(half, cv2.CV_32F)[1:-1, 1:-1]
    return float((second**2).mean() / (grey.mean() + _TOE) ** 2)


def _in_reference(
    box: tuple[float, float, float, float], placement: Placement
) -> tuple[float, float, float, float]:
    left, top, width, height = box
    corners = np.array([(left, top), (left + width, top + height)])
    (x0, y0), (x1, y1) = placement.back(corners).tolist()
    return min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)


def _apart(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> float:
    return hypot(
        one[0] + one[2] / 2 - other[0] - other[2] / 2, one[1] + one[3] / 2 - other[1] - other[3] / 2
    )


def _near(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return _apart(one, other) <= _NEAR * max(one[2], other[2])
