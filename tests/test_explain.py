"""The heat map: its arithmetic, and the way it takes for each kind of model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

from uniqa_desktop import attributes, crops, explain, explaining, scorers
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.explain import HeatMap, Shown
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Attributes, Region, Scores
from uniqa_desktop.scoring import FeatureKey, Features, Scorer


def detail(pictures: np.ndarray) -> np.ndarray:
    return pictures.astype(np.float32).std(axis=(1, 2, 3))


def strongest(map_: HeatMap) -> tuple[int, int]:
    row, column = np.unravel_index(map_.heat.argmax(), map_.heat.shape)
    return int(row), int(column)


def test_a_cell_is_warm_where_its_detail_helps() -> None:
    whole = np.full((70, 70, 3), 128, np.uint8)
    whole[20:30, 40:50] = tiny.picture(1, 10, 10)
    *_, last = explain.heat_maps(whole, detail)
    assert last.done == 1
    assert strongest(last) == (2, 4)
    assert abs(last.heat[6, 0]) < 1e-3


@pytest.mark.parametrize(
    ("shape", "grid"), [((60, 90), (5, 8)), ((90, 60), (8, 5)), ((1, 50), (1, 8))]
)
def test_cells_are_square_whatever_the_picture(
    shape: tuple[int, int], grid: tuple[int, int]
) -> None:
    *_, last = explain.heat_maps(np.zeros((*shape, 3), np.uint8), detail, grid=8)
    assert last.heat.shape == grid


class Learned(Scorer):
    """A model of which nothing is known but the protocol: it likes detail."""

    model = "learned"
    features_key = FeatureKey("weights", "whole")

    def __init__(self) -> None:
        self.opened = 0
        self.sizes: set[tuple[int, ...]] = set()

    def open(self) -> None:
        self.opened += 1

    def prepare(self, pixels: np.ndarray, identity: bytes) -> Any:
        self.sizes.add(pixels.shape)
        return pixels

    def encode(self, prepared: Sequence[Any]) -> Sequence[Any]:
        return [detail(picture[None]).astype(np.float16) for picture in prepared]

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        assert not len(attributes), "it has features"
        return [Scores(self.model, quality=float(row[0])) for row in features]


def corner(height: int = 400, width: int = 600) -> np.ndarray:
    """A grey picture with detail in its lower right corner only."""
    pixels = np.full((height, width, 3), 128, np.uint8)
    rows, columns = height // 4, width // 6
    pixels[-rows:, -columns:] = tiny.picture(1, rows, columns)
    return pixels


def test_any_model_is_explained_by_the_protocol_alone() -> None:
    scorer = Learned()
    maps = list(explaining.explained(scorer, corner()))
    assert scorer.opened == 1
    assert scorer.sizes == {(341, 512, 3)}, "reduced copies, not 24 megapixels"
    assert [step.done for step in maps] == sorted({step.done for step in maps})
    last = maps[-1]
    assert (last.shows, last.done) == (Shown.QUALITY, 1)
    rows, columns = last.heat.shape
    assert strongest(last) in [(rows - 1, columns - 1), (rows - 2, columns - 1)]


@pytest.mark.parametrize("size", [(400, 600), (1500, 2000), (3000, 193), (40, 50)])
def test_the_measured_attributes_say_where_it_is_sharp(size: tuple[int, int]) -> None:
    pixels = corner(*size)
    (found,) = explaining.explained(scorers.MeasuredScorer(), pixels)
    assert (found.shows, found.done) == (Shown.SHARPNESS, 1)
    assert max(found.heat.shape) == (32 if max(size) > 320 else 1)
    assert found.heat.min() >= 0
    assert found.heat.max() <= 100
    row, column = strongest(found)
    if min(size) > 100:
        assert row / found.heat.shape[0] > 0.6
        assert (column + 1) / found.heat.shape[1] > 0.6
        assert found.heat[0, 0] < found.score / 2


def test_the_map_and_the_score_measure_the_same_sharpness() -> None:
    for pixels in (tiny.picture(3, 600, 800), corner(1500, 2000)):
        measured = attributes.measure(pixels).sharpness.value
        assert attributes.sharpness_map(pixels).max() == pytest.approx(measured, abs=5)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> ClipScorer:
    folder = tmp_path_factory.mktemp("engine")
    file = tiny.save(folder / "vit.pt", tiny.vit_arrays())
    return ClipScorer(Models(folder / "models").install(file, model_id="tiny"), "cpu")


@tiny.needs_torch
@pytest.mark.parametrize(
    ("size", "region"),
    [
        ((200, 300), Region(0, 0, 1, 1)),
        ((100, 400), Region(0.25, 0, 0.5, 1)),
        ((600, 100), Region(0, 1 / 3, 1, 1 / 3)),
    ],
)
def test_a_clip_model_explains_what_it_sees_of_the_photo(
    clip: ClipScorer, size: tuple[int, int], region: Region
) -> None:
    *_, last = explaining.explained(clip, tiny.picture(2, *size))
    assert last.done == 1
    assert last.heat.shape == (7, 7)
    for side in ("left", "top", "width", "height"):
        assert getattr(last.region, side) == pytest.approx(getattr(region, side))
    assert crops.MAX_SQUEEZE == 2


@tiny.needs_torch
def test_cues_of_stored_features_need_no_encoder(clip: ClipScorer) -> None:
    features = np.stack(clip.encode([clip.prepare(tiny.picture(n), b"") for n in range(3)]))
    anew = ClipScorer(clip._installed, "cpu")
    found = anew.cues(features.reshape(3, -1))
    assert anew._encoder is None
    assert found is not None
    assert found.shape == (3, len(ATTRIBUTE_NAMES))
    encoder = clip._opened()
    for row, feature in zip(found, features, strict=True):
        assert row == pytest.approx(list(encoder.cues(feature).values()), abs=1e-4)
