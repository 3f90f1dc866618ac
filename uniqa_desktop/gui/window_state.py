"""What the window looked like: place, panels, order. Settings, which hold intent, are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from uniqa_desktop import paths
from uniqa_desktop.query import DESCENDING, Sort

if TYPE_CHECKING:
    from uniqa_desktop.gui.desk import Desk
    from uniqa_desktop.gui.window import Window

_SHARE = 0.9
"""How much of the screen the window takes at first, each way."""
_PANEL = 304
"""Width of the information panel at first, device-independent pixels."""
_PANE = 240
"""Height of the list of failed files at first."""
OVERLAYS = ("clipping", "peaking", "thirds", "af_point")
"""What can lie over a picture, by the ids of the commands."""
_STRIPS = {"menu": 30, "bar": 48, "bottom": 40}
"""Heights of the strips around the photos before they were ever measured."""


class WindowState:
    """Saves and restores a window; a missing or damaged file gives the defaults.

    Filters are not kept: photos that are hidden by a filter of last week look lost. Folding is:
    stacks tell how many photos they hold.
    """

    def __init__(self) -> None:
        file = paths.config_dir() / "window.ini"
        self._kept = QSettings(str(file), QSettings.Format.IniFormat)

    def save(self, window: Window, desk: Desk) -> None:
        """Keeps what a complete window looks like."""
        self._kept.setValue("geometry", window.saveGeometry())
        self._kept.setValue("across", window.across.saveState())
        self._kept.setValue("middle", window.middle.saveState())
        state = desk.filter_bar.state()
        for name in ("sort", "descending", "by_day", "thumb_size"):
            self._kept.setValue(f"grid/{name}", str(state[name]))
        self._kept.setValue("grid/folded", str(desk.filter_bar.folds))
        for name in ("info", "filters"):
            self._kept.setValue(f"show/{name}", str(desk.actions_by_id[name].isChecked()))
        for name in OVERLAYS:
            self._kept.setValue(f"overlay/{name}", str(name in desk.overlays.shown))
        for name, strip in (
            ("menu", window.menuBar()),
            ("bar", desk.filter_bar),
            ("bottom", desk.bottom),
        ):
            if strip.height() > 0:
                self._kept.setValue(f"strip/{name}", str(strip.height()))
        self._kept.sync()

    def restore(self, window: Window) -> None:
        """Gives a window its size and the proportions of its parts."""
        room = window.screen().availableSize() * _SHARE
        window.resize(room)
        window.across.setSizes([room.width() - _PANEL, _PANEL])
        window.middle.setSizes([room.height() - _PANE, _PANE])
        for name, restore in (
            ("geometry", window.restoreGeometry),
            ("across", window.across.restoreState),
            ("middle", window.middle.restoreState),
        ):
            value = self._kept.value(name)
            if isinstance(value, QByteArray):
                restore(value)

    def order(self) -> tuple[Sort, bool, bool]:
        """The sort key, whether it descends, and whether photos are grouped by day."""
        try:
            sort = Sort(self._text("grid/sort", Sort.NAME))
        except ValueError:
            sort = Sort.NAME
        descending = self._text("grid/descending", str(sort in DESCENDING)) == "True"
        return sort, descending, self._text("grid/by_day", "False") == "True"

    def folded(self) -> bool:
        """Whether groups were folded."""
        return self._text("grid/folded", "False") == "True"

    def thumb_size(self, default: int) -> int:
        return self._number("grid/thumb_size", default)

    def shows(self, part: str) -> bool:
        """Whether `info` or `filters` was shown."""
        return self._text(f"show/{part}", "True") == "True"

    def overlays(self, name: str) -> bool:
        """Whether an overlay was switched on."""
        return self._text(f"overlay/{name}", "False") == "True"

    def height_of(self, name: str) -> int:
        """The height of `menu`, `bar` or `bottom`, so that nothing jumps when they come."""
        return self._number(f"strip/{name}", _STRIPS[name])

    def _text(self, key: str, default: str) -> str:
        return str(self._kept.value(key, default))

    def _number(self, key: str, default: int) -> int:
        text = self._text(key, str(default))
        return int(text) if text.isascii() and text.isdigit() else default
