"""The one worker thread: it owns its library connection and the model, and runs jobs in turn.

Jobs are generators, so the thread can stop, pause or report between any two of their steps, and
answer the questions that the window has meanwhile (`questions`) with the model of the job. It
never touches a widget: what it has to say travels by signals, which Qt queues to the window's
thread. Everything heavy (numpy, torch, decoders) is imported here, after the window is up.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.photo import Progress
from uniqa_desktop.store import Store, Thumbs, warm_up

if TYPE_CHECKING:
    from uniqa_desktop.gui.answers import Answers
    from uniqa_desktop.gui.regrouping import Regrouping
    from uniqa_desktop.installed import Wanted
    from uniqa_desktop.keeping import Keeper

_log = logging.getLogger(__name__)

AGAIN = "again"
"""The task of a scoring that forgets the scores that are there."""
_PAUSED_LOOK = 0.2
"""Seconds between two looks for questions while a job is paused."""
_SWITCH = 0.0005
"""Seconds for which this thread may keep Python to itself while the window's waits for it. That
thread asks for it again after every row that it reads, so the usual 0.005 would add up to a pause
that is seen (measured at 100,000 photos, while a taste is learned: a key's repaint 51 ms, p95, in
place of 21)."""


class _Call(Enum):
    """What the thread is woken for, other than an order."""

    QUESTION = 0
    END = 1


@dataclass(frozen=True, slots=True)
class Order:
    """One job to run: its name in the table below, and what it is to work on.

    `task` is what a job of its own kind needs: the plan of an export, the photos to throw away.
    """

    job: str
    folders: tuple[Path, ...] = ()
    model: str = ""
    device: str = "auto"
    retry: tuple[Path, ...] = ()
    wanted: Wanted | None = None
    task: Any = None


class Worker(QObject):
    """Runs orders one after the other in a thread of its own.

    Signals:
        started(Order): an order is about to run.
        progressed(Progress): a step of it.
        finished(Order, report): it ended, by itself or because it was cancelled.
        failed(Order, str): it ended with a known error, one sentence.
        dropped(Order): it was cancelled before it began.
        broke(Order | Question, str): it ended with a bug; the text is the traceback.
        answered(Question, answer): an answer to it; one that grows comes more than once.
        refused(Question, str): there is none, for a reason in one sentence.
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object, object)
    failed = Signal(object, str)
    dropped = Signal(object)
    broke = Signal(object, str)
    answered = Signal(object, object)
    refused = Signal(object, str)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._orders: queue.SimpleQueue[tuple[Order, threading.Event] | _Call] = queue.SimpleQueue()
        self._questions: queue.SimpleQueue[tuple[Question, threading.Event]] = queue.SimpleQueue()
        self._newest: dict[str, threading.Event] = {}
        self._stops: dict[threading.Event, Order] = {}
        self._going = threading.Event()
        self._going.set()
        self._thread: threading.Thread | None = None
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether an order runs or waits."""
        return bool(self._stops)

    @property
    def paused(self) -> bool:
        return not self._going.is_set()

    def start(self) -> None:
        """Starts the thread, once the window is up: it loads what is heavy."""
        if self._thread is None and not self._stopped:
            sys.setswitchinterval(_SWITCH)
            self._thread = threading.Thread(target=self._run, name="worker")
            self._thread.start()

    def submit(self, *orders: Order) -> None:
        """Queues orders; they run when the thread has started."""
        for order in orders:
            stop = threading.Event()
            self._stops[stop] = order
            self._orders.put((order, stop))

    def ask(self, question: Question) -> None:
        """Has a question answered, between two steps of the running job or at once.

        It takes the place of an earlier one of its kind, whose answer nobody waits for any more.
        """
        self.withdraw(question.kind)
        self._newest[question.kind] = stop = threading.Event()
        self._questions.put((question, stop))
        self._orders.put(_Call.QUESTION)

    def withdraw(self, kind: str) -> None:
        """Ends the answering of a kind of question. What is on its way may still arrive."""
        if (asked := self._newest.pop(kind, None)) is not None:
            asked.set()

    def pause(self, paused: bool) -> None:
        """Holds the running job after its current step, or lets it go on."""
        if paused:
            self._going.clear()
        else:
            self._going.set()

    def cancel(self, jobs: Collection[str] = ()) -> None:
        """Ends the running job after the batch in flight and drops those that wait; where `jobs`
        are named, only those."""
        for stop, order in list(self._stops.items()):
            if not jobs or order.job in jobs:
                stop.set()
        self._going.set()

    def stop(self) -> None:
        """Cancels everything and waits for the thread to end; it cannot be started again."""
        self._stopped = True
        if self._thread is not None:
            self.cancel()
            for kind in list(self._newest):
                self.withdraw(kind)
            self._orders.put(_Call.END)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        tools = _Tools(self._library)
        try:
            warm_up()
            while (entry := self._next(tools)) is not _Call.END:
                if isinstance(entry, _Call):
                    self._answer(tools)
                    continue
                order, stop = entry
                if stop.is_set():
                    del self._stops[stop]
                    self.dropped.emit(order)
                    continue
                self.started.emit(order)
                try:
                    report = self._drive(_job(order, tools, stop, self.progressed.emit), tools)
                except KnownError as error:
                    _log.warning("%s: %s", order.job, error)
                    del self._stops[stop]
                    self.failed.emit(order, str(error))
                except Exception:
                    _log.exception("Bug in the job %s", order.job)
                    del self._stops[stop]
                    self.broke.emit(order, traceback.format_exc())
                else:
                    del self._stops[stop]
                    self.finished.emit(order, report)
        finally:
            tools.close()

    def _next(self, tools: _Tools) -> tuple[Order, threading.Event] | _Call:
        """Waits for something to do; while there is nothing, lets go of the model in time."""
        while True:
            try:
                return self._orders.get(timeout=tools.due)
            except queue.Empty:
                tools.keeper.rest()

    def _drive(self, job: Generator[Progress, None, Any], tools: _Tools) -> Any:
        try:
            while True:
                try:
                    step = next(job)
                except StopIteration as end:
                    return end.value
                self.progressed.emit(step)
                self._answer(tools)
                while not self._going.wait(_PAUSED_LOOK):
                    self._answer(tools)
                    tools.keeper.rest()
        finally:
            job.close()

    def _answer(self, tools: _Tools) -> None:
        """Answers all that is asked, by turns, so that a long answer holds up no short one."""
        open_: deque[tuple[Question, threading.Event, Generator[Any, None, None]]] = deque()
        while True:
            while not self._questions.empty():
                question, stop = self._questions.get()
                open_.append((question, stop, _answers(question, tools)))
            if not open_:
                return
            question, stop, answers = open_.popleft()
            if stop.is_set():
                answers.close()
                continue
            try:
                answer = next(answers)
            except StopIteration:
                continue
            except KnownError as error:
                if not stop.is_set():
                    self.refused.emit(question, str(error))
            except Exception:
                _log.exception("Bug in answering %s", question.kind)
                self.broke.emit(question, traceback.format_exc())
            else:
                if not stop.is_set():
                    self.answered.emit(question, answer)
                open_.append((question, stop, answers))


class _Tools:
    """What jobs and answers work with; made when first asked for, in the worker's thread."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._open = ExitStack()

    @cached_property
    def store(self) -> Store:
        return self._open.enter_context(Store.open(self._library))

    @cached_property
    def thumbs(self) -> Thumbs:
        return self._open.enter_context(Thumbs(paths.thumbs_file()))

    @cached_property
    def keeper(self) -> Keeper:
        from uniqa_desktop.keeping import Keeper

        return self._open.enter_context(closing(Keeper()))

    @cached_property
    def answers(self) -> Answers:
        from uniqa_desktop.gui.answers import Answers

        return Answers(self.store, self.keeper)

    @cached_property
    def regrouping(self) -> Regrouping:
        from uniqa_desktop.gui.regrouping import Regrouping

        return Regrouping(self.store, self.thumbs, self.keeper)

    @property
    def due(self) -> float | None:
        """Seconds until the model has been idle for long enough; `None`: no need to look."""
        return self.keeper.due if "keeper" in self.__dict__ else None

    def close(self) -> None:
        self._open.close()


