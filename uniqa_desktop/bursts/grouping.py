"""Groups of a library, live at any strictness: evidence is gathered once, groups follow from it.

1. Equal files are one frame from here on.
2. Neighbours in a camera's sequence are linked where the odds reach what strictness asks for.
3. Linked runs keep who resembles their centre; the rest is cut off and tried again. So nothing is
   chained: A like B like C does not bring A to C.
4. Brackets, panoramas and focus stacks come out of the sequence before that.
5. What is left may be a copy of something far away: edits, sizes, formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from uniqa_desktop.bursts import copies, evidence, series
from uniqa_desktop.bursts.closer import Overlap
from uniqa_desktop.bursts.frames import Floats, Frames, Ints, Mask
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.bursts.series import Whole

STRICTNESS = 50
"""The strictness at which a link needs even odds."""
PER_LOG_ODD = 10.0
"""Steps of strictness that ask for one more log-odd: 0 is −5, 100 is +5."""
_REACH = 4
"""Neighbours that a frame is compared with: a black or blinked frame does not cut a burst."""


@dataclass(frozen=True, slots=True, eq=False)
class Closer:
    """What looking at pictures added: overlaps of neighbours and how focus wanders in runs, both
    by the ids of the first and the last; `unseen` is how many pictures were not there."""

    overlaps: Mapping[tuple[int, int], Overlap] = field(default_factory=dict)
    wander: Mapping[tuple[int, int], float] = field(default_factory=dict)
    unseen: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All that `regroup` needs, gathered once.

    Attributes:
        frames: the photos.
        heads: the place of one photo of each content, in order; all below counts along them.
        head_of: for each photo, which of `heads` has its content.
        links: `_REACH` arrays; `links[k][p]` is the odds that p and p+k+1 are of one moment.
        nearest: the best of all links of a frame.
        wholes: brackets, panoramas and focus stacks, apart from each other.
        copies: pairs of heads, and the odds that they are copies of one exposure.
        closer: what looking at pictures added.
    """

    frames: Frames
    heads: Ints
    head_of: Ints
    links: tuple[Floats, ...]
    nearest: Floats
    wholes: tuple[Whole, ...]
    copies: tuple[Ints, Ints, Floats]
    closer: Closer


def heads_of(frames: Frames) -> tuple[Ints, Ints]:
    """The place of the first photo of each content, in order, and each photo's among them."""
    _, first, inverse = np.unique(frames.content, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order].astype(np.int64), rank[inverse.reshape(-1)].astype(np.int64)


def gather(frames: Frames, closer: Closer | None = None) -> Evidence:
    """The evidence of N photos: O(N) comparisons in the sequence, and a search for copies."""
    closer = closer or Closer()
    heads, head_of = heads_of(frames)
    links, nearest = _links(frames, heads)
    wholes = [
        *series.brackets(frames, heads),
        *series.panoramas(frames, heads, closer.overlaps),
        *series.stacks(frames, heads, closer.wander),
    ]
    one, other = copies.close_pairs(frames.hashes[heads])
    odds = evidence.copy(frames, heads[one], heads[other])
    likely = odds >= threshold(0)
    return Evidence(
        frames=frames,
        heads=heads,
        head_of=head_of,
        links=links,
        nearest=nearest,
        wholes=_apart(wholes),
        copies=(one[likely], other[likely], odds[likely]),
        closer=closer,
    )


def threshold(strictness: float) -> float:
    """The log-odds that a link needs at a strictness (0–100)."""
    return (strictness - STRICTNESS) / PER_LOG_ODD


def regroup(known: Evidence, strictness: float = STRICTNESS) -> list[Group]:
    """The groups at a strictness from 0 (generous) to 100 (strict), in order of capture.

    Raises:
        ValueError: a strictness beyond that.
    """
    if not 0 <= strictness <= 100:
        raise ValueError(f"strictness goes from 0 to 100, not {strictness}")
    return _Grouping(known, threshold(strictness)).groups()


def _links(frames: Frames, heads: Ints) -> tuple[tuple[Floats, ...], Floats]:
    count = len(heads)
    lines = frames.line[heads]
    broken = evidence.rhythm(frames, heads)
    nearest = np.full(count, -np.inf, np.float32)
    links = []
    for step in range(1, _REACH + 1):
        one, other = heads[:-step], heads[step:]
        odds = np.full(max(0, count - step), -np.inf, np.float32)
        if len(odds):
            same = lines[:-step] == lines[step:]
            odds[same] = evidence.moment(frames, one[same], other[same])
            windows = np.lib.stride_tricks.sliding_window_view(broken, step)
            odds += windows.min(axis=1)
            nearest[:-step] = np.maximum(nearest[:-step], odds)
            nearest[step:] = np.maximum(nearest[step:], odds)
        links.append(odds)
    return tuple(links), nearest


