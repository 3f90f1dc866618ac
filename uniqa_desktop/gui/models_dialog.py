"""The Models dialog: which models there are, and getting, installing, using and removing them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop import archives, paths, weights
from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.doing_row import DoingRow
from uniqa_desktop.gui.model_page import ModelPage
from uniqa_desktop.gui.model_rows import OWN_FILE, ModelRow
from uniqa_desktop.gui.model_work import ModelWork
from uniqa_desktop.installed import Wanted

_FILES = "*.pt *.pth *.bin *.safetensors *.ckpt"


class ModelsDialog(QDialog):
    """A table of models beside what is known of the chosen one.

    It may be closed while something is under way, which goes on.

    Signals:
        score_requested(): photos are to be scored with the model in use.
    """

    score_requested = Signal()

    def __init__(self, work: ModelWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.setAcceptDrops(True)
        self._work = work
        self._rows: list[ModelRow] = []
        self.table = self._make_table()
        self.page = ModelPage()
        self.page.changed.connect(self._enable)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.doing = DoingRow()
        self.doing.stop.clicked.connect(work.stop)
        self.score = self._button("", "", "", self.score_requested.emit)
        self.score.clicked.connect(self._scoring)
        self.use = self._button(
            "check", self.tr("Use this model"), self.tr("Photos are scored with it from now on"),
            lambda: work.use(self.chosen.id),
        )  # fmt: skip
        self.get = self._button("install", "", "", self._get)
        self.from_file = self._button(
            "folder-open", self.tr("Install from file…"),
            "", self._choose_file,
        )  # fmt: skip
        self.remove = self._button(
            "", self.tr("Remove"), self.tr("Deletes its files; its scores stay"), self._remove
        )
        self.close_button = self._button("", self.tr("Close"), "", self.close)
        self._lay_out()
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize() * 0.94))
        work.changed.connect(self._refresh_soon)
        work.progressed.connect(self._show_step)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self.refresh()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 2)
        table.setAccessibleName(self.tr("Models"))
        table.setHorizontalHeaderLabels([self.tr("Model"), self.tr("State")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(4 * theme.SPACE)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.setFixedWidth(46 * theme.SPACE)
        table.currentCellChanged.connect(self._show_chosen)
        return table

    def _button(self, icon: str, text: str, tip: str, clicked: object) -> QPushButton:
        button = QPushButton(text)
        if icon:
            button.setIcon(theme.icon(icon))
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        space = theme.SPACE
        said = QHBoxLayout()
        said.setSpacing(space)
        said.addWidget(self.note, 1)
        said.addWidget(self.score)
        buttons = QHBoxLayout()
        buttons.setSpacing(space)
        for button in (self.use, self.get, self.from_file, self.remove):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * space, space, 2 * space, 2 * space)
        foot.setSpacing(int(1.5 * space))
        foot.addLayout(said)
        foot.addWidget(self.doing)
        foot.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addSpacing(space)
        right.addWidget(self.page, 1)
        right.addLayout(foot)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.table)
        across.addLayout(right, 1)

    def sizeHint(self) -> QSize:
        return QSize(124 * theme.SPACE, 70 * theme.SPACE)

    # What is shown

    @property
    def chosen(self) -> ModelRow:
        """The model that the page shows."""
        return self._rows[max(0, self.table.currentRow())]

    def choose(self, model: str) -> None:
        """Shows this model, if it is listed."""
        for number, row in enumerate(self._rows):
            if row.id == model:
                self.table.setCurrentCell(number, 0)

    def refresh(self) -> None:
        """Reads what there is anew; the chosen model stays chosen."""
        chosen = self.chosen.id if self._rows else None
        self._rows = list(self._work.rows())
        if chosen is None:
            chosen = next((row.id for row in self._rows if row.in_use), None)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate((words.say(row.title), self._state(row))):
                item = QTableWidgetItem(text)
                if column:
                    item.setForeground(self.palette().placeholderText())
                else:
                    item.setToolTip(row.id)
                    item.setFont(theme.font("normal", row.in_use))
                self.table.setItem(number, column, item)
        self.table.blockSignals(False)
        self.choose(chosen if chosen is not None else OWN_FILE)
        if self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)
        self._show_chosen()

    def _state(self, row: ModelRow) -> str:
        doing = self._work.doing
        if doing is None or doing.model != row.id:
            return row.state
        step = doing.progress
        if step is None or not step.total:
            return self.tr("…")
        return f"{100 * step.done // step.total} %"

    def _show_step(self) -> None:
        """What is under way has come further; all else is as it was."""
        for number, row in enumerate(self._rows):
            item = self.table.item(number, 1)
            if item is not None:
                item.setText(self._state(row))
        self.doing.show_doing(self._work.doing)

    def _refresh_soon(self) -> None:
        self._soon.start()

    def _show_chosen(self) -> None:
        pressed = self.focusWidget()
        self.page.show_row(self.chosen)
        note = self._work.note(self._key())
        self.note.setText(note.text if note else "")
        self.note.setProperty("role", "warning" if note and note.warning else "")
        self.note.style().polish(self.note)
        self.note.setVisible(note is not None)
        self.doing.show_doing(self._work.doing)
        self._enable()
        self._keep_focus(pressed)

    def _keep_focus(self, pressed: QWidget | None) -> None:
        """Gives the keyboard to what comes next, where the button that had it has gone.

        Qt would give it to whatever stands beside that one.
        """
        steps = (self.doing.stop, self.score, self.get, self.use)
        able = [button for button in steps if button.isVisible() and button.isEnabled()]
        if pressed in (*steps, self.remove) and not (pressed.isVisible() and pressed.isEnabled()):
            (able[0] if able else self.table).setFocus()

    def _key(self) -> str:
        """The id that notes and progress of the chosen row go by."""
        row = self.chosen
        return row.id if row.id != OWN_FILE else self.page.name.text().strip()

    def _enable(self) -> None:
        """Shows the buttons that make sense for the chosen model now."""
        row, busy = self.chosen, self._work.doing is not None
        agreed = not row.asks_licence or self.page.accept.isChecked()
        named = row.id != OWN_FILE or bool(self.page.name.text().strip())
        self.use.setVisible(row.ready)
        self.use.setEnabled(not row.in_use and not busy)
        self.use.setDefault(row.ready and not row.in_use)
        self.get.setVisible(row.can_be_fetched)
        self.get.setEnabled(agreed and not busy)
        offer = self._work.offer(row.id)
        size = words.file_size(offer.size) if offer is not None and offer.size else ""
        self.get.setText(
            self.tr("Get").strip() + "…"
            if offer is None
            else self.tr("Download {size}").format(size=size).strip()
        )
        self.get.setToolTip(
            self.tr("Asks the model hub for its size first")
            if offer is None
            else self.tr("Fetches it from {host}").format(host=offer.host)
        )
        self.from_file.setVisible(row.takes_file)
        self.from_file.setEnabled(agreed and named and not busy)
        self.from_file.setToolTip(
            self.tr("A weights file on this computer; it can be dropped here, too")
            if agreed
            else self.tr("Accept the licence first")
        )
        self.remove.setVisible(row.card is not None)
        self.remove.setEnabled(not busy)
        offered = row.in_use and self._work.unscored > 0 and not busy
        self.score.setVisible(offered)
        self.score.setText(
            words.count("Score 1 photo now", "Score %n photos now", self._work.unscored)
        )

    # What the user does

    def _get(self) -> None:
        row = self.chosen
        if self._work.offer(row.id) is None:
            self._work.look(row.id)
        else:
            self._work.fetch(row.id, licence_accepted=self.page.accept.isChecked())

    def _scoring(self) -> None:
        self._work.unscored = 0
        self._enable()

    def _choose_file(self) -> None:
        filter_ = self.tr("Weights") + f" ({_FILES});;" + self.tr("All files") + " (*)"
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Install a weights file"), str(Path.home()), filter_
        )
        if chosen:
            self.install(Path(chosen))

    def install(self, file: Path) -> None:
        """Installs a file for the chosen model, after asking what has to be asked."""
        row = self._row_for(file)
        name = paths.display(file.name)
        if self._work.doing is not None:
            return
        if not row.takes_file:
            text = self.tr("{title} takes no file. Choose the model that {file} is for.")
            self._say(text.format(title=row.title, file=name))
        elif row.asks_licence and not self.page.accept.isChecked():
            text = self.tr("Read the licence of {title} and accept it, then drop {file} again.")
            self._say(text.format(title=row.title, file=name))
        elif not self._key():
            self._say(self.tr("Give {file} a name, then drop it again.").format(file=name))
            self.page.name.setFocus()
        else:
            program = archives.carries_program(file)
            if not program or self._trusts(name):
                agreed = self.page.accept.isChecked() or bool(row.card and row.card.accepted)
                self._work.install(Wanted(file, self._key(), agreed, program))

    def _row_for(self, file: Path) -> ModelRow:
        """The row that a file is for: its own if it is a published one, else the chosen."""
        known = next((spec for spec in weights.MODELS if file.name in spec.published), None)
        if known is not None:
            self.choose(known.id)
        return self.chosen

    def _say(self, text: str) -> None:
        self._work.say(self._key(), text, warning=True)
        self._soon.stop()
        self.refresh()

    def _trusts(self, name: str) -> bool:
        """Asks whether an archive with a program may be opened."""
        text = self.tr(
            "{file} is a TorchScript archive: it carries a program besides the weights, and "
            "opening it could run that program. OpenAI publishes its own models in this form.\n\n"
            "Open it only if you trust where it comes from."
        ).format(file=name)
        title, none = self.tr("A program in the file"), QMessageBox.StandardButton.NoButton
        box = QMessageBox(QMessageBox.Icon.Warning, title, text, none, self)
        yes = box.addButton(self.tr("Open it"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(self.tr("Leave it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.exec()
        return box.clickedButton() is yes

    def _remove(self) -> None:
        row = self.chosen
        text = self.tr(
            "Remove {title} from this computer? Its scores stay in the library; the file has to be "
            "installed again to score with it."
        ).format(title=row.title)
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self, self.tr("Remove a model"), text, buttons.Yes | buttons.No, buttons.No
        )
        if answer == buttons.Yes:
            self._work.remove(row.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            # Later: a question must not be asked while the other program waits for the drop.
            QTimer.singleShot(0, self, lambda: self.install(file))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_soon"):
            self._refresh_soon()


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file that is dropped, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    file = Path(urls[0].toLocalFile())
    return file if file.is_file() else None
