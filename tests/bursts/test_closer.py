from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawing import pixels
from series_rows import focus_stack

from uniqa_desktop.bursts import closer


def scene(width: int = 900, height: int = 300, seed: int = 3) -> np.ndarray:
    return np.concatenate([pixels(300, height, seed + n) for n in range(width // 300)], axis=1)


@pytest.mark.parametrize("shift", [0.2, 0.45, 0.7])
def test_two_frames_of_a_sweep_are_laid_over_each_other(shift: float) -> None:
    wide = scene()
    step = round(shift * 420)
    left, right = wide[:, :420], wide[:, step : step + 420]
    darker = (right * 0.6).astype(np.uint8)
    seen = closer.overlap(closer.small(left), closer.small(darker))
    assert seen is not None
    assert seen.right == pytest.approx(shift, abs=0.03)
    assert seen.down == pytest.approx(0, abs=0.03)
    assert seen.match > 0.9
    back = closer.overlap(closer.small(darker), closer.small(left))
    assert back is not None
    assert back.right == pytest.approx(-shift, abs=0.03)


def test_different_scenes_do_not_match() -> None:
    seen = closer.overlap(closer.small(pixels(300, 200, 1)), closer.small(pixels(300, 200, 2)))
    assert seen is not None
    assert seen.match < 0.55


def test_pictures_of_other_shapes_have_no_overlap() -> None:
    assert closer.overlap(closer.small(pixels(300, 200)), closer.small(pixels(200, 300))) is None


def test_an_even_picture_overlaps_with_nothing() -> None:
    even = closer.small(np.full((200, 300, 3), 90, np.uint8))
    seen = closer.overlap(even, even)
    assert seen is not None
    assert seen.match < 0.1


@pytest.mark.parametrize("count", [4, 6, 9])
def test_focus_that_moves_through_the_picture_is_seen(count: int) -> None:
    assert closer.wander(focus_stack(count)) > 0.5


def test_soft_frames_on_a_tripod_are_no_stack() -> None:
    sharp = focus_stack(4)[0]
    soft = [sharp, cv2.GaussianBlur(sharp, (0, 0), 2), sharp, cv2.GaussianBlur(sharp, (0, 0), 1)]
    assert closer.wander(soft) < 0.2


def test_noise_on_a_tripod_is_no_stack() -> None:
    random = np.random.default_rng(2)
    still = pixels(480, 320, 5)
    noisy = [np.clip(still + random.normal(0, 10, still.shape), 0, 255) for _ in range(5)]
    assert closer.wander([frame.astype(np.uint8) for frame in noisy]) < 0.2


def test_a_series_out_of_hand_is_no_stack() -> None:
    frames = [np.roll(frame, 14 * n, axis=1) for n, frame in enumerate(focus_stack(5))]
    assert closer.wander(frames) == 0
