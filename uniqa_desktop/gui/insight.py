"""What the information panel says of a photo beyond its own row: where it stands in its folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.info_panel import InfoPanel
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.worker import Worker
from uniqa_desktop.photo import Photo
from uniqa_desktop.settings import Settings
from uniqa_desktop.standing import Standing

if TYPE_CHECKING:
    from uniqa_desktop.cues import Cues

_REST_MS = 120
"""How long a photo is current before the model's cues are asked for."""
_EVERY = 3.0
"""Seconds between two looks at all scores of the folder while they come in, at least."""
_SHARE = 0.05
"""The share of the worker's time that these looks may take: in large folders they are rarer."""


class Insight(QObject):
    """Asks the worker, and tells the panel."""

    def __init__(
        self,
        panel: InfoPanel,
        browser: Browser,
        shoot: Shoot,
        worker: Worker,
        chosen: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._shoot = shoot
        self._worker = worker
        self._chosen = chosen
        self._photo: Photo | None = None
        self._model = chosen().model
        self._looked = 0.0
        self._next = 0.0
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask_cues)
        browser.current_changed.connect(self._moved)
        worker.answered.connect(self._answered)

    def look(self) -> None:
        """The folder is another one, or its scores are complete: asks how they are spread."""
        self._model = self._chosen().model
        self._looked = time.monotonic()
        self._next = self._looked + _EVERY
        self._ask("standing")

    def changed(self, ids: Iterable[int]) -> None:
        """A job changed these photos: looks again now and then."""
        if ids and time.monotonic() >= self._next:
            self.look()

    def _moved(self, photo: Photo | None) -> None:
        self._photo = photo
        if self._chosen().model != self._model:
            # What is shown is by the model that was in use before.
            self._panel.set_standing(Standing())
            self._panel.cues.show_cues(None)
            self.look()
        if photo is not None and photo.scores is not None:
            self._rest.start()

    def _ask_cues(self) -> None:
        if self._photo is not None and self._panel.isVisible():
            self._ask("cues", self._photo.id)

    def _ask(self, kind: str, photo: int = 0) -> None:
        folder, chosen = self._shoot.folder, self._chosen()
        if folder is not None:
            self._worker.ask(Question(kind, chosen.model, chosen.device, (folder,), photo=photo))

    def _answered(self, question: Question, answer: Standing | Cues | None) -> None:
        if question.folders != (self._shoot.folder,) or question.model != self._chosen().model:
            return
        if question.kind == "standing":
            now = time.monotonic()
            self._next = max(self._next, now + (now - self._looked) / _SHARE)
            self._panel.set_standing(answer)  # type: ignore[arg-type]
        elif question.kind == "cues" and self._photo and question.photo == self._photo.id:
            self._panel.cues.show_cues(answer)  # type: ignore[arg-type]
