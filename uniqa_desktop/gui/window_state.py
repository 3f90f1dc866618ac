"""What the window looked like: place, panels, filters. Settings, which hold intent, are apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from uniqa_desktop import paths

if TYPE_CHECKING:
    from uniqa_desktop.gui.window import Window

_SHARE = 0.9
"""How much of the screen the window takes at first, each way."""
_PANEL = 304
"""Width of the information panel at first, device-independent pixels."""
_PANE = 240
"""Height of the list of failed files at first."""


class WindowState:
    """Saves and restores a window; a missing or damaged file gives the defaults."""

    def __init__(self) -> None:
        file = paths.config_dir() / "window.ini"
        self._kept = QSettings(str(file), QSettings.Format.IniFormat)

    def save(self, window: Window) -> None:
        self._kept.setValue("geometry", window.saveGeometry())
        self._kept.setValue("across", window.across.saveState())
        self._kept.setValue("middle", window.middle.saveState())
        self._kept.setValue("filters", json.dumps(window.filter_bar.state()))
        for name in ("info", "filters"):
            self._kept.setValue(f"show/{name}", int(window.actions_by_id[name].isChecked()))
        self._kept.sync()

    def restore(self, window: Window) -> None:
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
        for name in ("info", "filters"):
            window.actions_by_id[name].setChecked(str(self._kept.value(f"show/{name}", 1)) != "0")
        try:
            filters = json.loads(str(self._kept.value("filters", "{}")))
        except ValueError:
            filters = {}
        if isinstance(filters, dict):
            window.filter_bar.restore(filters)
