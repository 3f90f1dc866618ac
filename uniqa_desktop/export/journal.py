"""What an export is about to do, on the drive before it is done, so that a killed one is finished.

A journal is a file of JSON lines: first each parcel with its files, then a line as each parcel is
begun and done. At the next start `recover` looks at every parcel that was begun and not done: a
copy is taken back unless it is complete; a move whose copies are all complete is finished, any
other is taken back. No source is ever removed unless its copy has the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.export import transfer
from uniqa_desktop.export.plan import ExportPlan, Parcel, Transfer
from uniqa_desktop.scan import content

_SUFFIX = ".export"


class Journal:
    """The journal of one running export. Close it when the export has ended by itself."""

    def __init__(self, plan: ExportPlan, folder: Path | None = None) -> None:
        """Writes the whole plan before anything is done.

        Raises:
            OSError: the journal cannot be written; then nothing must be done.
        """
        folder = folder or default_folder()
        folder.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        self.path = folder / f"{stamp}{_SUFFIX}"
        self._file = self.path.open("x", encoding="utf-8")
        _lock(self._file)
        self._line({"move": plan.move})
        for number, parcel in enumerate(plan.ready):
            self._line({"parcel": number, "files": [_row(each) for each in parcel.transfers]})
        self._sync()

    def begin(self, number: int) -> None:
        """The parcel of that number in `plan.ready` is about to be carried."""
        self._line({"begin": number})
        self._sync()

    def done(self, number: int) -> None:
        """That parcel is in place."""
        self._line({"done": number})

    def close(self) -> None:
        """The export has ended and nothing is left to finish: the journal goes."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def leave(self) -> None:
        """The export broke off by a bug: the journal stays for `recover`."""
        self._file.close()

    def _line(self, value: dict[str, Any]) -> None:
        self._file.write(json.dumps(value) + "\n")

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was found of exports that did not end by themselves.

    `finished` and `taken_back` are photos by their first file; `troubles` are sentences about what
    could not be put right, whose journal stays for the next start.
    """

    finished: list[Path] = field(default_factory=list)
    taken_back: list[Path] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def default_folder() -> Path:
    """Where journals are."""
    return paths.data_dir() / "exports"


def recover(folder: Path | None = None) -> Recovery:
    """Finishes or takes back what killed exports left half done. Safe to be killed itself.

    Journals of exports that are running in another process are left alone.
    """
    outcome = Recovery()
    for path in sorted((folder or default_folder()).glob(f"*{_SUFFIX}")):
        with path.open(encoding="utf-8") as file:
            if not _lock(file):
                continue
            troubles = len(outcome.troubles)
            for parcel, move in _half_done(file):
                _put_right(parcel, outcome, move=move)
        if len(outcome.troubles) == troubles:
            path.unlink(missing_ok=True)
    return outcome


def _put_right(parcel: Parcel, outcome: Recovery, *, move: bool) -> None:
    first = parcel.path
    try:
        for each in parcel.transfers:
            transfer.part_of(each.target).unlink(missing_ok=True)
        if all(_is_complete(each) for each in parcel.transfers):
            if move:
                for each in parcel.transfers:
                    if not each.stays:
                        each.source.unlink(missing_ok=True)
            outcome.finished.append(first)
            return
        for each in parcel.transfers:
            if not each.there and each.source.exists() and _is_complete(each):
                each.target.unlink(missing_ok=True)
        outcome.taken_back.append(first)
    except (OSError, KnownError) as error:
        outcome.troubles.append(f"The export of {paths.display(first)} is half done: {error}")


def _is_complete(each: Transfer) -> bool:
    """Whether the target is there with the source's bytes; a source that is gone was verified."""
    if not each.target.exists():
        return False
    if not each.source.exists():
        return True
    if each.source.samefile(each.target):
        return True
    return content(each.source) == content(each.target)


def _half_done(file: TextIO) -> Iterator[tuple[Parcel, bool]]:
    """The parcels that were begun and not done, and whether it was a move."""
    parcels: dict[int, Parcel] = {}
    begun: set[int] = set()
    move = False
    for line in file:
        try:
            value = json.loads(line)
        except ValueError:
            break  # the last line of a killed process
        move = value.get("move", move)
        if "parcel" in value:
            rows = tuple(_transfer(row) for row in value["files"])
            parcels[value["parcel"]] = Parcel(0, rows[0].source, rows)
        begun |= {value["begin"]} if "begin" in value else set()
        begun -= {value["done"]} if "done" in value else set()
    for number in sorted(begun):
        if number in parcels and parcels[number].transfers:
            yield parcels[number], move


def _lock(file: TextIO) -> bool:
    """Marks a journal as in use until its file is closed or its process ends."""
    try:
        import fcntl
    except ImportError:  # Windows does not remove a file that another process has open
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _row(each: Transfer) -> list[Any]:
    source, target = (paths.to_text(str(path)) for path in (each.source, each.target))
    return [source, target, each.size, each.there, each.stays]


def _transfer(row: list[Any]) -> Transfer:
    source, target, size, there, stays = row
    source, target = (Path(paths.from_text(text)) for text in (source, target))
    return Transfer(source, target, size, there=there, stays=stays)
