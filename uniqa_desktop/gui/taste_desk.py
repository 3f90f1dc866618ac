"""What the window does for taste: the commands' handlers, live learning, and what is said of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import taste_words, verdict_words
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.culling import Culling
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.info_panel import InfoPanel
from uniqa_desktop.gui.model_desk import ModelDesk
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.taste_work import TasteWork
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.work import Work
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.photo import Photo, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Listing, Store

if TYPE_CHECKING:
    from uniqa_desktop.gui.rating_game import RatingGame
    from uniqa_desktop.gui.taste_answers import Grounds
    from uniqa_desktop.gui.taste_dialog import TasteDialog
    from uniqa_desktop.jobs.taste import TasteReport

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_ASK_MS = 150
"""How long a photo is current before it is asked why it has its taste."""


class TasteDesk(QObject):
    """Keeps list, panel and dialogs true while taste is learned. The order never moves by itself:
    what learning moves is counted, and the user applies it.

    Signals:
        said(str): a sentence for the user.
        trouble(str): a known error, one sentence.
        photo_requested(int): the user wants to see this photo.
    """

    said = Signal(str)
    trouble = Signal(str)
    photo_requested = Signal(int)

    def __init__(
        self,
        window: QWidget,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        work: Work,
        bar: FilterBar,
        panel: InfoPanel,
        verdicts: Verdicts,
        culling: Culling,
        models: ModelDesk,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self._browser = browser
        self._shoot = shoot
        self._work = work
        self._bar = bar
        self._panel = panel
        self._verdicts = verdicts
        self._culling = culling
        self._models = models
        self._sorted = False
        self._explains = False
        self._tells = False
        self._game: RatingGame | None = None
        self.learning = TasteWork(store, work, self)
        self._soon = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._soon.timeout.connect(self._ask_why)
        models.has_taste = self._has_taste
        panel.evidence.use_thumbs(browser.thumbs)
        panel.evidence.photo_requested.connect(self.photo_requested)
        verdicts.given.connect(self.learning.changed)
        verdicts.preferred.connect(self._tell_preference)
        browser.preferred.connect(
            lambda better, worse: verdicts.prefer(better, worse, culling.provenance)
        )
        browser.current_changed.connect(self._moved)
        bar.changed.connect(self._look_at_order)
        work.opened.connect(self._opened)
        work.worker.finished.connect(self._job_finished)
        models.used.connect(self._model_used)
        learning = self.learning
        learning.learned.connect(self._learned)
        learning.told.connect(self._told)
        learning.ordered.connect(self._ordered)
        learning.explained.connect(self._explained)
        learning.suggested.connect(self._suggested)
        learning.refused.connect(self._refused)

    @cached_property
    def dialog(self) -> TasteDialog:
        """The status card's dialog, made when it is first asked for."""
        from uniqa_desktop.gui.taste_dialog import TasteDialog

        dialog = TasteDialog(self._window)
        dialog.sort_requested.connect(self._sort_by_taste)
        dialog.learn_requested.connect(self.learn_taste)
        dialog.encode_requested.connect(self._work.score_again)
        dialog.game_requested.connect(self.rating_game)
        dialog.audit_requested.connect(self.taste_audit)
        dialog.tastes_requested.connect(self.tastes)
        return dialog

    # Commands

    def taste_status(self) -> None:
        """Shows how well the taste agrees."""
        self.learning.ask_status()
        self._bring(self.dialog)

    def learn_taste(self) -> None:
        """Learns from the verdicts of now, and shows what came of it."""
        self.dialog.show_busy(True)
        self._bring(self.dialog)
        self.learning.learn()

    def rating_game(self) -> None:
        """Lets the user rate the photos whose rating would tell most."""
        self._play(pairs=False)

    def rating_pairs(self) -> None:
        """The same with pairs to choose from."""
        self._play(pairs=True)

    def tastes(self) -> None:
        """Shows the tastes, to use, make, copy, rename, carry and turn back."""
        from uniqa_desktop.gui.tastes_dialog import TastesDialog

        dialog = TastesDialog(
            self._store, self.learning, self._work.chosen, self._shoot.folder, self._window
        )
        dialog.switched.connect(self._switched)
        dialog.folders_changed.connect(self.learning.changed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def taste_audit(self) -> None:
        """Lets the user judge photos blind, and reports what the scores would have done."""
        from uniqa_desktop.gui.audit_dialog import AuditDialog

        dialog = AuditDialog(
            self._store, self.learning, self._work.chosen.model,
            lambda photo, flag: self._verdicts.give(
                [photo.id], flag=flag, provenance=Provenance.BLIND
            ),
            self._verdicts.undo, self._browser.thumbs, self._window,
        )  # fmt: skip
        dialog.finished.connect(lambda _result: self._culling.conceal(False))
        dialog.finished.connect(dialog.deleteLater)
        self._culling.conceal(True)
        dialog.open()
        dialog.begin()

    def _bring(self, dialog: QDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    # The rating game

    def _play(self, *, pairs: bool) -> None:
        from uniqa_desktop.gui.rating_game import RatingGame

        game = RatingGame(
            pairs=pairs, rate=self._rate, choose=self._choose, take_back=self._verdicts.undo,
            parent=self._window,
        )  # fmt: skip
        game.more_requested.connect(lambda: self.learning.ask_suggestions(pairs=pairs))
        game.finished.connect(self._game_over)
        game.finished.connect(game.deleteLater)
        self._game = game
        self._culling.conceal(True)
        game.open()
        game.stage.setFocus()
        self.learning.ask_status()
        self.learning.ask_suggestions(pairs=pairs)

    def _rate(self, photo: Photo, stars: int) -> bool:
        return self._verdicts.give([photo.id], stars=stars, provenance=Provenance.BLIND)

    def _choose(self, better: Photo, worse: Photo) -> bool:
        return self._verdicts.prefer(better.id, worse.id, Provenance.BLIND)

    def _game_over(self) -> None:
        self._game = None
        self._culling.conceal(False)
        self._browser.take_focus()

    def _suggested(self, photos: list[tuple[Photo, ...]]) -> None:
        if self._game is not None:
            self._game.add(photos)

    # Evidence

    def _tell_preference(self, better: int, worse: int, stands: bool) -> None:
        self.learning.changed()
        photos = self._try(lambda: self._store.photos.get([better, worse])) or []
        names = {photo.id: paths.display(photo.path.name) for photo in photos}
        if self._game is None and len(names) == 2:
            self.said.emit(verdict_words.preference(names[better], names[worse], not stands))

    def _try(self, act: Callable[[], Answer]) -> Answer | None:
        try:
            return act()
        except KnownError as error:
            self.trouble.emit(str(error))
            return None

    # What was learned

    def _has_taste(self, model: str) -> bool:
        return bool(self._try(lambda: self._store.tastes.has_scores(model)))

    def _opened(self, _folder: object) -> None:
        if self._has_taste(self._work.chosen.model):
            self.learning.ask_status()

    def _job_finished(self, order: Order, report: Any) -> None:
        """New photos get a score where something was learned; with another model than before it is
        learned anew."""
        if order.job != "score" or not getattr(report, "scored", 0):
            return
        if self._has_taste(self._work.chosen.model):
            self.learning.apply()
        elif self._try(lambda: self._store.tastes.versions(self._store.tastes.profile())):
            self.learning.changed()

    def _learned(self, _report: TasteReport | None) -> None:
        self._show_scores()
        self.learning.ask_status()
        if self._sorted:
            self.learning.ask_order(self._shoot.asked)

    def _ordered(self, asked: Query, listing: Listing) -> None:
        """What would stand elsewhere now is counted, if the list is still the one asked for."""
        if asked == self._shoot.asked:
            self._shoot.look(listing)

    def _show_scores(self) -> None:
        """The numbers on the photos are of now; their order stays."""
        self._browser.refresh(None)
        if (Sort.TASTE in self._bar.sorts) != self._has_taste(self._work.chosen.model):
            self._models.offer_sorts()
        self._ask_why()

    def _switched(self) -> None:
        """Another taste, or another version, is in use: that was the user's wish, so the order
        follows."""
        self.learning.forget_run()
        self._show_scores()
        self._shoot.apply()
        self._learn_if_new()
        self.learning.ask_status()

    def _model_used(self, _model: str) -> None:
        self.learning.forget_run()
        self._panel.evidence.show_grounds(None)
        self._learn_if_new()
        self.learning.ask_status()

    def _learn_if_new(self) -> None:
        """What was learned before stays as it was left, also at an earlier version."""
        if not self._has_taste(self._work.chosen.model):
            self.learning.changed()

    def _told(self, card: dict[str, Any]) -> None:
        better = card["verdict"] == taste_words.BETTER
        self._panel.evidence.show_verdict("" if better else taste_words.verdict(card))
        if "dialog" in self.__dict__:
            self.dialog.show_card(card)
        if self._game is not None:
            self._game.show_card(card)
        if self._tells:
            self._tells = False
            self.said.emit(taste_words.verdict(card))

    def _refused(self, sentence: str) -> None:
        _log.info("Taste: %s", sentence)
        if self._game is not None:
            self._game.refuse(sentence)
        elif "dialog" in self.__dict__ and self.dialog.isVisible():
            self.dialog.refuse(sentence)

    # The order

    def _sort_by_taste(self) -> None:
        self._bar.sort.setCurrentIndex(max(0, self._bar.sort.findData(Sort.TASTE.value)))

    def _look_at_order(self) -> None:
        """The order of a taste that is not better than the generic score says so."""
        was, self._sorted = self._sorted, self._bar.query("").sort is Sort.TASTE
        if self._sorted and not was:
            self._tells = True
            self.learning.ask_status()

    # Why

    def _moved(self, photo: Photo | None) -> None:
        if photo is not None and photo.taste is not None:
            self._soon.start()

    def _ask_why(self) -> None:
        photo = self._browser.current
        if photo is not None and photo.taste is not None and self._panel.isVisible():
            self.learning.ask_why(photo.id)

    def _explained(self, grounds: Grounds | None) -> None:
        photo = self._browser.current
        if grounds is None or (photo is not None and photo.id == grounds.photo):
            self._panel.evidence.show_grounds(grounds)
