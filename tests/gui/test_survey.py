"""Survey: how photos fill the room, and how they are looked through and taken out."""

from __future__ import annotations

from array import array as ids_array
from collections.abc import Iterator
from dataclasses import replace

import pytest
from gui.pictures import Decoder, array, photo, picture, plain
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui import pane_wishes
from uniqa_desktop.gui.loupe_loader import LoupeLoader
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.survey import MOST, Survey, cells, columns_for
from uniqa_desktop.photo import Measure, Meta, Photo

Key = Qt.Key
NO_CHROME = QSize(0, 0)
LANDSCAPE, PORTRAIT = 3 / 2, 2 / 3


@pytest.mark.parametrize(
    ("aspects", "room", "columns"),
    [
        ([LANDSCAPE] * 2, (1800, 600), 2),
        ([LANDSCAPE] * 2, (600, 800), 1),
        ([PORTRAIT] * 3, (1800, 900), 3),
        ([LANDSCAPE] * 4, (1500, 1000), 2),
        ([LANDSCAPE] * 6, (1500, 700), 3),
        ([PORTRAIT] * 4, (1500, 560), 4),
        ([LANDSCAPE], (100, 100), 1),
    ],
)
def test_as_large_as_the_room_allows(
    aspects: list[float], room: tuple[int, int], columns: int
) -> None:
    assert columns_for(aspects, QSize(*room), NO_CHROME) == columns


def test_captions_count_when_the_rows_are_chosen() -> None:
    assert columns_for([LANDSCAPE] * 2, QSize(640, 900), NO_CHROME) == 1
    assert columns_for([LANDSCAPE] * 2, QSize(640, 900), QSize(0, 400)) == 2


@given(st.integers(1, MOST), st.integers(1, MOST), st.integers(300, 4000), st.integers(300, 3000))
def test_panes_lie_inside_and_apart(count: int, columns: int, width: int, height: int) -> None:
    columns = min(columns, count)
    room = QSize(width, height)
    rects = cells(count, columns, room)
    assert len(rects) == count
    assert len({(rect.width(), rect.height()) for rect in rects}) == 1
    for number, rect in enumerate(rects):
        assert QRect(0, 0, width, height).contains(rect)
        assert not any(rect.intersects(other) for other in rects[:number])


def test_a_short_last_row_is_in_the_middle() -> None:
    rects = cells(3, 2, QSize(402, 202))
    assert rects[2].left() - 0 == 402 - (rects[2].right() + 1)


@pytest.fixture
def photos() -> dict[int, Photo]:
    return {number: photo(number) for number in range(1, 25)}


@pytest.fixture
def decoder(photos: dict[int, Photo]) -> Decoder:
    made = Decoder()
    for number, one in photos.items():
        preview = picture(plain(10 * number, 300, 200), (600, 400))
        made.give(one, picture(plain(10 * number + 1)), preview)
    return made


@pytest.fixture
def survey(qtbot: QtBot, photos: dict[int, Photo], decoder: Decoder) -> Iterator[Survey]:
    model = PhotosModel(lambda ids: [photos[id] for id in ids if id in photos])
    model.set_ids(ids_array("q", photos))
    loader = LoupeLoader(quick=decoder.quick, full=decoder.full)
    made = Survey(model, loader, lambda _photo: None)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.start([0, 1, 2, 3, 4, 5], 2)
    made.show()
    qtbot.waitExposed(made)
    made.wake()
    made.setFocus()
    yield made
    decoder.release_all()
    loader.stop()


def press(survey: Survey, key: Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or survey, key)


def active(survey: Survey) -> int:
    assert survey.active is not None
    assert survey.active.photo is not None
    assert [pane for pane in survey.panes if pane.active] == [survey.active]
    return survey.active.photo.id


