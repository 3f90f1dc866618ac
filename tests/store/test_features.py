"""Features: vectors per photo, weights and policy, apart from scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from shelf import take_up

from uniqa_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "photos").mkdir()
    for number in range(4):
        (tmp_path / "photos" / f"{number}.jpg").write_bytes(b"%d" % number)
    with Store.open(tmp_path / "library.db") as opened:
        take_up(opened, tmp_path / "photos")
        yield opened


def test_vectors_come_back_in_the_order_asked_for(store: Store) -> None:
    vectors = np.random.default_rng(1).normal(size=(4, 512)).astype(np.float16)
    store.features.write((number, "clip", "five", vectors[number - 1]) for number in (1, 2, 4))
    ids, found = store.features.read([4, 3, 1], "clip", "five")
    assert list(ids) == [4, 1]
    assert found.dtype == np.float16
    assert np.array_equal(found, vectors[[3, 0]])


def test_weights_and_policies_are_kept_apart(store: Store) -> None:
    store.features.write([(1, "a", "p", np.zeros(2, np.float16))])
    store.features.write([(1, "b", "p", np.ones(3, np.float16))])
    store.features.write([(1, "a", "q", np.full(2, 7, np.float16))])
    assert store.features.read([1], "b", "p")[1].tolist() == [[1, 1, 1]]
    store.features.write([(1, "a", "p", np.full(2, 5, np.float16))])
    assert store.features.read([1], "a", "p")[1].tolist() == [[5, 5]]


def test_no_features_are_an_empty_array(store: Store) -> None:
    ids, found = store.features.read([1, 2], "a", "p")
    assert len(ids) == 0
    assert found.shape[0] == 0
    store.features.write([])


def test_wider_numbers_are_stored_as_half_floats(store: Store) -> None:
    store.features.write([(1, "a", "p", np.array([[0.5, 1.5], [2.5, 3.5]]))])
    assert store.features.read([1], "a", "p")[1].tolist() == [[0.5, 1.5, 2.5, 3.5]]
