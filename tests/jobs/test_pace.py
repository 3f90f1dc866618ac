from __future__ import annotations

from pathlib import Path

import pytest

from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_remaining_time_follow_the_last_seconds() -> None:
    clock = Clock()
    pace = Pace("score", total=1000, clock=clock)
    for _ in range(20):
        clock.now += 1
        pace.add(10)
        pace.step()
    for _ in range(20):
        clock.now += 1
        pace.add(2)
        step = pace.step()
    assert step.rate == pytest.approx(2.0)
    assert step.remaining == pytest.approx((1000 - 240) / 2)


def test_nothing_is_promised_before_there_is_something_to_go_by() -> None:
    step = Pace("score", total=10, clock=Clock()).step()
    assert (step.rate, step.remaining) == (None, None)


def test_changes_and_failures_are_reported_once() -> None:
    pace = Pace("score")
    failure = Failure(Path("a.jpg"), "The file is empty.")
    pace.add(changed=(1, 2), failures=(failure,))
    first, second = pace.step(), pace.step()
    assert (first.changed, first.failures) == ((1, 2), (failure,))
    assert (second.changed, second.failures) == ((), ())
    assert (first.done, first.total, first.remaining) == (1, None, None)


def test_reports_are_due_ten_times_a_second() -> None:
    clock = Clock()
    pace = Pace("scan", clock=clock)
    assert not pace.due
    clock.now = 0.11
    assert pace.due
    pace.step()
    assert not pace.due
