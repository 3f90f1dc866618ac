"""The loop that both steps share: epochs with a checkpoint after each, stoppable at any step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.pictures import ahead
from uniqa_desktop.training.run import Run

Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class Loop(Generic[Batch]):
    """What differs between the steps.

    Attributes:
        job: its name, as shown.
        run: where curve and checkpoints go.
        net: what learns; on its device already.
        optimiser: its groups have their full learning rate as `full`.
        epochs: how many.
        chosen: the pictures of every step of an epoch; of equal number in each epoch.
        make: a batch, from the epoch, the step and its pictures alone; called in other threads.
        loss: of a batch.
        prepare: puts the network into the mode that it learns in.
        tested: figures for the curve.
        keep: what else is needed to go on.
        stop: when set, the loop ends after the step under way.
    """

    job: str
    run: Run
    net: nn.Module
    optimiser: torch.optim.Optimizer
    epochs: int
    chosen: Callable[[int], Sequence[list[int]]]
    make: Callable[[int, int, list[int]], Batch]
    loss: Callable[[Batch], Tensor]
    prepare: Callable[[nn.Module], object]
    tested: Callable[[], dict[str, float]]
    keep: dict[str, Any]
    stop: threading.Event

    def go(self, state: dict[str, Any] | None) -> Generator[Progress, None, bool]:
        """Trains from a checkpoint's state (`None`: from the start); whether it came to its end.

        Raises:
            WrongUse: the checkpoint is another network's, the loss is no number any more, or a
                picture cannot be read any more.
            DiskFull: no room for a checkpoint; the one before is as it was.
        """
        begin = self._restored(state)
        per_epoch = len(self.chosen(0))
        total = self.epochs * per_epoch
        pace = Pace(self.job, total, done=begin * per_epoch)
        for epoch in range(begin, self.epochs):
            losses: list[float] = []
            self.prepare(self.net)
            jobs = enumerate(self.chosen(epoch))
            for batch in ahead(lambda job, now=epoch: self.make(now, *job), jobs):
                if self.stop.is_set():
                    return False
                self._step(self.loss(batch), pace.done / total, losses, epoch)
                pace.add()
                yield pace.step()
            if not all(bool(torch.isfinite(part).all()) for part in self.net.parameters()):
                raise _diverged(epoch)
            self.run.note(epoch + 1, loss=float(np.mean(losses)), **self.tested())
            self.run.save(
                {
                    "net": self.net.state_dict(),
                    "optimiser": self.optimiser.state_dict(),
                    "epoch": epoch + 1,
                    **self.keep,
                }
            )
        return True

    def _restored(self, state: dict[str, Any] | None) -> int:
        if state is None:
            self.run.note(0, **self.tested())
            return 0
        try:
            self.net.load_state_dict(state["net"])
            self.optimiser.load_state_dict(state["optimiser"])
        except (RuntimeError, ValueError, KeyError):
            raise WrongUse(
                f"The checkpoint in {self.run.folder} is of another architecture: choose an empty "
                "folder."
            ) from None
        return int(state["epoch"])

    def _step(self, loss: Tensor, share: float, losses: list[float], epoch: int) -> None:
        """One step, at a learning rate that falls to 0 along a cosine."""
        losses.append(loss.item())
        if not np.isfinite(losses[-1]):
            raise _diverged(epoch)
        for group in self.optimiser.param_groups:
            group["lr"] = group["full"] * (1 + cos(pi * share)) / 2
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()


def _diverged(epoch: int) -> WrongUse:
    return WrongUse(
        f"The loss is no number any more in epoch {epoch + 1}: begin again with a lower --rate."
    )


def shuffled(numbers: Sequence[int], count: int, seed: tuple[int, ...]) -> list[list[int]]:
    """The pictures of every step of an epoch: all of them in a new order, `count` a step."""
    order = [numbers[place] for place in np.random.default_rng(seed).permutation(len(numbers))]
    return [order[at : at + count] for at in range(0, len(order), count)]


def without_step(point: dict[str, float]) -> dict[str, float]:
    """A point of the curve as figures for the record."""
    return {name: round(value, 4) for name, value in point.items() if name != "step"}
