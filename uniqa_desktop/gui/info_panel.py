"""The panel beside the photos: what is known of the current one, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uniqa_desktop import describing, paths, standing, weights
from uniqa_desktop.errors import WeightsError
from uniqa_desktop.gui import histogram, theme, words
from uniqa_desktop.gui.attribute_bars import AttributeBars, ValueRow, value_grid
from uniqa_desktop.gui.background import Background
from uniqa_desktop.gui.cue_bars import CueBars
from uniqa_desktop.gui.elided import ElidedLabel
from uniqa_desktop.gui.taste_strip import TasteStrip
from uniqa_desktop.installed import Models
from uniqa_desktop.photo import Meta, Photo, State
from uniqa_desktop.standing import Standing

_ASK_MS = 80
"""How long a photo is current before drives are asked for the sizes of its files."""

Sizes = dict[Path, int | None]


class InfoPanel(QScrollArea):
    """Everything about one photo; `Ctrl+C` copies it as text.

    The histogram is counted from the picture handed in (thumbnail or preview) and file sizes are
    read in a thread of the panel's own; call `stop` before the window goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Information on the photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._photo: Photo | None = None
        self._background = Background("info panel", self)
        self._sizes: tuple[Photo | None, Sizes] = (None, {})
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_ASK_MS)
        self._resting.timeout.connect(self._ask_sizes)

        self.hint = _label(role="dim")
        self.hint.setText(self.tr("Choose a photo to see what is known of it."))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = ElidedLabel()
        self.title.setProperty("role", "emphasis")
        self.moment = _label(role="dim")
        self.failure = _label(role="warning")
        self.histogram = histogram.HistogramView()
        self.shadows, self.highlights = _label(role="dim"), _label(role="dim")
        self.highlights.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.model = _label(role="dim")
        self.judged = QWidget()
        self.scores = QWidget()
        grid = value_grid(self.scores)
        self.quality = ValueRow(grid, self.tr("Quality"))
        self.aesthetics = ValueRow(grid, self.tr("Aesthetics"))
        self.taste = ValueRow(grid, self.tr("Taste"))
        self.evidence = TasteStrip()
        self.sentence = _label(role="small")
        self.attributes = AttributeBars()
        self.cues = CueBars()
        self._standing = Standing()
        self.facts = _Facts()
        self._facts = QWidget()
        self._lay_out()
        self.show_photo(None)

    def _lay_out(self) -> None:
        clipped = QHBoxLayout()
        clipped.addWidget(self.shadows)
        clipped.addWidget(self.highlights)
        space = theme.SPACE
        judged = QVBoxLayout(self.judged)
        judged.setContentsMargins(0, 0, 0, 0)
        judged.setSpacing(space // 2)
        judged.addWidget(self.scores)
        judged.addWidget(self.model)
        judged.addSpacing(space)
        judged.addWidget(self.evidence)
        judged.addSpacing(2 * space)
        judged.addWidget(self.sentence)
        judged.addSpacing(space)
        judged.addWidget(self.attributes)
        judged.addSpacing(space)
        judged.addWidget(self.cues)
        body = QVBoxLayout(self._facts)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(space // 2)
        for part in (self.title, self.moment, self.failure):
            body.addWidget(part)
        body.addSpacing(space)
        body.addWidget(self.histogram)
        body.addLayout(clipped)
        body.addSpacing(2 * space)
        body.addWidget(self.judged)
        body.addSpacing(2 * space)
        body.addWidget(self.facts)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * space, 2 * space, 2 * space, 2 * space)
        column.addWidget(self._facts)
        column.addWidget(self.hint)
        column.addStretch()
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        return QSize(36 * theme.SPACE, 90 * theme.SPACE)

    def minimumSizeHint(self) -> QSize:
        return QSize(28 * theme.SPACE, 20 * theme.SPACE)

    def show_photo(self, photo: Photo | None, picture: QImage | QPixmap | None = None) -> None:
        """Shows `photo`; `picture` (upright, any size) is what its histogram is counted from."""
        another = photo is None or self._photo is None or photo.identity != self._photo.identity
        self._photo = photo
        self.hint.setVisible(photo is None)
        self._facts.setVisible(photo is not None)
        if another:
            self._background.drop("histogram")
            self.histogram.show_histogram(None)
            self.cues.wait()
            self.evidence.show_grounds(None)
        if photo is not None:
            self._show_words(photo)
            self._show_scores(photo)
            self._show_clipping(photo)
            self._resting.start()
        if picture is not None:
            self.show_picture(picture)

    def show_picture(self, picture: QImage | QPixmap) -> None:
        """Counts the histogram of the current photo from a (better) picture of it."""
        image = picture.toImage() if isinstance(picture, QPixmap) else picture
        if self._photo is not None and not image.isNull():
            self._background.submit(
                "histogram", lambda: histogram.count(image), self.histogram.show_histogram
            )

    def set_standing(self, scores: Standing) -> None:
        """The scores of all photos of the folder, among which the current one stands."""
        self._standing = scores
        if self._photo is not None:
            self._show_scores(self._photo)

    def set_blind(self, blind: bool) -> None:
        """Hides scores, what was measured and the cues, or shows them again."""
        self.judged.setVisible(not blind)

    def stop(self) -> None:
        """Ends the panel's thread."""
        self._resting.stop()
        self._background.stop()

    def _show_words(self, photo: Photo) -> None:
        self.title.setText(paths.display(photo.path.name))
        self.moment.setText(words.moment(photo.meta) or self.tr("no date in the file"))
        trouble = [photo.failure or "", photo.meta.problem or ""]
        if photo.state is State.MISSING:
            trouble.insert(0, self.tr("The file is not there at the moment."))
        self.failure.setText("\n".join(text for text in trouble if text))
        self.failure.setVisible(any(trouble))
        known, sizes = self._sizes
        self._show_facts(photo, sizes if known is not None and known.path == photo.path else {})

    def _show_facts(self, photo: Photo, sizes: Sizes) -> None:
        meta = photo.meta
        self.facts.show_facts(
            (
                (self.tr("Camera"), meta.camera or ""),
                (self.tr("Lens"), meta.lens or ""),
                (self.tr("Exposure"), words.exposure(meta)),
                (self.tr("Drive"), meta.drive or ""),
                (self.tr("Size"), _size(meta)),
                (self.tr("Place"), words.place(meta.place) if meta.place else ""),
                (self.tr("Files"), "\n".join(_files(photo, sizes))),
                (self.tr("Folder"), paths.display(photo.path.parent)),
            )
        )

    def _show_scores(self, photo: Photo) -> None:
        scores = photo.scores
        waiting = "" if photo.failure else self.tr("not scored yet")
        without = self.tr("no score with this model") if scores else waiting
        for row, value, raw, among in (
            (
                self.quality,
                scores and scores.quality,
                scores and scores.quality_raw,
                self._standing.quality,
            ),
            (
                self.aesthetics,
                scores and scores.aesthetics,
                scores and scores.aesthetics_raw,
                self._standing.aesthetics,
            ),
        ):
            row.show_value(value, without if value is None else _place(among, value))
            row.show_raw(raw)
        unknown = self.tr("nothing learned yet") if photo.taste is None else ""
        self.taste.show_value(photo.taste, unknown)
        self.model.setText(_model(scores.model) if scores else "")
        self.model.setVisible(scores is not None)
        attributes = photo.attributes
        self.sentence.setText(describing.sentence(attributes, words.say) if attributes else "")
        self.sentence.setVisible(attributes is not None)
        self.attributes.show_attributes(attributes)

    def _show_clipping(self, photo: Photo) -> None:
        attributes = photo.attributes
        shadows = attributes.clipped_shadows if attributes else None
        highlights = attributes.clipped_highlights if attributes else None
        self.histogram.show_clipping(shadows, highlights)
        for label, name, percent in (
            (self.shadows, self.tr("Shadows"), shadows),
            (self.highlights, self.tr("Highlights"), highlights),
        ):
            text = "" if percent is None else self.tr("{n} % clipped").format(n=_percent(percent))
            label.setText(text)
            label.setAccessibleName(f"{name}: {text}")
            label.setToolTip(self.tr("{tones}, measured on the full picture.").format(tones=name))

    def _ask_sizes(self) -> None:
        photo = self._photo
        if photo is None or photo.state is State.MISSING:
            return
        files = (photo.path, *photo.companions)

        def arrived(sizes: Sizes) -> None:
            self._sizes = (photo, sizes)
            if self._photo is not None and self._photo.path == photo.path:
                self._show_facts(self._photo, sizes)

        self._background.submit("sizes", lambda: _sizes_of(files), arrived)

    @property
    def text(self) -> str:
        """All that is shown, as text to copy."""
        if self._photo is None:
            return ""
        lines = [
            paths.display(self._photo.path),
            self.moment.text(),
            self.failure.text(),
            *([] if self.judged.isHidden() else self._judged),
            self.facts.text,
        ]
        return "\n".join(line for line in lines if line)

    @property
    def _judged(self) -> list[str]:
        """What the blind mode hides."""
        return [
            self.quality.text,
            self.aesthetics.text,
            self.taste.text,
            self.model.text(),
            self.evidence.text,
            self.sentence.text(),
            self.attributes.text,
            self.cues.text,
        ]

    def event(self, event: QEvent) -> bool:
        # Else the window's own Ctrl+C, which copies a photo's path, would come first.
        if event.type() == QEvent.Type.ShortcutOverride and self._copies(event):
            event.accept()
            return True
        return super().event(event)

    def _copies(self, event: QEvent) -> bool:
        copy = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)
        return copy and self._photo is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._copies(event):
            QGuiApplication.clipboard().setText(self.text)
        else:
            super().keyPressEvent(event)


