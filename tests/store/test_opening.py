"""Opening a library: whatever the file is, the user gets the library or one clear sentence."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from shelf import MODEL, names, take_up, without_rights

from uniqa_desktop.errors import (
    DiskFull,
    KnownError,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryReadOnly,
    LibraryTooNew,
)
from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store, opening


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of 300 photos, closed, all of it in its one file."""
    return fill(tmp_path)


def fill(folder: Path) -> Path:
    (folder / "photos").mkdir()
    for number in range(300):
        (folder / "photos" / f"{number:03d}.jpg").write_bytes(b"%d" % number)
    with Store.open(folder / "library.db") as store:
        take_up(store, folder / "photos")
    assert not (folder / "library.db-wal").exists()
    return folder / "library.db"


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program would change it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def test_a_new_library_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "some" / "folder" / "library.db"
    with Store.open(path) as store:
        assert store.path == path
        assert store.photos.total() == 0
        assert store.health()["integrity"] == "ok"
    assert path.exists()


def test_what_was_stored_is_there_the_next_time(library: Path) -> None:
    with Store.open(library, create=False) as store:
        assert store.photos.total() == 300


def test_no_library_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        Store.open(tmp_path / "library.db", create=False)
    assert not (tmp_path / "library.db").exists()


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "library.db").touch()
    with Store.open(tmp_path / "library.db") as store:
        assert store.photos.total() == 0


def test_a_library_of_a_later_version_is_refused_untouched(library: Path) -> None:
    with raw(library) as db:
        db.execute(f"PRAGMA user_version = {opening.SCHEMA + 1}")
    before = library.read_bytes()
    with pytest.raises(LibraryTooNew, match="later version"):
        Store.open(library)
    assert library.read_bytes() == before


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "catalog.lrcat"
    with raw(path) as db:
        db.execute("CREATE TABLE Adobe_images (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be opened"):
        Store.open(tmp_path)


def zeros(data: bytes) -> bytes:
    return bytes(len(data))


def noise(data: bytes) -> bytes:
    return random.Random(1).randbytes(len(data))


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def first_kilobyte(data: bytes) -> bytes:
    return data[:1000]


def noise_after_the_header(data: bytes) -> bytes:
    return data[:100] + noise(data)[100:]


@pytest.mark.parametrize("damage", [zeros, noise, half, first_kilobyte, noise_after_the_header])
def test_a_damaged_library_is_named_so(library: Path, damage: Callable[[bytes], bytes]) -> None:
    library.write_bytes(damage(library.read_bytes()))
    with pytest.raises(LibraryDamaged, match="rebuild"), Store.open(library) as store:
        names(store)


def test_damage_in_the_middle_is_found_when_it_is_met(library: Path) -> None:
    with raw(library) as db:  # rows lie behind the pages that an empty library has
        (empty,) = db.execute("SELECT max(rootpage) FROM sqlite_schema").fetchone()
    data = bytearray(library.read_bytes())
    data[4096 * empty :] = noise(bytes(data[4096 * empty :]))
    library.write_bytes(data)
    with Store.open(library) as store:
        with pytest.raises(LibraryDamaged, match="rebuild"):
            names(store)
        with pytest.raises(LibraryDamaged, match="rebuild"):
            store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)


def test_a_library_that_another_program_holds_is_busy(library: Path) -> None:
    with raw(library) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryBusy, match="close it"):
            Store.open(library, patience=0.1)


def test_a_write_waits_for_another_writer_and_then_says_so(library: Path) -> None:
    with raw(library) as other, Store.open(library, patience=0.1) as store:
        other.execute("BEGIN IMMEDIATE")
        assert store.photos.total() == 300, "reading does not wait"
        with pytest.raises(LibraryBusy):
            store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)
        other.execute("ROLLBACK")
        assert store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND) == 1


