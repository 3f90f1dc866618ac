"""The second reading of quality and attributes: from tones and traces, beside the detail branch.

Its lessons are numbers, so it sees many and takes minutes. Several heads learn from each course
side by side, each from weights of its own, and their logits are averaged, since what they do beyond
the lessons differs. Measures are shaken by a share of their deviation: what is learned from made
faults holds for real ones only as far as it does not hang on the exact numbers.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from uniqa_desktop.mini_layers import Senses, TraceReading, expectation
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini.faults import Traced
from uniqa_desktop.training.mini.senses import cost

WEIGHT = 0.4
"""Of this reading in the sum of both, the branch having the rest. Between 0.4 and 0.5 all wanted
figures were reached: with more the sharp are told from the blurred less surely, with less
compression and noise are."""
_HELD_OUT = 0.05
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True, slots=True)
class Plan:
    """How the heads learn: AdamW, half a cosine down; `batch` counts lessons, `jitter` deviations
    of the measures. `heads` are those of each course."""

    heads: int = 8
    hidden: int = 64
    epochs: int = 10
    batch: int = 16
    rate: float = 3e-3
    decay: float = 0.02
    jitter: float = 0.3


def learn(
    courses: Sequence[Traced], plan: Plan, seed: int
) -> Generator[Progress, None, tuple[TraceReading, dict[str, float]]]:
    """Fits the heads of each course; returns them as one wide reading, and how often it has the
    order of two states of a picture right that was kept back."""
    torch.manual_seed(seed)
    sets = [_Set.of(lessons) for lessons in courses]
    flat = torch.cat([one.measured[: one.learned].flatten(0, 1) for one in sets])
    # Rounded as the weights file will hold them.
    middle = flat.mean(dim=0).half().float()
    spread = flat.std(dim=0).clamp(min=_LEAST_SPREAD).half().float()
    several: list[TraceReading] = []
    total = len(sets) * plan.heads * plan.epochs
    for lessons in sets:
        for _ in range(plan.heads):
            heads = TraceReading(plan.hidden, middle, spread)
            for epoch in _epochs(heads, lessons, plan):
                yield Progress("reading", len(several) * plan.epochs + epoch, total)
            several.append(heads)
    found = _side_by_side(several)
    yield Progress("reading", total, total)
    return found, {"pairs_right": float(np.mean([one.pairs_right(found) for one in sets]))}


@dataclass(frozen=True, slots=True)
class _Set:
    """Lessons as tensors; the first `learned` are learned from, the rest is kept back."""

    measured: Tensor
    wanted: Tensor
    learned: int

    @classmethod
    def of(cls, lessons: Traced) -> _Set:
        measured, wanted = np.array(lessons.measured), np.array(lessons.wanted)
        learned = len(wanted) - max(1, round(len(wanted) * _HELD_OUT))
        return cls(torch.from_numpy(measured), torch.from_numpy(wanted), learned)

    @torch.no_grad()
    def pairs_right(self, reading: nn.Module) -> float:
        measured, wanted = self.measured[self.learned :], self.wanted[self.learned :]
        said = expectation(reading(measured.flatten(0, 1))).view(*wanted.shape)[..., 0]
        ahead = wanted[:, :, None, 0] - wanted[:, None, :, 0] > 0.02
        right = said[:, :, None] > said[:, None, :]
        return float(right[ahead].float().mean()) if ahead.any() else float("nan")


def _epochs(heads: TraceReading, lessons: _Set, plan: Plan) -> Iterator[int]:
    """Fits one head, epoch by epoch."""
    steps = max(1, lessons.learned // plan.batch)
    optimiser = torch.optim.AdamW(heads.parameters(), lr=plan.rate, weight_decay=plan.decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps * plan.epochs)
    for epoch in range(plan.epochs):
        yield epoch
        for chosen in torch.randperm(lessons.learned).split(plan.batch)[:steps]:
            wanted = lessons.wanted[chosen]
            said = expectation(heads(lessons.measured[chosen].flatten(0, 1), plan.jitter))
            optimiser.zero_grad()
            cost(said.view(*wanted.shape), wanted).backward()
            optimiser.step()
            schedule.step()


@torch.no_grad()
def together(branch: Senses, reading: TraceReading) -> tuple[Senses, TraceReading]:
    """Both with their logits scaled so that their sum is the weighted mean (in place)."""
    for heads, weight in ((branch.heads, 1 - WEIGHT), (reading.heads, WEIGHT)):
        heads.weight.mul_(weight)
        heads.bias.mul_(weight)
    return branch, reading


@torch.no_grad()
def _side_by_side(several: list[TraceReading]) -> TraceReading:
    """One wide reading whose logits are the mean of theirs."""
    first, share = several[0], 1 / len(several)
    width = sum(one.hidden.out_features for one in several)
    wide = TraceReading(width, first.middle, first.spread)
    wide.hidden.weight.copy_(torch.cat([one.hidden.weight for one in several]))
    wide.hidden.bias.copy_(torch.cat([one.hidden.bias for one in several]))
    wide.heads.weight.copy_(torch.cat([one.heads.weight for one in several], dim=1) * share)
    wide.heads.bias.copy_(torch.stack([one.heads.bias for one in several]).sum(dim=0) * share)
    return wide
