"""Bringing the library up to date with folders."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uniqa_desktop import scan as walking
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, PhotoChanges, Progress
from uniqa_desktop.store import Store


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found, in photos (a RAW and its JPEG are one); `skipped` counts files by kind.

    `changed` photos have new bytes and will be scored again; `moved` ones are at a new place with
    all they had. A scan that was `stopped` has stored what it found so far.
    """

    added: int
    changed: int
    moved: int
    unchanged: int
    missing: int
    failed: tuple[Failure, ...]
    skipped: dict[str, int] = field(default_factory=dict)
    stopped: bool = False


def scan(
    store: Store, folders: Sequence[Path], *, stop: threading.Event | None = None
) -> Generator[Progress, None, ScanReport]:
    """Walks `folders` and stores what is new, changed, moved or gone there.

    Yields:
        Progress with the number of files seen; the total is not known before the end.

    Raises:
        DiskFull, LibraryError: what was stored before stays.
    """
    stop = stop or threading.Event()
    roots = tuple(folders)
    pace = Pace("scan")
    survey = walking.Survey()
    for folder in walking.walk(roots, store.files.known(*roots)):
        survey.add(folder)
        pace.add(folder.unchanged + len(folder.new) + len(folder.changed))
        if pace.due:
            yield pace.step()
        if stop.is_set():
            return _report(store, roots, survey, stopped=True)
    found = _Found()
    for changes in walking.settle(survey, store.files):
        effect = store.files.apply(changes)
        found.add(effect)
        survey.failures += changes.failures
        pace.add(
            0, changed=(*effect.added, *effect.moved, *effect.changed, *effect.missing,
                        *effect.removed),
        )  # fmt: skip
        if pace.due:
            yield pace.step()
        if stop.is_set():
            return _report(store, roots, survey, found, stopped=True)
    store.failures.settle(roots, survey.failures)
    pace.add(0, failures=tuple(survey.failures))
    yield pace.step()
    return _report(store, roots, survey, found)


@dataclass(slots=True)
class _Found:
    """Photos by what became of them; one that lost a file and got another is in two sets."""

    added: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)

    def add(self, effect: PhotoChanges) -> None:
        """Takes in one stored block."""
        self.added.update(effect.added)
        self.moved.update(effect.moved)
        self.changed.update(effect.changed)
        self.missing.update(effect.missing)


def _report(
    store: Store,
    roots: Sequence[Path],
    survey: walking.Survey,
    found: _Found | None = None,
    stopped: bool = False,
) -> ScanReport:
    found = found or _Found()
    changed = found.changed - found.added
    moved = found.moved - found.added - changed
    return ScanReport(
        added=len(found.added),
        changed=len(changed),
        moved=len(moved),
        unchanged=max(0, store.photos.total(roots) - len(found.added) - len(changed) - len(moved)),
        missing=len(found.missing - found.added - found.changed - found.moved),
        failed=tuple(survey.failures),
        skipped=dict(survey.skipped),
        stopped=stopped,
    )
