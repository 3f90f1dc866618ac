"""The keys of a window as they are now: on its actions, in its tool tips, on any keyboard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from uniqa_desktop.gui.actions import COMMANDS
from uniqa_desktop.gui.digit_row import DigitRow
from uniqa_desktop.gui.keymap import Keymap, native, stroke

_TIP = "command tip"
_COMMAND = "command of tip"
_NAMED = "named by tip"


def tip(widget: QWidget, text: str, command: str, *, named: bool = False) -> None:
    """Gives a widget a tool tip that names the key of a command, whatever it is at the time.

    `named`: the tip is what a screen reader says of it, too. The key is put in anew when the
    window's `Bindings` come to hold, and at every change of them.
    """
    widget.setProperty(_TIP, text)
    widget.setProperty(_COMMAND, command)
    widget.setProperty(_NAMED, named)
    _show_tip(widget, _keymap_of(widget))


def key_now(widget: QWidget, command: str) -> str:
    """The key that a command has now in the window of `widget`, as this system writes it."""
    return shown_key(_keymap_of(widget), command)


def shown_key(keymap: Keymap, id: str) -> str:
    """The key of a command as this system writes it, the first if there are several."""
    command = next(command for command in COMMANDS if command.id == id)
    keys = keymap.keys(command)
    return native(keys[0]) if keys else ""


def with_key(text: str, key: str) -> str:
    """A tool tip's text with its key: `Grid (G)`."""
    return f"{text} ({key})" if key else text


def _keymap_of(widget: QWidget) -> Keymap:
    holder = widget.window().findChild(Bindings)
    return holder.keymap if holder is not None else Keymap.of()


def _show_tip(widget: QWidget, keymap: Keymap) -> None:
    text = with_key(widget.property(_TIP), shown_key(keymap, widget.property(_COMMAND)))
    widget.setToolTip(text)
    if widget.property(_NAMED):
        widget.setAccessibleName(text)


class Bindings(QObject):
    """Gives the actions of a window their keys, and other ones while it runs.

    Digits are found on keyboards where they need Shift, see `DigitRow`.

    Signals:
        changed(): the keys are other ones now.
    """

    changed = Signal()

    def __init__(self, window: QWidget, actions: Mapping[str, QAction], keymap: Keymap) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._digits = DigitRow(window)
        self._digits.learned.connect(self._apply)
        self.keymap = keymap
        self._apply()

    def use(self, keymap: Keymap) -> None:
        """Makes these the keys, at once."""
        self.keymap = keymap
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        bound = {}
        for command in COMMANDS:
            keys = self.keymap.keys(command) + self.keymap.other_way(command)
            bound.update({stroke(key): command.id for key in keys})
        self._digits.bound = bound
        for command in COMMANDS:
            action = self._actions[command.id]
            strokes = [struck for struck, id in bound.items() if id == command.id]
            strokes += self._digits.others(command.id)
            action.setShortcuts([QKeySequence(struck) for struck in strokes])
            action.setToolTip(with_key(action.text(), shown_key(self.keymap, command.id)))
        for widget in self._window.findChildren(QWidget):
            if widget.property(_COMMAND):
                _show_tip(widget, self.keymap)
