"""What the window does about sidecars: consent, what is unsaved, what others changed, quitting."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QToolButton, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.offer_bar import OfferBar
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.sidecar_writer import SidecarWriter, Unsaved
from uniqa_desktop.gui.status_line import Kind
from uniqa_desktop.gui.words import say
from uniqa_desktop.gui.work import Work
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.settings import Settings
from uniqa_desktop.store import Store
from uniqa_desktop.xmp import naming

if TYPE_CHECKING:
    from uniqa_desktop.jobs import Choice, Outside

_PATIENCE = 3.0
"""Seconds that closing waits for sidecars before it asks."""
_ANSWERS = (
    ("lightroom", "Lightroom", "Named IMG.xmp: for Lightroom, Capture One, Bridge"),
    ("darktable", "darktable", "Named IMG.CR2.xmp: for darktable, digiKam"),
    ("both", "Both", "Both names, for all of them"),
    ("off", "Keep them here", "Only in this program's library; the File menu changes it"),
)


class Settling(NamedTuple):
    """What the user decided about sidecars that others changed, as the worker needs it."""

    choices: Mapping[int, Choice]
    naming: naming.Naming | None


class SidecarDesk(QObject):
    """Keeps sidecars in step with verdicts, once the user has agreed to it.

    Signals:
        bug(str): a traceback.
        taken(list[int]): these photos have another verdict, from their sidecars.
        photo_requested(int): the user wants to see this photo.
    """

    bug = Signal(str)
    taken = Signal(list)
    photo_requested = Signal(int)

    def __init__(
        self,
        window: QWidget,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        work: Work,
        save: Callable[[Settings], None],
        tell: Callable[[str, Kind], None],
        parent: QObject | None = None,
    ) -> None:
        """`save` keeps the settings; `tell` shows a sentence in the status line."""
        super().__init__(parent)
        self._window = window
        self._store = store
        self._browser = browser
        self._shoot = shoot
        self._work = work
        self._save = save
        self._say = tell
        self._outside: tuple[Outside, ...] = ()
        self._asked = False
        self.writer = SidecarWriter(store.path, self)
        self.writer.changed.connect(self._show)
        self.writer.bug.connect(self.bug)
        self.bar = OfferBar([(name, say(text), say(tip)) for name, text, tip in _ANSWERS])
        self.bar.answered.connect(self.choose)
        self.review_bar = OfferBar(
            (
                ("review", say("Compare…"), say("Shows both verdicts of each photo")),
                ("later", say("Not now"), say("Nothing is read or written until you decide")),
            )
        )
        self.review_bar.answered.connect(lambda name: name == "review" and self.review())
        self.bars = (self.bar, self.review_bar)
        self.unsaved = QToolButton()
        self.unsaved.setAutoRaise(True)
        self.unsaved.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.unsaved.setIconSize(QSize(2 * theme.SPACE, 2 * theme.SPACE))
        self.unsaved.clicked.connect(self._unsaved_clicked)
        self.unsaved.hide()
        self.writer.use(naming.wanted(work.chosen.sidecars))
        work.worker.finished.connect(self._order_finished)
        work.opened.connect(self._opened)

    def choose(self, setting: str) -> None:
        """The user wants sidecars named so, or none (`off`); those of the open folder follow."""
        self.bar.hide()
        self._save(dataclasses.replace(self._work.chosen, sidecars=setting))
        self.writer.use(naming.wanted(setting))
        self._catch_up()

    def given(self, photos: Iterable[int]) -> None:
        """These photos have another verdict."""
        if self._work.chosen.sidecars == "ask":
            self._ask_consent()
        self.writer.follow(photos)

    def read(self) -> None:
        """Looks for sidecars that state something else, and shows them or says that none do."""
        if self._shoot.folder is not None:
            self._asked = True
            self._work.run(Order("find outside", (self._shoot.folder,)))

    def preview(self) -> None:
        """Shows what would be written for the open folder."""
        if self._shoot.folder is None:
            return
        if self.writer.naming is None:
            self._ask_consent()
            return
        order = Order("preview sidecars", (self._shoot.folder,), task=self.writer.naming)
        self._work.run(order)

    def review(self) -> None:
        """Shows ours beside theirs."""
        from uniqa_desktop.gui.sidecar_dialog import SidecarDialog

        self.review_bar.hide()
        dialog = SidecarDialog(
            self._outside, self._store.photos.get, self._browser.thumbs, self._window
        )
        dialog.decided.connect(self._settle)
        dialog.photo_requested.connect(self.photo_requested)
        _open(dialog)

    def _ask_consent(self) -> None:
        self.bar.offer(
            say("Verdicts can be written beside your photos as XMP sidecars for other programs.")
        )

    def _opened(self, _folder: object) -> None:
        self._outside = ()
        self.review_bar.hide()

    def _catch_up(self) -> None:
        if self._shoot.folder is not None:
            self.writer.catch_up(self._shoot.folder)

    def _settle(self, choices: Mapping[int, str]) -> None:
        from uniqa_desktop.jobs import Choice

        chosen = {photo: Choice(choice) for photo, choice in choices.items()}
        self._work.run(Order("settle outside", task=Settling(chosen, self.writer.naming)))

    def _order_finished(self, order: Order, report: Any) -> None:
        if order.job == "scan" and order.folders == (self._shoot.folder,):
            self._catch_up()
        elif order.job == "find outside" and order.folders == (self._shoot.folder,):
            self._found(report.changed, [why for _, why in report.unreadable])
        elif order.job == "preview sidecars":
            from uniqa_desktop.gui.sidecar_preview import SidecarPreview

            dialog = SidecarPreview(
                report, self._store.photos.get, self._browser.thumbs, self._window
            )
            dialog.confirmed.connect(self._catch_up)
            _open(dialog)
        elif order.job == "settle outside":
            self._settled(order.task, report)

    def _found(self, changed: tuple[Outside, ...], unreadable: list[str]) -> None:
        self._outside = changed
        asked, self._asked = self._asked, False
        if changed and asked:
            self.review()
        elif changed:
            self.review_bar.offer(
                words.count(
                    "1 sidecar was changed by another program.",
                    "%n sidecars were changed by another program.",
                    len(changed),
                )
            )
        elif asked:
            self._say(say("No sidecar states another verdict than the library."), "info")
        if unreadable:
            text = ("1 sidecar cannot be read: {why}", "%n sidecars cannot be read: {why}")
            self._say(words.count(*text, len(unreadable)).format(why=unreadable[0]), "warning")

    def _settled(self, settling: Settling, report: Any) -> None:
        self.writer.forget(settling.choices)
        self.writer.follow(settling.choices)
        self.taken.emit(list(settling.choices))
        if report.failed:
            _, why = report.failed[0]
            text = ("1 sidecar was not written: {why}", "%n sidecars were not written: {why}")
            self._say(words.count(*text, len(report.failed)).format(why=why), "warning")
        else:
            text = (
                "1 verdict was taken from its sidecar.",
                "%n verdicts were taken from sidecars.",
            )
            self._say(words.count(*text, report.taken), "info")

    def _unsaved_clicked(self) -> None:
        if self.writer.unsaved().conflicts:
            self.read()
        self.writer.retry()

    def may_close(self) -> bool:
        """Whether the program may end: all is written, or the user wants to end in spite of it."""
        while True:
            unsaved = self.writer.finish(_PATIENCE)
            if not unsaved.holds_up:
                return True
            dialog = self._question(unsaved)
            dialog.exec()
            answer = dialog.clickedButton()
            role = dialog.buttonRole(answer) if answer is not None else None
            if role is QMessageBox.ButtonRole.DestructiveRole:
                return True
            if role is not QMessageBox.ButtonRole.AcceptRole:
                return False
            self.writer.retry()

    def stop(self) -> None:
        """Ends the writer's thread."""
        self.writer.stop()

    def _question(self, unsaved: Unsaved) -> QMessageBox:
        dialog = QMessageBox(self._window)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle(say("Sidecars are not written"))
        dialog.setText(
            words.count(
                "The sidecar of 1 photo could not be written yet.",
                "The sidecars of %n photos could not be written yet.",
                unsaved.holds_up,
            )
        )
        dialog.setInformativeText(
            _reasons(unsaved)
            + say("The verdicts themselves are safe in the library, whatever you choose here.")
        )
        again = dialog.addButton(say("Try again"), QMessageBox.ButtonRole.AcceptRole)
        dialog.addButton(say("Quit anyway"), QMessageBox.ButtonRole.DestructiveRole)
        dialog.addButton(say("Cancel"), QMessageBox.ButtonRole.RejectRole)
        dialog.setDefaultButton(again)
        return dialog

    def _show(self, unsaved: Unsaved) -> None:
        number = unsaved.waiting + unsaved.failed + unsaved.conflicts
        self.unsaved.setVisible(unsaved.any)
        self.unsaved.setText(words.count("1 unsaved", "%n unsaved", number))
        troubled = bool(unsaved.reasons or unsaved.conflicts)
        self.unsaved.setIcon(theme.icon("warning" if troubled else "clock"))
        tip = _reasons(unsaved)
        if unsaved.conflicts:
            tip += (
                words.count(
                    "1 sidecar was changed by another program as well.",
                    "%n sidecars were changed by another program as well.",
                    unsaved.conflicts,
                )
                + "\n"
            )
        tip += say(
            "Sidecars that do not state their verdict yet. The verdicts are safe in the library. "
            "Click to try again or to decide."
        )
        self.unsaved.setToolTip(tip)
        self.unsaved.setAccessibleDescription(tip)


def _reasons(unsaved: Unsaved) -> str:
    return "".join(
        f"{paths.display(each.path.name)}: {each.error}\n" for each in unsaved.reasons
    ) + ("\n" if unsaved.reasons else "")


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
