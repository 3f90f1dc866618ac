"""What is said of a taste is true: on ratings that it did not see, and no better than it is."""

from __future__ import annotations

import numpy as np
import pytest
from tasting import seen

from uniqa_desktop.agreement import pairwise_accuracy
from uniqa_desktop.taste import honesty, posterior
from uniqa_desktop.taste.observations import Evidence

PHOTOS = seen(400)


def stars(taste: np.ndarray, noise: float, seed: int) -> np.ndarray:
    noisy = taste + np.random.default_rng(seed).normal(0, noise, len(taste))
    return np.digitize(noisy, np.quantile(noisy, [0.2, 0.4, 0.6, 0.8])) / 4


def learn(values: np.ndarray, rows: np.ndarray) -> posterior.Fit:
    return posterior.fit(PHOTOS.of(rows), Evidence.of(values[rows]))


def test_a_clear_taste_is_told_from_the_generic_score() -> None:
    rows = np.arange(40)
    found = honesty.held_out(learn(stars(PHOTOS.cues[:, 1], 0.2, 1), rows), PHOTOS.of(rows))
    assert found is not None
    assert found.distinguishable
    assert found.accuracy.value > 0.85
    assert found.accuracy.low <= found.accuracy.value <= found.accuracy.high
    assert found.gain.low > 0


@pytest.mark.parametrize("seed", range(3))
def test_ratings_by_chance_are_not_distinguishable(seed: int) -> None:
    rows = np.arange(30)
    values = np.random.default_rng(seed).integers(0, 5, 400) / 4
    found = honesty.held_out(learn(values, rows), PHOTOS.of(rows))
    assert found is not None
    assert not found.distinguishable


def test_reported_and_true_agreement_are_alike_over_people() -> None:
    off, held = [], []
    for person in range(24):
        taste = [PHOTOS.generic, PHOTOS.cues[:, 1], PHOTOS.cues[:, 3]][person % 3]
        values = stars(taste, 0.8, person)
        order = np.random.default_rng(person).permutation(400)
        rows, left = order[:20], order[20:]
        fitted = learn(values, rows)
        found = honesty.held_out(fitted, PHOTOS.of(rows))
        assert found is not None
        true = pairwise_accuracy(values[left], fitted.posterior.latent(PHOTOS.of(left)))
        off.append(found.accuracy.value - true)
        held.append(found.accuracy.low <= true <= found.accuracy.high)
    assert abs(np.mean(off)) < 0.05
    assert np.mean(held) >= 0.8


def test_copies_of_a_photo_do_not_vouch_for_each_other() -> None:
    """Ratings by chance, each of four frames that look alike: known frames give them away."""
    rows = np.repeat(np.arange(12), 4)
    values = np.repeat(np.random.default_rng(3).integers(0, 5, 12) / 4, 4)
    fitted = posterior.fit(PHOTOS.of(rows), Evidence.of(values))
    alone = honesty.held_out(fitted, PHOTOS.of(rows))
    grouped = honesty.held_out(fitted, PHOTOS.of(rows), rows.tolist())
    assert alone is not None
    assert grouped is not None
    assert alone.accuracy.value > 0.9
    assert grouped.accuracy.value < 0.8


def test_a_choice_does_not_tell_what_is_held_out() -> None:
    rows = np.arange(16)
    values = np.random.default_rng(0).integers(0, 5, 16) / 4
    order = np.argsort(-values, kind="stable")
    pairs = np.stack([order[:-1], order[1:]], axis=1)
    plain = honesty.held_out(learn_with(values, None), PHOTOS.of(rows))
    told = honesty.held_out(learn_with(values, pairs), PHOTOS.of(rows))
    assert plain is not None
    assert told is not None
    assert told.accuracy.value < 0.85, "choices among the same photos are left out with them"


def learn_with(values: np.ndarray, pairs: np.ndarray | None) -> posterior.Fit:
    return posterior.fit(PHOTOS.of(np.arange(16)), Evidence.of(values, pairs=pairs))


def test_too_little_gives_no_figure_instead_of_a_made_up_one() -> None:
    rows = np.arange(3)
    few = posterior.fit(PHOTOS.of(rows), Evidence.of(np.array([0.0, 0.5, 1.0])))
    assert honesty.held_out(few, PHOTOS.of(rows)) is None
    assert honesty.calibration(few) is None
    rows = np.arange(8)
    one_group = posterior.fit(PHOTOS.of(rows), Evidence.of(np.arange(8) / 7))
    assert honesty.held_out(one_group, PHOTOS.of(rows), ["shoot"] * 8) is None


def test_stated_doubts_are_about_right() -> None:
    rows = np.arange(120)
    found = honesty.calibration(learn(stars(PHOTOS.generic, 0.8, 2), rows))
    assert found is not None
    assert 0.35 < found.within_50 < 0.7
    assert found.within_95 > 0.88


def test_the_learning_curve_rises_for_a_clear_taste() -> None:
    rows = np.arange(60)
    values = stars(PHOTOS.cues[:, 1], 0.2, 5)
    points = honesty.curve(PHOTOS.of(rows), Evidence.of(values[rows]))
    assert [size for size, *_ in points] == [5, 10, 20, 50]
    assert points[-1][1] > points[0][1]


def test_whole_shoots_are_left_out_where_there_are_enough() -> None:
    assert honesty.shoots([1, 2, 3, 4, 5], list("abcde")) == list("abcde")
    assert honesty.shoots([1, 2, 3, 4, 5], list("aaabb")) == [1, 2, 3, 4, 5]
