"""Opening folders, and what the user can do with where a photo is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from uniqa_desktop import paths
from uniqa_desktop.gui.recent_menu import RecentMenu
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.words import say
from uniqa_desktop.gui.work import Work
from uniqa_desktop.settings import Settings


class Folders(QObject):
    """The handlers of the commands about folders; it remembers those that were opened last."""

    def __init__(self, window: Window, work: Work, save: Callable[[Settings], None]) -> None:
        """`save` keeps the settings."""
        super().__init__(window)
        self._window = window
        self._browser = window.browser
        self._work = work
        self._save = save
        self.recent = RecentMenu(window)
        self.recent.chosen.connect(self.open)
        window.browser.welcome.folder_chosen.connect(self.open)
        work.opened.connect(self._opened)

    def open(self, folder: Path) -> None:
        """Shows a folder of photos, scans it and scores what is new."""
        self._work.open(folder)

    def open_folder(self) -> None:
        start = str(self._window.shoot.folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(
            self._window, say("Open a folder of photos"), start
        )
        if chosen:
            self.open(Path(chosen))

    def show_in_folder(self) -> None:
        photo = self._browser.current
        if photo is not None:
            show_in_file_manager(photo.path)

    def copy_path(self) -> None:
        photo = self._browser.current
        if photo is not None:
            QGuiApplication.clipboard().setText(str(photo.path))

    def show_recent(self) -> None:
        """Offers the folders of the settings, in the menu and on the welcome page."""
        folders = self._work.chosen.recent_folders
        self._browser.welcome.set_recent(folders)
        self.recent.set_folders(folders)

    def _opened(self, folder: Path) -> None:
        self._window.setWindowTitle(f"{paths.display(folder.name)} – UniQA Desktop")
        self._save(self._work.chosen.with_recent(folder))
        self.show_recent()
        self._browser.show_grid()


def show_in_file_manager(path: Path) -> None:
    """Opens the folder of a file in the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
