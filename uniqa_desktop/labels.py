"""Reading labels: a CSV that says what people thought of each photo.

    file,score[,std][,group][,split…]
    images/0012.jpg,3.37,1.81,ambulance

Files are relative to the CSV, or to a folder that is given. Columns may have the names of
IQA-PyTorch's meta files instead (`img_name`, `dist_name`, `mos`, `dmos`, `ref_name`, and any
column with `split` in its name). What is wrong with a file is said with its line, before a photo is
opened: one sentence names the first lines and how many there are.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from uniqa_desktop.errors import WrongUse

FILE_COLUMNS = ("file", "img_name", "dist_name", "image_name", "image")
SCORE_COLUMNS = ("score", "mos", "dmos")
GROUP_COLUMNS = ("group", "ref_name")
STD_COLUMN = "std"
_UNCLEAR = "dmos"
"""A difference score: lower is better in CSIQ and LIVE, higher is better in KADID-10k."""

PHASES = ("train", "val", "test")
_NAMED = 3
"""Lines that an error names before it only counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Photos and what people thought of them; one row each, in the order of the file.

    Attributes:
        source: the CSV.
        files: where each photo should be; whether it is there, nobody has looked.
        names: the same as written in the CSV.
        scores: in the file's own unit.
        stds: standard deviation over people, where the file has it.
        groups: what belongs together (scene, reference picture), where the file has it.
        splits: by name, the phase of each row: `train`, `val`, `test` or nothing.
        scale: the lowest and highest possible score.
        scale_from: who says so: `given`, or `labels` (the lowest and highest that occur).
        lower_better: whether a low score is a good one.
    """

    source: Path
    files: tuple[Path, ...]
    names: tuple[str, ...]
    scores: NDArray[np.float64]
    scale: tuple[float, float]
    scale_from: str
    lower_better: bool = False
    stds: NDArray[np.float64] | None = None
    groups: tuple[str, ...] | None = None
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.files)

    @property
    def units(self) -> NDArray[np.float64]:
        """The scores from 0 (worst) to 1 (best): what models are trained on."""
        lowest, highest = self.scale
        units = (self.scores - lowest) / (highest - lowest)
        return 1 - units if self.lower_better else units

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> Labels:
        """The labels of some rows, with the same scale."""
        chosen = [int(row) for row in rows]

        def of(values: Sequence[str]) -> tuple[str, ...]:
            return tuple(values[row] for row in chosen)

        return replace(
            self,
            files=tuple(self.files[row] for row in chosen),
            names=of(self.names),
            scores=self.scores[chosen],
            stds=None if self.stds is None else self.stds[chosen],
            groups=None if self.groups is None else of(self.groups),
            splits={name: of(phases) for name, phases in self.splits.items()},
        )


def read(
    path: Path,
    images: Path | None = None,
    *,
    scale: tuple[float, float] | None = None,
    lower_better: bool | None = None,
    column: str | None = None,
    skip: int = 0,
) -> Labels:
    """Reads a file of labels.

    Args:
        path: a CSV with a header; commas, semicolons or tabs.
        images: the folder that files are relative to, if not the CSV's.
        scale: the lowest and highest possible score; without it, those that occur.
        lower_better: whether a low score is a good one; has to be said for a `dmos` column.
        column: the column of the score, if not one of `SCORE_COLUMNS`.
        skip: leave out so many rows at the beginning (LIVE-C's seven practice photos).

    Raises:
        WrongUse: the file cannot be read; a column is missing; a score is no number or outside
            of `scale`; a file is listed twice; or all scores are alike.
    """
    header, rows = _rows(path)
    rows = rows[skip:]
    if not rows:
        _refuse(path, "it has no rows of labels")
    file_at = _column(path, header, FILE_COLUMNS)
    score_at = _column(path, header, (column,) if column else SCORE_COLUMNS)
    assert file_at is not None
    assert score_at is not None
    if header[score_at] == _UNCLEAR and lower_better is None:
        _refuse(
            path,
            "in its column 'dmos' a low score may be good or bad; say which with --lower-better "
            "or --higher-better",
        )
    names = tuple(row[file_at].strip() for _, row in rows)
    lines = [line for line, _ in rows]
    _check(path, lines, [not name or "\0" in name for name in names], "names no file")
    _check_twice(path, lines, names)
    scores = _numbers(path, lines, [row[score_at] for _, row in rows], "score")
    scale_from = "given" if scale else "labels"
    if scale is not None:
        lowest, highest = scale
        if not (math.isfinite(lowest) and math.isfinite(highest) and lowest < highest):
            raise WrongUse(f"A range from {lowest:g} to {highest:g} holds no scores.")
        outside = (scores < lowest) | (scores > highest)
        _check(path, lines, outside, f"has a score outside of {lowest:g} to {highest:g}")
    check_varied(path, scores)
    std_at = _column(path, header, (STD_COLUMN,), needed=False)
    group_at = _column(path, header, GROUP_COLUMNS, needed=False)
    return Labels(
        source=path,
        files=tuple((images or path.parent) / name for name in names),
        names=names,
        scores=scores,
        scale=scale or (float(scores.min()), float(scores.max())),
        scale_from=scale_from,
        lower_better=bool(lower_better),
        stds=None
        if std_at is None
        else _numbers(path, lines, [row[std_at] for _, row in rows], "standard deviation"),
        groups=None if group_at is None else tuple(row[group_at].strip() for _, row in rows),
        splits={
            name: tuple(row[at].strip().lower() for _, row in rows)
            for at, name in enumerate(header)
            if "split" in name
        },
    )


def check_varied(path: Path, scores: NDArray[np.float64]) -> None:
    """Says so if there is nothing to learn from or to compare.

    Raises:
        WrongUse: there is one photo, or all have the same score.
    """
    if len(scores) < 2:
        _refuse(path, "it has the label of a single photo; at least two are needed")
    if np.ptp(scores) == 0:
        _refuse(
            path,
            f"all {len(scores)} photos have the same score ({scores[0]:g}), so there is no order "
            "to learn or to compare",
        )


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and each row with its line number."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            marks = max((",", ";", "\t"), key=first.count)
            file.seek(0)
            reader = csv.reader(file, delimiter=marks, strict=True)
            header = [name.strip().lower() for name in next(reader, [])]
            rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror or error}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        _refuse(path, f"it is no CSV file ({error})")
    if not any(header):
        _refuse(path, "it is empty")
    lines = [line for line, _ in rows]
    _check(path, lines, [len(row) < len(header) for _, row in rows], "has too few columns")
    return header, rows


def _column(
    path: Path, header: list[str], names: tuple[str, ...], needed: bool = True
) -> int | None:
    for name in names:
        if name.lower() in header:
            return header.index(name.lower())
    if needed:
        _refuse(
            path,
            f"it has no column {' or '.join(repr(name) for name in names)} (it has "
            f"{', '.join(header)})",
        )
    return None


def _numbers(
    path: Path, lines: Sequence[int], cells: Sequence[str], what: str
) -> NDArray[np.float64]:
    values = np.array([_number(cell) for cell in cells])
    _check(path, lines, ~np.isfinite(values), f"has a {what} that is not a number")
    return values


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _check_twice(path: Path, lines: Sequence[int], names: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    twice = []
    for line, name in zip(lines, names, strict=True):
        if name in seen:
            twice.append(f"{name} (lines {seen[name]} and {line})")
        else:
            seen[name] = line
    if twice:
        more = f" and {len(twice) - _NAMED} more" if len(twice) > _NAMED else ""
        _refuse(
            path,
            f"a photo is listed more than once: {', '.join(twice[:_NAMED])}{more}; keep one row "
            "for each",
        )


def _check(
    path: Path, lines: Sequence[int], wrong: Sequence[bool] | NDArray[np.bool_], what: str
) -> None:
    bad = [line for line, is_wrong in zip(lines, wrong, strict=True) if is_wrong]
    if not bad:
        return
    named = ", ".join(map(str, bad[:_NAMED]))
    more = f" and {len(bad) - _NAMED} more" if len(bad) > _NAMED else ""
    _refuse(path, f"{'line' if len(bad) == 1 else 'each of the lines'} {named}{more} {what}")


def _refuse(path: Path, why: str) -> NoReturn:
    raise WrongUse(f"{path.name} cannot be used as labels: {why}.")
