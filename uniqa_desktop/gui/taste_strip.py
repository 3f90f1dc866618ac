"""The evidence strip: why a photo has its taste, with rated photos that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.photos_model import verdict_in_words
from uniqa_desktop.gui.taste_words import CUES
from uniqa_desktop.gui.words import say, tenths
from uniqa_desktop.photo import Flag, Photo

if TYPE_CHECKING:
    from uniqa_desktop.gui.taste_answers import Grounds
    from uniqa_desktop.gui.thumb_loader import ThumbLoader

_SHOWN_CUES = 4
_PICTURE = QSize(9 * theme.SPACE, 7 * theme.SPACE)
_MINUS = "\N{MINUS SIGN}"


class TasteStrip(QWidget):
    """What moved a photo's taste: photos like it that were rated, and measured cues. Hidden while
    nothing was learned.

    Signals:
        photo_requested(int): the user wants to see a photo of the evidence.
    """

    photo_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Why this taste"))
        self._thumbs: ThumbLoader | None = None
        self.title = QLabel(say("Why this taste"))
        self.verdict = QLabel()
        self.sum = QLabel()
        self.cues = QLabel()
        for label in (self.verdict, self.sum, self.cues):
            label.setProperty("role", "dim")
            label.setWordWrap(True)
        self.liked = _Row()
        self.disliked = _Row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self.title)
        column.addWidget(self.verdict)
        column.addWidget(self.sum)
        for row in (self.liked, self.disliked):
            row.chosen.connect(self.photo_requested)
            column.addWidget(row)
        column.addWidget(self.cues)
        self.hide()

    def use_thumbs(self, thumbs: ThumbLoader) -> None:
        """Takes its pictures from `thumbs`."""
        self._thumbs = thumbs
        thumbs.ready.connect(self._draw)

    def show_verdict(self, sentence: str) -> None:
        """Says beside every number how good taste is; nothing where it is better."""
        self.verdict.setText(sentence)
        self.verdict.setVisible(bool(sentence))

    def show_grounds(self, grounds: Grounds | None) -> None:
        """Shows why; `None`: there is nothing to say."""
        self.setVisible(grounds is not None)
        if grounds is None:
            return
        text = say("Generic score as you would put it {generic}, photos like it {shown}")
        self.sum.setText(text.format(generic=round(grounds.generic), shown=_points(grounds.shown)))
        liked, disliked = grounds.liked, grounds.disliked
        self.liked.show_photos(
            say("Like these you gave {verdicts}").format(verdicts=_verdicts(liked)), liked
        )
        text = say("unlike these {verdicts}") if liked else say("Like these you gave {verdicts}")
        self.disliked.show_photos(text.format(verdicts=_verdicts(disliked)), disliked)
        cues = [f"{say(CUES[name])} {_points(by)}" for name, by in grounds.cues[:_SHOWN_CUES]]
        self.cues.setText(say("What was measured: {cues}").format(cues=", ".join(cues)))
        self.cues.setVisible(bool(cues))
        self._draw()

    @property
    def text(self) -> str:
        """All of it as lines to copy; nothing if nothing is shown."""
        if self.isHidden():
            return ""
        parts = (self.sum, self.liked.title, self.disliked.title, self.cues)
        lines = [part.text() for part in parts if part.text()]
        return "\n".join([self.title.text(), *lines])

    def _draw(self, *_: object) -> None:
        if self._thumbs is not None and not self.isHidden():
            for row in (self.liked, self.disliked):
                row.draw(self._thumbs)


class _Row(QWidget):
    """A line of words and up to three photos."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setProperty("role", "small")
        self.title.setWordWrap(True)
        self.buttons: list[QToolButton] = []
        self._photos: list[Photo] = []
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(theme.SPACE // 2)
        self._pictures.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self.title)
        column.addLayout(self._pictures)

    def show_photos(self, words: str, photos: Sequence[Photo]) -> None:
        self._photos = list(photos)
        self.title.setText(words if photos else "")
        self.setVisible(bool(photos))
        while len(self.buttons) < len(photos):
            self._add()
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(photos))
            if place < len(photos):
                photo = photos[place]
                given = ", ".join(verdict_in_words(photo.verdict))
                text = say("{name}: {verdict}. Show it").format(
                    name=paths.display(photo.path.name), verdict=given
                )
                button.setToolTip(text)
                button.setAccessibleName(text)
                button.setIcon(QIcon())

    def _add(self) -> None:
        place = len(self.buttons)
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIconSize(_PICTURE)
        button.clicked.connect(lambda: self.chosen.emit(self._photos[place].id))
        self._pictures.insertWidget(place, button)
        self.buttons.append(button)

    def draw(self, thumbs: ThumbLoader) -> None:
        """Takes the pictures that are there; others are asked for by looking."""
        for photo, button in zip(self._photos, self.buttons, strict=False):
            thumb = thumbs.look(photo)
            if thumb is not None and thumb.pixmap is not None:
                button.setIcon(QIcon(thumb.pixmap))


def _verdicts(photos: Sequence[Photo]) -> str:
    """What photos were given, briefly: `5 ★, pick`."""
    flags = {Flag.PICK: say("pick"), Flag.MAYBE: say("maybe"), Flag.REJECT: say("reject")}
    found = [
        f"{one.verdict.stars} ★" if one.verdict.stars else flags.get(one.verdict.flag, "–")
        for one in photos
    ]
    return ", ".join(dict.fromkeys(found))


def _points(points: float) -> str:
    """Points of 100 with their sign."""
    return f"{'+' if points >= 0 else _MINUS}{tenths(abs(points))}"
