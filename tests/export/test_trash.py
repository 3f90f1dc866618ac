"""Rejects into the trash: only what is rejected at that moment, whole, and never on trust."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from shelf import photo_at, take_up

from uniqa_desktop import jobs
from uniqa_desktop.export import trash
from uniqa_desktop.photo import Flag, Provenance, State
from uniqa_desktop.store import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.jpg", "a.CR2", "b.jpg", "c.jpg"):
        (folder / name).write_bytes(name.encode())
    (folder / "a.xmp").write_text("a")
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, folder)
        for name in ("a.jpg", "b.jpg"):
            number = photo_at(opened, folder / name).id
            opened.verdicts.give([number], flag=Flag.REJECT, provenance=Provenance.BLIND)
        yield opened


@pytest.fixture(autouse=True)
def bin_(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands for the system's trash: the real one belongs to whoever runs the tests."""
    thrown: list[Path] = []

    def send2trash(path: Path) -> None:
        thrown.append(path)
        path.unlink()

    monkeypatch.setitem(sys.modules, "send2trash", SimpleNamespace(send2trash=send2trash))
    return thrown


def throw(store: Store, doomed: Sequence[trash.Doomed]) -> jobs.TrashReport:
    job = jobs.empty_rejects(store, doomed)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_the_dry_run_names_all_files_and_touches_none(store: Store, bin_: list[Path]) -> None:
    doomed = jobs.plan_trash(store)
    assert [[file.name for file in each.files] for each in doomed] == [
        ["a.jpg", "a.CR2", "a.xmp"],
        ["b.jpg"],
    ]
    assert not bin_


def test_rejects_go_whole_and_keep_their_verdicts(
    store: Store, folder: Path, bin_: list[Path]
) -> None:
    report = throw(store, jobs.plan_trash(store))
    assert [path.name for path in bin_] == ["a.jpg", "a.CR2", "a.xmp", "b.jpg"]
    assert len(report.gone) == 2
    assert [path.name for path in folder.iterdir()] == ["c.jpg"]
    found = photo_at(store, folder / "a.jpg")
    assert (found.state, found.verdict.flag) == (State.MISSING, Flag.REJECT)


def test_what_changed_after_the_dry_run_stays(store: Store, folder: Path, bin_: list[Path]) -> None:
    doomed = jobs.plan_trash(store)
    store.verdicts.give(
        [photo_at(store, folder / "a.jpg").id], flag=Flag.PICK, provenance=Provenance.BLIND
    )
    (folder / "b.jpg").write_bytes(b"another picture")
    report = throw(store, doomed)
    assert not bin_
    assert [failure.error for failure in report.stayed] == [
        "It is not rejected (any more).",
        "Its files have changed since the list was made.",
    ]


def test_a_trash_that_refuses_is_told(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise OSError("no trash here")

    monkeypatch.setitem(sys.modules, "send2trash", SimpleNamespace(send2trash=refuse))
    report = throw(store, jobs.plan_trash(store))
    assert "no trash here" in report.stayed[0].error
    assert photo_at(store, folder / "a.jpg").state is State.PRESENT
