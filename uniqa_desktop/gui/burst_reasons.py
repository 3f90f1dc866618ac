"""Beside the frames of a burst: which one is proposed, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from uniqa_desktop.best.cues import BY_ID
from uniqa_desktop.best.evidence import Box
from uniqa_desktop.best.reasons import Reason
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.bindings import tip
from uniqa_desktop.gui.words import say

if TYPE_CHECKING:
    from uniqa_desktop.jobs import Proposal

_WIDTH = 34 * theme.SPACE


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed of one group; photos are told by their ids.

    Attributes:
        order: all frames, the best first.
        best: the proposed one; `None` when it cannot be told.
        tied: those that cannot be told from the first, itself among them.
        confidence: 0–1, how probable it is that the first is better than each other one.
        margin: by how much it is ahead, in noticeable differences.
        reasons: why, in the order of their weight; frames are called `#1`, `#2` ….
        regions: where they are told apart, in pixels of each frame's full picture.
    """

    order: tuple[int, ...]
    best: int | None
    tied: tuple[int, ...]
    confidence: float
    margin: float
    reasons: tuple[Reason, ...]
    regions: Mapping[int, Box]

    @classmethod
    def of(cls, proposal: Proposal) -> Proposed:
        """From what the job found."""
        members, choice = proposal.members, proposal.choice
        return cls(
            order=tuple(members[at] for at in choice.order),
            best=proposal.best,
            tied=tuple(members[at] for at in choice.tied),
            confidence=choice.confidence,
            margin=choice.margin,
            reasons=tuple(proposal.reasons()),
            regions={
                members[at]: region
                for at, region in enumerate(choice.regions)
                if region is not None
            },
        )


def told(reason: Reason) -> str:
    """A reason in the user's language."""
    values = {
        name: told(value) if isinstance(value, Reason) else value
        for name, value in reason.values.items()
    }
    if "cue" in values and reason.cue in BY_ID:
        values["cue"] = say(BY_ID[reason.cue].title)
    return say(reason.text).format(**values)


class BurstReasons(QWidget):
    """A column: the proposal, its figures, its reasons, and what to do about them.

    Signals:
        asked(str): the user wants a command done, by its id.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(self.tr("What is proposed"))
        self.best: int | None = None
        self.headline = _label("normal", emphasis=True)
        self.figures = _label("small")
        self.figures.setProperty("role", "dim")
        self.why = _label("small")
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.why)
        self.accept = self._button(
            self.tr("Keep the proposed one"), self.tr("and reject the others"), "keep_best_1"
        )
        self.keep = self._button(
            self.tr("Keep this one"),
            self.tr("or those that are marked, and reject the others"),
            "keep_these",
        )
        self.next = self._button(
            self.tr("Next burst"), self.tr("leave this one as it is"), "next_burst"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE)
        for widget in (self.headline, self.figures):
            column.addWidget(widget)
        column.addWidget(scroll, 1)
        for button in (self.accept, self.keep, self.next):
            column.addWidget(button)

    def _button(self, text: str, rest: str, command: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        tip(button, f"{text}, {rest}", command, named=True)
        button.clicked.connect(lambda: self.asked.emit(command))
        return button

    def show_proposal(
        self, proposed: Proposed | None, group: Group, ids: Sequence[int], *, blind: bool = False
    ) -> None:
        """Shows what is proposed of a group with these photos, in order; `None`: nothing (yet)."""
        self.best = proposed.best if proposed is not None and not blind else None
        ranked = group.kind in (Kind.BURST, Kind.NEAR)
        for widget in (self.accept, self.keep):
            widget.setVisible(not group.kind.is_whole)
        self.accept.setEnabled(self.best is not None or group.kind is Kind.EXACT)
        figures, why = "", ""
        if group.kind.is_whole:
            headline = self.tr("One work: its frames belong together, none is proposed.")
        elif group.kind is Kind.EXACT:
            headline = self.tr("The files are equal: the first stands for all.")
        elif blind:
            headline = self.tr("Nothing is proposed while you judge blind.")
        elif proposed is None:
            headline = self.tr("These frames have not been compared yet.")
        else:
            headline = self._headline(proposed, ids)
            figures = self._figures(proposed)
            why = "\n\n".join(told(reason) for reason in proposed.reasons)
        self.headline.setText(headline)
        self.figures.setText(figures)
        self.figures.setVisible(bool(figures) and ranked)
        self.why.setText(why)
        self.setAccessibleDescription(" ".join(part for part in (headline, figures, why) if part))

    def _headline(self, proposed: Proposed, ids: Sequence[int]) -> str:
        if proposed.best is None:
            return self.tr("Can't tell: please look at these frames.")
        return self.tr("Proposed: #{n}").format(n=ids.index(proposed.best) + 1)

    def _figures(self, proposed: Proposed) -> str:
        if proposed.best is None:
            return ""
        return self.tr("{percent} % sure · ahead by {margin} noticeable differences").format(
            # Never quite sure: the figure is one of noise, not of taste.
            percent=min(99, round(100 * proposed.confidence)),
            margin=words.tenths(proposed.margin),
        )


def _label(size: theme.Size, emphasis: bool = False) -> QLabel:
    label = QLabel()
    theme.set_font(label, size, emphasis=emphasis)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
