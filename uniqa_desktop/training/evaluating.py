"""How well a model agrees with people on labelled photos: as it is, and after learning from some.

Three questions, one encoding pass:

- *as it is*: the model's own quality and aesthetics, on all photos;
- *full*: trained on the training part of each split, tested on the rest;
- *few*: the same with 50, 100 and 200 labels drawn from the training part.

What is trained is UniQA's adapter, for models with a text tower, and ridge regression on features,
for every model (for `attributes-1` the measured attributes are the features). Splits are random,
80/20, and part no group; or they come with the labels. UniQA's authors used 10 such splits of
photos on LIVE-C and KonIQ-10k and picked the epoch on the test part, which we do not.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import __version__, engine, readouts, scorers
from uniqa_desktop import attributes as measured
from uniqa_desktop.adapter_training import AdapterTraining, Recipe
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.labels import Labels, check_varied
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Attributes, Failure, Progress, Scores
from uniqa_desktop.scoring import Scorer
from uniqa_desktop.training import figures, splitting
from uniqa_desktop.training.adapting import usual_epochs
from uniqa_desktop.training.encoding import Arrays, Encoded, encode
from uniqa_desktop.training.figures import Outcome
from uniqa_desktop.training.ridge import Ridge
from uniqa_desktop.training.run import Run, fingerprint
from uniqa_desktop.uniqa import Readout

_FEATURES, _SCORES = "features", "scores"
OUTPUTS = ("quality", "aesthetics")
KIND = "features"
_NO_GROUPS = (
    "The labels have no groups, so photos of one scene may be on both sides of a split; figures "
    "after training can be too good then."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to evaluate.

    Attributes:
        model: the model's id.
        few: how many labels to learn from, for each such number.
        splits: how many random splits; 0 for the model as it is alone.
        split: a split that comes with the labels, instead of random ones.
        test: the share of photos in the test part of a random split.
        prompts: the quality prompts that adapters are trained with.
        epochs: for adapters; by default as the authors train on about so many photos.
        seed: fixes splits, draws, first weights and bootstrap.
        draws: bootstrap draws for each interval.
    """

    model: str
    few: tuple[int, ...] = (50, 100, 200)
    splits: int = 10
    split: str | None = None
    test: float = 0.2
    prompts: str = "base"
    epochs: int | None = None
    seed: int = 0
    draws: int = 1000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures as JSON, what could not be read, and whether the evaluation was interrupted."""

    document: dict[str, Any]
    failed: tuple[Failure, ...]
    stopped: bool = False


Method = Callable[[NDArray[np.int64], NDArray[np.int64], int], NDArray[np.float64]]
"""Rows to learn from, rows to say something of, and the number of the split → a score for each."""


def evaluate(
    labels: Labels,
    plan: Plan,
    *,
    device: str = "auto",
    keep: Path | None = None,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, Evaluation]:
    """Evaluates a model on labelled photos.

    Photos that cannot be read are left out, listed in the result, and counted in no figure.

    Args:
        labels: photos and what people thought of them.
        plan: what to evaluate.
        device: where photos are encoded.
        keep: a folder to keep the model's numbers in: an interrupted evaluation goes on from
            there, and another one of the same photos by the same model opens none.
        stop: ends it after the block of photos or the training under way.

    Raises:
        WrongUse: nothing can be read; the labels of what can be read are all alike; a split is
            missing or all photos belong to one group; `keep` holds something else.
        WeightsError: the model is not installed or cannot be loaded.
        DiskFull: no room in `keep`; what is there stays.
    """
    stop = stop or threading.Event()
    began = time.monotonic()
    scorer = scorers.load(plan.model, device)
    if plan.splits:
        splitting.belongs(labels)
    if plan.split is not None:
        splitting.named(labels, plan.split)
    if not any(file.is_file() for file in labels.files):
        raise WrongUse(
            f"None of the photos in {labels.source.name} is there: give their folder with --images."
        )
    folder = None if keep is None else _kept(keep, scorer, labels)
    encoded = yield from _encoded(scorer, labels, folder, stop)
    if encoded.stopped:
        return Evaluation({}, encoded.failed, stopped=True)
    if not len(encoded.rows):
        raise WrongUse(f"None of the photos in {labels.source.name} can be read.")
    seen = labels.take(encoded.rows)
    check_varied(labels.source, seen.scores)
    document = _described(labels, seen, plan)
    document["zero_shot"] = _as_it_is(encoded.arrays[_SCORES], seen, plan)
    notes = [] if seen.groups is not None else [_NO_GROUPS]
    if plan.splits or plan.split is not None:
        methods = _methods(scorer, encoded.arrays[_FEATURES], seen, plan, device, notes)
        trained = yield from _trained(methods, seen, plan, stop, notes)
        if trained is None:
            return Evaluation({}, encoded.failed, stopped=True)
        document |= trained
    return Evaluation(
        document | {"notes": notes, "seconds": round(time.monotonic() - began, 1)}, encoded.failed
    )


def _kept(keep: Path, scorer: Scorer, labels: Labels) -> Path:
    """Where these photos' numbers by this model are or will be.

    Raises:
        WrongUse: the folder holds those of another model or of other photos.
    """
    there = [file for file in labels.files if file.is_file()]
    names = hashlib.sha256("\n".join(labels.names).encode("utf-8", "surrogatepass")).hexdigest()
    key = scorer.features_key or (__version__,)  # measures may change from version to version
    Run.begin(
        keep,
        KIND,
        {"model": scorer.model, "key": list(key)},
        {"photos": fingerprint(there) | {"names": names}},
        resume=True,
    )
    return keep / KIND


def _encoded(
    scorer: Scorer, labels: Labels, folder: Path | None, stop: threading.Event
) -> Generator[Progress, None, Encoded]:
    """Features and the model's own scores of every photo."""
    try:
        if scorer.features_key is None:
            batch = _measured_batch(scorer)
            return (yield from encode(labels.files, _measure, batch, folder=folder, stop=stop))

        def batch_of(seen: Sequence[Any]) -> Arrays:
            features = np.stack([np.asarray(one) for one in scorer.encode(seen)])
            return {_FEATURES: features, _SCORES: _table(scorer.score(features, ()))}

        scorer.open()
        return (
            yield from encode(
                labels.files,
                scorer.prepare,
                batch_of,
                batch=lambda: scorer.batch_size,
                folder=folder,
                stop=stop,
            )
        )
    finally:
        scorer.close()


