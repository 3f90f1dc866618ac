"""The processes of one training run: one alone, or several that `torchrun` started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import torch
from torch import Tensor, distributed

from uniqa_desktop import devices
from uniqa_desktop.errors import WrongUse

_PATIENCE = timedelta(hours=6)
"""How long processes wait for each other: one may be reading all pictures anew."""


class Crew:
    """A process among those of its run.

    Attributes:
        rank: its number, from 0.
        size: how many there are.
        device: what it computes on.
    """

    def __init__(self, rank: int, size: int, device: torch.device) -> None:
        self.rank, self.size, self.device = rank, size, device

    @property
    def is_first(self) -> bool:
        """Whether this one writes and reports."""
        return self.rank == 0

    def gathered(self, rows: Tensor) -> Tensor:
        """The rows (N×D) of all processes, in their order; without gradients."""
        if self.size == 1:
            return rows
        parts = [torch.empty_like(rows) for _ in range(self.size)]
        distributed.all_gather(parts, rows.contiguous())
        return torch.cat(parts)

    def any(self, flags: Tensor) -> Tensor:
        """Where a flag (0 or 1) is set in any process."""
        if self.size == 1:
            return flags
        there = flags.to(self.device)
        distributed.all_reduce(there, distributed.ReduceOp.MAX)
        return there.cpu()

    def wait(self) -> None:
        """Goes on when all processes are here."""
        if self.size > 1:
            distributed.barrier()

    def share(self, model: Any) -> Any:
        """The model with its gradients averaged over the processes."""
        if self.size == 1:
            return model
        cards = [self.device] if self.device.type == "cuda" else None
        return torch.nn.parallel.DistributedDataParallel(model, device_ids=cards)


@contextmanager
def joined(wanted: str) -> Iterator[Crew]:
    """The calling process, in contact with the others while the block runs.

    Args:
        wanted: `auto`, `cuda`, `mps` or `cpu`; with several processes on graphics cards, each
            takes the card of its local number.

    Raises:
        WrongUse: no such device, or fewer graphics cards than processes.
    """
    device = devices.choose(wanted)
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Crew(0, 1, device)
        return
    rank, local = int(os.environ["RANK"]), int(os.environ.get("LOCAL_RANK", "0"))
    if device.type == "cuda":
        if local >= torch.cuda.device_count():
            raise WrongUse(
                f"There are {torch.cuda.device_count()} graphics cards here for more processes "
                "than that: start torchrun with one process for each card."
            )
        device = torch.device("cuda", local)
        torch.cuda.set_device(device)
    distributed.init_process_group(
        "nccl" if device.type == "cuda" else "gloo", rank=rank, world_size=size, timeout=_PATIENCE
    )
    try:
        yield Crew(rank, size, device)
    finally:
        distributed.destroy_process_group()
