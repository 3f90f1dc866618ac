"""Pictures on their way into training."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from drawing import draw_jpeg
from PIL import Image

from uniqa_desktop.errors import PhotoError
from uniqa_desktop.training.pictures import Augment, Shelf, ahead, square


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [
        draw_jpeg(tmp_path / f"{number}.jpg", width=120, height=80, seed=number)
        for number in range(3)
    ]


def test_pictures_come_at_their_working_size_and_are_read_once(files: list[Path]) -> None:
    shelf = Shelf(files, 40)
    first = shelf.get(1)
    assert first.shape == (40, 60, 3)
    files[1].unlink()
    assert shelf.get(1) is first
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 0


def test_without_room_they_are_read_anew(files: list[Path]) -> None:
    shelf = Shelf(files, 40, room=40 * 60 * 3)
    shelf.get(0)
    shelf.get(1)
    files[0].unlink()
    files[1].unlink()
    assert shelf.get(0).shape == (40, 60, 3)
    with pytest.raises(PhotoError, match="gone"):
        shelf.get(1)


def test_a_picture_that_cannot_be_read_is_named(files: list[Path]) -> None:
    files[2].write_bytes(files[2].read_bytes()[:300])
    shelf = Shelf(files, 40)
    failure = shelf.failure(2)
    assert failure is not None
    assert failure.path == files[2]
    assert shelf.failure(0) is None
    left = shelf.without(frozenset([0]))
    assert left.files == (files[1], files[2])
    assert np.array_equal(left.get(0), shelf.get(1))


def test_cuts_are_square_and_drawn_from_the_generator_alone() -> None:
    picture = np.asarray(Image.radial_gradient("L").convert("RGB"))[:72, :100]
    middle = square(picture, 64, Augment.NONE)
    assert np.array_equal(middle, picture[4:68, 18:82])
    assert np.array_equal(square(picture, 64, Augment.SHIFT), middle)
    cuts = [square(picture, 64, Augment.SHIFT, np.random.default_rng(seed)) for seed in range(9)]
    again = [square(picture, 64, Augment.SHIFT, np.random.default_rng(seed)) for seed in range(9)]
    assert all(np.array_equal(one, two) for one, two in zip(cuts, again, strict=True))
    assert {cut.shape for cut in cuts} == {(64, 64, 3)}
    assert len({cut.tobytes() for cut in cuts}) > 5


def test_jobs_are_done_in_order_by_other_threads_and_stop_when_left() -> None:
    seen: list[int] = []

    def work(job: int) -> str:
        seen.append(job)
        return f"{job} {threading.current_thread() is threading.main_thread()}"

    assert list(ahead(work, range(9))) == [f"{job} False" for job in range(9)]
    seen.clear()
    making = ahead(work, range(1000))
    next(making)
    making.close()
    assert len(seen) < 10


def test_what_goes_wrong_in_a_job_is_raised() -> None:
    def work(job: int) -> int:
        return 1 // job

    making = ahead(work, [2, 1, 0, 5])
    assert [next(making), next(making)] == [0, 1]
    with pytest.raises(ZeroDivisionError):
        next(making)
