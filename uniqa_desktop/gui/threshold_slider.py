"""The slider of the three piles: two handles over the histogram of a score, what is between them is
to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.range_slider import RangeSlider

_BARS = 4 * theme.SPACE


class ThresholdSlider(RangeSlider):
    """The lower handle says below which score photos are rejected for sure, the upper one from
    which they are kept; keys and mouse are those of `RangeSlider`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, bar_height=_BARS)
        self.setToolTip(
            self.tr(
                "Two handles part the photos by their score.\nArrow keys move the lower one, "
                "Shift+arrow keys the upper.\nDouble click: look at nearly all"
            )
        )

    def _tell(self) -> None:
        low, high = self.bounds
        text = self.tr("Thresholds: sure reject below {low}, sure keep from {high}")
        self.setAccessibleName(text.format(low=low, high=high))
        self.update()

    def _paint_text(self, painter: QPainter, colours: theme.Tokens) -> None:
        """What each handle says, at its own end."""
        low, high = self.bounds
        line = QRectF(4, 0, self.width() - 8, self.fontMetrics().height())
        painter.setPen(QColor(colours.text))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(line, left, self.tr("Reject below {n}").format(n=low))
        painter.drawText(line, right, self.tr("Keep from {n}").format(n=high))
