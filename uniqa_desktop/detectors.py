"""The face detector on this machine: one file, put in place by one rename, checked by its hash.

It is no model that scores photos, so it is not among `installed`: it is never in use by itself, and
what it adds is one cue when the frames of a burst are compared.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from uniqa_desktop import atomic, paths, weights
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.weights import ModelSpec


def file(spec: ModelSpec = weights.YUNET) -> Path:
    """Where the detector's file is, or would be."""
    return paths.data_dir() / "detectors" / next(iter(spec.published))


def installed(spec: ModelSpec = weights.YUNET) -> Path | None:
    """The detector's file, if it is there."""
    place = file(spec)
    return place if place.is_file() else None


def install(source: Path, spec: ModelSpec = weights.YUNET) -> Path:
    """Copies the published file into place; the same file twice changes nothing.

    Raises:
        WeightsError: it cannot be read, or is another file than the published one.
        DiskFull: no room; nothing was changed.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise WeightsError(f"{source.name} cannot be read ({error.strerror}).") from error
    if hashlib.sha256(data).hexdigest() not in spec.published.values():
        raise WeightsError(
            f"{source.name} is refused: it is not {spec.title} as published (another sha256)."
        )
    place = file(spec)
    place.parent.mkdir(parents=True, exist_ok=True)
    atomic.write_bytes(place, data)
    return place


def remove(spec: ModelSpec = weights.YUNET) -> None:
    """Removes the detector.

    Raises:
        WeightsError: it is not installed.
    """
    place = installed(spec)
    if place is None:
        raise WeightsError(f"{spec.title} is not installed.")
    place.unlink()
