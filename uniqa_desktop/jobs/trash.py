"""Rejected photos into the system's trash."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop.export import trash
from uniqa_desktop.export.trash import Doomed
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, FileChanges, Flag, Progress
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store


@dataclass(frozen=True, slots=True)
class TrashReport:
    """Which photos went (or would go), and which stayed, with the reason."""

    gone: tuple[Doomed, ...]
    stayed: tuple[Failure, ...]
    stopped: bool = False


def plan_trash(store: Store, folders: Sequence[Path] = ()) -> list[Doomed]:
    """The dry run: the rejected photos at or below `folders`, read from the library now."""
    query = Query(
        model="",
        folders=tuple(folders),
        flags=frozenset({Flag.REJECT}),
        include_failed=True,
    )
    return trash.plan(store.photos.get(store.photos.ids(query)))


def empty_rejects(
    store: Store, doomed: Sequence[Doomed], *, stop: threading.Event | None = None
) -> Generator[Progress, None, TrashReport]:
    """Puts planned photos into the trash, each after a look at its own state at that moment.

    The photos are missing afterwards and keep their verdicts: they come back whole if their files
    are taken out of the trash.

    Yields:
        Progress in photos, with the ids that are gone.
    """
    stop = stop or threading.Event()
    pace = Pace("trash", total=len(doomed))
    gone: list[Doomed] = []
    stayed: list[Failure] = []
    yield pace.step()
    for each in doomed:
        if stop.is_set():
            break
        why = each.why or _last_look(store, each) or trash.throw_away(each.files)
        if why:
            stayed.append(Failure(each.path, why))
        else:
            gone.append(each)
            known = store.files.at(each.files)
            store.files.apply(FileChanges(missing=tuple(file.id for file in known)))
        pace.add(changed=(each.photo,))
        if pace.due:
            yield pace.step()
    yield pace.step()
    return TrashReport(tuple(gone), tuple(stayed), stop.is_set())


def _last_look(store: Store, doomed: Doomed) -> str:
    (now, *_) = store.photos.get([doomed.photo]) or [None]
    return "It is not in the library any more." if now is None else trash.check(doomed, now)
