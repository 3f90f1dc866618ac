"""What the model in use sees of the five attributes: where the photo stands in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.attribute_bars import NAMES, Bar, value_grid
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import ATTRIBUTE_NAMES

if TYPE_CHECKING:
    from uniqa_desktop.cues import Cues


class CueBars(QWidget):
    """*ATTIQA-style cues*: a thin bar each, beside the measured ones and not to be confused with
    them. Hidden until a model has something to say; then it keeps its place while stepping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = value_grid(self)
        grid.setColumnStretch(0, 0)
        grid.setColumnStretch(1, 1)
        title = QLabel(say("ATTIQA-style cues"))
        what = QLabel(say("What the model sees, relative within this folder."))
        what.setProperty("role", "dim")
        what.setWordWrap(True)
        grid.addWidget(title, 0, 0, 1, 3)
        grid.addWidget(what, 1, 0, 1, 3)
        self.bars: dict[str, Bar] = {}
        self.values: dict[str, QLabel] = {}
        for row, name in enumerate(ATTRIBUTE_NAMES, 2):
            label, bar, value = QLabel(_name(name)), Bar(), QLabel()
            label.setProperty("role", "dim")
            value.setProperty("role", "dim")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance("100 %"))
            grid.addWidget(label, row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(value, row, 2)
            self.bars[name], self.values[name] = bar, value
        grid.setHorizontalSpacing(2 * theme.SPACE)
        self.setAccessibleName(title.text())
        self.hide()

    def wait(self) -> None:
        """Another photo is shown, and nothing is known of it yet."""
        for name in ATTRIBUTE_NAMES:
            self._show(name, None, None)

    def show_cues(self, cues: Cues | None) -> None:
        """Shows the cues of the photo; `None`: the model in use has none of it."""
        self.setVisible(cues is not None and cues.standing is not None)
        if cues is not None and cues.standing is not None:
            for name in ATTRIBUTE_NAMES:
                self._show(name, cues.standing[name], cues.seen[name])

    def _show(self, name: str, standing: float | None, seen: float | None) -> None:
        self.bars[name].show_value(standing)
        tip = ""
        if standing is None or seen is None:
            self.values[name].setText("–")
        else:
            self.values[name].setText(f"{round(standing)} %")
            tip = say(
                "The model sees more {attribute} here than in {n} % of this folder. "
                "Its own number, not calibrated: {seen} of 100."
            ).format(attribute=_name(name).lower(), n=round(standing), seen=round(seen))
        self.bars[name].setToolTip(tip)
        self.bars[name].setAccessibleName(tip or _name(name))
        self.values[name].setToolTip(tip)

    @property
    def text(self) -> str:
        """All of it as lines to copy; nothing if nothing is shown."""
        if self.isHidden():
            return ""
        lines = [f"{_name(name)}: {value.text()}" for name, value in self.values.items()]
        return "\n".join([say("ATTIQA-style cues, relative within this folder"), *lines])


def _name(attribute: str) -> str:
    return QCoreApplication.translate("attributes", NAMES[attribute])
