"""Files: what a scan compares with, and how what it found is stored."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from uniqa_desktop import paths
from uniqa_desktop.photo import FileChanges, KnownFile, PhotoChanges, PhotoFile
from uniqa_desktop.store import places
from uniqa_desktop.store.pairing import Grouping
from uniqa_desktop.store.session import Session

_VARIABLES = 500
"""Values in one `IN (…)`; SQLite allows at least 999."""

_KNOWN = """
    SELECT f.id, d.path, f.name, f.size, f.mtime_ns, f.fast, f.identity, f.content, f.present
    FROM files f JOIN folders d ON d.id = f.folder
"""


class Files:
    """The files of the library."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, *roots: Path) -> dict[str, dict[str, tuple[int, int]]]:
        """Folder -> name -> (size, mtime_ns) of the present files at or below `roots`."""
        where, parameters = places.below(roots)
        known: dict[str, dict[str, tuple[int, int]]] = {}
        with self._session.reading() as db:
            for number, folder in db.execute(
                f"SELECT id, path FROM folders WHERE {where}", parameters
            ).fetchall():
                rows = db.execute(
                    "SELECT name, size, mtime_ns FROM files WHERE folder = ? AND present", (number,)
                )
                names = {paths.from_text(name): (size, stamp) for name, size, stamp in rows}
                if names:
                    known[paths.from_text(folder)] = names
        return known

    def at(self, files: Iterable[Path]) -> list[KnownFile]:
        """The present files that are known at these paths."""
        found: list[KnownFile] = []
        folders: dict[str, int | None] = {}
        with self._session.reading() as db:
            for file in files:
                folder, name = os.path.split(file)
                if folder not in folders:
                    folders[folder] = places.folder_id(db, folder)
                rows = db.execute(
                    f"{_KNOWN} WHERE f.folder = ? AND f.name = ? AND f.present",
                    (folders[folder], paths.to_text(name)),
                )
                found.extend(map(_known_file, rows))
        return found

    def twins(self, hashes: Iterable[bytes]) -> dict[bytes, list[KnownFile]]:
        """All known files, present or missing, with these fast hashes, oldest first."""
        found: dict[bytes, list[KnownFile]] = {}
        with self._session.reading() as db:
            for block in _blocks(sorted(set(hashes)), _VARIABLES):
                marks = ", ".join("?" * len(block))
                for row in db.execute(f"{_KNOWN} WHERE f.fast IN ({marks}) ORDER BY f.id", block):
                    twin = _known_file(row)
                    found.setdefault(twin.file.fast, []).append(twin)
        return found

    def apply(self, changes: FileChanges) -> PhotoChanges:
        """Stores a block of what a scan found, in one transaction, and pairs RAW with JPEG.

        A file with new bytes loses what was measured of the old ones; verdicts always stay. Where
        another instance stored the same find first, its row stands.
        """
        if changes == FileChanges(failures=changes.failures):
            return PhotoChanges()
        with self._session.writing() as db:
            return _Application(db).run(changes)


class _Application:
    """The storing of one block."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._grouping = Grouping(db)
        self._folders: dict[str, int] = {}

    def run(self, changes: FileChanges) -> PhotoChanges:
        self._lift([number for number, _ in changes.moved] + list(changes.missing))
        for number, file in changes.moved:
            self._place(number, file)
        for number, file in changes.touched:
            self._db.execute(
                "UPDATE files SET size = ?, mtime_ns = ? WHERE id = ?",
                (file.size, file.mtime_ns, number),
            )
        for number, file in changes.rewritten:
            self._rewrite(number, file)
        for file in changes.added:
            self._add(file)
        self._db.executemany(
            "UPDATE files SET content = ? WHERE id = ?",
            ((content, number) for number, content in changes.hashed),
        )
        return self._grouping.finish()

    def _lift(self, ids: Sequence[int]) -> None:
        """Takes files from their places, all at once: two that swap places meet nobody there."""
        for folder, name, photo in self._db.execute(
            "SELECT folder, name, photo FROM files WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        ).fetchall():
            self._grouping.touch(folder, name, photo)
        self._db.execute(
            "UPDATE files SET present = 0 WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        )

    def _place(self, number: int, file: PhotoFile) -> None:
        folder, name = self._place_of(file)
        self._db.execute(
            "UPDATE OR IGNORE files SET folder = ?, name = ?, size = ?, mtime_ns = ?, fast = ?,"
            " identity = ?, content = ?, present = 1 WHERE id = ?",
            (folder, name, *_bytes_of(file), number),
        )
        self._db.execute(
            "UPDATE OR REPLACE failures SET path = ? WHERE file = ?",
            (paths.to_text(str(file.path)), number),
        )
        self._grouping.touch(folder, name, self._photo_of(number), moved=True)

    def _rewrite(self, number: int, file: PhotoFile) -> None:
        self._db.execute(
            "UPDATE files SET size = ?, mtime_ns = ?, fast = ?, identity = ?, content = ?"
            " WHERE id = ?",
            (*_bytes_of(file), number),
        )
        self._db.execute("DELETE FROM failures WHERE file = ?", (number,))
        photo, is_primary = self._db.execute(
            "SELECT photo, is_primary FROM files WHERE id = ?", (number,)
        ).fetchone()
        if is_primary:
            self._grouping.forget(photo)

    def _add(self, file: PhotoFile) -> None:
        folder, name = self._place_of(file)
        photo = self._grouping.make_photo()
        cursor = self._db.execute(
            "INSERT INTO files (photo, folder, name, size, mtime_ns, fast, identity, content,"
            " present, is_primary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 1)"
            " ON CONFLICT (folder, name) WHERE present DO NOTHING",
            (photo, folder, name, *_bytes_of(file)),
        )
        if cursor.rowcount:
            self._grouping.touch(folder, name, photo)
        else:
            self._grouping.drop_photo(photo)

    def _place_of(self, file: PhotoFile) -> tuple[int, str]:
        folder, name = os.path.split(file.path)
        if folder not in self._folders:
            self._folders[folder] = places.make_folder(self._db, folder)
        return self._folders[folder], paths.to_text(name)

    def _photo_of(self, number: int) -> int:
        return self._db.execute("SELECT photo FROM files WHERE id = ?", (number,)).fetchone()[0]


def _bytes_of(file: PhotoFile) -> tuple[int, int, bytes, bytes, bytes | None]:
    return file.size, file.mtime_ns, file.fast, file.identity, file.content


def _known_file(row: tuple) -> KnownFile:
    number, folder, name, size, mtime_ns, fast, identity, content, present = row
    file = PhotoFile(places.join(folder, name), size, mtime_ns, fast, identity, content)
    return KnownFile(number, file, bool(present))


def _blocks(values: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
