"""Blind audits: what the scores would have thrown away, and what they would have found."""

from __future__ import annotations

import pytest

from uniqa_desktop.photo import Flag
from uniqa_desktop.taste import audit

DRAWN = [(n, float(n), float(10 - n)) for n in range(1, 11)]


def test_a_score_that_agrees_drops_no_keeper() -> None:
    found = audit.report(DRAWN, {n: n > 6 for n in range(1, 11)})
    assert (found.keepers, found.rejects) == (4, 6)
    assert found.taste is not None
    assert (found.taste.keepers_dropped.count, found.taste.rejects_found.count) == (0, 6)
    assert found.taste.cost == 0
    assert found.generic is not None
    assert found.generic.dropped == (7, 8, 9, 10)


def test_a_lost_keeper_costs_more_than_a_kept_reject() -> None:
    found = audit.report(DRAWN, {1: True, 10: False})
    assert found.answered == 2
    assert found.taste is not None
    assert found.taste.cost == audit.COST["keeper dropped"] + audit.COST["reject kept"]
    assert audit.COST["keeper dropped"] > audit.COST["reject kept"]


def test_a_score_that_is_missing_is_not_judged() -> None:
    found = audit.report([(1, None, 5.0), (2, 3.0, 4.0)], {1: True, 2: False})
    assert found.taste is None
    assert found.generic is not None


@pytest.mark.parametrize(
    ("flag", "stars", "kept"),
    [
        (Flag.PICK, 0, True),
        (Flag.REJECT, 5, False),
        (Flag.NONE, 4, True),
        (Flag.NONE, 2, False),
        (Flag.NONE, 3, None),
        (Flag.MAYBE, 0, None),
        (Flag.NONE, 0, None),
    ],
)
def test_verdicts_keep_or_drop(flag: Flag, stars: int, kept: bool | None) -> None:
    assert audit.verdict_of(flag, stars) is kept


def test_intervals_are_wide_for_few() -> None:
    few, many = audit.Share.wilson(1, 4), audit.Share.wilson(25, 100)
    assert few.low < many.low < 0.25 < many.high < few.high
    assert (audit.Share.wilson(0, 0).low, audit.Share.wilson(0, 0).high) == (0, 1)


def test_drawing_is_random_and_repeatable() -> None:
    photos = list(range(200))
    assert audit.draw(photos, 50, 1) == audit.draw(photos, 50, 1)
    assert audit.draw(photos, 50, 1) != audit.draw(photos, 50, 2)
    assert len(set(audit.draw(photos, 50, 1))) == 50
