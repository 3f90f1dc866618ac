"""The fast way through a profile gives what littlecms gives."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_files import ADOBE_RGB, DISPLAY_P3, profile, smooth
from PIL import Image, ImageCms

from uniqa_desktop import icc

SRGB = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.7141),
)


def converted(picture: np.ndarray, data: bytes) -> np.ndarray:
    conversion = icc.rgb_conversion(data)
    result = picture.copy()
    if conversion is not None:
        conversion.apply(result)
    return result


def by_littlecms(picture: np.ndarray, data: bytes) -> np.ndarray:
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(data)),
        ImageCms.createProfile("sRGB"),
        *("RGB", "RGB"),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    return np.asarray(ImageCms.applyTransform(Image.fromarray(picture), transform))


def with_curve(data: bytes, curve: bytes) -> bytes:
    """The profile with another tone curve for all channels, put behind the rest."""
    data = bytearray(data)
    (count,) = struct.unpack_from(">I", data, 128)
    for index in range(count):
        place = 132 + 12 * index
        if data[place + 1 : place + 4] == b"TRC":
            struct.pack_into(">II", data, place + 4, len(data), len(curve))
    data += curve
    struct.pack_into(">I", data, 0, len(data))
    return bytes(data)


def parametric(kind: int, *numbers: float) -> bytes:
    fixed = (round(number * 65536) for number in numbers)
    return b"para\0\0\0\0" + struct.pack(f">HH{len(numbers)}i", kind, 0, *fixed)


CURVES = {
    "identity": b"curv\0\0\0\0\0\0\0\0",
    "gamma": b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(1.8 * 256), 0),
    "table": b"curv\0\0\0\0"
    + struct.pack(">I1024H", 1024, *(round(65535 * (i / 1023) ** 2) for i in range(1024))),
    "kind 0": parametric(0, 2.4),
    "kind 1": parametric(1, 2.2, 1.1, -0.1),
    "kind 2": parametric(2, 2.2, 1.1, -0.1, 0.0),
    "kind 3": parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    "kind 4": parametric(4, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, 0.002, 0.0),
}


@pytest.mark.parametrize("name", CURVES)
def test_all_kinds_of_curves_agree_with_littlecms(name: str) -> None:
    data = with_curve(DISPLAY_P3, CURVES[name])
    picture = smooth(200, 150)
    assert isinstance(icc.rgb_conversion(data), icc._MatrixShaper)
    assert np.abs(converted(picture, data).astype(int) - by_littlecms(picture, data)).max() <= 1


@pytest.mark.parametrize("data", [DISPLAY_P3, ADOBE_RGB])
def test_every_row_is_converted_whatever_the_height(data: bytes) -> None:
    for height in (1, 63, 64, 65, 200):
        picture = smooth(37, height)
        found = converted(picture, data).astype(int)
        assert np.abs(found - by_littlecms(picture, data)).max() <= 1


def test_profiles_that_say_srgb_in_other_words_change_nothing() -> None:
    data = with_curve(profile(SRGB, 2.2), CURVES["kind 3"])
    assert icc.rgb_conversion(data) is None


def test_what_is_no_matrix_and_curves_goes_through_littlecms() -> None:
    no_curves = DISPLAY_P3.replace(b"rTRC", b"xTRC")
    assert icc.rgb_conversion(no_curves) is None  # littlecms cannot read it either
    backwards = b"curv\0\0\0\0" + struct.pack(">I3H", 3, 65535, 20000, 0)
    data = with_curve(DISPLAY_P3, backwards)
    picture = smooth()
    assert np.abs(converted(picture, data).astype(int) - by_littlecms(picture, data)).max() <= 1


def test_the_general_way_gives_the_same_as_littlecms_on_the_whole_picture() -> None:
    transform = icc._littlecms(DISPLAY_P3, "RGBX", "RGBX")
    assert transform is not None
    picture = smooth(101, 150)
    result = picture.copy()
    icc._LittleCms(transform).apply(result)
    np.testing.assert_array_equal(result, by_littlecms(picture, DISPLAY_P3))


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(DISPLAY_P3) - 1), value=st.binary(min_size=1, max_size=8))
def test_a_damaged_profile_never_raises(place: int, value: bytes) -> None:
    damaged = DISPLAY_P3[:place] + value + DISPLAY_P3[place + len(value) :]
    picture = smooth(20, 10)
    assert converted(picture, damaged).shape == picture.shape
