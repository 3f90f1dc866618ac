"""Where the cells of the photo grid are: arithmetic, however many there are.

All cells have one size; sections begin on a line of their own, under a header. A layout knows only
how many photos each section has, so a new one costs as much as there are sections.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate


class GridLayout:
    """The cells of rows 0, 1, … in lines of `columns`, from the top of the whole list.

    All lengths are device-independent pixels.
    """

    def __init__(
        self,
        columns: int = 1,
        width: int = 1,
        height: int = 1,
        sections: Sequence[int] = (),
        header: int = 0,
    ) -> None:
        """Lays out cells of `width` × `height`.

        Args:
            columns: how many are side by side.
            width: of a cell.
            height: of a cell.
            sections: the numbers of photos in each section, none of them 0.
            header: the height of what stands above each section.
        """
        self.columns, self.width, self.height, self.header = columns, width, height, header
        self._rows = list(accumulate(sections, initial=0))
        self._lines = list(accumulate((-(-n // columns) for n in sections), initial=0))

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows[-1]

    @property
    def total_height(self) -> int:
        """The height of the whole list."""
        return self._top(len(self._lines) - 1) - self.header

    def place(self, row: int) -> tuple[int, int]:
        """The upper left corner of the cell of `row`."""
        section = self._section_of_row(row)
        line, column = divmod(row - self._rows[section], self.columns)
        return column * self.width, self._top(section) + line * self.height

    def head(self, row: int) -> int:
        """The height where the line of `row` begins, with the header if it is under one."""
        section = self._section_of_row(row)
        top = self.place(row)[1]
        return top - self.header if top == self._top(section) else top

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose cell is at a place, if there is one."""
        if not 0 <= x < self.columns * self.width or not 0 <= y < self.total_height:
            return None
        section, line = self._line_at(y)
        row = self._rows[section] + line * self.columns + x // self.width
        return row if line >= 0 and row < self._rows[section + 1] else None

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of the lines that reach into the heights `top` ≤ y < `bottom`."""
        top, bottom = max(top, 0), min(bottom, self.total_height)
        if top >= bottom:
            return range(0)
        section, line = self._line_at(top)
        first = self._rows[section] + max(line, 0) * self.columns
        section, line = self._line_at(bottom - 1)
        last = self._rows[section] + (line + 1) * self.columns
        return range(first, min(last, self._rows[section + 1]))

    def headers_between(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """The sections whose header reaches into these heights, each with its header's top."""
        if not self.header or not self.count or bottom <= 0:
            return
        for section in range(self._section_at(max(top, 0)), len(self._rows) - 1):
            above = self._top(section) - self.header
            if above >= bottom:
                return
            if above + self.header > top:
                yield section, above

    def rows_of(self, section: int) -> range:
        """The rows of a section."""
        return range(self._rows[section], self._rows[section + 1])

    def moved(self, row: int, lines: int) -> int:
        """The row so many lines further down (up if negative) in the same column; the first or
        last line where there are not so many, the end of the line where that is shorter."""
        section = self._section_of_row(row)
        line, column = divmod(row - self._rows[section], self.columns)
        line = min(max(self._lines[section] + line + lines, 0), self._lines[-1] - 1)
        section = bisect_right(self._lines, line) - 1
        first = self._rows[section] + (line - self._lines[section]) * self.columns
        return min(first + column, self._rows[section + 1] - 1)

    def _top(self, section: int) -> int:
        """Where the cells of a section begin."""
        return self._lines[section] * self.height + (section + 1) * self.header

    def _section_of_row(self, row: int) -> int:
        return bisect_right(self._rows, row) - 1

    def _section_at(self, y: int) -> int:
        """The section at a height within the list, its header included."""
        sections = range(len(self._rows) - 1)
        return bisect_right(sections, y, key=lambda each: self._top(each) - self.header) - 1

    def _line_at(self, y: int) -> tuple[int, int]:
        """The section at a height and the line in it, −1 for its header."""
        section = self._section_at(y)
        return section, (y - self._top(section)) // self.height if y >= self._top(section) else -1
