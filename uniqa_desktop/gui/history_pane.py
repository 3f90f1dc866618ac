"""The user's acts, newest first, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from PySide6.QtCore import QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import theme, verdict_words, words
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.photo_table import Line, PhotoTable
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Act, Photo, VerdictChange
from uniqa_desktop.store import Store
from uniqa_desktop.store.preferences import Preference

_PAGE = 200
"""Acts that are read at once; scrolling to the end reads more."""
_REST_MS = 200
"""After the last verdict the list is read again: not while one is at the keys."""
_ACT = Qt.ItemDataRole.UserRole

Answer = TypeVar("Answer")


class HistoryPane(QWidget):
    """Acts on the left, the photos of the chosen one with before and after on the right.

    Signals:
        restore_requested(dict[int, Verdict]): these photos shall have these verdicts again.
        preference_requested(int, int, bool): the first photo shall be preferred to the second
            again, or no longer.
        photo_requested(int): the user wants to see this photo.
        trouble(str): the library could not be read, one sentence.
    """

    restore_requested = Signal(object)
    preference_requested = Signal(int, int, bool)
    photo_requested = Signal(int)
    trouble = Signal(str)

    def __init__(self, store: Store, thumbs: ThumbLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("History"))
        self._store = store
        self._acts: dict[int, Act] = {}
        self._oldest: int | None = None
        self._day: date | None = None
        self._changes: list[VerdictChange] = []
        self._preference: Preference | None = None
        self._soon = QTimer(self, singleShot=True, interval=_REST_MS)
        self._soon.timeout.connect(self.read)
        self.list = QListWidget()
        self.list.setAccessibleName(say("Acts, newest first"))
        self.list.setUniformItemSizes(True)
        self.list.currentItemChanged.connect(self._chosen)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.title = ElidedLabel()
        self.title.setProperty("role", "emphasis")
        self.table = PhotoTable(
            say("Photos of the act"),
            (say("Photo"), say("Before"), say("After"), say("Now")),
            self._photos,
            thumbs,
        )
        self.table.stretch(1, 2, 3)
        self.table.opened.connect(self.photo_requested)
        self.before = self._button(say("Restore before"), lambda: self._restore(after=False))
        self.after = self._button(say("Restore after"), lambda: self._restore(after=True))
        self.empty = QLabel(say("No verdicts yet. Every one that you give is kept here."))
        self.empty.setProperty("role", "dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()

    def _button(self, text: str, clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE, 0, theme.SPACE, 0)
        head.setSpacing(theme.SPACE)
        head.addWidget(self.title, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE)
        right.addLayout(head)
        right.addWidget(self.table, 1)
        self._body = QWidget()
        across = QHBoxLayout(self._body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.SPACE)
        self.list.setFixedWidth(40 * theme.SPACE)
        across.addWidget(self.list)
        across.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(self._body)
        column.addWidget(self.empty)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def changed(self) -> None:
        """Something was done or taken back: shows it, once for many in a row."""
        if self.isVisible():
            self._soon.start()

    def read(self) -> None:
        """Reads the newest acts; the chosen one stays chosen."""
        kept = self._current()
        self._acts, self._oldest, self._day = {}, None, None
        self.list.blockSignals(True)
        self.list.clear()
        self._more()
        rows = {self.list.item(row).data(_ACT): row for row in range(self.list.count())}
        number = kept if kept in rows else next(iter(self._acts), None)
        self.list.setCurrentRow(rows[number] if number is not None else -1)
        self.list.blockSignals(False)
        self._body.setVisible(bool(self._acts))
        self.empty.setVisible(not self._acts)
        self._chosen()

    def _more(self) -> None:
        acts = self._ask(lambda: self._store.verdicts.acts(_PAGE, self._oldest), [])
        numbers = [act.id for act in acts]
        preferences = self._ask(lambda: self._store.preferences.of_acts(numbers), {})
        named = [act.first for act in acts if act.count == 1]
        named += [id for each in preferences.values() for id in (each.better, each.worse)]
        names = {photo.id: paths.display(photo.path.name) for photo in self._photos(named)}
        firsts = self._ask(lambda: self._store.verdicts.firsts(acts), {})
        for act in acts:
            if act.id in firsts:
                name = names.get(act.first, "")
                self._add(act, verdict_words.act(firsts[act.id], act.count, name))
            elif act.id in preferences:
                self._add(act, _in_words(preferences[act.id], names))
        if acts:
            self._oldest = acts[-1].id

    def _add(self, act: Act, what: str) -> None:
        self._acts[act.id] = act
        here = act.at.astimezone()
        if here.date() != self._day:
            self._day = here.date()
            self.list.addItem(_heading(self._day))
        text = f"{_time(here)}  {what}"
        if act.state != "done":
            text += say(" (undone)")
        item = QListWidgetItem(text)
        item.setData(_ACT, act.id)
        item.setToolTip(text)
        item.setSizeHint(QSize(0, 3 * theme.SPACE))
        if act.state != "done":
            item.setForeground(QColor(theme.tokens().dim))
        self.list.addItem(item)

    def _scrolled(self, value: int) -> None:
        if value == self.list.verticalScrollBar().maximum() and self._oldest is not None:
            self._more()

    def _current(self) -> int | None:
        item = self.list.currentItem()
        return None if item is None else item.data(_ACT)

    def _chosen(self) -> None:
        number = self._current()
        found: list[VerdictChange] = []
        chosen: Preference | None = None
        if number is not None:
            found = self._ask(lambda: self._store.verdicts.changes(number), [])
            if not found:
                preferences = self._ask(lambda: self._store.preferences.of_acts([number]), {})
                chosen = preferences.get(number)
        self._changes, self._preference = found, chosen
        ids = [each.photo for each in found] if chosen is None else [chosen.better, chosen.worse]
        photos = {photo.id: photo for photo in self._photos(ids)}
        if chosen is None:
            self.table.set_lines([_line(each, photos.get(each.photo)) for each in found])
        else:
            self.table.set_lines(_lines(chosen, photos))
        item = self.list.currentItem()
        self.title.setText(item.text() if item is not None and ids else "")
        for button in (self.before, self.after):
            button.setEnabled(bool(ids))
        if chosen is None:
            before = say("Gives the selected photos (or all) the verdict from before this act")
            after = say("Gives the selected photos (or all) the verdict that this act gave")
        else:
            before = say("Lets the choice between these photos be as before this act")
            after = say("Lets the choice between these photos be as this act made it")
        self.before.setToolTip(before)
        self.after.setToolTip(after)

    def _restore(self, *, after: bool) -> None:
        chosen = self._preference
        if chosen is not None:
            stands = chosen.withdrawn != after
            self.preference_requested.emit(chosen.better, chosen.worse, stands)
            return
        rows = self.table.selected() or range(len(self._changes))
        changes = [self._changes[row] for row in rows]
        self.restore_requested.emit(
            {each.photo: each.after if after else each.before for each in changes}
        )

    def _photos(self, ids: Sequence[int]) -> Sequence[Photo]:
        return self._ask(lambda: self._store.photos.get(ids), [])

    def _ask(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        try:
            return question()
        except KnownError as error:
            self.trouble.emit(str(error))
            return otherwise


def _line(change: VerdictChange, photo: Photo | None) -> Line:
    name = paths.display(photo.path.name) if photo is not None else say("(gone)")
    now = verdict_words.verdict(photo.verdict) if photo is not None else ""
    before, after = (verdict_words.verdict(each) for each in (change.before, change.after))
    return Line(change.photo, (name, before, after, now), dim=change.undone)


def _in_words(chosen: Preference, names: Mapping[int, str]) -> str:
    gone = say("(gone)")
    better, worse = (names.get(each, gone) for each in (chosen.better, chosen.worse))
    return verdict_words.choice(better, worse, chosen.withdrawn)


def _lines(chosen: Preference, photos: Mapping[int, Photo]) -> list[Line]:
    """Both photos of a preference: what was chosen between them before, by the act, and now."""
    states = (chosen.withdrawn, not chosen.withdrawn, chosen.stands)
    lines = []
    for id, word in ((chosen.better, say("Preferred")), (chosen.worse, say("Not preferred"))):
        photo = photos.get(id)
        name = paths.display(photo.path.name) if photo is not None else say("(gone)")
        cells = (word if stands else say("No choice") for stands in states)
        lines.append(Line(id, (name, *cells), dim=chosen.undone))
    return lines


def _heading(day: date) -> QListWidgetItem:
    today = datetime.now().astimezone().date()
    if day == today:
        text = say("Today")
    elif day == today - timedelta(days=1):
        text = say("Yesterday")
    else:
        text = words.locale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(theme.font("small", emphasis=True))
    item.setForeground(QColor(theme.tokens().dim))
    item.setSizeHint(QSize(0, 3 * theme.SPACE))
    return item


def _time(moment: datetime) -> str:
    return moment.strftime("%H:%M")
