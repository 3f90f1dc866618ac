"""The append-only file: what is in it stays, whatever happens while it is written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop.errors import DiskFull, WrongUse
from uniqa_desktop.training.journal import JOURNAL, Journal, begin


def test_entries_are_there_again(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.jsonl") as journal:
        journal.append({"a": 1})
        journal.append({"b": "ü\n\u2028"})
    with Journal(tmp_path / "a.jsonl") as journal:
        assert journal.entries == [{"a": 1}, {"b": "ü\n\u2028"}]


@settings(deadline=None)
@given(half=st.text(max_size=30).map(lambda text: text.replace("\n", "").encode()))
def test_half_a_line_is_cut_off(half: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("journal") / "a.jsonl"
    file.write_bytes(b'{"a": 1}\n' + half)
    with Journal(file) as journal:
        assert journal.entries == [{"a": 1}]
        journal.append({"b": 2})
    assert file.read_bytes() == b'{"a": 1}\n{"b": 2}\n'


def test_a_full_drive_leaves_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.jsonl"
    write = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) > 5:
            return write(handle, data[:5])
        raise OSError(errno.ENOSPC, "No space left on device")

    with Journal(file) as journal:
        journal.append({"a": 1})
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", half)
            with pytest.raises(DiskFull, match="No room left"):
                journal.append({"b": 2})
        assert file.read_bytes() == b'{"a": 1}\n'
        journal.append({"c": 3})
        assert journal.entries == [{"a": 1}, {"c": 3}]
    assert file.read_bytes() == b'{"a": 1}\n{"c": 3}\n'


@pytest.mark.parametrize("content", [b"[1]\n", b"no json\n", b"\xff\n", b'{"a": 1}\nnull\n'])
def test_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(content)
    with pytest.raises(WrongUse, match="damaged"):
        Journal(file)
    assert file.read_bytes() == content


def begun(out: Path, *, resume: bool = False, seed: int = 0) -> Journal:
    return begin(out, "toy", {"seed": seed}, {}, resume=resume)[1]


def test_a_run_in_vain_does_not_stand_in_the_way(tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    with begun(out):
        pass
    with begun(out, seed=1) as journal:
        journal.append({"a": 1})
    with pytest.raises(WrongUse, match="by --resume"):
        begun(out, seed=1)
    with begun(out, seed=1, resume=True) as journal:
        assert journal.entries == [{"a": 1}]


def test_a_file_of_the_users_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("mine")
    for resume in (True, False):
        with pytest.raises(WrongUse, match="exists already"):
            begun(tmp_path / "a.json", resume=resume)
    assert not (tmp_path / "a.run").exists()


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.run").write_text("in the way")
    with pytest.raises(WrongUse, match="cannot be written to"):
        begun(tmp_path / "a.json")
    (tmp_path / "b.run" / JOURNAL).mkdir(parents=True)
    with pytest.raises(WrongUse, match="cannot be written to"):
        begun(tmp_path / "b.json")
    with pytest.raises(WrongUse, match="choose another ending"):
        begun(tmp_path / "c.run")
