"""The sliders that limit scores and measures: quality in the bar, the others in a panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from uniqa_desktop.gui import theme
from uniqa_desktop.gui.range_slider import HIGH, LOW, RangeSlider
from uniqa_desktop.gui.sort_words import sort_word
from uniqa_desktop.query import NUMBERS, Range, Sort
from uniqa_desktop.spread import Spread

_COLUMNS = 2
_BARS = 3 * theme.SPACE


class ScoreRanges(QObject):
    """A slider with its histogram for each of `query.NUMBERS`.

    `quality` and `button`, which opens the panel with the others, are put into the filter bar.

    Signals:
        changed(): a bound was moved.
        shown(): sliders came into view whose histograms may be old.
    """

    changed = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.quality = RangeSlider(sort_word(Sort.QUALITY))
        self.panel = _Panel(parent)
        self.sliders = {Sort.QUALITY: self.quality}
        for number in NUMBERS:
            if number is not Sort.QUALITY:
                self.sliders[number] = RangeSlider(sort_word(number), bar_height=_BARS)
        self._offered = frozenset(NUMBERS)
        for slider in self.sliders.values():
            slider.range_changed.connect(self._moved)
        self.button = QToolButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self._open)
        self.panel.shown.connect(self.shown)
        self.panel.put([self.sliders[number] for number in self._others()])
        self._label()

    @property
    def ranges(self) -> frozenset[Range]:
        """The ranges that are narrower than everything."""
        return frozenset(
            Range(number, float(low) if low > LOW else None, float(high) if high < HIGH else None)
            for number, (low, high) in (
                (number, slider.bounds) for number, slider in self.sliders.items()
            )
            if (low, high) != (LOW, HIGH)
        )

    def set_ranges(self, ranges: Iterable[Range]) -> None:
        """Sets these ranges, and every other slider to everything."""
        limits = {limit.of: limit for limit in ranges}
        for number, slider in self.sliders.items():
            limit = limits.get(number, Range(number))
            slider.set_bounds(
                LOW if limit.least is None else round(limit.least),
                HIGH if limit.most is None else round(limit.most),
            )

    @property
    def in_view(self) -> list[Sort]:
        """The numbers whose sliders can be seen now."""
        return [number for number, slider in self.sliders.items() if slider.isVisible()]

    def offer(self, numbers: Iterable[Sort]) -> None:
        """Shows the sliders of these numbers; the others limit nothing any more."""
        self._offered = frozenset(numbers) & frozenset(NUMBERS)
        for number in frozenset(NUMBERS) - self._offered:
            self.sliders[number].set_bounds(LOW, HIGH)
        self.panel.put([self.sliders[number] for number in self._others()])

    def set_spreads(self, spreads: Mapping[Sort, Spread]) -> None:
        """Shows these histograms; those of other numbers stay."""
        for number, spread in spreads.items():
            self.sliders[number].set_spread(spread)

    def forget_spreads(self) -> None:
        """Takes all histograms away: they are of another folder or model."""
        for slider in self.sliders.values():
            slider.set_spread(None)

    def _others(self) -> list[Sort]:
        return [n for n in NUMBERS if n in self._offered and n is not Sort.QUALITY]

    def _moved(self) -> None:
        self._label()
        self.changed.emit()

    def _label(self) -> None:
        set_here = sum(self.sliders[number].bounds != (LOW, HIGH) for number in self._others())
        text = self.tr("Scores: {n}").format(n=set_here) if set_here else self.tr("Scores")
        self.button.setText(f"{text} ▾")
        self.button.setProperty("chosen", bool(set_here))
        self.button.setToolTip(self.tr("Filter by aesthetics, sharpness, brightness and more"))
        self.button.setAccessibleName(f"{text}. {self.button.toolTip()}")

    def _open(self) -> None:
        self.panel.open_below(self.button)


class _Panel(QFrame):
    """Sliders in columns, over the photos, until one clicks elsewhere or presses Escape."""

    shown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Scores and measures"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*4 * (2 * theme.SPACE,))
        self._grid.setHorizontalSpacing(3 * theme.SPACE)
        self._grid.setVerticalSpacing(2 * theme.SPACE)

    def put(self, sliders: Sequence[RangeSlider]) -> None:
        """Shows these sliders, in rows."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
        for n, slider in enumerate(sliders):
            slider.setMinimumWidth(25 * theme.SPACE)
            self._grid.addWidget(slider, n // _COLUMNS, n % _COLUMNS)
            slider.show()
        self.adjustSize()

    def open_below(self, button: QWidget) -> None:
        """Shows the panel under a button, within the screen, the first slider focused."""
        self.adjustSize()
        place = button.mapToGlobal(QPoint(0, button.height() + theme.SPACE // 2))
        place.setX(min(place.x(), button.screen().availableGeometry().right() - self.width()))
        self.move(place)
        self.show()
        first = self._grid.itemAt(0)
        widget = first.widget() if first is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
