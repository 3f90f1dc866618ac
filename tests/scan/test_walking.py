"""Walking: every photo is found once, everything odd is survived and listed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import without_rights

from uniqa_desktop.photo import Stage
from uniqa_desktop.scan import Survey, walk

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Unix file names and links")


def survey(*roots: Path, known: dict[str, dict[str, tuple[int, int]]] | None = None) -> Survey:
    result = Survey()
    for folder in walk(roots, known or {}):
        result.add(folder)
    return result


def seen(root: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """The folders below `root` as a library that was scanned just now knows them."""
    known: dict[str, dict[str, tuple[int, int]]] = {}
    for file in survey(root).new:
        state = file.stat()
        known.setdefault(str(file.parent), {})[file.name] = (state.st_size, state.st_mtime_ns)
    return known


def make(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(str(file).encode("utf-8", "surrogateescape"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def common_root() -> Iterator[Path]:
    """A folder that other users can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)
        yield Path(temporary)


def test_photos_are_found_at_every_depth(root: Path) -> None:
    files = [root / "a.jpg", root / "x" / "B.CR2", root / "x" / "y" / "c.HEIC"]
    make(*files)
    assert sorted(survey(root).new) == sorted(files)


def test_what_is_no_photo_is_skipped_and_counted(root: Path) -> None:
    make(
        root / "a.jpg",
        root / "a.xmp", root / "a.jpg.json",
        root / "film.MOV",
        root / "notes.txt", root / "no-extension",
        root / ".hidden.jpg", root / "._a.jpg",
        root / ".thumbs" / "t.jpg", root / ".Trash-1000" / "t.jpg",
        root / "$RECYCLE.BIN" / "t.jpg", root / "System Volume Information" / "t.jpg",
        root / "@eaDir" / "t.jpg", root / "lost+found" / "t.jpg", root / "__MACOSX" / "t.jpg",
        root / "#recycle" / "t.jpg",
    )  # fmt: skip
    found = survey(root)
    assert found.new == [root / "a.jpg"]
    assert found.skipped == {"sidecar": 2, "video": 1, "other": 2, "hidden": 4, "system": 6}
    assert not found.failures


def test_a_hidden_folder_is_walked_if_it_is_asked_for(tmp_path: Path) -> None:
    make(tmp_path / ".private" / "a.jpg")
    assert survey(tmp_path / ".private").new == [tmp_path / ".private" / "a.jpg"]


def test_a_folder_named_like_a_photo_is_a_folder(root: Path) -> None:
    make(root / "holiday.jpg" / "a.jpg")
    assert survey(root).new == [root / "holiday.jpg" / "a.jpg"]


def test_unchanged_changed_and_gone_files_are_told_apart(root: Path) -> None:
    make(root / "same.jpg", root / "touched.jpg", root / "longer.jpg", root / "gone.jpg")
    known = seen(root)
    os.utime(root / "touched.jpg", ns=(1, 1))
    with (root / "longer.jpg").open("ab") as file:
        file.write(b"!")
    (root / "gone.jpg").unlink()
    make(root / "new.jpg")
    found = survey(root, known=known)
    assert found.unchanged == 1
    assert found.changed == [root / "longer.jpg", root / "touched.jpg"]
    assert found.gone == [root / "gone.jpg"]
    assert found.new == [root / "new.jpg"]


def test_raw_and_jpeg_are_neighbours_whatever_lies_between_their_names(root: Path) -> None:
    make(root / "a.CR2", root / "A-1.jpg", root / "a.b.jpg", root / "a.jpg")
    order = [file.name for file in survey(root).new]
    assert abs(order.index("a.CR2") - order.index("a.jpg")) == 1


def test_overlapping_roots_give_each_photo_once(root: Path) -> None:
    make(root / "a.jpg", root / "x" / "b.jpg")
    assert sorted(survey(root, root / "x", root).new) == [root / "a.jpg", root / "x" / "b.jpg"]


@unix_only
def test_links_in_a_circle_are_listed_and_not_followed(root: Path) -> None:
    make(root / "x" / "a.jpg")
    (root / "x" / "up").symlink_to(root)
    (root / "x" / "self").symlink_to("self")
    (root / "above").symlink_to(root.parent)
    (root / "round.jpg").symlink_to("round.jpg")
    found = survey(root)
    assert found.new == [root / "x" / "a.jpg"]
    listed = {failure.path.name for failure in found.failures}
    assert listed == {"up", "self", "above", "round.jpg"}
    assert all(failure.stage is Stage.SCAN for failure in found.failures)
    assert all("leads back" in failure.error for failure in found.failures)


@unix_only
def test_links_to_photos_and_folders_are_followed(root: Path, tmp_path: Path) -> None:
    make(tmp_path / "elsewhere" / "a.jpg", tmp_path / "other" / "b.jpg")
    (root / "b.jpg").symlink_to(tmp_path / "other" / "b.jpg")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    assert sorted(survey(root).new) == [root / "b.jpg", root / "link" / "a.jpg"]


