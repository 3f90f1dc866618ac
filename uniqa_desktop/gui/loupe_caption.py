"""The line below the picture in the loupe: which photo, where in the list, how large, what score.

It lies under the picture, not on it: nothing may cover what is being judged.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from uniqa_desktop import describing
from uniqa_desktop.gui import stack_words, theme, words
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.stacks import Mark
from uniqa_desktop.gui.verdict_marks import VerdictMarks
from uniqa_desktop.photo import Photo, Verdict

_BAR = 3
"""Height of a chip's bar, device-independent pixels."""


class ScoreChip(QWidget):
    """A score as its name, its number and a thin bar; nothing at all where there is no score."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._value: float | None = None
        theme.set_font(self, "small")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_value(self, value: float | None) -> None:
        """Shows `value` on 0–100, or hides the chip."""
        self._value = value
        self.setVisible(value is not None)
        self.setAccessibleName(self.text)
        self.update()

    @property
    def text(self) -> str:
        return "" if self._value is None else f"{self._name} {round(self._value)}"

    def sizeHint(self) -> QSize:
        # As wide as the widest number, so that nothing moves while stepping.
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(f"{self._name} 100")
        # The bar's room is kept above as well: the text stays on the line of its neighbours.
        return QSize(width, metrics.height() + 2 * (_BAR + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._value is None:
            return
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.rect()
        painter.setPen(QColor(colours.dim))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._name
        )
        painter.setPen(QColor(colours.text))
        painter.drawText(
            text,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            f"{round(self._value)}",
        )
        bar = QRectF(0, self.height() - _BAR, self.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.pressed))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        bar.setWidth(bar.width() * min(max(self._value, 0), 100) / 100)
        painter.setBrush(QColor(colours.dim))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


class LoupeCaption(QWidget):
    """One quiet line: verdict · name · what stands out · position · zoom · scores."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blind = False
        self._shown: tuple[Photo | None, tuple[int, int] | None] = (None, None)
        self.verdict = VerdictMarks()
        self.name = ElidedLabel()
        self.name.setProperty("role", "small")
        self.sentence = ElidedLabel(cut=Qt.TextElideMode.ElideRight)
        self.sentence.setProperty("role", "dim")
        self.group = QLabel()
        self.group.setProperty("role", "small")
        self.group.hide()
        self.position = QLabel()
        self.position.setProperty("role", "dim")
        self.zoom = QLabel()
        self.zoom.setProperty("role", "dim")
        self.quality = ScoreChip(self.tr("Quality"))
        self.aesthetics = ScoreChip(self.tr("Aesthetics"))
        self.taste = ScoreChip(self.tr("Taste"))

        right = QHBoxLayout()
        right.setSpacing(2 * theme.SPACE)
        right.addStretch()
        for widget in (self.zoom, self.quality, self.aesthetics, self.taste):
            right.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.SPACE, theme.SPACE // 2, 2 * theme.SPACE, theme.SPACE // 2)
        row.setSpacing(2 * theme.SPACE)
        left = QHBoxLayout()
        left.setSpacing(2 * theme.SPACE)
        left.addWidget(self.verdict)
        left.addWidget(self.name)
        left.addWidget(self.sentence, 1)
        row.addLayout(left, 1)
        row.addWidget(self.group)
        row.addWidget(self.position)
        row.addLayout(right, 1)

    def show_photo(self, photo: Photo | None, position: tuple[int, int] | None) -> None:
        """Names the photo; `position` is its place in the list, from 1, and the list's length."""
        self._shown = (photo, position)
        self.verdict.show_verdict(photo.verdict if photo else Verdict())
        self.verdict.setVisible(bool(photo) and photo.verdict != Verdict())
        self.name.setText(photo.path.name if photo else "")
        self.position.setText(
            self.tr("{n} of {total}").format(
                n=words.number(position[0]), total=words.number(position[1])
            )
            if position
            else ""
        )
        attributes = photo.attributes if photo and not self._blind else None
        self.sentence.setText(describing.sentence(attributes, words.say) if attributes else "")
        scores = photo.scores if photo and not self._blind else None
        self.quality.show_value(scores.quality if scores else None)
        self.aesthetics.show_value(scores.aesthetics if scores else None)
        self.taste.show_value(photo.taste if photo and not self._blind else None)

    def show_group(self, mark: Mark | None) -> None:
        """Says which of its group the photo is: `Burst, 3 of 7`."""
        self.group.setText("" if mark is None else stack_words.place(mark))
        self.group.setToolTip("" if mark is None else self.tr("↑ and ↓ step through the group"))
        self.group.setVisible(mark is not None)

    def set_blind(self, blind: bool) -> None:
        """Hides scores and what was measured, or shows them again."""
        self._blind = blind
        self.show_photo(*self._shown)

    def show_zoom(self, text: str) -> None:
        self.zoom.setText(text)
