"""The recipe of the bundled model, in small: it learns, leaves a model that scores, and goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.mini_scorer import MiniScorer
from uniqa_desktop.training.mini import distil, impair, reading, recipe, senses
from uniqa_desktop.training.mini.aesthetics import Rated
from uniqa_desktop.training.mini.school import Pace

SMALL = recipe.Plan(
    views=384,
    view_size=48,
    finer_views=320,
    finer_size=64,
    faults=72,
    traces=64,
    extractor=distil.Plan(
        widths=(8, 16, 24, 32),
        blocks=(0, 1, 0),
        sizes=(32, 48),
        pace=Pace(epochs=10, minutes=5, batch=32, rate=4e-3, average=0.95, bfloat16=False),
    ),
    finish=distil.Plan(
        widths=(8, 16, 24, 32),
        blocks=(0, 1, 0),
        sizes=(48, 64),
        pace=Pace(epochs=6, minutes=5, batch=32, rate=2e-3, average=0.95, bfloat16=False),
    ),
    reading=reading.Plan(heads=1, hidden=16, epochs=12),
    senses=senses.Plan(
        widths=(8, 12, 16),
        pace=Pace(epochs=18, minutes=5, batch=8, rate=6e-3, average=0.9, bfloat16=False),
    ),
)


def drawn(seed: int, side: int = 112) -> np.ndarray:
    """A picture of shapes and fine texture in colours of its own."""
    chance = np.random.default_rng(seed)
    picture = np.full((side, side + 16, 3), chance.integers(40, 200, 3), np.uint8)
    for _ in range(8):
        colour = chance.integers(0, 255, 3).tolist()
        corner, size = chance.integers(0, side, 2), chance.integers(8, side // 2, 2)
        if chance.random() < 0.5:
            cv2.rectangle(picture, corner.tolist(), (corner + size).tolist(), colour, -1)
        else:
            cv2.circle(picture, corner.tolist(), int(size[0]) // 2, colour, -1)
    texture = chance.integers(-12, 12, picture.shape[:2])[..., None]
    return np.clip(picture + texture, 0, 255).astype(np.uint8)


def embed(picture: np.ndarray) -> np.ndarray:
    """Stands in for the teacher: 1024 numbers that depend on colour and layout."""
    small = cv2.resize(picture, (4, 4), interpolation=cv2.INTER_AREA).reshape(-1) / 255
    weight = np.random.default_rng(0).standard_normal((1024, 48))
    return np.maximum(weight @ small, 0).astype(np.float32)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> recipe.Material:
    folder = tmp_path_factory.mktemp("rated")
    pictures = [drawn(1000 + n) for n in range(40)]
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(folder / f"{number}.png"), picture[..., ::-1])
    # People here like it red.
    scores = [1 + 6 * float(picture[..., 0].mean()) / 255 for picture in pictures]
    lines = [f"{n}.png,{score:.3f},g{n // 2}" for n, score in enumerate(scores)]
    (folder / "labels.csv").write_text("\n".join(["file,score,group", *lines]))
    shapes = [drawn(n) for n in range(24)]
    return recipe.Material(
        shapes, shapes[:8], shapes[8:20], Rated.read(folder / "labels.csv"), embed, {}
    )


@pytest.fixture(scope="module")
def made(material: recipe.Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    torch.manual_seed(0)
    for _ in recipe.make(material, out, SMALL):
        pass
    return out


def test_both_trainings_learn(made: Path) -> None:
    figures = json.loads((made / "record.json").read_text())["figures"]
    curves = figures["curves"]
    for part in ("extractor", "senses"):
        assert curves[part][-1]["loss"] < curves[part][0]["loss"]
    assert curves["extractor"][-1]["explained"] > 0.15
    # The larger views are harder: what counts is that the student learns from them.
    assert curves["finish"][-1]["explained"] > curves["finish"][0]["explained"] > 0
    assert figures["reading"]["pairs_right"] > 0.6
    assert curves["senses"][-1]["pairs_right"] > 0.6
    assert figures["aesthetics_groups_held_out"]["srcc"]["value"] > 0.4


def test_what_it_leaves_scores_photos(made: Path) -> None:
    scorer = MiniScorer("cpu", made)
    sharp = drawn(77, 200)
    blurred = cv2.GaussianBlur(sharp, (0, 0), 5)
    views = [scorer.prepare(one, b"") for one in (sharp, blurred)]
    try:
        better, worse = scorer.score(scorer.encode(views), ())
    finally:
        scorer.close()
    assert better.quality is not None
    assert worse.quality is not None
    assert better.quality > worse.quality


def test_a_finished_run_is_gone_on_with_by_doing_nothing(
    made: Path, material: recipe.Material
) -> None:
    before = (made / "weights.safetensors").read_bytes()
    assert list(recipe.make(material, made, SMALL, resume=True)) == []
    assert (made / "weights.safetensors").read_bytes() == before


def test_a_run_that_was_stopped_goes_on_and_ends_the_same(
    material: recipe.Material, made: Path, tmp_path: Path
) -> None:
    """Stopped in the middle of the second epoch of the extractor."""
    steps = recipe.make(material, tmp_path / "run", SMALL)
    for step in steps:
        if (tmp_path / "run/extractor/checkpoint.pt").exists() and step.job == "distil":
            break
    steps.close()
    with pytest.raises(WrongUse, match="--resume"):
        next(recipe.make(material, tmp_path / "run", SMALL))
    for _ in recipe.make(material, tmp_path / "run", SMALL, resume=True):
        pass
    again = json.loads((tmp_path / "run/record.json").read_text())["figures"]["curves"]
    once = json.loads((made / "record.json").read_text())["figures"]["curves"]
    assert [point["step"] for point in again["extractor"]] == list(range(1, 11))
    assert again["extractor"][-1]["explained"] == pytest.approx(
        once["extractor"][-1]["explained"], abs=0.1
    )


def test_other_settings_do_not_go_on_with_it(made: Path, material: recipe.Material) -> None:
    with pytest.raises(WrongUse, match="seed"):
        next(recipe.make(material, made, replace(SMALL, seed=2), resume=True))


@pytest.mark.parametrize("kind", impair.IMPACT)
@pytest.mark.parametrize("course", [impair.CLEAN, impair.WORN], ids=["clean", "worn"])
def test_a_stronger_fault_changes_a_picture_more(course: impair.Course, kind: str) -> None:
    picture = drawn(5).astype(np.uint8)
    apart = [
        float(
            np.abs(
                impair.impaired(picture, kind, share, 3, course.kinds).astype(float) - picture
            ).mean()
        )
        for share in (0.15, 0.5, 1.0)
    ]
    assert apart == sorted(apart)
    assert apart[0] > 0
