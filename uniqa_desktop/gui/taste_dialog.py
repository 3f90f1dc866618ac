"""The dialog of the taste in use: its status card, and the ways on from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import motion, theme
from uniqa_desktop.gui.bindings import tip
from uniqa_desktop.gui.taste_card import TasteCard
from uniqa_desktop.gui.words import say


class TasteDialog(QDialog):
    """Shows how good the taste is. It may stay open: it follows what is learned.

    Signals:
        sort_requested(): the photos are wanted in the order of taste.
        learn_requested(): it shall learn now.
        encode_requested(): rated photos without features of the model shall be scored again.
        game_requested(): the user wants to rate what tells most.
        audit_requested(), tastes_requested(): the dialogs of that name.
    """

    sort_requested = Signal()
    learn_requested = Signal()
    encode_requested = Signal()
    game_requested = Signal()
    audit_requested = Signal()
    tastes_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Your taste"))
        self.card = TasteCard()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Learning"))
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.game = self._button(say("Rating game…"), self.game_requested.emit)
        tip(self.game, say("Rate the photos whose answer tells most"), "rating_game")
        self.game.setDefault(True)
        self.learn = self._button(say("Learn now"), self.learn_requested.emit)
        self.learn.setToolTip(say("It learns by itself when you pause; this does it at once"))
        self.encode = self._button(say("Score this folder again"), self.encode_requested.emit)
        self.encode.setToolTip(say("Photos without features of the model are opened and encoded"))
        self.sort = self._button(say("Sort by taste"), self.sort_requested.emit)
        self.audit = self._button(say("Blind audit…"), self.audit_requested.emit)
        tip(self.audit, say("Check the scores against verdicts given blind"), "taste_audit")
        self.tastes = self._button(say("Tastes…"), self.tastes_requested.emit)
        tip(self.tastes, say("Several tastes, their folders and versions"), "tastes")
        self.close_button = self._button(say("Close"), self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE)
        for button in (self.tastes, self.audit, self.learn, self.encode, self.sort):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.game)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (3 * theme.SPACE,))
        column.setSpacing(theme.SPACE)
        column.addWidget(self.card, 1)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        column.addLayout(buttons)
        self.resize(88 * theme.SPACE, 76 * theme.SPACE)
        self.show_busy(False)
        self.encode.hide()
        self.game.setFocus()

    def _button(self, text: str, clicked: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: clicked())
        return button

    def show_busy(self, busy: bool) -> None:
        """Whether it learns at the moment."""
        self.bar.setVisible(busy)
        if busy:
            motion.show_busy(self.bar)
        self.learn.setEnabled(not busy)

    def show_card(self, card: Mapping[str, Any]) -> None:
        """Shows the card of now."""
        self.show_busy(False)
        self.said.hide()
        self.encode.setVisible(bool(card["without_features"]))
        self.sort.setEnabled(card["version"] is not None)
        self.card.show_card(card)

    def refuse(self, sentence: str) -> None:
        """It cannot be learned, for one reason."""
        self.show_busy(False)
        self.said.setProperty("role", "warning")
        self.said.style().polish(self.said)
        self.said.setText(sentence)
        self.said.show()
        self.encode.show()
