"""Clipping, focus peaking, thirds and AF point: on their own picture, in place, at every zoom."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from gui.pictures import Decoder, array, photo, picture, plain
from gui.test_window import close, desk, make_window, open_and_wait
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui import mark_layers
from uniqa_desktop.gui.frame import Grade, from_picture
from uniqa_desktop.gui.loupe import Loupe
from uniqa_desktop.gui.mark_layers import AfAreas, MaskLayer, Thirds
from uniqa_desktop.gui.mark_maker import MarkMaker
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.view_marks import ViewMarks
from uniqa_desktop.gui.zoom import Framing
from uniqa_desktop.photo import Photo, Region, State
from uniqa_desktop.store import Store

SHARPEST = Region(0.7, 0.2, 0.1, 0.1)


def half_white() -> np.ndarray:
    """Mid-grey on the left, clipped on the right."""
    pixels = plain(128)
    pixels[...] = 128
    pixels[:, 300:] = 255
    return pixels


def flat() -> np.ndarray:
    return np.full((400, 600, 3), 128, np.uint8)


class Stage:
    """A loupe with overlays, and the decoder behind it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.decoder = Decoder()
        self.loupe = Loupe(quick=self.decoder.quick, full=self.decoder.full)
        qtbot.addWidget(self.loupe)
        self.loupe.view.setFixedSize(300, 200)
        self.maker = MarkMaker()
        self.shown: set[str] = set()
        self.blind = False
        self.marks = ViewMarks(
            self.maker,
            self.loupe.view,
            lambda: self.loupe.photo,
            self.loupe.marks_legend.show_entries,
            lambda: self.shown,
            lambda: self.blind,
        )
        self.loupe.photo_shown.connect(self.marks.look)
        self.loupe.show()
        qtbot.waitExposed(self.loupe)
        self.loupe.setFocus()
        self._qtbot = qtbot

    @property
    def view(self) -> PictureView:
        return self.loupe.view

    @property
    def legend(self) -> str:
        return self.loupe.marks_legend.text

    def show(self, one: Photo, *names: str) -> None:
        self.shown = set(names)
        self.loupe.show_photo(one)

    def rest(self, one: Photo) -> None:
        """Waits for its full picture."""
        self._qtbot.waitUntil(
            lambda: (
                self.view.frame is not None
                and self.view.frame.grade is Grade.FULL
                and self.view.frame.fits(self.view.box)
            )
        )

    def pixels(self) -> np.ndarray:
        return array(self.view.grab().toImage()).astype(int)

    def red(self, at: tuple[slice, slice]) -> bool:
        """Whether a part of the view is striped in red."""
        part = self.pixels()[at]
        return bool(((part[..., 0] - part[..., 2]) > 60).all())


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(qtbot)
    yield made
    made.decoder.release_all()
    made.loupe.stop()
    made.maker.stop()


LEFT, RIGHT = np.s_[20:180, 10:140], np.s_[20:180, 160:290]


def test_clipped_highlights_are_striped_and_counted(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(half_white()))
    stage.show(photo(1), "clipping")
    qtbot.waitUntil(lambda: stage.red(RIGHT))
    assert (stage.pixels()[LEFT] == 128).all(), "what is not clipped stays as it is"
    greens = stage.pixels()[RIGHT][..., 1]
    assert len(np.unique(greens)) == 2, "stripe and gap"
    assert (greens[40] != greens[40, 0]).any(), "along a row"
    assert (greens[:, 40] != greens[0, 40]).any(), "and down: diagonal"
    assert "highlights clipped: 50.0 %" in stage.legend
    assert "shadows clipped: none" in stage.legend


def test_highlights_and_shadows_differ_by_the_slope_of_their_stripes() -> None:
    """So they are told apart without colour."""

    def slope(paint: mark_layers.Paint) -> int:
        image = QImage(32, 32, QImage.Format.Format_RGB32)
        image.fill(QColor(128, 128, 128))
        painter = QPainter(image)
        painter.fillRect(image.rect(), paint(1))
        painter.end()
        bright = array(image).astype(int).sum(axis=2)
        bright = bright > bright.mean()
        rising = (bright[1:, :-1] == bright[:-1, 1:]).all()
        falling = (bright[1:, 1:] == bright[:-1, :-1]).all()
        assert rising != falling
        return 1 if rising else -1

    assert slope(mark_layers.highlights) == 1
    assert slope(mark_layers.shadows) == -1


