from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing import draw_folder, draw_jpeg

from uniqa_desktop import jobs
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, 6)
    return folder


def scan(store: Store, folder: Path, stop: threading.Event | None = None) -> jobs.ScanReport:
    job = jobs.scan(store, (folder,), stop=stop)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def counts(report: jobs.ScanReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.moved, report.unchanged, report.missing


def test_each_photo_is_counted_for_what_became_of_it(store: Store, folder: Path) -> None:
    assert counts(scan(store, folder)) == (6, 0, 0, 0, 0)
    assert counts(scan(store, folder)) == (0, 0, 0, 6, 0)
    (folder / "IMG_0000.jpg").unlink()
    draw_jpeg(folder / "IMG_0001.jpg", seed=70)
    shutil.move(folder / "IMG_0002.jpg", folder / "renamed.jpg")
    draw_jpeg(folder / "sub" / "new.jpg", seed=71)
    assert counts(scan(store, folder)) == (1, 1, 1, 3, 1)


def test_raw_and_jpeg_count_as_one_photo(store: Store, folder: Path) -> None:
    (folder / "IMG_0003.CR2").write_bytes(b"raw data")
    assert scan(store, folder).added == 6


def test_skipped_files_are_counted_by_kind(store: Store, folder: Path) -> None:
    for name in ("a.mp4", "b.xmp", "c.xmp", ".hidden.jpg", "notes.docx"):
        (folder / name).write_bytes(b"x")
    skipped = scan(store, folder).skipped
    assert {kind: skipped.get(kind, 0) for kind in ("video", "sidecar", "hidden", "other")} == {
        "video": 1, "sidecar": 2, "hidden": 1, "other": 1,
    }  # fmt: skip


def test_a_moved_photo_keeps_its_verdict(store: Store, folder: Path) -> None:
    scan(store, folder)
    photo = store.photos.by_path(folder / "IMG_0004.jpg")
    assert photo is not None
    store.verdicts.give([photo], flag=Flag.PICK, provenance=Provenance.BLIND)
    (folder / "best").mkdir()
    shutil.move(folder / "IMG_0004.jpg", folder / "best" / "cover.jpg")
    scan(store, folder)
    (found,) = store.photos.get([photo])
    assert found.path == folder / "best" / "cover.jpg"
    assert found.verdict.flag is Flag.PICK


def test_a_stopped_scan_marks_nothing_missing(store: Store, folder: Path) -> None:
    scan(store, folder)
    for file in folder.iterdir():
        file.unlink()
    stop = threading.Event()
    stop.set()
    assert scan(store, folder, stop).stopped
    assert len(store.photos.ids(Query("m"))) == 6


def test_a_folder_that_cannot_be_read_is_named_until_it_can(store: Store, folder: Path) -> None:
    loop = folder / "loop"
    loop.symlink_to(folder, target_is_directory=True)
    report = scan(store, folder)
    assert [failure.path for failure in report.failed] == [loop]
    assert store.failures.all((folder,))
    loop.unlink()
    assert scan(store, folder).failed == ()
    assert store.failures.all((folder,)) == []
