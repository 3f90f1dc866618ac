"""Lists and rows: every sort and filter against a plain Python reading of the same query."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import MODEL, names, photo, photo_at, scored, take_up

from uniqa_desktop.formats import ascii_lower
from uniqa_desktop.photo import (
    Failure,
    Flag,
    Label,
    Meta,
    Photo,
    Place,
    Provenance,
    Scored,
    State,
    Verdict,
)
from uniqa_desktop.query import NUMBERS, OPERATORS, Query, Range, Sort, StarRule
from uniqa_desktop.store import Facets, Store

CAMERAS = ("Canon EOS R5", "NIKON Z 8", None)
LENSES = ("RF 24-70", None)
DAY = date(2026, 8, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def shoot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Eighty photos in nested folders with all that can be sorted and filtered by, and gaps."""
    chance = Random(7)
    home = tmp_path_factory.mktemp("shoot")
    for number in range(80):
        folder = home / "photos" / chance.choice(["", "Alps", "Alps/day 1", "alps 2", "ÄTNA"])
        folder.mkdir(parents=True, exist_ok=True)
        name = chance.choice(["IMG_{}.jpg", "img_{}.JPG", "été {}.jpg", "100%_{}.png"])
        (folder / name.format(number)).write_bytes(b"%d" % number)
    with Store.open(home / "library.db") as store:
        take_up(store, home / "photos")
        ids = list(store.photos.ids(Query(model=MODEL)))
        for number in ids:
            if chance.random() < 0.8:
                store.scores.write([_scored(number, chance)])
            if chance.random() < 0.2:
                store.scores.write([scored(number, 99, model="other")])
            if chance.random() < 0.6:
                store.verdicts.give(
                    [number],
                    flag=chance.choice(list(Flag)),
                    stars=chance.randrange(6),
                    label=chance.choice(list(Label)),
                    provenance=Provenance.BLIND,
                )
        failed = [found for found in store.photos.get(ids) if chance.random() < 0.1]
        store.failures.record([Failure(found.path, "Broken.") for found in failed])
        for found in store.photos.get(ids)[::9]:
            found.path.unlink()
        take_up(store, home / "photos")
        yield store


def _scored(number: int, chance: Random) -> Scored:
    moment = datetime(2026, 8, 18) + timedelta(hours=chance.randrange(100), milliseconds=number)
    measures = {
        name: float(chance.randrange(0, 100, 10))
        for name in ("sharpness", "brightness", "contrast", "colorfulness", "noisiness")
    }
    return scored(
        number,
        chance.choice([None, 10.0, 50.0, 50.0, chance.uniform(0, 100)]),
        meta=Meta(
            taken=moment if chance.random() < 0.8 else None,
            camera=chance.choice(CAMERAS),
            lens=chance.choice(LENSES),
        ),
        **measures,
    )


def everything(store: Store) -> list[Photo]:
    ids = store.photos.ids(Query(model=MODEL, include_missing=True))
    return store.photos.get(ids, model=MODEL)


def value_of(found: Photo, sort: Sort) -> float | None:
    match sort:
        case Sort.TAKEN:
            return found.meta.taken.timestamp() if found.meta.taken else None
        case Sort.QUALITY:
            return found.scores.quality if found.scores else None
        case Sort.AESTHETICS:
            return found.scores.aesthetics if found.scores else None
        case Sort.STARS:
            return found.verdict.stars or None
        case Sort.NAME | Sort.TASTE:
            return None
        case _:
            return getattr(found.attributes, sort).value if found.attributes else None


COMPARISONS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


def within(value: float | None, limit: Range) -> bool:
    if limit.least is None and limit.most is None:
        return True
    return (
        value is not None
        and (limit.least is None or value >= limit.least)
        and (limit.most is None or value <= limit.most)
    )


def passes(found: Photo, query: Query) -> bool:
    verdicts = []
    if query.flags:
        verdicts.append(found.verdict.flag in query.flags)
    if query.labels:
        verdicts.append(found.verdict.label in query.labels)
    if query.stars is not None:
        compare = COMPARISONS[query.stars.operator]
        verdicts.append(compare(found.verdict.stars, query.stars.stars))
    return all(
        (
            query.include_missing or found.state is State.PRESENT,
            query.include_failed or found.failure is None,
            not query.folders
            or any(found.path.is_relative_to(folder) for folder in query.folders),
            query.text.casefold() in found.path.name.casefold(),
            *(within(value_of(found, limit.of), limit) for limit in query.ranges),
            not verdicts or (any if query.any_verdict else all)(verdicts),
            not query.cameras or found.meta.camera in query.cameras,
            not query.lenses or found.meta.lens in query.lenses,
            query.since is None
            or (found.meta.taken is not None and found.meta.taken.date() >= query.since),
            query.until is None
            or (found.meta.taken is not None and found.meta.taken.date() <= query.until),
            not query.only_unscored or found.scores is None,
        )
    )  # fmt: skip