@unix_only
def test_a_folder_keeps_its_own_path_where_a_link_leads_to_it_too(root: Path) -> None:
    make(root / "real" / "a.jpg")
    (root / "a-link").symlink_to(root / "real")
    found = survey(root)
    assert found.new == [root / "real" / "a.jpg"]
    assert found.skipped["seen"] == 1
    assert not found.failures


@unix_only
def test_a_link_to_nowhere_is_listed(root: Path) -> None:
    (root / "a.jpg").symlink_to(root / "nowhere.jpg")
    found = survey(root)
    assert [failure.path for failure in found.failures] == [root / "a.jpg"]
    assert "link to nowhere" in found.failures[0].error


@unix_only
def test_a_pipe_named_like_a_photo_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "pipe.jpg")
    found = survey(root)
    assert not found.new
    assert found.skipped == {"other": 1}


@unix_only
def test_names_that_are_not_utf8_are_found(root: Path) -> None:
    make(Path(os.fsdecode(os.fsencode(root) + b"/d\xe9j\xe0/\xff.jpg")))
    (file,) = survey(root).new
    assert os.fsencode(file.name) == b"\xff.jpg"
    assert file.read_bytes()


def test_long_paths_are_found(root: Path) -> None:
    file = root / ("d" * 100) / ("e" * 100) / ("f" * 96 + ".jpg")
    make(file)
    assert len(str(file)) > 300
    assert survey(root).new == [file]


@unix_only
def test_paths_too_long_for_the_system_are_listed(root: Path) -> None:
    here = os.open(root, os.O_RDONLY)
    try:
        for _ in range(25):  # 25 × 200 is beyond the 4,096 bytes that a path may have
            os.mkdir("d" * 200, dir_fd=here)
            deeper = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
        os.close(os.open("a.jpg", os.O_CREAT, dir_fd=here))
    finally:
        os.close(here)
    make(root / "b.jpg")
    found = survey(root)
    shutil.rmtree(root)  # not every cleaner can do this later
    assert found.new == [root / "b.jpg"]
    assert len(found.failures) == 1
    assert "too long" in found.failures[0].error


def test_a_folder_without_permission_is_listed_and_loses_nothing(common_root: Path) -> None:
    make(common_root / "a.jpg", common_root / "locked" / "deep" / "b.jpg")
    known = seen(common_root)
    (common_root / "locked").chmod(0)
    try:
        with without_rights():
            found = survey(common_root, known=known)
    finally:
        (common_root / "locked").chmod(0o755)
    assert [failure.path for failure in found.failures] == [common_root / "locked"]
    assert "permission" in found.failures[0].error
    assert not found.gone
    assert found.unchanged == 1


def test_files_that_may_not_be_looked_at_are_listed_and_not_gone(common_root: Path) -> None:
    make(common_root / "half" / "a.jpg")
    known = seen(common_root)
    (common_root / "half").chmod(0o744)  # its names may be read, its files may not
    try:
        with without_rights():
            found = survey(common_root, known=known)
    finally:
        (common_root / "half").chmod(0o755)
    assert [failure.path.name for failure in found.failures] == ["a.jpg"]
    assert not found.gone
    assert not found.changed


def test_what_lies_in_a_folder_that_is_gone_is_gone(root: Path) -> None:
    make(root / "x" / "y" / "a.jpg", root / "b.jpg")
    known = seen(root)
    (root / "x").rename(root.parent / "x")
    found = survey(root, known=known)
    assert found.gone == [root / "x" / "y" / "a.jpg"]
    assert not found.failures


def test_a_missing_root_is_listed_and_its_photos_are_gone(root: Path) -> None:
    make(root / "a.jpg", root / "x" / "b.jpg")
    known = seen(root)
    root.rename(root.with_name("renamed"))
    found = survey(root, known=known)
    assert sorted(found.gone) == [root / "a.jpg", root / "x" / "b.jpg"]
    assert [failure.path for failure in found.failures] == [root]


def test_a_drive_that_is_not_plugged_in_loses_nothing(tmp_path: Path) -> None:
    root = tmp_path / "drive" / "photos"
    make(root / "a.jpg")
    known = seen(root)
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    found = survey(root, known=known)
    assert not found.gone
    assert [failure.path for failure in found.failures] == [root]


def test_a_file_instead_of_a_folder_is_listed(root: Path) -> None:
    make(root / "a.jpg")
    found = survey(root / "a.jpg")
    assert "not a folder" in found.failures[0].error


@unix_only
def test_a_time_stamp_out_of_range_is_not_a_change_for_ever(root: Path) -> None:
    make(root / "a.jpg")
    os.utime(root / "a.jpg", (15_000_000_000, 15_000_000_000))  # the year 2445
    if (root / "a.jpg").stat().st_mtime_ns < 1 << 63:
        pytest.skip("this file system cuts time stamps itself")
    size = (root / "a.jpg").stat().st_size
    found = survey(root, known={str(root): {"a.jpg": (size, (1 << 63) - 1)}})
    assert not found.changed
    assert found.unchanged == 1
