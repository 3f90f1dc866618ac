"""How much a comment has to do with what was said of a photo's aesthetics.

The paper measures a comment against the generated aesthetic text; by which model and formula has
not been published. Here are two that can be checked: by a CLIP's text tower, and by shared words.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from uniqa_desktop import engine
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.installed import Models

if TYPE_CHECKING:
    from uniqa_desktop.encoders import UniqaScorer

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_AT_ONCE = 64


class Relevance(ABC):
    """A measure of likeness between comments and texts."""

    name: str
    """For the record: what measures, with the hash of its weights if it has any."""

    @abstractmethod
    def direction(self, texts: Sequence[str]) -> Any:
        """What the texts (at least one) have in common, for `of`."""

    @abstractmethod
    def of(self, comments: Sequence[str], direction: Any) -> list[float]:
        """The likeness of each comment: a cosine, −1 to 1."""


class Words(Relevance):
    """Shared words: the cosine of word counts, rare words weighing more (tf–idf).

    Words are runs of letters of any script, in lower case. A word's weight is
    ln((1 + texts) / texts with it), over all comments and generated texts, so that what everybody
    writes weighs nearly nothing; its count in a text enters by 1 + ln(count). It needs no model
    and takes microseconds, but knows nothing of synonyms, and no words where a language writes
    them without spaces.
    """

    name = "words"

    def __init__(self, texts: Iterable[str]) -> None:
        """Learns from `texts`, all of the comments and generated ones, which words are rare."""
        seen: Counter[str] = Counter()
        count = 0
        for text in texts:
            seen.update(set(_words(text)))
            count += 1
        self._weights = {word: log((1 + count) / found) for word, found in seen.items()}
        self._unseen = log(1 + count)

    def direction(self, texts: Sequence[str]) -> Mapping[str, float]:
        total: Counter[str] = Counter()
        for text in texts:
            total.update(self._vector(text))
        return _unit(total)

    def of(self, comments: Sequence[str], direction: Any) -> list[float]:
        return [
            sum(weight * direction.get(word, 0.0) for word, weight in self._vector(text).items())
            for text in comments
        ]

    def _vector(self, text: str) -> dict[str, float]:
        counts = Counter(_words(text))
        return _unit(
            {
                word: (1 + log(count)) * self._weights.get(word, self._unseen)
                for word, count in counts.items()
            }
        )


class ClipText(Relevance):
    """The cosine of features of a CLIP's text tower, which reads the first 77 tokens."""

    def __init__(self, scorer: UniqaScorer) -> None:
        """Use `load`."""
        self._scorer = scorer
        self.name = clip_name(scorer.model.card.id)

    @classmethod
    def load(cls, model: str, device: str = "auto") -> ClipText:
        """Loads an installed model; takes seconds.

        Raises:
            WeightsError: it is not installed or cannot be loaded.
            WrongUse: it reads no text, or there is no such device.
        """
        check_clip(model)
        # Single precision: only the image tower's precision is ever reduced, and is not used here.
        return cls(engine.load(Models().get(model), device=device, precision="float32"))

    def direction(self, texts: Sequence[str]) -> np.ndarray:
        total = np.sum([part.sum(axis=0) for part in self._features(texts)], axis=0)
        return total / max(float(np.linalg.norm(total)), 1e-12)

    def of(self, comments: Sequence[str], direction: Any) -> list[float]:
        if not comments:
            return []
        return (np.concatenate(list(self._features(comments))) @ direction).tolist()

    def _features(self, texts: Sequence[str]) -> Iterable[np.ndarray]:
        for start in range(0, len(texts), _AT_ONCE):
            features = self._scorer.texts(texts[start : start + _AT_ONCE]).astype(np.float64)
            yield features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)


def check_clip(model: str) -> None:
    """Says at once, before torch is imported, whether a model can measure.

    Raises:
        WeightsError: it is not installed.
        WrongUse: it reads no text.
    """
    from uniqa_desktop import scorers
    from uniqa_desktop.clip_scorer import ClipScorer

    if not isinstance(scorers.load(model), ClipScorer):
        raise WrongUse(
            f"The model {model} reads no text: choose a CLIP that is installed (`uniqa-desktop "
            "model list`), or leave --model out to compare words."
        )


def clip_name(model: str) -> str:
    """The name for the record of an installed CLIP as a measure."""
    return f"{model} {Models().get(model).card.weights[:16]}"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}
