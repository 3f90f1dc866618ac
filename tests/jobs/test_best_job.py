"""Measuring bursts of a library, and selecting from it, as the jobs do it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from frames import frame, scene
from PIL import Image
from shelf import MODEL, photo_at, scored, take_up

from uniqa_desktop import jobs
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.jobs import select as selecting
from uniqa_desktop.photo import Flag, Photo, Provenance
from uniqa_desktop.select import Why
from uniqa_desktop.store import Store

BLURS = (1.6, 0, 2.4)


def run(job: Generator) -> object:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    whole = scene()
    for number, blur in enumerate(BLURS):
        picture = frame(whole, aside=(3 * number, 2), blur=blur, seed=number)
        Image.fromarray(picture.pixels).save(folder / f"IMG_{number}.JPG", quality=93)
    for number in (3, 4, 5):
        Image.fromarray(frame(scene(number)).pixels).save(folder / f"IMG_{number}.JPG")
    return folder


@pytest.fixture
def store(tmp_path: Path, folder: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as store:
        take_up(store, folder)
        for number in range(6):
            photo = photo_at(store, folder / f"IMG_{number}.JPG")
            store.scores.write([scored(photo.id, 50.0 + number)])
        yield store


def members(store: Store, folder: Path, *numbers: int) -> tuple[int, ...]:
    return tuple(photo_at(store, folder / f"IMG_{number}.JPG").id for number in numbers)


def group(store: Store, folder: Path, kind: Kind, *numbers: int) -> Group:
    ids = members(store, folder, *numbers)
    return Group(kind, ids, ids[0], 1.0)


def photo(store: Store, number: int) -> Photo:
    return store.photos.get([number])[0]


def test_a_burst_is_measured_once_and_the_sharp_frame_proposed(store: Store, folder: Path) -> None:
    burst = group(store, folder, Kind.BURST, 0, 1, 2)
    assert jobs.proposals(store, [burst], MODEL) == {}
    first = run(jobs.find_best(store, [burst]))
    again = run(jobs.find_best(store, [burst]))
    assert (first.measured, first.frames) == (1, 3)
    assert (again.measured, again.known, again.frames) == (0, 1, 0)
    (proposal,) = jobs.proposals(store, [burst], MODEL).values()
    assert proposal.best == burst.members[1]
    assert "times as sharp on the subject as #1" in str(proposal.reasons()[0])


def test_what_was_measured_holds_in_any_order_and_after_a_move(store: Store, folder: Path) -> None:
    burst = group(store, folder, Kind.BURST, 0, 1, 2)
    run(jobs.find_best(store, [burst]))
    (folder / "IMG_1.JPG").rename(folder / "elsewhere.JPG")
    take_up(store, folder)
    turned = Group(Kind.BURST, burst.members[::-1], burst.cover, 1.0)
    (proposal,) = jobs.proposals(store, [turned], MODEL).values()
    assert proposal.best == burst.members[1]
    assert photo(store, burst.members[1]).path.name == "elsewhere.JPG"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.BURST, Kind.NEAR)])
def test_other_kinds_are_never_ranked(store: Store, folder: Path, kind: Kind) -> None:
    whole = group(store, folder, kind, 0, 1, 2)
    assert run(jobs.find_best(store, [whole])).measured == 0
    assert jobs.proposals(store, [whole], MODEL) == {}


def test_a_missing_and_a_broken_frame_are_named_and_the_rest_compared(
    store: Store, folder: Path
) -> None:
    burst = group(store, folder, Kind.BURST, 0, 1, 2, 3)
    (folder / "IMG_2.JPG").unlink()
    (folder / "IMG_3.JPG").write_bytes(b"\xff\xd8\xff broken")
    take_up(store, folder)
    run(jobs.find_best(store, [burst]))
    (proposal,) = jobs.proposals(store, [burst], MODEL).values()
    assert proposal.best == burst.members[1]
    said = [str(reason) for reason in proposal.reasons()]
    assert "#3 was left out: Its file is missing." in said
    assert any(sentence.startswith("#4 was left out: ") for sentence in said)


def test_stopping_leaves_no_half_measured_burst(store: Store, folder: Path) -> None:
    stop = threading.Event()
    burst = group(store, folder, Kind.BURST, 0, 1, 2)
    job = jobs.find_best(store, [burst], stop=stop)
    next(job)
    stop.set()
    assert run(job).stopped
    assert jobs.proposals(store, [burst], MODEL) == {}


def selected(store: Store, **wishes: object) -> selecting.SelectReport:
    options: dict = {"keep": 2, "model": MODEL, "varied": 0.0, **wishes}
    return run(selecting.select_best(store, None, **options))  # type: ignore[return-value]


def test_a_folded_burst_gives_one_frame_the_proposed_one(store: Store, folder: Path) -> None:
    burst = group(store, folder, Kind.BURST, 0, 1, 2)
    store.groups.write(burst.members, [burst])
    run(jobs.find_best(store, [burst]))
    report = selected(store, keep=4)
    kept = [photo(store, number).path.name for number in report.kept]
    assert sorted(kept) == ["IMG_1.JPG", "IMG_3.JPG", "IMG_4.JPG", "IMG_5.JPG"]
    assert {str(left) for left in report.left_out} == {"same burst as IMG_1.JPG"}
    assert len(selected(store, keep=6, fold=False).kept) == 6


def test_a_bracket_is_kept_whole_or_not(store: Store, folder: Path) -> None:
    bracket = group(store, folder, Kind.BRACKET, 3, 4, 5)
    store.groups.write(bracket.members, [bracket])
    assert set(selected(store, keep=4).kept) > set(bracket.members)
    report = selected(store, keep=2)
    assert set(report.kept).isdisjoint(bracket.members)
    whys = {left.photo: left.why for left in report.left_out}
    assert all(whys[number] is Why.NO_ROOM for number in bracket.members)


def test_photos_without_a_score_are_said_and_every_photo_is_accounted_for(
    store: Store, folder: Path
) -> None:
    store.scores.forget(MODEL)
    (one, *_), everyone = members(store, folder, 0), members(store, folder, *range(6))
    store.scores.write([scored(one, 70.0)])
    report = selected(store)
    assert report.kept == (one,)
    assert report.unscored == 5
    assert {left.photo for left in report.left_out} | {one} == set(everyone)
    assert {str(left) for left in report.left_out} == {"it has no quality score yet"}


def test_picks_are_one_act_told_as_a_suggestion(store: Store) -> None:
    report = selected(store, keep=3)
    assert selecting.pick(store, report.kept) == 3
    assert store.verdicts.history(report.kept[0])[0].provenance is Provenance.SUGGESTION
    assert len(store.verdicts.undo()) == 3
    assert photo(store, report.kept[0]).verdict.flag is Flag.NONE


def test_frames_that_cannot_be_told_apart_are_to_be_looked_at(store: Store, folder: Path) -> None:
    whole = scene()
    for number in (3, 4):
        file = folder / f"IMG_{number}.JPG"
        Image.fromarray(frame(whole, seed=number).pixels).save(file, quality=93)
    take_up(store, folder)
    ids = members(store, folder, 3, 4)
    store.scores.write([scored(number) for number in ids])
    burst = Group(Kind.BURST, ids, ids[0], 1.0)
    store.groups.write(ids, [burst])
    assert jobs.undecided_frames(store, MODEL) == set()
    run(jobs.find_best(store, [burst]))
    assert jobs.undecided_frames(store, MODEL) == set(ids)


def test_what_was_gathered_once_serves_every_number(store: Store, folder: Path) -> None:
    candidates = run(selecting.gather(store, None, (folder,), model=MODEL))
    for keep in (1, 3, 6):
        report = candidates.choose(keep, 0.0)
        assert report.kept == selected(store, keep=keep).kept
        assert sum(kept for _, kept, _ in report.covered.days) == len(report.kept) == keep
        assert sum(there for *_, there in report.covered.days) == 6
