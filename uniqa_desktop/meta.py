"""What the camera wrote into a file: EXIF, read by exifread.

The containers are opened by `header`, which finds the EXIF block in all of them (exifread's own
search fails on some WebP, AVIF and JPEG files); TIFF-like RAWs are handed over as they are. Maker
notes are not read by it, that would cost 15 times as much as all the rest: the few tags of series
come from `series_notes`.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import exifread

from uniqa_desktop import exif_blocks, rawfile, series_notes
from uniqa_desktop import header as headers
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.photo import Meta, Place
from uniqa_desktop.series_notes import AUTO_BRACKET, Series

# exifread logs every oddity of a file as a warning; what matters of it is in `Meta.problem`.
logging.getLogger("exifread").setLevel(logging.ERROR)

_PATIENCE = 20_000
"""Reads from one EXIF block before it is given up. An ordinary block needs about 700; one that was
made to be slow would need billions."""
_LONGEST_TAG = 1 << 20
"""Bytes read of one tag at most."""
_DAMAGED = "The EXIF block is damaged."
_MOMENT = re.compile(r"(\d{4})\D(\d\d)\D(\d\d)\D(\d\d)\D(\d\d)\D(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")
_FARTHEST_ZONE = 14 * 60
"""Minutes from UTC on the Line Islands, where the day begins."""
_CLOCKS = (
    ("DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal"),
    ("DateTimeDigitized", "SubSecTimeDigitized", "OffsetTimeDigitized"),
    ("DateTime", "SubSecTime", "OffsetTime"),
)
_CANON_GPS = {
    "Image Tag 0x0001": "GPS GPSLatitudeRef",
    "Image Tag 0x0002": "GPS GPSLatitude",
    "Image Tag 0x0003": "GPS GPSLongitudeRef",
    "Image Tag 0x0004": "GPS GPSLongitude",
}
"""A CR3 has a directory of GPS tags on its own, where exifread does not expect them."""
_BRACKETING = 2
"""EXIF ExposureMode: the camera was taking an exposure series."""
_UNKNOWN_ISO = 65535
"""What ISOSpeedRatings says when the true value does not fit (EXIF 2.3, 4.6.5)."""
_COMPANY_WORDS = {
    *("corporation", "corp.", "corp", "company", "co.", "ltd.", "ltd", "inc.", "inc"),
    *("imaging", "camera", "electric", "optical", "gmbh", "ag", "technologies", "techwin"),
}


def read(path: Path, data: bytes | None = None) -> Meta:
    """The metadata of the photo at `path`.

    Args:
        path: the file; its extension only tells RAWs from TIFFs.
        data: its bytes, if they have been read already.

    Returns:
        What is known. Nothing is raised for a file that cannot be read or a block that is broken:
        `Meta.problem` says so.
    """
    try:
        with io.BytesIO(data) if data is not None else path.open("rb") as file:
            return _read(path, file)
    except OSError as error:
        return Meta(problem=f"The file cannot be read: {error.strerror or error}.")


def _read(path: Path, file: BinaryIO) -> Meta:
    start = file.read(64)
    if rawfile.is_raw(path.name, start):
        return _of_raw(file, start)
    try:
        header = headers.read(file)
    except PhotoError as error:
        return Meta(problem=str(error))
    block: BinaryIO | None = None
    if header.exif:
        block = io.BytesIO(header.exif)
    elif header.format == "TIFF":
        block = file
    tags, problem = _tags(block) if block else ({}, None)
    width, height = header.upright_size
    series = series_notes.read(block) if block else Series()
    return _meta(tags, width, height, problem, series)


def _of_raw(file: BinaryIO, start: bytes) -> Meta:
    """Size is that of the upright RAW where its tags tell; `decode` knows it in any case."""
    tags: dict[str, Any] = {}
    problem = None
    series = Series()
    for block in exif_blocks.of_raw(file, start):
        found, trouble = _tags(block)
        series = series if any(series) else series_notes.read(block)
        tags.update((_CANON_GPS.get(name, name), value) for name, value in found.items())
        problem = problem or trouble
    width, height = _whole(tags, "ExifImageWidth"), _whole(tags, "ExifImageLength")
    if _whole(tags, "Orientation") in range(5, 9):
        width, height = height, width
    if start[4:12] == b"ftypcrx ":
        series = series_notes.of_cr3(file)
    return _meta(tags, width, height, problem, series)


# From tags to the vocabulary


class _Bounded:
    """A file for exifread that ends a block made to keep it busy for ever."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _PATIENCE
        self.seek = file.seek
        self.tell = file.tell

    def read(self, count: int = -1) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise TimeoutError("a block of tags without an end")
        return self._file.read(min(count, _LONGEST_TAG))


def _tags(block: BinaryIO) -> tuple[dict[str, Any], str | None]:
    """The tags of a TIFF block by "IFD Name", and what is wrong with it."""
    try:
        tags = exifread.process_file(
            cast(BinaryIO, _Bounded(block)), details=False, extract_thumbnail=False
        )
    except Exception:  # on damaged blocks exifread raises almost anything
        return {}, _DAMAGED
    return tags, None if tags else _DAMAGED


