"""A button with a menu of what the photos have: cameras, days, each with how many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from uniqa_desktop.gui import words

T = TypeVar("T")
_LONG = 24
"""Characters of a choice that the button shows."""
_MANY = 31
"""More values than this are put into sub-menus."""


class FacetMenu(QToolButton, Generic[T]):
    """Chooses one or several of the values that occur; none chosen means any.

    Signals:
        chosen_changed(): the user has chosen.
    """

    chosen_changed = Signal()

    def __init__(
        self,
        name: str,
        any_text: str,
        *,
        several: bool,
        shown: Callable[[T], str] = str,
        group: Callable[[T], str] | None = None,
        icon: Callable[[T], QIcon] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Makes an empty menu.

        Args:
            parent: the owner.
            name: what is chosen, shown on the button ("Camera").
            any_text: the entry that chooses everything.
            several: whether more than one may be chosen.
            shown: a value as text.
            group: in which sub-menu a value is when there are many; without it there are none.
            icon: a value as a picture beside its text.
        """
        super().__init__(parent)
        self._name = name
        self._any_text = any_text
        self._several = several
        self._shown = shown
        self._group = group
        self._icon = icon
        self.values: list[tuple[T, int | None]] = []
        self._chosen: list[T] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._menu = QMenu(self)
        # Filled when it is opened: not under the pointer, and not for every file that a scan finds.
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._label()

    @property
    def chosen(self) -> list[T]:
        return list(self._chosen)

    def choose(self, values: Sequence[T]) -> None:
        """Chooses without telling anybody; values that do not occur are kept all the same."""
        self._chosen = list(dict.fromkeys(values))
        self._label()

    def set_values(self, values: Sequence[tuple[T, int | None]]) -> None:
        """What occurs, and how often, where that is known."""
        self.values = list(values)

    def _fill(self) -> None:
        for menu in self._menu.findChildren(QMenu):
            menu.deleteLater()
        self._menu.clear()
        everything = self._menu.addAction(self._any_text)
        everything.setCheckable(True)
        everything.setChecked(not self._chosen)
        everything.triggered.connect(lambda: self._pick(None))
        self._menu.addSeparator()
        known = [value for value, _ in self.values]
        gone: list[tuple[T, int | None]] = [
            (value, 0) for value in self._chosen if value not in known
        ]
        menus: dict[str, QMenu] = {}
        for value, n in self.values + gone:
            menu = self._menu
            if self._group is not None and len(self.values) > _MANY:
                name = self._group(value)
                if name not in menus:
                    menus[name] = self._menu.addMenu(name)
                menu = menus[name]
            menu.addAction(self._action(value, n))

    def _action(self, value: T, n: int | None) -> QAction:
        # Ampersands in camera names are not mnemonics.
        text = self._shown(value).replace("&", "&&")
        action = QAction(text if n is None else f"{text}   {words.number(n)}", self._menu)
        if self._icon is not None:
            action.setIcon(self._icon(value))
        action.setCheckable(True)
        action.setChecked(value in self._chosen)
        action.triggered.connect(lambda: self._pick(value))
        return action

    def _pick(self, value: T | None) -> None:
        if value is None:
            self._chosen = []
        elif value in self._chosen:
            self._chosen.remove(value)
        elif self._several:
            self._chosen.append(value)
        else:
            self._chosen = [value]
        self._label()
        self.chosen_changed.emit()

    def _label(self) -> None:
        text = self._in_words()
        if len(text) > _LONG:
            text = text[: _LONG - 1] + "…"
        self.setText(f"{text.replace('&', '&&')} ▾")
        self.setProperty("chosen", bool(self._chosen))
        whole = ", ".join(self._shown(value) for value in self._chosen) or self._any_text
        self.setToolTip(f"{self._name}: {whole}")
        self.setAccessibleName(self.toolTip())

    def _in_words(self) -> str:
        """What the button says."""
        if not self._chosen:
            return self._name
        if len(self._chosen) == 1:
            return self._shown(self._chosen[0])
        return f"{self._name}: {len(self._chosen)}"