@pytest.fixture
def common_library() -> Iterator[Path]:
    """A library in a folder that other users can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)
        path = fill(Path(temporary))
        path.chmod(0o644)
        yield path


def test_a_library_in_a_read_only_place_can_be_read(common_library: Path) -> None:
    common_library.parent.chmod(0o555)
    with without_rights(), Store.open(common_library) as store:
        assert len(names(store)) == 300
        with pytest.raises(LibraryReadOnly, match="writable"):
            store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)
        assert store.health()["integrity"] == "ok"


def test_a_read_only_file_can_be_read(common_library: Path) -> None:
    common_library.parent.chmod(0o777)
    with without_rights(), Store.open(common_library) as store:
        assert len(names(store)) == 300
        with pytest.raises(LibraryReadOnly):
            store.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)


def test_a_new_library_in_a_read_only_place_is_refused(common_library: Path) -> None:
    place = common_library.parent
    place.chmod(0o555)
    with without_rights():
        with pytest.raises(LibraryError, match="cannot be opened"):
            Store.open(place / "another.db")
        with pytest.raises(LibraryReadOnly, match="cannot be made"):
            Store.open(place / "folder" / "another.db")


def test_an_unreadable_library_is_not_called_damaged(common_library: Path) -> None:
    common_library.chmod(0)
    with without_rights(), pytest.raises(LibraryError, match="cannot be opened"):
        Store.open(common_library)


def test_a_full_disk_is_named_and_leaves_the_library_sound(library: Path) -> None:
    with Store.open(library) as store:
        with store._session.reading() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages}")
        extra = library.parent / "more"
        extra.mkdir()
        for number in range(300):
            (extra / f"{number}.jpg").write_bytes(b"more %d" % number)
        with pytest.raises(DiskFull, match="free some space"):
            take_up(store, extra)
        with store._session.reading() as db:
            db.execute("PRAGMA max_page_count = 1000000")
        take_up(store, extra)
        assert store.photos.total() == 600
        assert store.health()["integrity"] == "ok"


def test_instances_that_start_together_make_one_library(tmp_path: Path) -> None:
    barrier = threading.Barrier(6)
    troubles: list[BaseException] = []

    def start() -> None:
        barrier.wait()
        try:
            with Store.open(tmp_path / "library.db") as store:
                store.verdicts.undo()
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    with Store.open(tmp_path / "library.db") as store:
        assert store.health()["integrity"] == "ok"


NOW = opening.SCHEMA


class BugError(Exception):
    """A step of a migration that goes wrong."""


@pytest.fixture
def update_program(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the program what it may be after the next release: one migration more."""
    from sqlite_utils import Database, Migrations

    from uniqa_desktop.store import migrations
    from uniqa_desktop.store.migrations import MIGRATIONS

    def update(failing: bool = False) -> None:
        steps = Migrations("uniqa-desktop")
        for step in MIGRATIONS._migrations:
            steps(name=step.name)(step.fn)

        @steps()
        def notes(db: Database) -> None:
            db.execute("ALTER TABLE photos ADD COLUMN note TEXT")
            if failing:
                raise BugError

        monkeypatch.setattr(migrations, "MIGRATIONS", steps)
        monkeypatch.setattr(opening, "SCHEMA", NOW + 1)

    return update


def test_an_old_library_is_updated_and_kept_as_it_was(
    library: Path, update_program: Callable[..., None]
) -> None:
    update_program()
    with Store.open(library) as store:
        assert store.photos.total() == 300
        assert store.health()["schema"] == NOW + 1
    backup = library.with_name(f"library.db.before-v{NOW + 1}")
    with raw(backup) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NOW,)
        assert db.execute("SELECT count(*) FROM photos").fetchone() == (300,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(library.parent.glob("*.part"))


def test_a_migration_that_fails_changes_nothing(
    library: Path, update_program: Callable[..., None]
) -> None:
    update_program(failing=True)
    with pytest.raises(BugError):
        Store.open(library)
    with raw(library) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NOW,)
        assert "note" not in [row[1] for row in db.execute("PRAGMA table_info(photos)")]
    update_program()
    with Store.open(library) as store:
        assert store.health()["schema"] == NOW + 1


def test_an_old_library_that_cannot_be_written_is_refused(
    common_library: Path, update_program: Callable[..., None]
) -> None:
    update_program()
    common_library.parent.chmod(0o555)
    with without_rights(), pytest.raises(LibraryReadOnly, match="writable"):
        Store.open(common_library)


def test_a_new_library_needs_no_backup(tmp_path: Path, update_program: Callable[..., None]) -> None:
    update_program()
    Store.open(tmp_path / "library.db").close()
    assert not list(tmp_path.glob("*.before-*"))


def test_the_schema_number_counts_the_migrations() -> None:
    from uniqa_desktop.store.migrations import MIGRATIONS

    assert len(MIGRATIONS._migrations) == opening.SCHEMA


def test_looking_at_a_library_loads_nothing_heavy(library: Path) -> None:
    """What a window does before its first paint; numpy alone would cost it a tenth of a second."""
    code = f"""
import sys
from pathlib import Path
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store
with Store.open(Path({str(library)!r})) as store:
    photos = store.photos.get(store.photos.ids(Query(model={MODEL!r}))[:200], model={MODEL!r})
    assert len(photos) == 200
    store.files.known(Path({str(library.parent)!r}))
print(*(set(sys.modules) & {{"numpy", "sqlite_utils", "PIL", "cv2", "xxhash", "PySide6"}}))
"""
    run = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_every_known_trouble_is_a_sentence(library: Path) -> None:
    shutil.copy(library, library.with_name("zeros.db"))
    library.with_name("zeros.db").write_bytes(bytes(5000))
    for path in (library.parent, library.with_name("zeros.db")):
        with pytest.raises(KnownError) as caught:
            Store.open(path)
        sentence = str(caught.value)
        assert str(path) in sentence
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_a_closed_store_can_be_closed_again(library: Path) -> None:
    store = Store.open(library)
    store.close()
    store.close()


def test_a_query_is_not_run_on_a_closed_store(library: Path) -> None:
    store = Store.open(library)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.photos.ids(Query(model=MODEL))
