"""Digits on keyboards that need Shift for them, with the strokes that these keyboards send."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from uniqa_desktop.gui.actions import COMMANDS
from uniqa_desktop.gui.bindings import Bindings
from uniqa_desktop.gui.digit_row import spelt
from uniqa_desktop.gui.keymap import Keymap

Key = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
FRENCH = (
    Key.Key_Ampersand, Key.Key_Eacute, Key.Key_QuoteDbl, Key.Key_Apostrophe, Key.Key_ParenLeft,
    Key.Key_Minus, Key.Key_Egrave, Key.Key_Underscore, Key.Key_Ccedilla, Key.Key_Agrave,
)  # fmt: skip
"""What the keys of 1 … 9 and 0 send on a French keyboard without Shift."""
CALLED = (
    "stars_1", "stars_2", "stars_3", "stars_4", "stars_5",
    "label_red", "label_yellow", "label_green", "label_blue", "stars_0",
)  # fmt: skip


class Keyboard:
    """A window with all commands, and what was called in it."""

    def __init__(self, qtbot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.place = QWidget()
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = QLineEdit()
        self.window.setCentralWidget(self.place)
        self.field.setParent(self.window)
        self.called: list[str] = []
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(command.text, self.window)
            action.triggered.connect(lambda _=False, id=command.id: self.called.append(id))
            self.window.addAction(action)
            self.actions[command.id] = action
        self.bindings = Bindings(self.window, self.actions, Keymap.of())
        self.window.show()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.place.setFocus()

    def strike(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> list[str]:
        """What a stroke calls."""
        self.called.clear()
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, held)
        return list(self.called)


@pytest.fixture
def keyboard(qtbot) -> Keyboard:
    return Keyboard(qtbot)


def test_the_unshifted_digit_row_of_azerty_gives_stars_and_colours(keyboard: Keyboard) -> None:
    for key, command in zip(FRENCH, CALLED, strict=True):
        assert keyboard.strike(key) == [command], key


def test_shift_with_the_digit_row_of_azerty_gives_stars_too(keyboard: Keyboard) -> None:
    for digit in range(6):
        assert keyboard.strike(Key(Key.Key_0 + digit), SHIFT) == [f"stars_{digit}"]


def test_alt_reaches_the_other_way_of_a_star_on_azerty(keyboard: Keyboard) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    assert keyboard.strike(Key.Key_Eacute, alt) == ["stars_2"]


def test_what_a_qwerty_keyboard_types_with_shift_gives_no_stars(keyboard: Keyboard) -> None:
    for key in (Key.Key_Exclam, Key.Key_Ampersand, Key.Key_ParenLeft, Key.Key_Underscore):
        assert keyboard.strike(key, SHIFT) == []


def test_signs_of_azerty_are_forgotten_when_the_layout_changes(keyboard: Keyboard) -> None:
    assert keyboard.strike(Key.Key_Ampersand) == ["stars_1"]
    assert keyboard.strike(Key.Key_1) == ["stars_1"]
    assert keyboard.strike(Key.Key_Ampersand, SHIFT) == [], "Shift+7 on QWERTY"


def test_a_sign_that_a_command_has_keeps_its_meaning(keyboard: Keyboard) -> None:
    pick = next(command for command in COMMANDS if command.id == "flag_pick")
    keyboard.bindings.use(keyboard.bindings.keymap.with_keys(pick, ("&",)))
    assert keyboard.strike(Key.Key_Ampersand) == ["flag_pick"]


def test_keys_given_anew_hold_for_the_signs_of_azerty_as_well(keyboard: Keyboard) -> None:
    assert keyboard.strike(Key.Key_Ampersand) == ["stars_1"]
    keyboard.bindings.use(Keymap.of("photo_mechanic"))
    assert keyboard.strike(Key.Key_Ampersand) == ["label_red"]


def test_a_field_gets_what_is_typed_into_it(keyboard: Keyboard) -> None:
    keyboard.field.show()
    keyboard.field.setFocus()
    assert keyboard.strike(Key.Key_Ampersand) == []
    assert keyboard.field.text() == "&"


def test_the_place_of_the_key_decides_where_a_platform_tells_it(
    keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    override = QEvent.Type.ShortcutOverride
    # Czech: é is on the key of the 0; a French keyboard has it on that of the 2.
    event = QKeyEvent(override, Key.Key_Eacute, NONE, 19, 0, 0, "é")
    QApplication.sendEvent(keyboard.place, event)
    assert keyboard.strike(Key.Key_Eacute) == ["stars_0"]
    # The apostrophe beside Enter of a QWERTY keyboard is not the 4 of a French one.
    event = QKeyEvent(override, Key.Key_Apostrophe, NONE, 48, 0, 0, "'")
    QApplication.sendEvent(keyboard.place, event)
    assert "'" not in [key.toString() for key in keyboard.actions["stars_4"].shortcuts()]


@pytest.mark.parametrize(
    ("key", "held", "code", "text", "spelling"),
    [
        (Key.Key_AsciiCircum, SHIFT, 15, "^", "Shift+6"),  # QWERTY, Shift with the 6
        (Key.Key_Ampersand, NONE, 10, "&", "1"),  # AZERTY, the 1
        (Key.Key_1, SHIFT, 10, "1", "1"),  # AZERTY, Shift with the 1
        (Key.Key_Question, SHIFT, 61, "?", "?"),
        (Key.Key_P, SHIFT, 33, "P", "Shift+P"),
        (Key.Key_1, Qt.KeyboardModifier.KeypadModifier, 87, "1", "1"),
        (Key.Key_F5, SHIFT, 71, "", "Shift+F5"),
    ],
)
def test_a_stroke_is_spelt_the_same_on_every_keyboard(
    qapp, monkeypatch, key, held, code, text, spelling
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    event = QKeyEvent(QEvent.Type.KeyPress, key, held, code, 0, 0, text)
    assert QKeySequence(spelt(event)).toString() == spelling
