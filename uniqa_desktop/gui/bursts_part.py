"""All that a window has for groups, made and connected: stacks, burst view, dialogs, the mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.burst_desk import BurstDesk
from uniqa_desktop.gui.culling import Culling
from uniqa_desktop.gui.group_desk import GroupDesk
from uniqa_desktop.gui.group_mouse import GroupMouse
from uniqa_desktop.gui.grouping_desk import GroupingDesk
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.work import Work
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.settings import Settings
from uniqa_desktop.store import Store


class BurstsPart(QObject):
    """Passes on between its parts and the rest of the window. `owners` handle commands."""

    def __init__(
        self,
        window: QWidget,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        work: Work,
        verdicts: Verdicts,
        culling: Culling,
        save: Callable[[Settings], None],
    ) -> None:
        super().__init__(window)
        self.groups = GroupDesk(store, browser, shoot, verdicts, self)
        self.bursts = BurstDesk(store, browser, shoot, verdicts, culling, self)
        self.grouping = GroupingDesk(window, store, browser, shoot, work, save)
        self.mouse = GroupMouse(browser, shoot.stacks, self.groups)
        self.owners = (self.groups, self.bursts, self.grouping)
        self.offer = self.groups.offer
        self._browser = browser
        self._work = work
        self._stacks = shoot.stacks
        work.worker.answered.connect(self._answered)
        for part in (self.groups, self.grouping):
            part.regrouped.connect(self.bursts.refresh)
        work.worker.finished.connect(self._finished)

    def attach(
        self,
        actions: Mapping[str, QAction],
        say: Callable[[str], object],
        say_trouble: Callable[[str], object],
    ) -> None:
        """Names the commands, and who shows sentences."""
        self.groups.fold_requested.connect(actions["fold_groups"].trigger)
        self._browser.command_asked.connect(lambda id: actions[id].trigger())
        for part in (*self.owners, self.mouse):
            part.said.connect(say)
        for part in self.owners:
            part.trouble.connect(say_trouble)

    def _finished(self, order: Order, report: object) -> None:
        if order.job == "group":
            self.groups.found(order)
        elif order.job == "best":
            self.bursts.refresh()
            chosen = self._work.chosen
            self._work.worker.ask(Question("untold", chosen.model, chosen.device, order.folders))

    def _answered(self, question: Question, answer: object) -> None:
        from uniqa_desktop.gui.regrouping import Untold

        if question.kind == "untold" and isinstance(answer, Untold):
            self._stacks.show_untold(answer.bursts)
