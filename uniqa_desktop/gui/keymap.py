"""Which keys do what: the table of commands, a profile over it, the user's own over both."""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from uniqa_desktop.gui.actions import COMMANDS, Command
from uniqa_desktop.gui.key_profiles import DEFAULT, PROFILES

_log = logging.getLogger(__name__)

_OF_THE_VIEWS = frozenset(
    (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
        Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return,
        Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space,
    )
)  # fmt: skip
"""Keys by which every list, dialog and view is walked through: a command on one of them would take
it from all of these."""
_HELD = frozenset(
    (
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown, Qt.Key(0),
    )
)  # fmt: skip
"""What is no stroke of its own."""
_FOCUS = frozenset((Qt.Key.Key_Tab, Qt.Key.Key_Backtab))
"""Keys that move the keyboard focus wherever the photos do not have it."""


@functools.lru_cache(maxsize=1024)
def portable(key: str) -> str:
    """A key sequence as it is stored, `Ctrl+Shift+E`; empty where it is none, or not one stroke."""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    if sequence.count() != 1 or stroke(key).key() in _HELD:
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def stroke(key: str) -> QKeyCombination:
    """The one stroke of a key sequence."""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    return sequence[0]  # type: ignore[reportIndexIssue]  # the stubs lack it


def native(key: str) -> str:
    """A key sequence as this system writes it in menus."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def is_free(command: Command, key: str) -> bool:
    """Whether a command may have this key at all: not where the views or the focus need it."""
    struck = stroke(key)
    if struck.keyboardModifiers() & Qt.KeyboardModifier.AltModifier:
        return True
    if struck.key() in _FOCUS:
        return command.among_photos
    return struck.key() not in _OF_THE_VIEWS


@dataclass(frozen=True)
class Keymap:
    """The keys of every command.

    A key belongs to one command: the user's own come before those of the profile, and these before
    those of the table; within each, the order of the table decides.
    """

    profile: str
    own: Mapping[str, tuple[str, ...]]
    _keys: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, profile: str = DEFAULT, own: Mapping[str, Sequence[str]] | None = None) -> Keymap:
        """The keymap of a profile with the user's own keys.

        Args:
            profile: one of `PROFILES`.
            own: the keys by command id, all of them known and valid, such as `stored` gives.

        Raises:
            KeyError: no such profile.
        """
        mine = {id: tuple(keys) for id, keys in (own or {}).items()}
        theirs = PROFILES[profile].keys
        taken: set[str] = set()
        keys: dict[str, tuple[str, ...]] = {}
        for layer in (mine, theirs, {command.id: command.keys for command in COMMANDS}):
            for command in COMMANDS:
                if command.id in layer and command.id not in keys:
                    free = (portable(key) for key in layer[command.id])
                    keys[command.id] = tuple(k for k in dict.fromkeys(free) if k not in taken)
                    taken.update(keys[command.id])
        return cls(profile, MappingProxyType(mine), MappingProxyType(keys))

    @classmethod
    def stored(cls, profile: str, own: Mapping[str, object]) -> Keymap:
        """The keymap of the settings; what makes no sense there is logged and left out."""
        if profile not in PROFILES:
            _log.warning("There is no key profile %r: using %s.", profile, DEFAULT)
            profile = DEFAULT
        by_id = {command.id: command for command in COMMANDS}
        valid: dict[str, tuple[str, ...]] = {}
        for id, keys in own.items():
            if id not in by_id or not isinstance(keys, list):
                _log.warning("The keys %r of the command %r are ignored.", keys, id)
                continue
            good = [key for key in keys if isinstance(key, str) and _is_good(by_id[id], key)]
            if len(good) < len(keys):
                _log.warning("Of the keys %r of the command %r these hold: %r.", keys, id, good)
            if good or not keys:
                valid[id] = tuple(portable(key) for key in good)
        return cls.of(profile, valid)

    def keys(self, command: Command) -> tuple[str, ...]:
        """All keys of a command in portable text; the first is the one shown."""
        return self._keys[command.id]

    def other_way(self, command: Command) -> tuple[str, ...]:
        """The keys that give a verdict and do the opposite of auto-advance, once.

        They follow the verdict's own keys: Alt with each, and Shift with the letter of a flag,
        where no command has that.
        """
        if not command.other_way:
            return ()
        keys = self.keys(command)
        wished = list(command.other_way) if keys == command.keys else []
        if not wished:
            plain = [key for key in keys if "+" not in key]
            wished = [f"Alt+{key}" for key in plain]
            if command.handler == "give_flag":
                wished += [f"Shift+{key}" for key in plain if len(key) == 1 and key.isalpha()]
        return tuple(key for key in wished if self.owner(key) is None)

    def owner(self, key: str) -> Command | None:
        """The command that has this key."""
        key = portable(key)
        return next((command for command in COMMANDS if key in self._keys[command.id]), None)

    def is_own(self, command: Command) -> bool:
        """Whether the user has changed the keys of a command."""
        return self.keys(command) != _of_profile(self.profile).keys(command)

    def with_keys(self, command: Command, keys: Sequence[str]) -> Keymap:
        """The same with these keys for a command; they are taken from those that have them."""
        wanted = tuple(dict.fromkeys(portable(key) for key in keys))
        own = {**self.own, command.id: wanted}
        for other in COMMANDS:
            left = tuple(key for key in self.keys(other) if key not in wanted)
            if other is not command and left != self.keys(other):
                own[other.id] = left
        return self._tidy(own)

    def without_own(self, command: Command) -> Keymap:
        """The same with the profile's keys for a command, taken from those that have them now."""
        return self.with_keys(command, _of_profile(self.profile).keys(command))

    def with_profile(self, profile: str) -> Keymap:
        """Another profile below the user's own keys."""
        return Keymap.of(profile, self.own)

    def _tidy(self, own: Mapping[str, tuple[str, ...]]) -> Keymap:
        """Forgets own keys that are the profile's anyway, so that they follow it later."""
        plain = _of_profile(self.profile)
        by_id = {command.id: command for command in COMMANDS}
        kept = {id: keys for id, keys in own.items() if plain.keys(by_id[id]) != keys}
        return Keymap.of(self.profile, kept)


@functools.cache
def _of_profile(profile: str) -> Keymap:
    """The keys of a profile without the user's own."""
    return Keymap.of(profile)


def _is_good(command: Command, key: str) -> bool:
    return bool(portable(key)) and is_free(command, key)
