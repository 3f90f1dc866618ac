"""Learning curves as an SVG, drawn from a record by plain code: `python -m …curves RECORD SVG`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from uniqa_desktop import atomic

_WIDTH, _HEIGHT, _MARGIN = 360, 220, 40
_COLOURS = ("#3b6ea8", "#b5651d", "#3f7f5f")
_PANELS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("extractor", "Extractor: agreement with the teacher", ("cosine", "explained")),
    ("finish", "The same, on larger views", ("cosine", "explained")),
    ("senses", "Quality: order within a picture", ("pairs_right",)),
)
"""Run, title, and which figures of its curve are drawn; all are shares 0–1."""


def svg(curves: dict[str, list[dict[str, Any]]]) -> str:
    """The panels side by side; epochs to the right, shares upwards."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH * len(_PANELS)}" '
        f'height="{_HEIGHT}" font-family="sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for place, (run, title, names) in enumerate(_PANELS):
        parts.append(f'<g transform="translate({place * _WIDTH},0)">')
        parts += _panel(title, names, curves[run])
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(title: str, names: Sequence[str], curve: Sequence[dict[str, Any]]) -> list[str]:
    last = max(point["step"] for point in curve)
    right, bottom = _WIDTH - _MARGIN / 2, _HEIGHT - _MARGIN

    def x(step: float) -> float:
        return _MARGIN + (right - _MARGIN) * step / last

    def y(share: float) -> float:
        return bottom - (bottom - _MARGIN) * share

    drawn = [f'<text x="{_MARGIN}" y="20" font-size="13" fill="#222">{title}</text>']
    for share in (0, 0.25, 0.5, 0.75, 1):
        drawn.append(
            f'<line x1="{_MARGIN}" x2="{right}" y1="{y(share):.1f}" y2="{y(share):.1f}" '
            'stroke="#ddd"/>'
        )
        drawn.append(
            f'<text x="{_MARGIN - 6}" y="{y(share) + 4:.1f}" text-anchor="end" fill="#555">'
            f"{share:g}</text>"
        )
    drawn.append(
        f'<text x="{right}" y="{bottom + 16}" text-anchor="end" fill="#555">epoch {last}</text>'
    )
    for colour, name in zip(_COLOURS, names, strict=False):
        line = " ".join(f"{x(point['step']):.1f},{y(point[name]):.1f}" for point in curve)
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        end = curve[-1]
        drawn.append(
            f'<text x="{x(end["step"]) - 4:.1f}" y="{y(end[name]) - 6:.1f}" text-anchor="end" '
            f'fill="{colour}">{name.replace("_", " ")} {end[name]:.2f}</text>'
        )
    return drawn


def main(record: Path, picture: Path) -> None:
    """Draws the curves of a record of `recipe.make`."""
    curves = json.loads(record.read_text(encoding="utf-8"))["figures"]["curves"]
    atomic.write_bytes(picture, svg(curves).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
