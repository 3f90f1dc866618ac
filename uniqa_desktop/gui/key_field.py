"""The field that records the key one presses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from uniqa_desktop.gui.digit_row import spelt
from uniqa_desktop.gui.keymap import native, portable

_LEAVES = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeyField(QLineEdit):
    """Shows the stroke that was pressed in it last.

    Qt's own field (QKeySequenceEdit) is not used: it spells Shift+6 by what the keyboard types
    with it, so that a conflict with another spelling of the same key would stay unseen, and it
    waits a second for more strokes.

    Signals:
        pressed(str): a stroke in portable text, valid as a key sequence.
        left(): Escape was pressed.
    """

    pressed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.takes_tab = False
        """Whether Tab is recorded too, instead of going on to the next field."""

    def show_key(self, key: str) -> None:
        """Shows a stroke given in portable text; nothing for an empty one."""
        self.setText(native(key) if key else "")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the stroke is meant for the field, whatever it does elsewhere
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._press(event)
            return True
        return super().event(event)

    def _press(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _LEAVES and not self.takes_tab:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        elif key := portable(QKeySequence(spelt(event)).toString()):
            if key == "Shift+Backtab":  # what Qt calls Shift+Tab when it is typed
                key = "Shift+Tab"
            self.show_key(key)
            self.pressed.emit(key)
