"""What there is to know of one model: what it gives, its licence, its source, how to get it."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.model_rows import OWN_FILE, ModelRow

_CODE = re.compile(r"`([^`]*)`")


class ModelPage(QScrollArea):
    """The chosen model, with its licence in full and the box to agree to it.

    Signals:
        changed(): the box or the name was changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("About the model"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._id: str | None = None
        self.title = _text(role="title")
        self.gives = _text(role="dim")
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("a short name for it, such as my-clip"))
        self.name.setAccessibleName(self.tr("Name of the model"))
        self.name.textChanged.connect(self.changed)
        self.bytes = _text()
        self.licence = _text(links=True)
        self.accept = QCheckBox(self.tr("I have read the licence and accept it"))
        self.accept.toggled.connect(self.changed)
        self.source = _text(links=True)
        self.file = _text()
        self.hash = _text(role="dim")
        self.steps = _text()
        self.form = QFormLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        space = theme.SPACE
        licence = QVBoxLayout()
        licence.setContentsMargins(0, 0, 0, 0)
        licence.setSpacing(space // 2)
        licence.addWidget(self.licence)
        licence.addWidget(self.accept)
        self._licence = QWidget()
        self._licence.setLayout(licence)
        self.form.setHorizontalSpacing(2 * space)
        self.form.setVerticalSpacing(int(1.5 * space))
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name, part in (
            (self.tr("Name"), self.name),
            (self.tr("Licence"), self._licence),
            (self.tr("Size"), self.bytes),
            (self.tr("Source"), self.source),
            (self.tr("Installed"), self.file),
            (self.tr("sha256"), self.hash),
            (self.tr("To get it"), self.steps),
        ):
            label = QLabel(name)
            label.setProperty("role", "dim")
            label.setMinimumWidth(8 * space)
            label.setBuddy(part)
            self.form.addRow(label, part)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * space, space, 2 * space, space)
        column.setSpacing(space // 2)
        column.addWidget(self.title)
        column.addWidget(self.gives)
        column.addSpacing(int(1.5 * space))
        column.addLayout(self.form)
        column.addStretch()
        self.setWidget(inside)

    def show_row(self, row: ModelRow) -> None:
        """Shows a model. What was typed or ticked stays while it is the same one."""
        if row.id != self._id:
            self._id = row.id
            self.accept.setChecked(False)
            self.name.clear()
            self.verticalScrollBar().setValue(0)
        self.title.setText(words.say(row.title))
        self.gives.setText(
            self.tr("CLIP weights that you have: trained or changed by yourself, or by somebody.")
            if row.id == OWN_FILE
            else self.tr("Gives {what}").format(what=row.gives)
        )
        self._show(self.name, row.id == OWN_FILE)
        self._show_licence(row)
        self._show_origin(row)
        self._show_steps(row)

    def _show_licence(self, row: ModelRow) -> None:
        spec = row.spec
        if spec is not None:
            summary = html.escape(words.say(spec.licence.summary))
            text = f"{_link(spec.licence.link, spec.licence.name)}<br>{summary}"
        else:
            text = html.escape(row.card.licence) if row.card is not None else ""
        if row.card is not None and row.card.accepted is not None:
            agreed = self.tr("You accepted it on {day}.").format(day=row.card.accepted[:10])
            text += f"<br>{agreed}"
        self.licence.setText(text)
        self.accept.setVisible(row.asks_licence)
        self._show(self._licence, bool(text))

    def _show_origin(self, row: ModelRow) -> None:
        card, spec = row.card, row.spec
        size = card.source.size if card is not None else spec.size if spec is not None else None
        self.bytes.setText(words.file_size(size) if size else "")
        self._show(self.bytes, bool(size))
        source = spec.source if spec is not None else ""
        self.source.setText(_link(source, source))
        self._show(self.source, bool(source))
        if card is not None:
            parts = [card.source.name, card.architecture.name, card.installed[:10]]
            for extra in (card.adapter, card.head):
                if extra is not None:
                    parts.append(self.tr("with {file}").format(file=extra.name))
            self.file.setText(html.escape(" · ".join(parts)))
            digest = card.source.sha256
            self.hash.setText(f"{digest[:32]}<br>{digest[32:]}")
        self._show(self.file, card is not None)
        self._show(self.hash, card is not None)

    def _show_steps(self, row: ModelRow) -> None:
        steps = row.spec.steps if row.spec is not None and not row.ready else ()
        if row.id == OWN_FILE:
            steps = (
                self.tr("Give it a name."),
                self.tr(
                    "Choose Install from file, or drop the file here: a .pt or .safetensors file "
                    "of CLIP, of any size."
                ),
            )
        lines = (f"{n}. {_code(words.say(step))}" for n, step in enumerate(steps, 1))
        self.steps.setText("".join(f"<p style='margin: 0 0 4px 0'>{line}</p>" for line in lines))
        self._show(self.steps, bool(steps))

    def _show(self, part: QWidget, shown: bool) -> None:
        self.form.setRowVisible(part, shown)


def _text(role: str = "", *, links: bool = False) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if role:
        label.setProperty("role", role)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextBrowserInteraction
        if links
        else Qt.TextInteractionFlag.TextSelectableByMouse
    )
    label.setOpenExternalLinks(links)
    return label


def _link(address: str, text: str) -> str:
    """`text` as a link that opens in the browser when it is clicked."""
    return f'<a href="{html.escape(address)}">{html.escape(text)}</a>' if address else ""


def _code(text: str) -> str:
    """A step with its commands set off."""
    return _CODE.sub(r"<code>\1</code>", html.escape(text, quote=False))
