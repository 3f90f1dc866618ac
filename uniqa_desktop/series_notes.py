"""What a camera notes of the series that a frame belongs to: bursts, brackets, focus stacks.

| camera | maker note | what |
|---|---|---|
| Apple | 0x000B | the id of the burst |
| Canon | 0x0001, 0x0004, 0x0093 | drive, number in the burst, exposure bracket |
| Nikon | 0x0089 | continuous, exposure bracket |
| Sony | 0xB049, 0xB04A | drive, number in the burst |
| Fujifilm | 0x1100, 0x1101, 0x1103 | exposure bracket, number in the burst, drive |
| Panasonic | 0x002A, 0x002B | drive, number in the burst |
| Olympus, OM System | camera settings 0x0600 | drive, number in the burst |

Layouts: ExifTool's tag tables (P. Harvey). What a camera does not say stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from uniqa_desktop import exif_blocks
from uniqa_desktop.tiff_tags import Source, Tag, directory, opened, order_of

AUTO_BRACKET = "Auto bracket"
FOCUS_BRACKET = "Focus bracket"
CONTINUOUS = "Continuous"

_MAKE, _EXIF, _NOTE = 0x010F, 0x8769, 0x927C
_HEAD = 12
"""Bytes before the directory of a Sony or Panasonic note."""


class Series(NamedTuple):
    """An id that only the frames of one burst share, the place within it (from 0 or 1), and the
    drive mode in one of the words above; `None` where nothing is said."""

    burst: str | None = None
    number: int | None = None
    drive: str | None = None


def read(block: BinaryIO) -> Series:
    """What the maker note in a block of EXIF says; nothing is raised for a damaged one."""
    tiff = opened(block)
    if tiff is None:
        return Series()
    image = directory(*tiff, (_MAKE, _EXIF))
    at = _first(image, _EXIF)
    exif = directory(tiff[0], at, (_NOTE,)) if at is not None else {}
    if _NOTE not in exif or _MAKE not in image:
        return Series()
    make = _text(image[_MAKE]).upper()
    for name, reader in _READERS.items():
        if make.startswith(name):
            return reader(tiff[0], exif[_NOTE].at)
    return Series()


def of_cr3(file: BinaryIO) -> Series:
    """The same of a CR3, whose maker note is a block of its own."""
    box = exif_blocks.canon_box(file, b"CMT3")
    tiff = opened(box) if box is not None else None
    return _canon(*tiff) if tiff is not None else Series()


def _apple(source: Source, at: int) -> Series:
    if not source.bytes(at, 10).startswith(b"Apple iOS"):
        return Series()
    tags = directory(source.moved(at, ">"), 14, (0x000B,))
    return Series(_text(tags[0x000B]) or None) if 0x000B in tags else Series()


def _canon(source: Source, at: int) -> Series:
    tags = directory(source, at, (0x0001, 0x0004, 0x0093))
    settings, shot, file = (_values(tags, tag) for tag in (0x0001, 0x0004, 0x0093))
    bracket = _at(file, 3) == 1 or _at(shot, 16) not in (None, 0)
    continuous = _at(settings, 5) not in (None, 0, 2)
    return _series(_at(shot, 9), bracket, continuous)


def _nikon(source: Source, at: int) -> Series:
    if not source.bytes(at, 8).startswith(b"Nikon\0\x02"):
        return Series()
    inner = source.moved(at + 10, order_of(source.bytes(at + 10, 2)))
    first = next(iter(inner.numbers(4, "I")), 0)
    mode = _first(directory(inner, first, (0x0089,)), 0x0089) or 0
    return _series(None, bool(mode & 0x10), bool(mode & 0x01))


_SONY_CONTINUOUS, _SONY_BRACKET = 2, 5


def _sony(source: Source, at: int) -> Series:
    headed = source.bytes(at, 8).startswith((b"SONY DSC", b"SONY CAM", b"SONY MOB"))
    tags = directory(source, at + _HEAD * headed, (0xB049, 0xB04A))
    mode, number = _first(tags, 0xB049), _first(tags, 0xB04A)
    return _series(number, mode == _SONY_BRACKET, mode == _SONY_CONTINUOUS)


def _fujifilm(source: Source, at: int) -> Series:
    base = source.moved(at, "<")
    first = next(iter(base.numbers(8, "I")), 0)
    tags = directory(base, first, (0x1100, 0x1101, 0x1103))
    drive = (_first(tags, 0x1103) or 0) & 0xFF
    return _series(_first(tags, 0x1101), _first(tags, 0x1100) == 1, drive in (1, 2))


_PANASONIC_BRACKET, _PANASONIC_FOCUS = 2, 3


def _panasonic(source: Source, at: int) -> Series:
    if not source.bytes(at, 9).startswith(b"Panasonic"):
        return Series()
    tags = directory(source, at + _HEAD, (0x002A, 0x002B))
    mode, number = _first(tags, 0x002A), _first(tags, 0x002B)
    found = _series(number, mode == _PANASONIC_BRACKET, mode in (1, 4))
    return found._replace(drive=FOCUS_BRACKET) if mode == _PANASONIC_FOCUS else found


def _olympus(source: Source, at: int) -> Series:
    start, place = source.bytes(at, 16), at + 8
    if start.startswith((b"OLYMPUS\0", b"OM SYSTEM\0")):
        place = 12 if start.startswith(b"OLYMPUS\0") else 16
        source = source.moved(at, order_of(start[place - 4 : place - 2]))
    settings = directory(source, place, (0x2020,)).get(0x2020)
    if settings is None:
        return Series()
    # A directory by its offset, or itself as the value of the tag.
    inner = settings.whole()[0] if len(settings.values) == 1 else settings.at
    drive = _values(directory(source, inner, (0x0600,)), 0x0600)
    return _series(_at(drive, 1), _at(drive, 0) in (2, 4), _at(drive, 0) == 1)


_READERS: dict[str, Callable[[Source, int], Series]] = {
    "APPLE": _apple,
    "CANON": _canon,
    "NIKON": _nikon,
    "SONY": _sony,
    "FUJIFILM": _fujifilm,
    "PANASONIC": _panasonic,
    "OLYMPUS": _olympus,
    "OM DIGITAL": _olympus,
}
"""By how the camera's make begins."""

_NO_NUMBER = 65535


def _series(number: int | None, bracket: bool, continuous: bool) -> Series:
    """A number means something within a series only: single frames have 0, or none."""
    drive = AUTO_BRACKET if bracket else CONTINUOUS if continuous else None
    known = number is not None and number != _NO_NUMBER and (number > 0 or drive is not None)
    return Series(number=number if known else None, drive=drive)


def _values(tags: dict[int, Tag], number: int) -> tuple[int, ...]:
    return tags[number].whole() if number in tags else ()


def _first(tags: dict[int, Tag], number: int) -> int | None:
    return _at(_values(tags, number), 0)


def _at(values: tuple[int, ...], place: int) -> int | None:
    return values[place] if len(values) > place else None


def _text(tag: Tag) -> str:
    values = bytes(value & 255 for value in tag.whole())
    return values.decode("latin-1").strip(" \0")
