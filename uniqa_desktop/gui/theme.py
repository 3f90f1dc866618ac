"""How the program looks: colours, fonts, icons and the style sheet, for the dark and light theme.

The photos are the interface, so everything else is a neutral grey: a tinted frame falsifies the
colours beside it (ISO 3664 asks for a neutral surround for the same reason). Greys are chosen by
CIE L*, which is even to the eye. The one accent marks selection and keyboard focus; red, yellow,
green, blue and purple belong to the colour labels.

`apply` once at start; afterwards every icon, the palette and the style sheet follow the system (or
the user's choice) by themselves. Widgets that paint with `tokens()` ask for them at paint time and
hear of a change by `QEvent.Type.StyleChange`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Template
from types import MappingProxyType
from typing import Literal
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from uniqa_desktop import paths
from uniqa_desktop.photo import Label

SPACE = 8
"""The grid of the layout in device-independent pixels: gaps are multiples (or a half) of it."""

CHOICES = ("system", "dark", "light")
"""What the user can choose; `system` follows the desktop, and is dark where it has no opinion."""

TEXT_SIZES = (100, 125, 150, 175, 200)
"""Percent of the desktop's own text size, for those who need more than it gives."""

Size = Literal["small", "normal", "large"]
_fonted: WeakKeyDictionary[QWidget, tuple[Size, bool]] = WeakKeyDictionary()
"""The fonts that widgets were given. `QApplication.allWidgets` would know them too, but ends the
process where it comes upon a widget that is about to go (PySide6 6.11)."""
_SCALE: Mapping[Size, float] = {"small": 0.9, "normal": 1.0, "large": 1.4}


def grey(lightness: float) -> str:
    """The neutral sRGB grey of CIE L* `lightness` (8–100), as `#rrggbb`."""
    luminance = ((lightness + 16) / 116) ** 3
    value = round(255 * (1.055 * luminance ** (1 / 2.4) - 0.055))
    return f"#{value:02x}{value:02x}{value:02x}"


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, each `#rrggbb`.

    `background` lies under the photos, `panel` under controls and empty picture cells, `raised` is
    a control at rest, `hover` and `pressed` what the pointer does to it, `field` is where one
    types. `line` separates where space cannot. `text`, `dim` (secondary) and `disabled` are inks.
    `on_accent` is the ink on `accent`. `warning` is for trouble, never for a verdict.
    """

    name: str
    background: str
    panel: str
    raised: str
    hover: str
    pressed: str
    field: str
    line: str
    text: str
    dim: str
    disabled: str
    accent: str
    on_accent: str
    warning: str
    labels: Mapping[Label, str]


DARK = Tokens(
    name="dark",
    background=grey(12),
    panel=grey(16),
    raised=grey(19),
    hover=grey(22),
    pressed=grey(28),
    field=grey(9),
    line=grey(24),
    text=grey(88),
    dim=grey(62),
    disabled=grey(40),
    accent="#5b9bd9",
    on_accent="#0b1a29",
    warning="#e0a060",
    labels=MappingProxyType(
        {
            Label.RED: "#e0605a",
            Label.YELLOW: "#e3c247",
            Label.GREEN: "#63b365",
            Label.BLUE: "#4a86e8",
            Label.PURPLE: "#a673d6",
        }
    ),
)
LIGHT = replace(
    DARK,
    name="light",
    background=grey(88),
    panel=grey(84),
    raised=grey(81),
    hover=grey(78),
    pressed=grey(72),
    field=grey(91),
    line=grey(76),
    text=grey(12),
    dim=grey(34),
    disabled=grey(60),
    accent="#1f6db3",
    on_accent="#ffffff",
    warning="#a85a12",
    labels=MappingProxyType(
        {
            Label.RED: "#cf3f3a",
            Label.YELLOW: "#d6a800",
            Label.GREEN: "#3b9440",
            Label.BLUE: "#2b66cc",
            Label.PURPLE: "#8647bd",
        }
    ),
)


class _Theme:
    """The one theme of the process: there is one `QApplication`, so there is one of these."""

    def __init__(self) -> None:
        self.choice = "system"
        self.text_size = 100
        self.tokens = DARK
        self.app: QApplication | None = None

    def follow(self, app: QApplication) -> None:
        """Listens to the desktop, once for an application."""
        if self.app is not app:
            self.app = app
            app.styleHints().colorSchemeChanged.connect(self.show)

    def show(self, scheme: Qt.ColorScheme) -> None:
        """Gives the application the theme of the choice, where `scheme` is the desktop's."""
        if self.app is None:
            return
        chosen = {"dark": DARK, "light": LIGHT}
        by_desktop = LIGHT if scheme is Qt.ColorScheme.Light else DARK
        self.tokens = chosen.get(self.choice, by_desktop)
        self.app.setPalette(_palette(self.tokens))
        self.app.setStyleSheet(_style_sheet(self.tokens))


