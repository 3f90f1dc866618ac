"""Telling moved files from new, touched, rewritten and missing ones, by their content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from uniqa_desktop.formats import stem_of
from uniqa_desktop.photo import Failure, FileChanges, KnownFile, PhotoFile
from uniqa_desktop.scan import identity
from uniqa_desktop.scan.walking import Survey, failure, storable

_BLOCK = 100
"""Files whose identities are read, and that are stored, at once."""


class Library(Protocol):
    """What `settle` asks the library; `store.files` answers."""

    def at(self, files: Iterable[Path]) -> list[KnownFile]:
        """The present files that are known at these paths."""
        ...

    def twins(self, hashes: Iterable[bytes]) -> dict[bytes, list[KnownFile]]:
        """All known files, present or missing, with these fast hashes."""
        ...


def settle(survey: Survey, library: Library) -> Iterator[FileChanges]:
    """Tells what became of the files that a walk found new, changed or gone.

    Each block is to be stored before the next is asked for: later ones rely on it. RAW and JPEG of
    one exposure are never in two blocks. The rules:

    - A changed file with the same fast hash was touched; nothing but its stamp differs.
    - A file with the fast hash of a known one that left its place *is* that file, moved. Where the
      library knows the hash of all its bytes, that must be equal too.
    - A file that was overwritten stays the same photo, unless its old bytes turned up elsewhere.
    - Whatever is still gone at the end is missing.
    """
    settling = _Settling(library, survey.gone)
    for block in _blocks(survey.changed):
        yield settling.compare(block)
    for block in _blocks([*survey.new, *settling.unknown]):
        yield settling.place(block)
    if settling.displaced:
        yield settling.place_displaced()
    for block in _blocks(survey.gone):
        yield FileChanges(missing=tuple(file.id for file in library.at(block)))


@dataclass(slots=True)
class _Block:
    """One block as it grows.

    `known` are the known files with its hashes, `free` those of them that may have moved here,
    `here` the block's own files, which the library does not hold yet; all by fast hash.
    """

    known: dict[bytes, list[KnownFile]]
    failures: list[Failure] = field(default_factory=list)
    added: list[PhotoFile] = field(default_factory=list)
    moved: list[tuple[int, PhotoFile]] = field(default_factory=list)
    rewritten: list[tuple[int, PhotoFile]] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    hashed: list[tuple[int, bytes]] = field(default_factory=list)
    free: dict[bytes, list[KnownFile]] = field(default_factory=dict)
    here: dict[bytes, list[PhotoFile]] = field(default_factory=dict)

    @contextmanager
    def surviving(self, file: PhotoFile) -> Iterator[None]:
        """Notes a file that cannot be read after all, and goes on."""
        try:
            yield
        except OSError as error:
            self.failures.append(failure(file.path, error))

    def changes(self) -> FileChanges:
        return FileChanges(
            added=tuple(self.added),
            moved=tuple(self.moved),
            rewritten=tuple(self.rewritten),
            missing=tuple(self.missing),
            hashed=tuple(self.hashed),
            failures=tuple(self.failures),
        )


class _Settling:
    """The state of settling one survey."""

    def __init__(self, library: Library, gone: Iterable[Path]) -> None:
        self.unknown: list[Path] = []
        """Changed files that the library does not know after all."""
        self.displaced: dict[int, tuple[KnownFile, PhotoFile]] = {}
        """Known files, by id, whose bytes gave way to other ones at the same path."""
        self._library = library
        self._gone = set(gone)
        self._claimed: set[int] = set()
        self._has_left: dict[int, bool] = {}
        self._contents: dict[Path, bytes] = {}

    def compare(self, paths: Sequence[Path]) -> FileChanges:
        """Tells files that were touched from those with other bytes."""
        known = {file.file.path: file for file in self._library.at(paths)}
        files, failures = _read(paths)
        touched = []
        for file in files:
            before = known.get(file.path)
            if before is None:
                self.unknown.append(file.path)
            elif before.file.fast == file.fast:
                same = replace(before.file, size=file.size, mtime_ns=file.mtime_ns)
                touched.append((before.id, same))
            else:
                self.displaced[before.id] = (before, file)
        return FileChanges(touched=tuple(touched), failures=tuple(failures))

    def place(self, paths: Sequence[Path]) -> FileChanges:
        """Tells files that moved here from new ones."""
        files, failures = _read(paths)
        block = _Block(self._library.twins(file.fast for file in files), failures)
        for file in files:
            with block.surviving(file):
                if not self._move(file, block):
                    self._add(file, block)
        return block.changes()

    def place_displaced(self) -> FileChanges:
        """Tells what lies now where other bytes were: all at once, for files may swap places."""
        block = _Block(self._library.twins(file.fast for _, file in self.displaced.values()))
        taken, stayed = [], []
        for before, file in self.displaced.values():
            with block.surviving(file):
                (taken if self._move(file, block) else stayed).append((before.id, file))
        for number, file in stayed:
            with block.surviving(file):
                if number in self._claimed:
                    self._add(file, block)
                else:
                    block.rewritten.append((number, self._distinct(file, block)))
        block.missing = [number for number, _ in taken if number not in self._claimed]
        return block.changes()

    def _move(self, file: PhotoFile, block: _Block) -> bool:
        """Whether `file` is a known one that left its place; then it is noted as moved."""
        if file.fast not in block.free:
            known = block.known.get(file.fast, ())
            block.free[file.fast] = [twin for twin in known if self._is_free(twin)]
        candidates = block.free[file.fast].copy()
        while candidates:
            twin = min(candidates, key=lambda twin: _distance(twin.file.path, file.path))
            content = twin.file.content
            exact = content is None or file.size <= identity.COVERED
            if exact or content == self._content(file.path):
                moved = replace(file, identity=twin.file.identity, content=content)
                block.moved.append((twin.id, moved))
                block.here.setdefault(file.fast, []).append(moved)
                block.free[file.fast].remove(twin)
                self._claimed.add(twin.id)
                return True
            candidates.remove(twin)
        return False

    def _add(self, file: PhotoFile, block: _Block) -> None:
        file = self._distinct(file, block)
        block.added.append(file)
        block.here.setdefault(file.fast, []).append(file)

    def _is_free(self, twin: KnownFile) -> bool:
        """Whether a known file's bytes left the place where they were known."""
        if twin.id in self._claimed:
            return False
        if not twin.present or twin.id in self.displaced or twin.file.path in self._gone:
            return True
        # A file outside the folders of this scan: moved from there if only the file is gone.
        if twin.id not in self._has_left:
            self._has_left[twin.id] = _has_left(twin.file.path)
        return self._has_left[twin.id]

    def _distinct(self, file: PhotoFile, block: _Block) -> PhotoFile:
        """`file` with an identity that no other content has: its full hash, if it must be."""
        if file.size <= identity.COVERED:
            return file
        known = (twin for twin in block.known.get(file.fast, ()) if twin.id not in self._claimed)
        others = chain(
            ((None, other) for other in block.here.get(file.fast, ())),
            ((twin.id, twin.file) for twin in known),
        )
        content = None
        for number, other in others:
            content = self._content(file.path)
            theirs = other.content
            if theirs is None:
                try:
                    theirs = self._content(other.path)
                except OSError:
                    continue  # gone or unreadable: not known to be equal
                if number is not None:
                    block.hashed.append((number, theirs))
            if theirs == content:
                return replace(file, identity=other.identity, content=content)
        return file if content is None else replace(file, identity=content, content=content)

    def _content(self, path: Path) -> bytes:
        if path not in self._contents:
            self._contents[path] = identity.content(path)
        return self._contents[path]


