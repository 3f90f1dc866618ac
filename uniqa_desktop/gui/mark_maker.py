"""Makes what the overlays show, in a thread of its own, and keeps it.

Masks are measured at every pixel of a picture and kept at half its size where it is large. They are
kept by photo *and* content identity, as decoded pictures are, so that none can be shown over
another photo; while the mask of a better picture is made, that of the lesser one of the same photo
serves.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from uniqa_desktop.gui import mark_layers
from uniqa_desktop.gui.background import Background
from uniqa_desktop.gui.frame import Frame, Grade, readable
from uniqa_desktop.gui.loupe_loader import Key, key_of
from uniqa_desktop.gui.mark_layers import AfAreas, MaskLayer
from uniqa_desktop.photo import Photo

if TYPE_CHECKING:
    import numpy as np

_BUDGET = 192 * 1024 * 1024
"""Bytes of masks that are kept: those of some ten photos of 24 megapixels."""
_AREAS = 2000
"""Photos of which the AF areas are remembered."""
_LARGE = 4096
"""Masks with a longer side are kept at half their size: a mark is wider than a pixel."""
_SMALLEST = 512
"""Halving stops here (longer side)."""


@dataclass(frozen=True, eq=False, slots=True)
class Marked:
    """The masks of one kind over one picture, and what share of it they cover, in percent."""

    layers: tuple[MaskLayer, ...]
    percent: tuple[float, ...]

    @property
    def bytes(self) -> int:
        """What it costs in memory."""
        return sum(layer.bytes for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Kind:
    """How an overlay is made of pixels, and from which grade of picture on that means anything."""

    make: Callable[[np.ndarray], Marked]
    least: Grade


def _clipping(pixels: np.ndarray) -> Marked:
    from uniqa_desktop.clipping import clipping

    found = clipping(pixels)
    return Marked(
        (
            MaskLayer(_levels(found.highlights, gain=2), mark_layers.highlights),
            MaskLayer(_levels(found.shadows, gain=2), mark_layers.shadows),
        ),
        (found.highlights_percent, found.shadows_percent),
    )


def _peaking(pixels: np.ndarray) -> Marked:
    import cv2

    from uniqa_desktop.peaking import peaking

    mask = peaking(pixels)
    share = 100 * cv2.countNonZero(mask) / mask.size
    return Marked((MaskLayer(_levels(mask, gain=1.5), mark_layers.focus),), (share,))


KINDS = {
    "clipping": Kind(_clipping, Grade.PREVIEW),
    # A reduced copy of a picture is sharp everywhere.
    "peaking": Kind(_peaking, Grade.FULL),
}


class MarkMaker(QObject):
    """Masks and AF areas of photos, made when they are asked for.

    Signals:
        made(Key): something of this photo has come.
    """

    made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("overlays", self)
        self._kept: OrderedDict[tuple[str, Key, Grade], Marked] = OrderedDict()
        self._areas: OrderedDict[Key, AfAreas] = OrderedDict()
        self._asked: dict[str, object] = {}

    def marked(self, kind: str, photo: Photo, frame: Frame, asker: str) -> Marked | None:
        """The masks of a kind over a picture of a photo, or those of a lesser picture of it.

        What is not there is made, in the place of what `asker` asked for before.
        """
        least = KINDS[kind].least
        key = key_of(photo)
        found = None
        for grade in range(least, frame.grade + 1):
            found = self._kept.get((kind, key, Grade(grade))) or found
        wanted = (kind, key, frame.grade)
        slot = f"{kind} {asker}"
        if wanted in self._kept:
            self._kept.move_to_end(wanted)
        elif frame.grade >= least:
            image, make = frame.levels[0], KINDS[kind].make
            self._submit(
                slot, wanted, lambda: make(_rgb(image)), lambda made: self._keep(wanted, made)
            )
        return found

    def areas(self, photo: Photo, asker: str) -> AfAreas | None:
        """The AF areas of a photo; `None` while they are being read."""
        key = key_of(photo)
        found = self._areas.get(key)
        if found is None:
            width, height = photo.meta.width, photo.meta.height
            size = (width, height) if width and height else None
            self._submit(
                f"areas {asker}",
                key,
                lambda: _areas(key, size),
                lambda areas: self._keep_areas(key, areas),
            )
        return found

    def stop(self) -> None:
        """Ends the thread and waits for it."""
        self._background.stop()

    def _submit(
        self, slot: str, wanted: object, work: Callable[[], Any], keep: Callable[[Any], None]
    ) -> None:
        """Has something made, unless that is under way."""
        if self._asked.get(slot) == wanted:
            return
        self._asked[slot] = wanted

        def done(result: Any) -> None:
            del self._asked[slot]
            keep(result)

        self._background.submit(slot, work, done)

    def _keep(self, key: tuple[str, Key, Grade], made: Marked) -> None:
        self._kept[key] = made
        total = sum(each.bytes for each in self._kept.values())
        while total > _BUDGET and len(self._kept) > 1:
            total -= self._kept.popitem(last=False)[1].bytes
        self.made.emit(key[1])

    def _keep_areas(self, key: Key, areas: AfAreas) -> None:
        self._areas[key] = areas
        if len(self._areas) > _AREAS:
            self._areas.popitem(last=False)
        self.made.emit(key)


def _areas(key: Key, size: tuple[int, int] | None) -> AfAreas:
    from uniqa_desktop import af_point

    try:
        areas = af_point.read(key[0], size)
    except OSError:  # gone: the loupe says so
        areas = ()
    return AfAreas(areas, af_point.main_area(areas))


def _rgb(image: QImage) -> np.ndarray:
    import cv2

    return cv2.cvtColor(readable(image), cv2.COLOR_BGRA2RGB)


def _levels(mask: np.ndarray, gain: float) -> list[np.ndarray]:
    """The mask for every size at which the picture may be seen.

    With each halving a mark grows by `gain`, up to full strength: a place of which half is clipped
    counts as clipped, and lines fade only slowly, while a thicket of them stays one.
    """
    while max(mask.shape) > _LARGE:
        mask = _halved(mask, gain)
    levels = [mask]
    while max(levels[-1].shape) >= 2 * _SMALLEST:
        levels.append(_halved(levels[-1], gain))
    return levels


def _halved(mask: np.ndarray, gain: float) -> np.ndarray:
    import cv2

    height, width = mask.shape[0] // 2, mask.shape[1] // 2
    means = cv2.resize(
        mask[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA
    )
    return cv2.convertScaleAbs(means, alpha=gain)
