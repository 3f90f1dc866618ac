"""A preview inside a JPEG stands for the picture only if it is large enough and shows all of it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from picture_files import encoded, oriented, quarters
from PIL import Image
from PIL.ExifTags import IFD

from uniqa_desktop import decode
from uniqa_desktop.decode import Source

WHITE = np.full((107, 160, 3), 255, np.uint8)
"""Embedded previews are white here, so that it shows which picture was taken."""


def with_exif_preview(preview: bytes, orientation: int = 1) -> bytes:
    """A red to yellow 1500×1000 JPEG with a preview in its EXIF block."""
    first = oriented(orientation).tobytes()  # one entry, big-endian
    block = bytearray(first.removeprefix(b"Exif\0\0"))
    block[-4:] = len(block).to_bytes(4, "big")
    entries = ((0x0103, 3, 6 << 16), (0x0201, 4, len(block) + 42), (0x0202, 4, len(preview)))
    block += len(entries).to_bytes(2, "big")
    for tag, kind, value in entries:
        block += tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + bytes((0, 0, 0, 1))
        block += value.to_bytes(4, "big")
    block += bytes(4)
    exif = b"Exif\0\0" + bytes(block) + preview
    return encoded(quarters(1500, 1000), "JPEG", exif=exif)


def is_white(pixels: np.ndarray) -> bool:
    return bool(pixels.min() > 240)


def test_the_preview_in_exif_is_taken_for_small_looks_only(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(with_exif_preview(encoded(WHITE, "JPEG")))
    with Image.open(file) as image:
        assert image.getexif().get_ifd(IFD.IFD1)[0x0202] == len(encoded(WHITE, "JPEG"))
    small = decode.quick(file, 160)
    assert is_white(small.pixels)
    assert small.source is Source.EMBEDDED
    assert small.full_size == (1500, 1000)
    larger = decode.quick(file, 161)
    assert not is_white(larger.pixels)
    assert larger.source is Source.DRAFT


def test_a_preview_is_turned_with_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(with_exif_preview(encoded(WHITE, "JPEG"), orientation=6))
    small = decode.quick(file, 100)
    assert is_white(small.pixels)
    assert small.pixels.shape == (160, 107, 3)
    assert small.full_size == (1000, 1500)


@pytest.mark.parametrize("size", [(120, 160), (160, 160), (90, 160)])
def test_a_preview_with_bars_or_cropped_is_not_taken(size: tuple[int, int], tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    preview = encoded(np.full((*size, 3), 255, np.uint8), "JPEG")
    file.write_bytes(with_exif_preview(preview))
    assert not is_white(decode.quick(file, 100).pixels)


def test_a_damaged_preview_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    good = encoded(WHITE, "JPEG")
    for preview in (b"rubbish", good[:60], good[: len(good) // 2] + bytes(50)):
        file.write_bytes(with_exif_preview(preview))
        assert not is_white(decode.quick(file, 100).pixels)


def test_the_large_preview_of_a_multi_picture_jpeg_is_taken(tmp_path: Path) -> None:
    large = Image.new("RGB", (600, 400), "white")
    data = bytearray(encoded(quarters(1500, 1000), "MPO", save_all=True, append_images=[large]))
    index = data.index(b"MPF\0") + 4
    entry = index + 50 + 16  # the second picture's entry begins with its kind
    data[entry : entry + 4] = (0x010002).to_bytes(4, "little")
    file = tmp_path / "photo.jpg"
    file.write_bytes(data)
    opened = Image.open(io.BytesIO(data))
    kinds = [one["Attribute"]["MPType"] for one in opened.mpinfo[0xB002]]  # type: ignore[attr-defined]
    assert kinds[1].startswith("Large Thumbnail")
    middle = decode.quick(file, 512)
    assert is_white(middle.pixels)
    assert middle.pixels.shape == (400, 600, 3)
    assert middle.source is Source.EMBEDDED
    assert not is_white(decode.quick(file, 601).pixels)
    assert not is_white(decode.full(file).pixels)
