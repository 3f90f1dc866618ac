"""The unified pre-training: that it learns, goes on where it stopped, and refuses nonsense."""

from __future__ import annotations

import json
import math
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from click.testing import CliRunner
from drawing import draw_folder, pixels
from PIL import Image

from uniqa_desktop import atomic, uniqa
from uniqa_desktop.agreement import spearman
from uniqa_desktop.cli.main import group
from uniqa_desktop.errors import DiskFull, KnownError, WeightsError, WrongUse
from uniqa_desktop.training import pairs
from uniqa_desktop.training.guidance import LEVELS

pytestmark = tiny.needs_torch


def recipe(**changed: Any) -> Any:
    from uniqa_desktop.training.contrastive import Recipe

    return replace(Recipe(epochs=2, batch=4, rate=1e-3, hold_out=0.2, seed=5), **changed)


def run(*words: Any, after: Callable[[], None] | None = None, **options: Any) -> dict[str, Any]:
    """The record of a whole run; `after` is called at each of its steps."""
    from uniqa_desktop.training.contrastive import train

    job: Generator[Any, None, dict[str, Any]] = train(*words, device="cpu", **options)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
        if after is not None:
            after()


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    import torch

    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(usual)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small vision transformer in OpenAI's layout to train on."""
    return str(tiny.save(tmp_path_factory.mktemp("start") / "tiny.pt", tiny.vit_arrays()))


@pytest.fixture
def few(tmp_path: Path) -> tuple[Path, Path]:
    """A pairs file of 20 drawn pictures, and their folder."""
    files = draw_folder(tmp_path / "few", 20)
    rows = [(file.name, [f"picture number {n}", f"the {n}th"]) for n, file in enumerate(files)]
    pairs.write(tmp_path / "few.json", rows)
    return tmp_path / "few.json", tmp_path / "few"


def darkened(seed: int, level: int) -> np.ndarray:
    """A drawn picture of 32 pixels, the darker the lower its level (0–4)."""
    return (pixels(32, 32, seed) * (0.2 + 0.2 * level)).astype(np.uint8)


def test_it_learns_the_quality_of_pictures_it_has_not_seen(tmp_path: Path) -> None:
    from uniqa_desktop.architecture import Architecture
    from uniqa_desktop.clip_model import ClipModel
    from uniqa_desktop.training import towers
    from uniqa_desktop.training.run import set_seeds

    small = Architecture(
        layers=2,
        width=64,
        patch=8,
        image=32,
        embed=32,
        context=12,
        vocabulary=towers.TINY.vocabulary,
        text_width=64,
        text_layers=1,
    )
    set_seeds(1)
    towers.store(towers.build(small), tmp_path / "blank.safetensors")
    (tmp_path / "drawn").mkdir()
    rows = []
    for number in range(320):
        level = number % len(LEVELS)
        Image.fromarray(darkened(number, level)).save(tmp_path / "drawn" / f"{number}.png")
        said = [f"a photo with {LEVELS[level]} quality", f"the light is {LEVELS[level]}"]
        rows.append((f"{number}.png", said))
    pairs.write(tmp_path / "pairs.json", rows)
    settings = recipe(
        epochs=10, batch=32, rate=5e-4, optimiser="adamw", warmup=0.1, schedule="cosine"
    )
    blank = str(tmp_path / "blank.safetensors")
    record = run(
        tmp_path / "pairs.json", tmp_path / "drawn", tmp_path / "run", settings, source=blank
    )

    figures = record["figures"]
    assert record["curve"][-1]["loss"] < record["curve"][1]["loss"]
    assert figures["held_out_loss"] < figures["held_out_loss_before"]
    assert figures["held_out_order"] > figures["held_out_order_before"] + 0.15
    # Scored by prompts that were no text, on pictures that were never drawn before.
    levels = np.arange(60) % len(LEVELS)
    fresh = np.stack([darkened(1000 + n, level) for n, level in enumerate(levels)])
    orders = []
    for file in (blank, str(tmp_path / "run" / "weights.safetensors")):
        model = ClipModel(towers.read(file).tensors, small)
        texts = model.text_features([f"{level} photo quality" for level in LEVELS]).numpy()
        features = model.image_features(fresh).numpy()
        orders.append(spearman(levels, uniqa.level_scores(features, texts, model.logit_scale)))
    assert orders[1] > max(orders[0], 0.6)


