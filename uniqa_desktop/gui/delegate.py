"""Paints one cell of the photo grid.

A cell is an even tile with the picture letterboxed in it, and under it one line: colour label, file
name, stars. On the tile every mark has its place, the same in each cell, so that the eye can run
along a row: flag upper left, badges upper right, score lower left. Nothing is computed here twice:
marks are kept pixmaps, texts are elided once, and the picture arrives at its final size.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap, QRegion, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from uniqa_desktop import paths
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.marks import Marks
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.stack_marks import StackMarks
from uniqa_desktop.gui.stacks import Mark
from uniqa_desktop.gui.thumb_loader import ThumbLoader
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Label, Photo, State

PADDING = 6
"""Around the tile in its cell; the selection frame lies in it."""

_INSET = 6
_NAMED = 112
"""From this tile width on there is room for a file name."""

_ASPECT = 0.8
"""Height of a tile by its width: a landscape of 3:2 nearly fills it, a portrait is not tiny."""

_REJECTED = 0.32


@dataclass(frozen=True)
class Cell:
    """Where things are in a cell, relative to its corner."""

    size: QSize
    tile: QRect
    line: QRect
    named: bool

    @classmethod
    def of_width(cls, width: int) -> Cell:
        """The cell of that width; its height follows from the tile and the text size."""
        tile = QRect(PADDING, PADDING, width - 2 * PADDING, round((width - 2 * PADDING) * _ASPECT))
        named = tile.width() >= _NAMED
        height = QFontMetrics(theme.font("small")).height() + 2 if named else 12
        line = QRect(tile.left(), tile.bottom() + 5, tile.width(), height)
        return cls(QSize(width, line.bottom() + 1 + PADDING // 2), tile, line, named)


def quality(photo: Photo) -> float | None:
    """The photo's quality, 0–100."""
    return photo.scores.quality if photo.scores is not None else None


