"""A taste from the first rating to the next start, by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

from drawing import draw_folder
from PySide6.QtWidgets import QInputDialog
from typist import Keyboard

from uniqa_desktop import paths, settings
from uniqa_desktop.gui.taste_dialog import TasteDialog
from uniqa_desktop.gui.tastes_dialog import TastesDialog
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

PHOTOS = 14
STARS = "152514521534"


def test_twelve_ratings_make_a_taste_that_is_there_after_a_restart(qtbot, tmp_path: Path) -> None:
    settings.save(settings.Settings(model="attributes-1"))
    library = paths.library_file()
    library.parent.mkdir(parents=True, exist_ok=True)
    folder = tmp_path / "photos"
    draw_folder(folder, PHOTOS)

    with Keyboard(qtbot, library) as person:
        person.window.open(folder)
        person.settle()
        person.press("g")
        for stars in STARS:
            person.press(stars, "right")
        learned(person, library, 12)
        assert all(taste is not None for taste in tastes(person)), "each photo has its taste"
        strip = person.desk.info.evidence
        person.press("end")
        person.wait(strip.isVisible)
        assert "Generic score" in strip.text

        person.press("ctrl+t")
        dialog = person.in_front(TasteDialog)
        assert isinstance(dialog, TasteDialog)
        person.wait(lambda: dialog.card.basis.text().startswith("12 ratings"))
        assert dialog.card.rows["held_out"][0].text() != "–"
        assert dialog.card.rows["generic"][0].text() != "–"
        person.press("esc")
        person.wait(lambda: not dialog.isVisible())
        person.window.activateWindow()
        person.wait(person.window.isActiveWindow)

        person.press("ctrl+z")
        learned(person, library, 11)
        by_first = tastes(person)

        person.press("ctrl+shift+t")
        chosen = person.in_front(TastesDialog)
        assert isinstance(chosen, TastesDialog)
        person.go_to("New…")
        person.press("space")
        person.in_front(QInputDialog)
        person.type("Client X")
        person.press("enter")
        person.wait(lambda: chosen.list.count() == 2)
        chosen.activateWindow()  # as a desktop does
        person.in_front(TastesDialog)
        person.go_to("Use")
        person.press("space")
        person.leave(TastesDialog)
        learned(person, library, 11, "Client X")

    with Keyboard(qtbot, library) as person:
        person.window.open(folder)
        person.settle()
        person.wait(lambda: all(taste is not None for taste in tastes(person)))
        bar = person.desk.filter_bar
        assert bar.sort.findData(Sort.TASTE.value) >= 0, "it can be sorted by"
        assert tastes(person) == by_first, "both learned from the same ratings"
        with Store.open(library) as store:
            assert store.tastes.profile().name == "Client X"


def learned(person: Keyboard, library: Path, ratings: int, name: str = "My taste") -> None:
    """Waits until so many ratings were learned from."""
    with Store.open(library) as store:
        profile = store.tastes.profile(name)

        def there() -> bool:
            version = store.tastes.current(profile, "attributes-1")
            return version is not None and version.card["n"] == ratings

        person.wait(there)
        person.settle()
        if store.tastes.profile() == profile:
            known = store.tastes.scores(profile, "attributes-1")
            person.wait(lambda: tastes(person) == [known[id] for id in sorted(known)])


def tastes(person: Keyboard) -> list[float | None]:
    photos = person.window.browser.photos
    found = sorted(
        (photo for photo in map(photos.photo, range(photos.rowCount())) if photo is not None),
        key=lambda photo: photo.id,
    )
    return [photo.taste for photo in found]
