"""Figures with intervals, and ridge regression: the plain numbers of an evaluation."""

from __future__ import annotations

import json

import numpy as np
import pytest

from uniqa_desktop import agreement
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.training import figures, published
from uniqa_desktop.training.figures import Outcome
from uniqa_desktop.training.ridge import STRENGTHS, Ridge


def pair(count: int = 200, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    truth = random.standard_normal(count)
    return truth, truth + random.standard_normal(count)


def test_a_figure_lies_within_its_interval() -> None:
    truth, scores = pair()
    found = figures.of_scores(truth, scores, None, draws=200, seed=0)
    assert found["n"] == 200
    for name in ("srcc", "plcc", "pairwise", "plcc_fitted"):
        part = found[name]
        assert part["low"] < part["value"] < part["high"]
    assert found["srcc"]["value"] == round(agreement.spearman(truth, scores), 4)


def test_what_does_not_exist_is_null_in_json() -> None:
    found = figures.of_scores([1.0, 2, 3, 4, 5, 6], [7.0] * 6, None, draws=50, seed=0)
    assert found["srcc"] == {"value": None, "low": None, "high": None}
    assert found["pairwise"]["value"] == 0.5
    assert found["plcc_fitted"]["value"] is None
    json.dumps(found, allow_nan=False)


def test_the_opposite_order_gets_no_praise_from_the_fitted_map() -> None:
    truth, scores = pair()
    found = figures.of_scores(truth, -scores, None, draws=20, seed=0)
    assert found["plcc_fitted"]["value"] < -0.5


def test_over_splits_is_the_mean_of_what_each_split_reached() -> None:
    truth, scores = pair()
    tested = [Outcome(np.arange(0, 80), scores[:80]), Outcome(np.arange(60, 150), -scores[60:150])]
    found = figures.over_splits(truth, tested, None, draws=100, seed=0)
    parts = [agreement.spearman(truth[part.rows], part.scores) for part in tested]
    assert found["srcc"]["value"] == round(float(np.mean(parts)), 4)
    assert found["srcc"]["sd"] == round(float(np.std(parts, ddof=1)), 4)
    assert (found["splits"], found["n_test"]) == (2, 150)
    assert found["srcc"]["low"] < found["srcc"]["value"] < found["srcc"]["high"]


def test_many_splits_of_the_same_photos_do_not_shrink_the_interval() -> None:
    """Testing the same photos five times over is no fivefold evidence."""
    truth, scores = pair(60)
    part = Outcome(np.arange(60), scores)
    widths = []
    for times in (1, 5):
        found = figures.over_splits(truth, [part] * times, None, draws=60, seed=0)["plcc"]
        widths.append(found["high"] - found["low"])
    assert widths[1] == pytest.approx(widths[0], abs=1e-3)


@pytest.mark.parametrize("count", [40, 200])
def test_ridge_finds_a_direction_with_fewer_or_more_photos_than_numbers(count: int) -> None:
    random = np.random.default_rng(3)
    features = random.standard_normal((count + 100, 80)) * np.geomspace(0.01, 100, 80)
    features[:, 7] = 4.0  # says nothing
    labels = features[:, 20] / features[:, 20].std() + 0.1 * random.standard_normal(count + 100)
    fitted = Ridge.fit(features[:count], labels[:count])
    said = fitted(features[count:])
    assert agreement.pearson(labels[count:], said) > (0.5 if count == 40 else 0.95)
    assert fitted.strength in STRENGTHS


def test_ridge_solves_its_equation() -> None:
    random = np.random.default_rng(5)
    features, labels = random.standard_normal((30, 4)), random.standard_normal(30)
    fitted = Ridge.fit(features, labels)
    z = (features - features.mean(axis=0)) / features.std(axis=0)
    wanted = np.linalg.solve(z.T @ z + fitted.strength * np.eye(4), z.T @ (labels - labels.mean()))
    np.testing.assert_allclose(fitted.weights, wanted)
    assert fitted(features).mean() == pytest.approx(labels.mean())


def test_ridge_of_pure_noise_says_little() -> None:
    random = np.random.default_rng(6)
    fitted = Ridge.fit(random.standard_normal((100, 50)), random.standard_normal(100))
    assert np.std(fitted(random.standard_normal((500, 50)))) < 0.3
    alone = Ridge.fit([[1.0], [2.0]], [1.0, 2.0], ["a", "a"])
    assert alone.strength == STRENGTHS[len(STRENGTHS) // 2]


def test_published_figures_are_those_of_the_paper() -> None:
    def found(dataset: str, method: str, mode: str) -> tuple[float | None, float | None]:
        rows = published.figures(published.dataset(dataset))
        (row,) = [
            r for r in rows if (r.method, r.mode) == (method, mode) and "Gamma" not in r.source
        ]
        return row.srcc, row.plcc

    assert found("KonIQ-10k", "UniQA", "trained") == (0.933, 0.941)
    assert found("livec", "UniQA", "trained") == (0.890, 0.905)
    assert found("koniq", "UniQA (ensemble)", "zero-shot") == (0.806, None)
    assert found("clive", "UniQA (ensemble)", "few-50") == (0.828, None)
    assert found("live", "GRepQ", "few-200") == (0.953, None)
    assert found("ava", "APM", "trained") == (0.709, None)
    assert found("aadb", "UniQA", "trained") == (0.786, 0.787)
    assert found("spaq", "LoDA", "trained") == (0.925, 0.928)
    assert published.dataset("csiq").lower_better
    for row in published.DATASETS:
        assert published.figures(row)
        for figure in published.figures(row):
            assert figure.srcc is not None
            assert 0.3 < figure.srcc < 1
    with pytest.raises(WrongUse, match="no published figures for a dataset 'mine'"):
        published.dataset("mine")
