"""Whatever a file's pixels mean, the program sees the same colours in 8-bit sRGB."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from picture_files import ADOBE_RGB, DISPLAY_P3, encoded, quarters, smooth
from PIL import Image, ImageCms

from uniqa_desktop import colour, decode
from uniqa_desktop.errors import PhotoError


def read(data: bytes) -> np.ndarray:
    return decode.full(Path("photo"), data).pixels


def by_littlecms(picture: np.ndarray, profile: bytes) -> np.ndarray:
    """The same colours in sRGB, by the reference implementation on the whole picture."""
    converted = ImageCms.profileToProfile(
        Image.fromarray(picture),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert converted is not None
    return np.asarray(converted)


# Profiles


@pytest.mark.parametrize("profile", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG", "WEBP", "HEIC", "AVIF"])
def test_embedded_profiles_are_converted(kind: str, profile: bytes) -> None:
    picture = smooth()
    lossy = {"quality": 95} if kind in ("JPEG", "WEBP", "HEIC", "AVIF") else {}
    if kind == "HEIC":
        image = Image.fromarray(picture)
        image.info["icc_profile"] = profile
        data = encoded_heic(image)
    else:
        data = encoded(picture, kind, icc_profile=profile, **lossy)
    plain = encoded(picture, kind, **lossy)
    found, wanted = read(data).astype(int), by_littlecms(read(plain), profile).astype(int)
    assert np.abs(found - wanted).max() <= (1 if kind != "HEIC" else 6)
    assert np.abs(found - read(plain)).mean() > 2


def encoded_heic(image: Image.Image) -> bytes:
    import pillow_heif

    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=95)
    return file.getvalue()


def test_a_large_profile_of_a_jpeg_spans_many_segments() -> None:
    padded = DISPLAY_P3 + bytes(200_000)
    padded = len(padded).to_bytes(4, "big") + padded[4:]
    data = encoded(smooth(), "JPEG", quality=95, icc_profile=padded)
    plain = encoded(smooth(), "JPEG", quality=95)
    wanted = by_littlecms(read(plain), DISPLAY_P3).astype(int)
    assert np.abs(read(data) - wanted).max() <= 1


def test_an_srgb_profile_changes_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    np.testing.assert_array_equal(read(encoded(smooth(), "PNG", icc_profile=srgb)), smooth())


@pytest.mark.parametrize("profile", [b"broken", DISPLAY_P3[:200], bytes(500)])
def test_a_broken_profile_does_not_lose_the_picture(profile: bytes) -> None:
    np.testing.assert_array_equal(read(encoded(smooth(), "PNG", icc_profile=profile)), smooth())


def test_a_profile_for_another_kind_of_pixels_is_ignored() -> None:
    grey = Image.fromarray(smooth()[..., 1])
    pixels = read(encoded(grey, "PNG", icc_profile=DISPLAY_P3))
    np.testing.assert_array_equal(pixels[..., 0], np.asarray(grey))


def test_adobe_rgb_is_recognised_where_cameras_only_name_it() -> None:
    exif = Image.Exif()
    details = exif.get_ifd(0x8769)
    details[0xA001] = 0xFFFF
    details[0xA005] = {1: "R03"}
    named = read(encoded(smooth(), "JPEG", quality=95, exif=exif)).astype(int)
    embedded = read(encoded(smooth(), "JPEG", quality=95, icc_profile=ADOBE_RGB))
    assert np.abs(named - embedded).max() <= 1


def test_a_profile_applies_to_quick_looks_too(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    picture = np.full((400, 600, 3), (200, 60, 60), np.uint8)
    file.write_bytes(encoded(picture, "JPEG", quality=95, icc_profile=DISPLAY_P3))
    draft = decode.quick(file, 150).pixels
    assert draft.shape[1] == 150
    assert np.abs(draft.astype(int) - decode.full(file).pixels[:100, :150]).max() <= 1


# Kinds of pixels


def test_greyscale_is_rgb_with_three_equal_channels() -> None:
    grey = smooth()[..., 0]
    for kind in ("PNG", "TIFF", "BMP"):
        pixels = read(encoded(Image.fromarray(grey), kind))
        np.testing.assert_array_equal(pixels, np.dstack([grey] * 3))
    jpeg = read(encoded(Image.fromarray(grey), "JPEG", quality=95))
    assert np.abs(jpeg[..., 1].astype(int) - grey).max() < 10


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bits_keep_their_8_highest(kind: str) -> None:
    deep = (smooth()[..., 0].astype(np.uint16) * 257).clip(0, 65535)
    image = Image.fromarray(deep.astype(np.uint16))
    assert image.mode == "I;16"
    np.testing.assert_array_equal(read(encoded(image, kind))[..., 2], smooth()[..., 0])


def test_floats_and_wide_integers_are_brought_to_white() -> None:
    steps = np.array([[0.0, 0.5, 1.0]])
    assert colour.to_8bit(steps.astype(np.float32)).tolist() == [[0, 128, 255]]
    assert colour.to_8bit(steps * 255).tolist() == [[0, 128, 255]]
    assert colour.to_8bit((steps * 65535).astype(np.int32)).tolist() == [[0, 127, 255]]
    assert colour.to_8bit(steps * 1e9).tolist() == [[0, 128, 255]]
    odd = np.array([[np.nan, -3.0, np.inf, 1.0]], np.float32)
    assert colour.to_8bit(odd).tolist() == [[0, 0, 0, 255]]
    assert colour.to_8bit(np.array([[False, True]])).tolist() == [[0, 255]]


def test_transparency_shows_a_neutral_grey() -> None:
    picture = np.dstack([quarters(), np.full((64, 96), 255, np.uint8)])
    picture[:, :48, 3] = 0
    for kind in ("PNG", "WEBP", "TIFF"):
        options = {"lossless": True} if kind == "WEBP" else {}
        pixels = read(encoded(Image.fromarray(picture, "RGBA"), kind, **options))
        assert (pixels[:, :48] == colour.NEUTRAL).all()
        np.testing.assert_array_equal(pixels[:, 48:], quarters()[:, 48:])


def test_half_transparent_is_half_way_to_the_grey() -> None:
    rgba = np.full((3, 4, 4), 255, np.uint8)
    rgba[..., 3] = 128
    halfway = round((255 * 128 + colour.NEUTRAL * 127) / 255)
    assert (colour.flatten(rgba) == halfway).all()


def test_palettes_with_and_without_transparency_are_read() -> None:
    palette = Image.fromarray(quarters()).quantize(8)
    np.testing.assert_array_equal(read(encoded(palette, "PNG")), np.asarray(palette.convert("RGB")))
    index = palette.getpixel((5, 5))
    clear = read(encoded(palette, "PNG", transparency=index))
    assert clear[5, 5].tolist() == [colour.NEUTRAL] * 3
    assert clear[5, -5].tolist() == list(palette.convert("RGB").getpixel((91, 5)))


def test_a_colour_marked_transparent_in_an_rgb_png_is_seen_through() -> None:
    data = encoded(quarters(), "PNG", transparency=(220, 30, 30))
    pixels = read(data)
    assert pixels[5, 5].tolist() == [colour.NEUTRAL] * 3
    np.testing.assert_array_equal(pixels[:, 48:], quarters()[:, 48:])


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_looks_like_what_was_printed(kind: str) -> None:
    cmyk = Image.fromarray(quarters()).convert("CMYK")
    options = {"quality": 95} if kind == "JPEG" else {}
    pixels = read(encoded(cmyk, kind, **options))
    assert np.abs(pixels.astype(int) - quarters()).mean() < 4


def test_lab_becomes_rgb() -> None:
    lab = ImageCms.profileToProfile(
        Image.fromarray(quarters()),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    assert lab is not None
    assert np.abs(read(encoded(lab, "TIFF")).astype(int) - quarters()).max() <= 6


def test_black_and_white_bits_are_black_and_white() -> None:
    bits = Image.fromarray(smooth()[..., 0]).convert("1")
    assert set(np.unique(read(encoded(bits, "PNG")))) == {0, 255}


def test_a_kind_of_pixels_that_no_format_has_is_named() -> None:
    with pytest.raises(PhotoError, match="HSV"):
        colour.from_image(Image.new("HSV", (2, 2)), None)
