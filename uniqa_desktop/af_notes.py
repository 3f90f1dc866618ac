"""AF areas as camera makers note them down. Layouts: ExifTool's tag tables (P. Harvey).

A reader gets the maker note and gives boxes on the picture as stored, as fractions of it. What is
out of range is not a box: `af_point` drops it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from uniqa_desktop.tiff_tags import Source, Tag, directory, order_of

Box = tuple[float, float, float, float]
"""Centre across and down, width and height; 0 where a size is not known."""

_CANON = (0x0026, 0x0032, 0x0012)
_CANON_OLD = 0x0012
_MANUAL_FOCUS = 0
_NIKON = 0x00B7
_SONY_PLACE, _SONY_FRAME = 0x2027, 0x2037
_SONY_HEADS = (b"SONY DSC", b"SONY CAM", b"SONY MOBILE", b"\0\0SONY PIC", b"VHAB")
"""How a note with 12 bytes before its directory begins."""
_FUJI_PIXEL = 0x1023
_PANASONIC_PLACE, _PANASONIC_SIZE = 0x004D, 0x00DE
_OLYMPUS_SETTINGS, _OLYMPUS_AREAS, _OLYMPUS_SELECTED = 0x2020, 0x0304, 0x0305


@dataclass(frozen=True, slots=True)
class Note:
    """A maker note: `source` has the offsets of the EXIF block, in which the note is `at`."""

    make: str
    model: str
    source: Source
    at: int
    picture: tuple[int, int] | None = None
    """Width and height that EXIF says, of the picture as stored."""

    @property
    def start(self) -> bytes:
        """Its first bytes, which tell how it is laid out."""
        return self.source.bytes(self.at, 16)


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note says: boxes, and the size in pixels of the picture that they refer to, if any."""

    boxes: tuple[Box, ...] = ()
    picture: tuple[float, float] | None = None


def read(note: Note) -> Noted:
    """What a maker note says of the focus; nothing where it is of a maker that is not known."""
    make = note.make.upper()
    for name, reader in _READERS.items():
        if make.startswith(name):
            return reader(note)
    return Noted()


def _canon(note: Note) -> Noted:
    """Centres are counted from the middle of the picture; up is positive on an EOS, negative on a
    PowerShot."""
    tags = directory(note.source, note.at, _CANON)
    for number in _CANON:
        if number in tags:
            values = tags[number].whole()
            old = number == _CANON_OLD
            if not old and values[1:2] == (_MANUAL_FOCUS,):
                continue
            found = _canon_areas(values if old else values[2:], old, "EOS" in note.model)
            if found.boxes:
                return found
    return Noted()


def _canon_areas(values: Sequence[int], old: bool, upwards: bool) -> Noted:
    """From the number of areas on. The old layout has one size for all, the new one each its own.

    The numbers are unsigned in the file's eyes and signed in Canon's.
    """
    if len(values) < 6 or not (values[4] and values[5]):
        return Noted()
    count, valid, width, height = values[0], values[1], values[4], values[5]
    rows = [list(map(_signed, values[6 + count * n : 6 + count * (n + 1)])) for n in range(4)]
    bits = values[6 + 4 * count :]
    if old:
        sizes = values[6:8]
        rows = [[sizes[0]] * count, [sizes[1]] * count] if len(sizes) == 2 else []
        rows += [list(map(_signed, values[8 + count * n : 8 + count * (n + 1)])) for n in range(2)]
        bits = values[8 + 2 * count :]
    if len(rows) < 4 or any(len(row) < count for row in rows):
        return Noted()
    words = (count + 15) // 16
    chosen = _set_bits(bits[:words]) or _set_bits(bits[words : 2 * words])
    down = -1 if upwards else 1
    boxes = tuple(
        (
            0.5 + rows[2][n] / width,
            0.5 + down * rows[3][n] / height,
            rows[0][n] / width,
            rows[1][n] / height,
        )
        for n in chosen
        if n < min(count, valid)
    )
    # AF coordinates need not have the picture's proportions, some are of 100 × 100.
    return Noted(boxes, (values[2], values[3]))


def _set_bits(words: Sequence[int]) -> list[int]:
    return [16 * n + bit for n, word in enumerate(words) for bit in range(16) if word >> bit & 1]


def _signed(value: int) -> int:
    return value - 0x10000 if value >= 0x8000 else value


def _nikon(note: Note) -> Noted:
    if not note.start.startswith(b"Nikon\0\x02"):
        return Noted()
    base = note.at + 10
    order = order_of(note.source.bytes(base, 2))
    source = note.source.moved(base, order)
    tag = directory(source, next(iter(source.numbers(4, "I")), 0), (_NIKON,)).get(_NIKON)
    if tag is None or len(tag.values) < 6:
        return Noted()
    version, by_contrast = bytes(tag.whole()[:4]), tag.whole()[4]
    at = _nikon_layout(version, by_contrast)
    numbers = source.numbers(tag.at + at, "H", 6) if at else ()
    if not numbers or not all(numbers[:4]):
        return Noted()
    width, height, x, y, across, down = numbers
    box = (x / width, y / height, across / width, down / height)
    return Noted((box,), (width, height))


