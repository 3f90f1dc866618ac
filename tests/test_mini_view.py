"""What `uniqa-mini` looks at: whole, details and tones, of pictures of every size."""

from __future__ import annotations

import numpy as np
import pytest
from drawing import pixels
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import mini_view


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 9))
def test_every_picture_gives_the_same_shapes(height: int, width: int, seed: int) -> None:
    seen = mini_view.view(
        np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    )
    side, detail = mini_view.END, mini_view.DETAIL
    assert seen.ends.shape == (mini_view.ENDS, side, side, 3)
    assert seen.details.shape == (mini_view.DETAILS, detail, detail, 3)
    assert seen.ends.dtype == seen.details.dtype == np.uint8
    assert seen.tones.shape == (mini_view.TONES,)
    assert ((seen.tones >= 0) & (seen.tones <= 4)).all()


def test_the_only_sharp_place_is_among_the_details() -> None:
    """A photo is as sharp as its sharpest part, wherever that is."""
    picture = np.full((900, 1200, 3), 120, np.uint8)
    part = (
        np.random.default_rng(1).integers(0, 256, (48, 48, 3), np.uint8).repeat(2, 0).repeat(2, 1)
    )
    picture[700:796, 980:1076] = part
    spreads = mini_view.view(picture).details.reshape(mini_view.DETAILS, -1).std(axis=1)
    assert spreads.max() > 40


def test_details_are_native_pixels() -> None:
    picture = pixels(640, 480, 3)
    windows = np.lib.stride_tricks.sliding_window_view(picture, (96, 96, 3))[:, :, 0]
    detail = mini_view.view(picture).details[0]
    corner = detail[0, 0]
    places = np.argwhere((windows[:, :, 0, 0] == corner).all(axis=2))
    assert any((windows[y, x] == detail).all() for y, x in places)


@pytest.mark.parametrize(
    ("height", "width", "level"), [(100, 108, 108), (103, 104, 231), (102, 111, 234)]
)
def test_an_even_picture_has_as_many_details_as_any(height: int, width: int, level: int) -> None:
    """Its contrast is nought, or by rounding a little less."""
    picture = np.full((height, width, 3), level, np.uint8)
    assert len(mini_view.view(picture).details) == mini_view.DETAILS


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a picture"):
        mini_view.view(np.zeros((4, 4), np.uint8))
