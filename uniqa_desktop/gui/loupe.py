"""The loupe: one photo as large as the window, as sharp as it is, at once.

Presenter rules: what is on screen is always a decoded picture of the photo that is named below it.
A better one replaces it only when it is completely decoded, a lesser one never; what was decoded
for another photo stays in the cache. The full picture is decoded when the user rests on a photo, so
that holding an arrow key runs through previews.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from uniqa_desktop import paths
from uniqa_desktop.gui import theme
from uniqa_desktop.gui.bindings import key_now
from uniqa_desktop.gui.frame import Frame, Grade, from_thumbnail
from uniqa_desktop.gui.heat_legend import HeatLegend
from uniqa_desktop.gui.loupe_caption import LoupeCaption
from uniqa_desktop.gui.loupe_loader import Full, Key, LoupeLoader, Quick, Trouble, Wish, key_of
from uniqa_desktop.gui.overlay_legend import OverlayLegend
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.photo import Photo, State

SETTLE_MS = 60
"""How long a photo is rested on before its full picture is decoded."""
_PATIENCE_MS = 250
"""How long an empty view stays without a word."""
_COUNTED = 512
"""Longer side of the picture that a histogram is counted from, at least."""


class Loupe(QWidget):
    """One photo with fit, 100 %, pan and a caption; it asks for the next by signals.

    `quick` and `full` decode; they default to `uniqa_desktop.decode` and run in threads only. With
    `loader` it shares the pictures of other views.

    Signals:
        stepped(int): the user wants the next (+1) or previous (−1) photo.
        stepped_in_group(int): the same within the photo's group.
        first_requested(), last_requested(): Home and End.
        closed(): back to the grid (Esc, G).
        photo_shown(): another photo is shown, or newer facts of the same.
        zoom_changed(float): device pixels per picture pixel.
        picture_shown(QImage): a decoded picture of the photo came on screen; this is a reduction
            of it, large enough to count a histogram from.
    """

    stepped = Signal(int)
    stepped_in_group = Signal(int)
    first_requested = Signal()
    last_requested = Signal()
    closed = Signal()
    photo_shown = Signal()
    zoom_changed = Signal(float)
    picture_shown = Signal(QImage)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        quick: Quick | None = None,
        full: Full | None = None,
        loader: LoupeLoader | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Loupe"))
        self.view = PictureView()
        self.caption = LoupeCaption()
        self.legend = HeatLegend()
        self.marks_legend = OverlayLegend()
        self.note = QLabel()
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.setContentsMargins(*4 * (2 * theme.SPACE,))
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.note)
        column.addWidget(self.legend)
        column.addWidget(self.marks_legend)
        column.addWidget(self.caption)
        self.setFocusProxy(self.view)

        self._photo: Photo | None = None
        self._neighbours: tuple[Photo, ...] = ()
        self._thumbnail: Frame | None = None
        self._loader = loader or LoupeLoader(self, quick=quick, full=full)
        self._loader.changed.connect(self._arrived)
        self._settled = _timer(self, SETTLE_MS, lambda: self._ask(full=True))
        self._waited = _timer(self, _PATIENCE_MS, self._present)
        self.view.zoom_changed.connect(self._zoomed)
        self.view.box_changed.connect(self._settled.start)

    # What to show

    @property
    def photo(self) -> Photo | None:
        return self._photo

    def show_photo(
        self,
        photo: Photo,
        neighbours: Sequence[Photo] = (),
        *,
        position: tuple[int, int] | None = None,
        thumbnail: QImage | QPixmap | None = None,
    ) -> None:
        """Shows `photo` at once with what there is of it, and better as soon as there is more.

        Args:
            photo: the photo, or the same one with newer scores.
            neighbours: photos to have ready, the likeliest first.
            position: its place in the list, from 1, and the length of the list.
            thumbnail: its thumbnail, upright, if it is at hand.
        """
        another = self._photo is None or key_of(photo) != key_of(self._photo)
        self._photo = photo
        self._neighbours = tuple(neighbours)
        self.caption.show_photo(photo, position)
        if another:
            self._thumbnail = None
            self._loader.forgive(key_of(photo))
            self._waited.start()
        if thumbnail is not None:
            image = thumbnail.toImage() if isinstance(thumbnail, QPixmap) else thumbnail
            if not image.isNull():
                self._thumbnail = from_thumbnail(image, photo.meta.width, photo.meta.height)
        self._ask(full=False)
        self._settled.start()
        self._present()
        self.photo_shown.emit()

    def clear(self) -> None:
        """Shows nothing and wants nothing."""
        self._photo, self._neighbours, self._thumbnail = None, (), None
        self._settled.stop()
        self._waited.stop()
        self._loader.want(())
        self.caption.show_photo(None, None)
        self._present()
        self.photo_shown.emit()

    def set_caption_visible(self, visible: bool) -> None:
        """Shows or hides the line below the picture."""
        self.caption.setVisible(visible)

    def stop(self) -> None:
        """Ends the threads; call it before the window goes."""
        self._settled.stop()
        self._waited.stop()
        self._loader.stop()

    # Decoding

    def _ask(self, *, full: bool) -> None:
        """Tells the loader what is wanted now: this photo, its neighbours' previews, and once
        settled the full pictures; those of neighbours only when they would be looked at."""
        photo = self._photo
        if photo is None or self.view.box.isEmpty():
            return
        if photo.state is State.MISSING:
            wanted = [(other, Grade.PREVIEW) for other in self._neighbours]
        else:
            wanted = [(photo, Grade.PREVIEW)]
            if full:
                wanted.append((photo, Grade.FULL))
            wanted += [(other, Grade.PREVIEW) for other in self._neighbours]
        if full and not self.view.fitted:
            wanted += [(other, Grade.FULL) for other in self._neighbours]
        screen = self.screen().size() * self.devicePixelRatioF()
        long_side = max(screen.width(), screen.height())
        self._loader.want(
            [
                Wish(key_of(one), grade, self.view.box, long_side)
                for one, grade in wanted
                if one is photo or one.state is State.PRESENT
            ]
        )

    def _arrived(self, key: Key) -> None:
        # A shared loader also tells of what other views asked for.
        if self._photo is not None and key == key_of(self._photo) and self.isVisible():
            self._present()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settled.start()

    def hideEvent(self, event: QHideEvent) -> None:
        # Nobody looks: what is being decoded is finished, nothing else is begun.
        super().hideEvent(event)
        self._settled.stop()
        self._loader.want(())

    # Presenting

    def _present(self) -> None:
        photo = self._photo
        frame, trouble = None, None
        if photo is not None:
            frame = self._loader.frame(key_of(photo)) or self._thumbnail
            trouble = self._trouble(photo)
        before = self.view.frame
        self.view.show_frame(frame)
        self._say(photo, frame, trouble)
        self._show_zoom()
        if frame is not None and frame is not before and frame.grade > Grade.THUMBNAIL:
            self._waited.stop()
            if before is None or before.levels is not frame.levels:
                self.picture_shown.emit(frame.level_for(min(_COUNTED, frame.size.width())))

    def _trouble(self, photo: Photo) -> Trouble | None:
        if photo.state is State.MISSING:
            return Trouble("", missing=True)
        return self._loader.trouble(key_of(photo))

    def _say(self, photo: Photo | None, frame: Frame | None, trouble: Trouble | None) -> None:
        """A sentence below the picture, or in its place where there is none."""
        if photo is None:
            text = self.tr("No photo to show. Press {key} for the grid.").format(
                key=key_now(self, "show_grid") or self.tr("Esc")
            )
        elif trouble is not None and trouble.missing:
            text = self.tr(
                "{file} is not there at the moment.\nConnect its drive or scan the folder again; "
                "its scores and your verdicts are kept."
            ).format(file=paths.display(photo.path))
        elif trouble is not None:
            text = self.tr(
                "This photo cannot be read. {reason}\nCopy it again from the card or a backup, "
                "then try it again in the list of failed files."
            ).format(reason=trouble.reason)
        elif frame is None and not self._waited.isActive():
            text = self.tr("Reading the photo…")
        else:
            text = ""
        self.view.set_placeholder(text)
        line = text.replace("\n", " ")
        self.note.setText(line)
        self.note.setAccessibleName(line)
        self.note.setVisible(bool(text) and frame is not None)

    # Zoom

    def _zoomed(self, zoom: float) -> None:
        self._show_zoom()
        self._settled.start()
        self.zoom_changed.emit(zoom)

    def _show_zoom(self) -> None:
        self.caption.show_zoom(self._zoom_text())

    def _zoom_text(self) -> str:
        frame = self.view.frame
        if frame is None:
            return ""
        percent = f"{self.view.zoom * 100:.0f} %"
        text = self.tr("Fit, {percent}").format(percent=percent) if self.view.fitted else percent
        if frame.grade is not Grade.FULL:
            return self.tr("{zoom} · preview").format(zoom=text)
        if frame.size != frame.original and _differs(frame.size, frame.original):
            return self.tr("{zoom} of the preview, {width} × {height}").format(
                zoom=text, width=frame.size.width(), height=frame.size.height()
            )
        return text

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Right:
                self.stepped.emit(1)
            case Qt.Key.Key_Left:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down:
                self.stepped_in_group.emit(1)
            case Qt.Key.Key_Up:
                self.stepped_in_group.emit(-1)
            case Qt.Key.Key_Home:
                self.first_requested.emit()
            case Qt.Key.Key_End:
                self.last_requested.emit()
            case Qt.Key.Key_Escape | Qt.Key.Key_G:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)


def _differs(size: QSize, original: QSize) -> bool:
    """Whether it is another picture size for people: RAW previews lack a border of a few pixels."""
    return abs(size.width() - original.width()) > 0.03 * original.width()


def _timer(parent: QWidget, milliseconds: int, done: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(done)
    return timer
