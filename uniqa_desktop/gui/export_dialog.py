"""Export: which photos, as what, where to; what will happen is shown before it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop import paths
from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.export_wish import Form, Wish
from uniqa_desktop.gui.job_row import JobRow
from uniqa_desktop.gui.photo_table import Line, PhotoTable
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Photo, Progress

if TYPE_CHECKING:
    from uniqa_desktop.export.plan import ExportPlan, Parcel
    from uniqa_desktop.jobs import ExportReport

_PLAN_MS = 150
"""Milliseconds that the user must be quiet before the plan is made anew."""
_STAR = "\N{BLACK STAR}"
_SELECTION = 1
"""Where the selection stands among the photos to choose."""
_FORMS = (
    (Form.FILES, "The photos, with RAW, JPEG and sidecars"),
    (Form.CSV, "A table for spreadsheets (CSV)"),
    (Form.JSON, "A table for programs (JSON)"),
    (Form.HTML, "A contact sheet with a report (HTML)"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be exported at this moment: the open folder, the selection and what is shown."""

    root: Path
    selection: tuple[int, ...]
    shown: tuple[int, ...]
    model: str


class ExportDialog(QDialog):
    """Asks for an export and shows its plan as it changes.

    Signals:
        planned(Wish): what would happen is to be worked out and given to `show_plan`.
        confirmed(Wish, ExportPlan | None): it is to be done.
        stopped(): no more of it.
    """

    planned = Signal(object)
    confirmed = Signal(object, object)
    stopped = Signal()

    def __init__(
        self,
        offer: Offer,
        get: Callable[[Sequence[int]], Sequence[Photo]],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Export"))
        self._offer = offer
        self._plan: ExportPlan | None = None
        self._running = False
        self._result: Path | None = None
        self._typed = False
        self._soon = QTimer(self, singleShot=True, interval=_PLAN_MS)
        self._soon.timeout.connect(lambda: self.planned.emit(self.wish()))
        self._make_fields()
        headers = (say("Photo"), say("Goes to"), say("Size"))
        self.table = PhotoTable(say("What will be exported"), headers, get, thumbs)
        self.table.horizontalHeader().resizeSection(1, 52 * theme.SPACE)
        self.row = JobRow()
        self.row.go.clicked.connect(self._go)
        self.row.stop.clicked.connect(self.stopped)
        self.row.close_button.clicked.connect(self.close)
        self.open_button = QPushButton(say("Show it"))
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._open)
        self.open_button.hide()
        self._lay_out()
        self._suggest()
        self.replan()

    def _make_fields(self) -> None:
        offer = self._offer
        shown, selected = len(offer.shown), len(offer.selection)
        self._choices: list[tuple[str, dict[str, Any]]] = [
            (say("Picked photos"), {"flag": Flag.PICK}),
            (
                words.count("Selection (1 photo)", "Selection (%n photos)", selected),
                {"photos": offer.selection},
            ),
            (
                words.count(
                    "All that are shown (1 photo)", "All that are shown (%n photos)", shown
                ),
                {"photos": offer.shown},
            ),
            (_STAR * 5, {"stars": 5}),
            *(
                (say("{stars} and more").format(stars=_STAR * stars), {"stars": stars})
                for stars in range(4, 0, -1)
            ),
        ]
        self.what = QComboBox()
        self.what.setAccessibleName(say("Which photos"))
        self.what.addItems([text for text, _ in self._choices])
        self.form = QComboBox()
        self.form.setAccessibleName(say("As what"))
        self.form.addItems([say(text) for _, text in _FORMS])
        self.target = QLineEdit()
        self.target.setAccessibleName(say("Target"))
        self.browse = QPushButton(say("Choose…"))
        self.browse.setAutoDefault(False)
        self.keep = QCheckBox(say("Keep the folders below the open one"))
        self.move_box = QCheckBox(say("Move: remove the originals once their copies are proven"))
        self.what.currentIndexChanged.connect(self.replan)
        self.form.currentIndexChanged.connect(self._form_changed)
        self.target.textChanged.connect(self.replan)
        self.target.textEdited.connect(self._was_typed)
        self.browse.clicked.connect(self._choose)
        for box in (self.keep, self.move_box):
            box.toggled.connect(self.replan)

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(theme.SPACE)
        where.addWidget(self.target, 1)
        where.addWidget(self.browse)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.SPACE)
        form.setVerticalSpacing(theme.SPACE)
        for text, field in ((say("Photos"), self.what), (say("As"), self.form), (say("To"), where)):
            label = QLabel(text)
            label.setMinimumHeight(self.what.sizeHint().height())  # in line with its field's text
            form.addRow(label, field)
        form.addRow("", self.keep)
        form.addRow("", self.move_box)
        self.title = QLabel()
        self.title.setProperty("role", "emphasis")
        self.title.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        column.addLayout(form)
        column.addSpacing(theme.SPACE)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.row)
        self.resize(104 * theme.SPACE, 72 * theme.SPACE)

    # What is wanted

    @property
    def _form(self) -> Form:
        return _FORMS[self.form.currentIndex()][0]

    def wish(self) -> Wish:
        """The export as the fields say it now."""
        files = self._form is Form.FILES
        return Wish(
            root=self._offer.root,
            target=Path(self.target.text().strip()).expanduser(),
            form=self._form,
            move=files and self.move_box.isChecked(),
            keep_folders=files and self.keep.isChecked(),
            model=self._offer.model,
            **self._choices[self.what.currentIndex()][1],
        )

    @property
    def running(self) -> bool:
        """Whether an export runs."""
        return self._running

    def choose_selection(self) -> None:
        """Chooses the selection, whatever was proposed."""
        self.what.setCurrentIndex(_SELECTION)

    def replan(self) -> None:
        """Something is wanted differently: the plan is out of date."""
        self._plan = None
        self._result = None
        self.open_button.hide()
        self.row.go.setText(say("Export"))
        self.row.go.setEnabled(False)
        if not self._running:
            self.row.idle("")
            self._soon.start()

    def _form_changed(self) -> None:
        files = self._form is Form.FILES
        self.keep.setEnabled(files)
        self.move_box.setEnabled(files)
        self._typed = False
        self._suggest()
        self.replan()

    def _was_typed(self) -> None:
        self._typed = True

    def _suggest(self) -> None:
        """Beside the open folder, so that nothing lands among the photos by mistake."""
        if self._typed:
            return
        root, form = self._offer.root, self._form
        name = {
            Form.FILES: f"{root.name} {say('export')}",
            Form.HTML: f"{root.name} {say('report')}",
        }.get(form, f"{root.name}.{form}")
        self.target.setText(str(root.parent / name))

    def _choose(self) -> None:
        title, now, form = say("Export to"), self.target.text(), self._form
        if form in (Form.FILES, Form.HTML):
            start = next((p for p in (Path(now), *Path(now).parents) if p.is_dir()), Path.home())
            chosen = QFileDialog.getExistingDirectory(self, title, str(start))
        else:
            chosen, _ = QFileDialog.getSaveFileName(self, title, now, f"*.{form}")
        if chosen:
            self._typed = True
            self.target.setText(chosen)

    # What will happen

    def show_plan(self, wish: Wish, plan: ExportPlan) -> None:
        """Shows what copying or moving would do."""
        if wish != self.wish() or self._running:
            return
        self._plan = plan
        ready, held = plan.ready, plan.held
        self.title.setText(_sum(plan) if plan.parcels else say("There are no such photos."))
        lines = [_held_line(parcel) for parcel in held]
        lines += [_ready_line(parcel, plan.folder) for parcel in ready]
        self.table.set_lines(lines)
        text = (
            ("Move 1 photo", "Move %n photos") if wish.move else ("Copy 1 photo", "Copy %n photos")
        )
        self.row.go.setText(words.count(*text, len(ready)))
        self.row.go.setEnabled(bool(ready))
        self.row.idle(
            words.count("1 photo is held back.", "%n photos are held back.", len(held))
            if held
            else ""
        )

    def show_photos(self, wish: Wish, photos: Sequence[Photo]) -> None:
        """Shows which photos a table or a report would hold."""
        if wish != self.wish() or self._running:
            return
        self.title.setText(
            words.count("1 photo", "%n photos", len(photos))
            if photos
            else say("There are no such photos.")
        )
        self.table.set_lines(
            [Line(photo.id, (paths.display(photo.path.name), "", "")) for photo in photos]
        )
        self.row.go.setText(say("Write the report") if wish.form is Form.HTML else say("Write it"))
        self.row.go.setEnabled(bool(photos))
        there = wish.target.exists() and wish.form is not Form.HTML
        self.row.idle(say("The file that is there will be replaced.") if there else "")

    def refuse(self, sentence: str) -> None:
        """It cannot be done, for one reason."""
        self._running = False
        self._enable(True)
        self.table.set_lines(())
        self.title.setText("")
        self.row.idle(sentence, warning=True)

    # While it runs, and afterwards

    def _go(self) -> None:
        self._running = True
        self._enable(False)
        self.row.running(say("Exporting…"))
        self.confirmed.emit(self.wish(), self._plan)

    def show_step(self, step: Progress) -> None:
        """How far it is."""
        text = say("Exporting…")
        if step.job == "export" and step.total:
            text = say("{done} of {total} MB").format(
                done=words.number(step.done), total=words.number(step.total)
            )
        self.row.running(text, step)

    def show_report(self, report: ExportReport, folder: Path, *, moved: bool) -> None:
        """What became of the files; those that were not exported are listed with their reason."""
        self._ended(told(report, moved=moved), folder)
        self.table.set_lines(
            [Line(0, (paths.display(each.path.name), each.error, "")) for each in report.failed]
        )
        if report.stopped:
            self.row.idle(say("Stopped: what is listed above is complete, the rest untouched."))

    def show_written(self, page: Path) -> None:
        """A table or a report is there."""
        self._ended(say("Written: {file}").format(file=paths.display(page)), page)

    def _ended(self, sentence: str, result: Path) -> None:
        self._running = False
        self._enable(True)
        self.row.idle("")
        self.row.go.setEnabled(False)
        self.title.setText(sentence)
        self._result = result
        self.open_button.show()
        self.row.close_button.setFocus()

    def _open(self) -> None:
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result)))

    def _enable(self, on: bool) -> None:
        files = self._form is Form.FILES
        for widget in (self.what, self.form, self.target, self.browse):
            widget.setEnabled(on)
        for widget in (self.keep, self.move_box):
            widget.setEnabled(on and files)


