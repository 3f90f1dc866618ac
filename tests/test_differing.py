"""Differences between two photos, in the words that stand under them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop import differing
from uniqa_desktop.photo import Attributes, Measure, Region


def measured(**values: float) -> Attributes:
    """A photo of 50 everywhere but for `values`."""
    half = Measure(50.0, 50.0)
    made = Attributes(half, half, half, half, half, 0.0, 0.0, Region(0, 0, 1, 1))
    return replace(
        made,
        **{
            name: value if name.startswith("clipped") else Measure(value, value)
            for name, value in values.items()
        },
    )


LIGHTNESS = st.floats(0, 100)


def test_the_brief_example() -> None:
    # L* 41 is 0.7 stop below L* 50: ((41+16)/116)^3 / ((50+16)/116)^3 = 0.644 = 2^-0.63
    this = measured(sharpness=68, brightness=40.2)
    assert differing.sentence(this, measured()) == "sharper +18, 0.7 stop darker"
    assert differing.sentence(measured(), this) == "softer −18, 0.7 stop brighter"


def test_equal_photos_have_no_difference() -> None:
    assert differing.sentence(measured(), measured()) == "no measured difference"


@pytest.mark.parametrize(
    "change", [{"sharpness": 52.0}, {"brightness": 51.0}, {"noisiness": 54.0}, {"contrast": 46.0}]
)
def test_what_nobody_would_notice_is_not_named(change: dict[str, float]) -> None:
    assert differing.sentence(measured(**change), measured()) == "no measured difference"


def test_one_and_more_stops() -> None:
    assert differing.sentence(measured(brightness=62.45), measured()) == "0.7 stop brighter"
    text = differing.sentence(measured(brightness=100), measured(brightness=76.07))
    assert text == "1 stop brighter"
    assert differing.sentence(measured(brightness=25.6), measured()) == "2 stops darker"


def test_eighteen_percent_grey_is_two_and_a_half_stops_below_white() -> None:
    assert differing.luminance(49.496) == pytest.approx(0.18, abs=1e-4)
    assert differing.stops(100, 49.496) == pytest.approx(2.474, abs=1e-3)


def test_burnt_highlights_are_said_in_percent_of_the_picture() -> None:
    assert differing.sentence(measured(clipped_highlights=4), measured()) == "more burnt out +4 %"


def test_three_parts_at_most_the_sharpness_first() -> None:
    this = measured(sharpness=80, brightness=30, noisiness=90, contrast=90, colorfulness=5)
    parts = differing.sentence(this, measured()).split(", ")
    assert len(parts) == 3
    assert parts[0] == "sharper +30"
    assert parts[2] == "noisier +40"


def test_parts_are_translated() -> None:
    german = {"sharper": "schärfer", "{n} stop darker": "{n} Blende dunkler"}
    text = differing.sentence(
        measured(sharpness=68, brightness=40.2), measured(), german.__getitem__
    )
    assert text == "schärfer +18, 0.7 Blende dunkler"


@given(LIGHTNESS, LIGHTNESS)
def test_stops_are_antisymmetric_and_finite(one: float, other: float) -> None:
    assert differing.stops(one, other) == pytest.approx(-differing.stops(other, one), abs=1e-9)


@given(LIGHTNESS, LIGHTNESS)
def test_more_light_is_never_darker(one: float, other: float) -> None:
    if one > other:
        assert differing.stops(one, other) >= 0
