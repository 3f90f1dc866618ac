"""Made-up photos and people for tests of taste: features in clear groups, tastes that are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from shelf import scored, take_up

from uniqa_desktop.photo import Attributes, Scores
from uniqa_desktop.scoring import FeatureKey, Features, Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.taste.space import CUES, Seen, Space

WIDTH = 16
MODEL = "drawn"


def drawn(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Directions (four groups of subjects), cues and generic scores of so many photos."""
    random = np.random.default_rng(seed)
    subjects = np.random.default_rng(99).normal(0, 1, (4, WIDTH))
    directions = subjects[np.arange(count) % 4] + random.normal(0, 0.5, (count, WIDTH))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    cues = random.normal(50, 15, (count, len(CUES)))
    cues[:, 6:] = random.uniform(0, 5, (count, 2))
    return directions.astype(np.float32), cues, random.normal(50, 15, count)


def seen(count: int, seed: int = 0) -> Seen:
    """Where such photos stand."""
    parts = drawn(count, seed)
    return Space.of(*parts).place(*parts)


class DrawnScorer(Scorer):
    """A model whose features are stored already; nothing is ever opened or encoded."""

    def __init__(self, model: str = MODEL, weights: str = "w") -> None:
        self.model = model
        self.features_key = FeatureKey(weights, "drawn")

    def open(self) -> None:
        raise AssertionError("learning a taste opens no model")

    def directions(self, features: Features) -> np.ndarray:
        plain = np.asarray(features, np.float32)
        return plain / np.linalg.norm(plain, axis=1, keepdims=True)

    def score(self, features: Features, attributes: Sequence[Attributes]) -> list[Scores]:
        raise AssertionError("learning a taste scores no photo")


def fill(store: Store, folder: Path, count: int, model: str = MODEL, weights: str = "w") -> None:
    """Puts so many photos into a library, scored by a model, with features and cues."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:03d}.jpg").write_bytes(b"%d" % number)
    take_up(store, folder)
    score_all(store, folder, count, model, weights)


def score_all(store: Store, folder: Path, count: int, model: str, weights: str) -> None:
    """The scores, features and cues of `fill` by another model."""
    directions, cues, generic = drawn(count)
    for number in range(count):
        photo = store.photos.by_path(folder / f"{number:03d}.jpg")
        assert photo is not None
        measures = dict(zip(CUES[:5], map(float, cues[number]), strict=False))
        row = scored(photo, float(generic[number]), model=model, **measures)
        store.scores.write([row])
        store.features.write([(photo, weights, "drawn", directions[number])])


def ids(store: Store, folder: Path, count: int) -> list[int]:
    """The photos of `fill` in the order of their numbers."""
    found = [store.photos.by_path(folder / f"{number:03d}.jpg") for number in range(count)]
    return [photo for photo in found if photo is not None]
