"""Sidecars, export, trash and history in the real window; files and library agree with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from drawing import draw_folder
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from uniqa_desktop import atomic, settings
from uniqa_desktop.export import plan
from uniqa_desktop.export.journal import Journal
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.export_dialog import ExportDialog
from uniqa_desktop.gui.sidecar_dialog import SidecarDialog
from uniqa_desktop.gui.sidecar_preview import SidecarPreview
from uniqa_desktop.gui.trash_dialog import TrashDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.photo import Flag, Verdict
from uniqa_desktop.store import Store
from uniqa_desktop.xmp import sidecar

PHOTOS = 6
Key = Qt.Key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    draw_folder(folder, PHOTOS)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def window(qtbot, store: Store, folder: Path) -> Iterator[Window]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    settings.save(settings.Settings(model="attributes-1"))
    shown = Window(store)
    shown.resize(1200, 800)
    shown.show()
    qtbot.waitUntil(lambda: shown.desk is not None, timeout=10_000)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow, timeout=10_000)
    ended: list[bool] = []
    desk(shown).work.ended.connect(lambda: ended.append(True))
    shown.open(folder)
    qtbot.waitUntil(lambda: bool(ended), timeout=30_000)
    shown.browser.take_focus()
    yield shown
    shown.close()
    shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def bin_(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands for the system's trash: the real one belongs to whoever runs the tests."""
    thrown: list[Path] = []

    def send2trash(path: Path) -> None:
        thrown.append(path)
        path.unlink()

    monkeypatch.setitem(sys.modules, "send2trash", SimpleNamespace(send2trash=send2trash))
    return thrown


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def in_front(window: Window) -> QWidget:
    view = window.browser.currentWidget()
    assert view is not None
    return view


