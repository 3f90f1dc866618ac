"""Finding photos by words or by example among stored features; no photo is opened for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from uniqa_desktop import decode
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.scoring import FeatureKey, Features, Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.uniqa import Floats, normalised

_AT_ONCE = 2048
_CANNOT = (
    "The model {model} cannot search: choose one that can (`uniqa-desktop model list`) with "
    "`uniqa-desktop model use ID`."
)

_NO_WORDS = (
    "The model {model} reads no words, it compares photos only: search by example (--like FILE), "
    "or choose a model that reads (`uniqa-desktop model list`)."
)


class Ranking(NamedTuple):
    """Photos and their cosines (-1 to 1), the most alike first; ties by name.

    `without` are the readable photos that could not be compared: they have no features yet.
    """

    photos: list[tuple[int, float]]
    without: int


def words(scorer: Scorer, text: str) -> Floats:
    """The direction of a text; loads the model.

    Raises:
        WrongUse: the model reads no text, or there is none.
        WeightsError: the model cannot be loaded.
    """
    if not text.strip():
        raise WrongUse("Say what to look for: the text is empty.")
    if not isinstance(scorer, ClipScorer):
        compares = scorer.features_key is not None
        raise WrongUse((_NO_WORDS if compares else _CANNOT).format(model=scorer.model))
    return scorer.text(text)


def reads_words(scorer: Scorer) -> bool:
    """Whether the model has a text tower."""
    return isinstance(scorer, ClipScorer)


def picture(scorer: Scorer, file: Path) -> Floats:
    """The direction of a picture, in the library or not; loads the model.

    Raises:
        WrongUse: the model cannot compare photos, or the file cannot be read as a picture.
        WeightsError: the model cannot be loaded.
    """
    _key(scorer)
    try:
        pixels = decode.full(file).pixels
    except PhotoError as error:
        raise WrongUse(f"{file.name} cannot be searched for: {error}") from error
    scorer.open()
    return _directions(scorer, scorer.encode([scorer.prepare(pixels, b"")]))[0]


def stored(store: Store, scorer: Scorer, photo: int) -> Floats | None:
    """The direction of a photo of the library from its stored features; `None` if it has none.

    Raises:
        WrongUse: the model cannot compare photos.
    """
    known, vectors = store.features.read([photo], *_key(scorer))
    return _directions(scorer, vectors)[0] if len(known) else None


def nearest(
    store: Store,
    scorer: Scorer,
    query: Floats,
    folders: Sequence[Path] = (),
    count: int = 20,
) -> list[tuple[int, float]]:
    """The present photos most like `query` and their cosines (-1 to 1), best first; ties by name.

    Photos that the model has not scored yet are not found.
    """
    return ranked(store, scorer, query, folders).photos[:count]


def ranked(store: Store, scorer: Scorer, query: Floats, folders: Sequence[Path] = ()) -> Ranking:
    """All present photos at or below `folders`, those most like `query` first.

    Raises:
        WrongUse: the model cannot compare photos.
    """
    key, direction = _key(scorer), normalised(query)
    ids = store.photos.ids(
        Query(scorer.model, folders=tuple(folders), sort=Sort.NAME, include_failed=False)
    )
    photos: list[int] = []
    parts: list[Floats] = []
    for start in range(0, len(ids), _AT_ONCE):
        block = ids[start : start + _AT_ONCE]
        known, vectors = store.features.read(block, *key)
        if len(known):
            photos += known
            parts.append(_directions(scorer, vectors) @ direction)
    if not photos:
        return Ranking([], len(ids))
    cosines = np.concatenate(parts)
    best = np.argsort(-cosines, kind="stable")
    found = [(photos[place], float(cosines[place])) for place in best]
    return Ranking(found, len(ids) - len(found))


def _key(scorer: Scorer) -> FeatureKey:
    """What the features to be compared are stored under."""
    if scorer.features_key is None:
        raise WrongUse(_CANNOT.format(model=scorer.model))
    return scorer.features_key


def _directions(scorer: Scorer, features: Features) -> Floats:
    found = scorer.directions(features)
    if found is None:
        raise WrongUse(_CANNOT.format(model=scorer.model))
    return found
