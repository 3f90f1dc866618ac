"""Brings thumbnails to the grid: what the user looks at now comes first.

Wishes wait in a bounded last-in-first-out queue, so after a fling through 16,000 photos the screen
where it ends is complete in tens of milliseconds rather than seconds; older wishes are overtaken
and at last dropped. Two threads make images; pixmaps are made in the GUI thread only, in batches
every 30 ms, since a repaint for each single picture doubles the frame time. Pixmaps stay in memory
up to a number of bytes, least recently looked at first to go.

Everything here but `_work` runs in the GUI thread. Nothing needs an event loop but the 30 ms timer:
`wait` and `flush` do the same by hand.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from uniqa_desktop.errors import KnownError
from uniqa_desktop.gui.thumb_maker import Maker
from uniqa_desktop.photo import Photo

FLUSH_MS = 30
QUEUE = 512
"""Wishes that wait at most: some screens at the smallest thumbnail size."""

MEMORY = 128 * 2**20
"""Bytes of pixmaps kept: about 1,000 at 200 px, 90 at the largest size on a 2× screen."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Thumb:
    """A pixmap made for `box` device pixels, or the `problem` why there is none."""

    pixmap: QPixmap | None
    box: QSize
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    photo: Photo
    box: QSize
    ratio: float
    epoch: int

    @property
    def key(self) -> tuple[int, bytes, int, int, int]:
        """Two wishes with the same key have the same answer."""
        width, height = self.box.width(), self.box.height()
        return self.photo.id, self.photo.identity, width, height, self.epoch


@dataclass(frozen=True, slots=True)
class _Result:
    wish: _Wish
    image: QImage | None
    problem: str | None