def _meta(
    tags: dict[str, Any],
    width: int | None,
    height: int | None,
    problem: str | None,
    series: Series,
) -> Meta:
    taken, fraction, offset = _moment(tags)
    orientation = _whole(tags, "Orientation")
    return Meta(
        taken=taken,
        has_subseconds=fraction,
        offset_minutes=offset,
        camera=_camera(_text(tags, "Make"), _text(tags, "Model")),
        lens=_text(tags, "LensModel") or _lens_by_its_numbers(tags),
        focal_length=_between(0.1, _number(tags, "FocalLength"), 10_000),
        aperture=_between(0.1, _number(tags, "FNumber"), 1000) or _apex_aperture(tags),
        shutter=_between(1e-7, _number(tags, "ExposureTime"), 1e6) or _apex_shutter(tags),
        iso=_iso(tags),
        bias=_between(-20, _number(tags, "ExposureBiasValue"), 20),
        drive=AUTO_BRACKET if _whole(tags, "ExposureMode") == _BRACKETING else series.drive,
        place=_place(tags),
        width=width or None,
        height=height or None,
        orientation=orientation if orientation in range(1, 9) else None,
        burst=series.burst,
        sequence=series.number,
        problem=problem,
    )


def _moment(tags: dict[str, Any]) -> tuple[datetime | None, bool, int | None]:
    """When the photo was taken, whether to a fraction of a second, and minutes from UTC."""
    for clock, fraction, offset in _CLOCKS:
        match = _MOMENT.match(_text(tags, clock) or "")
        if match is None:
            continue
        try:
            moment = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:  # "0000:00:00 00:00:00" and the like
            continue
        digits = _text(tags, fraction) or ""
        known = digits.isascii() and digits.isdigit()
        if known:
            moment = moment.replace(microsecond=int(digits[:6].ljust(6, "0")))
        return moment, known, _offset(_text(tags, offset))
    return None, False, None


def _offset(text: str | None) -> int | None:
    """Minutes east of UTC of "+02:00"."""
    if text == "Z":
        return 0
    match = _OFFSET.fullmatch(text or "")
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    total = 60 * int(hours) + int(minutes or 0)
    if total > _FARTHEST_ZONE:
        return None
    return -total if sign == "-" else total


def _camera(make: str | None, model: str | None) -> str | None:
    """Make and model, with the make once and without the words that make it a company."""
    words = (make or "").replace(",", " ").split()
    words = [word for word in words if word.lower() not in _COMPANY_WORDS]
    brand = " ".join(words)
    if not model or not brand:
        return model or brand or None
    named = model.lower().startswith(tuple(word.lower() for word in words))
    return model if named else f"{brand} {model}"


def _lens_by_its_numbers(tags: dict[str, Any]) -> str | None:
    """The lens specification (shortest, longest, widest at each) as 24–70 mm f/2.8."""
    numbers = [_between(0.1, value, 10_000) for value in _numbers(tags, "LensSpecification")]
    if len(numbers) != 4 or numbers[0] is None or numbers[1] is None:
        return None
    lengths, apertures = dict.fromkeys(numbers[:2]), dict.fromkeys(numbers[2:])
    text = "–".join(f"{value:g}" for value in lengths) + " mm"
    if None not in apertures:
        text += " f/" + "–".join(f"{round(value, 1):g}" for value in apertures if value)
    return text


def _apex_aperture(tags: dict[str, Any]) -> float | None:
    value = _between(-5, _number(tags, "ApertureValue"), 20)
    return None if value is None else round(2 ** (value / 2), 2)


def _apex_shutter(tags: dict[str, Any]) -> float | None:
    value = _between(-20, _number(tags, "ShutterSpeedValue"), 20)
    return None if value is None else 2**-value


def _iso(tags: dict[str, Any]) -> int | None:
    for name in ("ISOSpeedRatings", "RecommendedExposureIndex", "ISOSpeed"):
        value = _whole(tags, name)
        if value is not None and 0 < value < _UNKNOWN_ISO:
            return value
    value = _whole(tags, "RecommendedExposureIndex")
    return value if value and 0 < value < 10**8 else None


def _place(tags: dict[str, Any]) -> Place | None:
    """Degrees where the hemisphere is known; the middle of the Gulf of Guinea is no place."""
    latitude = _degrees(tags, "GPSLatitude", "NS", 90)
    longitude = _degrees(tags, "GPSLongitude", "EW", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    return Place(latitude, longitude)


def _degrees(tags: dict[str, Any], name: str, signs: str, most: int) -> float | None:
    parts = _numbers(tags, name)
    side = (_text(tags, f"{name}Ref") or " ")[0].upper()
    if not parts or side not in signs or None in parts[1:]:
        return None
    degrees = sum(part / 60**place for place, part in enumerate(parts[:3]) if part is not None)
    if parts[0] is None or not 0 <= degrees <= most:
        return None
    return -degrees if side == signs[1] else degrees


# Values of one tag


def _values(tags: dict[str, Any], name: str) -> Any:
    """The raw value of a tag, wherever it is: some programs put EXIF's into the first directory."""
    for directory in ("EXIF", "Image", "GPS"):
        tag = tags.get(f"{directory} {name}")
        if tag is not None and not isinstance(tag, bytes):
            return tag.values
    return None


def _text(tags: dict[str, Any], name: str) -> str | None:
    value = _values(tags, name)
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return None
    return " ".join(value.replace("\0", " ").split()) or None


def _numbers(tags: dict[str, Any], name: str) -> list[float | None]:
    values = _values(tags, name)
    if not isinstance(values, Sequence) or isinstance(values, (str, bytes)):
        return []
    return [_float(value) for value in values]


def _number(tags: dict[str, Any], name: str) -> float | None:
    return next(iter(_numbers(tags, name)), None)


def _whole(tags: dict[str, Any], name: str) -> int | None:
    value = _number(tags, name)
    return None if value is None else int(value)


def _float(value: Any) -> float | None:
    """A number as exifread gives it: int, fraction (perhaps over zero) or a tuple of one float."""
    if isinstance(value, tuple):
        value = value[0] if value else None
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _between(least: float, value: float | None, most: float) -> float | None:
    return value if value is not None and least <= value <= most else None
