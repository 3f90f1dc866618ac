"""Stacks in the real window: folded by a key, opened in place, put right, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shelf import MODEL, scored, take_up

from uniqa_desktop import settings
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.window import Window
from uniqa_desktop.gui.worker import Order, Worker
from uniqa_desktop.photo import Flag, Meta, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PHOTOS = 12
BURST, BRACKET = (2, 3, 4, 5), (8, 9, 10)
NOON = datetime(2026, 6, 14, 12)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(1, PHOTOS + 1):
        (folder / f"IMG_{n:03d}.jpg").write_bytes(b"%d" % n)
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    """Twelve photos; 2 to 5 are a burst, 8 to 10 a bracket."""
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        opened.scores.write(
            [
                scored(n, float(n), meta=Meta(taken=NOON + timedelta(seconds=n)))
                for n in opened.photos.ids(Query(MODEL))
            ]
        )
        find(opened, Group(Kind.BURST, BURST, 3, 0.9), Group(Kind.BRACKET, BRACKET, 8, 0.9))
        yield opened


def find(store: Store, *groups: Group) -> None:
    store.groups.write(range(1, PHOTOS + 1), groups)


@pytest.fixture
def open_window(qtbot, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Opens the window on the folder, as often as asked; nothing runs in its worker."""
    monkeypatch.setattr(Worker, "submit", lambda *_: None)
    settings.save(settings.Settings(model=MODEL, sidecars="off"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    made: list[Window] = []

    def close() -> None:
        window = made.pop()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def open_() -> Window:
        if made:
            close()
        window = Window(store)
        made.append(window)
        window.resize(1200, 800)
        window.open(folder)
        window.show()
        qtbot.waitUntil(lambda: window.desk is not None, timeout=10_000)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
        window.browser.show_grid()
        return window

    yield open_
    close()


@pytest.fixture
def window(open_window) -> Window:
    return open_window()


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def shown(window: Window) -> list[int]:
    return list(window.browser.photos.ids)


def press(window: Window, key: Key, held=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, held)
    QApplication.processEvents()


def go_to(window: Window, photo: int) -> None:
    row = window.browser.photos.row_of(photo)
    assert row is not None
    window.browser.go_to(row)


def said(window: Window) -> str:
    return desk(window).status.words.text()


def badge(window: Window, photo: int) -> QPoint:
    """The middle of a photo's badge."""
    grid = window.browser.grid
    mark = window.shoot.stacks.mark(photo)
    assert mark is not None
    corner = grid.visualRect(grid.model().index(shown(window).index(photo), 0)).topLeft()
    tile = grid.delegate.cell.tile.translated(corner)
    return grid.delegate.stack_marks.area(tile, mark).center()


def centre(window: Window, photo: int) -> QPoint:
    grid = window.browser.grid
    return grid.visualRect(grid.model().index(shown(window).index(photo), 0)).center()


def test_a_key_folds_groups_and_the_bar_tells_how_many_photos(window: Window) -> None:
    bar = desk(window).filter_bar
    press(window, Key.Key_S)
    assert shown(window) == [1, 3, 6, 7, 8, 11, 12]
    assert bar.fold_button.isChecked()
    assert "5 photos" in bar.fold_button.text()
    assert window.shoot.hidden == 0
    assert not bar.hidden.isVisible(), "what is folded is not hidden"
    QTest.mouseClick(bar.fold_button, LEFT)
    assert shown(window) == list(range(1, PHOTOS + 1))


def test_a_stack_is_shown_if_any_of_its_photos_passes(window: Window, store: Store) -> None:
    store.verdicts.give([4, 5, 11], flag=Flag.PICK, provenance=Provenance.BLIND)
    press(window, Key.Key_S)
    QTest.mouseClick(desk(window).filter_bar.flags[Flag.PICK], LEFT)
    assert shown(window) == [4, 11], "the cover does not pass, so the first that does stands"
    assert window.shoot.hidden == PHOTOS - 3
    desk(window).filter_bar.reset()
    assert shown(window) == [1, 3, 6, 7, 8, 11, 12], "taking filters off opens no stack"


def test_a_stack_opens_in_place_by_key_and_by_its_badge(window: Window) -> None:
    press(window, Key.Key_S)
    go_to(window, 3)
    press(window, Key.Key_D)
    assert shown(window) == [1, 2, 3, 4, 5, 6, 7, 8, 11, 12]
    go_to(window, 5)
    press(window, Key.Key_D)
    assert shown(window) == [1, 3, 6, 7, 8, 11, 12]
    assert window.browser.grid.current_id() == 3, "on its cover"
    grid = window.browser.grid
    QTest.mouseClick(grid.viewport(), LEFT, pos=badge(window, 8))
    assert shown(window) == [1, 3, 6, 7, 8, 9, 10, 11, 12]
    QTest.mouseClick(grid.viewport(), LEFT, pos=badge(window, 10))
    assert shown(window) == [1, 3, 6, 7, 8, 11, 12]


def test_kinds_are_told_in_words(window: Window) -> None:
    press(window, Key.Key_S)
    model = window.browser.photos
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1, 4)]
    assert "stack" not in spoken[0]
    assert "Burst: stack of 4, closed" in spoken[1]
    assert "Exposure bracket: stack of 3, closed" in spoken[2]


