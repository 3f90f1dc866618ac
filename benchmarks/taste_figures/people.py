"""Real people: what is learned from 5, 10, 20 and 50 ratings of one, tested on the rest."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from uniqa_desktop import agreement, attributes, decode
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.taste import adapting, choosing, posterior
from uniqa_desktop.taste.observations import Evidence
from uniqa_desktop.taste.space import Seen, Space

SIZES = (5, 10, 20, 50)
_AT_ONCE = 32
_LEAST_LEFT = 20
"""Ratings that must be left to test on."""


@dataclass(frozen=True)
class Rated:
    """Photos with individual people's ratings.

    `directions` photos×D (`None` for a model without features), `crops` photos×crops×D of a model
    with a text tower; `cues` as `taste.space.CUES`; `generic` 0–100; `groups` the themes. `people`
    holds rows and ratings on 0–1 of each person whose ratings differ at all.
    """

    directions: np.ndarray | None
    crops: np.ndarray | None
    cues: np.ndarray
    generic: np.ndarray
    mean: np.ndarray
    groups: list[str]
    people: list[tuple[np.ndarray, np.ndarray]]
    most: float

    def seen(self, generic: np.ndarray | None = None) -> Seen:
        """Where the photos stand, with the generic score or another in its place."""
        plain = self.generic if generic is None else generic
        space = Space.of(self.directions, self.cues, plain)
        return space.place(self.directions, self.cues, plain)


def read(folder: Path, scorer: Scorer) -> Rated:
    """Reads a folder with `labels.csv` (file, score, group) and `individuals.csv` (rater, file,
    score), and encodes its photos.

    Raises:
        WrongUse: a file is missing.
    """
    tables = []
    for name in ("labels.csv", "individuals.csv"):
        if not (folder / name).is_file():
            raise WrongUse(f"{folder} has no {name}: see the README of the benchmarks.")
        with (folder / name).open(newline="", encoding="utf-8") as lines:
            tables.append(list(csv.DictReader(lines)))
    labels, individuals = tables
    place = {row["file"]: number for number, row in enumerate(labels)}
    directions, crops, cues, generic = _encoded([folder / name for name in place], scorer)
    lowest, highest = (f(float(row["score"]) for row in individuals) for f in (min, max))
    given: dict[str, list[tuple[int, float]]] = {}
    for row in individuals:
        if row["file"] in place:
            value = (float(row["score"]) - lowest) / (highest - lowest)
            given.setdefault(row["rater"], []).append((place[row["file"]], value))
    people = [
        (np.array([row for row, _ in ones]), np.array([value for _, value in ones]))
        for _, ones in sorted(given.items())
    ]
    return Rated(
        directions,
        crops,
        cues,
        generic,
        np.array([float(row["score"]) for row in labels]),
        [row.get("group", row["file"]) for row in labels],
        [person for person in people if np.ptp(person[1]) > 0],
        highest - lowest,
    )


def _encoded(
    files: list[Path], scorer: Scorer
) -> tuple[np.ndarray | None, np.ndarray | None, np.ndarray, np.ndarray]:
    scorer.open()
    directions, crops, cues, generic = [], [], [], []
    for start in range(0, len(files), _AT_ONCE):
        pictures = [decode.full(file) for file in files[start : start + _AT_ONCE]]
        measured = [attributes.measure(one.pixels) for one in pictures]
        features = scorer.encode([scorer.prepare(one.pixels, b"") for one in pictures])
        if scorer.features_key is not None:
            rows = np.stack(features).astype(np.float16)
            scores = scorer.score(rows, ())
            directions.append(scorer.directions(rows))
            if isinstance(scorer, ClipScorer):
                crops.append(scorer.per_crop(rows))
        else:
            scores = scorer.score(features, measured)
        for one, found, score in zip(pictures, measured, scores, strict=True):
            values = [getattr(found, name).value for name in ATTRIBUTE_NAMES]
            warmth = attributes.warmth(decode.thumbnail(one))
            cues.append([*values, warmth, found.clipped_shadows, found.clipped_highlights])
            generic.append(score.quality if score.aesthetics is None else score.aesthetics)
    return (
        np.concatenate(directions) if directions else None,
        np.concatenate(crops) if crops else None,
        np.array(cues),
        np.array(generic, np.float64),
    )


def spread(rated: Rated, count: int | None) -> list[int]:
    """`count` people, evenly spread; all without."""
    total = len(rated.people)
    if not count or count >= total:
        return list(range(total))
    return [number * total // count for number in range(count)]


Figures = dict[str, dict[int, np.ndarray]]
"""By method and number of ratings: people×2, the mean Spearman and pairwise accuracy of each."""


def measured(
    rated: Rated,
    chosen: list[int],
    draws: int,
    readout: object = None,
    generic: np.ndarray | None = None,
) -> Figures:
    """All methods on all people: means over draws with fixed seeds, tested on the other photos."""
    seen = rated.seen(generic)
    plain = rated.generic if generic is None else generic
    others = _others(rated)
    found: dict[str, dict[int, list[np.ndarray]]] = {}
    for number in chosen:
        rows, values = rated.people[number]
        for size in SIZES:
            if len(rows) < size + _LEAST_LEFT:
                continue
            results: dict[str, list[tuple[float, float]]] = {}
            for known, left in draws_of(number, len(rows), size, draws):
                said = {
                    "generic": plain[rows[left]],
                    "others": others[number][left],
                    **_learned(rated, seen, rows, values, known, left, readout),
                }
                for name, scores in said.items():
                    results.setdefault(name, []).append(
                        (
                            agreement.spearman(values[left], scores),
                            agreement.pairwise_accuracy(values[left], scores),
                        )
                    )
            for name, pairs in results.items():
                means = np.array([pair for pair in pairs if np.isfinite(pair).all()])
                if len(means):
                    found.setdefault(name, {}).setdefault(size, []).append(means.mean(axis=0))
    return {
        name: {size: np.array(ones) for size, ones in by_size.items()}
        for name, by_size in found.items()
    }


def draws_of(
    person: int, total: int, size: int, draws: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Random parts of `size` to learn from, and the rest; the same for every method."""
    for turn in range(draws):
        order = np.random.default_rng((person, size, turn)).permutation(total)
        yield order[:size], order[size:]


