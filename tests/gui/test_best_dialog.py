"""The best N in the real window: chosen live, explained, shown, picked, exported, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shelf import MODEL, scored, take_up

from uniqa_desktop import settings
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.gui import left_out, theme
from uniqa_desktop.gui.best_dialog import BestDialog, Chosen
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.export_dialog import ExportDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.jobs.select import SelectReport
from uniqa_desktop.photo import Flag, Meta, Place, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.select import Why
from uniqa_desktop.store import Store

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
PHOTOS = 60
BURST = slice(56, 59)
"""The best photos but one are frames of one burst; the last photo has no score."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(PHOTOS):
        (folder / f"IMG_{n:03d}.jpg").write_bytes(b"%d" % n)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        ids = opened.photos.ids(Query(MODEL))
        metas = [
            Meta(taken=datetime(2026, 6, 14 + n // 15, 9, n), place=Place(47.0 + n // 15, 8.0))
            for n in range(PHOTOS)
        ]
        opened.scores.write([scored(id, float(n), meta=metas[n]) for n, id in enumerate(ids[:-1])])
        burst = tuple(ids[BURST])
        opened.groups.write(burst, [Group(Kind.BURST, burst, burst[0], 1.0)])
        yield opened


@pytest.fixture
def window(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Window]:
    settings.save(replace(settings.load(), model=MODEL, sidecars="off"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    window = Window(store)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.shoot.open(tmp_path / "photos", MODEL)
    window.browser.show_grid()
    yield window
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def opened(qtbot: QtBot, window: Window) -> BestDialog:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.browser.take_focus()
    QTest.keyClick(window, Key.Key_N, CONTROL | SHIFT)
    (dialog,) = window.findChildren(BestDialog)
    ready(qtbot, dialog)
    return dialog


def ready(qtbot: QtBot, dialog: BestDialog) -> None:
    qtbot.waitUntil(lambda: dialog.pick_button.isEnabled(), timeout=10_000)


def names(store: Store, ids: list[int]) -> list[str]:
    return [photo.path.stem for photo in store.photos.get(ids)]


def picks(store: Store) -> int:
    return store.photos.count(Query(MODEL, flags=frozenset({Flag.PICK})))


def test_the_best_are_chosen_anew_as_the_wish_changes(
    qtbot: QtBot, window: Window, store: Store
) -> None:
    dialog = opened(qtbot, window)
    assert dialog.title.text() == "30 photos of 60"
    assert dialog.covered.text().startswith("Days: 4 of 4 · Places: 4 of 4")
    assert "1 photo has no quality score" in dialog.notes.text()
    dialog.varied.setValue(0)
    dialog.keep.setFocus()
    dialog.keep.selectAll()
    QTest.keyClicks(dialog.keep, "3")
    assert not dialog.pick_button.isEnabled(), "what is chosen is not what is wished any more"
    ready(qtbot, dialog)
    assert names(store, list(dialog.strip.ids)) == ["IMG_058", "IMG_055", "IMG_054"]
    assert dialog.covered.text().startswith("Days: 1 of 4 · Places: 1 of 4")
    assert "14 Jun 2026: 0 of 15" in dialog.days.accessibleDescription()
    dialog.fold.setFocus()
    QTest.keyClick(dialog.fold, Key.Key_Space)
    ready(qtbot, dialog)
    assert names(store, list(dialog.strip.ids)) == ["IMG_058", "IMG_057", "IMG_056"]
    dialog.varied.setFocus()
    QTest.keyClick(dialog.varied, Key.Key_End)
    ready(qtbot, dialog)
    assert dialog.covered.text().startswith("Days: 3 of 4 · Places: 3 of 4")


def test_every_photo_that_is_left_out_says_why_and_can_be_searched(
    qtbot: QtBot, window: Window
) -> None:
    dialog = opened(qtbot, window)
    assert len(dialog.table.lines) == 30
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "same BURST")
    qtbot.waitUntil(lambda: len(dialog.table.lines) == 2)
    assert dialog.table.lines[0].cells == ("IMG_056.jpg", "same burst as IMG_058.jpg")
    assert dialog.left_title.text() == "2 of 30 that were left out"
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "059")
    qtbot.waitUntil(lambda: len(dialog.table.lines) == 1)
    assert dialog.table.lines[0].cells[1] == "it has no quality score yet"


def test_the_window_has_the_words_for_every_reason() -> None:
    assert {why.name: why.value for why in Why} == left_out.WHY


def test_shown_in_the_grid_they_are_a_filter_that_says_so_and_that_escape_takes_off(
    qtbot: QtBot, window: Window
) -> None:
    dialog = opened(qtbot, window)
    kept = set(dialog.strip.ids)
    QTest.mouseClick(dialog.show_button, LEFT)
    bar = desk(window).best.bar
    assert bar.text == "Only the best 30 photos are shown, by quality."
    assert set(window.browser.photos.ids) == kept
    assert desk(window).filter_bar.hidden.text() == "30 hidden"
    desk(window).filter_bar.sort.setCurrentIndex(
        desk(window).filter_bar.sort.findData(Sort.QUALITY.value)
    )
    assert set(window.browser.photos.ids) == kept
    assert list(window.browser.photos.ids) == sorted(kept, reverse=True)
    QTest.keyClick(window.browser.grid, Key.Key_Escape)
    assert window.browser.photos.rowCount() == PHOTOS
    assert bar.isHidden()


def test_all_photos_takes_it_off_and_change_goes_back_to_the_same_wish(
    qtbot: QtBot, window: Window
) -> None:
    dialog = opened(qtbot, window)
    dialog.keep.setValue(7)
    ready(qtbot, dialog)
    QTest.mouseClick(dialog.show_button, LEFT)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.mouseClick(desk(window).best.bar.buttons["change"], LEFT)
    (again,) = window.findChildren(BestDialog)
    assert again.keep.value() == 7
    ready(qtbot, again)
    QTest.mouseClick(again.show_button, LEFT)
    assert window.browser.photos.rowCount() == 7
    desk(window).actions_by_id["all_photos"].trigger()
    assert window.browser.photos.rowCount() == PHOTOS
    assert desk(window).best.bar.isHidden()


def test_picking_is_one_act_told_as_a_suggestion_and_undone_in_the_dialog(
    qtbot: QtBot, window: Window, store: Store
) -> None:
    dialog = opened(qtbot, window)
    assert picks(store) == 0, "nothing is flagged without being asked for"
    kept = list(dialog.strip.ids)
    QTest.mouseClick(dialog.pick_button, LEFT)
    assert picks(store) == 30
    (act,) = store.verdicts.acts()
    assert act.provenance is Provenance.SUGGESTION
    assert dialog.said.text() == "30 photos are picks now."
    QTest.mouseClick(dialog.undo_button, LEFT)
    assert picks(store) == 0
    QTest.mouseClick(dialog.pick_button, LEFT)
    QTest.mouseClick(dialog.pick_button, LEFT)
    assert dialog.said.text() == "All of them are picks already."
    assert dialog.undo_button.isHidden()
    desk(window).verdicts.undo()
    QTest.mouseClick(dialog.pick_button, LEFT)
    assert not dialog.undo_button.isHidden()
    desk(window).verdicts.give([kept[0]], stars=3)
    assert dialog.undo_button.isHidden(), "it would take back another act"


def test_an_answer_to_an_earlier_wish_is_not_taken_for_one_to_the_last(
    qtbot: QtBot, window: Window
) -> None:
    dialog = opened(qtbot, window)
    earlier = dialog.wish()
    dialog.keep.setValue(5)
    report = SelectReport((1, 2), (), moments=2, unscored=0, ungrouped=False)
    dialog.show_chosen(earlier, Chosen(report, ()))
    assert not dialog.pick_button.isEnabled()
    ready(qtbot, dialog)
    assert len(dialog.strip.ids) == 5


def test_export_begins_with_what_was_chosen(qtbot: QtBot, window: Window) -> None:
    dialog = opened(qtbot, window)
    QTest.mouseClick(dialog.export_button, LEFT)
    (export,) = window.findChildren(ExportDialog)
    assert export.wish().photos == tuple(dialog.strip.ids)
    assert export.what.currentText() == "Selection (30 photos)"


def test_another_folder_closes_the_dialog_and_takes_the_filter_off(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    QTest.mouseClick(opened(qtbot, window).show_button, LEFT)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    opened(qtbot, window)
    (tmp_path / "other").mkdir()
    window.shoot.open(tmp_path / "other", MODEL)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(BestDialog) == []
    assert desk(window).best.bar.isHidden()
    window.shoot.open(tmp_path / "photos", MODEL)
    assert window.browser.photos.rowCount() == PHOTOS


def test_a_model_that_cannot_be_loaded_is_said(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    window.shoot.open(tmp_path / "photos", "no-such-model")
    window.browser.take_focus()
    QTest.keyClick(window, Key.Key_N, CONTROL | SHIFT)
    (dialog,) = window.findChildren(BestDialog)
    qtbot.waitUntil(lambda: "no model 'no-such-model'" in dialog.said.text())
    assert not dialog.pick_button.isEnabled()


def test_the_blind_mode_chooses_nothing_by_scores(qtbot: QtBot, window: Window) -> None:
    said: list[str] = []
    desk(window).best.said.connect(said.append)
    desk(window).actions_by_id["blind"].trigger()
    desk(window).actions_by_id["best_n"].trigger()
    assert window.findChildren(BestDialog) == []
    assert said == ["In the blind mode no photos are chosen by their scores."]


def test_every_control_has_a_name_and_is_reached_by_keyboard(qtbot: QtBot, window: Window) -> None:
    dialog = opened(qtbot, window)
    fields = (
        dialog.keep, dialog.by, dialog.varied, dialog.strip, dialog.search, dialog.table,
    )  # fmt: skip
    assert all(field.accessibleName() for field in fields)
    reached = set()
    dialog.activateWindow()
    dialog.keep.setFocus()
    for _ in range(20):
        widget = dialog.focusWidget()
        reached.add(widget)
        QTest.keyClick(widget, Key.Key_Tab)
    buttons = (
        dialog.close_button, dialog.export_button, dialog.show_button, dialog.pick_button,
    )  # fmt: skip
    assert {*fields, dialog.fold, *buttons} <= reached