def tints(survey: Survey) -> list[int]:
    seen = [array(pane.view.grab().toImage()) for pane in survey.panes]
    return [int(each[each.shape[0] // 2, each.shape[1] // 2, 0]) for each in seen]


def test_the_chosen_photos_with_the_current_one_active(qtbot: QtBot, survey: Survey) -> None:
    assert survey.ids == [1, 2, 3, 4, 5, 6]
    assert active(survey) == 3
    qtbot.waitUntil(lambda: tints(survey) == [10, 20, 30, 40, 50, 60])


def test_one_photo_brings_those_after_it(survey: Survey) -> None:
    survey.start([3], 3)
    assert survey.ids == [4, 5, 6, 7]
    survey.start([23], 23)
    assert survey.ids == [24], "the list ends there"


def test_no_more_than_can_be_judged(survey: Survey) -> None:
    assert survey.start(list(range(20)), 0) == 20 - MOST
    assert len(survey.ids) == MOST


def test_arrows_go_through_rows_and_columns(survey: Survey) -> None:
    assert survey.columns == 3
    press(survey, Key.Key_Down)
    assert active(survey) == 6
    press(survey, Key.Key_Left)
    assert active(survey) == 5
    press(survey, Key.Key_Up)
    assert active(survey) == 2
    press(survey, Key.Key_Up)
    assert active(survey) == 2
    press(survey, Key.Key_Tab)
    assert active(survey) == 3


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete, Key.Key_Minus])
def test_a_photo_taken_out_makes_room_for_the_others(
    qtbot: QtBot, survey: Survey, photos: dict[int, Photo], key: Key
) -> None:
    before = survey.panes[0].width() * survey.panes[0].height()
    told: list[int] = []
    survey.activated.connect(told.append)
    for _ in range(3):
        press(survey, key)
    assert survey.ids == [1, 2, 6]
    assert active(survey) == 6
    assert told == [4, 5, 6]
    assert survey.panes[0].width() * survey.panes[0].height() > before
    assert all(each == photo(number) for number, each in photos.items()), "no verdict"
    qtbot.waitUntil(lambda: tints(survey) == [10, 20, 60])


def test_taking_the_last_one_out_leads_back(survey: Survey) -> None:
    closed: list[bool] = []
    survey.closed.connect(lambda: closed.append(True))
    for _ in range(6):
        press(survey, Key.Key_Delete)
    assert survey.ids == []
    assert closed == [True]


def test_full_pictures_are_decoded_when_they_are_zoomed_into(
    qtbot: QtBot, survey: Survey, decoder: Decoder
) -> None:
    qtbot.waitUntil(lambda: tints(survey) == [10, 20, 30, 40, 50, 60])
    assert not [call for call in decoder.calls if call[0] == "full"]
    press(survey, Key.Key_Z)
    assert {pane.view.zoom for pane in survey.panes} == {1.0}
    qtbot.waitUntil(lambda: tints(survey) == [11, 21, 31, 41, 51, 61])


def test_no_more_full_pictures_than_memory_has_room_for(
    qtbot: QtBot,
    survey: Survey,
    photos: dict[int, Photo],
    decoder: Decoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pane_wishes, "BUDGET", int(2.1 * 600 * 400 * 4 * 4 / 3))
    qtbot.waitUntil(lambda: tints(survey) == [10, 20, 30, 40, 50, 60])
    press(survey, Key.Key_Z)
    qtbot.waitUntil(lambda: tints(survey) == [11, 20, 31, 40, 50, 60])
    assert survey.panes[1].zoom.text().endswith("preview")
    assert not survey.panes[2].zoom.text().endswith("preview")


def test_the_others_are_told_apart_from_the_active_one(
    survey: Survey, photos: dict[int, Photo]
) -> None:
    three = photos[3].attributes
    assert three is not None
    photos[3] = replace(photos[3], attributes=replace(three, sharpness=Measure(90.0, 1.0)))
    survey._photos.refresh([3])
    survey.refresh()
    assert survey.panes[0].difference.text() == "softer −40"
    assert survey.panes[2].difference.text() == "The others are compared with this one."
    press(survey, Key.Key_Left)
    assert survey.panes[2].difference.text() == "sharper +40"
    assert survey.panes[0].difference.text() == "no measured difference"


def test_photos_that_are_filtered_away_leave(survey: Survey) -> None:
    survey._photos.set_ids(ids_array("q", [2, 4, 9]))
    assert survey.relist()
    assert survey.ids == [2, 4]
    survey._photos.set_ids(ids_array("q", [9]))
    assert not survey.relist()


def test_unknown_sizes_are_laid_out_too(survey: Survey, photos: dict[int, Photo]) -> None:
    photos[1] = replace(photos[1], meta=Meta())
    survey._photos.refresh([1])
    survey.start([0, 1], 0)
    assert survey.ids == [1, 2]
