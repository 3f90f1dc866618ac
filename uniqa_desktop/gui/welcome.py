"""What a new user sees: one sentence, three ways to begin, and the folders of last time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.bindings import tip
from uniqa_desktop.gui.elided import ElidedLabel

RECENT = 5
"""Folders listed at most."""
_ICON = 20


class Welcome(QWidget):
    """The empty window.

    Signals:
        open_requested(), demo_requested(), scores_requested(): the three buttons.
        folder_chosen(Path): a folder of the recent list.
    """

    open_requested = Signal()
    demo_requested = Signal()
    scores_requested = Signal()
    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, offer_scores: bool = False) -> None:
        """Makes the page; `offer_scores` adds the button that installs better scores."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Welcome"))
        self.title = QLabel(self.tr("Come home with 2,000 photos, keep the best 100, today."))
        self.title.setProperty("role", "title")
        self.promise = QLabel(
            self.tr("Scored on this computer. Nothing is uploaded, nothing is deleted unasked.")
        )
        self.promise.setProperty("role", "dim")
        for label in (self.title, self.promise):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.open = self._button(
            self.tr("Open folder…"), "folder-open", self.tr("Choose a folder of photos")
        )
        tip(self.open, self.tr("Choose a folder of photos"), "open_folder")
        self.open.setDefault(True)
        self.open.clicked.connect(self.open_requested)
        self.demo = self._button(
            self.tr("Try the demo shoot"), "demo", self.tr("66 drawn pictures with every feature")
        )
        self.demo.clicked.connect(self.demo_requested)
        self.scores = self._button(
            self.tr("Get better scores: install UniQA"),
            "model",
            self.tr("Scores learned from people, instead of measured"),
        )
        self.scores.clicked.connect(self.scores_requested)
        self.scores.setVisible(offer_scores)
        self.drop = QLabel(self.tr("or drop a folder anywhere in this window"))
        self.drop.setProperty("role", "dim")
        self.drop.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.recent = QWidget()
        self._recent = QVBoxLayout(self.recent)
        self._recent.setContentsMargins(0, 0, 0, 0)
        self._recent.setSpacing(0)
        self._lay_out()
        self.set_recent(())
        self.setFocusProxy(self.open)

    def _button(self, text: str, icon: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setIcon(theme.icon(icon))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        row = QWidget()
        row.setFixedHeight(5 * theme.SPACE)  # larger than elsewhere: here is where one begins
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(theme.SPACE)
        buttons.addStretch()
        for button in (self.open, self.demo, self.scores):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (4 * theme.SPACE,))
        column.setSpacing(theme.SPACE)
        column.addStretch(2)
        column.addWidget(self.title)
        column.addWidget(self.promise)
        column.addSpacing(2 * theme.SPACE)
        column.addWidget(row)
        column.addWidget(self.drop)
        column.addSpacing(4 * theme.SPACE)
        column.addWidget(self.recent, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_recent(self, folders: Sequence[Path]) -> None:
        """Lists the folders opened last, the latest first."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.recent.setVisible(bool(folders))
        if folders:
            heading = QLabel(self.tr("Opened last"))
            heading.setProperty("role", "dim")
            heading.setContentsMargins(theme.SPACE, 0, 0, theme.SPACE // 2)
            self._recent.addWidget(heading)
        for folder in folders[:RECENT]:
            self._recent.addWidget(self._recent_button(folder))

    def _recent_button(self, folder: Path) -> QPushButton:
        button = QPushButton()
        button.setFlat(True)
        button.setFixedWidth(56 * theme.SPACE)
        button.setFixedHeight(4 * theme.SPACE)
        button.setToolTip(self.tr("Open {folder}").format(folder=paths.display(folder)))
        button.setAccessibleName(button.toolTip())
        name = QLabel(paths.display(folder.name) or paths.display(folder))
        where = ElidedLabel(paths.display(folder.parent))
        where.setProperty("role", "dim")
        row = QHBoxLayout(button)
        row.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        row.setSpacing(2 * theme.SPACE)
        row.addWidget(name)
        row.addWidget(where, 1)
        for label in (name, where):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.clicked.connect(lambda: self.folder_chosen.emit(folder))
        return button
