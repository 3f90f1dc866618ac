"""A training run's folder: what it keeps, and how it goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_models import needs_torch

from uniqa_desktop import atomic
from uniqa_desktop.errors import DiskFull, WrongUse
from uniqa_desktop.training.run import CHECKPOINT, RECORD, Run, fingerprint, set_seeds

SETTINGS = {"seed": 3, "epochs": 2, "rate": 0.1}
DATA = {"photos": {"files": 2, "sha256": "ab"}}


def begin(folder: Path, resume: bool = False, **changed: object) -> Run:
    return Run.begin(folder, "toy", SETTINGS | changed, DATA, resume=resume)


def record_in(folder: Path) -> dict[str, object]:
    return json.loads((folder / RECORD).read_text())


def test_the_record_says_what_was_done(tmp_path: Path) -> None:
    run = begin(tmp_path / "run")
    run.note(1, loss=0.5)
    record = run.finish({"srcc": 0.6})
    assert record == record_in(tmp_path / "run")
    assert record["settings"] == SETTINGS
    assert record["data"] == DATA
    assert record["curve"] == [{"step": 1, "loss": 0.5}]
    assert record["figures"] == {"srcc": 0.6}
    assert record["finished"] is not None
    assert run.seed == 3


@needs_torch
def test_a_stopped_run_goes_on_with_its_state_and_curve(tmp_path: Path) -> None:
    import torch

    run = begin(tmp_path)
    run.note(1, loss=0.5)
    run.save({"weights": {"a": torch.arange(3)}, "epoch": 1})
    run.note(2, loss=0.4)  # lost with the epoch under way
    again = begin(tmp_path, resume=True)
    state = again.load()
    assert state is not None
    assert state["epoch"] == 1
    assert torch.equal(state["weights"]["a"], torch.arange(3))
    assert again.curve == [{"step": 1, "loss": 0.5}]
    assert not again.is_finished
    again.finish({})
    assert begin(tmp_path, resume=True).is_finished
    assert not (tmp_path / CHECKPOINT).exists()


def test_an_empty_folder_begins_anew_also_with_resume(tmp_path: Path) -> None:
    assert begin(tmp_path, resume=True).curve == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"rate": 0.2}, r"other settings \(rate\)"), ({"more": 1}, r"other settings \(more\)")],
)
def test_other_settings_are_not_mixed_in(
    tmp_path: Path, changed: dict[str, object], words: str
) -> None:
    begin(tmp_path)
    with pytest.raises(WrongUse, match=words):
        begin(tmp_path, resume=True, **changed)


def test_a_run_is_not_overwritten_or_taken_for_another(tmp_path: Path) -> None:
    begin(tmp_path)
    with pytest.raises(WrongUse, match="by --resume"):
        begin(tmp_path)
    with pytest.raises(WrongUse, match=r"another kind \(toy\)"):
        Run.begin(tmp_path, "other", SETTINGS, DATA, resume=True)
    (tmp_path / RECORD).write_text("{")
    with pytest.raises(WrongUse, match="cannot be read"):
        begin(tmp_path, resume=True)


@needs_torch
def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    run = begin(tmp_path)
    (tmp_path / CHECKPOINT).write_bytes(b"no checkpoint")
    with pytest.raises(WrongUse, match="cannot be read"):
        run.load()


@needs_torch
def test_a_full_drive_costs_only_the_epoch_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(tmp_path)
    run.save({"epoch": 1})

    def full(path: Path, data: bytes) -> None:
        raise DiskFull("No room left.")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_bytes", full)
        with pytest.raises(DiskFull):
            run.save({"epoch": 2})
    again = begin(tmp_path, resume=True)
    assert again.load() == {"epoch": 1}


def test_fingerprints_tell_contents_not_names(tmp_path: Path) -> None:
    one, two, same = (tmp_path / name for name in ("one", "two", "same"))
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    same.write_bytes(b"1")
    assert fingerprint([one, two]) == fingerprint([same, two])
    assert fingerprint([one, two]) != fingerprint([two, one])
    assert fingerprint([one])["files"] == 1
    with pytest.raises(WrongUse, match="cannot be read"):
        fingerprint([tmp_path / "gone"])


@needs_torch
def test_the_same_seed_draws_the_same() -> None:
    import torch

    first = (set_seeds(5).random(), torch.rand(1).item())
    assert first == (set_seeds(5).random(), torch.rand(1).item())
    assert first != (set_seeds(6).random(), torch.rand(1).item())
