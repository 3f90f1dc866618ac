"""A row that offers something and waits, without stopping what the user is doing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.elided import ElidedLabel


class OfferBar(QWidget):
    """One sentence and its answers; hidden until `offer`, and again after an answer.

    Signals:
        answered(str): the name of the answer that was chosen.
    """

    answered = Signal(str)

    def __init__(
        self, answers: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        """`answers` are name, text and tool tip of each; the last one declines."""
        super().__init__(parent)
        self._text = ElidedLabel(cut=Qt.TextElideMode.ElideRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.SPACE, theme.SPACE // 2, theme.SPACE, theme.SPACE // 2)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._text, 1)
        self.buttons: dict[str, QPushButton] = {}
        for name, text, tip in answers:
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setFlat(name == answers[-1][0])
            button.clicked.connect(lambda _=False, name=name: self._answer(name))
            self.buttons[name] = button
            row.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def offer(self, sentence: str) -> None:
        """Shows the row with this sentence; the keyboard stays where it is."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()

    def _answer(self, name: str) -> None:
        self.hide()
        self.answered.emit(name)
