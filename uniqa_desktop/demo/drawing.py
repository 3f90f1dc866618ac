"""Drawing the shoot into a folder: resumable, and never over somebody else's file."""

from __future__ import annotations

import io
import itertools
import os
import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from uniqa_desktop import atomic
from uniqa_desktop.demo.camera import FULL_WIDTH, photograph
from uniqa_desktop.demo.exif import SIGNATURE, exif_of
from uniqa_desktop.demo.picture import Damage, DemoPicture
from uniqa_desktop.demo.scenes import SCENES
from uniqa_desktop.demo.shoot import PICTURES
from uniqa_desktop.errors import KnownError, WrongUse

MARKER = ".demo-shoot"
"""The file that says "this folder was made by us", with the version and size of the shoot."""

VERSION = 2
"""Counts up when the pictures change; an older shoot in a folder is then drawn anew."""

_QUALITY = 90

_MOST_THREADS = 3
"""Each needs up to 400 MB for its scene at full size."""


def draw(
    folder: Path, *, long_side: int = FULL_WIDTH, pictures: Sequence[DemoPicture] = PICTURES
) -> Iterator[DemoPicture]:
    """Draws the demo shoot and yields its pictures in order, once their files are there.

    Pictures that are there already are yielded too, but not drawn again: a complete shoot costs
    almost nothing, an interrupted one is completed, a deleted picture comes back.

    Args:
        folder: Made if it does not exist. It must be empty or hold our own shoot.
        long_side: Of the larger camera's pictures in pixels; 1800 is what the table describes.
        pictures: Which pictures of the table.

    Raises:
        WrongUse: the folder holds other files, or one of our names is somebody else's.
        DiskFull: no room left.
        KnownError: the folder cannot be written.
    """
    try:
        _claim(folder, long_side)
        yield from _drawn(folder, long_side, pictures)
    except OSError as error:
        reason = error.strerror or str(error)
        raise KnownError(f"The demo shoot cannot be drawn into {folder}: {reason}.") from error


def truth(folder: Path) -> Mapping[Path, DemoPicture]:
    """What is true of each file of the shoot that lies in `folder`."""
    return {
        folder / picture.name: picture for picture in PICTURES if (folder / picture.name).is_file()
    }


def _claim(folder: Path, long_side: int) -> None:
    """Marks `folder` as ours, and clears an older or differently sized shoot of ours."""
    folder.mkdir(parents=True, exist_ok=True)
    marker, line = folder / MARKER, f"demo shoot {VERSION}, long side {long_side}\n"
    if not marker.exists():
        if any(folder.iterdir()):
            raise WrongUse(
                f"{folder} holds other files: the demo shoot needs an empty or new folder."
            )
    elif marker.read_text("utf-8", "replace") != line:
        for picture in PICTURES:
            path = folder / picture.name
            if path.exists() and _ours(path):
                path.unlink()
    else:
        return
    atomic.write_bytes(marker, line.encode())


def _ours(path: Path) -> bool:
    """Whether we drew this file: our signature is in its first bytes."""
    with path.open("rb") as file:
        return SIGNATURE.encode() in file.read(1024)


def _drawn(folder: Path, long_side: int, pictures: Sequence[DemoPicture]) -> Iterator[DemoPicture]:
    missing: list[DemoPicture] = []
    for picture in pictures:
        path = folder / picture.name
        if not path.exists():
            missing.append(picture)
        elif not _ours(path):
            raise WrongUse(f"{path} is not part of the demo shoot: move it away and try again.")
    gone = {picture.name for picture in missing}
    series = [
        tuple(group)
        for _, group in itertools.groupby(pictures, lambda p: (p.scene, p.seed, p.camera.aspect))
    ]
    enough = threading.Event()
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS), "demo-shoot") as pool:
        pending = [
            pool.submit(
                _draw_series, folder, long_side, [p for p in group if p.name in gone], enough
            )
            for group in series
        ]
        try:
            for group, job in zip(series, pending, strict=True):
                job.result()
                yield from group
        finally:
            enough.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _draw_series(
    folder: Path, long_side: int, pictures: Sequence[DemoPicture], enough: threading.Event
) -> None:
    """Draws pictures of one scene, which is painted only once, until there is `enough`."""
    scene = None
    for picture in pictures:
        if enough.is_set():
            return
        if picture.damage is Damage.RANDOM_BYTES:
            atomic.write_bytes(folder / picture.name, _random_bytes(picture))
            continue
        if scene is None:
            scene = SCENES[picture.scene](*_size(picture, long_side), picture.seed)
        pixels = photograph(scene.at(picture.moment), picture)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(
            buffer, "JPEG", quality=_QUALITY, subsampling="4:2:0", exif=exif_of(picture)
        )
        data = buffer.getvalue()
        if picture.damage is Damage.TRUNCATED:
            data = data[: round(len(data) * picture.strength)]
        atomic.write_bytes(folder / picture.name, data)


def _size(picture: DemoPicture, long_side: int) -> tuple[int, int]:
    """Width and height of the upright picture."""
    short = round(long_side / 1.5)
    wide = (round(short * picture.camera.aspect * picture.sweep[0]), short)
    return (wide[1], wide[0]) if picture.upright else wide


def _random_bytes(picture: DemoPicture) -> bytes:
    """Bytes that are no picture, always the same, behind our signature."""
    return f"{SIGNATURE}\n".encode() + random.Random(picture.name).randbytes(40_000)
