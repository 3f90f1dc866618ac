"""Telling a TorchScript archive, which carries a program, from one that holds weights only.

It needs no machine-learning library, so it can be asked before the user is.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path


def is_program(names: Iterable[str]) -> bool:
    """Whether an archive with these members is a TorchScript one."""
    return any(name.endswith("constants.pkl") for name in names)


def carries_program(file: Path) -> bool:
    """Whether `file` is a TorchScript archive; `False` also where it is no readable archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            return is_program(archive.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