def test_a_verdict_on_a_closed_stack_is_the_covers_only_and_that_is_said(
    window: Window, store: Store
) -> None:
    press(window, Key.Key_S)
    go_to(window, 3)
    press(window, Key.Key_P)
    assert "cover" in said(window)
    flags = {photo.id: photo.verdict.flag for photo in store.photos.get(BURST)}
    assert flags == {2: Flag.NONE, 3: Flag.PICK, 4: Flag.NONE, 5: Flag.NONE}
    press(window, Key.Key_J)
    assert window.browser.grid.selected_ids() == list(BURST)
    press(window, Key.Key_X)
    assert {photo.verdict.flag for photo in store.photos.get(BURST)} == {Flag.REJECT}


def test_folding_and_nothing_else_outlives_a_restart(open_window) -> None:
    window = open_window()
    press(window, Key.Key_S)
    go_to(window, 3)
    press(window, Key.Key_D)
    window = open_window()
    assert shown(window) == [1, 3, 6, 7, 8, 11, 12]
    assert desk(window).actions_by_id["fold_groups"].isChecked()


def test_split_merge_and_cover_are_undone_in_one_line_with_verdicts(
    window: Window, store: Store
) -> None:
    press(window, Key.Key_S)
    go_to(window, 3)
    press(window, Key.Key_G, CONTROL | SHIFT)
    assert "Open the stack first" in said(window)
    press(window, Key.Key_D)
    go_to(window, 5)
    press(window, Key.Key_G, CONTROL | SHIFT)
    assert shown(window) == [1, 2, 3, 4, 5, 6, 7, 8, 11, 12]
    assert window.shoot.stacks.shown.of(5) is None
    go_to(window, 4)
    press(window, Key.Key_S, SHIFT)
    press(window, Key.Key_D)
    assert shown(window) == [1, 4, 5, 6, 7, 8, 11, 12], "another cover stands"
    press(window, Key.Key_P)
    go_to(window, 6)
    press(window, Key.Key_Right, SHIFT)
    press(window, Key.Key_G, CONTROL)
    assert shown(window) == [1, 4, 5, 6, 8, 11, 12]
    for expected in (
        [1, 4, 5, 6, 7, 8, 11, 12],
        [1, 4, 5, 6, 7, 8, 11, 12],
        [1, 3, 5, 6, 7, 8, 11, 12],
        [1, 3, 6, 7, 8, 11, 12],
    ):
        press(window, Key.Key_Z, CONTROL)
        assert shown(window) == expected
    assert store.photos.get([4])[0].verdict.flag is Flag.NONE
    press(window, Key.Key_Z, CONTROL | SHIFT)
    assert shown(window) == [1, 3, 5, 6, 7, 8, 11, 12]


