"""What the commands print: one JSON document on stdout, or lines for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import click

from uniqa_desktop import paths
from uniqa_desktop.photo import (
    ATTRIBUTE_NAMES,
    Attributes,
    Failure,
    Label,
    Meta,
    Photo,
    Scores,
    Verdict,
)
from uniqa_desktop.store.preferences import Preference

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def as_json(value: Any) -> None:
    """Prints `value` as the one JSON document of this run."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def leave(code: int) -> NoReturn:
    sys.exit(code)


def attributes_json(attributes: Attributes | None) -> dict[str, Any] | None:
    """The five attributes (0–100), their raw measures, and clipping in percent."""
    if attributes is None:
        return None
    measures = {name: getattr(attributes, name) for name in ATTRIBUTE_NAMES}
    return {
        **{name: round(measure.value, 2) for name, measure in measures.items()},
        "raw": {name: round(measure.raw, 6) for name, measure in measures.items()},
        "clipped_shadows": round(attributes.clipped_shadows, 3),
        "clipped_highlights": round(attributes.clipped_highlights, 3),
    }


def scores_json(scores: Scores | None) -> dict[str, Any]:
    """Quality and aesthetics (0–100 and raw) of one model; `null` where it gives none."""
    scores = scores or Scores(model="")
    return {
        "quality": _rounded(scores.quality, 2),
        "quality_raw": _rounded(scores.quality_raw, 6),
        "aesthetics": _rounded(scores.aesthetics, 2),
        "aesthetics_raw": _rounded(scores.aesthetics_raw, 6),
        "model": scores.model or None,
    }


def photo_json(photo: Photo) -> dict[str, Any]:
    """One photo as `list` and `show` print it."""
    return {
        "path": paths.display(photo.path),
        **scores_json(photo.scores),
        "taste": _rounded(photo.taste, 2),
        "attributes": attributes_json(photo.attributes),
        **verdict_json(photo.verdict),
        "burst": photo.burst,
        "taken": photo.meta.taken_text,
        "companions": [paths.display(path) for path in photo.companions],
        "state": str(photo.state),
        "error": photo.failure,
    }


def meta_json(meta: Meta) -> dict[str, Any]:
    """Everything the camera wrote, `null` where it did not."""
    return {
        "taken": meta.taken_text,
        "camera": meta.camera,
        "lens": meta.lens,
        "focal_length": meta.focal_length,
        "aperture": meta.aperture,
        "shutter": meta.shutter,
        "iso": meta.iso,
        "bias": meta.bias,
        "drive": meta.drive,
        "place": [meta.place.latitude, meta.place.longitude] if meta.place else None,
        "width": meta.width,
        "height": meta.height,
        "orientation": meta.orientation,
        "problem": meta.problem,
    }


def failures_json(failures: Iterable[Failure]) -> list[dict[str, str]]:
    return [{"path": paths.display(item.path), "error": item.error} for item in failures]


def failures_text(failures: Sequence[Failure], most: int = 20) -> None:
    """Names the failed files on stderr, the first `most` of them."""
    for item in failures[:most]:
        click.echo(f"  failed: {paths.display(item.path)}: {item.error}", err=True)
    if len(failures) > most:
        click.echo(f"  … and {len(failures) - most} more (all with --json)", err=True)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "flag": str(verdict.flag),
        "stars": verdict.stars,
        "label": None if verdict.label is Label.NONE else str(verdict.label),
    }


def verdict_text(verdict: dict[str, Any]) -> str:
    """A verdict as `verdict_json` gives it, in words: `pick *** red`, or `undecided`."""
    parts = [verdict["flag"], "*" * verdict["stars"], verdict["label"] or ""]
    return " ".join(part for part in parts if part and part != "none") or "undecided"


def preference_json(preference: Preference, better: Photo, worse: Photo) -> dict[str, Any]:
    """What one act said of two photos."""
    return {
        "better": paths.display(better.path),
        "worse": paths.display(worse.path),
        "withdrawn": preference.withdrawn,
        "given": preference.at.isoformat(),
    }


def preference_text(preference: dict[str, Any]) -> str:
    """A preference as `preference_json` gives it, in words."""
    longer = "no longer " if preference["withdrawn"] else ""
    return f"{preference['better']} is {longer}preferred to {preference['worse']}"


def tree(value: dict[str, Any], indent: str = "") -> None:
    """Prints a document for people: a line a value, deeper ones indented, unknown ones left out."""
    for key, item in value.items():
        name = f"{indent}{key.replace('_', ' ')}:"
        if isinstance(item, dict):
            click.echo(name)
            tree(item, indent + "  ")
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            click.echo(name)
            for entry in item:
                tree(entry, indent + "  ")
        elif item not in (None, [], ""):
            click.echo(f"{name} {', '.join(map(str, item)) if isinstance(item, list) else item}")


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> None:
    """Prints rows in columns; the columns in `right` are right-aligned."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def interval(figure: dict[str, float | None] | None) -> str:
    """A figure with its interval, such as `0.512 (0.431 to 0.588)`."""
    if figure is None or figure["value"] is None:
        return "–"
    value, low, high = figure["value"], figure["low"], figure["high"]
    return f"{value:.3f}" + ("" if low is None or high is None else f" ({low:.3f} to {high:.3f})")


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
