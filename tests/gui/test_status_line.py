"""The status line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.status_line import StatusLine
from uniqa_desktop.photo import Progress

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(1000, made.height())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_progress_in_words_and_as_a_bar(line: StatusLine) -> None:
    line.show_progress(Progress("score", 1248, 4992, rate=18.4, remaining=190.0))
    assert line.what.text() == "Scoring · 1,248 of 4,992"
    assert line.pace.text() == "18 photos/s · about 3 minutes left"
    assert line.bar.value() / line.bar.maximum() == pytest.approx(0.25)


def test_nothing_is_made_up_before_there_is_something_to_go_by(line: StatusLine) -> None:
    line.show_progress(Progress("scan", 12))
    assert line.what.text() == "Looking for photos · 12 photos"
    assert line.pace.text() == ""
    assert line.bar.maximum() == 0, "a bar without an end"
    line.show_progress(Progress("score", 0, 0))
    assert line.what.text() == "Scoring · 0 of 0"


def test_idle_hides_what_is_of_no_use(line: StatusLine) -> None:
    line.show_progress(Progress("score", 1, 2))
    assert line.pause.isVisible()
    line.idle("480 photos")
    assert line.what.text() == "480 photos"
    for widget in (line.bar, line.pace, line.pause, line.stop):
        assert widget.isHidden()


def test_pause_and_go_on_by_key(qtbot: QtBot, line: StatusLine) -> None:
    heard: list[bool] = []
    line.pause_toggled.connect(heard.append)
    line.show_progress(Progress("score", 10, 20, rate=5.0, remaining=2.0))
    line.pause.setFocus()
    QTest.keyClick(line.pause, Qt.Key.Key_Space)
    assert heard == [True]
    assert line.what.text() == "Scoring, paused · 10 of 20"
    assert line.pace.text() == ""
    assert line.pause.accessibleName() == "Go on (Ctrl+P)"
    line.show_progress(Progress("score", 11, 20, rate=5.0, remaining=2.0))
    assert "paused" in line.what.text(), "the step in hand does not end the pause"
    QTest.keyClick(line.pause, Qt.Key.Key_Space)
    assert heard == [True, False]
    assert "5.0 photos/s" in line.pace.text()


def test_the_next_job_is_not_paused(line: StatusLine) -> None:
    heard: list[bool] = []
    line.show_progress(Progress("scan", 10))
    line.pause.click()
    line.pause_toggled.connect(heard.append)
    line.show_progress(Progress("score", 0, 20))
    assert not line.pause.isChecked()
    assert heard == [], "only the user's own doing is told"


def test_stopping_is_asked_for_once_and_said(qtbot: QtBot, line: StatusLine) -> None:
    line.show_progress(Progress("score", 10, 20))
    with qtbot.waitSignal(line.cancelled):
        QTest.mouseClick(line.stop, LEFT)
    assert "Stopping" in line.what.text()
    assert not line.stop.isEnabled()
    line.idle("20 photos")
    line.show_progress(Progress("score", 0, 20))
    assert line.stop.isEnabled()


def test_a_message_stays_until_it_is_put_away(qtbot: QtBot, line: StatusLine) -> None:
    line.show_progress(Progress("score", 10, 20))
    line.message("The drive is full: make room, then choose Go on.", "warning")
    line.show_progress(Progress("score", 11, 20))
    assert line.words.isVisible()
    assert line.words.text() == "The drive is full: make room, then choose Go on."
    assert line.sign.isVisible(), "not by colour alone"
    with qtbot.waitSignal(line.message_dismissed):
        QTest.mouseClick(line.dismiss, LEFT)
    assert line.words.isHidden()
    assert line.sign.isHidden()


def test_a_long_message_is_cut_but_whole_in_the_tool_tip(line: StatusLine) -> None:
    text = "The library is in use by another program. " * 10
    line.message(text, "warning")
    line.resize(500, line.height())
    line.grab()
    assert line.words.shown != text
    assert line.words.toolTip() == text
    assert line.words.accessibleName() == text
    assert line.width() == 500
