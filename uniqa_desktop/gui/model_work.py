"""What is being done about models: fetching, installing, choosing, removing, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from uniqa_desktop import settings, weights
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import model_rows, words
from uniqa_desktop.gui.fetch import Fetch
from uniqa_desktop.gui.model_rows import ModelRow
from uniqa_desktop.gui.work import Work
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.installed import Models, Wanted
from uniqa_desktop.photo import Progress

if TYPE_CHECKING:
    from uniqa_desktop.downloads import Offer


class Stage(Enum):
    """What is under way for a model."""

    LOOK = auto()
    FETCH = auto()
    INSTALL = auto()


@dataclass(frozen=True, slots=True)
class Doing:
    """What is under way, for which model, and how far it is."""

    model: str
    stage: Stage
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What there is to say of a model: one sentence."""

    text: str
    warning: bool = False


class ModelWork(QObject):
    """Carries out what the Models dialog asks for; goes on when the dialog is closed.

    Downloads have a thread of their own, files are installed by the worker. One thing at a time.

    Signals:
        changed(): what is under way, rows or notes are not what they were.
        progressed(): what is under way has come further.
        used(str): the model of this id is to score from now on.
        ended(Note): something came to an end, and this is to be said of it.
        bug(str): a traceback.
    """

    changed = Signal()
    progressed = Signal()
    used = Signal(str)
    ended = Signal(object)
    bug = Signal(str)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doing: Doing | None = None
        self.unscored = 0
        self._work = work
        self._notes: dict[str, Note] = {}
        self._offers: dict[str, Offer] = {}
        self._agreed: set[str] = set()
        self._fetch = Fetch(self)
        self._fetch.offered.connect(self._offered)
        self._fetch.progressed.connect(self._progressed)
        self._fetch.fetched.connect(self._fetched)
        self._fetch.stopped.connect(self._stopped)
        self._fetch.failed.connect(self._failed)
        self._fetch.broke.connect(self._broke)
        work.ended.connect(self._recount)
        worker = work.worker
        worker.progressed.connect(self._worker_progressed)
        worker.finished.connect(self._installed)
        worker.failed.connect(self._install_failed)
        worker.broke.connect(self._install_broke)
        worker.dropped.connect(self._install_dropped)

    # What there is

    def rows(self) -> Sequence[ModelRow]:
        """All models, as they stand."""
        return model_rows.rows(self._work.chosen.model)

    def note(self, model: str) -> Note | None:
        """What is to be said of a model."""
        return self._notes.get(model)

    def offer(self, model: str) -> Offer | None:
        """What the hub said of it."""
        return self._offers.get(model)

    # What the user wants

    def say(self, model: str, text: str, *, warning: bool = False) -> None:
        """Shows a sentence beside a model."""
        self._notes[model] = Note(text, warning)
        self.changed.emit()

    def look(self, model: str) -> None:
        """Asks the hub what there is of a model."""
        self._begin(Doing(model, Stage.LOOK))
        self._fetch.look(weights.get(model))

    def fetch(self, model: str, *, licence_accepted: bool) -> None:
        """Fetches what the hub has offered, and installs it."""
        if licence_accepted:
            self._agreed.add(model)
        self._begin(Doing(model, Stage.FETCH))
        self._fetch.fetch(weights.get(model), self._offers[model])

    def install(self, wanted: Wanted) -> None:
        """Installs a file; scoring waits for it and goes on afterwards."""
        try:
            Models().check(wanted.model, licence_accepted=wanted.licence_accepted)
        except KnownError as error:
            self._end(wanted.model, str(error), warning=True)
            return
        self._begin(Doing(wanted.model, Stage.INSTALL))
        self._work.install(wanted)

    def stop(self) -> None:
        """Ends what is under way; what a download has brought is kept."""
        if self.doing is None:
            return
        if self.doing.stage is Stage.INSTALL:
            self._work.worker.cancel()
        else:
            self._fetch.stop()

    def use(self, model: str) -> None:
        """Scores with this model from now on."""
        row = next(row for row in self.rows() if row.id == model)
        self._switch(model)
        text = self.tr("{title} scores from now on.").format(title=row.title)
        if self.unscored:
            text += " " + words.count(
                "1 photo of this folder has no score by it yet.",
                "%n photos of this folder have no score by it yet.",
                self.unscored,
            )
        self._notes.clear()
        self._end(model, text)

    def remove(self, model: str) -> None:
        """Removes an installed model; its scores stay in the library."""
        was_in_use = self._work.chosen.model == model
        try:
            Models().remove(model)
        except (KnownError, OSError) as error:
            self._end(model, str(error), warning=True)
            return
        self._notes.pop(model, None)
        self._offers.pop(model, None)
        if was_in_use:
            self._switch(settings.DEFAULT_MODEL)
        known = weights.find(model) is not None
        text = self.tr("{id} is removed. Its scores stay in the library.").format(id=model)
        self._end(model if known else self._work.chosen.model, text)

    def close(self) -> None:
        """Ends the thread; call it before the window goes."""
        self._fetch.stop()

    # What comes of it

    def _recount(self) -> None:
        """Something was scored, perhaps: what is offered is never more than there is to do."""
        if self.unscored:
            self.unscored = min(self.unscored, self._work.unscored())
            self.changed.emit()

    def _switch(self, model: str) -> None:
        """Has the window show this model's scores, and counts what it has not scored."""
        self.used.emit(model)
        self.unscored = self._work.unscored()

    def _begin(self, doing: Doing) -> None:
        self.doing = doing
        self._notes.pop(doing.model, None)
        self.changed.emit()

    def _end(self, model: str, text: str, *, warning: bool = False) -> None:
        self.doing = None
        note = Note(text, warning)
        if text:
            self._notes[model] = note
        self.changed.emit()
        if text:
            self.ended.emit(note)

    def _offered(self, model: str, offer: Offer) -> None:
        self._offers[model] = offer
        size = words.file_size(offer.size) if offer.size is not None else self.tr("Unknown size")
        checked = (
            self.tr("checked by its sha256 when it is here")
            if weights.get(model).published.get(offer.name) or offer.sha256
            else self.tr("the source publishes no hash to check it by")
        )
        self.doing = None
        self.say(model, f"{size} · {offer.host} · {checked}")

    def _progressed(self, step: Progress) -> None:
        if self.doing is not None:
            self.doing = replace(self.doing, progress=step)
            self.progressed.emit()

    def _worker_progressed(self, step: Progress) -> None:
        if step.job == "install":
            self._progressed(step)

    def _fetched(self, model: str, file: Path, sha256: str | None) -> None:
        agreed = model in self._agreed
        self.install(Wanted(file, model, agreed, sha256=sha256, fetched=True))

    def _installed(self, order: Order, report: object) -> None:
        if order.job != "install":
            return
        if report is None:
            self._stopped(order.model)
            return
        self._offers.pop(order.model, None)
        if order.model == self._work.chosen.model:  # it scores otherwise than a moment ago
            self._switch(order.model)
        row = next((row for row in self.rows() if row.id == order.model), None)
        title = row.title if row else order.model
        self._end(order.model, self.tr("{title} is installed.").format(title=title))

    def _install_failed(self, order: Order, sentence: str) -> None:
        if order.job == "install":
            self._failed(order.model, sentence)

    def _install_broke(self, order: object, _traceback: str) -> None:
        if isinstance(order, Order) and order.job == "install":  # the desk shows the traceback
            self._broke(order.model, "")

    def _install_dropped(self, order: Order) -> None:
        if order.job == "install":
            self._stopped(order.model)

    def _stopped(self, model: str) -> None:
        stage = self.doing.stage if self.doing is not None else None
        said = {
            Stage.FETCH: self.tr("Stopped. What has arrived is kept, and Get goes on from there."),
            Stage.INSTALL: self.tr("Stopped. Nothing was installed."),
        }
        self._end(model, said.get(stage, "") if stage else "")

    def _failed(self, model: str, sentence: str) -> None:
        self._end(model, sentence, warning=True)

    def _broke(self, model: str, traceback: str) -> None:
        self._end(model, self.tr("The program met a bug; nothing was installed."), warning=True)
        if traceback:
            self.bug.emit(traceback)
