"""The heat map over a picture: where it is painted, and that it reads without hue."""

from __future__ import annotations

import numpy as np
import pytest
from gui.pictures import array, picture
from pytestqt.qtbot import QtBot

from uniqa_desktop.explain import HeatMap, Shown
from uniqa_desktop.gui.frame import Grade, from_picture
from uniqa_desktop.gui.heat_layer import HeatLayer
from uniqa_desktop.gui.heat_legend import HeatLegend
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.zoom import Framing
from uniqa_desktop.photo import Region

GREY = np.full((400, 600, 3), 128, np.uint8)


def quality(heat: list[list[float]], **more: object) -> HeatMap:
    return HeatMap(np.array(heat, np.float32), 50.0, 1.0, **more)  # type: ignore[arg-type]


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    made.show_frame(from_picture(picture(GREY), Grade.FULL))
    return made


def seen(view: PictureView) -> np.ndarray:
    return array(view.grab().toImage()).astype(int)


LEFT_GOOD = quality([[3.0, -3.0], [3.0, -3.0]])


def test_what_raises_is_orange_and_what_lowers_is_blue(view: PictureView) -> None:
    view.show_layer(HeatLayer(LEFT_GOOD))
    pixels = seen(view)
    left, right = pixels[100, 20], pixels[100, 280]
    assert left[0] > left[2] + 50
    assert right[2] > right[0] + 50
    view.show_layer(None)
    assert (seen(view)[100, 20] == 128).all()


def test_plus_and_minus_say_it_without_colour(view: PictureView) -> None:
    """White signs at the middles of the strong cells: a plus goes up as well, a minus does not."""
    view.show_layer(HeatLayer(quality([[3.0, -3.0], [0.1, 0.0]])))
    pixels = seen(view)
    assert pixels[50, 75].min() > 200, "a sign"
    assert pixels[46, 75].min() > 200, "a plus"
    assert pixels[50, 225].min() > 200
    assert pixels[46, 225].min() < 200, "a minus"
    assert pixels[150, 75].min() < 200, "what does little has no sign"


def test_a_map_of_sharpness_goes_from_dark_to_bright(view: PictureView) -> None:
    view.show_layer(HeatLayer(quality([[90.0, 0.0], [90.0, 0.0]], shows=Shown.SHARPNESS)))
    pixels = seen(view)
    assert pixels[100, 20].sum() > 2 * pixels[100, 280].sum()


@pytest.mark.parametrize("scale", [1.0, 4.0, 16.0])
def test_it_follows_zoom_and_pan(view: PictureView, scale: float) -> None:
    """The border of the two halves stays on the picture's own, wherever that is."""
    halves = GREY.copy()
    halves[:, 300:] = 20
    view.show_frame(from_picture(picture(halves), Grade.FULL))
    view.show_layer(HeatLayer(LEFT_GOOD))
    for x in (0.5, 0.45):
        view.set_framing(Framing(scale, x, 0.3))
        border = view.target.x() + view.target.width() / 2
        pixels = seen(view)
        warmth = pixels[10, :, 0] - pixels[10, :, 2]
        reach = max(3, view.target.width() // 50)
        if 2 * reach < border < 300 - 2 * reach:
            assert warmth[int(border) - reach] > 0 > warmth[int(border) + reach]


def test_it_covers_its_region_only(view: PictureView) -> None:
    middle = quality([[3.0]], region=Region(0.25, 0, 0.5, 1))
    view.show_layer(HeatLayer(middle))
    pixels = seen(view)
    assert (pixels[100, 70] == 128).all()
    assert pixels[100, 80, 0] > pixels[100, 80, 2] + 50


def test_unfinished_cells_are_left_alone(view: PictureView) -> None:
    growing = HeatMap(np.array([[3.0, np.nan]], np.float32), 50.0, 0.5)
    view.show_layer(HeatLayer(growing))
    pixels = seen(view)
    assert pixels[100, 20, 0] > pixels[100, 20, 2]
    assert abs(pixels[100, 290, 0] - pixels[100, 290, 2]) <= 2


def test_chance_does_not_glow() -> None:
    assert HeatLayer(quality([[0.001, -0.002]])).strongest == pytest.approx(0.1)


def test_the_legend_says_what_is_shown(qtbot: QtBot) -> None:
    legend = HeatLegend()
    qtbot.addWidget(legend)
    legend.show()
    height = legend.height()
    legend.looking(0.4)
    assert "Looking" in legend.text
    legend.explain(HeatLayer(LEFT_GOOD))
    assert "lowers quality" in legend.text
    assert "raises quality" in legend.text
    assert "3.0 of 100" in legend.text
    assert "blurred" in legend.toolTip()
    legend.explain(HeatLayer(quality([[90.0]], shows=Shown.SHARPNESS)))
    assert "sharp" in legend.text
    assert "quality" not in legend.text
    legend.say("The file is not there.")
    assert legend.text == "The file is not there."
    assert legend.height() == height, "the picture does not move"
