"""What verdicts and choices tell of a person's taste, and how much each counts.

| given | says | counts |
|---|---|---|
| stars 1–5 | 0, 0.25, 0.5, 0.75, 1 | 1 |
| pick, maybe, reject | 0.9, 0.55, 0.1 | 0.7 |
| a choice of two | the first is better | 1 |
| a keeper in a burst | it is better than each frame that was not kept | 0.5 |

times what the person could see at that moment (`TRUST`). What was accepted from a suggestion never
counts: a model that learns its own proposals only finds itself right. A frame that is rejected
beside a keeper of the same burst tells which frame is better, and nothing of what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.taste.observations import Evidence

OF_STARS = {1: 0.0, 2: 0.25, 3: 0.5, 4: 0.75, 5: 1.0}
OF_FLAGS = {Flag.PICK: 0.9, Flag.MAYBE: 0.55, Flag.REJECT: 0.1}
WEIGHT_OF_STARS, WEIGHT_OF_FLAG, WEIGHT_OF_CHOICE, WEIGHT_OF_KEEPER = 1.0, 0.7, 1.0, 0.5
TRUST = {
    Provenance.BLIND: 1.0,
    Provenance.SIDECAR: 0.8,
    Provenance.SCORE_VISIBLE: 0.6,
    Provenance.SUGGESTION: 0.0,
}
"""How much a verdict counts by what could be seen: an anchor in view draws people towards it."""
MOST = 1000
"""Photos that one taste is learned from; of more, an even sample: time grows with their cube."""
_PAIRS_A_BURST = 12
"""More pairs of one burst would let a long burst outweigh all else."""


@dataclass(frozen=True, slots=True)
class Said:
    """The verdict that stands on a photo: its flag and stars, and what could be seen when each was
    given; `None` for what was not given."""

    photo: int
    flag: Flag = Flag.NONE
    flag_given: Provenance | None = None
    stars: int = 0
    stars_given: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One photo was preferred to another."""

    better: int
    worse: int
    given: Provenance = Provenance.BLIND


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """The evidence about `photos` (ids, ascending), and how it came together: `rated` photos and
    `pairs` that count, and `left_out` verdicts that do not because they were suggestions."""

    photos: tuple[int, ...]
    evidence: Evidence
    left_out: int

    @property
    def rated(self) -> int:
        return len(self.evidence.rated)

    @property
    def pairs(self) -> int:
        return len(self.evidence.pairs)

    def sampled(self) -> Gathered:
        """The same, of at most `MOST` photos."""
        step = -(-len(self.photos) // MOST) or 1
        return self if step == 1 else self.of_photos(set(self.photos[::step]))

    def of_photos(self, wanted: set[int]) -> Gathered:
        """The part about these photos."""
        rows = np.array([i for i, photo in enumerate(self.photos) if photo in wanted], np.int64)
        photos = tuple(self.photos[row] for row in rows)
        return Gathered(photos, self.evidence.of_photos(rows), self.left_out)


def gather(said: Sequence[Said], choices: Sequence[Choice], bursts: Mapping[int, int]) -> Gathered:
    """Puts together what counts; the same input in any order gives the same evidence.

    Args:
        said: the verdicts, one a photo.
        choices: of two photos; of contradicting ones both count, and weigh each other up.
        bursts: the burst that a photo belongs to.
    """
    pairs = [
        (choice.better, choice.worse, WEIGHT_OF_CHOICE * TRUST[choice.given])
        for choice in choices
        if choice.better != choice.worse
    ]
    among_frames, only_frames = _of_bursts(said, bursts)
    pairs = sorted(pair for pair in pairs + among_frames if pair[2] > 0)
    values: dict[int, tuple[float, float]] = {}
    left_out = 0
    for one in said:
        found = _value(one, one.photo in only_frames)
        if found is not None:
            values[one.photo] = found
        left_out += Provenance.SUGGESTION in (one.flag_given, one.stars_given)
    photos = sorted({*values, *(photo for pair in pairs for photo in pair[:2])})
    place = {photo: row for row, photo in enumerate(photos)}
    none = (float("nan"), 1.0)
    rows = np.array([values.get(photo, none) for photo in photos], np.float64).reshape(-1, 2)
    return Gathered(
        tuple(photos),
        Evidence(
            rows[:, 0],
            rows[:, 1],
            np.array([(place[a], place[b]) for a, b, _ in pairs], np.int64).reshape(-1, 2),
            np.array([weight for _, _, weight in pairs], np.float64),
        ),
        left_out,
    )


def _value(said: Said, only_a_frame: bool) -> tuple[float, float] | None:
    """What a verdict says of a photo (0–1), and its weight; both parts by their weights."""
    parts = []
    if said.stars and said.stars_given is not None:
        parts.append((OF_STARS[said.stars], WEIGHT_OF_STARS * TRUST[said.stars_given]))
    if said.flag in OF_FLAGS and said.flag_given is not None and not only_a_frame:
        parts.append((OF_FLAGS[said.flag], WEIGHT_OF_FLAG * TRUST[said.flag_given]))
    total = sum(weight for _, weight in parts)
    if not total:
        return None
    return sum(value * weight for value, weight in parts) / total, min(total, 1.0)


def _of_bursts(
    said: Sequence[Said], bursts: Mapping[int, int]
) -> tuple[list[tuple[int, int, float]], set[int]]:
    """Pairs of keepers with frames that were not kept, and those frames."""
    frames: dict[int, list[Said]] = {}
    for one in said:
        if one.photo in bursts and one.flag_given is not None:
            frames.setdefault(bursts[one.photo], []).append(one)
    pairs, only_frames = [], set()
    for _, members in sorted(frames.items()):
        members.sort(key=lambda one: one.photo)
        kept = [one for one in members if one.flag is Flag.PICK]
        left = [one for one in members if one.flag in (Flag.REJECT, Flag.MAYBE)]
        if not kept:
            continue
        only_frames |= {one.photo for one in left}
        found = [
            (k.photo, o.photo, WEIGHT_OF_KEEPER * min(_trust(k), _trust(o)))
            for k in kept
            for o in left
        ]
        pairs += found[:: -(-len(found) // _PAIRS_A_BURST) or 1]
    return pairs, only_frames


def _trust(said: Said) -> float:
    return 0.0 if said.flag_given is None else TRUST[said.flag_given]
