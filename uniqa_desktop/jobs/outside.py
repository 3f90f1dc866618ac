"""Sidecars that other programs have changed: what they say, and settling whose verdict counts."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.jobs.sidecars import (
    Choice,
    base_of,
    changed_at,
    photos_of,
    readings,
    write_ours,
)
from uniqa_desktop.photo import Photo, Progress, Provenance, Verdict
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store
from uniqa_desktop.store.sidecars import Base
from uniqa_desktop.xmp.naming import Folders, Naming
from uniqa_desktop.xmp.sidecar import Action


@dataclass(frozen=True, slots=True)
class Outside:
    """A photo whose sidecars state another verdict than the library.

    Attributes:
        photo: its id, and `path` its file.
        sidecars: those that differ.
        ours: the library's verdict, given at `ours_at` if it was given here at all.
        theirs: what the sidecars state; where they disagree, the one that was changed last.
        theirs_at: when that one was changed.
    """

    photo: int
    path: Path
    sidecars: tuple[Path, ...]
    ours: Verdict
    theirs: Verdict
    ours_at: datetime | None
    theirs_at: datetime

    @property
    def newest(self) -> Choice:
        """Whose verdict is the later one."""
        mine = self.ours_at is not None and self.ours_at >= self.theirs_at
        return Choice.MINE if mine else Choice.THEIRS


@dataclass(frozen=True, slots=True)
class OutsideReport:
    """What was found; `unreadable` are sidecars with the reason why they cannot be read."""

    changed: tuple[Outside, ...]
    unreadable: tuple[tuple[Path, str], ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class SettledReport:
    """How many photos took the sidecars' verdict, for how many ours was written over it, and the
    sidecars that could not be written, each with its reason."""

    taken: int
    kept: int
    failed: tuple[tuple[Path, str], ...] = ()


def find_outside(
    store: Store, folders: Sequence[Path] = (), *, stop: threading.Event | None = None
) -> Generator[Progress, None, OutsideReport]:
    """Looks for sidecars whose verdict is not the library's. Nothing is written anywhere.

    Yields:
        Progress in photos.
    """
    stop = stop or threading.Event()
    ids = store.photos.ids(Query(model="", folders=tuple(folders), include_failed=True))
    pace = Pace("sidecars", total=len(ids))
    beside = Folders()
    found: list[Outside] = []
    unreadable: list[tuple[Path, str]] = []
    for photo in photos_of(store, ids):
        if stop.is_set():
            break
        present = beside.present([photo.path, *photo.companions])
        theirs, differing = photo.verdict, list[Path]()
        for plan, _ in readings(store, photo, present, Choice.THEIRS):
            if plan.action is Action.KEEP_BACK:
                unreadable.append((plan.path, plan.why))
            elif plan.action is Action.CHANGE and plan.theirs is not None:
                theirs = plan.theirs.on(theirs)
                differing.append(plan.path)
        if theirs != photo.verdict:
            found.append(_outside(store, photo, theirs, differing))
        pace.add()
        if pace.due:
            yield pace.step()
    yield pace.step()
    return OutsideReport(tuple(found), tuple(unreadable), stop.is_set())


def settle_outside(
    store: Store,
    choices: Mapping[int, Choice],
    naming: Naming | None,
    *,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, SettledReport]:
    """Does what the user decided, photo by photo (`MINE` or `THEIRS`); what is taken is one act.

    Sidecars are read once more, so what counts is what they say now. Where ours is kept, it is
    written if the user wants sidecars (`naming`); else the difference is remembered as seen.

    Yields:
        Progress in photos, with the ids whose verdict changed.
    """
    stop = stop or threading.Event()
    pace = Pace("sidecars", total=len(choices))
    beside = Folders()
    wanted: dict[int, Verdict] = {}
    seen: dict[int, dict[Path, Base]] = {}
    kept = 0
    failed: list[tuple[Path, str]] = []
    for photo in photos_of(store, list(choices)):
        if stop.is_set():
            break
        verdict = photo.verdict
        present = beside.present([photo.path, *photo.companions])
        for plan, found in readings(store, photo, present, Choice.THEIRS):
            if plan.theirs is not None and plan.action is Action.CHANGE:
                verdict = plan.theirs.on(verdict)
            if found is not None:
                seen.setdefault(photo.id, {})[plan.path] = base_of(found)
        if choices[photo.id] is Choice.THEIRS:
            wanted[photo.id] = verdict
        else:
            kept += 1
            if naming is not None:
                plans = write_ours(store, photo, naming, beside)
                failed += [(each.path, each.why) for each in plans if each.why]
                seen.pop(photo.id, None)
        pace.add()
        if pace.due:
            yield pace.step()
    taken = store.verdicts.put(wanted, Provenance.SIDECAR)
    for number, bases in seen.items():
        store.sidecars.remember(number, bases)
    pace.add(0, changed=tuple(wanted))
    yield pace.step()
    return SettledReport(taken, kept, tuple(failed))


def _outside(store: Store, photo: Photo, theirs: Verdict, differing: Sequence[Path]) -> Outside:
    history = store.verdicts.history(photo.id)
    return Outside(
        photo.id,
        photo.path,
        tuple(differing),
        photo.verdict,
        theirs,
        history[0].at if history else None,
        datetime.fromtimestamp(changed_at(differing[-1]), UTC),
    )
