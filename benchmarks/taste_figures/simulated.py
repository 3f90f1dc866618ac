"""Simulated people whose taste is known, and whether what is reported of any taste is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from taste_figures.people import Rated
from uniqa_desktop import agreement
from uniqa_desktop.taste import honesty, posterior, suggesting
from uniqa_desktop.taste.observations import Evidence
from uniqa_desktop.taste.space import CUES, Seen

NOISE = 0.3
"""Deviation of a simulated rating from the taste, in deviations of the taste."""
_STEPS = 6
"""Ratings are whole numbers from 0 to so many, as 1–7 in OASIS."""
_LEAST_SHARE = 0.05
ANIMALS = (
    "ant", "bear", "bee", "beetle", "bird", "bison", "bull", "butterfly", "camel", "cat", "cheetah",
    "chicken", "cockroach", "cow", "crab", "crow", "deer", "dog", "dolphin", "donkey", "duck",
    "eagle", "elephant", "fish", "flamingo", "fox", "frog", "giraffe", "goat", "gorilla", "hippo",
    "horse", "insect", "jellyfish", "kangaroo", "kitten", "lamb", "leopard", "lion", "lizard",
    "maggot", "monkey", "moth", "mouse", "ostrich", "owl", "panda", "parrot", "peacock", "pelican",
    "penguin", "pig", "pigeon", "puppy", "rabbit", "raccoon", "rat", "rhino", "seagull", "seal",
    "shark", "sheep", "snail", "snake", "spider", "squirrel", "swan", "tiger", "turtle", "walrus",
    "whale", "wolf", "worm", "zebra",
)  # fmt: skip


def tastes(rated: Rated) -> dict[str, np.ndarray]:
    """Known tastes, a number a photo with mean 0 and deviation 1; those that hardly any or nearly
    all of these photos meet are left out."""
    cue = {name: _standard(rated.cues[:, place]) for place, name in enumerate(CUES)}
    found = {
        "warm light": cue["warmth"],
        "calm": _standard(-cue["contrast"] - cue["colorfulness"] - cue["sharpness"]),
        "low key": -cue["brightness"],
    }
    animals = np.array([_is_animal(group) for group in rated.groups], np.float64)
    if _LEAST_SHARE <= animals.mean() <= 1 - _LEAST_SHARE:
        found["animals"] = _standard(animals)
    return found


def _is_animal(group: str) -> bool:
    """By the theme's name, which may go on ("scaredcat", "dogattack", "penguins")."""
    words = group.lower().removeprefix("scared").removesuffix("attack")
    return words in ANIMALS or words.removesuffix("s") in ANIMALS


def _standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def ratings(taste: np.ndarray, person: int) -> np.ndarray:
    """What someone with this taste says of the photos, 0–1 in whole steps, with their own noise."""
    noise = np.random.default_rng((person, 7)).normal(0, NOISE, len(taste))
    middle = _STEPS / 2
    return np.clip(np.round(middle + 0.27 * _STEPS * (taste + noise)), 0, _STEPS) / _STEPS


def accuracies(
    rated: Rated, people: int, sizes: tuple[int, ...]
) -> dict[str, dict[int, np.ndarray]]:
    """By taste and number of ratings: pairwise accuracy (people×2: learned, generic) against the
    taste itself on photos that were not rated."""
    seen = rated.seen()
    found: dict[str, dict[int, np.ndarray]] = {}
    for name, taste in tastes(rated).items():
        for size in sizes:
            rows = []
            for person in range(people):
                said = ratings(taste, person)
                order = np.random.default_rng((person, size)).permutation(len(taste))
                known, left = order[:size], order[size:]
                fitted = posterior.fit(seen.of(known), Evidence.of(said[known]))
                learned = fitted.posterior.latent(seen.of(left))
                rows.append(
                    [
                        agreement.pairwise_accuracy(taste[left], learned),
                        agreement.pairwise_accuracy(taste[left], seen.generic[left]),
                    ]
                )
            found.setdefault(name, {})[size] = np.array(rows)
    return found


