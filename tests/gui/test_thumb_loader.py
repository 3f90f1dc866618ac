"""Thumbnails arrive: newest wish first, late ones not at all, broken ones with a reason."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from gallery import DrawingMaker, photo
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.thumb_loader import Thumb, ThumbLoader
from uniqa_desktop.photo import Photo

BOX = QSize(120, 80)

Make = Callable[..., ThumbLoader]


@pytest.fixture
def maker() -> DrawingMaker:
    return DrawingMaker()


@pytest.fixture
def make(qtbot: QtBot, maker: DrawingMaker) -> Iterator[Make]:
    """Makes loaders, one thread each unless told otherwise, and stops them."""
    made: list[ThumbLoader] = []

    def one(**options: int) -> ThumbLoader:
        loader = ThumbLoader(lambda: maker, **{"threads": 1, **options})
        loader.set_box(BOX, 1.0)
        made.append(loader)
        return loader

    yield one
    maker.gate.set()
    for loader in made:
        loader.stop()


def bring(loader: ThumbLoader, *photos: Photo) -> list[Thumb | None]:
    """Wishes, waits, takes over, looks again."""
    for each in photos:
        loader.look(each)
    loader.send()
    deliver(loader)
    return [loader.look(each) for each in photos]


def deliver(loader: ThumbLoader) -> None:
    assert loader.wait()
    loader.flush()


def hold_one(loader: ThumbLoader, maker: DrawingMaker, first: Photo) -> None:
    """Keeps the only thread busy with `first` until the gate opens."""
    maker.gate.clear()
    loader.want([first])
    assert maker.begun.acquire(timeout=10)


def test_a_look_becomes_a_wish_and_then_a_picture(make: Make) -> None:
    loader = make()
    one = photo(1)
    told: list[list[int]] = []
    loader.ready.connect(told.append)
    assert loader.look(one) is None
    (thumb,) = bring(loader, one)
    assert thumb is not None
    assert thumb.pixmap is not None
    assert thumb.pixmap.size() == BOX
    assert thumb.problem is None
    assert told == [[1]]


def test_wishes_are_sent_and_results_told_by_themselves(make: Make, qtbot: QtBot) -> None:
    loader = make(threads=2)
    photos = [photo(n) for n in range(1, 9)]
    told: set[int] = set()
    loader.ready.connect(told.update)
    for each in photos:
        loader.look(each)
    qtbot.waitUntil(lambda: told == set(range(1, 9)))


def test_a_batch_is_told_once(make: Make) -> None:
    loader = make(threads=2)
    told: list[list[int]] = []
    loader.ready.connect(told.append)
    loader.want(photo(n) for n in range(1, 9))
    deliver(loader)
    assert [sorted(ids) for ids in told] == [list(range(1, 9))]


def test_what_is_looked_at_last_comes_first(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    hold_one(loader, maker, photo(9))
    loader.want(photo(n) for n in (1, 2, 3))
    loader.want(photo(n) for n in (4, 5))
    loader.want([photo(2)])
    maker.gate.set()
    deliver(loader)
    assert maker.made == [9, 2, 4, 5, 1, 3]


def test_the_oldest_wishes_are_dropped(make: Make, maker: DrawingMaker) -> None:
    loader = make(queue=3)
    hold_one(loader, maker, photo(9))
    loader.want(photo(n) for n in (1, 2))
    loader.want(photo(n) for n in (3, 4))
    maker.gate.set()
    deliver(loader)
    assert maker.made == [9, 3, 4, 1]


def test_nothing_is_made_twice(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    hold_one(loader, maker, photo(1))
    loader.want([photo(1), photo(2)])
    maker.gate.set()
    loader.wait()
    loader.want([photo(1), photo(2)])
    deliver(loader)
    bring(loader, photo(1), photo(2))
    assert sorted(maker.made) == [1, 2]


def test_results_for_another_folder_are_dropped(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    told: list[list[int]] = []
    loader.ready.connect(told.append)
    hold_one(loader, maker, photo(1))
    loader.want([photo(2)])
    loader.reset()
    maker.gate.set()
    deliver(loader)
    assert told == []
    assert maker.made == [1]
    (thumb,) = bring(loader, photo(1))
    assert thumb is not None


def test_what_is_finished_but_not_taken_over_is_dropped_too(make: Make) -> None:
    loader = make()
    loader.want([photo(1)])
    loader.wait()
    loader.reset()
    loader.flush()
    assert loader.look(photo(1)) is None
    assert bring(loader, photo(1))[0] is not None


def test_a_broken_photo_says_why_and_is_not_tried_again(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    maker.broken[1] = "The file is empty"
    (thumb,) = bring(loader, photo(1))
    assert thumb is not None
    assert (thumb.pixmap, thumb.problem) == (None, "The file is empty")
    bring(loader, photo(1))
    loader.want([photo(1)])
    deliver(loader)
    assert maker.made == [1]


@pytest.mark.parametrize("again", ["forget", "reset", "new content"])
def test_a_broken_photo_gets_another_chance(make: Make, maker: DrawingMaker, again: str) -> None:
    loader = make()
    maker.broken[1] = "The file is empty"
    bring(loader, photo(1))
    del maker.broken[1]
    one = photo(1)
    if again == "forget":
        loader.forget([1])
    elif again == "reset":
        loader.reset()
    else:
        one = photo(1, identity=b"new content")
    (thumb,) = bring(loader, one)
    assert thumb is not None
    assert thumb.pixmap is not None


def test_a_bug_in_one_picture_harms_no_other(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    maker.broken[1] = RuntimeError("a bug")
    broken, fine = bring(loader, photo(1), photo(2))
    assert broken is not None
    assert broken.problem is not None
    assert fine is not None
    assert fine.pixmap is not None


def test_the_old_size_serves_until_the_new_one_is_there(make: Make) -> None:
    loader = make()
    bring(loader, photo(1))
    loader.set_box(QSize(180, 120), 1.0)
    old = loader.look(photo(1))
    assert old is not None
    assert old.pixmap is not None
    assert old.box == BOX
    (new,) = bring(loader, photo(1))
    assert new is not None
    assert new.pixmap is not None
    assert new.pixmap.size() == QSize(180, 120)


def test_another_screen_gets_pictures_of_its_own(make: Make) -> None:
    loader = make()
    bring(loader, photo(1))
    loader.set_box(BOX, 2.0)
    assert loader.look(photo(1)) is None
    (new,) = bring(loader, photo(1))
    assert new is not None
    assert new.pixmap is not None
    assert new.pixmap.size() == 2 * BOX
    assert new.pixmap.devicePixelRatio() == 2


def test_copies_of_a_photo_share_a_picture(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    bring(loader, photo(1, identity=b"same"))
    assert loader.look(photo(2, identity=b"same")) is not None
    assert maker.made == [1]


def test_memory_is_bounded_and_keeps_what_was_looked_at(make: Make) -> None:
    loader = make(memory=3 * BOX.width() * BOX.height() * 4)
    bring(loader, photo(1), photo(2), photo(3))
    loader.look(photo(1))
    bring(loader, photo(4))
    assert [loader.look(photo(n)) is not None for n in (1, 2, 3, 4)] == [True, False, True, True]


def test_nothing_starts_while_the_grid_paints(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    bring(loader, photo(1))
    loader.hold()
    loader.want([photo(2)])
    assert not loader.wait(timeout=0.05)
    assert maker.made == [1]
    loader.send()
    deliver(loader)
    assert maker.made == [1, 2]


def test_threads_start_when_needed_and_end_when_told(make: Make, maker: DrawingMaker) -> None:
    before = threading.active_count()
    loader = make(threads=2)
    assert threading.active_count() == before
    bring(loader, photo(1))
    assert threading.active_count() == before + 2
    loader.stop()
    assert threading.active_count() == before
    assert maker.closed == 1  # of the two threads one has made a maker
    loader.stop()
    loader.want([photo(2)])
    assert threading.active_count() == before


def test_stopping_does_not_wait_for_the_queue(make: Make, maker: DrawingMaker) -> None:
    loader = make()
    hold_one(loader, maker, photo(1))
    loader.want(photo(n) for n in range(2, 50))
    threading.Timer(0.05, maker.gate.set).start()
    loader.stop()
    assert maker.made == [1]


def test_without_a_size_nothing_is_made(qtbot: QtBot, maker: DrawingMaker) -> None:
    loader = ThumbLoader(lambda: maker)
    loader.want([photo(1)])
    assert loader.wait(0.05)
    assert maker.made == []
    loader.stop()
