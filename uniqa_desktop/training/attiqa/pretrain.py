"""Attribute-aware pre-training: five heads learn to order pictures, and the extractor with them.

Three kinds of order are learned together:

- of controlled degradations of one picture: certain, by construction (`degradations`);
- of the measured attributes of any two views, where they differ by enough;
- of a CLIP model's antonym prompts on any two untouched pictures, ATTIQA's own pseudo-label, if a
  model is named.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from uniqa_desktop import devices, scorers
from uniqa_desktop.architecture import Architecture
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Progress
from uniqa_desktop.training import towers
from uniqa_desktop.training.attiqa import examples, pseudo, ranking, testing
from uniqa_desktop.training.attiqa.examples import Batch
from uniqa_desktop.training.attiqa.loop import Loop, shuffled, without_step
from uniqa_desktop.training.attiqa.network import AttributeNet, Description, as_input
from uniqa_desktop.training.pictures import Shelf
from uniqa_desktop.training.run import Run, fingerprint, set_seeds

KIND = "attributes"
_FEWEST = 4
"""Pictures that a run needs: two to learn from and two to test on."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What shapes the result. None of the numbers is from the paper, which does not give them.

    Attributes:
        extractor: `small`, or `clip:` and the id or file of a CLIP to start from.
        size: the input's side, pixels; a CLIP's is its own.
        short_side: pictures are brought to this short side before they are cut.
        epochs: every picture is used once an epoch.
        pictures: pictures a step.
        views: views of each picture, in a series.
        rate: of AdamW for the heads; it falls to 0 along a cosine.
        extractor_rate: the same for the extractor; `None`: as the heads, a CLIP's a hundredth.
        decay: weight decay.
        loss, margin: see `ranking.ranking_loss`.
        labels_from: the id of an installed CLIP whose antonym prompts give pseudo-labels.
        measured: weight of the order by measured attributes; that of certain order is 1.
        measured_gap: points of 100 that two views differ by at least, to be compared.
        cues: weight of the order by `labels_from`.
        cues_gap: the same for its labels, in shares of their ranks (0–1).
        held_out: share of the pictures that is not learned from.
        seed: of everything that is drawn.
    """

    extractor: str = "small"
    size: int = 128
    short_side: int = 256
    epochs: int = 20
    pictures: int = 16
    views: int = 4
    rate: float = 1e-3
    extractor_rate: float | None = None
    decay: float = 1e-4
    loss: ranking.Kind = "logistic"
    margin: float = 1.0
    labels_from: str | None = None
    measured: float = 0.5
    measured_gap: float = 8.0
    cues: float = 0.5
    cues_gap: float = 0.2
    held_out: float = 0.1
    seed: int = 0


def pretrain(
    files: Sequence[Path],
    folder: Path,
    settings: Settings,
    *,
    resume: bool = False,
    device: str = "auto",
    extractor: nn.Module | None = None,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, dict[str, Any]]:
    """Trains on the pictures and leaves the network in `folder`.

    Args:
        files: pictures without labels; unreadable ones are reported and left out.
        folder: of the run; `network.AttributeNet.load` reads it when it is finished.
        settings: all that shapes the result.
        resume: go on with the run in `folder`; the result is the same to the bit on one device.
        device: `auto`, `cuda`, `mps` or `cpu`.
        extractor: the caller's own (see `network.Extractor`) in place of the named one.
        stop: when set, the run ends after this step and can be gone on with from its last epoch.

    Returns:
        The run's record; without figures if it was stopped.

    Raises:
        WrongUse: too few pictures, settings that make no sense, another run in the folder, or a
            loss that is no number any more.
        WeightsError: the CLIP to start from or to take labels from cannot be loaded.
        DiskFull: no room; free some and go on with `resume`.
    """
    stop = stop or threading.Event()
    _check(settings)
    if settings.labels_from is not None:
        scorers.check(settings.labels_from)
    run = Run.begin(folder, KIND, asdict(settings), {"images": fingerprint(files)}, resume=resume)
    if run.is_finished:
        return run.record()
    chance = set_seeds(settings.seed)
    net = _network(settings, extractor)
    where = devices.choose(device)
    shelf = Shelf(files, max(settings.short_side, net.about.size))
    usable = yield from pseudo.readable(shelf, stop)
    if stop.is_set():
        return run.record()
    if len(usable) < _FEWEST:
        raise WrongUse(f"Only {len(usable)} of the pictures can be read: {_FEWEST} are needed.")
    order = [usable[place] for place in chance.permutation(len(usable))]
    kept_out = min(max(2, round(len(order) * settings.held_out)), len(order) // 2)
    held_out, learned = order[:kept_out], order[kept_out:]

    state = run.load()
    if state is None:
        cues = yield from pseudo.labels(shelf, usable, settings.labels_from, device, stop)
        if stop.is_set():
            return run.record()
    else:
        cues = None if state["cues"] is None else state["cues"].numpy()
    net.to(where)
    ranks = None if cues is None else pseudo.ranks(cues)
    loop = Loop(
        job="pre-training",
        run=run,
        net=net,
        optimiser=_optimiser(net, settings),
        epochs=settings.epochs,
        chosen=lambda epoch: shuffled(learned, settings.pictures, (settings.seed, epoch)),
        make=lambda epoch, step, chosen: examples.batch(
            shelf, chosen, net.about.size, settings.views, (settings.seed, epoch, step)
        ),
        loss=lambda batch: _loss(net, batch, ranks, settings, where),
        prepare=lambda module: module.train(),
        tested=lambda: testing.order(net, shelf, held_out, where),
        keep={"cues": None if cues is None else torch.from_numpy(cues)},
        stop=stop,
    )
    if not (yield from loop.go(state)):
        return run.record()
    net.to("cpu").save(folder)
    return run.finish(
        {
            "pictures": len(learned),
            "held_out": len(held_out),
            "unreadable": len(files) - len(usable),
            "device": devices.title(where),
            "untrained": without_step(run.curve[0]),
            "trained": without_step(run.curve[-1]),
            **testing.with_cues(net, shelf, held_out, cues),
        }
    )


def _check(settings: Settings) -> None:
    if min(settings.size, settings.short_side) < 32:
        raise WrongUse("Pictures of less than 32 pixels are too small to tell quality by.")
    if settings.views < 2 or settings.views > 8:
        raise WrongUse("A series needs 2 to 8 views.")
    if min(settings.epochs, settings.pictures) < 1 or not 0 < settings.held_out < 1:
        raise WrongUse("Epochs and pictures a step are 1 or more, the held-out share within 0–1.")
    if not 0 < settings.rate < 1:
        raise WrongUse(f"A learning rate of {settings.rate:g} teaches nothing: take one below 1.")


def _network(settings: Settings, extractor: nn.Module | None) -> AttributeNet:
    kind, _, source = settings.extractor.partition(":")
    about = Description(kind, settings.size, max(settings.short_side, settings.size))
    if extractor is not None or settings.extractor == "small":
        return AttributeNet(about, extractor)
    if kind != "clip" or not source:
        raise WrongUse(
            f"There is no extractor {settings.extractor!r}: choose `small`, or `clip:` and the id "
            "or file of a CLIP model."
        )
    file = towers.read(source)
    shape = file.architecture
    assert shape is not None
    return _on_clip(about, shape, file.tensors)


def _on_clip(about: Description, shape: Architecture, weights: dict[str, Tensor]) -> AttributeNet:
    from uniqa_desktop.training.attiqa.clip_tower import ClipTower

    side = max(about.short_side, shape.image)
    about = Description("clip", shape.image, side, shape.to_json())
    return AttributeNet(about, ClipTower(shape, weights))


def _optimiser(net: AttributeNet, settings: Settings) -> torch.optim.AdamW:
    slow = settings.extractor_rate
    if slow is None:
        slow = settings.rate / (100 if settings.extractor.startswith("clip:") else 1)
    groups = [
        {"params": list(net.heads.parameters()), "full": settings.rate},
        {"params": list(net.extractor.parameters()), "full": slow},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, weight_decay=settings.decay)


def _loss(
    net: AttributeNet,
    batch: Batch,
    ranks: NDArray[np.float32] | None,
    settings: Settings,
    where: torch.device,
) -> Tensor:
    scores = net(as_input(batch.views).to(where)).cpu()
    series, steps = torch.from_numpy(batch.picture), torch.from_numpy(batch.steps)
    terms: list[Tensor] = []
    for place in range(len(ATTRIBUTE_NAMES)):
        mine = scores[:, place]

        def add(order: Tensor, weight: float, mine: Tensor = mine) -> None:
            if weight and bool((order != 0).any()):
                loss = ranking.ranking_loss(mine, order, settings.loss, settings.margin)
                terms.append(weight * loss)

        moved = torch.from_numpy(np.where(batch.attribute == place, batch.direction, 0))
        add(ranking.order_of_series(series, steps, moved), 1.0)
        values = torch.from_numpy(batch.measured[:, place])
        add(ranking.order_by_value(values, settings.measured_gap), settings.measured)
        if ranks is not None:
            labels = np.where(batch.clean, ranks[batch.picture, place], np.nan)
            add(ranking.order_by_value(torch.from_numpy(labels), settings.cues_gap), settings.cues)
    return torch.stack(terms).sum() / len(ATTRIBUTE_NAMES) if terms else scores.sum() * 0
