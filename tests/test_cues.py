"""ATTIQA-style cues: what a model sees of the attributes, relative within a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from drawing import draw_folder
from shelf import photo_at, take_up

from uniqa_desktop import cues, scorers
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Attributes, Scores
from uniqa_desktop.scoring import FeatureKey, Features, Scorer
from uniqa_desktop.store import Store


class Seeing(Scorer):
    """Its five features are its five cues."""

    model = "seeing"
    features_key = FeatureKey("weights", "whole")

    def cues(self, features: Features) -> np.ndarray:
        return np.asarray(features, dtype=np.float32)

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        return []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def ids(store: Store, tmp_path: Path) -> list[int]:
    """Five photos; the n-th has n times ten of everything, but all the same noise."""
    files = draw_folder(tmp_path / "photos", 5)
    take_up(store, tmp_path / "photos")
    numbers = [photo_at(store, file).id for file in files]
    store.features.write(
        (id, "weights", "whole", np.array([10 * n] * 4 + [7], np.float16))
        for n, id in enumerate(numbers)
    )
    return numbers


def test_a_photo_is_compared_with_its_folder(store: Store, ids: list[int], tmp_path: Path) -> None:
    spread = cues.spread(store, Seeing(), (tmp_path / "photos",))
    found = cues.of_photo(store, Seeing(), ids[4], spread)
    assert found is not None
    assert list(found.seen) == list(ATTRIBUTE_NAMES)
    assert found.seen["sharpness"] == 40
    assert found.standing is not None
    assert found.standing["sharpness"] == pytest.approx(90)
    assert found.standing["noisiness"] == pytest.approx(50), "all alike: in the middle"
    lowest = cues.of_photo(store, Seeing(), ids[0], spread)
    assert lowest is not None
    assert lowest.standing is not None
    assert lowest.standing["sharpness"] == pytest.approx(10)


def test_a_large_folder_is_sampled(
    store: Store, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cues, "SAMPLE", 2)
    spread = cues.spread(store, Seeing(), ())
    assert spread is not None
    assert spread[:, 0].tolist() == [0, 30]


def test_where_there_is_nothing_to_say_nothing_is_said(store: Store, ids: list[int]) -> None:
    measured = scorers.MeasuredScorer()
    assert cues.spread(store, measured, ()) is None
    assert cues.of_photo(store, measured, ids[0], None) is None
    assert cues.of_photo(store, Seeing(), 999, None) is None
    alone = cues.of_photo(store, Seeing(), ids[0], None)
    assert alone is not None
    assert alone.standing is None
    unseen = cues.spread(store, Seeing(), (Path("/elsewhere"),))
    assert unseen is None
