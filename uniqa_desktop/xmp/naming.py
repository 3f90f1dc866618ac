"""Where the sidecars of a photo lie: Lightroom's name, darktable's and digiKam's, or both."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from uniqa_desktop import formats
from uniqa_desktop.errors import WrongUse

_UNFINISHED = re.compile(r"\..+\.xmp\.[a-z0-9_]{8}")
"""The hidden names under which `atomic.write_bytes` writes."""
_GIVEN_UP = 60.0
"""Seconds after which nobody is still writing such a file."""


class Naming(StrEnum):
    """`IMG.xmp`, `IMG.CR2.xmp`, or both of them."""

    LIGHTROOM = "lightroom"
    DARKTABLE = "darktable"
    BOTH = "both"


def choose(name: str) -> Naming:
    """The naming that a setting means.

    Raises:
        WrongUse: there is no such naming.
    """
    try:
        return Naming(name)
    except ValueError:
        known = ", ".join(Naming)
        raise WrongUse(f"Sidecars cannot be named {name!r} (known: {known}).") from None


def wanted(setting: str) -> Naming | None:
    """The naming that the user has agreed to; `None` where the setting is `ask` or `off`."""
    return Naming(setting) if setting in tuple(Naming) else None


def sidecars(files: Sequence[Path], naming: Naming) -> list[Path]:
    """The sidecars that a photo with these files shall have.

    darktable and digiKam see a RAW and its JPEG as two pictures, so each gets one; Lightroom's
    name serves both.
    """
    found: list[Path] = []
    if naming is not Naming.DARKTABLE:
        found += [file.with_suffix(".xmp") for file in files]
    if naming is not Naming.LIGHTROOM:
        found += [file.with_name(f"{file.name}.xmp") for file in files]
    return list(dict.fromkeys(found))


class Folders:
    """The names in folders, each listed once: for looking at many photos in a row."""

    def __init__(self) -> None:
        self._names: dict[Path, dict[str, list[str]]] = {}
        self._pictures: dict[Path, dict[str, list[str]]] = {}

    def present(self, files: Sequence[Path]) -> list[Path]:
        """The sidecars that lie beside a photo's files under any name, `.XMP` among them; not
        those of another photo whose name differs in letter case only."""
        wanted = dict.fromkeys(
            (each.parent, each.name.casefold()) for each in sidecars(files, Naming.BOTH)
        )
        own = {file.name for file in files}
        return [
            folder / name
            for folder, folded in wanted
            for name in self._listed(folder).get(folded, ())
            if not self._is_anothers(folder, name, own)
        ]

    def _is_anothers(self, folder: Path, name: str, own: set[str]) -> bool:
        """Whether a sidecar is written just as a stranger's name and not as one of our own:
        `img.jpg.xmp` belongs to `img.jpg`, not to `IMG.JPG` beside it."""
        whole = Path(name).stem

        def exactly(picture: str) -> bool:
            return whole in (picture, Path(picture).stem)

        if any(map(exactly, own)):
            return False
        pictures = self._by_stem(folder)
        stems = {whole.casefold(), Path(whole).stem.casefold()}
        return any(exactly(each) for stem in stems for each in pictures.get(stem, ()))

    def rivals(self, sidecar: Path, files: Sequence[Path]) -> list[Path]:
        """Pictures of other photos that `sidecar` would also speak for: `IMG.xmp` beside
        `IMG.JPG` and `IMG.PNG`."""
        own = {file.name for file in files}
        return [
            sidecar.parent / name
            for name in self._by_stem(sidecar.parent).get(sidecar.stem.casefold(), ())
            if name not in own
        ]

    def remains(self) -> list[Path]:
        """What killed writings left in the folders looked at: hidden files that never got a
        sidecar's name. Young ones may be another process's that is writing now."""
        return [
            path
            for folder, listed in self._names.items()
            for names in listed.values()
            for path in (folder / name for name in names if _UNFINISHED.fullmatch(name))
            if _age(path) > _GIVEN_UP
        ]

    def _by_stem(self, folder: Path) -> dict[str, list[str]]:
        """The pictures of a folder by their stem: with a look at every name for every photo, a
        folder of 10,000 would take minutes."""
        found = self._pictures.get(folder)
        if found is None:
            found = self._pictures[folder] = {}
            for names in self._listed(folder).values():
                for name in names:
                    if formats.kind_of(name) in (formats.Kind.PICTURE, formats.Kind.RAW):
                        found.setdefault(Path(name).stem.casefold(), []).append(name)
        return found

    def _listed(self, folder: Path) -> dict[str, list[str]]:
        found = self._names.get(folder)
        if found is None:
            found = self._names[folder] = {}
            try:
                for name in sorted(os.listdir(folder)):
                    found.setdefault(name.casefold(), []).append(name)
            except OSError:
                pass  # gone or unreadable: writing will say so
        return found


def _age(path: Path) -> float:
    """Seconds since a file was last written; 0 if it is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def is_on_card(path: Path) -> bool:
    """Whether a path lies on a camera's card: in `DCIM` at the top of a mounted drive."""
    return any(
        parent.name.upper() == "DCIM" and os.path.ismount(parent.parent) for parent in path.parents
    )
