"""The `?` sheet: every command with its keys, made from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
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
from uniqa_desktop.gui.actions import COMMANDS, MENUS, Command, translated

_COLUMNS = (("File", "Edit", "Help"), ("Verdict", "Scoring"), ("View",))
"""Which menus stand below each other, so that the columns are about equally long."""


class KeysSheet(QDialog):
    """All keys on one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        columns = QHBoxLayout()
        columns.setSpacing(5 * theme.SPACE)
        for menus in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE)
            for menu in menus:
                column.addLayout(self._menu(menu))
                column.addSpacing(theme.SPACE)
            column.addStretch()
            columns.addLayout(column)
        note = QLabel(
            self.tr(
                "Caps Lock is auto-advance while it is on. Alt with a verdict key, or Shift with "
                "X, M or U, does the opposite once."
            )
        )
        note.setProperty("role", "dim")
        note.setWordWrap(True)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.addLayout(columns)
        rows.addSpacing(theme.SPACE)
        rows.addWidget(note)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        body = QVBoxLayout(self)
        body.setContentsMargins(3 * theme.SPACE, 3 * theme.SPACE, 3 * theme.SPACE, 2 * theme.SPACE)
        body.addWidget(scroll, 1)
        body.addWidget(buttons)
        wanted = page.sizeHint()
        self.resize(wanted.width() + 8 * theme.SPACE, min(720, wanted.height() + 12 * theme.SPACE))

    def _menu(self, menu: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE // 2)
        title = QLabel(translated(menu))
        title.setProperty("role", "emphasis")
        grid.addWidget(title, 0, 0, 1, 2)
        for row, command in enumerate(listed(menu), 1):
            grid.addWidget(QLabel(translated(command.text)), row, 0)
            keys = QLabel(keys_text(command))
            keys.setProperty("role", "dim")
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid


def listed(menu: str) -> list[Command]:
    """The commands of a menu that have a key."""
    return [command for command in COMMANDS if command.menu == menu and command.keys]


def keys_text(command: Command) -> str:
    """All keys of a command as this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(form) for key in command.keys)


assert sorted(sum(_COLUMNS, ())) == sorted(MENUS), "every menu has a column"