def in_order(photos: list[Photo], query: Query) -> list[int]:
    by_name = sorted(
        photos,
        key=lambda p: (ascii_lower(str(p.path.parent)), str(p.path.parent),
                       ascii_lower(p.path.name), p.id),
        reverse=query.sort is Sort.NAME and query.descending,
    )  # fmt: skip
    sign = -1 if query.descending else 1
    values = {found.id: value_of(found, query.sort) for found in photos}

    def key(found: Photo) -> tuple[bool, float]:
        value = values[found.id]
        return value is None, sign * value if value is not None else 0

    ordered = sorted(by_name, key=key)
    if query.by_day:
        latest_first = query.sort is Sort.TAKEN and query.descending
        ordered.sort(key=lambda found: day_key(found, -1 if latest_first else 1))
    return [found.id for found in ordered][: query.limit]


def day_key(found: Photo, sign: int) -> tuple[bool, int]:
    taken = found.meta.taken
    return taken is None, sign * taken.toordinal() if taken else 0


def queries(store: Store) -> st.SearchStrategy[Query]:
    root = store.path.parent / "photos"
    folders = [root, root / "Alps", root / "Alps" / "day 1", root / "alps 2", root / "ÄTNA",
               root.parent, root / "Al", Path("/")]  # fmt: skip
    percent = st.none() | st.sampled_from([0.0, 10.0, 50.0, 90.0])
    return st.builds(
        Query,
        model=st.just(MODEL),
        folders=st.lists(st.sampled_from(folders), max_size=2).map(tuple),
        sort=st.sampled_from(list(Sort)),
        descending=st.booleans(),
        text=st.sampled_from(["", "", "img", "IMG_1", "%", "_", "\\", "Été", "ÉTÉ", ".jpg", "'"]),
        by_day=st.booleans(),
        ranges=st.frozensets(
            st.builds(Range, st.sampled_from(NUMBERS), least=percent, most=percent), max_size=3
        ),
        any_verdict=st.booleans(),
        flags=st.frozensets(st.sampled_from(list(Flag))),
        stars=st.none()
        | st.builds(StarRule, st.sampled_from(OPERATORS), st.integers(min_value=0, max_value=5)),
        labels=st.frozensets(st.sampled_from(list(Label)), max_size=3),
        cameras=st.frozensets(st.sampled_from([c for c in CAMERAS if c]), max_size=2),
        lenses=st.frozensets(st.sampled_from(["RF 24-70", "no such lens"]), max_size=1),
        since=st.none() | st.sampled_from([DAY, DAY + timedelta(days=1)]),
        until=st.none() | st.sampled_from([DAY, DAY + timedelta(days=1)]),
        only_unscored=st.booleans(),
        include_missing=st.booleans(),
        include_failed=st.booleans(),
        limit=st.none() | st.integers(min_value=1, max_value=9),
    )


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_query_gives_what_its_words_say(shoot: Store, data: st.DataObject) -> None:
    query = data.draw(queries(shoot))
    expected = [found for found in everything(shoot) if passes(found, query)]
    assert list(shoot.photos.ids(query)) == in_order(expected, query)
    assert shoot.photos.count(query) == len(expected)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [True, False])
def test_photos_without_a_value_come_last(shoot: Store, sort: Sort, descending: bool) -> None:
    query = Query(model=MODEL, sort=sort, descending=descending)
    ids = list(shoot.photos.ids(query))
    present = [found for found in everything(shoot) if found.state is State.PRESENT]
    assert ids == in_order(present, query)
    assert len(ids) == shoot.photos.total()