def _measure(pixels: NDArray[np.uint8], _identity: bytes) -> Attributes:
    return measured.measure(pixels)


def _measured_batch(scorer: Scorer) -> Callable[[Sequence[Attributes]], Arrays]:
    def batch_of(seen: Sequence[Attributes]) -> Arrays:
        values = [
            [getattr(one, name).value for name in ATTRIBUTE_NAMES]
            + [one.clipped_shadows, one.clipped_highlights]
            for one in seen
        ]
        scores = scorer.score([None] * len(seen), seen)
        return {_FEATURES: np.array(values), _SCORES: _table(scores)}

    return batch_of


def _table(scores: Sequence[Scores]) -> NDArray[np.float64]:
    """Raw quality and aesthetics, photos×2; NaN for what the model does not give."""
    rows = [(one.quality_raw, one.aesthetics_raw) for one in scores]
    return np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=np.float64)


def _described(labels: Labels, seen: Labels, plan: Plan) -> dict[str, Any]:
    return {
        "model": plan.model,
        "labels": {
            "file": labels.source.name,
            "photos": len(labels),
            "scored": len(seen),
            "groups": None if seen.groups is None else len(set(seen.groups)),
            "range": list(labels.scale),
            "range_from": labels.scale_from,
            "lower_better": labels.lower_better,
        },
        "settings": {key: value for key, value in asdict(plan).items() if key != "model"},
    }


def _as_it_is(scores: NDArray[np.float64], seen: Labels, plan: Plan) -> dict[str, Any]:
    """The model's own scores against the labels, each output by itself."""
    found: dict[str, Any] = {}
    for place, name in enumerate(OUTPUTS):
        given = scores[:, place]
        found[name] = (
            figures.of_scores(seen.units, given, seen.groups, draws=plan.draws, seed=plan.seed)
            if np.isfinite(given).all()
            else None
        )
    return found


