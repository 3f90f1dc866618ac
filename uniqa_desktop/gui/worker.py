"""The one worker thread: it owns its library connection and the model, and runs jobs in turn.

Jobs are generators, so the thread can stop, pause or report between any two of their steps. It
never touches a widget: what it has to say travels by signals, which Qt queues to the window's
thread. Everything heavy (numpy, torch, decoders) is imported here, after the window is up.
"""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.photo import Progress
from uniqa_desktop.store import Store, Thumbs, warm_up

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """One job to run: its name in the table below, and what it is to work on."""

    job: str
    folders: tuple[Path, ...] = ()
    model: str = ""
    device: str = "auto"
    retry: tuple[Path, ...] = ()


class Worker(QObject):
    """Runs orders one after the other in a thread of its own.

    Signals:
        started(Order): an order is about to run.
        progressed(Progress): a step of it.
        finished(Order, report): it ended, by itself or because it was cancelled.
        failed(Order, str): it ended with a known error, one sentence.
        broke(Order, str): it ended with a bug; the text is the traceback.
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object, object)
    failed = Signal(object, str)
    broke = Signal(object, str)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._orders: queue.SimpleQueue[tuple[Order, threading.Event] | None] = queue.SimpleQueue()
        self._stops: list[threading.Event] = []
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
            self._thread = threading.Thread(target=self._run, name="worker")
            self._thread.start()

    def submit(self, *orders: Order) -> None:
        """Queues orders; they run when the thread has started."""
        for order in orders:
            stop = threading.Event()
            self._stops.append(stop)
            self._orders.put((order, stop))

    def pause(self, paused: bool) -> None:
        """Holds the running job after its current step, or lets it go on."""
        if paused:
            self._going.clear()
        else:
            self._going.set()

    def cancel(self) -> None:
        """Ends the running job after the batch in flight and drops those that wait."""
        for stop in list(self._stops):
            stop.set()
        self._going.set()

    def stop(self) -> None:
        """Cancels everything and waits for the thread to end; it cannot be started again."""
        self._stopped = True
        if self._thread is not None:
            self.cancel()
            self._orders.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        store: Store | None = None
        thumbs: Thumbs | None = None
        try:
            warm_up()
            while (entry := self._orders.get()) is not None:
                order, stop = entry
                if stop.is_set():
                    self._stops.remove(stop)
                    continue
                self.started.emit(order)
                try:
                    if store is None or thumbs is None:
                        store = Store.open(self._library)
                        thumbs = Thumbs(paths.thumbs_file())
                    report = self._drive(_job(order, store, thumbs, stop))
                except KnownError as error:
                    _log.warning("%s: %s", order.job, error)
                    self._stops.remove(stop)
                    self.failed.emit(order, str(error))
                except Exception:
                    _log.exception("Bug in the job %s", order.job)
                    self._stops.remove(stop)
                    self.broke.emit(order, traceback.format_exc())
                else:
                    self._stops.remove(stop)
                    self.finished.emit(order, report)
        finally:
            for connection in (store, thumbs):
                if connection is not None:
                    connection.close()

    def _drive(self, job: Generator[Progress, None, Any]) -> Any:
        try:
            while True:
                try:
                    step = next(job)
                except StopIteration as end:
                    return end.value
                self.progressed.emit(step)
                self._going.wait()
        finally:
            job.close()


def _job(
    order: Order, store: Store, thumbs: Thumbs, stop: threading.Event
) -> Generator[Progress, None, Any]:
    """The generator that carries out an order."""
    from uniqa_desktop import jobs, scorers

    def score() -> Generator[Progress, None, Any]:
        scorers.check(order.model)
        if order.retry:
            store.failures.clear(order.retry)
        return jobs.score(
            store,
            thumbs,
            lambda: scorers.load(order.model, order.device),
            order.folders,
            model=order.model,
            stop=stop,
        )

    table = {
        "scan": lambda: jobs.scan(store, order.folders, stop=stop),
        "score": score,
        "demo": lambda: jobs.draw_demo(order.folders[0], stop=stop),
    }
    return table[order.job]()
