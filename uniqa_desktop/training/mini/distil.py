"""The extractor learns to see what the teacher sees.

For each view the student's feature f (512 numbers) is asked two things: a linear map of it shall
give the teacher's embedding t (standardised roots of its 1024 numbers; roots, because means of
ReLUs are skewed), and the cosines among the f of a batch shall be those among the t (relational
distillation, Park et al., CVPR 2019):

    loss = mean (W·f + b − t)² + (1 − cos(W·f + b, t)) + 4 · mean (cos(fᵢ, fⱼ) − cos(tᵢ, tⱼ))²

The pictures grow while it learns (96, 112, 128 pixels: "progressive resizing"), which halves the
work of the first half.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from uniqa_desktop.mini_heads import LIKENESS
from uniqa_desktop.mini_layers import Trunk, as_input
from uniqa_desktop.photo import Progress
from uniqa_desktop.training.mini.school import Pace, school
from uniqa_desktop.training.mini.teacher import WIDTH, Lessons
from uniqa_desktop.training.run import Run

_HELD_OUT = 0.02
"""Of the views, the last ones, are for the curve only."""
_RELATIONS = 4.0
_SAMPLE = 4096
"""Views that say how the features are spread."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The extractor's shape and how it learns; `sizes` are the pictures' sides over equal parts of
    the training."""

    widths: tuple[int, ...] = (24, 64, 128, 256, 512)
    blocks: tuple[int, ...] = (1, 1, 3, 2)
    sizes: tuple[int, ...] = (96, 96, 112, 128)
    pace: Pace = field(default_factory=lambda: Pace(epochs=14, minutes=110, batch=96))


class Student(nn.Module):
    """The extractor, and the linear map to the teacher's embedding."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.trunk = Trunk(plan.widths, plan.blocks)
        self.to_teacher = nn.Linear(plan.widths[-1], WIDTH)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures → features (N×512) and what they say of the embedding (N×1024)."""
        feature = self.trunk(x)
        return feature, self.to_teacher(feature)


@dataclass(frozen=True, slots=True)
class Targets:
    """Standardised roots of the embeddings."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    def of(cls, embeddings: np.ndarray) -> Targets:
        """From the first 20,000 views: more would change the third digit."""
        roots = _roots(embeddings[:20_000])
        return cls(roots.mean(0), roots.std(0) + 0.02)

    def __call__(self, embeddings: np.ndarray) -> Tensor:
        """N×1024."""
        return (_roots(embeddings) - self.mean) / self.deviation

    def of_roots(self, roots: np.ndarray) -> Tensor:
        """The same from roots N×1024, such as means over several views."""
        return (torch.from_numpy(roots.astype(np.float32)) - self.mean) / self.deviation


def _roots(embeddings: np.ndarray) -> Tensor:
    return torch.from_numpy(embeddings.astype(np.float32)).clamp_(min=0).sqrt_()


def loss(student: nn.Module, batch: Sequence[Tensor]) -> Tensor:
    """The loss of pictures N×3×H×W with their targets N×1024, as the module says."""
    pictures, target = batch
    feature, said = (found.float() for found in student(pictures))
    own = functional.normalize(feature - feature.mean(0), dim=1)
    true = functional.normalize(target, dim=1)
    relations = (own @ own.T - true @ true.T).square().mean()
    cosine = 1 - functional.cosine_similarity(said, target, dim=1).mean()
    return functional.mse_loss(said, target) + cosine + _RELATIONS * relations


