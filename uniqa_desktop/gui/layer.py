"""What can lie over a picture: a heat map, an overlay."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter


class Layer(Protocol):
    """Something that lies over a picture."""

    def paint(self, painter: QPainter, target: QRect, view: QRect, ratio: float) -> None:
        """Paints it.

        Args:
            painter: on the view, a unit a device pixel.
            target: where the whole picture lies.
            view: the view; nothing is to be painted beyond it.
            ratio: device pixels per device-independent pixel, for the size of lines.
        """
        ...
