"""Where a file keeps what its camera wrote: the EXIF blocks of every container.

A block is a TIFF of its own. `header` finds it in pictures; most RAWs are one, a RAF holds it in
the JPEG for its display, a CR3 has several in boxes, and a RW2 has the maker note in a JPEG only.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from typing import BinaryIO

from uniqa_desktop import header as headers
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.tiff_tags import directory, opened

_HEAD = 1 << 16
"""A CR3 has its boxes of tags in its first bytes."""
_RW2_JPEG = 0x002E
_LONGEST = 1 << 20
"""Bytes of an embedded JPEG that are read for its EXIF block, which comes first."""


def of_raw(file: BinaryIO, start: bytes) -> Iterable[BinaryIO]:
    """The blocks of a RAW with image and EXIF tags, without a CR3's maker note.

    Args:
        file: the RAW.
        start: its first 16 bytes or more.
    """
    if start.startswith(b"FUJIFILM"):
        # Offset and length of the JPEG stand in bytes 84 to 92.
        file.seek(84)
        offset, length = struct.unpack(">II", file.read(8).ljust(8, b"\0"))
        return of_jpeg_at(file, offset, length)
    if start[4:12] == b"ftypcrx ":
        found = (canon_box(file, name) for name in (b"CMT1", b"CMT2", b"CMT4"))
        return [block for block in found if block is not None]
    return [file]


def of_jpeg_at(file: BinaryIO, offset: int, length: int) -> Iterable[BinaryIO]:
    """The EXIF block of a JPEG within a file, if there is one."""
    file.seek(offset)
    try:
        exif = headers.read(io.BytesIO(file.read(min(length, _LONGEST)))).exif
    except PhotoError:
        return []
    return [io.BytesIO(exif)] if exif else []


def of_rw2(file: BinaryIO, start: bytes) -> Iterable[BinaryIO]:
    """The EXIF block of the JPEG in a Panasonic RAW, which alone has the maker note; none for
    other files."""
    tiff = opened(file) if start.startswith(b"IIU\0") else None
    if tiff is None:
        return []
    jpeg = directory(*tiff, (_RW2_JPEG,)).get(_RW2_JPEG)
    return of_jpeg_at(file, jpeg.at, _LONGEST) if jpeg is not None else []


def canon_box(file: BinaryIO, name: bytes) -> BinaryIO | None:
    """A block of a CR3 (CMT1: image, CMT2: EXIF, CMT3: maker note, CMT4: GPS)."""
    file.seek(0)
    head = file.read(_HEAD)
    at = head.find(name)
    if at < 4:
        return None
    size = int.from_bytes(head[at - 4 : at], "big")
    return io.BytesIO(head[at + 4 : at - 4 + size])
