"""The Models dialog in the real window, with the real worker and a tiny model."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_models as tiny
from drawing import draw_folder
from file_server import FileServer, put_on_hub
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from uniqa_desktop import paths, settings, weights
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.desk import Desk
from uniqa_desktop.gui.models_dialog import ModelsDialog
from uniqa_desktop.gui.window import Window
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import Photo
from uniqa_desktop.query import Sort
from uniqa_desktop.store import Store

pytestmark = tiny.needs_torch

PHOTOS = 5


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("files") / "tiny.pt", tiny.vit_arrays())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draw_folder(tmp_path / "photos", PHOTOS)
    return tmp_path / "photos"


@pytest.fixture
def window(qtbot, tmp_path: Path) -> Iterator[Window]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "dark")
    with Store.open(tmp_path / "library.db") as store:
        shown = Window(store)
        shown.resize(1200, 800)
        shown.show()
        qtbot.waitUntil(lambda: shown.desk is not None, timeout=10_000)
        shown.browser.show_welcome()
        yield shown
        shown.close()
        shown.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def dialog(window: Window) -> ModelsDialog:
    desk(window).actions_by_id["models"].trigger()
    return desk(window).model_desk.dialog


@pytest.fixture
def hub(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A hub with the tiny model, before there is a window."""
    with FileServer(file.read_bytes(), "tiny.pt") as server:
        put_on_hub(server, monkeypatch)
        yield server


def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def ids(dialog: ModelsDialog) -> list[str]:
    return [row.id for row in dialog._rows]


def press(button: QPushButton) -> None:
    assert button.isEnabled()
    assert not button.isHidden()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def idle(qtbot, dialog: ModelsDialog) -> None:
    """Waits until nothing is under way and the dialog shows it."""
    qtbot.waitUntil(lambda: dialog._work.doing is None, timeout=60_000)
    qtbot.waitUntil(lambda: not dialog._soon.isActive(), timeout=5_000)


def install(qtbot, dialog: ModelsDialog, file: Path, name: str = "my-clip") -> None:
    dialog.choose("")
    dialog.page.name.setText(name)
    dialog.install(file)
    idle(qtbot, dialog)


def photos(window: Window) -> list[Photo]:
    model = window.browser.photos
    return [photo for row in range(model.rowCount()) if (photo := model.photo(row))]


def worked(qtbot, window: Window) -> None:
    qtbot.waitUntil(lambda: not desk(window).work.worker.busy, timeout=60_000)
    qtbot.wait(20)


def test_it_lists_what_is_known_and_opens_on_the_one_in_use(dialog: ModelsDialog) -> None:
    assert dialog.isVisible()
    assert ids(dialog) == [*(row.id for row in weights.MODELS), ""]
    assert dialog.chosen.in_use
    assert not dialog.use.isEnabled()
    assert dialog.from_file.isHidden(), "what is built in takes no file"


def test_the_licence_is_shown_and_has_to_be_accepted(dialog: ModelsDialog) -> None:
    dialog.choose("uniqa-vitb16")
    assert weights.UNIQA.summary in dialog.page.licence.text()
    assert weights.UNIQA.link in dialog.page.licence.text()
    assert weights.get("uniqa-vitb16").source in dialog.page.source.text()
    assert dialog.get.isHidden(), "its authors hand it out by browser only"
    assert not dialog.from_file.isEnabled()
    dialog.install(Path("UniQA_weight.pt"))
    assert "accept it" in dialog.note.text()
    dialog.page.accept.setChecked(True)
    assert dialog.from_file.isEnabled()
    dialog.choose("clip-rn50")
    assert dialog.page.accept.isHidden()
    dialog.choose("uniqa-vitb16")
    assert not dialog.page.accept.isChecked(), "it was accepted for another look only"


