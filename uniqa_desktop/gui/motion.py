"""Whether things may move by themselves: the user's choice, else the desktop's."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar, QStyle

CHOICES = ("system", "full", "reduced")
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


class _Motion:
    """The one of the process, as there is one `QApplication`."""

    reduced = False


def apply(app: QApplication, choice: str) -> None:
    """Lets things move, or not. `choice` is one of `CHOICES`; another one counts as `system`.

    With `system` it is what Qt knows of the desktop's wish, which it does of Windows and KDE;
    elsewhere things move until the user says otherwise.
    """
    knows = app.platformName() == "windows" or "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "")
    duration = app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    by_desktop = knows and duration == 0
    _Motion.reduced = {"full": False, "reduced": True}.get(choice, by_desktop)
    for effect in _EFFECTS if _Motion.reduced else ():
        QApplication.setEffectEnabled(effect, False)


def is_reduced() -> bool:
    """Whether nothing shall move by itself."""
    return _Motion.reduced


def show_busy(bar: QProgressBar) -> None:
    """Shows in a bar that something runs whose end is not known: it moves, or else stays empty
    and leaves that to the words beside it."""
    bar.setRange(0, 1 if _Motion.reduced else 0)
    bar.setValue(0)
