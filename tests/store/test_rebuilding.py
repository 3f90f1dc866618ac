"""Rebuilding: what can still be read is kept, above all the user's verdicts."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shelf import MODEL, photo_at, scored, take_up

from uniqa_desktop.errors import LibraryDamaged, LibraryError, LibraryTooNew
from uniqa_desktop.photo import Flag, Label, Provenance, Verdict
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store, opening, rebuild

COUNT = 1000


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the photos, with a closed library in which each has a score and a verdict."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(COUNT):
        (folder / f"{number:04d}.jpg").write_bytes(b"%d" % number)
    with Store.open(folder / "library.db") as store:
        take_up(store, folder)
        ids = store.photos.ids(Query(model=MODEL))
        store.scores.write([scored(number, number % 100) for number in ids])
        for stars in range(1, 6):
            store.verdicts.give(
                [number for number in ids if number % 5 + 1 == stars],
                stars=stars,
                flag=Flag.PICK,
                label=Label.GREEN,
                provenance=Provenance.BLIND,
            )
    return folder


@pytest.fixture
def library(photos: Path, tmp_path: Path) -> Path:
    """A copy of that library, to be damaged."""
    return Path(shutil.copy(photos / "library.db", tmp_path / "library.db"))


def assert_right(store: Store, at_least: int) -> None:
    """The library is sound, and every photo that it still has is as it was."""
    assert store.health()["integrity"] == "ok"
    photos = store.photos.get(store.photos.ids(Query(model=MODEL)), model=MODEL)
    assert len(photos) >= at_least
    for found in photos:
        assert found.verdict == Verdict(Flag.PICK, found.id % 5 + 1, Label.GREEN)
        assert found.scores is None or found.scores.quality == found.id % 100


def test_a_sound_library_is_rebuilt_whole(library: Path) -> None:
    backup = rebuild(library)
    assert backup.parent == library.parent
    assert backup.exists()
    with Store.open(library) as store:
        assert_right(store, COUNT)
        assert len(store.verdicts.history(1)) == 1
        store.verdicts.undo()
        assert len(store.photos.pending(MODEL)) == 0


def test_what_was_not_yet_checkpointed_is_rebuilt_too(library: Path) -> None:
    with Store.open(library) as store:
        store.verdicts.give([1], stars=0, provenance=Provenance.BLIND)
        backup = rebuild(library)
    assert backup.with_name(f"{backup.name}-wal").exists()
    with Store.open(library) as store:
        assert len(store.verdicts.history(1)) == 2


@pytest.mark.parametrize("seed", range(5))
def test_pages_of_noise_cost_only_what_was_on_them(library: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(library.read_bytes())
    pages = [data[start : start + 4096] for start in range(0, len(data), 4096)]
    hit: list[int] = []
    for page in chance.sample(range(30, len(pages)), 10):
        # Of a photo's row and its history one is left; with both of them its verdict is lost.
        if not (b"green" in pages[page] and any(b"green" in pages[other] for other in hit)):
            hit.append(page)
    for page in hit[:3]:
        data[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    library.write_bytes(data)
    backup = rebuild(library)
    assert backup.read_bytes() == data
    with Store.open(library) as store:
        assert_right(store, 1)


def test_rows_on_both_sides_of_the_damage_are_saved(library: Path, photos: Path) -> None:
    data = bytearray(library.read_bytes())
    for page in range(0, len(data), 4096):
        if b"0500.jpg" in data[page : page + 4096]:
            data[page : page + 4096] = random.Random(page).randbytes(4096)
    library.write_bytes(data)
    rebuild(library)
    with Store.open(library) as store:
        assert_right(store, COUNT * 3 // 4)
        assert photo_at(store, photos / "0000.jpg")
        assert photo_at(store, photos / "0999.jpg")
        assert store.photos.by_path(photos / "0500.jpg") is None


def test_half_a_library_is_half_saved(library: Path, photos: Path) -> None:
    data = library.read_bytes()
    with Store.open(library) as store:
        before = store.photos.total()
    library.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(LibraryDamaged):
        Store.open(library)
    rebuild(library)
    with Store.open(library) as store:
        assert_right(store, COUNT // 10)
        assert store.photos.total() <= before
        take_up(store, photos)
        assert store.photos.total() == COUNT, "a scan finds the rest again"


def test_lost_photo_rows_come_back_with_the_verdicts_of_their_history(library: Path) -> None:
    with closing(sqlite3.connect(library)) as db, db:
        db.execute("DELETE FROM photos WHERE id > 100")
    rebuild(library)
    with Store.open(library) as store:
        assert_right(store, COUNT)


def test_rows_without_their_other_half_go(library: Path, photos: Path) -> None:
    with closing(sqlite3.connect(library)) as db, db:
        db.execute("DELETE FROM files WHERE photo > 100")
        db.execute("DELETE FROM acts WHERE id = 1")
        db.execute("UPDATE files SET is_primary = 0 WHERE photo = 5")
    rebuild(library)
    with Store.open(library) as store:
        assert_right(store, 100)
        assert store.photos.total() == 100
        assert photo_at(store, photos / "0004.jpg").id == 5


@pytest.mark.parametrize("content", [bytes(20_000), b"not a database at all", b""])
def test_nothing_to_save_gives_an_empty_library(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(content)
    backup = rebuild(path)
    assert backup.read_bytes() == content
    with Store.open(path) as store:
        assert store.photos.total() == 0


def test_other_peoples_databases_are_left_alone(tmp_path: Path, library: Path) -> None:
    other = tmp_path / "catalog.lrcat"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE images (id INTEGER)")
    with pytest.raises(LibraryError, match="another program"):
        rebuild(other)
    with closing(sqlite3.connect(library, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {opening.SCHEMA + 1}")
    with pytest.raises(LibraryTooNew):
        rebuild(library)
    with pytest.raises(LibraryError, match="no library"):
        rebuild(tmp_path / "missing.db")
    assert sorted(path.name for path in tmp_path.glob("*.db*")) == ["library.db"]


def test_choices_are_kept_with_the_acts_that_are_left(library: Path) -> None:
    with Store.open(library) as store:
        for better, worse in ((1, 2), (3, 4)):
            store.preferences.choose(better, worse, Provenance.BLIND)
        lost = store.preferences.choose(5, 6, Provenance.BLIND)
        store.preferences.put(3, 4, False, Provenance.BLIND)
    with closing(sqlite3.connect(library)) as db, db:
        db.execute("DELETE FROM acts WHERE id = ?", (lost,))
    rebuild(library)
    with Store.open(library) as store:
        pairs = [(one.better, one.worse) for one in store.opinions.choices()]
        assert pairs == [(1, 2), (5, 6)]
        assert store.health()["integrity"] == "ok"
        store.verdicts.undo()
        store.verdicts.undo()
        assert [(one.better, one.worse) for one in store.opinions.choices()] == [(1, 2), (5, 6)]
        store.verdicts.undo()
        assert [(one.better, one.worse) for one in store.opinions.choices()] == [(5, 6)]
