"""RAW and JPEG of one name in one folder are one photo, through everything that may happen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import MODEL, photo, photo_at, scored, take_up

from uniqa_desktop.photo import Flag, Provenance, State, Verdict
from uniqa_desktop.store import Store

PICKED = Verdict(Flag.PICK)


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


def make(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(file.name.encode())


def pick(store: Store, file: Path) -> int:
    number = photo_at(store, file).id
    store.scores.write([scored(number)])
    store.verdicts.give([number], flag=Flag.PICK, provenance=Provenance.BLIND)
    return number


def test_a_pair_is_one_photo_shown_by_the_picture(store: Store, root: Path) -> None:
    make(root / "IMG_1.CR2", root / "img_1.jpg")
    (number,) = take_up(store, root).added
    found = photo(store, number)
    assert found.path == root / "img_1.jpg"
    assert found.companions == (root / "IMG_1.CR2",)
    assert photo_at(store, root / "IMG_1.CR2").id == number
    assert store.photos.total() == 1


@pytest.mark.parametrize(
    "names",
    [
        ("a.jpg", "a.heic"),
        ("a.cr2", "a.dng"),
        ("a.jpg", "a.tif", "a.cr2"),
        ("a.jpg", "x/a.cr2"),
        ("a.jpg", "a-1.cr2"),
    ],
)
def test_anything_else_is_not_a_pair(store: Store, root: Path, names: tuple[str, ...]) -> None:
    make(*(root / name for name in names))
    assert len(take_up(store, root).added) == len(names)


@pytest.mark.parametrize("first", ["a.jpg", "a.cr2"])
def test_a_partner_that_comes_later_joins_the_photo(store: Store, root: Path, first: str) -> None:
    make(root / first)
    take_up(store, root)
    number = pick(store, root / first)
    make(root / "a.jpg", root / "a.cr2")
    outcome = take_up(store, root)
    assert outcome.changed == {number}
    assert not outcome.added
    found = photo(store, number)
    assert found.path == root / "a.jpg"
    assert found.companions == (root / "a.cr2",)
    assert found.verdict == PICKED
    scored_still = first == "a.jpg"
    assert (found.scores is not None) is scored_still
    assert list(store.photos.pending(MODEL)) == ([] if scored_still else [number])


@pytest.mark.parametrize("lost", ["a.jpg", "a.cr2"])
def test_a_photo_survives_the_loss_of_one_file(store: Store, root: Path, lost: str) -> None:
    make(root / "a.jpg", root / "a.cr2")
    take_up(store, root)
    number = pick(store, root / "a.jpg")
    (root / lost).unlink()
    outcome = take_up(store, root)
    assert outcome.changed == {number}
    assert not outcome.missing
    found = photo(store, number)
    assert found.state is State.PRESENT
    assert found.path == root / ("a.cr2" if lost == "a.jpg" else "a.jpg")
    assert found.companions == ()
    assert found.verdict == PICKED
    assert (found.scores is None) is (lost == "a.jpg"), "the RAW was never scored"
    make(root / lost)
    take_up(store, root)
    assert photo(store, number).path == root / "a.jpg"
    assert photo(store, number).companions == (root / "a.cr2",)
    assert photo(store, number).verdict == PICKED


def test_a_pair_that_moves_stays_a_pair(store: Store, root: Path) -> None:
    make(root / "a.jpg", root / "a.cr2")
    take_up(store, root)
    number = pick(store, root / "a.jpg")
    (root / "x").mkdir()
    for name in ("a.jpg", "a.cr2"):
        (root / name).rename(root / "x" / name)
    assert take_up(store, root).moved == {number}
    found = photo(store, number)
    assert (found.path, found.companions) == (root / "x" / "a.jpg", (root / "x" / "a.cr2",))
    assert found.scores is not None


def test_a_pair_that_is_gone_comes_back_as_it_was(store: Store, root: Path) -> None:
    make(root / "x" / "a.jpg", root / "x" / "a.cr2")
    take_up(store, root)
    number = pick(store, root / "x" / "a.jpg")
    (root / "x").rename(root.parent / "away")
    assert take_up(store, root).missing == {number}
    assert photo(store, number).path == root / "x" / "a.jpg"
    (root.parent / "away").rename(root / "x")
    take_up(store, root)
    found = photo(store, number)
    assert found.companions == (root / "x" / "a.cr2",)
    assert found.scores is not None, "the picture was never another one"


def test_a_renamed_picture_takes_the_verdict_with_it(store: Store, root: Path) -> None:
    make(root / "a.jpg", root / "a.cr2")
    take_up(store, root)
    number = pick(store, root / "a.jpg")
    (root / "a.jpg").rename(root / "best.jpg")
    take_up(store, root)
    assert photo_at(store, root / "best.jpg").id == number
    assert photo(store, number).companions == ()
    raw = photo_at(store, root / "a.cr2")
    assert raw.id != number
    assert raw.verdict == Verdict()
    (root / "best.jpg").rename(root / "a.jpg")
    outcome = take_up(store, root)
    assert outcome.removed == {raw.id}
    assert photo(store, number).companions == (root / "a.cr2",)
    assert photo(store, number).verdict == PICKED
    assert photo(store, number).scores is not None


def test_the_partner_with_a_verdict_is_the_photo_that_stays(store: Store, root: Path) -> None:
    make(root / "a.jpg", root / "x" / "a.cr2")
    take_up(store, root)
    store.scores.write([scored(photo_at(store, root / "a.jpg").id, 88)])
    number = pick(store, root / "x" / "a.cr2")
    (root / "a.jpg").rename(root / "x" / "a.jpg")
    take_up(store, root)
    found = photo_at(store, root / "x" / "a.jpg")
    assert found.id == number
    assert found.verdict == PICKED
    assert found.scores is not None
    assert found.scores.quality == 88, "the picture's score came with it"


def test_two_verdicts_are_never_made_one(store: Store, root: Path) -> None:
    make(root / "a.jpg", root / "x" / "a.cr2")
    take_up(store, root)
    picture, raw = pick(store, root / "a.jpg"), pick(store, root / "x" / "a.cr2")
    (root / "a.jpg").rename(root / "x" / "a.jpg")
    take_up(store, root)
    assert photo(store, picture).path == root / "x" / "a.jpg"
    assert photo(store, raw).path == root / "x" / "a.cr2"


def test_a_rewritten_raw_does_not_cost_the_pictures_score(store: Store, root: Path) -> None:
    make(root / "a.jpg", root / "a.cr2")
    take_up(store, root)
    number = pick(store, root / "a.jpg")
    (root / "a.cr2").write_bytes(b"other bytes")
    take_up(store, root)
    assert photo(store, number).scores is not None