class PhotoDelegate(QStyledItemDelegate):
    """Paints the photos of `model` with the thumbnails of `loader`.

    `score` picks the number (0–100 or `None`) that is shown on the picture, `stack` says of a photo
    what group it is in. The grid sets `cell`,
    `current`, the row the keyboard is at (−1 for none), and `dirty`, the part of the viewport that
    has to be painted: Qt asks for every cell in its bounding rectangle, which for some thumbnails
    that arrive here and there are nearly all.
    """

    def __init__(
        self, model: PhotosModel, loader: ThumbLoader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._loader = loader
        self.score: Callable[[Photo], float | None] = quality
        self.stack: Callable[[int], Mark | None] = lambda _photo: None
        self.cell = Cell.of_width(200)
        self.current = -1
        self.dirty: QRegion | None = None
        self.restyle()

    def restyle(self, ratio: float = 1.0) -> None:
        """Draws all marks anew: the theme, the text size or the screen has changed."""
        t = theme.tokens()
        self.marks = Marks(ratio)
        self.stack_marks = StackMarks(ratio)
        self._font = theme.font("small")
        self._metrics = QFontMetrics(self._font)
        self._text, self._dim = QColor(t.text), QColor(t.dim)
        self._hover, self._pressed = QColor(t.hover), QColor(t.pressed)
        self._frame = QPen(QColor(t.accent), 2)
        self._elided = lru_cache(maxsize=2000)(self._elide)
        self._lines = lru_cache(maxsize=200)(self._break)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return self.cell.size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        # Qt's binding ends the process on some errors that leave an override (PySide6 6.11).
        try:
            self._paint(painter, option, index.row())
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if self.dirty is not None and not self.dirty.intersects(rect):
            return
        photo = self._model.photo(row)
        corner = rect.topLeft()
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        current = row == self.current
        tile = self.cell.tile.translated(corner)
        stack = self.stack(photo.id) if photo is not None else None
        if current or hovered:
            self._paint_ground(painter, corner, self._pressed if current else self._hover)
        if stack is not None:
            self.stack_marks.paint_behind(painter, QRect(corner, self.cell.size), tile, stack)
        painter.drawPixmap(tile.topLeft(), self.marks.tile(tile.width(), tile.height()))
        if photo is not None:
            self._paint_picture(painter, tile, photo)
            self._paint_marks(painter, tile, photo)
            if stack is not None:
                badge = self.stack_marks.badge(stack)
                painter.drawPixmap(self.stack_marks.place(tile, stack), badge)
            bright = hovered or selected or current
            self._paint_line(painter, self.cell.line.translated(corner), photo, bright)
        if selected:
            self._paint_frame(painter, tile)

    def _paint_ground(self, painter: QPainter, corner: QPoint, tone: QColor) -> None:
        """What the keyboard or the pointer is at stands on a ground of another tone."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone)
        painter.drawRoundedRect(QRectF(QRect(corner, self.cell.size)), 8, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_frame(self, painter: QPainter, tile: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(tile).adjusted(-2, -2, 2, 2), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_picture(self, painter: QPainter, tile: QRect, photo: Photo) -> None:
        thumb = self._loader.look(photo)
        if thumb is not None and thumb.pixmap is not None:
            if photo.verdict.flag is Flag.REJECT:
                painter.setOpacity(_REJECTED)
            self._paint_pixmap(painter, tile, thumb.pixmap, thumb.box)
            painter.setOpacity(1)
        elif thumb is not None and thumb.problem is not None:
            self._paint_broken(painter, tile, photo.failure or thumb.problem)

    def _paint_pixmap(self, painter: QPainter, tile: QRect, pixmap: QPixmap, box: QSize) -> None:
        """In the middle of the tile, pixel by pixel; scaled only until the right size is there."""
        ratio = self.marks.ratio
        width, height = pixmap.width(), pixmap.height()
        if box.width() == round(tile.width() * ratio):
            x = tile.x() + round((tile.width() * ratio - width) / 2) / ratio
            y = tile.y() + round((tile.height() * ratio - height) / 2) / ratio
            painter.drawPixmap(QPointF(x, y), pixmap)
            return
        scale = tile.width() / box.width()
        target = QRectF(0, 0, width * scale, height * scale)
        target.moveCenter(QRectF(tile).center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, pixmap, QRectF(0, 0, width, height))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _paint_broken(self, painter: QPainter, tile: QRect, why: str) -> None:
        lines = self._lines(why, tile.width() - 4 * _INSET) if self.cell.named else ()
        step = self._metrics.height()
        top = tile.center().y() - (24 + (4 + step * len(lines) if lines else 0)) // 2
        painter.drawPixmap(tile.center().x() - 12, top, self.marks.warning())
        painter.setFont(self._font)
        painter.setPen(self._dim)
        for n, text in enumerate(lines):
            rect = QRect(tile.x(), top + 28 + n * step, tile.width(), step)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_marks(self, painter: QPainter, tile: QRect, photo: Photo) -> None:
        left, top = tile.left() + _INSET, tile.top() + _INSET
        room = tile.width() - 2 * _INSET
        if photo.verdict.flag is not Flag.NONE:
            painter.drawPixmap(left, top, self.marks.flag(photo.verdict.flag))
            room -= 24
        right = tile.right() + 1 - _INSET
        for text in _badges(photo, brief=not self.cell.named):
            badge = self.marks.badge(text)
            width = round(badge.width() / self.marks.ratio)
            if width <= room:
                painter.drawPixmap(right - width, top, badge)
                right -= width + 4
                room -= width + 4
        score = self.score(photo)
        if score is not None:
            chip = self.marks.score(max(0, min(100, round(score))))
            height = round(chip.height() / self.marks.ratio)
            painter.drawPixmap(left, tile.bottom() + 1 - _INSET - height, chip)

    def _paint_line(self, painter: QPainter, line: QRect, photo: Photo, bright: bool) -> None:
        verdict = photo.verdict
        left, right = line.left(), line.right() + 1
        middle = line.top() + line.height() // 2
        if verdict.label is not Label.NONE:
            chip = self.marks.label(verdict.label).deviceIndependentSize()
            top = round(middle - chip.height() / 2)
            painter.drawPixmap(left, top, self.marks.label(verdict.label))
            left += round(chip.width()) + 6
        if verdict.stars:
            stars = self.marks.stars(verdict.stars)
            right -= round(stars.width() / self.marks.ratio)
            painter.drawPixmap(right, middle - 5, stars)
            right -= 6
        if self.cell.named:
            painter.setFont(self._font)
            painter.setPen(self._text if bright else self._dim)
            name = self._elided(photo.path.name, right - left)
            rect = QRect(left, line.top(), right - left, line.height())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, name)

    def _elide(self, name: str, width: int) -> str:
        """The end tells photos of a series apart, so the middle gives way."""
        return self._metrics.elidedText(
            paths.display(name), Qt.TextElideMode.ElideMiddle, max(0, width)
        )

    def _break(self, text: str, width: int) -> tuple[str, ...]:
        """`text` in three lines at most."""
        layout = QTextLayout(text, self._font)
        layout.beginLayout()
        lines: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            if len(lines) == 2:
                rest = text[start:]
                mode = Qt.TextElideMode.ElideRight
                lines.append(self._metrics.elidedText(rest, mode, width))
                break
            lines.append(text[start : start + line.textLength()].strip())
        layout.endLayout()
        return tuple(lines)


def _badges(photo: Photo, brief: bool) -> list[str]:
    """What there is to say of the photo's files: missing, and what lies beside it (`+NEF`)."""
    missing = [say("Missing")] if photo.state is State.MISSING else []
    beside = [] if brief else ["+" + each.suffix[1:].upper() for each in photo.companions]
    return missing + beside
