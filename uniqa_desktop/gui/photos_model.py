"""The list of photos as Qt views see it: ids in order, rows fetched when somebody looks at them.

A library of 100,000 photos is 800 kB of ids; the rows (`Photo` values, some kilobytes each) are
read from the store in blocks around what is painted, and the least recently used blocks are let go,
so memory does not grow with the library.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import stack_words
from uniqa_desktop.gui.stacks import Mark
from uniqa_desktop.gui.words import count, say
from uniqa_desktop.photo import Flag, Label, Photo, State, Verdict

BLOCK = 64
"""Rows read from the store at once: about a screen. Reading costs 10–20 µs a row and next to
nothing a question, so larger blocks would only be read for nothing in fast scrolling."""

BLOCKS = 80
"""Blocks kept: 5,120 photos, many screens even at the smallest thumbnail size."""

PhotoRole = Qt.ItemDataRole.UserRole
"""The row as a `Photo`; `None` if the store does not know the id any more."""

Index = QModelIndex | QPersistentModelIndex


class _Stale(Enum):
    """The row differs from what was read, and is read again when looked at."""

    STALE = 0


_Row = Photo | None | _Stale


class PhotosModel(QAbstractListModel):
    """Photos in the order given by `set_ids`.

    `fetch` returns the `Photo` values of some ids; ids that do not exist any more may be left out.
    While `blind` the words for a screen reader leave the score out. `stack` says what group a photo
    is in.
    """

    trouble = Signal(str)
    """The store could not be read: one sentence. `refresh` or `set_ids` tries again."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], list[Photo]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.blind = False
        self.stack: Callable[[int], Mark | None] = lambda _photo: None
        self._fetch = fetch
        self._ids = array("q")
        self._rows: dict[int, int] = {}
        self._blocks: OrderedDict[int, list[_Row]] = OrderedDict()

    @property
    def ids(self) -> Sequence[int]:
        """All ids in order. Not a copy: read it, do not keep it."""
        return self._ids

    def set_ids(self, ids: array[int]) -> None:
        """Shows these photos in this order instead (a model reset)."""
        self.beginResetModel()
        self._ids = array("q", ids)
        self._rows = dict(zip(self._ids, range(len(self._ids)), strict=True))
        self._blocks.clear()
        self.endResetModel()

    def append_ids(self, ids: array[int]) -> None:
        """Adds photos at the end. Rather few and large: a view lays out all rows each time."""
        if not len(ids):
            return
        first = len(self._ids)
        self.beginInsertRows(QModelIndex(), first, first + len(ids) - 1)
        self._ids.extend(ids)
        self._rows.update(zip(ids, range(first, first + len(ids)), strict=True))
        self._blocks.pop(first // BLOCK, None)  # it was shorter than it is now
        self.endInsertRows()

    def refresh(self, ids: Iterable[int] | None) -> None:
        """Reads these photos, or all, again when they are next looked at; unknown ids are ignored.

        One `dataChanged` for each run of neighbouring rows. For all it costs what is kept, not what
        is listed.
        """
        if ids is None:
            self._blocks.clear()
            if len(self._ids):
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
            return
        rows = sorted({row for row in map(self.row_of, ids) if row is not None})
        for row in rows:
            block = self._blocks.get(row // BLOCK)
            if block is not None:
                block[row % BLOCK] = _Stale.STALE
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))

    def photo(self, row: int) -> Photo | None:
        """The photo in `row`; `None` outside the list or if the store does not know it any more."""
        if not 0 <= row < len(self._ids):
            return None
        block = self._blocks.get(row // BLOCK)
        if block is None:
            block = self._open_block(row // BLOCK)
        else:
            self._blocks.move_to_end(row // BLOCK)
        found = block[row % BLOCK]
        if isinstance(found, _Stale):
            self._read(row // BLOCK, block)
            found = block[row % BLOCK]
        return found if isinstance(found, Photo) else None

    def row_of(self, id: int) -> int | None:
        """The row of a photo, `None` if it is not listed."""
        return self._rows.get(id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        photo = self.photo(index.row())
        if photo is None or role == PhotoRole:
            return photo
        if role == Qt.ItemDataRole.DisplayRole:
            return paths.display(photo.path.name)
        mark = self.stack(photo.id)
        said = in_words(photo, blind=self.blind)
        return said if mark is None else f"{said}, {stack_words.in_words(mark)}"

    def _open_block(self, number: int) -> list[_Row]:
        start = number * BLOCK
        size = min(BLOCK, len(self._ids) - start)
        block: list[_Row] = [_Stale.STALE] * size
        self._blocks[number] = block
        if len(self._blocks) > BLOCKS:
            self._blocks.popitem(last=False)
        self._read(number, block)
        return block

    def _read(self, number: int, block: list[_Row]) -> None:
        """Fills the stale rows of a block with one question to the store."""
        start = number * BLOCK
        wanted = {self._ids[start + i]: i for i, row in enumerate(block) if row is _Stale.STALE}
        # A row that cannot be read stays empty: asking again at every paint would freeze the view.
        for i in wanted.values():
            block[i] = None
        try:
            photos = self._fetch(list(wanted))
        except KnownError as error:
            self.trouble.emit(str(error))
            return
        for photo in photos:
            block[wanted[photo.id]] = photo


_LABELS = {
    Label.RED: "red",
    Label.YELLOW: "yellow",
    Label.GREEN: "green",
    Label.BLUE: "blue",
    Label.PURPLE: "purple",
}
_ROLES = frozenset({PhotoRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


def in_words(photo: Photo, *, blind: bool = False) -> str:
    """What a sighted user sees of a photo in the grid, as one line for a screen reader."""
    parts = [
        paths.display(photo.path.name),
        "" if blind else _quality_in_words(photo),
        *verdict_in_words(photo.verdict),
        *("+ " + paths.display(each.name) for each in photo.companions),
        say("file is missing") if photo.state is State.MISSING else "",
        say("cannot be read: {why}").format(why=photo.failure) if photo.failure else "",
    ]
    return ", ".join(part for part in parts if part)


def verdict_in_words(verdict: Verdict) -> list[str]:
    """The parts of a verdict that were given, each in words."""
    flags = {Flag.PICK: say("picked"), Flag.MAYBE: say("maybe"), Flag.REJECT: say("rejected")}
    parts = [
        flags.get(verdict.flag, ""),
        count("1 star", "%n stars", verdict.stars) if verdict.stars else "",
        say("{colour} label").format(colour=say(_LABELS[verdict.label]))
        if verdict.label is not Label.NONE
        else "",
    ]
    return [part for part in parts if part]


def _quality_in_words(photo: Photo) -> str:
    quality = photo.scores.quality if photo.scores is not None else None
    if quality is None:
        return say("not scored")
    return say("quality {n} of 100").format(n=round(quality))


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours in ascending `rows`."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
