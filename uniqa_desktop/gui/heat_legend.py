"""The line below the picture: what its heat map means, how far it is, or why there is none.

It has one height whatever it says: the picture does not move.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.heat_layer import LOWERS, RAISES, SHARP, HeatLayer
from uniqa_desktop.gui.words import say

_STEPS = 100


class _Scale(QWidget):
    """The colours from one end to the other."""

    def __init__(self) -> None:
        super().__init__()
        self.colours: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(12 * theme.SPACE, theme.SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ramp = QLinearGradient(QPointF(0, 0), QPointF(self.width(), 0))
        for number, colour in enumerate(self.colours):
            ramp.setColorAt(number / max(1, len(self.colours) - 1), QColor(colour))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ramp)
        painter.drawRoundedRect(self.rect(), theme.SPACE / 2, theme.SPACE / 2)


class HeatLegend(QWidget):
    """One line: the scale with its two ends, or what is going on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.left, self.right, self.more = (QLabel() for _ in range(4))
        for label, role in (
            (self.words, "small"),
            (self.left, "small"),
            (self.right, "small"),
            (self.more, "dim"),
        ):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._scale = _Scale()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._bar.setFixedWidth(12 * theme.SPACE)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.SPACE, 0, 2 * theme.SPACE, 0)
        row.setSpacing(theme.SPACE)
        row.addStretch()
        for widget in (self.words, self._bar, self.left, self._scale, self.right, self.more):
            row.addWidget(widget)
        row.addStretch()
        self.setFixedHeight(self.words.fontMetrics().height() + theme.SPACE)
        self.say("")
        self.hide()

    @property
    def text(self) -> str:
        """What it says, as a screen reader has it."""
        return self.accessibleName()

    def say(self, sentence: str) -> None:
        """Says why there is no map."""
        self._show(scale=False, busy=False)
        self.words.setText(sentence)
        self._tell(sentence, "")

    def looking(self, done: float) -> None:
        """The map is being made; `done` is the finished fraction."""
        self._show(scale=False, busy=True)
        self.words.setText(say("Looking…"))
        self._bar.setValue(round(_STEPS * done))
        self._tell(self.words.text(), "")

    def explain(self, layer: HeatLayer) -> None:
        """Says what the map shows."""
        self._show(scale=True, busy=False)
        if layer.diverging:
            self.left.setText(say("− lowers quality"))
            self.right.setText(say("raises quality +"))
            self.more.setText(say("the strongest: {n} of 100").format(n=_points(layer.strongest)))
            self._scale.colours = (LOWERS, theme.grey(40), RAISES)
            how = say(
                "Each part of the photo was blurred in turn and the whole scored again. "
                "Where that cost points, the detail there raises the score."
            )
        else:
            self.left.setText(say("soft or plain"))
            self.right.setText(say("sharpest here"))
            self.more.setText("")
            self._scale.colours = (theme.grey(24), SHARP)
            how = say(
                "This model measures the pixels: the map shows how sharp each part of the photo "
                "is at full size. The sharpest place decides its score."
            )
        self._scale.update()
        parts = (self.left.text(), self.right.text(), self.more.text())
        self._tell(", ".join(part for part in parts if part), how)

    def _show(self, *, scale: bool, busy: bool) -> None:
        for widget in (self.left, self._scale, self.right, self.more):
            widget.setVisible(scale)
        self.words.setVisible(not scale)
        self._bar.setVisible(busy)

    def _tell(self, text: str, how: str) -> None:
        self.setAccessibleName(text)
        self.setAccessibleDescription(how)
        self.setToolTip(how)


def _points(n: float) -> str:
    return words.tenths(n) if n < 10 else words.number(n)
