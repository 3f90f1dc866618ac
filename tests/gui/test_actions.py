from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from uniqa_desktop.gui.actions import COMMANDS, MENUS
from uniqa_desktop.gui.arranging import Arranging
from uniqa_desktop.gui.best_desk import BestDesk
from uniqa_desktop.gui.burst_desk import BurstDesk
from uniqa_desktop.gui.choices import Choices
from uniqa_desktop.gui.culling import Culling
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.filter_desk import FilterDesk
from uniqa_desktop.gui.folders import Folders
from uniqa_desktop.gui.group_desk import GroupDesk
from uniqa_desktop.gui.grouping_desk import GroupingDesk
from uniqa_desktop.gui.helping import Helping
from uniqa_desktop.gui.keys_sheet import KeysSheet
from uniqa_desktop.gui.overlays import Overlays
from uniqa_desktop.gui.taste_desk import TasteDesk
from uniqa_desktop.gui.triage_desk import TriageDesk
from uniqa_desktop.gui.viewing import Viewing

OWNERS = (
    Desk, Arranging, Culling, Viewing, Overlays, Folders, Choices, Helping, FilterDesk, TriageDesk,
    BestDesk, TasteDesk, GroupDesk, BurstDesk, GroupingDesk,
)  # fmt: skip
"""Whose methods handle commands; all of them are given to `actions.build`."""
CONTRACT = {
    "P": "flag_pick", "X": "flag_reject", "U": "flag_none", "M": "flag_maybe",
    "0": "stars_0", "1": "stars_1", "2": "stars_2", "3": "stars_3", "4": "stars_4", "5": "stars_5",
    "6": "label_red", "7": "label_yellow", "8": "label_green", "9": "label_blue",
    "Shift+6": "label_purple", "G": "show_grid", "E": "show_loupe", "Z": "toggle_zoom",
    "F": "full_screen", "I": "info", "\\": "filters", "Ctrl+F": "search",
    "C": "show_compare", "N": "show_survey", "Tab": "next_undecided",
    "Ctrl+Z": "undo", "Ctrl+Shift+Z": "redo", "?": "keys",
}  # fmt: skip
"""Keys that other programs' users expect, as fixed in the design."""


def test_every_command_has_one_handler() -> None:
    for command in COMMANDS:
        name = command.handler or command.id
        owners = [each for each in OWNERS if callable(getattr(each, name, None))]
        assert len(owners) == 1, name


def test_ids_and_keys_are_unique() -> None:
    keys = Counter(
        QKeySequence(key).toString()
        for command in COMMANDS
        for key in command.keys + command.other_way
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert "" not in keys, "a key that Qt does not understand"


def test_the_keys_of_the_contract_do_what_it_says() -> None:
    by_key = {key: command.id for command in COMMANDS for key in command.keys}
    assert {key: by_key.get(key) for key in CONTRACT} == CONTRACT


def test_the_sheet_shows_every_key(qtbot) -> None:
    sheet = KeysSheet()
    qtbot.addWidget(sheet)
    shown = " ".join(label.text() for label in sheet.findChildren(QLabel))
    for command in COMMANDS:
        for key in command.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in shown
    assert all(menu in shown for menu in MENUS)
