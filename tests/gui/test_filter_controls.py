"""The filter bar's controls for colours, joined conditions, lenses, ranges of days and scores."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.day_menu import DayRangeDialog
from uniqa_desktop.gui.facet_menu import FacetMenu
from uniqa_desktop.gui.filter_bar import FilterBar
from uniqa_desktop.gui.filter_words import in_words
from uniqa_desktop.gui.range_slider import RangeSlider
from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import NUMBERS, Query, Range, Sort, StarRule
from uniqa_desktop.saved_filters import from_plain
from uniqa_desktop.spread import Spread

LEFT = Qt.MouseButton.LeftButton
DAYS = [(date(2026, 6, 14), 200), (date(2026, 6, 15), 156), (date(2026, 6, 18), 3)]


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> FilterBar:
    theme.apply(qapp, "dark")
    made = FilterBar()
    qtbot.addWidget(made)
    made.resize(1600, made.sizeHint().height())
    made.set_facets([("NIKON Z 8", 344)], DAYS, [("24-70", 300), ("50", 44)])
    made.set_sorts(list(Sort))
    made.show()
    qtbot.waitExposed(made)
    return made


def pick(menu: FacetMenu[Any], text: str) -> None:
    menu.menu().aboutToShow.emit()
    (action,) = [each for each in menu.menu().actions() if each.text().startswith(text)]
    action.trigger()


def test_colours_add_up_and_none_is_one_of_them(bar: FilterBar) -> None:
    pick(bar.labels, "Red")
    pick(bar.labels, "No colour")
    assert bar.query("m") == Query("m", labels=frozenset({Label.RED, Label.NONE}))
    icons = {action.text(): action.icon() for action in bar.labels.menu().actions()}
    assert not icons["Red"].isNull()
    pick(bar.labels, "All colours")
    assert bar.query("m") == Query("m")


def test_conditions_on_verdicts_are_joined_by_all_or_any(bar: FilterBar) -> None:
    join = bar.verdicts.join
    assert not join.isEnabled(), "nothing to join yet"
    QTest.mouseClick(bar.flags[Flag.PICK], LEFT)
    assert not join.isEnabled()
    bar.stars.set_rule(StarRule(">=", 4))
    assert join.isEnabled()
    assert join.text() == "All"
    heard: list[bool] = []
    bar.changed.connect(lambda: heard.append(bar.query("m").any_verdict))
    QTest.mouseClick(join, LEFT)
    assert heard == [True]
    assert join.text() == "Any"
    bar.reset()
    assert bar.query("m") == Query("m")


def test_lenses_are_chosen_like_cameras(bar: FilterBar) -> None:
    pick(bar.lenses, "50")
    assert bar.query("m") == Query("m", lenses=frozenset({"50"}))


def test_a_range_of_days_is_asked_for_in_a_dialog(qtbot: QtBot, bar: FilterBar) -> None:
    pick(bar.days, "From")
    dialog = bar.window().findChild(DayRangeDialog)
    assert isinstance(dialog, DayRangeDialog)
    assert dialog.days == (DAYS[0][0], DAYS[-1][0]), "at first all that there are"
    dialog.since.setDate(QDate(2026, 6, 18))
    dialog.until.setDate(QDate(2026, 6, 15))
    with qtbot.waitSignal(bar.changed):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    asked = bar.query("m")
    assert (asked.since, asked.until) == (date(2026, 6, 15), date(2026, 6, 18))
    assert bar.days.text().startswith("15 Jun 2026 – 18 Jun")
    kept = bar.state()
    bar.reset()
    assert bar.days.text() == "Day ▾"
    bar.restore(kept)
    assert bar.query("m").since == date(2026, 6, 15)


def test_every_number_has_a_slider_in_the_panel(qtbot: QtBot, bar: FilterBar) -> None:
    bar.scores.button.setFocus()
    QTest.keyClick(bar.scores.button, Qt.Key.Key_Space)
    qtbot.waitUntil(bar.scores.panel.isVisible)
    assert set(bar.scores.in_view) == set(NUMBERS)
    slider = bar.scores.sliders[Sort.SHARPNESS]
    with qtbot.waitSignal(bar.changed):
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert bar.query("m").ranges == frozenset({Range(Sort.SHARPNESS, 10.0)})
    assert bar.scores.button.text() == "Scores: 1 ▾"
    QTest.keyClick(bar.scores.panel, Qt.Key.Key_Escape)
    assert not bar.scores.panel.isVisible()
    assert bar.query("m").ranges, "closing the panel keeps the filter"


def test_a_number_the_model_lacks_limits_nothing(bar: FilterBar) -> None:
    bar.scores.sliders[Sort.AESTHETICS].set_bounds(50, 100)
    bar.set_sorts([sort for sort in Sort if sort is not Sort.AESTHETICS])
    assert bar.query("m").ranges == frozenset()
    bar.scores.panel.show()
    assert Sort.AESTHETICS not in bar.scores.in_view
    bar.scores.panel.hide()


# The histogram


def spread(**counts: int) -> Spread:
    return Spread.of_cells((2 * int(name[1:]), count) for name, count in counts.items())


@pytest.fixture
def slider(qtbot: QtBot, qapp: QApplication) -> RangeSlider:
    theme.apply(qapp, "dark")
    made = RangeSlider("Quality", bar_height=24)
    qtbot.addWidget(made)
    made.resize(216, made.sizeHint().height())
    made.show()
    qtbot.waitExposed(made)
    return made


def tones(slider: RangeSlider) -> list[str]:
    """The colours just above the groove, from left to right."""
    picture: QImage = slider.grab().toImage()
    y = round(slider.height() - 8 - 2 - 3)
    return [picture.pixelColor(x, y).name() for x in range(picture.width())]


def test_bars_are_bright_within_the_range_and_dim_outside(slider: RangeSlider) -> None:
    colours = theme.tokens()
    assert colours.dim not in tones(slider), "no histogram before it is known"
    slider.set_spread(spread(n10=5, n90=5))
    left, right = tones(slider)[:108], tones(slider)[108:]
    assert colours.dim in left
    assert colours.dim in right
    slider.set_bounds(50, 100)
    left, right = tones(slider)[:100], tones(slider)[116:]
    assert colours.dim not in left
    assert colours.pressed in left
    assert colours.dim in right


def test_the_count_follows_range_and_photos_and_nothing_jumps(slider: RangeSlider) -> None:
    before = slider.sizeHint()
    assert slider.within is None
    slider.set_spread(spread(n10=5, n90=7))
    assert slider.within == 12
    slider.set_bounds(50, 100)
    assert slider.within == 7
    assert slider.accessibleDescription() == "7 photos"
    slider.set_spread(spread(n10=5, n90=70_000))
    assert slider.within == 70_000
    assert slider.sizeHint() == before, "room for it was there from the beginning"


# In words


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({"flags": ["pick", "none"], "stars": ">=3"}, "Picks, Undecided · ★ ≥ 3"),
        ({"flags": ["pick"], "labels": ["red"], "any": True}, "Picks or Red"),
        ({"quality": [20, 60], "sharpness": [50, 100]}, "Quality 20 – 60 · Sharpness ≥ 50"),
        ({"day": "2026-06-14/", "text": "img"}, "14 Jun 2026 – … · name with “img”"),
        ({"cameras": ["Z 8"], "folded": True}, "one of each group · Z 8"),
    ],
)
def test_a_filter_is_said_in_words(plain: dict[str, Any], words: str) -> None:
    assert in_words(from_plain(plain, Query("m"))[0]) == words
