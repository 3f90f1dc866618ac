"""Knowing when the user sees something: whatever is heavy waits until then."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Watches widgets until one of them has painted.

    Signals:
        painted(): the first paint of one of the widgets is done. Given once.
    """

    painted = Signal()

    def __init__(self, widgets: Iterable[QWidget], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched = list(widgets)
        for widget in self._watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._watched:
            for widget in self._watched:
                widget.removeEventFilter(self)
            self._watched.clear()
            # The event is yet to be handled: tell when that, and the flush to the screen, is over.
            QTimer.singleShot(0, self.painted.emit)
        return False
