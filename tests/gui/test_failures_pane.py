"""The pane of files that failed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from uniqa_desktop import paths
from uniqa_desktop.gui.failures_pane import FailuresPane
from uniqa_desktop.photo import Failure

LEFT = Qt.MouseButton.LeftButton
B = Failure(Path("/photos/b.jpg"), "The file is empty.")
A = Failure(Path("/photos/a.jpg"), "The picture ends in the middle.")
C = Failure(Path("/card/c\udcff.jpg"), "There is no permission to read the file.")


@pytest.fixture
def pane(qtbot: QtBot) -> FailuresPane:
    made = FailuresPane()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    made.show_failures([B, A, C])
    return made


def column(pane: FailuresPane, number: int) -> list[str]:
    model = pane.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def choose(pane: FailuresPane, *rows: int) -> None:
    for n, row in enumerate(rows):
        place = pane.table.visualRect(pane.table.model().index(row, 0)).center()
        held = Qt.KeyboardModifier.ControlModifier if n else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(pane.table.viewport(), LEFT, held, place)


def test_empty_it_says_so(pane: FailuresPane) -> None:
    pane.show_failures([])
    assert pane.empty.isVisible()
    assert "Every file could be read" in pane.empty.text()
    assert pane.table.isHidden()
    for button in (pane.retry_button, pane.retry_all_button, pane.copy_button, pane.folder_button):
        assert not button.isEnabled()


def test_files_reasons_and_folders(pane: FailuresPane) -> None:
    assert pane.title.text() == "3 files could not be read"
    assert column(pane, 0) == ["a.jpg", "b.jpg", r"c\xff.jpg"]
    assert column(pane, 1) == [A.error, B.error, C.error]
    assert column(pane, 2) == ["/photos", "/photos", "/card"]
    pane.show_failures([A])
    assert pane.title.text() == "1 file could not be read"


def test_a_click_on_a_heading_sorts(pane: FailuresPane) -> None:
    header = pane.table.horizontalHeader()
    middle = QPoint(header.sectionPosition(2) + 30, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert column(pane, 2) == ["/card", "/photos", "/photos"]


def test_selected_files_are_tried_again(qtbot: QtBot, pane: FailuresPane) -> None:
    assert not pane.retry_button.isEnabled()
    choose(pane, 0, 2)
    with qtbot.waitSignal(pane.retry) as heard:
        QTest.mouseClick(pane.retry_button, LEFT)
    assert heard.args == [[A.path, C.path]]


def test_all_files_are_tried_again(qtbot: QtBot, pane: FailuresPane) -> None:
    with qtbot.waitSignal(pane.retry) as heard:
        pane.retry_all_button.setFocus()
        QTest.keyClick(pane.retry_all_button, Qt.Key.Key_Space)
    assert heard.args == [[A.path, B.path, C.path]]


def test_ctrl_c_copies_what_is_selected(pane: FailuresPane) -> None:
    choose(pane, 1)
    QTest.keyClick(pane.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "/photos/b.jpg: The file is empty."


def test_ctrl_c_comes_before_that_of_the_window(qtbot: QtBot, pane: FailuresPane) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(pane)
    triggered: list[bool] = []
    action = QAction("Copy path", window)
    action.setShortcut("Ctrl+C")
    action.triggered.connect(lambda: triggered.append(True))
    window.addAction(action)
    window.show()
    qtbot.waitActive(window)
    choose(pane, 1)
    pane.table.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "/photos/b.jpg: The file is empty."
    assert triggered == []
    pane.retry_button.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert triggered == [True]
    window.takeCentralWidget()


def test_copy_without_a_selection_copies_all(pane: FailuresPane) -> None:
    QTest.mouseClick(pane.copy_button, LEFT)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[2] == r"/card/c\xff.jpg: There is no permission to read the file."


def test_one_file_can_be_shown_in_its_folder(qtbot: QtBot, pane: FailuresPane) -> None:
    choose(pane, 0, 1)
    assert not pane.folder_button.isEnabled()
    choose(pane, 1)
    with qtbot.waitSignal(pane.show_in_folder) as heard:
        QTest.mouseClick(pane.folder_button, LEFT)
    assert heard.args == [B.path]


def test_the_selection_survives_new_failures(pane: FailuresPane) -> None:
    choose(pane, 1)
    pane.show_failures([Failure(Path("/photos/0.jpg"), "The file is empty."), B, A])
    assert pane.selected() == [B.path]


def test_sorting_ignores_case_and_keeps_the_selection(pane: FailuresPane) -> None:
    names = ("B.jpg", "a.jpg", "c.jpg")
    pane.show_failures([Failure(Path("/photos") / name, "The file is empty.") for name in names])
    assert column(pane, 0) == ["a.jpg", "B.jpg", "c.jpg"]
    choose(pane, 0)
    assert pane.selected() == [Path("/photos/a.jpg")]
    pane.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert column(pane, 0)[-1] == "a.jpg"
    assert pane.selected() == [Path("/photos/a.jpg")]


def test_ten_thousand_failures_are_sorted_without_asking_for_each_comparison(
    pane: FailuresPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table that compares by asking the model takes a minute for it; this one asks each once."""
    asked = []
    display = paths.display
    monkeypatch.setattr(paths, "display", lambda path: asked.append(1) or display(path))
    pane.show_failures(
        [Failure(Path(f"/p/{n * 7919 % 10_000}.jpg"), "Empty.") for n in range(10_000)]
    )
    assert len(asked) < 3 * 10_000


def test_it_says_when_it_comes_on_screen(qtbot: QtBot, pane: FailuresPane) -> None:
    pane.hide()
    with qtbot.waitSignal(pane.shown):
        pane.show()


def test_tab_leaves_the_table(pane: FailuresPane) -> None:
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Tab)
    assert not pane.table.hasFocus()
