"""The rating game: two minutes of rating what tells most, blind, with the learning curve beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import taste_words, theme
from uniqa_desktop.gui.blind_stage import BlindStage
from uniqa_desktop.gui.taste_figures import Curve
from uniqa_desktop.gui.words import count, say
from uniqa_desktop.photo import Photo

SECONDS = 120
"""How long a game is meant to be; nothing ends by itself."""
_FEW = 4
"""With so few photos left more are asked for, by what was learned meanwhile."""
_UNDO = QKeySequence.StandardKey.Undo
_STARS = {
    **{key: stars for stars, key in enumerate("12345", 1)},
    # The same keys of a French keyboard, where digits need Shift.
    **{key: stars for stars, key in enumerate("&é\"'(", 1)},
}


class RatingGame(QDialog):
    """Asks one thing after the other: 1–5 for a photo, ← or → for a pair.

    Signals:
        more_requested(): photos are wanted; `add` takes them.
    """

    more_requested = Signal()

    def __init__(
        self,
        *,
        pairs: bool,
        rate: Callable[[Photo, int], bool],
        choose: Callable[[Photo, Photo], bool],
        take_back: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """`rate` stores stars, `choose` that the first photo is better, each as an act (and says
        whether it could); `take_back` takes the last one back."""
        super().__init__(parent)
        self.setWindowTitle(say("Rating game"))
        self._pairs = pairs
        self._rate, self._choose, self._take_back = rate, choose, take_back
        self._waiting: list[tuple[Photo, ...]] = []
        self._done: list[tuple[Photo, ...]] = []
        self._known: set[tuple[int, ...]] = set()
        self._asked = True
        self._left = SECONDS
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.stage = BlindStage(2 if pairs else 1)
        self.question = QLabel(
            say("Which one do you like better?") if pairs else say("How much do you like it?")
        )
        self.question.setProperty("role", "title")
        self.progress = QLabel()
        self.progress.setProperty("role", "dim")
        self.time = QProgressBar()
        self.time.setRange(0, SECONDS)
        self.time.setTextVisible(False)
        self.time.setAccessibleName(say("Time"))
        self.said = QLabel(say("Looking for the photos that tell most…"))
        self.said.setWordWrap(True)
        self.curve = Curve()
        self.curve_title = QLabel(say("Agreement by number of ratings, generic score dashed"))
        self.curve_title.setProperty("role", "dim")
        self.verdict = QLabel()
        self.verdict.setProperty("role", "dim")
        self.verdict.setWordWrap(True)
        self.answers = self._make_answers()
        self.skip = self._button(say("Skip (Space)"), self._skip)
        self.back = self._button(say("Back (Backspace)"), self._go_back)
        self.stop = self._button(say("Stop (Esc)"), self.reject)
        self._lay_out()
        self.setMinimumSize(96 * theme.SPACE, 72 * theme.SPACE)
        if parent is not None:
            self.resize(parent.window().size() * 0.94)
        self._show()

    def _make_answers(self) -> list[QPushButton]:
        if self._pairs:
            return [
                self._button(say("← Left"), lambda: self._answer(0)),
                self._button(say("Right →"), lambda: self._answer(1)),
            ]
        buttons = []
        for stars in range(1, 6):
            button = self._button(f"{stars} ★", lambda stars=stars: self._answer(stars))
            button.setAccessibleName(count("1 star", "%n stars", stars))
            buttons.append(button)
        return buttons

    def _button(self, text: str, clicked: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        # Keys are answers; Tab still reaches the buttons, and Space presses what has the focus.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: clicked())
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.question, 1)
        head.addWidget(self.progress)
        answers = QHBoxLayout()
        answers.setSpacing(theme.SPACE)
        for button in (*self.answers, self.skip, self.back):
            answers.addWidget(button)
        answers.addStretch()
        answers.addWidget(self.stop)
        side = QVBoxLayout()
        side.setSpacing(theme.SPACE)
        side.addWidget(self.said)
        side.addStretch()
        side.addWidget(self.verdict)
        foot = QHBoxLayout()
        foot.setSpacing(3 * theme.SPACE)
        foot.addLayout(side, 1)
        self.curve.setFixedSize(48 * theme.SPACE, 15 * theme.SPACE)
        drawn = QVBoxLayout()
        drawn.setSpacing(theme.SPACE // 2)
        drawn.addWidget(self.curve_title)
        drawn.addWidget(self.curve)
        foot.addLayout(drawn)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (2 * theme.SPACE,))
        column.setSpacing(theme.SPACE)
        column.addLayout(head)
        column.addWidget(self.time)
        column.addWidget(self.stage, 1)
        column.addLayout(answers)
        column.addLayout(foot)

    # What others tell

    def add(self, photos: Sequence[tuple[Photo, ...]]) -> None:
        """Takes what was asked for; what was shown before is not shown again."""
        self._asked = False
        fresh = [one for one in photos if _ids(one) not in self._known]
        self._known.update(map(_ids, fresh))
        self._waiting += fresh
        self.said.setText(
            "" if self._waiting else say("Every scored photo has a verdict: nothing is left.")
        )
        if self._waiting and not self._clock.isActive() and self._left == SECONDS:
            self._clock.start()
        self._show()

    def refuse(self, sentence: str) -> None:
        """Photos cannot be suggested, or the taste not learned, for one reason."""
        self._asked = False
        self.said.setText(sentence)

    def show_card(self, card: Mapping[str, Any]) -> None:
        """Shows how well the taste agrees by now."""
        self.curve.show_curve(card["learning_curve"], taste_words.curve(card))
        self.verdict.setText(taste_words.verdict(card))

    # What the user does

    def _answer(self, said: int) -> None:
        """Takes an answer: stars, or which of two (0 is the left one)."""
        photos = self.stage.photos
        if not photos:
            return
        if self._pairs:
            stored = self._choose(photos[said], photos[1 - said])
        else:
            stored = self._rate(photos[0], said)
        if stored:
            self._done.append(photos)
            self._on()

    def _skip(self) -> None:
        if self.stage.photos:
            self._on()

    def _go_back(self) -> None:
        if self._done:
            self._take_back()
            self._waiting.insert(0, self._done.pop())
            self._show()

    def _on(self) -> None:
        self._waiting.pop(0)
        if len(self._waiting) <= _FEW and not self._asked:
            self._asked = True
            self.more_requested.emit()
        self._show()

    def _show(self) -> None:
        now = self._waiting[0] if self._waiting else ()
        upcoming = [photo for one in self._waiting[1:3] for photo in one]
        if now != self.stage.photos or not now:
            self.stage.show_photos(now, upcoming)
        for button in (*self.answers, self.skip):
            button.setEnabled(bool(now))
        self.back.setEnabled(bool(self._done))
        if not now and self._asked:
            self.said.setText(say("Looking for the photos that tell most…"))
        self._tell()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._clock.stop()
            self.said.setText(say("Two minutes are over. Go on as long as you like, or stop."))
        self._tell()

    def _tell(self) -> None:
        minutes, seconds = divmod(max(0, self._left), 60)
        done = (
            count("1 choice", "%n choices", len(self._done))
            if self._pairs
            else count("1 rated", "%n rated", len(self._done))
        )
        self.progress.setText(
            say("{done} · {time} left").format(done=done, time=f"{minutes}:{seconds:02d}")
        )
        self.time.setValue(SECONDS - self._left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Backspace or event.matches(_UNDO):
            self._go_back()
        elif key == Qt.Key.Key_Space:
            self._skip()
        elif self._pairs and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._answer(int(key == Qt.Key.Key_Right))
        elif not self._pairs and event.text() in _STARS:
            self._answer(_STARS[event.text()])
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._clock.stop()
        self.stage.stop()
        super().done(result)


def _ids(photos: Sequence[Photo]) -> tuple[int, ...]:
    return tuple(sorted(photo.id for photo in photos))
