"""What counts as clipped, and that the information panel counts the same."""

from __future__ import annotations

import numpy as np
import pytest

from uniqa_desktop.attributes import measure
from uniqa_desktop.clipping import clipping


def picture(*columns: tuple[int, int, int]) -> np.ndarray:
    """Stripes of 40 pixels, one for each colour."""
    pixels = np.zeros((80, 40 * len(columns), 3), np.uint8)
    for number, colour in enumerate(columns):
        pixels[:, 40 * number : 40 * number + 40] = colour
    return pixels


def test_one_full_channel_is_a_clipped_highlight_and_all_empty_ones_a_clipped_shadow() -> None:
    found = clipping(picture((255, 80, 10), (1, 0, 1), (2, 0, 0), (253, 253, 253)))
    assert found.highlights[10, ::40].tolist() == [255, 0, 0, 0]
    assert found.shadows[10, ::40].tolist() == [0, 255, 0, 0]
    assert (found.highlights_percent, found.shadows_percent) == (25.0, 25.0)


def test_it_agrees_with_the_measured_attributes() -> None:
    random = np.random.default_rng(3)
    pixels = random.integers(0, 256, (200, 200, 3), dtype=np.uint8)
    pixels[:60] = 0
    found, measured = clipping(pixels), measure(pixels)
    assert found.highlights_percent == pytest.approx(measured.clipped_highlights, abs=1e-9)
    assert found.shadows_percent == pytest.approx(measured.clipped_shadows, abs=1e-9)
