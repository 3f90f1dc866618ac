"""How a number 0–100 is spread over the photos of a folder: the histogram behind a slider.

Plain Python: the window counts with it while a handle is dragged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_WHOLE = 100
CELLS = 2 * _WHOLE + 1
"""Each whole number 0–100 has a cell, and so has each gap between two of them, so that a range
between whole numbers is counted exactly, both ends included."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many photos have a number in each of `CELLS`: cell 2n is exactly n, cell 2n + 1 lies
    between n and n + 1."""

    counts: tuple[int, ...] = (0,) * CELLS

    @classmethod
    def of_cells(cls, cells: Iterable[tuple[int, int]]) -> Self:
        """From pairs of a cell and its count; cells outside 0–100 count at the nearer end."""
        counts = [0] * CELLS
        for cell, count in cells:
            counts[min(max(cell, 0), CELLS - 1)] += count
        return cls(tuple(counts))

    @property
    def total(self) -> int:
        """How many photos have the number at all."""
        return sum(self.counts)

    def between(self, least: int, most: int) -> int:
        """How many photos have a number from `least` to `most` (whole, 0–100, both included)."""
        return sum(self.counts[2 * least : 2 * most + 1])

    def bars(self, number: int) -> list[int]:
        """The photos in each of `number` equal parts of 0–100; 100 itself is in the last one."""
        bars = [0] * number
        for cell, count in enumerate(self.counts):
            bars[min(cell * number // (CELLS - 1), number - 1)] += count
        return bars