class ThumbLoader(QObject):
    """Thumbnails by photo. `maker` is called once in each thread, when it starts.

    Threads start with the first wish and end with `stop`, which must be called.
    """

    ready = Signal(list)
    """Ids of photos that can be painted better than before; one batch every 30 ms at most."""

    _arrived = Signal()

    def __init__(
        self,
        maker: Callable[[], Maker],
        *,
        threads: int = 2,
        memory: int = MEMORY,
        queue: int = QUEUE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._maker = maker
        self._memory = memory
        self._longest = queue
        self._box = QSize()
        self._ratio = 1.0
        self._kept: OrderedDict[bytes, Thumb] = OrderedDict()
        self._bytes = 0
        self._problems: dict[int, tuple[bytes, Thumb]] = {}
        self._wishes: list[Photo] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.send)

        self._lock = threading.Condition()
        self._queue: OrderedDict[int, _Wish] = OrderedDict()
        self._under_way: set[tuple[object, ...]] = set()
        self._results: list[_Result] = []
        self._busy = 0
        self._epoch = 0
        self._held = False
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, name=f"thumbnails {n + 1}") for n in range(threads)
        ]
        self._timer = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        self._arrived.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            # A program that ends without `stop` would otherwise wait for the threads for ever.
            app.aboutToQuit.connect(self.stop)

    # What the delegate asks while it paints

    def hold(self) -> None:
        """The grid paints now: the threads start nothing new until `send`.

        Python runs one thread at a time, so a paint of 5 ms would take 20 among busy threads.
        """
        self._held = True

    def look(self, photo: Photo) -> Thumb | None:
        """What there is to paint now. What is missing, or has another size, becomes a wish.

        The corners of the pixmap are rounded, so a few of its pixels are transparent.
        """
        thumb = self._kept.get(photo.identity)
        if thumb is not None:
            self._kept.move_to_end(photo.identity)
            if thumb.box == self._box:
                return thumb
        else:
            identity, broken = self._problems.get(photo.id, (None, None))
            if broken is not None and identity == photo.identity:
                return broken
        if not self._wishes:
            self._soon.start()
        self._wishes.append(photo)
        return thumb

    @Slot()
    def send(self) -> None:
        """Asks for all that was wished by `look` since the last time; the first is served first.

        It happens by itself as soon as the event loop runs; after a paint there is no need to wait.
        """
        self._soon.stop()
        self._held = False
        wishes, self._wishes = self._wishes, []
        self._push(wishes)

    # What the grid says

    def set_box(self, size: QSize, ratio: float) -> None:
        """Thumbnails shall fit into `size` at `ratio` device pixels to a pixel from now on.

        What is in memory stays and serves, scaled, until it is made anew; on another screen all
        of it goes.
        """
        box = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if box == self._box and ratio == self._ratio:
            return
        if ratio != self._ratio:
            self._kept.clear()
            self._bytes = 0
        self._box, self._ratio = box, ratio
        with self._lock:
            self._queue.clear()

    def want(self, photos: Iterable[Photo]) -> None:
        """Asks for those of `photos` that are not there yet, before all earlier wishes."""
        self._push([photo for photo in photos if not self._is_there(photo)])

    def forget(self, ids: Iterable[int]) -> None:
        """Tries photos that could not be read again when they are next painted."""
        for each in ids:
            self._problems.pop(each, None)

    def reset(self) -> None:
        """Another folder is shown: drops what waits, and whatever is still on its way."""
        self._wishes.clear()
        self._problems.clear()
        with self._lock:
            self._epoch += 1
            self._queue.clear()
            self._under_way.difference_update(result.wish.key for result in self._results)
            self._results.clear()
            self._lock.notify_all()

    @Slot()
    def stop(self) -> None:
        """Ends the threads after the picture each has in hand. Safe to call twice."""
        with self._lock:
            self._stopping = True
            self._queue.clear()
            self._lock.notify_all()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        self._timer.stop()

    # Results

    @Slot()
    def flush(self) -> None:
        """Takes over what the threads have made, and tells it by one `ready`."""
        with self._lock:
            results, self._results = self._results, []
            self._under_way.difference_update(result.wish.key for result in results)
            epoch = self._epoch
        now = (epoch, self._ratio)
        in_time = [each for each in results if (each.wish.epoch, each.wish.ratio) == now]
        for result in in_time:
            self._keep(result)
        if in_time:
            self.ready.emit([result.wish.photo.id for result in in_time])

    def wait(self, timeout: float = 10.0) -> bool:
        """Waits until every wish is made, `timeout` seconds at most; `flush` then delivers them."""
        with self._lock:
            return self._lock.wait_for(lambda: not self._queue and not self._busy, timeout)

    def _is_there(self, photo: Photo) -> bool:
        thumb = self._kept.get(photo.identity)
        if thumb is not None:
            return thumb.box == self._box
        identity, _ = self._problems.get(photo.id, (None, None))
        return identity == photo.identity

    def _push(self, photos: list[Photo]) -> None:
        if self._box.isEmpty():
            return
        with self._lock:
            if self._stopping:
                return
            for photo in reversed(photos):
                wish = _Wish(photo, self._box, self._ratio, self._epoch)
                if wish.key not in self._under_way:
                    self._queue[photo.id] = wish
                    self._queue.move_to_end(photo.id)
            while len(self._queue) > self._longest:
                self._queue.popitem(last=False)
            for thread in self._threads:
                if photos and thread.ident is None:
                    thread.start()
            self._lock.notify_all()

    def _keep(self, result: _Result) -> None:
        photo, box = result.wish.photo, result.wish.box
        if result.image is None:
            self._problems[photo.id] = (photo.identity, Thumb(None, box, result.problem))
            return
        self._problems.pop(photo.id, None)
        pixmap = QPixmap.fromImage(result.image)
        old = self._kept.pop(photo.identity, None)
        if old is not None:
            self._bytes -= _bytes(old)
        thumb = Thumb(pixmap, box)
        self._kept[photo.identity] = thumb
        self._bytes += _bytes(thumb)
        while self._bytes > self._memory and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _bytes(dropped)

    # The threads

    def _work(self) -> None:
        maker: Maker | None = None
        while (wish := self._next()) is not None:
            image = problem = None
            try:
                if maker is None:
                    maker = self._maker()
                image = maker.make(wish.photo, wish.box, wish.ratio)
            except KnownError as error:
                problem = str(error)
            except Exception:
                _log.exception("a thumbnail could not be made: %r", wish.photo.path)
                problem = "The thumbnail could not be made (the log says why)"
            self._deliver(_Result(wish, image, problem))
        if maker is not None:
            maker.close()

    def _next(self) -> _Wish | None:
        """The newest wish, waiting for one; `None` when it is time to end."""
        with self._lock:
            self._lock.wait_for(lambda: self._stopping or (self._queue and not self._held))
            if self._stopping:
                return None
            _, wish = self._queue.popitem()
            self._under_way.add(wish.key)
            self._busy += 1
            return wish

    def _deliver(self, result: _Result) -> None:
        with self._lock:
            self._busy -= 1
            first = not self._results and not self._stopping
            self._results.append(result)
            self._lock.notify_all()
        if first:
            self._arrived.emit()


def _bytes(thumb: Thumb) -> int:
    pixmap = thumb.pixmap
    return 0 if pixmap is None else pixmap.width() * pixmap.height() * 4
