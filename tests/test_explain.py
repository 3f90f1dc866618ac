"""The heat map's arithmetic and the sentence, without a model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop import explain
from uniqa_desktop.photo import Attributes, Measure, Region

PLAIN = Attributes(
    sharpness=Measure(50, 0),
    brightness=Measure(50, 0),
    contrast=Measure(50, 0),
    colorfulness=Measure(40, 0),
    noisiness=Measure(10, 0),
    clipped_shadows=0,
    clipped_highlights=0,
    sharpest=Region(0, 0, 1, 1),
)


def test_a_cell_is_warm_where_its_detail_helps() -> None:
    whole = np.full((70, 70, 3), 128, np.uint8)
    whole[20:30, 40:50] = tiny.picture(1, 10, 10)

    def detail(pictures: np.ndarray) -> np.ndarray:
        return pictures.astype(np.float32).std(axis=(1, 2, 3))

    *_, last = explain.heat_maps(whole, detail)
    assert last.done == 1
    assert np.unravel_index(last.heat.argmax(), last.heat.shape) == (2, 4)
    assert abs(last.heat[6, 0]) < 1e-3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Nothing stands out."),
        (
            {"sharpness": 80, "brightness": 30, "noisiness": 50},
            "Sharp where it matters, dark, a little noisy.",
        ),
        ({"sharpness": 5, "noisiness": 90}, "Blurred, noisy."),
        (
            {"brightness": 90, "contrast": 10, "colorfulness": 3, "noisiness": 70},
            "Very bright, noisy, flat.",
        ),
    ],
)
def test_the_sentence(changes: dict[str, float], said: str) -> None:
    measures = {name: Measure(value, 0) for name, value in changes.items()}
    assert explain.sentence(replace(PLAIN, **measures)) == said


def test_clipping_is_said_before_brightness() -> None:
    clipped = replace(PLAIN, brightness=Measure(90, 0), clipped_highlights=8)
    assert explain.sentence(clipped) == "Highlights burnt out, very bright."
