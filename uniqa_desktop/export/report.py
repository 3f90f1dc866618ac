"""A contact sheet and shoot report: one folder with a web page and small pictures, nothing else.

The page holds no script and asks for nothing from the network, so it can be kept or sent as it is.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from uniqa_desktop import atomic, paths
from uniqa_desktop.photo import Failure, Flag, Photo

PAGE, PICTURES = "index.html", "pictures"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report says beside the pictures.

    Attributes:
        title: the page's heading.
        model: the title of the model that scored, and `weights` the hash of its weights, if any.
        failures: the files that could not be read.
        given: how many verdicts the user gave, and `revised` how many of them changed an earlier
            one.
        groups: how many groups of each kind were found, by the kind's name.
        made: when.
    """

    title: str
    model: str
    weights: str
    failures: Sequence[Failure]
    given: int
    revised: int
    groups: Mapping[str, int]
    made: datetime


_STYLE = """
:root{color-scheme:light dark;--ground:#fafafa;--text:#1c1c1c;--dim:#6a6a6a;--line:#ddd}
@media(prefers-color-scheme:dark){:root{--ground:#1f1f1f;--text:#dedede;--dim:#9a9a9a;--line:#333}}
body{margin:32px auto;max-width:1200px;padding:0 24px;background:var(--ground);color:var(--text);
font:15px/1.5 system-ui,sans-serif}
h1{font-size:22px}h2{font-size:17px;margin-top:40px}p,li,td,th{color:var(--dim)}
table{border-collapse:collapse}td,th{padding:4px 16px 4px 0;text-align:left;vertical-align:top}
.sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:24px 16px}
figure{margin:0}figure div{aspect-ratio:3/2;display:flex;align-items:center;justify-content:center}
img{max-width:100%;max-height:100%}figcaption{font-size:13px;overflow-wrap:anywhere}
.dim{color:var(--dim)}.reject img{opacity:.4}
"""
_FLAGS = {Flag.PICK: "✓ picked", Flag.MAYBE: "○ maybe", Flag.REJECT: "✕ rejected", Flag.NONE: ""}
_GROUPS = ((Flag.PICK, "Picked"), (Flag.MAYBE, "Maybe"), (Flag.NONE, "Undecided"),
           (Flag.REJECT, "Rejected"))  # fmt: skip


def write(
    folder: Path,
    photos: Sequence[Photo],
    facts: Facts,
    thumbnail: Callable[[Photo], bytes | None],
) -> Path:
    """Writes the report into `folder`, and returns its page.

    Args:
        folder: made if it is missing; a report that is there is replaced.
        photos: in the order of the sheet; within each group it is kept.
        facts: what is said beside them.
        thumbnail: a photo's small picture as JPEG, `None` if there is none.

    Raises:
        DiskFull, OSError: the page is written last, so an unfinished report has none.
    """
    names: dict[int, str] = {}
    for number, photo in enumerate(photos, 1):
        picture = thumbnail(photo)
        if picture is not None:
            names[photo.id] = f"{PICTURES}/{number:05}.jpg"
            atomic.write_bytes(folder / names[photo.id], picture)
    page = folder / PAGE
    atomic.write_bytes(page, _page(photos, facts, names).encode())
    return page


def _page(photos: Sequence[Photo], facts: Facts, names: dict[int, str]) -> str:
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{_text(facts.title)}</title>"
        f"<meta name=viewport content='width=device-width'><style>{_STYLE}</style>"
        f"<h1>{_text(facts.title)}</h1>",
        _summary(photos, facts),
    ]
    for flag, heading in _GROUPS:
        group = [photo for photo in photos if photo.verdict.flag is flag]
        if group:
            parts.append(f"<h2>{heading} ({len(group)})</h2><div class=sheet>")
            parts += [_figure(photo, names.get(photo.id)) for photo in group]
            parts.append("</div>")
    if facts.failures:
        parts.append(f"<h2>Could not be read ({len(facts.failures)})</h2><table>")
        parts += [
            f"<tr><td>{_text(paths.display(each.path))}<td>{_text(each.error)}"
            for each in facts.failures
        ]
        parts.append("</table>")
    return "\n".join(parts) + "\n"


def _summary(photos: Sequence[Photo], facts: Facts) -> str:
    scored = sum(photo.scores is not None for photo in photos)
    counts = ", ".join(
        f"{sum(photo.verdict.flag is flag for photo in photos)} {heading.lower()}"
        for flag, heading in _GROUPS
    )
    rows = [
        ("Photos", f"{len(photos)}: {counts}"),
        ("Scored", f"{scored} by {facts.model}"),
        ("Not readable", str(len(facts.failures))),
        ("Grouped", _groups(facts.groups)),
        ("Verdicts given", f"{facts.given}, {facts.revised} of them changed again later"),
        ("Made", facts.made.strftime("%Y-%m-%d %H:%M")),
    ]
    if facts.weights:
        rows.insert(2, ("Weights", f"SHA-256 {facts.weights}"))
    return (
        "<table>"
        + "".join(f"<tr><th>{name}<td>{_text(value)}" for name, value in rows)
        + "</table>"
    )


def _groups(groups: Mapping[str, int]) -> str:
    named = (f"{number} {kind}{'s' if number > 1 else ''}" for kind, number in groups.items())
    return ", ".join(named) or "no bursts or other groups are known"


def _figure(photo: Photo, picture: str | None) -> str:
    marks: Iterable[str] = (
        _FLAGS[photo.verdict.flag],
        "★" * photo.verdict.stars,
        "" if str(photo.verdict.label) == "none" else str(photo.verdict.label),
    )
    scores = photo.scores
    values = [
        f"{name} {value:.0f}"
        for name, value in (
            ("quality", scores.quality if scores else None),
            ("aesthetics", scores.aesthetics if scores else None),
        )
        if value is not None
    ]
    name = _text(paths.display(photo.path.name))
    image = f"<img loading=lazy src='{picture}' alt='{name}'>" if picture else "<span>–</span>"
    verdict = " · ".join(mark for mark in marks if mark)
    return (
        f"<figure class='{photo.verdict.flag}'><div>{image}</div><figcaption>{name}"
        f"<br>{_text(verdict)} <span class=dim>{_text(' · '.join(values))}</span>"
        "</figcaption></figure>"
    )


def _text(value: str) -> str:
    return html.escape(value, quote=True)
