"""The information panel: words, bars, histogram."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from gui.pictures import array, photo
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui.attribute_bars import MEANINGS, meaning
from uniqa_desktop.gui.histogram import Histogram, HistogramView, count
from uniqa_desktop.gui.info_panel import InfoPanel
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Measure, Meta, Place, Scores, State

META = Meta(
    taken=datetime(2026, 6, 14, 16, 3, 12),
    camera="NIKON Z 8",
    lens="Z 35mm f/1.8",
    shutter=1 / 250,
    aperture=2.8,
    iso=400,
    place=Place(47.3769, 8.5417),
    width=6000,
    height=4000,
)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[InfoPanel]:
    made = InfoPanel()
    qtbot.addWidget(made)
    made.resize(288, 700)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.stop()


def filled(colour: int, width: int = 60, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def shown(panel: InfoPanel) -> str:
    """All text that can be seen."""
    labels = panel.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible()).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_empty_it_says_what_to_do(panel: InfoPanel) -> None:
    assert shown(panel) == "Choose a photo to see what is known of it."
    panel.show_photo(photo())
    assert "Choose a photo" not in shown(panel)
    panel.show_photo(None)
    assert shown(panel) == "Choose a photo to see what is known of it."


def test_what_the_camera_wrote_is_there_and_what_it_did_not_is_not(panel: InfoPanel) -> None:
    panel.show_photo(photo(meta=META))
    text = shown(panel)
    for part in (
        "IMG_0001.JPG",
        "14 Jun 2026, 16:03:12",
        "NIKON Z 8",
        "Z 35mm f/1.8",
        "1/250 s · f/2.8 · ISO 400",
        "24.0 MP · 6000 × 4000",
        "47.3769° N, 8.5417° E",
    ):
        assert part in text
    panel.show_photo(photo(meta=Meta()))
    text = shown(panel)
    assert "no date in the file" in text
    for name in ("Camera", "Lens", "Exposure", "Size", "Place"):
        assert name not in text.splitlines()


def test_a_score_that_does_not_exist_is_said_not_shown_as_zero(panel: InfoPanel) -> None:
    panel.show_photo(photo())
    assert panel.quality.value.text() == "70"
    assert panel.aesthetics.value.text() == "–"
    assert panel.aesthetics.bar.value is None
    assert "no score with this model" in shown(panel)
    assert "Measured attributes (attributes-1)" in shown(panel)
    panel.show_photo(photo(scores=None, attributes=None))
    assert panel.quality.value.text() == "–"
    assert "not scored yet" in shown(panel)
    assert "attributes-1" not in shown(panel)
    assert panel.sentence.isHidden()
    panel.show_photo(photo(scores=Scores("learned-2", quality=0.0, aesthetics=55.0)))
    assert panel.quality.value.text() == "0"
    assert panel.aesthetics.value.text() == "55"


def test_each_attribute_has_value_bar_and_words(panel: InfoPanel) -> None:
    attributes = photo().attributes
    assert attributes is not None
    panel.show_photo(photo(attributes=replace(attributes, sharpness=Measure(82.4, 3.0))))
    row = panel.attributes.rows["sharpness"]
    assert row.value.text() == "82"
    assert row.bar.value == pytest.approx(82.4)
    assert row.words.text() == meaning("sharpness", 82.4)
    assert "82" in row.bar.accessibleName()
    assert row.words.text() in row.bar.accessibleName()


def test_meanings_cover_every_value_and_change_with_it() -> None:
    assert set(MEANINGS) == set(ATTRIBUTE_NAMES)
    for name in ATTRIBUTE_NAMES:
        said = [meaning(name, value) for value in range(101)]
        assert len(set(said)) >= 4
        assert all(said)
    assert meaning("sharpness", 15) == "soft everywhere: missed focus or shake"
    assert "clean" in meaning("noisiness", 0)


def test_files_and_their_sizes(panel: InfoPanel, qtbot: QtBot, tmp_path: Path) -> None:
    jpeg, raw = tmp_path / "a.jpg", tmp_path / "a.nef"
    jpeg.write_bytes(b"x" * 2_500_000)
    raw.write_bytes(b"x" * 4_000)
    panel.show_photo(photo(path=jpeg, companions=(raw,)))
    qtbot.waitUntil(lambda: "JPG 2.5 MB\nNEF 4 kB" in shown(panel))
    raw.unlink()
    panel.show_photo(photo(2, path=tmp_path / "gone.jpg", companions=(raw,)))
    qtbot.wait(150)
    assert "MB" not in shown(panel), "nothing of the last photo stays"


def test_trouble_with_the_file_is_told(panel: InfoPanel) -> None:
    panel.show_photo(
        photo(
            state=State.MISSING,
            failure="The picture ends in the middle.",
            meta=Meta(problem="The EXIF block is broken."),
        )
    )
    text = shown(panel)
    assert "not there at the moment" in text
    assert "The picture ends in the middle." in text
    assert "The EXIF block is broken." in text


def test_the_histogram_is_counted_from_the_picture(panel: InfoPanel, qtbot: QtBot) -> None:
    panel.show_photo(photo(), filled(0xFF102030))
    qtbot.waitUntil(lambda: panel.histogram._histogram is not None)
    assert panel.histogram._histogram == histogram_of(0x10, 0x20, 0x30, 2400)


def histogram_of(red: int, green: int, blue: int, n: int) -> Histogram:
    return Histogram(
        *(tuple(n if level == at else 0 for level in range(256)) for at in (red, green, blue))
    )


def test_no_histogram_of_the_last_photo_beside_the_next(panel: InfoPanel, qtbot: QtBot) -> None:
    panel.show_photo(photo(1), filled(0xFF102030))
    qtbot.waitUntil(lambda: panel.histogram._histogram is not None)
    panel.show_photo(photo(1, scores=None))
    assert panel.histogram._histogram is not None, "the same photo with newer scores"
    panel.show_photo(photo(2))
    assert panel.histogram._histogram is None


def test_counting_a_large_picture_samples_it_evenly() -> None:
    image = filled(0xFF000000, 3000, 2000)
    for y in range(1000):
        image.scanLine(y)[:] = bytes([255]) * (3000 * 4)
    counted = count(image)
    total = sum(counted.red)
    assert total <= 3 * 262_144
    assert counted.red[0] + counted.red[255] == total
    assert counted.red[255] / total == pytest.approx(0.5, abs=0.01)


def test_clipping_lights_the_corner_of_its_side(qtbot: QtBot) -> None:
    view = HistogramView()
    qtbot.addWidget(view)
    view.resize(200, 88)
    view.show_histogram(histogram_of(128, 128, 128, 100))
    view.show_clipping(0.0, 2.5)
    dark = array(view.grab().toImage())
    view.show_clipping(0.0, 0.0)
    plain = array(view.grab().toImage())
    differs = np.any(dark != plain, axis=2)
    assert differs[:12, -12:].any()
    assert not differs[:, :100].any()
    view.show_clipping(2.5, 0.0)
    assert "Shadows clipped 2.5 %" in view.accessibleDescription()


def test_clipping_is_written_in_percent(panel: InfoPanel) -> None:
    attributes = photo().attributes
    assert attributes is not None
    clipped = replace(attributes, clipped_shadows=0.02, clipped_highlights=2.13)
    panel.show_photo(photo(attributes=clipped))
    assert panel.shadows.text() == "< 0.1 % clipped"
    assert panel.highlights.text() == "2.1 % clipped"
    assert panel.highlights.accessibleName().startswith("Highlights")


def test_ctrl_c_copies_everything(panel: InfoPanel) -> None:
    panel.show_photo(photo(meta=META))
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("/photos/IMG_0001.JPG\n")
    assert "Camera: NIKON Z 8" in text
    assert "Quality: 70" in text
    assert "Aesthetics: – (no score with this model)" in text


def test_it_scrolls_when_short(panel: InfoPanel) -> None:
    panel.show_photo(photo(meta=META))
    panel.resize(288, 200)
    assert panel.verticalScrollBar().maximum() > 0
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_PageDown)
    assert panel.verticalScrollBar().value() > 0
    assert panel.horizontalScrollBar().maximum() == 0
