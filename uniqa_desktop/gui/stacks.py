"""The groups of the open folder as the window shows them: folded to stacks, open ones, or plain.

What a job finds is kept apart (`found`) from what the list is folded by (`shown`) until the user
asks for it: the order never moves by itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from uniqa_desktop.bursts.folding import Folding
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.store import Listing, Store


@dataclass(frozen=True, slots=True)
class Mark:
    """What a photo's cell says of its group: kind, number of photos, its place (from 1) in order of
    capture; whether it stands for a `closed` stack or is one of an `opened` one; whether nobody
    can tell its best frame (`untold`), so that somebody has to look."""

    kind: Kind
    count: int
    place: int
    closed: bool
    opened: bool
    untold: bool = False


class Stacks(QObject):
    """Which groups there are, and which of them are open while the list is folded.

    Signals:
        changed(): what is to be painted of groups differs.
    """

    changed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.folded = False
        self.blind = False
        self.found = Folding()
        self.shown = Folding()
        self._opened: frozenset[int] = frozenset()
        self._untold: frozenset[tuple[int, ...]] = frozenset()

    @property
    def opened(self) -> frozenset[int]:
        """The numbers of the groups that are open."""
        return self._opened

    def read(self, folders: Sequence[Path]) -> None:
        """Reads the groups of these folders from the library.

        Raises:
            LibraryError: it cannot be read; the groups stay as they were.
        """
        self.use(self._store.groups.all(folders))

    def use(self, groups: Mapping[int, Group]) -> None:
        """Takes these groups as found; a list that is not folded shows them at once."""
        self.found = Folding(groups)
        if not self.folded:
            self.take()

    def take(self) -> None:
        """Folds by what was found last from now on. What was open stays so, if it still is a
        group."""
        if self.shown is self.found:
            return
        before = self.shown
        self.shown = self.found
        covers = {before.groups[number].cover for number in self._opened & before.groups.keys()}
        numbers = map(self.shown.number_of, covers)
        self._opened = frozenset(number for number in numbers if number is not None)
        self.changed.emit()

    def set_open(self, numbers: Iterable[int], on: bool) -> None:
        """Opens or closes groups; the list is to be folded anew then."""
        named = frozenset(numbers) & self.shown.groups.keys()
        self._opened = self._opened | named if on else self._opened - named
        self.changed.emit()

    def show_untold(self, bursts: frozenset[tuple[int, ...]]) -> None:
        """Marks these bursts, by their members, as ones to be looked at."""
        self._untold = bursts
        self.changed.emit()

    def close_all(self) -> None:
        """Closes every group."""
        self._opened = frozenset()

    def fold(self, listing: Listing, *, newest: bool = False) -> Listing:
        """The list as it is shown; `newest`: as it would be by what was found last."""
        by = self.found if newest else self.shown
        if not self.folded or not by.groups:
            return listing
        counts = [count for _, count in listing.days]
        ids, sizes = by.fold(listing.ids, counts, self._opened)
        days = zip((day for day, _ in listing.days), sizes, strict=False)
        return Listing(array("q", ids), tuple((day, size) for day, size in days if size))

    def is_closed(self, photo: int) -> bool:
        """Whether a photo stands for a stack that is not open."""
        number = self.shown.number_of(photo)
        return self.folded and number is not None and number not in self._opened

    def mark(self, photo: int) -> Mark | None:
        """What is said of a photo's group on its cell; `None` for a photo by itself."""
        number = self.shown.number_of(photo)
        if number is None:
            return None
        group = self.shown.groups[number]
        opened = number in self._opened
        return Mark(
            group.kind,
            len(group.members),
            group.members.index(photo) + 1,
            closed=self.folded and not opened,
            opened=self.folded and opened,
            untold=group.members in self._untold and not self.blind,
        )
