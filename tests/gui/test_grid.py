"""The grid as a user meets it: even columns, keys, selection, marks, no jumps."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from gallery import TINT, DrawingMaker, Shelf, photo
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.grid import LARGEST, SMALLEST, Grid
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.photo import Flag, Label, Photo, State, Verdict

Key = Qt.Key


class Bench:
    """A shown grid with all that belongs to it."""

    def __init__(
        self,
        qtbot: QtBot,
        *photos: Photo,
        width: int = 1000,
        height: int = 640,
        maker: DrawingMaker | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.shelf = Shelf(*photos)
        self.maker = maker or DrawingMaker()
        self.model = PhotosModel(self.shelf.get)
        self.loader = ThumbLoader(lambda: self.maker, threads=1)
        self.grid = Grid(self.model, self.loader)
        qtbot.addWidget(self.grid)
        self.grid.resize(width, height)
        self.model.set_ids(array("q", self.shelf.photos))
        self.opened: list[int] = []
        self.currents: list[int] = []
        self.grid.opened.connect(self.opened.append)
        self.grid.current_changed.connect(self.currents.append)
        with qtbot.waitExposed(self.grid):
            self.grid.show()

    def load(self) -> None:
        """Lets all thumbnails that are wished for arrive."""
        for _ in range(2):
            self.grid.viewport().repaint()
            assert self.loader.wait()
            self.loader.flush()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> int:
        """The row that is current after a key."""
        self.qtbot.keyClick(self.grid, key, modifiers or Qt.KeyboardModifier.NoModifier)
        return self.grid.currentIndex().row()

    def cell(self, row: int) -> QImage:
        """What the user sees of a row."""
        shot = self.grid.viewport().grab(self.grid.visualRect(self.model.index(row)))
        return shot.toImage()

    def picture(self, row: int) -> QColor:
        """The colour in the middle of a row's picture."""
        return self.cell(row).pixelColor(self.grid.delegate.cell.tile.center())

    @property
    def scroll(self) -> int:
        return self.grid.verticalScrollBar().value()


MakeBench = Callable[..., Bench]


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[MakeBench]:
    theme.apply(qapp, "dark")
    made: list[Bench] = []

    def make(*photos: Photo, **more: Any) -> Bench:
        made.append(Bench(qtbot, *photos, **more))
        return made[-1]

    yield make
    for each in made:
        each.loader.stop()


def many(count: int) -> list[Photo]:
    return [photo(n) for n in range(1, count + 1)]


# Layout


@pytest.mark.parametrize("width", [300, 777, 1000, 1366])
@pytest.mark.parametrize("size", [SMALLEST, 176, LARGEST])
def test_columns_fill_the_width(bench: MakeBench, width: int, size: int) -> None:
    b = bench(*many(60), width=width)
    b.grid.thumb_size = size
    rects = [b.grid.visualRect(b.model.index(row)) for row in range(b.grid.columns)]
    assert len({rect.top() for rect in rects}) == 1
    assert b.grid.visualRect(b.model.index(b.grid.columns)).top() > rects[0].top()
    left = rects[0].left() + b.grid.viewport().x()
    right = b.grid.viewport().geometry().right() - rects[-1].right()
    assert abs(left - right) <= 12
    assert left <= 6 + b.grid.columns
    assert all(a.right() + 1 == b.left() for a, b in pairwise(rects))


def test_visible_rows_are_those_that_qt_paints(bench: MakeBench) -> None:
    b = bench(*many(300))
    for scroll in (0, 100, 777, b.grid.verticalScrollBar().maximum()):
        b.grid.verticalScrollBar().setValue(scroll)
        port = b.grid.viewport().rect()
        seen = [row for row in range(300) if b.grid.visualRect(b.model.index(row)).intersects(port)]
        assert list(b.grid.visible_rows()) == seen


def test_a_larger_size_shows_larger_pictures(bench: MakeBench) -> None:
    b = bench(*many(60))
    told: list[int] = []
    b.grid.thumb_size_changed.connect(told.append)
    widths = []
    for size in (120, 240, 360):
        b.grid.thumb_size = size
        widths.append(b.grid.delegate.cell.tile.width())
        assert abs(widths[-1] - size) < size / 3
    assert widths == sorted(set(widths))
    assert told == [120, 240, 360]
    b.grid.thumb_size = 10_000
    assert b.grid.thumb_size == LARGEST