def test_dragging_puts_groups_right(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    press(window, Key.Key_S)
    go_to(window, 3)
    press(window, Key.Key_D)
    viewport = window.browser.grid.viewport()
    target: list[QPoint] = []
    hints: list[str] = []

    def drop(drag: QDrag, *_: object) -> Qt.DropAction:
        # As a desktop does; Qt gives a drop only to who has accepted that it comes.
        rest = (Qt.DropAction.MoveAction, drag.mimeData(), LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, QDragEnterEvent(target[0], *rest))
        hints.append(said(window))
        QApplication.sendEvent(viewport, QDropEvent(target[0].toPointF(), *rest))
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", drop)

    def drag(photo: int, to: QPoint) -> None:
        go_to(window, photo)
        start = centre(window, photo)
        target[:] = [to]
        QTest.mousePress(viewport, LEFT, pos=start)
        moved = start + QPoint(40, 30)
        event = QMouseEvent(
            QEvent.Type.MouseMove, moved.toPointF(), viewport.mapToGlobal(moved).toPointF(),
            Qt.MouseButton.NoButton, LEFT, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
        QTest.mouseRelease(viewport, LEFT, pos=start + QPoint(40, 30))

    groups = window.shoot.stacks
    drag(5, centre(window, 2))
    assert groups.shown.groups[2].cover == 5, "onto one of its own group: the cover"
    drag(1, centre(window, 4))
    assert groups.shown.groups[1].members == (1, 2, 3, 4, 5), "onto another: into one group"
    drag(4, QPoint(viewport.width() - 5, viewport.height() - 5))
    assert groups.shown.of(4) is None, "onto the ground: out of it"
    assert hints == [
        "Drop: make it the cover", "Drop: put into one group", "Drop: take out of the group",
    ]  # fmt: skip


def test_what_a_job_finds_moves_nothing_until_it_is_asked_for(
    window: Window, store: Store, folder: Path
) -> None:
    press(window, Key.Key_S)
    before = shown(window)
    find(store, Group(Kind.BURST, (6, 7), 6, 0.9))
    desk(window).work.worker.finished.emit(Order("group", (folder,)), None)
    QApplication.processEvents()
    assert shown(window) == before
    assert desk(window).filter_bar.moved_notice.isVisible()
    QTest.mouseClick(desk(window).filter_bar.moved_notice, LEFT)
    assert shown(window) == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]


def test_a_plain_list_is_offered_to_be_folded(window: Window, store: Store, folder: Path) -> None:
    find(store, Group(Kind.BURST, (6, 7), 6, 0.9), Group(Kind.NEAR, (1, 2), 1, 0.9))
    desk(window).work.worker.finished.emit(Order("group", (folder,)), None)
    offer = desk(window).bursts.offer
    assert offer.isVisible()
    assert offer.text == "Found: 1 burst, 1 group of near-duplicates."
    assert len(shown(window)) == PHOTOS
    QTest.mouseClick(offer.buttons["fold"], LEFT)
    assert shown(window) == [1, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert not offer.isVisible()


def test_a_burst_that_cannot_be_told_is_marked_unless_one_judges_blind(window: Window) -> None:
    press(window, Key.Key_S)
    window.shoot.stacks.show_untold(frozenset({BURST}))
    model = window.browser.photos
    at = model.index(1)
    assert "cannot be told" in at.data(Qt.ItemDataRole.AccessibleTextRole)
    desk(window).culling.blind(True)
    assert "cannot be told" not in at.data(Qt.ItemDataRole.AccessibleTextRole)


def test_up_and_down_step_through_the_burst_in_the_loupe(window: Window) -> None:
    press(window, Key.Key_S)
    go_to(window, 3)
    press(window, Key.Key_E)
    caption = window.browser.loupe.caption.group
    assert caption.text() == "Burst, 2 of 4"
    press(window, Key.Key_Down)
    assert window.browser.current is not None
    assert window.browser.current.id == 4
    assert caption.text() == "Burst, 3 of 4"
    press(window, Key.Key_Up)
    press(window, Key.Key_Up)
    press(window, Key.Key_Up)
    assert window.browser.current.id == 2, "and no further"
    press(window, Key.Key_Right)
    assert window.browser.current.id == 6, "on behind the stack"
    assert shown(window) == [1, 3, 6, 7, 8, 11, 12], "which is closed again"


def test_a_clock_is_corrected_and_the_order_follows(window: Window, store: Store) -> None:
    store.scores.write([scored(1, meta=Meta(taken=NOON, camera="Aurora A1"))])
    desk(window).bursts.grouping.set_clock("Aurora A1", 3_600_000_000)
    taken = store.photos.get([1])[0].meta.taken
    assert taken == NOON + timedelta(hours=1)
    assert "1 photo" in said(window)
