"""Grouping: which photos belong together, by what the library knows and a closer look at few."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from uniqa_desktop import decode
from uniqa_desktop.bursts import closer, frames, grouping, series
from uniqa_desktop.bursts.closer import Overlap
from uniqa_desktop.bursts.frames import Floats, Frames, Ints, Row
from uniqa_desktop.bursts.group import Group
from uniqa_desktop.bursts.grouping import Closer, Evidence
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Progress, Stage
from uniqa_desktop.scorers import Scorer
from uniqa_desktop.store import Store, Thumbs

_AT_ONCE = 2048
"""Features read at once: a block of them is all that is ever held at full length."""
_KEPT = 200
"""Small pictures held while neighbours are laid over each other."""


@dataclass(frozen=True, slots=True)
class BurstsReport:
    """What was found.

    Attributes:
        groups: as found and corrected by the user, by number.
        photos: how many photos were compared.
        unscored: photos that could not be, for they have not been scored yet (without those that
            cannot be read).
        featureless: compared photos without features by the model in use, so by hash alone.
        untimed: compared photos without a capture time (or one to be trusted).
        coarse: cameras whose clocks have no sub-seconds, by name.
        unseen: candidates for a panorama or focus stack whose thumbnails are missing.
    """

    groups: Mapping[int, Group]
    photos: int
    unscored: int
    featureless: int
    untimed: int
    coarse: tuple[str, ...]
    unseen: int
    stopped: bool = False


def bursts(
    store: Store,
    thumbs: Thumbs,
    scorer: Scorer | None = None,
    folders: Sequence[Path] = (),
    *,
    strictness: float = grouping.STRICTNESS,
    stop: threading.Event | None = None,
    keep: Callable[[Evidence], object] | None = None,
) -> Generator[Progress, None, BurstsReport]:
    """Groups the present photos at or below `folders` (of the library without any) and stores it.

    Args:
        store: the library.
        thumbs: the small pictures, for what has to be looked at.
        scorer: the model whose stored features are compared; nothing of it is loaded.
        folders: what is grouped; groups do not reach beyond.
        strictness: 0 (generous) to 100 (strict).
        stop: ends it before anything is stored.
        keep: is given all the evidence, for who wants to group at other strictnesses.

    Raises:
        DiskFull, LibraryError: nothing was stored.
        ValueError: a strictness beyond 0–100.
    """
    evidence = yield from gather(store, thumbs, scorer, folders, stop=stop)
    known = evidence.frames
    stopped = stop is not None and stop.is_set()
    if not stopped:
        found = grouping.regroup(evidence, strictness)
        store.groups.write(known.ids.tolist(), found)
        if keep is not None:
            keep(evidence)
    has_look = 0 if known.looks is None else int(known.looks.any(axis=1).sum())
    return BurstsReport(
        groups=store.groups.all(folders),
        photos=len(known),
        unscored=_unscored(store, folders, len(known)),
        featureless=len(known) - has_look,
        untimed=int((~known.timed).sum()),
        coarse=tuple(known.coarse_cameras()),
        unseen=evidence.closer.unseen,
        stopped=stopped,
    )


def _unscored(store: Store, folders: Sequence[Path], compared: int) -> int:
    unread = sum(failure.stage is Stage.SCORE for failure in store.failures.all(folders))
    return max(0, store.photos.total(folders) - compared - unread)


def gather(
    store: Store,
    thumbs: Thumbs,
    scorer: Scorer | None = None,
    folders: Sequence[Path] = (),
    *,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, Evidence]:
    """The evidence of `folders`, for `bursts.grouping.regroup` at any strictness.

    Stopped, it returns what is known without a closer look at pictures.
    """
    stop = stop or threading.Event()
    rows = [Row._make(row) for row in store.groups.frames(frames.UNKNOWN_TIME, folders)]
    pace = Pace("group", total=len(rows))
    yield pace.step()
    looks = yield from _looks(store, scorer, rows, pace, stop)
    known = frames.build(rows, looks)
    del rows, looks
    heads, _ = grouping.heads_of(known)
    looked = yield from _look_closer(store, thumbs, known, heads, stop)
    yield pace.step()
    return grouping.gather(known, looked)


def _looks(
    store: Store, scorer: Scorer | None, rows: Sequence[Row], pace: Pace, stop: threading.Event
) -> Generator[Progress, None, Floats | None]:
    """The sketches of all photos' features; `None` if the model has none of any."""
    if scorer is None or scorer.features_key is None or not rows:
        pace.add(len(rows))
        return None
    looks: Floats | None = None
    for start in range(0, len(rows), _AT_ONCE):
        if stop.is_set():
            break
        block = rows[start : start + _AT_ONCE]
        ids, vectors = store.features.read([row.photo for row in block], *scorer.features_key)
        directions = scorer.directions(vectors) if len(ids) else None
        if directions is not None:
            sketched = frames.sketch(directions)
            if looks is None:
                looks = np.zeros((len(rows), sketched.shape[1]), np.float32)
            place = {row.photo: at for at, row in enumerate(block, start)}
            looks[[place[photo] for photo in ids]] = sketched
        pace.add(len(block))
        if pace.due:
            yield pace.step()
    return looks


