"""What a screen reader, a keyboard and tired eyes find in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing import draw_folder
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from uniqa_desktop import settings
from uniqa_desktop.gui import motion, theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.marks import Marks
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Label
from uniqa_desktop.store import Store

VIEWS = ("show_grid", "show_loupe", "show_compare", "show_survey")
DIALOGS = ("keys", "change_keys", "models", "export_photos", "trash_rejects", "best_n")


@pytest.fixture
def app(qapp) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, "dark", 100)
    motion.apply(qapp, "full")


@pytest.fixture
def window(app: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    theme.apply(app, "dark")
    draw_folder(tmp_path / "photos", 4)
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"not a picture")
    settings.save(settings.Settings(model="attributes-1", sidecars="off"))
    with Store.open(tmp_path / "library.db") as store:
        made = Window(store)
        made.resize(1600, 900)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(lambda: made.desk is not None, timeout=10_000)
        ended: list[bool] = []
        desk(made).work.ended.connect(lambda: ended.append(True))
        made.open(tmp_path / "photos")
        qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
        yield made
        made.close()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def focusable(root: QWidget) -> list[QWidget]:
    """The widgets that the keyboard reaches now."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def nameless(root: QWidget) -> list[str]:
    """Those that a screen reader has no name for, and buttons that have only an icon and no tip."""
    found = []
    for widget in focusable(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name.strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
        elif isinstance(widget, QToolButton) and not widget.text() and not widget.toolTip():
            found.append(f"{name}: an icon without a tip")
    return found


def test_every_widget_of_the_welcome_page_has_a_name(window: Window) -> None:
    window.browser.show_welcome()
    assert focusable(window)
    assert nameless(window) == []


def test_every_widget_of_every_view_has_a_name(window: Window) -> None:
    actions = desk(window).actions_by_id
    actions["select_all"].trigger()
    for part in ("failures", "history"):
        actions[part].trigger()
    for view in VIEWS:
        actions[view].trigger()
        QApplication.processEvents()
        assert len(focusable(window)) > 3
        assert nameless(window) == [], view


def test_every_widget_of_every_dialog_has_a_name(window: Window, qtbot: QtBot) -> None:
    for command in DIALOGS:
        desk(window).actions_by_id[command].trigger()
        qtbot.waitUntil(lambda: bool(open_dialogs()))
        for dialog in open_dialogs():
            assert dialog.windowTitle()
            assert nameless(dialog) == [], command
            dialog.close()


def open_dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def test_tab_leads_from_the_search_field_around_and_back(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk(window).filter_bar.focus_search()
    first = QApplication.focusWidget()
    seen: list[QWidget] = []
    widget = first
    while widget is not None and widget not in seen and widget is not window.browser.grid:
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    assert len(seen) > 3
    assert widget in (first, window.browser.grid)


@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
@pytest.mark.parametrize("choice", ["dark", "light"])
def test_the_keyboard_focus_is_seen(
    app: QApplication, qtbot: QtBot, kind: type[QPushButton], choice: str
) -> None:
    theme.apply(app, choice)
    host = QWidget()
    qtbot.addWidget(host)
    button = kind(host)
    button.setText("Button")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.resize(120, 40)
    host.show()
    qtbot.waitUntil(host.isActiveWindow)
    host.setFocus()
    before = button.grab().toImage()
    button.setFocus()
    after = button.grab().toImage()
    middle = after.height() // 2
    assert after.pixelColor(0, middle).name() == theme.tokens().accent
    assert before.pixelColor(0, middle) != after.pixelColor(0, middle)


def test_no_text_is_cut_at_larger_text_sizes(window: Window, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    for size in (100, 150):
        for command in (f"text_size_{size}", "keys", "change_keys", "models"):
            desk(window).actions_by_id[command].trigger()
        for root in (window, *open_dialogs()):
            qtbot.waitUntil(lambda root=root: cut(root) == [])
        for dialog in open_dialogs():
            dialog.close()


def cut(root: QWidget) -> list[str]:
    """Texts of buttons and labels that have less room than they need."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QLabel, QPushButton, QToolButton)):
            continue
        if not widget.text() or (isinstance(widget, QLabel) and type(widget) is not QLabel):
            continue  # those that shorten their text by themselves, and say the rest in a tip
        need = widget.sizeHint() if not isinstance(widget, QLabel) else widget.minimumSizeHint()
        line = widget.fontMetrics().height()
        if widget.height() < min(line, need.height()):
            found.append(f"{widget.text()!r} is {widget.height()} high, its line {line}")
        if not getattr(widget, "wordWrap", bool)() and widget.width() < need.width() - 1:
            found.append(f"{widget.text()!r} is {widget.width()} wide, needs {need.width()}")
    return found


def test_the_text_size_is_kept_and_bounded(app: QApplication, window: Window) -> None:
    small = theme.font("normal").pointSizeF()
    desk(window).actions_by_id["text_size_150"].trigger()
    assert theme.font("normal").pointSizeF() == pytest.approx(1.5 * small)
    assert settings.load().text_size == 150
    theme.apply(app, "dark", 1000)
    assert theme.font("normal").pointSizeF() == pytest.approx(2 * small)


def test_a_larger_text_size_gives_the_grid_larger_names(window: Window) -> None:
    grid = window.browser.grid
    before = grid.delegate.cell.line.height()
    desk(window).actions_by_id["text_size_200"].trigger()
    QApplication.processEvents()
    assert grid.delegate.cell.line.height() > 1.5 * before


def test_colour_labels_are_told_apart_without_colour(app: QApplication) -> None:
    theme.apply(app, "dark")
    marks = Marks(2.0)
    shapes = set()
    for label in (label for label in Label if label is not Label.NONE):
        image = marks.label(label).toImage()
        ground = image.pixelColor(2, image.height() // 2)
        places = [(x, y) for y in range(image.height()) for x in range(image.width())]
        shapes.add(tuple(place for place in places if image.pixelColor(*place) == ground))
    assert len(shapes) == 5


def test_reduced_motion_stills_what_would_move(app: QApplication, window: Window) -> None:
    bar = QProgressBar()
    motion.show_busy(bar)
    assert (bar.minimum(), bar.maximum()) == (0, 0), "a bar that moves"
    desk(window).actions_by_id["reduce_motion"].trigger()
    motion.show_busy(bar)
    assert bar.maximum() > 0
    assert bar.value() == 0
    assert settings.load().motion == "reduced"
    assert not app.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)


def test_scroll_areas_do_not_trap_the_keyboard(window: Window) -> None:
    for area in window.findChildren(QAbstractScrollArea):
        if area.isVisible() and area.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert not getattr(area, "tabKeyNavigation", bool)(), type(area).__name__
