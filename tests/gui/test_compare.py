"""Compare: two photos, one active, driven by keys and the mouse on pictures decoded on command."""

from __future__ import annotations

from array import array as ids_array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui.pictures import Decoder, array, photo, picture, plain
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.gui.compare import CHALLENGER, CHAMPION, Compare
from uniqa_desktop.gui.linked import Aside
from uniqa_desktop.gui.loupe_loader import LoupeLoader, key_of
from uniqa_desktop.gui.pane import Pane
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.zoom import Framing
from uniqa_desktop.photo import Flag, Measure, Photo, State, Verdict

Key = Qt.Key
COUNT = 6


class Shelf(dict[int, Photo]):
    """Photos by id, and a list model of them."""

    def __init__(self) -> None:
        super().__init__({number: photo(number) for number in range(1, COUNT + 1)})
        self.model = PhotosModel(lambda ids: [self[id] for id in ids if id in self])
        self.model.set_ids(ids_array("q", self))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def decoder(shelf: Shelf) -> Decoder:
    made = Decoder()
    for number, one in shelf.items():
        made.give(
            one, picture(plain(20 * number + 1)), picture(plain(20 * number, 300, 200), (600, 400))
        )
    return made


@pytest.fixture
def compare(qtbot: QtBot, shelf: Shelf, decoder: Decoder) -> Iterator[Compare]:
    loader = LoupeLoader(quick=decoder.quick, full=decoder.full)
    made = Compare(shelf.model, loader, lambda _photo: None)
    qtbot.addWidget(made)
    made.resize(700, 400)
    assert made.start(0)
    made.show()
    qtbot.waitExposed(made)
    made.wake()
    made.setFocus()
    yield made
    decoder.release_all()
    loader.stop()


