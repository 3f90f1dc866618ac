"""The network of `uniqa-mini`, ready for use: from what it sees of photos to their features.

Each photo is worked on by one thread alone, always in the same shapes: its features are the same
bits whatever the batch, the neighbours and the number of threads, and nothing waits for anything.
Features are float16 rows as `mini_heads` describes them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from uniqa_desktop import atomic
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.mini_heads import LIKENESS, SEEN, STRUCTURE, TONES, TRACES, WIDTH
from uniqa_desktop.mini_layers import (
    LEVELS,
    Natural,
    Senses,
    TraceReading,
    Trunk,
    as_input,
    fused,
)
from uniqa_desktop.mini_view import MEASURED, View

WEIGHTS, CONFIG = "weights.safetensors", "config.json"


@dataclass(frozen=True, slots=True)
class Config:
    """The shape of the network; plain JSON beside the weights."""

    trunk_widths: tuple[int, ...]
    trunk_blocks: tuple[int, ...]
    detail_widths: tuple[int, ...]
    trace_width: int

    @classmethod
    def read(cls, file: Path) -> Config:
        """From JSON.

        Raises:
            WeightsError: it is missing or damaged.
        """
        try:
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            names = ("trunk_widths", "trunk_blocks", "detail_widths")
            trunk, blocks, details = (tuple(int(n) for n in found[name]) for name in names)
            return cls(trunk, blocks, details, int(found["trace_width"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WeightsError(f"{file} cannot be read ({error!r}).") from None


class Mini(nn.Module):
    """Extractor, detail branch and heads. The heads are read by `mini_heads`, from the same file:
    `traces`, `natural` and `aesthetics` are here to be kept with the rest.

    `project` turns what the extractor sees into coordinates in which distances are the teacher's.
    """

    def __init__(
        self,
        trunk: Trunk,
        project: nn.Linear,
        senses: Senses,
        traces: TraceReading,
        natural: Natural,
        aesthetics: nn.Linear,
    ) -> None:
        super().__init__()
        self.trunk = trunk
        self.project = project
        self.senses = senses
        self.traces = traces
        self.natural = natural
        self.aesthetics = aesthetics

    @classmethod
    def empty(cls, config: Config) -> Mini:
        """A network of that shape, folded, with random weights."""
        structure = len(STRUCTURE)
        return cls(
            fused(Trunk(config.trunk_widths, config.trunk_blocks)),
            nn.Linear(config.trunk_widths[-1], LIKENESS.stop),
            fused(Senses(config.detail_widths)),
            TraceReading(config.trace_width, torch.zeros(MEASURED), torch.ones(MEASURED)),
            Natural(torch.zeros(structure), torch.eye(structure), torch.ones(4)),
            nn.Linear(LIKENESS.stop, LEVELS),
        )

    @classmethod
    def open(cls, folder: Path) -> tuple[Mini, str]:
        """The model in a folder, and the sha256 of its weights.

        Raises:
            WeightsError: a file is missing, damaged, or of another shape.
        """
        config = Config.read(folder / CONFIG)
        file = folder / WEIGHTS
        try:
            data = file.read_bytes()
            tensors = {name: tensor.float() for name, tensor in load(data).items()}
            network = cls.empty(config)
            network.load_state_dict(tensors)
        except (OSError, SafetensorError, RuntimeError) as error:
            raise WeightsError(f"The weights in {file} cannot be used ({error}).") from None
        network = network.eval().requires_grad_(False)
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        return network, hashlib.sha256(data).hexdigest()

    def save(self, folder: Path, config: Config) -> None:
        """Writes weights (float16) and shape, each atomically.

        Raises:
            DiskFull: no room.
        """
        tensors = {name: tensor.half().contiguous() for name, tensor in self.state_dict().items()}
        atomic.write_bytes(folder / WEIGHTS, save(tensors))
        text = json.dumps(asdict(config), indent=1) + "\n"
        atomic.write_bytes(folder / CONFIG, text.encode())

    @torch.inference_mode()
    def row(self, view: View) -> np.ndarray:
        """The features of one photo: 724 float16."""
        found = np.empty(WIDTH, np.float16)
        found[LIKENESS] = self.likeness(as_input(torch.from_numpy(view.ends))).numpy()
        found[SEEN] = self.senses.seen(torch.from_numpy(view.details)[None])[0].numpy()
        found[TONES], found[TRACES] = view.tones, view.traces
        return found

    def likeness(self, ends: Tensor) -> Tensor:
        """The ends of one picture, 2×3×H×W → 512: the mean over them."""
        return self.project(self.trunk(ends).mean(dim=0))


def encode(network: Mini, views: Sequence[View], threads: int) -> list[np.ndarray]:
    """A row a photo, in order; each photo is one thread's."""
    # Threads of their own, as torch is told thread by thread not to share its work out.
    with ThreadPoolExecutor(
        threads, "mini", initializer=torch.set_num_threads, initargs=(1,)
    ) as pool:
        return list(pool.map(network.row, views))