def _methods(
    scorer: Scorer,
    features: NDArray[np.floating],
    seen: Labels,
    plan: Plan,
    device: str,
    notes: list[str],
) -> dict[str, Method]:
    """What can be trained on this model's features."""
    units = seen.units
    groups = splitting.belongs(seen)
    # For a model of several crops their mean, which is what a linear map of each would average to.
    flat = features.astype(np.float64).reshape(len(features), -1, features.shape[-1]).mean(axis=1)

    def ridge(train: NDArray[np.int64], test: NDArray[np.int64], turn: int) -> Any:
        own = [groups[row] for row in train]
        return Ridge.fit(flat[train], units[train], own, seed=turn)(flat[test])

    if not isinstance(scorer, ClipScorer):
        return {"ridge": ridge}
    installed = Models().get(plan.model)
    if installed.card.adapter is not None:
        notes.append(
            f"{plan.model} has an adapter of its own ({installed.card.adapter.name}): its quality "
            "is not zero-shot."
        )
    readout = readouts.stored(installed, plan.prompts)
    if readout is None:
        readout = engine.load(installed, device=device, prompt_set=plan.prompts).readout
    crops = scorer.per_crop(features)
    return {"adapter": _adapter(crops, units, replace(readout, adapter=None), plan), "ridge": ridge}


def _adapter(
    crops: NDArray[np.floating], units: NDArray[np.float64], readout: Readout, plan: Plan
) -> Method:
    def adapter(train: NDArray[np.int64], test: NDArray[np.int64], turn: int) -> Any:
        recipe = Recipe(plan.epochs or usual_epochs(len(train)), seed=plan.seed + turn)
        training = AdapterTraining(
            crops[train], units[train], readout.quality, readout.logit_scale, recipe
        )
        while not training.is_done:
            training.train_epoch()
        fitted = replace(readout, adapter=training.adapter())
        return fitted.raw_scores(crops[test])[0].astype(np.float64)

    return adapter


def _trained(
    methods: dict[str, Method],
    seen: Labels,
    plan: Plan,
    stop: threading.Event,
    notes: list[str],
) -> Generator[Progress, None, dict[str, Any] | None]:
    """The figures after training, `None` if it was stopped."""
    splits = list(_splits(seen, plan))
    smallest = min(len(train) for train, _ in splits)
    few = [number for number in plan.few if number <= smallest]
    for number in sorted(set(plan.few) - set(few)):
        notes.append(f"There are only {smallest} labels to learn from, so not {number}.")
    pace = Pace("train", len(splits) * len(methods) * (1 + len(few)))
    yield pace.step()
    tested: dict[tuple[int | None, str], list[Outcome]] = {}
    for turn, (train, test) in enumerate(splits):
        for number in (None, *few):
            rows = (
                train
                if number is None
                else splitting.some(train, number, seed=plan.seed, turn=turn)
            )
            for name, method in methods.items():
                if stop.is_set():
                    return None
                said = method(rows, test, turn)
                tested.setdefault((number, name), []).append(Outcome(test, said))
                pace.add()
                yield pace.step()

    pace = Pace("intervals", len(tested))
    results: dict[int | None, dict[str, Any]] = {}
    for (number, name), outcomes in tested.items():
        if stop.is_set():
            return None
        results.setdefault(number, {})[name] = figures.over_splits(
            seen.units, outcomes, seen.groups, draws=plan.draws, seed=plan.seed
        )
        pace.add()
        yield pace.step()
    return {
        "splits": {
            "count": len(splits),
            "by": "labels" if plan.split else "photo" if seen.groups is None else "group",
            "train": [len(train) for train, _ in splits],
            "test": [len(test) for _, test in splits],
        },
        "full": results[None],
        "few": {str(number): results[number] for number in few},
    }


def _splits(seen: Labels, plan: Plan) -> Iterator[splitting.Split]:
    if plan.split is not None:
        yield splitting.named(seen, plan.split)
    else:
        yield from splitting.drawn(seen, plan.splits, test=plan.test, seed=plan.seed)
