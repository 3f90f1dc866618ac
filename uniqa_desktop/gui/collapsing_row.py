"""A row of controls in which the lesser ones move behind a More button when room gets short."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop.gui import theme


class CollapsingRow(QWidget):
    """Lays widgets out in one row; those that fold give way, the least important first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE, theme.SPACE // 2)
        self._row.setSpacing(theme.SPACE)
        self._order: list[tuple[QWidget | None, int]] = []
        self._folding: list[tuple[int, QWidget]] = []
        self._folded: list[QWidget] = []
        self.more = QToolButton(self)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setText(self.tr("More"))
        self.more.setToolTip(self.tr("Filters that find no room here"))
        self.more.clicked.connect(self._open)
        self.more.hide()
        self.popup = QFrame(self, Qt.WindowType.Popup)
        self.popup.setProperty("role", "popup")
        self.popup.setAccessibleName(self.tr("More filters"))
        self._column = QVBoxLayout(self.popup)
        self._column.setContentsMargins(*4 * (2 * theme.SPACE,))
        self._column.setSpacing(theme.SPACE)

    def add(self, widget: QWidget, *, folds: int = 0, stretch: int = 0) -> None:
        """Appends a widget that always stays (0), or the `folds`-th to go when room gets short."""
        widget.setParent(self)
        self._order.append((widget, stretch))
        if folds:
            self._folding.append((folds, widget))
            self._folding.sort(key=lambda entry: entry[0])
        self._place()

    def add_stretch(self) -> None:
        """Appends free room."""
        self._order.append((None, 1))
        self._place()

    def add_more(self) -> None:
        """Says where the More button stands when there is something behind it."""
        self._order.append((self.more, 0))
        self._place()

    @property
    def folded(self) -> list[QWidget]:
        """The widgets behind the More button now."""
        return list(self._folded)

    def minimumSizeHint(self) -> QSize:
        every = [widget for _, widget in self._folding]
        return QSize(self._width_with(every), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self._width_with([]), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return done

    def _width_with(self, folded: list[QWidget]) -> int:
        """The least width with these widgets behind the More button."""
        shown = [
            widget
            for widget, _ in self._order
            if widget is not None
            and widget is not self.more
            and widget not in folded
            and (not widget.isHidden() or widget.sizePolicy().retainSizeWhenHidden())
        ]
        widths = [_least(widget) for widget in shown]
        if folded:
            widths.append(self.more.sizeHint().width())
        margins = self._row.contentsMargins()
        gaps = self._row.spacing() * max(len(widths) - 1, 0)
        return sum(widths) + gaps + margins.left() + margins.right()

    def _fold(self) -> None:
        folded: list[QWidget] = []
        giving = [widget for _, widget in self._folding]
        while giving and self._width_with(folded) > self.width():
            folded.insert(0, giving.pop(0))
        if folded != self._folded:
            self._folded = folded
            self._place()

    def _place(self) -> None:
        """Puts every widget where it belongs now, in the row or behind the More button."""
        while self._row.takeAt(0) is not None:
            pass
        self.more.setVisible(bool(self._folded))
        for widget, stretch in self._order:
            if widget is None:
                self._row.addStretch(stretch)
            elif widget not in self._folded:
                hidden = widget.isHidden() and widget.parent() is self
                self._row.addWidget(widget, stretch)  # takes it out of the popup, if it was there
                widget.setVisible(not hidden)
        for widget in self._folded:
            self._column.addWidget(widget)
            widget.show()
        if not self._folded:
            self.popup.hide()
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes along the row, also through what has just come back into it."""
        stops = [
            stop
            for widget, _ in self._order
            if widget is not None and widget not in self._folded
            for stop in _stops(widget)
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _open(self) -> None:
        self.popup.adjustSize()
        below = self.more.mapToGlobal(QPoint(0, self.more.height() + theme.SPACE // 2))
        screen = self.screen().availableGeometry()
        below.setX(min(below.x(), screen.right() - self.popup.width()))
        self.popup.move(below)
        self.popup.show()
        self._folded[0].setFocus(Qt.FocusReason.PopupFocusReason)


def _stops(widget: QWidget) -> list[QWidget]:
    """The widget, or what is in it if it only holds others together."""
    layout = widget.layout()
    if layout is None:
        return [widget]
    items = [layout.itemAt(n) for n in range(layout.count())]
    inside = [item.widget() for item in items if item is not None]
    return [child for child in inside if child is not None]


def _least(widget: QWidget) -> int:
    """What a widget needs: its minimum where it may shrink, else what it asks for."""
    policy = widget.sizePolicy().horizontalPolicy()
    if policy.value & QSizePolicy.PolicyFlag.ShrinkFlag.value:
        return max(widget.minimumWidth(), widget.minimumSizeHint().width())
    return max(widget.minimumWidth(), min(widget.sizeHint().width(), widget.maximumWidth()))
