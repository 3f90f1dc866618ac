"""Three piles by score: nothing is lost between them, and what is unsure is always looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.triage import Pile, Thresholds, Triage

scores = st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=40)


@given(scores, st.sets(st.integers(0, 39)), st.floats(0, 100), st.floats(0, 100))
def test_every_photo_is_in_one_pile_and_the_counts_say_so(
    values: list[float | None], unsure: set[int], one: float, other: float
) -> None:
    thresholds = Thresholds(keep=max(one, other), reject=min(one, other))
    triage = Triage(enumerate(values), unsure)
    piles = {pile: triage.pile(pile, thresholds) for pile in Pile}
    assert sorted(photo for pile in piles.values() for photo in pile) == list(range(len(values)))
    counts = triage.counts(thresholds)
    assert (counts.keep, counts.reject, counts.look) == tuple(
        len(piles[pile]) for pile in (Pile.KEEP, Pile.REJECT, Pile.LOOK)
    )
    for photo, value in enumerate(values):
        if value is None or photo in unsure:
            assert photo in piles[Pile.LOOK]
    assert all((values[photo] or 0) >= thresholds.keep for photo in piles[Pile.KEEP])
    assert all((values[photo] or 0) < thresholds.reject for photo in piles[Pile.REJECT])


def test_thresholds_that_cross_are_refused() -> None:
    with pytest.raises(ValueError, match="not above"):
        Thresholds(keep=20, reject=60)
