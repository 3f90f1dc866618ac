"""The loop of both trainings: epochs over numbered lessons, averaged weights, checkpoints.

AdamW, linear warm-up and half a cosine down; what is kept is the moving average of the weights.
A training ends after its epochs, or after its minutes if that is sooner: the schedule then runs
faster, so that it always ends with small steps.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini.twins import Loss, Twins
from uniqa_desktop.training.run import Run

Network = TypeVar("Network", bound=nn.Module)
Batch = Callable[[np.ndarray, np.random.Generator, float], Sequence[Tensor]]
"""From the numbers of lessons, chance, and how far the training is (0–1) to the loss's input."""
Judge = Callable[[Network], dict[str, float]]

_EVERY = 20
"""Steps between two notes of progress."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how fast a network learns.

    `rate` is AdamW's at its highest, `warm_up` a share of the whole, `average` how much of the
    averaged weights each step keeps (less in the beginning).
    """

    epochs: int
    minutes: float
    batch: int
    rate: float = 2e-3
    decay: float = 0.02
    warm_up: float = 0.04
    average: float = 0.999
    bfloat16: bool = True


def school(
    network: Network,
    loss: Loss,
    batch: Batch,
    judge: Judge[Network],
    *,
    lessons: int,
    pace: Pace,
    run: Run,
    job: str,
) -> Generator[Progress, None, Network]:
    """Trains `network` on lessons 0 … `lessons` − 1, or goes on where `run` stopped.

    Each epoch ends with a note of its loss and of what `judge` finds, and with a checkpoint.
    Returns a copy with averaged weights, in evaluation mode.
    """
    averaged = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(_groups(network, pace.decay), lr=pace.rate, fused=True)
    first, clock = 0, time.monotonic()
    state = run.load()
    if state is not None:
        network.load_state_dict(state["network"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        first, clock = state["epoch"], clock - state["seconds"]
    steps = max(1, lessons // pace.batch)
    total = steps * pace.epochs
    done = first / pace.epochs
    with Twins(network, loss, bfloat16=pace.bfloat16) as twins:
        for epoch in range(first, pace.epochs):
            chance = np.random.default_rng((run.seed, epoch))
            order = chance.permutation(lessons)
            losses: list[float] = []
            for step in range(steps):
                at = epoch * steps + step
                done = max(at / total, (time.monotonic() - clock) / (pace.minutes * 60))
                if done >= 1:
                    break
                _set_rate(optimiser, pace, done)
                chosen = np.sort(order[step * pace.batch : (step + 1) * pace.batch])
                losses.append(twins.learn(*batch(chosen, chance, done)))
                nn.utils.clip_grad_norm_(network.parameters(), 5.0)
                optimiser.step()
                _follow(averaged, network, min(pace.average, (1 + at) / (10 + at)))
                if step % _EVERY == _EVERY - 1:
                    left = (time.monotonic() - clock) * (1 - done) / max(done, 1e-6)
                    yield Progress(job, at + 1, total, remaining=left)
            if losses:
                run.note(epoch + 1, loss=float(np.mean(losses)), **judge(averaged))
                run.save(
                    {
                        "epoch": epoch + 1,
                        "seconds": time.monotonic() - clock,
                        "network": network.state_dict(),
                        "averaged": averaged.state_dict(),
                        "optimiser": optimiser.state_dict(),
                    }
                )
            if done >= 1:
                break
    yield Progress(job, total, total)
    return averaged


def _groups(network: nn.Module, decay: float) -> list[dict[str, object]]:
    """For the optimiser: weights decay, biases and normalisations do not."""
    shrinking = [parameter for parameter in network.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in network.parameters() if parameter.ndim <= 1]
    return [{"params": shrinking, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]


def _set_rate(optimiser: torch.optim.Optimizer, pace: Pace, done: float) -> None:
    """Never quite 0, so that the last steps still do something."""
    if done < pace.warm_up:
        share = done / pace.warm_up
    else:
        rest = (done - pace.warm_up) / (1 - pace.warm_up)
        share = max(0.002, 0.5 * (1 + float(np.cos(np.pi * rest))))
    for group in optimiser.param_groups:
        group["lr"] = pace.rate * share


@torch.no_grad()
def _follow(averaged: nn.Module, network: nn.Module, keep: float) -> None:
    """Moves the averaged weights by 1 − `keep` towards the network's."""
    theirs = network.state_dict()
    for name, mine in averaged.state_dict().items():
        if mine.is_floating_point():
            mine.lerp_(theirs[name], 1 - keep)
