"""The field for a part of file names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.bindings import tip


class NameField(QLineEdit):
    """A search field that Escape empties, and that Enter, ↓ and Escape again leave.

    Signals:
        left(): the user is done typing.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search in names"))
        self.setAccessibleName(self.tr("Search in file names"))
        tip(self, self.tr("Photos whose file name contains this"), "search")
        clear = self.addAction(theme.icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        clear.setToolTip(self.tr("Search for nothing (Esc)"))
        clear.setVisible(False)
        clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: clear.setVisible(bool(text)))
        self.setMinimumWidth(12 * theme.SPACE)
        self.setMaximumWidth(36 * theme.SPACE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
