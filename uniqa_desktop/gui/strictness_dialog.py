"""How strong evidence must be to put photos into one group: a slider that the list follows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.bursts.group import Kind
from uniqa_desktop.gui import stack_words, theme, words


class StrictnessDialog(QDialog):
    """A slider from 0 (much together) to 100 (little), with what that finds.

    Signals:
        changed(int): the strictness that is tried.
    """

    changed = Signal(int)

    def __init__(self, strictness: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Strictness of grouping"))
        note = QLabel(
            self.tr(
                "How strong evidence must be to put photos into one group. What you have put "
                "together or taken apart yourself stays as it is."
            )
        )
        note.setWordWrap(True)
        note.setProperty("role", "dim")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setTickInterval(10)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setValue(strictness)
        self.slider.setAccessibleName(self.tr("Strictness"))
        self.value = QLabel()
        theme.set_font(self.value, "normal", emphasis=True)
        ends = QHBoxLayout()
        ends.addWidget(_dim(self.tr("0: much together")))
        ends.addStretch(1)
        ends.addWidget(self.value)
        ends.addStretch(1)
        ends.addWidget(_dim(self.tr("100: little together")))
        self.found = QLabel(self.tr("Gathering what is known of the photos…"))
        self.found.setWordWrap(True)
        self.found.setMinimumHeight(2 * self.found.fontMetrics().lineSpacing())
        self.found.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox()
        keep = buttons.addButton(self.tr("Group by this"), QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        column.addWidget(note)
        column.addSpacing(theme.SPACE)
        column.addWidget(self.slider)
        column.addLayout(ends)
        column.addSpacing(theme.SPACE)
        column.addWidget(self.found)
        column.addWidget(buttons)
        self.setMinimumWidth(60 * theme.SPACE)
        self.slider.valueChanged.connect(self._moved)
        self._show_value()

    @property
    def strictness(self) -> int:
        """What the slider stands at."""
        return self.slider.value()

    def show_groups(self, kinds: Sequence[Kind], photos: int) -> None:
        """Says what was found at the strictness that is tried."""
        if not kinds:
            self.found.setText(self.tr("No groups."))
            return
        self.found.setText(
            self.tr("{groups}. {photos} in groups.").format(
                groups=stack_words.counts(kinds),
                photos=words.count("1 photo", "%n photos", photos),
            )
        )

    def show_trouble(self, why: str) -> None:
        """Says why nothing can be grouped."""
        self.found.setText(why)

    def _moved(self, strictness: int) -> None:
        self._show_value()
        self.changed.emit(strictness)

    def _show_value(self) -> None:
        self.value.setText(str(self.strictness))


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "dim")
    return label
