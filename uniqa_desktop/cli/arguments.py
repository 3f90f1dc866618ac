"""Arguments that several commands take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from uniqa_desktop import paths
from uniqa_desktop.errors import WrongUse

FOLDER = click.Path(path_type=Path)


def real_folders(given: Sequence[Path]) -> tuple[Path, ...]:
    """The folders as the library knows them: absolute, without symbolic links.

    Raises:
        WrongUse: one of them is not a folder.
    """
    for folder in given:
        if not folder.is_dir():
            reason = "is not a folder" if folder.exists() else "does not exist"
            raise WrongUse(f"{paths.display(folder)} {reason}.")
    return tuple(Path(os.path.realpath(folder)) for folder in given)


def real_file(file: Path) -> Path:
    """A file as the library knows it: its folder without symbolic links, its own name as it is."""
    return Path(os.path.realpath(file.parent)) / file.name
