"""The main window's shell: the grid in its place at once, everything else a moment later."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from uniqa_desktop import settings
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.first_paint import FirstPaint
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.window_state import WindowState
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.desk import Desk


class Window(QMainWindow):
    """One window on one library.

    It comes in two steps, so that photos are on screen at once: the constructor makes the grid and
    keeps room for the other parts; when the grid has been painted, `complete` imports and makes
    those (`desk`) and starts the worker.

    Signals:
        completed(): all parts are there.
    """

    completed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.setWindowTitle("UniQA Desktop")
        self.setAcceptDrops(True)
        self.store = store
        self.state = WindowState()
        self.desk: Desk | None = None
        self._model = settings.load().model
        self.browser = Browser(store, self._model)
        self.browser.grid.thumb_size = self.state.thumb_size(self.browser.grid.thumb_size)
        self.shoot = Shoot(
            store, self.browser, self.state.order(), self, folded=self.state.folded()
        )
        self.browser.show_stacks(self.shoot.stacks)
        self._lay_out()
        self.state.restore(self)
        self.first_paint = FirstPaint((self, self.browser.grid.viewport()), self)
        # Queued: what else waits for the first paint comes before the heavy work.
        self.first_paint.painted.connect(self.complete, Qt.ConnectionType.QueuedConnection)

    def _lay_out(self) -> None:
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.addWidget(self.browser)
        self._below, self._side = QWidget(), QWidget()
        self.middle.addWidget(self._below)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.middle)
        self.across.addWidget(self._side)
        for splitter in (self.middle, self.across):
            splitter.setStretchFactor(0, 1)
            splitter.setChildrenCollapsible(False)
        self._below.hide()
        self._side.setVisible(self.state.shows("info"))
        self._top, self._bottom = QWidget(), QWidget()
        self._top.setFixedHeight(self.state.height_of("bar") if self.state.shows("filters") else 0)
        self._bottom.setFixedHeight(self.state.height_of("bottom"))
        self.menuBar().setMinimumHeight(self.state.height_of("menu"))
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in (self._top, self.across, self._bottom):
            self._column.addWidget(part)
        self._column.setStretch(1, 1)
        self.setCentralWidget(body)

    def complete(self) -> None:
        """Makes all other parts and starts the worker; a second call does nothing."""
        if self.desk is None and self.isVisible():
            from uniqa_desktop.gui.desk import Desk

            self.desk = Desk(self)
            self.completed.emit()

    def put(self, top: QWidget, bottom: QWidget, side: QWidget, below: QWidget) -> None:
        """Puts the parts into the places that were kept for them."""
        for splitter, kept, part in (
            (self.middle, self._below, below),
            (self.across, self._side, side),
        ):
            sizes = splitter.sizes()
            part.setVisible(kept.isVisible())
            splitter.replaceWidget(1, part)
            kept.deleteLater()
            splitter.setSizes(sizes)
        for kept, part in ((self._top, top), (self._bottom, bottom)):
            self._column.replaceWidget(kept, part)
            kept.deleteLater()
        self.menuBar().setMinimumHeight(0)

    def open(self, folder: Path) -> None:
        """Shows a folder of photos; it is scanned and scored when the window is complete."""
        if self.desk is not None:
            self.desk.open(folder)
        elif folder.is_dir():
            self.shoot.open(Path(os.path.realpath(folder)), self._model)
        else:
            self.completed.connect(lambda: self.open(folder))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Waits for the batch in flight, so that nothing that was measured is lost."""
        if self.desk is not None and not self.desk.may_close():
            event.ignore()
            return
        if self.desk is not None:
            self.state.save(self, self.desk)
            self.desk.stop()
        self.browser.stop()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_folder(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = _dropped_folder(event.mimeData().urls())
        if folder is not None:
            event.acceptProposedAction()
            self.open(folder)


def _dropped_folder(urls: list[QUrl]) -> Path | None:
    """The folder that was dropped, or the one of the file that was."""
    for url in urls:
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            return path if path.is_dir() else path.parent
    return None
