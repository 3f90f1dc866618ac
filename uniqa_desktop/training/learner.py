"""One step of contrastive learning, on one process or several, in one pass or several.

The loss compares every picture of a step with every text of it, whatever number of passes and
processes they are spread over. So that this is exact, the towers are run first for their features
alone; the loss is taken over all of them, and its slope at each feature is then carried back
through the towers pass by pass (Gao et al. 2021, "Scaling deep contrastive learning batch size
under memory limited setup", as open_clip's `--accum-freq`). With one pass nothing is run twice.

Batch norms (ResNet towers only) see the pictures of one pass and process at a time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - the name everybody knows

from uniqa_desktop import devices, torch_setup
from uniqa_desktop.errors import KnownError, WrongUse
from uniqa_desktop.training import towers
from uniqa_desktop.training.crew import Crew
from uniqa_desktop.training.feed import Batch
from uniqa_desktop.training.pictures import Pixels
from uniqa_desktop.weights import CLIP_PREPROCESSING

PRECISIONS = ("auto", "float32", "bfloat16", "float16")
OPTIMISERS = ("adam", "adamw")
_BETAS, _EPSILON = (0.9, 0.98), 1e-6
"""CLIP's, and those of UniQA's training code."""


def precision_for(wanted: str, device: torch.device) -> str:
    """What `auto` means on a device: a reduced precision on Nvidia's cards, else single.

    Raises:
        WrongUse: half precision where its loss cannot be scaled.
    """
    if wanted == "auto":
        reduced = devices.reduced_type(device) if device.type == "cuda" else None
        return str(reduced or torch.float32).removeprefix("torch.")
    if wanted == "float16" and device.type != "cuda":
        raise WrongUse("float16 needs an Nvidia card: choose float32 or bfloat16.")
    return wanted


class Learner:
    """A model, its optimiser and what it takes to teach it.

    Args:
        model: from `towers.build`; moved to the crew's device.
        crew: the processes.
        optimiser: one of `OPTIMISERS`.
        decay: weight decay.
        precision: `float32`, `bfloat16` or `float16`: of the towers' products; weights, features
            and loss stay in single precision.
    """

    def __init__(
        self, model: Any, crew: Crew, *, optimiser: str, decay: float, precision: str
    ) -> None:
        self.model = model.to(crew.device)
        if hasattr(model.visual, "attnpool"):
            # Convolutions read neighbouring channels together (a step takes 2/3 of the time).
            self.model.visual.to(memory_format=torch.channels_last)
        self._crew = crew
        self._shared = crew.share(self.model)
        self._type = getattr(torch, precision)
        with_decay, without = towers.decayed(self.model)
        kind = torch.optim.AdamW if optimiser == "adamw" else torch.optim.Adam
        self._optimiser = kind(
            [
                {"params": with_decay, "weight_decay": decay},
                {"params": without, "weight_decay": 0.0},
            ],
            betas=_BETAS,
            eps=_EPSILON,
            fused=crew.device.type != "mps",
        )
        self._scaler = torch.amp.GradScaler(crew.device.type, enabled=self._type is torch.float16)
        self._loss = torch_setup.open_clip().ClipLoss()
        shape = (1, 3, 1, 1)
        self._mean = torch.tensor(CLIP_PREPROCESSING.mean, device=crew.device).view(shape)
        self._deviation = torch.tensor(CLIP_PREPROCESSING.deviation, device=crew.device).view(shape)

    def step(self, parts: Sequence[Batch], rate: float) -> float:
        """Learns from one step's batches at a learning rate.

        Returns:
            The loss before it: the mean cross-entropy of both directions, over all processes.

        Raises:
            WrongUse: the device's memory is too small.
            KnownError: the loss is not a number any more.
        """
        try:
            return self._step(parts, rate)
        except (torch.OutOfMemoryError, RuntimeError) as error:
            if not devices.is_out_of_memory(error):
                raise
            raise WrongUse(
                f"Passes of {len(parts[0].pixels)} pictures do not fit in the memory of the "
                f"{devices.title(self._crew.device)}: begin anew with a smaller --batch and more "
                "--accumulate, which compares as many."
            ) from None

    def _step(self, parts: Sequence[Batch], rate: float) -> float:
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        once = len(parts) == 1
        with contextlib.nullcontext() if once else torch.no_grad():
            known = [self._encoded(part) for part in parts]
        pictures = self._leaf([pictures for pictures, _, _ in known])
        texts = self._leaf([texts for _, texts, _ in known])
        factor = known[0][2].detach().requires_grad_()
        loss = self._loss(pictures, texts, factor)
        if not bool(torch.isfinite(loss)):
            raise KnownError(
                "The loss is not a number any more: begin anew with a lower --rate, or in float32."
            )
        loss.backward()
        assert factor.grad is not None
        slopes = self._own(pictures, known), self._own(texts, known)
        self._optimiser.zero_grad(set_to_none=True)
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            with self._alone(unless=last):
                mine = known[number] if once else self._encoded(part)
                # Gradients are averaged over processes, but each holds its own pictures' share.
                carried = self._crew.size * (
                    (mine[0] * slopes[0][number]).sum() + (mine[1] * slopes[1][number]).sum()
                )
                if last:
                    carried = carried + mine[2] * factor.grad
                self._scaler.scale(carried).backward()
        self._scaler.step(self._optimiser)
        self._scaler.update()
        towers.clamp_temperature(self.model)
        return loss.item()

    def _encoded(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Features of pictures and texts, of length 1, and the factor on their cosines."""
        with self._reduced():
            pictures, texts, factor = self._shared(
                self._input(batch.pixels), batch.tokens.to(self._crew.device)
            )
        return pictures.float(), texts.float(), factor.float()

    def _leaf(self, parts: list[Tensor]) -> Tensor:
        return self._crew.gathered(torch.cat(parts).detach()).requires_grad_()

    def _own(self, gathered: Tensor, known: Sequence[tuple[Tensor, ...]]) -> tuple[Tensor, ...]:
        """The slopes at this process's own features, part by part."""
        assert gathered.grad is not None
        mine = gathered.grad.chunk(self._crew.size)[self._crew.rank]
        return mine.split([len(part[0]) for part in known])

    def _alone(self, *, unless: bool) -> Any:
        """Keeps gradients to this process until its last pass."""
        if self._crew.size == 1 or unless:
            return contextlib.nullcontext()
        return self._shared.no_sync()

    def _reduced(self) -> Any:
        on = self._type is not torch.float32
        return torch.autocast(self._crew.device.type, self._type if on else None, enabled=on)

    def _input(self, pixels: Pixels) -> Tensor:
        batch = torch.from_numpy(pixels).to(self._crew.device, non_blocking=True)
        batch = batch.permute(0, 3, 1, 2).to(torch.float32).div_(255)
        return (batch - self._mean) / self._deviation

    @torch.no_grad()
    def examine(
        self, pictures: Iterable[Pixels], texts: Sequence[str], tokens: Tensor
    ) -> dict[str, float]:
        """How well held-out pictures and their texts find each other.

        Args:
            pictures: blocks of pictures, N in all.
            texts: the text of each picture.
            tokens: of the texts without repetitions, in the order of their first appearance.

        Returns:
            `held_out_loss`, the loss over all of them at once; and `held_out_order`, how often
            (0–1) a picture is nearer to its own text than to another's that differs (0.5 is
            chance; left out if none differ).
        """
        number = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        own = torch.tensor([number[text] for text in texts], device=self._crew.device)
        self.model.eval()
        with self._reduced():
            seen = torch.cat([self._picture_features(block) for block in pictures])
            read = torch.cat(
                [
                    F.normalize(self.model.encode_text(block.to(self._crew.device)).float(), dim=-1)
                    for block in tokens.split(256)
                ]
            )
        self.model.train()
        cosines = seen @ read.T
        mine = cosines.gather(1, own[:, None])
        others = torch.bincount(own, minlength=len(read)).float().expand(len(own), -1).clone()
        others[torch.arange(len(own)), own] = 0
        won = ((mine > cosines) + 0.5 * (mine == cosines)) * others
        loss = self._loss(seen, read[own], self.model.logit_scale.exp())
        found = {"held_out_loss": float(loss)}
        if total := float(others.sum()):
            found["held_out_order"] = float(won.sum()) / total
        return found

    def _picture_features(self, block: Pixels) -> Tensor:
        return F.normalize(self.model.encode_image(self._input(block)).float(), dim=-1)

    def state(self) -> dict[str, Any]:
        """All that is needed to go on."""
        return {
            "model": self.model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "scaler": self._scaler.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Goes on from what `state` gave.

        Raises:
            WrongUse: it is of another model.
        """
        try:
            self.model.load_state_dict(state["model"], strict=True)
            self._optimiser.load_state_dict(state["optimiser"])
            if state["scaler"]:
                self._scaler.load_state_dict(state["scaler"])
        except (KeyError, RuntimeError, ValueError, TypeError) as error:
            raise WrongUse(
                f"The run's checkpoint is of another model ({type(error).__name__}): choose an "
                "empty folder."
            ) from None
