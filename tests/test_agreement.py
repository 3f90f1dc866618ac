"""Figures of agreement: against values known from elsewhere, and by what must always hold."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import agreement

small = st.lists(st.integers(-4, 4), min_size=2, max_size=12)
columns = st.integers(2, 12).flatmap(
    lambda size: st.tuples(
        *(st.lists(st.integers(-4, 4), min_size=size, max_size=size) for _ in range(2))
    )
)


def test_known_values() -> None:
    # Anscombe's first quartet: the correlation printed in the paper (1973) is 0.816.
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    assert agreement.pearson(x, y) == pytest.approx(0.81642, abs=1e-5)
    # Without ties: 1 - 6 Σd² / n(n² - 1), here Σd² = 40 and n = 11.
    assert agreement.spearman(x, y) == pytest.approx(1 - 6 * 40 / (11 * 120))
    # The textbook example of IQ and hours of television (Σd² = 194, n = 10).
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    assert agreement.spearman(iq, hours) == pytest.approx(-29 / 165)


def test_equal_values_share_their_mean_rank() -> None:
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 · 5).
    assert agreement.spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / math.sqrt(22.5))


def by_hand(truth: list[int], scores: list[int]) -> float:
    pairs = [
        (a - b) * (c - d)
        for (a, c), (b, d) in itertools.combinations(zip(truth, scores, strict=True), 2)
        if a != b
    ]
    right = sum(1.0 if pair > 0 else 0.5 if pair == 0 else 0.0 for pair in pairs)
    return right / len(pairs) if pairs else math.nan


@given(columns)
def test_pairs_are_counted_as_by_hand(both: tuple[list[int], list[int]]) -> None:
    truth, scores = both
    assert agreement.pairwise_accuracy(truth, scores) == pytest.approx(
        by_hand(truth, scores), nan_ok=True
    )


@given(columns)
def test_order_is_all_that_counts(both: tuple[list[int], list[int]]) -> None:
    truth, scores = both
    bent = np.exp(np.array(scores, dtype=float))
    for figure in (agreement.spearman, agreement.pairwise_accuracy):
        plain = figure(truth, scores)
        assert figure(truth, bent) == pytest.approx(plain, nan_ok=True)
        assert -1 <= plain <= 1 or math.isnan(plain)
    turned = agreement.pairwise_accuracy(truth, -np.array(scores))
    assert turned == pytest.approx(1 - agreement.pairwise_accuracy(truth, scores), nan_ok=True)
    assert agreement.spearman(scores, truth) == pytest.approx(
        agreement.spearman(truth, scores), nan_ok=True
    )


def test_what_does_not_exist_is_nan_and_not_zero() -> None:
    for figure in (agreement.pearson, agreement.spearman):
        assert math.isnan(figure([1, 2, 3], [5, 5, 5]))
        assert math.isnan(figure([0.1] * 3, [1, 2, 3]))
        assert math.isnan(figure([1], [1]))
    assert math.isnan(agreement.pairwise_accuracy([2, 2], [1, 3]))
    assert math.isnan(agreement.pairwise_accuracy([], []))
    assert agreement.pairwise_accuracy([1, 2], [3, 3]) == 0.5


def test_extreme_sizes_keep_their_correlation() -> None:
    x = np.array([1.0, 2, 3, 5])
    y = np.array([2.0, 1, 4, 5])
    assert agreement.pearson(x * 1e-200, y * 1e200) == pytest.approx(agreement.pearson(x, y))


def test_nan_and_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="not a number"):
        agreement.spearman([1, math.nan], [1, 2])
    with pytest.raises(ValueError, match="cannot be compared"):
        agreement.pearson([1, 2, 3], [1, 2])


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Draws from a normal pair with correlation 0.6; 95 % intervals, 100 of them."""
    random = np.random.default_rng(4)
    held = 0
    for turn in range(100):
        x = random.standard_normal(80)
        y = 0.6 * x + 0.8 * random.standard_normal(80)
        low, high = agreement.bootstrap(agreement.pearson, x, y, n=200, seed=turn)
        held += low <= 0.6 <= high
    assert 85 <= held <= 99


