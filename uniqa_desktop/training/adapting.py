"""Training UniQA's adapter on a file of labels, as a run that can be interrupted.

The photos are opened once; their features are kept in the run's folder, and everything after that
works on these. The recipe is in `adapter_training`. Beyond it we chose: mirrored crops are encoded,
too (the authors mirror at random each time), a share of the groups is kept apart to tell how good
the result is, and what is written is the adapter that these figures belong to.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop import agreement, scorers
from uniqa_desktop.adapter import Adapter
from uniqa_desktop.adapter_training import AdapterTraining, Recipe
from uniqa_desktop.clip_scorer import ClipScorer
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.labels import Labels, check_varied
from uniqa_desktop.photo import Progress
from uniqa_desktop.training import figures, splitting
from uniqa_desktop.training.encoding import Arrays, Encoded, encode
from uniqa_desktop.training.run import Run, fingerprint
from uniqa_desktop.uniqa import Readout

if TYPE_CHECKING:
    from uniqa_desktop.encoders import UniqaScorer

KIND = "adapter"
SUFFIXES = (".safetensors", ".pth", ".pt")
_FEATURES, _MIRRORED = "features", "mirrored"
_MANY_PHOTOS = 3000
_EPOCHS_FEW, _EPOCHS_MANY = 50, 20
_NOTHING = "None of the photos in {} can be read: give their folder with --images."


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train, all of it part of the record.

    Attributes:
        model: the id of an installed model with a text tower.
        prompts: the quality prompts: `base` as in the authors' training files, `ensemble`,
            `content`.
        few: learn from only so many labels, drawn at random from the training part.
        split: a split that comes with the labels; without it `holdout` is drawn.
        holdout: the share of photos kept apart for testing, by whole groups; 0 for none.
        mirrored: whether mirrored crops are learned from, too.
        epochs: 50 by default, 20 from 3,000 photos on: the authors' for LIVE-C and KonIQ-10k.
        seed: the authors' is 123.
        draws: bootstrap draws for the intervals.
    """

    model: str
    prompts: str = "base"
    few: int | None = None
    split: str | None = None
    holdout: float = 0.2
    mirrored: bool = True
    epochs: int | None = None
    batch: int = 8
    rate: float = 2e-4
    seed: int = 123
    draws: int = 2000

    def recipe(self, photos: int) -> Recipe:
        """The recipe for training on so many photos."""
        return Recipe(self.epochs or usual_epochs(photos), self.batch, self.rate, self.seed)


def usual_epochs(photos: int) -> int:
    """How many epochs the authors train on about so many photos."""
    return _EPOCHS_FEW if photos < _MANY_PHOTOS else _EPOCHS_MANY


