"""A slider with two handles for a range on 0–100: its value in words above it, and behind it the
histogram of the photos there are, bright within the range."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from uniqa_desktop.gui import theme, words
from uniqa_desktop.spread import Spread

LOW, HIGH = 0, 100
_RADIUS = 6.0
_GROOVE = 4.0
_BARS = 25
"""Bars of the histogram: four points wide, so that a few hundred photos still make a shape."""
_LEAST_BAR = 1.5
"""Height of a bar with any photo in it, device-independent pixels: few are not none."""
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

    `bar_height` is the height of the histogram in device-independent pixels. There is room for it
    from the beginning, so that nothing moves when it comes.

    Signals:
        range_changed(int, int): the lower and upper bound, 0–100.
    """

    range_changed = Signal(int, int)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, bar_height: int = theme.SPACE
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._bar_height = bar_height
        self._spread: Spread | None = None
        self._bounds = [LOW, HIGH]
        self._held: int | None = None
        theme.set_font(self, "small")
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

    def set_spread(self, spread: Spread | None) -> None:
        """Shows how the number is spread over the folder's photos; `None`: not known (yet)."""
        if spread != self._spread:
            self._spread = spread
            self._tell()

    @property
    def within(self) -> int | None:
        """How many photos of the folder are within the bounds; `None` if that is not known."""
        return None if self._spread is None else self._spread.between(*self.bounds)

    def _tell(self) -> None:
        low, high = self.bounds
        said = self.tr("{name}: from {low} to {high}").format(name=self._name, low=low, high=high)
        self.setAccessibleName(said)
        within = self.within
        self.setAccessibleDescription(
            "" if within is None else words.count("1 photo", "%n photos", within)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = metrics.horizontalAdvance(f"{self._name} {HIGH} – {HIGH}   {words.number(99_999)}")
        height = metrics.height() + self._bar_height + round(2 * (_RADIUS + 2))
        return QSize(max(widest, 13 * theme.SPACE), height)

    # Geometry

    def _x(self, value: float) -> float:
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
        self._paint_text(painter, colours)
        middle = self.height() - _RADIUS - 2
        painter.setPen(Qt.PenStyle.NoPen)
        if self._spread is not None:
            self._paint_bars(painter, colours, self._spread, middle - _GROOVE / 2 - 1)
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

    def _paint_text(self, painter: QPainter, colours: theme.Tokens) -> None:
        """The name, the range if there is one, and on the right how many photos it holds."""
        metrics = self.fontMetrics()
        line = QRectF(4, 0, self.width() - 8, metrics.height())
        painter.setPen(QColor(colours.dim))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._name)
        narrowed = self.bounds != (LOW, HIGH)
        within = self.within
        if within is None:
            painter.setPen(QColor(colours.text if narrowed else colours.dim))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, self.text)
            return
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, words.number(within))
        if narrowed:
            painter.setPen(QColor(colours.text))
            after = line.adjusted(metrics.horizontalAdvance(f"{self._name} "), 0, 0, 0)
            painter.drawText(after, Qt.AlignmentFlag.AlignLeft, self.text)

    def _paint_bars(
        self, painter: QPainter, colours: theme.Tokens, spread: Spread, ground: float
    ) -> None:
        """The histogram down to the height `ground`; a bar is cut where the range begins."""
        bars = spread.bars(_BARS)
        most = max(*bars, 1)
        room = self._bar_height + _RADIUS
        step = (HIGH - LOW) / _BARS
        low, high = self.bounds
        for n, count in enumerate(bars):
            if not count:
                continue
            height = max(room * count / most, _LEAST_BAR)
            begin, end = LOW + n * step, LOW + (n + 1) * step
            inside = (min(max(begin, low), end), max(min(end, high), begin))
            for start, stop, colour in (
                (begin, end, colours.pressed),
                (*inside, colours.dim),
            ):
                if start < stop:
                    x = self._x(start)
                    bar = QRectF(x, ground - height, self._x(stop) - x, height)
                    painter.fillRect(bar.adjusted(0.25, 0, -0.25, 0), QColor(colour))
