"""Measuring the frames of bursts, and what is proposed for each burst from what was measured."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uniqa_desktop import detectors
from uniqa_desktop.best import saving
from uniqa_desktop.best.choosing import choose
from uniqa_desktop.best.cues import WEIGHTS
from uniqa_desktop.best.evidence import Choice, Evidence
from uniqa_desktop.best.reasons import Reason, reasons
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Photo, Progress, State
from uniqa_desktop.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uniqa_desktop import decode
    from uniqa_desktop.best.faces import Detector
    from uniqa_desktop.best.looking import Look, Reference

_log = logging.getLogger(__name__)

RANKED = frozenset({Kind.BURST, Kind.NEAR})
"""The kinds whose frames are alternatives. Brackets, focus stacks and panoramas are one work each,
and exact duplicates do not differ."""

_GONE = "Its file is missing."
_GROUPS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BestReport:
    """What a pass over groups did: those `measured`, those `known` before, the `frames` opened."""

    measured: int
    known: int
    frames: int
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one group; frames are numbered as its `members`, which are photo ids."""

    members: tuple[int, ...]
    evidence: Evidence
    choice: Choice
    scores: tuple[Mapping[str, float | None], ...]

    @property
    def best(self) -> int | None:
        """The id of the proposed photo; `None` when it cannot be told: a case for review."""
        return None if self.choice.best is None else self.members[self.choice.best]

    def reasons(self, names: Sequence[str] | None = None) -> list[Reason]:
        """Why, with `names` for the frames (by default `#1`, `#2` … in the order of members)."""
        names = names or [f"#{number}" for number in range(1, len(self.members) + 1)]
        return reasons(self.evidence, self.choice, names, self.scores)


def find_best(
    store: Store,
    groups: Iterable[Group],
    *,
    stop: threading.Event | None = None,
    threads: int | None = None,
) -> Generator[Progress, None, BestReport]:
    """Measures the frames of every group of alternatives that was not measured yet.

    Each frame is opened once, at full size, in `threads` threads (default: one a core); no more
    pictures than that are in memory, however long the burst. Eyes are looked for where the face
    detector is installed. A group is stored when all of it was measured.

    Yields:
        Progress in frames, with the ids of groups' photos as changed.

    Raises:
        WeightsError: the face detector is installed but cannot be used.
        DiskFull, LibraryError: what was stored before stays.
    """
    stop = stop or threading.Event()
    place = detectors.installed()
    ranked = [group for group in groups if group.kind in RANKED]
    fresh = [(photos, key) for photos, key, text in _stored(store, ranked, bool(place)) if not text]
    pace = Pace("best", total=sum(len(photos) for photos, _ in fresh))
    yield pace.step()
    measured = 0
    if fresh:
        detector = _detector() if place else None
        pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "frames")
        try:
            for photos, key in fresh:
                found = yield from _measure(photos, detector, pool, pace, stop)
                if found is None:
                    break
                identities = [photo.identity for photo in photos]
                store.choices.write(key, saving.to_json(found, identities))
                measured += 1
                pace.add(0, changed=tuple(photo.id for photo in photos))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    yield pace.step()
    return BestReport(measured, len(ranked) - len(fresh), pace.done, stop.is_set())


def proposals(
    store: Store,
    groups: Iterable[Group],
    model: str | None = None,
    *,
    weights: Mapping[str, float] = WEIGHTS,
) -> dict[tuple[int, ...], Proposal]:
    """What is proposed for the groups that were measured, by their members. Opens no photo.

    Args:
        store: the library.
        groups: of any kind; those that are never ranked have no proposal.
        model: whose quality, aesthetics and taste count with what was measured.
        weights: how much each cue counts, by its id (see `best.cues`).
    """
    ranked = [group for group in groups if group.kind in RANKED]
    found = {}
    for photos, _, text in _stored(store, ranked, detectors.installed() is not None, model):
        if text:
            evidence = saving.from_json(text, [photo.identity for photo in photos])
            scores = tuple(_scores(photo) for photo in photos)
            members = tuple(photo.id for photo in photos)
            choice = choose(evidence, scores=scores, weights=weights)
            found[members] = Proposal(members, evidence, choice, scores)
    return found


def undecided_frames(store: Store, model: str | None = None) -> set[int]:
    """The frames of measured groups that were answered "can't tell": those that are tied with the
    first. They are to be looked at, whatever their scores."""
    found = proposals(store, store.groups.all().values(), model).values()
    return {
        proposal.members[at]
        for proposal in found
        if not proposal.choice.decided
        for at in proposal.choice.tied or proposal.choice.order
    }


def _stored(
    store: Store, groups: Sequence[Group], faces: bool, model: str | None = None
) -> Iterator[tuple[list[Photo], str, str | None]]:
    """The photos of each group, the key of what was measured of it, and that, if it was."""
    for start in range(0, len(groups), _GROUPS_AT_ONCE):
        block = groups[start : start + _GROUPS_AT_ONCE]
        wanted = [photo for group in block for photo in group.members]
        photos = {photo.id: photo for photo in store.photos.get(wanted, model)}
        rows = [[photos[photo] for photo in group.members if photo in photos] for group in block]
        keys = [saving.key([photo.identity for photo in row], faces) for row in rows]
        known = store.choices.read(keys)
        for row, key in zip(rows, keys, strict=True):
            yield row, key, known.get(key)


def _scores(photo: Photo) -> Mapping[str, float | None]:
    scores = photo.scores
    return {
        "quality": scores.quality if scores else None,
        "aesthetics": scores.aesthetics if scores else None,
        "taste": photo.taste,
    }


def _detector() -> Detector:
    from uniqa_desktop.best.faces import Detector

    return Detector(detectors.file())


def _measure(
    photos: Sequence[Photo],
    detector: Detector | None,
    pool: ThreadPoolExecutor,
    pace: Pace,
    stop: threading.Event,
) -> Generator[Progress, None, Evidence | None]:
    """Looks at all frames of one group; `None` if it was stopped."""
    from uniqa_desktop.best import looking

    looks: list[Look | str] = []
    reference: Reference | None = None
    for photo in photos:
        # The first frame that can be read is what the others are laid over.
        if stop.is_set():
            return None
        picture = _picture(photo)
        pace.add()
        if isinstance(picture, str):
            looks.append(picture)
            continue
        reference = looking.Reference.of(picture)
        looks.append(reference.look(picture, detector, itself=True))
        break
    if reference is None:
        return looking.failed(looks)

    def look(photo: Photo) -> Look | str | None:
        if stop.is_set():
            return None
        picture = _picture(photo)
        return picture if isinstance(picture, str) else reference.look(picture, detector)

    for seen in pool.map(look, photos[len(looks) :]):
        if seen is None:
            return None
        looks.append(seen)
        pace.add()
        if pace.due:
            yield pace.step()
    return looking.evidence(reference, looks, detector=detector is not None)


def _picture(photo: Photo) -> decode.Picture | str:
    """The picture at full size, or why there is none, in a sentence."""
    from uniqa_desktop import decode

    if photo.state is State.MISSING:
        return _GONE
    try:
        return decode.full(photo.path)
    except PhotoError as error:
        return str(error)
    except OSError as error:
        return f"The file cannot be read: {error.strerror or error}."
    except MemoryError:
        return "There is not enough memory to open this picture."
    except Exception as error:
        _log.exception("Bug while reading %s", photo.path)
        return f"The program met a bug in this file ({type(error).__name__}); see the log."
