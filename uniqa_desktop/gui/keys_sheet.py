"""The `?` sheet: every command with its keys, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.actions import COMMANDS, MENUS, Command, title, translated
from uniqa_desktop.gui.keymap import Keymap, native

_COLUMNS = (
    ("File", "Edit", "Help"), ("Verdict", "Scoring", "Taste"), ("View",), ("Filter", "Bursts"),
)  # fmt: skip
"""Which menus stand below each other, so that the columns are about equally long."""
_SHARE = 0.94
"""How much of the screen the sheet may take, each way."""


class KeysSheet(QDialog):
    """All keys on one page.

    Signals:
        change_requested(): the user wants other keys.
    """

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None, keymap: Keymap | None = None) -> None:
        """Shows the keys of `keymap`, by default those of the table of commands."""
        super().__init__(parent)
        self._keymap = keymap or Keymap.of()
        self.setWindowTitle(self.tr("Keys"))
        room = self.screen().availableSize() * _SHARE
        page = self._page(len(_COLUMNS))
        for count in range(len(_COLUMNS) - 1, 0, -1):
            if page.sizeHint().width() + 8 * theme.SPACE <= room.width():
                break
            page = self._page(count)  # large text: fewer columns, and one scrolls down
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.reject)
        change = buttons.addButton(self.tr("Change keys…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.setAutoDefault(False)
        change.clicked.connect(self.reject)
        change.clicked.connect(self.change_requested)
        body = QVBoxLayout(self)
        body.setContentsMargins(3 * theme.SPACE, 3 * theme.SPACE, 3 * theme.SPACE, 2 * theme.SPACE)
        body.addWidget(scroll, 1)
        body.addWidget(buttons)
        space = QSize(8, 8) * theme.SPACE + QSize(0, buttons.sizeHint().height())
        self.resize((page.sizeHint() + space).boundedTo(room))

    def _page(self, count: int) -> QWidget:
        """All menus in so many columns."""
        columns = QHBoxLayout()
        columns.setSpacing(5 * theme.SPACE)
        for place in range(count):
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE)
            for menus in _COLUMNS[place::count]:
                for menu in menus:
                    column.addLayout(self._menu(menu))
                    column.addSpacing(theme.SPACE)
            column.addStretch()
            columns.addLayout(column)
        note = QLabel(self._note())
        note.setProperty("role", "dim")
        note.setWordWrap(True)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.addLayout(columns)
        rows.addSpacing(theme.SPACE)
        rows.addWidget(note)
        return page

    def _menu(self, menu: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE // 2)
        head = QLabel(translated(menu))
        head.setProperty("role", "emphasis")
        grid.addWidget(head, 0, 0, 1, 2)
        for row, command in enumerate(listed(menu, self._keymap), 1):
            grid.addWidget(QLabel(title(command)), row, 0)
            keys = QLabel("  ".join(native(key) for key in self._keymap.keys(command)))
            keys.setProperty("role", "dim")
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid

    def _note(self) -> str:
        letters = ", ".join(
            native(stroke)
            for command in COMMANDS
            for stroke in self._keymap.other_way(command)
            if stroke.startswith("Shift+")
        )
        if not letters:
            return self.tr(
                "Caps Lock is auto-advance while it is on. Alt with a verdict key does the "
                "opposite once."
            )
        return self.tr(
            "Caps Lock is auto-advance while it is on. Alt with a verdict key, or {keys}, does the "
            "opposite once."
        ).format(keys=letters)


def listed(menu: str, keymap: Keymap) -> list[Command]:
    """The commands of a menu that have a key."""
    return [command for command in COMMANDS if command.menu == menu and keymap.keys(command)]


assert sorted(sum(_COLUMNS, ())) == sorted(MENUS), "every menu has a column"
