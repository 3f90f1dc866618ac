"""Which flags, stars and colours pass, and whether all of these conditions have to hold."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.facet_menu import FacetMenu
from uniqa_desktop.gui.stars_filter import StarsFilter
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import Query

_FLAGS = {
    Flag.PICK: ("pick", "Show picks"),
    Flag.MAYBE: ("maybe", "Show maybes"),
    Flag.REJECT: ("reject", "Show rejects"),
    Flag.NONE: ("undecided", "Show undecided photos"),
}
_LABELS = {
    Label.RED: "Red",
    Label.YELLOW: "Yellow",
    Label.GREEN: "Green",
    Label.BLUE: "Blue",
    Label.PURPLE: "Purple",
    Label.NONE: "No colour",
}
_SWATCH = 16


class VerdictFilters(QObject):
    """The controls for verdicts: `join` and `flags` stand in `row`; `stars` and `labels` apart.

    Signals:
        changed(): the user has chosen.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.join = QToolButton()
        self.join.setCheckable(True)
        self.join.setAutoRaise(True)
        self.join.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.join.toggled.connect(self._tell)
        self.flags = {flag: self._flag(flag) for flag in _FLAGS}
        self.stars = StarsFilter()
        self.stars.rule_changed.connect(self._tell)
        self.labels: FacetMenu[Label] = FacetMenu(
            self.tr("Colour"), self.tr("All colours"), several=True, shown=label_word, icon=swatch
        )
        self.labels.set_values([(label, None) for label in _LABELS])
        self.labels.chosen_changed.connect(self._tell)
        self.row = QWidget()
        row = QHBoxLayout(self.row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 4)
        row.addWidget(self.join)
        for button in self.flags.values():
            row.addWidget(button)
        self._show_join()

    @property
    def chosen_flags(self) -> frozenset[Flag]:
        return frozenset(flag for flag, button in self.flags.items() if button.isChecked())

    @property
    def any_is_enough(self) -> bool:
        """Whether one of the conditions on flag, stars and colour is enough."""
        return self.join.isChecked()

    def set(self, query: Query) -> None:
        """Sets what `query` says of verdicts."""
        for flag, button in self.flags.items():
            button.setChecked(flag in query.flags)
        self.stars.set_rule(query.stars)
        self.labels.choose([label for label in _LABELS if label in query.labels])
        self.join.setChecked(query.any_verdict)
        self._show_join()

    def _flag(self, flag: Flag) -> QToolButton:
        icon, tip = _FLAGS[flag]
        button = QToolButton()
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setIcon(theme.icon(icon))
        button.setIconSize(QSize(2 * theme.SPACE, 2 * theme.SPACE))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolTip(self.tr(tip))
        button.setAccessibleName(button.toolTip())
        button.toggled.connect(self._tell)
        return button

    def _tell(self) -> None:
        self._show_join()
        self.changed.emit()

    def _show_join(self) -> None:
        if self.any_is_enough:
            text = self.tr("Any")
            tip = self.tr("Any of the conditions on flag, stars and colour is enough.")
        else:
            text = self.tr("All")
            tip = self.tr("All conditions on flag, stars and colour have to hold.")
        conditions = (self.chosen_flags, self.stars.rule, self.labels.chosen)
        # With one condition there is nothing to join; what was chosen stays for the next one.
        self.join.setEnabled(sum(map(bool, conditions)) > 1)
        self.join.setText(text)
        self.join.setToolTip(tip)
        self.join.setAccessibleName(tip)


def label_word(label: Label) -> str:
    """A colour label in words."""
    return say(_LABELS[label])


def swatch(label: Label) -> QIcon:
    """A disc in the colour of a label; an empty ring for none."""
    pixmap = QPixmap(2 * _SWATCH, 2 * _SWATCH)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    disc = QRectF(0, 0, _SWATCH, _SWATCH).adjusted(3, 3, -3, -3)
    if label is Label.NONE:
        painter.setPen(QPen(QColor(theme.tokens().dim), 1.5))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().labels[label]))
    painter.drawEllipse(disc)
    painter.end()
    return QIcon(pixmap)
