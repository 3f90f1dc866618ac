"""Searching the open folder by words or by example: from the wish to another order and back."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from uniqa_desktop import paths, weights
from uniqa_desktop.gui import words
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.search_bar import SearchBar
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.worker import Worker
from uniqa_desktop.settings import Settings
from uniqa_desktop.weights import Output

if TYPE_CHECKING:
    from uniqa_desktop.searching import Ranking

_KINDS = ("words", "like")


class Finding(QObject):
    """Keeps the search bar, the worker and the order of the photos together.

    Signals:
        names_requested(): the user wants to search by name.
        scoring_requested(): the user wants photos without features scored.
        shown(): the bar came or went, or results are there.
    """

    names_requested = Signal()
    scoring_requested = Signal()
    shown = Signal()

    def __init__(
        self,
        bar: SearchBar,
        browser: Browser,
        shoot: Shoot,
        worker: Worker,
        chosen: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._browser = browser
        self._shoot = shoot
        self._worker = worker
        self._chosen = chosen
        self._wanted: Question | None = None
        bar.asked.connect(self._look_for)
        bar.closed.connect(self.leave)
        bar.names_requested.connect(self.leave)
        bar.names_requested.connect(self.names_requested)
        bar.scoring_requested.connect(self.scoring_requested)
        browser.grid.escaped.connect(self.leave)
        shoot.search_ended.connect(self._ended)
        worker.answered.connect(self._answered)
        worker.refused.connect(self._refused)

    @property
    def active(self) -> bool:
        """Whether there is a search to leave."""
        return not self._bar.isHidden()

    def by_words(self) -> None:
        """Lets the user say what to look for; says so where the model knows no words."""
        if self._shoot.folder is None:
            return
        self._browser.show_grid()
        model = self._chosen().model
        row = weights.find(model)
        if row is not None and Output.SEARCH not in row.scores:
            text = words.say("{model} knows no words, only pictures. Names can be searched.")
            self._bar.refuse(text.format(model=row.title), offer_names=True)
            # Words typed all the same go into that search: elsewhere they would be verdicts.
            self.names_requested.emit()
        else:
            self._bar.ask_words()
        self.shown.emit()

    def like_current(self) -> None:
        """Orders the photos by how much they are like the current one."""
        photo = self._browser.current
        if photo is None or self._shoot.folder is None:
            return
        self._browser.show_grid()
        name = paths.display(photo.path.stem)
        self._bar.looking(words.say("Photos like {name}").format(name=name), words=False)
        self._ask("like", photo=photo.id, path=photo.path)

    def leave(self) -> None:
        """Back to the order and the photo from before the search."""
        if self.active:
            self._shoot.end_search()
            self._ended()
            self._browser.take_focus()

    def _look_for(self, text: str) -> None:
        self._bar.looking("", words=True)
        self._ask("words", text=text)

    def _ask(self, kind: str, **about: object) -> None:
        for other in _KINDS:
            self._worker.withdraw(other)
        folder, chosen = self._shoot.folder, self._chosen()
        assert folder is not None
        self._wanted = Question(
            kind,
            chosen.model,
            chosen.device,
            (folder,),
            **about,  # type: ignore[arg-type]
        )
        self._worker.ask(self._wanted)
        self.shown.emit()

    def _answered(self, question: Question, answer: Ranking) -> None:
        if question != self._wanted or question.folders != (self._shoot.folder,):
            return
        self._wanted = None
        order = array("q", (photo for photo, _ in answer.photos))
        without = words.count(
            "1 photo has no features yet", "%n photos have no features yet", answer.without
        )
        if not order:
            self._bar.found(words.say("Nothing can be searched yet."), answer.without, without)
            return
        self._shoot.search(order)
        self._browser.show_grid()
        count = words.count("1 photo", "%n photos", len(order))
        text = words.say("{photos}, most alike first").format(photos=count)
        self._bar.found(text, answer.without, without)
        self.shown.emit()

    def _refused(self, question: Question, sentence: str) -> None:
        if question == self._wanted:
            self._wanted = None
            self._bar.refuse(sentence)

    def _ended(self) -> None:
        for kind in _KINDS:
            self._worker.withdraw(kind)
        self._wanted = None
        self._bar.field.clear()
        self._bar.hide()
        self.shown.emit()
