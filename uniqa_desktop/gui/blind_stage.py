"""One or two photos as large as there is room, with nothing that was scored, measured or named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.frame import Grade
from uniqa_desktop.gui.loupe_loader import Key, LoupeLoader, Wish, key_of
from uniqa_desktop.gui.picture_view import PictureView
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Photo


class BlindStage(QWidget):
    """Shows photos side by side. Call `stop` before it goes: it decodes in threads."""

    def __init__(self, places: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._loader = LoupeLoader(self)
        self._photos: tuple[Photo, ...] = ()
        self._next: tuple[Photo, ...] = ()
        self._loader.changed.connect(self._arrived)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        self.views = [PictureView() for _ in range(places)]
        names = (say("Photo"),) if places == 1 else (say("Left photo"), say("Right photo"))
        for view, name in zip(self.views, names, strict=True):
            # Keys answer: they go on to the dialog.
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setAccessibleName(name)
            view.box_changed.connect(self._ask)
            row.addWidget(view, 1)

    @property
    def photos(self) -> tuple[Photo, ...]:
        """The photos on show."""
        return self._photos

    def show_photos(self, photos: Sequence[Photo], upcoming: Sequence[Photo] = ()) -> None:
        """Shows these, and decodes those that come next meanwhile; none empties the stage."""
        self._photos, self._next = tuple(photos), tuple(upcoming)
        for place, view in enumerate(self.views):
            photo = photos[place] if place < len(photos) else None
            view.set_placeholder("")
            view.show_frame(None if photo is None else self._loader.frame(key_of(photo)))
            view.fit()
        self._ask()

    def stop(self) -> None:
        """Ends the threads."""
        self._loader.stop()

    def _ask(self) -> None:
        wanted = [*self._photos, *self._next]
        box = self.views[0].box
        if not box.isEmpty():
            side = max(box.width(), box.height())
            self._loader.want([Wish(key_of(photo), Grade.PREVIEW, box, side) for photo in wanted])

    def _arrived(self, key: Key) -> None:
        for photo, view in zip(self._photos, self.views, strict=False):
            if key_of(photo) == key:
                frame, trouble = self._loader.frame(key), self._loader.trouble(key)
                if frame is not None:
                    view.show_frame(frame)
                elif trouble is not None:
                    view.set_placeholder(trouble.reason)
