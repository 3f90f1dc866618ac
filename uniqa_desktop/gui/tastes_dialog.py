"""The tastes of the library: use, make, copy, rename, turn back, carry; and where one counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop import paths
from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.taste_tasks import Export, Import, RollBack
from uniqa_desktop.gui.taste_work import TasteWork
from uniqa_desktop.gui.words import count, locale, say
from uniqa_desktop.settings import Settings
from uniqa_desktop.store import Store
from uniqa_desktop.store.tastes import Profile, Version

_KEPT = Qt.ItemDataRole.UserRole
_FILES = "*.safetensors *.pth *.pt"


class TastesDialog(QDialog):
    """Tastes on the left, the versions of the chosen one on the right.

    Signals:
        switched(): another taste or version gives the scores now.
        folders_changed(): a taste counts elsewhere now; it has to be learned anew.
    """

    switched = Signal()
    folders_changed = Signal()

    def __init__(
        self,
        store: Store,
        learning: TasteWork,
        chosen: Settings,
        folder: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Tastes"))
        self._store = store
        self._learning = learning
        self._settings = chosen
        self._folder = folder
        self.list = QListWidget()
        self.list.setAccessibleName(say("Tastes"))
        self.list.currentItemChanged.connect(self._show)
        self.versions = QListWidget()
        self.versions.setAccessibleName(say("Versions, newest first"))
        self.versions.currentItemChanged.connect(self._show_buttons)
        self.counts = QCheckBox()
        self.counts.clicked.connect(self._set_counts)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.use = self._button(say("Use"), self._use)
        self.new = self._button(say("New…"), self._make)
        self.copy = self._button(say("Duplicate…"), self._copy)
        self.rename = self._button(say("Rename…"), self._rename)
        self.delete = self._button(say("Delete"), self._delete)
        self.export = self._button(say("Export…"), self._export)
        self.import_ = self._button(say("Import…"), self._import)
        self.back = self._button(say("Go back to this version"), self._roll_back)
        self._lay_out()
        self.read()

    def _button(self, text: str, clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._try(clicked))
        return button

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(theme.SPACE)
        for button in (
            self.use, self.new, self.copy, self.rename, self.delete, self.export, self.import_,
        ):  # fmt: skip
            side.addWidget(button)
        side.addStretch()
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE)
        title = QLabel(say("Versions, newest first"))
        title.setProperty("role", "emphasis")
        right.addWidget(title)
        right.addWidget(self.versions, 1)
        right.addWidget(self.back)
        across = QHBoxLayout()
        across.setSpacing(2 * theme.SPACE)
        across.addWidget(self.list, 2)
        across.addLayout(side)
        across.addLayout(right, 3)
        close = QPushButton(say("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * (2 * theme.SPACE,))
        column.setSpacing(2 * theme.SPACE)
        column.addLayout(across, 1)
        column.addWidget(self.counts)
        column.addLayout(foot)
        self.resize(104 * theme.SPACE, 56 * theme.SPACE)

    @property
    def chosen(self) -> Profile:
        """The taste that the list is at."""
        return self.list.currentItem().data(_KEPT)

    def read(self, name: str = "") -> None:
        """Shows the tastes as they are in the library, at that one or the one in use."""
        profiles = self._store.tastes.profiles()
        self.list.blockSignals(True)
        self.list.clear()
        for profile in profiles:
            text = say("{name} (in use)").format(name=profile.name)
            item = QListWidgetItem(text if profile.in_use else profile.name)
            item.setData(_KEPT, profile)
            self.list.addItem(item)
            if profile.name == name or (not name and profile.in_use):
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._show()

    def _show(self, *_: object) -> None:
        profile = self.chosen
        self.versions.clear()
        for version in self._store.tastes.versions(profile):
            item = QListWidgetItem(_in_words(version))
            item.setData(_KEPT, version)
            self.versions.addItem(item)
            if version.current and version.model == self._settings.model:
                self.versions.setCurrentItem(item)
        self.counts.setEnabled(self._folder is not None)
        name = paths.display(self._folder.name) if self._folder is not None else "–"
        self.counts.setToolTip(paths.display(self._folder) if self._folder is not None else "")
        text = say("{taste} counts for the photos of {folder}")
        self.counts.setText(text.format(taste=profile.name, folder=name))
        self.counts.setChecked(self._folder is not None and _counts(profile, self._folder))
        self._show_buttons()

    def _show_buttons(self, *_: object) -> None:
        profile, item = self.chosen, self.versions.currentItem()
        self.use.setEnabled(not profile.in_use)
        self.delete.setEnabled(not profile.in_use)
        self.export.setEnabled(self.versions.count() > 0)
        self.back.setEnabled(item is not None and not item.data(_KEPT).current)

    def _try(self, act: Callable[[], None]) -> None:
        self._tell("")
        try:
            act()
        except KnownError as error:
            self._tell(str(error), warning=True)

    def _tell(self, sentence: str, *, warning: bool = False) -> None:
        self.said.setProperty("role", "warning" if warning else "small")
        self.said.style().polish(self.said)
        self.said.setText(sentence)

    def _refuse(self, sentence: str) -> None:
        self._tell(sentence, warning=True)

    # What the buttons do

    def _use(self) -> None:
        self._store.tastes.use(self.chosen.name)
        self.read()
        self.switched.emit()

    def _make(self) -> None:
        self._ask_name(say("New taste"), "", lambda name: self._store.tastes.create(name))

    def _copy(self) -> None:
        known = self.chosen.name
        proposal = say("{name}, a copy").format(name=known)
        self._ask_name(
            say("Duplicate"), proposal, lambda name: self._store.tastes.copy(known, name)
        )

    def _rename(self) -> None:
        known = self.chosen.name
        self._ask_name(say("Rename"), known, lambda name: self._store.tastes.rename(known, name))

    def _ask_name(self, title: str, proposal: str, act: Callable[[str], Profile]) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(say("Name:"))
        dialog.setTextValue(proposal)
        dialog.textValueSelected.connect(lambda name: self._try(lambda: self.read(act(name).name)))
        dialog.open()

    def _delete(self) -> None:
        self._store.tastes.remove(self.chosen.name)
        self.read()

    def _set_counts(self, on: bool) -> None:
        if self._folder is None:
            return
        folder, profile = self._folder, self.chosen
        # On wherever nothing is named: then only what is off has to be said.
        counts = True if on and profile.on else None if on else False
        self._store.tastes.set_folder(profile, folder, counts)
        self.read(profile.name)
        if profile.in_use:
            self.folders_changed.emit()

    def _roll_back(self) -> None:
        version: Version = self.versions.currentItem().data(_KEPT)
        profile = self.chosen

        def went(_moved: int) -> None:
            self.read(profile.name)
            self._tell(say("Version {n} counts again.").format(n=version.number))
            if profile.in_use:
                self.switched.emit()

        task = RollBack(profile.name, version.number, self._settings.device)
        self._learning.run(task, self, went, self._refuse)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("Export"), f"{self.chosen.name}.safetensors", _FILES
        )
        if name:
            task = Export(self.chosen.name, Path(name), self._settings.model, self._settings.device)
            self._learning.run(task, self, self._exported, self._refuse)

    def _exported(self, files: list[Path]) -> None:
        names = ", ".join(paths.display(file.name) for file in files)
        self._tell(say("Written: {file}").format(file=names))

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, say("Import"), "", _FILES)
        if name:
            task = Import(Path(name), self._settings.model, self._settings.device)
            self._learning.run(task, self, self.read, self._refuse)


def _counts(profile: Profile, folder: Path) -> bool:
    """Whether a taste counts for the photos directly in a folder."""
    inside = not profile.on or any(folder.is_relative_to(place) for place in profile.on)
    return inside and not any(folder.is_relative_to(place) for place in profile.off)


def _in_words(version: Version) -> str:
    at = QDateTime.fromSecsSinceEpoch(round(version.at.timestamp()))
    when = locale().toString(at, QLocale.FormatType.ShortFormat)
    ratings = count("1 rating", "%n ratings", version.card.get("n", 0))
    text = say("{n}: {when}, {ratings}, {model}")
    line = text.format(n=version.number, when=when, ratings=ratings, model=version.model)
    return say("{version} (counts)").format(version=line) if version.current else line
