"""Digits on keyboards where they need Shift: a key counts by its place in the row of digits.

On a French keyboard the key of the 1 types `&`, and `1` only with Shift. A photographer wants one
star of it either way. So a stroke that no command has, but whose key is in the row of digits, is
learned as the digit of its place, with the modifiers that are held. It is learned when it is
struck first and before Qt looks its shortcut up; a keyboard that types digits there never does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

_DIGITS = "1234567890"
_ROWS = ("&é\"'(-è_çà", "&é\"'(§è!çà", "+ěščřžýáíé", "+ľščťžýáíé")
"""What the row types without Shift on French, Belgian, Czech and Slovak keyboards. What AltGr types
on its keys elsewhere, such as brackets, is not of it."""
_FIRST = {"xcb": 10, "wayland": 10, "windows": 2}
"""A platform's native scan code of the key of the 1; that of the 0 is nine more (X11 and Wayland:
Linux's KEY_1 and 8; Windows: set 1)."""
_MAC = (18, 19, 20, 21, 23, 22, 26, 28, 25, 29)
"""AppKit's virtual key codes kVK_ANSI_1 … kVK_ANSI_0, where Qt knows no scan code."""


class DigitRow(QObject):
    """Watches the strokes that no field of `window` took for itself.

    `bound` has the command's id of every stroke that is one of a command now.

    Signals:
        learned(): `others` gives something else now.
    """

    learned = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.bound: Mapping[QKeyCombination, str] = {}
        self._meant: dict[QKeyCombination, QKeyCombination] = {}
        window.installEventFilter(self)

    def others(self, id: str) -> list[QKeyCombination]:
        """The strokes that stand for those of a command on this keyboard."""
        return [
            stroke
            for stroke, meant in self._meant.items()
            if self.bound.get(meant) == id and stroke not in self.bound
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._look(event)
        return False

    def _look(self, event: QKeyEvent) -> None:
        shift = Qt.KeyboardModifier.ShiftModifier
        held = event.modifiers()
        if held & Qt.KeyboardModifier.KeypadModifier:
            return
        stroke = event.keyCombination()
        typed = _typed(event)
        shifted = bool(held & shift)
        if typed and typed in _DIGITS:
            if not shifted:
                self._forget()
                return
            place = typed
        else:
            place = "" if shifted or not typed else _place(typed, event)
        if not place or stroke in self.bound or stroke in self._meant:
            return
        meant = QKeyCombination(held & ~shift, Qt.Key(ord(place)))
        if meant in self.bound:
            self._meant[stroke] = meant
            self.learned.emit()

    def _forget(self) -> None:
        """Another keyboard is used, or another layout of it: digits are where they are typed."""
        if self._meant:
            self._meant.clear()
            self.learned.emit()


def spelt(event: QKeyEvent) -> QKeyCombination:
    """The stroke of an event as a command has it on every keyboard.

    In the row of digits the digit of the place, with Shift only where Shift does not type it; else
    the sign that is typed, without the Shift that it takes (`?`), or the letter with it.
    """
    shift = Qt.KeyboardModifier.ShiftModifier
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    typed = _typed(event)
    if typed and typed in _DIGITS:
        return QKeyCombination(held & ~shift, Qt.Key(event.key()))
    place = _place_by_code(event) if held & shift else _place(typed, event)
    if place and place in _DIGITS:
        return QKeyCombination(held, Qt.Key(ord(place)))
    if typed and not typed.isalnum() and not typed.isspace():
        held &= ~shift
    return QKeyCombination(held, Qt.Key(event.key()))


def _typed(event: QKeyEvent) -> str:
    """The sign that a key stands for, small; empty for keys such as F5."""
    return chr(event.key()).lower() if 0 < event.key() < 0x110000 else ""


def _place(typed: str, event: QKeyEvent) -> str:
    """The digit on whose key `typed` is; empty where it is elsewhere."""
    by_code = _place_by_code(event)
    return next((place for place in _places(typed) if by_code in (place, "")), "")


def _places(typed: str) -> Iterator[str]:
    return (_DIGITS[row.index(typed)] for row in _ROWS if typed and typed in row)


def _place_by_code(event: QKeyEvent) -> str:
    """The digit of the key that was struck; empty where the platform does not say which it was."""
    platform = QGuiApplication.platformName()
    if platform == "cocoa" and event.nativeVirtualKey() in _MAC:
        return _DIGITS[_MAC.index(event.nativeVirtualKey())]
    first = _FIRST.get(platform)
    if first is None or not event.nativeScanCode():
        return ""
    place = event.nativeScanCode() - first
    return _DIGITS[place] if 0 <= place < len(_DIGITS) else "none"
