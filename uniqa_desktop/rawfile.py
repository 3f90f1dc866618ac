"""Camera RAW files: the preview that the camera embedded, or the sensor's data at half size.

The preview is the picture as the photographer saw it on the camera, ready in milliseconds, and
nearly always of full size. Where a camera stored none worth looking at, LibRaw develops the data of
the sensor: at half size each 2×2 group of the colour filter becomes one pixel, nothing is invented.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np
import rawpy
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.formats import Kind, kind_of

_ORIENTATION_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's flip (0, 180°, 90° counter-clockwise, 90° clockwise) as EXIF orientation."""

_CUT_SHORT = "The RAW file ends in the middle of the picture."
_SUB_DIRECTORIES = 0x014A
_PIXEL_TAGS = ((0x0111, 0x0117), (0x0144, 0x0145), (0x0118, 0x0117))
"""Offsets and sizes of strips and tiles; Panasonic keeps its offset in a tag of its own."""
_NOT_HERE = 0xFFFFFFFF
"""What Panasonic puts into the usual tag instead."""
_MOST_DIRECTORIES = 50
_LEAST_DENSITY = 0.1
"""Bytes a pixel below which a file cannot hold the sensor's data (a compressed black frame has
twice as many)."""
_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"RIFF")
_RAW_STARTS = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FOVb", b"\0MRM")


@dataclass(frozen=True, slots=True)
class Preview:
    """An embedded preview as stored: the bytes of a JPEG or decoded pixels.

    `orientation` (EXIF's 1–8) is the RAW's; a JPEG has an EXIF block of its own, if only because
    LibRaw adds one with this orientation where it is missing.
    """

    orientation: int
    jpeg: bytes | None = None
    pixels: np.ndarray | None = None


def is_raw(name: str, start: bytes) -> bool:
    """Whether LibRaw should read the file called `name` that begins with `start` (16 bytes).

    Content decides, except that most RAWs are TIFFs at first sight; of those the extension does.
    """
    if start.startswith(_RAW_STARTS) or start[4:12] == b"ftypcrx " or start[8:10] == b"CR":
        return True
    a_picture = start.startswith(_PICTURE_STARTS) or start[4:8] == b"ftyp"
    return kind_of(name) is Kind.RAW and not a_picture


class RawFile:
    """An open RAW file; a context manager.

    Raises (on opening): PhotoError, if LibRaw does not know it or it is cut short.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._raw = rawpy.RawPy()
        try:
            self._raw.open_buffer(io.BytesIO(data))
            sizes = self._raw.sizes
        except Exception as error:
            self._raw.close()
            raise _refusal(error) from error
        self._flip: int = sizes.flip
        turned = self._flip in (5, 6)
        self.size: tuple[int, int] = (
            (sizes.height, sizes.width) if turned else (sizes.width, sizes.height)
        )
        """Width and height of the upright picture that the sensor's data makes."""

    def __enter__(self) -> RawFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._raw.close()

    def preview(self) -> Preview | None:
        """The largest embedded preview, or `None` if there is none that can be read."""
        try:
            thumb = self._raw.extract_thumb()
        except (rawpy.LibRawError, ValueError, MemoryError):
            return None
        orientation = _ORIENTATION_OF_FLIP.get(self._flip, 1)
        if thumb.format == rawpy.ThumbFormat.JPEG:
            return Preview(orientation, jpeg=bytes(thumb.data))
        return Preview(orientation, pixels=np.asarray(thumb.data))

    def half_size(self) -> np.ndarray:
        """The sensor's data as an upright H×W×3 uint8 sRGB picture of half the width and height.

        Camera white balance, LibRaw's own brightening.

        Raises:
            PhotoError: the sensor's data is cut short, damaged or of an unknown kind.
        """
        width, height = self.size
        if len(self._data) < _LEAST_DENSITY * width * height or _lacks_pixels(self._data):
            raise PhotoError(_CUT_SHORT)
        try:
            return self._raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
        except Exception as error:
            raise _refusal(error) from error


def _lacks_pixels(data: bytes) -> bool:
    """Whether a RAW of the TIFF family is shorter than its directories say.

    LibRaw develops such files without a word, from whatever happens to be in its memory.
    """
    start = {b"II": b"II*\0", b"MM": b"MM\0*"}.get(data[:2])
    if start is None:
        return False
    file = io.BytesIO(data)
    with suppress(Exception):  # any damage to the directories: then LibRaw is the judge
        pending = [ImageFileDirectory_v2(start + data[4:8]).next]
        seen: set[int] = set()
        while pending and len(seen) < _MOST_DIRECTORIES:
            place = pending.pop()
            if not place or place in seen:
                continue
            seen.add(place)
            file.seek(place)
            tags = ImageFileDirectory_v2(start + data[4:8])
            tags.load(file)
            pending += [tags.next, *_several(tags.get(_SUB_DIRECTORIES))]
            for offsets, sizes in _PIXEL_TAGS:
                blocks = zip(_several(tags.get(offsets)), _several(tags.get(sizes)), strict=False)
                if any(len(data) < at + size for at, size in blocks if at != _NOT_HERE):
                    return True
    return False


def _several(value: Any) -> tuple[int, ...]:
    """The values of a tag, of which Pillow gives a single one bare."""
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _refusal(error: Exception) -> PhotoError:
    """One sentence for what LibRaw raised (its errors carry bytes)."""
    if isinstance(error, rawpy.LibRawFileUnsupportedError):
        return PhotoError("This is not a RAW file of a known camera.")
    if isinstance(error, (rawpy.LibRawIOError, EOFError)):
        return PhotoError(_CUT_SHORT)
    if isinstance(error, (MemoryError, rawpy.LibRawUnsufficientMemoryError)):
        return PhotoError("There is not enough memory to open this picture.")
    said = error.args[0] if error.args else type(error).__name__
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return PhotoError(f"The RAW data is damaged ({text}).")
