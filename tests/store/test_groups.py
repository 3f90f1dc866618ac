"""Groups in the library: found ones are replaced, corrections stay, one undo takes either back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from shelf import photo, scored, take_up

from uniqa_desktop.bursts.corrections import Action, Correction
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.photo import Flag, Meta, Provenance
from uniqa_desktop.store import Store

NOON = datetime(2025, 6, 20, 12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(1, 9):
        (folder / f"{number}.jpg").write_bytes(b"%d" % number)
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    """Eight photos a second apart, the later four by a second camera."""
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        opened.scores.write(
            [
                scored(
                    number,
                    meta=Meta(
                        taken=NOON + timedelta(seconds=number),
                        camera="Aurora A1" if number < 5 else "Pocket P5",
                    ),
                )
                for number in range(1, 9)
            ]
        )
        yield opened


def find(store: Store, *groups: tuple[int, ...], kind: Kind = Kind.BURST) -> None:
    """What a grouping of the whole library finds."""
    store.groups.write(range(1, 9), [Group(kind, each, each[0], 0.9) for each in groups])


def members(store: Store) -> list[tuple[int, ...]]:
    return [group.members for group in store.groups.all().values()]


def test_a_new_grouping_replaces_the_old_one_of_its_photos_only(store: Store) -> None:
    find(store, (1, 2, 3), (5, 6))
    store.groups.write([1, 2, 3, 4], [Group(Kind.BRACKET, (3, 4), 4, 0.5)])
    assert store.groups.all() == {
        3: Group(Kind.BRACKET, (3, 4), 4, 0.5),
        5: Group(Kind.BURST, (5, 6), 5, 0.9),
    }
    store.groups.write([5], [])
    assert members(store) == [(3, 4)], "a group of one is none"


def test_a_photo_tells_its_group(store: Store) -> None:
    find(store, (2, 3))
    assert photo(store, 1).burst is None
    assert photo(store, 3).burst == 2
    assert store.groups.of(3) == (2, Group(Kind.BURST, (2, 3), 2, 0.9))
    assert store.groups.of(1) is None


def test_missing_photos_are_in_no_group_and_come_back_to_theirs(store: Store, folder: Path) -> None:
    find(store, (1, 2, 3))
    (folder / "1.jpg").rename(folder.parent / "away.jpg")
    take_up(store, folder)
    assert store.groups.all() == {1: Group(Kind.BURST, (2, 3), 2, 0.9)}
    (folder / "2.jpg").unlink()
    take_up(store, folder)
    assert members(store) == []
    assert photo(store, 3).burst is None
    (folder.parent / "away.jpg").rename(folder / "1.jpg")
    take_up(store, folder)
    assert members(store) == [(1, 3)]


def test_split_merge_and_cover(store: Store) -> None:
    find(store, (1, 2, 3, 4))
    assert store.groups.split([3, 4])
    assert members(store) == [(1, 2), (3, 4)]
    assert store.groups.split([2])
    assert members(store) == [(3, 4)]
    assert store.groups.merge([2, 4])
    assert members(store) == [(2, 3, 4)], "what is in a group with one of them comes along"
    assert store.groups.choose_cover(4)
    number, group = store.groups.of(2) or (0, None)
    assert (number, group) == (2, Group(Kind.BURST, (2, 3, 4), 4, 1.0))
    assert [photo(store, each).burst for each in (1, 2, 3, 4)] == [None, 2, 2, 2]


def test_merged_photos_are_in_order_of_capture(store: Store) -> None:
    store.groups.merge([7, 2, 5])
    assert members(store) == [(2, 5, 7)]


def test_a_correction_of_nothing_is_no_act(store: Store) -> None:
    find(store, (1, 2))
    store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)
    store.verdicts.undo()
    assert not store.groups.split([5])
    assert not store.groups.choose_cover(1)
    assert not store.groups.merge([1, 2])
    assert store.verdicts.redo(), "the redo line is still there"


def test_corrections_stay_when_photos_are_grouped_anew(store: Store) -> None:
    find(store, (1, 2, 3))
    store.groups.split([3])
    store.groups.merge([5, 6])
    find(store, (1, 2, 3, 4), (6, 7))
    assert members(store) == [(1, 2, 4), (5, 6)]


def test_corrections_survive_a_rescan_and_a_restart(store: Store, folder: Path) -> None:
    find(store, (1, 2, 3))
    store.groups.split([3])
    (folder / "2.jpg").rename(folder / "renamed.jpg")
    take_up(store, folder)
    with Store.open(store.path) as again:
        assert members(again) == [(1, 2)]


def test_one_undo_takes_back_a_verdict_or_a_correction_whichever_was_last(store: Store) -> None:
    find(store, (1, 2, 3))
    store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)
    store.groups.split([3])
    store.verdicts.give([2], flag=Flag.REJECT, provenance=Provenance.BLIND)
    assert store.groups.next_undo() is None
    assert [change.photo for change in store.verdicts.undo()] == [2]
    assert store.groups.next_undo() == Correction(Action.SPLIT, (3,))
    assert store.verdicts.undo() == []
    assert members(store) == [(1, 2, 3)]
    assert [change.photo for change in store.verdicts.undo()] == [1]
    store.verdicts.redo()
    assert store.groups.next_redo() == Correction(Action.SPLIT, (3,))
    store.verdicts.redo()
    assert members(store) == [(1, 2)]
    assert store.groups.next_redo() is None


def test_a_correction_ends_what_could_be_redone(store: Store) -> None:
    find(store, (1, 2, 3))
    store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)
    store.verdicts.undo()
    store.groups.split([3])
    assert store.verdicts.redo() == []
    assert photo(store, 1).verdict.flag is Flag.NONE


def test_groups_of_a_folder_are_those_with_a_photo_there(store: Store, folder: Path) -> None:
    find(store, (1, 2))
    assert store.groups.all([folder])
    assert not store.groups.all([folder.parent / "elsewhere"])


def test_a_clock_that_was_off_moves_all_photos_of_its_camera(store: Store) -> None:
    assert store.clocks.set("Pocket P5", 3_600_000_000) == 4
    assert photo(store, 5).meta.taken == NOON + timedelta(hours=1, seconds=5)
    assert photo(store, 1).meta.taken == NOON + timedelta(seconds=1)
    assert store.clocks.all() == {"Pocket P5": 3_600_000_000}
    assert store.clocks.set("Pocket P5", -60_000_000) == 4
    assert photo(store, 5).meta.taken == NOON + timedelta(seconds=5 - 60)
    assert store.clocks.set("Pocket P5", 0) == 4
    assert photo(store, 5).meta.taken == NOON + timedelta(seconds=5)
    assert store.clocks.all() == {}


def test_photos_that_are_scored_later_get_the_corrected_time_too(store: Store) -> None:
    store.clocks.set("Pocket P5", 60_000_000)
    store.scores.write([scored(6, meta=Meta(taken=NOON, camera="Pocket P5"))])
    assert photo(store, 6).meta.taken == NOON + timedelta(seconds=60)
    assert store.clocks.set("Pocket P5", 0) == 4
    assert photo(store, 6).meta.taken == NOON


def test_overlaps_are_remembered_by_content(store: Store) -> None:
    store.overlaps.write([(b"a" * 16, b"b" * 16, 0.5, 0.0, 0.9)])
    assert store.overlaps.all() == {(b"a" * 16, b"b" * 16): (0.5, 0.0, 0.9)}
