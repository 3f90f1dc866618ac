"""Finding photos that look the same wherever they are: pairs of close perceptual hashes.

Multi-index hashing (Norouzi, Punjani, Fleet, "Fast search in Hamming space with multi-index
hashing", CVPR 2012): 64 bits in three bands; two hashes that differ in at most 5 bits have a band
that differs in at most one. So each band and each of its neighbours is looked up. Bands of 21 bits
are so wide that even in large libraries few photos share one by chance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.bursts.frames import Ints, Mask

RADIUS = 5
"""Bits that two hashes may differ in to be found."""
_BANDS = ((0, 22), (22, 21), (43, 21))
"""Where each begins, from the highest bit, and how many bits it has."""
_MOST = 24
"""Neighbours looked at per photo, band and flip: thousands of frames of one empty sky are linked
to their closest ones, not each to each, so that the work grows with the number of photos."""


def close_pairs(hashes: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Pairs (smaller place first, each once) whose hashes differ in at most `RADIUS` bits."""
    found = [np.zeros(0, np.int64)]
    count = len(hashes)
    for begin, width in _BANDS:
        turned = _turned(hashes, begin)
        order = np.argsort(turned, kind="stable")
        keys = (turned[order] >> np.uint64(64 - width)).astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=1 << width))])
        for flip in (0, *(1 << bit for bit in range(width))):
            one, other = _neighbours(keys, starts, flip)
            one, other = order[one], order[other]
            near = np.bitwise_count(hashes[one] ^ hashes[other]) <= RADIUS
            one, other = one[near], other[near]
            found.append(np.minimum(one, other) * count + np.maximum(one, other))
    pairs = np.unique(np.concatenate(found))
    return np.divmod(pairs, max(count, 1))


def _turned(hashes: NDArray[np.uint64], begin: int) -> NDArray[np.uint64]:
    """The hashes with one band in front, so that in its bucket like ones lie side by side."""
    if not begin:
        return hashes
    return (hashes << np.uint64(begin)) | (hashes >> np.uint64(64 - begin))


def _neighbours(keys: Ints, starts: Ints, flip: int) -> tuple[Ints, Ints]:
    """Places in sorted order of those in one bucket, or in it and the one `flip` away."""
    places = np.arange(len(keys))
    if flip == 0:
        first, last = places + 1, starts[keys + 1]
    else:
        places = places[(keys & flip) == 0]
        other = keys[places] | flip
        first, last = starts[other], starts[other + 1]
    counts = np.clip(last - first, 0, _MOST)
    one = np.repeat(places, counts)
    within = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
    return one, np.repeat(first, counts) + within


def stars(count: int, one: Ints, other: Ints, weight: NDArray[np.floating]) -> Ints:
    """Each node's centre: of linked nodes the one with most links takes those it is linked to.

    No chains: every member is linked to its centre. A node without links is its own.

    Args:
        count: how many nodes there are.
        one: where the links begin.
        other: where they end.
        weight: how strong they are; a node goes to its best centre.
    """
    centre = np.arange(count)
    free: Mask = np.zeros(count, bool)
    free[one] = free[other] = True
    ends, begins = np.concatenate([one, other]), np.concatenate([other, one])
    strength = np.concatenate([weight, weight])
    while len(ends):
        links = np.bincount(ends, minlength=count)
        # Ties go to the earlier one.
        rank = links.astype(np.int64) * count + (count - 1 - np.arange(count))
        highest = rank.copy()
        np.maximum.at(highest, ends, rank[begins])
        is_centre = free & (highest == rank)
        taken = is_centre[begins] & ~is_centre[ends]
        order = np.argsort(strength[taken], kind="stable")
        centre[ends[taken][order]] = begins[taken][order]
        free[is_centre] = False
        free[ends[taken]] = False
        alive = free[ends] & free[begins]
        ends, begins, strength = ends[alive], begins[alive], strength[alive]
    return centre
