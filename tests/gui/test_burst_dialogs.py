"""The dialogs of grouping: a strictness that the list follows, and cameras' clocks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shelf import MODEL, scored, take_up

from uniqa_desktop import settings
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.clocks_dialog import ClocksDialog
from uniqa_desktop.gui.questions import Question
from uniqa_desktop.gui.regrouping import Regrouped
from uniqa_desktop.gui.strictness_dialog import StrictnessDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.worker import Worker
from uniqa_desktop.photo import Meta, Photo
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

HOUR = 3_600_000_000


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """What the worker is asked; it neither answers nor works."""
    questions: list[Question] = []
    monkeypatch.setattr(Worker, "submit", lambda *_: None)
    monkeypatch.setattr(Worker, "ask", lambda _self, question: questions.append(question))
    return questions


@pytest.fixture
def window(qtbot, tmp_path: Path, asked: list[Question]):
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(1, 7):
        (folder / f"IMG_{n}.jpg").write_bytes(b"%d" % n)
    settings.save(settings.Settings(model=MODEL, sidecars="off"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    with Store.open(tmp_path / "library.db") as store:
        take_up(store, folder)
        ids = store.photos.ids(Query(MODEL))
        store.scores.write([scored(id, float(id)) for id in ids])
        store.groups.write(ids, [Group(Kind.BURST, (1, 2), 1, 0.9)])
        window = Window(store)
        window.open(folder)
        window.show()
        qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
        yield window
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown(window: Window) -> list[int]:
    return list(window.browser.photos.ids)


def try_strictness(window: Window, asked: list[Question]) -> StrictnessDialog:
    """Opens the dialog on a folded list, moves the slider, and answers what is asked."""
    assert window.desk is not None
    window.desk.actions_by_id["fold_groups"].trigger()
    assert shown(window) == [1, 3, 4, 5, 6]
    window.desk.actions_by_id["change_strictness"].trigger()
    dialog = window.findChild(StrictnessDialog)
    assert isinstance(dialog, StrictnessDialog)
    QTest.keyClick(dialog.slider, Qt.Key.Key_PageDown)
    assert [question.number for question in asked if question.kind == "groups"] == [50, 40]
    groups = {1: Group(Kind.BURST, (1, 2, 3, 4), 1, 0.7), 5: Group(Kind.NEAR, (5, 6), 5, 0.6)}
    window.desk.work.worker.answered.emit(asked[-1], Regrouped(40, groups))
    return dialog


def test_the_list_follows_the_slider_and_comes_back(window: Window, asked: list[Question]) -> None:
    dialog = try_strictness(window, asked)
    assert shown(window) == [1, 5]
    assert dialog.found.text() == "1 burst, 1 group of near-duplicates. 6 photos in groups."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown(window) == [1, 3, 4, 5, 6]
    assert settings.load().strictness == 50


def test_a_strictness_that_is_kept_is_the_next_ones(window: Window, asked: list[Question]) -> None:
    dialog = try_strictness(window, asked)
    dialog.accept()
    assert shown(window) == [1, 5], "what was seen stays"
    assert settings.load().strictness == 40


def photo(camera: str) -> Photo:
    meta = Meta(taken=datetime(2026, 6, 14, 23, 30), camera=camera)
    return Photo(1, Path("/photos/IMG_1.JPG"), b"1" * 16, meta=meta)


def test_a_shift_is_said_in_parts_and_shown_on_a_photo(qtbot) -> None:
    dialog = ClocksDialog(["Aurora A1", "Pocket P5"], {"Aurora A1": -HOUR}, photo("Aurora A1"))
    qtbot.addWidget(dialog)
    assert dialog.camera.currentText() == "Aurora A1"
    assert dialog.shift == -HOUR, "what holds now"
    dialog.direction.setCurrentIndex(0)
    dialog.amounts[0].setValue(365)
    assert dialog.shift == (365 * 24 + 1) * HOUR
    assert "14 Jun 2026, 23:30" in dialog.example.text()
    assert "15 Jun 2027, 01:30" in dialog.example.text(), "two hours from the corrected time"
    dialog.camera.setCurrentIndex(1)
    assert dialog.shift == 0
    assert not dialog.example.text()
    with qtbot.waitSignal(dialog.decided) as decided:
        dialog.amounts[3].setValue(30)
        dialog._apply()
    assert decided.args == ["Pocket P5", 30_000_000]