def press(window: Window, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(in_front(window), key)
    QApplication.processEvents()


def path_at(window: Window, row: int) -> Path:
    photo = window.browser.photos.photo(row)
    assert photo is not None
    return photo.path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Sidecars


def test_the_first_verdict_asks_and_nothing_is_written_before_the_answer(
    qtbot, window: Window, folder: Path
) -> None:
    before = names(folder)
    sidecars = desk(window).sidecars
    assert not sidecars.bar.isVisible()
    press(window, Key.Key_4)
    assert sidecars.bar.isVisible()
    assert not sidecars.writer.finish(10).any
    assert names(folder) == before
    QTest.mouseClick(sidecars.bar.buttons["darktable"], Qt.MouseButton.LeftButton)
    assert not sidecars.bar.isVisible()
    assert settings.load().sidecars == "darktable"
    first = path_at(window, 0)
    beside = first.with_name(f"{first.name}.xmp")
    qtbot.waitUntil(beside.exists, timeout=10_000)
    press(window, Key.Key_X)
    assert not sidecars.writer.finish(10).any
    assert sidecar.look(beside).fields.rating == -1
    desk(window).undo()
    assert not sidecars.writer.finish(10).any
    assert sidecar.look(beside).fields.rating == 4
    assert names(folder) == sorted([*before, beside.name])


def test_keeping_verdicts_here_is_not_asked_about_again(window: Window, folder: Path) -> None:
    before = names(folder)
    press(window, Key.Key_P)
    QTest.mouseClick(desk(window).sidecars.bar.buttons["off"], Qt.MouseButton.LeftButton)
    press(window, Key.Key_5)
    assert not desk(window).sidecars.bar.isVisible()
    assert not desk(window).sidecars.writer.finish(10).any
    assert names(folder) == before


def test_the_menu_says_which_sidecars_are_written(window: Window) -> None:
    actions = desk(window).actions_by_id
    assert not any(actions[f"sidecars_{name}"].isChecked() for name in ("lightroom", "off"))
    actions["sidecars_both"].trigger()
    assert settings.load().sidecars == "both"
    assert actions["sidecars_both"].isChecked()


def test_closing_is_refused_while_sidecars_cannot_be_written(
    qtbot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = atomic.write_bytes
    asked: list[str] = []

    def never(path: Path, data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    def answer(role: QMessageBox.ButtonRole):
        def choose(dialog: QMessageBox) -> int:
            asked.append(dialog.text() + dialog.informativeText())
            (button,) = [each for each in dialog.buttons() if dialog.buttonRole(each) is role]
            button.click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", choose)

    actions = desk(window).actions_by_id
    actions["sidecars_lightroom"].trigger()
    monkeypatch.setattr(atomic, "write_bytes", never)
    press(window, Key.Key_4)
    unsaved = desk(window).sidecars.unsaved
    qtbot.waitUntil(unsaved.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: "Permission denied" in unsaved.toolTip(), timeout=10_000)
    answer(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    assert "Permission denied" in asked[0]
    assert "safe in the library" in asked[0]
    monkeypatch.setattr(atomic, "write_bytes", write)
    answer(QMessageBox.ButtonRole.AcceptRole)
    beside = path_at(window, 0).with_suffix(".xmp")
    assert window.close()
    assert sidecar.look(beside).fields.rating == 4


def test_what_another_program_wrote_is_offered_and_taken_as_one_act(
    qtbot, window: Window, store: Store, folder: Path
) -> None:
    sidecars = desk(window).sidecars
    desk(window).actions_by_id["sidecars_lightroom"].trigger()
    for row, key in ((0, Key.Key_4), (1, Key.Key_3)):
        window.browser.go_to(row)
        press(window, key)
    sidecars.writer.finish(10)
    photos = [path_at(window, row) for row in (0, 1)]
    for photo, (old, new) in zip(photos, ((4, 1), (3, 2)), strict=True):
        beside = photo.with_suffix(".xmp")
        written = beside.read_bytes()
        for form in (b'xmp:Rating="%d"', b"<xmp:Rating>%d<"):
            written = written.replace(form % old, form % new)
        beside.write_bytes(written)
        assert sidecar.look(beside).fields.rating == new
    desk(window).rescan()
    qtbot.waitUntil(sidecars.review_bar.isVisible, timeout=20_000)
    assert sidecars.review_bar.text == "2 sidecars were changed by another program."
    QTest.mouseClick(sidecars.review_bar.buttons["review"], Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(SidecarDialog)
    star = "\N{BLACK STAR}"
    assert [line.cells[1] for line in dialog.table.lines] == [star * 4, star * 3]
    assert [line.cells[3] for line in dialog.table.lines] == [star, star * 2]
    dialog.theirs.click()
    dialog.table.selectRow(1)
    dialog.mine.click()
    assert [line.cells[5] for line in dialog.table.lines] == ["The sidecar's", "The library's"]
    dialog.row.go.click()
    numbers = [number for path in photos if (number := store.photos.by_path(path))]

    def stars() -> list[int]:
        return [photo.verdict.stars for photo in store.photos.get(numbers)]

    qtbot.waitUntil(lambda: stars() == [1, 3], timeout=10_000)
    qtbot.waitUntil(lambda: not desk(window).work.worker.busy, timeout=10_000)
    assert not sidecars.writer.finish(10).any
    ratings = [sidecar.look(photo.with_suffix(".xmp")).fields.rating for photo in photos]
    assert ratings == [1, 3]
    desk(window).undo()
    assert stars() == [4, 3]
    desk(window).read_sidecars()
    qtbot.waitUntil(
        lambda: "No sidecar states another" in desk(window).status.words.text(), timeout=20_000
    )


def test_what_would_be_written_is_shown_first(qtbot, window: Window, folder: Path) -> None:
    desk(window).write_sidecars()
    assert desk(window).sidecars.bar.isVisible(), "the question comes before the preview"
    desk(window).sidecars.bar.buttons["lightroom"].click()
    desk(window).write_sidecars()
    qtbot.waitUntil(lambda: bool(window.findChildren(SidecarPreview)), timeout=20_000)
    (dialog,) = window.findChildren(SidecarPreview)
    assert dialog.table.lines == []
    assert not dialog.row.go.isVisible()
    assert not list(folder.glob("*.xmp"))


# Export


def export_dialog(qtbot, window: Window) -> ExportDialog:
    desk(window).export_photos()
    (dialog,) = window.findChildren(ExportDialog)
    return dialog


def picks(window: Window, *rows: int) -> list[Path]:
    for row in rows:
        window.browser.go_to(row)
        press(window, Key.Key_P)
    return [path_at(window, row) for row in rows]


def test_picks_are_copied_and_what_happens_is_said_before(
    qtbot, window: Window, folder: Path, tmp_path: Path
) -> None:
    chosen = picks(window, 1, 3)
    dialog = export_dialog(qtbot, window)
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    assert "2" in dialog.row.go.text()
    target = tmp_path / "out"
    dialog.target.setText(str(target))
    assert not dialog.row.go.isEnabled(), "an old plan is never carried out"
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    assert [line.cells[0] for line in dialog.table.lines] == [path.name for path in chosen]
    assert not target.exists()
    dialog.row.go.click()
    qtbot.waitUntil(dialog.open_button.isVisible, timeout=10_000)
    assert names(target) == [path.name for path in chosen]
    assert all(path.exists() for path in chosen)
    assert "2 photos were copied" in dialog.title.text()


def test_moving_needs_its_tick_and_takes_the_originals_away(
    qtbot, window: Window, tmp_path: Path
) -> None:
    (chosen,) = picks(window, 2)
    dialog = export_dialog(qtbot, window)
    target = tmp_path / "out"
    dialog.target.setText(str(target))
    dialog.move_box.setChecked(True)
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    assert "Move" in dialog.row.go.text()
    dialog.row.go.click()
    qtbot.waitUntil(dialog.open_button.isVisible, timeout=10_000)
    assert not chosen.exists()
    assert names(target) == [chosen.name]
    qtbot.waitUntil(lambda: window.browser.photos.rowCount() == PHOTOS - 1, timeout=10_000)


def test_what_is_held_back_is_listed_with_its_reason(qtbot, window: Window, folder: Path) -> None:
    picks(window, 0)
    dialog = export_dialog(qtbot, window)
    dialog.target.setText(str(folder))
    qtbot.waitUntil(lambda: "held back" in dialog.row.said.text(), timeout=10_000)
    assert not dialog.row.go.isEnabled()
    assert "in the target already" in dialog.table.lines[0].cells[1]


def test_a_table_and_a_report_come_out_of_the_same_dialog(
    qtbot, window: Window, tmp_path: Path
) -> None:
    dialog = export_dialog(qtbot, window)
    dialog.what.setCurrentIndex(2)
    dialog.form.setCurrentIndex(2)
    dialog.target.setText(str(tmp_path / "all.json"))
    assert not dialog.move_box.isEnabled()
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    dialog.row.go.click()
    qtbot.waitUntil((tmp_path / "all.json").exists, timeout=10_000)
    qtbot.waitUntil(dialog.open_button.isVisible, timeout=10_000)
    assert len(json.loads((tmp_path / "all.json").read_text())) == PHOTOS
    dialog.form.setCurrentIndex(3)
    dialog.target.setText(str(tmp_path / "report"))
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    dialog.row.go.click()
    qtbot.waitUntil((tmp_path / "report" / "index.html").exists, timeout=10_000)
    qtbot.waitUntil(dialog.open_button.isVisible, timeout=10_000)


def test_a_target_that_cannot_be_made_is_one_sentence(
    qtbot, window: Window, tmp_path: Path
) -> None:
    picks(window, 0)
    dialog = export_dialog(qtbot, window)
    (tmp_path / "file").write_text("x")
    dialog.target.setText(str(tmp_path / "file" / "below"))
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    dialog.row.go.click()
    qtbot.waitUntil(lambda: "cannot be made" in dialog.row.said.text(), timeout=10_000)
    dialog.target.setText("")
    qtbot.waitUntil(lambda: "Say where to" in dialog.row.said.text(), timeout=10_000)


def test_a_killed_export_is_put_right_and_told(qtbot, window: Window, store, tmp_path) -> None:
    photo = window.browser.photos.photo(0)
    assert photo is not None
    planned = plan.make([photo], tmp_path / "out")
    journal = Journal(planned)
    journal.begin(0)
    journal.leave()
    desk(window).output.recover()
    status = desk(window).status
    qtbot.waitUntil(lambda: "taken back" in status.words.text(), timeout=10_000)
    assert photo.path.exists()


# Trash


def test_rejects_go_to_the_trash_only_after_the_list_and_the_button(
    qtbot, window: Window, store: Store, bin_: list[Path]
) -> None:
    rejected = [path_at(window, row) for row in (0, 4)]
    for row in (0, 4):
        window.browser.go_to(row)
        press(window, Key.Key_X)
    QTest.keyClick(in_front(window), Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    QTest.keyRelease(in_front(window), Key.Key_Control)  # else it counts as held
    (dialog,) = window.findChildren(TrashDialog)
    qtbot.waitUntil(dialog.row.go.isVisible, timeout=10_000)
    assert dialog.row.go.text() == "Move 2 photos to the trash"
    assert bin_ == []
    # The list is not trusted: what is not rejected any more stays.
    number = store.photos.by_path(rejected[1])
    assert number is not None
    desk(window).verdicts.give([number], flag="pick")
    dialog.row.go.click()
    qtbot.waitUntil(lambda: "1 stayed" in dialog.title.text(), timeout=10_000)
    assert bin_ == [rejected[0]]
    assert rejected[1].exists()
    assert [line.cells[0] for line in dialog.table.lines] == [rejected[1].name]
    assert "not rejected" in dialog.table.lines[0].cells[3]
    qtbot.waitUntil(lambda: window.browser.photos.rowCount() == PHOTOS - 1, timeout=10_000)
    (gone,) = store.photos.get([number for number in [store.photos.by_path(rejected[0])] if number])
    assert gone.verdict.flag is Flag.REJECT


def test_without_rejects_there_is_no_button(qtbot, window: Window, bin_: list[Path]) -> None:
    desk(window).trash_rejects()
    (dialog,) = window.findChildren(TrashDialog)
    qtbot.waitUntil(lambda: "No photo" in dialog.title.text(), timeout=10_000)
    assert not dialog.row.go.isVisible()


# History


def test_the_history_brings_back_any_state_as_a_new_act(
    qtbot, window: Window, store: Store
) -> None:
    window.browser.go_to(1)
    press(window, Key.Key_P, Key.Key_3, Key.Key_X)
    desk(window).actions_by_id["history"].trigger()
    pane = desk(window).history
    name = path_at(window, 1).name
    acts = [pane.list.item(row).text() for row in range(pane.list.count())]
    assert acts[0] == "Today"
    assert [text.split("  ", 1)[1] for text in acts[1:]] == [
        f"Rejected {name}",
        f"\N{BLACK STAR}\N{BLACK STAR}\N{BLACK STAR} for {name}",
        f"Picked {name}",
    ]
    assert pane.table.lines[0].cells[1:] == (
        "Picked · \N{BLACK STAR}\N{BLACK STAR}\N{BLACK STAR}",
        "Rejected · \N{BLACK STAR}\N{BLACK STAR}\N{BLACK STAR}",
        "Rejected · \N{BLACK STAR}\N{BLACK STAR}\N{BLACK STAR}",
    )
    pane.list.setCurrentRow(3)
    pane.after.click()
    number = store.photos.by_path(path_at(window, 1))
    assert number is not None
    assert store.photos.get([number])[0].verdict == Verdict(Flag.PICK)
    desk(window).undo()
    assert store.photos.get([number])[0].verdict == Verdict(Flag.REJECT, 3)
    qtbot.waitUntil(lambda: "(undone)" in pane.list.item(1).text(), timeout=10_000)


def test_a_double_click_in_the_history_goes_to_the_photo(qtbot, window: Window) -> None:
    window.browser.go_to(4)
    press(window, Key.Key_P)
    window.browser.go_to(0)
    desk(window).actions_by_id["history"].trigger()
    pane = desk(window).history
    pane.table.activated.emit(pane.table.model().index(0, 0))
    assert window.browser.row == 4


def test_opening_another_folder_does_not_break_an_export_off(
    qtbot, window: Window, tmp_path: Path
) -> None:
    chosen = picks(window, 0, 1, 2)
    dialog = export_dialog(qtbot, window)
    target = tmp_path / "out"
    dialog.target.setText(str(target))
    qtbot.waitUntil(dialog.row.go.isEnabled, timeout=10_000)
    worker = desk(window).work.worker
    worker.pause(True)
    dialog.row.go.click()
    other = tmp_path / "other"
    draw_folder(other, 1)
    window.open(other)
    worker.pause(False)
    qtbot.waitUntil(dialog.open_button.isVisible, timeout=20_000)
    assert names(target) == [path.name for path in chosen]
    qtbot.waitUntil(lambda: not worker.busy, timeout=20_000)