class _Pictures:
    """Thumbnails of photos, the last few of them kept; `unseen` are those that are missing."""

    def __init__(self, store: Store, thumbs: Thumbs, ids: Sequence[int]) -> None:
        self._identities: dict[int, bytes] = {}
        for start in range(0, len(ids), _AT_ONCE):
            part = store.photos.get(ids[start : start + _AT_ONCE])
            self._identities.update((photo.id, photo.identity) for photo in part)
        self._thumbs = thumbs
        self._small: dict[int, closer.Grey | None] = {}
        self.unseen: set[int] = set()

    def identity(self, photo: int) -> bytes:
        return self._identities[photo]

    def pixels(self, photo: int) -> np.ndarray | None:
        """The stored thumbnail."""
        data = self._thumbs.get(self.identity(photo))
        try:
            if data is not None:
                return decode.decode_jpeg_thumb(data)
        except PhotoError:
            pass
        self.unseen.add(photo)
        return None

    def small(self, photo: int) -> closer.Grey | None:
        """The same as `closer.overlap` wants it."""
        if photo not in self._small:
            while len(self._small) >= _KEPT:
                del self._small[next(iter(self._small))]
            pixels = self.pixels(photo)
            self._small[photo] = None if pixels is None else closer.small(pixels)
        return self._small[photo]


def _look_closer(
    store: Store, thumbs: Thumbs, known: Frames, heads: Ints, stop: threading.Event
) -> Generator[Progress, None, Closer]:
    """Overlaps of what could be panoramas, and how focus wanders in what could be stacks."""
    pairs = np.flatnonzero(series.panorama_pairs(known, heads))
    neighbours = [(int(known.ids[heads[at]]), int(known.ids[heads[at + 1]])) for at in pairs]
    runs = [
        known.ids[heads[first:end]].tolist() for first, end in series.stack_candidates(known, heads)
    ]
    pace = Pace("look closer", total=len(neighbours) + len(runs))
    named = dict.fromkeys(photo for series_ in (*neighbours, *runs) for photo in series_)
    pictures = _Pictures(store, thumbs, list(named))
    overlaps = yield from _overlaps(store, pictures, neighbours, pace, stop)
    wander: dict[tuple[int, int], float] = {}
    for run in runs:
        if stop.is_set():
            break
        seen = [pictures.pixels(photo) for photo in run]
        whole = [pixels for pixels in seen if pixels is not None]
        if len(whole) == len(run) and len({pixels.shape for pixels in whole}) == 1:
            wander[run[0], run[-1]] = closer.wander(whole)
        pace.add()
        if pace.due:
            yield pace.step()
    return Closer(overlaps, wander, len(pictures.unseen))


def _overlaps(
    store: Store,
    pictures: _Pictures,
    neighbours: Sequence[tuple[int, int]],
    pace: Pace,
    stop: threading.Event,
) -> Generator[Progress, None, dict[tuple[int, int], Overlap]]:
    """The overlaps of pairs, measured once and remembered."""
    found: dict[tuple[int, int], Overlap] = {}
    if not neighbours:
        return found
    remembered = store.overlaps.all()
    fresh: list[tuple[bytes, bytes, float, float, float]] = []
    for one, other in neighbours:
        if stop.is_set():
            break
        key = pictures.identity(one), pictures.identity(other)
        if key in remembered:
            found[one, other] = Overlap(*remembered[key])
        else:
            first, second = pictures.small(one), pictures.small(other)
            seen = None
            if first is not None and second is not None:
                seen = closer.overlap(first, second)
            if seen is not None:
                found[one, other] = seen
                fresh.append((*key, seen.right, seen.down, seen.match))
        pace.add()
        if pace.due:
            yield pace.step()
    if fresh:
        store.overlaps.write(fresh)
    return found
