"""What the user can do with groups: fold, open, select and put them right. Handlers of commands.

Corrections are acts of the library, in one line with verdicts: `Verdicts.undo` takes them back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.offer_bar import OfferBar
from uniqa_desktop.gui.photos_model import runs
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.stack_words import counts
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.words import count, say
from uniqa_desktop.gui.worker import Order
from uniqa_desktop.store import Store


class GroupDesk(QObject):
    """Groups in the list: stacks, and corrections of them.

    `offer` is a row for the foot of the window: so many groups were found, fold them?

    Signals:
        said(str): a sentence for the user.
        trouble(str): a known error, one sentence.
        regrouped(): the groups are other ones now.
        fold_requested(): the user took the offer.
    """

    said = Signal(str)
    trouble = Signal(str)
    regrouped = Signal()
    fold_requested = Signal()

    def __init__(
        self,
        store: Store,
        browser: Browser,
        shoot: Shoot,
        verdicts: Verdicts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._browser = browser
        self._shoot = shoot
        self._stacks = shoot.stacks
        self._opened_by_step: int | None = None
        self._told_of_cover = False
        self.offer = OfferBar(
            (
                ("fold", say("Fold them"), say("Show one photo of each group")),
                ("later", say("Not now"), say("Leave the list as it is")),
            )
        )
        self.offer.answered.connect(self._answered)
        shoot.listed.connect(self._check_offer)
        browser.badge_pressed.connect(self.toggle)
        browser.stepped_in_group.connect(self.step)
        browser.stepping.connect(self._leave)
        verdicts.regrouped.connect(self._refresh)
        verdicts.given.connect(self._tell_of_cover)

    # Stacks

    def open_stack(self) -> None:
        """Opens the stack of the current photo in its place, or closes it again."""
        photo = self._browser.current
        if photo is None or self._stacks.shown.of(photo.id) is None:
            self.said.emit(say("This photo is in no group."))
        elif not self._stacks.folded:
            self.said.emit(say("Nothing is folded: Filter, Fold makes stacks."))
        else:
            self.toggle(photo.id)

    def toggle(self, photo: int) -> None:
        """Opens or closes the stack that a photo is in; folds nothing that is not folded."""
        number = self._stacks.shown.number_of(photo)
        if number is None or not self._stacks.folded:
            return
        opens = number not in self._stacks.opened
        self._set_open(number, opens)
        self._go_to(photo if opens else self._stacks.shown.groups[number].cover)

    def select_group(self) -> None:
        """Selects all photos of the current one's group, opened if it is closed, so that the next
        key acts on all of them."""
        photo = self._browser.current
        group = self._stacks.shown.of(photo.id) if photo is not None else None
        if photo is None or group is None:
            self.said.emit(say("This photo is in no group."))
            return
        self._browser.show_grid()
        if self._stacks.is_closed(photo.id):
            self.toggle(photo.id)
        self._select(group.members)

    def _select(self, photos: Sequence[int]) -> None:
        grid, model = self._browser.grid, self._browser.photos
        rows = sorted(row for row in map(model.row_of, photos) if row is not None)
        chosen = QItemSelection()
        for first, last in runs(rows):
            chosen.select(model.index(first), model.index(last))
        grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _set_open(self, number: int, on: bool) -> None:
        self._stacks.set_open([number], on)
        self._shoot.refold()

    def _go_to(self, photo: int) -> None:
        row = self._browser.photos.row_of(photo)
        if row is not None:
            self._browser.go_to(row)

    # In the loupe

    def step(self, delta: int) -> None:
        """The next (+1) or previous (−1) photo of the current one's group. A closed stack is open
        for as long as one is in it."""
        photo = self._browser.current
        group = self._stacks.shown.of(photo.id) if photo is not None else None
        if photo is None or group is None:
            self.said.emit(say("This photo is in no group."))
            return
        at = group.members.index(photo.id) + delta
        if not 0 <= at < len(group.members):
            return
        if self._stacks.is_closed(photo.id):
            self._opened_by_step = self._stacks.shown.number_of(photo.id)
            if self._opened_by_step is not None:
                self._set_open(self._opened_by_step, True)
        if self._browser.photos.row_of(group.members[at]) is None:
            self.said.emit(say("The filter hides the next photo of this group."))
        self._go_to(group.members[at])

    def _leave(self) -> None:
        """Before one steps on: a stack that stepping has opened closes, so that one goes on behind
        it."""
        number, self._opened_by_step = self._opened_by_step, None
        photo = self._browser.current
        if number is None or photo is None or self._stacks.shown.number_of(photo.id) != number:
            return
        self._set_open(number, False)
        self._go_to(self._stacks.shown.groups[number].cover)

    # Corrections

    def merge_photos(self) -> None:
        """Puts the selected photos, and all that is in a group with one of them, into one group."""
        ids = self._browser.targets()
        if len(ids) < 2:
            self.said.emit(say("Select the photos first that belong together."))
        else:
            self.merge(ids)

    def merge(self, ids: Sequence[int]) -> None:
        """Makes one group of these photos and their groups, as one act."""
        if self._correct(lambda: self._store.groups.merge(ids)):
            group = self._stacks.shown.of(ids[0])
            if group is not None:
                self._go_to(ids[-1] if self._browser.photos.row_of(ids[-1]) else group.cover)
                self.said.emit(
                    count("1 photo is one group now.", "%n photos are one group now.",
                          len(group.members))
                )  # fmt: skip

    def split_photos(self) -> None:
        """Takes the selected photos out of their group; several are a group of their own then."""
        ids = self._browser.targets()
        if any(self._stacks.is_closed(id) for id in ids):
            self.said.emit(say("Open the stack first, then take out what does not belong."))
        else:
            self.split(ids)

    def split(self, ids: Sequence[int]) -> None:
        """Takes these photos out of their groups, as one act."""
        inside = [id for id in ids if self._stacks.shown.of(id) is not None]
        if not inside:
            self.said.emit(say("This photo is in no group."))
        elif self._correct(lambda: self._store.groups.split(inside)):
            self.said.emit(
                count("1 photo was taken out of its group.",
                      "%n photos were taken out: a group of their own.", len(inside))
            )  # fmt: skip
        else:
            self.said.emit(say("These photos are a group of their own already."))

    def choose_cover(self) -> None:
        """Lets the current photo stand for its group."""
        photo = self._browser.current
        if photo is not None:
            self.cover(photo.id)

    def cover(self, photo: int) -> None:
        """Lets a photo stand for its group, as one act."""
        if self._stacks.shown.of(photo) is None:
            self.said.emit(say("This photo is in no group."))
        elif self._correct(lambda: self._store.groups.choose_cover(photo)):
            self.said.emit(say("This photo stands for its group now."))
        else:
            self.said.emit(say("This photo stands for its group already."))

    def _correct(self, act: Callable[[], bool]) -> bool:
        """Makes a correction; whether it changed anything."""
        try:
            changed = act()
        except KnownError as error:
            self.trouble.emit(str(error))
            return False
        if changed:
            self._refresh()
        return changed

    def _refresh(self) -> None:
        """The library has other groups because the user said so: the list follows at once."""
        self._shoot.read_groups()
        self._shoot.refold()
        self.regrouped.emit()

    def _tell_of_cover(self, ids: Sequence[int]) -> None:
        """Says once what a verdict on a closed stack acts on."""
        if self._told_of_cover or not any(map(self._stacks.is_closed, ids)):
            return
        self._told_of_cover = True
        self.said.emit(
            say("A verdict on a closed stack is its cover's only. Bursts, Select the whole group "
                "takes all its photos.")
        )  # fmt: skip

    # What a job found

    def found(self, order: Order) -> None:
        """A job has grouped the open folder: says so, and moves nothing."""
        if order.folders != (self._shoot.folder,):
            return
        before = self._stacks.found.groups
        self._shoot.read_groups()
        groups = self._stacks.found.groups
        if groups == before:
            return
        self.regrouped.emit()
        self._shoot.look()
        if groups and not self._stacks.folded:
            kinds = counts(group.kind for group in groups.values())
            self.offer.offer(say("Found: {groups}.").format(groups=kinds))
        else:
            self.offer.hide()

    def _check_offer(self) -> None:
        if self._stacks.folded:
            self.offer.hide()

    def _answered(self, answer: str) -> None:
        if answer == "fold":
            self.fold_requested.emit()
        self._browser.take_focus()