def test_from_a_file_to_scores(
    qtbot, window: Window, dialog: ModelsDialog, file: Path, folder: Path
) -> None:
    dialog.choose("attributes-1")
    press(dialog.use)
    window.open(folder)
    worked(qtbot, window)
    bar = desk(window).filter_bar
    assert bar.sort.findData(Sort.AESTHETICS) < 0
    measured = [photo.scores for photo in photos(window)]
    install(qtbot, dialog, file)
    assert "is installed" in dialog.note.text() or "my-clip" in ids(dialog)
    dialog.choose("my-clip")
    assert dialog.page.hash.text()
    press(dialog.use)
    assert settings.load().model == "my-clip"
    assert bar.sort.findData(Sort.AESTHETICS) >= 0
    assert all(photo.scores is None or photo.scores.quality is None for photo in photos(window))
    idle(qtbot, dialog)
    assert f"{PHOTOS} photos of this folder" in dialog.note.text()
    assert desk(window).status.act.text() == f"Score {PHOTOS} photos"
    press(dialog.score)
    worked(qtbot, window)
    assert {photo.scores.model for photo in photos(window) if photo.scores} == {"my-clip"}
    assert all(photo.scores and photo.scores.aesthetics is not None for photo in photos(window))
    assert dialog.score.isHidden()
    dialog.choose("attributes-1")
    press(dialog.use)
    assert [photo.scores for photo in photos(window)] == measured, "kept for each model"
    assert bar.sort.findData(Sort.AESTHETICS) < 0


def test_other_weights_under_the_same_id_drop_its_scores(
    qtbot, window: Window, dialog: ModelsDialog, file: Path, folder: Path, tmp_path: Path
) -> None:
    window.open(folder)
    worked(qtbot, window)
    install(qtbot, dialog, file)
    dialog.choose("my-clip")
    press(dialog.use)
    desk(window).model_desk.score()
    worked(qtbot, window)
    dialog._work.remove("my-clip")
    other = tiny.save(tmp_path / "other.pt", tiny.vit_arrays(seed=9))
    install(qtbot, dialog, other)
    assert len(window.store.photos.pending("my-clip", (folder,))) == PHOTOS


def test_a_head_on_the_model_in_use_scores_anew(
    qtbot, window: Window, dialog: ModelsDialog, file: Path, folder: Path, tmp_path: Path
) -> None:
    window.open(folder)
    worked(qtbot, window)
    install(qtbot, dialog, file)
    dialog.choose("my-clip")
    press(dialog.use)
    desk(window).model_desk.score()
    worked(qtbot, window)
    before = [photo.scores.aesthetics for photo in photos(window) if photo.scores]
    head = tiny.save(
        tmp_path / "head.pth",
        {"weight": np.full((1, 32), 0.5, np.float32), "bias": np.zeros(1, np.float32)},
    )
    dialog.install(head)
    idle(qtbot, dialog)
    assert not [photo for photo in photos(window) if photo.scores and photo.scores.quality]
    press(dialog.score)
    worked(qtbot, window)
    after = [photo.scores.aesthetics for photo in photos(window) if photo.scores]
    assert len(after) == PHOTOS
    assert after != before


def test_removing_the_model_in_use_goes_back_to_the_default(
    qtbot, window: Window, dialog: ModelsDialog, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(qtbot, dialog, file)
    dialog.choose("my-clip")
    press(dialog.use)
    idle(qtbot, dialog)
    no, yes = QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes
    monkeypatch.setattr(QMessageBox, "question", lambda *_: no)
    press(dialog.remove)
    assert "my-clip" in ids(dialog)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: yes)
    press(dialog.remove)
    idle(qtbot, dialog)
    assert "my-clip" not in ids(dialog)
    assert settings.load().model == settings.DEFAULT_MODEL
    assert desk(window).work.chosen.model == settings.DEFAULT_MODEL
    assert Models().all() == []


def test_a_refused_file_is_one_sentence_and_nothing_more(
    qtbot, dialog: ModelsDialog, tmp_path: Path
) -> None:
    page = tmp_path / "UniQA_weight.pt"
    page.write_text("<!doctype html>")
    install(qtbot, dialog, page)
    assert "it is a web page, not a model" in dialog.note.text()
    assert dialog.note.property("role") == "warning"
    assert Models().all() == []
    install(qtbot, dialog, page, name="No Such Name")
    assert "cannot be a model's id" in dialog.note.text()


def test_a_file_for_what_takes_none_and_one_without_a_name(
    dialog: ModelsDialog, file: Path
) -> None:
    dialog.install(file)
    assert "takes no file" in dialog.note.text()
    dialog.choose("")
    assert not dialog.from_file.isEnabled()
    dialog.install(file)
    assert "a name" in dialog.note.text()