def test_a_stopped_run_ends_at_the_same_bit(
    tmp_path: Path, few: tuple[Path, Path], start: str
) -> None:
    whole = run(*few, tmp_path / "whole", recipe(), source=start)
    stop = threading.Event()
    epochs: list[bool] = []

    def second_epoch() -> None:
        if (tmp_path / "parts" / "checkpoint.pt").exists():
            epochs.append(True)
            stop.set()

    first = run(*few, tmp_path / "parts", recipe(), source=start, stop=stop, after=second_epoch)
    assert first["finished"] is None
    assert [point["step"] for point in first["curve"]] == [0, 1]
    second = run(*few, tmp_path / "parts", recipe(), source=start, resume=True)
    assert second["finished"]
    assert second["curve"] == whole["curve"]
    one, two = (
        (tmp_path / name / "weights.safetensors").read_bytes() for name in ("whole", "parts")
    )
    assert one == two
    assert (
        run(*few, tmp_path / "parts", recipe(), source=start, resume=True)["curve"]
        == (whole["curve"])
    )


def test_a_full_drive_costs_the_epoch_and_not_the_run(
    tmp_path: Path, few: tuple[Path, Path], start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(*few, tmp_path / "whole", recipe(), source=start)
    write, saved = atomic.write_bytes, []

    def filling(path: Path, data: bytes) -> None:
        if path.name == "checkpoint.pt":
            saved.append(path)
            if len(saved) == 2:
                raise DiskFull("No room left.")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_bytes", filling)
        with pytest.raises(DiskFull):
            run(*few, tmp_path / "full", recipe(), source=start)
    again = run(*few, tmp_path / "full", recipe(), source=start, resume=True)
    assert again["figures"]["weights"]["sha256"] == whole["figures"]["weights"]["sha256"]


def test_what_it_leaves_can_be_installed_and_scores(
    tmp_path: Path, few: tuple[Path, Path], start: str
) -> None:
    words = ["train", "contrastive", "--pairs", few[0], "--images", few[1], "--from", start]
    words += ["--out", tmp_path / "run", "--epochs", 1, "--batch", 8, "--device", "cpu"]
    for more in (
        words,
        ["model", "install", tmp_path / "run" / "weights.safetensors", "--id", "ours"],
        ["score", few[1], "--model", "ours"],
    ):
        done = CliRunner().invoke(group, [*map(str, more), "--json"])
        assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["scored"] == 20


def test_passes_of_a_step_are_compared_with_each_other(start: str) -> None:
    """One step of two passes moves the weights as one pass with all pictures does."""
    import torch

    from uniqa_desktop import torch_setup
    from uniqa_desktop.training import towers
    from uniqa_desktop.training.crew import Crew
    from uniqa_desktop.training.feed import Batch
    from uniqa_desktop.training.learner import Learner

    read = towers.read(start)
    assert read.architecture is not None
    tokens = torch_setup.open_clip().tokenize([f"number {n}" for n in range(8)])
    pictures = np.stack([pixels(64, 64, n) for n in range(8)])
    losses, gradients = [], []
    for parts in (1, 2, 4):
        model = towers.build(read.architecture, read.tensors)
        crew = Crew(0, 1, torch.device("cpu"))
        learner = Learner(model, crew, optimiser="adamw", decay=0.2, precision="float32")
        batches = [
            Batch(some, words)
            for some, words in zip(np.split(pictures, parts), tokens.chunk(parts), strict=True)
        ]
        losses.append(learner.step(batches, 0.0))
        gradients.append({n: w.grad.clone() for n, w in model.named_parameters()})
    assert losses[1:] == pytest.approx([losses[0]] * 2, rel=1e-5)
    for name, gradient in gradients[0].items():
        for other in gradients[1:]:
            assert torch.allclose(gradient, other[name], rtol=1e-3, atol=1e-5), name
    assert float(gradients[0]["logit_scale"].abs()) > 0


def test_two_processes_learn_what_one_learns(
    tmp_path: Path, few: tuple[Path, Path], start: str
) -> None:
    """Two processes of one pass see the same steps as one process of two passes."""
    alone = run(*few, tmp_path / "alone", recipe(accumulate=2), source=start)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "uniqa_desktop", "train", "contrastive", "--json"]
    words += ["--pairs", few[0], "--images", few[1], "--out", tmp_path / "two", "--from", start]
    words += ["--epochs", 2, "--batch", 4, "--rate", 1e-3, "--hold-out", 0.2, "--seed", 5]
    words += ["--device", "cpu"]
    crew = [
        subprocess.Popen(
            list(map(str, words)),
            stdout=subprocess.PIPE,
            env={
                **os.environ,
                "RANK": str(rank),
                "LOCAL_RANK": str(rank),
                "WORLD_SIZE": "2",
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": str(port),
                "OMP_NUM_THREADS": "1",
            },
        )
        for rank in range(2)
    ]
    told = [process.communicate(timeout=600)[0] for process in crew]
    assert [process.returncode for process in crew] == [0, 0]
    assert told[1] == b""
    together = json.loads(told[0])
    assert together["settings"]["processes"] == 2
    for one, two in zip(alone["curve"], together["curve"], strict=True):
        assert one == pytest.approx(two, rel=2e-3)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_the_loss_falls_in_each_precision_of_a_processor(
    tmp_path: Path, few: tuple[Path, Path], start: str, precision: str
) -> None:
    settings = recipe(epochs=4, batch=8, precision=precision, rate=3e-3)
    curve = run(*few, tmp_path / "run", settings, source=start)["curve"]
    assert curve[-1]["loss"] < curve[1]["loss"]
    assert all(math.isfinite(value) for point in curve for value in point.values())


