"""The sentence on a photo, from its measured attributes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from uniqa_desktop.describing import sentence
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
    assert sentence(replace(PLAIN, **measures)) == said


def test_clipping_is_said_before_brightness() -> None:
    clipped = replace(PLAIN, brightness=Measure(90, 0), clipped_highlights=8)
    assert sentence(clipped) == "Highlights burnt out, very bright."


def test_every_part_is_translated() -> None:
    said = sentence(replace(PLAIN, sharpness=Measure(5, 0), noisiness=Measure(90, 0)), str.upper)
    assert said == "BLURRED, NOISY."
    assert sentence(PLAIN, str.upper) == "NOTHING STANDS OUT."
