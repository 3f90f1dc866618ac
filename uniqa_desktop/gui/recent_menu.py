"""The menu of the folders opened last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from uniqa_desktop import paths


class RecentMenu(QMenu):
    """Folders, newest first.

    Signals:
        chosen(Path): open this one again.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open recent"))
        self.set_folders(())

    def set_folders(self, folders: Sequence[Path]) -> None:
        """Lists these folders; without any the menu is disabled."""
        self.clear()
        for folder in folders:
            action = self.addAction(paths.display(folder).replace("&", "&&"))
            action.triggered.connect(lambda _=False, folder=folder: self.chosen.emit(folder))
        self.setEnabled(bool(folders))
