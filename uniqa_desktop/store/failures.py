"""Failures: the files and folders that could not be read, and why."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from uniqa_desktop import paths
from uniqa_desktop.photo import Failure, Stage
from uniqa_desktop.store import places
from uniqa_desktop.store.scores import storable
from uniqa_desktop.store.session import Session

_THERE = "FROM failures x LEFT JOIN files f ON f.id = x.file WHERE coalesce(f.present, 1)"
"""Failures of files that are not missing."""


class Failures:
    """The failures of the library; a path has one at most, the latest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(self, failures: Sequence[Failure]) -> None:
        """Stores failures in one transaction; those of photos keep them from being scored."""
        if failures:
            with self._session.writing() as db:
                _record(db, failures)

    def settle(self, roots: Sequence[Path], failures: Sequence[Failure]) -> None:
        """Replaces the failures of earlier scans at or below `roots` by those of this one."""
        where, parameters = places.below(roots)
        with self._session.reading() as db:
            old = db.execute(
                f"SELECT path, error FROM failures WHERE stage = ? AND ({where}) ORDER BY path",
                (str(Stage.SCAN), *parameters),
            ).fetchall()
        new = sorted((paths.to_text(str(failure.path)), failure.error) for failure in failures)
        if old != new:
            with self._session.writing() as db:
                db.executemany("DELETE FROM failures WHERE path = ?", ((path,) for path, _ in old))
                _record(db, failures)

    def clear(self, files: Iterable[Path]) -> None:
        """Forgets the failures of these paths, so that their photos are tried again."""
        with self._session.writing() as db:
            db.executemany(
                "DELETE FROM failures WHERE path = ?",
                ((paths.to_text(str(file)),) for file in files),
            )

    def count(self, folders: Sequence[Path] = ()) -> int:
        """How many failures `all` would give."""
        where, parameters = places.below(folders, "x.path")
        with self._session.reading() as db:
            (number,) = db.execute(f"SELECT count(*) {_THERE} AND ({where})", parameters).fetchone()
        return number

    def all(self, folders: Sequence[Path] = ()) -> list[Failure]:
        """The failures at or below `folders` (all without any), by path; not of missing files."""
        where, parameters = places.below(folders, "x.path")
        with self._session.reading() as db:
            rows = db.execute(
                f"SELECT x.path, x.error, x.stage {_THERE} AND ({where}) ORDER BY x.path",
                parameters,
            ).fetchall()
        return [
            Failure(Path(paths.from_text(path)), error, Stage(stage)) for path, error, stage in rows
        ]


def _record(db: sqlite3.Connection, failures: Sequence[Failure]) -> None:
    for failure in failures:
        folder, name = os.path.split(failure.path)
        row = db.execute(
            "SELECT id FROM files WHERE folder = ? AND name = ? AND present",
            (places.folder_id(db, folder), paths.to_text(name)),
        ).fetchone()
        db.execute(
            "INSERT OR REPLACE INTO failures (path, file, stage, error) VALUES (?, ?, ?, ?)",
            (
                paths.to_text(str(failure.path)),
                row[0] if row else None,
                str(failure.stage),
                storable(failure.error),
            ),
        )
