"""Traces in native pixels: the numbers follow noise, blur, blocks and burnt-out light."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawing import pixels
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import mini_traces, mini_view


def traces(picture: np.ndarray) -> np.ndarray:
    return mini_view.view(picture).traces


@pytest.fixture
def calm() -> np.ndarray:
    """Surfaces with some edges."""
    picture = np.full((300, 400, 3), 150, np.uint8)
    cv2.circle(picture, (200, 150), 80, (90, 120, 60), -1, cv2.LINE_AA)
    cv2.rectangle(picture, (20, 30), (120, 90), (40, 40, 60), -1)
    return picture


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 255), st.booleans())
def test_every_picture_has_finite_traces(height: int, width: int, level: int, even: bool) -> None:
    picture = np.full((height, width, 3), level, np.uint8)
    if not even:
        picture += np.random.default_rng(level).integers(0, 200, picture.shape, np.uint8)
    found = traces(picture)
    assert found.shape == (mini_traces.TRACES,)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 20


def test_the_calmest_places_tell_noise(calm: np.ndarray) -> None:
    noise = np.random.default_rng(0).normal(0, 1, calm.shape[:2])[..., None]
    least = [
        traces(np.clip(calm + sigma * noise, 0, 255).astype(np.uint8))[0]
        for sigma in (0, 2, 5, 10, 20)
    ]
    assert least == sorted(least)
    assert len(set(least)) == len(least)


def test_blocks_tell_jpeg() -> None:
    """At whatever place a crop has cut the blocks."""
    picture = cv2.GaussianBlur(pixels(320, 240, 4), (0, 0), 1)
    coded = [
        cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, q])[1], 1)
        for q in (60, 30, 12)
    ]
    for cut in (0, 3):
        steps = [traces(np.ascontiguousarray(one[cut:, cut:]))[50:52].mean() for one in
                 (picture, *coded)]  # fmt: skip
        assert steps == sorted(steps)


def test_burnt_out_light_is_counted(calm: np.ndarray) -> None:
    burnt = calm.copy()
    burnt[:150] = 255
    assert traces(burnt)[54] == pytest.approx(0.5, abs=0.08)
    assert traces(calm)[54] == 0


def test_large_pictures_are_read_on_a_grid_of_whole_cells() -> None:
    picture = pixels(1500, 1100, 2)
    squares = mini_traces.grid(picture, 1)
    assert squares.shape == (16, 96, 96, 3)
    windows = {picture[y : y + 96, x : x + 96].tobytes() for y in (0, 1000) for x in (0, 1400)}
    assert windows <= {one.tobytes() for one in squares}
