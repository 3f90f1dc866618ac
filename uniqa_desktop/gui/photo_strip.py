"""Photos side by side in one row that scrolls: what a dialog has chosen, at a glance."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from uniqa_desktop import paths
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.photos_model import PhotoRole, PhotosModel
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.photo import Photo

_PICTURE = QSize(15 * theme.SPACE, 11 * theme.SPACE)
_GAP = theme.SPACE // 2


class PhotoStrip(QListView):
    """One row of thumbnails with their names; only those in view are read and painted."""

    def __init__(
        self,
        name: str,
        get: Callable[[Sequence[int]], list[Photo]],
        thumbs: ThumbLoader,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what screen readers call it; `get` reads photos from the library."""
        super().__init__(parent)
        self._photos = PhotosModel(get, self)
        self.setModel(self._photos)
        self.setItemDelegate(_Delegate(thumbs, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        theme.set_font(self, "small")
        thumbs.ready.connect(self._repaint)
        self._fit()

    @property
    def ids(self) -> Sequence[int]:
        """The photos, in order."""
        return self._photos.ids

    def show_photos(self, ids: Iterable[int]) -> None:
        """Shows these photos instead, from the first."""
        self._photos.set_ids(array("q", ids))
        self.scrollToTop()

    def _fit(self) -> None:
        cell = _cell(self)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setFixedHeight(cell.height() + bar)

    def _repaint(self, _photos: list[int]) -> None:
        if self.isVisible():
            self.viewport().update()


class _Delegate(QStyledItemDelegate):
    def __init__(self, thumbs: ThumbLoader, strip: PhotoStrip) -> None:
        super().__init__(strip)
        self._thumbs = thumbs
        self._strip = strip

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return _cell(self._strip)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        photo = index.data(PhotoRole)
        if not isinstance(photo, Photo):
            return
        colours = theme.tokens()
        cell = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        place = QRectF(cell.adjusted(_GAP, _GAP, -_GAP, 0))
        place.setHeight(_PICTURE.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thumb = self._thumbs.look(photo)
        if thumb is not None and thumb.pixmap is not None:
            size = thumb.pixmap.deviceIndependentSize().scaled(
                place.size(), Qt.AspectRatioMode.KeepAspectRatio
            )
            target = QRectF(place.topLeft(), size)
            target.moveCenter(place.center())
            painter.drawPixmap(target, thumb.pixmap, QRectF(thumb.pixmap.rect()))
        else:
            painter.fillRect(place, QColor(colours.panel))
        line = place.toRect()
        line.setTop(cell.bottom() - self._strip.fontMetrics().height() - _GAP)
        line.setBottom(cell.bottom())
        painter.setPen(QColor(colours.dim))
        painter.setFont(self._strip.font())
        name = self._strip.fontMetrics().elidedText(
            paths.display(photo.path.name), Qt.TextElideMode.ElideMiddle, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), _GAP, _GAP)
        painter.restore()


def _cell(strip: QWidget) -> QSize:
    text = strip.fontMetrics().height() + 2 * _GAP
    return QSize(_PICTURE.width() + 2 * _GAP, _PICTURE.height() + 2 * _GAP + text)
