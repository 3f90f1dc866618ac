"""How fast a job goes and how long it will take, from what it did in the last seconds."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from uniqa_desktop.photo import Failure, Progress

_WINDOW = 15.0
"""Seconds that the rate looks back: long enough to be calm, short enough to follow a change."""
_INTERVAL = 0.1
"""Seconds between two steps that carry no news but the count."""


class Pace:
    """Collects what a job did and says when and how to report it.

    Args:
        job: the job's name, as shown.
        total: how many items there are, where it is known.
        clock: seconds that only grow (for tests).
        done: how many of them were done before it began; they say nothing of the pace.
    """

    def __init__(
        self,
        job: str,
        total: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        done: int = 0,
    ) -> None:
        self.done = done
        self.total = total
        self._job = job
        self._clock = clock
        self._marks = deque([(clock(), done)])
        self._reported = clock()
        self._changed: list[int] = []
        self._failures: list[Failure] = []

    def add(
        self,
        done: int = 1,
        changed: tuple[int, ...] = (),
        failures: tuple[Failure, ...] = (),
    ) -> None:
        """Notes `done` more items, the ids of changed rows and failures."""
        self.done += done
        self._changed.extend(changed)
        self._failures.extend(failures)

    @property
    def due(self) -> bool:
        """Whether it is time to report again (at most ten times a second)."""
        return self._clock() - self._reported >= _INTERVAL

    def step(self) -> Progress:
        """The report of all that was added since the last one."""
        now = self._clock()
        self._reported = now
        self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()
        began, done_then = self._marks[0]
        rate = (self.done - done_then) / (now - began) if now > began else 0.0
        left = None if self.total is None else self.total - self.done
        progress = Progress(
            job=self._job,
            done=self.done,
            total=self.total,
            changed=tuple(self._changed),
            failures=tuple(self._failures),
            rate=rate or None,
            remaining=left / rate if left is not None and rate else None,
        )
        self._changed.clear()
        self._failures.clear()
        return progress
