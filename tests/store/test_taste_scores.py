"""Scores of tastes: whole or not at all for who reads, and never in the way of who writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tasting import MODEL, fill, ids

from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.store import Store, taste_scores

COUNT = 12


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(taste_scores, "_AT_ONCE", 2)
    with Store.open(tmp_path / "library.db") as opened:
        fill(opened, tmp_path / "photos", COUNT)
        yield opened


def rows(store: Store) -> int:
    with closing(sqlite3.connect(store.path)) as db:
        return db.execute("SELECT count(*) FROM taste_scores").fetchone()[0]


def test_others_read_the_old_scores_and_write_while_new_ones_come(
    store: Store, tmp_path: Path
) -> None:
    photos = ids(store, tmp_path / "photos", COUNT)
    mine = store.tastes.profile()
    store.tastes.write_scores(mine, MODEL, [(photo, 1.0) for photo in photos])
    with Store.open(store.path, patience=0.0) as other:

        def coming() -> Iterator[tuple[int, float]]:
            for place, photo in enumerate(photos):
                assert set(other.tastes.scores(mine, MODEL).values()) == {1.0}
                assert {one.taste for one in other.photos.get(photos, MODEL)} == {1.0}
                other.verdicts.give([photo], flag=Flag.PICK, provenance=Provenance.BLIND)
                yield photo, 10.0 + place

        assert store.tastes.write_scores(mine, MODEL, coming()) == COUNT
        assert other.tastes.scores(mine, MODEL) == {
            photo: 10.0 + place for place, photo in enumerate(photos)
        }
        query = Query(model=MODEL, sort=Sort.TASTE, descending=True)
        assert list(other.photos.ids(query)) == photos[::-1]
    assert rows(store) == COUNT, "those from before are gone"


def test_what_a_killed_process_left_is_never_shown_and_goes(store: Store, tmp_path: Path) -> None:
    photos = ids(store, tmp_path / "photos", COUNT)
    mine = store.tastes.profile()
    store.tastes.write_scores(mine, MODEL, [(photo, 1.0) for photo in photos])

    def killed() -> Iterator[tuple[int, float]]:
        yield from ((photo, 2.0) for photo in photos[:7])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.tastes.write_scores(mine, MODEL, killed())
    assert rows(store) > COUNT
    other = store.tastes.create("Other")
    with pytest.raises(KeyboardInterrupt):
        store.tastes.write_scores(other, MODEL, killed())
    assert store.tastes.scores(other, MODEL) == {}
    store.tastes.remove("Other")
    assert set(store.tastes.scores(mine, MODEL).values()) == {1.0}
    assert {one.taste for one in store.photos.get(photos, MODEL)} == {1.0}
    store.tastes.write_scores(mine, MODEL, [(photos[0], 3.0)])
    assert rows(store) == 1
    assert [one.taste for one in store.photos.get(photos[:2], MODEL)] == [3.0, None]


def test_of_two_processes_the_later_one_wins(store: Store, tmp_path: Path) -> None:
    photos = ids(store, tmp_path / "photos", COUNT)
    mine = store.tastes.profile()

    def overtaken() -> Iterator[tuple[int, float]]:
        for place, photo in enumerate(photos):
            if place == 5:
                with Store.open(store.path) as other:
                    other.tastes.write_scores(mine, MODEL, [(one, 9.0) for one in photos])
            yield photo, 1.0

    store.tastes.write_scores(mine, MODEL, overtaken())
    assert set(store.tastes.scores(mine, MODEL).values()) == {9.0}
    assert rows(store) == COUNT


def test_each_profile_and_model_has_its_own(store: Store, tmp_path: Path) -> None:
    photos = ids(store, tmp_path / "photos", COUNT)
    mine = store.tastes.profile()
    store.tastes.write_scores(mine, MODEL, [(photos[0], 1.0)])
    store.tastes.write_scores(mine, "another model", [(photos[0], 2.0)])
    copied = store.tastes.copy(mine.name, "Copy")
    store.tastes.write_scores(mine, MODEL, [(photos[0], 3.0)])
    assert store.tastes.scores(copied, MODEL) == {photos[0]: 1.0}
    assert store.tastes.scores(copied, "another model") == {photos[0]: 2.0}
    assert store.tastes.reset(mine) == (0, 2)
    assert not store.tastes.has_scores(MODEL)
    store.tastes.remove("Copy")
    assert rows(store) == 0
