"""All frames of a burst in one row: small pictures with numbers, verdicts, the proposed one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.marks import Marks
from uniqa_desktop.gui.thumb_maker import RADIUS
from uniqa_desktop.photo import Flag, Photo

_CELL = QSize(18 * theme.SPACE, 14 * theme.SPACE)
_TEXT = 3 * theme.SPACE
"""Height of the line under a picture."""
_REJECTED = 0.32


class _Row(QWidget):
    """The frames side by side."""

    def __init__(self, strip: FrameStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._strip.photos)):
            room = self._strip.cell(index)
            if room.intersects(event.rect()):
                self._strip.paint_frame(painter, room, index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = event.position().toPoint().x() // _CELL.width()
        if event.button() == Qt.MouseButton.LeftButton and index < len(self._strip.photos):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self._strip.marked if held else self._strip.chosen).emit(index)


class FrameStrip(QScrollArea):
    """Shows frames of which one is active; any number of them may be marked.

    Signals:
        chosen(int): a frame was clicked, by its place from 0.
        marked(int): it was clicked with Ctrl, to mark it or not.
    """

    chosen = Signal(int)
    marked = Signal(int)

    def __init__(
        self, thumbnail: Callable[[Photo], QPixmap | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._marks = Marks(self.devicePixelRatioF())
        self.photos: Sequence[Photo] = ()
        self.active = 0
        self.kept: frozenset[int] = frozenset()
        self.best: int | None = None
        self.cover: int | None = None
        self.setAccessibleName(self.tr("Frames of the burst"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setToolTip(self.tr("Click: look at this frame. Ctrl+click: mark it, to keep several"))
        self._row = _Row(self)
        self.setWidget(self._row)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(_CELL.height() + bar)

    def show_frames(
        self,
        photos: Sequence[Photo],
        active: int,
        *,
        kept: frozenset[int] = frozenset(),
        best: int | None = None,
        cover: int | None = None,
    ) -> None:
        """Shows these frames.

        Args:
            photos: in order of capture.
            active: the place of the one that keys act on.
            kept: the ids of those that are marked to be kept together.
            best: the id of the proposed one.
            cover: the id of the one that stands for the group.
        """
        self.photos, self.active = photos, active
        self.kept, self.best, self.cover = kept, best, cover
        if self._marks.ratio != self.devicePixelRatioF() or self._marks.tokens != theme.tokens():
            self._marks = Marks(self.devicePixelRatioF())
        self._row.resize(_CELL.width() * len(photos), _CELL.height())
        middle = self.cell(active).center()
        self.ensureVisible(middle.x(), middle.y(), _CELL.width(), 0)
        self._row.update()

    def cell(self, index: int) -> QRect:
        """Where a frame lies in the row."""
        return QRect(QPoint(index * _CELL.width(), 0), _CELL)

    def paint_frame(self, painter: QPainter, room: QRect, index: int) -> None:
        """Paints one frame."""
        photo, colours = self.photos[index], theme.tokens()
        tile = room.adjusted(4, 4, -4, -_TEXT)
        if index == self.active:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.pressed))
            painter.drawRoundedRect(QRectF(room).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        self._paint_picture(painter, tile, photo)
        if photo.verdict.flag is not Flag.NONE:
            painter.drawPixmap(tile.topLeft() + QPoint(4, 4), self._marks.flag(photo.verdict.flag))
        right = tile.right() - 3
        for text in self._badges(photo):
            badge = self._marks.badge(text)
            size = badge.deviceIndependentSize()
            right -= round(size.width())
            # At the foot: the flag is at the head, and a narrow frame has no room for both there.
            painter.drawPixmap(QPointF(right, tile.bottom() - 3 - size.height()), badge)
            right -= 4
        if photo.id in self.kept:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(tile).adjusted(-2, -2, 2, 2), RADIUS, RADIUS)
        painter.setFont(theme.font("small", emphasis=index == self.active))
        painter.setPen(QColor(colours.text if index == self.active else colours.dim))
        line = QRect(room.left(), tile.bottom() + 1, room.width(), _TEXT)
        number = f"#{index + 1}"
        text = self.tr("{n} · marked").format(n=number) if photo.id in self.kept else number
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def _badges(self, photo: Photo) -> list[str]:
        proposed = [self.tr("Proposed")] if photo.id == self.best else []
        return proposed + ([self.tr("Cover")] if photo.id == self.cover else [])

    def _paint_picture(self, painter: QPainter, tile: QRect, photo: Photo) -> None:
        pixmap = self._thumbnail(photo)
        if pixmap is None or pixmap.isNull():
            painter.drawPixmap(tile.topLeft(), self._marks.tile(tile.width(), tile.height()))
            return
        size = pixmap.deviceIndependentSize().scaled(
            tile.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio
        )
        target = QRectF(QPointF(0, 0), size)
        target.moveCenter(QRectF(tile).center())
        if photo.verdict.flag is Flag.REJECT:
            painter.setOpacity(_REJECTED)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1)
