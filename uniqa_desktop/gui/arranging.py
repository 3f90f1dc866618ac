"""Which parts of the window are shown, and which commands have a meaning, in what is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from uniqa_desktop.gui.window_state import OVERLAYS

if TYPE_CHECKING:
    from uniqa_desktop.gui.desk import Desk


class Arranging(QObject):
    """Shows and hides the parts of a desk; handles the commands that do."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = window

    def arrange(self, _view: object = None) -> None:
        """Shows the parts that belong to what is in front and that the user wants."""
        desk, actions = self._desk, self._desk.actions_by_id
        checked = {id: action.isChecked() for id, action in actions.items()}
        photos, large = not desk.browser.in_welcome, desk.browser.picture is not None
        desk.filter_bar.setVisible(photos and not large and checked["filters"])
        desk.info.setVisible(photos and checked["info"])
        desk.failures_pane.setVisible(photos and checked["failures"])
        desk.history.setVisible(photos and checked["history"])
        desk.below.setVisible(photos and (checked["failures"] or checked["history"]))
        desk.bottom.setVisible(photos or desk.work.worker.busy)
        desk.top.setVisible(photos and not large)
        for id in ("toggle_zoom", "zoom_fit", "zoom_in", "zoom_out", *OVERLAYS):
            actions[id].setEnabled(large)
        actions["heat_map"].setEnabled(desk.browser.in_loupe)
        for id in ("next_undecided", "previous_undecided"):
            actions[id].setEnabled(photos)

    def toggle_part(self, shown: bool) -> None:
        self.arrange()

    def toggle_failures(self, shown: bool) -> None:
        self._toggle(self._desk.failures_pane.table, shown)

    def toggle_history(self, shown: bool) -> None:
        self._toggle(self._desk.history.list, shown)

    def full_screen(self, full: bool) -> None:
        state = self._window.windowState()
        screen = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | screen if full else state & ~screen)

    def _toggle(self, part: QWidget, shown: bool) -> None:
        """Goes into a part that has come, and back to the photos when it goes."""
        self.arrange()
        if shown:
            part.setFocus()
        else:
            self._desk.browser.take_focus()
