"""The dialog where keys are changed: every command with its keys, a profile, press to record."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.actions import COMMANDS, Command, title, translated
from uniqa_desktop.gui.key_field import KeyField
from uniqa_desktop.gui.key_profiles import PROFILES
from uniqa_desktop.gui.keymap import Keymap, is_free, native

_GAP = "   "


class KeysDialog(QDialog):
    """A table of all commands over the keys of the chosen one. What is changed holds at once.

    Signals:
        changed(Keymap): these are the keys from now on.
    """

    changed = Signal(object)

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change keys"))
        self.keymap = keymap
        self._wanted = ""
        self.profile = QComboBox()
        self.profile.setAccessibleName(self.tr("Keys as in"))
        for id, profile in PROFILES.items():
            self.profile.addItem(profile.name, id)
        self.profile.setCurrentIndex(self.profile.findData(keymap.profile))
        self.profile.currentIndexChanged.connect(self._choose_profile)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search commands and keys"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = self._make_table()
        self.title = QLabel()
        self.title.setProperty("role", "emphasis")
        self.field = KeyField()
        self.field.setPlaceholderText(self.tr("Press a key here"))
        self.field.setAccessibleName(self.tr("New key"))
        self.field.setFixedWidth(24 * theme.SPACE)
        self.field.pressed.connect(self._record)
        self.field.left.connect(self.table.setFocus)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "dim")
        self.replace = self._button(self.tr("Use this key"), lambda: self._give(add=False))
        self.add = self._button(self.tr("Add this key"), lambda: self._give(add=True))
        self.none = self._button(self.tr("No key"), lambda: self._use(()))
        self.reset = self._button(self.tr("Reset"), self._reset)
        self.reset_all = self._button(self.tr("Reset all keys"), self._reset_all)
        self.close_button = self._button(self.tr("Close"), self.accept)
        self._lay_out()
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.94))
        self._show_keys()
        self.table.selectRow(0)
        self.search.setFocus()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(COMMANDS), 4)
        table.setAccessibleName(self.tr("Commands and their keys"))
        table.setHorizontalHeaderLabels(
            [self.tr("Command"), self.tr("Menu"), self.tr("Keys"), self.tr("Changed")]
        )
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(
            table.fontMetrics().height() + int(1.5 * theme.SPACE)
        )
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, command in enumerate(COMMANDS):
            for column, text in enumerate((title(command), translated(command.menu))):
                table.setItem(row, column, QTableWidgetItem(text))
        table.currentCellChanged.connect(self._show_chosen)
        table.cellActivated.connect(lambda *_: self.field.setFocus())
        return table

    def _button(self, text: str, clicked: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        space = theme.SPACE
        body = QVBoxLayout(self)
        body.setContentsMargins(2 * space, 2 * space, 2 * space, 2 * space)
        body.setSpacing(int(1.5 * space))
        label = QLabel(self.tr("Keys as in"))
        label.setBuddy(self.profile)
        body.addLayout(_row(label, self.profile, None, self.search))
        self.search.setMinimumWidth(32 * space)
        body.addWidget(self.table, 1)
        body.addWidget(self.title)
        body.addLayout(_row(self.field, self.replace, self.add, None, self.none, self.reset))
        body.addWidget(self.note)
        body.addLayout(_row(self.reset_all, None, self.close_button))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(88 * theme.SPACE, 76 * theme.SPACE))

    # What is shown

    @property
    def chosen(self) -> Command:
        """The command whose keys are changed."""
        return COMMANDS[max(0, self.table.currentRow())]

    def _show_keys(self) -> None:
        for row, command in enumerate(COMMANDS):
            keys = _GAP.join(native(key) for key in self.keymap.keys(command))
            self._put(row, 2, keys)
            own = self.tr("by you") if self.keymap.is_own(command) else ""
            self._put(row, 3, own)
        self.reset_all.setEnabled(bool(self.keymap.own))
        self._filter(self.search.text())
        self._show_chosen()

    def _put(self, row: int, column: int, text: str) -> None:
        # Every change of an item makes the table measure its columns anew, so only real ones.
        item = self.table.item(row, column)
        if item is None:
            self.table.setItem(row, column, QTableWidgetItem(text))
        elif item.text() != text:
            item.setText(text)

    def _show_chosen(self, *_cell: int) -> None:
        command = self.chosen
        self.title.setText(self.tr("Keys of “{command}”").format(command=title(command)))
        self.field.takes_tab = command.among_photos
        self.none.setEnabled(bool(self.keymap.keys(command)))
        self.reset.setEnabled(self.keymap.is_own(command))
        self._wanted = ""
        self.field.show_key("")
        self._say(self.tr("Choose a command, go to the field and press the key it shall have."))
        self._offer(False)

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row in range(self.table.rowCount()):
            cells = (self.table.item(row, column) for column in range(3))
            hit = any(cell is not None and wanted in cell.text().casefold() for cell in cells)
            self.table.setRowHidden(row, not hit)
        if wanted and self.table.isRowHidden(max(0, self.table.currentRow())):
            shown = (r for r in range(self.table.rowCount()) if not self.table.isRowHidden(r))
            self.table.selectRow(next(shown, -1))

    def _say(self, text: str, warning: bool = False) -> None:
        self.note.setProperty("role", "warning" if warning else "dim")
        self.note.style().polish(self.note)
        self.note.setText(text)
        self.note.setAccessibleName(text)

    def _offer(self, possible: bool) -> None:
        self.replace.setEnabled(possible)
        self.add.setEnabled(possible and bool(self.keymap.keys(self.chosen)))

    # What is changed

    def _record(self, key: str) -> None:
        self._wanted = key
        command, owner = self.chosen, self.keymap.owner(key)
        free = is_free(command, key)
        self._offer(free and owner is not command)
        if not free:
            text = self.tr("{key} moves through photos and dialogs everywhere: choose another.")
            self._say(text.format(key=native(key)), warning=True)
        elif owner is command:
            self._say(self.tr("The command has {key} already.").format(key=native(key)))
        elif owner is not None:
            text = self.tr("{key} belongs to “{command}”, from which it is taken if you use it.")
            self._say(text.format(key=native(key), command=title(owner)), warning=True)
        else:
            self._say(self.tr("{key} is free.").format(key=native(key)))

    def _give(self, *, add: bool) -> None:
        before = self.keymap.keys(self.chosen) if add else ()
        self._use((*before, self._wanted))

    def _use(self, keys: tuple[str, ...]) -> None:
        self._change(self.keymap.with_keys(self.chosen, keys))

    def _reset(self) -> None:
        self._change(self.keymap.without_own(self.chosen))

    def _reset_all(self) -> None:
        self._change(Keymap.of(self.keymap.profile))

    def _choose_profile(self, index: int) -> None:
        self._change(self.keymap.with_profile(self.profile.itemData(index)))

    def _change(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._show_keys()
        self.changed.emit(keymap)


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; `None` is a gap that grows."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget)
    return row
