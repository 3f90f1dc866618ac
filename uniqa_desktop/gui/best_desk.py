"""The best N in the window: the dialog, the choosing in a thread beside, and what is done then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import collector, words
from uniqa_desktop.gui.background import Background
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.left_out import lines, score_word
from uniqa_desktop.gui.offer_bar import OfferBar
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import SCORES, Sort
from uniqa_desktop.settings import Settings
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.best_dialog import BestDialog, BestWish, Chosen
    from uniqa_desktop.jobs.select import Candidates

_NAME = "best"


class BestDesk(QObject):
    """The handler of the command, and what connects dialog, list and verdicts.

    `bar` says that only the best are shown and leads back; it belongs over the grid.

    Signals:
        said(str): a sentence for the user.
    """

    said = Signal(str)

    def __init__(
        self,
        window: QWidget,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        verdicts: Verdicts,
        chosen: Callable[[], Settings],
        sorts: Callable[[], Sequence[Sort]],
        export: Callable[[Sequence[int]], object],
    ) -> None:
        """`chosen` gives the settings, `sorts` those of the filter bar; `export` opens the dialog
        of exports on photos."""
        super().__init__(window)
        self._window = window
        self._store = store
        self._browser = browser
        self._shoot = shoot
        self._verdicts = verdicts
        self._chosen = chosen
        self._sorts = sorts
        self._export = export
        self._dialog: BestDialog | None = None
        self._wish: BestWish | None = None
        self._about: tuple[Path | None, str] = (None, "")
        self._background = Background("best N", self)
        self._choosing = _Choosing(store.path)
        self.bar = OfferBar(
            (
                ("change", say("Change…"), say("Back to the dialog that chose them")),
                ("all", say("Show all photos"), say("Back to all photos (Esc)")),
            )
        )
        self.bar.answered.connect(self._answered)
        browser.grid.escaped.connect(self._escaped)
        shoot.limited.connect(self._limited)
        shoot.listed.connect(self._listed)
        verdicts.given.connect(self._given)

    def stop(self) -> None:
        """Ends the thread; call it before the window goes."""
        self._choosing.withdraw()
        self._background.stop()

    # Commands

    def best_n(self) -> None:
        """Opens the dialog on the open folder."""
        from uniqa_desktop.gui.best_dialog import BestDialog, BestWish

        folder = self._shoot.folder
        if folder is None:
            return
        if self._browser.photos.blind:
            self.said.emit(say("In the blind mode no photos are chosen by their scores."))
            return
        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        model = self._shoot.model
        self._about = (folder, model)
        self._dialog = dialog = BestDialog(
            self._wish or BestWish(),
            [sort for sort in SCORES if sort in self._sorts()] or [Sort.QUALITY],
            lambda ids: self._store.photos.get(ids, model),
            self._browser.thumbs,
            self._background.submit,
            self._window,
        )
        dialog.wished.connect(lambda wish: self._choose(wish, folder, model))
        dialog.shown.connect(self._show)
        dialog.picked.connect(self._pick)
        dialog.exported.connect(self._export)
        dialog.undone.connect(self._undo)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        dialog.show()

    def renew(self) -> None:
        """A job has ended: what is chosen from may be more."""
        if self._dialog is not None:
            self._background.submit("forget", self._choosing.forget, lambda _none: None)
            self._dialog.renew()

    def _choose(self, wish: BestWish, folder: Path, model: str) -> None:
        self._choosing.withdraw()
        about = _About(folder, model, self._chosen().device, wish.by, wish.fold)
        stop = self._choosing.begin()

        def answer(found: Chosen | str | None) -> None:
            if self._dialog is None or found is None:
                return
            if isinstance(found, str):
                self._dialog.refuse(found)
            else:
                self._wish = wish
                self._dialog.show_chosen(wish, found)

        self._background.submit(
            "choose", lambda: self._choosing.chosen(about, wish.keep, wish.varied, stop), answer
        )

    # What is done with the photos

    def _show(self, wish: BestWish, kept: list[int]) -> None:
        self._wish = wish
        if self._dialog is not None:
            self._dialog.close()
        self._browser.show_grid()
        self._shoot.limit(frozenset(kept), _NAME)
        self.bar.offer(
            words.count(
                "Only the best photo is shown, by {score}.",
                "Only the best %n photos are shown, by {score}.",
                len(kept),
            ).format(score=score_word(wish.by))
        )
        self._browser.take_focus()

    def _pick(self, kept: list[int]) -> None:
        photos = self._store.photos.get(kept)
        new = [photo.id for photo in photos if photo.verdict.flag is not Flag.PICK]
        stored = self._verdicts.give(new, flag=Flag.PICK, provenance=Provenance.SUGGESTION)
        if self._dialog is None:
            return
        if not new:
            self._dialog.told(say("All of them are picks already."))
        elif stored:
            told = words.count("1 photo is a pick now.", "%n photos are picks now.", len(new))
            self._dialog.told(told, undo=True)

    def _undo(self) -> None:
        self._verdicts.undo()
        if self._dialog is not None:
            self._dialog.told(say("The flags are as they were before."))

    # Back

    def _answered(self, answer: str) -> None:
        self._shoot.limit(None)
        if answer == "change":
            self.best_n()
        else:
            self._browser.take_focus()

    def _escaped(self) -> None:
        if not self.bar.isHidden() and not self._shoot.searching:
            self._shoot.limit(None)

    def _limited(self, by: str) -> None:
        if by != _NAME:
            self.bar.hide()

    def _given(self, _photos: list[int]) -> None:
        """Undo would mean another act now."""
        if self._dialog is not None:
            self._dialog.told("")

    def _listed(self) -> None:
        if self._dialog is not None and self._about != (self._shoot.folder, self._shoot.model):
            self._dialog.close()

    def _closed(self) -> None:
        self._dialog = None
        self._choosing.withdraw()
        for kind in ("choose", "search"):
            self._background.drop(kind)
        self._background.submit("forget", self._choosing.forget, lambda _none: None)


@dataclass(frozen=True, slots=True)
class _About:
    """What is read from the library before anything is chosen."""

    folder: Path
    model: str
    device: str
    by: Sort
    fold: bool


class _Choosing:
    """Chooses in a thread beside; what was read for one wish serves the next as long as it may."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._about: _About | None = None
        self._candidates: Candidates | None = None
        self._stop = threading.Event()

    def begin(self) -> threading.Event:
        """The flag that ends the reading for the next wish."""
        self._stop = threading.Event()
        return self._stop

    def withdraw(self) -> None:
        """Nobody waits for what is being read any more."""
        self._stop.set()

    def forget(self) -> None:
        """Lets go of what was read: some hundred megabytes in a large library."""
        self._about = self._candidates = None
        collector.let_in()

    def chosen(
        self, about: _About, keep: int, varied: float, stop: threading.Event
    ) -> Chosen | str | None:
        """What is chosen, why it cannot be in a sentence, or `None` if it was stopped."""
        with collector.kept_off():
            return self._chosen(about, keep, varied, stop)

    def _chosen(
        self, about: _About, keep: int, varied: float, stop: threading.Event
    ) -> Chosen | str | None:
        from uniqa_desktop.gui.best_dialog import Chosen

        try:
            if about != self._about:
                self.forget()
                self._candidates = self._read(about, stop)
                self._about = about if self._candidates is not None else None
        except KnownError as error:
            return str(error)
        if self._candidates is None or stop.is_set():
            return None
        report = self._candidates.choose(keep, varied)
        return Chosen(report, lines(report.left_out, self._candidates.photos.names))

    def _read(self, about: _About, stop: threading.Event) -> Candidates | None:
        from uniqa_desktop import scorers
        from uniqa_desktop.jobs import select

        with Store.open(self._library, create=False) as store:
            reading = select.gather(
                store,
                scorers.load(about.model, about.device),
                (about.folder,),
                by=about.by.value,
                model=about.model,
                fold=about.fold,
            )
            while not stop.is_set():
                try:
                    next(reading)
                except StopIteration as end:
                    return end.value
            reading.close()
        return None
