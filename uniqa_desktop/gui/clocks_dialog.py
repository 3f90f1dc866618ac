"""How far a camera's clock was off: one camera at a time, with what it means for a photo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop import paths
from uniqa_desktop.gui import theme, words
from uniqa_desktop.photo import Photo

_SECOND = 1_000_000
"""Microseconds."""
_UNITS = (86_400, 3_600, 60, 1)
"""Seconds in a day, an hour, a minute, a second."""
_MOST = (9_999, 23, 59, 59)


class ClocksDialog(QDialog):
    """Says for a camera how much has to be added to its times; nothing at all takes it back.

    Signals:
        decided(str, int): the camera, and the whole shift in microseconds.
    """

    decided = Signal(str, object)

    def __init__(
        self,
        cameras: Sequence[str],
        shifts: Mapping[str, int],
        photo: Photo | None,
        parent: QWidget | None = None,
    ) -> None:
        """`shifts` are those that hold now (microseconds, by camera); `photo` is the example."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Cameras' clocks"))
        self._shifts = shifts
        self._photo = photo
        note = QLabel(
            self.tr(
                "If a camera's clock was off, its photos stand in the wrong order and are not "
                "grouped with others. The files are not changed; a shift of nothing takes a "
                "correction back."
            )
        )
        note.setWordWrap(True)
        note.setProperty("role", "dim")
        self.camera = QComboBox()
        self.camera.addItems(list(cameras))
        own = photo.meta.camera if photo is not None else None
        self.camera.setCurrentIndex(max(0, self.camera.findText(own or "")))
        self.direction = QComboBox()
        self.direction.addItem(self.tr("Its clock was slow: add"), 1)
        self.direction.addItem(self.tr("Its clock was fast: take away"), -1)
        titles = (self.tr("days"), self.tr("hours"), self.tr("minutes"), self.tr("seconds"))
        amounts = QHBoxLayout()
        amounts.setSpacing(theme.SPACE)
        self.amounts: list[QSpinBox] = []
        for title, most in zip(titles, _MOST, strict=True):
            field = QSpinBox()
            field.setRange(0, most)
            field.setAccessibleName(title)
            field.valueChanged.connect(self._tell)
            self.amounts.append(field)
            amounts.addWidget(field)
            amounts.addWidget(QLabel(title))
        amounts.addStretch(1)
        self.example = QLabel()
        self.example.setWordWrap(True)
        self.example.setMinimumHeight(2 * self.example.fontMetrics().lineSpacing())
        form = QFormLayout()
        form.setSpacing(theme.SPACE)
        form.addRow(self.tr("Camera"), self.camera)
        form.addRow(self.tr("Correction"), self.direction)
        form.addRow("", amounts)
        buttons = QDialogButtonBox()
        apply = buttons.addButton(
            self.tr("Correct the times"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        apply.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._apply)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(2 * theme.SPACE)
        column.addWidget(note)
        column.addLayout(form)
        column.addWidget(self.example)
        column.addWidget(buttons)
        self.setMinimumWidth(64 * theme.SPACE)
        self.camera.currentIndexChanged.connect(self._show_shift)
        self.direction.currentIndexChanged.connect(self._tell)
        self._show_shift()

    @property
    def shift(self) -> int:
        """Microseconds that are added to the camera's own times in all."""
        seconds = sum(
            field.value() * unit for field, unit in zip(self.amounts, _UNITS, strict=True)
        )
        return self.direction.currentData() * seconds * _SECOND

    def _show_shift(self) -> None:
        """The fields say what holds for the chosen camera now."""
        shift = self._shifts.get(self.camera.currentText(), 0)
        self.direction.setCurrentIndex(1 if shift < 0 else 0)
        seconds = abs(shift) // _SECOND
        for field, unit in zip(self.amounts, _UNITS, strict=True):
            amount, seconds = divmod(seconds, unit)
            field.setValue(amount)
        self._tell()

    def _tell(self) -> None:
        """What becomes of the current photo's time, if it is by this camera."""
        photo = self._photo
        camera = self.camera.currentText()
        if photo is None or photo.meta.taken is None or photo.meta.camera != camera:
            self.example.setText("")
            return
        change = self.shift - self._shifts.get(camera, 0)
        try:
            taken = photo.meta.taken + timedelta(microseconds=change)
        except OverflowError:
            self.example.setText(self.tr("That is no date any more."))
            return
        self.example.setText(
            self.tr("{photo}: {before} becomes {after}").format(
                photo=paths.display(photo.path.name),
                before=words.moment(photo.meta),
                after=words.moment(replace(photo.meta, taken=taken)),
            )
        )

    def _apply(self) -> None:
        camera, shift = self.camera.currentText(), self.shift
        self.accept()
        self.decided.emit(camera, shift)
