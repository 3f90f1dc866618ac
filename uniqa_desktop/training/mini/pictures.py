"""The unlabelled pictures that `uniqa-mini` learns from, read from their archives as they are.

Nothing is unpacked to disk: the archives hold small JPEG files, and all pictures together need
0.5 GB of memory.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.errors import WrongUse

Pixels = NDArray[np.uint8]

PHOTOS = "photos-160.zip"
SCENES = "scenes-112.zip"
DETAILS = "crops-512.zip"
"""Varied photos with a short side of 160, scenery of 112×112, and detailed crops at native
resolution, in the folder `unlabelled` of the data."""


def archive(data: Path, name: str) -> Path:
    """Where the archive `name` is in the data folder.

    Raises:
        WrongUse: it is not there.
    """
    file = data / "unlabelled" / name
    if not file.is_file():
        raise WrongUse(f"There is no {file}: the recipe needs that archive of pictures.")
    return file


def read(file: Path) -> list[Pixels]:
    """Every picture of an archive (JPEG or PNG), in order of name: H×W×3 uint8, RGB.

    Raises:
        WrongUse: the archive or a picture in it cannot be read, or there is none.
    """
    try:
        with zipfile.ZipFile(file) as zipped:
            names = sorted(name for name in zipped.namelist() if not name.endswith("/"))
            pictures = [_decoded(zipped.read(name), f"{name} in {file}") for name in names]
    except (OSError, zipfile.BadZipFile) as error:
        raise WrongUse(f"{file} cannot be read as an archive of pictures: {error}.") from error
    if not pictures:
        raise WrongUse(f"There is no picture in {file}.")
    return pictures


def sha256(files: Sequence[Path]) -> dict[str, str]:
    """The hash of each file by its name: what a run says it was made from."""
    found = {}
    for file in files:
        with file.open("rb") as stream:
            found[file.name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def _decoded(data: bytes, name: str) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise WrongUse(f"{name} is no picture that can be read.")
    return pixels.astype(np.uint8, copy=False)
