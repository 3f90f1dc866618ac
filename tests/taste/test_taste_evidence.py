"""What counts as evidence, how much, and what never does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.taste.evidence import Choice, Said, gather

BLIND, VISIBLE, SUGGESTED = Provenance.BLIND, Provenance.SCORE_VISIBLE, Provenance.SUGGESTION


def test_stars_and_flags_are_one_scale() -> None:
    found = gather(
        [
            Said(1, stars=5, stars_given=BLIND),
            Said(2, stars=1, stars_given=BLIND),
            Said(3, Flag.PICK, BLIND),
            Said(4, Flag.MAYBE, BLIND),
            Said(5, Flag.REJECT, BLIND),
        ],
        [],
        {},
    )
    best, worst, pick, maybe, reject = found.evidence.values
    assert (best, worst) == (1, 0)
    assert pick > maybe > reject


def test_accepted_suggestions_never_count() -> None:
    found = gather(
        [Said(1, Flag.PICK, SUGGESTED), Said(2, stars=5, stars_given=SUGGESTED)],
        [Choice(1, 2, SUGGESTED)],
        {},
    )
    assert (found.rated, found.pairs, found.left_out) == (0, 0, 2)
    mixed = gather([Said(1, Flag.PICK, SUGGESTED, 2, BLIND)], [], {})
    assert mixed.evidence.values.tolist() == [0.25], "the stars were the person's own"


def test_what_was_said_blind_counts_more() -> None:
    found = gather(
        [Said(1, stars=4, stars_given=BLIND), Said(2, stars=4, stars_given=VISIBLE)], [], {}
    )
    assert found.evidence.weights[0] > found.evidence.weights[1] > 0


def test_a_reject_beside_a_keeper_of_its_burst_is_a_pair_and_no_rating() -> None:
    said = [Said(1, Flag.PICK, BLIND), Said(2, Flag.REJECT, BLIND), Said(3, Flag.REJECT, BLIND)]
    found = gather(said, [], {1: 7, 2: 7})
    assert found.evidence.pairs.tolist() == [[0, 1]]
    assert np.isnan(found.evidence.values[1])
    assert found.evidence.values[2] < 0.5, "a reject elsewhere is a rating"


def test_a_long_burst_does_not_outweigh_all_else() -> None:
    said = [Said(n, Flag.PICK if n < 5 else Flag.REJECT, BLIND) for n in range(40)]
    assert gather(said, [], dict.fromkeys(range(40), 1)).pairs <= 12


verdicts = st.builds(
    Said,
    st.integers(1, 30),
    st.sampled_from(Flag),
    st.sampled_from([BLIND, VISIBLE, SUGGESTED]),
    st.integers(0, 5),
    st.sampled_from([BLIND, VISIBLE, SUGGESTED]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(verdicts, max_size=20, unique_by=lambda one: one.photo), st.randoms())
def test_the_order_of_verdicts_does_not_matter(said: list[Said], random: object) -> None:
    shuffled = list(said)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    bursts = {photo: photo % 3 for photo in range(1, 15)}
    one, other = gather(said, [], bursts), gather(shuffled, [], bursts)
    assert one.photos == other.photos
    assert one.evidence.values == pytest.approx(other.evidence.values, nan_ok=True, abs=0)
    assert one.evidence.pairs.tolist() == other.evidence.pairs.tolist()
    assert ((one.evidence.weights > 0) & (one.evidence.weights <= 1)).all()


def test_a_part_of_the_evidence_keeps_the_pairs_within_it() -> None:
    said = [Said(n, stars=n, stars_given=BLIND) for n in (1, 2, 3)]
    found = gather(said, [Choice(3, 1), Choice(3, 2)], {}).of_photos({1, 3})
    assert found.photos == (1, 3)
    assert found.evidence.pairs.tolist() == [[1, 0]]
