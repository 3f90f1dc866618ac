"""Fetching a model's file from the hub, and installing a file, with progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from pathlib import Path

from uniqa_desktop import downloads, paths
from uniqa_desktop.downloads import Offer
from uniqa_desktop.installed import Models, Wanted
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.model_card import Installed
from uniqa_desktop.photo import Progress
from uniqa_desktop.store import Store
from uniqa_desktop.weights import ModelSpec

_PARTS = 1000
"""Steps that an installation is told in."""


class _Stopped(Exception):
    """The user stopped the installation; it leaves nothing behind."""


def fetch_model(
    spec: ModelSpec, offer: Offer, *, stop: threading.Event | None = None
) -> Generator[Progress, None, Path | None]:
    """Fetches the file of `spec` that `downloads.look` found, going on after an earlier try.

    Yields:
        Progress in bytes.

    Returns:
        The file, its hash checked where one is published; `None` if it was stopped.

    Raises:
        DownloadError, DiskFull: one sentence; what has arrived is kept for the next try.
    """
    job = downloads.fetch(offer, _folder(spec.id), sha256=expected_hash(spec, offer), stop=stop)
    pace: Pace | None = None
    while True:
        try:
            there = next(job)
        except StopIteration as end:
            return end.value
        if pace is None:
            pace = Pace("fetch", total=offer.size, done=there)
            yield pace.step()
        pace.add(there - pace.done)
        if pace.due:
            yield pace.step()


def expected_hash(spec: ModelSpec, offer: Offer) -> str | None:
    """The sha256 that the file must have: the table's, else the hub's, `None` without either."""
    return spec.published.get(offer.name) or offer.sha256


def forget_fetched(model_id: str) -> None:
    """Removes what was fetched of a model, once it is installed."""
    downloads.forget(_folder(model_id))


def install_model(
    store: Store,
    wanted: Wanted,
    tell: Callable[[Progress], None],
    *,
    stop: threading.Event | None = None,
    models: Models | None = None,
) -> Generator[Progress, None, Installed | None]:
    """Installs a file, and drops what the library holds of scores under the same id.

    Args:
        store: the library.
        wanted: what to install.
        tell: hears of the steps inside (`done` of `total` parts): one call installs it all, so
            they cannot be yielded.
        stop: ends it at the next of these steps; nothing is installed then.
        models: the models of this machine.

    Raises:
        WeightsError, WrongUse, DiskFull: it is refused; nothing was changed.
    """
    stop = stop or threading.Event()

    def heard(_step: str, fraction: float) -> None:
        if stop.is_set() and fraction < 1:
            raise _Stopped
        tell(Progress("install", round(fraction * _PARTS), _PARTS))

    yield Progress("install", 0, _PARTS)
    try:
        done = (models or Models()).install(
            wanted.path,
            model_id=wanted.model,
            licence_accepted=wanted.licence_accepted,
            allow_torchscript=wanted.allow_torchscript,
            expected_sha256=wanted.sha256,
            progress=heard,
        )
    except _Stopped:
        return None
    store.scores.forget(done.card.id)
    if wanted.fetched:
        forget_fetched(wanted.model)
    return done


def _folder(model_id: str) -> Path:
    return paths.cache_dir() / "downloads" / model_id
