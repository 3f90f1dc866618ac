"""The picture on the screen, pixel by pixel."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from gui.pictures import array, checkerboard, picture
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.frame import Frame, Grade, from_picture, from_thumbnail
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.zoom import Framing

NO_KEYS = Qt.KeyboardModifier.NoModifier


def frame_of(pixels: np.ndarray) -> Frame:
    return from_picture(picture(pixels), Grade.FULL)


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def grabbed(view: PictureView) -> np.ndarray:
    return array(view.grab().toImage())


def wheel(view: PictureView, notches: float, at: QPoint, *, pixels: QPoint | None = None) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        pixels or QPoint(),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        NO_KEYS,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_at_100_percent_the_screen_shows_the_very_pixels(view: PictureView) -> None:
    pixels = checkerboard(600, 400)
    view.show_frame(frame_of(pixels))
    QTest.keyClick(view, Qt.Key.Key_Z)
    assert view.zoom == 1.0
    np.testing.assert_array_equal(grabbed(view), pixels[100:300, 150:450])


@pytest.mark.parametrize("scaling", ["1.25", "1.5", "2"])
def test_100_percent_is_device_pixels_at_any_desktop_scaling(scaling: str) -> None:
    """In a process of its own: the scaling of an application is fixed at its start. The view sits
    at an odd place in its window, between two device pixels where the scaling is fractional."""
    script = """
