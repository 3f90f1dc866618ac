"""Decodes what the loupe shows and is about to show, in two threads, and keeps it within a budget.

The loupe says what it wants, best first, each time the user steps; what is no longer wanted and not
yet begun is never decoded. A picture is found by the photo's path *and* content identity, so that
nothing decoded for one photo, or for an earlier content of the file, can be shown as another.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.frame import Frame, Grade, from_picture
from uniqa_desktop.photo import Photo

if TYPE_CHECKING:
    from uniqa_desktop.decode import Picture

_log = logging.getLogger(__name__)

BUDGET = 512 * 1024 * 1024
"""Bytes of decoded pictures that are kept: four of 24 megapixels with their reductions, or some
fifty at the size of a screen. The picture in view is kept whatever its size."""

THREADS = 2

Key = tuple[Path, bytes]
Quick = Callable[[Path, int], "Picture"]
Full = Callable[[Path], "Picture"]


def key_of(photo: Photo) -> Key:
    """What a photo's decoded pictures are kept under."""
    return photo.path, photo.identity


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that is wanted: whose, how good, and the view (device pixels) it is to fit.

    `long_side` is how many pixels a preview should have: those of the screen, so that it is still
    good when the window grows.
    """

    key: Key
    grade: Grade
    box: QSize
    long_side: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a picture cannot be shown. `missing`: its file is not there (any more)."""

    reason: str
    missing: bool = False


class LoupeLoader(QObject):
    """Two threads that decode, and the pictures they made.

    Signals:
        changed(Key): a better picture of it, or the reason why there is none, has come.
    """

    changed = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        quick: Quick | None = None,
        full: Full | None = None,
        budget: int = BUDGET,
    ) -> None:
        super().__init__(parent)
        self._quick = quick or _quick
        self._full = full or _full
        self._budget = budget
        self._state = threading.Condition()
        self._wishes: list[Wish] = []
        self._current: Key | None = None
        self._busy: set[tuple[Key, Grade]] = set()
        self._frames: OrderedDict[Key, Frame] = OrderedDict()
        self._troubles: dict[Key, Trouble] = {}
        self._threads: list[threading.Thread] = []
        self._stopping = False

    def want(self, wishes: Sequence[Wish]) -> None:
        """Replaces everything wanted so far by `wishes`, the most urgent first.

        The first is taken to be the photo in view.
        """
        with self._state:
            if self._stopping:
                return
            self._wishes = list(wishes)
            self._current = wishes[0].key if wishes else None
            self._state.notify_all()
        if wishes and not self._threads:
            for number in range(THREADS):
                thread = threading.Thread(target=self._run, name=f"loupe-{number}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def frame(self, key: Key) -> Frame | None:
        """The best picture there is of it now."""
        with self._state:
            frame = self._frames.get(key)
            if frame is not None:
                self._frames.move_to_end(key)
            return frame

    def trouble(self, key: Key) -> Trouble | None:
        """Why its full picture cannot be had, if it was tried in vain."""
        with self._state:
            return self._troubles.get(key)

    def forgive(self, key: Key) -> None:
        """Lets a picture that could not be had be tried again: the file may be whole now."""
        with self._state:
            self._troubles.pop(key, None)

    @property
    def bytes(self) -> int:
        """What the kept pictures cost in memory."""
        with self._state:
            return sum(frame.bytes for frame in self._frames.values())

    def stop(self) -> None:
        """Ends the threads after the pictures in hand and waits for them."""
        with self._state:
            self._stopping = True
            self._wishes = []
            self._state.notify_all()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _run(self) -> None:
        while (wish := self._take()) is not None:
            try:
                self._serve(wish)
            except Exception as error:
                self._note(wish, Trouble(self.tr("The program failed on it (see the log).")))
                threading.excepthook(
                    threading.ExceptHookArgs(
                        (type(error), error, error.__traceback__, threading.current_thread())
                    )
                )
            finally:
                with self._state:
                    self._busy.discard((wish.key, wish.grade))
                    self._state.notify_all()

    def _take(self) -> Wish | None:
        """Waits for the next thing to do; `None` ends the thread."""
        with self._state:
            while not self._stopping:
                for wish in list(self._wishes):
                    if (wish.key, wish.grade) in self._busy:
                        continue  # It may still need fitting to another view afterwards.
                    self._wishes.remove(wish)
                    if not self._met(wish):
                        self._busy.add((wish.key, wish.grade))
                        return wish
                self._state.wait()
            return None

    def _met(self, wish: Wish) -> bool:
        frame = self._frames.get(wish.key)
        if frame is not None and frame.grade >= wish.grade:
            return frame.fits(wish.box)
        return wish.key in self._troubles

    def _serve(self, wish: Wish) -> None:
        frame = self.frame(wish.key)
        if frame is None or frame.grade < wish.grade or not _serves(frame, wish.box):
            path = wish.key[0]
            try:
                if wish.grade is Grade.FULL:
                    picture = self._full(path)
                else:
                    picture = self._quick(path, wish.long_side)
            except (KnownError, OSError, MemoryError) as error:
                self._note(wish, Trouble(_sentence(error), missing=not path.exists()))
                return
            frame = from_picture(picture, wish.grade)
        self._keep(wish.key, frame.fitted_to(wish.box))

    def _keep(self, key: Key, frame: Frame) -> None:
        with self._state:
            held = self._frames.get(key)
            if held is not None and held.grade > frame.grade:
                return
            self._frames[key] = frame
            self._frames.move_to_end(key)
            if frame.grade is Grade.FULL:
                self._troubles.pop(key, None)
            self._shrink()
            if self._stopping:
                return
        self.changed.emit(key)

    def _shrink(self) -> None:
        """Takes pixels, before it takes whole pictures, from those not looked at for longest."""
        total = sum(frame.bytes for frame in self._frames.values())
        for lighter in (Frame.as_preview, Frame.as_seen, None):
            for key in list(self._frames):
                if total <= self._budget:
                    return
                if key == self._current:
                    continue
                frame = self._frames[key]
                total -= frame.bytes
                if lighter is None:
                    del self._frames[key]
                else:
                    # In place: the order is that of looking.
                    self._frames[key] = lighter(frame)
                    total += self._frames[key].bytes

    def _note(self, wish: Wish, trouble: Trouble) -> None:
        # A preview that cannot be had says nothing of the picture: the full one is tried after it.
        if wish.grade is not Grade.FULL:
            _log.info("No preview of %s: %s", wish.key[0], trouble.reason)
            return
        with self._state:
            self._troubles[wish.key] = trouble
            if self._stopping:
                return
        self.changed.emit(wish.key)


def _serves(frame: Frame, box: QSize) -> bool:
    """Whether a picture has the pixels for a view of `box`."""
    return not frame.trimmed or frame.fits(box)


def _sentence(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "There is not enough memory for it."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return str(error)


def _quick(path: Path, long_side: int) -> Picture:
    from uniqa_desktop import decode

    return decode.quick(path, long_side)


def _full(path: Path) -> Picture:
    from uniqa_desktop import decode

    return decode.full(path)
