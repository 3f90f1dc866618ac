"""Filters in the real window: what is hidden is said, kept, named and taken off again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog
from shelf import MODEL, scored, take_up

from uniqa_desktop import settings
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.saved_filters_dialog import SavedFiltersDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Flag, Meta, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PHOTOS = 60
PICKS = 12


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """60 photos of three days, every fifth a pick, the last one without a date."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(PHOTOS):
        (folder / f"IMG_{n:03d}.jpg").write_bytes(b"%d" % n)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        ids = opened.photos.ids(Query(MODEL))
        opened.scores.write(
            [
                scored(id, float(n), meta=Meta(taken=datetime(2026, 6, 14 + n % 3, 9, n)))
                for n, id in enumerate(ids[:-1])
            ]
        )
        opened.verdicts.give(ids[::5], flag=Flag.PICK, provenance=Provenance.BLIND)
        yield opened


@pytest.fixture
def window(qtbot, store: Store, tmp_path: Path) -> Iterator[Window]:
    settings.save(replace(settings.load(), model=MODEL))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    window = Window(store)
    window.resize(1200, 800)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.shoot.open(tmp_path / "photos", MODEL)
    window.browser.show_grid()
    yield window
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def shown(window: Window) -> int:
    return window.browser.photos.rowCount()


def press(
    window: Window, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    QApplication.processEvents()


def test_a_filter_is_saved_recalled_by_its_key_renamed_and_deleted(
    qtbot, window: Window, store: Store
) -> None:
    bar, action = desk(window).filter_bar, desk(window).actions_by_id["filter_1"]
    assert not action.isVisible()
    QTest.mouseClick(bar.flags[Flag.PICK], Qt.MouseButton.LeftButton)
    assert shown(window) == PICKS
    window.browser.take_focus()
    press(window, Key.Key_S, CONTROL | SHIFT)
    dialog = window.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    assert dialog.textValue() == "Picks"
    dialog.setTextValue("My picks")
    press(window, Key.Key_Return)
    assert settings.load().filters == {"My picks": {"flags": ["pick"]}}
    assert action.text() == "My picks"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.browser.take_focus()
    press(window, Key.Key_D, CONTROL)
    assert shown(window) == PHOTOS
    press(window, Key.Key_1, CONTROL)
    assert shown(window) == PICKS

    desk(window).filtering.edit_filters()
    names = window.findChild(SavedFiltersDialog)
    assert isinstance(names, SavedFiltersDialog)
    assert names.words.text() == "Picks"
    names.list.item(0).setText("Keepers")
    assert list(settings.load().filters) == ["Keepers"]
    names.list.item(0).setText("  ")
    assert names.list.item(0).text() == "Keepers", "a filter has a name"
    QTest.mouseClick(names.delete, Qt.MouseButton.LeftButton)
    assert settings.load().filters == {}
    assert not action.isVisible()
    names.close()


def test_an_empty_grid_says_why_and_shows_all_again(qtbot, window: Window, store: Store) -> None:
    nothing = desk(window).filtering.nothing
    assert not nothing.isVisible()
    desk(window).filter_bar.show_filter({"text": "zzz"})
    assert nothing.isVisible()
    assert nothing.why.text() == "No photo passes the filter."
    assert nothing.filter.text() == "name with “zzz”"
    assert nothing.button.text() == "Show all 60 photos"
    nothing.button.setFocus()
    press(window, Key.Key_Space)
    assert shown(window) == PHOTOS
    assert not nothing.isVisible()
    assert window.browser.grid.hasFocus()


def test_the_number_of_hidden_photos_is_always_in_sight(
    qtbot, window: Window, store: Store
) -> None:
    bar, button = desk(window).filter_bar, desk(window).filtering.hidden
    bar.show_filter({"flags": ["pick"]})
    assert (bar.hidden.text(), bar.hidden.isVisible()) == ("48 hidden", True)
    assert not button.isVisible()
    window.browser.take_focus()
    press(window, Key.Key_Backslash)
    assert not bar.isVisible()
    assert (button.text(), button.isVisible()) == ("48 hidden", True)
    window.browser.show_loupe(0)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(window) == PHOTOS
    assert not button.isVisible()


def test_days_group_the_list_and_keys_go_through_it(qtbot, window: Window, store: Store) -> None:
    grid, browser = window.browser.grid, window.browser
    assert grid._headers.height == 0
    browser.go_to(20)
    here = browser.current
    press(window, Key.Key_D, CONTROL | SHIFT)
    assert browser.current == here, "the same photo stays current"
    headers = grid._headers
    assert headers.sections(PHOTOS) == [20, 20, 19, 1]
    assert [headers.title(n) for n in (0, 3)] == ["Sun 14 Jun 2026", "Without a date"]
    browser.go_to(0)
    seen = []
    for _ in range(PHOTOS):
        photo = browser.current
        assert photo is not None
        seen.append((photo.meta.taken is None, photo.meta.taken and photo.meta.taken.date()))
        assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
        press(window, Key.Key_Right)
    assert seen[:-1] == sorted(seen[:-1])
    assert seen[-1] == (True, None)
    browser.go_to(0)
    down = []
    while browser.row < PHOTOS - 1:
        down.append(browser.row)
        press(window, Key.Key_Down)
    assert down[: -(-20 // grid.columns)] == list(range(0, 20, grid.columns))
    assert 20 in down, "the next line is that of the next day"
    press(window, Key.Key_A, CONTROL)
    assert len(grid.selected_ids()) == PHOTOS
    press(window, Key.Key_D, CONTROL | SHIFT)
    assert grid._headers.height == 0


def test_groups_fold_to_their_covers(qtbot, window: Window, store: Store) -> None:
    ids = list(store.photos.ids(Query(MODEL)))
    group = Group(Kind.BURST, tuple(ids[3:7]), cover=ids[5], confidence=1.0)
    store.groups.write(ids, [group])
    window.shoot.read_groups()
    window.browser.take_focus()
    press(window, Key.Key_S)
    assert list(window.browser.photos.ids) == [*ids[:3], ids[5], *ids[7:]]
    assert desk(window).filter_bar.fold_button.text() == "Folded: 3 photos"
    assert window.shoot.hidden == 0, "no filter hides them"
    desk(window).filter_bar.reset()
    assert shown(window) == PHOTOS - 3, "a filter is taken off, no stack opened"
    press(window, Key.Key_S)
    assert shown(window) == PHOTOS
    assert not desk(window).actions_by_id["fold_groups"].isChecked()


def test_histograms_come_and_follow_new_scores(
    qtbot, window: Window, store: Store, tmp_path: Path
) -> None:
    slider = desk(window).filter_bar.quality
    qtbot.waitUntil(lambda: slider.within == PHOTOS - 1, timeout=10_000)
    slider.set_bounds(50, 100)
    assert slider.within == 9
    last = store.photos.ids(Query(MODEL, sort=Sort.NAME))[-1]
    store.scores.write([scored(last, 99.0)])
    window.shoot.look()
    qtbot.waitUntil(lambda: slider.within == 10, timeout=10_000)
    window.shoot.open(tmp_path / "elsewhere", MODEL)
    qtbot.waitUntil(lambda: slider.within == 0, timeout=10_000)
