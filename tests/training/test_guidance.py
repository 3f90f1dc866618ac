"""Ratings in words, and the questions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training.guidance import (
    FIFTHS,
    LEVELS,
    PLACE,
    Kind,
    check_cuts,
    check_question,
    level,
    question,
)


def test_equal_fifths_with_the_better_level_on_a_border() -> None:
    ratings = [0.0, 0.19, 0.2, 0.41, (3.4 - 1) / 6, 0.7, (5.8 - 1) / 6, 0.9, 1.0]
    words = ["bad", "bad", "poor", "fair", "fair", "good", "perfect", "perfect", "perfect"]
    assert [level(rating) for rating in ratings] == words


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_better_rating_never_has_a_worse_word(ratings: list[float]) -> None:
    places = [LEVELS.index(level(rating)) for rating in sorted(ratings)]
    assert places == sorted(places)


@pytest.mark.parametrize("cuts", [(), (0.2, 0.4, 0.6), (0.2, 0.2, 0.6, 0.8), (0.0, 0.2, 0.4, 0.6),
                                  (0.4, 0.2, 0.6, 0.8), (0.2, 0.4, 0.6, float("nan"))])  # fmt: skip
def test_borders_that_make_no_five_levels_are_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(WrongUse, match="four borders"):
        check_cuts(cuts)
    assert check_cuts(FIFTHS) == FIFTHS


def test_questions_are_about_what_the_paper_names() -> None:
    quality, aesthetics = (question(kind, guided=True) for kind in Kind)
    assert "sharpness" in quality
    assert "colour balance" in quality
    for word in ("composition", "light", "colour"):
        assert word in aesthetics
    assert quality.count(PLACE) == aesthetics.count(PLACE) == 1
    assert PLACE not in question(Kind.QUALITY, guided=False)


def test_a_question_of_ones_own_fits_the_ratings() -> None:
    assert check_question(" It is {level}. Why? \n", guided=True) == "It is {level}. Why?"
    for text, guided, words in (
        ("", True, "empty"),
        ("Why?", True, "no {level} in it"),
        ("It is {level}.", False, "there are no ratings"),
    ):
        with pytest.raises(WrongUse, match=words):
            check_question(text, guided=guided)
