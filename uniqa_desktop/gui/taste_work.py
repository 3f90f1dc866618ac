"""The window's side of learning a taste: what is asked of the worker, and what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.taste_tasks import JOB, Apply, RollBack, Task, Train
from uniqa_desktop.gui.work import Work
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.jobs.taste import TasteReport

LEARN = "learn taste"
"""The job that learns by itself and gives way to everything."""
REST_MS = 1200
"""After the last rating, before it is learned from."""
_SHARE = 4
"""In large libraries learning rests so many times as long as it takes."""
_RUN_S = 600.0
"""Ratings without a pause of so many seconds leave one version, not one each."""

Then = Callable[[Any], None]
Refused = Callable[[str], None]


class TasteWork(QObject):
    """Has the taste learned whenever ratings came in and the worker is idle, and asks about it.

    Signals:
        learned(TasteReport | None): the taste was learned anew, or only applied (`None`); its
            scores are in the library.
        told(dict): the card of the taste in use (`jobs.taste_card.status`).
        ordered(Query, Listing): what the library lists by the scores of now.
        suggested(list[tuple[Photo, ...]]): what to rate next.
        explained(Grounds | None): why the photo that was asked for has its taste.
        refused(str): learning or a question failed, one sentence.
    """

    learned = Signal(object)
    told = Signal(object)
    ordered = Signal(object, object)
    suggested = Signal(object)
    explained = Signal(object)
    refused = Signal(str)

    def __init__(self, store: Store, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._work = work
        self._waiting = False
        self._only_apply = True
        self._began = 0.0
        self._run: tuple[int, str, float, int] | None = None
        self._then: dict[int, tuple[Task, QObject, Then, Refused]] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._learn_if_idle)
        worker = work.worker
        worker.finished.connect(self._finished)
        worker.failed.connect(self._failed)
        worker.broke.connect(self._broke)
        worker.dropped.connect(self._dropped)
        worker.answered.connect(self._answered)
        worker.refused.connect(self._refused)
        work.ended.connect(self._ended)

    # Learning

    def changed(self, *_: object) -> None:
        """Ratings came in or were taken back: they are learned from in a moment."""
        self._only_apply = False
        self._rest.start()

    def apply(self) -> None:
        """New photos came in: they get scores by what was learned before, when it is quiet."""
        self._rest.start()

    def learn(self) -> None:
        """Learns now; scoring waits for it and goes on afterwards."""
        self._rest.stop()
        self._waiting = False
        self._only_apply = False
        self._work.run(self._order())

    def _learn_if_idle(self) -> None:
        if self._work.worker.busy:
            self._waiting = True
        else:
            self._waiting = False
            self._work.worker.submit(self._order())

    def _order(self) -> Order:
        chosen = self._work.chosen
        if self._only_apply:
            return Order(LEARN, (), chosen.model, task=Apply(chosen.model, chosen.device))
        self._only_apply = True
        replaces = None
        if self._run is not None:
            profile, model, until, version = self._run
            in_use = next((one.id for one in self._store.tastes.profiles() if one.in_use), 0)
            if (profile, model) == (in_use, chosen.model) and time.monotonic() < until:
                replaces = version
        self._began = time.monotonic()
        return Order(LEARN, (), chosen.model, task=Train(chosen.model, chosen.device, replaces))

    def _again(self) -> None:
        """It was stopped for something else: it learns once that is done."""
        self._only_apply = False
        self._waiting = True

    def forget_run(self) -> None:
        """The next version is one of its own: another taste is in use, or it went back."""
        self._run = None

    def _ended(self) -> None:
        if self._waiting:
            self._rest.start()

    def _took(self, report: TasteReport | None, order: Order) -> None:
        if report is not None and report.stopped:
            self._again()
            return
        now = time.monotonic()
        if report is not None:
            self._rest.setInterval(max(REST_MS, round(_SHARE * 1000 * (now - self._began))))
        if report is not None and report.new and report.version is not None:
            profile = next(
                (one.id for one in self._store.tastes.profiles() if one.name == report.profile), 0
            )
            self._run = (profile, report.model, now + _RUN_S, report.version)
        if order.model == self._work.chosen.model:
            self.learned.emit(report)

    # Other tasks

    def run(self, task: Task, owner: QObject, then: Then, refused: Refused) -> None:
        """Has a task done, and tells its report to `then`, or why there is none to `refused`; not
        if `owner`, a dialog that may be closed, is gone by then."""
        self._then[id(task)] = (task, owner, then, refused)
        self._work.run(Order(JOB, task=task))

    def _finished(self, order: Order, report: Any) -> None:
        if order.job == LEARN:
            self._took(report, order)
        elif order.job == JOB:
            _, owner, then, _ = self._then.pop(id(order.task))
            if isValid(owner):
                then(report)
            if isinstance(order.task, RollBack):
                self.learned.emit(None)

    def _failed(self, order: Order, sentence: str) -> None:
        if order.job == LEARN:
            self.refused.emit(sentence)
        elif order.job == JOB:
            _, owner, _, refused = self._then.pop(id(order.task))
            if isValid(owner):
                refused(sentence)

    def _broke(self, order: object, _traceback: str) -> None:
        if isinstance(order, Order) and order.job == JOB:
            self._then.pop(id(order.task), None)

    def _dropped(self, order: Order) -> None:
        if order.job == LEARN:
            self._again()
        elif order.job == JOB:
            self._then.pop(id(order.task), None)

    # Questions

    def ask_status(self) -> None:
        self._ask("taste status")

    def ask_order(self, query: Query) -> None:
        """Has a list read in the worker: of 100,000 photos the window would stand still for it."""
        self._ask("order", query=query)

    def ask_why(self, photo: int) -> None:
        self._ask("taste why", photo=photo)

    def ask_suggestions(self, *, pairs: bool) -> None:
        self._ask("taste suggest", text="pairs" if pairs else "")

    def _ask(self, kind: str, photo: int = 0, text: str = "", query: Query | None = None) -> None:
        chosen = self._work.chosen
        self._work.worker.ask(
            Question(kind, chosen.model, chosen.device, photo=photo, text=text, query=query)
        )

    def _answered(self, question: Question, answer: Any) -> None:
        if question.model != self._work.chosen.model:
            return
        if question.kind == "order":
            self.ordered.emit(question.query, answer)
            return
        tell = {
            "taste status": self.told,
            "taste why": self.explained,
            "taste suggest": self.suggested,
        }.get(question.kind)
        if tell is not None:
            tell.emit(answer)

    def _refused(self, question: Question, sentence: str) -> None:
        if question.kind.startswith("taste"):
            self.refused.emit(sentence)
