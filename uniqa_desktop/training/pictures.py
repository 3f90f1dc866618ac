"""Pictures for training: read once, kept small, cut square, and made ready ahead of their use."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import crops, decode
from uniqa_desktop.errors import PhotoError
from uniqa_desktop.photo import Failure

Pixels = NDArray[np.uint8]
Job = TypeVar("Job")
Made = TypeVar("Made")

ROOM = 1 << 30
"""Bytes of pictures that are kept in memory: at 224 pixels about five thousand photos."""
_MARGIN = 8
"""With `Augment.SHIFT` pictures are an eighth larger than the cut, which moves within them."""
_AHEAD = 3
"""Jobs under way beside the one in use: enough that no step waits while the disk keeps up."""


class Augment(StrEnum):
    """How a picture may look different each time it is used.

    Neither resamples or recolours at random: sharpness, noise and light stay what the text says.
    """

    NONE = "none"
    SHIFT = "shift"

    def short_side(self, side: int) -> int:
        """The short side that pictures are kept at, for cuts of `side` pixels."""
        return side if self is Augment.NONE else side + side // _MARGIN


class Shelf:
    """Pictures at a working size: read when first asked for, kept as long as there is room.

    Thread-safe; two threads that ask for the same new picture may both read it.

    Args:
        files: pictures of any format that `decode` reads.
        short_side: pixels; they are brought to it up or down, antialiased (`crops`).
        room: bytes to keep; beyond them pictures are read anew each time.
    """

    def __init__(self, files: Sequence[Path], short_side: int, room: int = ROOM) -> None:
        self.files = tuple(files)
        self._short_side = short_side
        self._room = room
        self._kept: dict[int, Pixels] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.files)

    def get(self, index: int) -> Pixels:
        """The picture of that number, H×W×3 uint8; not to be written to.

        Raises:
            PhotoError: it cannot be read.
        """
        found = self._kept.get(index)
        if found is not None:
            return found
        picture = crops.working_picture(decode.full(self.files[index]).pixels, self._short_side)
        picture.setflags(write=False)
        with self._lock:
            if index not in self._kept and self._room >= picture.nbytes:
                self._kept[index] = picture
                self._room -= picture.nbytes
        return picture

    def without(self, bad: frozenset[int]) -> Shelf:
        """The same less the pictures of those numbers; what was read stays read."""
        left = [number for number in range(len(self)) if number not in bad]
        other = Shelf([self.files[number] for number in left], self._short_side, self._room)
        other._kept = {
            place: self._kept[number] for place, number in enumerate(left) if number in self._kept
        }
        return other

    def failure(self, index: int) -> Failure | None:
        """Reads the picture of that number, and says why if that cannot be done."""
        try:
            self.get(index)
        except PhotoError as error:
            return Failure(self.files[index], str(error))
        return None


def square(
    picture: Pixels, side: int, augment: Augment, random: np.random.Generator | None = None
) -> Pixels:
    """A cut of `side` × `side` pixels.

    Args:
        picture: H×W×3 with both sides at least `side`.
        side: pixels.
        augment: `NONE` takes the middle, as CLIP does it; `SHIFT` any place, mirrored or not.
        random: decides for `SHIFT`; without it the middle is taken.
    """
    height, width = picture.shape[:2]
    if augment is Augment.NONE or random is None:
        top, left = (height - side) // 2, (width - side) // 2
        return picture[top : top + side, left : left + side]
    top, left = random.integers(height - side + 1), random.integers(width - side + 1)
    cut = picture[top : top + side, left : left + side]
    return cut[:, ::-1] if random.random() < 0.5 else cut


def ahead(make: Callable[[Job], Made], jobs: Iterable[Job]) -> Generator[Made, None, None]:
    """`make(job)` for each job in order, the next few made by other threads meanwhile.

    Whoever leaves early closes the generator, which waits for the jobs under way only.
    """
    waiting: deque[Future[Made]] = deque()
    source = iter(jobs)
    with ThreadPoolExecutor(threads(), thread_name_prefix="pictures") as pool:
        try:
            for job in islice(source, _AHEAD):
                waiting.append(pool.submit(make, job))
            while waiting:
                made = waiting.popleft().result()
                waiting.extend(pool.submit(make, job) for job in islice(source, 1))
                yield made
        finally:
            for future in waiting:
                future.cancel()


def threads() -> int:
    """How many threads read pictures: the cores, four at most (more only wait for the disk)."""
    return min(4, os.cpu_count() or 1)
