"""The loupe's decoding threads: what they decode, in which order, and what they keep."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from gui.pictures import Decoder, photo, picture, plain
from PySide6.QtCore import QObject, QSize
from pytestqt.qtbot import QtBot

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.gui.frame import Frame, Grade
from uniqa_desktop.gui.loupe_loader import THREADS, Key, LoupeLoader, Trouble, Wish, key_of
from uniqa_desktop.photo import Photo

BOX = QSize(300, 200)
ONE, TWO, THREE = photo(1), photo(2), photo(3)


class Listener(QObject):
    """Writes down what the loader tells."""

    def __init__(self, loader: LoupeLoader) -> None:
        super().__init__(loader)
        self.heard: list[Key] = []
        loader.changed.connect(self.hear)

    def hear(self, key: Key) -> None:
        self.heard.append(key)


@pytest.fixture
def heard(loader: LoupeLoader) -> list[Key]:
    return Listener(loader).heard


def wish(one: Photo, grade: Grade, box: QSize = BOX) -> Wish:
    return Wish(key_of(one), grade, box, 1920)


@pytest.fixture
def decoder() -> Decoder:
    made = Decoder()
    for number, one in enumerate((ONE, TWO, THREE), 1):
        small = plain(number, 300, 200)
        made.give(one, picture(plain(number)), picture(small, (600, 400)))
    return made


@pytest.fixture
def loader(qtbot: QtBot, decoder: Decoder) -> Iterator[LoupeLoader]:
    made = LoupeLoader(quick=decoder.quick, full=decoder.full)
    yield made
    decoder.release_all()
    made.stop()


def grade_of(loader: LoupeLoader, one: Photo) -> Grade | None:
    frame = loader.frame(key_of(one))
    return frame.grade if frame else None


def comes(qtbot: QtBot, loader: LoupeLoader, one: Photo, grade: Grade) -> None:
    """Waits for a picture. Not by `waitSignal`: a signal of another thread that is still on its way
    when its last Python slot is disconnected crashes PySide 6.11."""
    qtbot.waitUntil(lambda: grade_of(loader, one) is grade)


def fails(qtbot: QtBot, loader: LoupeLoader, one: Photo) -> Trouble:
    qtbot.waitUntil(lambda: loader.trouble(key_of(one)) is not None)
    trouble = loader.trouble(key_of(one))
    assert trouble is not None
    return trouble


def test_no_thread_before_something_is_wanted(loader: LoupeLoader) -> None:
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("loupe")]
    loader.want([])
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("loupe")]


def test_a_preview_comes_first_then_the_full_picture(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder, heard: list[Key]
) -> None:
    decoder.hold("full", ONE)
    loader.want([wish(ONE, Grade.PREVIEW), wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.PREVIEW)
    decoder.release("full", ONE)
    comes(qtbot, loader, ONE, Grade.FULL)
    qtbot.waitUntil(lambda: heard == [key_of(ONE), key_of(ONE)])


def test_a_late_preview_never_replaces_the_full_picture(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    decoder.hold("quick", ONE)
    loader.want([wish(ONE, Grade.PREVIEW), wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.FULL)
    decoder.release("quick", ONE)
    loader.stop()
    assert grade_of(loader, ONE) is Grade.FULL


def test_what_is_no_longer_wanted_is_never_decoded(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    for one in (ONE, TWO):
        decoder.hold("full", one)
    loader.want([wish(ONE, Grade.FULL), wish(TWO, Grade.FULL), wish(THREE, Grade.FULL)])
    for one in (ONE, TWO):
        assert decoder.begun["full", one.path].wait(10), "both threads are busy"
    loader.want([])
    decoder.release_all()
    for one in (ONE, TWO):
        comes(qtbot, loader, one, Grade.FULL)
    qtbot.wait(20)
    assert ("full", THREE.path) not in decoder.calls


def test_the_most_urgent_is_decoded_first(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    for one in (ONE, TWO):
        decoder.hold("full", one)
    loader.want([wish(ONE, Grade.FULL), wish(TWO, Grade.FULL)])
    for one in (ONE, TWO):
        assert decoder.begun["full", one.path].wait(10)
    loader.want([wish(THREE, Grade.PREVIEW), wish(TWO, Grade.PREVIEW)])
    decoder.release("full", ONE)
    comes(qtbot, loader, THREE, Grade.PREVIEW)
    assert decoder.calls[THREADS] == ("quick", THREE.path)


def test_nothing_is_decoded_twice(qtbot: QtBot, loader: LoupeLoader, decoder: Decoder) -> None:
    loader.want([wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.FULL)
    loader.want([wish(ONE, Grade.PREVIEW), wish(ONE, Grade.FULL), wish(TWO, Grade.FULL)])
    comes(qtbot, loader, TWO, Grade.FULL)
    assert decoder.calls == [("full", ONE.path), ("full", TWO.path)]


def test_another_view_is_fitted_from_the_decoded_picture(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    loader.want([wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.FULL)
    other = QSize(90, 90)
    loader.want([wish(ONE, Grade.FULL, other)])
    qtbot.waitUntil(lambda: _frame(loader, ONE).fits(other))
    fitted = _frame(loader, ONE).fitted
    assert fitted is not None
    assert fitted.size() == QSize(90, 60)
    assert decoder.calls == [("full", ONE.path)]


def _frame(loader: LoupeLoader, one: Photo) -> Frame:
    frame = loader.frame(key_of(one))
    assert frame is not None
    return frame


def test_a_preview_with_all_the_pixels_is_the_full_picture(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    decoder.give(ONE, picture(plain(1)), picture(plain(1)))
    loader.want([wish(ONE, Grade.PREVIEW)])
    comes(qtbot, loader, ONE, Grade.FULL)
    assert decoder.calls == [("quick", ONE.path)]


def test_an_unreadable_photo_gives_its_reason_and_may_be_tried_again(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder, heard: list[Key]
) -> None:
    decoder.give(ONE, PhotoError("It ends in the middle."))
    loader.want([wish(ONE, Grade.PREVIEW), wish(ONE, Grade.FULL)])
    trouble = fails(qtbot, loader, ONE)
    assert trouble.reason == "It ends in the middle."
    assert trouble.missing, "there is no such file in this test"
    qtbot.waitUntil(lambda: heard == [key_of(ONE)])
    decoder.give(ONE, picture(plain(1)))
    loader.forgive(key_of(ONE))
    loader.want([wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.FULL)
    assert loader.trouble(key_of(ONE)) is None


def test_a_broken_preview_does_not_keep_the_picture_away(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    decoder.previews[ONE.path] = PhotoError("The preview is broken.")
    loader.want([wish(ONE, Grade.PREVIEW), wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.FULL)
    loader.stop()
    assert loader.trouble(key_of(ONE)) is None


def test_no_memory_left_is_a_reason_too(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder
) -> None:
    decoder.give(ONE, MemoryError())
    loader.want([wish(ONE, Grade.FULL)])
    assert "not enough memory" in fails(qtbot, loader, ONE).reason


def test_a_bug_in_a_decoder_is_reported_and_the_thread_lives_on(
    qtbot: QtBot, loader: LoupeLoader, decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: seen.append(arguments.exc_type))
    decoder.give(ONE, ZeroDivisionError())
    decoder.give(TWO, ZeroDivisionError())
    loader.want([wish(ONE, Grade.FULL), wish(TWO, Grade.FULL), wish(THREE, Grade.FULL)])
    comes(qtbot, loader, THREE, Grade.FULL)
    loader.stop()
    assert seen == [ZeroDivisionError] * 2
    assert loader.trouble(key_of(ONE)) is not None


def test_memory_stays_within_the_budget_but_the_photo_in_view_is_kept(
    qtbot: QtBot, decoder: Decoder
) -> None:
    one_picture = 600 * 400 * 4
    loader = LoupeLoader(quick=decoder.quick, full=decoder.full, budget=round(3.2 * one_picture))
    try:
        for one in (ONE, TWO, THREE):
            loader.want([wish(one, Grade.FULL)])
            comes(qtbot, loader, one, Grade.FULL)
        assert loader.bytes <= 3.2 * one_picture
        assert grade_of(loader, ONE) is None, "the one not looked at for longest is let go"
        huge = photo(4)
        decoder.give(huge, picture(plain(4, 3000, 2000)))
        loader.want([wish(huge, Grade.FULL)])
        comes(qtbot, loader, huge, Grade.FULL)
        assert loader.bytes > 3.2 * one_picture
        assert grade_of(loader, THREE) is None
    finally:
        loader.stop()


def test_large_pictures_lose_pixels_before_they_are_lost(qtbot: QtBot, decoder: Decoder) -> None:
    """What was seen comes back at once in the size in which it was seen."""
    full = 3000 * 2000 * 4 * 4 / 3
    loader = LoupeLoader(quick=decoder.quick, full=decoder.full, budget=round(1.6 * full))
    several = [photo(number) for number in range(1, 7)]
    try:
        for number, one in enumerate(several):
            decoder.give(one, picture(plain(number, 3000, 2000)))
            loader.want([wish(one, Grade.FULL)])
            comes(qtbot, loader, one, Grade.FULL)
        assert loader.bytes <= 1.6 * full
        assert [grade_of(loader, one) for one in several[:-1]] == 5 * [Grade.PREVIEW]
        frames = [loader.frame(key_of(one)) for one in several]
        assert all(frame is not None and frame.fits(BOX) for frame in frames)
        assert frames[0] is not None
        assert frames[4] is not None
        assert frames[0].levels[0].width() < frames[4].levels[0].width(), "the oldest lost most"
        assert frames[0].size == QSize(3000, 2000), "100 % means the same"
        decoder.calls.clear()
        loader.want([wish(several[0], Grade.PREVIEW)])
        loader.want([wish(several[0], Grade.PREVIEW, QSize(600, 400))])
        qtbot.waitUntil(
            lambda: bool(
                (frame := loader.frame(key_of(several[0]))) and frame.fits(QSize(600, 400))
            )
        )
        assert decoder.calls == [("quick", several[0].path)], "for a larger view it is read again"
    finally:
        loader.stop()


def test_a_file_with_new_content_is_another_picture(qtbot: QtBot, loader: LoupeLoader) -> None:
    loader.want([wish(ONE, Grade.FULL)])
    comes(qtbot, loader, ONE, Grade.FULL)
    changed = photo(1, identity=b"another content.")
    assert loader.frame(key_of(changed)) is None


def test_stop_waits_for_the_picture_in_hand(loader: LoupeLoader, decoder: Decoder) -> None:
    decoder.hold("full", ONE)
    loader.want([wish(ONE, Grade.FULL)])
    assert decoder.begun["full", ONE.path].wait(10)
    threading.Timer(0.05, decoder.release, ("full", ONE)).start()
    loader.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("loupe")]
    loader.want([wish(TWO, Grade.FULL)])
    assert ("full", TWO.path) not in decoder.calls
