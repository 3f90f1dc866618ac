"""The row above the photos while they are searched by words or by likeness: asked, found, left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.words import say


class _Field(QLineEdit):
    """Where the words are typed: Enter looks for them, Escape leaves the search."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SearchBar(QWidget):
    """Says what is searched for and what came of it.

    Signals:
        asked(str): look for these words.
        closed(): the user is done with the search.
        names_requested(): the user takes the search by name instead.
        scoring_requested(): the user wants the photos scored that could not be searched.
    """

    asked = Signal(str)
    closed = Signal()
    names_requested = Signal()
    scoring_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Search by words or likeness"))
        self._sign = QLabel()
        self._paint_sign()
        self.field = _Field()
        self.field.setPlaceholderText(say("What is in the photo? For example: sunset on the beach"))
        self.field.setAccessibleName(say("Words to look for"))
        self.field.setMaximumWidth(56 * theme.SPACE)
        self.field.returnPressed.connect(self._ask)
        self.field.left.connect(self.closed)
        self.title = ElidedLabel()
        self.title.setProperty("role", "emphasis")
        self.said = ElidedLabel(cut=Qt.TextElideMode.ElideRight)
        self.said.setProperty("role", "dim")
        self.without = QLabel()
        self.without.setProperty("role", "dim")
        self.score = self._button(say("Score them"), self.scoring_requested)
        self.names = self._button(say("Search by name"), self.names_requested)
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setIconSize(QSize(2 * theme.SPACE, 2 * theme.SPACE))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button.setToolTip(say("Back to all photos in their order (Esc)"))
        self.close_button.setAccessibleName(self.close_button.toolTip())
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.SPACE, 0, theme.SPACE, theme.SPACE)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._sign)
        row.addWidget(self.field, 2)
        row.addWidget(self.title)
        row.addWidget(self.said, 1)
        for widget in (self.without, self.score, self.names, self.close_button):
            row.addWidget(widget)
        self._say("", "")
        self.hide()

    def _button(self, text: str, clicked: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setFlat(True)
        button.clicked.connect(clicked)
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_sign()

    def _paint_sign(self) -> None:
        self._sign.setPixmap(theme.icon("search").pixmap(2 * theme.SPACE, 2 * theme.SPACE))

    def _ask(self) -> None:
        if words := self.field.text().strip():
            self.asked.emit(words)

    def ask_words(self) -> None:
        """Lets the user type what to look for."""
        self._say("", "")
        self.field.show()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def looking(self, title: str, *, words: bool) -> None:
        """A search runs. `words`: for what stands in the field, which stays."""
        self._say("" if words else title, say("Looking…"))
        self.field.setVisible(words)
        self.show()

    def found(self, text: str, without: int, without_text: str) -> None:
        """The photos are in the order of likeness; `without` of them could not be looked at."""
        self._say(self.title.text(), text)
        self.without.setText(without_text if without else "")
        self.without.setVisible(without > 0)
        self.score.setVisible(without > 0)

    def refuse(self, sentence: str, *, offer_names: bool = False) -> None:
        """Says why there is nothing; `offer_names`: but names can be searched."""
        self._say("" if offer_names else self.title.text(), sentence)
        self.field.setVisible(self.field.isVisible() and not offer_names)
        self.names.setVisible(offer_names)
        self.show()

    def _say(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.said.setText(text)
        self.setAccessibleDescription(" · ".join(part for part in (title, text) if part))
        for widget in (self.without, self.score, self.names):
            widget.hide()
