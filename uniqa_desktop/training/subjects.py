"""The photos that are to be described: those of a folder, or those of a file of ratings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop import formats
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.labels import Labels
from uniqa_desktop.training.guidance import FIFTHS, level


@dataclass(frozen=True, slots=True)
class Item:
    """A photo to describe: its name in the pairs file, where it is, its level if it was rated."""

    name: str
    path: Path
    level: str | None = None


def in_folder(folder: Path) -> list[Item]:
    """Every photo in a folder and those below it, by name; hidden files and folders are left out.

    Raises:
        WrongUse: there is no such folder, or no photo in it.
    """
    if not folder.is_dir():
        raise WrongUse(f"There is no folder {folder}.")
    found: list[Path] = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place, name)
            for name in files
            if not name.startswith(".") and Path(name).suffix.lower() in formats.PHOTO_EXTENSIONS
        ]
    if not found:
        raise WrongUse(f"There is no photo in {folder}.")
    items = [Item(path.relative_to(folder).as_posix(), path) for path in found]
    return sorted(items, key=lambda item: item.name)


def rated(labels: Labels, cuts: Sequence[float] = FIFTHS) -> list[Item]:
    """The photos of a file of ratings in its order, each with the word for its rating."""
    return [
        Item(name.replace("\\", "/"), path, level(unit, cuts))
        for name, path, unit in zip(labels.names, labels.files, labels.units.tolist(), strict=True)
    ]