_theme = _Theme()


def tokens() -> Tokens:
    """The colours of the theme that is shown now."""
    return _theme.tokens


def choice() -> str:
    """The user's choice, one of `CHOICES`."""
    return _theme.choice


def apply(app: QApplication, choice: str, text_size: int | None = None) -> None:
    """Gives `app` the theme `choice` (one of `CHOICES`), now and whenever the desktop changes.

    `text_size` is in percent of the desktop's and is kept within `TEXT_SIZES`' bounds; it stays
    as it is if none is given.

    Raises:
        ValueError: no such theme.
    """
    if text_size is not None:
        _theme.text_size = max(TEXT_SIZES[0], min(TEXT_SIZES[-1], text_size))
    if choice not in CHOICES:
        raise ValueError(f"there is no theme {choice!r}: it is one of {', '.join(CHOICES)}")
    scheme = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}
    _theme.choice = choice
    for widget, kept in list(_fonted.items()):
        if isValid(widget):
            widget.setFont(font(*kept))
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font("normal"))
    # Window frames, file dialogs and menus of the platform follow this hint.
    app.styleHints().setColorScheme(scheme.get(choice, Qt.ColorScheme.Unknown))
    _theme.follow(app)
    _theme.show(app.styleHints().colorScheme())


def font(size: Size = "normal", emphasis: bool = False) -> QFont:
    """One of three text sizes in the desktop's own typeface, so that it obeys its settings."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    made.setPointSizeF(made.pointSizeF() * _SCALE[size] * _theme.text_size / 100)
    made.setWeight(QFont.Weight.DemiBold if emphasis else QFont.Weight.Normal)
    return made


def set_font(widget: QWidget, size: Size = "normal", emphasis: bool = False) -> None:
    """Gives a widget `font(size, emphasis)`, and keeps it so when the text size changes.

    For widgets that measure or paint text themselves; others say their size by their role.
    """
    _fonted[widget] = (size, emphasis)
    widget.setFont(font(size, emphasis))


def icon(name: str) -> QIcon:
    """The icon `resources/icons/<name>.svg` in the ink of the current theme, at any resolution.

    The same `QIcon` changes with the theme; nobody has to set it again.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    _drawing(name)
    return QIcon(_Ink(name))


def _palette(t: Tokens) -> QPalette:
    """The palette for what the style sheet leaves to the Fusion style, and for our own painting."""
    role = QPalette.ColorRole
    palette = QPalette()
    for part, colour in {
        role.Window: t.panel,
        role.WindowText: t.text,
        role.Base: t.background,
        role.AlternateBase: t.panel,
        role.Text: t.text,
        role.PlaceholderText: t.dim,
        role.Button: t.raised,
        role.ButtonText: t.text,
        role.BrightText: t.text,
        role.Light: t.pressed,
        role.Midlight: t.hover,
        role.Mid: t.line,
        role.Dark: t.line,
        role.Shadow: t.background,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Accent: t.accent,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.text,
    }.items():
        palette.setColor(part, QColor(colour))
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor(t.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(t.pressed))
    return palette


def _style_sheet(t: Tokens) -> str:
    """`resources/style.qss` with `$token` replaced; a misspelt token is a `KeyError`."""
    values = {name: value for name, value in vars(t).items() if isinstance(value, str)}
    for size in _SCALE:
        values[f"{size}_pt"] = f"{font(size).pointSizeF():.1f}pt"
    values["resources"] = paths.bundled("resources").as_posix()
    return Template(_template()).substitute(values)


@functools.cache
def _template() -> str:
    return paths.bundled("resources/style.qss").read_text(encoding="utf-8")


@functools.cache
def _drawing(name: str) -> str:
    return paths.bundled(f"resources/icons/{name}.svg").read_text(encoding="utf-8")


class _Ink(QIconEngine):
    """Draws one SVG in the ink of the current theme, exactly at the pixels asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        return _Ink(self._name)

    def key(self) -> str:
        return "uniqa-ink"

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        svg = _drawing(self._name).replace("currentColor", _ink(mode))
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():  # what has no room is painted too, while a row is laid out anew
            return QPixmap()
        key = f"uniqa/{self._name}/{_ink(mode)}/{size.width()}x{size.height()}"
        # Qt's own cache ends with the application, as pixmaps must.
        kept = QPixmap()
        if QPixmapCache.find(key, kept):
            return kept
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        QPixmapCache.insert(key, made)
        return made


def _ink(mode: QIcon.Mode) -> str:
    return tokens().disabled if mode is QIcon.Mode.Disabled else tokens().text
