"""Everything around the photos: menus, filters, panels, jobs. It passes on what they say.

Made after the window's first paint, because importing and building it takes longer than showing the
photos. The commands' handlers are here; what they do is done elsewhere.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from uniqa_desktop import settings
from uniqa_desktop.gui import actions, theme, together, words
from uniqa_desktop.gui.arranging import Arranging
from uniqa_desktop.gui.best_desk import BestDesk
from uniqa_desktop.gui.bindings import Bindings
from uniqa_desktop.gui.bursts_part import BurstsPart
from uniqa_desktop.gui.choices import Choices
from uniqa_desktop.gui.crash import BugReporter
from uniqa_desktop.gui.culling import Culling
from uniqa_desktop.gui.failures_pane import FailuresPane
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.filter_desk import FilterDesk
from uniqa_desktop.gui.finding import Finding
from uniqa_desktop.gui.folders import Folders, show_in_file_manager
from uniqa_desktop.gui.heat import Heat
from uniqa_desktop.gui.helping import Helping
from uniqa_desktop.gui.history_pane import HistoryPane
from uniqa_desktop.gui.info_panel import InfoPanel
from uniqa_desktop.gui.insight import Insight
from uniqa_desktop.gui.keymap import Keymap
from uniqa_desktop.gui.model_desk import ModelDesk
from uniqa_desktop.gui.output_desk import OutputDesk
from uniqa_desktop.gui.overlays import Overlays
from uniqa_desktop.gui.search_bar import SearchBar
from uniqa_desktop.gui.sidecar_desk import SidecarDesk
from uniqa_desktop.gui.spreads import Spreads
from uniqa_desktop.gui.status_line import Kind, StatusLine
from uniqa_desktop.gui.taste_desk import TasteDesk
from uniqa_desktop.gui.triage_bar import TriageBar
from uniqa_desktop.gui.triage_desk import TriageDesk
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
        views = (self.culling, self.viewing, self.overlays, self.arranging)
        owners = (self, *views, self.folders, self.choices, self.helping, self.filtering,
                  self.triaging, self.best, *self.bursts.owners, self.taste)  # fmt: skip
        self.actions_by_id = actions.build(owners, window, self.browser, window.menuBar())
        chosen = self.work.chosen
        keymap = Keymap.stored(chosen.key_profile, chosen.keys)
        self.bindings = Bindings(window, self.actions_by_id, keymap)
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
        self.choices = Choices(self.work, self)
        self.folders = Folders(self._window, self.work, self.choices.save)
        self.recent = self.folders.recent
        self.arranging = Arranging(self, self._window)
        self.helping = Helping(self._window, self.work, lambda: self.bindings)
        # Before the search: of both, Escape leaves the search first.
        self.triage_bar = TriageBar()
        self.triaging = TriageDesk(
            self.triage_bar, self.browser, self.shoot, store.path,
            lambda: self.work.chosen, self.choices.save, lambda: self.filter_bar.sorts, self,
        )  # fmt: skip
        self.best = BestDesk(
            self._window, store, self.browser, self.shoot, self.verdicts,
            lambda: self.work.chosen, lambda: self.filter_bar.sorts,
            lambda photos: self.output.export(photos),
        )  # fmt: skip
        self.bursts = BurstsPart(
            self._window, store, self.browser, self.shoot, self.work, self.verdicts,
            self.culling, self.choices.save,
        )  # fmt: skip
        parts = (self.browser, self.shoot, self.work.worker, lambda: self.work.chosen, self)
        self.search_bar = SearchBar()
        self.finding = Finding(self.search_bar, *parts)
        self.insight = Insight(self.info, *parts)
        self.overlays = Overlays(self.browser, self)
        self.heat = Heat(self.browser, self.work.worker, lambda: self.work.chosen, self)
        self.filtering = FilterDesk(
            self._window, self.browser, self.shoot, self.filter_bar, self.finding,
            lambda: self.work.chosen, self.choices.save,
        )  # fmt: skip
        self.spreads = Spreads(store.path, self.shoot, self.filter_bar.scores, self)
        self.top = together.column(self.filter_bar, self.search_bar, self.triage_bar, self.best.bar)
        self.model_desk = ModelDesk(
            self._window, self.work, self.filter_bar, self.choices.save, self.say, self
        )
        self.taste = TasteDesk(
            self._window, store, self.browser, self.shoot, self.work, self.filter_bar, self.info,
            self.verdicts, self.culling, self.model_desk,
        )  # fmt: skip
        self.history = HistoryPane(store, self.browser.thumbs)
        self.sidecars = SidecarDesk(
            self._window,
            store,
            self.browser,
            self.shoot,
            self.work,
            self.choices.save,
            self.say,
            self,
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
        row.addWidget(self.filtering.hidden)
        row.addWidget(self.failed_button)
        self.foot = together.column(self.bursts.offer, *self.sidecars.bars, self.bottom)

    def _connect(self) -> None:
        browser, bar, work = self.browser, self.filter_bar, self.work
        browser.current_changed.connect(self.info.show_photo)
        browser.picture_shown.connect(self.info.show_picture)
        browser.view_changed.connect(self.arranging.arrange)
        browser.welcome.open_requested.connect(self.folders.open_folder)
        browser.welcome.demo_requested.connect(self.open_demo)
        browser.welcome.scores_requested.connect(lambda: self.model_desk.show("uniqa-vitb16"))
        browser.grid.thumb_size_changed.connect(bar.set_thumb_size)
        bar.thumb_size_changed.connect(lambda size: setattr(browser.grid, "thumb_size", size))
        bar.left.connect(browser.take_focus)
        taste = self.taste
        for source in (browser, self.shoot, self.verdicts, work, self.history, self.choices, taste):
            source.trouble.connect(self.say_trouble)
        for follow in (self.shoot.judged, self.sidecars.given, self.history.changed):
            self.verdicts.given.connect(follow)
        self.culling.modes_changed.connect(self.status.show_modes)
        telling = (self.culling, self.viewing, self.choices, self.filtering)
        for source in (*telling, self.triaging, self.best):
            source.said.connect(self.say)
        bar.changed.connect(self.culling.tell)
        self.shoot.limited.connect(lambda _by: self.culling.tell())
        self.triaging.trouble.connect(self.say_trouble)
        work.ended.connect(self.best.renew)
        self.history.restore_requested.connect(self.verdicts.put)
        self.history.preference_requested.connect(self.verdicts.put_preference)
        self.verdicts.preferred.connect(self.history.changed)
        self.history.photo_requested.connect(self._go_to_photo)
        taste.photo_requested.connect(self._go_to_photo)
        taste.said.connect(self.say)
        self.sidecars.bug.connect(BugReporter.current().show_bug)
        self.sidecars.photo_requested.connect(self._go_to_photo)
        self.sidecars.taken.connect(self.shoot.changed)
        self.sidecars.taken.connect(self.history.changed)
        self.finding.names_requested.connect(self.search)
        self.finding.scoring_requested.connect(self.rescan)
        self.finding.shown.connect(self.arranging.arrange)
        work.opened.connect(lambda _folder: self.insight.look())
        work.ended.connect(self.insight.look)
        work.worker.progressed.connect(lambda step: self.insight.changed(step.changed))
        browser.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        browser.grid.addActions(
            [self.actions_by_id[id] for id in ("more_like_this", "show_in_folder", "copy_path")]
        )
        self.failures_pane.show_in_folder.connect(show_in_file_manager)
        self.failed_button.setDefaultAction(self.actions_by_id["failures"])
        self.model_desk.used.connect(lambda _model: self.insight.look())
        self.model_desk.bug.connect(BugReporter.current().show_bug)
        self.status.act_requested.connect(self.model_desk.score)
        work.failures_changed.connect(self._show_failed)
        work.bug.connect(BugReporter.current().show_bug)
        work.ended.connect(lambda: self.actions_by_id["pause"].setChecked(False))
        self.status.pause_toggled.connect(self.actions_by_id["pause"].setChecked)
        self.choices.show(self.actions_by_id)
        self.bursts.attach(self.actions_by_id, self.say, self.say_trouble)
        self.bindings.changed.connect(lambda: self.choices.use_keys(self.bindings.keymap))

    def _restore(self) -> None:
        """Goes on where the shell is: its order, its folder, the parts that were shown."""
        state = self._window.state
        self.model_desk.offer_sorts()
        sort, descending, by_day = state.order()
        size = self.browser.grid.thumb_size
        order = {"sort": sort, "descending": descending, "by_day": by_day}
        order["folded"] = state.folded()
        self.filter_bar.restore({**order, "thumb_size": size})
        self.filtering.attach(self.actions_by_id)
        self.triaging.attach(self.actions_by_id)
        self.shoot.attach(self.filter_bar)
        self.overlays.restore(state.overlays, self.actions_by_id)
        for part in ("info", "filters"):
            self.actions_by_id[part].setChecked(state.shows(part))
        self.folders.show_recent()
        self._show_failed(0)
        if self.shoot.folder is not None:
            self.work.go_on(self.shoot.folder)
            self.info.show_photo(self.browser.current)
        self.arranging.arrange()
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
        self.overlays.stop()
        self.spreads.stop()
        self.triaging.stop()
        self.best.stop()

    # Folders and jobs

    def open(self, folder: Path) -> None:
        """Shows a folder of photos, scans it and scores what is new."""
        self.folders.open(folder)

    def open_demo(self) -> None:
        self.work.draw_demo()
        self.arranging.arrange()

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

    def heat_map(self, on: bool) -> None:
        self.heat.show(on)

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

    # Telling

    def say_trouble(self, text: str) -> None:
        """Shows a known error in the status line."""
        _log.warning("%s", text)
        self.say(text, "warning")

    def say(self, text: str, kind: Kind = "info", act: str = "") -> None:
        """Shows a sentence in the status line, and beside it a button that does `act`."""
        if text:
            self.bottom.show()
        self.status.message(text, kind, act)

    def quit(self) -> None:
        self._window.close()
