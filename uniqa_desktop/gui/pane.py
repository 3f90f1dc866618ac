"""One photo among several that are looked at together: picture, rim, a caption of two lines."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.frame import Frame, Grade
from uniqa_desktop.gui.linked import Aside
from uniqa_desktop.gui.loupe_caption import ScoreChip
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.verdict_marks import VerdictMarks
from uniqa_desktop.photo import Photo

_RIM = 3
"""Width of the frame around the active photo, device-independent pixels."""
_CHIPS_FROM, _ZOOM_FROM = 340, 460
"""Width of a pane from which its caption has room for scores, and for the zoom as well."""


class ActiveBadge(QLabel):
    """The word that, beside the frame, marks the photo that keys act on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Active"))
        theme.set_font(self, "small", emphasis=True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * theme.SPACE
        return QSize(width, metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QColor(colours.on_accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Pane(QWidget):
    """Shows one photo. What is decoded for it and which pane is active is the board's business.

    `aside` is how its view is off the framing that all panes share.
    """

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo: Photo | None = None
        self.aside = Aside()
        self._role = role
        self._active = False
        self._blind = False
        self.view = PictureView()
        self.badge = ActiveBadge()
        self.role = QLabel(role)
        theme.set_font(self.role, "small", emphasis=True)
        if not role:
            self.role.hide()
        self.name = ElidedLabel()
        self.name.setProperty("role", "small")
        self.verdict = VerdictMarks()
        self.difference = ElidedLabel(cut=Qt.TextElideMode.ElideRight)
        self.difference.setProperty("role", "dim")
        self.zoom = QLabel()
        self.zoom.setProperty("role", "dim")
        self.quality = ScoreChip(self.tr("Quality"))
        self.aesthetics = ScoreChip(self.tr("Aesthetics"))
        self._lay_out()
        self._show_active()

    def _lay_out(self) -> None:
        space = theme.SPACE
        top = QHBoxLayout()
        top.setSpacing(space)
        for widget in (self.badge, self.role):
            top.addWidget(widget)
        top.addWidget(self.name, 1)
        top.addWidget(self.verdict)
        below = QHBoxLayout()
        below.setSpacing(2 * space)
        below.addWidget(self.difference, 1)
        for widget in (self.zoom, self.quality, self.aesthetics):
            below.addWidget(widget)
        caption = QVBoxLayout()
        caption.setContentsMargins(space, space // 2, space, space // 2)
        caption.setSpacing(0)
        caption.addLayout(top)
        caption.addLayout(below)
        # As high with marks and scores as without: nothing jumps while stepping.
        top.addStrut(max(self.verdict.sizeHint().height(), self.badge.sizeHint().height()))
        below.addStrut(self.quality.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(_RIM, _RIM, _RIM, _RIM)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(caption)

    @property
    def chrome(self) -> QSize:
        """What the pane takes beside its picture, device-independent pixels."""
        own, view = self.sizeHint(), self.view.sizeHint().expandedTo(self.view.minimumSize())
        return QSize(2 * _RIM, own.height() - view.height())

    @property
    def active(self) -> bool:
        return self._active

    def set_active(self, active: bool) -> None:
        """Whether keys act on this photo."""
        if active != self._active:
            self._active = active
            self._show_active()

    def set_role(self, role: str) -> None:
        """Says what this pane's photo is to the others, before its name."""
        self._role = role
        self.role.setText(role)
        self.role.setVisible(bool(role))
        self._name_it()

    def set_blind(self, blind: bool) -> None:
        """Hides what the model and the measures say."""
        self._blind = blind
        if self.photo is not None:
            self.show_photo(self.photo)
        self._fit_caption()

    def show_photo(self, photo: Photo) -> None:
        """Names the photo and shows its verdict and scores; the picture comes by `show_frame`."""
        self.photo = photo
        self.name.setText(paths.display(photo.path.name))
        self.verdict.show_verdict(photo.verdict)
        scores = None if self._blind else photo.scores
        self.quality.show_value(scores.quality if scores else None)
        self.aesthetics.show_value(scores.aesthetics if scores else None)
        self._fit_caption()
        self._name_it()

    def show_frame(self, frame: Frame | None) -> None:
        """Shows a picture of this photo."""
        self.view.show_frame(frame)
        self.show_zoom()

    def show_difference(self, text: str) -> None:
        """Says how this photo differs, or why it cannot be shown."""
        self.difference.setText(text)
        self._name_it()

    def show_zoom(self) -> None:
        """Says how large the picture is seen, and whether it is only a preview."""
        frame = self.view.frame
        if frame is None:
            self.zoom.setText("")
            return
        percent = f"{self.view.zoom * 100:.0f} %"
        text = self.tr("Fit, {percent}").format(percent=percent) if self.view.fitted else percent
        if frame.grade is not Grade.FULL and not self.view.fitted:
            text = self.tr("{zoom} · preview").format(zoom=text)
        self.zoom.setText(text)

    def _name_it(self) -> None:
        """What a screen reader says of the pane."""
        parts = [
            self._role,
            self.name.text(),
            self.tr("active") if self._active else "",
            self.verdict.accessibleName(),
            self.difference.text(),
        ]
        self.view.setAccessibleName(", ".join(part for part in parts if part))

    def _show_active(self) -> None:
        self.badge.setVisible(self._active)
        self._name_it()
        self.update()

    def _fit_caption(self) -> None:
        width = self.width()
        self.zoom.setVisible(width >= _ZOOM_FROM)
        for chip in (self.quality, self.aesthetics):
            chip.setVisible(width >= _CHIPS_FROM and bool(chip.text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_caption()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.panel if self._active else colours.background))
        if self._active:
            pen = QPen(QColor(colours.accent), _RIM)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            half = _RIM / 2
            painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
