"""The grid's arithmetic against a plain reading of it: cells put down one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uniqa_desktop.gui.grid_layout import GridLayout

Places = list[tuple[int, int]]
WIDTH, HEIGHT = 20, 30


def put_down(columns: int, sections: list[int], header: int) -> tuple[Places, list[int], int]:
    """The corners of all cells, the tops of all headers, and the height of the whole."""
    cells: Places = []
    headers = []
    y = 0
    for count in sections:
        headers.append(y)
        y += header
        for n in range(count):
            if n and n % columns == 0:
                y += HEIGHT
            cells.append((n % columns * WIDTH, y))
        y += HEIGHT
    return cells, headers, y


SECTIONS = st.lists(st.integers(1, 12), min_size=0, max_size=6)
SHAPES = st.tuples(st.integers(1, 5), SECTIONS, st.sampled_from([0, 7, 40]))


@given(SHAPES, st.integers(-20, 600), st.integers(0, 200), st.integers(-5, 110))
def test_cells_are_found_where_they_are_put(
    shape: tuple[int, list[int], int], top: int, deep: int, x: int
) -> None:
    columns, sections, header = shape
    layout = GridLayout(columns, WIDTH, HEIGHT, sections, header)
    cells, headers, whole = put_down(columns, sections, header)
    assert layout.count == len(cells)
    assert layout.total_height == whole
    assert [layout.place(row) for row in range(layout.count)] == cells
    inside = [row for row, (_, y) in enumerate(cells) if y < top + deep and y + HEIGHT > top]
    assert list(layout.rows_between(top, top + deep)) == (inside if deep else [])
    hit = [
        row
        for row, (left, y) in enumerate(cells)
        if left <= x < left + WIDTH and y <= top < y + HEIGHT
    ]
    assert layout.row_at(x, top) == (hit[0] if hit else None)
    seen = [(n, y) for n, y in enumerate(headers) if header and y < top + deep and y + header > top]
    assert list(layout.headers_between(top, top + deep)) == (seen if deep else [])


@given(SHAPES, st.integers(-9, 9), st.data())
def test_lines_are_counted_over_sections(
    shape: tuple[int, list[int], int], lines: int, data: st.DataObject
) -> None:
    columns, sections, header = shape
    if not sections:
        return
    layout = GridLayout(columns, WIDTH, HEIGHT, sections, header)
    cells, _, _ = put_down(columns, sections, header)
    row = data.draw(st.integers(0, layout.count - 1))
    heights = sorted({y for _, y in cells})
    wanted = heights[min(max(heights.index(cells[row][1]) + lines, 0), len(heights) - 1)]
    line = [each for each, (_, y) in enumerate(cells) if y == wanted]
    column = cells[row][0] // WIDTH
    assert layout.moved(row, lines) == line[min(column, len(line) - 1)]


def test_the_first_line_of_a_section_begins_with_its_header() -> None:
    layout = GridLayout(2, WIDTH, HEIGHT, [3, 2], 10)
    assert [layout.head(row) for row in range(5)] == [0, 0, 40, 70, 70]
    assert layout.rows_of(1) == range(3, 5)
