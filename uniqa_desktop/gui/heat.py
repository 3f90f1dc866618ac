"""The heat map over the loupe: asks the worker for it and shows it on the photo that it is of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.heat_layer import HeatLayer
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.words import say
from uniqa_desktop.gui.worker import Worker
from uniqa_desktop.photo import State
from uniqa_desktop.settings import Settings

if TYPE_CHECKING:
    from uniqa_desktop.explain import HeatMap

_REST_MS = 200
"""How long a photo is in the loupe before its map is asked for."""
_KEPT = 40
"""Finished maps that are kept: going back and forth between frames of a burst costs nothing."""
_KIND = "heat"


class Heat(QObject):
    """Shows the heat map of the photo in the loupe while it is switched on."""

    def __init__(
        self,
        browser: Browser,
        worker: Worker,
        chosen: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._browser = browser
        self._worker = worker
        self._chosen = chosen
        self._on = False
        self._wanted: Question | None = None
        self._kept: OrderedDict[Question, HeatLayer] = OrderedDict()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        browser.current_changed.connect(lambda _photo: self._look())
        browser.view_changed.connect(lambda _view: self._look())
        worker.answered.connect(self._answered)
        worker.refused.connect(self._refused)

    def show(self, on: bool) -> None:
        """Switches the map on or off."""
        self._on = on
        self._look()

    def _look(self) -> None:
        """Shows what there is for the photo in the loupe; asks for what there is not."""
        wanted = self._question()
        if wanted is not None and wanted == self._wanted:
            return
        if self._wanted is not None:
            self._worker.withdraw(_KIND)
            self._rest.stop()
        elif wanted is None:
            return
        self._wanted = wanted
        loupe = self._browser.loupe
        loupe.legend.setVisible(wanted is not None)
        layer = self._kept.get(wanted) if wanted is not None else None
        loupe.view.show_layer(layer)
        if wanted is None:
            return
        if layer is not None:
            loupe.legend.explain(layer)
        elif self._missing():
            loupe.legend.say(say("The file is not there, so there is nothing to look at."))
        else:
            loupe.legend.looking(0.0)
            self._rest.start()

    def _question(self) -> Question | None:
        """What is wanted now: the map of the photo in the loupe, by the model in use."""
        photo = self._browser.current
        if not self._on or not self._browser.in_loupe or photo is None:
            return None
        chosen = self._chosen()
        return Question(
            _KIND,
            chosen.model,
            chosen.device,
            photo=photo.id,
            path=photo.path,
            identity=photo.identity,
        )

    def _missing(self) -> bool:
        photo = self._browser.current
        return photo is not None and photo.state is State.MISSING

    def _ask(self) -> None:
        if self._wanted is not None:
            self._worker.ask(self._wanted)

    def _answered(self, question: Question, answer: HeatMap) -> None:
        if question.kind != _KIND or (question != self._wanted and answer.done < 1):
            return
        layer = HeatLayer(answer)
        if answer.done == 1:
            self._kept[question] = layer
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        if question == self._wanted:
            self._browser.loupe.view.show_layer(layer)
            if answer.done == 1:
                self._browser.loupe.legend.explain(layer)
            else:
                self._browser.loupe.legend.looking(answer.done)

    def _refused(self, question: Question, sentence: str) -> None:
        if question == self._wanted:
            self._browser.loupe.legend.say(sentence)