def _learned(
    rated: Rated,
    seen: Seen,
    rows: np.ndarray,
    values: np.ndarray,
    known: np.ndarray,
    left: np.ndarray,
    readout: object,
) -> dict[str, np.ndarray]:
    evidence = Evidence.of(values[known])
    inside, outside = seen.of(rows[known]), seen.of(rows[left])
    if not evidence.tells_order:
        return {"gp": outside.generic, "chosen": outside.generic}
    said = posterior.fit(inside, evidence).posterior.latent(outside)
    if rated.crops is None or readout is None or len(known) < adapting.LEAST:
        return {"gp": said, "chosen": said}
    crops = rated.crops[rows[known]]

    def by_adapter(part: Evidence, photos: np.ndarray) -> choosing.Predict:
        adapter = adapting.train(crops[photos], part, readout)  # type: ignore[arg-type]
        return lambda ones: adapting.ratings(adapter, crops[ones], readout)  # type: ignore[arg-type]

    methods = {"gp": choosing.by_posterior(inside), "adapter": by_adapter}
    groups = [rated.groups[row] for row in rows[known]]
    choice = None
    if len(set(groups)) > 1:
        *_, choice = choosing.choose(methods, evidence, groups)
    adapter = adapting.train(crops, evidence, readout)  # type: ignore[arg-type]
    adapted = adapting.ratings(adapter, rated.crops[rows[left]], readout)  # type: ignore[arg-type]
    taken = adapted if choice is not None and choice.method == "adapter" else said
    return {"gp": said, "adapter": adapted, "chosen": taken}


def _others(rated: Rated) -> list[np.ndarray]:
    """For each person, what all other people say on average of the photos that this one rated."""
    total, counts = np.zeros(len(rated.mean)), np.zeros(len(rated.mean))
    for rows, values in rated.people:
        total[rows] += values
        counts[rows] += 1
    return [
        (total[rows] - values) / np.maximum(counts[rows] - 1, 1) for rows, values in rated.people
    ]
