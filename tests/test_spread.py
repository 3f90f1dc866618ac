from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.spread import Spread

NUMBERS = st.lists(
    st.one_of(st.integers(0, 100).map(float), st.floats(0, 100, allow_nan=False)), max_size=40
)


def spread(numbers: list[float]) -> Spread:
    return Spread.of_cells((2 * int(n) + (n > int(n)), 1) for n in numbers)


@given(NUMBERS, st.integers(0, 100), st.integers(0, 100))
def test_a_range_is_counted_exactly_with_both_its_ends(
    numbers: list[float], one: int, other: int
) -> None:
    least, most = sorted((one, other))
    assert spread(numbers).between(least, most) == sum(least <= n <= most for n in numbers)


@given(NUMBERS, st.integers(1, 50))
def test_every_photo_is_in_one_bar(numbers: list[float], bars: int) -> None:
    assert sum(spread(numbers).bars(bars)) == spread(numbers).total == len(numbers)


def test_bars_are_where_the_numbers_are() -> None:
    assert spread([0, 19.9, 20, 99.9, 100]).bars(5) == [2, 1, 0, 0, 2]


def test_numbers_outside_count_at_the_nearer_end() -> None:
    assert Spread.of_cells([(-3, 1), (900, 2)]).bars(2) == [1, 2]
