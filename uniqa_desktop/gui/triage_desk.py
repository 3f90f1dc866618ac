"""Sure keep, look at these, sure reject: the tabs over the grid at work. They give no verdict."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.background import Background
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.triage_bar import TriageBar
from uniqa_desktop.gui.words import say
from uniqa_desktop.query import SCORES, Sort
from uniqa_desktop.settings import Settings
from uniqa_desktop.spread import Spread
from uniqa_desktop.store import Store
from uniqa_desktop.triage import Thresholds, Triage

_NAME = "triage"
_REST_MS = 120
"""After the last movement of a handle the photos of the pile are shown; the counts follow each."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the library says: the piles to be, and what is told of them."""

    triage: Triage
    spread: Spread
    undecided: int
    unscored: int


class TriageDesk(QObject):
    """The handler of the command, and what connects the row of tabs with the list.

    The scores are read in a thread of its own whenever the tabs are shown or scores came in. Then
    counts are two bisections, and a pile is one pass over the list.

    Signals:
        said(str): a sentence for the user.
        trouble(str): the library cannot be read, one sentence.
    """

    said = Signal(str)
    trouble = Signal(str)

    def __init__(
        self,
        bar: TriageBar,
        browser: Browser,
        shoot: Shoot,
        library: Path,
        chosen: Callable[[], Settings],
        save: Callable[[Settings], None],
        sorts: Callable[[], Sequence[Sort]],
        parent: QObject | None = None,
    ) -> None:
        """`chosen` gives the settings, `save` keeps others; `sorts` are those of the filter bar."""
        super().__init__(parent)
        self._bar = bar
        self._browser = browser
        self._shoot = shoot
        self._library = library
        self._chosen = chosen
        self._save = save
        self._sorts = sorts
        self._action: QAction | None = None
        self._triage: Triage | None = None
        self._about: tuple[Path | None, str] = (None, "")
        self._background = Background("triage", self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._settled)
        bar.pile_chosen.connect(self._show_pile)
        bar.moved.connect(self._moved)
        bar.score_chosen.connect(self._by_another)
        bar.closed.connect(self.leave)
        browser.grid.escaped.connect(self._escaped)
        shoot.limited.connect(self._limited)
        shoot.listed.connect(self._listed)
        shoot.looked.connect(self._read)

    def attach(self, actions: Mapping[str, QAction]) -> None:
        """Takes the command, to check it."""
        self._action = actions[_NAME]

    def stop(self) -> None:
        """Ends the thread; call it before the window goes."""
        self._background.stop()

    # Commands

    def triage(self, on: bool) -> None:
        """Shows the tabs over the grid, or takes them away."""
        if not on:
            self.leave()
            return
        if self._shoot.folder is None or self._browser.photos.blind:
            if self._shoot.folder is not None:
                self.said.emit(say("In the blind mode no photo is parted by its score."))
            self._check(False)
            return
        self._browser.show_grid()
        self._offer()
        self._bar.wait()
        self._bar.show()
        self._check(True)
        self._bar.tabs.setFocus()
        self._read()

    def leave(self) -> None:
        """Takes the tabs away, and shows all photos that pass the filters again."""
        if self._bar.isHidden():
            return
        self._put_away()
        self._shoot.limit(None)
        self._browser.take_focus()

    # What the bar says

    def _moved(self, _low: int, _high: int) -> None:
        if self._triage is not None:
            self._bar.show_counts(self._triage.counts(self._thresholds))
        self._rest.start()

    def _settled(self) -> None:
        kept = {**self._chosen().triage, self._bar.by.value: list(self._bar.slider.bounds)}
        self._save(dataclasses.replace(self._chosen(), triage=kept))
        self._show_pile()

    def _by_another(self) -> None:
        self._set_thresholds()
        self._triage = None
        self._bar.wait()
        self._read()

    def _show_pile(self) -> None:
        if self._triage is not None and not self._bar.isHidden():
            photos = self._triage.pile(self._bar.pile, self._thresholds)
            self._shoot.limit(frozenset(photos), _NAME)

    @property
    def _thresholds(self) -> Thresholds:
        reject, keep = self._bar.slider.bounds
        return Thresholds(keep=keep, reject=reject)

    # What the library says

    def _read(self) -> None:
        folder = self._shoot.folder
        if self._bar.isHidden() or folder is None:
            return
        library, of, model = self._library, self._bar.by, self._shoot.model
        self._about = (folder, model)
        self._background.submit("read", lambda: _read(library, of, model, folder), self._show)

    def _show(self, found: _Read | str) -> None:
        if isinstance(found, str):
            self.trouble.emit(found)
            self.leave()
            return
        if self._bar.isHidden():
            return
        self._triage = found.triage
        self._bar.show_spread(found.spread, found.undecided, found.unscored)
        self._bar.show_counts(found.triage.counts(self._thresholds))
        self._show_pile()

    # What else happens

    def _offer(self) -> None:
        self._bar.offer([sort for sort in SCORES if sort in self._sorts()] or [Sort.QUALITY])
        self._set_thresholds()

    def _set_thresholds(self) -> None:
        default = Thresholds()
        self._bar.slider.blockSignals(True)
        self._bar.slider.set_bounds(
            *_bounds(self._chosen().triage.get(self._bar.by.value))
            or (round(default.reject), round(default.keep))
        )
        self._bar.slider.blockSignals(False)

    def _listed(self) -> None:
        about = (self._shoot.folder, self._shoot.model)
        if not self._bar.isHidden() and about != self._about:
            self._offer()
            self._read()

    def _limited(self, by: str) -> None:
        if by != _NAME and not self._bar.isHidden():
            self._put_away()

    def _escaped(self) -> None:
        if not self._shoot.searching:
            self.leave()

    def _put_away(self) -> None:
        self._rest.stop()
        self._background.drop("read")
        self._triage = None
        self._bar.hide()
        self._check(False)

    def _check(self, on: bool) -> None:
        if self._action is not None:
            self._action.setChecked(on)


def _bounds(kept: Any) -> tuple[int, int] | None:
    """The thresholds that the settings file has, if they make sense."""
    match kept:
        case [int(reject), int(keep)] if 0 <= reject <= keep <= 100:
            return reject, keep
    return None


def _read(library: Path, of: Sort, model: str, folder: Path) -> _Read | str:
    from uniqa_desktop import jobs

    try:
        with Store.open(library, create=False) as store:
            numbers = store.scores.numbers(of, model, (folder,))
            unsure = jobs.undecided_frames(store, model) & {photo for photo, _ in numbers}
    except KnownError as error:
        return str(error)
    scores = [number for _, number in numbers if number is not None]
    return _Read(
        Triage(numbers, unsure),
        Spread.of_cells((2 * int(score) + (score > int(score)), 1) for score in scores),
        len(unsure),
        len(numbers) - len(scores),
    )