def test_an_interval_over_groups_is_wider_when_members_agree() -> None:
    random = np.random.default_rng(1)
    truth = np.repeat(random.standard_normal(20), 10)
    scores = np.repeat(random.standard_normal(20), 10) + truth
    groups = [f"scene {place // 10}" for place in range(200)]
    alone = agreement.bootstrap(agreement.pearson, truth, scores, n=300)
    together = agreement.bootstrap(agreement.pearson, truth, scores, groups=groups, n=300)
    assert together[1] - together[0] > 2 * (alone[1] - alone[0])


def test_an_interval_is_the_same_for_the_same_seed() -> None:
    random = np.random.default_rng(2)
    x, y = random.standard_normal((2, 30))
    drawn = [agreement.bootstrap(agreement.spearman, x, y, n=100, seed=seed) for seed in (3, 3, 4)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert all(math.isnan(end) for end in agreement.bootstrap(agreement.spearman, [1], [1]))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=40), st.integers(2, 6), st.integers(0, 9))
def test_folds_test_every_row_once_and_part_no_group(
    groups: list[int], folds: int, seed: int
) -> None:
    if len(set(groups)) < 2:
        with pytest.raises(ValueError, match="two groups"):
            list(agreement.group_folds(groups, folds=folds))
        return
    splits = list(agreement.group_folds(groups, folds=folds, repeats=2, seed=seed))
    per_repeat = min(folds, len(set(groups)))
    assert len(splits) == 2 * per_repeat
    for repeat in (splits[:per_repeat], splits[per_repeat:]):
        assert sorted(np.concatenate([test for _, test in repeat])) == list(range(len(groups)))
    for train, test in splits:
        assert len(train)
        assert not {groups[place] for place in train} & {groups[place] for place in test}


@settings(max_examples=60)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=40), st.floats(0.1, 0.9))
def test_random_splits_part_no_group_and_leave_something_to_train(
    groups: list[int], test_share: float
) -> None:
    if len(set(groups)) < 2:
        return
    for train, test in agreement.random_splits(groups, count=3, test=test_share):
        assert len(train)
        assert len(test)
        assert sorted([*train, *test]) == list(range(len(groups)))
        assert not {groups[place] for place in train} & {groups[place] for place in test}


def test_the_logistic_map_undoes_a_bend() -> None:
    random = np.random.default_rng(7)
    scores = random.uniform(-3, 3, 300)
    bend = agreement.Logistic(low=10, high=90, middle=0.5, width=0.4)
    labels = bend(scores) + random.normal(0, 1, 300)
    fitted = agreement.Logistic.fit(labels, scores)
    assert fitted is not None
    assert (fitted.low, fitted.high) == (pytest.approx(10, abs=1), pytest.approx(90, abs=1))
    assert (fitted.middle, fitted.width) == (pytest.approx(0.5, abs=0.05), pytest.approx(0.4, 0.1))
    plain = agreement.pearson(labels, scores)
    assert agreement.pearson(labels, fitted(scores)) > 0.99 > plain


def test_the_logistic_map_may_fall_and_may_have_nothing_to_fit() -> None:
    scores = np.linspace(0, 1, 50)
    fitted = agreement.Logistic.fit(-np.tanh(6 * scores - 3), scores)
    assert fitted is not None
    assert np.all(np.diff(fitted(scores)) < 0)
    assert agreement.Logistic.fit([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]) is None
    assert agreement.Logistic.fit([1, 2], [1, 2]) is None


def test_the_logistic_map_of_unrelated_scores_is_still_a_map() -> None:
    random = np.random.default_rng(0)
    for _ in range(10):
        scores, labels = random.standard_normal((2, 200))
        fitted = agreement.Logistic.fit(labels, scores)
        assert fitted is not None
        assert abs(agreement.pearson(labels, fitted(scores))) < 0.3
        assert fitted.width >= 0.1 * np.std(scores)
