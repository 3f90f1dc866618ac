"""The surface on which one picture is looked at: fit, 100 % in device pixels, zoom, pan.

It paints a `Frame` and nothing else; where the picture comes from is the loupe's business. Several
of these side by side can share one `Framing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.frame import Frame
from uniqa_desktop.gui.layer import Layer
from uniqa_desktop.gui.zoom import Framing

_WHEEL_STEP = 120
"""Eighths of a degree that a mouse wheel turns by one notch."""
_PAN_STEP = 0.2
"""How much of the view an arrow key moves the picture by."""
_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_PANS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PictureView(QWidget):
    """Shows one picture. Wheel, + and − zoom; Z and double click switch fit and 100 %; holding
    Space looks at 100 % for as long; dragging and Shift+arrows pan.

    A double click and the wheel zoom where the pointer is. Z and Space go to the place that
    `landing` names, as a fraction of the picture; where it names none, to the pointer's.

    Signals:
        frame_changed(): another picture is shown, or none.
        zoom_changed(float): device pixels per picture pixel, whenever it differs.
        box_changed(): the view has other device pixels than before (resized, other screen).
        framing_changed(Framing, bool): another part of the picture is looked at; whether that is
            meant for this view alone (Shift held while dragging or turning the wheel).
    """

    frame_changed = Signal()
    zoom_changed = Signal(float)
    framing_changed = Signal(object, bool)
    box_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Picture"))
        self._frame: Frame | None = None
        self.landing: Callable[[], QPointF | None] = lambda: None
        self._layer: Layer | None = None
        self._marks: tuple[Layer, ...] = ()
        self._placeholder = ""
        self._framing = Framing()
        self._before_peek: Framing | None = None
        self._dragged_from: QPointF | None = None
        self._wheel = 0
        self._ringed = False
        self._told = 0.0
        self._alone = False
        self._box = QSize()

    @property
    def box(self) -> QSize:
        """The device pixels of the view."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    @property
    def frame(self) -> Frame | None:
        """The picture that is shown now."""
        return self._frame

    def show_frame(self, frame: Frame | None) -> None:
        """Shows another picture, or a better one of the same, with the same framing."""
        if frame is not self._frame:
            self._frame = frame
            self._reframed(self._framing)
            self.frame_changed.emit()

    def show_marks(self, marks: Sequence[Layer]) -> None:
        """Lays overlays over the picture and its layer. Who shows them hears `frame_changed` and
        takes those away that are of another picture, before anything is painted."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    @property
    def marks(self) -> tuple[Layer, ...]:
        """The overlays that are shown now."""
        return self._marks

    def show_layer(self, layer: Layer | None) -> None:
        """Lays something over the picture, until it is told otherwise: it belongs to the caller
        that this is the picture it is of."""
        if layer is not self._layer:
            self._layer = layer
            self.update()

    @property
    def layer(self) -> Layer | None:
        """What lies over the picture now."""
        return self._layer

    @property
    def placeholder(self) -> str:
        """What is written where a picture would be."""
        return self._placeholder

    def set_placeholder(self, text: str) -> None:
        """Writes a sentence in the middle for as long as there is no picture."""
        if text != self._placeholder:
            self._placeholder = text
            self.setAccessibleDescription(text)
            self.update()

    @property
    def framing(self) -> Framing:
        return self._framing

    def set_framing(self, framing: Framing) -> None:
        self._reframed(framing)

    @property
    def fitted(self) -> bool:
        """Whether the whole picture is seen."""
        return self._framing.scale is None

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel; 1.0 is 100 %."""
        return self._framing.scale_in(self._frame.size, self.box) if self._frame else 1.0

    @property
    def target(self) -> QRect:
        """Where the whole picture lies, in device pixels of the view."""
        return self._framing.target(self._frame.size, self.box) if self._frame else QRect()

    def fit(self) -> None:
        """Shows the whole picture."""
        self._reframed(Framing())

    def toggle(self, at: QPointF | None = None) -> None:
        """Switches between fit and 100 %, at a point in device pixels (default: at `landing`, else
        the pointer's, or the middle)."""
        if self._frame is None:
            return
        if self.fitted:
            self._reframed(self._at_full_size(self._frame, at))
        else:
            self.fit()

    def _at_full_size(self, frame: Frame, at: QPointF | None = None) -> Framing:
        """The framing at 100 %, at a point in device pixels or, from fit, where one lands."""
        landing = self.landing() if at is None and self.fitted else None
        if landing is not None:
            framing = Framing(1.0, landing.x(), landing.y())
            return framing.panned(0, 0, frame.size, self.box)
        at = self._pointer() if at is None else at
        return self._framing.zoomed(1.0, frame.size, self.box, at)

    def zoom_by(self, steps: int, at: QPointF | None = None) -> None:
        """Zooms in (positive) or out by so many steps, at a point as `toggle` does."""
        framing = self._framing
        at = self._pointer() if at is None else at
        if self._frame is not None:
            for _ in range(abs(steps)):
                framing = framing.stepped(steps, self._frame.size, self.box, at)
            self._reframed(framing)

    def pan(self, dx: float, dy: float) -> None:
        """Pushes the picture by device pixels, as far as it goes."""
        if self._frame is not None:
            self._reframed(self._framing.panned(dx, dy, self._frame.size, self.box))

    def _reframed(self, framing: Framing) -> None:
        another, self._framing = framing != self._framing, framing
        if self._frame is not None and self.zoom != self._told:
            self._told = self.zoom
            self.zoom_changed.emit(self._told)
        self._show_grip()
        self.update()
        if another:
            self.framing_changed.emit(framing, self._alone)

    @property
    def _goes_on(self) -> bool:
        """Whether there is more of the picture than the view shows."""
        return not QRect(0, 0, self.box.width(), self.box.height()).contains(self.target)

    def _show_grip(self) -> None:
        if not self._goes_on:
            self.unsetCursor()
        elif self._dragged_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().background))
        if self._frame is not None:
            painter.save()
            self._to_device_pixels(painter)
            self._paint_picture(painter, self._frame)
            view = QRect(0, 0, self.box.width(), self.box.height())
            for layer in (self._layer, *self._marks):
                if layer is not None:
                    layer.paint(painter, self.target, view, self.devicePixelRatioF())
            painter.restore()
        elif self._placeholder:
            self._paint_placeholder(painter)
        if self._ringed and self.hasFocus():
            painter.setPen(QPen(QColor(theme.tokens().accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_placeholder(self, painter: QPainter) -> None:
        line = min(self.fontMetrics().averageCharWidth() * 100, self.width() - 4 * theme.SPACE)
        place = QRect((self.width() - line) // 2, 0, line, self.height())
        painter.setPen(QColor(theme.tokens().dim))
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, wrapped, self._placeholder)

    def _to_device_pixels(self, painter: QPainter) -> None:
        """Makes one unit one device pixel, starting on a whole one: with a fractional scaling
        the view may begin between two."""
        ratio = self.devicePixelRatioF()
        origin = painter.deviceTransform().map(QPointF(0, 0))
        whole = QPointF(origin.toPoint())
        painter.translate((whole - origin) / ratio)
        painter.scale(1 / ratio, 1 / ratio)

    def _paint_picture(self, painter: QPainter, frame: Frame) -> None:
        target = self.target
        if frame.fitted is not None and frame.fitted.size() == target.size():
            painter.drawImage(target.topLeft(), frame.fitted)
            return
        level = frame.level_for(target.width())
        if level.size() == target.size():
            painter.drawImage(target.topLeft(), level)
            return
        across, down = target.width() / level.width(), target.height() / level.height()
        # At 200 % and more one wants to see the pixels, below that the picture.
        smooth = across < 2 or frame.grade < frame.grade.FULL
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        # Only the part in view, widened to whole source pixels: at 1600 % the whole picture is
        # beyond the range of the painter's coordinates.
        seen = target.intersected(QRect(0, 0, self.box.width(), self.box.height()))
        left = max(0, int((seen.left() - target.left()) / across) - 2)
        top = max(0, int((seen.top() - target.top()) / down) - 2)
        right = min(level.width(), int((seen.right() + 1 - target.left()) / across) + 3)
        bottom = min(level.height(), int((seen.bottom() + 1 - target.top()) / down) + 3)
        part = QRectF(left, top, right - left, bottom - top)
        place = QRectF(
            target.left() + left * across,
            target.top() + top * down,
            part.width() * across,
            part.height() * down,
        )
        painter.drawImage(place, level, part)

    # Events

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._check_box()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._check_box()

    def _check_box(self) -> None:
        if self.box != self._box:
            self._box = self.box
            self._reframed(self._framing)
            self.box_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A frame around a photo is only worth it for somebody who is tabbing through the window.
        self._ringed = event.reason() in _TAB
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._end_peek()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _PANS and modifiers == Qt.KeyboardModifier.ShiftModifier and self._goes_on:
            across, down = _PANS[key]
            self.pan(across * _PAN_STEP * self.box.width(), down * _PAN_STEP * self.box.height())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_by(-1)
        elif key == Qt.Key.Key_Z and not modifiers:
            self.toggle()
        elif key == Qt.Key.Key_0 and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.fit()
        elif key == Qt.Key.Key_Space and not modifiers:
            self._peek(event)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
        else:
            self._end_peek()

    def _peek(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and self._before_peek is None and self._frame is not None:
            self._before_peek = self._framing
            self._reframed(self._at_full_size(self._frame))

    def _end_peek(self) -> None:
        if self._before_peek is not None:
            before, self._before_peek = self._before_peek, None
            self._reframed(before)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._alone = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        pushed = event.pixelDelta()
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not pushed.isNull() and not ctrl and self._goes_on:
            # Two fingers on a touch pad push the picture, as they push everything else.
            ratio = self.devicePixelRatioF()
            self.pan(pushed.x() * ratio, pushed.y() * ratio)
        else:
            # With Shift some systems turn the wheel's other axis.
            self._wheel += event.angleDelta().y() or event.angleDelta().x()
            steps = int(self._wheel / _WHEEL_STEP)
            self._wheel -= steps * _WHEEL_STEP
            self.zoom_by(steps, event.position() * self.devicePixelRatioF())
        self._alone = False
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._goes_on:
            self._dragged_from = event.position()
            self._show_grip()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            moved = (event.position() - self._dragged_from) * self.devicePixelRatioF()
            self._dragged_from = event.position()
            self._alone = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pan(moved.x(), moved.y())
            self._alone = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = None
            self._show_grip()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle(event.position() * self.devicePixelRatioF())

    def _pointer(self) -> QPointF | None:
        """The pointer in device pixels, if it is over the picture."""
        if not self.underMouse():
            return None
        at = QPointF(self.mapFromGlobal(QCursor.pos())) * self.devicePixelRatioF()
        return at if self.target.contains(at.toPoint()) else None
