"""The best N of a folder: how many and by what, which they are, what they cover, and why the others
were left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import left_out, motion, theme, words
from uniqa_desktop.gui.day_bars import DayBars
from uniqa_desktop.gui.photo_strip import PhotoStrip
from uniqa_desktop.gui.photo_table import Line, PhotoTable
from uniqa_desktop.gui.sort_words import sort_word
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Photo
from uniqa_desktop.query import Sort

if TYPE_CHECKING:
    from uniqa_desktop.jobs.select import Covered, SelectReport

_MOST = 99_999
_STEPS = 20
"""Steps of the slider from "best" to "varied"."""
_REST_MS = 150
"""After the last change of a wish the photos are chosen anew."""

Later = Callable[[str, Callable[[], Any], Callable[[Any], None]], None]


@dataclass(frozen=True, slots=True)
class BestWish:
    """What the user wants: `keep` photos `by` a score, `varied` 0–1, one of each burst or not."""

    keep: int = 30
    by: Sort = Sort.QUALITY
    varied: float = 0.5
    fold: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer to a wish: what is kept, and a line for each photo that was left out."""

    report: SelectReport
    lines: Sequence[Line]


class BestDialog(QDialog):
    """Asks for the N best and shows them as they change. It changes no verdict by itself.

    Signals:
        wished(BestWish): these are to be chosen and given to `show_chosen`.
        shown(BestWish, list[int]): these are to be shown in the grid.
        picked(list[int]): these are to be flagged as picks.
        exported(list[int]): these are to be exported.
        undone(): the flags are to be taken back.
    """

    wished = Signal(object)
    shown = Signal(object, list)
    picked = Signal(list)
    exported = Signal(list)
    undone = Signal()

    def __init__(
        self,
        wish: BestWish,
        scores: Sequence[Sort],
        get: Callable[[Sequence[int]], list[Photo]],
        thumbs: ThumbLoader,
        later: Later,
        parent: QWidget | None = None,
    ) -> None:
        """`scores` are those that photos can be chosen by; `get` reads photos from the library;
        `later` does work in a thread beside, as `Background.submit`."""
        super().__init__(parent)
        self.setWindowTitle(say("The best N photos"))
        self._later = later
        self._kept: Sequence[int] = ()
        self._lines: Sequence[Line] = ()
        self._soon = QTimer(self, singleShot=True, interval=_REST_MS)
        self._soon.timeout.connect(lambda: self.wished.emit(self.wish()))
        self._make_wish(wish, scores)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.notes = QLabel()
        self.notes.setProperty("role", "warning")
        self.notes.setWordWrap(True)
        self.notes.hide()
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(say("Progress"))
        self.strip = PhotoStrip(say("The chosen photos, the most valuable first"), get, thumbs)
        self.days = DayBars()
        self.covered = QLabel()
        self.left_title = QLabel()
        self.left_title.setProperty("role", "emphasis")
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("Search in names and reasons"))
        self.search.setAccessibleName(say("Search in the photos that were left out"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(36 * theme.SPACE)
        self.search.textChanged.connect(self._look_for)
        headers = (say("Photo"), say("Left out, because"))
        self.table = PhotoTable(say("Photos that were left out"), headers, get, thumbs)
        self._make_buttons()
        self._lay_out()
        self._ask()

    def _make_wish(self, wish: BestWish, scores: Sequence[Sort]) -> None:
        self.keep = QSpinBox()
        self.keep.setRange(1, _MOST)
        self.keep.setValue(wish.keep)
        self.keep.setAccessibleName(say("How many photos"))
        self.keep.selectAll()
        self.by = QComboBox()
        self.by.setAccessibleName(say("By which score"))
        for score in scores:
            self.by.addItem(sort_word(score), score.value)
        self.by.setCurrentIndex(max(0, self.by.findData(wish.by.value)))
        self.varied = QSlider(Qt.Orientation.Horizontal)
        self.varied.setRange(0, _STEPS)
        self.varied.setPageStep(_STEPS // 4)
        self.varied.setValue(round(wish.varied * _STEPS))
        self.varied.setAccessibleName(say("From the best to the most varied"))
        self.varied.setToolTip(
            say("Left: the best by score. Right: spread over days, places and looks.")
        )
        self.varied.setMinimumWidth(18 * theme.SPACE)
        self.fold = QCheckBox(say("One of each burst"))
        self.fold.setToolTip(
            say(
                "Of a burst, near-duplicates or copies one photo at most. Brackets, focus stacks "
                "and panoramas are kept whole or not."
            )
        )
        self.fold.setChecked(wish.fold)
        self.keep.valueChanged.connect(self._ask)
        self.by.currentIndexChanged.connect(self._ask)
        self.varied.valueChanged.connect(self._ask)
        self.fold.toggled.connect(self._ask)

    def _make_buttons(self) -> None:
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.undo_button = QPushButton(say("Undo"))
        self.undo_button.setIcon(theme.icon("undo"))
        self.undo_button.clicked.connect(self._undo)
        self.undo_button.hide()
        self.close_button = QPushButton(say("Close"))
        self.close_button.clicked.connect(self.close)
        self.export_button = QPushButton(say("Export…"))
        self.export_button.clicked.connect(lambda: self.exported.emit(list(self._kept)))
        self.show_button = QPushButton(say("Show them in the grid"))
        self.show_button.setToolTip(
            say("Shows only these photos, until you press Esc. Nothing is changed.")
        )
        self.show_button.clicked.connect(lambda: self.shown.emit(self.wish(), list(self._kept)))
        self.pick_button = QPushButton()
        self.pick_button.setToolTip(say("Gives each of them the flag of a pick, as one step"))
        self.pick_button.clicked.connect(lambda: self.picked.emit(list(self._kept)))
        # Enter in the number must not flag photos.
        for button in self._buttons():
            button.setAutoDefault(False)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.undo_button,
            self.close_button,
            self.export_button,
            self.show_button,
            self.pick_button,
        )

    def _lay_out(self) -> None:
        wish = QHBoxLayout()
        wish.setSpacing(theme.SPACE)
        for text, field in ((say("Keep"), self.keep), (say("photos, by"), self.by)):
            wish.addWidget(QLabel(text))
            wish.addWidget(field)
        wish.addSpacing(2 * theme.SPACE)
        wish.addWidget(QLabel(say("Best")))
        wish.addWidget(self.varied, 1)
        wish.addWidget(QLabel(say("Varied")))
        wish.addSpacing(2 * theme.SPACE)
        wish.addWidget(self.fold)
        found = QHBoxLayout()
        found.setSpacing(theme.SPACE)
        found.addWidget(self.left_title, 1)
        found.addWidget(self.search, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE)
        foot.addWidget(self.said, 1)
        for button in self._buttons():
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        column.addLayout(wish)
        column.addWidget(self.busy)
        column.addWidget(self.title)
        column.addWidget(self.notes)
        column.addWidget(self.strip)
        column.addSpacing(theme.SPACE)
        column.addWidget(self.days)
        column.addWidget(self.covered)
        column.addSpacing(theme.SPACE)
        column.addLayout(found)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes and goes
        self.busy.setSizePolicy(policy)
        self.resize(112 * theme.SPACE, 96 * theme.SPACE)

    # What is wanted

    def wish(self) -> BestWish:
        """The wish as the fields say it now."""
        return BestWish(
            self.keep.value(),
            Sort(self.by.currentData()),
            self.varied.value() / _STEPS,
            self.fold.isChecked(),
        )

    def renew(self) -> None:
        """The library has changed: the photos are chosen anew."""
        self._ask()

    def _ask(self) -> None:
        """Something is wanted differently. What was chosen stays in view, but cannot be used."""
        self._enable(False)
        self._say("")
        motion.show_busy(self.busy)
        self.busy.show()
        if not self._kept:
            self.title.setText(say("Choosing…"))
        self._soon.start()

    # What was chosen

    def show_chosen(self, wish: BestWish, chosen: Chosen) -> None:
        """Shows the answer to a wish, unless another one has been made meanwhile."""
        if wish != self.wish():
            return
        report = chosen.report
        self.busy.hide()
        self._kept = report.kept
        self.strip.show_photos(report.kept)
        total = len(report.kept) + len(report.left_out)
        self.title.setText(
            say("{photos} of {total}").format(
                photos=words.count("1 photo", "%n photos", len(report.kept)),
                total=words.number(total),
            )
            if total
            else say("There are no photos here.")
        )
        self._show_notes(wish, report)
        self.days.show_days(report.covered.days)
        self.covered.setText(_coverage(report.covered))
        self._lines = chosen.lines
        self._look_for()
        self._enable(bool(report.kept))

    def refuse(self, sentence: str) -> None:
        """Nothing can be chosen, for one reason."""
        self.busy.hide()
        self._kept = ()
        self.strip.show_photos(())
        self.title.setText("")
        self._say(sentence, warning=True)
        self._enable(False)

    def told(self, sentence: str, *, undo: bool = False) -> None:
        """What became of what the user did with the photos, and whether it can be undone here."""
        self._say(sentence)
        self.undo_button.setVisible(undo)

    def _show_notes(self, wish: BestWish, report: SelectReport) -> None:
        notes = []
        if report.unscored:
            text = (
                "1 photo has no {by} score and could not take part.",
                "%n photos have no {by} score and could not take part.",
            )
            score = left_out.score_word(wish.by)
            notes.append(words.count(*text, report.unscored).format(by=score))
        if report.ungrouped and wish.fold:
            notes.append(say("No bursts are known here, so none could be folded."))
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(notes))

    def _look_for(self) -> None:
        text, lines = self.search.text(), self._lines
        if text.strip():
            self._later("search", lambda: left_out.matching(lines, text), self._show_lines)
        else:
            self._show_lines(lines)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        self.table.set_lines(lines)
        total = len(self._lines)
        self.left_title.setText(
            words.count("1 photo was left out", "%n photos were left out", total)
            if len(lines) == total
            else say("{found} of {total} that were left out").format(
                found=words.number(len(lines)), total=words.number(total)
            )
        )

    def _undo(self) -> None:
        self.undo_button.hide()
        self.undone.emit()

    def _enable(self, on: bool) -> None:
        for button in (self.export_button, self.show_button, self.pick_button):
            button.setEnabled(on)
        self.pick_button.setText(
            words.count("Pick this 1 photo", "Pick these %n photos", max(1, len(self._kept)))
        )

    def _say(self, sentence: str, *, warning: bool = False) -> None:
        self.undo_button.hide()
        self.said.setProperty("role", "warning" if warning else "")
        self.said.style().polish(self.said)
        self.said.setText(sentence)


def _coverage(covered: Covered) -> str:
    """How much of the trip is kept, in words."""
    days = [(kept, there) for day, kept, there in covered.days if day is not None]
    parts = [
        (say("Days: {kept} of {there}"), sum(kept > 0 for kept, _ in days), len(days)),
        (say("Places: {kept} of {there}"), *covered.places),
        (say("Looks: {kept} of {there}"), *covered.looks),
    ]
    known = [
        text.format(kept=words.number(kept), there=words.number(there))
        for text, kept, there in parts
        if there
    ]
    if not covered.places[1]:
        known.append(say("Places: not known"))
    if not covered.looks[1]:
        known.append(say("Looks: the model in use compares none"))
    return " · ".join(known)
