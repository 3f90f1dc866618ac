"""The only door to pixels: any file of a known format as an upright 8-bit sRGB picture.

The scoring pass takes `full`, once per photo; what only has to be looked at takes `quick`. Both
refuse what cannot be read with a `PhotoError` that says why, and never raise anything else for a
bad file. All functions may be called from many threads; the heavy parts release Python's lock.
"""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from pathlib import Path

import cv2
import numpy as np
import simplejpeg
from pillow_heif import HeifImageFile

from uniqa_desktop import bitmap, colour, embedded, rawfile
from uniqa_desktop import header as headers
from uniqa_desktop.errors import PhotoError, PhotoTooLarge
from uniqa_desktop.header import MAX_PIXELS as MAX_PIXELS
from uniqa_desktop.header import NO_MEMORY, Header, check_size, library_call

MAX_BYTES = 4 * 2**30
"""Files larger than this are refused unread; no picture within `MAX_PIXELS` needs more."""
MAX_SCANS = 500
"""A progressive JPEG repeats itself in scans (a camera's has about ten); thousands of them would
keep the decoder busy for hours (libjpeg-turbo's own test tools draw the line here too)."""

_START_OF_SCAN, _END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"

_LEAST_PREVIEW = 1200
"""A RAW's preview is used for scoring from this length of its longer side on; focus cannot be
judged on less."""


