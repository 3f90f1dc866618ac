"""What grouping knows of each photo, in columns: cheap to hold and to compare for 100,000 of them.

The columns come from the library alone; no photo is opened. Clocks are corrected and doubtful
ones set aside here, so that the evidence can trust what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.series_notes import AUTO_BRACKET, FOCUS_BRACKET

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

UNKNOWN_TIME = -(1 << 62)
SKETCH = 96
"""Numbers kept of a photo's direction. A random projection to k numbers keeps an angle within
about 1/√(2k) of itself (Johnson, Lindenstrauss 1984): 7 % here, for a fifth of the memory."""
_SAME_INSTANT = 60
"""More photos of one camera at one and the same instant: its clock says nothing (it was reset, or
the photos were scanned or saved in one go); no camera takes as many in a second."""
_EDITED = re.compile(
    r"(?:[-_ ]*(?:edit(?:ed)?|bearbeitet|copy|kopie|small|web|export|final|crop(?:ped)?|bw|hdr"
    r"|\(\d+\)|~\d+))+$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(\d+)\D*$")


class Row(NamedTuple):
    """One photo as the library gives it; `None` (and `UNKNOWN_TIME`) is unknown.

    `taken` is microseconds of the camera's clock, already shifted as the user said; `content` any
    value that only equal files share; `sharpest` the middle (right, down) of the sharpest region;
    `lightness` the mean L* of the picture.
    """

    photo: int
    folder: str
    name: str
    content: bytes
    taken: int
    has_subseconds: int
    camera: str | None
    lens: str | None
    focal_length: float | None
    aperture: float | None
    shutter: float | None
    iso: float | None
    bias: float | None
    drive: str | None
    burst: str | None
    sequence: int | None
    width: int | None
    height: int | None
    phash: int
    sharpest_right: float
    sharpest_down: float
    lightness: float


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """N photos in columns, in order of capture: by camera, time, folder and name.

    Attributes:
        ids: photo ids.
        taken: microseconds, `UNKNOWN_TIME` where unknown or not to be trusted.
        fine: whether `taken` has sub-seconds.
        line: which sequence a photo belongs to: one a camera, one a folder for photos without time.
        camera, lens, folder, stem, content, burst: codes; −1 is unknown. `stem` is shared by a
            file and its edited or resized copies ("IMG_1", "IMG_1-edit").
        number: the number in the file's name; −1 without.
        sequence: the camera's number within a burst; −1 without.
        focal, light, bias: millimetres, EV of light let in (more is brighter), EV; NaN unknown.
        bracketing, stacking: whether the camera says that it was taking an exposure series, or a
            focus series.
        shape: width and height, 0 unknown.
        hashes: perceptual hashes.
        sharpest: middle of the sharpest region, N×2, fractions of the picture.
        lightness: mean L*, 0–100.
        looks: N×≤96 directions of length 1, or `None`; a row of zeros is unknown.
        unlike: how far (1 − cosine) two unrelated photos of this model are apart.
    """

    ids: Ints
    taken: Ints
    fine: Mask
    line: Ints
    camera: Ints
    lens: Ints
    folder: Ints
    stem: Ints
    content: Ints
    burst: Ints
    number: Ints
    sequence: Ints
    focal: Floats
    light: Floats
    bias: Floats
    bracketing: Mask
    stacking: Mask
    shape: Ints
    hashes: NDArray[np.uint64]
    sharpest: Floats
    lightness: Floats
    looks: Floats | None
    unlike: float
    cameras: tuple[str, ...] = ()
    """Names of cameras by code."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def timed(self) -> Mask:
        """Whose time is known."""
        return self.taken != UNKNOWN_TIME

    def coarse_cameras(self) -> list[str]:
        """Cameras whose clock gives whole seconds only, by name."""
        coarse = np.unique(self.camera[self.timed & ~self.fine & (self.camera >= 0)])
        return sorted(self.cameras[code] for code in coarse)


