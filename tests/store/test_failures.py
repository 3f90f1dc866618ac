"""Failures: listed once, with their reason, until the file can be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import MODEL, photo_at, take_up

from uniqa_desktop.photo import Failure, Stage
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "sub").mkdir(parents=True)
    for name in ("a.jpg", "b.jpg", "sub/c.jpg"):
        (tmp_path / "photos" / name).write_bytes(name.encode())
    return tmp_path / "photos"


@pytest.fixture
def store(tmp_path: Path, root: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, root)
        yield opened


def test_a_failure_is_shown_with_its_photo_and_listed(store: Store, root: Path) -> None:
    failure = Failure(root / "b.jpg", "The file is cut off.")
    store.failures.record([failure])
    assert photo_at(store, root / "b.jpg").failure == "The file is cut off."
    assert store.failures.all() == [failure]
    assert store.photos.count(Query(model=MODEL, include_failed=False)) == 2


def test_the_latest_reason_counts(store: Store, root: Path) -> None:
    store.failures.record([Failure(root / "b.jpg", "One.")])
    store.failures.record([Failure(root / "b.jpg", "Two.")])
    assert [failure.error for failure in store.failures.all()] == ["Two."]


def test_failures_are_listed_by_folder(store: Store, root: Path) -> None:
    failures = [Failure(root / "a.jpg", "A."), Failure(root / "sub" / "c.jpg", "C.")]
    store.failures.record(failures)
    assert store.failures.all([root / "sub"]) == failures[1:]
    assert store.failures.all([root]) == failures
    assert store.failures.all([root / "su"]) == []


def test_a_cleared_failure_is_tried_again(store: Store, root: Path) -> None:
    store.failures.record([Failure(root / "a.jpg", "A."), Failure(root / "b.jpg", "B.")])
    store.failures.clear([root / "a.jpg", root / "unknown.jpg"])
    assert [failure.path.name for failure in store.failures.all()] == ["b.jpg"]
    assert photo_at(store, root / "a.jpg").id in store.photos.pending(MODEL)


def test_a_new_scan_settles_the_failures_of_the_old_one(store: Store, root: Path) -> None:
    folder = Failure(root / "sub", "No permission.", Stage.SCAN)
    elsewhere = Failure(root.parent / "other", "No permission.", Stage.SCAN)
    pixels = Failure(root / "a.jpg", "Cut off.")
    store.failures.record([folder, elsewhere, pixels])
    store.failures.settle([root], [])
    assert store.failures.all() == [elsewhere, pixels]


def test_a_failure_moves_with_its_file_and_ends_with_its_bytes(store: Store, root: Path) -> None:
    store.failures.record([Failure(root / "a.jpg", "Cut off.")])
    (root / "a.jpg").rename(root / "z.jpg")
    take_up(store, root)
    assert [failure.path for failure in store.failures.all()] == [root / "z.jpg"]
    (root / "z.jpg").write_bytes(b"repaired")
    take_up(store, root)
    assert store.failures.all() == []
    assert photo_at(store, root / "z.jpg").failure is None


def test_a_missing_file_is_no_failure(store: Store, root: Path) -> None:
    store.failures.record([Failure(root / "a.jpg", "Cut off.")])
    data = (root / "a.jpg").read_bytes()
    (root / "a.jpg").unlink()
    take_up(store, root)
    assert store.failures.all() == []
    (root / "a.jpg").write_bytes(data)
    take_up(store, root)
    assert len(store.failures.all()) == 1, "it is the same broken file"


@pytest.mark.skipif(os.name == "nt", reason="Unix file names")
def test_names_and_reasons_may_hold_anything(store: Store, root: Path) -> None:
    path = root / os.fsdecode(b"\xff\\ %.jpg")
    store.failures.record([Failure(path, "Bad \udcff text.")])
    assert store.failures.all([root]) == [Failure(path, "Bad ? text.")]
    store.failures.clear([path])
    assert store.failures.all() == []
