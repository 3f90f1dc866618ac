"""Fine-tuning on opinions: what the extractor knows of attributes becomes a score with few labels.

The whole network learns, the extractor slowly, from the mean squared error on scores of 0–1. The
statistics of its normalisation stay those of pre-training: a few hundred labelled photos would
replace them by worse ones.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor, nn

from uniqa_desktop import agreement, devices
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.labels import Labels
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.attiqa import examples, pseudo, testing
from uniqa_desktop.training.attiqa.loop import Loop, shuffled, without_step
from uniqa_desktop.training.attiqa.network import (
    DESCRIPTION,
    WEIGHTS,
    AttributeNet,
    as_input,
    description,
)
from uniqa_desktop.training.pictures import Augment, Shelf, square
from uniqa_desktop.training.run import Run, fingerprint, set_seeds

KIND = "mos"
_FEWEST = 8
"""Labelled photos that a run needs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What shapes the result. None of the numbers is from the paper, which does not give them.

    Attributes:
        epochs: every photo is used once an epoch.
        pictures: photos a step.
        cuts: random cuts of each photo, a step; two or more.
        rate: of AdamW for the head; it falls to 0 along a cosine.
        extractor_rate: the same for all that was pre-trained; 0 leaves it as it is.
        decay: weight decay.
        held_out: share of the photos that is not learned from; whole groups, where there are any.
        fresh: begin with the same network without what was pre-trained, to see what that is worth.
        seed: of everything that is drawn.
    """

    epochs: int = 30
    pictures: int = 16
    cuts: int = 4
    rate: float = 1e-3
    extractor_rate: float = 1e-4
    decay: float = 1e-4
    held_out: float = 0.2
    fresh: bool = False
    seed: int = 0


def fine_tune(
    source: Path,
    labels: Labels,
    folder: Path,
    settings: Settings,
    *,
    resume: bool = False,
    skip_bad: bool = False,
    device: str = "auto",
    extractor: nn.Module | None = None,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, dict[str, Any]]:
    """Trains the network of a finished run on scores and leaves it in `folder`.

    Args:
        source: the run's folder.
        labels: photos and their scores.
        folder: of the new run.
        settings: all that shapes the result.
        resume: go on with the run in `folder`; the result is the same to the bit on one device.
        skip_bad: leave out photos that are missing or damaged.
        device: `auto`, `cuda`, `mps` or `cpu`.
        extractor: the caller's own, if the run was made with one.
        stop: when set, the run ends after this step and can be gone on with from its last epoch.

    Returns:
        The run's record; without figures if it was stopped.

    Raises:
        WeightsError: there is no network in `source`, or not one of that architecture.
        WrongUse: a photo is missing; too few photos or groups; another run in the folder; or a
            loss that is no number any more.
        DiskFull: no room; free some and go on with `resume`.
    """
    stop = stop or threading.Event()
    _check(settings)
    about = description(source)
    where = devices.choose(device)
    set_seeds(settings.seed)
    net = AttributeNet.load(source, extractor)
    if settings.fresh:
        if extractor is not None:
            raise WrongUse("An extractor of your own cannot be made anew here.")
        net = AttributeNet(about)
    else:
        net.opinion = AttributeNet(about, net.extractor).opinion  # drawn from this run's seed
    lowest, highest = labels.scale
    net.about = replace(about, lowest=lowest, highest=highest)

    shelf = Shelf(labels.files, about.short_side)
    usable = yield from pseudo.readable(shelf, stop)
    if stop.is_set():
        return {"finished": None}
    labels_used = _usable(labels, shelf, usable, skip_bad)
    learned, held_out = _split(labels_used, settings)
    run = Run.begin(
        folder,
        KIND,
        asdict(settings) | {"scale": [lowest, highest], "lower_better": labels.lower_better},
        {
            "from": fingerprint([source / WEIGHTS, source / DESCRIPTION]),
            "labels": fingerprint([labels.source]),
            "images": fingerprint(labels_used.files),
        },
        resume=resume,
    )
    if run.is_finished:
        return run.record()
    shelf = Shelf(labels_used.files, about.short_side)
    units = torch.from_numpy(labels_used.units.astype(np.float32))
    net.to(where)

    def tested() -> dict[str, float]:
        scores = testing.opinions(net, [shelf.get(row) for row in held_out], where)
        truth = labels_used.units[held_out]
        return {
            "srcc": testing.or_none(agreement.spearman, truth, scores),
            "plcc": testing.or_none(agreement.pearson, truth, scores),
        }

    def make(epoch: int, step: int, chosen: list[int]) -> tuple[Tensor, Tensor]:
        chance = np.random.default_rng((settings.seed, epoch, step))
        cuts = [
            square(examples.still_there(shelf, row), about.size, Augment.SHIFT, chance)
            for row in chosen
            for _ in range(settings.cuts)
        ]
        return as_input(np.stack(cuts)), units[chosen].repeat_interleave(settings.cuts)

    def loss(batch: tuple[Tensor, Tensor]) -> Tensor:
        pictures, wanted = (part.to(where) for part in batch)
        return F.mse_loss(net.scores(net.extractor(pictures)), wanted)

    loop = Loop(
        job="fine-tuning",
        run=run,
        net=net,
        optimiser=_optimiser(net, settings),
        epochs=settings.epochs,
        chosen=lambda epoch: shuffled(learned, settings.pictures, (settings.seed, epoch)),
        make=make,
        loss=loss,
        prepare=lambda module: _as_trained(module, statistics=settings.fresh),
        tested=tested,
        keep={},
        stop=stop,
    )
    if not (yield from loop.go(run.load())):
        return run.record()
    net.to("cpu").save(folder)
    scores = testing.opinions(net, [shelf.get(row) for row in held_out], torch.device("cpu"))
    return run.finish(_figures(run, labels_used, learned, held_out, scores, devices.title(where)))


def _check(settings: Settings) -> None:
    if min(settings.epochs, settings.pictures) < 1 or not 0 < settings.held_out < 1:
        raise WrongUse("Epochs and photos a step are 1 or more, the held-out share within 0–1.")
    if settings.cuts < 2:
        raise WrongUse("Two cuts of a photo are the least: a step may have a single photo.")
    if not 0 < settings.rate < 1 or not 0 <= settings.extractor_rate < 1:
        raise WrongUse("Learning rates are above 0 (the extractor's may be 0) and below 1.")


def _usable(labels: Labels, shelf: Shelf, usable: list[int], skip_bad: bool) -> Labels:
    missing = len(labels) - len(usable)
    if missing and not skip_bad:
        first = min(set(range(len(labels))) - set(usable))
        failure = shelf.failure(first)
        why = failure.error if failure else "It can be read now."
        raise WrongUse(
            f"{missing} of {len(labels)} labelled photos cannot be read (the first is "
            f"{labels.names[first]}: {why}): mend them, or leave them out by --skip-bad."
        )
    if len(usable) < _FEWEST:
        raise WrongUse(
            f"There are {len(usable)} labelled photos that can be read: {_FEWEST} are needed."
        )
    return labels.take(usable)


def _split(labels: Labels, settings: Settings) -> tuple[list[int], list[int]]:
    """Rows to learn from and to test on; no group is on both sides."""
    groups = labels.groups or labels.names
    if len(set(groups)) < 2:
        raise WrongUse(
            "All labelled photos are of one group, so none could be held out: leave the column of "
            "groups out, or add photos of others."
        )
    ((learned, held_out),) = agreement.random_splits(
        groups, count=1, test=settings.held_out, seed=settings.seed
    )
    if min(len(learned), len(held_out)) < 2:
        raise WrongUse("Too few photos are left on one side of the split: take smaller groups.")
    return learned.tolist(), held_out.tolist()


def _optimiser(net: AttributeNet, settings: Settings) -> torch.optim.AdamW:
    slow = settings.rate if settings.fresh else settings.extractor_rate
    before = [*net.extractor.parameters(), *net.heads.parameters()]
    groups = [
        {"params": list(net.opinion.parameters()), "full": settings.rate},
        {"params": before, "full": slow},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, weight_decay=settings.decay)


def _as_trained(module: nn.Module, statistics: bool) -> None:
    """Training mode; the statistics of batch normalisation learn only if told so."""
    module.train()
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d) and not statistics:
            part.eval()


def _figures(
    run: Run, labels: Labels, learned: list[int], held_out: list[int], scores: Any, device: str
) -> dict[str, Any]:
    truth = labels.units[held_out]
    groups = None if labels.groups is None else [labels.groups[row] for row in held_out]
    interval = agreement.bootstrap(agreement.spearman, truth, scores, groups=groups)
    accuracy = agreement.pairwise_accuracy(truth, scores)
    return {
        "photos": len(learned),
        "held_out": len(held_out),
        "device": device,
        "untrained": without_step(run.curve[0]),
        "trained": without_step(run.curve[-1]),
        "srcc_interval": [None if np.isnan(end) else round(end, 4) for end in interval],
        "pairs": None if np.isnan(accuracy) else round(accuracy, 4),
    }
