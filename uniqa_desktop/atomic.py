"""Writing a file so that it is either the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uniqa_desktop.errors import DiskFull

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""How a file system says that it is full."""


def disk_full(folder: Path) -> DiskFull:
    """The error for the drive of `folder`."""
    return DiskFull(f"No room left on the drive of {folder}: free some space and try again.")


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Turns a full drive while writing into `folder` into a known error.

    Raises:
        DiskFull: no room.
    """
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise disk_full(folder) from error
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Replaces `path` by `data`: temporary file in the same folder, fsync, rename.

    Raises:
        DiskFull: no room; `path` is as it was.
        OSError: any other trouble of the file system; `path` is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        if error.errno in NO_ROOM:
            raise disk_full(path.parent) from error
        raise
