"""The small previews that cameras put into their JPEGs, beside the picture itself.

EXIF has room for one of 160×120 pixels or so; multi-picture JPEGs (CIPA DC-007) of Sony, Nikon and
others carry one of about the size of a screen, which decodes ten times as fast as the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import simplejpeg
from PIL.ExifTags import IFD
from PIL.MpoImagePlugin import MpoImageFile

from uniqa_desktop.header import Header

_JPEG_OFFSET, _JPEG_LENGTH = 0x0201, 0x0202
_ENTRIES = 0xB002
_LARGE_THUMBNAIL = "Large Thumbnail"
"""How Pillow calls preview entries, with the size class in brackets (DC-007, 5.2.3.3)."""
_ASPECT_TOLERANCE = 0.02
"""How far the aspect ratio of a preview may be off: beyond that it has black bars or is cropped."""


def preview(header: Header, data: bytes, long_side: int) -> bytes | None:
    """The smallest embedded preview that can stand for the whole picture at `long_side` pixels.

    Returns:
        A JPEG, stored the same way round as the picture; `None` if no preview will do.
    """
    for jpeg in (*_in_exif(header), *_multi_picture(header, data)):
        try:
            rows, columns, _, _ = simplejpeg.decode_jpeg_header(jpeg)
        except ValueError:
            continue
        size = int(columns), int(rows)
        if max(size) >= long_side and _same_aspect(size, header.size):
            return jpeg
    return None


def _same_aspect(one: tuple[int, int], other: tuple[int, int]) -> bool:
    across, down = one[0] * other[1], one[1] * other[0]
    return abs(across - down) <= _ASPECT_TOLERANCE * down


def _in_exif(header: Header) -> Iterator[bytes]:
    if header.image is None or header.exif is None:
        return
    with suppress(Exception):  # a damaged EXIF block: there is still the picture
        tags = header.image.getexif().get_ifd(IFD.IFD1)
        offset, length = tags[_JPEG_OFFSET], tags[_JPEG_LENGTH]
        yield header.exif[offset : offset + length]


def _multi_picture(header: Header, data: bytes) -> Iterator[bytes]:
    image = header.image
    if not isinstance(image, MpoImageFile) or image.mpinfo is None:
        return
    with suppress(Exception):  # a damaged index: there is still the picture
        for index, entry in enumerate(image.mpinfo[_ENTRIES]):
            if entry["Attribute"]["MPType"].startswith(_LARGE_THUMBNAIL):
                image.seek(index)
                yield data[image.offset : image.offset + entry["Size"]]
    image.seek(0)
