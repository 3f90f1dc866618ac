"""The slider with two handles."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.range_slider import RangeSlider

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def slider(qtbot: QtBot) -> RangeSlider:
    made = RangeSlider("Quality")
    qtbot.addWidget(made)
    made.resize(216, 30)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def at(slider: RangeSlider, value: int) -> QPoint:
    return QPoint(round(slider._x(value)), slider.height() - 8)


def drag(slider: RangeSlider, start: int, end: int) -> None:
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(slider, start))
    QTest.mouseMove(slider, at(slider, end))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(slider, end))


def test_dragging_takes_the_nearer_handle(slider: RangeSlider) -> None:
    drag(slider, 2, 40)
    assert slider.bounds == (40, 100)
    drag(slider, 95, 80)
    assert slider.bounds == (40, 80)


def test_handles_stop_at_each_other_and_part_again(slider: RangeSlider) -> None:
    drag(slider, 0, 60)
    drag(slider, 100, 20)
    assert slider.bounds == (60, 60)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(slider, 58))
    QTest.mouseMove(slider, at(slider, 30))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(slider, 30))
    assert slider.bounds == (30, 60)


def test_keys_move_the_lower_and_with_shift_the_upper_bound(slider: RangeSlider) -> None:
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.keyClick(slider, Qt.Key.Key_PageDown, SHIFT)
    QTest.keyClick(slider, Qt.Key.Key_Left, SHIFT)
    assert slider.bounds == (11, 89)
    QTest.keyClick(slider, Qt.Key.Key_Home)
    QTest.keyClick(slider, Qt.Key.Key_End, SHIFT)
    assert slider.bounds == (0, 100)


def test_a_double_click_is_any(slider: RangeSlider) -> None:
    slider.set_bounds(20, 60)
    QTest.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=at(slider, 40))
    assert slider.bounds == (0, 100)
    assert slider.text == "any"


def test_changes_are_told_once_and_to_screen_readers(slider: RangeSlider) -> None:
    heard: list[tuple[int, int]] = []
    slider.range_changed.connect(lambda low, high: heard.append((low, high)))
    slider.set_bounds(20, 60)
    slider.set_bounds(20, 60)
    assert heard == [(20, 60)]
    assert slider.accessibleName() == "Quality: from 20 to 60"
    assert slider.text == "20 – 60"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(low=st.integers(-50, 150), high=st.integers(-50, 150))
def test_bounds_stay_in_range_and_in_order(slider: RangeSlider, low: int, high: int) -> None:
    slider.set_bounds(low, high)
    now_low, now_high = slider.bounds
    assert 0 <= now_low <= now_high <= 100
