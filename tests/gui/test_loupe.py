"""The loupe: what is on screen while pictures come, go, fail and are stepped through."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from gui.pictures import Decoder, array, checkerboard, photo, picture, plain
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.gui.loupe import Loupe
from uniqa_desktop.gui.loupe_loader import key_of
from uniqa_desktop.gui.zoom import Framing
from uniqa_desktop.photo import Scores, State

ONE, TWO, THREE = photo(1), photo(2), photo(3)
TINTS = {1: 40, 2: 90, 3: 140}


@pytest.fixture
def decoder() -> Decoder:
    made = Decoder()
    for number, one in enumerate((ONE, TWO, THREE), 1):
        full = picture(plain(TINTS[number] + 1))
        made.give(one, full, picture(plain(TINTS[number], 300, 200), (600, 400)))
    return made


@pytest.fixture
def loupe(qtbot: QtBot, decoder: Decoder) -> Iterator[Loupe]:
    made = Loupe(quick=decoder.quick, full=decoder.full)
    qtbot.addWidget(made)
    made.view.setFixedSize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    yield made
    decoder.release_all()
    made.stop()


def tint(loupe: Loupe) -> int:
    """The red in the middle of the picture on screen."""
    seen = array(loupe.view.grab().toImage())
    return int(seen[seen.shape[0] // 2, seen.shape[1] // 2, 0])


def shows(qtbot: QtBot, loupe: Loupe, red: int) -> None:
    qtbot.waitUntil(lambda: tint(loupe) == red)


def thumbnail(red: int) -> QImage:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(0xFF000000 | red << 16)
    return image


def test_thumbnail_then_preview_then_full_picture(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    decoder.hold("quick", ONE)
    decoder.hold("full", ONE)
    loupe.show_photo(ONE, thumbnail=QPixmap.fromImage(thumbnail(7)))
    assert tint(loupe) == 7, "at once, before anything is decoded"
    decoder.release("quick", ONE)
    shows(qtbot, loupe, TINTS[1])
    assert "preview" in loupe.caption.zoom.text()
    decoder.release("full", ONE)
    shows(qtbot, loupe, TINTS[1] + 1)
    assert loupe.caption.zoom.text() == "Fit, 50 %"


def test_a_stale_picture_is_never_shown(qtbot: QtBot, loupe: Loupe, decoder: Decoder) -> None:
    decoder.hold("quick", ONE)
    decoder.hold("full", ONE)
    loupe.show_photo(ONE)
    assert decoder.begun["quick", ONE.path].wait(10)
    loupe.show_photo(TWO)
    shows(qtbot, loupe, TINTS[2] + 1)
    decoder.release_all()
    qtbot.waitUntil(lambda: loupe._loader.frame(key_of(ONE)) is not None)
    qtbot.wait(20)  # whatever it has to say has been heard
    assert tint(loupe) == TINTS[2] + 1


def test_no_picture_of_the_last_photo_under_the_name_of_the_next(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    loupe.show_photo(ONE, thumbnail=thumbnail(7))
    shows(qtbot, loupe, TINTS[1] + 1)
    for kind in ("quick", "full"):
        decoder.hold(kind, TWO)
    loupe.show_photo(TWO)
    assert loupe.caption.name.text() == TWO.path.name
    assert tint(loupe) not in (7, TINTS[1], TINTS[1] + 1)
    qtbot.waitUntil(lambda: loupe.view.placeholder == "Reading the photo…")


def test_neighbours_are_there_before_they_are_stepped_to(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    loupe.show_photo(ONE, [TWO, THREE])
    qtbot.waitUntil(lambda: ("quick", THREE.path) in decoder.calls)
    shows(qtbot, loupe, TINTS[1] + 1)
    qtbot.waitUntil(lambda: all(loupe._loader.frame(key_of(p)) for p in (TWO, THREE)))
    loupe.show_photo(TWO, [THREE, ONE])
    assert tint(loupe) == TINTS[2]
    assert [call for call in decoder.calls if call[0] == "full"] == [("full", ONE.path)]


def test_while_zoomed_the_neighbours_full_pictures_are_made_ready(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    loupe.show_photo(ONE, [TWO])
    shows(qtbot, loupe, TINTS[1] + 1)
    assert ("full", TWO.path) not in decoder.calls
    QTest.keyClick(loupe.view, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: ("full", TWO.path) in decoder.calls)


def test_zoom_and_place_stay_while_stepping(qtbot: QtBot, loupe: Loupe, decoder: Decoder) -> None:
    for one in (ONE, TWO):
        decoder.give(one, picture(checkerboard(600, 400, tint=TINTS[one.id])))
    loupe.show_photo(ONE)
    shows(qtbot, loupe, TINTS[1])
    loupe.view.set_framing(Framing(1.0))
    QTest.mousePress(loupe.view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(loupe.view, QPoint(60, 110))
    QTest.mouseRelease(loupe.view, Qt.MouseButton.LeftButton, pos=QPoint(60, 110))
    place = loupe.view.target
    assert place.topLeft() == QPoint(-190, -90)
    loupe.show_photo(TWO)
    shows(qtbot, loupe, TINTS[2])
    assert loupe.view.zoom == 1.0
    assert loupe.view.target == place
    expected = checkerboard(600, 400, tint=TINTS[2])[90:290, 190:490]
    np.testing.assert_array_equal(array(loupe.view.grab().toImage()), expected)


def test_the_same_place_is_seen_in_a_photo_of_another_size(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    decoder.give(TWO, picture(plain(TINTS[2], 1200, 800)))
    loupe.show_photo(ONE)
    shows(qtbot, loupe, TINTS[1] + 1)
    loupe.view.set_framing(Framing(1.0, 0.5, 0.4))
    loupe.show_photo(photo(2, meta=ONE.meta))
    shows(qtbot, loupe, TINTS[2])
    assert loupe.view.target.topLeft() == QPoint(150 - 600, 100 - 320)


def test_the_picture_is_not_turned_again(qtbot: QtBot, loupe: Loupe, decoder: Decoder) -> None:
    """Decoding gives upright pixels; the orientation in the metadata is history."""
    pixels = plain(50, 400, 600)
    pixels[:300, :, 0] = 200
    decoder.give(ONE, picture(pixels))
    loupe.show_photo(photo(1, meta=type(ONE.meta)(width=400, height=600, orientation=6)))
    qtbot.waitUntil(lambda: loupe.view.frame is not None and loupe.view.frame.grade == 2)
    seen = array(loupe.view.grab().toImage())
    assert seen[50, 150, 0] == 200
    assert seen[150, 150, 0] == 50
    assert loupe.view.target.width() < loupe.view.target.height()


@pytest.mark.parametrize(
    ("key", "signal", "arguments"),
    [
        (Qt.Key.Key_Right, "stepped", [1]),
        (Qt.Key.Key_Left, "stepped", [-1]),
        (Qt.Key.Key_Home, "first_requested", []),
        (Qt.Key.Key_End, "last_requested", []),
        (Qt.Key.Key_Escape, "closed", []),
        (Qt.Key.Key_G, "closed", []),
    ],
)
def test_keys(
    qtbot: QtBot, loupe: Loupe, key: Qt.Key, signal: str, arguments: list[object]
) -> None:
    with qtbot.waitSignal(getattr(loupe, signal), timeout=1000) as heard:
        QTest.keyClick(loupe.view, key)
    assert heard.args == arguments


def test_arrows_step_also_while_zoomed(qtbot: QtBot, loupe: Loupe) -> None:
    loupe.show_photo(ONE)
    shows(qtbot, loupe, TINTS[1] + 1)
    loupe.view.set_framing(Framing(1.0))
    place = loupe.view.target
    with qtbot.waitSignal(loupe.stepped, timeout=1000):
        QTest.keyClick(loupe.view, Qt.Key.Key_Right)
    assert loupe.view.target == place


def test_an_unreadable_photo_says_why_and_what_to_do(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder, tmp_path: object
) -> None:
    there = photo(1, path=_file(tmp_path))
    decoder.give(there, PhotoError("The picture ends in the middle."))
    loupe.show_photo(there)
    qtbot.waitUntil(lambda: "cannot be read" in loupe.view.placeholder)
    assert "The picture ends in the middle." in loupe.view.placeholder
    assert "Copy it again" in loupe.view.placeholder
    assert loupe.note.isHidden()
    loupe.show_photo(there, thumbnail=thumbnail(9))
    assert tint(loupe) == 9, "what there is of it is shown"
    assert loupe.note.isVisible()
    assert "ends in the middle" in loupe.note.text()
    loupe.show_photo(TWO)
    shows(qtbot, loupe, TINTS[2] + 1)
    assert loupe.note.isHidden()


def _file(folder: object) -> object:
    path = folder / "broken.jpg"  # type: ignore[operator]
    path.write_bytes(b"")
    return path


def test_a_missing_file_shows_its_thumbnail_with_a_note(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    loupe.show_photo(photo(1, state=State.MISSING), [TWO], thumbnail=thumbnail(9))
    assert tint(loupe) == 9
    assert "not there at the moment" in loupe.note.text()
    assert "kept" in loupe.note.text()
    qtbot.waitUntil(lambda: ("quick", TWO.path) in decoder.calls)
    assert not [call for call in decoder.calls if call[1] == ONE.path], "no vain waiting for it"


def test_a_file_that_vanished_is_called_missing_not_broken(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    decoder.give(ONE, PhotoError("The file is gone."))
    loupe.show_photo(ONE)
    qtbot.waitUntil(lambda: "not there at the moment" in loupe.view.placeholder)


def test_the_caption_names_photo_place_and_scores(qtbot: QtBot, loupe: Loupe) -> None:
    loupe.show_photo(ONE, position=(12, 480))
    assert loupe.caption.name.text() == "IMG_0001.JPG"
    assert loupe.caption.position.text() == "12 of 480"
    assert loupe.caption.quality.text == "Quality 70"
    assert loupe.caption.aesthetics.isHidden(), "no score is not a score of 0"
    scored = photo(1, scores=Scores("other", quality=81.0, aesthetics=44.6))
    loupe.show_photo(scored, position=(12, 480))
    assert loupe.caption.quality.text == "Quality 81"
    assert loupe.caption.aesthetics.text == "Aesthetics 45"
    loupe.set_caption_visible(False)
    assert loupe.caption.isHidden()


def test_a_raw_s_smaller_preview_is_named_as_such(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    decoder.give(ONE, picture(plain(1, 300, 200), (600, 400)))
    loupe.show_photo(ONE)
    qtbot.waitUntil(lambda: loupe.caption.zoom.text() == "Fit, 100 % of the preview, 300 × 200")


def test_zoom_changes_are_told(qtbot: QtBot, loupe: Loupe) -> None:
    loupe.show_photo(ONE)
    shows(qtbot, loupe, TINTS[1] + 1)
    with qtbot.waitSignal(loupe.zoom_changed) as heard:
        QTest.keyClick(loupe.view, Qt.Key.Key_Z)
    assert heard.args == [1.0]
    assert loupe.caption.zoom.text() == "100 %"


def test_a_picture_for_the_histogram_comes_with_each_better_one(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    heard: list[int] = []
    loupe.picture_shown.connect(lambda image: heard.append(image.pixelColor(5, 5).red()))
    decoder.hold("full", ONE)
    loupe.show_photo(ONE)
    qtbot.waitUntil(lambda: heard == [TINTS[1]])
    decoder.release("full", ONE)
    qtbot.waitUntil(lambda: heard == [TINTS[1], TINTS[1] + 1])


def test_a_resized_view_is_fitted_anew(qtbot: QtBot, loupe: Loupe) -> None:
    loupe.show_photo(ONE)
    shows(qtbot, loupe, TINTS[1] + 1)
    loupe.view.setFixedSize(450, 330)
    qtbot.waitUntil(
        lambda: loupe.view.frame is not None and loupe.view.frame.fits(loupe.view.box), timeout=5000
    )


def test_nothing_new_is_decoded_while_the_loupe_is_hidden(
    qtbot: QtBot, loupe: Loupe, decoder: Decoder
) -> None:
    for one in (ONE, TWO):
        decoder.hold("quick", one)
    loupe.show_photo(ONE, [TWO, THREE])
    for one in (ONE, TWO):
        assert decoder.begun["quick", one.path].wait(10)
    loupe.hide()
    decoder.release_all()
    loupe.stop()
    assert {path for _, path in decoder.calls} == {ONE.path, TWO.path}


def test_without_a_photo_it_says_where_to_go(loupe: Loupe) -> None:
    loupe.clear()
    assert loupe.view.frame is None
    assert "Press G" in loupe.view.placeholder
