"""The five measured attributes as bars, each with its value and what it means in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.words import decimals, say
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Attributes

_SEPARATOR = " · "
_BAR = 4
"""Height of a bar, device-independent pixels."""

NAMES: Mapping[str, str] = {
    "sharpness": "Sharpness",
    "brightness": "Brightness",
    "contrast": "Contrast",
    "colorfulness": "Colorfulness",
    "noisiness": "Noisiness",
}

MEANINGS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "sharpness": (
        (20, "soft everywhere: missed focus or shake"),
        (40, "rather soft, also at its sharpest place"),
        (60, "sharp enough for a small print"),
        (80, "sharp where it matters"),
        (101, "very sharp, fine detail throughout the focus"),
    ),
    "brightness": (
        (15, "very dark: night, low key or underexposed"),
        (35, "dark"),
        (65, "evenly exposed"),
        (85, "bright"),
        (101, "very bright: high key or overexposed"),
    ),
    "contrast": (
        (20, "flat: haze, fog or little light"),
        (40, "soft contrast"),
        (65, "balanced contrast"),
        (85, "strong contrast"),
        (101, "hard: little between black and white"),
    ),
    "colorfulness": (
        (5, "black and white, or nearly"),
        (25, "muted colours"),
        (55, "natural colours"),
        (80, "rich colours"),
        (101, "very strong colours"),
    ),
    "noisiness": (
        (15, "clean"),
        (35, "a little grain when looked at closely"),
        (60, "visible noise"),
        (101, "strong noise: fine detail is lost in it"),
    ),
}
"""What a value on 0–100 means: the first line whose bound lies above it."""


def meaning(name: str, value: float) -> str:
    """One line on an attribute's value, in the user's language."""
    line = next(text for bound, text in MEANINGS[name] if value < bound)
    return QCoreApplication.translate("attributes", line)


class Bar(QWidget):
    """A thin bar filled to a value on 0–100; empty where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(96, _BAR)

    def show_value(self, value: float | None) -> None:
        self.value = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(QColor(colours.pressed))
        painter.drawRoundedRect(area, _BAR / 2, _BAR / 2)
        if self.value is not None:
            area.setWidth(max(area.width() * min(max(self.value, 0), 100) / 100, _BAR))
            painter.setBrush(QColor(colours.dim))
            painter.drawRoundedRect(area, _BAR / 2, _BAR / 2)


class ValueRow:
    """A name, a value, a bar and a line of words, put into a two-column grid."""

    def __init__(self, grid: QGridLayout, name: str) -> None:
        self._name = name
        row = grid.rowCount()
        self.name, self.value, self.words, self.bar = QLabel(name), QLabel(), QLabel(), Bar()
        self.raw = QLabel()
        self.raw.setProperty("role", "dim")
        self.raw.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.raw.hide()
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.words.setProperty("role", "dim")
        self.words.setWordWrap(True)
        for label in (self.name, self.value, self.words, self.raw):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(self.name, row, 0)
        grid.addWidget(self.value, row, 1)
        grid.addWidget(self.bar, row + 1, 0, 1, 2)
        below = QHBoxLayout()
        below.addWidget(self.words, 1)
        below.addWidget(self.raw)
        grid.addLayout(below, row + 2, 0, 1, 2)
        grid.setRowMinimumHeight(row + 3, theme.SPACE // 2)

    def show_value(self, value: float | None, words: str) -> None:
        """Shows `value` on 0–100 (`None`: there is none, and `words` say why)."""
        self.value.setText("–" if value is None else f"{round(value)}")
        self.bar.show_value(value)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.bar.setAccessibleName(f"{self._name}: {self.value.text()}, {words}")

    def show_raw(self, raw: float | None) -> None:
        """Keeps the model's own number apart: small, beside the words, and in the tool tip."""
        self.raw.setText("" if raw is None else say("raw {n}").format(n=decimals(raw)))
        tip = "" if raw is None else say("The model's own number, before it is put on 0–100.")
        self.raw.setToolTip(tip)
        self.raw.setVisible(raw is not None)

    @property
    def text(self) -> str:
        words = _SEPARATOR.join(part for part in (self.words.text(), self.raw.text()) if part)
        return f"{self._name}: {self.value.text()}" + (f" ({words})" if words else "")


class AttributeBars(QWidget):
    """Sharpness, brightness, contrast, colorfulness and noisiness of one photo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Measured attributes"))
        grid = value_grid(self)
        self.rows = {
            name: ValueRow(grid, QCoreApplication.translate("attributes", NAMES[name]))
            for name in ATTRIBUTE_NAMES
        }

    def show_attributes(self, attributes: Attributes | None) -> None:
        """Shows the measures; `None`: not measured yet."""
        for name, row in self.rows.items():
            if attributes is None:
                row.show_value(None, "")
            else:
                value = getattr(attributes, name).value
                row.show_value(value, meaning(name, value))

    @property
    def text(self) -> str:
        """All of it as lines to copy."""
        return "\n".join(row.text for row in self.rows.values())


def value_grid(parent: QWidget) -> QGridLayout:
    """The layout that `ValueRow`s go into."""
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE)
    grid.setVerticalSpacing(theme.SPACE // 2)
    grid.setColumnStretch(0, 1)
    return grid
