"""The burst view: frames, the deciding crops, what is proposed, and what is kept in one gesture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from drawing import pixels
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shelf import MODEL, scored, take_up

from uniqa_desktop import settings
from uniqa_desktop.best.evidence import Box
from uniqa_desktop.best.reasons import Reason
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.burst_desk import Pace
from uniqa_desktop.gui.burst_reasons import Proposed, told
from uniqa_desktop.gui.burst_view import ACTIVE, RIVAL, BurstView
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.worker import Worker
from uniqa_desktop.photo import Flag, Meta, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BURST, TIED, BRACKET = (1, 2, 3, 4), (5, 6, 7), (8, 9)
WIDTH, HEIGHT = 640, 480


def proposal(best: int | None, *order: int, tied: tuple[int, ...] = ()) -> Proposed:
    regions = {id: Box(100 + 10 * id, 100, 200, 150) for id in order}
    reasons = (Reason("Sharper by {percent} % on the subject than {other}.",
                      {"percent": "18", "other": "#3"}, "focus"),)  # fmt: skip
    return Proposed(order, best, tied or order[:1], 0.97, 2.14, reasons, regions)


PROPOSALS = {
    BURST: proposal(2, 2, 1, 4, 3),
    TIED: proposal(None, 6, 5, 7, tied=(5, 6)),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Nine photos: two bursts, of which one cannot be told, and a bracket."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(1, 10):
        picture = pixels(WIDTH, HEIGHT, n)
        cv2.imwrite(str(folder / f"IMG_{n}.jpg"), picture)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        ids = opened.photos.ids(Query(MODEL))
        meta = Meta(width=WIDTH, height=HEIGHT)
        opened.scores.write([scored(n, float(n), meta=meta) for n in ids])
        kinds = ((BURST, Kind.BURST), (TIED, Kind.BURST), (BRACKET, Kind.BRACKET))
        opened.groups.write(ids, [Group(kind, each, each[0], 0.9) for each, kind in kinds])
        yield opened


@pytest.fixture
def window(
    qtbot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    monkeypatch.setattr(Worker, "submit", lambda *_: None)
    settings.save(settings.Settings(model=MODEL, sidecars="off"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    window = Window(store)
    window.resize(1200, 800)
    window.open(tmp_path / "photos")
    window.show()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    monkeypatch.setattr(
        desk(window).bursts.bursts, "proposed", lambda group: PROPOSALS.get(group.members)
    )
    window.browser.show_grid()
    press(window, Key.Key_B)
    yield window
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def view(window: Window) -> BurstView:
    assert isinstance(window.browser.board, BurstView)
    return window.browser.board


def press(window: Window, key: Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, held)
    QApplication.processEvents()


def shown(window: Window) -> list[int]:
    return [pane.photo.id for pane in view(window).panes if pane.photo is not None]


def members(window: Window) -> tuple[int, ...]:
    group = view(window).group
    return () if group is None else group.members


def said(window: Window) -> str:
    return desk(window).status.words.text()


def flags(store: Store, ids: tuple[int, ...]) -> str:
    """`p` picked, `x` rejected, `-` no flag."""
    signs = {Flag.PICK: "p", Flag.REJECT: "x", Flag.NONE: "-"}
    return "".join(signs[photo.verdict.flag] for photo in store.photos.get(ids))


def provenance(store: Store) -> Provenance:
    return store.verdicts.acts(1)[0].provenance


def test_the_proposed_frame_stands_beside_the_active_one_with_its_reasons(window: Window) -> None:
    assert shown(window) == [2, 1]
    reasons = view(window).reasons
    assert reasons.headline.text() == "Proposed: #2"
    assert "97 % sure" in reasons.figures.text()
    assert "2.1" in reasons.figures.text()
    assert reasons.why.text() == "Sharper by 18 % on the subject than #3."
    assert view(window).panes[RIVAL].role.text() == "#2 · proposed"
    press(window, Key.Key_Right)
    assert shown(window) == [1, 2], "beside the proposed one its strongest rival"
    press(window, Key.Key_End)
    assert shown(window) == [2, 4]
    assert window.browser.current is not None
    assert window.browser.current.id == 4


def test_both_show_the_same_place_of_the_scene_at_full_size(window: Window) -> None:
    """The regions are ten pixels apart from frame to frame."""
    left, right = (pane.view.framing for pane in view(window).panes)
    assert left.scale == right.scale == 1.0
    assert (left.x - right.x) * WIDTH == pytest.approx(10)
    press(window, Key.Key_End)
    left, right = (pane.view.framing for pane in view(window).panes)
    assert (right.x - left.x) * WIDTH == pytest.approx(20)
    press(window, Key.Key_Z)
    assert all(pane.view.fitted for pane in view(window).panes)
    press(window, Key.Key_Z)
    left, right = (pane.view.framing for pane in view(window).panes)
    assert (right.x - left.x) * WIDTH == pytest.approx(20)


def test_the_proposal_is_accepted_by_one_key_and_undone_by_one(
    window: Window, store: Store
) -> None:
    press(window, Key.Key_Y)
    assert flags(store, BURST) == "xpxx"
    assert provenance(store) is Provenance.SUGGESTION
    assert "1 kept, 3 rejected" in said(window)
    press(window, Key.Key_Z, CONTROL)
    assert flags(store, BURST) == "----"
    press(window, Key.Key_Y, SHIFT)
    assert flags(store, BURST) == "ppxx"


def test_this_one_or_those_that_are_marked_are_kept(window: Window, store: Store) -> None:
    press(window, Key.Key_End)
    press(window, Key.Key_T)
    assert flags(store, BURST) == "xxxp"
    assert provenance(store) is Provenance.SCORE_VISIBLE
    press(window, Key.Key_Insert)
    press(window, Key.Key_Home)
    press(window, Key.Key_Insert)
    press(window, Key.Key_T)
    assert flags(store, BURST) == "pxxp"
    press(window, Key.Key_Insert)
    press(window, Key.Key_End)
    press(window, Key.Key_Insert)
    press(window, Key.Key_Home)
    press(window, Key.Key_Right)
    press(window, Key.Key_T)
    assert provenance(store) is Provenance.SUGGESTION, "just the proposed one, seen as such"


def test_what_cannot_be_told_is_left_to_the_user(window: Window, store: Store) -> None:
    press(window, Key.Key_Period)
    assert members(window) == TIED
    assert "Can't tell" in view(window).reasons.headline.text()
    assert not view(window).reasons.accept.isEnabled()
    press(window, Key.Key_Y)
    assert flags(store, TIED) == "---"
    assert "Can't tell" in said(window)
    press(window, Key.Key_Y, SHIFT)
    assert flags(store, TIED) == "ppx", "the two that are tied are the best two"


def test_a_bracket_is_kept_whole(window: Window, store: Store) -> None:
    press(window, Key.Key_Period)
    press(window, Key.Key_Period)
    assert "One work" in view(window).reasons.headline.text()
    for key in (Key.Key_T, Key.Key_Y):
        press(window, key)
        assert "kept whole" in said(window)
    assert flags(store, BRACKET) == "--"
    press(window, Key.Key_Period)
    assert "no further group" in said(window)
    press(window, Key.Key_Comma)
    assert members(window) == TIED


def test_with_auto_advance_the_next_open_burst_follows(window: Window, store: Store) -> None:
    press(window, Key.Key_A, CONTROL | SHIFT)
    press(window, Key.Key_Y)
    assert members(window) == TIED
    assert view(window).progress.text() == "1 of 2 bursts decided"
    press(window, Key.Key_T)
    assert view(window).progress.text() == "2 of 2 bursts decided"
    assert "Every burst from here on is decided." in said(window)


def test_nothing_is_told_while_judging_blind(window: Window, store: Store) -> None:
    press(window, Key.Key_B, CONTROL)
    reasons = view(window).reasons
    assert "blind" in reasons.headline.text()
    assert not reasons.why.text()
    assert view(window).strip.best is None
    press(window, Key.Key_Y)
    assert flags(store, BURST) == "----"
    press(window, Key.Key_T)
    assert flags(store, BURST) == "pxxx"
    assert provenance(store) is Provenance.BLIND


def test_verdict_keys_act_on_the_active_frame(window: Window, store: Store) -> None:
    press(window, Key.Key_Right)
    press(window, Key.Key_P)
    assert flags(store, BURST) == "-p--"
    QTest.mouseClick(view(window).panes[RIVAL].view, Qt.MouseButton.LeftButton)
    assert window.browser.current is not None
    assert window.browser.current.id == 1, "a click on the other picture makes it the active one"
    press(window, Key.Key_X)
    assert flags(store, BURST) == "xp--"
    assert view(window).panes[ACTIVE].active


def test_a_frame_of_a_closed_stack_is_what_the_panel_tells_of(window: Window) -> None:
    press(window, Key.Key_G)
    press(window, Key.Key_S)
    press(window, Key.Key_B)
    press(window, Key.Key_End)
    told_of: list[int] = []
    window.browser.current_changed.connect(lambda photo: told_of.append(photo.id))
    press(window, Key.Key_Left)
    assert told_of[-1] == 3
    assert window.browser.photos.row_of(3) is None


def test_keeping_works_in_the_grid_as_well(window: Window, store: Store) -> None:
    press(window, Key.Key_G)
    press(window, Key.Key_S)
    press(window, Key.Key_Y)
    assert flags(store, BURST) == "xpxx"
    press(window, Key.Key_Period)
    assert window.browser.grid.current_id() == 5


def test_the_pace_is_the_users_own() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    for seconds in (10, 30, 20, 500):
        assert pace.remaining(6) is None or seconds == 500
        now[0] += seconds
        pace.decided()
    assert pace.remaining(6) == 120, "who was away for minutes did not look at a burst"


def test_reasons_are_told_with_the_sentence_inside() -> None:
    inner = Reason("{other} is {stops} stops darker.", {"other": "#1", "stops": "0.8"})
    outer = Reason("But {other} is better in this: {what}", {"other": "#2", "what": inner})
    assert told(outer) == "But #2 is better in this: #1 is 0.8 stops darker."
    assert str(outer) == told(outer)
