"""Histograms behind the sliders of the filters, kept true while scores arrive."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.background import Background
from uniqa_desktop.gui.score_ranges import ScoreRanges
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.query import Sort
from uniqa_desktop.spread import Spread
from uniqa_desktop.store import Store

_log = logging.getLogger(__name__)


class Spreads(QObject):
    """Reads in a thread of its own (0.1 s a histogram at 100,000 photos) what the sliders that are
    in view need, when the folder or the model changes and whenever the shoot looks what is new."""

    def __init__(
        self, library: Path, shoot: Shoot, scores: ScoreRanges, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._shoot = shoot
        self._scores = scores
        self._about: tuple[Path | None, str] = (None, "")
        self._background = Background("histograms", self)
        shoot.listed.connect(self._listed)
        shoot.looked.connect(self.read)
        scores.shown.connect(self.read)

    def read(self) -> None:
        """Brings the histograms that are in view up to date."""
        folder, model = self._about
        if folder is not None:
            numbers = self._scores.in_view or [Sort.QUALITY]
            self._background.submit(
                "spreads", lambda: _read(self._library, numbers, model, folder), self._show
            )

    def stop(self) -> None:
        """Ends the thread; call it before the window goes."""
        self._background.stop()

    def _listed(self) -> None:
        about = (self._shoot.folder, self._shoot.model)
        if about != self._about:
            self._about = about
            self._background.drop("spreads")
            self._scores.forget_spreads()
            self.read()

    def _show(self, spreads: dict[Sort, Spread]) -> None:
        self._scores.set_spreads(spreads)


def _read(library: Path, numbers: Sequence[Sort], model: str, folder: Path) -> dict[Sort, Spread]:
    try:
        with Store.open(library, create=False) as store:
            return store.scores.spreads(numbers, model, (folder,))
    except KnownError as error:
        # The list has the same trouble and tells of it; the histograms stay as they are.
        _log.warning("The histograms cannot be read: %s", error)
        return {}
