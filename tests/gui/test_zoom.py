"""Where a picture lies in a view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect, QSize

from uniqa_desktop.gui.zoom import STEPS, Framing

PICTURE = QSize(6000, 4000)
VIEW = QSize(1200, 900)
sides = st.integers(1, 20_000)
sizes = st.builds(QSize, sides, sides)
views = st.builds(QSize, st.integers(20, 4000), st.integers(20, 4000))
parts = st.floats(0, 1)


def test_fit_shows_the_whole_picture_in_the_middle() -> None:
    assert Framing().target(PICTURE, VIEW) == QRect(0, 50, 1200, 800)


def test_fit_does_not_enlarge_a_small_picture() -> None:
    assert Framing().target(QSize(300, 200), VIEW) == QRect(450, 350, 300, 200)


def test_a_hundred_percent_is_one_device_pixel_for_each_picture_pixel() -> None:
    framing = Framing().zoomed(1.0, PICTURE, VIEW, None)
    assert framing.target(PICTURE, VIEW).size() == PICTURE


@given(picture=sizes, view=views, x=parts, y=parts, scale=st.sampled_from(STEPS))
def test_no_gap_on_one_side_while_the_picture_goes_on_at_the_other(
    picture: QSize, view: QSize, x: float, y: float, scale: float
) -> None:
    target = Framing(scale, x, y).target(picture, view)
    for start, length, room in (
        (target.left(), target.width(), view.width()),
        (target.top(), target.height(), view.height()),
    ):
        if length <= room:
            assert abs((start + start + length) - room) <= 1, "centred"
        else:
            assert start <= 0
            assert start + length >= room


@given(
    x=st.floats(0.3, 0.7), y=st.floats(0.3, 0.7), scale=st.sampled_from([s for s in STEPS if s > 1])
)
def test_zooming_keeps_the_point_under_the_cursor(x: float, y: float, scale: float) -> None:
    before = Framing(1.0, x, y)
    at = QPointF(300, 200)
    after = before.zoomed(scale, PICTURE, VIEW, at)

    def point(framing: Framing) -> tuple[float, float]:
        target = framing.target(PICTURE, VIEW)
        return (
            (at.x() - target.left()) / target.width(),
            (at.y() - target.top()) / target.height(),
        )

    assert point(after) == pytest.approx(point(before), abs=1e-3)


def test_steps_go_up_and_down_the_same_ladder_and_end_at_fit() -> None:
    framing = Framing()
    seen = []
    for _ in range(len(STEPS)):
        framing = framing.stepped(1, PICTURE, VIEW, None)
        seen.append(framing.scale)
    assert seen[0] == 0.25, "the first step above the fitted 20 %"
    assert seen[-1] == STEPS[-1]
    for _ in range(len(STEPS)):
        framing = framing.stepped(-1, PICTURE, VIEW, None)
    assert framing == Framing()


def test_panning_stops_at_the_edge_and_comes_back_at_once() -> None:
    framing = Framing(1.0).panned(10_000, 0, PICTURE, VIEW)
    assert framing.target(PICTURE, VIEW).left() == 0
    assert framing.panned(-10, 0, PICTURE, VIEW).target(PICTURE, VIEW).left() == -10
