"""What the window does with filters as a whole: saving and recalling them, taking them off, and
saying what they hide."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QToolButton, QWidget

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.filter_words import in_words
from uniqa_desktop.gui.finding import Finding
from uniqa_desktop.gui.nothing_shown import NothingShown
from uniqa_desktop.gui.saved_filters_dialog import SavedFiltersDialog
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.words import count, say
from uniqa_desktop.saved_filters import usable
from uniqa_desktop.settings import Settings

RECALLED = 9
"""So many saved filters have a command of their own."""
_LONGEST = 48
"""Characters of a proposed name."""


class FilterDesk(QObject):
    """The commands' handlers for filters, and what is said where they hide photos.

    `hidden` is a button for the foot of the window: how many photos are hidden, shown where the
    filter bar, which says it too, is not.

    Signals:
        said(str): a sentence for the user.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        browser: Browser,
        shoot: Shoot,
        bar: FilterBar,
        finding: Finding,
        chosen: Callable[[], Settings],
        save: Callable[[Settings], None],
    ) -> None:
        """`chosen` gives the settings, `save` keeps others."""
        super().__init__(window)
        self._window = window
        self._browser = browser
        self._shoot = shoot
        self._bar = bar
        self._finding = finding
        self._chosen = chosen
        self._save = save
        self._actions: Mapping[str, QAction] = {}
        self._filters = usable(chosen().filters)
        self.nothing = NothingShown(browser.grid)
        self.nothing.all_requested.connect(self.all_photos)
        self.hidden = QToolButton()
        self.hidden.setAutoRaise(True)
        self.hidden.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hidden.setToolTip(say("The filters hide these photos: show all"))
        self.hidden.clicked.connect(self.all_photos)
        self.hidden.hide()
        bar.installEventFilter(self)
        shoot.listed.connect(self._tell)
        bar.changed.connect(self._check)
        bar.reset_button.clicked.connect(lambda: shoot.limit(None))

    def attach(self, actions: Mapping[str, QAction]) -> None:
        """Names the commands that recall filters, and checks the one that groups."""
        self._actions = actions
        self._check()
        self._name_commands()

    def _check(self) -> None:
        asked = self._bar.query("")
        for id, on in (("group_by_day", asked.by_day), ("fold_groups", asked.folded)):
            if id in self._actions:
                self._actions[id].setChecked(on)

    @property
    def filters(self) -> Mapping[str, Mapping[str, Any]]:
        """The saved filters by name, in order."""
        return self._filters

    # Commands

    def all_photos(self) -> None:
        """Takes off every filter, and leaves a search that found nothing that passes."""
        if self._shoot.searching and not len(self._browser.photos.ids):
            self._finding.leave()
        self._shoot.limit(None)
        self._bar.reset()
        self._browser.take_focus()

    def group_by_day(self, on: bool) -> None:
        """Groups the list by day, or not."""
        self._bar.group_by_day(on)

    def fold_groups(self, on: bool) -> None:
        """Shows one photo of each group, or all."""
        self._bar.fold(on)

    def save_filter(self) -> None:
        """Asks for a name and keeps the filter that is set."""
        query = self._bar.query("")
        if not query.filters:
            self.said.emit(say("No filter is set: there is nothing to save."))
            return
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(say("Save this filter"))
        dialog.setLabelText(say("Name (a filter of the same name is replaced):"))
        dialog.setTextValue(in_words(query)[:_LONGEST])
        dialog.textValueSelected.connect(self._keep)
        dialog.open()

    def edit_filters(self) -> None:
        """Shows the saved filters to use, rename, move or delete them."""
        dialog = SavedFiltersDialog(self._filters, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._put)
        dialog.chosen.connect(self._recall)
        dialog.open()

    def recall_filter(self, number: int) -> None:
        """Sets the saved filter of this number, from 1 on."""
        names = list(self._filters)
        if number <= len(names):
            self._recall(names[number - 1])

    def _recall(self, name: str) -> None:
        self._bar.show_filter(self._filters[name])

    def _keep(self, name: str) -> None:
        name = name.strip()
        if name:
            self._put({**self._filters, name: self._bar.filter()})
            self.said.emit(say("The filter “{name}” is saved.").format(name=name))

    def _put(self, filters: Mapping[str, Mapping[str, Any]]) -> None:
        self._filters = {name: dict(plain) for name, plain in filters.items()}
        self._save(dataclasses.replace(self._chosen(), filters=dict(self._filters)))
        self._name_commands()

    def _name_commands(self) -> None:
        names = list(self._filters)
        for number in range(1, RECALLED + 1):
            action = self._actions[f"filter_{number}"]
            there = number <= len(names)
            # A hidden command's key does nothing.
            action.setVisible(there)
            if there:
                action.setText(names[number - 1].replace("&", "&&"))

    # What is hidden

    def _tell(self) -> None:
        n = self._shoot.hidden
        self.hidden.setText(count("1 hidden", "%n hidden", n))
        self.hidden.setAccessibleName(f"{self.hidden.text()}. {self.hidden.toolTip()}")
        self.hidden.setVisible(n > 0 and self._bar.isHidden())
        total, query = self._shoot.total, self._bar.query("")
        if (
            len(self._browser.photos.ids)
            or not total
            or not (query.filters or self._shoot.searching or self._shoot.limiting)
        ):
            if self.nothing.hasFocus() or self.nothing.button.hasFocus():
                self._browser.take_focus()
            self.nothing.hide()
        elif self._shoot.searching:
            self.nothing.say(
                say("No photo that was found passes the filter."), in_words(query), total
            )
        elif self._shoot.limiting and not query.filters:
            self.nothing.say(say("No photo is among these."), "", total)
        else:
            self.nothing.say(say("No photo passes the filter."), in_words(query), total)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._tell()
        return False
