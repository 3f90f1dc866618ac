"""Verdicts out into sidecars and in from them: nothing lost, conflicts told, nothing done twice."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from shelf import photo_at, take_up

from uniqa_desktop import jobs
from uniqa_desktop.jobs import Choice
from uniqa_desktop.photo import Flag, Label, Provenance, Verdict
from uniqa_desktop.store import Store
from uniqa_desktop.xmp import sidecar
from uniqa_desktop.xmp.naming import Naming
from uniqa_desktop.xmp.sidecar import Action

PICKED = Verdict(Flag.PICK, 4, Label.GREEN)
THEIRS = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{}"/>'
    "</rdf:RDF></x:xmpmeta>"
)


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


def done(job: Generator[Any, None, jobs.SidecarReport]) -> jobs.SidecarReport:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def write(store: Store, naming: Naming = Naming.LIGHTROOM, **more: Any) -> jobs.SidecarReport:
    return done(jobs.write_sidecars(store, naming, **more))


def read(store: Store, **more: Any) -> jobs.SidecarReport:
    return done(jobs.read_sidecars(store, **more))


def give(store: Store, path: Path, verdict: Verdict) -> None:
    store.verdicts.put({photo_at(store, path).id: verdict}, Provenance.BLIND)


def verdict(store: Store, path: Path) -> Verdict:
    return photo_at(store, path).verdict


def test_only_what_changed_is_written_and_only_once(store: Store, folder: Path) -> None:
    give(store, folder / "a.jpg", PICKED)
    give(store, folder / "b.jpg", Verdict(Flag.REJECT))
    report = write(store)
    assert [(plan.path.name, plan.action) for plan in report.plans] == [
        ("a.xmp", Action.CREATE),
        ("b.xmp", Action.CREATE),
    ]
    assert sidecar.look(folder / "b.xmp").fields.rating == -1
    assert not (folder / "c.xmp").exists()
    assert write(store).plans == ()
    store.verdicts.undo()
    assert [plan.path.name for plan in write(store).plans] == ["b.xmp"]
    assert sidecar.look(folder / "b.xmp").fields.rating == 0


def test_a_dry_run_touches_nothing(store: Store, folder: Path) -> None:
    give(store, folder / "a.jpg", PICKED)
    assert write(store, dry_run=True).plans[0].action is Action.CREATE
    assert not (folder / "a.xmp").exists()
    (folder / "b.xmp").write_text(THEIRS.format(5))
    assert read(store, dry_run=True).plans[0].action is Action.CHANGE
    assert verdict(store, folder / "b.jpg") == Verdict()


def test_another_naming_writes_again(store: Store, folder: Path) -> None:
    give(store, folder / "a.jpg", PICKED)
    write(store)
    assert [plan.path.name for plan in write(store, Naming.BOTH).plans] == ["a.jpg.xmp"]
    assert write(store, Naming.BOTH).plans == ()


def test_the_raw_and_its_jpeg_share_lightrooms_name(store: Store, folder: Path) -> None:
    (folder / "a.CR2").write_bytes(b"raw")
    take_up(store, folder)
    give(store, folder / "a.jpg", PICKED)
    assert [plan.path.name for plan in write(store).plans] == ["a.xmp"]
    names = {plan.path.name for plan in write(store, Naming.DARKTABLE).plans}
    assert names == {"a.jpg.xmp", "a.CR2.xmp"}


def test_a_sidecar_for_two_photos_is_kept_back(store: Store, folder: Path) -> None:
    (folder / "a.png").write_bytes(b"another picture")
    take_up(store, folder)
    give(store, folder / "a.jpg", PICKED)
    (plan,) = write(store).plans
    assert plan.action is Action.KEEP_BACK
    assert "a.png" in plan.why
    assert not (folder / "a.xmp").exists()
    assert write(store, Naming.DARKTABLE).plans[0].action is Action.CREATE


def test_verdicts_of_other_programs_come_in_as_one_act(store: Store, folder: Path) -> None:
    (folder / "a.xmp").write_text(THEIRS.format(5))
    (folder / "b.jpg.XMP").write_text(THEIRS.format(-1))
    report = read(store)
    assert report.verdicts == 2
    assert verdict(store, folder / "a.jpg") == Verdict(stars=5)
    assert verdict(store, folder / "b.jpg") == Verdict(Flag.REJECT)
    assert store.verdicts.history(photo_at(store, folder / "a.jpg").id)[0].provenance is (
        Provenance.SIDECAR
    )
    assert read(store).verdicts == 0
    store.verdicts.undo()
    assert verdict(store, folder / "a.jpg") == verdict(store, folder / "b.jpg") == Verdict()


def test_what_we_wrote_ourselves_is_no_news(store: Store, folder: Path) -> None:
    give(store, folder / "a.jpg", PICKED)
    write(store)
    give(store, folder / "a.jpg", Verdict(stars=1))
    report = read(store)
    assert report.plans == ()
    assert verdict(store, folder / "a.jpg") == Verdict(stars=1)


@pytest.mark.parametrize(
    ("choice", "stars"),
    [(Choice.ASK, 2), (Choice.MINE, 2), (Choice.THEIRS, 5), (Choice.NEWEST, 5)],
)
@pytest.mark.parametrize("way", ["read", "write"])
def test_where_both_changed_the_user_decides(
    store: Store, folder: Path, choice: Choice, stars: int, way: str
) -> None:
    give(store, folder / "a.jpg", Verdict(stars=1))
    write(store)
    give(store, folder / "a.jpg", Verdict(stars=2))
    path = folder / "a.xmp"
    path.write_text(path.read_text().replace('Rating="1"', 'Rating="5"'))
    soon = time.time() + 60
    os.utime(path, (soon, soon))
    report = read(store, choice=choice) if way == "read" else write(store, choice=choice)
    assert verdict(store, folder / "a.jpg").stars == stars
    assert len(report.conflicts) == (choice is Choice.ASK)
    if choice is Choice.ASK:
        assert sidecar.look(path).fields.rating == 5
    write(store, choice=choice)
    assert sidecar.look(path).fields.rating == (5 if choice is Choice.ASK else stars)


def test_the_newest_may_be_ours(store: Store, folder: Path) -> None:
    path = folder / "a.xmp"
    path.write_text(THEIRS.format(5))
    os.utime(path, (1, 1))
    give(store, folder / "a.jpg", Verdict(stars=2))
    write(store, choice=Choice.NEWEST)
    assert verdict(store, folder / "a.jpg").stars == 2
    assert sidecar.look(path).fields.rating == 2


def test_a_broken_sidecar_is_named_and_left_alone(store: Store, folder: Path) -> None:
    (folder / "a.xmp").write_bytes(b"<x:xmpmeta")
    give(store, folder / "a.jpg", PICKED)
    for report in (read(store), write(store), write(store)):
        (plan,) = report.failed
        assert "not well-formed" in plan.why
    assert (folder / "a.xmp").read_bytes() == b"<x:xmpmeta"


def test_stopping_leaves_the_rest_for_the_next_time(store: Store, folder: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        give(store, folder / name, PICKED)
    stop = threading.Event()
    stop.set()
    assert write(store, stop=stop).stopped
    assert read(store, stop=stop).stopped
    assert len(write(store).plans) == 3


def test_missing_photos_wait_until_they_are_back(store: Store, folder: Path) -> None:
    give(store, folder / "a.jpg", PICKED)
    (folder / "a.jpg").unlink()
    take_up(store, folder)
    assert write(store).plans == ()


def test_only_the_folders_asked_for(store: Store, folder: Path, tmp_path: Path) -> None:
    give(store, folder / "a.jpg", PICKED)
    assert write(store, folders=(tmp_path / "elsewhere",)).plans == ()
    assert len(write(store, folders=(folder,)).plans) == 1
