"""Attribute-aware pre-training on drawn pictures: it learns, can be stopped, says what fails."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from drawing import pixels
from runs import finish, pretrain, settings

from uniqa_desktop import atomic
from uniqa_desktop.errors import DiskFull, WeightsError, WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import ATTRIBUTE_NAMES

pytestmark = tiny.needs_torch


def test_it_learns_the_order_of_what_was_done_to_pictures_it_has_not_seen(
    trained: tuple[Path, dict[str, Any]],
) -> None:
    _, record = trained
    curve, figures = record["curve"], record["figures"]
    assert curve[-1]["loss"] < 0.8 * curve[1]["loss"]
    assert figures["untrained"]["order"] < 0.5
    for name in ATTRIBUTE_NAMES:
        assert figures["trained"][name] > 0.9, name
    assert figures["held_out"] == 6
    assert record["settings"]["seed"] == 0
    assert record["data"]["images"]["files"] == 24


def test_each_head_answers_to_its_own_attribute(trained: tuple[Path, dict[str, Any]]) -> None:
    import torch

    from uniqa_desktop.training.attiqa import testing
    from uniqa_desktop.training.attiqa.network import AttributeNet
    from uniqa_desktop.training.degradations import DEGRADATIONS

    net = AttributeNet.load(trained[0])
    picture = np.ascontiguousarray(pixels(96, 96, seed=77)[24:72, 24:72])
    for name in ("blur", "noise", "dark", "bright", "flat", "dull"):
        row = DEGRADATIONS[name]
        views = np.stack([picture, row(picture, row.strength(0.8), 1)])
        before, after = testing.heads(net, views, torch.device("cpu"))
        place = ATTRIBUTE_NAMES.index(str(row.attribute))
        assert row.direction * (after - before)[place] > 0, name


def test_an_interrupted_run_ends_with_the_same_bits(
    short: tuple[Path, dict[str, Any]], images: list[Path], tmp_path: Path
) -> None:
    from uniqa_desktop.training.attiqa.network import WEIGHTS

    whole, record = short
    stop = threading.Event()
    for step in pretrain(images, tmp_path, settings(epochs=2), stop=stop):
        if step.job == "pre-training" and step.done == 4:  # an epoch is three
            stop.set()
    assert not (tmp_path / WEIGHTS).exists()
    again, _ = finish(pretrain(images, tmp_path, settings(epochs=2), resume=True))
    assert again["curve"] == record["curve"]
    assert (tmp_path / WEIGHTS).read_bytes() == (whole / WEIGHTS).read_bytes()
    # A finished run is not trained again.
    assert (
        finish(pretrain(images, tmp_path, settings(epochs=2), resume=True))[0]["finished"]
        == again["finished"]
    )


def test_a_full_drive_in_mid_run_costs_one_epoch(
    short: tuple[Path, dict[str, Any]],
    images: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from uniqa_desktop.training.attiqa.network import WEIGHTS
    from uniqa_desktop.training.run import CHECKPOINT

    write, checkpoints = atomic.write_bytes, 0

    def full(path: Path, data: bytes) -> None:
        nonlocal checkpoints
        checkpoints += path.name == CHECKPOINT
        if checkpoints == 2:
            raise DiskFull("No room left.")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_bytes", full)
        with pytest.raises(DiskFull):
            finish(pretrain(images, tmp_path, settings(epochs=2)))
    finish(pretrain(images, tmp_path, settings(epochs=2), resume=True))
    assert (tmp_path / WEIGHTS).read_bytes() == (short[0] / WEIGHTS).read_bytes()


def test_unreadable_pictures_are_named_and_left_out(images: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    record, failures = finish(pretrain([*images[:8], broken], tmp_path / "run", settings(epochs=1)))
    assert [failure.path for failure in failures] == [broken]
    assert record["figures"]["unreadable"] == 1
    with pytest.raises(WrongUse, match="Only 3 of the pictures can be read: 4 are needed"):
        finish(pretrain([*images[:3], broken], tmp_path / "few"))


def test_pseudo_labels_of_a_clip_are_learned_from_and_compared_with(
    images: list[Path], tmp_path: Path
) -> None:
    file = tiny.save(tmp_path / "tiny.pt", tiny.vit_arrays())
    Models().install(file, model_id="tiny")
    only_cues = settings(
        epochs=1, labels_from="tiny", measured=0.0, cues=3.0, cues_gap=0.05, held_out=0.5
    )
    record, _ = finish(pretrain(images[:16], tmp_path / "run", only_cues))
    agreement = record["figures"]["with_cues"]
    assert set(agreement) == set(ATTRIBUTE_NAMES)
    assert all(-1 <= value <= 1 for value in agreement.values())
    assert record["settings"]["labels_from"] == "tiny"


def test_a_clip_tower_can_be_the_extractor(images: list[Path], tmp_path: Path) -> None:
    import torch

    from uniqa_desktop.training.attiqa.network import AttributeNet

    file = tiny.save(tmp_path / "tiny.pt", tiny.vit_arrays())
    Models().install(file, model_id="tiny")
    chosen = settings(extractor="clip:tiny", epochs=2, extractor_rate=1e-3)
    record, _ = finish(pretrain(images[:8], tmp_path / "run", chosen))
    assert record["figures"]["trained"]["order"] > record["figures"]["untrained"]["order"]
    Models().remove("tiny")
    net = AttributeNet.load(tmp_path / "run")  # it needs the installed model no more
    assert net.about.size == tiny.IMAGE
    with torch.inference_mode():
        assert net(torch.rand(2, 3, tiny.IMAGE, tiny.IMAGE)).shape == (2, 5)


def test_an_extractor_of_ones_own(images: list[Path], tmp_path: Path) -> None:
    import torch

    from uniqa_desktop.training.attiqa.network import AttributeNet

    class Moments(torch.nn.Module):
        width = 6

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            return torch.cat([pictures.mean((2, 3)), pictures.std((2, 3))], dim=1)

    chosen = settings(extractor="moments", epochs=3, rate=2e-2)
    record, _ = finish(pretrain(images, tmp_path, chosen, extractor=Moments()))
    assert record["figures"]["trained"]["brightness"] > 0.9
    with pytest.raises(WeightsError, match="moments"):
        AttributeNet.load(tmp_path)
    assert AttributeNet.load(tmp_path, Moments()).about.extractor == "moments"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"extractor": "large"}, "no extractor 'large'"),
        ({"size": 16}, "less than 32"),
        ({"views": 1}, "2 to 8 views"),
        ({"rate": 3.0}, "teaches nothing"),
        ({"epochs": 0}, "1 or more"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    images: list[Path], tmp_path: Path, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(WrongUse, match=words):
        finish(pretrain(images, tmp_path, settings(**changed)))


def test_a_model_that_is_not_there_is_said_before_anything_is_read(
    images: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(WeightsError, match="no model 'gone'"):
        finish(pretrain(images, tmp_path / "run", settings(labels_from="gone")))
    assert not (tmp_path / "run").exists()


def test_a_loss_that_is_no_number_ends_the_run_with_advice(
    images: list[Path], tmp_path: Path
) -> None:
    import torch

    class Broken(torch.nn.Module):
        width = 1

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            return pictures.mean((1, 2, 3))[:, None] * float("inf")

    with pytest.raises(WrongUse, match="lower --rate"):
        finish(pretrain(images, tmp_path, extractor=Broken()))


def test_a_checkpoint_of_another_architecture_is_refused(
    images: list[Path], tmp_path: Path
) -> None:
    import torch

    from uniqa_desktop.training.run import CHECKPOINT

    job = pretrain(images, tmp_path, stop=(stop := threading.Event()))
    for step in job:
        if step.job == "pre-training" and step.done == 4:
            stop.set()
    kept = torch.load(tmp_path / CHECKPOINT, weights_only=True)
    kept["state"]["net"] = {"other.weight": torch.zeros(3)}
    torch.save(kept, tmp_path / CHECKPOINT)
    with pytest.raises(WrongUse, match="another architecture"):
        finish(pretrain(images, tmp_path, resume=True))
    with pytest.raises(WrongUse, match=r"other settings \(seed\)"):
        finish(pretrain(images, tmp_path, replace(settings(), seed=1), resume=True))
