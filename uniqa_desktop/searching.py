"""Finding photos by words or by example among stored features; no photo is opened for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from uniqa_desktop import decode, likeness
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.query import Query, Sort
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.store import Store
from uniqa_desktop.uniqa import Floats

_AT_ONCE = 2048


def words(scorer: Scorer, text: str) -> Floats:
    """The direction of a text; loads the model.

    Raises:
        WrongUse: the model reads no text, or there is none.
        WeightsError: the model cannot be loaded.
    """
    if not text.strip():
        raise WrongUse("Say what to look for: the text is empty.")
    return _clip(scorer).text(text)


def picture(scorer: Scorer, file: Path) -> Floats:
    """The direction of a picture, in the library or not; loads the model.

    Raises:
        WrongUse: the model has no features, or the file cannot be read as a picture.
        WeightsError: the model cannot be loaded.
    """
    clip = _clip(scorer)
    try:
        pixels = decode.full(file).pixels
    except PhotoError as error:
        raise WrongUse(f"{file.name} cannot be searched for: {error}") from error
    except OSError as error:
        raise WrongUse(f"{file.name} cannot be read: {error.strerror or error}.") from error
    (features,) = clip.encode([clip.prepare(pixels, b"")])
    return likeness.photo_vectors(features[None])[0]


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
    clip = _clip(scorer)
    ids = store.photos.ids(Query(scorer.model, folders=tuple(folders), sort=Sort.NAME))
    photos: list[int] = []
    parts: list[Floats] = []
    for start in range(0, len(ids), _AT_ONCE):
        block = ids[start : start + _AT_ONCE]
        known, vectors = store.features.read(block, clip.key.weights, clip.key.policy)
        if len(known):
            photos += known
            parts.append(likeness.similarities(query, clip.per_crop(vectors)))
    if not photos:
        return []
    cosines = np.concatenate(parts)
    best = np.argsort(-cosines, kind="stable")[:count]
    return [(photos[place], float(cosines[place])) for place in best]


def _clip(scorer: Scorer) -> ClipScorer:
    if not isinstance(scorer, ClipScorer):
        raise WrongUse(
            f"The model {scorer.model} cannot search: choose one that can (`uniqa-desktop model "
            "list`) with `uniqa-desktop model use ID`."
        )
    return scorer
