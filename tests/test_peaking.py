"""Edges in focus are marked, whatever their contrast; blurred ones and noise are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from uniqa_desktop.peaking import peaking


def edge(blur: float, contrast: float, noise: float = 0.0, size: int = 256) -> np.ndarray:
    """A slanted edge across a grey picture, blurred by a Gaussian of `blur` pixels."""
    down, across = np.mgrid[:size, :size]
    picture = np.where(0.94 * across + 0.34 * down > 0.6 * size, 128 + contrast / 2, 128)
    picture = picture.astype(np.float32)
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    picture += np.random.default_rng(1).normal(0, noise, picture.shape)
    return np.repeat(np.clip(picture.round(), 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def marked_rows(mask: np.ndarray) -> float:
    """The share of rows in which something is marked."""
    return float((mask.max(axis=1) > 0).mean())


@pytest.mark.parametrize("contrast", [24, 80, 220])
@pytest.mark.parametrize(("blur", "sharp"), [(0, True), (0.8, True), (2.5, False), (5, False)])
def test_sharpness_counts_and_contrast_does_not(blur: float, sharp: bool, contrast: float) -> None:
    share = marked_rows(peaking(edge(blur, contrast)))
    assert share > 0.8 if sharp else share < 0.02


def test_the_limit_is_the_blur_at_which_measured_sharpness_is_50() -> None:
    assert marked_rows(peaking(edge(1.3, 160))) > 0.8
    assert marked_rows(peaking(edge(1.7, 160))) < 0.1


def test_noise_is_no_edge() -> None:
    flat = np.full((256, 256, 3), 128, np.uint8)
    noisy = np.clip(
        flat + np.random.default_rng(2).normal(0, 8, (256, 256, 1)).round(), 0, 255
    ).astype(np.uint8)
    assert np.count_nonzero(peaking(flat)) == 0
    assert np.count_nonzero(peaking(noisy)) < 1e-3 * 128 * 128


def test_marks_lie_on_the_edge_and_bands_leave_no_seam() -> None:
    tall = np.full((2300, 64, 3), 60, np.uint8)
    tall[:, 31:] = 190
    mask = peaking(tall)
    assert mask.shape == (1150, 32)
    rows, columns = np.nonzero(mask)
    assert set(columns) <= {14, 15, 16}
    inner = set(range(4, 1146))
    assert inner <= set(rows), "every row, also where two bands meet"


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (17, 16), (31, 47)])
def test_small_and_odd_pictures_have_a_mask(shape: tuple[int, int]) -> None:
    mask = peaking(np.zeros((*shape, 3), np.uint8))
    assert mask.shape == (max(1, shape[0] // 2), max(1, shape[1] // 2))
    assert not mask.any()