def _read(paths: Iterable[Path]) -> tuple[list[PhotoFile], list[Failure]]:
    """The files with their fast hashes, and those that cannot be read."""
    files: list[PhotoFile] = []
    failures: list[Failure] = []
    for path in paths:
        try:
            fast, state = identity.fast(path)
        except OSError as error:
            failures.append(failure(path, error))
        else:
            size, mtime_ns = storable((state.st_size, state.st_mtime_ns))
            files.append(PhotoFile(path, size, mtime_ns, fast, fast))
    return files, failures


def _blocks(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Blocks of `_BLOCK` paths or a few more: never cut between two of one stem."""
    block: list[Path] = []
    for path in paths:
        if len(block) >= _BLOCK and _stem(path) != _stem(block[-1]):
            yield block
            block = []
        block.append(path)
    if block:
        yield block


def _stem(path: Path) -> tuple[Path, str]:
    return path.parent, stem_of(path.name)


def _distance(known: Path, found: Path) -> tuple[bool, bool]:
    """Of several equal files the one of the same place moved here, else one of the same name."""
    return known != found, known.name != found.name


def _has_left(path: Path) -> bool:
    """Whether a file is gone from a folder that is still there."""
    try:
        path.lstat()
    except FileNotFoundError:
        return path.parent.is_dir()
    except OSError:
        return False
    return False
