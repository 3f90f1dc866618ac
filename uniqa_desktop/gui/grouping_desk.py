"""What groups are made by: strictness, tried out live, and cameras' clocks. Handles commands."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.clocks_dialog import ClocksDialog
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.strictness_dialog import StrictnessDialog
from uniqa_desktop.gui.words import count, say
from uniqa_desktop.gui.work import Work
from uniqa_desktop.settings import Settings
from uniqa_desktop.store import Store

Answer = TypeVar("Answer")
Otherwise = TypeVar("Otherwise")


class GroupingDesk(QObject):
    """The dialogs that change how the open folder is grouped.

    Signals:
        said(str): a sentence for the user.
        trouble(str): a known error, one sentence.
        regrouped(): the list is folded by other groups now.
    """

    said = Signal(str)
    trouble = Signal(str)
    regrouped = Signal()

    def __init__(
        self,
        window: QWidget,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        work: Work,
        save: Callable[[Settings], None],
    ) -> None:
        """`save` keeps the settings."""
        super().__init__(window)
        self._window = window
        self._store = store
        self._browser = browser
        self._shoot = shoot
        self._work = work
        self._save = save
        self._dialog: StrictnessDialog | None = None
        work.worker.answered.connect(self._answered)
        work.worker.refused.connect(self._refused)

    # Strictness

    def change_strictness(self) -> None:
        """Lets the user try strictnesses out: the list follows while the slider moves."""
        if self._shoot.folder is None or self._dialog is not None:
            return
        dialog = StrictnessDialog(self._work.chosen.usable_strictness, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._try)
        dialog.accepted.connect(self._keep)
        dialog.rejected.connect(self._take_back)
        self._dialog = dialog
        dialog.open()
        self._try(dialog.strictness)

    def _try(self, strictness: int) -> None:
        chosen, folder = self._work.chosen, self._shoot.folder
        if folder is not None:
            self._work.worker.ask(
                Question("groups", chosen.model, chosen.device, (folder,), number=strictness)
            )

    def _answered(self, question: Question, answer: object) -> None:
        from uniqa_desktop.gui.regrouping import Regrouped

        if question.kind != "groups" or self._dialog is None:
            return
        if isinstance(answer, Regrouped):
            groups = answer.groups
            photos = sum(len(group.members) for group in groups.values())
            self._dialog.show_groups([group.kind for group in groups.values()], photos)
            self._shoot.stacks.use(groups)
            self._shoot.refold()
            self.regrouped.emit()

    def _refused(self, question: Question, why: str) -> None:
        if question.kind == "groups" and self._dialog is not None:
            self._dialog.show_trouble(why)

    def _keep(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            self._work.worker.withdraw("groups")
            self._save(dataclasses.replace(self._work.chosen, strictness=dialog.strictness))
            self._work.group()

    def _take_back(self) -> None:
        self._dialog = None
        self._work.worker.withdraw("groups")
        self._shoot.read_groups()
        self._shoot.refold()
        self.regrouped.emit()

    # Clocks

    def camera_clocks(self) -> None:
        """Lets the user say how far a camera's clock was off."""
        cameras = self._ask(self._store.clocks.cameras, [])
        if not cameras:
            self.said.emit(say("No photo names its camera: there is no clock to correct."))
            return
        shifts = self._ask(self._store.clocks.all, {})
        dialog = ClocksDialog(cameras, shifts, self._browser.current, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(self.set_clock)
        dialog.open()

    def set_clock(self, camera: str, microseconds: object) -> None:
        """Corrects a camera's clock by so much in all; order and groups follow."""
        assert isinstance(microseconds, int)
        changed = self._ask(lambda: self._store.clocks.set(camera, microseconds), 0)
        if changed:
            self._browser.refresh(list(self._browser.photos.ids))
            self._shoot.read_facets()
            self._shoot.apply()
            self._work.group()
            self.said.emit(
                count("1 photo has another time now.", "%n photos have another time now.", changed)
            )

    def _ask(self, question: Callable[[], Answer], otherwise: Otherwise) -> Answer | Otherwise:
        """The library's answer; where it has none, says why and goes on with `otherwise`."""
        try:
            return question()
        except KnownError as error:
            self.trouble.emit(str(error))
            return otherwise