@pytest.mark.parametrize("framing", [Framing(), Framing(1.0, 0.5, 0.5), Framing(3.0, 0.5, 0.3)])
def test_marks_follow_zoom_and_pan_exactly(qtbot: QtBot, stage: Stage, framing: Framing) -> None:
    stage.decoder.give(photo(1), picture(half_white()))
    stage.show(photo(1), "clipping")
    stage.rest(photo(1))
    stage.view.set_framing(framing)
    stage.view.pan(-17, 0)
    qtbot.waitUntil(lambda: bool(stage.view.marks))
    target = stage.view.target
    border = target.x() + target.width() // 2
    qtbot.waitUntil(lambda: bool((stage.pixels()[100, border:, 1] < 255).all()))
    assert (stage.pixels()[100, :border] == 128).all()


def test_edges_in_focus_wait_for_the_full_picture(qtbot: QtBot, stage: Stage) -> None:
    """A reduced copy of a blurred picture would look sharp."""
    pixels = flat()
    pixels[:, 300:] = 200
    stage.decoder.give(photo(1), picture(pixels), picture(pixels[::2, ::2], (600, 400)))
    stage.decoder.hold("full", photo(1))
    stage.show(photo(1), "peaking")
    qtbot.waitUntil(lambda: stage.view.frame is not None)
    assert "reading the full picture" in stage.legend
    assert stage.view.marks == ()
    stage.decoder.release("full", photo(1))
    qtbot.waitUntil(lambda: stage.legend == "edges in focus" and bool(stage.view.marks))
    pixels = stage.pixels()
    reds, greens = pixels[100, 145:155, 0], pixels[100, 145:155, 1]
    assert (reds - greens).max() > 80, "magenta"
    assert (pixels[20:180, :140] == 128).all()
    assert (pixels[20:180, 160:] == 200).all()


def test_nothing_in_focus_is_said(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(flat()))
    stage.show(photo(1), "peaking")
    qtbot.waitUntil(lambda: stage.legend == "no edge in focus")


def test_no_overlay_of_the_photo_before(qtbot: QtBot, stage: Stage) -> None:
    """Neither at once nor when it comes late."""
    stage.decoder.give(photo(1), picture(half_white()))
    stage.decoder.give(photo(2), picture(flat()))
    stage.show(photo(1), "clipping")
    qtbot.waitUntil(lambda: stage.red(RIGHT))
    stage.loupe.show_photo(photo(2))
    assert stage.view.marks == ()
    stage.loupe.show_photo(photo(1))
    stage.loupe.show_photo(photo(2))
    qtbot.waitUntil(lambda: "highlights clipped: none" in stage.legend)
    assert (stage.pixels()[RIGHT] == 128).all()
    qtbot.wait(50)  # whatever was under way for the other photo has been heard
    assert (stage.pixels()[RIGHT] == 128).all()


def test_a_file_with_new_content_is_measured_anew(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(half_white()))
    stage.show(photo(1), "clipping")
    qtbot.waitUntil(lambda: stage.red(RIGHT))
    stage.decoder.give(photo(1), picture(flat()))
    stage.loupe.show_photo(photo(1, identity=b"rewritten"))
    qtbot.waitUntil(lambda: "highlights clipped: none" in stage.legend)
    assert (stage.pixels()[RIGHT] == 128).all()


def test_the_better_picture_s_marks_replace_those_of_the_preview_without_a_gap(
    qtbot: QtBot, stage: Stage
) -> None:
    pixels = half_white()
    stage.decoder.give(photo(1), picture(pixels), picture(pixels[::2, ::2], (600, 400)))
    stage.decoder.hold("full", photo(1))
    stage.show(photo(1), "clipping")
    qtbot.waitUntil(lambda: bool(stage.view.marks))
    seen: list[bool] = []
    stage.view.frame_changed.connect(lambda: seen.append(bool(stage.view.marks)))
    stage.decoder.release("full", photo(1))
    stage.rest(photo(1))
    assert seen
    assert all(seen)


def test_the_legend_keeps_its_height_while_nothing_is_known(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(half_white()))
    stage.decoder.give(photo(2), picture(half_white()))
    stage.show(photo(1), "clipping", "peaking", "af_point")
    qtbot.waitUntil(lambda: "%" in stage.legend)
    height = stage.loupe.marks_legend.height()
    stage.decoder.hold("quick", photo(2))
    stage.decoder.hold("full", photo(2))
    stage.loupe.show_photo(photo(2))
    assert stage.view.frame is None
    assert stage.loupe.marks_legend.isVisible()
    assert stage.loupe.marks_legend.height() == height
    assert "%" not in stage.legend, "nor is the number of the other photo left there"


