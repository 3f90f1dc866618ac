"""From features to scores: the authors' formula, worked out slowly and compared."""

from __future__ import annotations

import math

import numpy as np
import pytest

from uniqa_desktop import uniqa
from uniqa_desktop.adapter import Adapter
from uniqa_desktop.aesthetic_head import AestheticHead
from uniqa_desktop.prompts import ATTRIBUTE_PAIRS
from uniqa_desktop.uniqa import Readout

RANDOM = np.random.Generator(np.random.PCG64(11))
WIDTH = 24


def draw(*shape: int) -> np.ndarray:
    return RANDOM.standard_normal(shape).astype(np.float32)


def slow_score(feature: np.ndarray, texts: np.ndarray, scale: float, levels: list[float]) -> float:
    """One crop, one number at a time, in double precision."""
    f = [float(x) for x in feature]
    length = math.sqrt(sum(x * x for x in f))
    scores = []
    for start in range(0, len(texts), 5):
        logits = []
        for text in texts[start : start + 5]:
            t = [float(x) for x in text]
            cosine = sum(a * b for a, b in zip(f, t, strict=True))
            cosine /= length * math.sqrt(sum(x * x for x in t))
            logits.append(scale * cosine)
        powers = [math.exp(x - max(logits)) for x in logits]
        scores.append(sum(p / sum(powers) * v for p, v in zip(powers, levels, strict=True)))
    return sum(scores) / len(scores)


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_level_scores_are_the_published_formula(groups: int) -> None:
    features, texts = draw(6, WIDTH), draw(5 * groups, WIDTH)
    levels = [0.1, 0.5, 0.45, 0.9, 1.2]
    found = uniqa.level_scores(features, texts, 20.0, levels)
    wanted = [slow_score(feature, texts, 20.0, levels) for feature in features]
    np.testing.assert_allclose(found, wanted, atol=1e-6)


def test_scores_stay_between_the_levels_whatever_the_temperature() -> None:
    found = uniqa.level_scores(draw(50, WIDTH) * 1000, draw(20, WIDTH), 5000.0)
    assert np.isfinite(found).all()
    assert found.min() >= 0.2
    assert found.max() <= 1.0


def readout(adapter: Adapter | None = None, head: AestheticHead | None = None) -> Readout:
    return Readout(draw(20, WIDTH), draw(10, WIDTH), draw(10, WIDTH), 30.0, adapter, head)


def test_a_photo_is_the_mean_over_its_crops_scores() -> None:
    both = readout()
    features = draw(5, WIDTH)
    reading = both.read(features)
    levels = [0.2, 0.4, 0.6, 0.8, 1.0]
    wanted = np.mean([slow_score(crop, both.quality, 30.0, levels) for crop in features])
    assert reading.quality_raw == pytest.approx(wanted, abs=1e-6)
    assert reading.quality == pytest.approx((wanted - 0.2) / 0.8 * 100, abs=1e-3)
    wanted = np.mean([slow_score(crop, both.aesthetics, 30.0, levels) for crop in features])
    assert reading.aesthetics_raw == pytest.approx(wanted, abs=1e-6)


def test_the_adapter_is_added_before_normalisation_and_to_quality_alone() -> None:
    levels = np.array([0.1, 0.3, 0.6, 0.8, 1.1], np.float32)
    adapter = Adapter(levels, draw(8, WIDTH), draw(WIDTH, 8))
    with_adapter = readout(adapter)
    features = draw(3, WIDTH)
    quality, aesthetics = with_adapter.raw_scores(features[None])
    hidden = np.maximum(features @ adapter.down.T, 0)
    moved = features + np.maximum(hidden @ adapter.up.T, 0)
    wanted = np.mean([slow_score(f, with_adapter.quality, 30.0, list(levels)) for f in moved])
    assert quality[0] == pytest.approx(wanted, abs=1e-6)
    plain = Readout(with_adapter.quality, with_adapter.aesthetics, with_adapter.attributes, 30.0)
    assert aesthetics[0] == plain.raw_scores(features[None])[1][0]


def test_a_head_gives_aesthetics_on_its_own_scale() -> None:
    head = AestheticHead(draw(WIDTH), 5.5)
    features = draw(2, WIDTH)
    reading = readout(head=head).read(features)
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    wanted = float(np.mean(unit @ head.weight + 5.5))
    assert reading.aesthetics_raw == pytest.approx(wanted, abs=1e-5)
    assert reading.aesthetics == pytest.approx(np.clip((wanted - 1) / 9 * 100, 0, 100), abs=1e-3)


def test_many_photos_score_as_each_alone() -> None:
    both = readout()
    features = draw(9000, 2, WIDTH).astype(np.float16)
    quality, aesthetics = both.raw_scores(features, threads=2)
    for photo in (0, 4095, 4096, 8999):
        alone = both.read(features[photo])
        assert quality[photo] == pytest.approx(alone.quality_raw, abs=1e-6)
        assert aesthetics[photo] == pytest.approx(alone.aesthetics_raw, abs=1e-6)


def test_no_photos_give_no_scores() -> None:
    quality, aesthetics = readout().raw_scores(np.empty((0, 5, WIDTH), np.float16))
    assert len(quality) == len(aesthetics) == 0


def test_cues_are_the_share_of_the_first_of_each_pair() -> None:
    both = readout()
    pairs = both.attributes
    cues = both.read(pairs[0:1] * 7).cues  # a picture exactly like "Sharp photo."
    assert list(cues) == list(ATTRIBUTE_PAIRS)
    a, b = (30 * float(uniqa.normalised(pairs[0]) @ uniqa.normalised(pairs[n])) for n in (0, 1))
    assert cues["sharpness"] == pytest.approx(100 / (1 + math.exp(b - a)), abs=1e-3)


def test_percent_is_linear_and_clamped() -> None:
    assert uniqa.to_percent(0.2) == 0
    assert uniqa.to_percent(0.6) == pytest.approx(50)
    assert uniqa.to_percent(1.3) == 100


def test_percentiles_share_ties_and_span_the_range() -> None:
    np.testing.assert_allclose(uniqa.percentiles([3, 1, 2]), [100, 0, 50])
    np.testing.assert_allclose(uniqa.percentiles([1, 1, 5]), [25, 25, 100])
    assert list(uniqa.percentiles([7])) == [50]
    assert len(uniqa.percentiles([])) == 0
