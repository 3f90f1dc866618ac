"""The line below the picture: what the overlays that are on show, and what there is of it.

It has one height whatever it says: the picture does not move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from uniqa_desktop.gui import mark_layers, theme
from uniqa_desktop.gui.words import count, say, tenths

Draw = Callable[[QPainter, QRectF, float], None]
"""Draws a sample into a rectangle, at so many device pixels per device-independent one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is shown: a sample of it, and words."""

    draw: Draw
    text: str


def _filled(brush: mark_layers.Paint, ground: Qt.GlobalColor) -> Draw:
    """A brush on what it is painted over."""

    def draw(painter: QPainter, place: QRectF, ratio: float) -> None:
        painter.fillRect(place, ground)
        # The brush is made of device pixels.
        painter.scale(1 / ratio, 1 / ratio)
        painter.fillRect(QRectF(0, 0, place.width() * ratio, place.height() * ratio), brush(ratio))

    return draw


_HIGHLIGHTS = _filled(mark_layers.highlights, Qt.GlobalColor.white)
_SHADOWS = _filled(mark_layers.shadows, Qt.GlobalColor.black)


def _edges(painter: QPainter, place: QRectF, _ratio: float) -> None:
    painter.fillRect(place.adjusted(0, 2, 0, 3 - place.height()), mark_layers.focus(1))
    painter.fillRect(place.adjusted(0, place.height() - 3, 0, -2), mark_layers.focus(1))


def _brackets(painter: QPainter, place: QRectF, _ratio: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = place.adjusted(2, 2, -2, -2)
    mark_layers.paint_brackets(painter, inner, 0.6)


def clipped(percent: tuple[float, ...] | None, *, blind: bool) -> Sequence[Entry]:
    """What is clipped: percents of highlights and shadows, `None` while they are not known."""
    names = (
        (_HIGHLIGHTS, say("highlights clipped"), say("highlights clipped: {percent}")),
        (_SHADOWS, say("shadows clipped"), say("shadows clipped: {percent}")),
    )
    return [
        Entry(
            draw,
            name if blind or percent is None else sentence.format(percent=_percent(percent[n])),
        )
        for n, (draw, name, sentence) in enumerate(names)
    ]


def focused(percent: tuple[float, ...] | None, *, waits: bool) -> Sequence[Entry]:
    """Edges in focus; `waits`: the full picture, which they are measured on, is on its way."""
    if percent is None and waits:
        text = say("edges in focus: reading the full picture…")
    elif percent is None or percent[0]:
        text = say("edges in focus")
    else:
        text = say("no edge in focus")
    return [Entry(_edges, text)]


def areas(found: int | None) -> Sequence[Entry]:
    """How many AF areas there are; `None` while that is not known."""
    if found == 0:
        text = say("no AF point recorded")
    else:
        text = count("AF point", "%n AF points", found or 1)
    return [Entry(_brackets, text)]


def _percent(value: float) -> str:
    if value == 0:
        return say("none")
    return f"{tenths(value)} %" if value >= 0.05 else f"< {tenths(0.1)} %"


class _Sample(QWidget):
    """A small piece of what is on the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.draw: Draw | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(3 * theme.SPACE, int(1.5 * theme.SPACE))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.draw is not None:
            painter = QPainter(self)
            # As on a picture: neither white nor black, whatever the theme.
            painter.fillRect(self.rect(), Qt.GlobalColor.darkGray)
            self.draw(painter, QRectF(self.rect()), self.devicePixelRatioF())


class OverlayLegend(QWidget):
    """One line of samples with words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[_Sample, QLabel]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * theme.SPACE, 0, 2 * theme.SPACE, 0)
        self._row.setSpacing(theme.SPACE)
        self._row.addStretch()
        self._row.addStretch()
        self.setFixedHeight(QLabel("A").sizeHint().height() + theme.SPACE)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, as a screen reader has it."""
        return self.accessibleName()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Explains these, or disappears if there are none."""
        while len(self._parts) < len(entries):
            self._parts.append(self._made_part())
        for number, (sample, label) in enumerate(self._parts):
            entry = entries[number] if number < len(entries) else None
            sample.setVisible(entry is not None)
            label.setVisible(entry is not None)
            if entry is not None:
                sample.draw = entry.draw
                sample.update()
                label.setText(entry.text)
        self.setAccessibleName(", ".join(entry.text for entry in entries))
        self.setVisible(bool(entries))

    def _made_part(self) -> tuple[_Sample, QLabel]:
        sample, label = _Sample(), QLabel()
        label.setProperty("role", "small")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setContentsMargins(0, 0, 2 * theme.SPACE, 0)
        for widget in (sample, label):
            self._row.insertWidget(self._row.count() - 1, widget)
        return sample, label
