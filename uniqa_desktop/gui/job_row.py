"""The foot of a dialog that starts a job: how far it is, what came of it, and its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from uniqa_desktop.gui import motion, theme
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Progress

_STEPS = 1000


class JobRow(QWidget):
    """A sentence and a bar above the buttons `stop`, `close_button` and `go`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Progress"))
        self.go = QPushButton()
        self.stop = QPushButton(say("Stop"))
        self.stop.setIcon(theme.icon("stop"))
        self.close_button = QPushButton(say("Close"))
        for button in (self.stop, self.close_button):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE)
        buttons.addWidget(self.said, 1)
        for button in (self.stop, self.close_button, self.go):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.bar)
        column.addLayout(buttons)
        self.idle("")

    def idle(self, sentence: str, *, warning: bool = False) -> None:
        """Nothing runs; `sentence` says what there is, or what came of it."""
        self.bar.hide()
        self.stop.hide()
        self.stop.setEnabled(True)
        self.said.setProperty("role", "warning" if warning else "")
        self.said.style().polish(self.said)
        self.said.setText(sentence)

    def running(self, sentence: str, step: Progress | None = None) -> None:
        """The job runs, at `step` if it has told one."""
        self.idle(sentence)
        self.bar.show()
        self.stop.show()
        self.go.setEnabled(False)
        if step is None or not step.total:
            motion.show_busy(self.bar)
        else:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(round(_STEPS * step.done / step.total))
