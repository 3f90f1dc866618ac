"""The look: neutral, readable, following the desktop, sharp icons."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.theme import DARK, LIGHT, Tokens

BOTH = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
GREYS = (
    "background", "panel", "raised", "hover", "pressed", "field", "line", "text", "dim", "disabled"
)  # fmt: skip


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, "dark")


@pytest.fixture
def icons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One icon, a full square, and no other."""
    folder = tmp_path / "resources" / "icons"
    folder.mkdir(parents=True)
    (folder / "square.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        '<rect x="2" y="2" width="20" height="20" fill="currentColor"/></svg>'
    )
    bundled = theme.paths.bundled

    def found(name: str) -> Path:
        if not name.startswith("resources/icons/"):
            return bundled(name)
        if not (tmp_path / name).exists():
            raise FileNotFoundError(name)
        return tmp_path / name

    monkeypatch.setattr(theme.paths, "bundled", found)
    theme._drawing.cache_clear()


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_greys_have_no_tint(tokens: Tokens) -> None:
    for name in GREYS:
        red, green, blue, _ = QColor(getattr(tokens, name)).getRgb()  # type: ignore[misc]
        assert red == green == blue, name


def test_the_tones_are_those_of_the_design() -> None:
    assert [DARK.background, DARK.panel, DARK.hover] == ["#1f1f1f", "#282828", "#353535"]
    assert [DARK.text, DARK.dim] == ["#dddddd", "#969696"]


@BOTH
def test_text_can_be_read_on_every_ground(tokens: Tokens) -> None:
    for ground in (tokens.background, tokens.panel, tokens.raised, tokens.field):
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.dim, ground) >= 4.5
        assert contrast(tokens.accent, ground) >= 3
        assert contrast(tokens.warning, ground) >= 3
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def test_a_choice_changes_what_is_shown(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("x")
    QVBoxLayout(window).addWidget(label)
    for choice, tokens in (("light", LIGHT), ("dark", DARK)):
        theme.apply(app, choice)
        assert theme.tokens() is tokens
        assert theme.choice() == choice
        label.ensurePolished()
        assert label.palette().windowText().color().name() == tokens.text
        assert window.grab().toImage().pixelColor(2, 2).name() == tokens.panel


def test_the_desktop_is_followed_only_where_the_user_lets_it(app: QApplication) -> None:
    changed = app.styleHints().colorSchemeChanged
    theme.apply(app, "system")
    changed.emit(Qt.ColorScheme.Light)
    assert theme.tokens() is LIGHT
    changed.emit(Qt.ColorScheme.Dark)
    assert theme.tokens() is DARK
    theme.apply(app, "light")
    changed.emit(Qt.ColorScheme.Dark)
    assert theme.tokens() is LIGHT


def test_a_desktop_without_an_opinion_is_dark(app: QApplication) -> None:
    theme.apply(app, "system")
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert theme.tokens() is DARK


def test_an_unknown_theme_is_refused(app: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(app, "sepia")


def test_three_sizes_and_one_emphasis(app: QApplication) -> None:
    small, normal, large = (theme.font(size).pointSizeF() for size in ("small", "normal", "large"))
    assert small < normal < large
    assert theme.font("normal", emphasis=True).weight() > theme.font("normal").weight()


def test_keyboard_focus_is_seen(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, "dark")
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    buttons = [QPushButton("one"), QPushButton("two")]
    for button in buttons:
        column.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    buttons[1].setFocus()
    rings = [has_colour(button.grab().toImage(), DARK.accent) for button in buttons]
    assert rings == [False, True]


def test_icons_take_the_ink_of_the_theme(app: QApplication, icons: None) -> None:
    theme.apply(app, "dark")
    icon = theme.icon("square")
    assert middle(icon) == DARK.text
    assert middle(icon, QIcon.Mode.Disabled) == DARK.disabled
    theme.apply(app, "light")
    assert middle(icon) == LIGHT.text


def test_icons_are_sharp_on_every_screen(app: QApplication, icons: None) -> None:
    pixmap = theme.icon("square").pixmap(QSize(24, 24), 2.0)
    assert pixmap.size() == QSize(48, 48)
    assert pixmap.devicePixelRatio() == 2
    image = pixmap.toImage()
    edge = [image.pixelColor(x, 24).alpha() for x in (3, 4)]
    assert edge == [0, 255]


def test_icons_outlive_their_maker(app: QApplication, icons: None, qtbot: QtBot) -> None:
    button = QPushButton(theme.icon("square"), "")
    qtbot.addWidget(button)
    gc.collect()
    button.setIcon(QIcon(button.icon()))
    gc.collect()
    assert has_colour(button.grab().toImage(), theme.tokens().text)


def test_a_missing_icon_is_named(app: QApplication, icons: None) -> None:
    with pytest.raises(FileNotFoundError, match="unicorn"):
        theme.icon("unicorn")


def middle(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    return icon.pixmap(QSize(24, 24), 1.0, mode).toImage().pixelColor(12, 12).name()


def has_colour(image: QImage, colour: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == colour
        for x in range(image.width())
        for y in range(image.height())
    )
