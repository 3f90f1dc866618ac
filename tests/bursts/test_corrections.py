from __future__ import annotations

from uniqa_desktop.bursts.corrections import Action, Correction, fold, replay
from uniqa_desktop.bursts.group import Group, Kind


def found(*members: tuple[int, ...], kind: Kind = Kind.BURST) -> list[Group]:
    return [Group(kind, each, each[0], 0.8) for each in members]


def members(groups: list[Group]) -> list[tuple[int, ...]]:
    return [group.members for group in groups]


def again(groups: list[Group], *corrections: Correction) -> list[Group]:
    return replay(groups, corrections, lambda photo: (photo, 0))


def test_a_merge_takes_the_kind_of_most() -> None:
    groups = again(found((1, 2, 3), kind=Kind.PANORAMA), Correction(Action.MERGE, (1, 2, 3, 4)))
    assert groups == [Group(Kind.PANORAMA, (1, 2, 3, 4), 1, 1.0)]
    (made,) = again([], Correction(Action.MERGE, (8, 7)))
    assert made == Group(Kind.BURST, (7, 8), 7, 1.0)


def test_later_corrections_count_over_earlier_ones() -> None:
    groups = again(
        found((1, 2)),
        Correction(Action.MERGE, (1, 2, 3)),
        Correction(Action.SPLIT, (2,)),
        Correction(Action.COVER, (3,)),
    )
    assert groups == [Group(Kind.BURST, (1, 3), 3, 1.0)]


def test_a_cover_of_no_group_changes_nothing() -> None:
    assert again(found((1, 2)), Correction(Action.COVER, (9,))) == found((1, 2))


def test_a_group_whose_cover_is_taken_out_gets_another() -> None:
    groups = again(found((1, 2, 3)), Correction(Action.SPLIT, (1,)))
    assert groups == [Group(Kind.BURST, (2, 3), 2, 0.8)]


def test_folding_leaves_one_photo_a_group_in_the_order_given() -> None:
    groups = [Group(Kind.BURST, (1, 2, 3), 2, 1.0), Group(Kind.BURST, (5, 6), 5, 1.0)]
    assert fold([3, 4, 2, 6, 1], groups) == [4, 2, 6]
    assert fold([], groups) == []
    assert fold([4, 7], groups) == [4, 7]