class _Facts(QWidget):
    """Names and values, only those that are known."""

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * theme.SPACE)
        self._form.setVerticalSpacing(theme.SPACE // 2)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._rows: dict[str, tuple[QLabel, QLabel]] = {}

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        for name, value in facts:
            if name not in self._rows:
                self._rows[name] = (_label(role="dim"), _label(role="small"))
                self._rows[name][0].setText(name)
                self._rows[name][0].setAlignment(Qt.AlignmentFlag.AlignTop)
                self._form.addRow(*self._rows[name])
            self._rows[name][1].setText(value)
            self._rows[name][1].setAccessibleName(f"{name}: {value}")
            self._form.setRowVisible(self._rows[name][1], bool(value))

    @property
    def text(self) -> str:
        return "\n".join(
            f"{name}: {value.text()}" for name, (_, value) in self._rows.items() if value.text()
        )


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def _model(model: str) -> str:
    """The model's title beside its id: from the table, else from its own card."""
    row = weights.find(model)
    try:
        title = row.title if row is not None else Models().get(model).card.title
    except WeightsError:  # it was removed; its scores stay
        return model
    return title if model in title else f"{words.say(title)} ({model})"


def _place(among: Sequence[float], value: float) -> str:
    """Where a score stands in its folder, which says more than the score."""
    share = standing.better_than(among, value)
    if share is None:
        return ""
    if value >= among[-1]:
        return words.say("the best of this folder")
    if value <= among[0]:
        return words.say("the lowest of this folder")
    percent = "< 1" if share < 1 else "> 99" if share > 99 else f"{share:.0f}"
    return words.say("better than {n} % of this folder").format(n=percent)


def _size(meta: Meta) -> str:
    return words.pixels(meta.width, meta.height) if meta.width and meta.height else ""


def _percent(percent: float) -> str:
    few = f"< {words.tenths(0.1)}"
    return words.tenths(percent) if percent >= 0.05 or percent == 0 else few


def _files(photo: Photo, sizes: Sizes) -> list[str]:
    """`JPG 9.8 MB` and the same for its companions."""
    lines = []
    for path in (photo.path, *photo.companions):
        size = sizes.get(path)
        kind = path.suffix.removeprefix(".").upper()
        lines.append(f"{kind} {words.file_size(size)}" if size is not None else kind)
    return [line for line in lines if line]


def _sizes_of(files: Iterable[Path]) -> Sizes:
    sizes: Sizes = {}
    for path in files:
        try:
            sizes[path] = path.stat().st_size
        except OSError:
            sizes[path] = None
    return sizes
