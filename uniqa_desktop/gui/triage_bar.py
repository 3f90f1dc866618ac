"""The row over the grid that parts the photos in three: sure keep, look at these, sure reject."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabBar, QToolButton, QVBoxLayout, QWidget

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.bindings import tip
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.sort_words import sort_word
from uniqa_desktop.gui.threshold_slider import ThresholdSlider
from uniqa_desktop.query import Sort
from uniqa_desktop.spread import Spread
from uniqa_desktop.triage import Counts, Pile

_NAMES = {Pile.KEEP: "Sure keep", Pile.LOOK: "Look at these", Pile.REJECT: "Sure reject"}
"""The tabs from left to right."""


class TriageBar(QWidget):
    """Three tabs with their numbers of photos, the thresholds between them, and the score.

    Signals:
        pile_chosen(Pile): these are to be shown.
        moved(int, int): sure reject below, sure keep from; 0–100.
        score_chosen(Sort): the score that parts them.
        closed(): all photos are to be shown again.
    """

    pile_chosen = Signal(object)
    moved = Signal(int, int)
    score_chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Photos in three piles"))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Piles"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for pile in _NAMES:
            self.tabs.addTab("")
            self.tabs.setTabData(self.tabs.count() - 1, pile)
        self.tabs.setCurrentIndex(list(_NAMES).index(Pile.LOOK))
        self.tabs.currentChanged.connect(lambda _index: self.pile_chosen.emit(self.pile))
        self.note = ElidedLabel(cut=Qt.TextElideMode.ElideRight)
        self.note.setProperty("role", "dim")
        self.slider = ThresholdSlider()
        self.slider.setMinimumWidth(30 * theme.SPACE)
        self.slider.setMaximumWidth(72 * theme.SPACE)
        self.slider.range_changed.connect(self.moved)
        self.score = QComboBox()
        self.score.setAccessibleName(self.tr("Parted by"))
        self.score.setToolTip(self.tr("The score that parts the photos"))
        self.score.activated.connect(lambda _index: self.score_chosen.emit(self.by))
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setIconSize(QSize(2 * theme.SPACE, 2 * theme.SPACE))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tip(
            self.close_button, self.tr("Back to all photos; Esc does it, too"), "triage", named=True
        )
        self.close_button.clicked.connect(self.closed)
        self._lay_out()
        self.wait()
        self.hide()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE // 2)
        left.addWidget(self.tabs)
        left.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE, 0, theme.SPACE, theme.SPACE)
        row.setSpacing(2 * theme.SPACE)
        row.addLayout(left, 3)
        row.addWidget(self.slider, 2)
        row.addWidget(self.score, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def pile(self) -> Pile:
        """The pile whose tab is in front."""
        return Pile(self.tabs.tabData(self.tabs.currentIndex()))

    @property
    def by(self) -> Sort:
        """The score that parts the photos."""
        return Sort(self.score.currentData() or Sort.QUALITY)

    def offer(self, scores: Sequence[Sort]) -> None:
        """Lets the user choose among these scores; the chosen one stays if it is among them."""
        current = self.score.currentData()
        self.score.clear()
        for score in scores:
            self.score.addItem(sort_word(score), score.value)
        self.score.setCurrentIndex(max(0, self.score.findData(current)))
        self.score.setVisible(len(scores) > 1)

    def wait(self) -> None:
        """The photos are being counted."""
        for index, pile in enumerate(_NAMES):
            self.tabs.setTabText(index, words.say(_NAMES[pile]))
        self.note.setText(words.say("Counting…"))

    def show_spread(self, spread: Spread, undecided: int, unscored: int) -> None:
        """Shows how the score is spread, and how many photos are to be looked at whatever the
        thresholds: frames of undecided bursts, and photos without that score."""
        self.slider.set_spread(spread)
        frames = (
            "1 frame of a burst that can't be decided",
            "%n frames of bursts that can't be decided",
        )
        without = ("1 photo without a score", "%n photos without a score")
        whatever = [
            words.count(*frames, undecided) if undecided else "",
            words.count(*without, unscored) if unscored else "",
        ]
        parts = " · ".join(part for part in whatever if part)
        note = words.say("No verdict is given here.")
        if parts:
            note += " " + words.say("Always to be looked at: {photos}.").format(photos=parts)
        self.note.setText(note)

    def show_counts(self, counts: Counts) -> None:
        """Shows how many photos are in each pile."""
        for index, pile in enumerate(_NAMES):
            number = getattr(counts, pile.value)
            self.tabs.setTabText(index, f"{words.say(_NAMES[pile])}  {words.number(number)}")
        self.tabs.setAccessibleDescription(
            ", ".join(self.tabs.tabText(index) for index in range(self.tabs.count()))
        )
