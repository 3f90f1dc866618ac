"""Split files: pickles of plain data are read without being loaded, all others refused."""

from __future__ import annotations

import collections
import datetime
import json
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training import split_files

SPLITS = {
    1: {"train": list(range(300)), "val": [], "test": (300, 70000)},
    "official_split": {"train": [5], "test": [6, 2**31]},
}


def write(folder: Path, content: bytes, name: str = "split.pkl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_plain_pickles_of_every_protocol(tmp_path: Path, protocol: int) -> None:
    found = split_files.read(write(tmp_path, pickle.dumps(SPLITS, protocol)))
    assert found == {
        "1": {"train": list(range(300)), "val": [], "test": [300, 70000]},
        "official_split": {"train": [5], "test": [6, 2**31]},
    }
    # What was read can be kept as JSON and is read again from it.
    kept = write(tmp_path, json.dumps(found).encode(), "split.json")
    assert split_files.read(kept) == found


def test_a_pickle_of_python_2(tmp_path: Path) -> None:
    """Its texts are bytes of their own kind, and it gets its dictionary from the memory."""
    found = split_files.read(write(tmp_path, b"(dp0\nI1\n(dp1\nS'train'\np2\n(lp3\nI4\nass."))
    assert found == {"1": {"train": [4]}}


def test_one_split_without_a_name(tmp_path: Path) -> None:
    found = split_files.read(write(tmp_path, pickle.dumps({"train": [1], "test": [0]})))
    assert found == {"1": {"train": [1], "test": [0]}}


class Evil:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder / "was here"),)


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_program_is_refused_and_not_run(tmp_path: Path, protocol: int) -> None:
    hostile = {1: {"train": [Evil(tmp_path)]}}
    with pytest.raises(WrongUse, match=r"more than plain data .* nothing of it was run"):
        split_files.read(write(tmp_path, pickle.dumps(hostile, protocol)))
    assert not (tmp_path / "was here").exists()


@pytest.mark.parametrize(
    "more",
    [np.arange(3), np.int64(3), datetime.date(2024, 1, 1), collections.OrderedDict(), {1}, 1.5],
)
def test_anything_but_plain_data_is_refused(tmp_path: Path, more: object) -> None:
    with pytest.raises(WrongUse, match="split file"):
        split_files.read(write(tmp_path, pickle.dumps({1: {"train": more}})))


@pytest.mark.parametrize(
    "content",
    [
        {},
        [1, 2],
        {1: [1]},
        {1: {"train": ["a"]}},
        {1: {"train": [True]}},
        {1: {"other": [1]}},
        {1: None},
    ],
)
def test_another_form_is_named(tmp_path: Path, content: object) -> None:
    with pytest.raises(WrongUse, match="does not hold"):
        split_files.read(write(tmp_path, pickle.dumps(content)))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b".",
        b"garbage",
        b"{",
        b'{"a":',
        b"\x80\x04(.",
        b"(a.",
        b"h\x05.",
        b"}" + b")" + b"\x85" * 10**6 + b"Ns.",
    ],
)
def test_damaged_files_are_said_so(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(WrongUse, match=r"no sound|neither|does not hold"):
        split_files.read(write(tmp_path, content))


def test_a_list_that_holds_itself_and_a_bomb(tmp_path: Path) -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(WrongUse, match="does not hold"):
        split_files.read(write(tmp_path, pickle.dumps({1: {"train": loop}})))
    many = list(range(100_000))
    bomb = {number: {"train": many} for number in range(1000)}
    with pytest.raises(WrongUse, match="more than 20,000,000 rows"):
        split_files.read(write(tmp_path, pickle.dumps(bomb)))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        split_files.read(tmp_path / "gone.pkl")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(WrongUse, match=r"\.$"):
        split_files.read(write(tmp_path, b"\x80\x04" + content))


def test_splits_become_columns_of_labels() -> None:
    source = Path("s.pkl")
    splits = {"1": {"train": [0, 2], "val": [1], "test": [1]}, "2": {"train": [1]}}
    assert split_files.phases(splits, 4, source) == {
        "1": ("train", "test", "train", ""),
        "2": ("", "train", "", ""),
    }
    with pytest.raises(WrongUse, match="belongs to another file of labels"):
        split_files.phases({"1": {"train": [4]}}, 4, source)
    with pytest.raises(WrongUse, match="for training and for testing"):
        split_files.phases({"1": {"train": [1], "test": [1]}}, 4, source)
