"""What an empty grid says when photos are there but the filter or a search hides them all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.words import count


class NothingShown(QWidget):
    """Lies over an empty view: why it is empty, and a button that shows everything.

    Signals:
        all_requested(): the user wants to see all photos.
    """

    all_requested = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.why = QLabel()
        self.why.setProperty("role", "title")
        self.filter = QLabel()
        self.filter.setProperty("role", "dim")
        for label in (self.why, self.filter):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton()
        self.button.setDefault(True)
        self.button.clicked.connect(self.all_requested)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (4 * theme.SPACE,))
        column.setSpacing(theme.SPACE)
        column.addStretch(2)
        column.addWidget(self.why)
        column.addWidget(self.filter)
        column.addSpacing(theme.SPACE)
        column.addLayout(row)
        column.addStretch(3)
        self.hide()
        view.installEventFilter(self)

    def say(self, why: str, filter: str, total: int) -> None:
        """Shows why nothing is shown, by which filter, and how many photos there are."""
        self.why.setText(why)
        self.filter.setText(filter)
        self.filter.setVisible(bool(filter))
        self.button.setText(count("Show the 1 photo", "Show all %n photos", total))
        self.setAccessibleName(why)
        self._fit()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._view.rect())
