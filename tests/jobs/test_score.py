from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from drawing import draw_folder, draw_jpeg

from uniqa_desktop import jobs, scorers
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.photo import Attributes, Progress, Scores, State
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store, Thumbs

MODEL = "attributes-1"
Report = TypeVar("Report")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def thumbs(tmp_path: Path) -> Iterator[Thumbs]:
    with Thumbs(tmp_path / "thumbs.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


def run(job: Generator[Progress, None, Report]) -> tuple[list[Progress], Report]:
    """All steps of a job and its report."""
    steps = []
    while True:
        try:
            steps.append(next(job))
        except StopIteration as end:
            return steps, end.value


def scan_and_score(
    store: Store,
    thumbs: Thumbs,
    folder: Path,
    load: Callable[[], scorers.Scorer] = lambda: scorers.load(MODEL),
    **options: Any,
) -> tuple[list[Progress], jobs.ScoreReport]:
    run(jobs.scan(store, (folder,)))
    return run(jobs.score(store, thumbs, load, (folder,), model=MODEL, **options))


def test_every_photo_gets_all_that_one_decode_can_tell(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    draw_jpeg(folder / "a.jpg", width=96, height=64, orientation=6, model="Aurora A1",
              taken="2024:05:01 12:34:56")  # fmt: skip
    _, report = scan_and_score(store, thumbs, folder)
    assert (report.scored, report.skipped, report.failed) == (1, 0, ())
    (photo,) = store.photos.get(store.photos.ids(Query(MODEL)), model=MODEL)
    assert photo.scores is not None
    assert photo.scores.quality is not None
    assert 0 <= photo.scores.quality <= 100
    assert photo.scores.aesthetics is None, "attributes-1 has no aesthetics"
    assert photo.attributes is not None
    assert (photo.meta.width, photo.meta.height) == (64, 96), "upright"
    assert photo.meta.camera == "Aurora A1"
    assert photo.meta.taken_text == "2024-05-01T12:34:56"
    thumbnail = thumbs.get(photo.identity)
    assert thumbnail is not None
    assert thumbnail.startswith(b"\xff\xd8")


def test_a_second_pass_scores_nothing_and_still_names_what_failed(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    draw_folder(folder, 5)
    (folder / "empty.jpg").touch()
    _, first = scan_and_score(store, thumbs, folder)
    steps, second = scan_and_score(store, thumbs, folder)
    assert (first.scored, len(first.failed)) == (5, 1)
    assert (second.scored, second.skipped, second.failed) == (0, 5, first.failed)
    assert not any(step.changed for step in steps)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (np.random.default_rng(0).bytes(5000), "not a picture"),
        (b"\x89PNG\r\n\x1a\n", ""),
    ],
)
def test_a_bad_file_is_named_with_its_reason_and_the_run_goes_on(
    store: Store, thumbs: Thumbs, folder: Path, content: bytes, reason: str
) -> None:
    draw_folder(folder, 3)
    bad = folder / "IMG_0001x.jpg"
    bad.write_bytes(content)
    _, report = scan_and_score(store, thumbs, folder)
    assert report.scored == 3
    (failure,) = report.failed
    assert failure.path == bad
    assert reason in failure.error
    assert failure.error.endswith(".")


def test_a_file_that_vanishes_after_the_scan_is_a_failure(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    files = draw_folder(folder, 3)
    run(jobs.scan(store, (folder,)))
    files[1].unlink()
    _, report = run(jobs.score(store, thumbs, lambda: scorers.load(MODEL), (folder,), model=MODEL))
    assert report.scored == 2
    assert [failure.path for failure in report.failed] == [files[1]]


def test_a_mended_file_is_scored(store: Store, thumbs: Thumbs, folder: Path) -> None:
    bad = folder / "a.jpg"
    bad.write_bytes(b"rubbish")
    _, first = scan_and_score(store, thumbs, folder)
    draw_jpeg(bad)
    _, second = scan_and_score(store, thumbs, folder)
    assert len(first.failed) == 1
    assert (second.scored, second.failed) == (1, ())


def test_a_bug_in_one_photo_does_not_end_the_run(
    store: Store, thumbs: Thumbs, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    draw_folder(folder, 4)

    class Clumsy(scorers.MeasuredScorer):
        calls = 0

        def prepare(self, pixels: np.ndarray, identity: bytes) -> None:
            Clumsy.calls += 1
            if Clumsy.calls == 2:
                raise ZeroDivisionError("oops")

    _, report = scan_and_score(store, thumbs, folder, Clumsy)
    assert report.scored == 3
    assert "bug" in report.failed[0].error
    assert "ZeroDivisionError" in caplog.text


def test_stopping_keeps_what_was_stored_and_the_next_pass_completes(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    draw_folder(folder, 40)
    run(jobs.scan(store, (folder,)))
    stop = threading.Event()

    class Stopping(scorers.MeasuredScorer):
        batch_size = 4

        def score(self, prepared: Sequence[Any], attributes: Sequence[Attributes]) -> list[Scores]:
            stop.set()
            return super().score(prepared, attributes)

    _, report = run(
        jobs.score(store, thumbs, Stopping, (folder,), model=MODEL, stop=stop, threads=2)
    )
    assert report.stopped
    assert 4 <= report.scored < 40
    _, rest = scan_and_score(store, thumbs, folder)
    assert rest.scored == 40 - report.scored


def test_closing_the_job_ends_its_threads(store: Store, thumbs: Thumbs, folder: Path) -> None:
    draw_folder(folder, 12)
    run(jobs.scan(store, (folder,)))
    job = jobs.score(store, thumbs, lambda: scorers.load(MODEL), (folder,), model=MODEL)
    next(job)
    next(job)
    job.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("decode")]


def test_few_photos_are_under_way_at_once(store: Store, thumbs: Thumbs, folder: Path) -> None:
    """What keeps memory independent of the number of photos."""
    draw_folder(folder, 60)
    seen: list[int] = []

    class Slow(scorers.MeasuredScorer):
        batch_size = 1
        prepared = 0
        scored = 0

        def prepare(self, pixels: np.ndarray, identity: bytes) -> None:
            Slow.prepared += 1
            seen.append(Slow.prepared - Slow.scored)

        def score(self, prepared: Sequence[Any], attributes: Sequence[Attributes]) -> list[Scores]:
            Slow.scored += len(prepared)
            return super().score(prepared, attributes)

    scan_and_score(store, thumbs, folder, Slow, threads=2)
    assert max(seen) <= 6


def test_a_moved_photo_keeps_its_score_and_is_not_decoded_again(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    draw_folder(folder, 3)
    scan_and_score(store, thumbs, folder)
    (folder / "sub").mkdir()
    shutil.move(folder / "IMG_0001.jpg", folder / "sub" / "renamed.jpg")
    _, report = scan_and_score(store, thumbs, folder)
    assert (report.scored, report.skipped) == (0, 3)


def test_a_model_that_cannot_be_loaded_changes_nothing(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    draw_folder(folder, 2)

    def load() -> scorers.Scorer:
        raise WeightsError("The weights are missing.")

    with pytest.raises(WeightsError):
        scan_and_score(store, thumbs, folder, load)
    assert len(store.photos.pending(MODEL)) == 2


def test_with_nothing_to_score_no_model_is_loaded(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    def load() -> scorers.Scorer:
        raise AssertionError("loaded for nothing")

    _, report = scan_and_score(store, thumbs, folder, load)
    assert report.scored == 0


def test_progress_tells_every_changed_row_once(store: Store, thumbs: Thumbs, folder: Path) -> None:
    draw_folder(folder, 10)
    (folder / "bad.jpg").write_bytes(b"x")
    steps, _ = scan_and_score(store, thumbs, folder)
    changed = [id for step in steps for id in step.changed]
    scored = [
        photo.id
        for photo in store.photos.get(store.photos.ids(Query(MODEL)), model=MODEL)
        if photo.scores
    ]
    assert set(changed) >= set(scored)
    assert len(changed) == len(set(changed))
    assert steps[-1].done == steps[-1].total == 11
    assert [failure.path.name for step in steps for failure in step.failures] == ["bad.jpg"]


def test_the_sharp_photo_is_listed_before_its_blurred_copy(
    store: Store, thumbs: Thumbs, folder: Path
) -> None:
    from PIL import Image, ImageFilter

    sharp = draw_jpeg(folder / "sharp.jpg", width=480, height=320, seed=3)
    with Image.open(sharp) as picture:
        picture.filter(ImageFilter.GaussianBlur(3)).save(folder / "blurred.jpg", quality=90)
    scan_and_score(store, thumbs, folder)
    query = Query(MODEL, sort=Sort.QUALITY, descending=True)
    names = [photo.path.name for photo in store.photos.get(store.photos.ids(query), model=MODEL)]
    assert names == ["sharp.jpg", "blurred.jpg"]
    assert all(p.state is State.PRESENT for p in store.photos.get(store.photos.ids(query)))
