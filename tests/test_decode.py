"""Any readable file becomes an upright sRGB picture; any other is refused with a reason."""

from __future__ import annotations

import io
import os
import struct
import threading
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import simplejpeg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from picture_files import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    dng,
    encoded,
    oriented,
    png_header,
    quarters,
    smooth,
    stored,
)
from PIL import Image

from uniqa_desktop import decode
from uniqa_desktop import header as headers
from uniqa_desktop.decode import Picture, Source
from uniqa_desktop.errors import PhotoError, PhotoTooLarge

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")

CUT_SHORT = "The file ends in the middle of the picture."
LOSSY = 12
"""How far a channel may be off after lossy compression (of 255)."""


def read(data: bytes, name: str = "photo.jpg") -> np.ndarray:
    picture = decode.full(Path(name), data)
    pixels = picture.pixels
    assert pixels.dtype == np.uint8
    assert pixels.ndim == 3
    assert pixels.shape[2] == 3
    assert pixels.flags.c_contiguous
    assert pixels.flags.writeable
    if picture.source is Source.FULL:
        assert picture.full_size == pixels.shape[1::-1]
    return pixels


def assert_quarters(pixels: np.ndarray) -> None:
    height, width = pixels.shape[:2]
    assert width > height
    places = [(1, 1), (1, 3), (3, 1), (3, 3)]
    for (row, column), colour in zip(places, (RED, GREEN, BLUE, YELLOW), strict=True):
        found = pixels[row * height // 4, column * width // 4].astype(int)
        assert np.abs(found - colour).max() <= LOSSY, (row, column)


def refusal(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(PhotoError) as caught:
        decode.full(Path(name), data)
    return str(caught.value)


# What is read


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_lossless_formats_keep_every_pixel(kind: str) -> None:
    picture = smooth()
    np.testing.assert_array_equal(read(encoded(picture, kind)), picture)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 95, "subsampling": 0}),
        ("JPEG", {"quality": 95, "subsampling": 0, "progressive": True}),
        ("WEBP", {"quality": 95}),
        ("WEBP", {"lossless": True}),
        ("AVIF", {"quality": 90}),
        ("HEIC", {"quality": 90}),
        ("GIF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg", "quality": 95}),
    ],
)
def test_other_formats_look_the_same(kind: str, options: dict[str, object]) -> None:
    picture = smooth()
    found = read(encoded(picture, kind, **options))
    assert found.shape == picture.shape
    assert np.abs(found.astype(int) - picture).mean() < 6


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF", "HEIC"])
def test_sizes_that_do_not_fit_the_blocks_of_a_codec_are_kept(kind: str) -> None:
    for width, height in ((29, 100), (101, 33), (1, 7), (16, 1)):
        data = encoded(np.full((height, width, 3), 140, np.uint8), kind)
        pixels = read(data)
        assert pixels.shape == (height, width, 3)
        assert np.abs(pixels.astype(int) - 140).max() <= LOSSY


def test_the_content_decides_and_not_the_extension() -> None:
    assert_quarters(read(encoded(quarters(), "JPEG"), "photo.png"))
    assert_quarters(read(encoded(quarters(), "PNG"), "photo.nef"))
    assert_quarters(read(encoded(quarters(), "HEIC"), "photo.arw"))


def test_only_the_first_picture_of_an_animation_is_taken() -> None:
    frames = [Image.fromarray(quarters()), Image.new("RGB", (96, 64), "white")]
    for kind in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert_quarters(read(data))


def test_a_multi_picture_jpeg_is_its_first_picture() -> None:
    first, second = Image.fromarray(quarters()), Image.new("RGB", (40, 40), "white")
    data = encoded(first, "MPO", save_all=True, append_images=[second])
    assert_quarters(read(data))


def test_a_bitmap_that_pillow_does_not_know_is_read() -> None:
    rows, columns = 2, 3
    values = np.array([[0xF00, 0x0F0, 0x00F], [0xFFF, 0x000, 0x888]], "<u2")
    body = b"".join(row.tobytes().ljust(8, b"\0") for row in values[::-1])
    head = struct.pack("<IiiHHIIiiII", 40, columns, rows, 1, 16, 3, len(body), 0, 0, 0, 0)
    masks = struct.pack("<III", 0xF00, 0x0F0, 0x00F)
    offset = 14 + len(head) + len(masks)
    bitmap = b"BM" + struct.pack("<IHHI", offset + len(body), 0, 0, offset) + head + masks + body
    pixels = read(bitmap, "odd.bmp")
    assert pixels[0].tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    assert pixels[1].tolist() == [[255, 255, 255], [0, 0, 0], [136, 136, 136]]
    assert refusal(bitmap[:-4], "odd.bmp") == CUT_SHORT


