from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.photo import Flag
from uniqa_desktop.query import OPERATORS, Query, Sort, StarRule


@given(st.sampled_from(OPERATORS), st.integers(0, 5), st.sampled_from(["", " "]))
def test_star_rules_are_read_as_written(operator: str, stars: int, space: str) -> None:
    assert StarRule.parse(f"{operator}{space}{stars}") == StarRule(operator, stars)


def test_a_bare_number_means_exactly() -> None:
    assert StarRule.parse("4") == StarRule("=", 4)


@pytest.mark.parametrize("text", ["", ">=", "6", ">= six", "=>3", "-1", ">=3.5", "³"])
def test_anything_else_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(ValueError, match="condition on stars"):
        StarRule.parse(text)


def test_order_folder_and_limit_are_not_filters() -> None:
    assert not Query("m", sort=Sort.QUALITY, descending=True, limit=3).filters
    assert Query("m", flags=frozenset({Flag.PICK})).filters
    assert Query("m", text="beach").filters
