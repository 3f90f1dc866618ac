"""ATTIQA-style cues: what a model sees of the five attributes, relative within a folder.

The numbers come from the features that scoring has stored; no photo is opened. They are not
calibrated ("Sharp photo." is nearer than "Blurry photo." to almost everything), so what is shown is
where a photo stands among those of its folder. ATTIQA's own prompts have not been published.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.query import Query
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store

SAMPLE = 2000
"""A larger folder is compared with as many of its photos, evenly spread: good to about 1 %."""

Spread = NDArray[np.float32]
"""The cues of a folder's photos, each column in ascending order: photos×5."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What a model sees of one photo, by attribute name.

    `seen` is its own number, 0–100; `standing` the share of the folder's photos (0–100) in which
    it sees less, ties counting half, or `None` where there is nothing to compare with.
    """

    photo: int
    seen: dict[str, float]
    standing: dict[str, float] | None


def spread(store: Store, scorer: Scorer, folders: tuple) -> Spread | None:
    """The cues of the present photos at or below `folders`, or of a sample of them.

    `None` for a model without features or cues.
    """
    if scorer.features_key is None:
        return None
    ids = store.photos.ids(Query(scorer.model, folders=folders))
    step = -(-len(ids) // SAMPLE) or 1
    _, vectors = store.features.read(ids[::step], *scorer.features_key)
    if not len(vectors):
        return None
    found = scorer.cues(vectors)
    return None if found is None else np.sort(found.astype(np.float32), axis=0)


def of_photo(store: Store, scorer: Scorer, photo: int, among: Spread | None) -> Cues | None:
    """The cues of one photo; `None` if the model has none or has no features of it yet."""
    if scorer.features_key is None:
        return None
    known, vectors = store.features.read([photo], *scorer.features_key)
    found = scorer.cues(vectors) if len(known) else None
    if found is None:
        return None
    seen = found[0].astype(np.float32)
    standing = None if among is None or len(among) < 2 else _standing(among, seen)
    return Cues(photo, _named(seen), None if standing is None else _named(standing))


def _standing(among: Spread, seen: NDArray[np.float32]) -> NDArray[np.float32]:
    below = [np.searchsorted(column, value) for column, value in zip(among.T, seen, strict=True)]
    up_to = [
        np.searchsorted(column, value, side="right")
        for column, value in zip(among.T, seen, strict=True)
    ]
    return ((np.array(below) + np.array(up_to)) / 2 / len(among) * 100).astype(np.float32)


def _named(values: NDArray[np.float32]) -> dict[str, float]:
    return dict(zip(ATTRIBUTE_NAMES, map(float, values), strict=True))
