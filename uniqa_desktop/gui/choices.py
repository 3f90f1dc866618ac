"""What the user chooses about the window itself, put into effect and kept in the settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from uniqa_desktop import settings
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import motion, theme
from uniqa_desktop.gui.keymap import Keymap
from uniqa_desktop.gui.words import say
from uniqa_desktop.gui.work import Work
from uniqa_desktop.settings import Settings


class Choices(QObject):
    """Keeps the settings; the handlers of the commands that choose.

    Signals:
        said(str): what a choice does later, one sentence.
        trouble(str): the settings cannot be saved, one sentence; they hold until the end.
    """

    said = Signal(str)
    trouble = Signal(str)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work

    def save(self, chosen: Settings) -> None:
        """Makes these settings those of the window, and of its next start."""
        self._work.chosen = chosen
        try:
            settings.save(chosen)
        except (KnownError, OSError) as error:
            self.trouble.emit(say("The settings cannot be saved: {why}").format(why=error))

    def choose_theme(self, choice: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)
        self.save(dataclasses.replace(self._work.chosen, theme=choice))

    def choose_text_size(self, percent: int) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, theme.choice(), percent)
        self.save(dataclasses.replace(self._work.chosen, text_size=percent))

    def choose_language(self, code: str) -> None:
        self.save(dataclasses.replace(self._work.chosen, language=code))
        self.said.emit(say("The language changes when the program is started the next time."))

    def reduce_motion(self, reduced: bool) -> None:
        choice = "reduced" if reduced else "full"
        app = QApplication.instance()
        if isinstance(app, QApplication):
            motion.apply(app, choice)
        self.save(dataclasses.replace(self._work.chosen, motion=choice))

    def use_keys(self, keymap: Keymap) -> None:
        """Keeps a profile and the user's own keys on top of it."""
        own = {id: list(keys) for id, keys in keymap.own.items()}
        self.save(dataclasses.replace(self._work.chosen, key_profile=keymap.profile, keys=own))

    def show(self, actions: Mapping[str, QAction]) -> None:
        """Checks the commands of what is chosen."""
        chosen = self._work.chosen
        for id in (
            f"theme_{chosen.theme}",
            f"sidecars_{chosen.sidecars}",
            f"text_size_{chosen.text_size}",
            f"language_{chosen.language}",
        ):
            if id in actions:
                actions[id].setChecked(True)
        actions["reduce_motion"].setChecked(motion.is_reduced())
