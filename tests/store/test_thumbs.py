"""Thumbnails: a cache that is never a reason to fail."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from shelf import without_rights

from uniqa_desktop.store import Thumbs

A, B, C = (bytes([number]) * 16 for number in range(3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "thumbs.db"


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_a_thumbnail_is_found_by_its_content(path: Path) -> None:
    with Thumbs(path) as thumbs:
        thumbs.put([(A, b"jpeg a"), (B, b"jpeg b")])
        assert thumbs.get(A) == b"jpeg a"
        assert thumbs.get(C) is None
        thumbs.put([(A, b"better a")])
    with Thumbs(path) as thumbs:
        assert thumbs.get(A) == b"better a"
        assert thumbs.count() == 2


@pytest.mark.parametrize("content", [bytes(9000), b"no database", Random(1).randbytes(9000)])
def test_a_damaged_file_is_made_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with Thumbs(path) as thumbs:
        thumbs.put([(A, b"jpeg")])
        assert thumbs.get(A) == b"jpeg"


def test_a_file_of_another_version_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE thumbs (picture BLOB)")
        db.execute("PRAGMA user_version = 99")
    with Thumbs(path) as thumbs:
        thumbs.put([(A, b"jpeg")])
        assert thumbs.get(A) == b"jpeg"


def test_damage_that_is_met_later_is_survived(path: Path) -> None:
    with Thumbs(path) as thumbs:
        thumbs.put([(bytes([n]) * 16, bytes(3000)) for n in range(200)])
    data = bytearray(path.read_bytes())
    data[4096:] = Random(2).randbytes(len(data) - 4096)
    path.write_bytes(data)
    with Thumbs(path) as thumbs:
        found = [thumbs.get(bytes([n]) * 16) for n in range(200)]
        assert None in found
        thumbs.put([(A, b"jpeg")])
        assert thumbs.get(A) == b"jpeg"


def test_the_file_may_be_deleted_while_it_is_open(path: Path) -> None:
    with Thumbs(path) as writer, Thumbs(path) as reader:
        writer.put([(A, b"jpeg a")])
        assert reader.get(A) == b"jpeg a"
        remove(path)
        writer.put([(B, b"jpeg b")])
        assert reader.get(B) == b"jpeg b", "the reader follows to the new file"
        assert writer.get(A) is None
    assert path.exists()


def test_the_oldest_go_first(path: Path) -> None:
    with Thumbs(path) as thumbs:
        thumbs.put([(bytes([n]) * 16, bytes(10_000)) for n in range(100)])
        assert thumbs.prune(200_000) == 80
        assert thumbs.count() == 20
        assert thumbs.get(bytes([79]) * 16) is None
        assert thumbs.get(bytes([80]) * 16) is not None
        assert path.stat().st_size < 300_000, "the drive has its room back"
        assert thumbs.prune(200_000) == 0
        assert thumbs.prune(0) == 20


def test_threads_may_share_one(path: Path) -> None:
    with Thumbs(path) as thumbs:

        def work(first: int) -> None:
            for n in range(first, first + 50):
                thumbs.put([(n.to_bytes(16, "big"), b"%d" % n)])
                assert thumbs.get(n.to_bytes(16, "big")) == b"%d" % n

        threads = [threading.Thread(target=work, args=(n * 50,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert thumbs.count() == 200


def test_a_place_that_cannot_be_written_keeps_nothing() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o555)
        with without_rights(), Thumbs(Path(temporary) / "thumbs.db") as thumbs:
            thumbs.put([(A, b"jpeg")])
            assert thumbs.get(A) is None
            assert thumbs.count() == thumbs.prune(0) == 0


def test_a_closed_cache_is_silent(path: Path) -> None:
    thumbs = Thumbs(path)
    thumbs.put([(A, b"jpeg")])
    thumbs.close()
    thumbs.put([(B, b"jpeg")])
    assert thumbs.get(A) is None
    thumbs.close()
