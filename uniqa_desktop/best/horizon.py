"""How far a frame is off level: a long straight line that is nearly horizontal, and its turn.

The line is looked for in one frame only; by how much the others are turned against it is found from
all their pixels, by aligning for the best correlation (Evangelidis and Psarakis, "Parametric image
alignment using enhanced correlation coefficient maximization", IEEE TPAMI 30(10), 2008). Two lines
found apart could be different ones, and would make a difference where there is none.
"""

from __future__ import annotations

from math import atan2, degrees

import cv2
import numpy as np

from uniqa_desktop.best.aligning import Placement, Sketch

_LONG = 0.5
"""A horizon has edges along at least as large a part of the picture's width."""
_OFF = 6.0
"""Degrees: a line that slopes more is a slope, not a horizon."""
_ROUNDS, _ENOUGH = 50, 1e-5
_MOST = 10.0
"""Degrees: hands turn no further between two frames of a burst."""


def level(reference: Sketch) -> float | None:
    """By how many degrees a horizon falls to the right; `None` if there is none to be measured."""
    grey = cv2.GaussianBlur(reference.grey, (0, 0), 1.5).astype(np.uint8)
    middle = float(np.median(grey))
    edges = cv2.Canny(grey, 0.5 * middle, max(40.0, 1.2 * middle))
    width = grey.shape[1]
    upright, off = np.pi / 2, np.radians(_OFF)
    lines = cv2.HoughLines(
        edges,
        1.5,
        np.pi / 720,
        round(_LONG * width),
        min_theta=upright - off,
        max_theta=upright + off,
    )
    # The first has most of the edge on it; its normal falls as far as it does.
    return None if lines is None else float(np.degrees(lines.reshape(-1, 2)[0, 1] - upright))


def turn(reference: Sketch, frame: Sketch, placement: Placement) -> float | None:
    """By how many degrees a frame is turned clockwise against the reference, up to a few of them.

    `None` where the two are not alike enough, or not of one shape. `placement` is where to begin.
    """
    if reference.grey.shape != frame.grey.shape:
        return None
    pair = [
        cv2.resize(each.grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        for each in (reference, frame)
    ]
    x, y = placement.points(np.zeros((1, 2)))[0] / (2 * frame.scale)
    matrix = np.array([[1, 0, x], [0, 1, y]], np.float32)
    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _ROUNDS, _ENOUGH)
    try:
        _, found = cv2.findTransformECC(pair[0], pair[1], matrix, cv2.MOTION_EUCLIDEAN, until)
    except cv2.error:  # it did not converge: the frames are too different
        return None
    turned = degrees(atan2(found[1, 0], found[0, 0]))
    return turned if abs(turned) <= _MOST else None
