"""The loss: of two pictures whose order is known, the head shall say so.

The paper trains by ranking and not by regression, because a pseudo-label's order is worth more
than its value; its formula could not be had. Two usual ones are offered: `logistic` (RankNet,
Burges et al., ICML 2005), our default since it has nothing to tune, and `margin` (hinge).
"""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

Kind = Literal["logistic", "margin"]
KINDS: tuple[Kind, ...] = ("logistic", "margin")


def ranking_loss(
    scores: Tensor, order: Tensor, kind: Kind = "logistic", margin: float = 1
) -> Tensor:
    """The mean loss over all pairs of known order; 0 (with a gradient) if there is none.

    Args:
        scores: N, what a head says.
        order: N×N; +1 where the first picture (row) has more than the second (column), −1 where it
            has less, 0 where it is not known.
        kind: `logistic`, log(1 + exp(−d)), or `margin`, max(0, margin − d), of the difference d
            in the right direction.
        margin: only for `margin`.
    """
    known = order != 0
    right = (order * (scores[:, None] - scores[None, :]))[known]
    if not len(right):
        return scores.sum() * 0
    losses = F.softplus(-right) if kind == "logistic" else F.relu(margin - right)
    return losses.mean()


def order_of_series(series: Tensor, steps: Tensor, direction: Tensor) -> Tensor:
    """The certain order: between steps of one series (N each), in its direction (±1, 0 for none).

    Returns:
        N×N, as `ranking_loss` takes it.
    """
    same = (series[:, None] == series[None, :]).to(torch.int64)
    return same * direction[:, None].sign() * (steps[:, None] - steps[None, :]).sign()


def order_by_value(values: Tensor, gap: float) -> Tensor:
    """The order by a measure or pseudo-label (N), where two differ by `gap` or more.

    NaN stands for unknown.

    Returns:
        N×N, as `ranking_loss` takes it.
    """
    difference = values[:, None] - values[None, :]
    # NaN is neither above nor below anything.
    return (difference >= gap).to(torch.int64) - (difference <= -gap).to(torch.int64)
