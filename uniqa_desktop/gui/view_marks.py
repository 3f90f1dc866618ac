"""The overlays of one view: what there is of the picture in it, and nothing of another."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QPointF

from uniqa_desktop.gui import overlay_legend
from uniqa_desktop.gui.frame import Frame, Grade
from uniqa_desktop.gui.layer import Layer
from uniqa_desktop.gui.loupe_loader import Key, key_of
from uniqa_desktop.gui.mark_layers import AfAreas, Thirds
from uniqa_desktop.gui.mark_maker import KINDS, MarkMaker
from uniqa_desktop.gui.overlay_legend import Entry
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.photo import Photo, State

_THIRDS = Thirds()


class ViewMarks(QObject):
    """Keeps the overlays of `view` those of the picture in it, and tells its zoom where to land.

    Args:
        maker: makes what is shown.
        view: what it is shown on.
        photo: the photo that the view shows a picture of.
        explain: is told what is shown.
        shown: which overlays are wanted, by the ids of their commands.
        blind: whether nothing measured is to be said.
    """

    def __init__(
        self,
        maker: MarkMaker,
        view: PictureView,
        photo: Callable[[], Photo | None],
        explain: Callable[[list[Entry]], None],
        shown: Callable[[], Collection[str]],
        blind: Callable[[], bool],
    ) -> None:
        super().__init__(view)
        self._maker = maker
        self._shown = shown
        self._blind = blind
        self._view = view
        self._photo = photo
        self._explain = explain
        self._asker = f"{id(view):x}"
        view.landing = self._landing
        view.frame_changed.connect(self.look)
        maker.made.connect(self._made)

    def look(self) -> None:
        """Shows what there is for the picture in view, and asks for what there is not."""
        photo, frame, shown = self._photo(), self._view.frame, self._shown()
        marks: list[Layer] = []
        entries: list[Entry] = []
        if photo is not None:
            areas = self._areas(photo, frame)
            for name in KINDS:
                if name in shown:
                    marks += self._masks(name, photo, frame, entries)
            if "thirds" in shown:
                marks.append(_THIRDS)
            if "af_point" in shown:
                entries += overlay_legend.areas(None if areas is None else len(areas.areas))
                if areas is not None:
                    marks.append(areas)
        self._view.show_marks(marks)
        self._explain(entries)

    def _masks(
        self, name: str, photo: Photo, frame: Frame | None, entries: list[Entry]
    ) -> list[Layer]:
        made = self._maker.marked(name, photo, frame, self._asker) if frame is not None else None
        percent = made.percent if made is not None else None
        if name == "clipping":
            entries += overlay_legend.clipped(percent, blind=self._blind())
        else:
            coming = photo.state is State.PRESENT and photo.failure is None
            waits = coming and (frame is None or frame.grade < Grade.FULL)
            entries += overlay_legend.focused(percent, waits=waits)
        return list(made.layers) if made is not None else []

    def _areas(self, photo: Photo, frame: Frame | None) -> AfAreas | None:
        """Read for every photo that is looked at, since the zoom goes there."""
        if frame is None or frame.grade is Grade.THUMBNAIL:
            return None
        return self._maker.areas(photo, self._asker)

    def _landing(self) -> QPointF | None:
        """Where the zoom goes: where the camera focused, else where the picture is sharpest."""
        photo, frame = self._photo(), self._view.frame
        if photo is None or frame is None:
            return None
        areas = self._areas(photo, frame)
        place = areas.main if areas is not None else None
        if place is None and photo.attributes is not None:
            place = photo.attributes.sharpest
        if place is None:
            return None
        return QPointF(place.left + place.width / 2, place.top + place.height / 2)

    def _made(self, key: Key) -> None:
        photo = self._photo()
        if photo is not None and key_of(photo) == key:
            self.look()
