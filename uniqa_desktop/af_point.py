"""Where the camera focused, as far as it wrote it into the file.

| camera | tag | what |
|---|---|---|
| Canon | maker note 0x0012, 0x0026, 0x0032 | the AF areas in focus, else those selected |
| Nikon | maker note 0x00B7 | the AF area of mirrorless cameras and of live view |
| Sony | maker note 0x2027, 0x2037 | place and frame of the focus |
| Fujifilm | maker note 0x1023 | the pixel in focus |
| Panasonic | maker note 0x004D, 0x00DE | centre and size of the AF area |
| Olympus, OM System | camera settings 0x0305, 0x0304 | the AF areas selected |
| Apple and all others | EXIF SubjectArea, SubjectLocation | the main subject |

Layouts: `af_notes`, and EXIF 2.32, 4.6.5. What a Nikon SLR focused on through its finder is a
number on a screen that differs from model to model: that is no place, and nothing is read of it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from uniqa_desktop import af_notes, exif_blocks, rawfile
from uniqa_desktop import header as headers
from uniqa_desktop.af_notes import Box, Note, Noted
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.photo import Region
from uniqa_desktop.tiff_tags import Tag, directory, opened

_MAKE, _MODEL, _ORIENTATION, _EXIF = 0x010F, 0x0110, 0x0112, 0x8769
_NOTE, _WIDTH, _HEIGHT, _AREA, _LOCATION = 0x927C, 0xA002, 0xA003, 0x9214, 0xA214
_IMAGE_TAGS = (_MAKE, _MODEL, _ORIENTATION, _EXIF)
_EXIF_TAGS = (_NOTE, _WIDTH, _HEIGHT, _AREA, _LOCATION)
_OTHER_SHAPE = 0.03
"""A picture whose proportions differ by more than this from those that the areas refer to has been
cropped since, and they say nothing of it."""


def read(path: Path, size: tuple[int, int] | None = None) -> tuple[Region, ...]:
    """The AF areas of a photo, on the upright picture; a point has no width and height.

    Args:
        path: the file; only its metadata are read.
        size: width and height of the upright picture, to notice that it has been cropped.

    Returns:
        Empty if none is recorded, or none that can be placed in the picture. Nothing is raised for
        a damaged file.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(64)
        if start[4:12] == b"ftypcrx ":
            return _of_cr3(file, size)
        for block in _blocks(file, path.name, start):
            areas = _of_block(block, size)
            if areas:
                return areas
    return ()


def main_area(areas: Sequence[Region]) -> Region | None:
    """Of several areas the one nearest to the middle of them all: what to look at first."""
    if not areas:
        return None
    middles = [(area.left + area.width / 2, area.top + area.height / 2) for area in areas]
    x, y = (sum(each) / len(areas) for each in zip(*middles, strict=True))
    nearest = min(range(len(areas)), key=lambda n: math.dist(middles[n], (x, y)))
    return areas[nearest]


def _blocks(file: BinaryIO, name: str, start: bytes) -> Iterable[BinaryIO]:
    if rawfile.is_raw(name, start):
        return (*exif_blocks.of_raw(file, start), *exif_blocks.of_rw2(file, start))
    try:
        header = headers.read(file)
    except PhotoError:
        return ()
    if header.exif:
        return (io.BytesIO(header.exif),)
    return (file,) if header.format == "TIFF" else ()


def _of_block(block: BinaryIO, size: tuple[int, int] | None) -> tuple[Region, ...]:
    """From a block with everything in it."""
    tiff = opened(block)
    if tiff is None:
        return ()
    source, first = tiff
    image = directory(source, first, _IMAGE_TAGS)
    exif = directory(source, _whole(image, _EXIF), _EXIF_TAGS) if _EXIF in image else {}
    note = None
    if _NOTE in exif:
        make, model = _text(image, _MAKE), _text(image, _MODEL)
        note = Note(make, model, source, exif[_NOTE].at, _size(exif))
    return _areas(image, exif, note, size)


