"""Filters as plain values: what is written is read again, and nonsense costs only itself."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import NUMBERS, OPERATORS, Query, Range, Sort, StarRule
from uniqa_desktop.saved_filters import from_plain, to_plain, usable

DAYS = st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))
PERCENT = st.none() | st.integers(1, 99).map(float)
NAMES = st.frozensets(st.text(min_size=1, max_size=5), max_size=2)


@st.composite
def ranges(draw: st.DrawFn) -> frozenset[Range]:
    chosen = draw(st.frozensets(st.sampled_from(NUMBERS), max_size=3))
    limits = set()
    for number in sorted(chosen):
        least, most = draw(PERCENT), draw(PERCENT)
        if least is not None and most is not None:
            least, most = sorted((least, most))
        if (least, most) != (None, None):
            limits.add(Range(number, least, most))
    return frozenset(limits)


QUERIES = st.builds(
    Query,
    model=st.just("m"),
    text=st.text(max_size=5).map(str.strip),
    ranges=ranges(),
    flags=st.frozensets(st.sampled_from(list(Flag))),
    stars=st.none() | st.builds(StarRule, st.sampled_from(OPERATORS), st.integers(0, 5)),
    labels=st.frozensets(st.sampled_from(list(Label))),
    any_verdict=st.booleans(),
    folded=st.booleans(),
    cameras=NAMES,
    lenses=NAMES,
    since=DAYS,
    until=DAYS,
)


@given(QUERIES)
def test_a_filter_comes_back_from_the_settings_file_as_it_was(query: Query) -> None:
    plain = json.loads(json.dumps(to_plain(query)))
    assert from_plain(plain, Query("m")) == (query, [])


def test_what_narrows_nothing_leaves_nothing_to_keep() -> None:
    assert to_plain(Query("m", sort=Sort.QUALITY, descending=True, by_day=True)) == {}


def test_a_filter_leaves_folder_and_order_alone_and_replaces_the_rest() -> None:
    shown = Query("m", sort=Sort.STARS, descending=True, limit=3, text="old")
    asked, _ = from_plain({"flags": ["pick"]}, shown)
    assert asked == Query(
        "m", sort=Sort.STARS, descending=True, limit=3, flags=frozenset({Flag.PICK})
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["text", "flags", "labels", "stars", "any", "folded", "cameras", "lenses", "day", "quality"]
)


@given(st.dictionaries(KEYS | st.text(max_size=4), JUNK, max_size=6))
def test_nonsense_is_named_and_the_rest_holds(plain: dict) -> None:
    plain["sharpness"] = [20, 80]
    query, ignored = from_plain(plain, Query("m"))
    assert Range(Sort.SHARPNESS, 20, 80) in query.ranges
    assert set(ignored) <= set(plain)
    assert from_plain(to_plain(query), Query("m")) == (query, [])


def test_bad_stored_filters_are_left_out_with_a_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stored = {
        "Good": {"stars": ">=3"},
        "Half": {"flags": ["pick"], "size": 3},
        "Empty": {},
        "Wrong": {"day": "yesterday"},
        "None": 7,
        " ": {"stars": "=5"},
    }
    with caplog.at_level(logging.WARNING):
        found = usable(stored)
    assert found == {"Good": {"stars": ">=3"}, "Half": {"flags": ["pick"]}}
    for name in ("Half", "Empty", "Wrong", "None"):
        assert repr(name) in caplog.text
