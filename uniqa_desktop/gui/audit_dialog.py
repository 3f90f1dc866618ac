"""The blind audit: verdicts without scores first, then what the scores would have done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.blind_stage import BlindStage
from uniqa_desktop.gui.photo_strip import PhotoStrip
from uniqa_desktop.gui.taste_tasks import Audit, BeginAudit, ReportAudit
from uniqa_desktop.gui.taste_words import share
from uniqa_desktop.gui.taste_work import TasteWork
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import count, locale, number, say
from uniqa_desktop.photo import Photo
from uniqa_desktop.store import Store

_UNDO = QKeySequence.StandardKey.Undo
Give = Callable[[Photo, str], bool]
_EARLIER = 4
"""So many earlier audits are shown beside a new one."""
_KEYS = {Qt.Key.Key_P: "pick", Qt.Key.Key_X: "reject", Qt.Key.Key_M: "maybe"}


class AuditDialog(QDialog):
    """Draws photos (`begin`), takes pick, maybe or reject for each, and reports. It may be stopped
    at any time: the report is about what was answered. Closed without a report it goes on where it
    was the next time, unless the user begins anew."""

    def __init__(
        self,
        store: Store,
        learning: TasteWork,
        model: str,
        give: Give,
        undo: Callable[[], None],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        """`give` stores a flag as given blind, `undo` takes the last one back."""
        super().__init__(parent)
        self.setWindowTitle(say("Blind audit"))
        self._store = store
        self._learning = learning
        self._model = model
        self._give, self._undo = give, undo
        self._audit = 0
        self._before = 0
        self._photos: list[Photo] = []
        self._at = 0
        self._answered: list[int] = []
        self.stage = BlindStage(1)
        self.question = _label("title")
        self.question.setText(say("Would you keep it?"))
        self.progress = _label("dim")
        self.said = _label("small")
        self.answers = {
            flag: self._button(text, lambda flag=flag: self._answer(flag))
            for flag, text in (
                ("pick", say("Keep (P)")),
                ("maybe", say("Neither (M)")),
                ("reject", say("Reject (X)")),
            )
        }
        self.back = self._button(say("Back (Backspace)"), self._go_back)
        self.anew = self._button(say("Begin anew"), lambda: self.begin(anew=True))
        self.anew.setToolTip(say("Draws other photos; the verdicts that you gave are kept"))
        self.anew.hide()
        self.finish = self._button(say("Stop and report"), self.report)
        self.report_page = AuditReport(store, thumbs)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._judging())
        self.pages.addWidget(self.report_page)
        close = QPushButton(say("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (2 * theme.SPACE,))
        column.setSpacing(theme.SPACE)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self.setMinimumSize(88 * theme.SPACE, 64 * theme.SPACE)
        if parent is not None:
            self.resize(parent.window().size() * 0.94)
        self._show()

    def _judging(self) -> QWidget:
        page = QWidget()
        head = QHBoxLayout()
        head.addWidget(self.question, 1)
        head.addWidget(self.progress)
        answers = QHBoxLayout()
        answers.setSpacing(theme.SPACE)
        for button in (*self.answers.values(), self.back):
            answers.addWidget(button)
        answers.addStretch()
        answers.addWidget(self.anew)
        answers.addWidget(self.finish)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(head)
        column.addWidget(self.stage, 1)
        column.addLayout(answers)
        return page

    def _button(self, text: str, clicked: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: clicked())
        return button

    def begin(self, *, anew: bool = False) -> None:
        """Goes on with an audit that was left, or draws photos; `anew` draws in any case."""
        self.stage.setFocus()
        self.anew.hide()
        self.said.setText(say("Drawing photos without a verdict…"))
        self._audit, self._before, self._photos, self._at, self._answered = 0, 0, [], 0, []
        self._show()
        self._learning.run(BeginAudit(self._model, anew), self, self._drawn, self.said.setText)

    def _drawn(self, found: Audit) -> None:
        self._audit, self._before, self._photos = found.number, found.judged, found.photos
        hidden = say("Scores and names are hidden. Your verdicts are kept.")
        if found.began is not None:
            self.anew.show()
            text = say("This goes on with the audit of {day}.").format(day=_day(found.began))
            hidden = f"{text} {hidden}"
        self.said.setText(hidden)
        self._show()
        if not self._photos:
            self.report()

    def _answer(self, flag: str) -> None:
        if self._at < len(self._photos) and self._give(self._photos[self._at], flag):
            self._answered.append(self._at)
            self._at += 1
            self._show()
            if self._at == len(self._photos):
                self.report()

    def _go_back(self) -> None:
        if self._answered:
            self._at = self._answered.pop()
            self._undo()
            self._show()

    def _show(self) -> None:
        now = self._photos[self._at : self._at + 1]
        self.stage.show_photos(now, self._photos[self._at + 1 : self._at + 3])
        for button in self.answers.values():
            button.setEnabled(bool(now))
        self.back.setEnabled(bool(self._answered))
        self.finish.setEnabled(bool(self._before or self._answered))
        done, total = self._before + self._at, self._before + len(self._photos)
        text = say("{done} of {total}").format(done=number(done), total=number(total))
        self.progress.setText(text if total else "")

    def report(self) -> None:
        """Ends the judging and shows what the scores would have done."""
        self.finish.setEnabled(False)
        self._learning.run(ReportAudit(self._audit), self, self._reported, self._no_report)

    def _no_report(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.finish.setEnabled(True)

    def _reported(self, report: Mapping[str, Any]) -> None:
        self.said.setText("")
        profile = self._store.tastes.profile()
        earlier = [
            one.report
            for one in self._store.opinions.audits(profile.id)
            if one.report is not None and one.id != report["audit"]
        ]
        self.report_page.show_report(report, earlier[:_EARLIER])
        self.pages.setCurrentWidget(self.report_page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        judging = self.pages.currentIndex() == 0
        if judging and key in _KEYS:
            self._answer(_KEYS[key])
        elif judging and (key == Qt.Key.Key_Backspace or event.matches(_UNDO)):
            self._go_back()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self.stage.stop()
        super().done(result)


class AuditReport(QWidget):
    """What an audit found, for taste and generic score, beside earlier audits; and the keepers
    that would have been lost."""

    def __init__(self, store: Store, thumbs: ThumbLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.about, self.earlier = _label("title"), _label("dim"), _label("small")
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4 * theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE)
        self.cells: dict[tuple[int, int], QLabel] = {}
        self._grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.SPACE, 2 * theme.SPACE, 2 * theme.SPACE, 0)
        column.setSpacing(2 * theme.SPACE)
        for part in (self.title, self.about, self.table):
            column.addWidget(part)
        self.lost: dict[str, tuple[QLabel, PhotoStrip]] = {}
        for side, text in (
            ("taste", say("Keepers that your taste would have dropped")),
            ("generic", say("Keepers that the generic score would have dropped")),
        ):
            label = _label("emphasis")
            label.setText(text)
            strip = PhotoStrip(text, store.photos.get, thumbs)
            self.lost[side] = label, strip
            column.addWidget(label)
            column.addWidget(strip)
        column.addWidget(self.earlier)
        column.addStretch()

    def show_report(self, report: Mapping[str, Any], earlier: list[Mapping[str, Any]]) -> None:
        """Shows a report of `jobs.taste_audit`, and earlier ones, newest first."""
        keepers = count("1 keeper", "%n keepers", report["keepers"])
        rejects = count("1 reject", "%n rejects", report["rejects"])
        text = say("{answered} of {drawn} photos judged blind: {keepers}, {rejects}")
        self.title.setText(
            text.format(answered=number(report["answered"]), drawn=number(report["drawn"]),
                        keepers=keepers, rejects=rejects)
        )  # fmt: skip
        cost = report["cost_of"]["keeper dropped"]
        text = say(
            "Had a score kept as many photos as you did, those it rates highest. A lost keeper "
            "costs {cost} times as much as a reject that is kept. With 95 % intervals."
        )
        self.about.setText(text.format(cost=number(cost)))
        rows = [(say("What the score would have done"), say("Your taste"), say("Generic score"))]
        sides = [report["taste"], report["generic"]]
        for name, of in (
            (say("Keepers dropped"), lambda side: _share(side["keepers_dropped"])),
            (say("Rejects found"), lambda side: _share(side["rejects_found"])),
            (say("Cost"), lambda side: number(side["cost"])),
        ):
            cells = [say("no score") if side is None else of(side) for side in sides]
            rows.append((name, cells[0], cells[1]))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if (row, column) not in self.cells:
                    label = _label("dim" if not row else "emphasis" if column else "")
                    label.setWordWrap(False)
                    self.cells[row, column] = label
                    self._grid.addWidget(label, row, column)
                self.cells[row, column].setText(text)
        for side, (label, strip) in self.lost.items():
            dropped = report[side]["dropped"] if report[side] is not None else ()
            strip.show_photos(dropped)
            for part in (label, strip):
                part.setVisible(bool(dropped))
        lines = [_in_a_line(one) for one in earlier]
        self.earlier.setText("\n".join([say("Earlier audits:"), *lines]) if lines else "")


def _in_a_line(report: Mapping[str, Any]) -> str:
    text = say("{day}: {answered} judged, cost {taste} by taste, {generic} by the generic score")
    costs = {
        side: "–" if report[side] is None else number(report[side]["cost"])
        for side in ("taste", "generic")
    }
    return text.format(
        day=_day(datetime.fromisoformat(report["began"])),
        answered=number(report["answered"]), **costs,
    )  # fmt: skip


def _day(moment: datetime) -> str:
    """Day and time, here and in the user's way of writing them."""
    at = QDateTime.fromSecsSinceEpoch(round(moment.timestamp()))
    return locale().toString(at, QLocale.FormatType.ShortFormat)


def _share(found: Mapping[str, Any]) -> str:
    if not found["of"]:
        return "–"
    text = say("{count} of {of} ({low}–{high})")
    return text.format(
        count=number(found["count"]), of=number(found["of"]), low=share(found["low"]),
        high=share(found["high"]),
    )  # fmt: skip


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