def test_blind_no_number_is_shown(qtbot: QtBot, stage: Stage) -> None:
    stage.blind = True
    stage.decoder.give(photo(1), picture(half_white()))
    stage.show(photo(1), "clipping")
    qtbot.waitUntil(lambda: stage.red(RIGHT))
    assert stage.legend == "highlights clipped, shadows clipped"


def test_a_missing_photo_promises_nothing(qtbot: QtBot, stage: Stage) -> None:
    stage.show(photo(1, state=State.MISSING), "clipping", "peaking", "af_point")
    qtbot.wait(20)
    assert stage.legend == "highlights clipped, shadows clipped, edges in focus, AF point"


def test_thirds_are_at_the_thirds(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(flat()))
    stage.show(photo(1), "thirds")
    stage.rest(photo(1))
    pixels = stage.pixels()
    for x in (100, 200):
        assert pixels[20, x].min() > 180
    for y in (round(200 / 3), round(400 / 3)):
        assert pixels[y, 20].min() > 180
    assert (pixels[20, 20] == 128).all()
    assert not stage.loupe.marks_legend.isVisible(), "they explain themselves"


def with_subject(path: Path, x: int, y: int) -> Photo:
    """A photo of 600 × 400 whose file says what was focused on."""
    exif = Image.Exif()
    exif[0x8769] = {0x9214: (x, y, 60, 40), 0xA002: 600, 0xA003: 400}
    file = io.BytesIO()
    Image.new("RGB", (600, 400), (128, 128, 128)).save(file, "JPEG", exif=exif)
    path.write_bytes(file.getvalue())
    return photo(1, path=path)


