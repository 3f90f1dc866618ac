"""One thread for the small work of a panel, where only the newest answer matters.

Counting a histogram or asking a network drive for a file's size takes milliseconds or seconds:
too long for the window's thread, too small for a job.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

Work = Callable[[], Any]
Answer = Callable[[Any], None]


class Background(QObject):
    """Runs the newest request of each kind; an older one's answer is dropped, never shown late.

    The thread starts with the first request. A request that raises ends in `threading.excepthook`
    like any other bug, and the next one still runs.
    """

    _answered = Signal(str, int, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._changed = threading.Condition()
        self._waiting: dict[str, tuple[int, Work]] = {}
        self._newest: dict[str, tuple[int, Answer]] = {}
        self._tickets = 0
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._answered.connect(self._deliver)

    def submit(self, kind: str, work: Work, answer: Answer) -> None:
        """Has `work()` done in the thread and calls `answer(result)` in the thread of this object.

        Only if no newer request of `kind` was made or it was dropped meanwhile.
        """
        self._tickets += 1
        self._newest[kind] = (self._tickets, answer)
        with self._changed:
            if self._stopping:
                return
            self._waiting[kind] = (self._tickets, work)
            self._changed.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def drop(self, kind: str) -> None:
        """Forgets the request of `kind`: its answer will not come."""
        self._newest.pop(kind, None)
        with self._changed:
            self._waiting.pop(kind, None)

    def stop(self) -> None:
        """Ends the thread after the work in hand and waits for it."""
        with self._changed:
            self._stopping = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._stopping:
                    self._changed.wait()
                if self._stopping:
                    return
                kind = next(iter(self._waiting))
                ticket, work = self._waiting.pop(kind)
            try:
                result = work()
            except Exception as error:
                threading.excepthook(
                    threading.ExceptHookArgs(
                        (type(error), error, error.__traceback__, threading.current_thread())
                    )
                )
            else:
                self._answered.emit(kind, ticket, result)

    def _deliver(self, kind: str, ticket: int, result: object) -> None:
        newest, answer = self._newest.get(kind, (0, None))
        if answer is not None and newest == ticket:
            del self._newest[kind]
            answer(result)
