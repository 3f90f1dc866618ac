"""The flow of culling: verdicts on what is looked at, and where one goes on afterwards.

With auto-advance on (its command, or Caps Lock while it is on) a verdict on one photo goes to the
next; Alt with any verdict key, or Shift with the letter of a flag, does the opposite once. In the
blind mode nothing that was scored or measured is shown, and verdicts are kept as blind ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from uniqa_desktop.gui.browser import Browser
from uniqa_desktop.gui.shoot import Shoot
from uniqa_desktop.gui.verdicts import Verdicts
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Provenance, Verdict

_CAPS_BITS = {"xcb": 0x2, "wayland": 0x2, "windows": 0x100, "cocoa": 0x10000}
"""Where a platform's native modifiers of a key event say that Caps Lock is on: X11's LockMask
(xkbcommon's too), `CapsLock` of Qt's Windows key mapper, and AppKit's
NSEventModifierFlagCapsLock. Qt itself has no word for it."""
_NEAR = 64
"""Up to so many photos are looked at one by one before the library is asked for all undecided ones
(60 ms at 100,000)."""
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)


class Culling(QObject):
    """Gives verdicts to the photos that keys act on, and moves on.

    Signals:
        modes_changed(str): which modes are on, in words for the status line; empty for none.
        said(str): a sentence for the user.
    """

    modes_changed = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        window: QObject,
        browser: Browser,
        shoot: Shoot,
        verdicts: Verdicts,
        hide_scores: Callable[[bool], object],
    ) -> None:
        """Watches the keys of `window`. `hide_scores` hides those outside of `browser`."""
        super().__init__(window)
        self._browser = browser
        self._shoot = shoot
        self._verdicts = verdicts
        self._hide_scores = hide_scores
        self._chosen = False
        self._caps = False
        self._blind = False
        self._held = Qt.KeyboardModifier.NoModifier
        window.installEventFilter(self)
        browser.view_changed.connect(lambda _view: self.tell())
        verdicts.given.connect(lambda _ids: self.tell())

    # Modes

    @property
    def advances(self) -> bool:
        """Whether a verdict goes on to the next photo."""
        return self._chosen or self._caps

    def auto_advance(self, on: bool) -> None:
        """Switches auto-advance on or off, whatever Caps Lock says."""
        self._chosen = on
        self.tell()

    def blind(self, blind: bool) -> None:
        """Hides all scores, or shows them again."""
        self._blind = blind
        self._shoot.stacks.blind = blind
        self._browser.set_blind(blind)
        self._hide_scores(blind)
        self.tell()

    @property
    def is_blind(self) -> bool:
        """Whether scores are hidden."""
        return self._blind

    def conceal(self, on: bool) -> None:
        """Hides all scores while something blind goes on; afterwards they are as the mode says."""
        hidden = on or self._blind
        self._browser.set_blind(hidden)
        self._hide_scores(hidden)

    @property
    def provenance(self) -> Provenance:
        """What the user can see now: nothing of the scores, or something."""
        hidden = self._blind and not self._shoot.tells_scores
        return Provenance.BLIND if hidden else Provenance.SCORE_VISIBLE

    def tell(self) -> None:
        """Says which modes are on; to be called when the order or a filter has changed."""
        modes = []
        if self._chosen:
            modes.append(say("Auto-advance"))
        elif self._caps:
            modes.append(say("Auto-advance (Caps Lock)"))
        if self._blind:
            told = self._shoot.tells_scores
            modes.append(
                say("Blind, but the order or a filter tells scores") if told else say("Blind")
            )
        self.modes_changed.emit(" · ".join(modes))

    # Verdicts

    def give_flag(self, flag: str) -> None:
        opposite = self._holds(Qt.KeyboardModifier.ShiftModifier)
        ids = self._browser.targets()
        self._given(ids, self._verdicts.give(ids, flag=flag, provenance=self.provenance), opposite)

    def give_stars(self, stars: int) -> None:
        ids = self._browser.targets()
        self._given(ids, self._verdicts.give(ids, stars=stars, provenance=self.provenance))

    def give_label(self, label: str) -> None:
        ids = self._browser.targets()
        self._given(ids, self._verdicts.give(ids, label=label, provenance=self.provenance))

    def add_stars(self, more: int) -> None:
        """One star more or less on each photo by itself, between 0 and 5; it stays in place."""
        self._verdicts.put(
            {
                id: replace(verdict, stars=min(5, max(0, verdict.stars + more)))
                for id in self._browser.targets()
                if (verdict := self._verdict(id)) is not None
            },
            self.provenance,
        )

    def _verdict(self, id: int) -> Verdict | None:
        row = self._browser.photos.row_of(id)
        photo = None if row is None else self._browser.photos.photo(row)
        return None if photo is None else photo.verdict

    def _given(self, ids: list[int], stored: bool, opposite: bool = False) -> None:
        opposite = opposite or self._holds(Qt.KeyboardModifier.AltModifier)
        # After a verdict on a selection one looks at what one did, not at the next photo.
        if stored and len(ids) == 1 and self.advances != opposite:
            self._browser.advance()

    # Moving

    def go_undecided(self, delta: int) -> None:
        """Goes to the next (+1) or previous (−1) photo without a flag, over the list's end. Of
        several that are looked at together another one becomes active instead."""
        if self._browser.board is not None:
            self._browser.board.focusNextPrevChild(delta > 0)
            return
        ids, here = self._browser.photos.ids, self._browser.row
        count = len(ids)

        def rows(first: int, last: int) -> Iterator[int]:
            return ((here + delta * away) % count for away in range(first, last + 1))

        found = next((row for row in rows(1, min(_NEAR, count)) if self._is_open(ids[row])), None)
        if found is None and count > _NEAR:
            undecided = self._shoot.undecided()
            found = next((row for row in rows(_NEAR + 1, count) if ids[row] in undecided), None)
        if found is not None:
            self._browser.go_to(found)
        elif count:
            self.said.emit(say("Every photo that is shown has a flag."))

    def _is_open(self, id: int) -> bool:
        verdict = self._verdict(id)
        return verdict is not None and verdict.flag is Flag.NONE

    # Keys

    def _holds(self, modifier: Qt.KeyboardModifier) -> bool:
        return bool(self._held & modifier)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A shortcut's slot is not told which keys were down; the override before it is.
        if event.type() in _KEYS and isinstance(event, QKeyEvent):
            released = event.type() == QEvent.Type.KeyRelease
            self._held = Qt.KeyboardModifier.NoModifier if released else event.modifiers()
            self._look_at_caps(event)
        elif event.type() in _MOUSE and isinstance(event, QMouseEvent):
            self._held = event.modifiers()
        return False

    def _look_at_caps(self, event: QKeyEvent) -> None:
        bit = _CAPS_BITS.get(QGuiApplication.platformName())
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            # The modifiers of a key's own event are those from before it; X11 tells them again
            # with the next key anyway.
            if event.type() != QEvent.Type.KeyPress or bit is None:
                return
            on = not event.nativeModifiers() & bit
        elif bit is not None:
            on = bool(event.nativeModifiers() & bit)
        elif len(text) == 1 and text.isalpha() and not event.modifiers():
            on = text.isupper()
        else:
            return
        if on != self._caps:
            self._caps = on
            self.tell()
