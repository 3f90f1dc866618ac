"""Intervals, refitted heads and the verdicts of `benchmarks/model.py`, on made-up numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from model_figures import monotone, refit
from model_figures.estimates import Bootstrap, Estimate, above, agreeing, kendall
from model_figures.tables import Section, Table, as_json, better, document, kept, text

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "model.py"


def test_pictures_of_one_group_are_drawn_together() -> None:
    """Ten copies of a picture are no more evidence than one: the interval stays as wide."""
    random = np.random.default_rng(0)
    truth = random.normal(size=30)
    said = truth + random.normal(size=30)
    alone = Bootstrap(list(range(30)))(agreeing("PLCC", truth, said))
    groups = np.repeat(np.arange(30), 10).tolist()
    many = Bootstrap(groups)(agreeing("PLCC", np.repeat(truth, 10), np.repeat(said, 10)))
    assert many.value == pytest.approx(alone.value)
    assert many.interval == pytest.approx(alone.interval, abs=0.02)
    fooled = Bootstrap(list(range(300)))(
        agreeing("PLCC", np.repeat(truth, 10), np.repeat(said, 10))
    )
    assert alone.interval
    assert fooled.interval
    assert np.diff(fooled.interval) < 0.5 * np.diff(alone.interval)


def test_a_group_drawn_twice_is_two_draws() -> None:
    bootstrap = Bootstrap(["a", "a", "b"], draws=50)
    counts = bootstrap(lambda places, blocks: float(len(np.unique(blocks))))
    assert set(counts.draws) == {2.0}


def test_differences_are_paired() -> None:
    random = np.random.default_rng(1)
    truth = random.normal(size=60)
    better_one, worse_one = (truth + random.normal(0, noise, 60) for noise in (0.3, 1.5))
    bootstrap = Bootstrap(list(range(60)))
    one, other = (bootstrap(agreeing("SRCC", truth, said)) for said in (better_one, worse_one))
    ahead = (one - other).interval
    assert ahead
    assert ahead[0] > 0
    assert (one - one).interval == (0, 0)


def test_several_predictions_count_by_their_mean() -> None:
    truth = np.arange(6.0)
    both = np.stack([truth, -truth])
    assert Bootstrap(list(range(6)))(agreeing("SRCC", truth, both)).value == pytest.approx(0)


def test_shares_and_orders() -> None:
    assert above(np.array([3.0, 4]), np.array([1.0, 2])) == 1
    assert above(np.array([1.0, 3]), np.array([1.0, 3])) == 0.5
    assert kendall(np.arange(4.0), np.array([0.0, 1, 3, 2])) == pytest.approx(2 / 3)


def _themes(count: int = 40, each: int = 4) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Scores are mostly the theme's; of the features only the first says something of them."""
    random = np.random.default_rng(2)
    groups = np.repeat(np.arange(count), each)
    scores = random.normal(size=count)[groups] + random.normal(0, 0.4, count * each)
    features = random.normal(size=(count * each, 12))
    features[:, 0] = scores + random.normal(0, 0.3, scores.size)
    return features, scores, [f"t{one}" for one in groups]


def test_a_refitted_head_finds_what_the_features_say() -> None:
    features, scores, groups = _themes()
    said = refit.held_out(features, scores, groups, repeats=1)
    assert said.shape == (1, len(scores))
    assert agreeing("SRCC", scores, said)(np.arange(len(scores)), np.arange(0)) > 0.8


def test_no_head_has_seen_the_themes_it_is_asked_about() -> None:
    features, scores, groups = _themes()
    tested: list[str] = []

    def spy(known: np.ndarray, given: np.ndarray, seen: np.ndarray) -> refit.Predictor:
        def predict(other: np.ndarray) -> np.ndarray:
            asked = [groups[int(np.flatnonzero((features == row).all(1))[0])] for row in other]
            assert not set(asked) & set(seen.tolist())
            tested.extend(asked)
            return np.zeros(len(other))

        return predict

    refit.held_out(features, scores, groups, spy, repeats=2)
    assert sorted(tested) == sorted(groups * 2)


def test_a_head_that_knows_nothing_gets_no_correlation_from_the_folds() -> None:
    """With the training mean left in, left-out themes would be predicted the wrong way round."""
    features, scores, groups = _themes()

    def ignorant(_features: np.ndarray, given: np.ndarray, _seen: np.ndarray) -> refit.Predictor:
        return lambda other: np.full(len(other), given.mean())

    assert np.ptp(refit.held_out(features, scores, groups, ignorant, repeats=1)) < 1e-9


def test_every_fall_counts_and_a_rise_shows() -> None:
    steps = sum(len(series) for series, _ in monotone.SERIES.values())
    falling = np.concatenate([[100.0], *(90 - np.arange(5.0) for _ in monotone.SERIES)])
    assert falling.shape == (1 + steps,)
    rising = 200 - falling
    found = monotone.correlations(np.stack([falling, rising]))
    assert found[0] == pytest.approx(1)
    assert found[1] == pytest.approx(-1)


def test_each_series_changes_the_photo_more_and_more() -> None:
    import kit

    photo = kit.natural_picture(160, 160, seed=4)
    versions = list(monotone.degraded(photo, seed=0))
    assert (versions[0] == photo).all()
    at = 1
    for name, (steps, _) in monotone.SERIES.items():
        changed = [np.abs(one.astype(int) - photo).mean() for one in versions[at : at + len(steps)]]
        assert changed == sorted(changed), name
        assert changed[0] > 0, name
        at += len(steps)
    assert at == len(versions)


def test_better_means_above_every_other_unless_both_are_at_the_end() -> None:
    others = {"one": Estimate(0.4), "two": Estimate(0.7)}
    assert better("x", Estimate(0.71), others).kept
    assert not better("x", Estimate(0.7), others).kept
    assert not better("x", Estimate(float("nan")), others).kept
    assert better("x", Estimate(1.0), {"one": Estimate(1.0)}).kept


def test_what_does_not_exist_is_null_in_json_and_a_dash_for_people() -> None:
    rows = {"model": {"SRCC": Estimate(float("nan")), "pairs": Estimate(0.5, np.full(9, 0.5))}}
    section = Section([Table("Title", "n = 3", rows)], [better("x", Estimate(float("nan")), {
        "other": Estimate(0.2)})])  # fmt: skip
    found = json.loads(as_json(document({"part": section})))["part"]
    assert found["tables"][0]["rows"]["model"] == {
        "SRCC": {"value": None},
        "pairs": {"value": 0.5, "interval": [0.5, 0.5]},
    }
    assert found["bounds"][0]["kept"] is False
    assert not kept([section])
    assert "–" in text(section)
    assert "MISSED" in text(section)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "attributes-1", "--data", "nowhere"], "--data DIR needs a folder"),
        (["--model", "nothing-of-the-kind"], "There is no model 'nothing-of-the-kind'"),
    ],
)
def test_without_data_or_model_it_says_so_in_one_sentence(words: list[str], said: str) -> None:
    run = subprocess.run(
        [sys.executable, str(SCRIPT), *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert said in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
