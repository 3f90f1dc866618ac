"""What a network has learned, on pictures that it has not learned from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from uniqa_desktop import agreement
from uniqa_desktop.photo import ATTRIBUTE_NAMES
from uniqa_desktop.training.attiqa import examples
from uniqa_desktop.training.attiqa.network import AttributeNet, as_input
from uniqa_desktop.training.pictures import Augment, Shelf, square

_TESTED = 16
"""Pictures that are tested at every step of every degradation."""
_AT_ONCE = 64
"""Views a pass."""


def order(
    net: AttributeNet, shelf: Shelf, held_out: list[int], where: torch.device
) -> dict[str, float]:
    """Mean Spearman of each head with the steps of what moves its attribute (1 is perfect)."""
    found: dict[str, list[float]] = {name: [] for name in ATTRIBUTE_NAMES}
    for number in held_out[:_TESTED]:
        cut = np.ascontiguousarray(square(shelf.get(number), net.about.size, Augment.NONE))
        series = [kind.series(cut, number) for kind in examples.MOVING]
        scores = heads(net, np.concatenate([np.stack(views) for views in series]), where)
        ends = np.cumsum([len(views) for views in series])[:-1]
        for kind, values in zip(examples.MOVING, np.split(scores, ends), strict=True):
            name = str(kind.attribute)
            steps = kind.direction * np.arange(len(values))
            mine = values[:, ATTRIBUTE_NAMES.index(name)]
            found[name].append(or_none(agreement.spearman, steps, mine))
    means = {name: float(np.mean(values)) for name, values in found.items()}
    return {**means, "order": float(np.mean(list(means.values())))}


def with_cues(
    net: AttributeNet, shelf: Shelf, held_out: list[int], cues: NDArray[np.float32] | None
) -> dict[str, Any]:
    """Spearman of heads and pseudo-labels over held-out pictures, where there are enough."""
    if cues is None or len(held_out) < 8:
        return {}
    cuts = [examples.five(shelf.get(number), net.about.size) for number in held_out]
    scores = heads(net, np.concatenate(cuts), torch.device("cpu"))
    means = scores.reshape(len(held_out), -1, len(ATTRIBUTE_NAMES)).mean(axis=1)
    rho = {
        name: agreement.spearman(cues[held_out, place], means[:, place])
        for place, name in enumerate(ATTRIBUTE_NAMES)
    }
    return {"with_cues": {name: None if np.isnan(value) else value for name, value in rho.items()}}


def or_none(figure: Callable[..., float], truth: ArrayLike, scores: NDArray[np.float32]) -> float:
    """A figure of agreement; 0, no agreement, where scores are all alike or no numbers."""
    if not np.isfinite(scores).all():
        return 0.0
    value = figure(truth, scores)
    return 0.0 if np.isnan(value) else value


@torch.inference_mode()
def heads(net: AttributeNet, views: NDArray[np.uint8], where: torch.device) -> NDArray[np.float32]:
    """What the attribute heads say of views (N×S×S×3): N×5."""
    net.eval()
    return np.concatenate([net(part).cpu().numpy() for part in _passes(views, where)])


@torch.inference_mode()
def opinions(
    net: AttributeNet, pictures: Sequence[NDArray[np.uint8]], where: torch.device
) -> NDArray[np.float32]:
    """The score of each picture (0–1 of the labels' range): the mean over its five cuts."""
    net.eval()
    size = net.about.size
    scores = [
        float(net.scores(net.extractor(as_input(examples.five(one, size)).to(where))).mean())
        for one in pictures
    ]
    return np.array(scores, np.float32)


def _passes(views: NDArray[np.uint8], where: torch.device) -> Iterator[torch.Tensor]:
    for at in range(0, len(views), _AT_ONCE):
        yield as_input(views[at : at + _AT_ONCE]).to(where)
