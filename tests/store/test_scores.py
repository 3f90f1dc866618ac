"""Scores: one transaction a batch, one row a model, the newest measure of the pixels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import MODEL, photo, scored, take_up

from uniqa_desktop.photo import Failure, Meta
from uniqa_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "photos").mkdir()
    for number in range(3):
        (tmp_path / "photos" / f"{number}.jpg").write_bytes(b"%d" % number)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, tmp_path / "photos")
        yield opened


def test_each_model_has_a_score_of_its_own(store: Store) -> None:
    store.scores.write([scored(1, 40)])
    store.scores.write([scored(1, 80, model="uniqa", sharpness=90)])
    assert [(s.model, s.quality) for s in store.scores.all_of(1)] == [(MODEL, 40), ("uniqa", 80)]
    found = photo(store, 1)
    assert found.scores is not None
    assert found.scores.quality == 40
    assert found.attributes is not None
    assert found.attributes.sharpness.value == 90, "the pixels were measured anew"


def test_a_score_that_does_not_exist_is_none(store: Store) -> None:
    store.scores.write([scored(1, None)])
    found = photo(store, 1)
    assert found.scores is not None
    assert (found.scores.quality, found.scores.quality_raw) == (None, None)


def test_scoring_clears_the_failure(store: Store) -> None:
    path = photo(store, 1).path
    store.failures.record([Failure(path, "Truncated.")])
    assert photo(store, 1).failure == "Truncated."
    store.scores.write([scored(1)])
    assert photo(store, 1).failure is None
    assert store.failures.all() == []


def test_a_batch_is_stored_whole_or_not_at_all(store: Store) -> None:
    bad = scored(2, 50, sharpness=float("nan"))  # SQLite holds no NaN
    with pytest.raises(sqlite3.IntegrityError):
        store.scores.write([scored(1), bad])
    assert photo(store, 1).scores is None
    assert photo(store, 1).attributes is None


def test_photos_that_are_no_more_are_passed_over(store: Store) -> None:
    store.scores.write([scored(99), scored(1)])
    assert photo(store, 1).scores is not None
    assert store.scores.all_of(99) == []
    store.scores.write([])


@pytest.mark.parametrize("phash", [0, 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1])
def test_every_perceptual_hash_fits(store: Store, phash: int) -> None:
    store.scores.write([scored(1, phash=phash)])
    with store._session.reading() as db:
        (kept,) = db.execute("SELECT phash FROM attributes WHERE photo = 1").fetchone()
    assert kept % (1 << 64) == phash


def test_text_that_no_database_takes_is_taken(store: Store) -> None:
    """Broken metadata may decode to lone surrogates."""
    store.scores.write([scored(1, meta=Meta(camera="Can\udcffon", problem="\ud800"))])
    assert photo(store, 1).meta.camera == "Can?on"