def _answers(question: Question, tools: _Tools) -> Generator[Any, None, None]:
    if question.kind in ("groups", "untold"):
        yield from tools.regrouping.to(question)
        return
    yield from tools.answers.to(question)


def _job(
    order: Order, tools: _Tools, stop: threading.Event, tell: Callable[[Progress], None]
) -> Generator[Progress, None, Any]:
    """The generator that carries out an order; `tell` is for what it cannot yield."""
    from uniqa_desktop import jobs, scorers

    def score() -> Generator[Progress, None, Any]:
        scorers.check(order.model)
        if order.retry:
            tools.store.failures.clear(order.retry)
        if order.task == AGAIN:
            tools.store.scores.forget(order.model, order.folders)
        with ExitStack() as lent:
            return (
                yield from jobs.score(
                    tools.store,
                    tools.thumbs,
                    lambda: lent.enter_context(tools.keeper.lent(order.model, order.device)),
                    order.folders,
                    model=order.model,
                    stop=stop,
                )
            )

    def install() -> Generator[Progress, None, Any]:
        assert order.wanted is not None
        return jobs.install_model(tools.store, order.wanted, tell, stop=stop)

    def export() -> Generator[Progress, None, Any]:
        report = yield from jobs.export(order.task, stop=stop)
        if order.task.move and report.done:
            places = {parcel.path.parent for parcel in report.done} | {order.task.folder}
            yield from jobs.scan(tools.store, sorted(places), stop=stop)
        return report

    def write_down() -> Generator[Progress, None, Any]:
        yield Progress("list", 0)
        return order.task.write(tools.store, tools.thumbs)

    table = {
        "scan": lambda: jobs.scan(tools.store, order.folders, stop=stop),
        "score": score,
        "demo": lambda: jobs.draw_demo(order.folders[0], stop=stop),
        "install": install,
        "export": export,
        "list": write_down,
        "find outside": lambda: jobs.find_outside(tools.store, order.folders, stop=stop),
        "preview sidecars": lambda: jobs.write_sidecars(
            tools.store, order.task, order.folders, dry_run=True, stop=stop
        ),
        "settle outside": lambda: jobs.settle_outside(
            tools.store, order.task.choices, order.task.naming, stop=stop
        ),
        "group": lambda: tools.regrouping.job(order, stop),
        "best": lambda: jobs.find_best(
            tools.store, tools.store.groups.all(order.folders).values(), stop=stop
        ),
        **dict.fromkeys(
            ("taste", "learn taste"),
            lambda: order.task.steps(tools.store, tools.keeper, stop),
        ),
        "trash": lambda: jobs.empty_rejects(tools.store, order.task, stop=stop),
    }
    return table[order.job]()
