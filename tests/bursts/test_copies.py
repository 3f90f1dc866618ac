from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.bursts import copies


@settings(max_examples=30, deadline=None)
@given(
    base=st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=12, unique=True),
    flips=st.lists(st.tuples(st.integers(0, 11), st.sets(st.integers(0, 63), max_size=9))),
)
def test_all_close_hashes_and_no_others_are_found(
    base: list[int], flips: list[tuple[int, set[int]]]
) -> None:
    hashes = list(base)
    for which, bits in flips:
        changed = base[which % len(base)]
        for bit in bits:
            changed ^= 1 << bit
        hashes.append(changed)
    one, other = copies.close_pairs(np.array(hashes, np.uint64))
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    expected = {
        (i, j)
        for j in range(len(hashes))
        for i in range(j)
        if (hashes[i] ^ hashes[j]).bit_count() <= copies.RADIUS
    }
    assert found <= expected
    if len(hashes) <= 20:  # beyond it only the nearest of many are kept
        assert found == expected


def test_thousands_of_equal_hashes_stay_few_pairs() -> None:
    one, _ = copies.close_pairs(np.full(3000, 12345, np.uint64))
    assert len(one) < 3000 * 30


def test_a_chain_of_links_is_not_one_star() -> None:
    one, other = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 4])
    centre = copies.stars(6, one, other, np.ones(4))
    assert centre[5] == 5
    links = set(zip(one.tolist(), other.tolist(), strict=True))
    for node, middle in enumerate(centre.tolist()):
        assert node == middle or (min(node, middle), max(node, middle)) in links


def test_a_node_goes_to_its_strongest_centre() -> None:
    one = np.array([0, 0, 0, 5, 5, 5, 0, 5])
    other = np.array([1, 2, 3, 6, 7, 8, 4, 4])
    centre = copies.stars(9, one, other, np.array([1, 1, 1, 1, 1, 1, 1, 3.0]))
    assert centre.tolist() == [0, 0, 0, 0, 5, 5, 5, 5, 5]
