"""The commands that bring grid, loupe, compare and survey to the front, zoom in them and select."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.words import count, say


class Viewing(QObject):
    """What the user can do with the views of `browser`; each method handles a command.

    Signals:
        said(str): why nothing or not everything is shown, one sentence.
    """

    said = Signal(str)

    def __init__(self, browser: Browser, shoot: Shoot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._browser = browser
        self._shoot = shoot

    def show_grid(self) -> None:
        if self._shoot.folder is not None:
            self._browser.show_grid()

    def show_loupe(self) -> None:
        self._browser.show_loupe()

    def show_compare(self) -> None:
        if self._shoot.folder is not None and not self._browser.show_compare():
            self.said.emit(say("There is no second photo to compare with."))

    def show_survey(self) -> None:
        left_out = self._browser.show_survey() if self._shoot.folder is not None else 0
        if left_out:
            self.said.emit(
                count(
                    "1 selected photo is left out: more at once would be too small.",
                    "%n selected photos are left out: more at once would be too small.",
                    left_out,
                )
            )

    def toggle_zoom(self) -> None:
        if self._browser.picture is not None:
            self._browser.picture.toggle()

    def zoom_fit(self) -> None:
        if self._browser.picture is not None:
            self._browser.picture.fit()

    def zoom_in(self) -> None:
        if self._browser.picture is not None:
            self._browser.picture.zoom_by(1)

    def zoom_out(self) -> None:
        if self._browser.picture is not None:
            self._browser.picture.zoom_by(-1)

    def select_all(self) -> None:
        if self._browser.picture is None:
            self._browser.grid.selectAll()

    def invert_selection(self) -> None:
        if self._browser.picture is None:
            self._browser.grid.invert_selection()