def adapt(
    labels: Labels,
    plan: Plan,
    folder: Path,
    out: Path,
    *,
    device: str = "auto",
    resume: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, dict[str, Any]]:
    """Trains an adapter and writes it to `out`, by the authors' names (`Adapter.save`).

    Args:
        labels: photos and what people thought of them.
        plan: what to train.
        folder: the run's folder.
        out: the adapter's file; `.pth` for the authors' code, or `.safetensors`.
        device: where photos are encoded.
        resume: go on with an unfinished run.
        stop: ends the run after the block of photos or epoch under way.

    Returns:
        The run's record; `finished` is `None` if it was stopped. Photos that could not be read are
        named in its figures; it went on without them.

    Raises:
        WrongUse: the model has no text tower; nothing can be read, or too little; all labels to
            learn from are alike; or the folder holds another run.
        WeightsError: the model is not installed or cannot be loaded.
        DiskFull: no room; the run can be gone on with.
    """
    stop = stop or threading.Event()
    if out.suffix not in SUFFIXES:
        raise WrongUse(f"{out.name} should end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    train, test = _parts(labels, plan)
    chosen = labels.take(np.concatenate([train, test]))
    for_training = len(train)
    check_varied(labels.source, chosen.scores[:for_training])
    installed, key = _with_text(plan.model)
    there = [file for file in chosen.files if file.is_file()]
    if not there:
        raise WrongUse(_NOTHING.format(labels.source.name))
    run = Run.begin(
        folder,
        KIND,
        asdict(plan)
        | {
            "weights": key,
            "scale": list(labels.scale),
            "scale_from": labels.scale_from,
            "lower_better": labels.lower_better,
        },
        {
            "labels": fingerprint([labels.source]) | {"used": _hash(chosen, for_training)},
            "photos": fingerprint(there),
        },
        resume=resume,
    )
    if run.is_finished:
        return run.record()

    from uniqa_desktop import engine

    scorer = engine.load(installed, device=device, prompt_set=plan.prompts)
    try:
        encoded = yield from encode(
            chosen.files,
            lambda pixels, identity: _seen(scorer, pixels, identity, plan.mirrored),
            lambda batch: _encoded(scorer, batch),
            batch=lambda: scorer.photos_per_batch,
            folder=run.folder / "features",
            stop=stop,
        )
    finally:
        scorer.release()
    if encoded.stopped:
        return run.record()
    readout = replace(scorer.readout, adapter=None)
    return (yield from _trained(run, plan, chosen, for_training, encoded, readout, out, stop))


def _trained(
    run: Run,
    plan: Plan,
    labels: Labels,
    for_training: int,
    encoded: Encoded,
    readout: Readout,
    out: Path,
    stop: threading.Event,
) -> Generator[Progress, None, dict[str, Any]]:
    """Everything after the encoding pass; the first `for_training` labels are to learn from."""
    if not len(encoded.rows):
        raise WrongUse(_NOTHING.format(labels.source.name))
    learning = encoded.rows < for_training
    units = labels.units[encoded.rows]
    _check(labels, labels.scores[encoded.rows][learning])
    views = [encoded.arrays[name] for name in (_FEATURES, _MIRRORED) if name in encoded.arrays]
    training = AdapterTraining(
        np.concatenate([view[learning] for view in views], axis=1),
        units[learning],
        readout.quality,
        readout.logit_scale,
        plan.recipe(int(learning.sum())),
    )
    state = run.load()
    if state is not None:
        try:
            training.go_on(state)
        except ValueError as error:
            raise WrongUse(
                f"The run in {run.folder} cannot be gone on with ({error}): choose an empty folder."
            ) from None
    held_out = encoded.arrays[_FEATURES][~learning]
    truth = units[~learning]
    pace = Pace("train", training.recipe.epochs)
    pace.add(training.epoch)
    yield pace.step()
    while not training.is_done:
        if stop.is_set():
            return run.record()
        loss = training.train_epoch()
        point = {"loss": loss}
        order = agreement.spearman(truth, _quality(readout, held_out, training.adapter()))
        if np.isfinite(order):
            point["held_out_srcc"] = order
        run.note(training.epoch, **point)
        run.save(training.state())
        pace.add()
        yield pace.step()
    adapter = training.adapter()
    rows = encoded.rows[~learning]
    groups = None if labels.groups is None else [labels.groups[row] for row in rows]

    def tested(with_adapter: Adapter | None) -> dict[str, Any] | None:
        if len(truth) < 2:
            return None
        scores = _quality(readout, held_out, with_adapter)
        return figures.of_scores(truth, scores, groups, draws=plan.draws, seed=plan.seed)

    results = {
        "trained_on": int(learning.sum()),
        "held_out": len(truth),
        "untrained": tested(None),
        "trained": tested(adapter),
        "levels": [round(float(level), 4) for level in adapter.levels],
        "levels_in_order": adapter.in_order,
        "unreadable": _unreadable(labels, encoded),
    }
    adapter.save(out)
    return run.finish(results)


def _parts(labels: Labels, plan: Plan) -> splitting.Split:
    """The rows to learn from, few or all, and the rows kept apart."""
    if plan.split is not None:
        train, test = splitting.named(labels, plan.split)
    elif plan.holdout > 0:
        (split,) = splitting.drawn(labels, 1, test=plan.holdout, seed=plan.seed)
        train, test = split
    else:
        train, test = np.arange(len(labels)), np.empty(0, dtype=np.int64)
    if plan.few is not None:
        if plan.few > len(train):
            raise WrongUse(
                f"There are only {len(train)} labels to learn from, not {plan.few}: ask for fewer."
            )
        train = splitting.some(train, plan.few, seed=plan.seed)
    return train, test


def _with_text(model: str) -> tuple[Any, list[str]]:
    """The installed model and what its features belong to.

    Raises:
        WrongUse: it has no text tower.
        WeightsError: it is not installed.
    """
    scorer = scorers.load(model)
    if not isinstance(scorer, ClipScorer):
        raise WrongUse(
            f"The model {model} has no text tower, which an adapter needs: choose an installed "
            "CLIP or UniQA model (`uniqa-desktop model list`)."
        )
    return Models().get(model), list(scorer.key)


def _check(labels: Labels, scores: NDArray[np.float64]) -> None:
    """Refuses what nothing can be learned from: one photo, or all with one score."""
    if len(scores) < 2:
        raise WrongUse(
            f"Of the photos in {labels.source.name} to learn from only {len(scores)} can be read; "
            "at least two are needed."
        )
    check_varied(labels.source, scores)


def _hash(labels: Labels, for_training: int) -> str:
    """What tells apart two choices from the same file of labels."""
    content = json.dumps([labels.names, labels.units.tolist(), for_training])
    return hashlib.sha256(content.encode()).hexdigest()


def _seen(
    scorer: UniqaScorer, pixels: NDArray[np.uint8], identity: bytes, mirrored: bool
) -> NDArray[np.uint8]:
    """Crops of a photo, and behind them the same mirrored."""
    crops = scorer.prepare(pixels, identity)
    return np.concatenate([crops, crops[:, :, ::-1]]) if mirrored else crops


def _encoded(scorer: UniqaScorer, batch: Sequence[Any]) -> Arrays:
    features = np.stack(scorer.features(batch))
    count = scorer.policy.count
    if features.shape[1] == count:
        return {_FEATURES: features}
    return {_FEATURES: features[:, :count], _MIRRORED: features[:, count:]}


def _quality(
    readout: Readout, features: NDArray[np.floating], adapter: Adapter | None
) -> NDArray[np.float64]:
    """What the program itself would score these photos with that adapter."""
    return replace(readout, adapter=adapter).raw_scores(features)[0].astype(np.float64)


def _unreadable(labels: Labels, encoded: Encoded) -> list[dict[str, str]]:
    names = dict(zip(labels.files, labels.names, strict=True))
    return [{"file": names[item.path], "error": item.error} for item in encoded.failed]
