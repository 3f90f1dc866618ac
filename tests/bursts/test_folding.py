"""Folding a list: one photo a group, and the open groups as a whole."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.bursts.folding import Folding
from uniqa_desktop.bursts.group import Group, Kind


def burst(*members: int, cover: int | None = None) -> Group:
    return Group(Kind.BURST, members, cover or members[0], 0.9)


def folding(*groups: Group) -> Folding:
    return Folding({min(group.members): group for group in groups})


def test_the_cover_stands_at_its_own_place() -> None:
    by = folding(burst(2, 3, 4, cover=4), burst(6, 7))
    assert by.fold([5, 2, 3, 1, 4, 7, 6])[0].tolist() == [5, 1, 4, 6]
    assert by.number_of(4) == 2
    assert by.of(1) is None


def test_where_the_cover_does_not_pass_the_first_that_does_stands() -> None:
    by = folding(burst(2, 3, 4))
    assert by.fold([5, 4, 3])[0].tolist() == [5, 4]


def test_an_open_group_is_shown_whole_in_order_of_capture() -> None:
    by = folding(burst(2, 3, 4, cover=3), burst(6, 7))
    assert by.fold([4, 1, 3, 6, 2, 7], opened={2})[0].tolist() == [1, 2, 3, 4, 6]
    assert by.fold([4, 1, 2], opened={2})[0].tolist() == [2, 4, 1], "only what passes"


def test_sections_keep_their_photos() -> None:
    by = folding(burst(1, 2, 5, cover=5))
    shown, sizes = by.fold([1, 2, 3, 4, 5], [2, 3])
    assert (shown.tolist(), sizes) == ([3, 4, 5], [0, 3])
    shown, sizes = by.fold([1, 2, 3, 4, 5], [2, 3], {1})
    assert (shown.tolist(), sizes) == ([3, 4, 1, 2, 5], [0, 5])


@given(
    st.permutations(range(1, 25)),
    st.lists(st.integers(0, 23), max_size=6, unique=True),
    st.integers(0, 24),
    st.data(),
)
def test_every_listed_group_is_seen_once_and_nothing_else_is_lost(
    ids: list[int], cuts: list[int], length: int, data: st.DataObject
) -> None:
    edges = [0, *sorted(cuts), 24]
    parts = [tuple(range(a + 1, b + 1)) for a, b in pairwise(edges)]
    groups = [
        burst(*part, cover=data.draw(st.sampled_from(part))) for part in parts if len(part) > 1
    ]
    by, listed = folding(*groups), ids[:length]
    shown = by.fold(listed)[0].tolist()
    for group in groups:
        assert len(set(shown) & set(group.members)) == bool(set(listed) & set(group.members))
    alone = {id for id in listed if by.of(id) is None}
    assert alone <= set(shown) <= set(listed)
    assert shown == [id for id in listed if id in set(shown)], "in the order of the list"
    opened = {min(group.members) for group in groups}
    assert sorted(by.fold(listed, opened=opened)[0]) == sorted(listed)
