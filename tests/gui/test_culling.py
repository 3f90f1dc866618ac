"""The flow of culling in the real window: verdicts in every view, auto-advance, blind, Tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing import draw_folder
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from uniqa_desktop import settings
from uniqa_desktop.gui import culling, theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Flag, Photo, Provenance
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

PHOTOS = 10
Key = Qt.Key
Mod = Qt.KeyboardModifier


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def window(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Window]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    draw_folder(tmp_path / "photos", PHOTOS)
    settings.save(settings.Settings(model="attributes-1"))
    made = Window(store)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.desk is not None, timeout=10_000)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=10_000)
    with qtbot.waitSignal(desk(made).work.ended, timeout=30_000):
        made.open(tmp_path / "photos")
    made.browser.grid.setFocus()
    press(made, Key.Key_Home)
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def press(window: Window, key: Key, held: Mod = Mod.NoModifier) -> None:
    QTest.keyClick(focused(window), key, held)
    QApplication.processEvents()


def focused(window: Window) -> QWidget:
    return QApplication.focusWidget() or window


def photo(window: Window, row: int) -> Photo:
    found = window.browser.photos.photo(row)
    assert found is not None
    return found


def flags(window: Window) -> str:
    """The flags of all photos shown, in order: `p`, `m`, `r`, `n`."""
    count = window.browser.photos.rowCount()
    return "".join(photo(window, row).verdict.flag.value[0] for row in range(count))


def order_by(window: Window, sort: Sort) -> None:
    bar = desk(window).filter_bar
    bar.sort.setCurrentIndex(bar.sort.findData(sort))
    QApplication.processEvents()


def test_in_compare_a_verdict_is_for_the_active_photo_only(window: Window) -> None:
    press(window, Key.Key_C)
    assert window.browser.board is window.browser.compare
    assert not desk(window).filter_bar.isVisible()
    press(window, Key.Key_P)
    assert flags(window) == "npnnnnnnnn"
    press(window, Key.Key_Tab)
    press(window, Key.Key_X)
    press(window, Key.Key_4)
    assert flags(window) == "rpnnnnnnnn"
    assert [photo(window, row).verdict.stars for row in (0, 1)] == [4, 0]
    press(window, Key.Key_Z, Mod.ControlModifier)
    press(window, Key.Key_Z, Mod.ControlModifier)
    assert flags(window) == "npnnnnnnnn"
    assert window.browser.compare.panes[1].verdict.verdict.flag is Flag.PICK


def test_leaving_compare_is_being_at_the_active_photo(window: Window) -> None:
    press(window, Key.Key_C)
    press(window, Key.Key_Right)
    press(window, Key.Key_Right)
    assert window.browser.current == photo(window, 3)
    assert desk(window).info.title.text() == photo(window, 3).path.name
    press(window, Key.Key_E)
    assert window.browser.in_loupe
    assert window.browser.row == 3
    press(window, Key.Key_C)
    press(window, Key.Key_Escape)
    assert window.browser.currentWidget() is window.browser.grid
    assert window.browser.targets() == [photo(window, 4).id], "the challenger was active"


def test_two_selected_photos_are_compared(window: Window) -> None:
    press(window, Key.Key_Right, Mod.ShiftModifier)
    press(window, Key.Key_C)
    assert window.browser.compare.ids == [photo(window, 1).id, photo(window, 0).id]


def test_in_survey_a_verdict_is_for_the_active_photo_only(window: Window) -> None:
    for _ in range(3):
        press(window, Key.Key_Right, Mod.ShiftModifier)
    press(window, Key.Key_N)
    survey = window.browser.survey
    assert window.browser.board is survey
    assert len(survey.ids) == 4
    press(window, Key.Key_Home)
    press(window, Key.Key_X)
    press(window, Key.Key_Tab)
    press(window, Key.Key_Delete)
    press(window, Key.Key_P)
    assert flags(window) == "rnpnnnnnnn"
    assert len(survey.ids) == 3
    press(window, Key.Key_G)
    assert window.browser.targets() == [photo(window, 2).id], "never the whole survey"


def test_enter_in_the_survey_opens_the_loupe(window: Window) -> None:
    press(window, Key.Key_N)
    press(window, Key.Key_Right)
    press(window, Key.Key_Return)
    assert window.browser.in_loupe
    assert window.browser.row == 1


def test_nothing_to_compare_with_is_said(qtbot: QtBot, window: Window) -> None:
    press(window, Key.Key_F, Mod.ControlModifier)
    QTest.keyClicks(focused(window), "0003")
    qtbot.waitUntil(lambda: window.browser.photos.rowCount() == 1)
    window.browser.grid.setFocus()
    press(window, Key.Key_C)
    assert window.browser.board is None
    assert "no second photo" in desk(window).status.words.text()


@pytest.mark.parametrize("view", [Key.Key_G, Key.Key_E])
def test_auto_advance_goes_on_and_alt_or_shift_does_the_opposite_once(
    window: Window, view: Key
) -> None:
    press(window, view)
    press(window, Key.Key_P)
    assert window.browser.row == 0
    press(window, Key.Key_P, Mod.AltModifier)
    assert window.browser.row == 1
    press(window, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    assert desk(window).status.modes.text() == "Auto-advance"
    for key in (Key.Key_X, Key.Key_3, Key.Key_6):
        press(window, key)
    assert window.browser.row == 4
    press(window, Key.Key_M, Mod.ShiftModifier)
    press(window, Key.Key_5, Mod.AltModifier)
    assert window.browser.row == 4
    press(window, Key.Key_6, Mod.ShiftModifier)
    assert window.browser.row == 5, "Shift+6 is purple, not the opposite"
    assert photo(window, 4).verdict.label.value == "purple"
    assert flags(window) == "prnnmnnnnn"
    press(window, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    assert desk(window).status.modes.text() == ""
    assert not desk(window).status.modes.isVisible()
    press(window, Key.Key_P)
    assert window.browser.row == 5


def test_caps_lock_is_auto_advance_while_it_is_on(window: Window) -> None:
    QTest.keyClicks(focused(window), "P")  # a capital without Shift: Caps Lock is on
    assert (window.browser.row, flags(window)[:2]) == (1, "pn")
    assert desk(window).status.modes.text() == "Auto-advance (Caps Lock)"
    QTest.keyClicks(focused(window), "x")
    assert window.browser.row == 1
    assert flags(window)[:3] == "prn"
    assert desk(window).status.modes.text() == ""


def test_a_selection_is_judged_without_moving_on(window: Window) -> None:
    press(window, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    press(window, Key.Key_Right, Mod.ShiftModifier)
    press(window, Key.Key_P)
    assert flags(window) == "ppnnnnnnnn"
    assert window.browser.row == 1


def test_auto_advance_in_compare_and_survey(window: Window) -> None:
    press(window, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    press(window, Key.Key_C)
    press(window, Key.Key_X)
    press(window, Key.Key_X)
    assert flags(window)[:4] == "nrrn"
    assert window.browser.compare.ids == [photo(window, 0).id, photo(window, 3).id]
    press(window, Key.Key_G)
    press(window, Key.Key_N)
    press(window, Key.Key_P)
    press(window, Key.Key_P)
    assert flags(window)[:6] == "nrrppn"


def test_photos_that_leave_the_filter_do_not_steal_the_position(window: Window) -> None:
    press(window, Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    for _ in range(3):
        press(window, Key.Key_P)
    here = photo(window, 3).id
    only_undecided(window)
    assert window.browser.photos.rowCount() == PHOTOS - 3
    assert window.browser.current is not None
    assert window.browser.current.id == here
    press(window, Key.Key_P, Mod.AltModifier)
    following = photo(window, 1).id
    press(window, Key.Key_R, Mod.ControlModifier)
    assert window.browser.current.id == following


def only_undecided(window: Window) -> None:
    bar = desk(window).filter_bar
    for flag, button in bar.flags.items():
        button.setChecked(flag is Flag.NONE)
    QApplication.processEvents()


def test_what_verdicts_move_is_counted_when_the_keys_rest(qtbot: QtBot, window: Window) -> None:
    only_undecided(window)
    looked: list[int] = []
    bar = desk(window).filter_bar
    bar.set_moved = looked.append  # type: ignore[method-assign]
    for _ in range(3):
        press(window, Key.Key_P)
        press(window, Key.Key_Right)
    assert looked == [], "a look takes longer than a key may at 100,000 photos"
    qtbot.waitUntil(lambda: bool(looked), timeout=10_000)
    assert looked[-1] > 0


def test_in_a_survey_of_one_photo_tab_stays_with_it(window: Window) -> None:
    press(window, Key.Key_End)
    press(window, Key.Key_N)
    assert len(window.browser.survey.ids) == 1
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    assert window.browser.in_loupe


def test_when_the_current_photo_leaves_one_goes_on_behind_it(window: Window) -> None:
    """Three picked from the top, resting on the third: all three leave."""
    only_undecided(window)
    for row in range(3):
        window.browser.go_to(row)
        press(window, Key.Key_P)
    behind = photo(window, 3).id
    press(window, Key.Key_R, Mod.ControlModifier)
    assert window.browser.current is not None
    assert window.browser.current.id == behind
    assert window.browser.row == 0


@pytest.mark.parametrize("view", [Key.Key_G, Key.Key_E])
def test_tab_goes_to_the_next_undecided_and_round(window: Window, view: Key) -> None:
    for row in (1, 2, 9):
        window.browser.go_to(row)
        press(window, Key.Key_X)
    window.browser.go_to(0)
    press(window, view)
    press(window, Key.Key_Tab)
    assert window.browser.row == 3
    press(window, Key.Key_Tab, Mod.ShiftModifier)
    assert window.browser.row == 0
    press(window, Key.Key_Tab, Mod.ShiftModifier)
    assert window.browser.row == 8, "over the end, past the rejected last one"


def test_tab_finds_what_is_far_away(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(culling, "_NEAR", 2)
    for row in range(7):
        window.browser.go_to(row)
        press(window, Key.Key_X)
    window.browser.go_to(0)
    press(window, Key.Key_Tab)
    assert window.browser.row == 7


def test_tab_says_when_nothing_is_left(window: Window) -> None:
    press(window, Key.Key_A, Mod.ControlModifier)
    press(window, Key.Key_X)
    press(window, Key.Key_Tab)
    assert "has a flag" in desk(window).status.words.text()


def test_tab_in_a_field_still_goes_to_the_next_field(window: Window) -> None:
    press(window, Key.Key_F, Mod.ControlModifier)
    field = QApplication.focusWidget()
    press(window, Key.Key_Tab)
    assert QApplication.focusWidget() is not field
    assert window.browser.row == 0


def test_stars_up_and_down_on_each_photo_by_itself_as_one_act(window: Window) -> None:
    press(window, Key.Key_5)
    press(window, Key.Key_Right)
    press(window, Key.Key_2)
    press(window, Key.Key_Left, Mod.ShiftModifier)
    press(window, Key.Key_BracketRight)
    assert [photo(window, row).verdict.stars for row in (0, 1, 2)] == [5, 3, 0]
    press(window, Key.Key_BracketLeft)
    assert [photo(window, row).verdict.stars for row in (0, 1, 2)] == [4, 2, 0]
    press(window, Key.Key_Z, Mod.ControlModifier)
    assert [photo(window, row).verdict.stars for row in (0, 1, 2)] == [5, 3, 0]


def test_inverting_the_selection(window: Window) -> None:
    press(window, Key.Key_Right, Mod.ShiftModifier)
    press(window, Key.Key_I, Mod.ControlModifier)
    assert window.browser.targets() == [photo(window, row).id for row in range(2, PHOTOS)]


def test_blind_hides_every_score_and_verdicts_say_so(window: Window, store: Store) -> None:
    press(window, Key.Key_B, Mod.ControlModifier)
    info, delegate = desk(window).info, window.browser.grid.delegate
    first = photo(window, 0)
    assert first.scores is not None
    assert delegate.score(first) is None
    assert not info.scores.isVisible()
    assert not info.attributes.isVisible()
    assert "Quality" not in info.text
    index = window.browser.photos.index(0)
    assert "quality" not in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert desk(window).status.modes.text() == "Blind"
    press(window, Key.Key_E)
    assert not window.browser.loupe.caption.quality.isVisible()
    assert window.browser.loupe.caption.sentence.text() == ""
    press(window, Key.Key_P)
    assert store.verdicts.history(first.id)[0].provenance is Provenance.BLIND
    press(window, Key.Key_B, Mod.ControlModifier)
    assert window.browser.loupe.caption.quality.isVisible()
    assert info.scores.isVisible()
    press(window, Key.Key_X)
    assert store.verdicts.history(first.id)[0].provenance is Provenance.SCORE_VISIBLE


def test_an_order_by_score_is_not_blind(window: Window, store: Store) -> None:
    press(window, Key.Key_B, Mod.ControlModifier)
    order_by(window, Sort.QUALITY)
    assert "tells scores" in desk(window).status.modes.text()
    window.browser.grid.setFocus()
    press(window, Key.Key_P)
    picked = window.browser.current
    assert picked is not None
    assert store.verdicts.history(picked.id)[0].provenance is Provenance.SCORE_VISIBLE


def test_the_loupe_shows_the_verdict(window: Window) -> None:
    press(window, Key.Key_E)
    assert not window.browser.loupe.caption.verdict.isVisible()
    press(window, Key.Key_P)
    assert window.browser.loupe.caption.verdict.isVisible()
    assert window.browser.loupe.caption.verdict.accessibleName() == "picked"
