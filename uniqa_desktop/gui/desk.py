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
from uniqa_desktop.gui import actions, theme, together, words
from uniqa_desktop.gui.crash import BugReporter
from uniqa_desktop.gui.culling import Culling
from uniqa_desktop.gui.failures_pane import FailuresPane
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.finding import Finding
from uniqa_desktop.gui.heat import Heat
from uniqa_desktop.gui.history_pane import HistoryPane
from uniqa_desktop.gui.info_panel import InfoPanel
from uniqa_desktop.gui.insight import Insight
from uniqa_desktop.gui.keys_sheet import KeysSheet
from uniqa_desktop.gui.model_desk import ModelDesk
from uniqa_desktop.gui.output_desk import OutputDesk
from uniqa_desktop.gui.recent_menu import RecentMenu
from uniqa_desktop.gui.search_bar import SearchBar
from uniqa_desktop.gui.sidecar_desk import SidecarDesk
from uniqa_desktop.gui.status_line import Kind, StatusLine
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.viewing import Viewing
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.work import Work

_log = logging.getLogger(__name__)


class Desk(QObject):
    """The parts of one window and what connects them."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.browser = window.browser
        self.shoot = window.shoot
        self._make_parts()
        window.put(self.top, self.foot, self.info, self.below)
        self.actions_by_id = actions.build(
            (self, self.culling, self.viewing), window, self.browser, window.menuBar()
        )
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
        self.viewing = Viewing(self.browser, self.shoot, self)
        self.culling = Culling(
            self._window, self.browser, self.shoot, self.verdicts, self.info.set_blind
        )
        self.work = Work(store, self.shoot, self.status, self.failures_pane, settings.load(), self)
        parts = (self.browser, self.shoot, self.work.worker, lambda: self.work.chosen, self)
        self.search_bar = SearchBar()
        self.finding = Finding(self.search_bar, *parts)
        self.insight = Insight(self.info, *parts)
        self.heat = Heat(self.browser, self.work.worker, lambda: self.work.chosen, self)
        self.top = together.column(self.filter_bar, self.search_bar)
        self.model_desk = ModelDesk(
            self._window, self.work, self.filter_bar, self._save, self.say, self
        )
        self.history = HistoryPane(store, self.browser.thumbs)
        self.sidecars = SidecarDesk(
            self._window, store, self.browser, self.shoot, self.work, self._save, self.say, self
        )
        self.output = OutputDesk(
            store, self._window, self.browser, self.shoot, self.work, self.say, self
        )
        self.below = together.row(self.failures_pane, self.history)
        self.failed_button = QToolButton()
        self.failed_button.setAutoRaise(True)
        self.failed_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.bottom = QWidget()
        row = QHBoxLayout(self.bottom)
        row.setContentsMargins(0, 0, theme.SPACE, 0)
        row.setSpacing(0)
        row.addWidget(self.status, 1)
        row.addWidget(self.sidecars.unsaved)
        row.addWidget(self.failed_button)
        self.foot = together.column(*self.sidecars.bars, self.bottom)

    def _connect(self) -> None:
        browser, bar, work = self.browser, self.filter_bar, self.work
        browser.current_changed.connect(self.info.show_photo)
        browser.picture_shown.connect(self.info.show_picture)
        browser.view_changed.connect(self._arrange)
        browser.welcome.open_requested.connect(self.open_folder)
        browser.welcome.demo_requested.connect(self.open_demo)
        browser.welcome.folder_chosen.connect(self.open)
        browser.welcome.scores_requested.connect(lambda: self.model_desk.show("uniqa-vitb16"))
        self.recent.chosen.connect(self.open)
        browser.grid.thumb_size_changed.connect(bar.set_thumb_size)
        bar.thumb_size_changed.connect(lambda size: setattr(browser.grid, "thumb_size", size))
        bar.left.connect(browser.take_focus)
        for source in (browser, self.shoot, self.verdicts, work, self.history):
            source.trouble.connect(self.say_trouble)
        for follow in (self.shoot.changed, self.sidecars.given, self.history.changed):
            self.verdicts.given.connect(follow)
        self.culling.modes_changed.connect(self.status.show_modes)
        for source in (self.culling, self.viewing):
            source.said.connect(self.say)
        bar.changed.connect(self.culling.tell)
        self.history.restore_requested.connect(self.verdicts.put)
        self.history.photo_requested.connect(self._go_to_photo)
        self.sidecars.bug.connect(BugReporter.current().show_bug)
        self.sidecars.photo_requested.connect(self._go_to_photo)
        self.sidecars.taken.connect(self.shoot.changed)
        self.sidecars.taken.connect(self.history.changed)
        self.finding.names_requested.connect(self.search)
        self.finding.scoring_requested.connect(self.rescan)
        self.finding.shown.connect(self._arrange)
        work.opened.connect(lambda _folder: self.insight.look())
        work.ended.connect(self.insight.look)
        work.worker.progressed.connect(lambda step: self.insight.changed(step.changed))
        browser.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        browser.grid.addActions(
            [self.actions_by_id[id] for id in ("more_like_this", "show_in_folder", "copy_path")]
        )
        self.failures_pane.show_in_folder.connect(_show_in_file_manager)
        self.failed_button.setDefaultAction(self.actions_by_id["failures"])
        self.model_desk.used.connect(lambda _model: self.insight.look())
        self.model_desk.bug.connect(BugReporter.current().show_bug)
        self.status.act_requested.connect(self.model_desk.score)
        work.opened.connect(self._opened)
        work.failures_changed.connect(self._show_failed)
        work.bug.connect(BugReporter.current().show_bug)
        work.ended.connect(lambda: self.actions_by_id["pause"].setChecked(False))
        self.status.pause_toggled.connect(self.actions_by_id["pause"].setChecked)
        for chosen in (f"theme_{work.chosen.theme}", f"sidecars_{work.chosen.sidecars}"):
            if chosen in self.actions_by_id:
                self.actions_by_id[chosen].setChecked(True)

    def _restore(self) -> None:
        """Goes on where the shell is: its order, its folder, the parts that were shown."""
        state = self._window.state
        self.model_desk.offer_sorts()
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
        self.output.recover()

    def may_close(self) -> bool:
        """Whether the window may close: nothing is unsaved, or the user does not mind."""
        return self.sidecars.may_close()

    def stop(self) -> None:
        """Ends all threads; waits for the batch in flight."""
        self.model_desk.stop()
        self.sidecars.stop()
        self.output.stop()
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

    def models(self) -> None:
        self.model_desk.show()

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

    def undo(self) -> None:
        self.verdicts.undo()

    def redo(self) -> None:
        self.verdicts.redo()

    def read_sidecars(self) -> None:
        self.sidecars.read()

    def write_sidecars(self) -> None:
        self.sidecars.preview()

    def choose_sidecars(self, setting: str) -> None:
        self.sidecars.choose(setting)

    def toggle_history(self, shown: bool) -> None:
        self._arrange()
        if shown:
            self.history.list.setFocus()
        else:
            self.browser.take_focus()

    def _go_to_photo(self, photo: int) -> None:
        row = self.browser.photos.row_of(photo)
        if row is None:
            self.say(self.tr("That photo is not among those that are shown."))
        else:
            self.browser.go_to(row)

    # Out of the program

    def export_photos(self) -> None:
        self.output.export()

    def trash_rejects(self) -> None:
        self.output.trash()

    # Views

    def _arrange(self, _view: object = None) -> None:
        """Shows the parts that belong to what is in front and that the user wants."""
        checked = {id: action.isChecked() for id, action in self.actions_by_id.items()}
        photos, large = not self.browser.in_welcome, self.browser.picture is not None
        self.filter_bar.setVisible(photos and not large and checked["filters"])
        self.info.setVisible(photos and checked["info"])
        self.failures_pane.setVisible(photos and checked["failures"])
        self.history.setVisible(photos and checked["history"])
        self.below.setVisible(photos and (checked["failures"] or checked["history"]))
        self.bottom.setVisible(photos or self.work.worker.busy)
        self.top.setVisible(photos and not large)
        for id in ("toggle_zoom", "zoom_fit", "zoom_in", "zoom_out"):
            self.actions_by_id[id].setEnabled(large)
        self.actions_by_id["heat_map"].setEnabled(self.browser.in_loupe)
        for id in ("next_undecided", "previous_undecided"):
            self.actions_by_id[id].setEnabled(photos)

    def heat_map(self, on: bool) -> None:
        self.heat.show(on)

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

    def search_words(self) -> None:
        self.finding.by_words()

    def more_like_this(self) -> None:
        self.finding.like_current()

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
        self.say(text, "warning")

    def say(self, text: str, kind: Kind = "info", act: str = "") -> None:
        """Shows a sentence in the status line, and beside it a button that does `act`."""
        if text:
            self.bottom.show()
        self.status.message(text, kind, act)

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
