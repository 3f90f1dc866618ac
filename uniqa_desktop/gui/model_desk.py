"""What the window does when models come, go or change: dialog, orders, the offer to score."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from uniqa_desktop import weights
from uniqa_desktop.gui import words
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.model_work import ModelWork, Note
from uniqa_desktop.gui.models_dialog import ModelsDialog
from uniqa_desktop.gui.status_line import Kind
from uniqa_desktop.gui.work import Work
from uniqa_desktop.query import Sort
from uniqa_desktop.settings import Settings
from uniqa_desktop.weights import Output


class ModelDesk(QObject):
    """Opens the Models dialog, and switches the window when another model is chosen there.

    Signals:
        used(str): the window shows the scores of this model now.
        bug(str): a traceback.
    """

    used = Signal(str)
    bug = Signal(str)

    def __init__(
        self,
        window: QWidget,
        work: Work,
        bar: FilterBar,
        save: Callable[[Settings], None],
        say: Callable[[str, Kind, str], None],
        parent: QObject | None = None,
    ) -> None:
        """`save` keeps the settings; `say` shows a sentence and, beside it, an offered act."""
        super().__init__(parent)
        self._window = window
        self._work = work
        self._bar = bar
        self._save = save
        self._say = say
        self.has_taste: Callable[[str], bool] = lambda _model: False
        self.models = ModelWork(work, self)
        self.models.used.connect(self._use)
        self.models.ended.connect(self._ended)
        self.models.bug.connect(self.bug)

    @cached_property
    def dialog(self) -> ModelsDialog:
        """The dialog, made when it is first asked for."""
        dialog = ModelsDialog(self.models, self._window)
        dialog.score_requested.connect(self.score)
        return dialog

    def show(self, model: str = "") -> None:
        """Opens the dialog, on this model if one is named."""
        self.dialog.refresh()
        if model:
            self.dialog.choose(model)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def score(self) -> None:
        """Scores what the model in use has not scored yet."""
        self._say("", "info", "")
        self.models.unscored = 0
        self._work.score()

    def offer_sorts(self) -> None:
        """Offers to sort by what the model in use gives."""
        model = self._work.chosen.model
        self._bar.set_sorts(sorts(model, taste=self.has_taste(model)))

    def stop(self) -> None:
        """Ends a download; call it before the window goes."""
        self.models.close()

    def _use(self, model: str) -> None:
        self._save(dataclasses.replace(self._work.chosen, model=model))
        self.offer_sorts()
        self._work.use_model(model)
        self.used.emit(model)

    def _ended(self, note: Note) -> None:
        """Says in the window what the dialog says, where that is closed or scoring is offered."""
        unscored = self.models.unscored
        seen = "dialog" in self.__dict__ and self.dialog.isVisible()
        if unscored or not seen:
            act = words.count("Score 1 photo", "Score %n photos", unscored) if unscored else ""
            self._say(note.text, "warning" if note.warning else "info", act)


def sorts(model: str, *, taste: bool = False) -> list[Sort]:
    """The orders that `model` has numbers for; `taste`: one was learned with it."""
    without = set() if taste else {Sort.TASTE}
    if Output.AESTHETICS not in weights.outputs(model):
        without.add(Sort.AESTHETICS)
    return [sort for sort in Sort if sort not in without]
