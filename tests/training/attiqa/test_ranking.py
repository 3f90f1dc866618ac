"""The order that labels give, and the loss that teaches it."""

from __future__ import annotations

import pytest
import tiny_models as tiny

pytestmark = tiny.needs_torch


def test_a_series_is_ordered_in_its_direction_and_not_with_others() -> None:
    import torch

    from uniqa_desktop.training.attiqa.ranking import order_of_series

    series = torch.tensor([0, 0, 1, 1, 2, 2])
    steps = torch.tensor([0, 1, 0, 1, 0, 1])
    direction = torch.tensor([1, 1, -1, -1, 0, 0])
    order = order_of_series(series, steps, direction)
    assert order[1, 0] == 1
    assert order[0, 1] == -1
    assert order[3, 2] == -1
    assert not order[4:].any()
    assert not order[:2, 2:].any()


def test_values_are_ordered_only_where_they_differ_clearly_and_are_known() -> None:
    import torch

    from uniqa_desktop.training.attiqa.ranking import order_by_value

    order = order_by_value(torch.tensor([0.0, 4.0, 20.0, float("nan")]), gap=5)
    assert order.tolist() == [[0, 0, -1, 0], [0, 0, -1, 0], [1, 1, 0, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("kind", ["logistic", "margin"])
def test_the_loss_falls_as_the_order_becomes_right(kind: str) -> None:
    import torch

    from uniqa_desktop.training.attiqa.ranking import order_by_value, ranking_loss

    order = order_by_value(torch.tensor([0.0, 1.0, 2.0]), gap=0.5)
    wrong, level, right = (
        float(ranking_loss(scale * torch.tensor([0.0, 1.0, 2.0]), order, kind))  # type: ignore[arg-type]
        for scale in (-2, 0, 2)
    )
    assert wrong > level > right
    nothing = ranking_loss(torch.ones(3, requires_grad=True), torch.zeros(3, 3), kind)  # type: ignore[arg-type]
    nothing.backward()
    assert nothing.item() == 0
