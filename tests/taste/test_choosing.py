"""The better of two methods, chosen without the photos that it is judged on; UniQA's adapter."""

from __future__ import annotations

import numpy as np
import pytest
from tasting import seen
from tiny_models import needs_torch

from uniqa_desktop.taste import adapting, choosing, honesty
from uniqa_desktop.taste.observations import Evidence
from uniqa_desktop.uniqa import Readout

PHOTOS = seen(60)
TASTE = PHOTOS.cues[:, 1]
VALUES = np.digitize(TASTE, [-0.8, -0.2, 0.2, 0.8]) / 4


def knowing(evidence: Evidence, rows: np.ndarray) -> choosing.Predict:
    return lambda others: TASTE[others]


def guessing(evidence: Evidence, rows: np.ndarray) -> choosing.Predict:
    return lambda others: np.random.default_rng(len(rows)).normal(0, 1, len(others))


def by_heart(evidence: Evidence, rows: np.ndarray) -> choosing.Predict:
    """Knows what it was shown and nothing else."""
    known = dict(zip(rows.tolist(), evidence.values.tolist(), strict=True))
    return lambda others: np.array([known.get(int(row), 0.0) for row in others])


def choose(methods: dict[str, choosing.Method], groups: list[object]) -> choosing.Choice:
    *_, choice = choosing.choose(methods, Evidence.of(VALUES), groups)
    assert choice is not None
    return choice


def test_the_better_method_is_taken_and_judged_on_other_photos() -> None:
    choice = choose({"guessing": guessing, "knowing": knowing}, list(range(60)))
    assert choice.method == "knowing"
    found = honesty.by_rounds(
        Evidence.of(VALUES), choice.said, choice.folds, PHOTOS.generic, list(range(60))
    )
    assert found is not None
    assert found.accuracy.value > 0.95
    assert found.generic_accuracy.value < 0.7
    assert found.distinguishable


def test_learning_by_heart_helps_nobody() -> None:
    choice = choose(
        {"posterior": choosing.by_posterior(PHOTOS), "heart": by_heart}, list(range(60))
    )
    assert choice.method == "posterior"
    assert choice.inner["heart"] == pytest.approx(0.5, abs=0.05)


@needs_torch
def test_the_adapter_follows_the_ratings_it_is_trained_on() -> None:
    random = np.random.default_rng(0)
    crops = random.normal(0, 1, (12, 5, 16)).astype(np.float16)
    texts = random.normal(0, 1, (5, 16)).astype(np.float32)
    readout = Readout(texts, texts, np.zeros((10, 16), np.float32), 20.0)
    all_good, all_bad = (
        adapting.ratings(
            adapting.train(crops, Evidence.of(np.full(12, value)), readout), crops, readout
        )
        for value in (1.0, 0.0)
    )
    assert all_good.shape == (12,)
    assert all_good.mean() > all_bad.mean()