def _nikon_layout(version: bytes, by_contrast: int) -> int | None:
    """Where the size of the picture, the centre and the size of the area stand, if anywhere."""
    if version == b"0100":
        return 0x10
    if version == b"0101":
        return 0x46 if by_contrast == 1 else None
    if version.startswith(b"03"):
        seen = by_contrast == 2 or (by_contrast == 1 and version == b"0301")
        return 0x2A if seen else None
    return 0x3E if version.startswith(b"04") else None


def _sony(note: Note) -> Noted:
    """The middle of the picture stands for a place that is not known, unless a frame is."""
    headed = note.start.startswith(_SONY_HEADS)
    wanted = (_SONY_PLACE, _SONY_FRAME)
    tags = directory(note.source, note.at + (12 if headed else 0), wanted)
    place = tags[_SONY_PLACE].whole() if _SONY_PLACE in tags else ()
    if len(place) != 4 or not all(place[:2]):
        return Noted()
    width, height, x, y = place
    frame = _shorts(note.source, tags.get(_SONY_FRAME))
    framed = len(frame) == 3 and frame[2]
    if not framed and abs(2 * x - width) <= 2 and abs(2 * y - height) <= 2:
        return Noted()
    across, down = frame[:2] if framed else (0, 0)
    return Noted(((x / width, y / height, across / width, down / height),), (width, height))


def _shorts(source: Source, tag: Tag | None) -> tuple[int, ...]:
    """A tag of bytes read as three numbers of two."""
    return source.numbers(tag.at, "H", 3) if tag is not None else ()


def _fujifilm(note: Note) -> Noted:
    base = note.source.moved(note.at, "<")
    tag = directory(base, next(iter(base.numbers(8, "I")), 0), (_FUJI_PIXEL,)).get(_FUJI_PIXEL)
    if tag is None or len(tag.values) != 2 or note.picture is None:
        return Noted()
    x, y = tag.values
    width, height = note.picture
    return Noted(((x / width, y / height, 0, 0),), note.picture)


def _panasonic(note: Note) -> Noted:
    if not note.start.startswith(b"Panasonic"):
        return Noted()
    tags = directory(note.source, note.at + 12, (_PANASONIC_PLACE, _PANASONIC_SIZE))
    place = tags.get(_PANASONIC_PLACE)
    if place is None or len(place.values) != 2:
        return Noted()
    size = tags.get(_PANASONIC_SIZE)
    known = size is not None and len(size.values) == 2 and all(0 < v < 1 for v in size.values)
    across, down = size.values if size is not None and known else (0.0, 0.0)
    return Noted(((place.values[0], place.values[1], across, down),))


def _olympus(note: Note) -> Noted:
    """Two layouts of the note; in the newer one offsets are counted from its beginning."""
    start, source, at = note.start, note.source, note.at + 8
    if start.startswith((b"OLYMPUS\0", b"OM SYSTEM\0")):
        at = 12 if start.startswith(b"OLYMPUS\0") else 16
        source = source.moved(note.at, order_of(start[at - 4 : at - 2]))
    settings = directory(source, at, (_OLYMPUS_SETTINGS,)).get(_OLYMPUS_SETTINGS)
    if settings is None:
        return Noted()
    # A directory by its offset, or itself as the value of the tag.
    place = settings.whole()[0] if len(settings.values) == 1 else settings.at
    tags = directory(source, place, (_OLYMPUS_AREAS, _OLYMPUS_SELECTED))
    selected = tags.get(_OLYMPUS_SELECTED)
    if selected is not None and len(selected.values) == 5:
        corners = selected.values[1:]
        if any(corners) and not any(map(math.isnan, corners)):
            return Noted((_between(*corners),))
    areas = tags[_OLYMPUS_AREAS].whole() if _OLYMPUS_AREAS in tags else ()
    corners_of = [[area >> shift & 255 for shift in (24, 16, 8, 0)] for area in areas if area]
    return Noted(tuple(_between(*(edge / 255 for edge in each)) for each in corners_of))


def _between(left: float, top: float, right: float, bottom: float) -> Box:
    return ((left + right) / 2, (top + bottom) / 2, abs(right - left), abs(bottom - top))


_READERS: dict[str, Callable[[Note], Noted]] = {
    "CANON": _canon,
    "NIKON": _nikon,
    "SONY": _sony,
    "FUJIFILM": _fujifilm,
    "PANASONIC": _panasonic,
    "OLYMPUS": _olympus,
    "OM DIGITAL": _olympus,
}
"""By how the camera's make begins."""
