"""Maker notes of series, written by the tests as the cameras lay them out."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from uniqa_desktop import meta, series_notes
from uniqa_desktop.series_notes import AUTO_BRACKET, CONTINUOUS, FOCUS_BRACKET, Series

SHORT, LONG, ASCII, UNDEFINED = 3, 4, 2, 7


def directory(tags: list[tuple[int, int, bytes, int]], at: int, order: str = "<") -> bytes:
    """A TIFF directory that begins at offset `at`: tag, type, value, number of values."""
    body = struct.pack(f"{order}H", len(tags))
    rest = b""
    after = at + 2 + 12 * len(tags) + 4
    for tag, kind, value, count in tags:
        entry = struct.pack(f"{order}HHI", tag, kind, count)
        if len(value) <= 4:
            body += entry + value.ljust(4, b"\0")
        else:
            body += entry + struct.pack(f"{order}I", after + len(rest))
            rest += value
    return body + bytes(4) + rest


def block(make: str, note: bytes) -> io.BytesIO:
    """An EXIF block with a maker note, which begins at offset `NOTE_AT`."""
    name = make.encode() + b"\0"
    first = [(0x010F, ASCII, name, len(name)), (0x8769, LONG, struct.pack("<I", 100), 1)]
    head = b"II*\0" + struct.pack("<I", 8) + directory(first, 8)
    exif = struct.pack("<HHHII", 1, 0x927C, UNDEFINED, len(note), NOTE_AT) + bytes(4)
    return io.BytesIO(head.ljust(100, b"\0") + exif.ljust(NOTE_AT - 100, b"\0") + note)


NOTE_AT = 200


def shorts(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}h", *values)


def canon(drive: int, number: int, bracket: int) -> bytes:
    settings = shorts(92, 0, 0, 0, 0, drive)
    shot = shorts(68, *([0] * 8), number, *([0] * 6), bracket)
    tags = [(0x0001, SHORT, settings, len(settings) // 2), (0x0004, SHORT, shot, len(shot) // 2)]
    return directory(tags, NOTE_AT)


def apple(mark: bytes) -> bytes:
    tags = [(0x000B, ASCII, mark, len(mark))]
    return b"Apple iOS\0\0\1MM" + directory(tags, 14, ">")


def nikon(mode: int) -> bytes:
    inner = b"II*\0" + struct.pack("<I", 8) + directory([(0x0089, SHORT, shorts(mode), 1)], 8)
    return b"Nikon\0\x02\x10\0\0" + inner


def sony(mode: int, number: int) -> bytes:
    values = [
        (0xB049, SHORT, struct.pack("<H", mode), 1),
        (0xB04A, SHORT, struct.pack("<H", number), 1),
    ]
    return b"SONY DSC \0\0\0" + directory(values, NOTE_AT + 12)


def panasonic(mode: int, number: int) -> bytes:
    tags = [(0x002A, SHORT, shorts(mode), 1), (0x002B, LONG, struct.pack("<I", number), 1)]
    return b"Panasonic\0\0\0" + directory(tags, NOTE_AT + 12)


def fujifilm(bracket: int, number: int, drive: int) -> bytes:
    tags = [
        (0x1100, SHORT, shorts(bracket), 1),
        (0x1101, SHORT, shorts(number), 1),
        (0x1103, LONG, struct.pack("<I", drive), 1),
    ]
    return b"FUJIFILM" + struct.pack("<I", 12) + directory(tags, 12)


def olympus(drive: int, number: int) -> bytes:
    values = shorts(drive, number, 0, 0)
    at = 12 + 2 + 12 + 4
    outer = directory([(0x2020, LONG, struct.pack("<I", at), 1)], 12)
    return b"OLYMPUS\0II\3\0" + outer + directory([(0x0600, SHORT, values, 4)], at)


@pytest.mark.parametrize(
    ("make", "note", "expected"),
    [
        ("Apple", apple(b"68826DCA-5235\0"), Series("68826DCA-5235")),
        ("Canon", canon(1, 3, 0), Series(None, 3, CONTINUOUS)),
        ("Canon", canon(0, 0, 0), Series()),
        ("Canon", canon(5, 0, 1), Series(None, 0, AUTO_BRACKET)),
        ("NIKON CORPORATION", nikon(0x01), Series(None, None, CONTINUOUS)),
        ("NIKON CORPORATION", nikon(0x11), Series(None, None, AUTO_BRACKET)),
        ("SONY", sony(2, 4), Series(None, 4, CONTINUOUS)),
        ("SONY", sony(0, 65535), Series()),
        ("SONY", sony(5, 2), Series(None, 2, AUTO_BRACKET)),
        ("Panasonic", panasonic(1, 7), Series(None, 7, CONTINUOUS)),
        ("Panasonic", panasonic(3, 2), Series(None, 2, FOCUS_BRACKET)),
        ("FUJIFILM", fujifilm(0, 2, 1), Series(None, 2, CONTINUOUS)),
        ("FUJIFILM", fujifilm(1, 1, 0), Series(None, 1, AUTO_BRACKET)),
        ("OLYMPUS CORPORATION", olympus(1, 5), Series(None, 5, CONTINUOUS)),
        ("OLYMPUS CORPORATION", olympus(2, 1), Series(None, 1, AUTO_BRACKET)),
        ("Aurora", canon(1, 3, 0), Series()),
    ],
)
def test_what_cameras_note_of_a_series_is_read(make: str, note: bytes, expected: Series) -> None:
    assert series_notes.read(block(make, note)) == expected


def test_a_photo_s_metadata_tell_its_burst(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    exif = b"Exif\0\0" + block("Apple", apple(b"68826DCA-5235\0")).getvalue()
    Image.new("RGB", (8, 8)).save(file, exif=exif)
    found = meta.read(file)
    assert (found.burst, found.sequence, found.drive) == ("68826DCA-5235", None, None)
    assert found.camera == "Apple"


@given(st.binary(max_size=300), st.sampled_from(["Apple", "Canon", "NIKON", "SONY", "FUJIFILM",
                                                 "Panasonic", "OLYMPUS"]))  # fmt: skip
def test_whatever_a_note_holds_nothing_breaks(note: bytes, make: str) -> None:
    found = series_notes.read(block(make, note))
    assert found.burst is None or found.burst


@given(st.binary(max_size=200))
def test_whatever_a_block_holds_nothing_breaks(data: bytes) -> None:
    assert isinstance(series_notes.read(io.BytesIO(data)), Series)
