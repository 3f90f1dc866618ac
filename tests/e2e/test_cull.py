"""A whole cull of the demo shoot by the keyboard alone, from the welcome page to the trash.

Whatever is pressed is also told to the ledger, an independent model; at the end library, sidecars,
exported files and the trash have to agree with it, each read without the program.
"""

from __future__ import annotations

import hashlib
import sys
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest
from ledger import Judged, Ledger
from typist import Keyboard, stored

from uniqa_desktop import demo, paths, settings
from uniqa_desktop.gui.export_dialog import ExportDialog
from uniqa_desktop.gui.trash_dialog import TrashDialog

SMALL = 160
"""Long side of the shoot as it is drawn here: all 66 pictures in a second."""
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

IN_GRID = (
    "p", "right", "x", "right", "3", "shift+6", "right",
    "shift+right", "shift+right", "m", "]", "end", "x", "home", "ctrl+shift+a",
    "4", "x", "p", "alt+p", "8", "shift+x", "tab", "p", "tab", "u", "shift+tab",
    "ctrl+z", "ctrl+z", "ctrl+shift+z",
)  # fmt: skip
IN_LOUPE = (
    "e", "p", "2", "ctrl+shift+a", "right", "x", "right", "right", "5", "9", "[", "tab", "m",
    "ctrl+z", "end", "p", "home", "right", "7", "esc",
)  # fmt: skip
IN_COMPARE = (
    "right", "right", "c", "p", "tab", "x", "tab", "right", "p", "enter", "4", "left", "6",
    "ctrl+shift+a", "x", "x", "m", "ctrl+shift+a", "ctrl+z", "home", "1", "esc",
)  # fmt: skip
IN_SURVEY = (
    "shift+right", "shift+right", "shift+right", "shift+right", "n", "home", "x", "tab", "p",
    "delete", "right", "2", "tab", "7", "end", "u", "enter", "x", "g", "n", "p", "backspace",
    "m", "g",
)  # fmt: skip
BACK = ("ctrl+z",) * 6 + ("ctrl+shift+z",)
AFTERWARDS = ("ctrl+shift+z", "ctrl+y", "end", "left", "p", "ctrl+shift+z", "x", "ctrl+z", "9")


def test_a_shoot_is_culled_by_the_keyboard_alone(
    qtbot, tmp_path: Path, trash: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "draw", partial(demo.draw, long_side=SMALL))
    settings.save(settings.Settings(model="attributes-1"))
    library = paths.library_file()
    library.parent.mkdir(parents=True, exist_ok=True)
    folder = paths.demo_dir()

    with Keyboard(qtbot, library) as person:
        person.go_to("Try the demo shoot")
        person.press("space")
        person.settle()
        ledger = Ledger(person.names)
        assert len(ledger.names) == demo.COUNT
        originals = {path.name: digest(path) for path in folder.iterdir()}
        cull(person, ledger, *IN_GRID[:1])
        assert {path.name for path in folder.iterdir()} == set(originals), "nobody was asked yet"
        person.press("ctrl+f")
        person.go_to("Both")
        person.press("space", "g")
        for keys in (IN_GRID[1:], IN_LOUPE, IN_COMPARE, IN_SURVEY, BACK):
            cull(person, ledger, *keys)
    assert stored(library) == ledger.verdicts

    target = tmp_path / "best"
    with Keyboard(qtbot, library) as person:
        person.go_to(str(folder))
        person.press("space")
        person.settle()
        ledger.restarted()
        assert person.sees() == ledger.tells()
        cull(person, ledger, *AFTERWARDS)
        picks, rejects = ledger.with_flag("pick"), ledger.with_flag("reject")
        assert len(picks) > 3, "the script has to pick"
        assert len(rejects) > 3, "and to reject"
        export_picks(person, target)
        empty_rejects(person)

    assert stored(library) == ledger.verdicts
    for name, verdict in ledger.verdicts.items():
        place = trash / "Trash" / "files" if name in rejects else folder
        assert digest(place / name) == originals[name], f"{name} is not as it was taken"
        assert (folder / name).exists() == (name not in rejects)
        for beside in sidecars(name):
            said = read(place / beside)
            assert said == spoken(verdict), f"{beside} does not state what was pressed"
    exported = {path.name for path in target.iterdir()}
    assert exported == {*picks, *(beside for name in picks for beside in sidecars(name))}
    for name in picks:
        assert digest(target / name) == originals[name]
        for beside in sidecars(name):
            assert digest(target / beside) == digest(folder / beside)


def cull(person: Keyboard, ledger: Ledger, *keys: str) -> None:
    """Presses keys and compares the window with the ledger after each."""
    for number, key in enumerate(keys):
        person.press(key)
        ledger.press(key)
        assert person.sees() == ledger.tells(), f"after {' '.join(keys[: number + 1])}"


def export_picks(person: Keyboard, target: Path) -> None:
    person.press("ctrl+e")
    dialog = person.in_front(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    person.go_to("Target")
    person.press("ctrl+a")
    person.type(str(target))
    person.wait(dialog.row.go.isEnabled)
    person.go_to("Copy")
    assert not target.exists(), "nothing is done before the button"
    person.press("space")
    person.wait(dialog.open_button.isVisible)
    person.leave(ExportDialog)


def empty_rejects(person: Keyboard) -> None:
    person.press("ctrl+backspace")
    dialog = person.in_front(TrashDialog)
    assert isinstance(dialog, TrashDialog)
    person.wait(dialog.row.go.isVisible)
    person.go_to("to the trash")
    person.press("space")
    person.wait(lambda: "in the trash" in dialog.title.text())
    person.settle()
    person.leave(TrashDialog)


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder whose `Trash` the desktop's trash is, by the rules of freedesktop.org."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the trash can only be moved into a test's own folder on Linux")
    home = tmp_path / "data"
    home.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setenv("HOME", str(tmp_path))
    for module in [name for name in sys.modules if name.partition(".")[0] == "send2trash"]:
        monkeypatch.delitem(sys.modules, module)  # it looks where the trash is when imported
    return home


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sidecars(name: str) -> tuple[str, str]:
    return f"{Path(name).stem}.xmp", f"{name}.xmp"


def spoken(verdict: Judged) -> dict[str, str]:
    """What a sidecar says of a verdict; 0 says the same as nothing."""
    return {tag: value for tag, value in verdict.sidecar().items() if value != "0"}


def read(path: Path) -> dict[str, str]:
    """A sidecar's properties without their name spaces, and without zeros; none if it is not
    there."""
    if not path.exists():
        return {}
    said: dict[str, str] = {}
    for description in ElementTree.parse(path).iter(f"{RDF}Description"):
        said |= {name.rpartition("}")[2]: value for name, value in description.items()}
        said |= {each.tag.rpartition("}")[2]: each.text or "" for each in description}
    known = ("Rating", "Label", "PickLabel", "ColorLabel", "pick")
    return {name: said[name] for name in known if said.get(name, "0") != "0"}
