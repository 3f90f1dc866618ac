"""Heat map, cues, standing and search in the real window, with the real worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_models as tiny
from drawing import draw_folder
from gui.test_window import close, current, desk, make_window, names, open_and_wait, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from uniqa_desktop import settings
from uniqa_desktop.gui.window import Window
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import Verdict
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

PHOTOS = 6
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, PHOTOS)
    (folder / "Z_broken.jpg").write_bytes(b"not a picture")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def vit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a model with words."""
    return tiny.save(tmp_path_factory.mktemp("weights") / "vit.pt", tiny.vit_arrays())


@pytest.fixture
def measured(qtbot, store: Store, folder: Path) -> Iterator[Window]:
    """A window on the folder, scored by the measured attributes."""
    settings.save(replace(settings.load(), model="attributes-1"))
    window = make_window(qtbot, store)
    open_and_wait(qtbot, window, folder)
    yield window
    close(window)


@pytest.fixture
def learned(qtbot, store: Store, folder: Path, vit: Path) -> Iterator[Window]:
    """The same, scored by a model with words."""
    Models().install(vit, model_id="tiny")
    Models().use("tiny")
    window = make_window(qtbot, store)
    open_and_wait(qtbot, window, folder)
    yield window
    close(window)


def in_loupe(qtbot, window: Window) -> None:
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: window.browser.loupe.view.frame is not None)


def test_k_shows_where_the_photo_is_sharp_and_hides_it_again(qtbot, measured: Window) -> None:
    in_loupe(qtbot, measured)
    loupe = measured.browser.loupe
    assert loupe.legend.isHidden()
    press(measured, Key.Key_K)
    assert "Looking" in loupe.legend.text
    qtbot.waitUntil(lambda: loupe.view.layer is not None, timeout=PATIENCE)
    assert "sharp" in loupe.legend.text
    press(measured, Key.Key_K)
    assert loupe.view.layer is None
    assert loupe.legend.isHidden()


def test_a_heat_map_never_lies_over_another_photo(qtbot, measured: Window) -> None:
    in_loupe(qtbot, measured)
    loupe = measured.browser.loupe
    press(measured, Key.Key_K)
    qtbot.waitUntil(lambda: loupe.view.layer is not None, timeout=PATIENCE)
    first = loupe.view.layer
    press(measured, Key.Key_Right)
    assert loupe.view.layer is None
    qtbot.waitUntil(lambda: loupe.view.layer is not None, timeout=PATIENCE)
    assert loupe.view.layer is not first
    # An answer that comes late, to a question about the photo before:
    heat = desk(measured).heat
    wanted = heat._wanted
    assert wanted is not None
    press(measured, Key.Key_Right)
    assert first is not None
    desk(measured).work.worker.answered.emit(wanted, replace(first.map, done=0.5))
    assert loupe.view.layer is None
    press(measured, Key.Key_Left)
    assert loupe.view.layer is not None, "the finished one was kept"


def test_a_photo_without_its_file_says_why_it_has_no_map(
    qtbot, measured: Window, folder: Path
) -> None:
    press(measured, Key.Key_Home)
    in_loupe(qtbot, measured)
    loupe = measured.browser.loupe
    current(measured).path.unlink()
    press(measured, Key.Key_K)
    qtbot.waitUntil(lambda: "is gone" in loupe.legend.text, timeout=PATIENCE)
    assert loupe.view.layer is None


def test_the_sentence_is_below_the_picture_and_in_the_panel(qtbot, measured: Window) -> None:
    press(measured, Key.Key_Right)
    in_loupe(qtbot, measured)
    sentence = measured.browser.loupe.caption.sentence.text()
    assert sentence.endswith(".")
    assert desk(measured).info.sentence.text() == sentence


def test_the_panel_says_where_the_score_stands(qtbot, measured: Window) -> None:
    panel = desk(measured).info
    said: set[str] = set()
    press(measured, Key.Key_Home)
    qtbot.waitUntil(lambda: panel.quality.words.text() != "", timeout=PATIENCE)
    for _ in range(PHOTOS + 1):
        photo = current(measured)
        if photo.scores is not None:
            said.add(panel.quality.words.text())
            assert photo.scores.quality_raw is not None
            assert f"{abs(photo.scores.quality_raw):.3f}" in panel.quality.raw.text()
        press(measured, Key.Key_Right)
    assert "the best of this folder" in said
    assert "the lowest of this folder" in said
    assert any(text.startswith("better than") for text in said)
    assert panel.cues.isHidden(), "this model sees nothing: it measures"


