"""The quality and attribute heads learn from pictures with known faults (see `impair`).

For the versions of one picture, q wanted and s said, both 0–1:

    loss = mean |s − q| (quality) + 4 · mean (a − wanted)² (attributes)
         + mean over pairs with qᵢ > qⱼ + 0.02 of softplus((sⱼ − sᵢ) · 20 + 1) / 2

The first part makes pictures comparable with each other, the last sees to the order within each:
the one thing that is certain. Scores are expectations over five levels, as UniQA's.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from uniqa_desktop.mini_layers import Senses
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini.faults import Faults
from uniqa_desktop.training.mini.school import Pace, school
from uniqa_desktop.training.run import Run

_HELD_OUT = 0.05
_SEEN = 4
"""Of a picture's six details, as many are looked at in a step: a step costs less, and the heads
learn not to rely on which there are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The detail branch's widths and how it and the heads learn."""

    widths: tuple[int, ...] = (32, 48, 96)
    pace: Pace = field(
        default_factory=lambda: Pace(
            epochs=24, minutes=25, batch=16, rate=3e-3, warm_up=0.05, average=0.995
        )
    )


def loss(senses: nn.Module, batch: Sequence[Tensor]) -> Tensor:
    """Of pictures N×V×squares×96×96×3, tones N×V×24 and what is wanted N×V×6."""
    details, tones, wanted = batch
    pictures, versions = details.shape[:2]
    said = senses(details.flatten(0, 1), tones.flatten(0, 1)).float()
    return cost(said.reshape(pictures, versions, -1), wanted)


def cost(said: Tensor, wanted: Tensor) -> Tensor:
    """The loss, of what is said and wanted of pictures in their states, N×V×6 both."""
    quality, asked = said[..., 0], wanted[..., 0]
    ahead = (asked[:, :, None] - asked[:, None, :]) > 0.02
    against = quality[:, None, :] - quality[:, :, None]
    order = (functional.softplus(against * 20 + 1) * ahead).sum() / ahead.sum().clamp(min=1) / 2
    # Squares: most pictures have no noise, and absolute errors would make 0 the answer for all.
    attributes = 4 * (said[..., 1:] - wanted[..., 1:]).square().mean()
    return (quality - asked).abs().mean() + attributes + order


def learn(faults: Faults, plan: Plan, run: Run) -> Generator[Progress, None, Senses]:
    """Trains the detail branch and its heads, or goes on where `run` stopped.

    Returns them with averaged weights, in evaluation mode.
    """
    torch.manual_seed(run.seed)
    learned = len(faults.wanted) - max(1, round(len(faults.wanted) * _HELD_OUT))
    return (
        yield from school(
            Senses(plan.widths),
            loss,
            lambda chosen, chance, _done: _batch(faults, chosen, chance),
            lambda senses: judged(senses, faults, learned),
            lessons=learned,
            pace=plan.pace,
            run=run,
            job="senses",
        )
    )


def _batch(
    faults: Faults, chosen: np.ndarray, chance: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Lessons with some of their details, mirrored and turned alike for all versions."""
    seen = np.sort(chance.choice(faults.details.shape[2], _SEEN, replace=False))
    details = np.ascontiguousarray(faults.details[chosen][:, :, seen])
    if chance.random() < 0.5:
        details = details[..., ::-1, :]
    if chance.random() < 0.5:
        details = details.swapaxes(-3, -2)
    return (
        torch.from_numpy(np.ascontiguousarray(details)),
        torch.from_numpy(faults.tones[chosen]),
        torch.from_numpy(faults.wanted[chosen]),
    )


@torch.no_grad()
def judged(senses: Senses, faults: Faults, begin: int) -> dict[str, float]:
    """On the lessons kept back: mean absolute errors, and how often the order of two versions of a
    picture is right."""
    errors, attributes, right = [], [], []
    for number in range(begin, len(faults.wanted)):
        details = torch.from_numpy(np.array(faults.details[number]))
        said = senses(details, torch.from_numpy(np.array(faults.tones[number]))).numpy()
        wanted = np.array(faults.wanted[number])
        errors.append(np.abs(said[:, 0] - wanted[:, 0]).mean())
        attributes.append(np.abs(said[:, 1:] - wanted[:, 1:]).mean())
        ahead = wanted[:, None, 0] - wanted[None, :, 0] > 0.02
        if ahead.any():
            right.append(float((said[:, None, 0] > said[None, :, 0])[ahead].mean()))
    return {
        "error": float(np.mean(errors)),
        "attribute_error": float(np.mean(attributes)),
        "pairs_right": float(np.mean(right)),
    }
