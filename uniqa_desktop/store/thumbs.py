"""Thumbnails, in a file of their own that may be deleted at any time.

It is a cache: whatever goes wrong with it costs time, never a photo or a job. So nothing here
raises; troubles go to the log.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from uniqa_desktop.store.session import primary_code

_log = logging.getLogger(__name__)

_VERSION = 1
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_Answer = TypeVar("_Answer")


class _OtherVersion(sqlite3.DatabaseError):
    """The file was written by another version of the program."""


class Thumbs:
    """JPEG thumbnails by content identity (16 bytes). Threads may share one."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._closed = False
        with self._lock:
            self._open()

    def get(self, identity: bytes) -> bytes | None:
        """The JPEG of that content, if it is there."""

        def read(db: sqlite3.Connection) -> bytes | None:
            row = db.execute("SELECT jpeg FROM thumbs WHERE identity = ?", (identity,)).fetchone()
            return row[0] if row else None

        with self._lock:
            jpeg = self._do(read, None)
            # The file may have been deleted and made anew by another thread's `Thumbs`.
            if jpeg is None and self._is_replaced():
                self._open()
                jpeg = self._do(read, None)
        return jpeg

    def put(self, thumbs: Iterable[tuple[bytes, bytes]]) -> None:
        """Stores (identity, JPEG) pairs in one transaction, over older ones of that content."""
        rows = list(thumbs)

        def write(db: sqlite3.Connection) -> bool:
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT OR REPLACE INTO thumbs (identity, jpeg) VALUES (?, ?)", rows)
            db.execute("COMMIT")
            return True

        with self._lock:
            if self._is_replaced():
                self._open()
            # Once more if the file turned out to be damaged: then there is a new one.
            if rows and not self._do(write, False):
                self._do(write, False)

    def prune(self, max_bytes: int) -> int:
        """Drops the oldest thumbnails until the rest has at most `max_bytes`; how many went."""

        def drop(db: sqlite3.Connection) -> int:
            dropped = db.execute(
                "DELETE FROM thumbs WHERE id <= (SELECT max(id) FROM"
                " (SELECT id, sum(length(jpeg)) OVER (ORDER BY id DESC) AS bytes FROM thumbs)"
                " WHERE bytes > ?)",
                (max_bytes,),
            ).rowcount
            # As a script: `execute` takes one step of this statement, which frees one page.
            db.executescript("PRAGMA incremental_vacuum")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return dropped

        with self._lock:
            return self._do(drop, 0)

    def count(self) -> int:
        """How many thumbnails there are."""
        with self._lock:
            return self._do(lambda db: db.execute("SELECT count(*) FROM thumbs").fetchone()[0], 0)

    def close(self) -> None:
        """Closes the file; later reads find nothing, later writes do nothing."""
        with self._lock:
            self._closed = True
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _do(self, work: Callable[[sqlite3.Connection], _Answer], otherwise: _Answer) -> _Answer:
        """The answer of `work`; after an error `otherwise`, and a new connection."""
        if self._connection is None:
            return otherwise
        try:
            return work(self._connection)
        except sqlite3.Error as error:
            _log.warning("Thumbnails in %s: %s", self._path, error)
            self._let_go()
            if primary_code(error) in _DAMAGED:
                self._delete()
            self._open()
            return otherwise

    def _open(self) -> None:
        """Opens the file, made anew if it is missing, damaged or of another version."""
        self._let_go()
        if self._closed:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = _connection(self._path)
            except sqlite3.DatabaseError as error:
                if primary_code(error) not in _DAMAGED and not isinstance(error, _OtherVersion):
                    raise
                _log.warning("Thumbnails in %s are made anew: %s", self._path, error)
                self._delete()
                self._connection = _connection(self._path)
            self._file = _file_at(self._path)
        except (sqlite3.Error, OSError) as error:
            _log.warning("No thumbnails are kept, %s cannot be used: %s", self._path, error)

    def _is_replaced(self) -> bool:
        return not self._closed and _file_at(self._path) != self._file

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


def _connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            if version:
                raise _OtherVersion(f"version {version}")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS thumbs (id INTEGER PRIMARY KEY,"
                " identity BLOB NOT NULL UNIQUE, jpeg BLOB NOT NULL) STRICT"
            )
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("SELECT identity, jpeg FROM thumbs LIMIT 0")
    except BaseException:
        connection.close()
        raise
    return connection


def _file_at(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file there: whether it is still the one that was opened."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
