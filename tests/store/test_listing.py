"""Lists with their days, folded groups, and the spread of numbers over a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from shelf import MODEL, scored, take_up

from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.photo import Meta
from uniqa_desktop.query import NUMBERS, Query, Range, Sort
from uniqa_desktop.store import Listing, Store

FIRST, SECOND, OLD = date(2026, 6, 14), date(2026, 6, 15), date(1965, 1, 2)
TAKEN = [SECOND, FIRST, OLD, FIRST, None, SECOND]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Six photos, of quality 0, 10, … 50, the fifth without a date."""
    for n in range(6):
        path = tmp_path / "p" / f"{n}.jpg"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%d" % n)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, tmp_path / "p")
        for n, id in enumerate(opened.photos.ids(Query(MODEL))):
            when = TAKEN[n]
            taken = datetime(when.year, when.month, when.day, 23, 59, n) if when else None
            meta = Meta(taken=taken)
            opened.scores.write([scored(id, 10.0 * n, meta=meta, sharpness=99.5)])
        yield opened


def listed(store: Store, **query: object) -> tuple[str, tuple]:
    """The listed photos as their numbers, and the days."""
    listing = store.photos.listing(Query(MODEL, **query))  # type: ignore[arg-type]
    assert isinstance(listing, Listing)
    names = [found.path.stem for found in store.photos.get(listing.ids)]
    return "".join(names), listing.days


def test_days_are_told_in_the_order_of_the_list(store: Store) -> None:
    days = ((OLD, 1), (FIRST, 2), (SECOND, 2), (None, 1))
    assert listed(store, by_day=True) == ("213054", days)
    best = {"sort": Sort.QUALITY, "descending": True}
    assert listed(store, by_day=True, **best) == ("231504", days)
    latest = {"sort": Sort.TAKEN, "descending": True}
    backwards = ((SECOND, 2), (FIRST, 2), (OLD, 1), (None, 1))
    assert listed(store, by_day=True, **latest) == ("503124", backwards)
    assert listed(store, **best) == ("543210", ())


def test_days_count_what_passes_and_what_the_limit_leaves(store: Store) -> None:
    good = frozenset({Range(Sort.QUALITY, 10.0)})
    assert listed(store, by_day=True, ranges=good) == (
        "21354",
        ((OLD, 1), (FIRST, 2), (SECOND, 1), (None, 1)),
    )
    assert listed(store, by_day=True, limit=2) == ("21", ((OLD, 1), (FIRST, 1)))
    assert listed(store, by_day=True, text="nothing") == ("", ())


def test_a_group_is_one_photo_when_folded(store: Store) -> None:
    ids = list(store.photos.ids(Query(MODEL)))
    store.groups.write(ids, [Group(Kind.BURST, tuple(ids[1:4]), cover=ids[2], confidence=1.0)])
    assert listed(store, folded=True)[0] == "0245"
    best = {"sort": Sort.QUALITY, "descending": True, "folded": True}
    assert listed(store, **best)[0] == "5420"
    without_cover = frozenset({Range(Sort.QUALITY, 30.0)})
    assert listed(store, ranges=without_cover, folded=True)[0] == "345"
    assert listed(store, limit=3, folded=True)[0] == "024", "folded first, then cut"
    assert store.photos.count(Query(MODEL, folded=True, limit=1)) == 4
    assert listed(store, by_day=True, folded=True)[1] == ((OLD, 1), (SECOND, 2), (None, 1))


def test_spreads_are_of_the_present_photos_of_the_folder_and_the_model(
    store: Store, tmp_path: Path
) -> None:
    spreads = store.scores.spreads(NUMBERS, MODEL, [tmp_path / "p"])
    assert spreads[Sort.QUALITY].total == 6
    assert spreads[Sort.QUALITY].between(10, 30) == 3
    assert spreads[Sort.SHARPNESS].between(99, 99) == 0
    assert spreads[Sort.SHARPNESS].between(99, 100) == 6
    assert spreads[Sort.AESTHETICS].total == 0
    (tmp_path / "p" / "3.jpg").unlink()
    take_up(store, tmp_path / "p")
    assert store.scores.spreads([Sort.QUALITY], MODEL)[Sort.QUALITY].total == 5
    assert store.scores.spreads([Sort.QUALITY], "other")[Sort.QUALITY].total == 0
    elsewhere = store.scores.spreads([Sort.QUALITY], MODEL, [tmp_path / "q"])
    assert elsewhere[Sort.QUALITY].total == 0