def test_a_folder_is_not_its_namesakes(store: Store, tmp_path: Path) -> None:
    for folder in ("a", "a/b", "ab", "a-b"):
        (tmp_path / "p" / folder).mkdir(parents=True)
        (tmp_path / "p" / folder / "x.jpg").write_bytes(folder.encode())
    take_up(store, tmp_path / "p")
    assert store.photos.total([tmp_path / "p" / "a"]) == 2
    assert store.photos.total([tmp_path / "p"]) == 4
    assert store.photos.total([Path("/")]) == 4
    assert store.photos.total([tmp_path / "p" / "none"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="Unix file names")
def test_folders_that_are_not_utf8_are_below_their_parents(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "back\\slash"
    odd = root / os.fsdecode(b"\xe9t\xe9")
    for folder in (odd, odd / "deep", odd / os.fsdecode(b"\xff"), root):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "x.jpg").write_bytes(os.fsencode(folder))
    take_up(store, root)
    assert store.photos.total([root]) == 4
    assert store.photos.total([odd]) == 3
    assert store.photos.total([odd / "deep"]) == 1


def test_rows_come_in_the_order_asked_for_without_unknown_ids(shoot: Store) -> None:
    ids = list(shoot.photos.ids(Query(model=MODEL, sort=Sort.QUALITY)))
    asked = [ids[5], 10**9, ids[2], ids[5], ids[0]]
    assert [found.id for found in shoot.photos.get(asked)] == [ids[5], ids[2], ids[5], ids[0]]
    assert shoot.photos.get([]) == []


def test_a_row_holds_all_that_was_stored(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.jpg").write_bytes(b"a")
    take_up(store, tmp_path / "p")
    number = photo_at(store, tmp_path / "p" / "a.jpg").id
    meta = Meta(
        taken=datetime(2026, 2, 3, 4, 5, 6, 789000),
        has_subseconds=True,
        offset_minutes=-210,
        camera="Camera",
        lens="Lens",
        focal_length=35.5,
        aperture=1.8,
        shutter=1 / 250,
        iso=6400,
        bias=-0.7,
        drive="Continuous",
        place=Place(-33.5, 151.25),
        width=6000,
        height=4000,
        orientation=6,
        problem="The lens block is broken.",
    )
    given_ = scored(number, 61.5, meta=meta, sharpness=12.5)
    store.scores.write([given_])
    found = photo(store, number)
    assert found.meta == meta
    assert found.attributes == given_.attributes
    assert found.scores == given_.scores
    (other_model,) = store.photos.get([number], model="other")
    assert other_model.scores is None
    assert other_model.attributes == given_.attributes


def test_times_before_1970_and_after_2100_keep_their_order(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    times = [datetime(1899, 12, 31), datetime(1970, 1, 1), datetime(2150, 6, 1, 0, 0, 0, 1)]
    for number, _ in enumerate(times):
        (tmp_path / "p" / f"{number}.jpg").write_bytes(b"%d" % number)
    take_up(store, tmp_path / "p")
    for number, taken in enumerate(times):
        found = photo_at(store, tmp_path / "p" / f"{number}.jpg")
        store.scores.write([scored(found.id, meta=Meta(taken=taken))])
        assert photo(store, found.id).meta.taken == taken
    assert names(store, sort=Sort.TAKEN) == ["0.jpg", "1.jpg", "2.jpg"]
    assert names(store, since=date(1899, 12, 31), until=date(1899, 12, 31)) == ["0.jpg"]


def test_pending_are_present_unscored_and_not_failed(store: Store, tmp_path: Path) -> None:
    root = tmp_path / "p"
    (root / "sub").mkdir(parents=True)
    for name in ("a.jpg", "b.jpg", "c.jpg", "sub/d.jpg"):
        (root / name).write_bytes(name.encode())
    take_up(store, root)
    ids = {name: photo_at(store, root / name).id for name in ("a.jpg", "b.jpg", "c.jpg")}
    store.scores.write([scored(ids["a.jpg"])])
    store.failures.record([Failure(root / "b.jpg", "Truncated.")])
    (root / "c.jpg").unlink()
    take_up(store, root)
    deep = photo_at(store, root / "sub" / "d.jpg").id
    assert list(store.photos.pending(MODEL)) == [deep]
    assert list(store.photos.pending("other")) == [ids["a.jpg"], deep]
    assert list(store.photos.pending("other", [root / "sub"])) == [deep]
    store.failures.clear([root / "b.jpg"])
    assert list(store.photos.pending(MODEL)) == [ids["b.jpg"], deep]


def test_facets_count_present_photos(shoot: Store) -> None:
    present = [found for found in everything(shoot) if found.state is State.PRESENT]
    facets = shoot.photos.facets()
    assert dict(facets.cameras) == {
        camera: sum(found.meta.camera == camera for found in present) for camera in CAMERAS[:2]
    }
    assert dict(facets.lenses) == {
        "RF 24-70": sum(found.meta.lens == "RF 24-70" for found in present)
    }
    days = [found.meta.taken.date() for found in present if found.meta.taken]
    assert dict(facets.days) == {day: days.count(day) for day in days}
    assert [day for day, _ in facets.days] == sorted(set(days))
    for day, count in facets.days:
        assert shoot.photos.count(Query(model=MODEL, since=day, until=day)) == count
    nowhere = shoot.photos.facets([Path("/nowhere")])
    assert nowhere == Facets(cameras=(), lenses=(), days=())


def test_a_path_finds_its_photo(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    for name in ("a.jpg", "A.jpg"):
        (tmp_path / "p" / name).write_bytes(name.encode())
    take_up(store, tmp_path / "p")
    lower, upper = (store.photos.by_path(tmp_path / "p" / name) for name in ("a.jpg", "A.jpg"))
    assert lower != upper or (tmp_path / "p" / "a.jpg").samefile(tmp_path / "p" / "A.jpg")
    assert store.photos.by_path(tmp_path / "p" / "b.jpg") is None
    assert store.photos.by_path(tmp_path / "q" / "a.jpg") is None
    (tmp_path / "p" / "a.jpg").write_bytes(b"")
    (tmp_path / "p" / "a.jpg").unlink()
    take_up(store, tmp_path / "p")
    assert store.photos.by_path(tmp_path / "p" / "a.jpg") == lower


def test_a_photo_without_a_verdict_is_undecided(store: Store, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.jpg").write_bytes(b"a")
    take_up(store, tmp_path / "p")
    found = photo_at(store, tmp_path / "p" / "a.jpg")
    assert found.verdict == Verdict()
    assert found.meta == Meta()
    assert (found.attributes, found.scores, found.taste, found.burst) == (None, None, None, None)
