"""Which pictures several panes want of the loader, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence

from uniqa_desktop.gui.frame import Grade
from uniqa_desktop.gui.loupe_loader import BUDGET, Wish, key_of
from uniqa_desktop.gui.pane import Pane
from uniqa_desktop.photo import Photo, State

_PIXEL_BYTES = 4 * 4 / 3
"""What a pixel of a full picture costs in memory, its reductions included."""
_UNKNOWN = 24e6
"""How many pixels a photo is taken to have where its metadata do not say."""


def wishes(
    panes: Sequence[Pane], neighbours: Sequence[Photo], long_side: int, *, full: bool
) -> list[Wish]:
    """Previews of what is shown, full pictures as far as the loader's memory reaches, and previews
    of what would come next.

    Args:
        panes: the active one first.
        neighbours: photos that may be shown next.
        long_side: how many pixels a preview should have.
        full: the panes have been rested on.
    """
    shown = [
        pane
        for pane in panes
        if pane.photo is not None
        and pane.photo.state is State.PRESENT
        and not pane.view.box.isEmpty()
    ]
    wanted = [(pane, Grade.PREVIEW) for pane in shown]
    if full:
        wanted += [(pane, Grade.FULL) for pane in _fulls(shown)]
    found = [
        Wish(key_of(pane.photo), grade, pane.view.box, long_side)
        for pane, grade in wanted
        if pane.photo is not None and not _has(pane, grade)
    ]
    if shown:
        found += [
            Wish(key_of(photo), Grade.PREVIEW, shown[-1].view.box, long_side)
            for photo in neighbours
            if photo.state is State.PRESENT
        ]
    return found


def _fulls(panes: Sequence[Pane]) -> list[Pane]:
    """The panes that shall have full pictures: two always, more only when zoomed, and no more
    than can be kept."""
    zoomed = any(not pane.view.fitted for pane in panes)
    if len(panes) > 2 and not zoomed:
        return []
    room, chosen = 1.05 * BUDGET, []
    for pane in panes:
        meta = pane.photo.meta if pane.photo is not None else None
        pixels = (meta and meta.width and meta.height and meta.width * meta.height) or _UNKNOWN
        room -= pixels * _PIXEL_BYTES
        if room < 0 and chosen:
            break
        chosen.append(pane)
    return chosen


def _has(pane: Pane, grade: Grade) -> bool:
    frame = pane.view.frame
    return frame is not None and frame.grade >= grade and frame.fits(pane.view.box)