def test_a_float_tiff_is_read(tmp_path: Path) -> None:
    file = tmp_path / "float.tif"
    picture = quarters()
    cv2.imwrite(str(file), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR).astype(np.float32) / 255)
    np.testing.assert_array_equal(decode.full(file).pixels, picture)


def test_a_16_bit_tiff_is_read(tmp_path: Path) -> None:
    file = tmp_path / "deep.tif"
    picture = quarters()
    deep = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR).astype(np.uint16) * 257
    cv2.imwrite(str(file), deep, [cv2.IMWRITE_TIFF_COMPRESSION, 5])
    np.testing.assert_array_equal(decode.full(file).pixels, picture)


# Upright exactly once


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
def test_pictures_are_upright(kind: str, orientation: int) -> None:
    picture = quarters()
    # Writers of HEIC and AVIF turn EXIF's orientation into properties of the container.
    data = encoded(stored(picture, orientation), kind, exif=oriented(orientation))
    found = decode.full(Path("photo"), data)
    assert_quarters(found.pixels)
    assert found.full_size == (96, 64)


@pytest.mark.parametrize("orientation", [3, 6])
def test_an_orientation_in_exif_alone_means_nothing_in_heic(orientation: int) -> None:
    data = encoded(quarters(), "HEIC", exif=oriented(1))
    marked = data.replace(oriented(1).tobytes()[6:], oriented(orientation).tobytes()[6:])
    assert marked != data
    assert_quarters(read(marked))


@pytest.mark.parametrize("orientation", [0, 9, 300])
def test_a_meaningless_orientation_is_ignored(orientation: int) -> None:
    assert_quarters(read(encoded(quarters(), "JPEG", exif=oriented(orientation))))


def test_an_orientation_behind_the_pixels_of_a_png_counts() -> None:
    data = encoded(stored(quarters(), 6), "PNG")
    block = oriented(6).tobytes().removeprefix(b"Exif\0\0")
    at = data.index(b"IEND") - 4
    chunk = struct.pack(">I", len(block)) + b"eXIf" + block
    chunk += struct.pack(">I", zlib.crc32(chunk[4:]))
    assert_quarters(read(data[:at] + chunk + data[at:]))


# What is refused


def test_an_empty_file_is_called_empty() -> None:
    assert refusal(b"") == "The file is empty."


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif", "photo.heic"])
def test_random_bytes_are_no_picture(name: str) -> None:
    noise = np.random.default_rng(3).bytes(5000)
    assert refusal(noise, name) == "This is not a picture that the program can read."


def test_random_bytes_are_no_raw() -> None:
    noise = np.random.default_rng(3).bytes(5000)
    assert refusal(noise, "photo.nef") == "This is not a RAW file of a known camera."


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("WEBP", {}),
        ("GIF", {}),
        ("BMP", {}),
        ("HEIC", {}),
    ],
)
def test_a_file_that_is_cut_off_is_refused(
    kind: str, options: dict[str, object], part: float
) -> None:
    data = encoded(smooth(300, 200), kind, **options)
    assert refusal(data[: int(len(data) * part)]) == CUT_SHORT


def test_a_jpeg_that_lacks_only_its_end_marker_is_whole() -> None:
    data = encoded(quarters(), "JPEG")
    assert data.endswith(b"\xff\xd9")
    assert_quarters(read(data[:-2]))


def test_harmless_oddities_do_not_lose_a_jpeg() -> None:
    data = encoded(quarters(), "JPEG")
    at = data.index(b"\xff\xda")
    odd = data[:at] + b"\0\0\0\0" + data[at:]
    with pytest.raises(ValueError, match="extraneous"):
        simplejpeg.decode_jpeg(odd)
    assert_quarters(read(odd))
    assert_quarters(read(data + bytes(1000)))


def test_a_broken_exif_block_does_not_lose_the_picture() -> None:
    for block in (b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0rubbish", b"Exif\0\0"):
        assert_quarters(read(encoded(quarters(), "JPEG", exif=block)))


def test_a_giant_is_refused_by_its_header() -> None:
    with pytest.raises(PhotoTooLarge, match=r"3600 megapixels; the limit is 400\."):
        decode.full(Path("bomb.png"), png_header(60_000, 60_000))
    with pytest.raises(PhotoTooLarge, match=r"420 megapixels"):
        decode.full(Path("bomb.png"), png_header(21_000, 20_000))


def test_what_a_200_megapixel_camera_makes_is_not_refused_by_its_header() -> None:
    header = headers.read(io.BytesIO(png_header(16_320, 12_240)))
    assert header.size == (16_320, 12_240)


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = encoded(quarters(), "JPEG", progressive=True)
    at = data.rindex(b"\xff\xda")
    scan = data[at:-2]
    assert "scans" in refusal(data[:at] + scan * 600 + b"\xff\xd9")


def test_a_file_that_is_gone_or_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="gone"):
        decode.full(tmp_path / "nothing.jpg")
    with pytest.raises(PhotoError, match="not an ordinary file"):
        decode.quick(tmp_path, 100)
    if hasattr(os, "mkfifo"):  # opening a pipe would wait for a writer for ever
        os.mkfifo(tmp_path / "pipe.jpg")
        with pytest.raises(PhotoError, match="not an ordinary file"):
            decode.full(tmp_path / "pipe.jpg")


