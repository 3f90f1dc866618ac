"""What a picture file says of itself before any pixel is decoded.

Size, orientation, colour profile and the EXIF block, found by content (a JPEG named .png is a
JPEG) at a cost of about a tenth of a millisecond. `decode` and `meta` both start here.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
import simplejpeg
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from uniqa_desktop import bitmap
from uniqa_desktop.errors import PhotoError, PhotoTooLarge
from uniqa_desktop.icc import ADOBE_RGB

# Importing a plugin registers it. `Image.open` would import these by itself, but not safely when
# two threads open their first picture at the same time.
_PLUGINS = (
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    GifImagePlugin,
    BmpImagePlugin,
    AvifImagePlugin,
)
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF")
"""What Pillow may open (a multi-picture JPEG is a JPEG first). Its other readers are old, little
tested, or start helper programs."""

MAX_PIXELS = 400_000_000
"""Pictures with more pixels are refused by their header: 200-megapixel photos and most panoramas
pass, and 1.2 GB is the most that one picture takes in memory."""

# Pillow's own limit warns at 89 megapixels and refuses at 179, less than what cameras make. It is
# raised, not lifted: the GIF reader allocates before it tells the size.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

# Pillow warns of odd tags in files that it reads all the same. The filter is set once, here, since
# `warnings.catch_warnings` changes the state of all threads.
warnings.filterwarnings("ignore", module=r"PIL\.")

NOT_A_PICTURE = "This is not a picture that the program can read."
NO_MEMORY = "There is not enough memory to open this picture."
_CUT_SHORT = "The file ends in the middle of the picture."

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_TIFF_STARTS = (b"II*\0", b"MM\0*")
_KNOWN_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", *_TIFF_STARTS)
_SIGNS_OF_TRUNCATION = re.compile(
    r"truncat|end of file|unexpected end|premature end|insufficient|not enough|eof|too short|"
    r"buffer is not large enough|read past|incomplete",
    re.IGNORECASE,
)
_WIDTH, _HEIGHT, _ORIENTATION, _SAMPLE_FORMAT = 0x0100, 0x0101, 0x0112, 0x0153
_COLOUR_PROFILE = 0x8773
_INTEROPERABILITY = 0xA005
_FLOATS = 3
_IMAGEMAGICK_EXIF = "Raw profile type exif"


@dataclass(frozen=True, slots=True)
class Header:
    """A picture that is open, with no pixel decoded yet.

    `size` is width and height as stored; `orientation` (EXIF's 1–8) is what still has to be done to
    make the decoded pixels upright. `exif` is the bare TIFF block, if the container holds one
    apart (a TIFF is one itself). `image` is Pillow's, `heif` libheif's; where neither is there the
    file is a JPEG, TIFF or BMP of a kind that other readers know.
    """

    format: str
    size: tuple[int, int]
    orientation: int
    profile: bytes | None
    exif: bytes | None
    image: Image.Image | None = None
    heif: pillow_heif.HeifImage | None = None

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the picture as people see it."""
        width, height = self.size
        return (height, width) if self.orientation >= 5 else (width, height)


def read(file: BinaryIO) -> Header:
    """Reads the header of the picture in `file`, which must stay open while pixels are decoded.

    Raises:
        PhotoError: it is no picture of a known format, or the header is damaged.
        PhotoTooLarge: it says that there are more than `MAX_PIXELS` pixels.
    """
    file.seek(0)
    start = file.read(64)
    if _is_cut_short(file, start):
        raise PhotoError(_CUT_SHORT)
    file.seek(0)
    header = _read_heif(file) if _is_heif(start) else _read_with_pillow(file, start)
    check_size(header.size)
    return header


def check_size(size: tuple[int, int]) -> None:
    """Raises `PhotoTooLarge` for a picture of this width and height above `MAX_PIXELS`."""
    _check_pixels(size[0] * size[1])


def _check_pixels(count: int) -> None:
    if count > MAX_PIXELS:
        raise PhotoTooLarge(
            f"The picture has {round(count / 1e6)} megapixels; the limit is {MAX_PIXELS // 10**6}."
        )


@contextmanager
def library_call() -> Iterator[None]:
    """Turns what a decoding library raises into a `PhotoError`.

    On damaged files these libraries raise almost anything (struct.error, SyntaxError, MemoryError,
    …), so everything is caught: wrap calls of libraries only, lest bugs of our own be hidden.
    """
    try:
        yield
    except PhotoError:
        raise
    except MemoryError as error:
        raise PhotoError(NO_MEMORY) from error
    except Exception as error:
        raise PhotoError(reason(error)) from error


def reason(error: Exception) -> str:
    """One sentence for what a decoding library raised."""
    said = " ".join(str(error).split())
    if _SIGNS_OF_TRUNCATION.search(said) or isinstance(error, EOFError):
        return _CUT_SHORT
    return f"The picture data is damaged ({said[:100] or type(error).__name__})."


def _is_heif(start: bytes) -> bool:
    """Whether `start` begins an ISO base media file that libheif should read.

    HEIC and AVIF share the container and its general brands; a file that names AVIF anywhere in
    its list of brands is for Pillow's AVIF reader.
    """
    if start[4:8] != b"ftyp":
        return False
    end = min(max(int.from_bytes(start[:4], "big"), 16), len(start))
    brands = {start[8:12], *(start[i : i + 4] for i in range(16, end - 3, 4))}
    return not brands & _AVIF_BRANDS and bool(brands & _HEIF_BRANDS)


def _is_cut_short(file: BinaryIO, start: bytes) -> bool:
    """Whether the file is shorter than its container says (ISO base media, RIFF, TIFF).

    libheif reads such files without a word and makes up what is missing; other readers call it
    by many names.
    """
    end = file.seek(0, os.SEEK_END)
    if start[:4] == b"RIFF":
        return int.from_bytes(start[4:8], "little") + 8 > end
    if start[:4] in _TIFF_STARTS:
        order = "little" if start[:2] == b"II" else "big"
        return int.from_bytes(start[4:8], order) >= end
    at = 0
    while start[4:8] == b"ftyp" and at < end:
        file.seek(at)
        head = file.read(16)
        size = int.from_bytes(head[:4], "big")
        if size == 1:  # the size needs 64 bits
            size = int.from_bytes(head[8:16], "big")
        if size == 0:  # up to the end of the file
            return False
        at += max(size, 8)
    return at > end


def _read_heif(file: BinaryIO) -> Header:
    with library_call():
        container = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
        heif = container[container.primary_index]
        info, size = heif.info, heif.size
    # libheif turns and mirrors by the container's own properties, which are what counts in HEIF:
    # EXIF's orientation says how the sensor was held and has been dealt with.
    return Header(
        format="HEIF",
        size=(size[0], size[1]),
        orientation=1,
        profile=info.get("icc_profile"),
        exif=_bare(info.get("exif")),
        heif=heif,
    )


def _read_with_pillow(file: BinaryIO, start: bytes) -> Header:
    try:
        image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        # Its first number is that of the pixels.
        _check_pixels(int(re.findall(r"\d+", str(error))[0]))
        raise PhotoError(reason(error)) from error
    except Exception as error:
        other = _read_otherwise(file, start)
        if other is None:
            raise _refusal(error, start) from error
        return other
    exif = _bare(_png_exif(image, file) if image.format == "PNG" else image.info.get("exif"))
    profile = image.info.get("icc_profile") or None
    tags = Image.Exif()
    orientation = 1
    # Not `image.getexif`, which decodes a whole PNG to see what may come after the pixels. A TIFF's
    # orientation is not asked for: Pillow turns TIFFs itself, and gives their size accordingly.
    with suppress(Exception):  # a broken EXIF block never loses the photo; `meta` says that it is
        if exif:
            tags.load(exif)
            orientation = tags.get(_ORIENTATION, 1)
            if profile is None and b"R03" in exif:
                profile = _adobe_rgb(tags)
    return Header(
        format=image.format or "",
        size=image.size,
        orientation=orientation if orientation in range(1, 9) else 1,
        profile=profile,
        exif=exif,
        image=image,
    )


def _read_otherwise(file: BinaryIO, start: bytes) -> Header | None:
    """The header of what Pillow does not know: lossless JPEG, float TIFF, odd bitmaps."""
    if start.startswith(b"\xff\xd8\xff"):
        file.seek(0)
        with suppress(ValueError):
            rows, columns, _, _ = simplejpeg.decode_jpeg_header(file.read())
            return Header("JPEG", (int(columns), int(rows)), 1, None, None)
    if start[:4] in _TIFF_STARTS:
        with suppress(Exception):  # any damage to the directory: then it is refused as Pillow did
            file.seek(0)
            tags = ImageFileDirectory_v2(file.read(8))
            file.seek(tags.next)
            tags.load(file)
            if tags.get(_SAMPLE_FORMAT, (0,))[0] == _FLOATS:
                orientation = tags.get(_ORIENTATION, 1)
                size = int(tags[_WIDTH]), int(tags[_HEIGHT])
                return Header("TIFF", size, orientation, tags.get(_COLOUR_PROFILE), None)
    size = bitmap.size(start)
    return Header("BMP", size, 1, None, None) if size else None


def _refusal(error: Exception, start: bytes) -> PhotoError:
    if not isinstance(error, Image.UnidentifiedImageError):
        return PhotoError(reason(error))
    known = start.startswith(_KNOWN_STARTS) or start[4:8] == b"ftyp" or start[8:12] == b"WEBP"
    return PhotoError("The picture's header is damaged." if known else NOT_A_PICTURE)


def _png_exif(image: Image.Image, file: BinaryIO) -> bytes | None:
    """The EXIF block of a PNG: often behind the pixels, or in hexadecimal as ImageMagick writes."""
    place = file.tell()
    try:
        file.seek(8)
        while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
            size = int.from_bytes(head[:4], "big")
            if head[4:] == b"eXIf":
                return file.read(size)
            file.seek(size + 4, os.SEEK_CUR)
    finally:
        file.seek(place)
    text = image.info.get(_IMAGEMAGICK_EXIF)
    with suppress(ValueError):
        return bytes.fromhex("".join(text.split("\n")[3:])) if isinstance(text, str) else None
    return None


def _adobe_rgb(tags: Image.Exif) -> bytes | None:
    return ADOBE_RGB if tags.get_ifd(_INTEROPERABILITY).get(1) == "R03" else None


def _bare(exif: bytes | None) -> bytes | None:
    """The TIFF block without the marker that JPEG puts before it."""
    return (exif or b"").removeprefix(b"Exif\0\0") or None
