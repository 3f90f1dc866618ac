"""The encoding pass: one reading of each photo, kept in blocks."""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uniqa_desktop import atomic
from uniqa_desktop.errors import DiskFull
from uniqa_desktop.photo import Progress
from uniqa_desktop.training import encoding
from uniqa_desktop.training.encoding import Arrays, Encoded


def run_out(
    job: Generator[Progress, None, Encoded], steps: list[Progress] | None = None
) -> Encoded:
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            return end.value
        if steps is not None:
            steps.append(step)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Eighty grey pictures, each of its own grey."""
    found = [tmp_path / f"{number}.png" for number in range(80)]
    for number, file in enumerate(found):
        Image.new("RGB", (4, 4), (number, number, number)).save(file)
    return found


class Model:
    """Gives the grey of a picture, and remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.batches: list[int] = []

    def see(self, pixels: np.ndarray, identity: bytes) -> int:
        assert len(identity) == 16
        self.seen.append(int(pixels[0, 0, 0]))
        return int(pixels[0, 0, 0])

    def encode(self, seen: Sequence[Any]) -> Arrays:
        self.batches.append(len(seen))
        return {"grey": np.array(seen), "more": np.zeros((len(seen), 2, 3), np.float16)}


def encode(model: Model, files: list[Path], **options: Any) -> Generator[Progress, None, Encoded]:
    return encoding.encode(files, model.see, model.encode, batch=lambda: 10, **options)


def test_each_photo_is_opened_once_and_keeps_its_place(files: list[Path]) -> None:
    model, steps = Model(), []
    found = run_out(encode(model, files), steps)
    assert found.rows.tolist() == found.arrays["grey"].tolist() == list(range(80))
    assert found.arrays["more"].shape == (80, 2, 3)
    assert sorted(model.seen) == list(range(80))
    assert max(model.batches) == 10
    assert (steps[-1].done, steps[-1].total) == (80, 80)


def test_bad_photos_are_named_and_leave_no_gap(files: list[Path]) -> None:
    files[3].unlink()
    files[70].write_bytes(b"")
    found = run_out(encode(Model(), files))
    assert [item.path for item in found.failed] == [files[3], files[70]]
    assert all(item.error for item in found.failed)
    assert found.rows.tolist() == found.arrays["grey"].tolist()
    assert len(found.rows) == 78


def test_nothing_readable_is_no_array(tmp_path: Path) -> None:
    found = run_out(encode(Model(), [tmp_path / "gone.png"]))
    assert len(found.rows) == 0
    assert found.arrays == {}


def test_a_kept_block_is_not_made_again(files: list[Path], tmp_path: Path) -> None:
    stop = threading.Event()
    first, kept = Model(), tmp_path / "kept"
    job = encode(first, files, folder=kept, stop=stop)
    next(job)
    next(job)
    stop.set()
    assert run_out(job).stopped
    files[3].unlink()  # it was seen
    second = Model()
    found = run_out(encode(second, files, folder=kept))
    assert found.rows.tolist() == found.arrays["grey"].tolist() == list(range(80))
    assert sorted(second.seen) == list(range(32, 80))
    third = Model()
    assert run_out(encode(third, files, folder=kept)).rows.tolist() == list(range(80))
    assert third.seen == []


def test_failures_are_kept_too_and_damaged_blocks_made_again(
    files: list[Path], tmp_path: Path
) -> None:
    files[40].unlink()
    kept = tmp_path / "kept"
    run_out(encode(Model(), files, folder=kept))
    blocks = sorted(kept.iterdir())
    blocks[0].write_bytes(b"PK damaged")
    model = Model()
    found = run_out(encode(model, files, folder=kept))
    assert sorted(model.seen) == list(range(32))
    assert [item.path for item in found.failed] == [files[40]]
    assert len(found.rows) == 79


def test_a_full_drive_ends_the_pass_and_keeps_what_there_is(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = atomic.write_bytes

    def full(path: Path, data: bytes) -> None:
        if path.name != "0000000.npz":
            raise DiskFull("No room left.")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_bytes", full)
        with pytest.raises(DiskFull):
            run_out(encode(Model(), files, folder=tmp_path / "kept"))
    model = Model()
    assert len(run_out(encode(model, files, folder=tmp_path / "kept")).rows) == 80
    assert sorted(model.seen) == list(range(32, 80))


def test_a_bug_in_one_photo_does_not_end_the_pass(files: list[Path]) -> None:
    class Broken(Model):
        def see(self, pixels: np.ndarray, identity: bytes) -> int:
            if pixels[0, 0, 0] == 5:
                raise KeyError("bug")
            return super().see(pixels, identity)

    found = run_out(encode(Broken(), files))
    assert [item.path for item in found.failed] == [files[5]]
    assert "KeyError" in found.failed[0].error
