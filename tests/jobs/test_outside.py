"""Sidecars that other programs changed: found without touching anything, settled photo by photo."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from shelf import photo_at, take_up

from uniqa_desktop import jobs
from uniqa_desktop.jobs import Choice
from uniqa_desktop.photo import Flag, Label, Provenance, Verdict
from uniqa_desktop.store import Store
from uniqa_desktop.xmp import fields, packet, sidecar
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


def drive(job: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def write(path: Path, verdict: Verdict) -> None:
    """A sidecar as another program leaves it."""
    old = packet.Packet(path.read_bytes() if path.exists() else None)
    fields.write(old, fields.stated(verdict, fields.read(old)))
    path.write_bytes(old.to_bytes())


def number(store: Store, path: Path) -> int:
    return photo_at(store, path).id


def test_what_differs_is_found_and_nothing_else(store: Store, folder: Path) -> None:
    store.verdicts.give([number(store, folder / "a.jpg")], stars=3, provenance=Provenance.BLIND)
    drive(jobs.write_sidecars(store, Naming.LIGHTROOM))
    assert drive(jobs.find_outside(store)).changed == ()
    write(folder / "a.xmp", Verdict(stars=5))
    write(folder / "b.xmp", Verdict(Flag.REJECT))
    (folder / "c.xmp").write_bytes(b"<broken")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    report = drive(jobs.find_outside(store))
    assert [(each.path.name, each.ours, each.theirs) for each in report.changed] == [
        ("a.jpg", Verdict(stars=3), Verdict(stars=5)),
        ("b.jpg", Verdict(), Verdict(Flag.REJECT)),
    ]
    assert [path for path, _ in report.unreadable] == [folder / "c.xmp"]
    assert [each.newest for each in report.changed] == [Choice.THEIRS, Choice.THEIRS]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert photo_at(store, folder / "a.jpg").verdict == Verdict(stars=3)


@pytest.mark.parametrize("naming", [Naming.LIGHTROOM, None])
def test_each_photo_is_settled_as_decided_and_not_asked_about_again(
    store: Store, folder: Path, naming: Naming | None
) -> None:
    a, b = (number(store, folder / name) for name in ("a.jpg", "b.jpg"))
    store.verdicts.give([a, b], stars=3, provenance=Provenance.BLIND)
    drive(jobs.write_sidecars(store, Naming.LIGHTROOM))
    for name in ("a.xmp", "b.xmp"):
        write(folder / name, Verdict(stars=1, label=Label.RED))
    report = drive(jobs.settle_outside(store, {a: Choice.THEIRS, b: Choice.MINE}, naming))
    assert (report.taken, report.kept, report.failed) == (1, 1, ())
    assert photo_at(store, folder / "a.jpg").verdict == Verdict(stars=1, label=Label.RED)
    assert photo_at(store, folder / "b.jpg").verdict == Verdict(stars=3)
    kept = sidecar.look(folder / "b.xmp").fields.rating
    assert kept == (3 if naming else 1), "without consent nothing is written"
    assert drive(jobs.find_outside(store)).changed == ()
    assert [change.photo for change in store.verdicts.undo()] == [a]