def test_a_model_without_words_says_so_and_offers_names(qtbot, measured: Window) -> None:
    bar = desk(measured).search_bar
    press(measured, Key.Key_K, CTRL)
    assert bar.isVisible()
    assert "knows no words" in bar.said.text()
    assert not bar.field.isVisible()
    QTest.mouseClick(bar.names, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert QApplication.focusWidget() is desk(measured).filter_bar.search


def test_words_typed_for_a_model_without_words_are_no_verdicts(qtbot, measured: Window) -> None:
    press(measured, Key.Key_K, CTRL)
    search = desk(measured).filter_bar.search
    assert QApplication.focusWidget() is search
    QTest.keyClicks(search, "xp5")
    assert search.text() == "xp5"
    assert measured.browser.currentWidget() is measured.browser.grid
    search.clear()
    photos = map(measured.browser.photos.photo, range(measured.browser.photos.rowCount()))
    assert all(photo is not None and photo.verdict == Verdict() for photo in photos)


def test_a_model_without_features_says_so(qtbot, measured: Window) -> None:
    before = names(measured)
    press(measured, Key.Key_L, CTRL)
    bar = desk(measured).search_bar
    qtbot.waitUntil(lambda: "cannot compare" in bar.said.text(), timeout=PATIENCE)
    assert names(measured) == before
    press(measured, Key.Key_Escape)
    assert bar.isHidden()


@tiny.needs_torch
def test_more_like_this_orders_by_likeness_and_escape_goes_back(
    qtbot, learned: Window, store: Store
) -> None:
    bar, shoot = desk(learned).search_bar, desk(learned).filter_bar
    before = names(learned)
    photo = learned.browser.photos.photo(3)
    assert photo is not None
    learned.browser.go_to(3)
    press(learned, Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "most alike first" in bar.said.text(), timeout=PATIENCE)
    assert photo.path.stem in bar.title.text()
    found = names(learned)
    assert found[0] == photo.path.name, "nothing is more like a photo than itself"
    assert sorted(found) == sorted(set(before) - {"Z_broken.jpg"})
    assert learned.browser.row == 0
    assert "6 photos" in bar.said.text()
    assert not bar.score.isVisible(), "what cannot be read cannot be scored"
    assert not shoot.hidden.isVisible()
    press(learned, Key.Key_Right)
    press(learned, Key.Key_P)
    assert names(learned) == found, "a verdict moves nothing"
    press(learned, Key.Key_Escape)
    assert bar.isHidden()
    assert names(learned) == before
    assert current(learned).id == photo.id


@tiny.needs_torch
def test_filters_and_another_order_during_a_search(qtbot, learned: Window) -> None:
    bar, filters = desk(learned).search_bar, desk(learned).filter_bar
    press(learned, Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "most alike first" in bar.said.text(), timeout=PATIENCE)
    found = names(learned)
    filters.search.setText(found[2])
    qtbot.waitUntil(lambda: names(learned) == [found[2]])
    assert filters.hidden.text() == f"{PHOTOS} hidden"
    filters.search.clear()
    qtbot.waitUntil(lambda: names(learned) == found)
    filters.sort.setCurrentIndex(filters.sort.findData(Sort.QUALITY.value))
    assert bar.isHidden(), "another order was asked for"
    assert len(names(learned)) == PHOTOS + 1


@tiny.needs_torch
def test_photos_without_features_are_counted_and_can_be_scored(
    qtbot, learned: Window, store: Store, folder: Path
) -> None:
    photo = learned.browser.photos.photo(2)
    assert photo is not None
    with store._session.writing() as db:
        db.execute("DELETE FROM features WHERE photo = ?", (photo.id,))
    bar = desk(learned).search_bar
    press(learned, Key.Key_Home)
    press(learned, Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: "5 photos" in bar.said.text(), timeout=PATIENCE)
    assert bar.without.text() == "1 photo has no features yet"
    assert bar.score.isVisible()


@tiny.needs_torch
def test_words_heat_map_and_cues_with_a_model_that_has_them(qtbot, learned: Window) -> None:
    bar, panel, worker = (
        desk(learned).search_bar,
        desk(learned).info,
        desk(learned).work.worker,
    )
    qtbot.waitUntil(panel.cues.isVisible, timeout=PATIENCE)
    assert panel.cues.values["sharpness"].text().endswith("%")
    assert "ATTIQA-style cues" in panel.text
    assert panel.model.text() == "tiny (ViT 2×64/16)"
    press(learned, Key.Key_K, CTRL)
    assert QApplication.focusWidget() is bar.field
    QTest.keyClicks(bar.field, "sunset on the beach")
    press(learned, Key.Key_Return)
    qtbot.waitUntil(lambda: "most alike first" in bar.said.text(), timeout=PATIENCE)
    assert bar.field.text() == "sunset on the beach"
    assert QApplication.focusWidget() is learned.browser.grid
    assert len(names(learned)) == PHOTOS
    in_loupe(qtbot, learned)
    loupe = learned.browser.loupe
    press(learned, Key.Key_K)
    qtbot.waitUntil(lambda: "raises quality" in loupe.legend.text, timeout=PATIENCE)
    assert loupe.view.layer is not None
    assert loupe.view.layer.map.done == 1
    assert not worker.busy
