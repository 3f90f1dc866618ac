"""Step 2 of UniQA: of people's comments on a photo, keeping those that say something of it.

The paper ranks the comments of a photo twice: by relevance to aesthetics (against the generated
text) and by informativeness (length), adds the two ranks, and keeps the best. How many are kept,
how ties are broken, and what measures relevance has not been published: those are settings here,
with defaults of ours.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import ceil
from pathlib import Path
from typing import Any

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Failure, Progress
from uniqa_desktop.training import comments as commenting
from uniqa_desktop.training import pairs
from uniqa_desktop.training.journal import Journal, begin
from uniqa_desktop.training.relevance import Relevance
from uniqa_desktop.training.run import Run

_DIGITS = 6
"""Decimals of a likeness that count: equal comments must tie on every machine."""
_FOR_ALL = 2000
"""How many generated texts make the common direction; more of them change next to nothing."""


class Ties(StrEnum):
    """The rank of equal values."""

    AVERAGE = "average"
    """The mean of the ranks that they take up together."""
    DENSE = "dense"
    """One rank for all of them, the next value has the next rank."""
    FIRST = "first"
    """The earlier comment ranks higher."""


class Then(StrEnum):
    """What decides between comments whose sums are equal; the earlier one if that is equal too."""

    RELEVANCE = "relevance"
    LENGTH = "length"
    FIRST = "first"


class Against(StrEnum):
    """What a comment is compared with."""

    PHOTO = "photo"
    """The generated text of its own photo."""
    ALL = "all"
    """What the generated texts of all photos have in common."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How comments are chosen. Only the two ranks and their plain sum are the paper's.

    Attributes:
        keep: the most comments kept of a photo.
        share: the largest part of a photo's comments that is kept (0–1; at least one is).
        weight: of the relevance rank beside the length rank; the paper's is 1.
        against: what relevance is measured against.
        ties: the ranks of equal values.
        then: what decides between equal sums.
        longest: characters; longer comments are put aside.
        most_words: beyond so many words a comment is not more informative: CLIP reads 77 tokens.
    """

    keep: int = 5
    share: float = 0.5
    weight: float = 1.0
    against: Against = Against.PHOTO
    ties: Ties = Ties.AVERAGE
    then: Then = Then.RELEVANCE
    longest: int = 1000
    most_words: int = 60

    def __post_init__(self) -> None:
        sensible = self.keep >= 1 and 0 < self.share <= 1 and 0 <= self.weight < float("inf")
        if not sensible or self.longest < 1 or self.most_words < 1:
            raise WrongUse("These rules keep no comment at all.")


def ranks(values: Sequence[float], ties: Ties = Ties.AVERAGE) -> list[float]:
    """The rank of each value, from 1 for the lowest."""
    if ties is Ties.DENSE:
        place = {value: float(number) for number, value in enumerate(sorted(set(values)), 1)}
        return [place[value] for value in values]
    order = sorted(range(len(values)), key=lambda at: (values[at], -at))
    found = [0.0] * len(values)
    for number, at in enumerate(order, 1):
        found[at] = float(number)
    if ties is Ties.FIRST:
        return found
    together: dict[float, list[float]] = {}
    for value, rank in zip(values, found, strict=True):
        together.setdefault(value, []).append(rank)
    mean = {value: sum(taken) / len(taken) for value, taken in together.items()}
    return [mean[value] for value in values]


def choose(comments: Sequence[str], relevance: Sequence[float], rules: Rules) -> list[int]:
    """Which comments of a photo are kept: their positions, in the order given.

    Args:
        comments: tidied, not empty, no two alike.
        relevance: of each.
        rules: how.
    """
    by_relevance = ranks([round(value, _DIGITS) for value in relevance], rules.ties)
    lengths = [float(min(len(text.split()), rules.most_words)) for text in comments]
    by_length = ranks(lengths, rules.ties)
    first = {Then.RELEVANCE: by_relevance, Then.LENGTH: by_length}.get(rules.then)

    def order(at: int) -> tuple[float, float, int]:
        total = rules.weight * by_relevance[at] + by_length[at]
        return -total, -first[at] if first else 0.0, at

    count = min(rules.keep, ceil(rules.share * len(comments) - 1e-9))
    return sorted(sorted(range(len(comments)), key=order)[:count])


def purify(
    comments: Mapping[str, Sequence[str]],
    generated: Mapping[str, Sequence[str]],
    relevance: Callable[[], Relevance],
    rules: Rules,
    out: Path,
    *,
    data: Mapping[str, Mapping[str, Any]] | None = None,
    settings: Mapping[str, Any] | None = None,
    resume: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, dict[str, Any]]:
    """Chooses among the comments of every photo and writes the pairs file `out`.

    Args:
        comments: by photo.
        generated: the generated aesthetic texts, by photo.
        relevance: makes the measure; called when the run has begun.
        rules: what is kept.
        out: the pairs file. Beside it stands the run's folder.
        data: fingerprints of the files that the two came from.
        settings: further settings for the record, such as the name of the measure.
        resume: go on with the run that is there.
        stop: ends the run after the photo under way.

    Returns:
        The record; unfinished and without the file if it was stopped. `figures["failed"]` names
        the photos that are left out, because they have no usable comment or no generated text.

    Raises:
        WrongUse: see `journal.begin`; or no photo has both comments and a generated text.
        DiskFull: no room; what was finished before is kept.
    """
    stop = stop or threading.Event()
    if rules.against is Against.PHOTO and not any(map(_said, map(generated.get, comments))):
        raise WrongUse(
            "No photo with comments has a generated text: the two files must name the same photos "
            "in the same way, or comments must be compared with all texts (--against all)."
        )
    if not any(map(_said, generated.values())):
        raise WrongUse("There is no generated text to compare comments with.")
    all_settings = {**asdict(rules), **(settings or {})}
    run, journal = begin(out, "purify", all_settings, data or {}, resume=resume)
    with journal:
        yield from _all(comments, generated, relevance, rules, journal, stop)
        done = {entry["image_path"]: entry for entry in journal.entries}
    entries = [done[name] for name in comments if name in done]
    if len(entries) < len(comments):
        run.write()
        return run.record()
    kept = [entry for entry in entries if entry["kept"]]
    if not kept:
        raise WrongUse("No photo has a comment that could be kept.")
    pairs.write(out, [(entry["image_path"], entry["kept"]) for entry in kept])
    return _finished(run, entries)


def _all(
    comments: Mapping[str, Sequence[str]],
    generated: Mapping[str, Sequence[str]],
    relevance: Callable[[], Relevance],
    rules: Rules,
    journal: Journal,
    stop: threading.Event,
) -> Generator[Progress, None, None]:
    known = {entry["image_path"] for entry in journal.entries}
    todo = [name for name in comments if name not in known]
    pace = Pace("purify", len(todo))
    yield pace.step()
    if not todo or stop.is_set():
        return
    measure = relevance()
    common = None
    if rules.against is Against.ALL:
        texts = [text for name in sorted(generated) for text in _said(generated[name])]
        common = measure.direction(texts[:: ceil(len(texts) / _FOR_ALL)])
    for name in todo:
        if stop.is_set():
            break
        entry = _one(name, comments[name], _said(generated.get(name)), measure, common, rules)
        journal.append(entry)
        why = entry.get("error")
        pace.add(failures=(Failure(Path(name), why),) if why else ())
        if pace.due:
            yield pace.step()
    yield pace.step()


def _one(
    name: str,
    comments: Sequence[str],
    generated: Sequence[str],
    measure: Relevance,
    common: Any,
    rules: Rules,
) -> dict[str, Any]:
    texts, dropped = commenting.tidy(comments, longest=rules.longest)
    entry: dict[str, Any] = {
        "image_path": name,
        "kept": [],
        "comments": len(comments),
        "dropped": dict(sorted(dropped.items())),
    }
    if not texts:
        return {**entry, "error": "None of its comments is usable."}
    if common is None and not generated:
        return {**entry, "error": "There is no generated text for it."}
    direction = measure.direction(generated) if common is None else common
    likeness = measure.of(texts, direction)
    kept = choose(texts, likeness, rules)
    return {
        **entry,
        "kept": [texts[at] for at in kept],
        "words": sum(len(text.split()) for text in texts) / len(texts),
        "relevance": sum(likeness) / len(texts),
        "kept_relevance": sum(likeness[at] for at in kept) / len(kept),
    }


def _finished(run: Run, entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    chosen = [entry for entry in entries if entry["kept"]]
    dropped: Counter[str] = Counter()
    for entry in entries:
        dropped.update(entry["dropped"])
    kept = [text for entry in chosen for text in entry["kept"]]

    def mean(name: str) -> float:
        return round(sum(entry[name] for entry in chosen) / len(chosen), 4)

    figures = {
        "photos": len(chosen),
        "comments": sum(entry["comments"] for entry in entries),
        "kept": len(kept),
        "dropped": {name: dropped[name] for name in ("empty", "repeated", "too_long")},
        "relevance": {"before": mean("relevance"), "kept": mean("kept_relevance")},
        "words": {
            "before": mean("words"),
            "kept": round(sum(len(text.split()) for text in kept) / len(kept), 4),
        },
        "failed": [
            {"image_path": entry["image_path"], "error": entry["error"]}
            for entry in entries
            if "error" in entry
        ],
    }
    return run.finish(figures)


def _said(texts: Sequence[str] | None) -> list[str]:
    """The texts that say something."""
    return [text for text in texts or () if text.strip()]
