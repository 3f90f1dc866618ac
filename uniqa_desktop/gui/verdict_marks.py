"""The verdict on one photo, drawn with the marks of the grid: flag, stars, colour."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from uniqa_desktop.gui.marks import FLAG, Marks
from uniqa_desktop.gui.photos_model import verdict_in_words
from uniqa_desktop.photo import Flag, Label, Verdict

_GAP = 6


class VerdictMarks(QWidget):
    """Shows a verdict; takes no room where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = Verdict()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def verdict(self) -> Verdict:
        return self._verdict

    def show_verdict(self, verdict: Verdict) -> None:
        """Shows `verdict` in marks, and in words to a screen reader."""
        self.setAccessibleName(", ".join(verdict_in_words(verdict)))
        self.setToolTip(self.accessibleName())
        if verdict != self._verdict:
            self._verdict = verdict
            self.updateGeometry()
            self.update()

    def _pixmaps(self) -> list[QPixmap]:
        marks = Marks(self.devicePixelRatioF())
        verdict = self._verdict
        return [
            *([marks.label(verdict.label)] if verdict.label is not Label.NONE else []),
            *([marks.stars(verdict.stars)] if verdict.stars else []),
            *([marks.flag(verdict.flag)] if verdict.flag is not Flag.NONE else []),
        ]

    def sizeHint(self) -> QSize:
        widths = [round(each.deviceIndependentSize().width()) for each in self._pixmaps()]
        return QSize(sum(widths) + _GAP * max(0, len(widths) - 1), FLAG)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        for pixmap in self._pixmaps():
            size = pixmap.deviceIndependentSize()
            painter.drawPixmap(round(left), round((self.height() - size.height()) / 2), pixmap)
            left += size.width() + _GAP
