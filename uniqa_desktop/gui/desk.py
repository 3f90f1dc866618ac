"""Everything around the photos: menus, filters, panels, jobs. It passes on what they say.

Made after the window's first paint, because importing and building it takes longer than showing the
photos. The commands' handlers are here; what they do is done elsewhere.
"""

from __future__ import annotations

import dataclasses
import logging
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QToolButton,
    QWidget,
)

from uniqa_desktop import __version__, paths, settings
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import actions, theme, words
from uniqa_desktop.gui.crash import BugReporter
from uniqa_desktop.gui.failures_pane import FailuresPane
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.info_panel import InfoPanel
from uniqa_desktop.gui.keys_sheet import KeysSheet
from uniqa_desktop.gui.recent_menu import RecentMenu
from uniqa_desktop.gui.status_line import StatusLine
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.work import Work
from uniqa_desktop.query import Sort

_log = logging.getLogger(__name__)


class Desk(QObject):
    """The parts of one window and what connects them."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.browser = window.browser
        self.shoot = window.shoot
        self._make_parts()
        window.put(self.filter_bar, self.bottom, self.info, self.failures_pane)
        self.actions_by_id = actions.build(self, window, window.menuBar())
        self.recent = RecentMenu(window)
        window.menuBar().findChildren(QMenu)[0].insertMenu(
            self.actions_by_id["open_demo"], self.recent
        )
        self._connect()
        self._restore()
        self.work.worker.start()

    # Making

    def _make_parts(self) -> None:
        self.filter_bar = FilterBar()
        self.info = InfoPanel()
        self.failures_pane = FailuresPane()
        self.status = StatusLine()
        store = self._window.store
        self.verdicts = Verdicts(store, self)
        self.work = Work(store, self.shoot, self.status, self.failures_pane, settings.load(), self)
        self.failed_button = QToolButton()
        self.failed_button.setAutoRaise(True)
        self.failed_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.bottom = QWidget()
        row = QHBoxLayout(self.bottom)
        row.setContentsMargins(0, 0, theme.SPACE, 0)
        row.setSpacing(0)
        row.addWidget(self.status, 1)
        row.addWidget(self.failed_button)

    def _connect(self) -> None:
        browser, bar, work = self.browser, self.filter_bar, self.work
        browser.current_changed.connect(self.info.show_photo)
        browser.picture_shown.connect(self.info.show_picture)
        browser.view_changed.connect(self._arrange)
        browser.welcome.open_requested.connect(self.open_folder)
        browser.welcome.demo_requested.connect(self.open_demo)
        browser.welcome.folder_chosen.connect(self.open)
        self.recent.chosen.connect(self.open)
        browser.grid.thumb_size_changed.connect(bar.set_thumb_size)
        bar.thumb_size_changed.connect(lambda size: setattr(browser.grid, "thumb_size", size))
        bar.left.connect(browser.take_focus)
        for source in (browser, self.shoot, self.verdicts, work):
            source.trouble.connect(self.say_trouble)
        self.verdicts.given.connect(self.shoot.changed)
        self.failures_pane.show_in_folder.connect(_show_in_file_manager)
        self.failed_button.setDefaultAction(self.actions_by_id["failures"])
        work.opened.connect(self._opened)
        work.failures_changed.connect(self._show_failed)
        work.bug.connect(BugReporter.current().show_bug)
        work.ended.connect(lambda: self.actions_by_id["pause"].setChecked(False))
        self.status.pause_toggled.connect(self.actions_by_id["pause"].setChecked)
        self.actions_by_id[f"theme_{work.chosen.theme}"].setChecked(True)

    def _restore(self) -> None:
        """Goes on where the shell is: its order, its folder, the parts that were shown."""
        state = self._window.state
        if self.work.chosen.model != settings.DEFAULT_MODEL:
            # Every learned model scores aesthetics too; taste has no scores yet.
            self.filter_bar.set_sorts([sort for sort in Sort if sort is not Sort.TASTE])
        sort, descending = state.order()
        size = self.browser.grid.thumb_size
        self.filter_bar.restore({"sort": sort, "descending": descending, "thumb_size": size})
        self.shoot.attach(self.filter_bar)
        for part in ("info", "filters"):
            self.actions_by_id[part].setChecked(state.shows(part))
        self._show_recent()
        self._show_failed(0)
        if self.shoot.folder is not None:
            self.work.go_on(self.shoot.folder)
            self.info.show_photo(self.browser.current)
        self._arrange()

    def stop(self) -> None:
        """Ends all threads; waits for the batch in flight."""
        self.work.stop()
        self.info.stop()

    # Folders and jobs

    def open(self, folder: Path) -> None:
        """Shows a folder of photos, scans it and scores what is new."""
        self.work.open(folder)

    def _opened(self, folder: Path) -> None:
        self._window.setWindowTitle(f"{paths.display(folder.name)} – UniQA Desktop")
        self._save(self.work.chosen.with_recent(folder))
        self._show_recent()
        self.browser.show_grid()

    def open_folder(self) -> None:
        start = str(self.shoot.folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open a folder of photos"), start
        )
        if chosen:
            self.open(Path(chosen))

    def open_demo(self) -> None:
        self.work.draw_demo()
        self._arrange()

    def rescan(self) -> None:
        self.work.rescan()

    def retry_failed(self) -> None:
        self.work.retry_all()

    def pause(self, paused: bool) -> None:
        self.status.pause.setChecked(paused and self.work.worker.busy)

    def cancel(self) -> None:
        self.work.worker.cancel()

    def show_in_folder(self) -> None:
        photo = self.browser.current
        if photo is not None:
            _show_in_file_manager(photo.path)

    def copy_path(self) -> None:
        photo = self.browser.current
        if photo is not None:
            QGuiApplication.clipboard().setText(str(photo.path))

    def _show_failed(self, count: int) -> None:
        action = self.actions_by_id["failures"]
        action.setIconText(words.count("1 failed", "%n failed", count))
        self.failed_button.setVisible(count > 0)
        if not count and action.isChecked():
            action.trigger()

    # Verdicts

    def give_flag(self, flag: str) -> None:
        self.verdicts.give(self.browser.targets(), flag=flag)

    def give_stars(self, stars: int) -> None:
        self.verdicts.give(self.browser.targets(), stars=stars)

    def give_label(self, label: str) -> None:
        self.verdicts.give(self.browser.targets(), label=label)

    def undo(self) -> None:
        self.verdicts.undo()

    def redo(self) -> None:
        self.verdicts.redo()

    # Views

    def _arrange(self, _view: object = None) -> None:
        """Shows the parts that belong to what is in front and that the user wants."""
        checked = {id: action.isChecked() for id, action in self.actions_by_id.items()}
        photos = not self.browser.in_welcome
        self.filter_bar.setVisible(photos and not self.browser.in_loupe and checked["filters"])
        self.info.setVisible(photos and checked["info"])
        self.failures_pane.setVisible(photos and checked["failures"])
        self.bottom.setVisible(photos or self.work.worker.busy)
        for id in ("toggle_zoom", "zoom_fit", "zoom_in", "zoom_out"):
            self.actions_by_id[id].setEnabled(self.browser.in_loupe)

    def show_grid(self) -> None:
        if self.shoot.folder is not None:
            self.browser.show_grid()

    def show_loupe(self) -> None:
        self.browser.show_loupe()

    def toggle_zoom(self) -> None:
        self.browser.loupe.view.toggle()

    def zoom_fit(self) -> None:
        self.browser.loupe.view.fit()

    def zoom_in(self) -> None:
        self.browser.loupe.view.zoom_by(1)

    def zoom_out(self) -> None:
        self.browser.loupe.view.zoom_by(-1)

    def toggle_part(self, shown: bool) -> None:
        self._arrange()

    def toggle_failures(self, shown: bool) -> None:
        self._arrange()
        if shown:
            self.failures_pane.table.setFocus()
        else:
            self.browser.take_focus()

    def full_screen(self, full: bool) -> None:
        state = self._window.windowState()
        screen = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | screen if full else state & ~screen)

    def search(self) -> None:
        if self.shoot.folder is not None:
            self.actions_by_id["filters"].setChecked(True)
            self.browser.show_grid()
            self.filter_bar.focus_search()

    def select_all(self) -> None:
        if not self.browser.in_loupe:
            self.browser.grid.selectAll()

    def apply_order(self) -> None:
        self.shoot.apply()

    def choose_theme(self, choice: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, choice)
        self._save(dataclasses.replace(self.work.chosen, theme=choice))

    # Help

    def keys(self) -> None:
        KeysSheet(self._window).open()

    def about(self) -> None:
        text = self.tr(
            "<b>UniQA Desktop {version}</b><p>Culls photos by technical quality, aesthetics and "
            "your own taste. Nothing leaves this machine and no original is ever written."
            "<p>Model in use: {model}<br>Library: {library}<br>Log: {log}<p>MIT licence."
        ).format(
            version=__version__,
            model=self.work.chosen.model,
            library=paths.display(self._window.store.path),
            log=paths.display(paths.log_dir()),
        )
        QMessageBox.about(self._window, self.tr("About UniQA Desktop"), text)

    def say_trouble(self, text: str) -> None:
        """Shows a known error in the status line."""
        _log.warning("%s", text)
        self.bottom.show()
        self.status.message(text, "warning")

    # Settings

    def _save(self, chosen: settings.Settings) -> None:
        self.work.chosen = chosen
        try:
            settings.save(chosen)
        except (KnownError, OSError) as error:
            self.say_trouble(self.tr("The settings cannot be saved: {why}").format(why=error))

    def _show_recent(self) -> None:
        folders = self.work.chosen.recent_folders
        self.browser.welcome.set_recent(folders)
        self.recent.set_folders(folders)

    def quit(self) -> None:
        self._window.close()


def _show_in_file_manager(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
