"""Which number stands on a photo in the grid: the one that the list is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from uniqa_desktop.gui.delegate import quality
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Photo
from uniqa_desktop.query import Sort

Number = Callable[[Photo], float | None]


def _hidden(photo: Photo) -> float | None:
    """No number at all, for the blind mode."""
    return None


def _attribute(name: str) -> Number:
    return lambda photo: photo.attributes and getattr(photo.attributes, name).value


_NUMBERS: Mapping[Sort, Number] = {
    Sort.AESTHETICS: lambda photo: photo.scores and photo.scores.aesthetics,
    Sort.TASTE: lambda photo: photo.taste,
    **{Sort(name): _attribute(name) for name in ATTRIBUTE_NAMES},
}


def number_for(sort: Sort, blind: bool) -> Number:
    """What gives the number (0–100 or `None`): quality where the sort key has none of its own,
    nothing in the blind mode."""
    return _hidden if blind else _NUMBERS.get(sort, quality)
