"""Sure keep, look at these, sure reject: tabs over the grid that never give a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shelf import MODEL, scored, take_up

from uniqa_desktop import jobs, settings
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.triage_bar import TriageBar
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store
from uniqa_desktop.triage import Pile

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PHOTOS = 102
"""Photo n has quality n, but the last has none; photo 99 is a frame of an undecided burst."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(PHOTOS):
        (folder / f"IMG_{n:03d}.jpg").write_bytes(b"%d" % n)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        ids = opened.photos.ids(Query(MODEL))
        opened.scores.write([scored(id, float(n)) for n, id in enumerate(ids[:-1])])
        opened.verdicts.give(ids[:5], flag=Flag.PICK, provenance=Provenance.BLIND)
        monkeypatch.setattr(jobs, "undecided_frames", lambda _store, _model: {ids[99]})
        yield opened


@pytest.fixture
def window(qtbot: QtBot, store: Store, tmp_path: Path) -> Iterator[Window]:
    settings.save(replace(settings.load(), model=MODEL, sidecars="off"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    window = made(qtbot, store, tmp_path)
    yield window
    end(window)


def made(qtbot: QtBot, store: Store, tmp_path: Path) -> Window:
    window = Window(store)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.shoot.open(tmp_path / "photos", MODEL)
    window.browser.show_grid()
    return window


def end(window: Window) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def opened(qtbot: QtBot, window: Window) -> TriageBar:
    window.browser.take_focus()
    QTest.keyClick(window, Key.Key_T, SHIFT)
    bar = desk(window).triage_bar
    qtbot.waitUntil(lambda: window.shoot.limiting, timeout=10_000)
    return bar


def texts(bar: TriageBar) -> list[str]:
    return [bar.tabs.tabText(index) for index in range(bar.tabs.count())]


def shown(window: Window) -> list[int]:
    """The numbers of the photos that are shown."""
    photos = window.browser.photos
    found = (photos.photo(row) for row in range(photos.rowCount()))
    return [int(photo.path.stem[-3:]) for photo in found if photo is not None]


def test_three_tabs_part_the_photos_and_give_no_verdict(
    qtbot: QtBot, window: Window, store: Store
) -> None:
    before = [photo.verdict for photo in store.photos.get(store.photos.ids(Query(MODEL)))]
    bar = opened(qtbot, window)
    assert texts(bar) == ["Sure keep  30", "Look at these  42", "Sure reject  30"]
    assert bar.pile is Pile.LOOK
    assert shown(window) == [*range(30, 70), 99, 101]
    assert "1 frame of a burst that can't be decided" in bar.note.text()
    assert "1 photo without a score" in bar.note.text()
    bar.tabs.setFocus()
    QTest.keyClick(bar.tabs, Key.Key_Right)
    assert shown(window) == list(range(30))
    QTest.keyClick(bar.tabs, Key.Key_Left)
    QTest.keyClick(bar.tabs, Key.Key_Left)
    assert shown(window) == [n for n in range(70, 101) if n != 99]
    assert desk(window).filter_bar.hidden.text() == "72 hidden"
    after = [photo.verdict for photo in store.photos.get(store.photos.ids(Query(MODEL)))]
    assert after == before
    assert len(store.verdicts.acts()) == 1


def test_counts_follow_each_step_of_a_handle_and_the_photos_soon_after(
    qtbot: QtBot, window: Window
) -> None:
    bar = opened(qtbot, window)
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Key.Key_Right)
    assert texts(bar) == ["Sure keep  30", "Look at these  41", "Sure reject  31"]
    QTest.keyClick(bar.slider, Key.Key_PageDown, SHIFT)
    assert texts(bar) == ["Sure keep  40", "Look at these  31", "Sure reject  31"]
    assert bar.slider.accessibleName() == "Thresholds: sure reject below 31, sure keep from 60"
    qtbot.waitUntil(lambda: shown(window) == [*range(31, 60), 99, 101])


def test_thresholds_are_kept_until_the_next_start(
    qtbot: QtBot, window: Window, store: Store, tmp_path: Path
) -> None:
    bar = opened(qtbot, window)
    QTest.keyClick(bar.slider, Key.Key_Home)
    qtbot.waitUntil(lambda: settings.load().triage == {"quality": [0, 70]})
    window.close()
    again = made(qtbot, store, tmp_path)
    assert opened(qtbot, again).slider.bounds == (0, 70)
    end(again)


@pytest.mark.parametrize("key", [(Key.Key_Escape,), (Key.Key_D, CONTROL), (Key.Key_T, SHIFT)])
def test_one_key_goes_back_to_all_photos(qtbot: QtBot, window: Window, key: tuple) -> None:
    bar = opened(qtbot, window)
    window.browser.take_focus()
    QTest.keyClick(window.browser.grid, *key)
    assert window.browser.photos.rowCount() == PHOTOS
    assert bar.isHidden()
    assert not desk(window).actions_by_id["triage"].isChecked()


def test_filters_and_order_go_on_within_a_pile(qtbot: QtBot, window: Window) -> None:
    bar, filters = opened(qtbot, window), desk(window).filter_bar
    filters.sort.setCurrentIndex(filters.sort.findData(Sort.QUALITY.value))
    assert shown(window)[:3] == [99, 69, 68]
    filters.search.setText("IMG_04")
    qtbot.waitUntil(lambda: shown(window) == list(range(49, 39, -1)))
    bar.tabs.setCurrentIndex(2)
    assert shown(window) == []
    assert desk(window).filtering.nothing.isVisible()
    QTest.mouseClick(filters.reset_button, Qt.MouseButton.LeftButton)
    assert window.browser.photos.rowCount() == PHOTOS
    assert bar.isHidden()


def test_an_empty_pile_says_so(qtbot: QtBot, window: Window) -> None:
    bar = opened(qtbot, window)
    bar.slider.set_bounds(0, 70)
    bar.tabs.setCurrentIndex(2)
    assert texts(bar)[2] == "Sure reject  0"
    nothing = desk(window).filtering.nothing
    assert nothing.isVisible()
    assert nothing.why.text() == "No photo is among these."


def test_scores_that_arrive_are_counted(qtbot: QtBot, window: Window, store: Store) -> None:
    bar = opened(qtbot, window)
    last = store.photos.ids(Query(MODEL))[-1]
    store.scores.write([scored(last, 90.0)])
    window.shoot.look()
    qtbot.waitUntil(lambda: texts(bar)[0] == "Sure keep  31")
    assert "without a score" not in bar.note.text()


def test_another_folder_takes_the_tabs_away(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    bar = opened(qtbot, window)
    (tmp_path / "other").mkdir()
    window.shoot.open(tmp_path / "other", MODEL)
    assert bar.isHidden()
    window.shoot.open(tmp_path / "photos", MODEL)
    assert window.browser.photos.rowCount() == PHOTOS


def test_blind_verdicts_are_not_given_in_a_pile(qtbot: QtBot, window: Window) -> None:
    culling, actions = desk(window).culling, desk(window).actions_by_id
    actions["blind"].trigger()
    assert culling.provenance is Provenance.BLIND
    actions["triage"].trigger()
    assert desk(window).triage_bar.isHidden()
    assert not actions["triage"].isChecked()
    actions["blind"].trigger()
    opened(qtbot, window)
    actions["blind"].trigger()
    assert culling.provenance is Provenance.SCORE_VISIBLE


def test_what_makes_no_sense_in_the_settings_is_passed_over(qtbot: QtBot, window: Window) -> None:
    work = desk(window).work
    work.chosen = replace(work.chosen, triage={"quality": [80, 20]})
    assert opened(qtbot, window).slider.bounds == (30, 70)
