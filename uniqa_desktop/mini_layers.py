"""The layers of `uniqa-mini`: plain convolutions that two processor cores run and train quickly.

Depthwise convolutions need fewer multiplications but wait for memory on a processor; dense 3×3
and 1×1 ones keep its vector units busy (measured: 250 pictures a second forward and back on two
cores at 128 pixels, bfloat16).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from uniqa_desktop.mini_traces import FARTHEST

LEVELS = 5
SENSED = 6
"""Quality and the five attributes."""


class Conv(nn.Module):
    """Convolution, batch normalisation, ReLU (unless `linear`). After `fused` one operation."""

    def __init__(
        self, inputs: int, outputs: int, size: int = 3, stride: int = 1, *, linear: bool = False
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs)
        self.act: nn.Module = nn.Identity() if linear else nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        """N×inputs×H×W → N×outputs×H/stride×W/stride."""
        return self.act(self.norm(self.conv(x)))

    def fold(self) -> None:
        """Puts the normalisation into the convolution."""
        if isinstance(self.norm, nn.BatchNorm2d):
            self.conv = fuse_conv_bn_eval(self.conv.eval(), self.norm.eval())
            self.norm = nn.Identity()


class Bottleneck(nn.Module):
    """x + f(x), where f narrows to half the channels for its 3×3 convolution (He et al. 2016)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        narrow = channels // 2
        self.body = nn.Sequential(
            Conv(channels, narrow, 1), Conv(narrow, narrow), Conv(narrow, channels, 1, linear=True)
        )

    def forward(self, x: Tensor) -> Tensor:
        """N×channels×H×W, the same shape out."""
        return torch.relu(x + self.body(x))


class Trunk(nn.Module):
    """Halves the picture once a width, with `blocks` bottlenecks after each but the first.

    Args:
        widths: channels at 1/2, 1/4, 1/8, … of the input's side; the last is the feature's length.
        blocks: bottlenecks at 1/4, 1/8, …: one number less than `widths`.
    """

    def __init__(self, widths: Sequence[int], blocks: Sequence[int]) -> None:
        super().__init__()
        layers: list[nn.Module] = [Conv(3, widths[0], stride=2)]
        for before, width, count in zip(widths[:-1], widths[1:], blocks, strict=True):
            layers.append(Conv(before, width, stride=2))
            layers.extend(Bottleneck(width) for _ in range(count))
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        """Pictures N×3×H×W → their features N×widths[-1], means over the last map."""
        return self.layers(x).mean(dim=(2, 3))


Network = TypeVar("Network", bound=nn.Module)


def fused(network: Network) -> Network:
    """A copy for use, not for training: every normalisation is folded into its convolution."""
    network = copy.deepcopy(network).eval()
    for part in network.modules():
        if isinstance(part, Conv):
            part.fold()
    return network


def as_input(pixels: Tensor) -> Tensor:
    """N×H×W×3 uint8 → N×3×H×W in −1…1, stored channels last as the convolutions want it."""
    return pixels.permute(0, 3, 1, 2).to(torch.float32).mul_(1 / 127.5).sub_(1)


class DetailBranch(nn.Module):
    """Shallow convolutions on native pixels: how fine, grainy or blocky a small square is.

    A square's map is pooled to mean and deviation over places (an even texture and a single edge
    differ in the second), and narrowed to `width` numbers.
    """

    def __init__(self, widths: Sequence[int], width: int) -> None:
        super().__init__()
        first, second, third = widths
        self.body = nn.Sequential(
            Conv(3, first, 5, stride=2),
            Conv(first, second, stride=2),
            Conv(second, third, stride=2),
            Bottleneck(third),
        )
        self.narrow = nn.Linear(2 * third, width)

    def forward(self, squares: Tensor) -> Tensor:
        """N×3×H×W → N×width, ≥ 0."""
        found = self.body(squares).float()
        mean = found.mean(dim=(2, 3))
        spread = (found.var(dim=(2, 3), correction=0) + 1e-5).sqrt()
        return torch.relu(self.narrow(torch.cat([mean, spread], dim=1)))


def over_squares(found: Tensor) -> Tensor:
    """The squares of a photo together: N×squares×W → N×2W, their mean and their greatest."""
    return torch.cat([found.mean(dim=1), found.amax(dim=1)], dim=1)


class Senses(nn.Module):
    """What is wrong with a photo: from its details and tones to quality and five attributes.

    `mini_heads` adds to its logits those of `TraceReading`.

    Args:
        widths: the three widths of the detail branch.
        width: numbers that are kept of a square.
        tones: how many numbers about lightness and colour come along.
        hidden: width of the layer before the heads.
    """

    def __init__(
        self, widths: Sequence[int], width: int = 64, tones: int = 24, hidden: int = 96
    ) -> None:
        super().__init__()
        self.detail = DetailBranch(widths, width)
        self.hidden = nn.Linear(2 * width + tones, hidden)
        self.heads = nn.Linear(hidden, SENSED * LEVELS)

    def forward(self, details: Tensor, tones: Tensor) -> Tensor:
        """Details N×squares×H×W×3 uint8 and tones N×T → N×6 in 0–1, quality first."""
        return self.said(torch.cat([self.seen(details), tones], dim=1))

    def seen(self, details: Tensor) -> Tensor:
        """The details of photos, N×squares×H×W×3 uint8 → N×2·width."""
        photos, squares = details.shape[:2]
        return over_squares(self.detail(as_input(details.flatten(0, 1))).view(photos, squares, -1))

    def said(self, known: Tensor) -> Tensor:
        """What is known of photos, N×(2·width + tones) → N×6, each the mean of its levels."""
        return expectation(self.heads(torch.relu(self.hidden(known))))


class TraceReading(nn.Module):
    """The same from tones and traces alone: numbers that no network has made.

    Args:
        hidden: width of the layer before the heads.
        middle, spread: mean and deviation of the measures over the lessons.
    """

    middle: Tensor
    spread: Tensor

    def __init__(self, hidden: int, middle: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.register_buffer("middle", middle)
        self.register_buffer("spread", spread)
        self.hidden = nn.Linear(len(middle), hidden)
        self.heads = nn.Linear(hidden, SENSED * LEVELS)

    def forward(self, measured: Tensor, jitter: float = 0.0) -> Tensor:
        """Measures N×84 → logits N×30; `jitter`, in deviations, shakes them while it learns."""
        even = ((measured - self.middle) / self.spread).clamp(-FARTHEST, FARTHEST)
        if jitter:
            even = even + jitter * torch.randn_like(even)
        return self.heads(torch.relu(self.hidden(even)))


def expectation(logits: Tensor) -> Tensor:
    """Logits N×30 → N×6 in 0–1, each the mean of its levels."""
    share = torch.softmax(logits.float().view(-1, SENSED, LEVELS), dim=2)
    return share @ torch.linspace(0, 1, LEVELS)


class Natural(nn.Module):
    """What good photos' traces are like (see `mini_heads`); only kept here, read there."""

    middle: Tensor
    whiten: Tensor
    usual: Tensor

    def __init__(self, middle: Tensor, whiten: Tensor, usual: Tensor) -> None:
        super().__init__()
        self.register_buffer("middle", middle)
        self.register_buffer("whiten", whiten)
        self.register_buffer("usual", usual)