import numpy as np
from PySide6.QtWidgets import QApplication, QWidget
from gui.pictures import array, picture
from uniqa_desktop.gui.frame import Grade, from_picture
from uniqa_desktop.gui.picture_view import PictureView
app = QApplication([])
window = QWidget()
window.resize(303, 207)
view = PictureView(window)
view.setGeometry(7, 13, 201, 161)
pixels = np.random.default_rng(1).integers(0, 256, (400, 600, 3), dtype=np.uint8)
view.show_frame(from_picture(picture(pixels), Grade.FULL))
window.show()
view.toggle()
app.processEvents()
ratio = view.devicePixelRatioF()
shot = array(window.grab().toImage())
left, top = int(7 * ratio + 0.5), int(13 * ratio + 0.5)
width, height = view.box.width() - 1, view.box.height() - 1
x, y = -view.target.x(), -view.target.y()
seen = shot[top : top + height, left : left + width]
print(ratio, np.array_equal(seen, pixels[y : y + height, x : x + width]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "QT_SCALE_FACTOR": scaling,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(float(scaling)), "True"]


def test_at_200_percent_and_more_pixels_have_hard_edges(view: PictureView) -> None:
    pixels = checkerboard(600, 400)
    view.show_frame(frame_of(pixels))
    view.set_framing(Framing(4.0))
    seen = grabbed(view)
    large = np.repeat(np.repeat(pixels, 4, axis=0), 4, axis=1)
    left, top = -view.target.left(), -view.target.top()
    np.testing.assert_array_equal(seen, large[top : top + 200, left : left + 300])


def test_at_1600_percent_of_a_huge_picture_the_right_pixels_are_seen(view: PictureView) -> None:
    pixels = np.zeros((100, 12_000, 3), np.uint8)
    pixels[:, 6000:] = 255
    view.show_frame(frame_of(pixels))
    view.set_framing(Framing(16.0))
    seen = grabbed(view)
    assert seen[:, :149].max() == 0
    assert seen[:, 151:].min() == 255


def test_shrinking_averages_instead_of_skipping(view: PictureView) -> None:
    """A checkerboard made smaller is grey; nearest sampling would leave it black, white or both."""
    view.show_frame(frame_of(checkerboard(2400, 1600)))
    seen = grabbed(view)[10:-10, 10:-10, 1]
    assert seen.min() >= 118
    assert seen.max() <= 137


@pytest.mark.parametrize("scale", [0.67, 1.5])
def test_between_pixels_and_halves_it_is_smooth(view: PictureView, scale: float) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    view.set_framing(Framing(scale))
    seen = grabbed(view)[..., 1]
    assert np.mean((seen > 20) & (seen < 235)) > 0.5


def test_fit_uses_the_picture_made_for_this_view(view: PictureView) -> None:
    frame = frame_of(checkerboard(2400, 1600)).fitted_to(view.box)
    assert frame.fits(view.box)
    assert frame.fitted is not None
    view.show_frame(frame)
    np.testing.assert_array_equal(grabbed(view), array(frame.fitted))


def test_the_wheel_zooms_at_the_cursor(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    wheel(view, 1, QPoint(0, 0))
    assert view.zoom == 0.67
    assert view.target.topLeft() == QPoint(0, 0), "the corner under the cursor stayed"
    wheel(view, -1, QPoint(0, 0))
    assert view.fitted


def test_a_fine_wheel_zooms_when_a_notch_is_full(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    for _ in range(3):
        wheel(view, 0.25, QPoint(0, 0))
    assert view.fitted
    wheel(view, 0.25, QPoint(0, 0))
    assert not view.fitted


def test_two_fingers_push_a_zoomed_picture(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    view.set_framing(Framing(1.0))
    before = view.target.topLeft()
    wheel(view, 0.1, QPoint(10, 10), pixels=QPoint(-20, 12))
    assert view.target.topLeft() == before + QPoint(-20, 12)
    assert view.zoom == 1.0


def test_keys_zoom_and_fit(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    heard: list[float] = []
    view.zoom_changed.connect(heard.append)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert heard == [0.67, 1.0, 0.67, 0.5]
    assert view.fitted


def test_a_double_click_lands_on_the_point(view: PictureView) -> None:
    pixels = checkerboard(600, 400)
    view.show_frame(frame_of(pixels))
    view_click(view, QPoint(225, 150))
    assert view.zoom == 1.0
    # The picture's point (450, 300) was under the cursor and still is.
    assert view.target.topLeft() == QPoint(225 - 450, 150 - 300)
    view_click(view, QPoint(225, 150))
    assert view.fitted


def view_click(view: PictureView, at: QPoint) -> None:
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, NO_KEYS, at)


def test_dragging_moves_the_picture_and_stops_at_its_edge(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    view.set_framing(Framing(1.0))
    before = view.target.topLeft()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(100, 100))
    QTest.mouseMove(view, QPoint(90, 105))
    assert view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(view, QPoint(80, 110))
    assert view.target.topLeft() == before + QPoint(-20, 10)
    QTest.mouseMove(view, QPoint(5000, 110))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(5000, 110))
    assert view.target.left() == 0
    assert view.cursor().shape() is Qt.CursorShape.OpenHandCursor


def test_shift_and_arrows_pan_while_zoomed_and_are_left_to_others_else(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    view.toggle()
    left, top = view.target.left(), view.target.top()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.target.left() < left
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.target.top() > top


def test_space_looks_at_100_percent_for_as_long_as_it_is_held(view: PictureView) -> None:
    view.show_frame(frame_of(checkerboard(600, 400)))
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.zoom == 1.0
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.fitted


def test_a_thumbnail_fills_the_place_of_the_picture(view: PictureView) -> None:
    thumbnail = QImage(60, 40, QImage.Format.Format_RGB32)
    thumbnail.fill(0xFF336699)
    thumbnail.setDevicePixelRatio(2)
    view.show_frame(from_thumbnail(thumbnail, 600, 400))
    assert np.all(grabbed(view) == (0x33, 0x66, 0x99))


def test_pixels_outlive_the_decoder_s_buffer() -> None:
    pixels = checkerboard(64, 48, tint=9)
    expected = pixels.copy()
    frame = from_picture(picture(pixels), Grade.FULL)
    pixels[:] = 77
    del pixels
    np.testing.assert_array_equal(array(frame.levels[0]), expected)


def test_halving_is_exact_for_odd_sizes_too() -> None:
    pixels = np.arange(1301 * 1031 * 3, dtype=np.uint32).reshape(1031, 1301, 3) % 251
    frame = from_picture(picture(pixels.astype(np.uint8)), Grade.FULL)
    assert [level.width() for level in frame.levels] == [1301, 650]
    blocks = pixels[:1030, :1300].reshape(515, 2, 650, 2, 3).mean(axis=(1, 3))
    assert np.abs(array(frame.levels[1]).astype(float) - blocks).max() <= 0.5
