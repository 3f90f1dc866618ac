"""Folders in the library: their ids, and the condition "at or below these folders"."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from uniqa_desktop import paths

_ODD_NAME = "\udcff"
"""A name that is not UTF-8: it makes `paths.to_text` show the form that it gives such paths."""


def below(folders: Sequence[Path], column: str = "path") -> tuple[str, list[str]]:
    """An SQL condition on `column` (a folder's path) and its parameters; all pass without folders.

    Ranges instead of LIKE, for they use the index. A good folder may have subfolders whose names
    are not UTF-8, which are stored in another form: hence two ranges a folder.
    """
    conditions: list[str] = []
    parameters: list[str] = []
    for folder in folders:
        native = os.fspath(folder)
        prefix = native if native.endswith(os.sep) else native + os.sep
        conditions.append(f"{column} = ?")
        parameters.append(paths.to_text(native))
        marked = paths.to_text(prefix + _ODD_NAME)
        for start in {paths.to_text(prefix), marked[: marked.rindex("\\")]}:
            conditions.append(f"{column} >= ? AND {column} < ?")
            parameters += [start, start[:-1] + chr(ord(start[-1]) + 1)]
    return " OR ".join(conditions) or "1", parameters


def folder_id(connection: sqlite3.Connection, folder: str) -> int | None:
    """The id of a folder (native path), if it is known."""
    row = connection.execute(
        "SELECT id FROM folders WHERE path = ?", (paths.to_text(folder),)
    ).fetchone()
    return row[0] if row else None


def make_folder(connection: sqlite3.Connection, folder: str) -> int:
    """The id of a folder (native path), which is made known if it was not."""
    known = folder_id(connection, folder)
    if known is not None:
        return known
    cursor = connection.execute("INSERT INTO folders (path) VALUES (?)", (paths.to_text(folder),))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def join(folder: str, name: str) -> Path:
    """The path of a file from the two texts that the library keeps of it."""
    return Path(paths.from_text(folder), paths.from_text(name))
