"""What is under way for a model: how far, how fast, how long still, and a button that stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from uniqa_desktop.gui import motion, theme, words
from uniqa_desktop.gui.model_work import Doing, Stage

_STEPS = 1000
"""Resolution of the bar: finer than its pixels, whatever the number of bytes."""


class DoingRow(QWidget):
    """A progress bar for downloads and installations; hidden while nothing is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.pace = QLabel()
        self.pace.setProperty("role", "dim")
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setIcon(theme.icon("stop"))
        self.stop.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.bar, 1)
        row.addWidget(self.pace)
        row.addWidget(self.stop)

    def show_doing(self, doing: Doing | None) -> None:
        """Shows what is under way, or nothing."""
        self.setVisible(doing is not None)
        if doing is None:
            return
        step = doing.progress
        if step is not None and step.total and step.done:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(round(_STEPS * step.done / step.total))
        else:
            motion.show_busy(self.bar)
        self.pace.setText(self._pace(doing))

    def _pace(self, doing: Doing) -> str:
        step = doing.progress
        if doing.stage is Stage.LOOK:
            return self.tr("Asking what there is…")
        if doing.stage is Stage.INSTALL:
            part = f" · {100 * step.done // step.total} %" if step and step.total else ""
            return self.tr("Installing {model}").format(model=doing.model) + part
        if step is None:
            return self.tr("Connecting…")
        so_far = words.file_size(step.done)
        if step.total:
            so_far = self.tr("{done} of {total}").format(
                done=so_far, total=words.file_size(step.total)
            )
        parts = [so_far]
        if step.rate:
            parts.append(self.tr("{size} a second").format(size=words.file_size(round(step.rate))))
        if step.remaining is not None:
            parts.append(words.remaining(step.remaining))
        return " · ".join(parts)