class Source(StrEnum):
    """Where pixels came from."""

    FULL = "full"
    EMBEDDED = "embedded"
    DRAFT = "draft"
    DEMOSAIC = "demosaic"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Decoded pixels: H×W×3 uint8, sRGB, upright, C-contiguous.

    `full_size` is width and height of the upright original, which a preview or draft is smaller
    than.
    """

    pixels: np.ndarray
    full_size: tuple[int, int]
    source: Source


def full(path: Path, data: bytes | None = None) -> Picture:
    """The picture at full size; of a RAW its largest preview, else half-size demosaicing.

    Args:
        path: the file. Its extension only tells RAWs from TIFFs; content decides the rest.
        data: the file's bytes, if they have been read already.

    Raises:
        PhotoError: the file cannot be read, with the reason; `PhotoTooLarge` above `MAX_PIXELS`.
    """
    with _enough_memory():
        data = _bytes(path) if data is None else data
        if not data:
            raise PhotoError("The file is empty.")
        if rawfile.is_raw(path.name, data[:16]):
            return _full_raw(data)
        return _full_picture(headers.read(io.BytesIO(data)), data)


def quick(path: Path, long_side: int) -> Picture:
    """The picture at `long_side` pixels or more, as fast as the file allows.

    An embedded preview if it is large enough and shows the whole picture, else a JPEG decoded at a
    half, quarter or eighth of its size; everything else is decoded and reduced. Smaller only if
    the file has no more pixels.

    Raises:
        PhotoError: as `full`.
    """
    with _enough_memory():
        data = _bytes(path)
        if not data:
            raise PhotoError("The file is empty.")
        if rawfile.is_raw(path.name, data[:16]):
            return _quick_raw(data, long_side)
        return _quick_picture(headers.read(io.BytesIO(data)), data, long_side)


def thumbnail(picture: Picture, long_side: int = 512) -> np.ndarray:
    """The picture reduced to `long_side` pixels (never enlarged), as H×W×3 uint8.

    Close to the average of all pixels under each new one (24 megapixels: mean difference 3.6 of
    255 on detailed photos, where bilinear sampling is off by 15) in a sixteenth of the time (4.4
    and 72 ms, measured). From large pictures only every second or third row is read; then exact
    halvings, which are fast, and one resampling to twice the size, which is halved at last.
    """
    pixels = picture.pixels
    height, width = pixels.shape[:2]
    ratio = max(width, height) / long_side
    if ratio <= 1:
        return pixels.copy()
    size = max(1, round(width / ratio)), max(1, round(height / ratio))
    pixels = pixels[:: max(1, min(3, int(ratio / 3.5)))]
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = pixels.shape[1] // 2, pixels.shape[0] // 2
        # A leftover row or column is dropped: only whole 2×2 blocks take the fast way.
        whole = pixels[: 2 * half[1], : 2 * half[0]]
        pixels = cv2.resize(whole, half, interpolation=cv2.INTER_AREA)
    if pixels.shape[1::-1] == size:
        return pixels
    twice = cv2.resize(pixels, (2 * size[0], 2 * size[1]), interpolation=cv2.INTER_LINEAR)
    return cv2.resize(twice, size, interpolation=cv2.INTER_AREA)


def encode_jpeg(pixels: np.ndarray, quality: int = 85) -> bytes:
    """H×W×3 uint8 RGB as a JPEG (4:2:0), for the thumbnail store."""
    return simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels), quality=quality, colorsubsampling="420"
    )


def decode_jpeg_thumb(data: bytes) -> np.ndarray:
    """What `encode_jpeg` wrote.

    Raises:
        PhotoError: `data` is damaged.
    """
    with library_call():
        return simplejpeg.decode_jpeg(data)


@contextmanager
def _enough_memory() -> Iterator[None]:
    try:
        yield
    except (MemoryError, cv2.error) as error:
        if isinstance(error, cv2.error) and error.code != cv2.Error.StsNoMem:
            raise
        raise PhotoError(NO_MEMORY) from error


def _bytes(path: Path) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise PhotoError("This is not an ordinary file.")
        if about.st_size > MAX_BYTES:
            raise PhotoTooLarge(
                f"The file has {about.st_size / 2**30:.1f} GB; the limit is {MAX_BYTES >> 30} GB."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PhotoError("The file is gone.") from error
    except PermissionError as error:
        raise PhotoError("There is no permission to read the file.") from error
    except OSError as error:
        raise PhotoError(f"The file cannot be read: {error.strerror or error}.") from error


# Pictures


def _full_picture(header: Header, data: bytes) -> Picture:
    pixels = _turned(_pixels(header, data), header.orientation)
    height, width = pixels.shape[:2]  # HEIF's header may say otherwise
    return Picture(pixels, (width, height), Source.FULL)


def _quick_picture(header: Header, data: bytes, long_side: int) -> Picture:
    if _is_plain_jpeg(header):
        preview = embedded.preview(header, data, long_side)
        if preview is not None:
            with suppress(ValueError):  # damaged: there is still the picture
                return _finished(simplejpeg.decode_jpeg(preview), header, Source.EMBEDDED)
        pixels = _draft(header, data, long_side)
        source = Source.FULL if pixels.shape[1::-1] == header.size else Source.DRAFT
        return _finished(pixels, header, source)
    if header.heif is not None:
        return _reduced(_heif_draft(header, data, long_side), long_side)
    return _reduced(_full_picture(header, data), long_side)


def _finished(pixels: np.ndarray, header: Header, source: Source) -> Picture:
    """Stored pixels of the whole picture, at any size, in sRGB and upright."""
    pixels = _turned(colour.to_srgb(pixels, header.profile), header.orientation)
    return Picture(pixels, header.upright_size, source)


def _reduced(picture: Picture, long_side: int) -> Picture:
    if max(picture.pixels.shape[:2]) <= long_side:
        return picture
    source = Source.DRAFT if picture.source is Source.FULL else picture.source
    return Picture(thumbnail(picture, long_side), picture.full_size, source)


def _pixels(header: Header, data: bytes) -> np.ndarray:
    """The pixels of a picture as stored (not turned), in sRGB."""
    if _is_plain_jpeg(header):
        _check_scans(header, data)
        pixels = _jpeg(data)
        if pixels is not None:
            return colour.to_srgb(pixels, header.profile)
    if header.heif is not None:
        with library_call():
            pixels = np.asarray(header.heif)
        return colour.from_array(pixels, header.profile)
    if header.format == "BMP" and header.image is None:
        with library_call():
            pixels = bitmap.pixels(data)
        return colour.from_array(pixels, header.profile)
    if header.format == "TIFF" and header.image is None:
        return colour.from_array(_float_tiff(data), header.profile)
    return _pixels_by_pillow(header)


def _jpeg(data: bytes, least: tuple[int, int] = (0, 0)) -> np.ndarray | None:
    """A JPEG's pixels, reduced by up to eight but not below a width and height of `least`.

    Returns:
        `None` if anything at all is odd about the file, but for a missing end marker: if nothing
        else is missing, neither is any pixel.
    """
    for end in (b"", _END_OF_IMAGE):
        with library_call(), suppress(ValueError):
            return simplejpeg.decode_jpeg(data + end, min_width=least[0], min_height=least[1])
        if data.endswith(_END_OF_IMAGE):
            break
    return None


def _pixels_by_pillow(header: Header) -> np.ndarray:
    """By Pillow, which reads JPEGs with harmless oddities, but no picture that is cut off."""
    if header.image is None:
        raise PhotoError("The picture data is damaged.")
    with library_call():
        header.image.load()
    return colour.from_image(header.image, header.profile)


def _float_tiff(data: bytes) -> np.ndarray:
    with library_call():
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise PhotoError("The picture data is damaged.")
    if pixels.ndim == 3:
        order = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGB
        pixels = cv2.cvtColor(pixels, order)
    return pixels


def _draft(header: Header, data: bytes, long_side: int) -> np.ndarray:
    """A plain JPEG's pixels as stored, at the least of 1/8, 1/4, 1/2 and 1 to have `long_side`.

    The decoder knows other eighths, but they take longer than the next larger of these (measured:
    3/8 longer than 1/2, and 5/8 and up longer than the full size).
    """
    _check_scans(header, data)
    width, height = header.size
    part = next((part for part in (8, 4, 2) if max(width, height) >= part * long_side), 1)
    least = ceil(width / part), ceil(height / part)
    pixels = _jpeg(data, least)
    if pixels is not None:
        return pixels
    if header.image is not None:
        with library_call():
            header.image.draft("RGB", least)
    return _pixels_by_pillow(replace(header, profile=None))  # the caller sees to the profile


def _heif_draft(header: Header, data: bytes, long_side: int) -> Picture:
    """The thumbnail inside a HEIF if it is large enough, else the picture."""
    width, height = header.size
    scale = min(1.0, long_side / max(width, height))
    with library_call():
        image = HeifImageFile(io.BytesIO(data))
        image.draft(None, (ceil(width * scale), ceil(height * scale)))
    if image.size == header.size:
        return _full_picture(header, data)
    with library_call():
        image.load()
    return Picture(colour.from_image(image, header.profile), header.size, Source.EMBEDDED)


def _is_plain_jpeg(header: Header) -> bool:
    """Whether simplejpeg can read it. CMYK the way Adobe writes it and grey with a profile of its
    own are left to Pillow."""
    if header.format not in ("JPEG", "MPO"):
        return False
    mode = header.image.mode if header.image is not None else "RGB"
    return mode == "RGB" or (mode == "L" and header.profile is None)


def _check_scans(header: Header, data: bytes) -> None:
    progressive = header.image is not None and "progressive" in header.image.info
    if progressive and data.count(_START_OF_SCAN) > MAX_SCANS:
        raise PhotoError(f"The JPEG has more than {MAX_SCANS} scans.")


def _turned(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """Pixels stored under EXIF `orientation` (EXIF 3.0, tag 0x0112), upright.

    C-contiguous and writable; a copy only where it must be.
    """
    match orientation:
        case 2:
            return cv2.flip(pixels, 1)
        case 3:
            return cv2.rotate(pixels, cv2.ROTATE_180)
        case 4:
            return cv2.flip(pixels, 0)
        case 5:
            return cv2.transpose(pixels)
        case 6:
            return cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)
        case 7:
            return cv2.transpose(cv2.rotate(pixels, cv2.ROTATE_180))
        case 8:
            return cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
    return np.require(pixels, requirements=["C", "W"])


# RAW files


def _full_raw(data: bytes) -> Picture:
    with rawfile.RawFile(data) as raw:
        check_size(raw.size)
        preview = raw.preview()
        if preview is not None:
            with suppress(PhotoError):  # damaged: there is still the sensor's data
                pixels = _preview_pixels(preview, raw.size)
                if max(pixels.shape[:2]) >= min(_LEAST_PREVIEW, max(raw.size)):
                    return Picture(pixels, raw.size, Source.EMBEDDED)
        return Picture(raw.half_size(), raw.size, Source.DEMOSAIC)


def _quick_raw(data: bytes, long_side: int) -> Picture:
    with rawfile.RawFile(data) as raw:
        check_size(raw.size)
        preview = raw.preview()
        if preview is not None:
            with suppress(PhotoError):
                pixels = _preview_pixels(preview, raw.size, long_side)
                if max(pixels.shape[:2]) >= min(long_side, _LEAST_PREVIEW):
                    return Picture(pixels, raw.size, Source.EMBEDDED)
        return _reduced(Picture(raw.half_size(), raw.size, Source.DEMOSAIC), long_side)


def _preview_pixels(
    preview: rawfile.Preview, size: tuple[int, int], long_side: int | None = None
) -> np.ndarray:
    """A RAW's preview, upright: `size` is that of the upright RAW."""
    if preview.jpeg is None:
        assert preview.pixels is not None
        return _turned(colour.from_array(preview.pixels, None), preview.orientation)
    header = headers.read(io.BytesIO(preview.jpeg))
    if long_side is None or not _is_plain_jpeg(header):
        pixels = _pixels(header, preview.jpeg)
    else:
        pixels = colour.to_srgb(_draft(header, preview.jpeg, long_side), header.profile)
    orientation = preview.orientation if header.orientation == 1 else header.orientation
    rows, columns = pixels.shape[:2]
    lies_right = (columns - rows) * (size[0] - size[1]) > 0
    # Some programs turn the preview themselves and leave the mark that it is to be turned.
    return _turned(pixels, 1 if orientation >= 5 and lies_right else orientation)
