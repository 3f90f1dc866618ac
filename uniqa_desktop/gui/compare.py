"""Two photos side by side: the champion on the left, the challenger on the right.

The challenger steps through the list; who wins becomes the champion. Verdict keys act on the active
one of the two and never on the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uniqa_desktop.gui.loupe_loader import LoupeLoader
from uniqa_desktop.gui.pane_board import PaneBoard, Thumbnail
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.photo import Photo

CHAMPION, CHALLENGER = 0, 1
"""The panes."""


class Compare(PaneBoard):
    """Champion and challenger of the list; ← and → step the challenger, Enter or ↑ make it the
    champion, Tab or a click switches which one is active.

    Signals:
        preferred(int, int): the user prefers the first photo to the second.
    """

    preferred = Signal(int, int)

    def __init__(
        self,
        photos: PhotosModel,
        loader: LoupeLoader,
        thumbnail: Thumbnail,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(photos, loader, thumbnail, parent)
        self.setAccessibleName(self.tr("Compare"))
        self.panes = [
            self._made_pane(self.tr("Champion")),
            self._made_pane(self.tr("Challenger")),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for pane in self.panes:
            row.addWidget(pane, 1)
        self._active = CHALLENGER

    def start(self, row: int, other: int | None = None) -> bool:
        """Compares the photo in `row` with the one in `other`, else with the next in the list.

        Returns whether there are two photos; if not, nothing changes.
        """
        challenger = self._beside(row) if other is None else other
        if self._photos.photo(row) is None or challenger is None:
            return False
        self.reset_framing()
        self._active = CHALLENGER
        return self._seat(row, challenger)

    def step(self, delta: int) -> None:
        """Shows the next (+1) or previous (−1) photo that is not the champion as challenger."""
        self._challenge(self._row(CHALLENGER) + delta, delta)

    def promote(self) -> None:
        """Makes the challenger the champion; the next photo challenges it, at the end of the list
        the one before."""
        champion = self._row(CHALLENGER)
        challenger = self._beside(champion)
        if challenger is not None:
            worse, better = self.ids
            self.preferred.emit(better, worse)
            first, second = self.panes
            first.aside, second.aside = second.aside, first.aside
            self._seat(champion, challenger)
            self.activate(self._active)

    def advance(self) -> None:
        """A judged challenger makes room for the next; the champion stays."""
        if self._active == CHALLENGER:
            self.step(1)

    def relist(self) -> bool:
        rows = [self._photos.row_of(id) for id in self.ids]
        if len(rows) == 2 and None not in rows:
            return True
        left = next((row for row in rows if row is not None), 0)
        beside = self._beside(left)
        return beside is not None and self._seat(left, beside)

    def _seat(self, champion: int, challenger: int) -> bool:
        photos = [self._photos.photo(champion), self._photos.photo(challenger)]
        for pane, photo in zip(self.panes, photos, strict=True):
            if photo is None:
                return False
            self._put(pane, photo)
        self._shows_now()
        return True

    def _challenge(self, row: int, delta: int) -> None:
        if row == self._row(CHAMPION):
            row += delta
        photo = self._photos.photo(row)
        if photo is not None:
            self._put(self.panes[CHALLENGER], photo)
            self._shows_now()
            if self._active == CHALLENGER:
                self.activate(CHALLENGER)

    def _row(self, pane: int) -> int:
        photo = self.panes[pane].photo
        row = None if photo is None else self._photos.row_of(photo.id)
        return -1 if row is None else row

    def _beside(self, row: int) -> int | None:
        """The next row, at the end of the list the one before."""
        if row + 1 < self._photos.rowCount():
            return row + 1
        return row - 1 if row > 0 else None

    def _neighbours(self) -> Sequence[Photo]:
        row = self._row(CHALLENGER)
        found = (self._photos.photo(row + delta) for delta in (1, -1, 2))
        return [photo for photo in found if photo is not None]

    def _compared_with(self, index: int) -> Photo | None:
        return self.panes[1 - index].photo

    def _arrow(self, key: Qt.Key) -> bool:
        match key:
            case Qt.Key.Key_Right:
                self.step(1)
            case Qt.Key.Key_Left:
                self.step(-1)
            case Qt.Key.Key_Home:
                self._challenge(0, 1)
            case Qt.Key.Key_End:
                self._challenge(self._photos.rowCount() - 1, -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.promote()
            case _:
                return False
        return True
