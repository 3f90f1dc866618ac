"""The burst view: all frames of a group in a row, and two of them side by side at 100 % where they
are told apart, the better one on the left. What is proposed, and why, stands beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from uniqa_desktop.bursts.group import Group
from uniqa_desktop.gui import stack_words, theme
from uniqa_desktop.gui.burst_reasons import BurstReasons, Proposed
from uniqa_desktop.gui.frame_strip import FrameStrip
from uniqa_desktop.gui.linked import Aside
from uniqa_desktop.gui.loupe_loader import LoupeLoader
from uniqa_desktop.gui.pane import Pane
from uniqa_desktop.gui.pane_board import PaneBoard, Thumbnail
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.zoom import Framing
from uniqa_desktop.photo import Photo

RIVAL, ACTIVE = 0, 1
"""The panes."""


class BurstView(PaneBoard):
    """One group. ← and → go through its frames, the right picture shows the active one; on the left
    is the proposed one or, when that is active, its strongest rival."""

    def __init__(
        self,
        photos: PhotosModel,
        loader: LoupeLoader,
        thumbnail: Thumbnail,
        get: Callable[[Sequence[int]], list[Photo]],
        parent: QWidget | None = None,
    ) -> None:
        """`get` reads photos by id: frames need not be listed."""
        super().__init__(photos, loader, thumbnail, parent)
        self.setAccessibleName(self.tr("Burst view"))
        self._get = get
        self.group: Group | None = None
        self.proposed: Proposed | None = None
        self.frames: list[Photo] = []
        self.at = 0
        self.kept: frozenset[int] = frozenset()
        self.title = QLabel()
        theme.set_font(self.title, "normal", emphasis=True)
        self.progress = QLabel()
        self.progress.setProperty("role", "dim")
        self.strip = FrameStrip(thumbnail)
        self.strip.chosen.connect(self.choose)
        self.strip.marked.connect(self.mark)
        self.reasons = BurstReasons()
        self.panes = [self._made_pane(), self._made_pane()]
        self._lay_out()
        self._active = ACTIVE

    def _lay_out(self) -> None:
        space = theme.SPACE
        head = QHBoxLayout()
        head.setContentsMargins(2 * space, space, 2 * space, 0)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.progress)
        pictures = QHBoxLayout()
        pictures.setSpacing(2)
        for pane in self.panes:
            pictures.addWidget(pane, 1)
        pictures.addWidget(self.reasons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space // 2)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addLayout(pictures, 1)

    # What is shown

    def start(self, group: Group, proposed: Proposed | None, photo: int | None = None) -> bool:
        """Shows a group and what is proposed of it, at `photo` or at the best frame.

        Returns whether any of its photos is known.
        """
        frames = self._get(group.members)
        if not frames:
            return False
        another = self.group is None or self.group.members != group.members
        self.group, self.proposed, self.frames = group, proposed, frames
        if another:
            self.kept = frozenset()
        ids = [frame.id for frame in frames]
        first = proposed.order[0] if proposed is not None else group.cover
        wanted = photo if photo in ids else first
        self.at = ids.index(wanted) if wanted in ids else 0
        self.title.setText(
            self.tr("{group} of {total}").format(
                group=stack_words.name(group.kind), total=len(frames)
            )
        )
        self.reasons.show_proposal(proposed, group, ids, blind=self._blind)
        self._seat()
        if another:
            self._look_closely()
        return True

    def show_progress(self, text: str) -> None:
        """Says how many bursts are decided, and how long the rest may take."""
        self.progress.setText(text)

    def choose(self, index: int) -> None:
        """Makes another frame the active one."""
        if 0 <= index < len(self.frames):
            self.at = index
            self._seat()
            self.activate(ACTIVE)

    def mark(self, index: int) -> None:
        """Marks a frame to be kept with others, or not."""
        self.kept ^= {self.frames[index].id}
        self._show_strip()

    @property
    def chosen(self) -> list[int]:
        """The frames that `keep these` means: those that are marked, else the active one."""
        ids = [frame.id for frame in self.frames]
        return [id for id in ids if id in self.kept] or ids[self.at : self.at + 1]

    def set_blind(self, blind: bool) -> None:
        super().set_blind(blind)
        if self.group is not None:
            self.start(self.group, self.proposed, self.frames[self.at].id)

    def refresh(self) -> None:
        self.frames = self._get([frame.id for frame in self.frames])
        self._show_strip()
        super().refresh()

    def thumbs_arrived(self) -> None:
        """Small pictures have come."""
        self._show_strip()

    def advance(self) -> None:
        """A judged frame makes room for the next one."""
        self.choose(self.at + 1)

    def relist(self) -> bool:
        return bool(self.frames)

    # Two pictures

    def _seat(self) -> None:
        active = self.frames[self.at]
        rival = self._rival(active)
        for pane, photo, role in zip(
            self.panes, (rival, active), self._roles(rival, active), strict=True
        ):
            pane.setVisible(photo is not None)
            pane.set_role(role)
            if photo is None:
                pane.photo = None
                pane.show_frame(None)
            else:
                pane.aside = self._aside(photo)
                self._put(pane, photo)
        self._show_strip()
        self._shows_now()

    def _rival(self, active: Photo) -> Photo | None:
        """What the active frame is seen beside: the best of the others."""
        order = self.proposed.order if self.proposed is not None and not self._blind else ()
        by_id = {frame.id: frame for frame in self.frames}
        ranked = [by_id[id] for id in order if id in by_id] or self.frames
        return next((frame for frame in ranked if frame.id != active.id), None)

    def _roles(self, *photos: Photo | None) -> list[str]:
        best = self.reasons.best
        return [self._role(photo, photo is not None and photo.id == best) for photo in photos]

    def _role(self, photo: Photo | None, proposed: bool) -> str:
        if photo is None:
            return ""
        number = f"#{self._place(photo) + 1}"
        return self.tr("{n} · proposed").format(n=number) if proposed else number

    def _place(self, photo: Photo) -> int:
        return [frame.id for frame in self.frames].index(photo.id)

    def _region(self, photo: Photo) -> tuple[float, float] | None:
        """The middle of the deciding region, as fractions of the picture."""
        region = self.proposed.regions.get(photo.id) if self.proposed is not None else None
        width, height = photo.meta.width, photo.meta.height
        if region is None or not width or not height:
            return None
        return (region.x + region.width / 2) / width, (region.y + region.height / 2) / height

    def _aside(self, photo: Photo) -> Aside:
        """How far the same place of the scene is off the one in the first frame that has it."""
        places = [place for frame in self.frames if (place := self._region(frame)) is not None]
        here = self._region(photo)
        if here is None:
            return Aside()
        return Aside(here[0] - places[0][0], here[1] - places[0][1])

    def _look_closely(self) -> None:
        """Shows the deciding region at 100 %, everywhere the same."""
        places = [place for frame in self.frames if (place := self._region(frame)) is not None]
        x, y = places[0] if places else (0.5, 0.5)
        self._shared = Framing(1.0, x, y)
        self._link()

    def _reframed(self, pane: Pane, framing: Framing, alone: bool) -> None:
        super()._reframed(pane, framing, alone)
        if self._shared.scale is None and self.frames:
            # Back from fit one looks at the same place of the scene in both again.
            for each in self.panes:
                if each.photo is not None:
                    each.aside = self._aside(each.photo)

    def _show_strip(self) -> None:
        self.strip.show_frames(
            self.frames,
            self.at,
            kept=self.kept,
            best=self.reasons.best,
            cover=self.group.cover if self.group is not None else None,
        )

    # For the board

    def _photo(self, id: int) -> Photo | None:
        return next((frame for frame in self.frames if frame.id == id), None)

    def _neighbours(self) -> Sequence[Photo]:
        places = (self.at + 1, self.at - 1, self.at + 2)
        return [self.frames[place] for place in places if 0 <= place < len(self.frames)]

    def _compared_with(self, index: int) -> Photo | None:
        return self.panes[1 - index].photo

    def _arrow(self, key: Qt.Key) -> bool:
        match key:
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.choose(self.at + 1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.choose(self.at - 1)
            case Qt.Key.Key_Home:
                self.choose(0)
            case Qt.Key.Key_End:
                self.choose(len(self.frames) - 1)
            case Qt.Key.Key_Insert:
                self.mark(self.at)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.opened.emit()
            case _:
                return False
        return True

    def activate(self, index: int) -> None:
        """The right picture is the active one; a click on the left one makes that frame active."""
        rival = self.panes[RIVAL].photo
        if index == RIVAL and rival is not None:
            self.choose(self._place(rival))
        else:
            super().activate(ACTIVE)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through the frames."""
        if self.frames:
            self.choose((self.at + (1 if next else -1)) % len(self.frames))
        return True