def test_a_program_in_the_file_is_asked_about(
    qtbot, dialog: ModelsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "script.pt"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("script/constants.pkl", b"")
    answers = iter((False, True))
    monkeypatch.setattr(dialog, "_trusts", lambda _name: next(answers))
    install(qtbot, dialog, archive)
    assert dialog._work.note("my-clip") is None
    install(qtbot, dialog, archive)
    assert "TorchScript archive cannot be opened" in dialog.note.text()


def test_a_published_file_finds_its_own_row(qtbot, dialog: ModelsDialog, tmp_path: Path) -> None:
    fake = tmp_path / "RN50.pt"
    fake.write_bytes(b"PK\x03\x04" + b"x" * 2000)
    drop(dialog, fake)
    qtbot.waitUntil(lambda: dialog.chosen.id == "clip-rn50")
    idle(qtbot, dialog)
    assert "RN50.pt is refused: its sha256 is" in dialog.note.text()


def drop(dialog: ModelsDialog, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    dialog.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_dropped_file_is_installed(qtbot, dialog: ModelsDialog, file: Path) -> None:
    dialog.choose("")
    dialog.page.name.setText("dropped")
    drop(dialog, file)
    qtbot.waitUntil(lambda: dialog._work.doing is not None)
    idle(qtbot, dialog)
    assert [model.card.id for model in Models().all()] == ["dropped"]


def test_a_model_is_fetched_after_its_size_was_shown(
    hub: FileServer, qtbot, window: Window, file: Path
) -> None:
    desk(window).models()
    dialog = desk(window).model_desk.dialog
    dialog.choose("tiny-hub")
    press(dialog.get)
    idle(qtbot, dialog)
    assert "checked by its sha256" in dialog.note.text()
    assert "127.0.0.1" in dialog.note.text()
    assert "MB" in dialog.get.text()
    assert {method for method, _, _ in hub.asked} == {"HEAD"}
    press(dialog.get)
    idle(qtbot, dialog)
    assert "is installed" in dialog.note.text()
    assert Models().get("tiny-hub").card.source.sha256 == hub.etag.strip('"')
    assert dialog.get.isHidden()


def test_a_download_is_stopped_and_goes_on(hub: FileServer, qtbot, window: Window) -> None:
    hub.hangs_after = 1_000_000
    desk(window).models()
    dialog = desk(window).model_desk.dialog
    dialog.choose("tiny-hub")
    press(dialog.get)
    idle(qtbot, dialog)
    press(dialog.get)
    qtbot.waitUntil(lambda: dialog.doing.isVisible(), timeout=10_000)
    qtbot.waitUntil(lambda: " of " in dialog.doing.pace.text(), timeout=10_000)
    qtbot.waitUntil(
        lambda: any(part.stat().st_size for part in paths.cache_dir().rglob("*.part")),
        timeout=10_000,
    )
    assert not dialog.get.isEnabled()
    press(dialog.doing.stop)
    idle(qtbot, dialog)
    assert "goes on from there" in dialog.note.text()
    assert Models().all() == []
    hub.hangs_after = None
    hub.let_go.set()
    dialog.close()
    dialog._work.fetch("tiny-hub", licence_accepted=False)
    idle(qtbot, dialog)
    assert "Range" in hub.asked[-1][2]
    assert "Tiny CLIP is installed" in desk(window).status.words.text(), "the dialog is closed"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [({"status": 404}, "no file at"), ({"page": True}, "web page came instead")],
)
def test_a_hub_in_trouble_is_one_sentence(
    hub: FileServer, qtbot, window: Window, trouble: dict[str, object], sentence: str
) -> None:
    for name, value in trouble.items():
        setattr(hub, name, value)
    desk(window).models()
    dialog = desk(window).model_desk.dialog
    dialog.choose("tiny-hub")
    press(dialog.get)
    idle(qtbot, dialog)
    assert sentence in dialog.note.text()
    assert "…" in dialog.get.text(), "it can be tried again"


def test_closing_the_window_ends_a_download(hub: FileServer, qtbot, window: Window) -> None:
    hub.hangs_after = 1_000_000
    desk(window).models()
    dialog = desk(window).model_desk.dialog
    dialog.choose("tiny-hub")
    press(dialog.get)
    idle(qtbot, dialog)
    press(dialog.get)
    qtbot.waitUntil(lambda: " of " in dialog.doing.pace.text(), timeout=10_000)
    qtbot.waitUntil(
        lambda: any(part.stat().st_size for part in paths.cache_dir().rglob("*.part")),
        timeout=10_000,
    )


def test_the_welcome_page_leads_to_uniqa(window: Window) -> None:
    press(window.browser.welcome.scores)
    dialog = desk(window).model_desk.dialog
    assert dialog.isVisible()
    assert dialog.chosen.id == "uniqa-vitb16"