def test_held_out_texts_that_are_all_alike_have_no_order(start: str) -> None:
    import torch

    from uniqa_desktop import torch_setup
    from uniqa_desktop.training import towers
    from uniqa_desktop.training.crew import Crew
    from uniqa_desktop.training.learner import Learner

    read = towers.read(start)
    assert read.architecture is not None
    model = towers.build(read.architecture, read.tensors)
    crew = Crew(0, 1, torch.device("cpu"))
    learner = Learner(model, crew, optimiser="adam", decay=0, precision="float32")
    tokens = torch_setup.open_clip().tokenize(["one"])
    two = np.stack([pixels(64, 64, n) for n in range(2)])
    assert set(learner.examine([two], ["one", "one"], tokens)) == {"held_out_loss"}


def test_a_loss_that_is_no_number_ends_the_run(start: str) -> None:
    import torch

    from uniqa_desktop import torch_setup
    from uniqa_desktop.training import towers
    from uniqa_desktop.training.crew import Crew
    from uniqa_desktop.training.feed import Batch
    from uniqa_desktop.training.learner import Learner

    read = towers.read(start)
    assert read.architecture is not None
    model = towers.build(read.architecture, read.tensors)
    with torch.no_grad():
        model.visual.proj.fill_(float("nan"))
    crew = Crew(0, 1, torch.device("cpu"))
    learner = Learner(model, crew, optimiser="adam", decay=0, precision="float32")
    tokens = torch_setup.open_clip().tokenize(["one", "two"])
    with pytest.raises(KnownError, match=r"lower --rate"):
        learner.step([Batch(np.zeros((2, 64, 64, 3), np.uint8), tokens)], 1e-3)


