"""Sidecars that follow the user's verdicts by themselves, in a small thread of their own.

The worker may be scoring for an hour, so it is not asked: this thread only reads and writes small
files. One photo is written at a time and in the order of the verdicts, so that no older verdict
can overtake a newer one. What fails is tried again after 0.4, 1.5 and 4 seconds; then it waits for
the user. The verdicts themselves are in the library before any of this begins.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
import traceback
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.photo import Failure
from uniqa_desktop.store import Store
from uniqa_desktop.xmp.naming import Naming, is_on_card, sidecars

if TYPE_CHECKING:
    from uniqa_desktop.jobs import SidecarReport

RETRIES = (0.4, 1.5, 4.0)
"""Seconds until the next try after a failed one: a virus scanner or a sync client lets go soon."""
_LET_PAINT = 0.15
"""Seconds that a new verdict waits for its turn: the window's thread, which is about to paint it,
shall not have to share Python's lock just then."""
_BATCH = 256
"""Photos between two looks at what else is wanted; each folder is listed once in a batch."""
_TELL_EVERY = 0.2
_REASONS = 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Photos whose sidecars do not state their verdict (yet).

    Attributes:
        waiting: in the queue, among them those to be tried again.
        failed: given up until the user says otherwise.
        conflicts: changed by another program as well: the user decides.
        on_card: of `failed`, those on a camera's card, which is never written.
        reasons: why some of them failed; `path` is the photo.
    """

    waiting: int = 0
    failed: int = 0
    conflicts: int = 0
    on_card: int = 0
    reasons: tuple[Failure, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.waiting or self.failed or self.conflicts)

    @property
    def holds_up(self) -> int:
        """How many should be written before the program ends."""
        return self.waiting + self.failed - self.on_card


@dataclass(slots=True)
class _Due:
    """A photo in the queue: when it is its turn (by the monotonic clock), after how many tries."""

    at: float = 0.0
    tries: int = 0


class SidecarWriter(QObject):
    """Writes the sidecars of photos whose verdict changed.

    Signals:
        changed(Unsaved): what is unsaved now; at most five times a second while much is written.
        bug(str): a traceback; the photos in hand count as failed.
    """

    changed = Signal(object)
    bug = Signal(str)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._state = threading.Condition()
        self._naming: Naming | None = None
        self._queue: dict[int, _Due] = {}
        self._folders: list[Path] = []
        self._in_hand = 0
        self._failed: dict[int, Failure] = {}
        self._conflicts: set[int] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._told = 0.0

    @property
    def naming(self) -> Naming | None:
        """How sidecars are named; `None` while none are written."""
        return self._naming

    # What the window says

    def use(self, naming: Naming | None) -> None:
        """Names sidecars so from now on; `None`: nothing is written, and what waits is dropped."""
        with self._state:
            self._naming = naming
            if naming is None:
                self._queue.clear()
                self._folders.clear()
                self._failed.clear()
                self._conflicts.clear()
        self._tell()

    def follow(self, photos: Iterable[int]) -> None:
        """These photos have another verdict now: their sidecars follow."""
        self._add(photos=photos)

    def catch_up(self, folder: Path) -> None:
        """Writes what is behind at or below a folder, from an earlier run of the program."""
        self._add(folders=[folder])

    def retry(self) -> None:
        """Tries at once what has failed."""
        with self._state:
            again, self._failed = list(self._failed), {}
        self._add(photos=again)

    def forget(self, photos: Iterable[int]) -> None:
        """The user has decided about these photos' conflicts."""
        with self._state:
            self._conflicts.difference_update(photos)
        self._tell()

    def finish(self, patience: float) -> Unsaved:
        """Waits until everything was written, or tried a last time, at most `patience` seconds."""
        with self._state:
            for due in self._queue.values():
                due.at, due.tries = 0.0, len(RETRIES)
            self._state.notify_all()
            if self._thread is not None:
                self._state.wait_for(self._is_idle, patience)
            return self._unsaved()

    def unsaved(self) -> Unsaved:
        with self._state:
            return self._unsaved()

    def stop(self) -> None:
        """Ends the thread after the photo in hand; it cannot be started again."""
        self._stop.set()
        with self._state:
            self._state.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _add(self, photos: Iterable[int] = (), folders: Iterable[Path] = ()) -> None:
        with self._state:
            if self._naming is None or self._stop.is_set():
                return
            for photo in photos:
                self._failed.pop(photo, None)
                self._conflicts.discard(photo)
                self._queue[photo] = _Due(time.monotonic() + _LET_PAINT)
            self._folders.extend(folders)
            if not self._queue and not self._folders:
                return
            self._state.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sidecars")
            self._thread.start()

    # The thread

    def _run(self) -> None:
        store: Store | None = None
        self._prepare()
        try:
            while (work := self._next()) is not None:
                naming, folders, batch = work
                try:
                    store = store or Store.open(self._library)
                    if folders:
                        self._found(store.sidecars.behind(str(naming), folders))
                    if batch:
                        self._write(store, naming, batch)
                except KnownError as error:
                    _log.warning("Sidecars: %s", error)
                    self._done(batch, {id: Failure(self._library, str(error)) for id in batch})
                except Exception:
                    _log.exception("Bug in writing sidecars")
                    why = "A bug in this program; its log says more."
                    self._done(batch, {id: Failure(self._library, why) for id in batch})
                    self.bug.emit(traceback.format_exc())
        finally:
            if store is not None:
                store.close()

    def _prepare(self) -> None:
        """Loads what writing needs, and lets the garbage collector leave all of it alone.

        Writing makes much garbage, and each full collection would look through every module and
        photo that is there, holding up all threads: 50 ms each time, measured with 10,000 photos.
        """
        from uniqa_desktop import jobs  # noqa: F401

        gc.freeze()

    def _next(self) -> tuple[Naming, list[Path], list[int]] | None:
        """Waits for something to do; `None` when the thread is to end."""
        with self._state:
            while not self._stop.is_set():
                self._in_hand = 0
                naming, now = self._naming, time.monotonic()
                due = [id for id, each in self._queue.items() if each.at <= now]
                if naming is not None and (due or self._folders):
                    folders, self._folders = self._folders, []
                    self._in_hand = max(1, len(due[:_BATCH]))
                    return naming, folders, due[:_BATCH]
                self._state.notify_all()
                first = min((each.at for each in self._queue.values()), default=None)
                self._state.wait(None if first is None else max(0.0, first - now))
        return None

    def _found(self, behind: Iterable[int]) -> None:
        with self._state:
            for photo in behind:
                if photo not in self._failed and photo not in self._conflicts:
                    self._queue.setdefault(photo, _Due())

    def _write(self, store: Store, naming: Naming, batch: Sequence[int]) -> None:
        from uniqa_desktop import jobs

        started = {id: self._queue.get(id) for id in batch}
        report = _drive(jobs.write_sidecars(store, naming, among=batch, stop=self._stop))
        plans = {plan.path: plan for plan in report.plans}
        failures: dict[int, Failure] = {}
        foreign = {plan.path for plan in report.conflicts}
        conflicts: set[int] = set()
        late: set[int] = set()
        for photo in store.photos.get(store.sidecars.behind(str(naming), among=batch)):
            paths = sidecars([photo.path, *photo.companions], naming)
            own = [plans[path] for path in paths if path in plans]
            why = next((plan.why for plan in own if plan.why), "")
            if why:
                failures[photo.id] = Failure(photo.path, why)
            elif not foreign.isdisjoint(paths):
                conflicts.add(photo.id)
            else:
                late.add(photo.id)  # it got another verdict meanwhile, or the program ends
        self._done(batch, failures, conflicts, late, started)

    def _done(
        self,
        batch: Sequence[int],
        failures: dict[int, Failure],
        conflicts: Iterable[int] = (),
        late: Iterable[int] = (),
        started: dict[int, _Due | None] | None = None,
    ) -> None:
        """Takes a batch from the queue, unless its photos have got another verdict meanwhile."""
        now = time.monotonic()
        late = set(late)
        with self._state:
            for id in batch:
                due = self._queue.get(id)
                if due is None or (started is not None and due is not started[id]) or id in late:
                    continue
                failure = failures.get(id)
                if failure is None:
                    del self._queue[id]
                    self._failed.pop(id, None)
                elif due.tries < len(RETRIES) and not is_on_card(failure.path):
                    due.at, due.tries = now + RETRIES[due.tries], due.tries + 1
                    self._failed[id] = failure
                else:
                    del self._queue[id]
                    self._failed[id] = failure
            self._conflicts.update(conflicts)
            self._in_hand = 0
            ended = self._is_idle()
            self._state.notify_all()
        if ended or failures or now - self._told >= _TELL_EVERY:
            self._told = now
            self._tell()

    def _is_idle(self) -> bool:
        return not self._queue and not self._folders and not self._in_hand

    def _tell(self) -> None:
        self.changed.emit(self.unsaved())

    def _unsaved(self) -> Unsaved:
        given_up = [each for id, each in self._failed.items() if id not in self._queue]
        return Unsaved(
            waiting=len(self._queue),
            failed=len(given_up),
            conflicts=len(self._conflicts),
            on_card=sum(is_on_card(each.path) for each in given_up),
            reasons=tuple(list(self._failed.values())[:_REASONS]),
        )


def _drive(job: Generator[object, None, SidecarReport]) -> SidecarReport:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
