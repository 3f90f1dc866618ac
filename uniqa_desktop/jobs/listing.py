"""What is known of photos, written down: tables for programs, a report for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from uniqa_desktop import atomic, paths, scorers, weights
from uniqa_desktop.errors import KnownError, WrongUse
from uniqa_desktop.export import lists, report
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import Photo
from uniqa_desktop.store import Store, Thumbs

TABLES = ("csv", "json")
"""The kinds of table that `write_table` makes."""


def write_table(file: Path, kind: str, photos: Sequence[Photo]) -> Path:
    """Writes a table of photos, `kind` being one of `TABLES`; a file that is there is replaced.

    Raises:
        DiskFull, WrongUse: it cannot be written; a file that was there is intact.
    """
    data = lists.as_csv(photos) if kind == "csv" else lists.as_json(photos)
    try:
        atomic.write_bytes(file, data)
    except OSError as error:
        raise WrongUse(f"{paths.display(file)} cannot be written ({error.strerror}).") from None
    return file


def write_report(
    store: Store,
    thumbs: Thumbs,
    folder: Path,
    photos: Sequence[Photo],
    *,
    model: str,
    folders: Sequence[Path] = (),
) -> Path:
    """Writes a contact sheet with a report into `folder`, and returns its page.

    Args:
        store: the library.
        thumbs: where the small pictures come from.
        folder: made if it is missing.
        photos: in the order of the sheet.
        model: whose scores they bear.
        folders: where they were taken from; without any it was the whole library.

    Raises:
        DiskFull, WrongUse: it cannot be written; there is no page then.
    """
    row = weights.find(model)
    installed = {each.card.id: each.card for each in Models().all()}.get(model)
    given, revised = store.verdicts.count(folders)
    facts = report.Facts(
        title=", ".join(each.name for each in folders) or "The whole library",
        model=row.title if row else installed.title if installed else model,
        weights=_hash_of(model),
        failures=store.failures.all(folders),
        given=given,
        revised=revised,
        groups=Counter(str(group.kind) for group in store.groups.all(folders).values()),
        made=datetime.now().astimezone(),
    )
    try:
        return report.write(folder, photos, facts, lambda photo: thumbs.get(photo.identity))
    except OSError as error:
        raise WrongUse(f"{paths.display(folder)} cannot be written ({error.strerror}).") from None


def _hash_of(model: str) -> str:
    """The SHA-256 of a model's weights; empty if it has none or is not here any more."""
    try:
        key = scorers.load(model, "cpu").features_key
    except KnownError:
        return ""
    return key.weights if key else ""
