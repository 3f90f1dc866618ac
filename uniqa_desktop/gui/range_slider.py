"""A slider with two handles for a range on 0–100, with its value in words above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from uniqa_desktop.gui import theme

LOW, HIGH = 0, 100
_RADIUS = 6.0
_GROOVE = 4.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_Home: LOW - HIGH,
    Qt.Key.Key_End: HIGH - LOW,
}


class RangeSlider(QWidget):
    """Two handles on one groove. Arrows move the lower, Shift+arrows the upper one; dragging moves
    the nearer; a double click widens to everything.

    Signals:
        range_changed(int, int): the lower and upper bound, 0–100.
    """

    range_changed = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bounds = [LOW, HIGH]
        self._held: int | None = None
        self.setFont(theme.font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr(
                "{name}: from – to\nArrow keys move the lower bound, Shift+arrow keys the upper.\n"
                "Double click: any"
            ).format(name=name)
        )
        self._tell()

    @property
    def bounds(self) -> tuple[int, int]:
        """The lower and upper bound, both inclusive."""
        return self._bounds[0], self._bounds[1]

    def set_bounds(self, low: int, high: int) -> None:
        """Sets both bounds, kept within 0–100 and in order."""
        low, high = sorted((min(max(low, LOW), HIGH), min(max(high, LOW), HIGH)))
        if self.bounds != (low, high):
            self._bounds = [low, high]
            self._tell()
            self.range_changed.emit(low, high)

    @property
    def text(self) -> str:
        """The range in few signs."""
        low, high = self.bounds
        if (low, high) == (LOW, HIGH):
            return self.tr("any")
        if high == HIGH:
            return f"≥ {low}"
        if low == LOW:
            return f"≤ {high}"
        return f"{low} – {high}"

    def _tell(self) -> None:
        low, high = self.bounds
        said = self.tr("{name}: from {low} to {high}").format(name=self._name, low=low, high=high)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = metrics.horizontalAdvance(f"{self._name}   {HIGH} – {HIGH}")
        return QSize(max(widest, 13 * theme.SPACE), metrics.height() + round(2 * (_RADIUS + 2)))

    # Geometry

    def _x(self, value: int) -> float:
        room = self.width() - 2 * (_RADIUS + 2)
        return _RADIUS + 2 + room * (value - LOW) / (HIGH - LOW)

    def _value(self, x: float) -> int:
        room = max(self.width() - 2 * (_RADIUS + 2), 1)
        return round(LOW + (x - _RADIUS - 2) / room * (HIGH - LOW))

    def _move(self, handle: int, value: int) -> None:
        """Moves one handle, which stops at the other."""
        low, high = self.bounds
        if handle == 0:
            self.set_bounds(min(value, high), high)
        else:
            self.set_bounds(low, max(value, low))

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        near_low, near_high = (abs(x - self._x(bound)) for bound in self.bounds)
        # With both in one place the side of the press decides, or they could not be parted again.
        low_first = near_low < near_high or (near_low == near_high and x < self._x(self.bounds[0]))
        self._held = 0 if low_first else 1
        self._move(self._held, self._value(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._move(self._held, self._value(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.set_bounds(LOW, HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _STEPS.get(Qt.Key(event.key()))
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if step is None or (modifiers and not shift):
            super().keyPressEvent(event)
            return
        handle = 1 if shift else 0
        self._move(handle, self._bounds[handle] + step)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.StyleChange):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() - _RADIUS - 2
        above = QRectF(0, 0, self.width(), self.height() - 2 * (_RADIUS + 2)).adjusted(4, 0, -4, 0)
        painter.setPen(QColor(colours.dim))
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, self._name)
        painter.setPen(QColor(colours.text if self.bounds != (LOW, HIGH) else colours.dim))
        painter.drawText(above, Qt.AlignmentFlag.AlignRight, self.text)
        painter.setPen(Qt.PenStyle.NoPen)
        left, right = (self._x(bound) for bound in self.bounds)
        start, end = self._x(LOW), self._x(HIGH)
        for begin, stop, colour in ((start, end, colours.pressed), (left, right, colours.dim)):
            painter.setBrush(QColor(colour))
            groove = QRectF(begin, middle - _GROOVE / 2, stop - begin, _GROOVE)
            painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.panel), 2))
        painter.setBrush(QColor(colours.text if self.isEnabled() else colours.disabled))
        for x in (left, right):
            painter.drawEllipse(QPointF(x, middle), _RADIUS, _RADIUS)
