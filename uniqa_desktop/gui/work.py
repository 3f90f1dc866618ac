"""The open folder's work: scanning, scoring, the demo shoot, and what is said of them."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from uniqa_desktop import paths
from uniqa_desktop.gui import words
from uniqa_desktop.gui.failures_pane import FailuresPane
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.status_line import StatusLine
from uniqa_desktop.gui.worker import AGAIN, Order, Worker
from uniqa_desktop.installed import Wanted
from uniqa_desktop.photo import Failure, Progress
from uniqa_desktop.settings import Settings
from uniqa_desktop.store import Store

_PASSING = frozenset(
    {"scan", "find outside", "score", "group", "best", "demo", "preview sidecars", "learn taste"}
)
"""Jobs that give way to what the user wants next. Others go on: nobody wants half an export."""
_SAY_IT_THEMSELVES = ("install", "export", "list", "trash", "taste", "learn taste")
"""Jobs whose errors are said by those who ordered them."""
_GROUPING = ("group", "best")
"""What follows scoring, in this order."""
_FAILING_MS = 400
"""Milliseconds between two looks at failures while a job finds them: they are all read again."""


class Work(QObject):
    """Turns what the user wants done into orders, and their progress into what is shown.

    Signals:
        opened(Path): a folder is shown.
        failures_changed(int): so many files of the open folder cannot be read.
        trouble(str): a known error, one sentence.
        bug(str): a traceback.
        ended(): nothing runs any more.
    """

    opened = Signal(object)
    failures_changed = Signal(int)
    trouble = Signal(str)
    bug = Signal(str)
    ended = Signal()

    def __init__(
        self,
        store: Store,
        shoot: Shoot,
        status: StatusLine,
        pane: FailuresPane,
        chosen: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.worker = Worker(store.path, self)
        self.chosen = chosen
        self._store = store
        self._shoot = shoot
        self._status = status
        self._pane = pane
        self.worker.progressed.connect(self._progressed)
        self.worker.finished.connect(self._finished)
        self.worker.failed.connect(self._failed)
        self.worker.broke.connect(self._broke)
        status.pause_toggled.connect(self.worker.pause)
        status.cancelled.connect(self.worker.cancel)
        pane.retry.connect(self.retry)
        pane.shown.connect(self._list_failures)
        self._failing = QTimer(self, singleShot=True, interval=_FAILING_MS)
        self._failing.timeout.connect(self.show_failures)

    def open(self, folder: Path) -> None:
        """Shows a folder: what the library knows of it at once, the rest as it is found."""
        folder = Path(os.path.realpath(folder))
        if not folder.is_dir():
            self.trouble.emit(
                self.tr("{folder} is not there: is its drive connected?").format(
                    folder=paths.display(folder)
                )
            )
            return
        self.worker.cancel(_PASSING)
        self._shoot.open(folder, self.chosen.model)
        self.go_on(folder)

    def go_on(self, folder: Path) -> None:
        """Does the rest of `open` for a folder that is shown already."""
        self.show_failures()
        self._status.idle(self._summary())
        self.opened.emit(folder)
        self.rescan()

    def rescan(self) -> None:
        """Looks for new photos in the open folder and scores them."""
        if self._shoot.folder is not None:
            folders = (self._shoot.folder,)
            # Sidecars are looked at before the long work, so that their stars are there for it.
            self.worker.submit(
                Order("scan", folders),
                Order("find outside", folders),
                self._score(folders),
                *self._grouping(folders),
            )

    def draw_demo(self) -> None:
        """Draws the demo shoot, unless it is there, and opens it."""
        self.worker.cancel(_PASSING)
        self.worker.submit(Order("demo", (paths.demo_dir(),)))

    def score(self) -> None:
        """Scores what the model in use has not scored yet of the open folder."""
        if self._shoot.folder is not None:
            folders = (self._shoot.folder,)
            self.worker.submit(self._score(folders), *self._grouping(folders))

    def score_again(self) -> None:
        """Scores the open folder anew: its features are of other weights than those installed."""
        if self._shoot.folder is not None:
            folders = (self._shoot.folder,)
            again = dataclasses.replace(self._score(folders), task=AGAIN)
            self.worker.submit(again, *self._grouping(folders))

    def group(self) -> None:
        """Groups the open folder's photos anew, and looks for the best frames of bursts."""
        if self._shoot.folder is not None:
            self.worker.cancel(_GROUPING)
            self.worker.submit(*self._grouping((self._shoot.folder,)))

    def unscored(self) -> int:
        """How many photos of the open folder the model in use has not scored yet."""
        return self._shoot.unscored if self._shoot.folder is not None else 0

    def use_model(self, model: str) -> None:
        """Shows the scores of another model; scoring by the one before ends, a scan goes on."""
        if self.worker.busy:
            self.worker.cancel(_PASSING)
            if self._shoot.folder is not None:
                self.worker.submit(Order("scan", (self._shoot.folder,)))
        self._shoot.use_model(model)

    def install(self, wanted: Wanted) -> None:
        """Installs a model's file; scoring waits for it and goes on afterwards."""
        self.run(Order("install", model=wanted.model, wanted=wanted))

    def run(self, order: Order) -> None:
        """Runs an order at once; scoring waits for it and goes on afterwards."""
        scoring = self.worker.busy and self._shoot.folder is not None
        if scoring:
            self.worker.cancel(_PASSING)
        self.worker.submit(order)
        if scoring:
            self.rescan()

    def retry(self, files: list[Path]) -> None:
        """Reads failed files once more."""
        if self._shoot.folder is not None and files:
            self.worker.submit(self._score((self._shoot.folder,), tuple(files)))

    def retry_all(self) -> None:
        """Reads all failed files of the open folder once more."""
        self.retry([item.path for item in self._failures()])

    def show_failures(self) -> None:
        """Counts the failed files, and lists them if the list is on screen."""
        self._failing.stop()
        folder = self._shoot.folder
        if self._pane.isVisible():
            self._list_failures()
        self.failures_changed.emit(self._store.failures.count((folder,)) if folder else 0)

    def _list_failures(self) -> None:
        self._pane.show_failures(self._failures())

    def stop(self) -> None:
        """Ends the thread after the batch in flight."""
        self.worker.stop()

    def _score(self, folders: tuple[Path, ...], retry: tuple[Path, ...] = ()) -> Order:
        return Order("score", folders, self.chosen.model, self.chosen.device, retry)

    def _grouping(self, folders: tuple[Path, ...]) -> tuple[Order, ...]:
        chosen = self.chosen
        return tuple(
            Order(job, folders, chosen.model, chosen.device, task=chosen.usable_strictness)
            for job in _GROUPING
        )

    def _failures(self) -> list[Failure]:
        folder = self._shoot.folder
        return self._store.failures.all((folder,)) if folder else []

    def _progressed(self, step: Progress) -> None:
        if step.job == "taste":  # it takes a moment, after every rating: nobody waits for it
            return
        self._status.show_progress(step)
        if step.job != "demo":
            self._shoot.changed(step.changed)
        if step.failures and not self._failing.isActive():
            self._failing.start()

    def _finished(self, order: Order, report: object) -> None:
        if order.job == "demo":
            self._end()
            self.open(order.folders[0])
        elif order.job not in ("scan", "score"):
            self._end()
        elif order.folders == (self._shoot.folder,):
            self._shoot.look()
            self._shoot.read_facets()
            self.show_failures()
            self._end()

    def _failed(self, order: Order, sentence: str) -> None:
        self._end()
        if order.job not in _SAY_IT_THEMSELVES:
            self.trouble.emit(sentence)

    def _broke(self, order: Order, traceback: str) -> None:
        self._end()
        self.bug.emit(traceback)

    def _end(self) -> None:
        if not self.worker.busy:
            self._status.idle(self._summary())
            self.ended.emit()

    def _summary(self) -> str:
        if self._shoot.folder is None:
            return ""
        total = self._shoot.total
        if not total:
            return self.tr("No photos in this folder. Open another one.")
        return words.count("1 photo", "%n photos", total)
