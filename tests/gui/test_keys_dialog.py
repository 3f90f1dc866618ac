"""Changing keys, in the dialog and in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from uniqa_desktop import settings
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.actions import COMMANDS
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.keymap import Keymap
from uniqa_desktop.gui.keys_dialog import KeysDialog
from uniqa_desktop.gui.keys_sheet import KeysSheet
from uniqa_desktop.gui.window import Window
from uniqa_desktop.store import Store

Key = Qt.Key
ROWS = {command.id: row for row, command in enumerate(COMMANDS)}
BY_ID = {command.id: command for command in COMMANDS}


@pytest.fixture
def dialog(qtbot: QtBot) -> KeysDialog:
    made = KeysDialog(Keymap.of())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def choose(dialog: KeysDialog, id: str) -> None:
    dialog.table.selectRow(ROWS[id])
    dialog.field.setFocus()


def shown(dialog: KeysDialog, id: str) -> str:
    item = dialog.table.item(ROWS[id], 2)
    assert item is not None
    return item.text()


def test_a_free_key_is_recorded_and_used(dialog: KeysDialog) -> None:
    changes: list[Keymap] = []
    dialog.changed.connect(changes.append)
    choose(dialog, "flag_pick")
    QTest.keyClick(dialog.field, Key.Key_V)
    assert dialog.field.text() == "V"
    assert "free" in dialog.note.text()
    dialog.replace.click()
    assert shown(dialog, "flag_pick") == "V"
    assert [keymap.keys(BY_ID["flag_pick"]) for keymap in changes] == [("V",)]


def test_a_taken_key_names_the_other_command_and_is_taken_over(dialog: KeysDialog) -> None:
    choose(dialog, "flag_pick")
    QTest.keyClick(dialog.field, Key.Key_G)
    assert "“Grid”" in dialog.note.text()
    assert shown(dialog, "show_grid") == "G", "nothing is taken before it is agreed to"
    dialog.add.click()
    assert shown(dialog, "flag_pick").split() == ["P", "G"]
    assert shown(dialog, "show_grid") == ""


def test_a_key_of_the_views_is_refused(dialog: KeysDialog) -> None:
    choose(dialog, "flag_pick")
    QTest.keyClick(dialog.field, Key.Key_Left)
    assert not dialog.replace.isEnabled()
    assert not dialog.add.isEnabled()
    assert "choose another" in dialog.note.text()


def test_tab_leaves_the_field_unless_the_command_may_have_it(dialog: KeysDialog) -> None:
    choose(dialog, "flag_pick")
    QTest.keyClick(dialog.field, Key.Key_Tab)
    assert QApplication.focusWidget() is not dialog.field
    choose(dialog, "previous_undecided")
    QTest.keyClick(dialog.field, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.field.text() == "Shift+Tab"
    QTest.keyClick(dialog.field, Key.Key_Escape)
    assert QApplication.focusWidget() is dialog.table
    assert dialog.isVisible()


def test_one_command_or_all_are_reset(dialog: KeysDialog) -> None:
    for id, key in (("flag_pick", Key.Key_V), ("show_grid", Key.Key_W)):
        choose(dialog, id)
        QTest.keyClick(dialog.field, key)
        dialog.replace.click()
    choose(dialog, "flag_pick")
    dialog.reset.click()
    assert (shown(dialog, "flag_pick"), shown(dialog, "show_grid")) == ("P", "W")
    dialog.reset_all.click()
    assert shown(dialog, "show_grid") == "G"
    assert not dialog.reset_all.isEnabled()


def test_a_command_may_have_no_key(dialog: KeysDialog) -> None:
    choose(dialog, "quit")
    dialog.none.click()
    assert shown(dialog, "quit") == ""
    assert not dialog.none.isEnabled()


def test_the_search_finds_commands_and_keys(dialog: KeysDialog) -> None:
    dialog.search.setText("ctrl+e")
    seen = [id for id, row in ROWS.items() if not dialog.table.isRowHidden(row)]
    assert seen == ["export_photos"]
    assert dialog.chosen.id == "export_photos"
    dialog.search.setText("")
    assert not any(dialog.table.isRowHidden(row) for row in ROWS.values())


def test_a_profile_changes_what_the_user_did_not(dialog: KeysDialog) -> None:
    choose(dialog, "show_loupe")
    QTest.keyClick(dialog.field, Key.Key_V)
    dialog.replace.click()
    dialog.profile.setCurrentIndex(dialog.profile.findData("darktable"))
    assert shown(dialog, "flag_reject") == "R"
    assert shown(dialog, "show_loupe") == "V"


# In the window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    damaged = {"flag_pick": ["Foo"], "gone": ["Q"], "info": "I"}
    settings.save(settings.Settings(model="attributes-1", key_profile="none", keys=damaged))
    with Store.open(tmp_path / "library.db") as store:
        made = Window(store)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(lambda: made.desk is not None, timeout=10_000)
        yield made
        made.close()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def test_new_keys_hold_at_once_everywhere_and_at_the_next_start(window: Window, qtbot) -> None:
    actions = desk(window).actions_by_id
    assert actions["flag_pick"].shortcut().toString() == "P", "damaged settings give the defaults"
    assert "(Ctrl+P)" in desk(window).status.pause.accessibleName()
    keymap = desk(window).bindings.keymap
    keymap = keymap.with_keys(BY_ID["pause"], ("Alt+V",)).with_keys(BY_ID["info"], ("Ctrl+U",))
    desk(window).bindings.use(keymap)
    assert actions["pause"].shortcut().toString() == "Alt+V"
    assert actions["pause"].toolTip() == "Pause (Alt+V)"
    assert desk(window).status.pause.toolTip() == "Pause (Alt+V)"
    assert desk(window).status.pause.accessibleName() == "Pause (Alt+V)"
    before = actions["info"].isChecked()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_I)
    assert actions["info"].isChecked() is before
    QTest.keyClick(window, Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert actions["info"].isChecked() is not before
    chosen = settings.load()
    assert chosen.keys == {"pause": ["Alt+V"], "info": ["Ctrl+U"]}
    assert Keymap.stored(chosen.key_profile, chosen.keys).owner("Alt+V") is BY_ID["pause"]


def test_the_sheet_shows_the_keys_that_hold(window: Window, qtbot) -> None:
    desk(window).bindings.use(Keymap.of("darktable"))
    desk(window).helping.keys()
    sheet = window.findChild(KeysSheet)
    assert sheet is not None
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "R" in texts
    assert "X" in texts
    assert any("Shift+R" in text for text in texts), "the note names the keys of the flags"
    sheet.change_requested.emit()
    dialog = window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.profile.currentData() == "darktable"
    dialog.profile.setCurrentIndex(dialog.profile.findData("lightroom"))
    assert settings.load().key_profile == "lightroom"
    assert desk(window).actions_by_id["flag_reject"].shortcut().toString() == "X"
    sheet.close()
    dialog.close()