def told(report: ExportReport, *, moved: bool) -> str:
    """One sentence on what was exported."""
    text = ("1 photo was moved", "%n photos were moved")
    if not moved:
        text = ("1 photo was copied", "%n photos were copied")
    parts = [words.count(*text, len(report.done))]
    if report.there:
        parts.append(words.count("1 was there already", "%n were there already", report.there))
    if report.failed:
        parts.append(words.count("1 was not exported", "%n were not exported", len(report.failed)))
    return ", ".join(parts) + "."


def _sum(plan: ExportPlan) -> str:
    files = [each for parcel in plan.ready for each in parcel.transfers]
    there = sum(each.there for each in files)
    parts = [
        words.count("1 photo", "%n photos", len(plan.ready)),
        words.count("1 file", "%n files", len(files)),
        words.file_size(plan.bytes),
    ]
    if there:
        parts.append(words.count("1 file is there already", "%n files are there already", there))
    return " · ".join(parts)


def _held_line(parcel: Parcel) -> Line:
    reason = say("Held back: {why}").format(why=parcel.why)
    return Line(parcel.photo, (paths.display(parcel.path.name), reason, ""), dim=True)


def _ready_line(parcel: Parcel, folder: Path) -> Line:
    names = [
        paths.display(each.target.relative_to(folder))
        + (say(" (there already)") if each.there else "")
        for each in parcel.transfers
    ]
    size = sum(each.size for each in parcel.transfers if not each.there)
    return Line(
        parcel.photo,
        (paths.display(parcel.path.name), ", ".join(names), words.file_size(size)),
    )
