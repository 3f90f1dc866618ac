"""Faults that lessons are made of: they are what they are called, and always the same."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawing import pixels

from uniqa_desktop.training import degradations
from uniqa_desktop.training.mini import damage, drawn


@pytest.mark.parametrize(
    ("kinds", "kind"), [(kinds, kind) for kinds in (damage.PLAIN, damage.REAL) for kind in kinds]
)
def test_a_fault_is_the_same_each_time_and_keeps_the_size(kinds: damage.Kinds, kind: str) -> None:
    picture = pixels(120, 90, 3)
    before = picture.copy()
    one, again = (kinds[kind](picture, 0.5, 7) for _ in range(2))
    assert one.shape == picture.shape
    assert one.dtype == np.uint8
    assert (one == again).all()
    assert (picture == before).all()


@pytest.mark.parametrize("seed", range(8))
def test_every_codec_leaves_the_picture_recognisable(seed: int) -> None:
    """Seeds choose among H.265, WebP and JPEG."""
    picture = np.asarray(cv2.GaussianBlur(pixels(140, 110, 3), (0, 0), 2), np.uint8)
    coded = damage.stream(picture, 0.4, seed * 1000 + 300)
    assert np.corrcoef(coded.ravel(), picture.ravel())[0, 1] > 0.9
    assert (coded != picture).any()


def test_grain_has_the_strength_that_is_asked_for() -> None:
    grey = np.full((200, 200, 3), 118, np.uint8)
    for wanted in (2.0, 8.0):
        noisy = damage.grainy(grey, wanted, 4).astype(float)
        assert noisy.std() == pytest.approx(wanted, rel=0.15)


def test_smoothing_takes_faint_grain_and_leaves_edges() -> None:
    picture = np.full((80, 80, 3), 60, np.uint8)
    picture[:, 40:] = 180
    smooth = damage.smoothed(degradations.noise(picture, 3, 1), 20)
    assert smooth[:, :36].std() < 1.5
    assert int(smooth[40, 42, 0]) - int(smooth[40, 37, 0]) > 100


def test_drawn_scenes_are_calm_and_differ() -> None:
    scenes = [drawn.scene(np.random.default_rng(seed)) for seed in range(12)]
    for scene in scenes:
        assert 200 <= min(scene.shape[:2]) <= max(scene.shape[:2]) < 330
        # Mostly surfaces: few places where neighbours differ much.
        steps = np.abs(np.diff(scene.astype(int), axis=1)).max(axis=2)
        assert (steps > 12).mean() < 0.15
    assert len({scene.tobytes() for scene in scenes}) == len(scenes)


def test_a_cut_out_is_sharp_on_white_or_black() -> None:
    picture = pixels(160, 120, 3) // 2 + 60
    backdrops = set()
    for seed in range(20):
        found = drawn.cut_out(picture, np.random.default_rng(seed))
        assert found.shape == picture.shape
        corner = int(found[0, 0, 0])
        backdrops.add(corner)
        around = (found == corner).all(axis=2).mean()
        assert 0.25 < around < 0.9
        assert (found[60, 80] == picture[60, 80]).all()
    assert backdrops == {0, 255}
