"""Single tags of TIFF directories, as bytes from files are: wherever they lie and however damaged.

For maker notes. exifread, which reads everything else, knows no Panasonic note, starts Sony's and
Olympus's at the wrong place, and drops lists of more than a thousand numbers (Canon's AF areas).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

_CODES = {
    1: "B",
    2: "B",
    3: "H",
    4: "I",
    5: "II",
    6: "b",
    7: "B",
    8: "h",
    9: "i",
    10: "ii",
    13: "I",
}
"""What a value of each TIFF type consists of, for `struct`; 13 is the offset of a directory."""
_RATIONALS = (5, 10)
_MOST_ENTRIES = 1000
_LONGEST = 1 << 18
"""Bytes of one tag at most: the AF areas of a Canon with thousands of points take 12,000."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag's values: numbers, fractions as floats (x/0 as NaN); none where they are too many to be
    numbers. `at` is where they lie, as an offset of the source."""

    values: tuple[float, ...]
    at: int

    def whole(self) -> tuple[int, ...]:
        """The values of a tag of whole numbers."""
        return tuple(int(value) for value in self.values if math.isfinite(value))


@dataclass(frozen=True, slots=True)
class Source:
    """Where directories are read from. `base` is what offsets are counted from, `order` is
    `<` or `>`."""

    file: BinaryIO
    base: int
    order: str

    def bytes(self, at: int, count: int) -> bytes:
        """Up to `count` bytes at an offset."""
        self.file.seek(max(0, self.base + at))
        return self.file.read(max(0, min(count, _LONGEST)))

    def numbers(self, at: int, code: str, count: int = 1) -> tuple[int, ...]:
        """Numbers of one `struct` code at an offset; none if the file ends before."""
        form = f"{self.order}{count}{code}"
        data = self.bytes(at, struct.calcsize(form))
        return struct.unpack(form, data) if len(data) == struct.calcsize(form) else ()

    def moved(self, base: int, order: str | None = None) -> Source:
        """The same file with offsets counted from `base` of this source."""
        return Source(self.file, self.base + base, order or self.order)


def order_of(mark: bytes) -> str | None:
    """The byte order that `II` or `MM` stands for."""
    return {b"II": "<", b"MM": ">"}.get(mark[:2])


def opened(block: BinaryIO) -> tuple[Source, int] | None:
    """A TIFF block as a source, and where its first directory is; `None` if it is no TIFF."""
    block.seek(0)
    order = order_of(block.read(2))
    if order is None:
        return None
    source = Source(block, 0, order)
    return source, next(iter(source.numbers(4, "I")), 0)


def directory(source: Source, at: int, wanted: Collection[int]) -> dict[int, Tag]:
    """Those of the `wanted` tags that a directory has and that are whole.

    Args:
        source: what offsets mean.
        at: where the directory begins.
        wanted: numbers of tags.
    """
    found: dict[int, Tag] = {}
    (count,) = source.numbers(at, "H") or (0,)
    for number in range(min(count, _MOST_ENTRIES)):
        entry = at + 2 + 12 * number
        head = source.numbers(entry, "H", 2)
        if not head:
            break
        tag, kind = head
        code = _CODES.get(kind)
        if tag not in wanted or code is None:
            continue
        (items,) = source.numbers(entry + 4, "I")
        size = items * struct.calcsize(f"={code}")
        place = entry + 8
        if size > 4:
            (place,) = source.numbers(entry + 8, "I") or (0,)
        if size > _LONGEST:
            found[tag] = Tag((), place)
            continue
        values = source.numbers(place, code[0], items * len(code))
        if values:
            found[tag] = Tag(_floats(values) if kind in _RATIONALS else values, place)
    return found


def _floats(values: tuple[int, ...]) -> tuple[float, ...]:
    pairs = zip(values[::2], values[1::2], strict=True)
    return tuple(above / below if below else float("nan") for above, below in pairs)
