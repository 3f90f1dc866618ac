"""Degradations have the order that their table promises, and the same bytes for the same seed."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest
from drawing import pixels as drawn
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.attributes import measure
from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.training import degradations
from uniqa_desktop.training.degradations import DEGRADATIONS, Degradation

ROWS = list(DEGRADATIONS.values())
MOVING = [row for row in ROWS if row.attribute]


def scene(seed: int = 0) -> np.ndarray:
    """A drawn picture without clipped parts, and a band of fine texture."""
    picture = cv2.GaussianBlur(drawn(192, 160, seed), (0, 0), 0.5)
    texture = np.random.default_rng(seed).normal(0, 16, (40, 192, 1))
    picture[:40] = np.clip(picture[:40] + cv2.GaussianBlur(texture, (0, 0), 0.8)[..., None], 0, 255)
    return (40 + picture * (170 / 255)).astype(np.uint8)


def moved(row: Degradation, seed: int) -> list[float]:
    """The measured attribute of each step."""
    return [getattr(measure(one), str(row.attribute)).value for one in row.series(scene(seed), 3)]


def test_every_attribute_is_moved_and_the_first_step_is_the_picture_itself() -> None:
    assert {row.attribute for row in MOVING} == set(ATTRIBUTE_NAMES)
    for row in ROWS:
        assert row.name in DEGRADATIONS
        assert (row.direction == 0) == (row.attribute is None)
        assert len(set(row.steps)) == len(row.steps)
        assert np.array_equal(row.series(scene())[0], scene())


@pytest.mark.parametrize("row", MOVING, ids=lambda row: row.name)
def test_each_step_moves_its_attribute_further(row: Degradation) -> None:
    for seed in range(2):
        values = [row.direction * value for value in moved(row, seed)]
        # Below 3 of 100 sharpness is what rounding leaves; equal is what a measure cannot tell.
        clear = [(a, b) for a, b in pairwise(values) if min(abs(a), abs(b)) > 3]
        assert all(before < after for before, after in clear), values
        assert values[-1] - values[0] > 8


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_step_changes_more_of_the_picture_than_the_one_before(row: Degradation) -> None:
    picture = scene().astype(np.float64)
    errors = [np.mean((one - picture) ** 2) for one in row.series(scene(), 5)]
    assert all(before < after for before, after in pairwise(errors))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_seed_decides_and_the_picture_given_stays(row: Degradation) -> None:
    picture = scene()
    before = picture.copy()
    picture.setflags(write=False)
    strong = row(picture, row.steps[-1], 7)
    assert np.array_equal(strong, row(picture, row.steps[-1], 7))
    assert np.array_equal(picture, before)
    if row.name in ("noise", "shake"):
        assert not np.array_equal(strong, row(picture, row.steps[-1], 8))


@given(
    name=st.sampled_from(sorted(DEGRADATIONS)),
    share=st.floats(0, 1),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
)
@settings(max_examples=60, deadline=None)
def test_any_strength_fits_any_picture(name: str, share: float, height: int, width: int) -> None:
    row = DEGRADATIONS[name]
    picture = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    found = row(picture, row.strength(share), 0)
    assert found.shape == picture.shape
    assert found.dtype == np.uint8


def test_strength_goes_along_the_steps() -> None:
    row = DEGRADATIONS["dark"]
    assert row.strength(0) == 0
    assert row.strength(1) == -3
    assert row.strength(0.5) == -1.5
    shares = [row.strength(share) for share in np.linspace(0, 1, 13)]
    assert shares == sorted(shares, reverse=True)


def test_noise_has_the_promised_strength_at_mid_grey_and_more_in_the_shadows() -> None:
    def deviation(level: int) -> float:
        even = np.full((200, 200, 3), level, np.uint8)
        return float(degradations.noise(even, 8, 1).astype(float).std())

    assert deviation(118) == pytest.approx(8, rel=0.03)
    assert deviation(40) > 9
    assert deviation(230) < 8


def test_a_stop_doubles_linear_light() -> None:
    grey = np.full((4, 4, 3), 118, np.uint8)  # 0.18 of white
    assert degradations.expose(grey, 1)[0, 0, 0] == pytest.approx(162, abs=1)  # 0.36
    assert degradations.expose(grey, 3)[0, 0, 0] == 255
    back = degradations.expose(degradations.expose(grey, -1), 1)
    assert abs(int(back[0, 0, 0]) - 118) <= 1
