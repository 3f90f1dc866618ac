"""Libraries and folders for tests: a scan as the jobs run it, made-up scores, lost rights."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from uniqa_desktop import scan
from uniqa_desktop.photo import (
    Attributes,
    Failure,
    Measure,
    Meta,
    Photo,
    PhotoChanges,
    Region,
    Scored,
    Scores,
)
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

MODEL = "attributes-1"


@dataclass
class Outcome:
    """What one whole scan came to, in photo ids."""

    unchanged: int
    skipped: Counter[str]
    added: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)

    def take(self, changes: PhotoChanges) -> None:
        for name in ("added", "moved", "changed", "missing", "removed"):
            getattr(self, name).update(getattr(changes, name))


def take_up(store: Store, *roots: Path) -> Outcome:
    """Scans `roots` into the library: the loop that the scan job runs, without its progress."""
    survey = scan.Survey()
    for folder in scan.walk(roots, store.files.known(*roots)):
        survey.add(folder)
    outcome = Outcome(survey.unchanged, survey.skipped, failures=list(survey.failures))
    for changes in scan.settle(survey, store.files):
        outcome.take(store.files.apply(changes))
        outcome.failures += changes.failures
    store.failures.settle(roots, outcome.failures)
    return outcome


def photo_at(store: Store, path: Path) -> Photo:
    """The photo of the file at `path`, which must be known."""
    number = store.photos.by_path(path)
    assert number is not None, f"{path} is not in the library"
    return photo(store, number)


def photo(store: Store, number: int) -> Photo:
    (found,) = store.photos.get([number], model=MODEL)
    return found


def names(store: Store, **query: object) -> list[str]:
    """The file names of the photos that pass a query, in its order."""
    chosen = Query(model=MODEL, **query)
    return [found.path.name for found in store.photos.get(store.photos.ids(chosen))]


def scored(
    number: int,
    quality: float | None = 50.0,
    *,
    model: str = MODEL,
    meta: Meta | None = None,
    content: bytes = bytes(16),
    phash: int = 0,
    **measures: float,
) -> Scored:
    """What a scoring pass might hand over; the attributes are 50 unless `measures` says other."""

    def measure(name: str) -> Measure:
        value = measures.get(name, 50.0)
        return Measure(value, value / 10)

    return Scored(
        photo=number,
        meta=meta or Meta(),
        attributes=Attributes(
            sharpness=measure("sharpness"),
            brightness=measure("brightness"),
            contrast=measure("contrast"),
            colorfulness=measure("colorfulness"),
            noisiness=measure("noisiness"),
            clipped_shadows=1.5,
            clipped_highlights=2.5,
            sharpest=Region(0.1, 0.2, 0.3, 0.4),
        ),
        scores=Scores(model, quality, None if quality is None else quality / 100),
        phash=phash,
        content=content,
    )


@contextmanager
def without_rights() -> Iterator[None]:
    """Runs its body as a user who may read and write only what is open to all."""
    if not hasattr(os, "geteuid"):
        import pytest  # not at the top: processes that are killed in tests start quicker without

        pytest.skip("this system has no file rights to take away")
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