def _of_cr3(file: BinaryIO, size: tuple[int, int] | None) -> tuple[Region, ...]:
    """From the three blocks of a CR3, each the one directory of a TIFF."""
    found = []
    for name, wanted in ((b"CMT1", _IMAGE_TAGS), (b"CMT2", _EXIF_TAGS)):
        box = exif_blocks.canon_box(file, name)
        tiff = opened(box) if box is not None else None
        found.append(directory(*tiff, wanted) if tiff is not None else {})
    image, exif = found
    box = exif_blocks.canon_box(file, b"CMT3")
    tiff = opened(box) if box is not None else None
    note = Note("Canon", _text(image, _MODEL), *tiff, _size(exif)) if tiff is not None else None
    return _areas(image, exif, note, size)


def _areas(
    image: dict[int, Tag], exif: dict[int, Tag], note: Note | None, size: tuple[int, int] | None
) -> tuple[Region, ...]:
    orientation = _whole(image, _ORIENTATION)
    for noted in (af_notes.read(note) if note is not None else Noted(), _subject(exif)):
        boxes = [box for box in noted.boxes if _inside(box)]
        if boxes and not _cropped(noted.picture, size, orientation):
            return tuple(_region(_upright(box, orientation)) for box in boxes)
    return ()


def _subject(exif: dict[int, Tag]) -> Noted:
    """EXIF's own: a point, a circle (its diameter last) or a rectangle, by its centre."""
    picture = _size(exif)
    tag = exif.get(_AREA) or exif.get(_LOCATION)
    if picture is None or tag is None or len(tag.values) not in (2, 3, 4):
        return Noted()
    values = list(tag.values)
    width, height = picture
    across, down = (values[2], values[-1]) if len(values) > 2 else (0, 0)
    box = (values[0] / width, values[1] / height, across / width, down / height)
    return Noted((box,), picture)


def _inside(box: Box) -> bool:
    """Whether it can be: the middle of a picture says nothing if a program made it smaller and
    left the numbers as they were, as then they point beyond."""
    x, y, width, height = box
    return 0 < x < 1 and 0 < y < 1 and 0 <= width < 1 and 0 <= height < 1


def _cropped(
    noted: tuple[float, float] | None, size: tuple[int, int] | None, orientation: int
) -> bool:
    if noted is None or size is None or not all((*noted, *size)):
        return False
    shape = noted[0] / noted[1]
    if orientation in range(5, 9):
        shape = 1 / shape
    return abs(math.log(shape * size[1] / size[0])) > _OTHER_SHAPE


def _upright(box: Box, orientation: int) -> Box:
    """The same place after the picture has been turned as EXIF's orientation says."""
    x, y, width, height = box
    if orientation in range(5, 9):
        x, y, width, height = y, x, height, width
    if orientation in (2, 3, 6, 7):
        x = 1 - x
    if orientation in (3, 4, 7, 8):
        y = 1 - y
    return x, y, width, height


def _region(box: Box) -> Region:
    """The part of a box that lies in the picture."""
    x, y, width, height = box
    left, top = max(0.0, x - width / 2), max(0.0, y - height / 2)
    return Region(left, top, min(1.0, x + width / 2) - left, min(1.0, y + height / 2) - top)


def _size(exif: dict[int, Tag]) -> tuple[int, int] | None:
    width, height = _whole(exif, _WIDTH), _whole(exif, _HEIGHT)
    return (width, height) if width > 0 and height > 0 else None


def _whole(tags: dict[int, Tag], number: int) -> int:
    return next(iter(tags[number].whole()), 0) if number in tags else 0


def _text(tags: dict[int, Tag], number: int) -> str:
    values = tags[number].whole() if number in tags else ()
    return bytes(value & 255 for value in values).decode("latin-1").strip(" \0")
