from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from uniqa_desktop import atomic
from uniqa_desktop.errors import DiskFull


def test_replaces_a_file_and_makes_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file.json"
    atomic.write_bytes(file, b"one")
    atomic.write_bytes(file, b"two")
    assert file.read_bytes() == b"two"
    assert [entry.name for entry in file.parent.iterdir()] == ["file.json"]


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.json"
    atomic.write_bytes(file, b"old")

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(DiskFull, match="free some space"):
        atomic.write_bytes(file, b"new")
    assert file.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["file.json"]
