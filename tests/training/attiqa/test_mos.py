"""Fine-tuning on scores: it learns, what was pre-trained helps, and a network becomes a scorer."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from drawing import pixels
from PIL import Image
from runs import finish

from uniqa_desktop import labels as labelled
from uniqa_desktop.errors import WeightsError, WrongUse
from uniqa_desktop.labels import Labels
from uniqa_desktop.training.degradations import DEGRADATIONS

pytestmark = tiny.needs_torch


@pytest.fixture(scope="session")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48 photos of 16 scenes, blurred more or less; people like them less the more they are."""
    folder = tmp_path_factory.mktemp("labelled")
    random = np.random.default_rng(4)
    lines = ["file,score,group"]
    for number in range(48):
        scene, share = number % 16, float(random.uniform(0, 0.8))
        row = DEGRADATIONS["blur"]
        picture = row(pixels(110, 84, 200 + scene), row.strength(share), number)
        Image.fromarray(picture).save(folder / f"{number:02}.png")
        lines.append(f"{number:02}.png,{4.6 - 4 * share:.3f},scene{scene}")
    (folder / "labels.csv").write_text("\n".join(lines) + "\n")
    return folder / "labels.csv"


def read(csv: Path) -> Labels:
    return labelled.read(csv, scale=(1, 5))


def fine_tune(source: Path, labels: Labels, out: Path, **changed: Any) -> Any:
    from uniqa_desktop.training.attiqa import mos

    options = {
        name: changed.pop(name) for name in ("resume", "skip_bad", "stop") if name in changed
    }
    chosen = {"epochs": 8, "pictures": 8, "cuts": 2, "rate": 3e-3, "held_out": 0.3} | changed
    return mos.fine_tune(source, labels, out, mos.Settings(**chosen), device="cpu", **options)


@pytest.fixture(scope="session")
def tuned(
    trained: tuple[Path, dict[str, Any]], csv: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("runs") / "mos"
    return out, finish(fine_tune(trained[0], read(csv), out))[0]


def test_it_learns_scores_of_scenes_that_it_has_not_seen(
    tuned: tuple[Path, dict[str, Any]],
) -> None:
    curve, figures = tuned[1]["curve"], tuned[1]["figures"]
    assert curve[-1]["loss"] < curve[1]["loss"] / 2
    # Of 15 photos: the figure moves by 0.2 with the number of processor cores.
    assert figures["trained"]["srcc"] > max(0.4, figures["untrained"]["srcc"] + 0.4)
    lower, upper = figures["srcc_interval"]
    assert lower <= figures["trained"]["srcc"] <= upper
    assert figures["held_out"] % 3 == 0  # whole scenes, three photos each
    assert tuned[1]["settings"]["scale"] == [1, 5]


def test_what_was_pretrained_is_worth_something(
    tuned: tuple[Path, dict[str, Any]],
    trained: tuple[Path, dict[str, Any]],
    csv: Path,
    tmp_path: Path,
) -> None:
    fresh, _ = finish(fine_tune(trained[0], read(csv), tmp_path, fresh=True))
    gained = tuned[1]["figures"]["trained"]["srcc"] - fresh["figures"]["trained"]["srcc"]
    assert gained > 0.05


def test_an_interrupted_run_ends_with_the_same_bits(
    tuned: tuple[Path, dict[str, Any]],
    trained: tuple[Path, dict[str, Any]],
    csv: Path,
    tmp_path: Path,
) -> None:
    from uniqa_desktop.training.attiqa.network import WEIGHTS

    stop = threading.Event()
    for step in fine_tune(trained[0], read(csv), tmp_path, stop=stop):
        if step.job == "fine-tuning" and step.done == 7:
            stop.set()
    assert not (tmp_path / WEIGHTS).exists()
    record, _ = finish(fine_tune(trained[0], read(csv), tmp_path, resume=True))
    assert record["curve"] == tuned[1]["curve"]
    assert (tmp_path / WEIGHTS).read_bytes() == (tuned[0] / WEIGHTS).read_bytes()


def test_a_tuned_network_scores_photos(tuned: tuple[Path, dict[str, Any]]) -> None:
    from uniqa_desktop.training.attiqa.scorer import NetScorer

    scorer = NetScorer(tuned[0], "cpu")
    scorer.open()
    picture = pixels(160, 120, 300)
    series = [picture, *(DEGRADATIONS["blur"](picture, sigma) for sigma in (1.5, 4))]
    prepared = [scorer.prepare(one, b"") for one in series]
    scores = scorer.score(scorer.encode(prepared), [])
    values = [float(score.quality or 0) for score in scores]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 100 for value in values)
    assert scorer.score(scorer.encode(prepared[1:2]), []) == scores[1:2]
    scorer.close()


def test_missing_photos_are_named_and_can_be_left_out(
    trained: tuple[Path, dict[str, Any]], csv: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(csv.parent, folder)
    (folder / "05.png").unlink()
    (folder / "06.png").write_bytes(b"no picture")
    labels = read(folder / "labels.csv")
    with pytest.raises(WrongUse, match=r"2 of 48 .*the first is 05.png: The file is gone"):
        finish(fine_tune(trained[0], labels, tmp_path / "run"))
    job = fine_tune(trained[0], labels, tmp_path / "run", skip_bad=True, epochs=1)
    record, failures = finish(job)
    assert {failure.path.name for failure in failures} == {"05.png", "06.png"}
    assert record["figures"]["photos"] + record["figures"]["held_out"] == 46


def test_labels_that_teach_nothing_are_refused(
    trained: tuple[Path, dict[str, Any]], csv: Path, tmp_path: Path
) -> None:
    labels = read(csv)
    with pytest.raises(WrongUse, match="8 are needed"):
        finish(fine_tune(trained[0], labels.take(range(7)), tmp_path))
    one_group = labels.take([number for number in range(48) if number % 16 < 1] * 4)
    with pytest.raises(WrongUse, match="of one group"):
        finish(fine_tune(trained[0], one_group, tmp_path))
    for wrong in ({"epochs": 0}, {"held_out": 1.0}, {"rate": 0.0}):
        with pytest.raises(WrongUse):
            finish(fine_tune(trained[0], labels, tmp_path, **wrong))
    assert not list(tmp_path.iterdir())


def test_a_network_that_cannot_be_used_is_refused(
    trained: tuple[Path, dict[str, Any]], csv: Path, tmp_path: Path
) -> None:
    from uniqa_desktop.training.attiqa.network import DESCRIPTION, WEIGHTS
    from uniqa_desktop.training.attiqa.scorer import NetScorer

    with pytest.raises(WeightsError, match="There is no trained network"):
        finish(fine_tune(tmp_path, read(csv), tmp_path / "run"))
    with pytest.raises(WeightsError, match="gives no score yet"):
        NetScorer(trained[0])
    other = tmp_path / "other"
    shutil.copytree(trained[0], other)
    tiny.save(other / "any.pt", {})
    from safetensors.numpy import save_file

    save_file({"some.weight": np.zeros(3, np.float32)}, other / WEIGHTS)
    with pytest.raises(WeightsError, match="another architecture"):
        finish(fine_tune(other, read(csv), tmp_path / "run"))
    (other / WEIGHTS).write_bytes(b"no weights")
    with pytest.raises(WeightsError, match="cannot be read"):
        finish(fine_tune(other, read(csv), tmp_path / "run"))
    (other / DESCRIPTION).write_text("{}")
    with pytest.raises(WeightsError, match="description"):
        finish(fine_tune(other, read(csv), tmp_path / "run"))
