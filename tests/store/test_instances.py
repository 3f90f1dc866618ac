"""More than one instance on a library, and instances that die in the middle of a write."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

from shelf import MODEL, take_up

from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store

TESTS = Path(__file__).parent.parent

WRITER = """
import sys, time
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from random import Random
from shelf import scored
from uniqa_desktop.photo import FileChanges, Flag, PhotoFile, Provenance
from uniqa_desktop.store import Store, warm_up
chance = Random(sys.argv[3])
warm_up()
with Store.open(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    while True:
        keys = [chance.randbytes(16) for _ in range(20)]
        paths = [Path("/photos", key.hex() + ".jpg") for key in keys]
        files = tuple(PhotoFile(path, 1, 1, key, key) for path, key in zip(paths, keys))
        ids = store.files.apply(FileChanges(added=files)).added
        store.scores.write([scored(number, number % 100) for number in ids])
        store.verdicts.give(ids[::2], flag=Flag.PICK, stars=4, provenance=Provenance.BLIND)
        store.verdicts.undo(), store.verdicts.redo()
"""


def make_library(folder: Path, count: int) -> Path:
    (folder / "photos").mkdir()
    for number in range(count):
        (folder / "photos" / f"{number:03d}.jpg").write_bytes(b"%d" % number)
    with Store.open(folder / "library.db") as store:
        take_up(store, folder / "photos")
    return folder / "library.db"


def test_two_threads_write_in_turns_and_lose_nothing(tmp_path: Path) -> None:
    library = make_library(tmp_path, 40)
    troubles: list[BaseException] = []

    def judge(first: int) -> None:
        try:
            with Store.open(library) as store:
                for number in range(first, 41, 2):
                    store.verdicts.give([number], stars=5, provenance=Provenance.BLIND)
                    store.photos.ids(Query(model=MODEL))
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=judge, args=(first,)) for first in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    with Store.open(library) as store:
        photos = store.photos.get(range(1, 41))
        assert [found.verdict.stars for found in photos] == [5] * 40
        assert len([store.verdicts.undo() for _ in range(41) if store.verdicts]) == 41
        assert store.health()["integrity"] == "ok"


def test_two_instances_that_scan_the_same_folder_agree(tmp_path: Path) -> None:
    library = make_library(tmp_path, 0)
    for number in range(300):
        (tmp_path / "photos" / f"{number:03d}.jpg").write_bytes(b"%d" % number)
    troubles: list[BaseException] = []
    barrier = threading.Barrier(2)

    def scan() -> None:
        try:
            with Store.open(library) as store:
                barrier.wait()
                take_up(store, tmp_path / "photos")
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=scan) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    with Store.open(library) as store:
        assert store.photos.total() == 300
        with store._session.reading() as db:
            assert db.execute("SELECT count(*) FROM photos").fetchone() == (300,)
        assert store.health()["integrity"] == "ok"


def test_a_reader_sees_a_commit_of_another_instance(tmp_path: Path) -> None:
    library = make_library(tmp_path, 2)
    with Store.open(library) as one, Store.open(library) as other:
        one.verdicts.give([1], flag=Flag.PICK, provenance=Provenance.BLIND)
        assert other.photos.get([1])[0].verdict.flag is Flag.PICK
        assert other.verdicts.undo()
        assert one.photos.get([1])[0].verdict.flag is Flag.NONE


def test_a_killed_writer_leaves_whole_rows(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    Store.open(library).close()
    chance = Random(3)
    for round_ in range(10):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(library), str(TESTS), str(round_)],
            stdout=subprocess.PIPE,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.15))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        with Store.open(library) as store:
            assert store.health()["integrity"] == "ok"
            assert_rows_are_whole(store)
    with Store.open(library) as store:
        assert store.photos.total() > 0
        assert store.verdicts.undo(), "a verdict given before the kill can be undone"


def assert_rows_are_whole(store: Store) -> None:
    """Each photo has its file; its measures are there together or not at all; the verdict is the
    one that the history ends with."""
    with store._session.reading() as db:
        (rows,) = db.execute("SELECT count(*) FROM photos").fetchone()
    assert rows == store.photos.total()
    for found in store.photos.get(store.photos.ids(Query(model=MODEL)), model=MODEL):
        assert (found.attributes is None) == (found.scores is None)
        if found.scores is not None:
            assert found.scores.quality == found.id % 100
        history = [change for change in store.verdicts.history(found.id) if not change.undone]
        assert found.verdict.stars == (history[0].after.stars if history else 0)
