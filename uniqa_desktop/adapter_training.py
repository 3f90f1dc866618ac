"""Training UniQA's adapter on features and labels: arrays in, an `Adapter` out, no files.

The authors' recipe (their training files and code, arXiv 2406.01069): Adam at 2e-4 without weight
decay, a cosine from there to 0 in steps of an epoch, no warm-up, batches of 8, the mean squared
error on labels from 0 to 1; one random crop per photo and epoch; only the adapter and the five
levels learn, both towers and the prompts stay as they are. They train 50 epochs on LIVE-C and 20 on
KonIQ-10k. Ours: a random crop is drawn from the stored ones rather than from the picture, the last
short batch of an epoch counts (of 50 labels theirs would leave 2 out), and the weights kept are
those after the last epoch, because theirs, the best on the test part, cannot be known without it.

A training can be stopped after any epoch and gone on with from its state, to the same bits: all
that is random in an epoch is drawn from the seed and the number of the epoch.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from uniqa_desktop.adapter import DOWN, LEVELS, UP, Adapter
from uniqa_desktop.prompts import LEVELS as INITIAL_LEVELS

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an adapter is trained; the defaults are the authors' for LIVE-C.

    `rate` is Adam's learning rate in the first epoch; `seed` fixes the first weights, the order of
    the photos and the crops.
    """

    epochs: int = 50
    batch: int = 8
    rate: float = 2e-4
    seed: int = 123

    def rate_in(self, epoch: int) -> float:
        """The learning rate in an epoch, counted from 0."""
        return self.rate * (1 + math.cos(math.pi * epoch / self.epochs)) / 2


