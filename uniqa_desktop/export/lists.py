"""Everything known of photos as a table: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from uniqa_desktop import paths
from uniqa_desktop.photo import ATTRIBUTE_NAMES, Label, Photo

Column = tuple[str, Callable[[Photo], Any]]


def _score(name: str) -> Callable[[Photo], Any]:
    return lambda photo: None if photo.scores is None else getattr(photo.scores, name)


def _attribute(name: str, part: str) -> Callable[[Photo], Any]:
    return lambda photo: (
        None if photo.attributes is None else getattr(getattr(photo.attributes, name), part)
    )


def _meta(name: str) -> Callable[[Photo], Any]:
    return lambda photo: getattr(photo.meta, name)


COLUMNS: tuple[Column, ...] = (
    ("path", lambda photo: paths.display(photo.path)),
    ("companions", lambda photo: " | ".join(paths.display(each) for each in photo.companions)),
    ("flag", lambda photo: str(photo.verdict.flag)),
    ("stars", lambda photo: photo.verdict.stars),
    (
        "label",
        lambda photo: None if photo.verdict.label is Label.NONE else str(photo.verdict.label),
    ),
    ("model", _score("model")),
    ("quality", _score("quality")),
    ("quality_raw", _score("quality_raw")),
    ("aesthetics", _score("aesthetics")),
    ("aesthetics_raw", _score("aesthetics_raw")),
    ("taste", lambda photo: photo.taste),
    ("burst", lambda photo: photo.burst),
    *((name, _attribute(name, "value")) for name in ATTRIBUTE_NAMES),
    *((f"{name}_raw", _attribute(name, "raw")) for name in ATTRIBUTE_NAMES),
    ("taken", lambda photo: photo.meta.taken_text),
    *(
        (name, _meta(name))
        for name in (
            "camera", "lens", "focal_length", "aperture", "shutter", "iso", "bias", "width",
            "height",
        )
    ),
    ("latitude", lambda photo: photo.meta.place.latitude if photo.meta.place else None),
    ("longitude", lambda photo: photo.meta.place.longitude if photo.meta.place else None),
    ("state", lambda photo: str(photo.state)),
    ("error", lambda photo: photo.failure),
)  # fmt: skip
"""Every column: its name and where it comes from."""


def as_csv(photos: Iterable[Photo]) -> bytes:
    """A table with a header row, in UTF-8 with the mark that spreadsheets ask for.

    Unknown values are empty, never 0. A text that a spreadsheet would take for a formula gets a
    leading apostrophe.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([name for name, _ in COLUMNS])
    for photo in photos:
        writer.writerow([_cell(value(photo)) for _, value in COLUMNS])
    return stream.getvalue().encode("utf-8-sig")


def as_json(photos: Sequence[Photo]) -> bytes:
    """The same as a list of objects; unknown values are `null`."""
    rows = [{name: value(photo) for name, value in COLUMNS} for photo in photos]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
