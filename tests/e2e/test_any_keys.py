"""Hundreds of random keys: window, library and an independent model of culling stay one."""

from __future__ import annotations

import random
from collections import deque
from pathlib import Path

import pytest
from drawing import draw_folder
from ledger import Ledger
from typist import Keyboard, stored

from uniqa_desktop import paths, settings

PHOTOS = 12
PRESSES = 300
VERDICTS = ("p", "x", "m", "u", "0", "3", "5", "6", "9", "shift+6", "[", "]")
OTHER_WAY = ("alt+p", "alt+4", "alt+8", "shift+x", "shift+m", "shift+u")
MOVES = ("left", "right", "home", "end", "tab", "shift+tab", "enter", "up", "delete")
SELECTING = ("shift+left", "shift+right", "ctrl+a", "ctrl+i")
VIEWS = ("g", "e", "c", "n", "esc")
BACK = ("ctrl+z", "ctrl+z", "ctrl+shift+z", "ctrl+y")
KINDS = ((VERDICTS, 5), (OTHER_WAY, 1), (MOVES, 5), (SELECTING, 2), (VIEWS, 2), (BACK, 3))
AGAIN = 0.2
"""How often a key is pressed once more."""


def some_key(chance: random.Random, view: str) -> str:
    """A key at random; those that only some view knows are pressed where they mean something."""
    kinds, weights = zip(*KINDS, strict=True)
    (kind,) = chance.choices(kinds, weights)
    key = chance.choice(kind)
    grid_only, not_in = set(SELECTING), {"up": "compare", "delete": "survey"}
    if key in grid_only and view != "grid":
        return "right"
    if key in not_in and view != not_in[key]:
        return "left"
    if key == "enter" and view == "loupe":
        return "e"
    return key if not (key == "esc" and view == "grid") else "ctrl+shift+a"


@pytest.mark.parametrize("seed", [11])
def test_window_library_and_model_agree_after_every_key(qtbot, tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "photos"
    draw_folder(folder, PHOTOS)
    settings.save(settings.Settings(model="attributes-1", sidecars="off"))
    library = paths.library_file()
    library.parent.mkdir(parents=True, exist_ok=True)
    with Keyboard(qtbot, library) as person:
        person.window.open(folder)
        person.settle()
        person.press("home")
        ledger = Ledger(person.names)
        chance = random.Random(seed)
        lately: deque[str] = deque(maxlen=12)
        for number in range(PRESSES):
            again = lately and lately[-1] in BACK + VERDICTS and chance.random() < AGAIN
            key = lately[-1] if again else some_key(chance, ledger.view)
            lately.append(key)
            person.press(key)
            ledger.press(key)
            after = f"press {number} of seed {seed}, after {' '.join(lately)}"
            assert person.sees() == ledger.tells(), after
            assert stored(library) == ledger.verdicts, after
        assert len(ledger.done) > PRESSES / 10, "the walk has to judge, or it shows nothing"
