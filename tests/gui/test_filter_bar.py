"""The filter bar, driven by keys and clicks; its answer is a `Query`."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.facet_menu import FacetMenu
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.photo import Flag
from uniqa_desktop.query import Query, Range, Sort, StarRule

LEFT = Qt.MouseButton.LeftButton
WIDE = 1800
"""Room for every filter side by side, in whatever font the tests before have left."""
CAMERAS = [("NIKON Z 8", 344), ("Canon R6 & co", 12)]
DAYS = [(date(2026, 6, 14), 200), (date(2026, 6, 15), 156)]


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar()
    qtbot.addWidget(made)
    made.resize(WIDE, made.sizeHint().height())
    made.set_facets(CAMERAS, DAYS)
    made.show()
    qtbot.waitExposed(made)
    return made


def asked(bar: FilterBar, **changes: Any) -> bool:
    """Whether the bar asks for the default list with these changes."""
    return bar.query("m") == Query("m", **changes)


def quality(least: float | None = None, most: float | None = None) -> frozenset[Range]:
    return frozenset({Range(Sort.QUALITY, least, most)})


def pick(menu: FacetMenu[Any], text: str) -> None:
    """Chooses the entry of a menu that begins with `text`."""
    menu.menu().aboutToShow.emit()
    for action in menu.menu().actions():
        if action.text().startswith(text):
            action.trigger()
            return
    raise AssertionError(f"no {text} in {[action.text() for action in menu.menu().actions()]}")


def test_at_first_everything_by_name(bar: FilterBar) -> None:
    folders = [Path("/photos")]
    assert bar.query("m", folders) == Query("m", folders=(Path("/photos"),))
    assert not bar.query("m").filters
    assert bar.hidden.isHidden()
    assert bar.reset_button.isHidden()


def test_typing_asks_once_after_the_last_key(qtbot: QtBot, bar: FilterBar) -> None:
    heard: list[str] = []
    bar.changed.connect(lambda: heard.append(bar.query("m").text))
    bar.focus_search()
    QTest.keyClicks(bar.search, " img 12 ")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["img 12"])


def test_escape_empties_the_search_then_leaves_it(qtbot: QtBot, bar: FilterBar) -> None:
    bar.focus_search()
    QTest.keyClicks(bar.search, "img")
    QTest.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.search.text() == ""
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.search, Qt.Key.Key_Escape)
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.search, Qt.Key.Key_Return)


def test_a_click_empties_the_search(bar: FilterBar) -> None:
    clear = bar.search.actions()[0]
    assert not clear.isVisible()
    QTest.keyClicks(bar.search, "img")
    assert clear.isVisible()
    clear.trigger()
    assert bar.search.text() == ""


def test_flags_add_up(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.changed):
        QTest.mouseClick(bar.flags[Flag.PICK], LEFT)
    bar.flags[Flag.NONE].setFocus()
    QTest.keyClick(bar.flags[Flag.NONE], Qt.Key.Key_Space)
    assert asked(bar, flags=frozenset({Flag.PICK, Flag.NONE}))
    assert not bar.reset_button.isHidden()


def test_the_quality_range_leaves_its_ends_open(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.waitSignal(bar.changed):
        bar.quality.setFocus()
        QTest.keyClick(bar.quality, Qt.Key.Key_PageUp)
    assert asked(bar, ranges=quality(10.0))
    with qtbot.waitSignal(bar.changed):
        QTest.keyClick(bar.quality, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert asked(bar, ranges=quality(10.0, 90.0))


def test_a_rule_on_stars(qtbot: QtBot, bar: FilterBar) -> None:
    assert not bar.stars.number.isEnabled()
    bar.stars.operator.setFocus()
    with qtbot.waitSignal(bar.changed):
        QTest.keyClick(bar.stars.operator, Qt.Key.Key_Down)
    assert asked(bar, stars=StarRule(">=", 3))
    with qtbot.waitSignal(bar.changed):
        QTest.keyClick(bar.stars.number, Qt.Key.Key_Down)
    assert asked(bar, stars=StarRule(">=", 4))
    QTest.keyClick(bar.stars.operator, Qt.Key.Key_Home)
    assert asked(bar)


def test_several_cameras_one_day(qtbot: QtBot, bar: FilterBar) -> None:
    pick(bar.cameras, "NIKON")
    with qtbot.waitSignal(bar.changed):
        pick(bar.cameras, "Canon R6 && co")
    pick(bar.days, "Sun 14 Jun 2026")
    pick(bar.days, "Mon 15 Jun 2026")
    day = date(2026, 6, 15)
    cameras = frozenset({"NIKON Z 8", "Canon R6 & co"})
    assert asked(bar, cameras=cameras, since=day, until=day)
    assert bar.cameras.text() == "Camera: 2 ▾"
    pick(bar.cameras, "All cameras")
    pick(bar.days, "All days")
    assert asked(bar)


def test_many_days_are_sorted_into_months(bar: FilterBar) -> None:
    days = [(date(2026, 6, 1) + timedelta(days=n), 1) for n in range(40)]
    bar.set_facets(CAMERAS, days)
    bar.days.menu().aboutToShow.emit()
    menus = [action.menu() for action in bar.days.menu().actions() if action.menu()]
    assert [menu.title() for menu in menus] == ["June 2026", "July 2026"]
    assert [len(menu.actions()) for menu in menus] == [30, 10]


def test_a_chosen_camera_stays_in_the_menu_when_no_photo_has_it_now(bar: FilterBar) -> None:
    pick(bar.cameras, "NIKON")
    bar.set_facets([], [])
    assert asked(bar, cameras=frozenset({"NIKON Z 8"}))
    pick(bar.cameras, "NIKON")
    assert asked(bar)


def test_each_order_begins_at_its_better_end(bar: FilterBar) -> None:
    bar.sort.setFocus()
    for sort, descending in ((Sort.QUALITY, True), (Sort.TAKEN, False), (Sort.NOISINESS, False)):
        bar.sort.setCurrentIndex(bar.sort.findData(sort.value))
        assert asked(bar, sort=sort, descending=descending)
    QTest.mouseClick(bar.direction, LEFT)
    assert asked(bar, sort=Sort.NOISINESS, descending=True)


def test_only_orders_that_have_numbers_are_offered(bar: FilterBar) -> None:
    assert bar.sort.findData(Sort.AESTHETICS.value) < 0
    bar.sort.setCurrentIndex(bar.sort.findData(Sort.QUALITY.value))
    bar.set_sorts(list(Sort))
    assert bar.sort.findData(Sort.AESTHETICS.value) >= 0
    assert asked(bar, sort=Sort.QUALITY, descending=True)


def test_a_change_of_order_asks_once(bar: FilterBar) -> None:
    heard: list[Query] = []
    bar.changed.connect(lambda: heard.append(bar.query("m")))
    bar.sort.setCurrentIndex(bar.sort.findData(Sort.QUALITY.value))
    assert heard == [Query("m", sort=Sort.QUALITY, descending=True)]


def test_what_is_hidden_is_said_and_one_click_brings_it_back(qtbot: QtBot, bar: FilterBar) -> None:
    bar.sort.setCurrentIndex(bar.sort.findData(Sort.QUALITY.value))
    bar.restore({"text": "x", "quality": [20, 80], "flags": ["reject"], "stars": "=0"})
    assert bar.query("m").descending, "the order is as it was"
    pick(bar.cameras, "NIKON")
    pick(bar.days, "Sun")
    bar.set_hidden(1203)
    assert bar.hidden.text() == "1,203 hidden"
    assert bar.hidden.isVisible()
    heard: list[Query] = []
    bar.changed.connect(lambda: heard.append(bar.query("m")))
    QTest.mouseClick(bar.reset_button, LEFT)
    assert heard == [Query("m", sort=Sort.QUALITY, descending=True)], "the order stays"
    bar.set_hidden(0)
    assert bar.hidden.isHidden()
    assert bar.reset_button.isHidden()


def test_moved_photos_are_offered_not_applied(qtbot: QtBot, bar: FilterBar) -> None:
    assert bar.moved_notice.isHidden()
    bar.set_moved(37)
    assert bar.moved_notice.text() == "37 moved: apply"
    with qtbot.waitSignal(bar.apply_requested):
        QTest.mouseClick(bar.moved_notice, LEFT)
    bar.set_moved(0)
    assert bar.moved_notice.isHidden()


def test_nothing_but_the_search_moves_when_notices_come(qtbot: QtBot, bar: FilterBar) -> None:
    bar.resize(1600, bar.height())
    watched: list[QWidget] = [*bar.flags.values(), bar.quality, bar.cameras, bar.days, bar.sort]
    before = [widget.mapTo(bar, widget.rect().topLeft()) for widget in watched]
    bar.set_moved(37)
    bar.set_hidden(12)
    qtbot.wait(10)
    assert [widget.mapTo(bar, widget.rect().topLeft()) for widget in watched] == before


def test_the_thumbnail_size(bar: FilterBar) -> None:
    heard: list[int] = []
    bar.thumb_size_changed.connect(heard.append)
    bar.thumb_size.setFocus()
    QTest.keyClick(bar.thumb_size, Qt.Key.Key_PageUp)
    assert heard == [208]
    bar.set_thumb_size(120)
    assert bar.state()["thumb_size"] == 120


def test_the_state_survives_as_plain_values(qtbot: QtBot, bar: FilterBar) -> None:
    bar.restore(
        {
            "text": "img",
            "quality": [40, 90],
            "flags": ["pick", "none"],
            "stars": ">=3",
            "cameras": ["NIKON Z 8"],
            "day": "2026-06-14",
            "sort": "quality",
            "descending": False,
            "thumb_size": 200,
        }
    )
    kept = json.loads(json.dumps(bar.state()))
    other = FilterBar()
    qtbot.addWidget(other)
    heard: list[int] = []
    other.changed.connect(lambda: heard.append(1))
    other.restore(kept)
    assert other.query("m") == bar.query("m")
    assert other.query("m").ranges == quality(40.0, 90.0)
    assert other.query("m").descending is False
    assert other.thumb_size.value() == 200
    assert heard == [1]


@pytest.mark.parametrize(
    "junk",
    [
        {},
        {"quality": "high", "flags": None, "stars": "many", "day": "yesterday", "cameras": 3},
        {"quality": [90], "sort": "size", "thumb_size": "big", "unknown": 1},
        {"flags": ["favourite"], "quality": [-5, 900], "stars": 7},
    ],
)
def test_a_state_that_makes_no_sense_does_no_harm(bar: FilterBar, junk: dict[str, Any]) -> None:
    bar.restore(junk)
    assert asked(bar)


@pytest.mark.parametrize("width", [1366, 1100, 800, 600])
def test_nothing_is_cut_at_any_width(qtbot: QtBot, bar: FilterBar, width: int) -> None:
    bar.set_hidden(1203)
    bar.set_moved(37)
    bar.resize(width, bar.height())
    qtbot.wait(10)
    assert bar.minimumSizeHint().width() <= 600
    there = [w for w in bar.row.children() if isinstance(w, QWidget) and w.isVisible()]
    assert bar.search in there
    for widget in there:
        if widget is bar.row.popup:
            continue
        right = widget.mapTo(bar, widget.rect().bottomRight()).x()
        assert right < width
        assert widget.width() >= widget.minimumSizeHint().width()


def test_what_has_no_room_is_behind_more_and_works_there(qtbot: QtBot, bar: FilterBar) -> None:
    assert bar.row.folded == []
    assert bar.row.more.isHidden()
    bar.resize(900, bar.height())
    qtbot.waitUntil(lambda: bar.days in bar.row.folded)
    bar.row.more.setFocus()
    QTest.keyClick(bar.row.more, Qt.Key.Key_Space)
    qtbot.waitUntil(bar.row.popup.isVisible)
    pick(bar.days, "Sun")
    assert bar.query("m").since == bar.query("m").until == date(2026, 6, 14)
    QTest.keyClick(bar.row.popup, Qt.Key.Key_Escape)
    assert bar.row.popup.isHidden()
    bar.resize(WIDE, bar.height())
    qtbot.waitUntil(lambda: bar.row.folded == [])
    assert bar.days.isVisible()
    assert bar.days.parent() is bar.row


def test_every_control_is_reached_by_tab_and_has_a_name(qtbot: QtBot, bar: FilterBar) -> None:
    controls: list[QWidget] = [
        *bar.flags.values(), bar.quality, bar.stars.operator, bar.cameras, bar.days, bar.search,
        bar.sort, bar.direction, bar.thumb_size,
    ]  # fmt: skip
    for control in controls:
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert control.accessibleName()
        assert control.toolTip()
    assert _tabbed(bar, controls) == controls
    bar.resize(bar.minimumSizeHint().width(), bar.height())
    qtbot.waitUntil(lambda: bar.sort in _inside(bar.row.folded))
    bar.resize(WIDE, bar.height())
    qtbot.waitUntil(lambda: bar.row.folded == [])
    assert _tabbed(bar, controls) == controls, "also after they have been behind More"


def _inside(widgets: list[QWidget]) -> list[QWidget]:
    return [child for widget in widgets for child in widget.findChildren(QWidget)]


def _tabbed(bar: FilterBar, controls: list[QWidget]) -> list[QWidget]:
    """The controls in the order in which Tab reaches them."""
    first = bar.flags[Flag.PICK]
    seen: list[QWidget] = [first]
    widget = first.nextInFocusChain()
    while widget is not first:
        if widget in controls:
            seen.append(widget)
        widget = widget.nextInFocusChain()
    return seen
