"""A person at the keyboard of the real window: nothing but key events, and eyes."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Self

from ledger import Judged
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Verdict
from uniqa_desktop.store import Store

_HELD = {
    "shift": Qt.KeyboardModifier.ShiftModifier,
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
}
_NAMED = {
    "[": Qt.Key.Key_BracketLeft,
    "]": Qt.Key.Key_BracketRight,
    "enter": Qt.Key.Key_Return,
    "esc": Qt.Key.Key_Escape,
    "del": Qt.Key.Key_Delete,
}
_FAR = 80
"""So often Tab is pressed at most on the way to a button."""


class Keyboard:
    """Types into one window of the program, from its start to its end."""

    def __init__(self, qtbot: QtBot, library: Path) -> None:
        """Starts the program as a user does who gives no folder."""
        self._qtbot = qtbot
        self._store = Store.open(library)
        self.window = Window(self._store)
        self.window.browser.show_welcome()
        self.window.resize(1366, 768)
        self.window.show()
        self.wait(lambda: self.window.desk is not None)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    def wait(self, until, seconds: float = 90) -> None:
        self._qtbot.waitUntil(until, timeout=int(seconds * 1000))

    def settle(self) -> None:
        """Waits until nothing is scanned, drawn or scored any more."""
        self.wait(lambda: self.window.shoot.folder is not None)
        self.wait(lambda: not self.desk.work.worker.busy)
        QApplication.processEvents()

    @property
    def focused(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, such as `p`, `shift+right`, `ctrl+z`."""
        for key in keys:
            *held, name = key.split("+") if key != "+" else ["+"]
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= _HELD[each]
            code = _NAMED.get(name) or getattr(Qt.Key, f"Key_{name.capitalize()}")
            QTest.keyClick(self.focused, code, modifiers)
            # What Qt's test events leave behind: a modifier that nobody holds any more.
            QTest.keyRelease(self.focused, Qt.Key.Key_Shift)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Types into the field that has the keyboard."""
        QTest.keyClicks(self.focused, text)
        QApplication.processEvents()

    def go_to(self, words: str) -> None:
        """Presses Tab until the keyboard is at the button or field that says `words`."""
        for _ in range(_FAR):
            at = self.focused
            text = at.text() if isinstance(at, QAbstractButton) else ""
            if words in text or words in at.accessibleName():
                return
            self.press("tab")
        raise AssertionError(f"no way to {words!r} by the keyboard")

    def in_front(self, kind: type[QWidget]) -> QWidget:
        """The dialog of this kind that is in front."""
        self.wait(lambda: isinstance(QApplication.activeWindow(), kind))
        dialog = QApplication.activeWindow()
        assert dialog is not None
        return dialog

    def leave(self, dialog: type[QWidget]) -> None:
        """Closes the dialog by Escape; a desktop activates the window behind it then."""
        self.press("esc")
        self.wait(lambda: not self.window.findChildren(dialog))
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Quits by the keyboard and lets go of the library; after a failure, whatever it takes."""
        if kind is None:
            self.press("ctrl+q")
            assert not self.window.isVisible()
        else:
            self.desk.stop()
            self.window.browser.stop()
            self.window.hide()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._store.close()

    # What is seen

    @property
    def names(self) -> list[str]:
        """The photos that are listed, in their order."""
        photos = self.window.browser.photos
        found = map(photos.photo, range(photos.rowCount()))
        return [photo.path.name for photo in found if photo is not None]

    def sees(self) -> dict[str, object]:
        """What the window shows, in the form of `Ledger.tells`."""
        browser = self.window.browser
        front = browser.currentWidget()
        boards = ((name, browser.__dict__.get(name)) for name in ("loupe", "compare", "survey"))
        rows = map(browser.photos.photo, range(browser.photos.rowCount()))
        photos = {photo.id: photo for photo in rows if photo is not None}
        names = {id: photo.path.name for id, photo in photos.items()}
        current = browser.current
        shown = {
            "view": next((name for name, each in boards if each is front), "grid"),
            "verdicts": {names[id]: judged(photo.verdict) for id, photo in photos.items()},
            "targets": [names[id] for id in browser.targets()],
            "at": None if current is None else current.path.name,
        }
        if browser.board is not None:
            shown["together"] = [
                (pane.photo.path.name, judged(pane.photo.verdict))
                for pane in browser.board.panes
                if pane.photo is not None
            ]
        return shown


def judged(verdict: Verdict) -> Judged:
    return Judged(verdict.flag.value, verdict.stars, verdict.label.value)


def stored(library: Path) -> dict[str, Judged]:
    """The verdicts in the library file, read without the program."""
    with sqlite3.connect(f"file:{library}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT f.name, p.flag, p.stars, p.label FROM photos p"
            " JOIN files f ON f.photo = p.id AND f.is_primary"
        ).fetchall()
    db.close()
    return {name: Judged(flag, stars, label) for name, flag, stars, label in rows}
