"""The list of photos: read where somebody looks, told where something changed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from gallery import Shelf, photo
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from uniqa_desktop.errors import LibraryBusy
from uniqa_desktop.gui.photos_model import BLOCK, BLOCKS, PhotoRole, PhotosModel, in_words, runs
from uniqa_desktop.photo import Flag, Label, Photo, State, Verdict


def model_of(shelf: Shelf) -> PhotosModel:
    model = PhotosModel(shelf.get)
    model.set_ids(array("q", shelf.photos))
    return model


def changes(model: PhotosModel) -> list[tuple[int, int]]:
    """Collects the row ranges that are told to have changed."""
    seen: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: seen.append((first.row(), last.row())))
    return seen


def test_it_is_a_proper_model(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = model_of(Shelf.of(BLOCK + 5))
    qtmodeltester.check(model)
    model.append_ids(array("q", range(1000, 1010)))
    model.set_ids(array("q", [3, 1, 2]))


def test_rows_are_read_in_blocks_around_where_one_looks() -> None:
    shelf = Shelf.of(5 * BLOCK)
    model = model_of(shelf)
    assert shelf.asked == []
    assert model.photo(2 * BLOCK + 7) == shelf.photos[2 * BLOCK + 8]
    assert model.photo(2 * BLOCK) == shelf.photos[2 * BLOCK + 1]
    assert shelf.asked == [list(range(2 * BLOCK + 1, 3 * BLOCK + 1))]


def test_the_last_block_may_be_short_and_grow() -> None:
    shelf = Shelf.of(BLOCK + 3)
    model = PhotosModel(shelf.get)
    model.set_ids(array("q", range(1, BLOCK + 2)))
    assert model.photo(BLOCK) == shelf.photos[BLOCK + 1]
    model.append_ids(array("q", [BLOCK + 2, BLOCK + 3]))
    assert model.rowCount() == BLOCK + 3
    assert model.photo(BLOCK + 2) == shelf.photos[BLOCK + 3]
    assert model.row_of(BLOCK + 3) == BLOCK + 2


def test_few_blocks_are_kept_and_the_recent_ones_among_them() -> None:
    shelf = Shelf.of((BLOCKS + 4) * BLOCK)
    model = model_of(shelf)
    for number in range(BLOCKS + 4):
        model.photo(0)
        model.photo(number * BLOCK)
    shelf.asked.clear()
    model.photo(0)
    model.photo((BLOCKS + 3) * BLOCK)
    assert shelf.asked == []
    model.photo(BLOCK)
    assert len(shelf.asked) == 1


def test_a_changed_photo_alone_is_read_again() -> None:
    shelf = Shelf.of(3 * BLOCK)
    model = model_of(shelf)
    model.photo(0)
    shelf.photos[6] = photo(6, quality=80)
    shelf.asked.clear()
    seen = changes(model)
    model.refresh([6])
    assert seen == [(5, 5)]
    assert shelf.asked == []
    assert model.photo(5) == shelf.photos[6]
    assert shelf.asked == [[6]]


def test_neighbours_that_changed_are_told_at_once() -> None:
    model = model_of(Shelf.of(20))
    seen = changes(model)
    model.refresh([7, 5, 6, 6, 12, 999])
    assert seen == [(4, 6), (11, 11)]


def test_another_order_forgets_the_rows() -> None:
    shelf = Shelf.of(5)
    model = model_of(shelf)
    model.photo(0)
    model.set_ids(array("q", [5, 4]))
    assert [model.photo(row) for row in range(2)] == [shelf.photos[5], shelf.photos[4]]
    assert model.row_of(4) == 1
    assert model.row_of(1) is None
    assert list(model.ids) == [5, 4]


def test_a_photo_that_is_gone_from_the_store_is_an_empty_row() -> None:
    shelf = Shelf.of(3)
    model = model_of(shelf)
    del shelf.photos[2]
    assert model.photo(1) is None
    assert model.index(1).data() is None
    assert model.photo(2) is not None
    assert len(shelf.asked) == 1


@pytest.mark.parametrize("row", [-1, 3, 10**6])
def test_outside_the_list_there_is_nothing(row: int) -> None:
    assert model_of(Shelf.of(3)).photo(row) is None


def test_a_store_that_cannot_be_read_is_told_once_and_tried_again_on_demand() -> None:
    shelf = Shelf.of(3)
    busy = True

    def fetch(ids: Sequence[int]) -> list[Photo]:
        if busy:
            raise LibraryBusy("The library is in use.")
        return shelf.get(ids)

    model = PhotosModel(fetch)
    told: list[str] = []
    model.trouble.connect(told.append)
    model.set_ids(array("q", [1, 2, 3]))
    assert [model.photo(row) for row in range(3)] == [None] * 3
    assert told == ["The library is in use."]
    busy = False
    model.refresh([2])
    assert model.photo(1) == shelf.photos[2]


def test_what_views_ask_for() -> None:
    shelf = Shelf(photo(1, quality=61.4, path=Path("/photos/na\udcffme.jpg")))
    model = model_of(shelf)
    index = model.index(0)
    assert index.data() == "na\\xffme.jpg"
    assert index.data(PhotoRole) == shelf.photos[1]
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "na\\xffme.jpg, quality 61 of 100"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_a_photo_in_words() -> None:
    everything = photo(
        1,
        verdict=Verdict(Flag.PICK, 4, Label.RED),
        companions=(Path("/photos/DSC_0001.NEF"),),
        state=State.MISSING,
        failure="The file is empty",
    )
    assert in_words(everything) == (
        "DSC_0001.JPG, not scored, picked, 4 stars, red label, + DSC_0001.NEF, file is missing, "
        "cannot be read: The file is empty"
    )
    assert in_words(photo(2, 0.4, Verdict(Flag.REJECT, 1))) == (
        "DSC_0002.JPG, quality 0 of 100, rejected, 1 star"
    )


def test_a_list_has_no_children() -> None:
    model = model_of(Shelf.of(3))
    assert model.rowCount(model.index(0)) == 0
    assert model.rowCount(QModelIndex()) == 3


@given(st.sets(st.integers(0, 60)))
def test_runs_cover_every_row_and_no_other(rows: set[int]) -> None:
    found = list(runs(sorted(rows)))
    assert {row for first, last in found for row in range(first, last + 1)} == rows
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))
