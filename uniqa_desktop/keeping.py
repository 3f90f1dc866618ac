"""One loaded model, kept between jobs and let go of when nobody has used it for a while.

Loading a model takes seconds and the memory of the graphics card is not ours alone: other programs
of the user, an editor above all, want it too. So the card is freed soon after the last use (taking
it back costs a tenth of a second), the process's own memory some minutes later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from uniqa_desktop import scorers
from uniqa_desktop.scoring import Scorer

RELEASE_AFTER = 30.0
"""Seconds without use after which the graphics card's memory is given back."""
DROP_AFTER = 300.0
"""Seconds without use after which the model is forgotten altogether."""


class Keeper:
    """Lends one scorer at a time. It belongs to one thread, which calls `rest` when it is idle."""

    def __init__(
        self,
        load: Callable[[str, str], Scorer] = scorers.load,
        edition: Callable[[str], object] = scorers.edition,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._edition = edition
        self._clock = clock
        self._scorer: Scorer | None = None
        self._key: object = None
        self._lent = 0
        self._used = 0.0
        self._released = True

    @contextmanager
    def lent(self, model: str, device: str = "auto") -> Iterator[Scorer]:
        """The scorer of a model, as it was left; loaded if it is another or was installed anew.

        May be nested: a question in the middle of a job gets the job's own scorer.

        Raises:
            WeightsError: it is not installed, or its card cannot be read.
        """
        key = (model, device, self._edition(model))
        if self._scorer is None or key != self._key:
            self._forget()
            self._scorer = self._load(model, device)
            self._key = key
        self._released = False
        self._used = self._clock()
        self._lent += 1
        try:
            yield self._scorer
        finally:
            self._lent -= 1
            self._released = False
            self._used = self._clock()

    @property
    def due(self) -> float | None:
        """Seconds until `rest` has something to do; `None`: nothing is held."""
        if self._scorer is None or self._lent:
            return None
        wait = DROP_AFTER if self._released else RELEASE_AFTER
        return max(0.0, self._used + wait - self._clock())

    def rest(self) -> None:
        """Gives back what has not been used for long enough.

        Of a scorer that is lent (its job is paused) only the graphics memory, which its next batch
        takes back by itself.
        """
        if self._scorer is None:
            return
        idle = self._clock() - self._used
        if idle >= DROP_AFTER and not self._lent:
            self._forget()
        elif idle >= RELEASE_AFTER and not self._released:
            self._scorer.close()
            self._released = True

    def close(self) -> None:
        """Lets go of the scorer at once."""
        self._forget()

    def _forget(self) -> None:
        if self._scorer is not None:
            self._scorer.close()
        self._scorer, self._key, self._released = None, None, True
