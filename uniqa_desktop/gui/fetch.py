"""Fetching a model's file in a thread of its own.

Not in the worker's: a download is minutes or hours of waiting for the network, in which photos can
be scored and folders opened. It imports no machine-learning library and touches no library file.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.weights import ModelSpec

if TYPE_CHECKING:
    from uniqa_desktop.downloads import Offer


class Fetch(QObject):
    """Asks a hub for one model at a time; a new request ends the one before.

    Signals:
        offered(str, Offer): what there is of the model of that id.
        progressed(Progress): bytes that are there.
        fetched(str, Path, str | None): its file, and the sha256 that was checked.
        stopped(str): the user stopped it; what has arrived is kept.
        failed(str, str): a known error, one sentence.
        broke(str, str): a bug; the text is the traceback.
    """

    offered = Signal(str, object)
    progressed = Signal(object)
    fetched = Signal(str, object, object)
    stopped = Signal(str)
    failed = Signal(str, str)
    broke = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self, spec: ModelSpec) -> None:
        """Asks for size and hash; fetches nothing."""

        def work(stop: threading.Event) -> None:
            from uniqa_desktop import downloads

            assert spec.hub is not None
            offer = downloads.look(spec.hub.link, stop)
            if offer is None:
                self.stopped.emit(spec.id)
            else:
                self.offered.emit(spec.id, offer)

        self._start(spec, work)

    def fetch(self, spec: ModelSpec, offer: Offer) -> None:
        """Fetches what was offered, going on after an earlier try."""

        def work(stop: threading.Event) -> None:
            from uniqa_desktop import jobs

            job = jobs.fetch_model(spec, offer, stop=stop)
            file: Path | None = None
            while True:
                try:
                    self.progressed.emit(next(job))
                except StopIteration as end:
                    file = end.value
                    break
            if file is None:
                self.stopped.emit(spec.id)
            else:
                self.fetched.emit(spec.id, file, jobs.expected_hash(spec, offer))

        self._start(spec, work)

    def stop(self) -> None:
        """Ends the request, within about a tenth of a second, and waits for that."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _start(self, spec: ModelSpec, work: Callable[[threading.Event], Any]) -> None:
        self.stop()
        self._stop = stop = threading.Event()

        def run() -> None:
            try:
                work(stop)
            except KnownError as error:
                self.failed.emit(spec.id, str(error))
            except Exception:
                self.broke.emit(spec.id, traceback.format_exc())

        self._thread = threading.Thread(target=run, name="fetch")
        self._thread.start()
