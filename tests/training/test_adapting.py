"""Training an adapter on labelled pictures: it learns, goes on, and says what it refuses."""

from __future__ import annotations

import json
import pickle
import shutil
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
import tiny_models as tiny
from click.testing import CliRunner
from labelled_pictures import draw

from uniqa_desktop import atomic, labels, paths, scorers
from uniqa_desktop.cli.main import group
from uniqa_desktop.errors import DiskFull, WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.labels import Labels
from uniqa_desktop.photo import Progress
from uniqa_desktop.training import adapting
from uniqa_desktop.training.adapting import Plan, adapt
from uniqa_desktop.training.run import CHECKPOINT

pytestmark = tiny.needs_torch
Report = TypeVar("Report")

QUICK = {"epochs": 6, "rate": 0.01, "draws": 50}


def run_out(job: Generator[Progress, None, Report], until: Any = None) -> Report:
    """Runs a job; `until` sees each step."""
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            return end.value
        if until is not None:
            until(step)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pictures, and an installed model."""
    folder = tmp_path_factory.mktemp("made")
    draw(folder / "pictures", 60)
    file = tiny.save(folder / "tiny.pt", tiny.vit_arrays())
    Models(folder / "models").install(file, model_id="tiny")
    return folder


@pytest.fixture(autouse=True)
def installed(made: Path, home: Path) -> None:
    shutil.copytree(made / "models", paths.data_dir() / "models")


@pytest.fixture
def given(made: Path) -> Labels:
    return labels.read(made / "pictures" / "labels.csv", scale=(1, 5))


def trained(given: Labels, folder: Path, **options: Any) -> dict[str, Any]:
    job = adapt(given, Plan("tiny", **QUICK), folder / "run", folder / "a.safetensors", **options)
    return run_out(job)


def test_it_learns_and_the_model_scores_with_it(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "bright.pth"
    words = ["train", "adapter", "--labels", made / "pictures" / "labels.csv", "--range", 1, 5]
    words += ["--model", "tiny", "--out", out, "--epochs", 25, "--rate", 0.01, "--json"]
    done = CliRunner().invoke(group, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    figures, curve = record["figures"], record["curve"]
    assert (figures["trained_on"], figures["held_out"]) == (48, 12)
    assert curve[-1]["loss"] < curve[0]["loss"] / 4
    assert figures["trained"]["srcc"]["value"] > 0.8
    assert figures["trained"]["srcc"]["value"] > figures["untrained"]["srcc"]["value"] + 0.2
    assert figures["trained"]["srcc"]["low"] > 0.3
    assert record["settings"]["scale"] == [1, 5]
    assert str(made) not in json.dumps(record)

    # The authors' file goes onto the model, and the program's own scores follow the labels.
    install = ["model", "install", str(out), "--id", "tiny", "--prompts", "ensemble"]
    assert CliRunner().invoke(group, install).exit_code == 0
    card = Models().get("tiny").card
    assert card.adapter is not None
    assert card.prompts == "ensemble"
    assert CliRunner().invoke(group, [*install[:-1], "base"]).exit_code == 0
    scorer = scorers.load("tiny", "cpu")
    scorer.open()
    dark, bright = (np.full((96, 96, 3), light, np.uint8) for light in (40, 200))
    scores = scorer.score(scorer.encode([scorer.prepare(p, b"") for p in (dark, bright)]), ())
    assert scores[1].quality is not None
    assert scores[0].quality is not None
    assert scores[1].quality > scores[0].quality + 20


def test_a_stopped_run_goes_on_to_the_same_bits(given: Labels, tmp_path: Path) -> None:
    through = trained(given, tmp_path / "through")
    stop = threading.Event()

    def after_the_first_block(step: Progress) -> None:
        if step.job == "encode" and step.done:
            stop.set()

    def after_two_epochs(step: Progress) -> None:
        if step.job == "train" and step.done == 2:
            stop.set()

    for until in (after_the_first_block, after_two_epochs):
        stop.clear()
        folder = tmp_path / "stopped"
        plan = Plan("tiny", **QUICK)
        job = adapt(given, plan, folder / "run", folder / "a.safetensors", resume=True, stop=stop)
        record = run_out(job, until)
        assert record["finished"] is None
        assert not (folder / "a.safetensors").exists()
    again = trained(given, tmp_path / "stopped", resume=True)
    assert again["figures"] == through["figures"]
    assert again["curve"] == through["curve"]
    written = [(tmp_path / name / "a.safetensors").read_bytes() for name in ("through", "stopped")]
    assert written[0] == written[1]
    # To go on with a finished run does nothing and opens nothing.
    shutil.rmtree(paths.data_dir() / "models" / "tiny" / "cache", ignore_errors=True)
    done = trained(given, tmp_path / "stopped", resume=True)
    assert done | {"seconds": 0} == again | {"seconds": 0}


def test_a_full_drive_costs_only_the_epoch_under_way(
    given: Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = trained(given, tmp_path / "through")
    write, saved = atomic.write_bytes, []

    def full(path: Path, data: bytes) -> None:
        if path.name == CHECKPOINT:
            saved.append(path)
            if len(saved) == 3:
                raise DiskFull("No room left.")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_bytes", full)
        with pytest.raises(DiskFull):
            trained(given, tmp_path / "full")
    again = trained(given, tmp_path / "full", resume=True)
    assert again["figures"] == through["figures"]
    assert again["curve"] == through["curve"]


def test_few_labels_and_splits_of_a_file(made: Path, tmp_path: Path) -> None:
    rows = list(range(60))
    split_file = tmp_path / "split.pkl"
    split_file.write_bytes(pickle.dumps({1: {"train": rows[:40], "val": rows[40:], "test": []}}))
    words = ["train", "adapter", "--labels", made / "pictures" / "labels.csv", "--model", "tiny"]
    words += ["--split-file", split_file, "--split", 1, "--few", 10, "--prompts", "ensemble"]
    words += ["--epochs", 2, "--not-mirrored", "--out", tmp_path / "few.safetensors"]
    done = CliRunner().invoke(group, [str(word) for word in [*words, "--json"]])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)["figures"]
    assert (figures["trained_on"], figures["held_out"]) == (10, 20)
    for_people = CliRunner().invoke(group, [str(word) for word in [*words, "--resume"]])
    assert "with adapter" in for_people.output
    assert "--prompts ensemble" in for_people.output


def test_photos_that_cannot_be_read_are_named_and_the_rest_is_used(
    made: Path, tmp_path: Path
) -> None:
    shutil.copytree(made / "pictures", tmp_path / "pictures")
    (tmp_path / "pictures" / "003.png").unlink()
    (tmp_path / "pictures" / "004.png").write_bytes(b"nothing")
    words = ["train", "adapter", "--labels", tmp_path / "pictures" / "labels.csv"]
    words += ["--model", "tiny", "--epochs", 1, "--holdout", 0, "--out", tmp_path / "a.pth"]
    done = CliRunner().invoke(group, [str(word) for word in [*words, "--json"]])
    assert done.exit_code == 1
    figures = json.loads(done.stdout)["figures"]
    assert [item["file"] for item in figures["unreadable"]] == ["003.png", "004.png"]
    assert (figures["trained_on"], figures["held_out"], figures["trained"]) == (58, 0, None)
    assert "003.png" in done.stderr


def test_what_is_refused_is_said_in_a_sentence(
    made: Path, given: Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(words: str, given: Labels = given, out: str = "a.pth", **plan: Any) -> None:
        options = {"model": "tiny", **QUICK, **plan}
        job = adapt(given, Plan(**options), tmp_path / "run", tmp_path / out)
        with pytest.raises(WrongUse, match=words):
            run_out(job)
        assert not (tmp_path / "run").exists()

    refused("no text tower", model="attributes-1")
    refused("only 48 labels to learn from, not 200", few=200)
    refused("should end in .safetensors", out="adapter.bin")
    refused("no split '3'", split="3")
    elsewhere = labels.read(made / "pictures" / "labels.csv", images=tmp_path)
    refused("give their folder with --images", elsewhere)
    one_group = labels.read(_with_groups(made, tmp_path, "all the same"))
    refused(r"belong to one group \(all the same\)", one_group)
    alike = given.take(range(60))
    alike.scores[:] = 3
    refused("all 48 photos have the same score", alike)


def _with_groups(made: Path, folder: Path, group_name: str) -> Path:
    text = (made / "pictures" / "labels.csv").read_text()
    lines = [line.rpartition(",")[0] + f",{group_name}" for line in text.splitlines()[1:]]
    path = folder / "one.csv"
    path.write_text("\n".join(["file,score,std,group", *lines]))
    return path


def test_a_run_of_other_weights_or_labels_is_not_gone_on_with(
    given: Labels, tmp_path: Path
) -> None:
    stop = threading.Event()

    def after_one_epoch(step: Progress) -> None:
        if step.job == "train" and step.done == 1:
            stop.set()

    def begin(given: Labels, plan: Plan) -> Generator[Progress, None, dict[str, Any]]:
        return adapt(given, plan, tmp_path / "run", tmp_path / "a.pth", resume=True, stop=stop)

    plan = Plan("tiny", **QUICK)
    run_out(begin(given, plan), after_one_epoch)
    stop.clear()
    with pytest.raises(WrongUse, match=r"other settings \(prompts\)"):
        run_out(begin(given, Plan("tiny", prompts="content", **QUICK)))
    with pytest.raises(WrongUse, match=r"other data \(labels"):
        run_out(begin(given.take(range(30)), plan))
    import torch

    torch.save({"state": {"epoch": 1, "parts": {}}, "curve": []}, tmp_path / "run" / CHECKPOINT)
    with pytest.raises(WrongUse, match="cannot be gone on with"):
        run_out(begin(given, plan))
    other = tiny.save(tmp_path / "other.pt", tiny.vit_arrays(9))
    Models().install(other, model_id="tiny", overwrite=True)
    with pytest.raises(WrongUse, match=r"other settings \(weights\)"):
        run_out(begin(given, plan))


def test_epochs_are_the_authors_for_about_so_many_photos() -> None:
    assert adapting.usual_epochs(1_162 * 4 // 5) == 50
    assert adapting.usual_epochs(8_058) == 20