def test_the_af_point_is_bracketed(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    one = with_subject(tmp_path / "a.jpg", 150, 300)
    stage.decoder.give(one, picture(flat()))
    stage.show(one, "af_point")
    qtbot.waitUntil(lambda: stage.legend == "AF point" and bool(stage.view.marks))
    stage.rest(one)
    changed = np.argwhere((stage.pixels() != 128).any(axis=2))
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    assert abs((left + right) / 2 - 75) <= 1
    assert abs((top + bottom) / 2 - 150) <= 1
    assert (stage.pixels()[150, 75] == 128).all(), "the place itself is not covered"


def test_no_af_point_is_said(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(flat()))
    stage.show(photo(1), "af_point")
    qtbot.waitUntil(lambda: stage.legend == "no AF point recorded")


def sharp_at(region: Region, **changes: object) -> Photo:
    from dataclasses import replace

    one = photo(1, **changes)
    assert one.attributes is not None
    return replace(one, attributes=replace(one.attributes, sharpest=region))


def test_z_lands_on_the_sharpest_place(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(plain(90, 1200, 800)))
    stage.show(sharp_at(SHARPEST))
    stage.rest(photo(1))
    QTest.mouseMove(stage.view, QPoint(20, 20))
    QTest.keyClick(stage.view, Qt.Key.Key_Z)
    assert stage.view.zoom == 1.0
    assert (stage.view.framing.x, stage.view.framing.y) == pytest.approx((0.75, 0.25))
    QTest.keyClick(stage.view, Qt.Key.Key_Z)
    assert stage.view.fitted
    QTest.keyPress(stage.view, Qt.Key.Key_Space)
    assert (stage.view.framing.x, stage.view.framing.y) == pytest.approx((0.75, 0.25))
    QTest.keyRelease(stage.view, Qt.Key.Key_Space)
    assert stage.view.fitted


def test_where_the_camera_focused_comes_before_the_sharpest_place(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    one = with_subject(tmp_path / "a.jpg", 240, 160)
    one = sharp_at(SHARPEST, path=one.path)
    stage.decoder.give(one, picture(flat()))
    stage.show(one)
    stage.rest(one)
    qtbot.waitUntil(lambda: (stage.maker.areas(one, "test") or AfAreas((), None)).main is not None)
    QTest.keyClick(stage.view, Qt.Key.Key_Z)
    assert (stage.view.framing.x, stage.view.framing.y) == pytest.approx((0.4, 0.4))


def test_a_double_click_zooms_where_it_hits(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(plain(90, 1200, 800)))
    stage.show(sharp_at(SHARPEST))
    stage.rest(photo(1))
    QTest.mouseDClick(stage.view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    target = stage.view.target
    assert ((100 - target.x()) / 1200, (100 - target.y()) / 800) == pytest.approx((1 / 3, 0.5))


def test_zoom_and_place_stay_while_stepping_whatever_is_sharpest(
    qtbot: QtBot, stage: Stage
) -> None:
    from dataclasses import replace

    for n in (1, 2):
        stage.decoder.give(photo(n), picture(plain(90 + n, 1200, 800)))
    stage.show(sharp_at(SHARPEST))
    stage.rest(photo(1))
    QTest.keyClick(stage.view, Qt.Key.Key_Z)
    framing = stage.view.framing
    other = photo(2)
    assert other.attributes is not None
    away = replace(other.attributes, sharpest=Region(0.1, 0.8, 0.1, 0.1))
    stage.loupe.show_photo(replace(other, attributes=away))
    assert stage.view.framing == framing


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_stripes_are_as_wide_on_every_screen(ratio: float) -> None:
    """A quarter more pixels, a quarter wider: measured on a mask that covers everything."""
    layer = MaskLayer([np.full((40, 60), 255, np.uint8)], mark_layers.highlights)
    image = QImage(round(240 * ratio), round(160 * ratio), QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    painter = QPainter(image)
    layer.paint(painter, image.rect(), image.rect(), ratio)
    painter.end()
    row = array(image)[3, :, 1].astype(int)
    edges = np.count_nonzero(np.diff((row > row.mean()).astype(int)))
    assert abs(edges / 2 - 240 / 8) <= 1


def test_lines_stay_in_the_picture() -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0))
    painter = QPainter(image)
    Thirds().paint(painter, QRect(50, 10, 90, 60), image.rect(), 1.0)
    painter.end()
    lit = np.argwhere(array(image).max(axis=2) > 100)
    assert lit.min(axis=0).tolist() == [10, 50]
    assert lit.max(axis=0)[1] <= 140
    assert lit.max(axis=0)[0] <= 70


def test_no_frame_no_marks(qtbot: QtBot, stage: Stage) -> None:
    stage.decoder.give(photo(1), picture(half_white()))
    stage.show(photo(1), "clipping")
    qtbot.waitUntil(lambda: stage.red(RIGHT))
    stage.loupe.clear()
    assert stage.view.marks == ()


def test_a_view_without_overlays_paints_as_before(qtbot: QtBot) -> None:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    qtbot.waitExposed(view)
    view.show_frame(from_picture(picture(flat()), Grade.FULL))
    assert (array(view.grab().toImage()) == 128).all()


KEYS = {
    "clipping": (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier),
    "peaking": (Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier),
    "thirds": (Qt.Key.Key_O, Qt.KeyboardModifier.NoModifier),
    "af_point": (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
}


def test_keys_switch_them_in_every_large_view_and_a_restart_remembers(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        pixels = half_white()
        pixels[:, :100] = 60 * number
        Image.fromarray(pixels).save(folder / f"{number}.jpg", quality=95)
    with Store.open(tmp_path / "library.db") as store:
        window = make_window(qtbot, store)
        open_and_wait(qtbot, window, folder)
        actions = desk(window).actions_by_id
        assert not actions["clipping"].isEnabled(), "there is nothing to see of it in the grid"
        browser = window.browser
        browser.go_to(0)
        browser.show_loupe()
        for name, (key, held) in KEYS.items():
            QTest.keyClick(browser.loupe.view, key, held)
            assert actions[name].isChecked(), name
        # Two masks of clipping, peaking, thirds, and the answer that there is no AF point.
        qtbot.waitUntil(lambda: len(browser.loupe.view.marks) == 5, timeout=10_000)
        QTest.keyClick(browser.loupe.view, *KEYS["peaking"])
        assert "focus" not in browser.loupe.marks_legend.text
        assert browser.show_compare()
        for pane in browser.compare.panes:
            qtbot.waitUntil(lambda pane=pane: len(pane.view.marks) == 4, timeout=10_000)
        close(window)
        window = make_window(qtbot, store)
        checked = {name for name in KEYS if desk(window).actions_by_id[name].isChecked()}
        assert checked == {"clipping", "thirds", "af_point"}
        open_and_wait(qtbot, window, folder)
        window.browser.show_loupe()
        qtbot.waitUntil(lambda: len(window.browser.loupe.view.marks) == 4, timeout=10_000)
        close(window)
