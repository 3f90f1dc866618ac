"""What a contrastive run is fed with: which pictures when, which of their texts, cut how.

Every choice is drawn from (seed, epoch, picture) alone, so threads, processes and interruptions
change nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from uniqa_desktop import torch_setup
from uniqa_desktop.errors import PhotoError, WrongUse
from uniqa_desktop.training.pictures import Augment, Pixels, Shelf, ahead, square

Rows = NDArray[np.int64]

MOST_HELD_OUT = 1000
"""More held-out pictures tell nothing new and cost time after every epoch."""
_HOLDING, _ORDER = 1, 2
"""First numbers of the seeds, so that no draw is the echo of another."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pictures and texts of one pass: N×S×S×3 uint8 and N×context token numbers."""

    pixels: Pixels
    tokens: Tensor


class Feed:
    """Makes batches of a run.

    Args:
        shelf: the pictures.
        texts: those of each picture.
        side: pixels of the model's input.
        context: tokens of the model's input; longer texts are cut, as CLIP does it.
        augment: see there.
        seed: of the run.
    """

    def __init__(
        self,
        shelf: Shelf,
        texts: Sequence[tuple[str, ...]],
        *,
        side: int,
        context: int,
        augment: Augment,
        seed: int,
    ) -> None:
        self._shelf, self._texts = shelf, texts
        self._side, self._context = side, context
        self._augment, self._seed = augment, seed

    def split(self, hold_out: float) -> tuple[Rows, Rows]:
        """The numbers of the pictures to train on and of those held out.

        Args:
            hold_out: share to hold out, 0–0.5; at least two pictures unless it is 0.
        """
        count = len(self._shelf)
        order = np.random.default_rng([_HOLDING, self._seed]).permutation(count)
        held = 0 if not hold_out else min(max(2, round(count * hold_out)), MOST_HELD_OUT)
        return np.sort(order[held:]), np.sort(order[:held])

    def steps(
        self, rows: Rows, epoch: int, *, batch: int, parts: int, rank: int = 0, crew: int = 1
    ) -> Generator[list[Batch], None, None]:
        """The steps of an epoch as one process sees them: `parts` batches each.

        All steps are of one size, because the loss depends on how many pictures are compared; the
        few that are left over in one epoch are others in the next.

        Args:
            rows: the pictures to train on.
            epoch: from 0.
            batch: pictures a pass and process.
            parts: passes a step.
            rank: the number of this process.
            crew: the number of processes.
        """
        whole = batch * parts * crew
        count = len(rows) // whole
        order = np.random.default_rng([_ORDER, self._seed, epoch]).permutation(rows)
        mine = order[: count * whole].reshape(count, crew, parts, batch)[:, rank]

        def made(step: Rows) -> list[Batch]:
            return [self._drawn(part, epoch) for part in step]

        return ahead(made, iter(mine))

    def held(self, rows: Rows, batch: int) -> Generator[Pixels, None, None]:
        """The pictures of those numbers, always cut alike: blocks of `batch` or fewer."""
        blocks = [rows[at : at + batch] for at in range(0, len(rows), batch)]
        return ahead(lambda block: np.stack([self._cut(row, None) for row in block]), blocks)

    def first_texts(self, rows: Rows) -> list[str]:
        """The first text of each picture: what held-out pictures are compared with."""
        return [self._texts[row][0] for row in rows]

    def tokens(self, texts: Sequence[str]) -> Tensor:
        """Token numbers of texts: T×context."""
        return torch_setup.open_clip().tokenize(list(texts), context_length=self._context)

    def _drawn(self, rows: Rows, epoch: int) -> Batch:
        pixels, texts = [], []
        for row in rows:
            random = np.random.default_rng([self._seed, epoch, int(row)])
            pixels.append(self._cut(row, random))
            texts.append(self._texts[row][random.integers(len(self._texts[row]))])
        return Batch(np.stack(pixels), self.tokens(texts))

    def _cut(self, row: int, random: np.random.Generator | None) -> Pixels:
        try:
            return square(self._shelf.get(int(row)), self._side, self._augment, random)
        except PhotoError as error:
            raise WrongUse(
                f"{self._shelf.files[row]} could be read before, but not any more ({error}): put "
                "it back and go on by --resume."
            ) from None
