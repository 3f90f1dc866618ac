"""What became of each file: photos keep their scores and verdicts wherever their bytes go."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from shelf import MODEL, photo, photo_at, scored, take_up, without_rights

from uniqa_desktop import scan
from uniqa_desktop.photo import Flag, Photo, Provenance, State, Verdict
from uniqa_desktop.scan.identity import COVERED
from uniqa_desktop.store import Store

STARS = Verdict(Flag.PICK, 4)
UNDECIDED = Verdict()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened
        assert opened.health()["integrity"] == "ok"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


def make(file: Path, data: bytes | None = None) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(file.name.encode() if data is None else data)
    return file


def judge(store: Store, file: Path, verdict: Verdict = STARS) -> int:
    """Scores the photo at `file`, gives it a verdict and features; its id."""
    number = photo_at(store, file).id
    content = scan.content(photo(store, number).path)
    store.scores.write([scored(number, 70, content=content)])
    store.features.write([(number, "w", "p", np.ones(4, np.float16))])
    store.verdicts.give(
        [number], flag=verdict.flag, stars=verdict.stars, provenance=Provenance.BLIND
    )
    return number


def has_everything(store: Store, found: Photo) -> bool:
    return (
        found.verdict == STARS
        and found.scores is not None
        and len(store.verdicts.history(found.id)) == 1
        and list(store.features.read([found.id], "w", "p")[0]) == [found.id]
    )


def large(seed: int) -> bytes:
    """More bytes than the fast hash reads."""
    return np.random.default_rng(seed).bytes(COVERED * 2)


def differing_inside(data: bytes) -> bytes:
    """The same size, head, middle and tail, but another byte between them."""
    at = len(data) // 4
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_scan_after_a_scan_finds_nothing_to_do(store: Store, root: Path) -> None:
    make(root / "a.jpg"), make(root / "x" / "b.jpg")
    assert len(take_up(store, root).added) == 2
    again = take_up(store, root)
    assert again.unchanged == 2
    assert not (again.added | again.moved | again.changed | again.missing)


@pytest.mark.parametrize("target", ["b.jpg", "new folder/a.jpg", "A.JPG"])
def test_a_moved_or_renamed_photo_keeps_everything(store: Store, root: Path, target: str) -> None:
    make(root / "a.jpg")
    take_up(store, root)
    number = judge(store, root / "a.jpg")
    (root / target).parent.mkdir(exist_ok=True)
    (root / "a.jpg").rename(root / target)
    outcome = take_up(store, root)
    assert outcome.moved == {number}
    found = photo_at(store, root / target)
    assert found.id == number
    assert has_everything(store, found)
    assert store.photos.total() == 1


def test_a_photo_moved_to_another_root_is_known_again(store: Store, root: Path) -> None:
    """Also when only the folder that it came to is scanned."""
    make(root / "old" / "a.jpg"), make(root / "old" / "b.jpg")
    take_up(store, root / "old")
    number = judge(store, root / "old" / "a.jpg")
    (root / "new").mkdir()
    (root / "old" / "a.jpg").rename(root / "new" / "a.jpg")
    assert take_up(store, root / "new").moved == {number}
    assert has_everything(store, photo_at(store, root / "new" / "a.jpg"))


def test_a_copy_does_not_take_the_photo_from_a_drive_that_is_unplugged(
    store: Store, root: Path
) -> None:
    data = make(root / "drive" / "photos" / "a.jpg").read_bytes()
    take_up(store, root / "drive" / "photos")
    number = judge(store, root / "drive" / "photos" / "a.jpg")
    (root / "drive").rename(root / "unplugged")
    make(root / "here" / "a.jpg", data)
    assert len(take_up(store, root / "here").added) == 1
    assert photo(store, number).path == root / "drive" / "photos" / "a.jpg"


def test_a_touched_photo_keeps_its_scores(store: Store, root: Path) -> None:
    make(root / "a.jpg")
    take_up(store, root)
    number = judge(store, root / "a.jpg")
    os.utime(root / "a.jpg", ns=(5, 5))
    take_up(store, root)
    assert has_everything(store, photo(store, number))
    assert take_up(store, root).unchanged == 1


def test_a_rewritten_photo_is_scored_again_and_keeps_its_verdict(store: Store, root: Path) -> None:
    make(root / "a.jpg")
    take_up(store, root)
    number = judge(store, root / "a.jpg")
    before = photo(store, number)
    make(root / "a.jpg", b"edited")
    assert take_up(store, root).changed == {number}
    after = photo(store, number)
    assert after.verdict == STARS
    assert after.identity != before.identity
    assert after.scores is None
    assert after.attributes is None
    assert not len(store.features.read([number], "w", "p")[0])
    assert list(store.photos.pending(MODEL)) == [number]


def test_two_photos_that_swap_names_keep_their_own(store: Store, root: Path) -> None:
    make(root / "a.jpg"), make(root / "b.jpg")
    take_up(store, root)
    judged = judge(store, root / "a.jpg")
    (root / "a.jpg").rename(root / "t")
    (root / "b.jpg").rename(root / "a.jpg")
    (root / "t").rename(root / "b.jpg")
    take_up(store, root)
    assert photo_at(store, root / "b.jpg").id == judged
    assert has_everything(store, photo(store, judged))
    assert photo_at(store, root / "a.jpg").verdict == UNDECIDED


def test_a_new_file_at_an_old_place_does_not_inherit(store: Store, root: Path) -> None:
    """The camera starts at IMG_0001 again; the first IMG_0001 was moved into a folder."""
    make(root / "IMG_0001.jpg")
    take_up(store, root)
    judged = judge(store, root / "IMG_0001.jpg")
    (root / "sorted").mkdir()
    (root / "IMG_0001.jpg").rename(root / "sorted" / "IMG_0001.jpg")
    make(root / "IMG_0001.jpg", b"another picture")
    take_up(store, root)
    assert photo_at(store, root / "sorted" / "IMG_0001.jpg").id == judged
    assert photo_at(store, root / "IMG_0001.jpg").verdict == UNDECIDED


def test_a_photo_moved_over_another_one_keeps_its_own_verdict(store: Store, root: Path) -> None:
    make(root / "a.jpg"), make(root / "b.jpg")
    take_up(store, root)
    judged, overwritten = judge(store, root / "a.jpg"), photo_at(store, root / "b.jpg").id
    (root / "a.jpg").replace(root / "b.jpg")
    outcome = take_up(store, root)
    assert photo_at(store, root / "b.jpg").id == judged
    assert outcome.missing == {overwritten}
    assert photo(store, overwritten).state is State.MISSING


def test_a_missing_photo_is_kept_and_comes_back_with_everything(store: Store, root: Path) -> None:
    data = make(root / "a.jpg").read_bytes()
    take_up(store, root)
    number = judge(store, root / "a.jpg")
    (root / "a.jpg").unlink()
    assert take_up(store, root).missing == {number}
    gone = photo(store, number)
    assert gone.state is State.MISSING
    assert gone.path == root / "a.jpg"
    assert store.photos.total() == 0
    assert not take_up(store, root).missing, "it is told once"
    make(root / "a.jpg", data)
    assert take_up(store, root).moved == {number}
    assert has_everything(store, photo(store, number))
    assert photo(store, number).state is State.PRESENT


def test_copies_are_photos_of_their_own(store: Store, root: Path) -> None:
    make(root / "a.jpg", large(1)), make(root / "b.jpg", large(1))
    take_up(store, root)
    make(root / "c.jpg", large(1))
    take_up(store, root)
    photos = [photo_at(store, root / name) for name in ("a.jpg", "b.jpg", "c.jpg")]
    assert len({found.id for found in photos}) == 3
    assert len({found.identity for found in photos}) == 1, "one thumbnail serves all"


@pytest.mark.parametrize("in_one_scan", [True, False])
def test_files_that_differ_where_the_fast_hash_does_not_look_are_told_apart(
    store: Store, root: Path, in_one_scan: bool
) -> None:
    data = large(1)
    make(root / "a.tif", data)
    if not in_one_scan:
        take_up(store, root)
    make(root / "b.tif", differing_inside(data))
    make(root / "c.tif", differing_inside(data))
    take_up(store, root)
    a, b, c = (photo_at(store, root / name) for name in ("a.tif", "b.tif", "c.tif"))
    assert scan.fast(a.path)[0] == scan.fast(b.path)[0]
    assert a.identity != b.identity
    assert b.identity == c.identity == scan.content(b.path)
    os.utime(b.path)
    take_up(store, root)
    assert photo(store, b.id).identity == b.identity


def test_a_moved_file_is_verified_where_its_content_is_known(store: Store, root: Path) -> None:
    data = large(2)
    make(root / "a.tif", data)
    take_up(store, root)
    judged = judge(store, root / "a.tif")
    (root / "a.tif").unlink()
    make(root / "b.tif", differing_inside(data))
    outcome = take_up(store, root)
    assert outcome.missing == {judged}
    impostor = photo_at(store, root / "b.tif")
    assert impostor.verdict == UNDECIDED
    assert impostor.identity != photo(store, judged).identity
    make(root / "c.tif", data)
    assert take_up(store, root).moved == {judged}
    assert has_everything(store, photo_at(store, root / "c.tif"))


def test_of_equal_files_the_one_of_the_same_name_moved(store: Store, root: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        make(root / "old" / name, b"")
    take_up(store, root)
    ids = {name: photo_at(store, root / "old" / name).id for name in ("a.jpg", "b.jpg", "c.jpg")}
    (root / "old").rename(root / "new")
    take_up(store, root)
    assert {name: photo_at(store, root / "new" / name).id for name in ids} == ids


def test_a_file_that_vanishes_in_mid_scan_is_listed(store: Store, root: Path) -> None:
    make(root / "a.jpg"), make(root / "b.jpg")
    survey = scan.Survey()
    for folder in scan.walk([root], {}):
        survey.add(folder)
    (root / "a.jpg").unlink()
    failures = []
    for changes in scan.settle(survey, store.files):
        store.files.apply(changes)
        failures += changes.failures
    assert [failure.path for failure in failures] == [root / "a.jpg"]
    assert photo_at(store, root / "b.jpg")


def test_an_unreadable_file_is_listed_until_it_can_be_read(store: Store) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        root.chmod(0o755)
        make(root / "a.jpg").chmod(0)
        make(root / "b.jpg").chmod(0o644)
        store.files.known()
        with without_rights():
            survey = scan.Survey()
            for folder in scan.walk([root], {}):
                survey.add(folder)
            changes = list(scan.settle(survey, store.files))
        store.failures.settle([root], [f for change in changes for f in change.failures])
        assert [failure.path.name for failure in store.failures.all([root])] == ["a.jpg"]
        assert [file.path.name for change in changes for file in change.added] == ["b.jpg"]
        (root / "a.jpg").chmod(0o644)
        take_up(store, root)
        assert not store.failures.all([root])
        assert photo_at(store, root / "a.jpg")


def test_an_unreadable_folder_does_not_make_its_photos_missing(store: Store) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        root.chmod(0o755)
        make(root / "locked" / "a.jpg")
        take_up(store, root)
        (root / "locked").chmod(0)
        known = store.files.known(root)
        survey = scan.Survey()
        with without_rights():
            for folder in scan.walk([root], known):
                survey.add(folder)
        (root / "locked").chmod(0o755)
        for changes in scan.settle(survey, store.files):
            store.files.apply(changes)
        assert photo_at(store, root / "locked" / "a.jpg").state is State.PRESENT
        assert [failure.path for failure in survey.failures] == [root / "locked"]


def test_names_that_are_not_utf8_survive_the_library(store: Store, root: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(root) + b"/d\xe9j\xe0"))
    make(folder / os.fsdecode(b"\xff\xfe.jpg"), b"one")
    make(root / os.fsdecode(b"na\xefve.jpg"), b"two")
    assert len(take_up(store, root).added) == 2
    assert take_up(store, root).unchanged == 2
    assert take_up(store, folder).unchanged == 1
    found = photo_at(store, folder / os.fsdecode(b"\xff\xfe.jpg"))
    assert found.path.read_bytes() == b"one"
    assert store.photos.total([folder]) == 1


def test_a_folder_of_more_than_one_block_moves_as_a_whole(store: Store, root: Path) -> None:
    """Pairs stay pairs, and nothing is lost between two blocks."""
    for number in range(130):
        make(root / "old" / f"{number:03d}.jpg", b"jpeg %d" % number)
        make(root / "old" / f"{number:03d}.cr2", b"raw %d" % number)
    assert len(take_up(store, root).added) == 130
    before = {photo_at(store, file).id for file in (root / "old").iterdir()}
    assert len(before) == 130
    (root / "old").rename(root / "new")
    outcome = take_up(store, root)
    assert outcome.moved == before
    assert not (outcome.added | outcome.missing | outcome.changed)
