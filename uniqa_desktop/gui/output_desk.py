"""What the window does to take photos out: export, trash, and putting right a killed export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import words
from uniqa_desktop.gui.background import Background
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.export_wish import Form, Wish
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.status_line import Kind
from uniqa_desktop.gui.work import Work
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.photo import Progress
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from uniqa_desktop.export.journal import Recovery
    from uniqa_desktop.gui.export_dialog import ExportDialog
    from uniqa_desktop.gui.trash_dialog import TrashDialog

_JOBS = ("export", "list", "trash")


class OutputDesk(QObject):
    """Opens the dialogs, has their plans made in a thread beside, and runs what they decide.

    Plans do not go to the worker, which may be scoring: they are small and asked for anew at every
    change. What is decided on does, and scoring waits for it.
    """

    def __init__(
        self,
        store: Store,
        window: QWidget,
        browser: Browser,
        shoot: Shoot,
        work: Work,
        say: Callable[[str, Kind], None],
        parent: QObject | None = None,
    ) -> None:
        """`say` shows a sentence in the status line."""
        super().__init__(parent)
        self._store = store
        self._window = window
        self._browser = browser
        self._shoot = shoot
        self._work = work
        self._say = say
        self._plans = Background("plans", self)
        self._export: ExportDialog | None = None
        self._trash: TrashDialog | None = None
        worker = work.worker
        worker.progressed.connect(self._progressed)
        worker.finished.connect(self._finished)
        worker.failed.connect(self._failed)
        worker.dropped.connect(lambda order: self._failed(order, words.say("It was stopped.")))
        worker.broke.connect(lambda order, _text: self._broke(order))

    def recover(self) -> None:
        """Finishes or takes back what a killed export left half done, and says so."""
        self._plans.submit("recover", _recover, self._recovered)

    def stop(self) -> None:
        """Ends the thread of the plans."""
        self._plans.stop()

    # Export

    def export(self, photos: Sequence[int] = ()) -> None:
        """Opens the export dialog on the open folder, with these photos as the selection that it
        begins with, or with that of the grid."""
        from uniqa_desktop.gui.export_dialog import ExportDialog, Offer

        if photos and self._export is not None and not self._export.running:
            self._export.close()
            self._export = None
        if self._shoot.folder is None or self._shown(self._export):
            return
        offer = Offer(
            self._shoot.folder,
            tuple(photos or self._browser.targets()),
            tuple(self._browser.photos.ids),
            self._work.chosen.model,
        )
        self._export = dialog = ExportDialog(
            offer, self._store.photos.get, self._browser.thumbs, self._window
        )
        if photos:
            dialog.choose_selection()
        dialog.planned.connect(self._plan_export)
        dialog.confirmed.connect(self._run_export)
        dialog.stopped.connect(lambda: self._work.worker.cancel(("export", "list")))
        self._show(dialog)

    def _plan_export(self, wish: Wish) -> None:
        def answer(found: Any) -> None:
            if self._export is None:
                return
            if isinstance(found, str):
                self._export.refuse(found)
            elif wish.form is Form.FILES:
                self._export.show_plan(wish, found)
            else:
                self._export.show_photos(wish, found)

        make = wish.plan if wish.form is Form.FILES else wish.chosen
        self._plan("export", make, answer)

    def _run_export(self, wish: Wish, plan: object) -> None:
        if wish.form is Form.FILES:
            self._work.run(Order("export", task=plan))
        else:
            self._work.run(Order("list", task=wish))

    # Trash

    def trash(self) -> None:
        """Opens the list of what would go to the trash of the open folder."""
        from uniqa_desktop.gui.trash_dialog import TrashDialog

        folder = self._shoot.folder
        if folder is None or self._shown(self._trash):
            return
        self._trash = dialog = TrashDialog(
            self._store.photos.get, self._browser.thumbs, self._window
        )
        dialog.confirmed.connect(lambda doomed: self._work.run(Order("trash", task=doomed)))
        dialog.stopped.connect(lambda: self._work.worker.cancel(("trash",)))
        dialog.look()
        self._show(dialog)

        def answer(found: Any) -> None:
            if self._trash is None:
                return
            if isinstance(found, str):
                self._trash.refuse(found)
            else:
                self._trash.show_plan(found)

        self._plan("trash", lambda store: _plan_trash(store, folder), answer)

    # Orders

    def _progressed(self, step: Progress) -> None:
        if step.job == "trash" and self._trash is not None:
            self._trash.show_step(step)
        elif step.job in ("export", "list") and self._export is not None:
            self._export.show_step(step)

    def _finished(self, order: Order, report: Any) -> None:
        if order.job == "trash":
            from uniqa_desktop.gui.trash_dialog import told

            if self._trash is not None:
                self._trash.show_report(report)
            self._say(told(report), "warning" if report.stayed else "info")
            self._shoot.apply()
        elif order.job == "export":
            from uniqa_desktop.gui.export_dialog import told

            sentence = told(report, moved=order.task.move)
            if self._export is not None:
                self._export.show_report(report, order.task.folder, moved=order.task.move)
            self._say(sentence, "warning" if report.failed else "info")
            if order.task.move:
                self._shoot.apply()
        elif order.job == "list" and self._export is not None:
            self._export.show_written(report)

    def _failed(self, order: Order, sentence: str) -> None:
        if order.job not in _JOBS:
            return
        dialog = self._trash if order.job == "trash" else self._export
        if dialog is not None:
            dialog.refuse(sentence)
        self._say(sentence, "warning")

    def _broke(self, order: object) -> None:
        if isinstance(order, Order):
            self._failed(order, words.say("It ended with a bug in this program."))

    # Small things

    def _plan(self, kind: str, make: Callable[[Store], Any], answer: Callable[[Any], None]) -> None:
        """Has `make` done with a library connection of its own; a known error is a sentence."""
        library = self._store.path

        def work() -> Any:
            try:
                with Store.open(library) as store:
                    return make(store)
            except KnownError as error:
                return str(error)

        self._plans.submit(kind, work, answer)

    def _shown(self, dialog: QWidget | None) -> bool:
        """Whether a dialog is there, which comes to the front then."""
        if dialog is None:
            return False
        dialog.raise_()
        dialog.activateWindow()
        return True

    def _show(self, dialog: ExportDialog | TrashDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(lambda: self._gone(dialog))
        dialog.show()

    def _gone(self, dialog: QWidget) -> None:
        if self._export is dialog:
            self._export = None
        if self._trash is dialog:
            self._trash = None

    def _recovered(self, outcome: Recovery | str) -> None:
        if isinstance(outcome, str):
            self._say(outcome, "warning")
            return
        parts = list(outcome.troubles)
        if outcome.finished:
            parts.append(
                words.count(
                    "An interrupted export was finished: 1 photo.",
                    "Interrupted exports were finished: %n photos.",
                    len(outcome.finished),
                )
            )
        if outcome.taken_back:
            parts.append(
                words.count(
                    "An interrupted export was taken back: 1 photo; its original is in place.",
                    "Interrupted exports were taken back: %n photos; their originals are in place.",
                    len(outcome.taken_back),
                )
            )
        if parts:
            self._say(" ".join(parts), "warning" if outcome.troubles else "info")


def _recover() -> Recovery | str:
    from uniqa_desktop.export import journal

    try:
        return journal.recover()
    except (KnownError, OSError) as error:
        return str(error)


def _plan_trash(store: Store, folder: Path) -> Any:
    from uniqa_desktop import jobs

    return jobs.plan_trash(store, (folder,))
