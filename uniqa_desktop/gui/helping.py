"""The commands that explain the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from uniqa_desktop import __version__, paths
from uniqa_desktop.gui.bindings import Bindings
from uniqa_desktop.gui.keys_dialog import KeysDialog
from uniqa_desktop.gui.keys_sheet import KeysSheet
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.words import say
from uniqa_desktop.gui.work import Work


class Helping(QObject):
    """The handlers of the Help menu's commands."""

    def __init__(self, window: Window, work: Work, bindings: Callable[[], Bindings]) -> None:
        """`bindings` gives the keys, which are made after the commands."""
        super().__init__(window)
        self._bindings = bindings
        self._window = window
        self._work = work

    def keys(self) -> None:
        sheet = KeysSheet(self._window, self._bindings().keymap)
        sheet.change_requested.connect(self.change_keys)
        sheet.open()

    def change_keys(self) -> None:
        bindings = self._bindings()
        dialog = KeysDialog(bindings.keymap, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(bindings.use)
        dialog.open()

    def about(self) -> None:
        text = say(
            "<b>UniQA Desktop {version}</b><p>Culls photos by technical quality, aesthetics and "
            "your own taste. Nothing leaves this machine and no original is ever written."
            "<p>Model in use: {model}<br>Library: {library}<br>Log: {log}<p>MIT licence."
        ).format(
            version=__version__,
            model=self._work.chosen.model,
            library=paths.display(self._window.store.path),
            log=paths.display(paths.log_dir()),
        )
        QMessageBox.about(self._window, say("About UniQA Desktop"), text)
