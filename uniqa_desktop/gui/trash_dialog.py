"""Rejects into the trash: what would go and what stays, before anything is done."""

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
from uniqa_desktop.photo import Photo, Progress

if TYPE_CHECKING:
    from uniqa_desktop.export.trash import Doomed
    from uniqa_desktop.jobs import TrashReport


class TrashDialog(QDialog):
    """The rejected photos of the open folder, each with its files, and the button that does it.

    Signals:
        confirmed(list[Doomed]): the user wants these in the trash.
        stopped(): no more of them.
    """

    confirmed = Signal(list)
    stopped = Signal()

    def __init__(
        self,
        get: Callable[[Sequence[int]], Sequence[Photo]],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Rejected photos to the trash"))
        self._doomed: list[Doomed] = []
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.note = QLabel(
            say(
                "Each photo goes with its RAW, JPEG and sidecars, and is looked at once more right "
                "before. Its verdict stays in the library: out of the trash, it comes back whole."
            )
        )
        self.note.setProperty("role", "dim")
        self.note.setWordWrap(True)
        headers = (say("Photo"), say("Files"), say("Size"), say("Stays, because"))
        self.table = PhotoTable(say("Rejected photos"), headers, get, thumbs)
        self.table.horizontalHeader().resizeSection(1, 30 * theme.SPACE)
        self.table.horizontalHeader().resizeSection(2, 10 * theme.SPACE)
        self.row = JobRow()
        self.row.go.clicked.connect(lambda: self.confirmed.emit(list(self._doomed)))
        self.row.stop.clicked.connect(self.stopped)
        self.row.close_button.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        for widget in (self.title, self.note):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.row)
        self.resize(104 * theme.SPACE, 64 * theme.SPACE)
        self.row.close_button.setFocus()

    def look(self) -> None:
        """The photos are being looked at."""
        self.title.setText(say("Looking at the rejected photos…"))
        self.table.set_lines(())
        self.row.idle("")
        self._offer([])

    def show_plan(self, doomed: Sequence[Doomed]) -> None:
        """Shows what would go, and first what would not."""
        ready = [each for each in doomed if not each.why]
        files = sum(len(each.files) for each in ready)
        self.title.setText(
            _sentence(len(ready), files, sum(each.bytes for each in ready))
            if doomed
            else say("No photo of this folder is rejected.")
        )
        self.table.set_lines(
            [
                Line(
                    each.photo,
                    (
                        paths.display(each.path.name),
                        ", ".join(paths.display(file.name) for file in each.files),
                        words.file_size(each.bytes) if each.files else "",
                        each.why,
                    ),
                    dim=bool(each.why),
                )
                for each in sorted(doomed, key=lambda each: not each.why)
            ]
        )
        self.table.setColumnHidden(3, len(ready) == len(doomed))
        stay = len(doomed) - len(ready)
        self.row.idle(words.count("1 photo stays.", "%n photos stay.", stay) if stay else "")
        self._offer(list(doomed))

    def refuse(self, sentence: str) -> None:
        """It cannot be done, for one reason."""
        self.row.idle(sentence, warning=True)
        self._offer([])

    def show_step(self, step: Progress) -> None:
        """How far it is."""
        done = say("{done} of {total}").format(
            done=words.number(step.done), total=words.number(step.total or 0)
        )
        self.row.running(say("Moving to the trash · {done}").format(done=done), step)

    def show_report(self, report: TrashReport) -> None:
        """What came of it: the table keeps those that stayed."""
        self._offer([])
        self.title.setText(told(report))
        self.table.set_lines(
            [Line(0, (paths.display(each.path.name), "", "", each.error)) for each in report.stayed]
        )
        self.table.setColumnHidden(3, False)
        self.row.idle(say("Stopped: the others are where they were.") if report.stopped else "")
        self.row.close_button.setFocus()

    def _offer(self, doomed: list[Doomed]) -> None:
        self._doomed = doomed
        number = sum(not each.why for each in doomed)
        self.row.go.setText(
            words.count("Move 1 photo to the trash", "Move %n photos to the trash", number)
        )
        self.row.go.setVisible(number > 0)
        self.row.go.setEnabled(number > 0)
        # What cannot be undone by a key is not what Enter does.
        self.row.go.setAutoDefault(False)


def told(report: TrashReport) -> str:
    """One sentence on what went and what stayed."""
    gone = words.count("1 photo is in the trash", "%n photos are in the trash", len(report.gone))
    if not report.stayed:
        return f"{gone}."
    return gone + words.count("; 1 stayed.", "; %n stayed.", len(report.stayed))


def _sentence(photos: int, files: int, size: int) -> str:
    if not photos:
        return say("None of the rejected photos can go to the trash.")
    return " · ".join(
        (
            words.count("1 photo", "%n photos", photos),
            words.count("1 file", "%n files", files),
            words.file_size(size),
        )
    )
