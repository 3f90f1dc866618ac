"""A photo that another program deletes while it is looked at keeps all that was decided on it."""

from __future__ import annotations

from pathlib import Path

from drawing import draw_folder
from ledger import Judged
from typist import Keyboard, stored

from uniqa_desktop import paths, settings


def test_a_photo_deleted_while_in_view_is_said_and_keeps_its_verdicts(
    qtbot, tmp_path: Path
) -> None:
    folder, library = tmp_path / "photos", paths.library_file()
    draw_folder(folder, 4)
    settings.save(settings.Settings(model="attributes-1", sidecars="off"))
    library.parent.mkdir(parents=True, exist_ok=True)
    with Keyboard(qtbot, library) as person:
        person.window.open(folder)
        person.settle()
        person.press("home", "right", "3", "e")
        browser = person.window.browser
        person.wait(lambda: browser.loupe.view.frame is not None)
        gone = folder / "IMG_0001.jpg"
        data = gone.read_bytes()
        gone.unlink()
        person.press("p")
        assert stored(library)[gone.name] == Judged("pick", 3)
        person.press("f5")
        person.settle()
        person.wait(lambda: "not there at the moment" in browser.loupe.note.text())
        person.press("c", "right", "n", "esc", "home", "right", "x")
        assert stored(library)[gone.name] == Judged("reject", 3)
        person.press("ctrl+z", "ctrl+r")
        assert gone.name not in person.names
        assert len(person.names) == 3
        gone.write_bytes(data)
        person.press("f5")
        person.settle()
        person.press("ctrl+r")
        assert gone.name in person.names
    assert stored(library)[gone.name] == Judged("pick", 3)
