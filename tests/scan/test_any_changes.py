"""Whatever is done to the files between scans: the library equals the disk, and verdicts stay with
their contents."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import photo, take_up

from uniqa_desktop.formats import Kind, kind_of, stem_of
from uniqa_desktop.photo import Provenance, State
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

FOLDERS = (".", "x", "x/y", "z")
PICTURES = ("a.jpg", "B.JPG", "c.png")
RAWS = ("a.cr2", "b.CR2", "c.NEF", "a.dng")

PLACES = st.tuples(st.sampled_from(FOLDERS), st.sampled_from(PICTURES)).map("/".join)
ALL_PLACES = st.tuples(st.sampled_from(FOLDERS), st.sampled_from(PICTURES + RAWS)).map("/".join)


def steps(places: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    one = st.one_of(
        st.tuples(st.just("write"), places),
        st.tuples(st.just("write"), places),
        st.tuples(st.just("move"), places, places),
        st.tuples(st.just("swap"), places, places),
        st.tuples(st.just("delete"), places),
        st.tuples(st.just("restore"), places),
        st.tuples(st.just("touch"), places),
        st.tuples(st.just("move folder"), st.sampled_from(FOLDERS[1:]), st.just("moved")),
        st.tuples(st.just("scan")),
    )
    return st.lists(one, max_size=25)


class Disk:
    """A folder of files with contents that are never twice the same, unless restored."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.deleted: list[bytes] = []
        self._next = itertools.count()

    def contents(self) -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in self.root.rglob("*") if file.is_file()}

    def do(self, step: tuple[str, ...]) -> None:
        what, *names = step
        paths = [self.root / name for name in names]
        if what == "write":
            self._write(paths[0], b"content %d" % next(self._next))
        elif what == "restore" and self.deleted:
            self._write(paths[0], self.deleted.pop())
        elif what == "move folder" and paths[0].is_dir() and not paths[1].exists():
            paths[0].rename(paths[1])
        elif not paths or not paths[0].is_file():
            return
        elif what == "move" and paths[0] != paths[1]:
            self._forget(paths[1])
            paths[1].parent.mkdir(parents=True, exist_ok=True)
            paths[0].replace(paths[1])
        elif what == "swap" and paths[1].is_file():
            first, second = paths[0].read_bytes(), paths[1].read_bytes()
            paths[0].write_bytes(second)
            paths[1].write_bytes(first)
        elif what == "delete":
            self._forget(paths[0])
            paths[0].unlink()
        elif what == "touch":
            os.utime(paths[0], ns=(next(self._next), next(self._next)))

    def _write(self, path: Path, data: bytes) -> None:
        self._forget(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _forget(self, path: Path) -> None:
        if path.is_file():
            self.deleted.append(path.read_bytes())


@contextmanager
def disk_and_store() -> Iterator[tuple[Disk, Store]]:
    temporary = Path(tempfile.mkdtemp())
    (temporary / "photos").mkdir()
    try:
        with Store.open(temporary / "library.db") as store:
            yield Disk(temporary / "photos"), store
    finally:
        shutil.rmtree(temporary)


def present_files(store: Store, root: Path) -> set[Path]:
    return {
        Path(folder, name) for folder, names in store.files.known(root).items() for name in names
    }


@settings(max_examples=30, deadline=None)
@given(steps(PLACES))
def test_verdicts_stay_with_contents(todo: list[tuple[str, ...]]) -> None:
    """The model: a content known to the library keeps its stars wherever it turns up; new bytes
    at a place inherit those of the old ones unless these are still somewhere."""
    with disk_and_store() as (disk, store):
        stars: dict[bytes, int] = {}
        before: dict[Path, bytes] = {}
        given_stars = itertools.cycle(range(1, 6))
        for step in [*todo, ("scan",)]:
            if step != ("scan",):
                disk.do(step)
                continue
            take_up(store, disk.root)
            now = disk.contents()
            still_there = set(now.values())
            rewritten = {}
            for path, content in now.items():
                old = before.get(path)
                if content not in stars and old is not None and old not in still_there:
                    rewritten[content] = stars.pop(old)
            stars |= rewritten
            assert present_files(store, disk.root) == now.keys()
            for path, content in now.items():
                number = store.photos.by_path(path)
                assert number is not None
                found = photo(store, number)
                assert found.verdict.stars == stars.get(content, 0)
                if content not in stars:
                    stars[content] = next(given_stars)
                    store.verdicts.give([number], stars=stars[content], provenance=Provenance.BLIND)
            assert store.photos.total() == len(now)
            before = now


@settings(max_examples=30, deadline=None)
@given(steps(ALL_PLACES))
def test_pairs_follow_the_disk(todo: list[tuple[str, ...]]) -> None:
    with disk_and_store() as (disk, store):
        for step in [*todo, ("scan",)]:
            if step == ("scan",):
                take_up(store, disk.root)
                assert_grouped_as_on_disk(disk, store)
            else:
                disk.do(step)
        assert store.health()["integrity"] == "ok"


def assert_grouped_as_on_disk(disk: Disk, store: Store) -> None:
    files = disk.contents().keys()
    groups: dict[tuple[Path, str], list[Path]] = {}
    for file in files:
        groups.setdefault((file.parent, stem_of(file.name)), []).append(file)
    expected = set()
    for members in groups.values():
        kinds = [kind_of(file.name) for file in members]
        if sorted(kinds, key=str) == [Kind.PICTURE, Kind.RAW]:
            expected.add(frozenset(members))
        else:
            expected |= {frozenset({file}) for file in members}
    photos = store.photos.get(store.photos.ids(Query(model="m", include_missing=True)))
    present = [found for found in photos if found.state is State.PRESENT]
    assert {frozenset({found.path, *found.companions}) for found in present} == expected
    for found in present:
        if found.companions:
            assert kind_of(found.path.name) is Kind.PICTURE
    assert present_files(store, disk.root) == files
