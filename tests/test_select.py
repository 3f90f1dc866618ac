"""The N best: never more than N, each photo kept or explained, the same every time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uniqa_desktop import select
from uniqa_desktop.select import Trip, Why


def trip(scores: list[float], **more: object) -> Trip:
    count = len(scores)
    values: dict = {
        "frames": np.ones(count, int),
        "day": np.full(count, -1),
        "place": np.full(count, -1),
        **{name: np.asarray(value) for name, value in more.items()},
    }
    return Trip(score=np.array(scores, float), **values)


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    count = draw(st.integers(0, 24))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    look = random.normal(0, 1, (count, 6)).astype(np.float32)
    look /= np.linalg.norm(look, axis=1, keepdims=True)
    return Trip(
        score=random.integers(0, 5, count).astype(float),
        frames=np.array(draw(st.lists(st.integers(1, 4), min_size=count, max_size=count)), int),
        day=random.integers(-1, 4, count),
        place=random.integers(-1, 3, count),
        look=look if draw(st.booleans()) else None,
    )


@settings(max_examples=120, deadline=None)
@given(trips(), st.integers(0, 30), st.sampled_from([0, 0.3, 1]))
def test_every_moment_is_kept_or_explained_and_n_is_respected(
    given_trip: Trip, keep: int, varied: float
) -> None:
    found = select.select(given_trip, keep, varied)
    assert set(found.kept) | set(found.left_out) == set(range(len(given_trip.score)))
    assert set(found.kept).isdisjoint(found.left_out)
    assert given_trip.frames[list(found.kept)].sum() <= keep
    assert select.select(given_trip, keep, varied) == found
    for moment, out in found.left_out.items():
        least = min((given_trip.score[each] for each in found.kept), default=0)
        if out.why is Why.LOWER:
            assert given_trip.score[moment] < least
        if out.why is Why.DAY:
            same = [given_trip.day[each] == given_trip.day[moment] for each in found.kept]
            assert out.count == sum(same) > 0


@settings(max_examples=60, deadline=None)
@given(trips(), st.integers(1, 12))
def test_at_its_end_called_best_the_slider_gives_the_top_of_the_list(
    given_trip: Trip, keep: int
) -> None:
    single = Trip(
        given_trip.score, np.ones_like(given_trip.frames), given_trip.day, given_trip.place
    )
    kept = select.select(single, keep, 0).kept
    best = sorted(single.score.tolist(), reverse=True)[:keep]
    assert [single.score[moment] for moment in kept] == best


def test_the_greedy_choice_is_near_the_best_of_all() -> None:
    random = np.random.default_rng(3)
    for _ in range(8):
        look = random.normal(0, 1, (10, 4)).astype(np.float32)
        look /= np.linalg.norm(look, axis=1, keepdims=True)
        one = trip(
            random.uniform(0, 100, 10).tolist(),
            day=random.integers(0, 3, 10),
            place=random.integers(0, 2, 10),
            look=look,
        )

        def worth(chosen: tuple[int, ...], one: Trip = one) -> float:
            gain = select._Gain(one, 3, 0.6, select._looks(one.look))
            total = 0.0
            for moment in chosen:
                total += float(gain.of(np.array([moment]))[0])
                gain.take(moment)
            return total

        most = max(worth(chosen) for chosen in combinations(range(10), 3))
        assert worth(select.select(one, 3, 0.6).kept) >= (1 - 1 / np.e) * most


def test_varied_covers_the_days_that_best_leaves_out() -> None:
    days = [0] * 6 + [1] * 2 + [2]
    one = trip([90, 89, 88, 87, 86, 85, 40, 39, 30], day=days)
    assert set(select.select(one, 3, 0).kept) == {0, 1, 2}
    assert {days[moment] for moment in select.select(one, 3, 1).kept} == {0, 1, 2}


def test_a_twin_by_look_is_left_out_for_the_better_one() -> None:
    look = np.eye(4, dtype=np.float32)[[0, 0, 1, 2]]
    found = select.select(trip([80, 70, 50, 40], look=look), 3, 0.8)
    assert set(found.kept) == {0, 2, 3}
    out = found.left_out[1]
    assert (out.why, out.other) == (Why.LIKE_WORSE, 0)


def test_a_whole_work_is_kept_whole_or_not_at_all() -> None:
    one = trip([90, 80, 70, 60], frames=[1, 5, 1, 1])
    assert set(select.select(one, 3, 0).kept) == {0, 2, 3}
    assert select.select(one, 3, 0).left_out[1].why is Why.NO_ROOM
    assert 1 in select.select(one, 8, 0).kept


def test_places_near_each_other_are_one_cluster() -> None:
    places = np.array([[52.5, 13.4], [52.505, 13.41], [48.1, 11.6], [np.nan, np.nan], [52.5, 13.4]])
    found = select.clusters(places)
    assert found[0] == found[1] == found[4]
    assert found[2] not in (found[0], -1)
    assert found[3] == -1


def test_senseless_wishes_are_refused() -> None:
    with pytest.raises(ValueError, match="out of range"):
        select.select(trip([1]), 1, 1.5)
    assert select.select(trip([]), 5).kept == ()


def test_coverage_counts_what_is_kept_of_days_places_and_looks() -> None:
    looks = np.eye(3, dtype=np.float32)[[0, 0, 1, 2]]
    whole = trip([1, 2, 3, 4], day=[5, 5, 6, -1], place=[0, 1, 1, -1], frames=[1, 1, 3, 1],
                 look=looks)  # fmt: skip
    kept = select.coverage(whole, [0, 2])
    assert kept.days == {5: 1, 6: 3}
    assert kept.places == (2, 2)
    assert kept.looks == (3, 4)
    nothing = select.coverage(whole, [])
    assert (nothing.days, nothing.places, nothing.looks) == ({}, (0, 2), (0, 4))
    assert select.coverage(trip([1.0]), [0]).looks == (0, 0)
