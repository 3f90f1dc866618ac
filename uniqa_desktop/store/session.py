"""One connection to the library, its transactions, and the one place where SQLite's errors become
sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from uniqa_desktop.errors import (
    DiskFull,
    KnownError,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryReadOnly,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

_TAKE_WRITE_LOCK = "DELETE FROM failures WHERE 0"


class Session:
    """A connection of one thread, with the library's path for its error messages."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._database: Database | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for reading; SQLite's errors leave as `LibraryError`."""
        with translated(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside one transaction: all of it is stored, or nothing.

        `atomic()` begins a deferred transaction. If that read first and wrote later, a commit by
        another instance in between would refuse the write at once, without the busy timeout; so
        the transaction's first statement takes the write lock, for which SQLite does wait.

        Raises:
            LibraryBusy: another instance held the lock for longer than the timeout.
            LibraryReadOnly, DiskFull, LibraryDamaged: as they say; nothing was stored.
        """
        with translated(self.path):
            if self._database is None:
                from sqlite_utils import Database  # brings numpy: not before something is written

                self._database = Database(
                    self._connection, recursive_triggers=False, execute_plugins=False
                )
            with self._database.atomic():
                self._connection.execute(_TAKE_WRITE_LOCK)
                yield self._connection

    def close(self) -> None:
        """Closes the connection; a second call does nothing."""
        self._connection.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors about the file at `path` into known errors.

    Errors that are our own mistake (wrong SQL, a broken constraint) pass through as they are.
    """
    try:
        yield
    except sqlite3.Error as error:
        known = _known(error, path)
        if known is None:
            raise
        raise known from error


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code of `error`: 5 for all kinds of "busy"; 0 if it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _known(error: sqlite3.Error, path: Path) -> KnownError | None:
    match primary_code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryBusy(
                f"Another program is using the library {path}: close it, or try again in a moment."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return LibraryReadOnly(
                f"The library {path} cannot be written: make the file and its folder writable, or "
                "choose another library."
            )
        case sqlite3.SQLITE_FULL:
            return DiskFull(
                f"No room left on the drive of {path.parent}: free some space and try again."
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LibraryDamaged(
                f"The library {path} is damaged: rebuild it (a copy of the damaged file is kept)."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return LibraryError(
                f"The library {path} cannot be opened: check that it is a file and that you may "
                "read and write in its folder."
            )
        case sqlite3.SQLITE_IOERR:
            return LibraryError(
                f"The drive of the library {path} reports an error ({error}): check the drive."
            )
        case _:
            return None
