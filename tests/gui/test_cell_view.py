"""What the grid answers itself instead of Qt: selecting by mouse, headers, screen readers."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date

import pytest
from gallery import DrawingMaker, Shelf
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.grid import Grid
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.thumb_loader import ThumbLoader

LEFT = Qt.MouseButton.LeftButton
DAYS = [(date(2026, 6, 14), 7), (date(2026, 6, 15), 30), (None, 3)]


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication) -> Iterator[Grid]:
    """Forty photos of two days and three without a date."""
    theme.apply(qapp, "dark")
    shelf = Shelf.of(40)
    maker = DrawingMaker()
    model = PhotosModel(shelf.get)
    loader = ThumbLoader(lambda: maker, threads=1)
    made = Grid(model, loader)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.set_days(DAYS)
    model.set_ids(array("q", shelf.photos))
    made.show()
    qtbot.waitExposed(made)
    yield made
    loader.stop()


def rect(grid: Grid, row: int):
    return grid.visualRect(grid.model().index(row, 0))


def test_a_day_begins_on_a_line_of_its_own_under_its_header(grid: Grid) -> None:
    assert rect(grid, 0).top() == grid._headers.height
    assert rect(grid, 7).left() == 0
    assert rect(grid, 7).top() >= rect(grid, 6).bottom() + grid._headers.height
    between = (rect(grid, 6).bottom() + rect(grid, 7).top()) // 2
    strip = grid.viewport().grab().toImage()
    ink = QColor(theme.tokens().text)
    row = [strip.pixelColor(x, y) for x in range(200) for y in range(between - 8, between + 14)]
    assert ink in row, "the day is written there"
    assert not grid.indexAt(QPoint(40, between)).isValid()


def test_going_to_the_first_photo_of_a_day_shows_its_header(grid: Grid) -> None:
    grid.go_to(39)
    grid.go_to(7)
    assert rect(grid, 7).top() == grid._headers.height
    grid.go_to(0)
    assert grid.verticalScrollBar().value() == 0


def test_photos_added_later_stand_under_a_header_of_their_own(grid: Grid) -> None:
    model = grid.model()
    assert isinstance(model, PhotosModel)
    model.append_ids(array("q", [41, 42]))
    sections = grid._headers.sections(model.rowCount())
    assert sections == [7, 30, 3, 2]
    assert grid._headers.title(3) == "Just found"
    assert rect(grid, 40).left() == 0
    assert rect(grid, 40).top() > rect(grid, 39).bottom()


def test_shift_and_click_select_what_lies_between_also_over_days(grid: Grid) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, pos=rect(grid, 5).center())
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(grid.viewport(), LEFT, shift, rect(grid, 9).center())
    assert grid.selected_ids() == [6, 7, 8, 9, 10]
    QTest.mouseClick(grid.viewport(), LEFT, shift, rect(grid, 2).center())
    assert grid.selected_ids() == [3, 4, 5, 6]


def test_dragging_a_frame_selects_the_cells_that_it_touches(grid: Grid) -> None:
    port = grid.viewport()
    start = QPoint(rect(grid, 1).center().x(), grid._headers.height // 2)
    end = rect(grid, 9).center()
    QTest.mousePress(port, LEFT, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    columns = grid.columns
    wanted = [row for row in (1, 2, columns + 1, columns + 2, 8, 9) if row not in range(7, 8)]
    touched = {row for row in wanted if rect(grid, row).left() <= end.x()}
    assert {id - 1 for id in grid.selected_ids()} >= {1, 9}
    assert all(id - 1 in touched | {8} for id in grid.selected_ids())
    framed = port.grab().toImage().pixelColor(start.x(), (start.y() + end.y()) // 2)
    assert framed == QColor(theme.tokens().accent)
    QTest.mouseRelease(port, LEFT, pos=end)
    assert grid._frame.isNull()


def test_a_screen_reader_finds_the_photos_where_they_are(grid: Grid) -> None:
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader is not None
    names = [
        child.text(QAccessible.Text.Name)
        for n in range(reader.childCount())
        if (child := reader.child(n)) is not None
    ]
    assert sum("DSC_" in name for name in names) == 40
