"""Exports: complete files under free names, or nothing; sources go only when copies are proven."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from uniqa_desktop import jobs
from uniqa_desktop.errors import DiskFull, WrongUse
from uniqa_desktop.export import journal, plan, transfer
from uniqa_desktop.export.transfer import TargetGone
from uniqa_desktop.photo import Photo


def photo(path: Path, *companions: str, data: bytes | None = None) -> Photo:
    """A photo whose files hold their own names, or `data`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    files = [path, *(path.with_name(name) for name in companions)]
    for file in files:
        file.write_bytes(data if data is not None else file.name.encode() * 999)
    return Photo(len(str(path)), path, path.name.encode(), companions=tuple(files[1:]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "shoot"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def journals(tmp_path: Path) -> Path:
    return tmp_path / "journals"


def run(job: Generator[Any, None, jobs.ExportReport]) -> jobs.ExportReport:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_photo_travels_with_its_raw_and_its_sidecars(
    source: Path, target: Path, journals: Path
) -> None:
    one = photo(source / "IMG_1.JPG", "IMG_1.CR2")
    for name in ("IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_10.xmp"):
        (source / name).write_text(name)
    before = (source / "IMG_1.JPG").stat().st_mtime
    report = run(jobs.export(plan.make([one], target), journals=journals))
    assert names(target) == ["IMG_1.CR2", "IMG_1.CR2.xmp", "IMG_1.JPG", "IMG_1.xmp"]
    assert len(report.done) == 1
    assert names(source) == ["IMG_1.CR2", "IMG_1.CR2.xmp", "IMG_1.JPG", "IMG_1.xmp", "IMG_10.xmp"]
    assert (target / "IMG_1.JPG").stat().st_mtime == pytest.approx(before)
    assert names(journals) == []


def test_clashing_names_change_the_whole_family(source: Path, target: Path, journals: Path) -> None:
    photos = [
        photo(source / "a" / "IMG_1.JPG", "IMG_1.CR2", data=b"first"),
        photo(source / "b" / "IMG_1.JPG", "IMG_1.DNG", data=b"second"),
        photo(source / "c" / "img_1.jpg", data=b"third"),
    ]
    run(jobs.export(plan.make(photos, target), journals=journals))
    assert names(target) == [
        "IMG_1 (2).DNG", "IMG_1 (2).JPG", "IMG_1.CR2", "IMG_1.JPG", "img_1 (3).jpg",
    ]  # fmt: skip
    assert (target / "IMG_1 (2).JPG").read_bytes() == b"second"


def test_folders_may_be_kept(source: Path, target: Path, journals: Path) -> None:
    photos = [photo(source / day / "IMG_1.JPG", data=day.encode()) for day in ("mon", "tue")]
    run(jobs.export(plan.make(photos, target, root=source), journals=journals))
    assert (target / "mon" / "IMG_1.JPG").read_bytes() == b"mon"
    assert (target / "tue" / "IMG_1.JPG").read_bytes() == b"tue"


def test_what_is_there_already_is_not_copied_again(
    source: Path, target: Path, journals: Path
) -> None:
    one = photo(source / "IMG_1.JPG")
    run(jobs.export(plan.make([one], target), journals=journals))
    again = plan.make([one], target)
    assert again.bytes == 0
    assert run(jobs.export(again, journals=journals)).there == 1
    assert names(target) == ["IMG_1.JPG"]


def test_a_file_of_another_owner_is_never_replaced(
    source: Path, target: Path, journals: Path
) -> None:
    one = photo(source / "IMG_1.JPG")
    ready = plan.make([one], target)
    target.mkdir()
    (target / "IMG_1.JPG").write_bytes(b"somebody else's")
    report = run(jobs.export(ready, journals=journals))
    assert "just now" in report.failed[0].error
    assert (target / "IMG_1.JPG").read_bytes() == b"somebody else's"


@pytest.mark.parametrize("same_drive", [True, False])
def test_a_move_leaves_nothing_behind_and_loses_nothing(
    source: Path, target: Path, journals: Path, same_drive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not same_drive:
        monkeypatch.setattr(transfer, "_linked", lambda *_: False)
    one = photo(source / "IMG_1.JPG", "IMG_1.CR2")
    report = run(jobs.export(plan.make([one], target, move=True), journals=journals))
    assert len(report.done) == 1
    assert names(source) == []
    assert (target / "IMG_1.CR2").read_bytes() == b"IMG_1.CR2" * 999


def test_a_sidecar_of_two_photos_is_copied_by_a_move_and_stays(
    source: Path, target: Path, journals: Path
) -> None:
    one = photo(source / "IMG_1.JPG")
    photo(source / "IMG_1.PNG")
    (source / "IMG_1.xmp").write_text("both")
    run(jobs.export(plan.make([one], target, move=True), journals=journals))
    assert names(source) == ["IMG_1.PNG", "IMG_1.xmp"]
    assert names(target) == ["IMG_1.JPG", "IMG_1.xmp"]


def test_a_copy_that_is_not_what_was_written_removes_nothing(
    source: Path, target: Path, journals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "_linked", lambda *_: False)
    monkeypatch.setattr(transfer, "content", lambda path: b"other")
    one = photo(source / "IMG_1.JPG", "IMG_1.CR2")
    report = run(jobs.export(plan.make([one], target, move=True), journals=journals))
    assert "check the drive" in report.failed[0].error
    assert names(source) == ["IMG_1.CR2", "IMG_1.JPG"]
    assert names(target) == []


def test_one_photo_that_fails_does_not_end_the_run(
    source: Path, target: Path, journals: Path
) -> None:
    photos = [photo(source / f"IMG_{n}.JPG") for n in range(3)]
    ready = plan.make(photos, target)
    photos[1].path.unlink()
    report = run(jobs.export(ready, journals=journals))
    assert [failure.path.name for failure in report.failed] == ["IMG_1.JPG"]
    assert names(target) == ["IMG_0.JPG", "IMG_2.JPG"]
    assert "scan" in plan.make(photos, target).held[0].why


def test_no_room_is_said_before_anything_is_done(
    source: Path, target: Path, journals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(source.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    ready = plan.make([photo(source / "IMG_1.JPG")], target)
    with pytest.raises(DiskFull, match="needs"):
        run(jobs.export(ready, journals=journals))
    assert names(target) == []


def test_a_drive_that_fills_up_midway_takes_back_the_photo_under_way(
    source: Path, target: Path, journals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = [photo(source / f"IMG_{n}.JPG", f"IMG_{n}.CR2") for n in range(2)]
    copied = transfer._copied

    def fills_up(path: Path, part: Path) -> Generator[int, None, bytes]:
        if path.name == "IMG_1.CR2":
            part.write_bytes(b"half")
            raise OSError(28, "No space left on device")
        return (yield from copied(path, part))

    monkeypatch.setattr(transfer, "_copied", fills_up)
    with pytest.raises(DiskFull):
        run(jobs.export(plan.make(photos, target), journals=journals))
    assert names(target) == ["IMG_0.CR2", "IMG_0.JPG"]
    assert names(journals) == []


@pytest.mark.parametrize("move", [False, True])
def test_a_target_that_goes_away_midway_ends_the_run_and_is_not_made_anew(
    source: Path, target: Path, journals: Path, monkeypatch: pytest.MonkeyPatch, move: bool
) -> None:
    """As when a drive is pulled: its folder would be made again on the drive below."""
    photos = [photo(source / f"{n}.jpg") for n in range(4)]
    planned = plan.make(photos, target, move=move)
    pulled = target.with_name("pulled")
    copy = transfer._copied

    def copied(source: Path, part: Path) -> Generator[int, None, bytes]:
        if source.name == "2.jpg":
            target.rename(pulled)
        return copy(source, part)

    monkeypatch.setattr(transfer, "_copied", copied)
    monkeypatch.setattr(transfer, "_linked", lambda source, target: False)
    with pytest.raises(TargetGone, match="not there any more"):
        run(jobs.export(planned, journals=journals))
    assert not target.exists()
    assert names(pulled) == ["0.jpg", "1.jpg"]
    assert names(source) == [*([] if move else ["0.jpg", "1.jpg"]), "2.jpg", "3.jpg"]
    assert not journal.recover(journals).taken_back
    assert names(source)[-2:] == ["2.jpg", "3.jpg"]


def test_names_that_differ_in_letter_case_only_clash(
    source: Path, target: Path, journals: Path
) -> None:
    photos = [photo(source / "a" / "IMG_1.JPG"), photo(source / "b" / "img_1.jpg")]
    run(jobs.export(plan.make(photos, target), journals=journals))
    assert names(target) == ["IMG_1.JPG", "img_1 (2).jpg"]


def test_the_target_must_be_another_folder(source: Path, journals: Path) -> None:
    one = photo(source / "IMG_1.JPG")
    report = run(jobs.export(plan.make([one], source, move=True), journals=journals))
    assert "already" in report.failed[0].error
    assert names(source) == ["IMG_1.JPG"]
    with pytest.raises(WrongUse, match="is a file"):
        plan.make([one], one.path)


def test_a_closed_export_leaves_whole_photos_only(
    source: Path, target: Path, journals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.export.__globals__["Pace"], "due", True)
    photos = [photo(source / f"IMG_{n}.JPG", f"IMG_{n}.CR2") for n in range(3)]
    job = jobs.export(plan.make(photos, target), journals=journals)
    for _ in range(3):
        next(job)
    job.close()
    assert names(journals) == []
    assert not list(target.glob(".*"))
    found = names(target)
    assert len({name[:5] for name in found}) * 2 == len(found)


CHILD = """
import sys
from pathlib import Path
from uniqa_desktop import jobs
from uniqa_desktop.export import plan, transfer
from uniqa_desktop.photo import Photo
source, target, journals, move, link = sys.argv[1:]
if link == "0":
    transfer._linked = lambda *_: False
photos = [
    Photo(n, path, b"", companions=(path.with_suffix(".CR2"),))
    for n, path in enumerate(sorted(Path(source).glob("*.JPG")))
]
print("ready", flush=True)
job = jobs.export(plan.make(photos, Path(target), move=move == "1"), journals=Path(journals))
for _ in job:
    pass
"""


@pytest.mark.parametrize(("move", "link"), [(False, True), (True, True), (True, False)])
def test_a_killed_export_loses_no_file(
    source: Path, target: Path, journals: Path, move: bool, link: bool
) -> None:
    """Killed again and again at other moments, until all 200 photos are through."""
    wanted = {}
    for n in range(200):
        one = photo(source / f"IMG_{n:03}.JPG", f"IMG_{n:03}.CR2")
        wanted |= {path.name: path.read_bytes() for path in (one.path, *one.companions)}
    arguments = [str(source), str(target), str(journals), str(int(move)), str(int(link))]
    there: dict[str, bytes] = {}
    for attempt in range(40):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, *arguments], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        child.stdout.readline()
        deadline = time.monotonic() + 0.02 + 0.013 * (attempt % 7)
        while attempt < 5 and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        if attempt < 5:
            child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert journal.recover(journals).troubles == []
        here = {path.name: path.read_bytes() for path in source.iterdir()}
        there = {p.name: p.read_bytes() for p in target.iterdir()} if target.exists() else {}
        assert here | there == wanted
        assert there | here == wanted
        assert {name[:7] for name in there if name[:7] + ".CR2" not in there} == set()
        if move:
            assert not here.keys() & there.keys()
        else:
            assert here == wanted
        if child.returncode == 0:
            break
    assert there == wanted


def test_a_journal_in_use_is_left_alone(source: Path, target: Path, journals: Path) -> None:
    ready = plan.make([photo(source / "IMG_1.JPG")], target)
    running = journal.Journal(ready, journals)
    running.begin(0)
    target.mkdir()
    (target / "IMG_1.JPG").write_bytes(b"half")
    assert journal.recover(journals) == journal.Recovery()
    running.leave()
    assert journal.recover(journals).taken_back == [source / "IMG_1.JPG"]
    assert (target / "IMG_1.JPG").read_bytes() == b"half"  # not what we would have written
    assert (source / "IMG_1.JPG").exists()
    assert names(journals) == []
