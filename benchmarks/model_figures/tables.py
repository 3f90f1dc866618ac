"""What a section hands back, how it is printed, and what has to hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, nextafter
from typing import Any

import kit

from model_figures.estimates import Estimate


@dataclass(frozen=True)
class Table:
    """Figures by subject (a model, a baseline) and measure."""

    title: str
    sample: str
    rows: dict[str, dict[str, Estimate]]
    notes: tuple[str, ...] = ()


@dataclass
class Section:
    """Tables, and the bounds that were set for them."""

    tables: list[Table] = field(default_factory=list)
    bounds: list[kit.Figure] = field(default_factory=list)

    def __iadd__(self, other: Section) -> Section:
        self.tables += other.tables
        self.bounds += other.bounds
        return self


def better(
    name: str, own: Estimate, others: Mapping[str, Estimate], *, ceiling: float = 1.0
) -> kit.Figure:
    """The bound that the model is above each of the others; both at the ceiling will do."""
    rival, best = max(others.items(), key=lambda item: item[1].value)
    least = best.value if best.value >= ceiling else nextafter(best.value, ceiling)
    return kit.Figure(name, own.value, least=least, note=f"best other: {rival}; {own - best} ahead")


def text(section: Section) -> str:
    """The tables for people, and each bound with its verdict."""
    lines: list[str] = []
    for table in section.tables:
        lines += [f"\n{table.title} ({table.sample})", *_grid(table)]
        lines += [f"  {note}" for note in table.notes]
    lines += [""] if section.bounds else []
    for bound in section.bounds:
        verdict = "✓" if bound.kept else "MISSED"
        note = f"  ({bound.note})" if bound.note else ""
        lines.append(f"  {bound.name}: {_number(bound.value)} {bound.bound} {verdict}{note}")
    return "\n".join(lines)


def _grid(table: Table) -> list[str]:
    """Subjects down and measures across, or the other way round if there are many measures."""
    measures = list(dict.fromkeys(name for row in table.rows.values() for name in row))
    cells: list[list[str]]
    if len(measures) <= len(table.rows):
        heads = ["", *measures]
        cells = [
            [subject, *(str(row[name]) if name in row else "" for name in measures)]
            for subject, row in table.rows.items()
        ]
    else:
        heads = ["", *table.rows]
        cells = [
            [name, *(str(row[name]) if name in row else "" for row in table.rows.values())]
            for name in measures
        ]
    widths = [max(len(line[place]) for line in [heads, *cells]) for place in range(len(heads))]
    return [
        "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        for line in [heads, *cells]
    ]


def document(sections: Mapping[str, Section]) -> dict[str, Any]:
    """The same as one JSON value; a number that does not exist is `null`."""
    return {
        name: {
            "tables": [
                {
                    "title": table.title,
                    "sample": table.sample,
                    "rows": {
                        subject: {measure: _estimate(one) for measure, one in row.items()}
                        for subject, row in table.rows.items()
                    },
                    "notes": list(table.notes),
                }
                for table in section.tables
            ],
            "bounds": [
                {
                    "name": bound.name,
                    "value": _rounded(bound.value),
                    "bound": bound.bound,
                    "kept": bound.kept,
                    "note": bound.note,
                }
                for bound in section.bounds
            ],
        }
        for name, section in sections.items()
    }


def kept(sections: Sequence[Section]) -> bool:
    return all(bound.kept for section in sections for bound in section.bounds)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


def _estimate(estimate: Estimate) -> dict[str, Any]:
    between = estimate.interval
    found: dict[str, Any] = {"value": _rounded(estimate.value)}
    if between:
        found["interval"] = [_rounded(end) for end in between]
    return found


def _rounded(value: float) -> float | None:
    return round(value, 4) if isfinite(value) else None


def _number(value: float) -> str:
    return f"{value:.3f}" if isfinite(value) else "none"
