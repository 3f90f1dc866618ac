"""Writes docs/guide/keys.md from the table of commands and the key profiles: `make keys`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guide" / "keys.md"

_HEAD = """# Keys

Written by `make keys` from the program's own tables; do not edit it by hand.

The same key means the same in grid, loupe, compare and survey. `?` shows the keys that hold now,
**Help > Change keys…** changes them: choose a command, go to the field, press the key. If another
command has it, the dialog says which one and takes it from there when you agree. Your own keys lie
on top of a profile and are kept in `settings.json`; they hold at once.

Caps Lock is auto-advance while it is on. Alt with a verdict key does the opposite once: it goes on
to the next photo if auto-advance is off, and stays if it is on; so does Shift with the letter of a
flag where no command has that.

**Keyboards whose digits need Shift** (French, Belgian, Czech, Slovak): the row of digits gives
stars and colours with Shift and without, by the place of the key. Shift+6 gives red there, as 6
does: give purple a key of its own if you use it.

These keys belong to the views and cannot be given to a command:

| key | does |
|---|---|
| ← → | previous and next photo, in compare the challenger |
| Home, End | first and last photo |
| Enter | grid: opens the photo; compare: makes the challenger the champion |
| Esc | back to the grid; leaves a search |
| Space, held | 100 % as long as it is held |
| Tab, Shift+Tab | next and previous undecided photo; in dialogs and fields the next field |
"""


def page() -> str:
    """The page as it has to be."""
    from uniqa_desktop.gui.actions import COMMANDS, MENUS
    from uniqa_desktop.gui.key_profiles import PROFILES
    from uniqa_desktop.gui.keymap import Keymap

    keymaps = {profile.name: Keymap.of(id) for id, profile in PROFILES.items()}
    lines = [_HEAD]
    for menu in MENUS:
        lines.append(f"## {menu}\n")
        lines.append("| command | " + " | ".join(keymaps) + " |")
        lines.append("|---" * (len(keymaps) + 1) + "|")
        for command in COMMANDS:
            if command.menu == menu:
                name = f"{command.submenu}: {command.text}" if command.submenu else command.text
                cells = [
                    " ".join(_cell(key) for key in keymap.keys(command))
                    for keymap in keymaps.values()
                ]
                lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _cell(key: str) -> str:
    return f"`{key}`"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page(), encoding="utf-8")
