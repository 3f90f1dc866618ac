"""The network: an extractor, five attribute heads on it, and after fine-tuning a head for scores.

A trained network lives in its run's folder:

    RUN/model.safetensors   all weights
    RUN/model.json          what is needed to build it again, and the scale of its scores
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, Self, cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn

from uniqa_desktop import atomic
from uniqa_desktop.architecture import Architecture
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.photo import ATTRIBUTE_NAMES

WEIGHTS, DESCRIPTION = "model.safetensors", "model.json"
_HEAD = 64
"""Width of the one hidden layer of every head."""


class Extractor(Protocol):
    """What a network is built on; a `torch.nn.Module` that has these two things.

    `width` is the length of a feature. Called with N×3×S×S pictures in 0–1 (sRGB), it gives
    N×width, and its gradients flow unless its parameters are frozen.
    """

    width: int

    def __call__(self, pictures: Tensor) -> Tensor: ...


class SmallCnn(nn.Module):
    """The extractor of our own: four convolutions, and mean and spread of three of their maps.

    0.17 M weights, 20 M multiplications for a 96-pixel picture. Sharpness, noise and contrast are
    statistics of the second order, which a mean alone would have to be trained to see. Batch
    normalisation keeps them; normalising each picture by itself would divide them out.
    """

    _WIDTHS = (24, 48, 96, 128)
    _SEEN = (0, 1, 3)

    def __init__(self) -> None:
        super().__init__()
        layers, before = [], 3
        for number, width in enumerate(self._WIDTHS):
            kernel = 3 if number else 5
            layers.append(
                nn.Sequential(
                    nn.Conv2d(before, width, kernel, 2, kernel // 2, bias=False),
                    nn.BatchNorm2d(width),
                    nn.ReLU(),
                )
            )
            before = width
        self.layers = nn.ModuleList(layers)
        self.width = 2 * sum(self._WIDTHS[number] for number in self._SEEN)

    def forward(self, pictures: Tensor) -> Tensor:
        """N×3×S×S in 0–1 → N×400."""
        found, maps = (pictures - 0.5) * 4, []
        for number, layer in enumerate(self.layers):
            found = layer(found)
            if number in self._SEEN:
                # The tiny term keeps the root's slope finite where a map is even.
                spread = (found.var(dim=(2, 3), correction=0) + 1e-6).sqrt()
                maps += [found.mean(dim=(2, 3)), spread]
        return torch.cat(maps, dim=1)


@dataclass(frozen=True, slots=True)
class Description:
    """All that is needed to build a network again.

    Attributes:
        extractor: `small`, `clip`, or a name of the caller's own.
        size: the input's side in pixels.
        short_side: a picture is brought to this short side before it is cut.
        tower: the sizes of a CLIP's towers (`Architecture.to_json`), for `clip`.
        lowest, highest: the range of the scores that it was fine-tuned on; equal before that.
    """

    extractor: str
    size: int
    short_side: int
    tower: dict[str, Any] | None = None
    lowest: float = 0.0
    highest: float = 0.0

    @property
    def scores(self) -> bool:
        """Whether it was fine-tuned on scores."""
        return self.highest > self.lowest


class AttributeNet(nn.Module):
    """An extractor with five attribute heads, and one for scores."""

    def __init__(self, about: Description, extractor: nn.Module | None = None) -> None:
        """Builds it with fresh weights from torch's global seed.

        Args:
            about: sizes; its `extractor` is only a name where one is given.
            extractor: one of the caller's own (see `Extractor`).

        Raises:
            WeightsError: nobody here knows how to build that extractor.
        """
        super().__init__()
        self.about = about
        self.extractor = _built(about) if extractor is None else extractor
        width = cast(Extractor, self.extractor).width
        self.heads = nn.ModuleDict({name: _head(width) for name in ATTRIBUTE_NAMES})
        inputs = width + len(ATTRIBUTE_NAMES)
        # Features and the heads' numbers have no common scale; few labels could not find one.
        self.opinion = nn.Sequential(nn.BatchNorm1d(inputs, affine=False), _head(inputs))

    def attributes(self, features: Tensor) -> Tensor:
        """What the heads say of features (N×width): N×5 in the order of `ATTRIBUTE_NAMES`.

        Only their order means something; they have no unit.
        """
        return torch.cat([self.heads[name](features) for name in ATTRIBUTE_NAMES], dim=1)

    def scores(self, features: Tensor) -> Tensor:
        """Scores of features (N×width): N, about 0–1 over the range of the labels."""
        return self.opinion(torch.cat([features, self.attributes(features)], dim=1))[:, 0]

    def forward(self, pictures: Tensor) -> Tensor:
        """N×3×S×S in 0–1 → N×5, the attributes."""
        return self.attributes(self.extractor(pictures))

    def save(self, folder: Path) -> None:
        """Writes the weights and the description, each in one step.

        Raises:
            DiskFull: no room; what was there before is as it was.
        """
        state = {name: tensor.contiguous() for name, tensor in self.state_dict().items()}
        atomic.write_bytes(folder / WEIGHTS, save(state))
        text = json.dumps(asdict(self.about), indent=1) + "\n"
        atomic.write_bytes(folder / DESCRIPTION, text.encode())

    @classmethod
    def load(cls, folder: Path, extractor: nn.Module | None = None) -> Self:
        """The network in a run's folder, in evaluation mode.

        Args:
            folder: where `save` put it.
            extractor: one of the caller's own, if it was made with that.

        Raises:
            WeightsError: there is none, it cannot be read, or its weights are another's.
        """
        about = description(folder)
        with torch.random.fork_rng(devices=[]):  # fresh weights are drawn and thrown away
            net = cls(about, extractor)
        try:
            net.load_state_dict(load_file(folder / WEIGHTS), strict=True)
        except (OSError, SafetensorError) as error:
            raise WeightsError(f"The weights in {folder} cannot be read ({error}).") from None
        except RuntimeError:
            raise WeightsError(
                f"The weights in {folder} are not those of the network that {DESCRIPTION} there "
                "describes: it is another architecture."
            ) from None
        return net.eval()


def description(folder: Path) -> Description:
    """What the network in a run's folder is.

    Raises:
        WeightsError: there is none, or its description cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        return Description(**found)
    except FileNotFoundError:
        raise WeightsError(
            f"There is no trained network in {folder}: `train attributes` or `train mos` makes one."
        ) from None
    except (OSError, ValueError, TypeError) as error:
        raise WeightsError(f"The description in {folder} cannot be read ({error}).") from None


def as_input(pictures: NDArray[np.uint8]) -> Tensor:
    """N×S×S×3 uint8 → N×3×S×S in 0–1."""
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).to(torch.float32).div_(255)


def _built(about: Description) -> nn.Module:
    if about.extractor == "small":
        return SmallCnn()
    if about.extractor == "clip" and about.tower is not None:
        from uniqa_desktop.training.attiqa.clip_tower import ClipTower

        return ClipTower(Architecture.from_json(about.tower))
    raise WeightsError(f"The extractor {about.extractor!r} is not one that this program can build.")


def _head(width: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, _HEAD), nn.ReLU(), nn.Linear(_HEAD, 1))
