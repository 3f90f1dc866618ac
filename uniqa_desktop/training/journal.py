"""An append-only file of finished work, and the run of a step that makes one file of texts.

    OUT.json            the texts, written when all are there
    OUT.run/            the run: its record, and
    OUT.run/done.jsonl  one line for each photo that is done

What costs minutes to make is never held in memory alone. A process that is killed while it writes
leaves half a line at the end, which is cut off when the file is opened again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from uniqa_desktop import atomic
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training.run import RECORD, Run

JOURNAL = "done.jsonl"
_SYNC_EVERY = 1.0
"""Seconds between two orders to the drive: all that a power cut can lose."""


def begin(
    out: Path,
    kind: str,
    settings: Mapping[str, Any],
    data: Mapping[str, Mapping[str, Any]],
    *,
    resume: bool,
) -> tuple[Run, Journal]:
    """Starts or goes on with the run that makes the file `out`.

    Raises:
        WrongUse: as `Run.begin`; or `out` is there and no run of ours made it; or the folder
            cannot be written to.
        DiskFull: no room.
    """
    folder = out.with_suffix(".run")
    done = folder / JOURNAL
    if folder == out:
        raise WrongUse(f"{out} is the name of the run's folder: choose another ending, as .json.")
    if out.exists() and not (folder / RECORD).exists():
        raise WrongUse(f"{out} exists already: choose another name.")
    try:
        if not (resume or out.exists()) and done.exists() and done.stat().st_size == 0:
            # Begun in vain, as with a server that was not there: nothing is lost by a new start.
            (folder / RECORD).unlink(missing_ok=True)
        run = Run.begin(folder, kind, settings, data, resume=resume)
        return run, Journal(done)
    except OSError as error:
        raise WrongUse(f"{folder} cannot be written to ({error.strerror or error}).") from None


class Journal:
    """The entries made so far, and a place to add more. Use it as a context manager."""

    def __init__(self, file: Path) -> None:
        """Opens `file`, or makes it.

        Raises:
            WrongUse: it is no such journal.
            DiskFull: no room to make it.
        """
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        with atomic.full_disk(file.parent):
            self._handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        self._synced = time.monotonic()
        try:
            self.entries: list[dict[str, Any]] = self._read()
        except BaseException:
            os.close(self._handle)
            raise

    def _read(self) -> list[dict[str, Any]]:
        data = self._file.read_bytes()
        self._length = data.rfind(b"\n") + 1
        os.ftruncate(self._handle, self._length)
        os.lseek(self._handle, self._length, os.SEEK_SET)
        try:
            entries: list[Any] = [json.loads(line) for line in data[: self._length].splitlines()]
        except ValueError:
            entries = [None]
        if not all(isinstance(entry, dict) for entry in entries):
            raise WrongUse(f"{self._file} is damaged: remove its folder and begin anew.")
        return entries

    def append(self, entry: Mapping[str, Any]) -> None:
        """Adds one entry.

        Raises:
            DiskFull: no room; the file holds exactly the entries before.
        """
        text = json.dumps(dict(entry), ensure_ascii=False, allow_nan=False) + "\n"
        line = text.encode()
        try:
            with atomic.full_disk(self._file.parent):
                written = 0
                while written < len(line):
                    written += os.write(self._handle, line[written:])
                if time.monotonic() - self._synced >= _SYNC_EVERY:
                    self._sync()
        except BaseException:
            os.ftruncate(self._handle, self._length)
            os.lseek(self._handle, self._length, os.SEEK_SET)
            raise
        self._length += len(line)
        self.entries.append(dict(entry))

    def _sync(self) -> None:
        os.fsync(self._handle)
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        try:
            os.fsync(self._handle)
        finally:
            os.close(self._handle)