def tint(pane: Pane) -> int:
    seen = array(pane.view.grab().toImage())
    return int(seen[seen.shape[0] // 2, seen.shape[1] // 2, 0])


def settled(qtbot: QtBot, compare: Compare) -> None:
    """Both show the full picture of the photo that is named."""
    qtbot.waitUntil(
        lambda: all(tint(pane) == 20 * pane.photo.id + 1 for pane in compare.panes if pane.photo)
    )


def press(
    compare: Compare, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or compare, key, modifiers)


def names(compare: Compare) -> list[str]:
    return [pane.name.text() for pane in compare.panes]


def test_the_current_and_the_next_photo_in_full(qtbot: QtBot, compare: Compare) -> None:
    assert compare.ids == [1, 2]
    settled(qtbot, compare)
    assert names(compare) == ["IMG_0001.JPG", "IMG_0002.JPG"]
    assert compare.panes[CHALLENGER].active
    assert compare.panes[CHALLENGER].badge.isVisible()
    assert not compare.panes[CHAMPION].badge.isVisible()


def test_arrows_step_the_challenger_over_the_champion(qtbot: QtBot, compare: Compare) -> None:
    press(compare, Key.Key_Right)
    assert compare.ids == [1, 3]
    press(compare, Key.Key_Left)
    press(compare, Key.Key_Left)
    assert compare.ids == [1, 2], "there is nothing before the champion in the first row"
    press(compare, Key.Key_Right)
    press(compare, Key.Key_Up)
    assert compare.ids == [3, 4], "the challenger won"
    press(compare, Key.Key_Left)
    assert compare.ids == [3, 2], "the champion does not challenge itself"
    press(compare, Key.Key_End)
    press(compare, Key.Key_Right)
    assert compare.ids == [3, 6]
    settled(qtbot, compare)


def test_the_last_photo_wins_against_the_one_before(compare: Compare) -> None:
    press(compare, Key.Key_End)
    press(compare, Key.Key_Return)
    assert compare.ids == [6, 5]


def hover(pane: Pane) -> None:
    """The pointer moves over the picture. Not by `QTest`, which would leave it there for others."""
    at = QPointF(20, 20)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, pane.view.mapToGlobal(at), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(pane.view, moved)


def test_tab_and_a_click_switch_the_active_one_and_nothing_else_does(
    qtbot: QtBot, compare: Compare
) -> None:
    told: list[int] = []
    compare.activated.connect(told.append)
    press(compare, Key.Key_Tab)
    assert compare.active is compare.panes[CHAMPION]
    hover(compare.panes[CHALLENGER])
    assert compare.active is compare.panes[CHAMPION]
    QTest.mouseClick(compare.panes[CHALLENGER].view, Qt.MouseButton.LeftButton)
    assert compare.active is compare.panes[CHALLENGER]
    press(compare, Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert told == [1, 2, 1]
    assert "active" in compare.panes[CHAMPION].view.accessibleName()
    assert "active" not in compare.panes[CHALLENGER].view.accessibleName()


def test_a_stale_picture_is_never_shown_for_another_photo(
    qtbot: QtBot, compare: Compare, shelf: Shelf, decoder: Decoder
) -> None:
    for kind in ("quick", "full"):
        decoder.hold(kind, shelf[5])
    press(compare, Key.Key_End)
    settled(qtbot, compare)
    press(compare, Key.Key_Left)
    assert compare.ids == [1, 5]
    pane = compare.panes[CHALLENGER]
    qtbot.waitUntil(lambda: pane.view.placeholder == "Reading the photo…")
    assert tint(pane) not in [20 * number + more for number in shelf for more in (0, 1)]
    press(compare, Key.Key_Right)
    settled(qtbot, compare)
    decoder.release_all()
    qtbot.waitUntil(lambda: compare._loader.frame(key_of(shelf[5])) is not None)
    qtbot.wait(20)
    assert tint(pane) == 20 * 6 + 1


def test_zoom_and_place_go_together_and_stay_while_stepping(
    qtbot: QtBot, compare: Compare, shelf: Shelf, decoder: Decoder
) -> None:
    settled(qtbot, compare)
    press(compare, Key.Key_Z)
    assert [pane.view.zoom for pane in compare.panes] == [1.0, 1.0]
    compare.panes[CHALLENGER].view.pan(-60, -30)
    first, second = (pane.view.framing for pane in compare.panes)
    assert first == second
    assert first.x > 0.5
    press(compare, Key.Key_Right)
    assert compare.panes[CHALLENGER].view.framing == first
    press(compare, Key.Key_Z)
    assert all(pane.view.fitted for pane in compare.panes)


def wheel(pane: Pane, steps: int, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(pane.view.rect().center())
    event = QWheelEvent(
        at, pane.view.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pane.view, event)


def test_shift_moves_this_pane_only_and_the_distance_stays(qtbot: QtBot, compare: Compare) -> None:
    settled(qtbot, compare)
    press(compare, Key.Key_Z)
    left, right = compare.panes
    start = QPoint(100, 100)
    QTest.mousePress(right.view, Qt.MouseButton.LeftButton, pos=start)
    shift = Qt.KeyboardModifier.ShiftModifier
    to = QPointF(70, 90)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, to, right.view.mapToGlobal(to), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, shift,
    )  # fmt: skip
    QApplication.sendEvent(right.view, moved)
    QTest.mouseRelease(right.view, Qt.MouseButton.LeftButton, shift, QPoint(70, 90))
    assert left.view.framing.x == pytest.approx(0.5)
    apart = right.view.framing.x - left.view.framing.x
    assert apart == pytest.approx(30 / 600)
    left.view.pan(-20, 0)
    assert right.view.framing.x - left.view.framing.x == pytest.approx(apart)
    wheel(right, 1, shift)
    assert (left.view.zoom, right.view.zoom) == (1.0, 1.5)
    wheel(right, 1, Qt.KeyboardModifier.NoModifier)
    assert (left.view.zoom, right.view.zoom) == pytest.approx((2 / 1.5, 2.0))
    press(compare, Key.Key_Z)
    assert left.view.fitted
    assert right.view.fitted


def test_shift_wheel_in_a_fitted_pane_zooms_that_one_alone(qtbot: QtBot, compare: Compare) -> None:
    settled(qtbot, compare)
    wheel(compare.panes[CHAMPION], 1, Qt.KeyboardModifier.ShiftModifier)
    assert not compare.panes[CHAMPION].view.fitted
    assert compare.panes[CHALLENGER].view.fitted


def test_differences_are_named_under_each(compare: Compare, shelf: Shelf) -> None:
    assert compare.panes[CHAMPION].difference.text() == "no measured difference"
    two = shelf[2]
    assert two.attributes is not None
    sharper = replace(two.attributes, sharpness=Measure(68.0, 1.0))
    shelf[2] = replace(two, attributes=sharper, verdict=Verdict(Flag.PICK, 3))
    shelf.model.refresh([2])
    compare.refresh()
    assert compare.panes[CHAMPION].difference.text() == "softer −18"
    assert compare.panes[CHALLENGER].difference.text() == "sharper +18"
    assert compare.panes[CHALLENGER].verdict.verdict == Verdict(Flag.PICK, 3)
    assert compare.panes[CHAMPION].verdict.verdict == Verdict()
    shelf[2] = replace(two, attributes=None)
    shelf.model.refresh([2])
    compare.refresh()
    assert compare.panes[CHAMPION].difference.text() == ""


def test_blind_hides_scores_and_differences(compare: Compare) -> None:
    assert compare.panes[CHAMPION].quality.isVisible()
    compare.set_blind(True)
    for pane in compare.panes:
        assert not pane.quality.isVisible()
        assert pane.difference.text() == ""
    press(compare, Key.Key_Right)
    assert not compare.panes[CHALLENGER].quality.isVisible()
    compare.set_blind(False)
    assert compare.panes[CHALLENGER].quality.isVisible()


def test_what_cannot_be_read_is_said_below_it(
    qtbot: QtBot, compare: Compare, shelf: Shelf, decoder: Decoder, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.touch()
    shelf[3] = replace(shelf[3], path=broken, identity=b"broken")
    shelf.model.refresh([3])
    decoder.give(shelf[3], PhotoError("The file is cut off."))
    press(compare, Key.Key_Right)
    pane = compare.panes[CHALLENGER]
    qtbot.waitUntil(lambda: "cut off" in pane.difference.text())
    assert "cut off" in pane.view.placeholder
    shelf[4] = replace(shelf[4], state=State.MISSING)
    shelf.model.refresh([4])
    press(compare, Key.Key_Right)
    assert "is not there at the moment" in pane.difference.text()


def test_a_judged_challenger_makes_room_and_the_champion_stays(compare: Compare) -> None:
    compare.advance()
    assert compare.ids == [1, 3]
    compare.activate(CHAMPION)
    compare.advance()
    assert compare.ids == [1, 3]


def test_photos_that_are_filtered_away_are_replaced(compare: Compare, shelf: Shelf) -> None:
    shelf.model.set_ids(ids_array("q", [1, 3, 4]))
    assert compare.relist()
    assert compare.ids == [1, 3]
    shelf.model.set_ids(ids_array("q", [1]))
    assert not compare.relist()


def test_two_photos_are_needed(compare: Compare, shelf: Shelf) -> None:
    shelf.model.set_ids(ids_array("q", [1]))
    assert not compare.start(0)


def test_escape_goes_back(compare: Compare) -> None:
    closed: list[bool] = []
    compare.closed.connect(lambda: closed.append(True))
    press(compare, Key.Key_Escape)
    assert closed == [True]


def test_what_is_hidden_holds_no_pictures(qtbot: QtBot, compare: Compare) -> None:
    settled(qtbot, compare)
    compare.hide()
    assert [pane.view.frame for pane in compare.panes] == [None, None]
    compare.show()
    settled(qtbot, compare)


@pytest.mark.parametrize("shared", [Framing(), Framing(2.0, 0.3, 0.4)])
def test_aside_is_undone_by_its_inverse(shared: Framing) -> None:
    own = Framing(3.0, 0.6, 0.7)
    aside = Aside.between(shared, own)
    found = aside.framing(shared)
    assert (found.scale, found.x, found.y) == pytest.approx((3.0, 0.6, 0.7))
    if shared.scale is not None:
        back = aside.shared(own)
        assert (back.scale, back.x, back.y) == pytest.approx((2.0, 0.3, 0.4))
