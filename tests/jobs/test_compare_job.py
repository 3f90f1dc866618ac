"""Sources are ordered by their scores, and a difference is called one only where it is."""

from __future__ import annotations

import numpy as np
import pytest

from uniqa_desktop.jobs.compare import Difference, differences


def drawn(shift: float, count: int, seed: int, names: str = "p") -> dict[str, float]:
    values = np.random.default_rng(seed).normal(50 + shift, 5, count)
    return {f"{names}{number}": float(value) for number, value in enumerate(values)}


def one(scores: dict[str, dict[str, float]]) -> Difference:
    (found,) = differences(scores)
    return found


def test_a_clear_difference_is_told_with_its_size() -> None:
    found = one({"a": drawn(0, 40, 1, "x"), "b": drawn(6, 30, 2, "y")})
    assert (found.better, found.worse) == ("b", "a")
    assert found.p < 0.001
    assert found.pairs == 0
    low, high = found.interval
    assert 0 < low < found.points < high
    assert found.points == pytest.approx(6, abs=2.5)


def test_what_may_be_chance_is_not_called_clear() -> None:
    values = [one({"a": drawn(0, 20, seed, "x"), "b": drawn(0, 20, 99 - seed, "y")}).p
              for seed in range(20)]  # fmt: skip
    assert sum(value < 0.05 for value in values) <= 3
    assert np.mean(values) > 0.3


def test_pictures_of_the_same_name_are_compared_in_pairs() -> None:
    before = drawn(0, 12, 3)
    after = {name: value + 0.5 + 0.05 * (number % 3) for number, (name, value) in
             enumerate(before.items())}  # fmt: skip
    paired = one({"before": before, "after": after})
    assert paired.pairs == 12
    assert paired.better == "after"
    assert paired.p < 0.01
    renamed = {f"other {name}": value for name, value in after.items()}
    assert one({"before": before, "after": renamed}).p > 0.3


def test_p_is_exact_for_few_pairs() -> None:
    """Of 2⁶ signs only all plus and all minus reach six equal differences: p = 1/32."""
    before = {str(number): 0.0 for number in range(6)}
    found = one({"a": dict.fromkeys(before, 1.0), "b": before})
    assert found.p == pytest.approx(1 / 32, rel=0.15)


def test_many_comparisons_make_each_harder_to_win() -> None:
    sources = {str(number): drawn(0, 20, number, str(number)) for number in range(5)}
    sources["best"] = drawn(3.2, 20, 7, "z")
    alone = one({name: sources[name] for name in ("0", "best")}).p
    among = next(
        found.p for found in differences(sources) if {found.better, found.worse} == {"0", "best"}
    )
    assert alone < among <= 1
    assert len(differences(sources)) == 15


def test_a_single_picture_has_no_interval() -> None:
    found = one({"a": {"x": 1.0}, "b": {"y": 2.0}})
    assert np.isnan(found.interval[0])
    assert found.p == pytest.approx(1, abs=0.01)
