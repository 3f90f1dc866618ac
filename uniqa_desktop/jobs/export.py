"""Exporting photos: the plan carried out parcel by parcel, behind a journal."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop import paths
from uniqa_desktop.errors import DiskFull, WrongUse
from uniqa_desktop.export.journal import Journal
from uniqa_desktop.export.plan import ExportPlan, Parcel
from uniqa_desktop.export.transfer import TargetGone, TransferError, carry
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, Progress

_SPARE = 16 << 20
"""Bytes that stay free on the target's drive."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did, in photos. `there` were in the target already; `failed` were not
    exported, each with its reason, and their sources are as they were."""

    done: tuple[Parcel, ...]
    there: int
    failed: tuple[Failure, ...]
    stopped: bool = False


def export(
    plan: ExportPlan,
    *,
    journals: Path | None = None,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, ExportReport]:
    """Copies or moves what the plan says. One photo that fails does not end the run.

    Yields:
        Progress in megabytes.

    Raises:
        DiskFull: before anything is done if there is no room for all of it; later if the room went
            elsewhere: what was exported until then is complete.
        TargetGone: the target or its drive went away: what was exported until then is complete.
        WrongUse: the target cannot be made.
    """
    stop = stop or threading.Event()
    drive = _check_room(plan)
    pace = Pace("export", total=_megabytes(plan.bytes))
    failed = [Failure(parcel.path, parcel.why) for parcel in plan.held]
    done: list[Parcel] = []
    there = carried = 0
    journal = Journal(plan, journals)
    yield pace.step()
    try:
        for number, parcel in enumerate(plan.ready):
            if stop.is_set():
                break
            if _drive(plan.folder) != drive:
                # Making it anew would fill the drive below the place where it was mounted.
                raise TargetGone(
                    f"{paths.display(plan.folder)} is not there any more: connect its drive and "
                    "export again; what was exported is complete, and every original is in place "
                    "that was not."
                )
            journal.begin(number)
            try:
                with closing(carry(parcel, move=plan.move)) as steps:
                    for count in steps:
                        carried += count
                        pace.add(_megabytes(carried) - pace.done)
                        if pace.due:
                            yield pace.step()
            except TransferError as error:
                failed.append(Failure(parcel.path, str(error)))
            else:
                done.append(parcel)
                there += all(each.there for each in parcel.transfers)
            journal.done(number)
    except (DiskFull, TargetGone, GeneratorExit):
        # The parcel under way was taken back, so there is nothing left to finish.
        journal.close()
        raise
    except BaseException:
        journal.leave()
        raise
    journal.close()
    yield pace.step()
    return ExportReport(tuple(done), there, tuple(failed), stop.is_set())


def _check_room(plan: ExportPlan) -> int:
    """Makes the target and returns the number of its drive."""
    try:
        plan.folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(plan.folder).free
        drive = plan.folder.stat().st_dev
    except OSError as error:
        raise WrongUse(
            f"{paths.display(plan.folder)} cannot be made ({error.strerror}): choose another "
            "folder."
        ) from None
    wanted = sum(
        each.size
        for parcel in plan.ready
        for each in parcel.transfers
        if not each.there and not (plan.move and _drive(each.source) == drive)
    )
    if wanted + _SPARE > free:
        raise DiskFull(
            f"The export needs {_megabytes(wanted)} MB, but there are {_megabytes(free)} MB free "
            f"in {paths.display(plan.folder)}: free some space or choose another drive."
        )
    return drive


def _drive(path: Path) -> int:
    try:
        return path.stat().st_dev
    except OSError:
        return -1


def _megabytes(count: int) -> int:
    return round(count / 1e6)