def distil(
    lessons: Lessons, targets: Targets, plan: Plan, run: Run, start: Student | None = None
) -> Generator[Progress, None, Student]:
    """Trains the extractor, or goes on where `run` stopped.

    Args:
        lessons: views and embeddings.
        targets: how embeddings are standardised.
        plan: how; its shape must be that of `start`.
        run: the training's folder.
        start: a student that has learned before; without one it begins from random weights.

    Returns the student with averaged weights, in evaluation mode.
    """
    torch.manual_seed(run.seed)
    student = Student(plan)
    if start is not None:
        student.load_state_dict(start.state_dict())
    student.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    learned = len(lessons.views) - max(1, round(len(lessons.views) * _HELD_OUT))

    def batch(chosen: np.ndarray, chance: np.random.Generator, done: float) -> Sequence[Tensor]:
        pictures, target = _batch(lessons, chosen, targets)
        if chance.random() < 0.5:
            # What the teacher sees in a mirror differs by less than what the student misses.
            pictures = pictures.flip(3)
        return _sized(pictures, plan.sizes[int(done * len(plan.sizes))]), target

    return (
        yield from school(
            student,
            loss,
            batch,
            lambda network: judged(network, lessons, targets, learned),
            lessons=learned,
            pace=plan.pace,
            run=run,
            job="distil",
        )
    )


def _batch(lessons: Lessons, chosen: np.ndarray, targets: Targets) -> tuple[Tensor, Tensor]:
    pixels = torch.from_numpy(lessons.views[chosen])
    return as_input(pixels), targets(lessons.embeddings[chosen])


def _sized(pictures: Tensor, size: int) -> Tensor:
    """The pictures at a smaller size, each new pixel the mean of those that it covers."""
    if pictures.shape[-1] <= size:
        return pictures
    smaller = functional.interpolate(pictures, size=(size, size), mode="area")
    return smaller.contiguous(memory_format=torch.channels_last)


@torch.no_grad()
def judged(student: Student, lessons: Lessons, targets: Targets, first: int) -> dict[str, float]:
    """On the views from `first` on: the cosine with the teacher, and the share of the targets'
    variance that the student explains."""
    cosines, errors, spread = [], [], []
    for start in range(first, len(lessons.views), 256):
        chosen = np.arange(start, min(start + 256, len(lessons.views)))
        pictures, target = _batch(lessons, chosen, targets)
        _, said = student(pictures)
        cosines.append(functional.cosine_similarity(said, target, dim=1))
        errors.append((said - target).square().mean(1))
        spread.append(target.square().mean(1))
    explained = 1 - float(torch.cat(errors).mean()) / float(torch.cat(spread).mean())
    return {"cosine": float(torch.cat(cosines).mean()), "explained": explained}


@torch.no_grad()
def projections(student: Student, lessons: Lessons, seed: int) -> tuple[nn.Linear, nn.Linear]:
    """From the extractor's feature, and from the teacher's embedding (standardised roots, see
    `Targets`), to the same 512 coordinates, in which distances are the teacher's.

    What the student says of the embedding (1024 numbers, a linear map of 512) is turned into its
    principal axes, which lose nothing, and these are mixed by a random rotation: each coordinate
    then varies about equally, so that methods that standardise features do not undo the geometry.
    The mean over the views is taken off, for cosines that tell pictures apart.
    """
    features = []
    for start in range(0, min(_SAMPLE, len(lessons.views)), 256):
        pixels = np.array(lessons.views[start : start + 256])
        features.append(student.trunk(as_input(torch.from_numpy(pixels))))
    feature = torch.cat(features).double()
    weight = student.to_teacher.weight.double()
    about = (feature - feature.mean(0)) @ weight.T
    width = min(LIKENESS.stop, weight.shape[1])
    _, axes = torch.linalg.eigh(about.T @ about / len(about))
    main = axes[:, -width:]
    noise = torch.from_numpy(np.random.default_rng(seed).standard_normal((LIKENESS.stop, width)))
    turn, _ = torch.linalg.qr(noise)
    scale = float((about @ main @ turn.T).std())
    onto = turn @ main.T / scale
    middle = weight @ feature.mean(0)
    own = nn.Linear(weight.shape[1], LIKENESS.stop)
    own.weight.copy_((onto @ weight).float())
    own.bias.copy_((-(onto @ middle)).float())
    teachers = nn.Linear(weight.shape[0], LIKENESS.stop)
    teachers.weight.copy_(onto.float())
    teachers.bias.copy_((-(onto @ (middle + student.to_teacher.bias.double()))).float())
    return own, teachers
