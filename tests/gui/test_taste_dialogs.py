"""The dialogs of taste: rating game, blind audit, tastes; by real keys, with the real worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from drawing import draw_folder
from gui.test_window import close, desk, make_window, open_and_wait
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QPushButton

from uniqa_desktop import settings
from uniqa_desktop.gui import taste_work
from uniqa_desktop.gui.audit_dialog import AuditDialog
from uniqa_desktop.gui.rating_game import RatingGame
from uniqa_desktop.gui.tastes_dialog import TastesDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.store import Store

PHOTOS = 7
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PATIENCE = 60_000
Dialog = TypeVar("Dialog", bound=QDialog)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def window(
    qtbot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    monkeypatch.setattr(taste_work, "REST_MS", 50)
    settings.save(replace(settings.load(), model="attributes-1"))
    draw_folder(tmp_path / "photos", PHOTOS)
    shown = make_window(qtbot, store)
    open_and_wait(qtbot, shown, tmp_path / "photos")
    yield shown
    close(shown)


def in_front(qtbot, window: Window, kind: type[Dialog]) -> Dialog:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)))
    return next(each for each in window.findChildren(kind) if each.isVisible())


def settle(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not desk(window).work.worker.busy, timeout=PATIENCE)
    QApplication.processEvents()


def game_of(qtbot, window: Window, modifiers: Qt.KeyboardModifier = CTRL) -> RatingGame:
    QTest.keyClick(window.browser.grid, Key.Key_J, modifiers)
    game = in_front(qtbot, window, RatingGame)
    qtbot.waitUntil(lambda: bool(game.stage.photos), timeout=PATIENCE)
    return game


def test_the_game_takes_digits_as_blind_stars_and_takes_them_back(
    qtbot, window: Window, store: Store
) -> None:
    game = game_of(qtbot, window)
    assert desk(window).info.judged.isHidden(), "no score can be seen beside the dialog either"
    first = game.stage.photos[0]
    QTest.keyClicks(game, "4")
    second = game.stage.photos[0]
    assert second.id != first.id
    given = {one.photo: one for one in store.opinions.given()}
    assert given[first.id].stars == 4
    assert given[first.id].stars_given is Provenance.BLIND
    QTest.keyClick(game, Key.Key_Backspace)
    assert store.opinions.given() == []
    assert game.stage.photos[0].id == first.id
    QTest.keyClicks(game, "2")
    QTest.keyClick(game, Key.Key_Space)
    assert game.stage.photos[0].id not in (first.id, second.id), "skipped"
    assert [one.photo for one in store.opinions.given()] == [first.id]
    QTest.keyClick(game, Key.Key_Escape)
    qtbot.waitUntil(lambda: not game.isVisible())
    assert not desk(window).info.judged.isHidden()
    settle(qtbot, window)


def test_the_game_shows_no_score_and_ends_when_nothing_is_left(
    qtbot, window: Window, store: Store
) -> None:
    game = game_of(qtbot, window)
    for number in range(PHOTOS):
        qtbot.waitUntil(lambda: bool(game.stage.photos), timeout=PATIENCE)
        QTest.keyClicks(game, str(1 + number % 5))
    qtbot.waitUntil(lambda: "nothing is left" in game.said.text(), timeout=PATIENCE)
    assert game.progress.text().startswith(f"{PHOTOS} rated")
    assert not any(button.isEnabled() for button in game.answers)
    qtbot.waitUntil(
        lambda: (
            (found := store.tastes.current(store.tastes.profile(), "attributes-1")) is not None
            and found.card["n"] == PHOTOS
        ),
        timeout=PATIENCE,
    )
    qtbot.waitUntil(lambda: bool(game.verdict.text()), timeout=PATIENCE)
    game.reject()
    settle(qtbot, window)


def test_pairs_are_chosen_with_arrows_and_taken_back(qtbot, window: Window, store: Store) -> None:
    game = game_of(qtbot, window, CTRL | SHIFT)
    left, right = game.stage.photos
    QTest.keyClick(game, Key.Key_Right)
    assert [(one.better, one.worse) for one in store.opinions.choices()] == [(right.id, left.id)]
    assert store.opinions.choices()[0].given is Provenance.BLIND
    QTest.keyClick(game, Key.Key_Backspace)
    assert store.opinions.choices() == []
    assert game.stage.photos == (left, right)
    QTest.keyClick(game, Key.Key_Left)
    game.reject()
    settle(qtbot, window)
    assert [(one.better, one.worse) for one in store.opinions.choices()] == [(left.id, right.id)]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.browser.grid, Key.Key_Z, CTRL)
    assert store.opinions.choices() == [], "an answer of the game is an act like any other"
    settle(qtbot, window)


def test_an_audit_is_judged_blind_and_reported(qtbot, window: Window, store: Store) -> None:
    desk(window).actions_by_id["taste_audit"].trigger()
    audit = in_front(qtbot, window, AuditDialog)
    qtbot.waitUntil(lambda: bool(audit.stage.photos), timeout=PATIENCE)
    first = audit.stage.photos[0]
    QTest.keyClick(audit, Key.Key_X)
    QTest.keyClick(audit, Key.Key_Backspace)
    assert audit.stage.photos == (first,)
    for number in range(PHOTOS):
        QTest.keyClick(audit, Key.Key_P if number % 2 else Key.Key_X)
    qtbot.waitUntil(lambda: audit.pages.currentWidget() is audit.report_page, timeout=PATIENCE)
    page = audit.report_page
    assert page.title.text() == "7 of 7 photos judged blind: 3 keepers, 4 rejects"
    assert page.cells[1, 1].text() == "no score", "nothing was learned yet"
    assert " of 3 (" in page.cells[1, 2].text()
    assert {one.flag for one in store.opinions.given()} == {Flag.PICK, Flag.REJECT}
    assert store.opinions.audits(store.tastes.profile().id)[0].report is not None
    audit.reject()
    settle(qtbot, window)


def open_audit(qtbot, window: Window) -> AuditDialog:
    desk(window).actions_by_id["taste_audit"].trigger()
    audit = in_front(qtbot, window, AuditDialog)
    qtbot.waitUntil(lambda: bool(audit.stage.photos), timeout=PATIENCE)
    return audit


def test_an_audit_that_was_closed_goes_on_where_it_was(qtbot, window: Window, store: Store) -> None:
    audit = open_audit(qtbot, window)
    assert not audit.anew.isVisible()
    QTest.keyClick(audit, Key.Key_X)
    QTest.keyClick(audit, Key.Key_P)
    third = audit.stage.photos
    audit.reject()
    settle(qtbot, window)
    again = open_audit(qtbot, window)
    assert again.stage.photos == third
    assert again.progress.text() == "2 of 7"
    assert "goes on" in again.said.text()
    assert again.finish.isEnabled(), "what was judged before can be reported on"
    assert not again.back.isEnabled()
    again.reject()
    settle(qtbot, window)

    anew = open_audit(qtbot, window)
    anew.anew.click()
    assert anew.stage.photos == (), "nothing is judged while photos are drawn"
    qtbot.waitUntil(lambda: bool(anew.stage.photos), timeout=PATIENCE)
    assert anew.progress.text() == "0 of 5"
    assert not anew.anew.isVisible()
    for _ in range(5):
        QTest.keyClick(anew, Key.Key_X)
    qtbot.waitUntil(lambda: anew.pages.currentWidget() is anew.report_page, timeout=PATIENCE)
    assert anew.report_page.title.text().startswith("5 of 5 photos judged blind")
    assert len(store.opinions.given()) == 7, "verdicts of both audits are kept"
    anew.reject()
    settle(qtbot, window)


def test_tastes_are_made_used_renamed_and_turned_back(
    qtbot, window: Window, store: Store, tmp_path: Path
) -> None:
    game = game_of(qtbot, window)
    QTest.keyClicks(game, "15")
    game.reject()
    qtbot.waitUntil(lambda: store.tastes.has_scores("attributes-1"), timeout=PATIENCE)
    settle(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.browser.grid, Key.Key_T, CTRL | SHIFT)
    dialog = in_front(qtbot, window, TastesDialog)
    assert dialog.chosen.name == "My taste"
    assert dialog.versions.count() == 1

    def name_it(button: QPushButton, name: str) -> None:
        button.click()
        asked = dialog.findChildren(QInputDialog)[-1]
        asked.setTextValue(name)
        asked.accept()
        QApplication.processEvents()

    name_it(dialog.copy, "Family")
    assert dialog.chosen.name == "Family"
    assert dialog.versions.count() == 1, "with what was learned"
    name_it(dialog.rename, "The family")
    name_it(dialog.new, "the FAMILY")
    assert "already" in dialog.said.text(), "names are taken once"
    dialog.use.click()
    assert store.tastes.profile().name == "The family"
    folder = desk(window).shoot.folder
    assert folder is not None
    assert dialog.counts.isChecked()
    dialog.counts.click()
    assert store.tastes.profile().off == (folder,)
    dialog.counts.click()
    assert store.tastes.profile().off == ()
    dialog.reject()
    settle(qtbot, window)


def test_a_taste_goes_back_to_an_earlier_version_and_to_a_file(
    qtbot, window: Window, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = game_of(qtbot, window)
    for answers, versions in (("15", 1), ("35", 2)):
        QTest.keyClicks(game, answers)
        qtbot.waitUntil(
            lambda versions=versions: (
                len(store.tastes.versions(store.tastes.profile())) == versions
            ),
            timeout=PATIENCE,
        )
        settle(qtbot, window)
        desk(window).taste.learning.forget_run()
    game.reject()
    profile = store.tastes.profile()
    newest, first = (one.number for one in store.tastes.versions(profile))
    desk(window).actions_by_id["tastes"].trigger()
    dialog = in_front(qtbot, window, TastesDialog)
    dialog.versions.setCurrentRow(0)
    assert not dialog.back.isEnabled(), "it counts already"
    dialog.versions.setCurrentRow(1)
    dialog.back.click()
    qtbot.waitUntil(lambda: "counts again" in dialog.said.text(), timeout=PATIENCE)
    qtbot.wait(200)
    settle(qtbot, window)
    found = store.tastes.current(profile, "attributes-1")
    assert found is not None
    assert (found.number, newest > first) == (first, True), "and it is not learned anew at once"

    file = tmp_path / "mine.safetensors"
    monkeypatch.setattr(
        "uniqa_desktop.gui.tastes_dialog.QFileDialog.getSaveFileName", lambda *_: (str(file), "")
    )
    monkeypatch.setattr(
        "uniqa_desktop.gui.tastes_dialog.QFileDialog.getOpenFileName", lambda *_: (str(file), "")
    )
    dialog.export.click()
    qtbot.waitUntil(lambda: "Written" in dialog.said.text(), timeout=PATIENCE)
    assert file.is_file()
    dialog.import_.click()
    qtbot.waitUntil(lambda: "already" in dialog.said.text(), timeout=PATIENCE)
    monkeypatch.setattr(
        "uniqa_desktop.gui.tastes_dialog.QFileDialog.getSaveFileName",
        lambda *_: (str(file.with_suffix(".jpg")), ""),
    )
    dialog.export.click()
    qtbot.waitUntil(lambda: "ends in .safetensors" in dialog.said.text(), timeout=PATIENCE)
    assert not file.with_suffix(".jpg").exists()
    store.tastes.rename("My taste", "Mine")
    dialog.import_.click()
    qtbot.waitUntil(lambda: len(store.tastes.profiles()) == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: dialog.chosen.name == "My taste", timeout=PATIENCE)
    file.write_bytes(b"no taste")
    dialog.import_.click()
    qtbot.waitUntil(lambda: "cannot be read" in dialog.said.text(), timeout=PATIENCE)
    dialog.reject()
    settle(qtbot, window)
