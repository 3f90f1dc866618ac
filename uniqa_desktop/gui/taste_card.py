"""The status card of a taste: what it learned from, how well it agrees, and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from uniqa_desktop.gui import taste_words, theme
from uniqa_desktop.gui.taste_figures import Curve, IntervalBar
from uniqa_desktop.gui.words import say


class TasteCard(QWidget):
    """Shows `jobs.taste_card.status`; figures that do not exist are left out, not made up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.basis = _label("title"), _label("dim")
        self.verdict = _label("emphasis")
        self.about, self.correlation = _label("dim"), _label("dim")
        self.more, self.calibration, self.notes = _label("small"), _label("dim"), _label("small")
        self._figures = QWidget()
        grid = QGridLayout(self._figures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.SPACE)
        self.rows: dict[str, tuple[QLabel, IntervalBar]] = {}
        for row, (side, name) in enumerate(
            (("held_out", say("Your taste")), ("generic", say("Generic score")))
        ):
            value, bar = QLabel(), IntervalBar(name, filled=side == "held_out")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(name), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(value, row, 2)
            self.rows[side] = value, bar
        grid.setColumnStretch(1, 1)
        self.curve_title = _label("emphasis")
        self.curve_title.setText(say("Learning curve: agreement by number of ratings"))
        self.curve_key = _label("dim")
        self.curve_key.setText(say("Line with dots: your taste. Dashed: generic score."))
        self.curve = Curve()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for part in (
            self.title, self.basis, self.verdict, self._figures, self.about, self.correlation,
        ):  # fmt: skip
            column.addWidget(part)
        column.addSpacing(theme.SPACE)
        for part in (self.curve_title, self.curve, self.curve_key):
            column.addWidget(part)
        column.addSpacing(theme.SPACE)
        for part in (self.more, self.calibration, self.notes):
            column.addWidget(part)
        column.addStretch()
        column.setStretchFactor(self.curve, 1)

    def show_card(self, card: Mapping[str, Any]) -> None:
        """Shows the card of a taste."""
        self.title.setText(card["profile"])
        for label, text in (
            (self.basis, taste_words.basis(card)),
            (self.verdict, taste_words.verdict(card)),
            (self.about, taste_words.held_out(card)),
            (self.correlation, taste_words.correlation(card)),
            (self.more, taste_words.more(card)),
            (self.calibration, taste_words.calibration(card)),
            (self.notes, "\n".join(taste_words.notes(card))),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._figures.setVisible(card["held_out"] is not None)
        for side, (value, bar) in self.rows.items():
            estimate = card[side]["pairwise_accuracy"] if card[side] is not None else None
            value.setText("–" if estimate is None else taste_words.interval(estimate))
            bar.show_estimate(estimate)
        self.curve.show_curve(card["learning_curve"], taste_words.curve(card))


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