def test_what_is_at_the_top_stays_there_while_the_size_changes(bench: MakeBench) -> None:
    b = bench(*many(500))
    b.grid.verticalScrollBar().setValue(1700)
    row = b.grid.visible_rows().start
    for size in (100, 300, 130, 384, 176):
        b.grid.thumb_size = size
        assert row in range(b.grid.visible_rows().start, b.grid.visible_rows().start + 12)
        top = b.grid.visualRect(b.model.index(row)).top()
        assert 0 <= top < b.grid.gridSize().height()
    b.grid.resize(640, 500)
    assert b.grid.visualRect(b.model.index(row)).top() == 0


def test_control_and_wheel_change_the_size(bench: MakeBench) -> None:
    b = bench(*many(60))
    before = b.grid.thumb_size
    turn(b.grid, 120, Qt.KeyboardModifier.ControlModifier)
    assert b.grid.thumb_size > before
    assert b.scroll == 0
    turn(b.grid, -120, Qt.KeyboardModifier.NoModifier)
    assert b.scroll > 0


def turn(grid: Grid, angle: int, modifiers: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, angle),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(grid.viewport(), event)


# Keys and selection


def test_arrows_go_to_the_neighbours(bench: MakeBench) -> None:
    b = bench(*many(50))
    columns = b.grid.columns
    assert columns > 2
    b.grid.go_to(0)
    assert b.press(Key.Key_Left) == 0
    assert b.press(Key.Key_Right) == 1
    assert b.press(Key.Key_Down) == 1 + columns
    assert b.press(Key.Key_Up) == 1
    b.grid.go_to(columns - 1)
    assert b.press(Key.Key_Right) == columns  # on to the next line
    assert b.press(Key.Key_Left) == columns - 1


def test_home_end_and_pages(bench: MakeBench) -> None:
    b = bench(*many(501))
    assert b.press(Key.Key_End) == 500
    assert b.grid.visualRect(b.model.index(500)).bottom() < b.grid.viewport().height()
    assert b.press(Key.Key_Home) == 0
    assert b.scroll == 0
    page = b.press(Key.Key_PageDown)
    assert page >= 2 * b.grid.columns
    assert page % b.grid.columns == 0
    assert b.press(Key.Key_PageUp) == 0


def test_down_into_a_short_last_line(bench: MakeBench) -> None:
    b = bench(*many(51))
    columns = b.grid.columns
    assert 51 % columns not in (0, columns - 1)
    b.grid.go_to(51 - 51 % columns - 1)  # the end of the last full line
    assert b.press(Key.Key_Down) == 50
    assert b.press(Key.Key_Down) == 50


def test_keys_do_nothing_in_an_empty_grid(bench: MakeBench) -> None:
    b = bench()
    for key in (Key.Key_Down, Key.Key_Home, Key.Key_Return, Key.Key_P):
        assert b.press(key) == -1
    assert b.opened == []
    assert b.grid.selected_ids() == []
    assert b.grid.current_id() == -1


