"""Rebuilding a damaged library: a new file with every row that can still be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from uniqa_desktop.errors import LibraryError, LibraryTooNew
from uniqa_desktop.store import opening
from uniqa_desktop.store.session import primary_code, translated

_TABLES = {
    "folders": "id",
    "photos": "id",
    "files": "id",
    "meta": "photo",
    "attributes": "photo",
    "scores": "photo, model",
    "features": "rowid",
    "acts": "id",
    "changes": "act, photo",
    "failures": "rowid",
    "sidecars": "photo, path",
    "in_step": "photo",
    "clocks": "rowid",
    "photo_groups": "id",
    "members": "photo",
    "corrections": "act, place",
    "overlaps": "one, other",
    "taste_profiles": "id",
    "taste_folders": "profile, folder",
    "taste_versions": "rowid",
    "taste_batches": "id",
    "taste_scores": "batch, photo",
    "taste_choices": "id",
    "taste_audits": "id",
    "warmth": "photo",
    "choices": "key",
}
"""Every table, with the order in which it lies in the file."""

_NEVER_EMPTY = ("taste_profiles",)
"""Tables that a new library has rows in already; those of the damaged one replace them."""

_OF_PHOTOS = (
    "meta", "attributes", "scores", "features", "changes", "sidecars", "in_step", "taste_scores",
    "warmth",
)  # fmt: skip

_REPAIRS = (
    # A lost photo whose file is known comes back, with the verdict that its history ends with.
    "CREATE TEMP TABLE lost AS SELECT DISTINCT photo FROM files"
    " WHERE photo NOT IN (SELECT id FROM photos)",
    "INSERT INTO photos (id) SELECT photo FROM lost",
    "UPDATE photos SET (flag, stars, label) = ("
    " SELECT flag_after, stars_after, label_after FROM changes JOIN acts ON acts.id = act"
    " WHERE photo = photos.id AND state = 'done' ORDER BY act DESC LIMIT 1)"
    " WHERE id IN (SELECT photo FROM lost JOIN changes USING (photo) JOIN acts ON acts.id = act"
    " WHERE state = 'done')",
    "DROP TABLE lost",
    # What nothing can be made of without its other half goes.
    "DELETE FROM files WHERE folder NOT IN (SELECT id FROM folders)",
    "UPDATE files SET is_primary = 1 WHERE id IN (SELECT min(id) FROM files GROUP BY photo"
    " HAVING NOT max(is_primary))",
    "DELETE FROM photos WHERE id NOT IN (SELECT photo FROM files)",
    *(
        f"DELETE FROM {table} WHERE photo NOT IN (SELECT id FROM photos)"
        for table in (*_OF_PHOTOS, "members", "corrections")
    ),
    "DELETE FROM taste_choices WHERE better NOT IN (SELECT id FROM photos)"
    " OR worse NOT IN (SELECT id FROM photos)",
    # A choice whose act is lost stands, and cannot be undone; a withdrawal of nothing goes.
    "UPDATE taste_choices SET act = NULL WHERE act NOT IN (SELECT id FROM acts)",
    "DELETE FROM taste_choices WHERE withdraws NOT IN (SELECT id FROM taste_choices)",
    *(
        f"DELETE FROM {table} WHERE profile NOT IN (SELECT id FROM taste_profiles)"
        for table in ("taste_folders", "taste_versions", "taste_batches", "taste_audits")
    ),
    "DELETE FROM taste_scores WHERE batch NOT IN (SELECT id FROM taste_batches)",
    "DELETE FROM members WHERE number NOT IN (SELECT id FROM photo_groups)",
    "DELETE FROM corrections WHERE act NOT IN (SELECT id FROM acts)",
    "DELETE FROM changes WHERE act NOT IN (SELECT id FROM acts)",
    "DELETE FROM acts WHERE id NOT IN (SELECT act FROM changes UNION SELECT act FROM corrections"
    " UNION SELECT act FROM taste_choices WHERE act IS NOT NULL)",
    "UPDATE failures SET file = NULL WHERE file NOT IN (SELECT id FROM files)",
)


def rebuild(path: Path) -> Path:
    """Replaces a damaged library by a new one with all that can be read of it.

    The damaged file is kept beside it (`library.db.damaged-DATE-TIME`); its path is returned.
    The new library is complete before anything is moved.

    Raises:
        LibraryError: there is no file, or it is another program's database.
        LibraryTooNew: a later version wrote it; that one must rebuild it.
        LibraryBusy, LibraryReadOnly, DiskFull: as they say; the damaged file is where it was.
    """
    path = path.absolute()
    _check_ours(path)
    fresh = path.with_name(f"{path.name}.rebuilt")
    _remove(fresh)
    with (
        translated(path),
        closing(opening.open_library(fresh)) as target,
        closing(_damaged(path)) as source,
    ):
        _salvage(source, target)
    backup = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}")
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(backup.with_name(backup.name + suffix))
    fresh.rename(path)
    return backup


def _check_ours(path: Path) -> None:
    """By the file's header alone: SQLite may not be able to open it."""
    if not path.is_file():
        raise LibraryError(f"There is no library at {path}.")
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0"):
        return
    if int.from_bytes(header[68:72], "big") != opening.APPLICATION:
        raise LibraryError(
            f"{path} is a database of another program: choose another file for the library."
        )
    if int.from_bytes(header[60:64], "big") > opening.SCHEMA:
        raise LibraryTooNew(f"The library {path} was written by a later version: update first.")


def _damaged(path: Path) -> sqlite3.Connection:
    """The damaged file, opened so that as much as possible can be read."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):  # the second passes over a broken WAL
        connection = opening.connect(path, mode, patience=5)
        # Makes SQLite read a file that is shorter than its header says.
        connection.execute("PRAGMA writable_schema = ON")
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if primary_code(error) == sqlite3.SQLITE_BUSY:
                raise
        else:
            return connection
    return sqlite3.connect(":memory:")


def _salvage(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("BEGIN")
    for table, key in _TABLES.items():
        columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
        clash = "REPLACE" if table in _NEVER_EMPTY else "IGNORE"
        insert = f"INSERT OR {clash} INTO {table} VALUES ({', '.join('?' * len(columns))})"
        for row in _readable(source, table, ", ".join(columns), key):
            try:
                target.execute(insert, row)
            except sqlite3.IntegrityError:
                continue  # a row whose values cannot be: damage that SQLite did not notice
    for repair in _REPAIRS:
        target.execute(repair)
    target.execute("COMMIT")


def _readable(
    source: sqlite3.Connection, table: str, columns: str, key: str
) -> Iterator[tuple[object, ...]]:
    """The rows from the front up to the damage, and from the back up to it."""
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{column} {direction}" for column in key.split(", "))
        try:
            yield from source.execute(f"SELECT {columns} FROM {table} NOT INDEXED ORDER BY {order}")
        except sqlite3.DatabaseError:
            continue
        return


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
