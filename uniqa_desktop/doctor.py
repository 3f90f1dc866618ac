"""A look at everything that scoring stands on, for people in trouble and those who help them."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from uniqa_desktop import __version__, paths, scorers, settings
from uniqa_desktop.errors import KnownError
from uniqa_desktop.installed import Models
from uniqa_desktop.store import Store, Thumbs

_PACKAGES = (
    "PySide6-Essentials", "torch", "open_clip_torch", "pillow", "pillow-heif", "rawpy",
    "simplejpeg", "opencv-python-headless", "numpy", "sqlite-utils", "exifread",
)  # fmt: skip
_ROOM_WANTED = 500 * 2**20
"""Bytes of free room below which a library or a thumbnail store may soon be stuck."""


def examine(library: Path) -> dict[str, Any]:
    """The state of this installation.

    Returns:
        A JSON-ready report; `problems` lists sentences on what is wrong (empty when all is well).
        Examining changes nothing but migrating the library as every command does.
    """
    problems: list[str] = []
    return {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "devices": _guarded(_devices, problems, "devices"),
        "codecs": _guarded(_codecs, problems, "codecs"),
        "model": settings.load().model,
        "weights": _guarded(lambda: _weights(problems), problems, "weights"),
        "library": _library(library, problems),
        "thumbnails": _thumbs(problems),
        "room": _room(library, problems),
        "problems": problems,
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _guarded(part: Callable[[], Any], problems: list[str], what: str) -> Any:
    """A broken library must not keep the rest of the report from its reader."""
    try:
        return part()
    except Exception as error:
        problems.append(f"The {what} cannot be examined: {type(error).__name__}: {error}")
        return None


def _devices() -> list[str]:
    """Where a learned model could run; measured attributes need the processor alone."""
    devices = ["cpu"]
    if _version("torch") is None:
        return devices
    torch = importlib.import_module("torch")
    if torch.cuda.is_available():
        devices += [
            f"cuda:{index} {torch.cuda.get_device_name(index)}"
            for index in range(torch.cuda.device_count())
        ]
    if torch.backends.mps.is_available():
        devices.append("mps")
    return devices


def _weights(problems: list[str]) -> list[dict[str, Any]]:
    """The installed models, each read once to see whether its weights are what was installed."""
    report = []
    for model in Models().all():
        card = model.card
        try:
            with model.weights_file.open("rb") as file:
                intact = hashlib.file_digest(file, "sha256").hexdigest() == card.weights
        except OSError:
            intact = False
        if not intact:
            problems.append(
                f"The stored weights of {card.id} are gone or have changed: remove the model and "
                "install it again."
            )
        report.append({"id": card.id, "licence": card.licence, "intact": intact})
    chosen = settings.load().model
    try:
        scorers.check(chosen)
    except KnownError as error:
        problems.append(f"The model in use cannot score. {error}")
    return report


def _codecs() -> dict[str, bool]:
    """Which kinds of files can be read, by encoding a small picture of each kind and reading it."""
    import io

    import pillow_heif
    import rawpy
    from PIL import Image

    from uniqa_desktop import decode

    sample = Image.linear_gradient("L").convert("RGB")

    def works(kind: str) -> bool:
        buffer = io.BytesIO()
        try:
            if kind == "HEIF":
                pillow_heif.from_pillow(sample).save(buffer, quality=80)
            else:
                sample.save(buffer, kind)
            picture = decode.full(Path(f"sample.{kind.lower()}"), buffer.getvalue())
        except (KnownError, OSError, KeyError, RuntimeError):
            return False
        return picture.pixels.shape == (256, 256, 3)

    kinds = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF", "HEIF")
    return {**{kind: works(kind) for kind in kinds}, "RAW": bool(rawpy.libraw_version)}


def _library(library: Path, problems: list[str]) -> dict[str, Any]:
    report: dict[str, Any] = {"path": paths.display(library), "exists": library.exists()}
    if not library.exists():
        return report
    try:
        with Store.open(library) as store:
            report |= store.health()
    except KnownError as error:
        problems.append(str(error))
    else:
        if report.get("integrity") != "ok":
            problems.append(
                f"The library is damaged ({report.get('integrity')}): "
                "`uniqa-desktop doctor --rebuild` keeps a backup and saves what it can."
            )
    return report


def _thumbs(problems: list[str]) -> dict[str, Any]:
    file = paths.thumbs_file()
    report: dict[str, Any] = {"path": paths.display(file), "exists": file.exists()}
    if file.exists():
        with Thumbs(file) as thumbs:
            report |= {"pictures": thumbs.count(), "bytes": file.stat().st_size}
    return report


def _room(library: Path, problems: list[str]) -> dict[str, int]:
    """Free bytes on the drives of the library and the cache."""
    room = {}
    for name, folder in (("library", library.parent), ("cache", paths.cache_dir())):
        while not folder.exists():
            folder = folder.parent
        room[name] = shutil.disk_usage(folder).free
        if room[name] < _ROOM_WANTED:
            problems.append(
                f"Only {room[name] // 2**20} MB are free on the drive of the {name} "
                f"({paths.display(folder)})."
            )
    return room