class AdapterTraining:
    """A training under way. It belongs to one thread and works on the processor."""

    def __init__(
        self,
        features: NDArray[np.floating],
        labels: ArrayLike,
        texts: Floats,
        logit_scale: float,
        recipe: Recipe | None = None,
    ) -> None:
        """Starts from the authors' initial weights; imports torch.

        Args:
            features: photos×crops×D, not normalised, any float precision.
            labels: a number from 0 (worst) to 1 (best) for each photo.
            texts: 5G×D features of the quality prompts, as in `uniqa.level_scores`.
            logit_scale: the factor on cosines.
            recipe: the authors' by default.

        Raises:
            ValueError: sizes do not fit each other, there is no photo, or a value is no number.
        """
        import torch

        self.recipe = recipe or Recipe()
        self.epoch = 0
        goals = np.asarray(labels, dtype=np.float32)
        if features.ndim != 3 or goals.shape != features.shape[:1] or not len(goals):
            raise ValueError(f"{goals.shape} labels do not fit features of {features.shape}")
        width = features.shape[2]
        if texts.ndim != 2 or texts.shape[1] != width or len(texts) % len(INITIAL_LEVELS):
            raise ValueError(f"prompts of {texts.shape} do not fit features of {features.shape}")
        if not (np.isfinite(goals).all() and np.isfinite(features).all()):
            raise ValueError("a label or a feature is not a number")
        self._features = torch.from_numpy(np.ascontiguousarray(features, dtype=np.float32))
        self._goals = torch.from_numpy(goals)
        self._texts = torch.nn.functional.normalize(torch.from_numpy(texts.copy()), dim=1)
        self._scale = logit_scale
        self._parts = _initial(width, self.recipe.seed)
        self._adam = torch.optim.Adam(self._parts.values(), lr=self.recipe.rate)

    @property
    def is_done(self) -> bool:
        """Whether all epochs of the recipe are trained."""
        return self.epoch >= self.recipe.epochs

    @property
    def batches(self) -> int:
        """Steps in an epoch."""
        return -(-len(self._goals) // self.recipe.batch)

    def train_epoch(self) -> float:
        """Trains one epoch and returns its mean loss over photos."""
        import torch

        random = np.random.default_rng((self.recipe.seed, self.epoch))
        order = random.permutation(len(self._goals))
        crops = random.integers(self._features.shape[1], size=len(self._goals))
        for group in self._adam.param_groups:
            group["lr"] = self.recipe.rate_in(self.epoch)
        total = 0.0
        for start in range(0, len(order), self.recipe.batch):
            photos = torch.from_numpy(order[start : start + self.recipe.batch])
            seen = torch.from_numpy(crops[start : start + self.recipe.batch])
            total += self.step(self._features[photos, seen], self._goals[photos]) * len(photos)
        self.epoch += 1
        return total / len(order)

    def step(self, features: torch.Tensor, goals: torch.Tensor) -> float:
        """One step on a batch of crops (N×D) and their labels; returns its loss before it."""
        import torch

        self._adam.zero_grad()
        loss = torch.nn.functional.mse_loss(self._scores(features), goals)
        loss.backward()
        self._adam.step()
        return float(loss.detach())

    def _scores(self, features: torch.Tensor) -> torch.Tensor:
        import torch

        inner = torch.relu(features @ self._parts[DOWN].T)
        adapted = features + torch.relu(inner @ self._parts[UP].T)
        directions = torch.nn.functional.normalize(adapted, dim=1)
        # Rounded in the order of the authors' code: Adam's first step makes the smallest gradients
        # as large as any, and with them what rounding left of them.
        logits = (self._scale * directions) @ self._texts.T
        shares = logits.reshape(len(features), -1, len(INITIAL_LEVELS)).softmax(dim=2)
        return (shares * self._parts[LEVELS]).sum(dim=2).mean(dim=1)

    def adapter(self) -> Adapter:
        """The adapter as trained so far."""
        return Adapter.from_arrays(
            {name: part.detach().numpy().copy() for name, part in self._parts.items()}
        )

    def state(self) -> dict[str, Any]:
        """All that is needed to go on: plain numbers, lists, dicts and tensors."""
        return {
            "epoch": self.epoch,
            "parts": {name: part.detach().clone() for name, part in self._parts.items()},
            "adam": self._adam.state_dict(),
        }

    def go_on(self, state: Mapping[str, Any]) -> None:
        """Takes over what `state` gave, in a training of the same data and recipe.

        Raises:
            ValueError: it is the state of something else.
        """
        import torch

        try:
            with torch.no_grad():
                for name, part in self._parts.items():
                    if state["parts"][name].shape != part.shape:
                        raise ValueError(f"{name} has another size")
                    part.copy_(state["parts"][name])
            self._adam.load_state_dict(state["adam"])
            self.epoch = int(state["epoch"])
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"this is no state of an adapter's training ({error})") from None


def train(
    features: NDArray[np.floating],
    labels: ArrayLike,
    texts: Floats,
    logit_scale: float,
    recipe: Recipe | None = None,
    *,
    stop: threading.Event | None = None,
) -> Adapter:
    """An adapter trained to the end of the recipe, or to the epoch in which `stop` was set.

    Arguments and errors are those of `AdapterTraining`.
    """
    training = AdapterTraining(features, labels, texts, logit_scale, recipe)
    while not training.is_done and not (stop and stop.is_set()):
        training.train_epoch()
    return training.adapter()


def _initial(width: int, seed: int) -> dict[str, torch.Tensor]:
    """The authors' first weights: linear layers as torch makes them (Kaiming-uniform with a = √5,
    which is uniform within ±1/√inputs), half as wide inside, and levels from 0.2 to 1."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    inner = width // 2

    def uniform(rows: int, columns: int) -> torch.Tensor:
        drawn = torch.rand(rows, columns, generator=generator)
        return (drawn * 2 - 1) / math.sqrt(columns)

    parts = {
        LEVELS: torch.tensor(INITIAL_LEVELS),
        DOWN: uniform(inner, width),
        UP: uniform(width, inner),
    }
    return {name: part.requires_grad_() for name, part in parts.items()}
