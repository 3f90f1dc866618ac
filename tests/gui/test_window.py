"""The real window, driven by key and mouse events, on drawn photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing import draw_folder, draw_jpeg
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from uniqa_desktop import settings
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Flag, Photo
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

PHOTOS = 12
Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, PHOTOS)
    (folder / "broken.jpg").write_bytes(b"not a picture")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def window(qtbot, store: Store) -> Iterator[Window]:
    shown = make_window(qtbot, store)
    yield shown
    close(shown)


def make_window(qtbot, store: Store) -> Window:
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
    window.browser.show_welcome()
    return window


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def close(window: Window) -> None:
    """Closes a window and lets go of it, before its library closes."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_and_wait(qtbot, window: Window, folder: Path) -> None:
    with qtbot.waitSignal(desk(window).work.ended, timeout=30_000):
        window.open(folder)


def press(
    window: Window, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    widget = QApplication.focusWidget() or window
    QTest.keyClick(widget, key, modifiers)
    QApplication.processEvents()


def names(window: Window) -> list[str]:
    model = window.browser.photos
    return [photo.path.name for row in range(model.rowCount()) if (photo := model.photo(row))]


def current(window: Window) -> Photo:
    photo = window.browser.current
    assert photo is not None
    return photo


def test_without_a_folder_the_first_page_says_what_to_do(window: Window) -> None:
    assert window.browser.currentWidget() is window.browser.welcome
    assert not desk(window).filter_bar.isVisible()
    assert not desk(window).info.isVisible()


def test_a_folder_is_scanned_scored_and_shown(qtbot, window: Window, folder: Path) -> None:
    open_and_wait(qtbot, window, folder)
    assert len(names(window)) == PHOTOS + 1
    model = window.browser.photos
    scored = [p for row in range(model.rowCount()) if (p := model.photo(row)) and p.scores]
    assert len(scored) == PHOTOS
    assert desk(window).failed_button.isVisible()
    assert "1" in desk(window).failed_button.text()
    assert folder.name in window.windowTitle()
    assert settings.load().recent_folders == [folder]


def test_the_order_waits_for_the_user_when_scores_arrive(
    qtbot,
    window: Window,
    folder: Path,
) -> None:
    bar = desk(window).filter_bar
    bar.sort.setCurrentIndex(bar.sort.findData(Sort.QUALITY))
    window.open(folder)
    qtbot.waitUntil(lambda: window.browser.photos.rowCount() > 3, timeout=20_000)
    window.browser.grid.setFocus()
    press(window, Key.Key_Right)
    before = names(window)
    qtbot.waitUntil(lambda: not desk(window).work.worker.busy, timeout=30_000)
    qtbot.wait(50)
    assert names(window)[: len(before)] == before
    if window.browser.photos.rowCount() == len(before):
        assert bar.moved_notice.isVisible()
    here = current(window).id
    press(window, Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    model = window.browser.photos
    values = [
        p.scores.quality for row in range(model.rowCount()) if (p := model.photo(row)) and p.scores
    ]
    assert values == sorted(values, key=lambda value: -(value or 0))
    assert current(window).id == here, "the same photo stays current"
    assert not bar.moved_notice.isVisible()


def test_keys_give_verdicts_in_grid_and_loupe_and_undo_takes_them_back(
    qtbot,
    window: Window,
    folder: Path,
    store: Store,
) -> None:
    open_and_wait(qtbot, window, folder)
    window.browser.grid.setFocus()
    press(window, Key.Key_Home)
    press(window, Key.Key_P)
    press(window, Key.Key_4)
    assert (current(window).verdict.flag, current(window).verdict.stars) == (Flag.PICK, 4)
    press(window, Key.Key_E)
    assert window.browser.in_loupe
    press(window, Key.Key_Right)
    press(window, Key.Key_X)
    second = current(window)
    assert second.verdict.flag is Flag.REJECT
    assert store.verdicts.history(second.id)[0].after.flag is Flag.REJECT
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert current(window).verdict.flag is Flag.NONE
    press(
        window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert current(window).verdict.flag is Flag.REJECT
    press(window, Key.Key_G)
    assert not window.browser.in_loupe
    assert window.browser.row == 1


def test_a_verdict_on_a_selection_is_one_act(qtbot, window: Window, folder: Path) -> None:
    open_and_wait(qtbot, window, folder)
    window.browser.grid.setFocus()
    press(window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(window, Key.Key_M)
    model = window.browser.photos
    assert all(
        p.verdict.flag is Flag.MAYBE for r in range(model.rowCount()) if (p := model.photo(r))
    )
    press(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert all(
        p.verdict.flag is Flag.NONE for r in range(model.rowCount()) if (p := model.photo(r))
    )


def test_search_hides_says_how_many_and_resets(qtbot, window: Window, folder: Path) -> None:
    open_and_wait(qtbot, window, folder)
    press(window, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "0003")
    qtbot.waitUntil(lambda: names(window) == ["IMG_0003.jpg"], timeout=5_000)
    assert str(PHOTOS) in desk(window).filter_bar.hidden.text()
    QTest.mouseClick(desk(window).filter_bar.reset_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(names(window)) == PHOTOS + 1, timeout=5_000)
    assert not desk(window).filter_bar.hidden.isVisible()


def test_failed_files_are_listed_and_retried_when_mended(
    qtbot,
    window: Window,
    folder: Path,
) -> None:
    open_and_wait(qtbot, window, folder)
    QTest.mouseClick(desk(window).failed_button, Qt.MouseButton.LeftButton)
    assert desk(window).failures_pane.isVisible()
    draw_jpeg(folder / "broken.jpg", seed=77)
    with qtbot.waitSignal(desk(window).work.ended, timeout=30_000):
        QTest.mouseClick(desk(window).failures_pane.retry_all_button, Qt.MouseButton.LeftButton)
    assert not desk(window).failed_button.isVisible()
    assert not desk(window).failures_pane.isVisible()


def test_the_window_comes_back_as_it_was(qtbot, store: Store, folder: Path) -> None:
    first = make_window(qtbot, store)
    open_and_wait(qtbot, first, folder)
    first.browser.grid.setFocus()
    press(first, Key.Key_I)
    desk(first).filter_bar.sort.setCurrentIndex(
        desk(first).filter_bar.sort.findData(Sort.SHARPNESS)
    )
    desk(first).filter_bar.thumb_size.setValue(240)
    close(first)
    second = make_window(qtbot, store)
    open_and_wait(qtbot, second, folder)
    assert not desk(second).info.isVisible()
    assert desk(second).filter_bar.query("m").sort == Sort.SHARPNESS
    assert second.browser.grid.thumb_size == 240
    close(second)


def test_a_dropped_folder_is_opened(qtbot, window: Window, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    common = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(50, 50), *common)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(desk(window).work.ended, timeout=30_000):
        QApplication.sendEvent(window, QDropEvent(QPoint(50, 50), *common))
    assert len(names(window)) == PHOTOS + 1


def test_a_recent_folder_is_one_click_away(qtbot, window: Window, folder: Path) -> None:
    other = folder.parent / "other & more"
    draw_folder(other, 2)
    open_and_wait(qtbot, window, folder)
    open_and_wait(qtbot, window, other)
    first, second = desk(window).recent.actions()
    assert first.text().endswith("other && more")
    with qtbot.waitSignal(desk(window).work.ended, timeout=30_000):
        second.trigger()
    assert len(names(window)) == PHOTOS + 1


def test_a_folder_that_is_gone_is_said_and_nothing_changes(
    qtbot,
    window: Window,
    folder: Path,
) -> None:
    open_and_wait(qtbot, window, folder)
    window.open(folder / "no such folder")
    assert (
        "no such folder" in desk(window).status.words.toolTip() + desk(window).status.words.text()
    )
    assert len(names(window)) == PHOTOS + 1


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_the_theme_is_remembered(window: Window, choice: str) -> None:
    desk(window).actions_by_id[f"theme_{choice}"].trigger()
    assert settings.load().theme == choice
    assert theme.tokens().name == choice


def test_closing_in_mid_job_loses_nothing(qtbot, store: Store, folder: Path) -> None:
    draw_folder(folder, 60)
    first = make_window(qtbot, store)
    first.open(folder)
    qtbot.waitUntil(lambda: first.browser.photos.rowCount() > 3, timeout=20_000)
    close(first)
    second = make_window(qtbot, store)
    open_and_wait(qtbot, second, folder)
    assert len(store.photos.pending(settings.DEFAULT_MODEL)) == 0
    close(second)
