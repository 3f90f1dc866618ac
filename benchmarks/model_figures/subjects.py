"""What is compared: the model through its `Scorer`, and the measures that need no training."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import numpy as np
from baselines.brisque import Brisque
from baselines.niqe import Niqe

from uniqa_desktop import attributes, scorers
from uniqa_desktop.photo import Scores
from uniqa_desktop.scoring import Scorer

THREADS = os.cpu_count() or 1
PICTURES_AT_ONCE = 16
BEFORE = scorers.MEASURED
"""The default until there is a learned model."""

Measure = Callable[[np.ndarray], float]


@dataclass(frozen=True)
class Judged:
    """What the subjects say of the pictures of a set, in their order.

    `features` are the model's own, pictures×D, and `appeal` its metric for generated pictures,
    0–100; `None` if it has none.
    """

    scores: list[Scores]
    features: np.ndarray | None
    others: dict[str, np.ndarray]
    appeal: np.ndarray | None = None

    @property
    def aesthetics(self) -> np.ndarray | None:
        """The model's aesthetics as shown, 0–100; `None` if it has none."""
        values = [one.aesthetics for one in self.scores]
        return None if None in values else np.array(values, np.float64)

    @property
    def quality(self) -> np.ndarray:
        """The model's quality as shown, 0–100; NaN if it has none."""
        return np.array([one.quality for one in self.scores], np.float64)


class Panel:
    """One model and the measures of quality, asked of the same pictures."""

    def __init__(self, model: str, baselines: Path, device: str = "cpu") -> None:
        """Loads the model and the published parameters.

        Raises:
            WeightsError: the model is not installed, or cannot be loaded.
        """
        self.model = model
        self.scorer = scorers.load(model, device)
        self.scorer.open()
        brisque, niqe = Brisque.read(baselines), Niqe.read(baselines)
        self.quality: dict[str, Measure] = {
            BEFORE: lambda pixels: attributes.quality(attributes.measure(pixels))[0],
            "BRISQUE": lambda pixels: -brisque(pixels),
            "NIQE": lambda pixels: -niqe(pixels),
        }
        """More is better in all of them. The model itself is not among its rivals."""
        self.rivals = [name for name in self.quality if name != model]

    def judge(
        self, pictures: Iterable[np.ndarray], more: dict[str, Measure] | None = None
    ) -> Judged:
        """Asks the model, the measures of quality and `more` of them of every picture."""
        measures = self.quality | (more or {})
        scores: list[Scores] = []
        features: list[np.ndarray] = []
        others: dict[str, list[float]] = {name: [] for name in measures}
        with ThreadPoolExecutor(THREADS) as pool:
            for chunk in chunks(pictures, PICTURES_AT_ONCE):
                for name, measure in measures.items():
                    others[name] += pool.map(measure, chunk)
                found, said = ask(self.scorer, chunk, pool)
                features += found
                scores += said
        own = np.stack(features) if features else None
        return Judged(
            scores,
            own,
            {name: np.array(values) for name, values in others.items()},
            None if own is None else self.scorer.appeal(own),
        )

    def features(self, pictures: Iterable[np.ndarray]) -> np.ndarray:
        """The model's features alone, pictures×D."""
        found: list[np.ndarray] = []
        with ThreadPoolExecutor(THREADS) as pool:
            for chunk in chunks(pictures, PICTURES_AT_ONCE):
                found += ask(self.scorer, chunk, pool)[0]
        return np.stack(found)


def ask(
    scorer: Scorer, pictures: Sequence[np.ndarray], pool: ThreadPoolExecutor
) -> tuple[list[np.ndarray], list[Scores]]:
    """Features (a vector each; none if the model has none) and scores, as a scoring pass does."""
    prepared = list(pool.map(lambda one: scorer.prepare(one, identity(one)), pictures))
    if scorer.features_key is None:
        return [], list(scorer.score(prepared, list(pool.map(attributes.measure, pictures))))
    encoded: list[np.ndarray] = []
    for at in range(0, len(prepared), scorer.batch_size):
        encoded += [np.asarray(one) for one in scorer.encode(prepared[at : at + scorer.batch_size])]
    return [_vector(one) for one in encoded], list(scorer.score(encoded, ()))


def _vector(features: np.ndarray) -> np.ndarray:
    """One vector a picture: the mean over crops where there are several."""
    return features.astype(np.float64).reshape(-1, features.shape[-1]).mean(axis=0)


def identity(pixels: np.ndarray) -> bytes:
    """Stands for the file's hash, by which some models choose their crops."""
    return blake2b(pixels.tobytes(), digest_size=16).digest()


def chunks(pictures: Iterable[np.ndarray], size: int) -> Iterator[list[np.ndarray]]:
    waiting = iter(pictures)
    while chunk := list(islice(waiting, size)):
        yield chunk
