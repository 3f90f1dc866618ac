"""The photos that a taste counts for, as learning sees them: read from the library once.

Stored features and measures alone are read; no photo is opened and no model is loaded.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.store.tastes import Profile
from uniqa_desktop.taste.evidence import Choice, Gathered, Said, gather
from uniqa_desktop.taste.space import Seen, Space, sampled

_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Photos of one profile under one model.

    `ids` are the photos that a taste can be told of (they have a generic score, and features if
    the model has them), ascending; `seen` is where they stand in `space`; `without` the photos
    that lack something.
    """

    ids: array[int]
    seen: Seen
    space: Space
    without: frozenset[int]
    weights: str

    def rows(self, photos: Sequence[int]) -> NDArray[np.int64]:
        """The positions of photos, which must be among `ids`."""
        return np.searchsorted(np.asarray(self.ids), np.asarray(photos, np.int64))

    def holds(self, photos: Sequence[int]) -> set[int]:
        """Those of `photos` that are among `ids`."""
        return set(photos).intersection(self.ids)


def read(
    store: Store,
    scorer: Scorer,
    profile: Profile,
    space: Space | None = None,
    *,
    most: int | None = None,
    also: Collection[int] = (),
) -> View:
    """Reads the photos that a profile counts for.

    Args:
        store: the library.
        scorer: the model in use; it is not opened.
        profile: whose photos.
        space: the scales of a taste learned before; made from these photos without.
        most: of more photos than that, an even sample is read.
        also: photos that are read in any case.
    """
    wanted: Sequence[int] = store.tastes.within(profile)
    if space is None:
        space = _space(store, scorer, wanted)
    if most is not None and len(wanted) > most:
        wanted = sorted({*wanted[:: -(-len(wanted) // most)], *set(wanted).intersection(also)})
    ids: array[int] = array("q")
    parts: list[Seen] = []
    for block, directions, measures in _blocks(store, scorer, wanted):
        ids.extend(block)
        parts.append(space.place(directions, measures[:, :-1], measures[:, -1]))
    without = frozenset(wanted).difference(ids)
    return View(ids, _joined(parts, space), space, without, weights_of(scorer))


def one(store: Store, scorer: Scorer, photo: int, space: Space) -> Seen | None:
    """Where a photo stands; `None` if it has no features or score yet."""
    for _, directions, measures in _blocks(store, scorer, [photo]):
        return space.place(directions, measures[:, :-1], measures[:, -1])
    return None


def evidence(store: Store, profile: Profile) -> Gathered:
    """What standing verdicts and choices say of the photos that a profile counts for."""
    inside = set(store.tastes.within(profile))
    said = [
        Said(one.photo, one.flag, one.flag_given, one.stars, one.stars_given)
        for one in store.opinions.given()
        if one.photo in inside
    ]
    choices = [
        Choice(one.better, one.worse, one.given)
        for one in store.opinions.choices()
        if one.better in inside and one.worse in inside
    ]
    return gather(said, choices, store.opinions.groups([one.photo for one in said]))


def weights_of(scorer: Scorer) -> str:
    """What a taste learned with a model belongs to: the hash of its weights, or its id."""
    key = scorer.features_key
    return scorer.model if key is None else key.weights


def _space(store: Store, scorer: Scorer, wanted: Sequence[int]) -> Space:
    parts = list(_blocks(store, scorer, wanted[sampled(len(wanted))]))
    if not parts:
        return Space.of(None, np.zeros((0, 8)), np.zeros(0))
    measures = np.concatenate([part[2] for part in parts])
    directions = [part[1] for part in parts]
    if any(one is None for one in directions):
        return Space.of(None, measures[:, :-1], measures[:, -1])
    together = np.concatenate([one for one in directions if one is not None])
    return Space.of(together, measures[:, :-1], measures[:, -1])


def _blocks(
    store: Store, scorer: Scorer, wanted: Sequence[int]
) -> Iterator[tuple[Sequence[int], NDArray[np.floating] | None, NDArray[np.float64]]]:
    """Photos that have all that is needed, with directions and measures, some thousands at once."""
    for start in range(0, len(wanted), _AT_ONCE):
        block: Sequence[int] = wanted[start : start + _AT_ONCE]
        directions = None
        if scorer.features_key is not None:
            block, vectors = store.features.read(block, *scorer.features_key)
            directions = scorer.directions(vectors) if len(block) else None
        measures = store.opinions.measures(block, scorer.model)
        known = np.isfinite(measures[:, -1])
        if not known.any():
            continue
        yield (
            [photo for photo, there in zip(block, known, strict=True) if there],
            None if directions is None else directions[known],
            measures[known],
        )


def _joined(parts: Sequence[Seen], space: Space) -> Seen:
    if not parts:
        return Seen(np.zeros((0, space.axes.shape[1])), np.zeros((0, 8)), np.zeros(0))
    return Seen(
        np.concatenate([part.likeness for part in parts]),
        np.concatenate([part.cues for part in parts]),
        np.concatenate([part.generic for part in parts]),
    )