def active(rated: Rated, people: int, most: int = 50, step: int = 5) -> dict[str, dict[str, list]]:
    """By taste: mean accuracy after 5, 10, … ratings that were suggested, and drawn at random."""
    seen = rated.seen()
    found: dict[str, dict[str, list]] = {}
    for name, taste in tastes(rated).items():
        curves: dict[str, list[list[float]]] = {"suggested": [], "random": []}
        for person in range(people):
            said = ratings(taste, person)
            order = np.random.default_rng((person, 1)).permutation(len(taste))
            for way, line in curves.items():
                line.append(list(_walk(seen, taste, said, order, way == "suggested", most, step)))
        found[name] = {way: np.mean(lines, axis=0).tolist() for way, lines in curves.items()}
    return found


def _walk(
    seen: Seen,
    taste: np.ndarray,
    said: np.ndarray,
    order: np.ndarray,
    suggested: bool,
    most: int,
    step: int,
) -> Iterator[float]:
    """Accuracy on all photos (rated ones among them, for both ways), after each step."""
    known = order[:step].tolist()
    while True:
        evidence = Evidence.of(said[known])
        learned = posterior.blank(seen.likeness.shape[1], seen.cues.shape[1])
        if evidence.tells_order:
            learned = posterior.fit(seen.of(np.array(known)), evidence).posterior
        yield agreement.pairwise_accuracy(taste, learned.latent(seen))
        if len(known) >= most:
            return
        if suggested:
            rest = np.setdiff1d(np.arange(len(taste)), known)
            known += [int(rest[place]) for place in suggesting.photos(learned, seen.of(rest), step)]
        else:
            known += order[len(known) : len(known) + step].tolist()


def share_needed(curves: dict[str, list], step: int = 5) -> float:
    """The share of the ratings that suggestions need to be as good as 50 at random."""
    goal = curves["random"][-1]
    for number, value in enumerate(curves["suggested"], 1):
        if value >= goal:
            return number / len(curves["random"])
    return float("inf")


@dataclass(frozen=True)
class Honesty:
    """Reported against true agreement (pairwise accuracy) over people: the mean difference, the
    mean of its size, and how often the 95 % interval held the truth: as it is, and with the truth's
    own doubt allowed for, since it is itself measured on some photos only."""

    people: int
    bias: float
    size: float
    held: float
    held_with_doubt: float


def honest(cases: Iterator[tuple[Seen, np.ndarray, np.ndarray, np.ndarray]]) -> Honesty:
    """From cases of (all photos, rows, their ratings, how many are known: the first)."""
    rows = []
    for seen, places, said, size in cases:
        known, left = places[: int(size)], places[int(size) :]
        fitted = posterior.fit(seen.of(known), Evidence.of(said[: int(size)]))
        reported = honesty.held_out(fitted, seen.of(known))
        truth = said[int(size) :]
        if reported is None or not np.ptp(truth):
            continue
        scores = fitted.posterior.latent(seen.of(left))
        true = agreement.pairwise_accuracy(truth, scores)
        low, high = agreement.bootstrap(agreement.pairwise_accuracy, truth, scores, n=200)
        doubt = (high - low) / 2
        one = reported.accuracy
        below, above = np.hypot(one.value - one.low, doubt), np.hypot(one.high - one.value, doubt)
        inside = one.value - below <= true <= one.value + above
        rows.append((one.value - true, one.low <= true <= one.high, inside))
    table = np.array(rows, np.float64)
    return Honesty(
        len(table),
        float(table[:, 0].mean()),
        float(np.abs(table[:, 0]).mean()),
        float(table[:, 1].mean()),
        float(table[:, 2].mean()),
    )


def cases(
    rated: Rated, chosen: list[int], simulated: int, size: int
) -> Iterator[tuple[Seen, np.ndarray, np.ndarray, np.ndarray]]:
    """Real people and simulated ones, for `honest`."""
    seen = rated.seen()
    for number in chosen:
        rows, values = rated.people[number]
        if len(rows) >= size + 20:
            order = np.random.default_rng((number, size, 9)).permutation(len(rows))
            if np.ptp(values[order[:size]]):
                yield seen, rows[order], values[order], np.array(size)
    for taste in tastes(rated).values():
        for person in range(simulated):
            order = np.random.default_rng((person, size, 9)).permutation(len(taste))
            yield seen, order, ratings(taste, person)[order], np.array(size)
