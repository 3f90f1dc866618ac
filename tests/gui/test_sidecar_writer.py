"""Sidecars follow verdicts in the background; what cannot be written is said and tried again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import photo_at, take_up

from uniqa_desktop import atomic
from uniqa_desktop.gui import sidecar_writer
from uniqa_desktop.gui.sidecar_writer import SidecarWriter, Unsaved
from uniqa_desktop.photo import Provenance
from uniqa_desktop.store import Store
from uniqa_desktop.xmp import naming, sidecar
from uniqa_desktop.xmp.naming import Naming


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (folder / name).write_bytes(name.encode())
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        yield opened


@pytest.fixture
def writer(qtbot, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[SidecarWriter]:
    monkeypatch.setattr(sidecar_writer, "RETRIES", (0.01, 0.01))
    made = SidecarWriter(store.path)
    made.use(Naming.LIGHTROOM)
    yield made
    made.stop()


def give(store: Store, writer: SidecarWriter, path: Path, stars: int) -> None:
    number = photo_at(store, path).id
    store.verdicts.give([number], stars=stars, provenance=Provenance.BLIND)
    writer.follow([number])


def rating(path: Path) -> int | None:
    return sidecar.look(path).fields.rating


def test_a_verdict_is_on_the_drive_without_being_asked_for(qtbot, store, writer, folder) -> None:
    give(store, writer, folder / "a.jpg", 4)
    qtbot.waitUntil((folder / "a.xmp").exists, timeout=10_000)
    assert not writer.finish(10).any
    assert rating(folder / "a.xmp") == 4
    assert sorted(os.listdir(folder)) == ["a.jpg", "a.xmp", "b.jpg", "c.jpg"]


def test_the_last_of_many_verdicts_wins_and_undo_follows(store, writer, folder) -> None:
    for stars in (1, 2, 3, 4, 5, 2):
        give(store, writer, folder / "a.jpg", stars)
    writer.finish(10)
    assert rating(folder / "a.xmp") == 2
    writer.follow([change.photo for change in store.verdicts.undo()])
    writer.finish(10)
    assert rating(folder / "a.xmp") == 5


def test_without_consent_nothing_is_written(store, writer, folder) -> None:
    writer.use(None)
    give(store, writer, folder / "a.jpg", 4)
    writer.catch_up(folder)
    assert writer.finish(10) == Unsaved()
    assert sorted(os.listdir(folder)) == ["a.jpg", "b.jpg", "c.jpg"]
    writer.use(Naming.DARKTABLE)
    writer.catch_up(folder)
    writer.finish(10)
    assert rating(folder / "a.jpg.xmp") == 4, "consent brings what was decided before"


def test_a_passing_trouble_is_tried_again(
    qtbot, store, writer, folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, tries = atomic.write_bytes, []

    def sometimes(path: Path, data: bytes) -> None:
        tries.append(path)
        if len(tries) < 3:
            raise PermissionError(13, "Permission denied")
        write(path, data)

    monkeypatch.setattr(atomic, "write_bytes", sometimes)
    give(store, writer, folder / "a.jpg", 4)
    qtbot.waitUntil((folder / "a.xmp").exists, timeout=10_000)
    assert not writer.finish(10).any
    assert len(tries) == 3


def test_a_lasting_trouble_is_said_and_kept_for_another_try(
    qtbot, store, writer, folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = atomic.write_bytes

    def never(path: Path, data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    said: list[Unsaved] = []
    writer.changed.connect(said.append)
    monkeypatch.setattr(atomic, "write_bytes", never)
    give(store, writer, folder / "a.jpg", 4)
    qtbot.waitUntil(lambda: bool(said) and said[-1].failed == 1, timeout=10_000)
    unsaved = writer.finish(10)
    assert (unsaved.waiting, unsaved.failed, unsaved.holds_up) == (0, 1, 1)
    (reason,) = unsaved.reasons
    assert reason.path == folder / "a.jpg"
    assert "Permission denied" in reason.error
    monkeypatch.setattr(atomic, "write_bytes", write)
    writer.retry()
    assert not writer.finish(10).any
    assert rating(folder / "a.xmp") == 4


def test_what_lies_on_a_card_is_told_but_does_not_hold_up(
    store, writer, folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (naming, sidecar_writer):
        monkeypatch.setattr(module, "is_on_card", lambda path: True)
    give(store, writer, folder / "a.jpg", 4)
    unsaved = writer.finish(10)
    assert unsaved.any
    assert unsaved.holds_up == 0
    assert "card" in unsaved.reasons[0].error
    assert not (folder / "a.xmp").exists()


def test_what_another_program_changed_waits_for_the_user(store, writer, folder) -> None:
    give(store, writer, folder / "a.jpg", 4)
    writer.finish(10)
    theirs = (folder / "a.xmp").read_bytes().replace(b'xmp:Rating="4"', b'xmp:Rating="2"')
    theirs = theirs.replace(b"<xmp:Rating>4<", b"<xmp:Rating>2<")
    (folder / "a.xmp").write_bytes(theirs)
    assert rating(folder / "a.xmp") == 2
    give(store, writer, folder / "a.jpg", 5)
    give(store, writer, folder / "b.jpg", 3)
    unsaved = writer.finish(10)
    assert (unsaved.conflicts, unsaved.failed, unsaved.waiting) == (1, 0, 0)
    assert unsaved.holds_up == 0
    assert (folder / "a.xmp").read_bytes() == theirs
    assert rating(folder / "b.xmp") == 3, "one conflict does not keep others waiting"


def test_stopping_in_the_middle_leaves_the_rest_for_the_next_start(store, folder) -> None:
    writer = SidecarWriter(store.path)
    writer.use(Naming.LIGHTROOM)
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        give(store, writer, folder / name, 3)
    writer.stop()
    again = SidecarWriter(store.path)
    again.use(Naming.LIGHTROOM)
    again.catch_up(folder)
    assert not again.finish(10).any
    again.stop()
    assert [rating(folder / f"{name}.xmp") for name in "abc"] == [3, 3, 3]
