"""Sidecars that other programs have changed: ours beside theirs, and the user decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme, verdict_words, words
from uniqa_desktop.gui.job_row import JobRow
from uniqa_desktop.gui.photo_table import Line, PhotoTable
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Photo

if TYPE_CHECKING:
    from uniqa_desktop.jobs import Outside

MINE, THEIRS = "mine", "theirs"
_KEPT = {MINE: "The library's", THEIRS: "The sidecar's"}


class SidecarDialog(QDialog):
    """A row for each photo whose sidecar states another verdict; nothing happens before `apply`.

    Signals:
        decided(dict[int, str]): for each photo `mine` or `theirs`.
        photo_requested(int): the user wants to see this photo.
    """

    decided = Signal(object)
    photo_requested = Signal(int)

    def __init__(
        self,
        changed: Sequence[Outside],
        get: Callable[[Sequence[int]], Sequence[Photo]],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Sidecars changed by another program"))
        self._changed = list(changed)
        # Whose decision came last counts until the user says otherwise: nobody's work is lost.
        self.choices: dict[int, str] = {each.photo: str(each.newest) for each in changed}
        title = QLabel(
            words.count(
                "1 sidecar was changed by another program",
                "%n sidecars were changed by another program",
                len(changed),
            )
        )
        title.setProperty("role", "title")
        note = QLabel(
            say(
                "Which verdict shall count? What is taken from sidecars is one act, which Undo "
                "takes back. Whatever else a sidecar holds stays in it."
            )
        )
        note.setProperty("role", "dim")
        note.setWordWrap(True)
        headers = (
            say("Photo"), say("Library"), say("Given"), say("Sidecar"), say("Changed"),
            say("What counts"),
        )  # fmt: skip
        self.table = PhotoTable(say("Photos and their two verdicts"), headers, get, thumbs)
        for column, width in ((0, 24), (1, 23), (2, 19), (3, 23), (4, 19)):
            self.table.horizontalHeader().resizeSection(column, width * theme.SPACE)
        self.table.opened.connect(self.photo_requested)
        self.mine = self._button(say("The library's"), lambda _: MINE)
        self.theirs = self._button(say("The sidecar's"), lambda _: THEIRS)
        self.newest = self._button(say("The newer"), lambda each: str(each.newest))
        self.row = JobRow()
        self.row.go.clicked.connect(self._apply)
        self.row.close_button.setText(say("Not now"))
        self.row.close_button.clicked.connect(self.close)
        self.row.go.setAutoDefault(False)
        chooser = QHBoxLayout()
        chooser.setSpacing(theme.SPACE)
        self._for = QLabel()
        chooser.addWidget(self._for)
        for button in (self.mine, self.theirs, self.newest):
            chooser.addWidget(button)
        chooser.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        column.addWidget(title)
        column.addWidget(note)
        column.addLayout(chooser)
        column.addWidget(self.table, 1)
        column.addWidget(self.row)
        self.table.set_lines([self._line(each) for each in self._changed])
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.resize(128 * theme.SPACE, 64 * theme.SPACE)
        self._tell()

    def _button(self, text: str, choice: Callable[[Outside], str]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _choose(self, choice: Callable[[Outside], str]) -> None:
        """Decides for the selected rows, or for all where none is selected."""
        for row in self.table.selected() or range(len(self._changed)):
            each = self._changed[row]
            self.choices[each.photo] = choice(each)
            self.table.change(row, self._line(each))
        self._tell()

    def _tell(self) -> None:
        selected = len(self.table.selected())
        self._for.setText(
            words.count("For 1 selected:", "For %n selected:", selected)
            if selected
            else say("For all:")
        )
        taken = sum(choice == THEIRS for choice in self.choices.values())
        self.row.said.setText(
            say("{theirs} from sidecars, {mine} as in the library").format(
                theirs=words.number(taken), mine=words.number(len(self.choices) - taken)
            )
        )
        self.row.go.setText(
            words.count("Apply to 1 photo", "Apply to %n photos", len(self.choices))
        )

    def _apply(self) -> None:
        chosen: Mapping[int, str] = dict(self.choices)
        self.close()
        self.decided.emit(chosen)

    def _line(self, each: Outside) -> Line:
        counts = say(_KEPT[self.choices[each.photo]])
        return Line(
            each.photo,
            (
                paths.display(each.path.name),
                verdict_words.verdict(each.ours),
                _when(each.ours_at),
                verdict_words.verdict(each.theirs),
                _when(each.theirs_at),
                counts,
            ),
        )


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    when = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return words.locale().toString(when, "d MMM yyyy, HH:mm")
