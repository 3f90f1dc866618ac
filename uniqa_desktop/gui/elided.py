"""A label for one line that may be too long: cut in the middle, whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget


class ElidedLabel(QLabel):
    """Cuts its text where file names differ least: in the middle, so that the number stays. For
    a sentence, cut it at its end."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(text, parent)
        self._cut = cut
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell()

    @property
    def shown(self) -> str:
        """The text as it is seen."""
        return self.fontMetrics().elidedText(self.text(), self._cut, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * 8
        return QSize(min(least, super().sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        self.setToolTip(self.text() if self.shown != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()) | Qt.TextFlag.TextSingleLine,
            option.palette,
            self.isEnabled(),
            self.shown,
            self.foregroundRole(),
        )
