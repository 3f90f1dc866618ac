"""Grouping as the program runs it: from files on the drive to groups in the library."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from series_rows import focus_stack

from uniqa_desktop import demo, jobs, scorers
from uniqa_desktop.bursts.group import Kind
from uniqa_desktop.demo import PICTURES, DemoPicture
from uniqa_desktop.jobs import BurstsReport
from uniqa_desktop.photo import Progress
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


def run(job: Generator[Progress, None, Report]) -> Report:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def score(store: Store, thumbs: Thumbs, folder: Path) -> None:
    run(jobs.scan(store, [folder]))
    run(jobs.score(store, thumbs, lambda: scorers.load(MODEL), [folder], model=MODEL, threads=2))


def shoot(folder: Path, scenes: Sequence[str]) -> list[DemoPicture]:
    """Draws the demo pictures of these scenes, small."""
    pictures = [picture for picture in PICTURES if picture.scene in scenes]
    list(demo.draw(folder, long_side=300, pictures=pictures))
    return pictures


def told(store: Store, report: BurstsReport) -> dict[str, set[str]]:
    """The file names of each group, by its kind."""
    found = {}
    for group in report.groups.values():
        photos = store.photos.get(group.members)
        found[str(group.kind)] = {photo.path.name for photo in photos}
    return found


def test_every_kind_of_the_demo_shoot_is_found(
    store: Store, thumbs: Thumbs, tmp_path: Path
) -> None:
    pictures = shoot(tmp_path / "demo", ("gull", "sunset", "dunes", "fronts", "peak"))
    score(store, thumbs, tmp_path / "demo")
    report = run(jobs.bursts(store, thumbs))
    truth: dict[str, set[str]] = {}
    for picture in pictures:
        if picture.group:
            truth.setdefault(str(picture.kind), set()).add(picture.name)
    assert told(store, report) == truth
    assert report.photos == len(pictures)
    assert report.featureless == len(pictures), "this model has no features"
    assert (report.unscored, report.untimed, report.coarse, report.unseen) == (0, 0, (), 0)
    assert dict(report.groups) == store.groups.all()


def test_a_panorama_needs_pictures_to_be_seen_and_is_remembered(
    store: Store, thumbs: Thumbs, tmp_path: Path
) -> None:
    shoot(tmp_path / "demo", ("dunes",))
    score(store, thumbs, tmp_path / "demo")
    with Thumbs(tmp_path / "empty.db") as empty:
        blind = run(jobs.bursts(store, empty))
        assert Kind.PANORAMA not in {group.kind for group in blind.groups.values()}
        assert blind.unseen >= 4
        run(jobs.bursts(store, thumbs))
        again = run(jobs.bursts(store, empty))
    assert [group.kind for group in again.groups.values()] == [Kind.PANORAMA]
    assert again.unseen == 0


def write_frames(folder: Path, frames: Sequence, **exif: object) -> None:
    folder.mkdir(parents=True)
    for number, pixels in enumerate(frames):
        block = Image.Exif()
        block[0x0110] = exif.get("model", "Aurora A1")
        moment = datetime(2025, 6, 20, 12) + timedelta(seconds=number)
        block.get_ifd(0x8769)[0x9003] = moment.strftime("%Y:%m:%d %H:%M:%S")
        Image.fromarray(pixels).save(folder / f"IMG_{number}.jpg", quality=92, exif=block)


def test_a_focus_stack_is_told_from_a_burst(store: Store, thumbs: Thumbs, tmp_path: Path) -> None:
    frames = focus_stack(6)
    write_frames(tmp_path / "stack", frames)
    write_frames(tmp_path / "burst", [frames[0]] * 3 + [frames[1]], model="Pocket P5")
    score(store, thumbs, tmp_path)
    report = run(jobs.bursts(store, thumbs, folders=[tmp_path / "stack"]))
    assert [(group.kind, len(group.members)) for group in report.groups.values()] == [
        (Kind.FOCUS_STACK, 6)
    ]
    assert report.coarse == ("Aurora A1",)
    whole = run(jobs.bursts(store, thumbs))
    assert sorted(str(group.kind) for group in whole.groups.values()) == ["burst", "focus stack"]


def test_what_is_not_scored_is_counted_and_left_out(
    store: Store, thumbs: Thumbs, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    write_frames(folder, focus_stack(4)[:2])
    score(store, thumbs, folder)
    (folder / "broken.jpg").write_bytes(b"no picture")
    score(store, thumbs, folder)
    Image.new("RGB", (40, 30)).save(folder / "new.jpg")
    run(jobs.scan(store, [folder]))
    report = run(jobs.bursts(store, thumbs))
    assert (report.photos, report.unscored) == (2, 1)


def test_a_stopped_grouping_stores_nothing(store: Store, thumbs: Thumbs, tmp_path: Path) -> None:
    shoot(tmp_path / "demo", ("gull",))
    score(store, thumbs, tmp_path / "demo")
    run(jobs.bursts(store, thumbs))
    before = store.groups.all()
    stop = threading.Event()
    stop.set()
    report = run(jobs.bursts(store, thumbs, strictness=100, stop=stop))
    assert report.stopped
    assert store.groups.all() == before != {}


def test_an_empty_library_has_no_groups(store: Store, thumbs: Thumbs) -> None:
    report = run(jobs.bursts(store, thumbs))
    assert (report.photos, dict(report.groups)) == (0, {})