def test_enter_and_double_click_open(bench: MakeBench) -> None:
    b = bench(*many(20))
    b.grid.go_to(4)
    b.press(Key.Key_Return)
    b.press(Key.Key_Enter)
    middle = b.grid.visualRect(b.model.index(2)).center()
    b.qtbot.mouseClick(b.grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    b.qtbot.mouseDClick(b.grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert b.opened == [4, 4, 2]


def test_letters_are_left_to_the_commands(bench: MakeBench) -> None:
    b = bench(*many(20), photo(30, path=Path("/photos/x.jpg")))
    b.grid.go_to(0)
    assert b.press(Key.Key_X) == 0
    assert len(b.shelf.asked) == 1  # no search through the names


def test_the_selection_grows_with_shift_and_control(bench: MakeBench) -> None:
    b = bench(*many(50))
    b.grid.go_to(1)
    b.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    b.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert b.grid.selected_ids() == list(range(2, 2 + b.grid.columns + 2))
    far = b.grid.visualRect(b.model.index(0)).center()
    b.qtbot.mouseClick(
        b.grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, far
    )
    assert b.grid.selected_ids() == list(range(1, 2 + b.grid.columns + 2))
    b.press(Key.Key_Right)
    assert b.grid.selected_ids() == [2]
    b.grid.selectAll()
    assert b.grid.selected_ids() == list(range(1, 51))


def test_the_current_photo_is_told(bench: MakeBench) -> None:
    b = bench(*many(20))
    b.currents.clear()
    b.grid.go_to(3)
    b.grid.go_to(3)
    b.grid.go_to(99)
    b.press(Key.Key_Right)
    assert b.currents == [4, 5]
    assert b.grid.current_id() == 5


# New orders, new rows


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier),
        (Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_going_to_a_photo_selects_it_alone_whatever_is_held(
    bench: MakeBench, qtbot: QtBot, key: Key, held: Qt.KeyboardModifier
) -> None:
    """As a verdict with Shift does that goes on to the next photo."""
    b = bench(*(photo(n) for n in range(1, 9)))
    b.grid.go_to(1)
    qtbot.keyPress(b.grid, key, held)
    b.grid.go_to(4)
    qtbot.keyRelease(b.grid, key)
    assert b.grid.selected_ids() == [5]
    qtbot.keyClick(b.grid, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert b.grid.selected_ids() == [5, 6], "the next selection begins there"


@pytest.mark.parametrize(("key", "row"), [(Key.Key_Home, 0), (Key.Key_Right, 7)])
def test_at_an_end_of_the_list_a_key_leaves_one_photo_selected(
    bench: MakeBench, qtbot: QtBot, key: Key, row: int
) -> None:
    b = bench(*(photo(n) for n in range(1, 9)))
    b.grid.go_to(row)
    b.grid.selectAll()
    qtbot.keyClick(b.grid, key)
    assert b.grid.selected_ids() == [row + 1]


def test_current_and_selection_outlive_a_new_order(bench: MakeBench) -> None:
    b = bench(*many(400))
    b.grid.go_to(300)
    b.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    at = b.grid.visualRect(b.grid.currentIndex()).top()
    b.model.set_ids(array("q", [*range(400, 0, -1)]))
    assert b.grid.current_id() == 302
    assert b.grid.selected_ids() == [302, 301]
    assert b.grid.visualRect(b.grid.currentIndex()).top() == at


def test_where_the_current_photo_is_filtered_out_one_goes_on_from_its_place(
    bench: MakeBench,
) -> None:
    b = bench(*many(20))
    b.grid.go_to(5)
    b.model.set_ids(array("q", [1, 2, 3, 4, 5, 7, 8]))
    assert b.grid.current_id() == 7
    b.model.set_ids(array("q", [1, 2]))
    assert b.grid.current_id() == 2
    b.model.set_ids(array("q"))
    assert b.grid.current_id() == -1
    assert b.currents[-1] == -1


def test_a_changed_row_moves_nothing_and_is_painted(bench: MakeBench) -> None:
    b = bench(*many(500))
    b.grid.verticalScrollBar().setValue(1500)
    row = b.grid.visible_rows().start + b.grid.columns
    b.load()
    before, scroll = b.cell(row), b.scroll
    id = b.model.ids[row]
    b.shelf.photos[id] = photo(id, quality=77)
    b.model.refresh([id])
    assert b.scroll == scroll
    assert b.cell(row) != before


def test_photos_added_at_the_end_move_nothing(bench: MakeBench) -> None:
    b = bench(*many(500))
    b.grid.go_to(300)
    scroll = b.scroll
    b.model.append_ids(array("q", range(600, 700)))
    QApplication.processEvents()
    assert (b.scroll, b.grid.current_id()) == (scroll, 301)


# Thumbnails


def test_what_is_seen_is_made_first_and_then_a_page_more(bench: MakeBench) -> None:
    b = bench(*many(500))
    b.loader.reset()
    assert b.loader.wait()
    b.maker.made.clear()
    b.grid.verticalScrollBar().setValue(2000)
    seen = b.grid.visible_rows()
    b.grid.prefetch()
    b.load()
    assert set(b.maker.made[: len(seen)]) == {row + 1 for row in seen}
    assert b.maker.made[: len(seen)] == sorted(b.maker.made[: len(seen)])  # from the top
    assert len(seen) < len(b.maker.made) <= 5 * len(seen)


def test_pictures_appear_when_they_arrive(bench: MakeBench) -> None:
    b = bench(*many(10))
    assert b.picture(0).name() == theme.tokens().panel
    b.load()
    assert b.picture(0) == TINT


def test_a_new_size_keeps_the_old_pictures_until_the_new_ones_come(bench: MakeBench) -> None:
    b = bench(*many(10))
    b.load()
    b.maker.gate.clear()
    b.grid.thumb_size = 320
    b.grid.settle()
    assert b.picture(0) == TINT
    b.maker.gate.set()
    b.load()
    tile = b.grid.delegate.cell.tile
    thumb = b.loader.look(photo(1))
    assert thumb is not None
    assert thumb.pixmap is not None
    assert thumb.pixmap.width() == tile.width()


def test_a_broken_photo_is_drawn_calmly_with_its_reason(bench: MakeBench) -> None:
    maker = DrawingMaker()
    maker.broken[2] = "The file is empty"
    b = bench(*many(3), maker=maker)
    b.load()
    plain = QImage(b.cell(1))
    b.shelf.photos[2] = photo(2, failure="A very much longer reason " * 9)
    b.model.refresh([2])
    assert b.cell(1) != plain
    assert b.cell(1).pixelColor(b.grid.delegate.cell.tile.topLeft() + QPoint(40, 40)).name() == (
        theme.tokens().panel
    )


# Marks


def test_each_mark_shows_and_an_unscored_photo_has_none(bench: MakeBench) -> None:
    plain = photo(1)
    marked = [
        photo(2, quality=0.0),
        photo(3, quality=50),
        *(photo(4, verdict=Verdict(flag)) for flag in (Flag.PICK, Flag.MAYBE, Flag.REJECT)),
        *(photo(5, verdict=Verdict(stars=n)) for n in (1, 5)),
        *(photo(6, verdict=Verdict(label=label)) for label in list(Label)[1:]),
        photo(7, companions=(Path("/photos/DSC_0001.NEF"),)),
        photo(8, state=State.MISSING),
    ]
    same = Path("/photos/same.jpg")
    given = [plain, plain, plain, *marked]
    photos = [replace(each, id=n, path=same) for n, each in enumerate(given, 1)]
    b = bench(*photos, height=1400)
    b.load()
    cells = [b.cell(row) for row in range(len(photos))]
    assert cells[1] == cells[2]
    for n, cell in enumerate(cells[2:], 2):
        assert all(cell != other for other in cells[n + 1 :]), photos[n]


def test_a_rejected_photo_is_dimmed(bench: MakeBench) -> None:
    b = bench(photo(1), photo(2, verdict=Verdict(Flag.REJECT)))
    b.load()
    assert b.picture(0) == TINT
    assert b.picture(1).lightness() < TINT.lightness() * 0.7


def test_marks_leave_the_picture_free(bench: MakeBench) -> None:
    everything = photo(
        1, 100, Verdict(Flag.MAYBE, 5, Label.RED), companions=(Path("/x/DSC_0001.NEF"),)
    )
    b = bench(everything)
    for size in (SMALLEST, 176):
        b.grid.thumb_size = size
        b.grid.settle()
        b.load()
        tile = b.grid.delegate.cell.tile
        cell = b.cell(0)
        inner = QRect(0, 0, tile.width() // 3, tile.height() // 4)
        inner.moveCenter(tile.center())
        for corner in (inner.topLeft(), inner.topRight(), inner.bottomRight(), inner.center()):
            assert cell.pixelColor(corner) == TINT


def test_selected_and_current_are_unmistakable(bench: MakeBench) -> None:
    b = bench(*many(12))
    b.load()
    b.grid.go_to(2)
    b.press(Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    edge = b.grid.delegate.cell.tile.center()
    edge.setY(b.grid.delegate.cell.tile.top() - 2)
    accent = theme.tokens().accent
    assert [b.cell(row).pixelColor(edge).name() == accent for row in (1, 2, 3)] == [
        False,
        True,
        True,
    ]
    corner = QPoint(b.grid.delegate.cell.size.width() // 2, 1)
    grounds = [b.cell(row).pixelColor(corner).name() for row in (1, 2, 3)]
    t = theme.tokens()
    assert grounds == [t.background, t.background, t.pressed]


def test_another_theme_repaints_everything(bench: MakeBench, qapp: QApplication) -> None:
    b = bench(*many(3))
    b.load()
    dark = b.cell(0)
    theme.apply(qapp, "light")
    light = b.cell(0)
    assert light != dark
    assert light.pixelColor(0, 0).name() == theme.LIGHT.background
    theme.apply(qapp, "dark")
    assert b.cell(0) == dark


def test_a_bug_in_painting_is_reported_and_ends_nothing(
    bench: MakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    b = bench(*many(3))
    caught: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, where: caught.append(kind))
    monkeypatch.setattr(b.grid.delegate, "score", lambda photo: 1 / 0)
    b.grid.viewport().repaint()
    assert set(caught) == {ZeroDivisionError}


def test_the_grid_paints_on_any_device(bench: MakeBench) -> None:
    b = bench(*many(3))
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    b.grid.render(painter, QPoint())
    painter.end()
    assert isinstance(b.grid.itemDelegate(), QStyledItemDelegate)
    assert b.grid.event(QEvent(QEvent.Type.None_)) is False