def _apart(wholes: list[Whole]) -> tuple[Whole, ...]:
    """The likeliest wholes of which no two share a photo, in order."""
    chosen: list[Whole] = []
    taken: set[int] = set()
    for whole in sorted(wholes, key=lambda whole: (-whole.odds, whole.first)):
        places = range(whole.first, whole.end)
        if taken.isdisjoint(places):
            chosen.append(whole)
            taken.update(places)
    return tuple(sorted(chosen, key=lambda whole: whole.first))


class _Grouping:
    """One grouping as it grows; arrays count along the heads."""

    def __init__(self, known: Evidence, least: float) -> None:
        self._known = known
        self._least = least
        count = len(known.heads)
        self._label = np.full(count, -1, np.int64)
        """The group of each head, −1 for none."""
        self._odds = np.zeros(count, np.float32)
        """How well each belongs to its group."""
        self._kinds: list[Kind] = []
        self._covers: list[int] = []

    def groups(self) -> list[Group]:
        """Takes the steps and puts the result into words."""
        known = self._known
        if not len(known.heads):
            return []
        inside = self._wholes()
        self._moments(inside)
        self._copies()
        return self._told()

    def _wholes(self) -> Mask:
        """Takes out works; returns whose gap to the next lies in one or at its edge."""
        barred = np.zeros(max(0, len(self._label) - 1), bool)
        for whole in self._known.wholes:
            if whole.odds >= self._least:
                self._label[whole.first : whole.end] = len(self._kinds)
                self._odds[whole.first : whole.end] = whole.odds
                self._kinds.append(whole.kind)
                self._covers.append(whole.cover)
                barred[max(0, whole.first - 1) : whole.end] = True
        return barred

    def _moments(self, barred: Mask) -> None:
        joined = self._joined() & ~barred
        places = np.arange(len(self._label))
        run = np.concatenate([[0], np.cumsum(~joined)])
        places = places[self._label < 0]
        run = run[places]
        while True:
            run, places = _of_two_or_more(run, places)
            if not len(places):
                return
            starts = np.flatnonzero(np.diff(run, prepend=-1))
            lengths = np.diff(np.append(starts, len(run)))
            centre = np.repeat(self._centres(places, starts), lengths)
            odds = self._to_centre(places, centre)
            fits = odds >= self._least
            sizes = np.add.reduceat(fits.astype(np.int64), starts)
            kept = fits & np.repeat(sizes >= 2, lengths)
            self._take(places, centre, kept, odds)
            # A run whose centre stands alone loses just that: the rest may still belong together.
            alone = np.repeat(sizes < 2, lengths) & (places == centre)
            left = ~kept & ~alone
            fresh = np.flatnonzero(left)
            if not len(fresh):
                return
            breaks = (np.diff(run[fresh]) != 0) | (np.diff(fresh) != 1)
            run, places = np.concatenate([[0], np.cumsum(breaks)]), places[fresh]

    def _joined(self) -> Mask:
        """Which gaps between neighbours a strong enough link spans."""
        joined = np.zeros(max(0, len(self._label) - 1), bool)
        for back, odds in enumerate(self._known.links):
            strong = odds >= self._least
            for offset in range(back + 1):
                joined[offset : offset + len(strong)] |= strong
        return joined

    def _centres(self, places: Ints, starts: Ints) -> Ints:
        """The place of the medoid of each run: who is nearest to the mean of all."""
        frames, at = self._known.frames, self._known.heads[places]
        lengths = np.diff(np.append(starts, len(places)))
        found = np.empty(len(starts), np.int64)
        # Runs of one length at a time: as blocks they are summed ten times faster than one by one.
        for length in np.unique(lengths).tolist():
            chosen = np.flatnonzero(lengths == length)
            spread = starts[chosen][:, None] + np.arange(length)
            rows = _directions(frames, at[spread])
            near = np.einsum("rkd,rd->rk", rows, rows.sum(axis=1))
            found[chosen] = places[starts[chosen] + near.argmax(axis=1)]
        return found

    def _to_centre(self, places: Ints, centre: Ints) -> Floats:
        """Log-odds of belonging, by likeness to the centre; the centre itself is certain."""
        frames, heads = self._known.frames, self._known.heads
        one, other = heads[np.minimum(places, centre)], heads[np.maximum(places, centre)]
        odds = evidence.WEIGHTS["centre"] + evidence.likeness(frames, one, other)
        odds += evidence.settings(frames, one, other) + evidence.marks(frames, one, other)
        return np.where(places == centre, np.float32(9), odds)

    def _take(self, places: Ints, centre: Ints, kept: Mask, odds: Floats) -> None:
        members, centres = places[kept], centre[kept]
        if not len(members):
            return
        groups, inverse = np.unique(centres, return_inverse=True)
        self._label[members] = len(self._kinds) + inverse
        self._odds[members] = np.minimum(odds[kept], self._known.nearest[members])
        same = self._are_copies(members, centres)
        near = np.ones(len(groups), bool)
        np.logical_and.at(near, inverse, same)
        self._kinds += [Kind.NEAR if copied else Kind.BURST for copied in near.tolist()]
        covers = groups.copy()
        if near.any():
            for group in np.flatnonzero(near).tolist():
                covers[group] = self._largest(members[inverse == group])
        self._covers += covers.tolist()

    def _are_copies(self, members: Ints, centres: Ints) -> Mask:
        """Who is another form of the very exposure that the centre is."""
        frames, heads = self._known.frames, self._known.heads
        one, other = heads[members], heads[centres]
        same = one == other
        # Two frames of one burst are never taken at the same instant, if the clock is that fine.
        could = ~same & (frames.taken[one] == frames.taken[other])
        same[could] = evidence.copy(frames, one[could], other[could]) >= self._least
        return same

    def _largest(self, members: Ints) -> int:
        """Of copies the one with most pixels; of equal ones the first."""
        shape = self._known.frames.shape[self._known.heads[members]]
        return int(members[np.argmax(shape.prod(axis=1))])

    def _copies(self) -> None:
        """Single photos join a group that one of them is a copy in, or each other."""
        one, other, odds = self._known.copies
        strong = odds >= self._least
        one, other, odds = one[strong], other[strong], odds[strong]
        label = self._label.copy()
        for single, grouped in ((one, other), (other, one)):
            joins = (label[single] < 0) & (label[grouped] >= 0)
            order = np.argsort(odds[joins], kind="stable")
            self._label[single[joins][order]] = label[grouped[joins][order]]
            self._odds[single[joins][order]] = odds[joins][order]
        free = (self._label[one] < 0) & (self._label[other] < 0)
        one, other, odds = one[free], other[free], odds[free]
        centre = copies.stars(len(label), one, other, odds)
        members = np.flatnonzero(centre != np.arange(len(centre)))
        if not len(members):
            return
        groups, inverse = np.unique(centre[members], return_inverse=True)
        frames, heads = self._known.frames, self._known.heads
        strength = evidence.copy(frames, heads[members], heads[centre[members]])
        self._label[members] = self._label[centre[members]] = len(self._kinds) + inverse
        self._odds[members] = strength
        np.maximum.at(self._odds, centre[members], strength)
        self._kinds += [Kind.NEAR] * len(groups)
        order = np.argsort(inverse, kind="stable")
        parts = np.split(members[order], np.flatnonzero(np.diff(inverse[order])) + 1)
        self._covers += [
            self._largest(np.sort(np.append(part, group)))
            for part, group in zip(parts, groups, strict=True)
        ]

    def _told(self) -> list[Group]:
        """The groups as values; equal files follow their head."""
        known = self._known
        counts = np.bincount(known.head_of, minlength=len(known.heads))
        lonely = np.flatnonzero((self._label < 0) & (counts > 1))
        self._label[lonely] = len(self._kinds) + np.arange(len(lonely))
        self._odds[lonely] = np.inf
        self._kinds += [Kind.EXACT] * len(lonely)
        self._covers += lonely.tolist()
        label = self._label[known.head_of]
        places = np.flatnonzero(label >= 0)
        if not len(places):
            return []
        places = places[np.argsort(label[places], kind="stable")]
        label = label[places]
        starts = np.flatnonzero(np.diff(label, prepend=-1))
        with np.errstate(over="ignore"):
            chance = 1 / (1 + np.exp(-self._odds[known.head_of[places]].astype(np.float64)))
        sure = np.add.reduceat(chance, starts) / np.diff(np.append(starts, len(places)))
        ids = known.frames.ids[places].tolist()
        ends = [*starts[1:].tolist(), len(ids)]
        covers = known.frames.ids[known.heads[np.array(self._covers)]].tolist()
        numbers = label[starts].tolist()
        order = np.argsort(places[starts], kind="stable").tolist()
        begins, sure = starts.tolist(), sure.round(3).tolist()
        return [
            Group(
                self._kinds[numbers[at]],
                tuple(ids[begins[at] : ends[at]]),
                covers[numbers[at]],
                sure[at],
            )
            for at in order
        ]


def _directions(frames: Frames, at: Ints) -> Floats:
    """What tells how photos look, as directions: looks, or the bits of the hashes without them."""
    if frames.looks is not None:
        return frames.looks[at]
    hashes = frames.hashes[at].astype(">u8").view(np.uint8).reshape(*at.shape, 8)
    return np.unpackbits(hashes, axis=-1).astype(np.float32) - np.float32(0.5)


def _of_two_or_more(run: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Without the runs of a single photo."""
    if not len(run):
        return run, places
    alone = np.concatenate([[True], np.diff(run) != 0]) & np.concatenate(
        [np.diff(run) != 0, [True]]
    )
    return run[~alone], places[~alone]
