"""What the model sees: always the same, of every shape of picture."""

from __future__ import annotations

import numpy as np
import pytest
import tiny_models as tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import crops
from uniqa_desktop.errors import WrongUse


@pytest.mark.parametrize(("name", "count"), [("five-384", 5), ("whole-224", 1), ("ten-384", 10)])
@given(
    height=st.one_of(st.integers(1, 50), st.integers(200, 900)),
    width=st.one_of(st.integers(1, 50), st.integers(200, 900)),
)
@settings(max_examples=15, deadline=None)
def test_every_shape_gives_full_crops(name: str, count: int, height: int, width: int) -> None:
    made = crops.policy(name)(np.zeros((height, width, 3), np.uint8), b"id")
    assert made.shape == (count, 224, 224, 3)
    assert made.dtype == np.uint8


@pytest.mark.parametrize("shape", [(1, 5000), (5000, 1), (30, 20000), (1, 1)])
def test_extreme_panoramas_are_guarded(shape: tuple[int, int]) -> None:
    pixels = np.full((*shape, 3), 90, np.uint8)
    working = crops.working_picture(pixels)
    assert max(working.shape[:2]) <= 384 * crops.MAX_ASPECT
    assert (crops.policy("five-384")(pixels) == 90).all()


def test_five_crops_are_the_centre_and_the_corners() -> None:
    pixels = tiny.picture(height=384, width=600)
    made = crops.policy("five-384")(pixels)
    places = [(80, 188), (0, 0), (0, 376), (160, 0), (160, 376)]
    for crop, (top, left) in zip(made, places, strict=True):
        np.testing.assert_array_equal(crop, pixels[top : top + 224, left : left + 224])


def test_a_large_picture_is_reduced_to_a_short_side_of_384() -> None:
    assert crops.working_picture(np.zeros((4000, 6000, 3), np.uint8)).shape == (384, 576, 3)
    assert crops.working_picture(np.zeros((100, 150, 3), np.uint8)).shape == (384, 576, 3)


def test_reduction_is_antialiased() -> None:
    stripes = np.zeros((3000, 3000, 3), np.uint8)
    stripes[:, ::2] = 255
    reduced = crops.working_picture(stripes)
    assert abs(float(reduced.mean()) - 127.5) < 2
    assert reduced.std() < 3


def test_the_whole_picture_is_seen_by_whole_224() -> None:
    pixels = np.zeros((400, 600, 3), np.uint8)
    pixels[:40, :60] = 255
    pixels[-40:, -60:] = 255
    (made,) = crops.policy("whole-224")(pixels)
    assert made[5, 5].min() > 250
    assert made[-6, -6].min() > 250
    assert made[112, 112].max() < 5


def test_ten_crops_depend_on_the_identity_alone() -> None:
    pixels = tiny.picture(height=700, width=900)
    ten = crops.policy("ten-384")
    np.testing.assert_array_equal(ten(pixels, b"one"), ten(pixels.copy(), b"one"))
    assert (ten(pixels, b"one") != ten(pixels, b"two")).any()
    assert crops.ten_places(384, 512, 224, b"one") == crops.ten_places(384, 512, 224, b"one")


def test_ten_places_cover_the_picture() -> None:
    places = [
        place
        for n in range(300)
        for place in crops.ten_places(384, 512, 224, bytes([n % 256, n // 256]))
    ]
    downs, rights = zip(*places, strict=True)
    assert (min(downs), max(downs)) == (0, 160)
    assert (min(rights), max(rights)) == (0, 288)


def test_other_input_sizes_have_other_keys() -> None:
    assert crops.policy("five-384").key == "five-384"
    assert crops.policy("five-384", 288).key == "five-384@288"
    assert crops.policy("five-384", 448)(np.zeros((10, 10, 3), np.uint8)).shape[1:3] == (448, 448)


def test_an_unknown_policy_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match="five-384"):
        crops.policy("six-384")


@pytest.mark.parametrize(
    "bad",
    [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32), np.zeros((0, 4, 3), np.uint8)],
)
def test_what_is_no_picture_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        crops.policy("five-384")(bad)
