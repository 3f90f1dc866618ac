"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop import days
from uniqa_desktop.errors import WrongUse

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-17", date(2026, 11, 17)),
        ("today", SATURDAY),
        (" Yesterday ", date(2026, 11, 20)),
        ("last tuesday", date(2026, 11, 17)),
        ("Friday", date(2026, 11, 20)),
        ("last  saturday", date(2026, 11, 14)),
        ("0d", SATURDAY),
        ("7d", date(2026, 11, 14)),
        ("2 weeks ago", date(2026, 11, 7)),
    ],
)
def test_days_as_people_write_them(text: str, day: date) -> None:
    assert days.read(text, SATURDAY) == day


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "last", "-3d", "999999d", "last week"])
def test_what_is_no_day_is_said_so(text: str) -> None:
    with pytest.raises(WrongUse, match="is not a day"):
        days.read(text, SATURDAY)


@given(st.text(max_size=20), st.dates())
def test_no_text_is_a_crash(text: str, today: date) -> None:
    try:
        assert isinstance(days.read(text, today), date)
    except WrongUse:
        return