def build(rows: Sequence[Row], looks: Floats | None = None) -> Frames:
    """The columns of `rows`, in order of capture.

    Args:
        rows: the photos, in any order.
        looks: what `sketch` made of their features, a row a photo; zeros where there are none.
    """
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)]
    table: Any = Row(*(columns or [[] for _ in Row._fields]))
    taken = np.array(table.taken, np.int64)
    cameras, camera = _codes(table.camera)
    fine = np.array(table.has_subseconds, bool)
    taken, fine = _trusted(taken, fine, camera)
    _, folder = _codes(table.folder)
    stems = [name.rpartition(".")[0] or name for name in table.name]
    _, stem = _codes([_EDITED.sub("", text).casefold() or text for text in stems])
    number = np.array([_number(text) for text in stems], np.int64)
    timed = taken != UNKNOWN_TIME
    line = np.where(timed, camera, len(cameras) + folder)
    names = np.empty(len(rows), np.int64)
    # By the stem: IMG_1.JPG comes before IMG_1-edit.JPG.
    by_name = sorted(range(len(rows)), key=lambda at: (table.folder[at], stems[at], table.name[at]))
    names[by_name] = np.arange(len(rows))
    # Of untimed photos the number counts before the name: IMG_9 comes before IMG_10.
    order = np.lexsort((names, number, np.where(timed, 0, folder), taken, line))
    width, height = _floats(table.width), _floats(table.height)
    shape = np.nan_to_num(np.stack([width, height], axis=1)).astype(np.int64)
    with np.errstate(divide="ignore", invalid="ignore"):
        light = np.log2(
            _floats(table.shutter) * _floats(table.iso) / 100 / _floats(table.aperture) ** 2
        )
    fields: dict[str, Any] = {
        "ids": np.array(table.photo, np.int64),
        "taken": taken,
        "fine": fine,
        "line": line,
        "camera": camera,
        "lens": _codes(table.lens)[1],
        "folder": folder,
        "stem": stem,
        "content": _codes(table.content)[1],
        "burst": _codes(table.burst)[1],
        "number": number,
        "sequence": np.nan_to_num(_floats(table.sequence), nan=-1).astype(np.int64),
        "focal": _floats(table.focal_length),
        "light": light.astype(np.float32),
        "bias": _floats(table.bias),
        "bracketing": np.array([drive == AUTO_BRACKET for drive in table.drive], bool),
        "lightness": _floats(table.lightness),
        "stacking": np.array([drive == FOCUS_BRACKET for drive in table.drive], bool),
        "shape": shape,
        "hashes": np.array(table.phash, np.int64).view(np.uint64),
        "sharpest": np.stack([_floats(table.sharpest_right), _floats(table.sharpest_down)], axis=1),
    }
    sorted_ = {name: column[order] for name, column in fields.items()}
    if looks is not None:
        looks = looks[order]
    return Frames(**sorted_, looks=looks, unlike=_unlike(looks), cameras=tuple(cameras))


def sketch(vectors: NDArray[np.floating]) -> Floats:
    """A short form of photos' directions (N×D) that keeps the angles between them: N×≤`SKETCH`.

    Always the same for the same vectors, whatever block of photos they come in.
    """
    rows = vectors.astype(np.float32)
    if rows.shape[1] > SKETCH:
        rows = rows @ _projection(rows.shape[1])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


def _projection(dimensions: int) -> Floats:
    random = np.random.default_rng(dimensions)
    return random.normal(0, SKETCH**-0.5, (dimensions, SKETCH)).astype(np.float32)


_FLOOR = 0.35
"""The least that `unlike` is taken to be: of a folder with one scene only, chance pairs say
nothing. Unrelated photos are 0.35 to 0.5 apart in CLIP's directions, 0.8 in those of uniqa-mini."""
_PAIRS = 4000


def _unlike(looks: Floats | None) -> float:
    """The median distance of chance pairs, from a sample that is always the same."""
    if looks is None or len(looks) < 2:
        return 1.0
    random = np.random.default_rng(len(looks))
    one, other = random.integers(0, len(looks), (2, _PAIRS))
    known = (one != other) & looks[one].any(axis=1) & looks[other].any(axis=1)
    if not known.any():
        return 1.0
    cosines = np.einsum("ij,ij->i", looks[one[known]], looks[other[known]])
    return float(max(_FLOOR, np.median(1 - cosines)))


def _trusted(taken: Ints, fine: Mask, camera: Ints) -> tuple[Ints, Mask]:
    """Clocks without what is not to be believed: instants that too many photos share, and
    sub-seconds that never change."""
    if not len(taken):
        return taken, fine
    pairs = np.stack([camera, taken], axis=1)
    _, inverse, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    crowded = counts[inverse.reshape(-1)] > _SAME_INSTANT
    taken = np.where(crowded, UNKNOWN_TIME, taken)
    fine = fine & ~crowded
    for code in np.unique(camera[fine]):
        mine = fine & (camera == code)
        fractions = taken[mine] % 1_000_000
        if len(fractions) > 2 and (fractions == fractions[0]).all():
            fine = fine & ~mine
    return taken, fine


def _codes(values: Iterable[Any]) -> tuple[list[Any], Ints]:
    """The different values in the order of their first use, and each one's place; −1 is `None`."""
    places: dict[Any, int] = {}
    codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return list(places), np.array(codes, np.int64)


def _floats(values: Any) -> Floats:
    return np.array(values, np.float32)


def _number(stem: str) -> int:
    match = _NUMBER.search(stem)
    return int(match[1][-9:]) if match else -1
