"""Numbers in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QLocale

from uniqa_desktop.gui import words
from uniqa_desktop.photo import Meta, Place


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def plainly(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1 / 250, "1/250 s"), (1 / 8000, "1/8000 s"), (0.25, "1/4 s"), (0.4, "0.4 s"), (30.0, "30 s")],
)
def test_shutter(seconds: float, text: str) -> None:
    assert words.shutter(seconds) == text


def test_the_exposure_line() -> None:
    meta = Meta(shutter=1 / 250, aperture=2.8, iso=400, focal_length=35.0, bias=-2 / 3)
    assert plainly(words.exposure(meta)) == "1/250 s · f/2.8 · ISO 400 · 35 mm · −0.7 EV"


def test_what_the_camera_did_not_write_is_left_out() -> None:
    assert plainly(words.exposure(Meta(iso=200, bias=0.0))) == "ISO 200"
    assert words.exposure(Meta()) == ""


def test_bias_has_a_sign() -> None:
    assert [words.bias(ev) for ev in (0.333, -1.0, 0.0)] == ["+0.3 EV", "−1 EV", "0 EV"]


def test_size_place_and_moment() -> None:
    assert plainly(words.pixels(6000, 4000)) == "24.0 MP · 6000 × 4000"
    assert words.place(Place(-33.86, 151.2)) == "33.8600° S, 151.2000° E"
    assert words.file_size(12_345_678) == "12.3 MB"
    meta = Meta(taken=datetime(2026, 6, 14, 16, 3, 12), offset_minutes=-210)
    assert words.moment(meta) == "Sun 14 Jun 2026, 16:03:12 UTC−3:30"
    assert words.moment(Meta()) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (3, "a few seconds left"),
        (40, "less than a minute left"),
        (62, "about a minute left"),
        (190, "about 3 minutes left"),
        (3600, "about an hour left"),
        (7300, "about 2 hours left"),
    ],
)
def test_remaining_time(seconds: float, text: str) -> None:
    assert words.remaining(seconds) == text


def test_the_pace_is_given_in_the_unit_that_says_something() -> None:
    assert words.rate(18.43) == "18 photos/s"
    assert words.rate(2.34) == "2.3 photos/s"
    assert words.rate(0.2) == "12 photos/min"


def test_counts_have_their_plural_and_grouped_digits() -> None:
    assert words.count("1 photo", "%n photos", 1) == "1 photo"
    assert words.count("1 photo", "%n photos", 0) == "0 photos"
    assert words.count("1 photo", "%n photos", 12_480) == "12,480 photos"


def test_digits_are_grouped_where_no_country_is_set() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.C))
    assert words.number(12_480) == "12,480"
