"""The overlays of loupe, compare and survey: clipping, focus peaking, thirds, AF point.

They lie over every picture that can be zoomed. An overlay that is not ready yet is not there; none
of another photo is ever shown. In the loupe a line below the picture says what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.loupe import Loupe
from uniqa_desktop.gui.mark_maker import MarkMaker
from uniqa_desktop.gui.overlay_legend import Entry
from uniqa_desktop.gui.pane import Pane
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.view_marks import ViewMarks
from uniqa_desktop.gui.window_state import OVERLAYS
from uniqa_desktop.photo import Photo


class Overlays(QObject):
    """Switches overlays, and keeps them where they belong; each command is handled by the method
    of its name."""

    def __init__(self, browser: Browser, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._browser = browser
        self._maker = MarkMaker(self)
        self._views: dict[PictureView, ViewMarks] = {}
        self.shown: set[str] = set()
        browser.view_changed.connect(lambda _view: self._watch())
        browser.current_changed.connect(lambda _photo: self._watch())

    def clipping(self, on: bool) -> None:
        self._switch("clipping", on)

    def peaking(self, on: bool) -> None:
        self._switch("peaking", on)

    def thirds(self, on: bool) -> None:
        self._switch("thirds", on)

    def af_point(self, on: bool) -> None:
        self._switch("af_point", on)

    def restore(self, shows: Callable[[str], bool], actions: Mapping[str, QAction]) -> None:
        """Switches on what was on when the program was last used."""
        self.shown = {name for name in OVERLAYS if shows(name)}
        for name in OVERLAYS:
            actions[name].setChecked(name in self.shown)
        self._watch()

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        self._maker.stop()

    def _switch(self, name: str, on: bool) -> None:
        self.shown = self.shown | {name} if on else self.shown - {name}
        for marks in self._views.values():
            marks.look()

    def _watch(self) -> None:
        """Takes charge of views that have come to the front."""
        browser = self._browser
        if browser.in_loupe:
            self._take_loupe(browser.loupe)
        elif browser.board is not None:
            for pane in browser.board.panes:
                self._take_pane(pane)

    def _take_loupe(self, loupe: Loupe) -> None:
        if loupe.view not in self._views:
            marks = self._take(loupe.view, lambda: loupe.photo, loupe.marks_legend.show_entries)
            loupe.photo_shown.connect(marks.look)

    def _take_pane(self, pane: Pane) -> None:
        if pane.view not in self._views:
            self._take(pane.view, lambda: pane.photo, lambda _entries: None)

    def _take(
        self,
        view: PictureView,
        photo: Callable[[], Photo | None],
        explain: Callable[[list[Entry]], None],
    ) -> ViewMarks:
        marks = ViewMarks(
            self._maker,
            view,
            photo,
            explain,
            shown=lambda: self.shown,
            blind=lambda: self._browser.photos.blind,
        )
        self._views[view] = marks
        marks.look()
        return marks
