"""Scores: one transaction a batch, one row a model, the newest measure of the pixels."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import MODEL, photo, scored, take_up

from uniqa_desktop.photo import Failure, Meta, Scores
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


def test_scores_are_forgotten_by_model_and_folder_and_written_again(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "photos" / name).mkdir(parents=True)
        (tmp_path / "photos" / name / "1.jpg").write_bytes(name.encode())
    with Store.open(tmp_path / "library.db") as store:
        take_up(store, tmp_path / "photos")
        store.scores.write([scored(1), scored(2)])
        store.scores.write([scored(1, model="other"), scored(2, model="other")])
        assert store.scores.forget("other", [tmp_path / "photos" / "a"]) == 1
        assert store.scores.forget(MODEL) == 2
        assert sum(len(store.scores.all_of(number)) for number in (1, 2)) == 1
        store.scores.write_again([(1, Scores(MODEL, 7.0)), (99, Scores(MODEL, 8.0))])
        assert Scores(MODEL, 7.0) in store.scores.all_of(1)
        assert store.scores.all_of(99) == []
