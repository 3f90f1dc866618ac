"""Taste in the real window, with the real worker: live learning, evidence, card, tastes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from drawing import draw_folder
from gui.test_window import close, current, desk, make_window, names, open_and_wait
from gui.test_window import press as press_one
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from uniqa_desktop import settings
from uniqa_desktop.gui import taste_work
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Provenance
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

PHOTOS = 14
STARS = (1, 5, 2, 5, 1, 4, 5, 2, 1, 5, 3, 4)
Key = Qt.Key
PATIENCE = 60_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def window(
    qtbot, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    """A window on a folder scored by the measured attributes, learning soon after a rating."""
    monkeypatch.setattr(taste_work, "REST_MS", 50)
    settings.save(replace(settings.load(), model="attributes-1"))
    draw_folder(tmp_path / "photos", PHOTOS)
    shown = make_window(qtbot, store)
    open_and_wait(qtbot, shown, tmp_path / "photos")
    yield shown
    close(shown)


def press(window: Window, *keys: Key) -> None:
    for key in keys:
        press_one(window, key)


def rate(window: Window, *stars: int) -> None:
    """Rates the first photos by the keyboard."""
    press(window, Key.Key_Home)
    for number in stars:
        press(window, Key(Key.Key_0 + number), Key.Key_Right)


def wait_learned(qtbot, window: Window, store: Store, ratings: int) -> None:
    def there() -> bool:
        version = store.tastes.current(store.tastes.profile(), "attributes-1")
        return (
            version is not None
            and version.card["n"] == ratings
            and not desk(window).work.worker.busy
        )

    qtbot.waitUntil(there, timeout=PATIENCE)
    QApplication.processEvents()


def offered(window: Window) -> list[str]:
    sort = desk(window).filter_bar.sort
    return [sort.itemData(row) for row in range(sort.count())]


def test_ratings_are_learned_when_one_pauses_and_the_order_waits(
    qtbot, window: Window, store: Store
) -> None:
    assert Sort.TASTE.value not in offered(window), "nothing was learned yet"
    before = names(window)
    rate(window, *STARS)
    wait_learned(qtbot, window, store, len(STARS))
    qtbot.waitUntil(lambda: Sort.TASTE.value in offered(window), timeout=PATIENCE)
    assert names(window) == before
    assert window.browser.current is not None
    qtbot.waitUntil(lambda: current(window).taste is not None, timeout=PATIENCE)
    assert desk(window).info.taste.value.text() != "–"

    bar = desk(window).filter_bar
    bar.sort.setCurrentIndex(bar.sort.findData(Sort.TASTE.value))
    by_taste = names(window)
    tastes = [photo.taste for row in range(PHOTOS) if (photo := window.browser.photos.photo(row))]
    assert tastes == sorted(tastes, key=lambda value: -(value or 0))
    qtbot.waitUntil(
        lambda: (
            "distinguishable" in desk(window).status.words.text()
            or "agrees" in desk(window).status.words.text()
        ),
        timeout=PATIENCE,
    )

    rate(window, 1, 1, 1, 1, 2, 2, 2, 4, 4, 4, 5, 5, 5, 5)
    qtbot.waitUntil(lambda: not bar.moved_notice.isHidden(), timeout=PATIENCE)
    assert names(window) == by_taste, "the order never jumps by itself"
    bar.moved_notice.click()
    assert names(window) != by_taste


def test_a_run_of_ratings_leaves_one_version(qtbot, window: Window, store: Store) -> None:
    for count in (2, 3, 4):
        rate(window, *STARS[:count])
        wait_learned(qtbot, window, store, count)
    assert len(store.tastes.versions(store.tastes.profile())) == 1


def test_undoing_a_rating_takes_it_out_of_what_was_learned(
    qtbot, window: Window, store: Store
) -> None:
    rate(window, *STARS[:6])
    wait_learned(qtbot, window, store, 6)
    press(window, Key.Key_Home)
    qtbot.keyClick(window.browser.grid, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_learned(qtbot, window, store, 5)


def test_the_panel_shows_rated_photos_as_evidence_and_goes_to_them(
    qtbot, window: Window, store: Store
) -> None:
    rate(window, *STARS)
    wait_learned(qtbot, window, store, len(STARS))
    strip = desk(window).info.evidence
    press(window, Key.Key_End)
    qtbot.waitUntil(lambda: not strip.isHidden(), timeout=PATIENCE)
    assert "Generic score" in strip.sum.text()
    assert strip.text in desk(window).info.text
    desk(window).info.set_blind(True)
    assert not strip.isVisible()


def test_a_preference_in_compare_is_evidence(qtbot, window: Window, store: Store) -> None:
    press(window, Key.Key_Home, Key.Key_C)
    champion, challenger = window.browser.compare.ids
    press(window, Key.Key_Up)
    found = store.opinions.choices()
    assert [(one.better, one.worse) for one in found] == [(challenger, champion)]
    assert found[0].given is Provenance.SCORE_VISIBLE
    qtbot.waitUntil(
        lambda: store.tastes.current(store.tastes.profile(), "attributes-1") is not None,
        timeout=PATIENCE,
    )


def wait_pairs(qtbot, window: Window, store: Store, pairs: int) -> None:
    """Until that many choices are learned from."""

    def there() -> bool:
        version = store.tastes.current(store.tastes.profile(), "attributes-1")
        return version is not None and version.card["pairs"] == pairs

    qtbot.waitUntil(there, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk(window).work.worker.busy, timeout=PATIENCE)
    QApplication.processEvents()


def test_a_preference_is_undone_redone_and_learned_from_each_time(
    qtbot, window: Window, store: Store
) -> None:
    press(window, Key.Key_Home, Key.Key_P, Key.Key_C)
    champion, challenger = window.browser.compare.ids
    better, worse = (store.photos.get([each])[0].path.name for each in (challenger, champion))
    press(window, Key.Key_Up)
    said = desk(window).status.words.text
    assert said() == f"{better} is preferred to {worse}"
    wait_pairs(qtbot, window, store, 1)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Key.Key_Z, ctrl)
    assert store.opinions.choices() == []
    assert said() == f"{better} is no longer preferred to {worse}"
    assert [one.photo for one in store.opinions.given()] == [champion], "the pick came before"
    wait_pairs(qtbot, window, store, 0)
    qtbot.keyClick(window, Key.Key_Z, ctrl | shift)
    assert [(one.better, one.worse) for one in store.opinions.choices()] == [(challenger, champion)]
    wait_pairs(qtbot, window, store, 1)


def test_the_history_tells_a_preference_and_takes_it_back(
    qtbot, window: Window, store: Store
) -> None:
    press(window, Key.Key_Home, Key.Key_P, Key.Key_C)
    champion, challenger = window.browser.compare.ids
    better, worse = (store.photos.get([each])[0].path.name for each in (challenger, champion))
    press(window, Key.Key_Up, Key.Key_G)
    desk(window).actions_by_id["history"].trigger()
    pane = desk(window).history
    qtbot.waitUntil(lambda: pane.list.count() == 3, timeout=PATIENCE)
    texts = [pane.list.item(row).text() for row in (1, 2)]
    assert texts[0].endswith(f"{better} over {worse}")
    assert "Picked" in texts[1]
    pane.list.setCurrentRow(1)
    states = [line.cells[1:] for line in pane.table.lines]
    assert states == [
        ("No choice", "Preferred", "Preferred"), ("No choice", "Not preferred", "Not preferred"),
    ]  # fmt: skip
    pane.before.click()
    assert store.opinions.choices() == []
    qtbot.waitUntil(lambda: pane.list.count() == 4, timeout=PATIENCE)
    assert pane.list.item(1).text().endswith(f"No longer {better} over {worse}")
    qtbot.keyClick(window.browser.grid, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(store.opinions.choices()) == 1, "the way back can be undone as well"


def test_the_card_says_what_is_known_and_what_not(qtbot, window: Window, store: Store) -> None:
    part = desk(window).taste
    part.taste_status()
    card = part.dialog.card
    qtbot.waitUntil(lambda: card.title.text() == "My taste", timeout=PATIENCE)
    assert "Too few ratings" in card.verdict.text()
    assert card.basis.text().startswith("0 ratings")
    assert not card.curve.accessibleName().startswith("Learning curve, ")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rate(window, *STARS)
    wait_learned(qtbot, window, store, len(STARS))
    qtbot.waitUntil(lambda: card.basis.text().startswith("12 ratings"), timeout=PATIENCE)
    assert card.rows["generic"][0].text() != "–"
    part.dialog.close()


def test_photos_can_be_scored_again_where_nothing_can_be_learned(
    qtbot, window: Window, store: Store
) -> None:
    part = desk(window).taste
    part.taste_status()
    qtbot.waitUntil(lambda: bool(part.dialog.card.title.text()), timeout=PATIENCE)
    assert not part.dialog.encode.isVisible()
    part.learning.refused.emit("The photos were scored with other weights.")
    assert part.dialog.said.text() == "The photos were scored with other weights."
    scored = []
    desk(window).work.worker.finished.connect(
        lambda order, report: scored.append(report.scored) if order.job == "score" else None
    )
    part.dialog.encode.click()
    qtbot.waitUntil(lambda: scored == [PHOTOS], timeout=PATIENCE)
    part.dialog.close()
    qtbot.waitUntil(lambda: not desk(window).work.worker.busy, timeout=PATIENCE)
