"""Opening a library: new, up to date, old, too new, foreign, busy, read-only or damaged."""

from __future__ import annotations

import errno
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from uniqa_desktop.errors import DiskFull, LibraryError, LibraryReadOnly, LibraryTooNew
from uniqa_desktop.store.session import primary_code, translated

SCHEMA = 8
"""The version of the schema that this program writes: the number of steps in `migrations`."""

APPLICATION = int.from_bytes(b"UniQ", "big")
"""Marks the file as ours in SQLite's header, so that no other program's database is touched."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    # 32 MB: 100,000 photos are sorted without reading a page twice.
    "PRAGMA cache_size = -32768",
)
"""What holds for one connection, not for the file. With a write-ahead log, NORMAL is safe against
a killed process; a power cut may take back the last commits, but breaks nothing."""


def open_library(path: Path, *, create: bool = True, patience: float = 5.0) -> sqlite3.Connection:
    """A connection to the library at `path`, brought up to the current schema.

    A file that may only be read is opened for reading. `patience` is how long to wait for another
    instance's lock, in seconds.

    Raises:
        LibraryTooNew, LibraryBusy, LibraryReadOnly, LibraryDamaged, DiskFull: as they say.
        LibraryError: not there (and `create` is false), not ours, or not a file.
    """
    path = path.absolute()
    if not path.exists():
        if not create:
            raise LibraryError(f"There is no library at {path}.")
        _make_folder(path.parent)
    with translated(path):
        try:
            return _prepared(path, "mode=rwc" if create else "mode=rw", patience)
        except sqlite3.OperationalError as error:
            # SQLite cannot read a WAL database in a folder where it may not write its index,
            # unless it is told that nobody else writes either; so nothing may be left in the WAL.
            if not path.is_file() or primary_code(error) not in _NO_RIGHT:
                raise
            wal = path.with_name(f"{path.name}-wal")
            if wal.exists() and wal.stat().st_size:
                raise
            return _prepared(path, "mode=ro&immutable=1", patience)


_NO_RIGHT = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def connect(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    """A bare connection; nothing is read yet."""
    return sqlite3.connect(
        f"{path.as_uri()}?{mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        cached_statements=256,
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"No room left on the drive of {folder}: free some space and try again."
            ) from error
        raise LibraryReadOnly(
            f"The folder {folder} cannot be made ({error.strerror}): choose another place for the "
            "library."
        ) from error


def _prepared(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    connection = connect(path, mode, patience)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        # One transaction: another instance may be making the library at this moment.
        connection.execute("BEGIN")
        version = _version(connection)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        connection.execute("COMMIT")
        if application != APPLICATION and not empty:
            raise LibraryError(
                f"{path} is a database of another program: choose another file for the library."
            )
        if version > SCHEMA:
            raise LibraryTooNew(
                f"The library {path} was written by a later version of this program (its schema "
                f"is {version}, this program knows {SCHEMA}): update the program."
            )
        if version < SCHEMA:
            _upgrade(connection, path, patience)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _upgrade(connection: sqlite3.Connection, path: Path, patience: float) -> None:
    """Takes the missing steps in one transaction, once, however many instances start together."""
    from uniqa_desktop.store import migrations  # imports sqlite-utils, and that numpy

    # Before the switch to WAL, so that the mark is in the file itself from the start: `rebuild`
    # looks for it there.
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    _use_wal(connection, patience)
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version < SCHEMA:
            if version:
                _back_up(path, patience)
            migrations.migrate(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _use_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Switches the file to a write-ahead log, so that readers and a writer do not wait for each
    other. SQLite does not apply its busy timeout to this, hence the loop."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _back_up(path: Path, patience: float) -> None:
    """Keeps the library as it was beside it, as `library.db.before-vN`, N being the new schema.

    Through a connection of its own: SQLite does not copy from one that is writing.
    """
    copy = path.with_name(f"{path.name}.before-v{SCHEMA}")
    unfinished = path.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    with (
        closing(connect(path, "mode=ro", patience)) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
    unfinished.replace(copy)