def test_a_file_without_permission_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "locked.jpg"
    file.write_bytes(encoded(quarters(), "JPEG"))

    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(PhotoError, match="no permission"):
        decode.full(file)


def test_too_little_memory_is_a_reason_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_left(*args: object, **kwargs: object) -> np.ndarray:
        raise MemoryError

    monkeypatch.setattr(simplejpeg, "decode_jpeg", nothing_left)
    assert "not enough memory" in refusal(encoded(quarters(), "JPEG"))


def test_a_bug_of_our_own_is_not_blamed_on_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*args: object) -> np.ndarray:
        raise ValueError("a bug")

    monkeypatch.setattr(decode.colour, "to_srgb", bug)
    with pytest.raises(ValueError, match="a bug"):
        decode.full(Path("photo.jpg"), encoded(quarters(), "JPEG"))


FILES = {
    kind: encoded(smooth(64, 48), kind)
    for kind in ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "HEIC", "AVIF")
}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(sorted(FILES)),
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    kept=st.floats(0, 1),
)
def test_damage_anywhere_is_read_or_refused(
    kind: str, damage: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(FILES[kind])
    for place, value in damage:
        data[int(place * (len(data) - 1))] = value
    damaged = bytes(data[: int(len(data) * max(kept, 0.1))] if kept < 0.5 else data)
    try:
        read(damaged)
        return
    except PhotoError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_many_threads_decode_the_same_as_one() -> None:
    files = [encoded(smooth(seed=seed), kind) for seed in range(4) for kind in FILES]
    alone = [read(data) for data in files]
    together: dict[int, np.ndarray] = {}

    def work(start: int) -> None:
        for index in range(start, len(files), 4):
            together[index] = read(files[index])

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for index, pixels in enumerate(alone):
        np.testing.assert_array_equal(together[index], pixels)


# Quick looks


@pytest.fixture
def large(tmp_path: Path) -> Path:
    file = tmp_path / "large.jpg"
    file.write_bytes(encoded(stored(quarters(1600, 1200), 6), "JPEG", exif=oriented(6)))
    return file


@pytest.mark.parametrize(("asked", "given"), [(100, 200), (200, 200), (201, 400), (900, 1600)])
def test_a_quick_look_at_a_jpeg_is_a_draft_of_enough_pixels(
    large: Path, asked: int, given: int
) -> None:
    picture = decode.quick(large, asked)
    assert_quarters(picture.pixels)
    assert picture.pixels.shape[1] == given
    assert picture.full_size == (1600, 1200)
    assert picture.source is (Source.FULL if given == 1600 else Source.DRAFT)


@pytest.mark.parametrize("kind", ["PNG", "HEIC", "AVIF", "TIFF"])
def test_a_quick_look_at_other_formats_is_reduced(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "photo"
    file.write_bytes(encoded(stored(quarters(800, 600), 8), kind, exif=oriented(8)))
    picture = decode.quick(file, 200)
    assert_quarters(picture.pixels)
    assert picture.pixels.shape == (150, 200, 3)
    assert picture.full_size == (800, 600)
    assert decode.quick(file, 2000).source is Source.FULL


def test_an_odd_jpeg_has_a_quick_look_too(large: Path) -> None:
    data = large.read_bytes()
    at = data.index(b"\xff\xda")
    large.write_bytes(data[:at] + b"\0\0\0\0" + data[at:])
    picture = decode.quick(large, 150)
    assert_quarters(picture.pixels)
    assert picture.pixels.shape[1] == 200


# Thumbnails


def whole(pixels: np.ndarray) -> Picture:
    return Picture(pixels, pixels.shape[1::-1], Source.FULL)


@pytest.mark.parametrize(
    ("size", "small"),
    [
        ((6000, 4000), (512, 341)),
        ((3024, 4032), (384, 512)),
        ((1031, 733), (512, 364)),
        ((520, 500), (512, 492)),
        ((3000, 2), (512, 1)),
        ((300, 200), (300, 200)),
    ],
)
def test_a_thumbnail_has_the_long_side_asked_for(
    size: tuple[int, int], small: tuple[int, int]
) -> None:
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    assert decode.thumbnail(whole(pixels)).shape[1::-1] == small


def test_a_thumbnail_is_a_copy_even_if_nothing_is_reduced() -> None:
    pixels = quarters()
    small = decode.thumbnail(whole(pixels))
    small[:] = 0
    assert_quarters(pixels)


@pytest.mark.parametrize("width", [1500, 2600, 4100])
def test_fine_patterns_average_out_instead_of_making_new_ones(width: int) -> None:
    rows, columns = np.mgrid[0 : width * 2 // 3, 0:width]
    rings = 128 + 100 * np.cos(((columns - width / 2) ** 2 + rows**2) * (np.pi / width))
    pixels = np.repeat(np.rint(rings).astype(np.uint8)[..., None], 3, axis=2)
    small = decode.thumbnail(whole(pixels))
    true = cv2.resize(pixels, small.shape[1::-1], interpolation=cv2.INTER_AREA).astype(int)
    sampled = cv2.resize(pixels, small.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    off = np.abs(small - true).mean()
    assert off < 12
    assert off < 0.35 * np.abs(sampled - true).mean()


def test_a_thumbnail_survives_the_store() -> None:
    small = smooth(512, 340)
    again = decode.decode_jpeg_thumb(decode.encode_jpeg(small, quality=95))
    assert np.abs(again.astype(int) - small).mean() < 2
    with pytest.raises(PhotoError):
        decode.decode_jpeg_thumb(b"damaged")


# RAW files


def sensor() -> np.ndarray:
    """600×400 sensor values: bright at the top left, a middle grey elsewhere, with noise."""
    values = np.random.default_rng(0).normal(9000, 300, (400, 600))
    values[:200, :300] += 20_000
    return values


def brightest(pixels: np.ndarray) -> tuple[bool, bool]:
    """Whether the brightest quarter is at the top, and whether at the left."""
    small = cv2.resize(pixels, (2, 2), interpolation=cv2.INTER_AREA).sum(axis=2)
    row, column = np.unravel_index(small.argmax(), small.shape)
    return bool(row == 0), bool(column == 0)


@pytest.mark.parametrize(
    ("orientation", "top_left"),
    [(1, (True, True)), (3, (False, False)), (6, (True, False)), (8, (False, True))],
)
def test_a_raw_without_preview_is_developed_upright_at_half_size(
    orientation: int, top_left: tuple[bool, bool]
) -> None:
    picture = decode.full(Path("photo.dng"), dng(sensor(), orientation))
    assert picture.source is Source.DEMOSAIC
    size = (600, 400) if orientation in (1, 3) else (400, 600)
    assert picture.full_size == size
    assert picture.pixels.shape[1::-1] == (size[0] // 2, size[1] // 2)
    assert brightest(picture.pixels) == top_left


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_raw_is_its_preview_turned_as_the_raw_says(orientation: int, tmp_path: Path) -> None:
    preview = encoded(stored(quarters(1500, 1000), orientation), "JPEG", quality=92)
    file = tmp_path / "photo.dng"
    values = sensor() if orientation in (1, 3) else np.ascontiguousarray(sensor().T)
    file.write_bytes(dng(values, orientation, preview))
    picture = decode.full(file)
    assert picture.source is Source.EMBEDDED
    assert_quarters(picture.pixels)
    quick = decode.quick(file, 300)
    assert_quarters(quick.pixels)
    assert quick.pixels.shape[1] == 375


def test_a_preview_that_knows_its_orientation_is_believed() -> None:
    jpeg = encoded(stored(quarters(1500, 1000), 8), "JPEG", quality=92, exif=oriented(8))
    assert jpeg[2:4] == b"\xff\xe0"  # cameras leave the JFIF segment out
    preview = jpeg[:2] + jpeg[4 + int.from_bytes(jpeg[4:6], "big") :]
    picture = decode.full(Path("photo.dng"), dng(sensor(), 1, preview))
    assert_quarters(picture.pixels)


def test_a_preview_that_was_turned_already_is_left_alone() -> None:
    preview = encoded(quarters(1000, 1500), "JPEG")
    picture = decode.full(Path("photo.dng"), dng(sensor(), 6, preview))
    assert picture.full_size == (400, 600)
    assert picture.pixels.shape[1::-1] == (1000, 1500)
    assert np.abs(picture.pixels[10, 10].astype(int) - RED).max() <= LOSSY


def test_a_preview_too_small_to_judge_focus_is_passed_over() -> None:
    preview = encoded(quarters(160, 120), "JPEG")
    values = np.tile(sensor(), (4, 4))
    assert decode.full(Path("photo.dng"), dng(values, 1, preview)).source is Source.DEMOSAIC


def test_a_raw_that_is_cut_off_is_refused_if_its_preview_is_gone() -> None:
    assert "ends in the middle" in refusal(dng(sensor(), cut=100_000), "photo.dng")
