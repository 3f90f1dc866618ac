"""What would be written into sidecars, file by file, before it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.job_row import JobRow
from uniqa_desktop.gui.photo_table import Line, PhotoTable
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Photo

if TYPE_CHECKING:
    from uniqa_desktop.jobs import SidecarReport
    from uniqa_desktop.xmp.sidecar import Plan

_ACTIONS = {
    "create": "New",
    "change": "Changed; everything else in it stays",
    "conflict": "Left alone: another program changed its verdict as well",
}
_PROPERTIES = {
    "rating": "xmp:Rating",
    "label": "xmp:Label",
    "colour_labels": "darktable:colorlabels",
    "colour_label": "digiKam:ColorLabel",
    "pick_label": "digiKam:PickLabel",
    "media_pick": "xmpDM:pick",
    "media_good": "xmpDM:good",
}


class SidecarPreview(QDialog):
    """The sidecars of the open folder that are behind.

    Signals:
        confirmed(): they shall be written.
    """

    confirmed = Signal()

    def __init__(
        self,
        report: SidecarReport,
        get: Callable[[Sequence[int]], Sequence[Photo]],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Write sidecars"))
        ready = [each for each in report.plans if str(each.action) in ("create", "change")]
        title = QLabel(
            words.count("1 sidecar to write", "%n sidecars to write", len(ready))
            if ready
            else say("All sidecars state their verdict.")
            if not report.plans
            else say("No sidecar can be written.")
        )
        title.setProperty("role", "title")
        headers = (say("Sidecar"), say("What happens"), say("Properties"))
        self.table = PhotoTable(say("Sidecars"), headers, get, thumbs)
        self.table.horizontalHeader().resizeSection(0, 24 * theme.SPACE)
        self.table.horizontalHeader().resizeSection(1, 36 * theme.SPACE)
        self.table.set_lines([_line(plan) for plan in report.plans])
        self.row = JobRow()
        self.row.go.setText(words.count("Write 1 sidecar", "Write %n sidecars", len(ready)))
        self.row.go.setVisible(bool(ready))
        self.row.go.clicked.connect(self.confirmed)
        self.row.go.clicked.connect(self.close)
        self.row.close_button.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        column.addWidget(title)
        column.addWidget(self.table, 1)
        column.addWidget(self.row)
        self.resize(112 * theme.SPACE, 56 * theme.SPACE)


def _line(plan: Plan) -> Line:
    told = plan.why or say(_ACTIONS.get(str(plan.action), str(plan.action)))
    changes = ", ".join(
        f"{_PROPERTIES.get(name, name)} {_value(old)} → {_value(new)}"
        for name, old, new in plan.differences
    )
    return Line(0, (paths.display(plan.path.name), told, changes), dim=bool(plan.why))


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)
