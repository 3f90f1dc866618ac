"""The line at the bottom: what runs, how far, how fast, how long still, and what went wrong."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from uniqa_desktop.gui import motion, theme, words
from uniqa_desktop.gui.bindings import tip
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.photo import Progress

Kind = Literal["info", "warning"]

_JOBS = {
    "scan": "Looking for photos",
    "score": "Scoring",
    "demo": "Drawing the demo shoot",
    "install": "Installing the model",
    "export": "Exporting",
    "list": "Writing the list",
    "trash": "Moving to the trash",
    "sidecars": "Reading sidecars",
    "group": "Grouping photos",
    "look closer": "Comparing neighbours",
    "best": "Comparing the frames of bursts",
}
_PARTS = frozenset({"install", "export"})
"""Jobs that count parts of one thing: their percentage says more than their number."""
_STEPS = 1000
"""Resolution of the bar: finer than its pixels, whatever the number of photos."""


class StatusLine(QWidget):
    """Progress of the running job, its pause and stop buttons, and one message.

    Signals:
        pause_toggled(bool): the user wants it to wait, or to go on.
        cancelled(): the user wants it to end after the photos in hand.
        message_dismissed(): the user has read the message.
        act_requested(): the user wants what the message offers.
    """

    pause_toggled = Signal(bool)
    cancelled = Signal()
    message_dismissed = Signal()
    act_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Status"))
        self._progress: Progress | None = None
        self.what = QLabel()
        self.what.setProperty("role", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(20 * theme.SPACE)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.pace = QLabel()
        self.pace.setProperty("role", "dim")
        self.pause = self._button("pause", self.tr("Pause"))
        tip(self.pause, self.tr("Pause"), "pause", named=True)
        self.pause.setCheckable(True)
        self.pause.toggled.connect(self._paused)
        self.stop = self._button("stop", self.tr("Stop after the photos in hand"))
        self.stop.clicked.connect(self._stopped)
        self.modes = QLabel()
        self.modes.setProperty("role", "emphasis")
        theme.set_font(self.modes, "small", emphasis=True)
        self.modes.hide()
        self.sign = QLabel()
        self.words = ElidedLabel()
        self.words.setProperty("role", "small")
        self.act = QPushButton()
        self.act.clicked.connect(self.clear_message)
        self.act.clicked.connect(self.act_requested)
        self.dismiss = self._button("close", self.tr("Hide this message"))
        self.dismiss.clicked.connect(self.clear_message)
        self.dismiss.clicked.connect(self.message_dismissed)

        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.SPACE, 0, theme.SPACE, 0)
        row.setSpacing(theme.SPACE)
        for widget in (self.what, self.bar, self.pace, self.pause, self.stop):
            row.addWidget(widget)
        row.addWidget(self.modes)
        row.addStretch(1)
        for widget in (self.sign, self.words, self.act, self.dismiss):
            row.addWidget(widget)
        self.setFixedHeight(self.pause.sizeHint().height() + theme.SPACE // 2)
        self.idle("")
        self.clear_message()

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(theme.icon(icon))
        button.setIconSize(QSize(2 * theme.SPACE, 2 * theme.SPACE))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button

    def show_progress(self, progress: Progress) -> None:
        """Shows a step of the running job."""
        if self._progress is None or self._progress.job != progress.job:
            self._set_paused(False)
            self.stop.setEnabled(True)
        self._progress = progress
        self._running(True)
        self._show_step()

    def idle(self, text: str) -> None:
        """Nothing runs; `text` says what there is ("480 photos")."""
        self._progress = None
        self._set_paused(False)
        self._running(False)
        self.what.setText(text)

    def message(self, text: str, kind: Kind = "info", act: str = "") -> None:
        """One sentence that stays until it is hidden or replaced; a warning says what to do.

        `act` is the text of a button beside it; `act_requested` tells of a press.
        """
        self.words.setProperty("role", "warning" if kind == "warning" else "small")
        self.words.style().polish(self.words)
        self.words.setText(text)
        name = "warning" if kind == "warning" else "info"
        self.sign.setPixmap(theme.icon(name).pixmap(2 * theme.SPACE, 2 * theme.SPACE))
        for widget in (self.sign, self.words, self.dismiss):
            widget.setVisible(bool(text))
        self.act.setText(act)
        self.act.setVisible(bool(text and act))

    def show_modes(self, text: str) -> None:
        """Says which modes are on, as long as they are."""
        self.modes.setText(text)
        self.modes.setAccessibleName(text)
        self.modes.setVisible(bool(text))

    def clear_message(self) -> None:
        self.message("")

    def _running(self, running: bool) -> None:
        for widget in (self.bar, self.pace, self.pause, self.stop):
            widget.setVisible(running)

    def _show_step(self) -> None:
        step = self._progress
        if step is None:
            return
        job = self.tr(_JOBS.get(step.job, step.job))
        if self.pause.isChecked():
            job = self.tr("{job}, paused").format(job=job)
        if step.total is None:
            # The end is not known yet: a bar that moves, and a number that grows.
            motion.show_busy(self.bar)
            so_far = words.count("1 photo", "%n photos", step.done)
        else:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(round(_STEPS * step.done / max(step.total, 1)))
            so_far = (
                f"{round(100 * step.done / max(step.total, 1))} %"
                if step.job in _PARTS
                else self.tr("{done} of {total}").format(
                    done=words.number(step.done), total=words.number(step.total)
                )
            )
        self.what.setText(f"{job} · {so_far}")
        self.pace.setText(self._pace(step))

    def _pace(self, step: Progress) -> str:
        if self.pause.isChecked():
            return ""
        parts = []
        if step.rate and step.job not in _PARTS:
            parts.append(words.rate(step.rate))
        if step.remaining is not None:
            parts.append(words.remaining(step.remaining))
        return " · ".join(parts)

    def _set_paused(self, paused: bool) -> None:
        """Sets the button without telling anybody: it follows the job here, not the user."""
        self.pause.blockSignals(True)
        self.pause.setChecked(paused)
        self.pause.blockSignals(False)
        self._show_pause(paused)

    def _paused(self, paused: bool) -> None:
        self._show_pause(paused)
        self._show_step()
        self.pause_toggled.emit(paused)

    def _show_pause(self, paused: bool) -> None:
        self.pause.setIcon(theme.icon("play" if paused else "pause"))
        tip(self.pause, self.tr("Go on") if paused else self.tr("Pause"), "pause", named=True)

    def _stopped(self) -> None:
        self.stop.setEnabled(False)
        self.what.setText(self.tr("Stopping after the photos in hand…"))
        self.pace.setText("")
        self.cancelled.emit()