def test_damaged_pictures_are_named_or_left_out(
    tmp_path: Path, few: tuple[Path, Path], start: str
) -> None:
    bad = few[1] / "IMG_0003.jpg"
    bad.write_bytes(bad.read_bytes()[:400])
    with pytest.raises(WrongUse, match=r"1 of 20 pictures .*IMG_0003\.jpg.*--skip-bad"):
        run(*few, tmp_path / "run", recipe(), source=start)
    record = run(*few, tmp_path / "run", recipe(epochs=1), source=start, skip_bad=True)
    assert record["data"]["pairs"]["pictures_unreadable"] == 1
    assert record["figures"]["pictures"] + record["figures"]["pictures_held_out"] == 19


@pytest.mark.parametrize(
    ("options", "changed", "error", "words"),
    [
        ({"architecture": "ViT-Q-16"}, {}, WrongUse, "no architecture called"),
        ({"architecture": "ViT-B-16-SigLIP"}, {}, WrongUse, "OpenAI's CLIP layout"),
        ({"architecture": "tiny", "source": "x"}, {}, WrongUse, "one of the two"),
        ({"source": "no-such-model"}, {}, WeightsError, "not installed"),
        ({"source": "/no/such/file.pt"}, {}, WeightsError, "no file"),
        ({"architecture": "tiny"}, {"batch": 17}, WrongUse, "smaller --batch"),
        ({"architecture": "tiny"}, {"precision": "float16"}, WrongUse, "Nvidia"),
    ],
)
def test_requests_that_make_no_sense(
    tmp_path: Path,
    few: tuple[Path, Path],
    options: dict[str, Any],
    changed: dict[str, Any],
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error, match=words):
        run(*few, tmp_path / "run", recipe(**changed), **options)
    assert not (tmp_path / "run").exists()


def test_other_files_and_other_runs_are_not_trained_on(
    tmp_path: Path, few: tuple[Path, Path], start: str
) -> None:
    adapter = {
        "score_level": np.zeros(5, np.float32),
        "adapter.fc.0.weight": np.zeros((2, 4), np.float32),
        "adapter.fc.2.weight": np.zeros((4, 2), np.float32),
    }
    file = tiny.save(tmp_path / "adapter.pt", {"params": adapter})
    with pytest.raises(WeightsError, match="UniQA adapter, not a CLIP model"):
        run(*few, tmp_path / "run", recipe(), source=str(file))
    lacking = {n: a for n, a in tiny.vit_arrays().items() if n != "visual.ln_pre.bias"}
    file = tiny.save(tmp_path / "lacking.pt", lacking)
    with pytest.raises(WeightsError, match=r"do not make a CLIP model .*ln_pre"):
        run(*few, tmp_path / "run", recipe(), source=str(file))
    stop = threading.Event()

    def after_one_epoch() -> None:
        if (tmp_path / "other" / "checkpoint.pt").exists():
            stop.set()

    run(*few, tmp_path / "other", recipe(), source=start, stop=stop, after=after_one_epoch)
    with pytest.raises(WrongUse, match=r"other settings \(.*architecture"):
        run(*few, tmp_path / "other", recipe(), architecture="tiny", resume=True)
    with pytest.raises(WrongUse, match=r"other settings \(rate\)"):
        run(*few, tmp_path / "other", recipe(rate=1e-4), source=start, resume=True)
    draw_folder(few[1], 21)
    Image.fromarray(pixels(seed=99)).save(few[1] / "IMG_0000.jpg")
    with pytest.raises(WrongUse, match=r"other data \(pictures\)"):
        run(*few, tmp_path / "other", recipe(), source=start, resume=True)


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    words = ["train", "contrastive", "--pairs", "/no/pairs.json", "--images", str(tmp_path)]
    done = CliRunner().invoke(group, [*words, "--out", str(tmp_path / "run"), "--json"])
    assert done.exit_code == 2
    assert "cannot be read" in json.loads(done.stdout)["error"]
