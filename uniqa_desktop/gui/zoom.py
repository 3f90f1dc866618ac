"""Where a picture lies in a view: fit, 100 %, zoom at a point, pan. Pure geometry.

Everything is in device pixels, the physical dots of the screen: 100 % means that one picture pixel
is one of them, whatever the desktop's scaling.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QSize

STEPS = (0.05, 0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 16.0)
"""The zooms that + and − visit, in device pixels per picture pixel."""


def fit_scale(picture: QSize, view: QSize) -> float:
    """The scale at which the whole picture is seen. Small pictures are not enlarged."""
    if picture.isEmpty():
        return 1.0
    across, down = view.width() / picture.width(), view.height() / picture.height()
    return max(min(across, down, 1.0), 1e-4)


@dataclass(frozen=True, slots=True)
class Framing:
    """What of a picture is looked at, independent of the picture's and the view's size.

    `scale` is device pixels per picture pixel, `None` fits the whole picture. `x` and `y` are the
    point of the picture in the middle of the view, as fractions of its width and height; they
    stay while stepping from photo to photo, so that the same place of each is compared.
    """

    scale: float | None = None
    x: float = 0.5
    y: float = 0.5

    def scale_in(self, picture: QSize, view: QSize) -> float:
        """Device pixels per picture pixel, also when fitted."""
        return fit_scale(picture, view) if self.scale is None else self.scale

    def target(self, picture: QSize, view: QSize) -> QRect:
        """Where the whole picture lies in the view: whole device pixels, and no gap at one side
        while the picture still goes on at the other."""
        scale = self.scale_in(picture, view)
        width = max(1, round(picture.width() * scale))
        height = max(1, round(picture.height() * scale))
        return QRect(
            _place(self.x, width, view.width()),
            _place(self.y, height, view.height()),
            width,
            height,
        )

    def zoomed(self, scale: float, picture: QSize, view: QSize, at: QPointF | None) -> Framing:
        """The framing at `scale` that keeps the picture point under `at` where it is.

        Scales at or below the fitted one become the fitted one: nothing is gained by less.
        """
        fit = fit_scale(picture, view)
        if scale <= fit * 1.001 and scale < 1:
            return Framing()
        scale = min(scale, STEPS[-1])
        middle = QPointF(view.width() / 2, view.height() / 2)
        if at is None:  # the upper left corner is a falsy point
            at = middle
        here = self.target(picture, view)
        across = min(max((at.x() - here.x()) / here.width(), 0.0), 1.0)
        down = min(max((at.y() - here.y()) / here.height(), 0.0), 1.0)
        moved = Framing(
            scale,
            across - (at.x() - middle.x()) / (picture.width() * scale),
            down - (at.y() - middle.y()) / (picture.height() * scale),
        )
        return moved.panned(0, 0, picture, view)

    def panned(self, dx: float, dy: float, picture: QSize, view: QSize) -> Framing:
        """The framing after the picture was pushed by device pixels, stopped at its edges."""
        scale = self.scale_in(picture, view)
        return replace(
            self,
            x=_stopped(
                self.x - dx / (picture.width() * scale), picture.width() * scale, view.width()
            ),
            y=_stopped(
                self.y - dy / (picture.height() * scale), picture.height() * scale, view.height()
            ),
        )

    def stepped(self, direction: int, picture: QSize, view: QSize, at: QPointF | None) -> Framing:
        """One step in (+1) or out (−1) along `STEPS`, keeping the point under `at`."""
        now = self.scale_in(picture, view)
        if direction > 0:
            scale = next((step for step in STEPS if step > now * 1.001), STEPS[-1])
        else:
            scale = next((step for step in reversed(STEPS) if step < now * 0.999), 0.0)
        return self.zoomed(scale, picture, view, at)


def _place(centre: float, length: int, room: int) -> int:
    if length <= room:
        return (room - length) // 2
    return min(0, max(room - length, round(room / 2 - centre * length)))


def _stopped(centre: float, length: float, room: int) -> float:
    if length <= room:
        return 0.5
    half = room / 2 / length
    return min(1 - half, max(half, centre))
