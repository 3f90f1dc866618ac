"""Several photos looked at together: one active, one framing, one loader. Compare and survey.

As in the loupe, what is on screen is always a decoded picture of the photo that is named below it;
a better one replaces it when it is completely decoded. Keys act on the active photo only, which
the pointer never changes by merely being somewhere: a click or a key does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from uniqa_desktop import differing, paths
from uniqa_desktop.gui import theme, words
from uniqa_desktop.gui.frame import Frame, Grade, from_thumbnail
from uniqa_desktop.gui.linked import Aside
from uniqa_desktop.gui.loupe_loader import Key, LoupeLoader, key_of
from uniqa_desktop.gui.pane import Pane
from uniqa_desktop.gui.pane_wishes import wishes
from uniqa_desktop.gui.photos_model import PhotosModel
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.zoom import Framing
from uniqa_desktop.photo import Photo, State

SETTLE_MS = 60
"""How long the photos stay before full pictures are decoded."""
_PATIENCE_MS = 250
"""How long an empty pane stays without a word."""
_COUNTED = 512
"""Longer side of the picture that a histogram is counted from, at least."""
Thumbnail = Callable[[Photo], QPixmap | None]


class PaneBoard(QWidget):
    """Panes of photos of `photos` (by id), decoded by `loader`, which it does not own.

    Signals:
        activated(int): the id of the photo that keys act on now.
        opened(): the user wants the active photo in the loupe.
        closed(): back to the grid.
        picture_shown(QImage): a picture of the active photo came on screen, for its histogram.
    """

    activated = Signal(int)
    opened = Signal()
    closed = Signal()
    picture_shown = Signal(QImage)

    def __init__(
        self,
        photos: PhotosModel,
        loader: LoupeLoader,
        thumbnail: Thumbnail,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.panes: list[Pane] = []
        self._photos = photos
        self._loader = loader
        self._thumbnail = thumbnail
        self._thumbnails: dict[Key, Frame] = {}
        self._active = 0
        self._shared = Framing()
        self._linking = False
        self._blind = False
        self._shown: QImage | None = None
        loader.changed.connect(self._arrived)
        self._settled = _timer(self, SETTLE_MS, lambda: self._ask(full=True))
        self._waited = _timer(self, _PATIENCE_MS, self._show_waiting)

    # What others ask

    @property
    def ids(self) -> list[int]:
        """The ids of the photos on show, in order."""
        return [pane.photo.id for pane in self.panes if pane.photo is not None]

    @property
    def active(self) -> Pane | None:
        """The pane that keys act on."""
        return self.panes[self._active] if self._active < len(self.panes) else None

    @property
    def view(self) -> PictureView | None:
        """The picture of the active pane."""
        return self.active.view if self.active is not None else None

    def activate(self, index: int) -> None:
        """Makes the photo of another pane the one that keys act on."""
        if not 0 <= index < len(self.panes):
            return
        self._active = index
        focused = QApplication.focusWidget()
        had_focus = focused is not None and (focused is self or self.isAncestorOf(focused))
        for number, pane in enumerate(self.panes):
            pane.set_active(number == index)
        view = self.panes[index].view
        self.setFocusProxy(view)
        if had_focus:
            view.setFocus()
        self._shown = None
        self._describe()
        self._settled.start()
        photo = self.panes[index].photo
        if photo is not None:
            self.activated.emit(photo.id)
            self._tell_picture()

    def wake(self) -> None:
        """The board came to the front: says which photo is active."""
        self.activate(self._active)

    def refresh(self) -> None:
        """Shows newer rows of the same photos: verdicts, scores."""
        for pane in self.panes:
            newer = self._photo(pane.photo.id) if pane.photo is not None else None
            if newer is not None:
                self._put(pane, newer)
        self._shows_now()

    def set_blind(self, blind: bool) -> None:
        """Hides or shows scores and what was measured."""
        self._blind = blind
        for pane in self.panes:
            pane.set_blind(blind)
        self._describe()

    def advance(self) -> None:
        """Goes on after a verdict."""
        raise NotImplementedError

    def relist(self) -> bool:
        """The list has other photos now; whether there is still something to show."""
        raise NotImplementedError

    # For the two kinds of board

    def _neighbours(self) -> Sequence[Photo]:
        """Photos to have ready, the likeliest first."""
        return ()

    def _arrow(self, key: Qt.Key) -> bool:
        """Acts on a key that means something in this kind of board; whether it did."""
        raise NotImplementedError

    def _compared_with(self, index: int) -> Photo | None:
        """The photo from which the one in pane `index` is told apart."""
        raise NotImplementedError

    def _photo(self, id: int) -> Photo | None:
        row = self._photos.row_of(id)
        return None if row is None else self._photos.photo(row)

    def _made_pane(self, role: str = "") -> Pane:
        pane = Pane(role, self)
        pane.set_blind(self._blind)
        pane.view.installEventFilter(self)
        pane.installEventFilter(self)
        pane.view.framing_changed.connect(
            lambda framing, alone: self._reframed(pane, framing, alone)
        )
        pane.view.zoom_changed.connect(lambda _zoom: pane.show_zoom())
        pane.view.box_changed.connect(self._settled.start)
        return pane

    def _put(self, pane: Pane, photo: Photo) -> None:
        """Shows a photo in a pane at once with what there is of it."""
        if pane.photo is None or key_of(pane.photo) != key_of(photo):
            pane.show_frame(None)
            pane.view.set_placeholder("")
            self._loader.forgive(key_of(photo))
            self._waited.start()
        pane.show_photo(photo)
        pixmap = self._thumbnail(photo)
        if pixmap is not None and not pixmap.isNull():
            self._thumbnails[key_of(photo)] = from_thumbnail(
                pixmap.toImage(), photo.meta.width, photo.meta.height
            )
        self._present(pane)

    def _shows_now(self) -> None:
        """The photos were put: asks for their pictures and names their differences."""
        kept = {key_of(pane.photo) for pane in self.panes if pane.photo is not None}
        self._thumbnails = {key: self._thumbnails[key] for key in kept & self._thumbnails.keys()}
        self._link()
        self._describe()
        self._ask(full=False)
        self._settled.start()

    # Framing

    def reset_framing(self) -> None:
        """Shows all pictures whole."""
        for pane in self.panes:
            pane.aside = Aside()
        self._shared = Framing()
        self._link()

    def _reframed(self, pane: Pane, framing: Framing, alone: bool) -> None:
        if self._linking:
            return
        if alone:
            pane.aside = Aside.between(self._shared, framing)
        else:
            self._shared = pane.aside.shared(framing)
            if self._shared.scale is None:
                for each in self.panes:
                    each.aside = Aside()
            self._link()
        self._settled.start()

    def _link(self) -> None:
        """Gives every view the shared framing."""
        self._linking = True
        try:
            for pane in self.panes:
                framing = pane.aside.framing(self._shared)
                if pane.view.framing != framing:
                    pane.view.set_framing(framing)
        finally:
            self._linking = False
        for pane in self.panes:
            pane.show_zoom()

    # Decoding

    def _in_order(self) -> list[Pane]:
        """The panes, the active one first."""
        active = self.active
        return sorted(self.panes, key=lambda pane: pane is not active)

    def _ask(self, *, full: bool) -> None:
        """Tells the loader what is wanted now."""
        if self.isVisible():
            screen = self.screen().size() * self.devicePixelRatioF()
            long_side = max(screen.width(), screen.height())
            self._loader.want(wishes(self._in_order(), self._neighbours(), long_side, full=full))

    def _arrived(self, key: Key) -> None:
        if not self.isVisible():
            return
        for pane in self.panes:
            if pane.photo is not None and key_of(pane.photo) == key:
                self._present(pane)
                self._describe()

    def _present(self, pane: Pane) -> None:
        """The best picture there is of the pane's photo."""
        photo = pane.photo
        if photo is None:
            return
        key = key_of(photo)
        frame = self._loader.frame(key) or pane.view.frame or self._thumbnails.get(key)
        held = pane.view.frame
        if frame is not None and (held is None or frame.grade >= held.grade):
            pane.show_frame(frame)
            pane.view.set_placeholder("")
        if pane is self.active:
            self._tell_picture()

    def _tell_picture(self) -> None:
        """Hands on a picture of the active photo that is better than a thumbnail, once."""
        frame = self.view.frame if self.view is not None else None
        if frame is not None and frame.grade > Grade.THUMBNAIL:
            image = frame.level_for(min(_COUNTED, frame.size.width()))
            if image is not self._shown:
                self._shown = image
                self.picture_shown.emit(image)

    def _show_waiting(self) -> None:
        for pane in self.panes:
            if pane.view.frame is None and not pane.view.placeholder:
                pane.view.set_placeholder(self.tr("Reading the photo…"))

    # Words

    def _describe(self) -> None:
        """Under each photo what tells it from the other, or why it cannot be shown."""
        for index, pane in enumerate(self.panes):
            trouble = self._trouble(pane)
            if trouble and pane.view.frame is None:
                pane.view.set_placeholder(trouble)
            pane.show_difference(trouble or self._difference(index))

    def _difference(self, index: int) -> str:
        this, other = self.panes[index].photo, self._compared_with(index)
        if self._blind or this is None or other is None:
            return ""
        if this.attributes is None or other.attributes is None:
            return ""
        return differing.sentence(this.attributes, other.attributes, words.say, words.short)

    def _trouble(self, pane: Pane) -> str:
        photo = pane.photo
        if photo is None:
            return ""
        trouble = self._loader.trouble(key_of(photo))
        if photo.state is State.MISSING or (trouble is not None and trouble.missing):
            return self.tr("{file} is not there at the moment.").format(
                file=paths.display(photo.path)
            )
        if trouble is not None:
            return self.tr("This photo cannot be read. {reason}").format(reason=trouble.reason)
        return ""

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            for index, pane in enumerate(self.panes):
                if watched in (pane, pane.view):
                    if index != self._active:
                        self.activate(index)
                    pane.view.setFocus()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._acts_on(event)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._acts_on(event):
            super().keyPressEvent(event)

    def _acts_on(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_G):
            self.closed.emit()
            return True
        return self._arrow(key)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through the photos: the next one is active. It never leaves them: with one photo
        left, keys would land in another part of the window unnoticed."""
        if self.panes:
            self.activate((self._active + (1 if next else -1)) % len(self.panes))
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for pane in self.panes:
            self._present(pane)
        self._settled.start()

    def hideEvent(self, event: QHideEvent) -> None:
        # Nobody looks: nothing more is begun, and what the panes hold is let go.
        super().hideEvent(event)
        self._settled.stop()
        self._waited.stop()
        self._loader.want(())
        for pane in self.panes:
            pane.show_frame(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.tokens().background)


def _timer(parent: QWidget, milliseconds: int, done: Callable[[], None]) -> QTimer:
    timer = QTimer(parent, singleShot=True, interval=milliseconds)
    timer.timeout.connect(done)
    return timer
