"""The welcome page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.welcome import Welcome

LEFT = Qt.MouseButton.LeftButton
LONG = Path("/home/anna/Pictures") / ("a wedding with a very long name " * 4) / "selects"


@pytest.fixture
def welcome(qtbot: QtBot) -> Welcome:
    made = Welcome()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def recent(welcome: Welcome) -> list[QPushButton]:
    return welcome.recent.findChildren(QPushButton)


@pytest.mark.parametrize(
    ("button", "signal"), [("open", "open_requested"), ("demo", "demo_requested")]
)
def test_buttons_by_mouse_and_key(qtbot: QtBot, welcome: Welcome, button: str, signal: str) -> None:
    widget = getattr(welcome, button)
    with qtbot.waitSignal(getattr(welcome, signal)):
        QTest.mouseClick(widget, LEFT)
    widget.setFocus()
    with qtbot.waitSignal(getattr(welcome, signal)):
        QTest.keyClick(widget, Qt.Key.Key_Space)


def test_better_scores_are_offered_only_when_they_can_be_had(
    qtbot: QtBot, welcome: Welcome
) -> None:
    assert welcome.scores.isHidden()
    offering = Welcome(offer_scores=True)
    qtbot.addWidget(offering)
    assert not offering.scores.isHidden()
    with qtbot.waitSignal(offering.scores_requested):
        QTest.mouseClick(offering.scores, LEFT)


def test_it_takes_the_focus_to_the_first_button(welcome: Welcome) -> None:
    welcome.setFocus()
    assert welcome.open.hasFocus()


def test_recent_folders_are_listed_and_open(qtbot: QtBot, welcome: Welcome) -> None:
    assert welcome.recent.isHidden(), "no heading over nothing"
    folders = [Path(f"/photos/{n}") for n in range(7)]
    welcome.set_recent([LONG, *folders])
    assert len(recent(welcome)) == 5
    with qtbot.waitSignal(welcome.folder_chosen) as heard:
        QTest.mouseClick(recent(welcome)[1], LEFT)
    assert heard.args == [Path("/photos/0")]
    assert recent(welcome)[0].accessibleName() == f"Open {LONG}"


def test_another_list_replaces_the_first(qtbot: QtBot, welcome: Welcome) -> None:
    welcome.set_recent([Path("/a"), Path("/b")])
    welcome.set_recent([Path("/c")])
    qtbot.waitUntil(lambda: [b.accessibleName() for b in recent(welcome)] == ["Open /c"])


def test_a_long_path_does_not_widen_the_window(welcome: Welcome) -> None:
    welcome.set_recent([LONG])
    assert welcome.minimumSizeHint().width() < 700
    assert all(button.width() <= welcome.width() for button in recent(welcome))
