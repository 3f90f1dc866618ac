"""Carrying one parcel: every file is copied, verified and put in place before any source goes.

A copy is written under a hidden name, flushed to the drive, read back and compared by hash, and
only then gets its name, which must still be free. On the same drive a move is a second name for the
same file, so nothing is copied at all.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import xxhash

from uniqa_desktop import paths
from uniqa_desktop.errors import DiskFull, KnownError
from uniqa_desktop.export.plan import Parcel, Transfer
from uniqa_desktop.scan import content

PART = ".part"
_BLOCK = 1 << 20


class TargetGone(KnownError):
    """The folder to export to, or the drive it is on, is not there any more."""


class TransferError(KnownError):
    """A file could not be copied or moved; its source is as it was."""


def part_of(target: Path) -> Path:
    """The hidden name under which a copy is made."""
    return target.with_name(f".{target.name}{PART}")


def carry(parcel: Parcel, *, move: bool) -> Generator[int, None, None]:
    """Copies or moves all files of a photo.

    Yields:
        The bytes that were dealt with since the last time.

    Raises:
        TransferError: one of the files failed; what was put in place of this photo is taken back
            and every source is as it was.
        DiskFull: likewise.
    """
    placed: list[Transfer] = []
    try:
        for transfer in parcel.transfers:
            if not transfer.there:
                yield from _place(transfer, link=move and not transfer.stays)
                placed.append(transfer)
        if move:
            for transfer in parcel.transfers:
                _check_same(transfer)
    except BaseException:
        for transfer in placed:
            _take_back(transfer)
        raise
    if move:
        leaving = [each.source for each in parcel.transfers if not each.stays]
        for source in leaving:
            _remove(source)
        for folder in {source.parent for source in leaving}:
            _flush(folder)


def _place(transfer: Transfer, *, link: bool) -> Generator[int, None, None]:
    source, target = transfer.source, transfer.target
    part = part_of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (link and _linked(source, target)):
            digest = yield from _copied(source, part)
            if content(part) != digest:
                raise TransferError(
                    f"The copy of {paths.display(source)} is not what was written: check the drive."
                )
            _give_name(part, target)
        _flush(target.parent)
    except OSError as error:
        raise _known(error, source, target) from error
    finally:
        with contextlib.suppress(OSError):  # the drive may be gone
            part.unlink(missing_ok=True)


def _copied(source: Path, part: Path) -> Generator[int, None, bytes]:
    """Copies the bytes and times of a file; the hash of what was read is returned."""
    digest = xxhash.xxh3_128()
    with source.open("rb") as reading, part.open("wb") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)
            yield len(block)
        writing.flush()
        os.fsync(writing.fileno())
    shutil.copystat(source, part)
    return digest.digest()


def _linked(source: Path, target: Path) -> bool:
    """Whether the file could be given a second name; only within one drive that knows that."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        return False
    return True


def _give_name(part: Path, target: Path) -> None:
    """Renames without ever replacing: a link fails where the name is taken, a rename does not."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.rename(target)


def _check_same(transfer: Transfer) -> None:
    """Makes sure that a source may go: its target holds the same bytes at this moment.

    Raises:
        TransferError: it does not.
    """
    source, target = transfer.source, transfer.target
    try:
        same = source.samefile(target) or content(source) == content(target)
    except OSError as error:
        raise _known(error, source, target) from error
    if not same:
        raise TransferError(f"{paths.display(source)} was changed while it was moved.")


def _remove(source: Path) -> None:
    try:
        source.unlink(missing_ok=True)
    except OSError as error:
        raise TransferError(
            f"{paths.display(source)} was copied, but cannot be removed ({error.strerror})."
        ) from error


def _take_back(transfer: Transfer) -> None:
    """Removes what was put in place, as long as the source is there."""
    if transfer.source.exists():
        with contextlib.suppress(OSError):
            transfer.target.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Makes new names in a folder last; file systems without that say so and are believed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _known(error: OSError, source: Path, target: Path) -> KnownError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"No room left on the drive of {paths.display(target.parent)}: free some space and "
            "export again; what was exported is complete."
        )
    if isinstance(error, FileExistsError):
        return TransferError(f"{paths.display(target)} came to be just now: export again.")
    return TransferError(
        f"{paths.display(source)} could not be brought to {paths.display(target.parent)} "
        f"({error.strerror or error})."
    )
