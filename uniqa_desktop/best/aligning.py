"""Laying the frames of a burst over each other, on reduced grey copies.

A shift is found by phase correlation, which no change of brightness disturbs (Kuglin and Hines,
"The phase correlation image alignment method", 1975). Where a frame is turned or of another scale,
ORB features and a similarity fitted to them take over (Rublee et al., "ORB: an efficient
alternative to SIFT or SURF", ICCV 2011). Whichever explains the frame better is taken; if neither
does, it shows something else and is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot

import cv2
import numpy as np

from uniqa_desktop import decode

_LONG_SIDE = 384
"""Pixels along a sketch: a shift is found to a tenth of one, 1.5 pixels of a 24-megapixel photo."""
_CLEAR = 0.85
"""From this correlation on a shift is right, and features are not asked."""
_LEAST = 0.4
"""Below this correlation two frames do not show the same."""
_FEATURES, _INLIERS, _OFF = 1200, 20, 2.0
"""ORB features of a sketch, matches that a similarity needs, and pixels they may be off."""
_STRAIGHT, _SAME_SCALE = 0.2, 0.004
"""Turns in degrees and changes of scale below these are none: a fit is no better than that."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A reduced grey copy (float32) of a picture of `size` pixels (width, height)."""

    grey: np.ndarray
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """Pixels of the picture along one of the sketch."""
        return max(self.size) / max(self.grey.shape)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a place of the reference is in a frame, both in pixels of the full pictures.

    `across`, `down` are the first and second row of the matrix: x' = a·x + b·y + c. `likeness` is
    the correlation of the frame, so placed, with the reference (-1 to 1).
    """

    across: tuple[float, float, float]
    down: tuple[float, float, float]
    likeness: float = 1.0

    @property
    def scale(self) -> float:
        """Pixels of the frame along one of the reference."""
        return hypot(self.across[0], self.down[0])

    @property
    def turn(self) -> float:
        """By how many degrees the frame's content is turned clockwise (-180 to 180)."""
        return degrees(atan2(self.down[0], self.across[0]))

    @property
    def fits(self) -> bool:
        """Whether the frame shows what the reference shows."""
        return self.likeness >= _LEAST

    def points(self, places: np.ndarray) -> np.ndarray:
        """Places (N×2, x and y) of the reference as places of the frame."""
        matrix = np.array([self.across, self.down])
        return places @ matrix[:, :2].T + matrix[:, 2]

    def back(self, places: np.ndarray) -> np.ndarray:
        """Places (N×2) of the frame as places of the reference."""
        matrix = np.array([self.across, self.down])
        return (places - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T


IDENTITY = Placement((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
"""The reference in itself."""


def sketch(picture: decode.Picture) -> Sketch:
    """The reduced copy that frames are laid over each other by."""
    small = decode.thumbnail(picture, _LONG_SIDE)
    height, width = picture.pixels.shape[:2]
    return Sketch(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32), (width, height))


def place(reference: Sketch, frame: Sketch) -> Placement:
    """Finds the reference in a frame; `likeness` says how well."""
    shift = _shifted(reference, frame)
    if shift is not None and shift.likeness >= _CLEAR:
        return shift
    turned = _turned(reference, frame)
    found = [placement for placement in (shift, turned) if placement is not None]
    if not found:
        return Placement(IDENTITY.across, IDENTITY.down, likeness=-1.0)
    return max(found, key=lambda placement: placement.likeness)


def _shifted(reference: Sketch, frame: Sketch) -> Placement | None:
    """By phase correlation; `None` for frames of different proportions."""
    if reference.grey.shape != frame.grey.shape:
        return None
    window = cv2.createHanningWindow(reference.grey.shape[::-1], cv2.CV_32F)
    # OpenCV multiplies what it is given by the window, in place.
    (x, y), _ = cv2.phaseCorrelate(reference.grey.copy(), frame.grey.copy(), window)
    return _placement(np.array([[1.0, 0.0, x], [0.0, 1.0, y]]), reference, frame)


def _turned(reference: Sketch, frame: Sketch) -> Placement | None:
    """By ORB features and a similarity; `None` if too few of them agree."""
    orb = cv2.ORB_create(_FEATURES)  # type: ignore[attr-defined]
    found = [orb.detectAndCompute(_stretched(each.grey), None) for each in (reference, frame)]
    (points, words), (others, other_words) = found
    if words is None or other_words is None:
        return None
    matches = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(words, other_words)
    if len(matches) < _INLIERS:
        return None
    here = np.array([points[match.queryIdx].pt for match in matches])
    there = np.array([others[match.trainIdx].pt for match in matches])
    cv2.setRNGSeed(0)  # RANSAC draws: the same frames shall always give the same answer
    matrix, inliers = cv2.estimateAffinePartial2D(here, there, ransacReprojThreshold=_OFF)
    if matrix is None or np.count_nonzero(inliers) < _INLIERS:
        return None
    return _placement(_settled(matrix, reference), reference, frame)


def _stretched(grey: np.ndarray) -> np.ndarray:
    """The whole range of levels: features of a dark frame are found as well."""
    return cv2.normalize(grey, np.empty(0), 0, 255, cv2.NORM_MINMAX).astype(np.uint8)


def _settled(matrix: np.ndarray, reference: Sketch) -> np.ndarray:
    """The matrix without a turn or scale too small to be told from none, kept at the centre."""
    turn = degrees(atan2(matrix[1, 0], matrix[0, 0]))
    scale = hypot(matrix[0, 0], matrix[1, 0])
    if abs(turn) >= _STRAIGHT or abs(scale - 1) >= _SAME_SCALE:
        return matrix
    centre = np.array(reference.grey.shape[::-1]) / 2
    shift = matrix[:, :2] @ centre + matrix[:, 2] - centre
    return np.array([[1.0, 0.0, shift[0]], [0.0, 1.0, shift[1]]])


def _placement(matrix: np.ndarray, reference: Sketch, frame: Sketch) -> Placement:
    """A matrix between sketches, judged, as one between the full pictures."""
    likeness = _correlation(matrix, reference.grey, frame.grey)
    # Pixel centres: x of the picture is scale · (x of the sketch + ½) - ½.
    linear = matrix[:, :2] * frame.scale / reference.scale
    half = np.array([0.5, 0.5])
    shift = frame.scale * (matrix[:, 2] + half - matrix[:, :2] @ half)
    shift += linear @ half - half
    (a, b), (d, e) = linear.tolist()
    return Placement((a, b, float(shift[0])), (d, e, float(shift[1])), likeness)


def _correlation(matrix: np.ndarray, reference: np.ndarray, frame: np.ndarray) -> float:
    """Of the reference and the frame laid over it, where both are; -1 if that is too little."""
    size = reference.shape[::-1]
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(frame, matrix, size, flags=flags, borderValue=-1)
    inside = laid >= 0
    if np.count_nonzero(inside) < 0.3 * inside.size:
        return -1.0
    a, b = reference[inside], laid[inside]
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    # Two plain grey frames have nothing that could disagree.
    return float(a @ b) / spread if spread > 1e-3 * a.size else 1.0
