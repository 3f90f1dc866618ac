"""`compare`: whose pictures a model likes better, and how surely."""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uniqa_desktop import formats, paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.cli.judging import judge
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse

if TYPE_CHECKING:
    from uniqa_desktop.jobs.compare import By

_COLUMNS = ("file", "source")


@click.command("compare")
@click.argument("folders", nargs=-1, type=FOLDER)
@click.option(
    "--csv",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Instead of folders: columns file and source, perhaps group (what pairs pictures).",
)
@click.option("--model", metavar="ID|RUN", help="A model, or the folder of `train mos`.")
@click.option(
    "--by",
    type=click.Choice(["quality", "aesthetics", "appeal"]),
    default="quality",
    show_default=True,
    help="Appeal is for generated pictures: how natural they look, and how beautiful.",
)
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default=None)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
def compare(
    folders: tuple[Path, ...],
    table: Path | None,
    model: str | None,
    by: By,
    device: str | None,
    seed: int,
    library: Path,
    json_output: bool,
) -> None:
    """Compare the pictures of FOLDERS: of image generators, editors, settings or cameras.

    Prints each one's mean score with a 95 % interval, and whether the differences are more than
    chance. Pictures of the same name are compared pair by pair.
    """
    from uniqa_desktop.jobs import compare as job

    if (table is None) == (not folders):
        raise WrongUse("Name either folders to compare or a table by --csv.")
    sources = _of_folders(folders) if table is None else _of_table(table)
    if len(sources) < 2:
        raise WrongUse("There is one source of pictures only: two or more can be compared.")
    scorer = judge(model, device)
    with stop_on_interrupt() as stop:
        found = drive(job.compare(sources, scorer, by, seed=seed, stop=stop))
    if found is None:
        output.leave(output.INTERRUPTED)
    if json_output:
        output.as_json(_as_json(found))
    else:
        _print(found)
        output.failures_text(found.failed)
    output.leave(output.SOME_FAILED if found.failed else output.DONE)


def _of_folders(folders: tuple[Path, ...]) -> dict[str, dict[str, Path]]:
    """The pictures at or below each folder, by their path without extension."""
    found: dict[str, dict[str, Path]] = {}
    for root in real_folders(folders):
        name = paths.display(root) if root.name in found else root.name
        if name in found:
            raise WrongUse(f"{paths.display(root)} is named twice.")
        files = sorted(
            Path(folder) / file
            for folder, _, files in os.walk(root)
            for file in files
            if Path(file).suffix.lower() in formats.PHOTO_EXTENSIONS
        )
        if not files:
            raise WrongUse(f"There is no picture in {paths.display(root)}.")
        keys = [str(file.relative_to(root).with_suffix("")) for file in files]
        # A JPEG beside a RAW of the same name: each keeps its own.
        if len(set(keys)) < len(keys):
            keys = [str(file.relative_to(root)) for file in files]
        found[name] = dict(zip(keys, files, strict=True))
    return found


def _of_table(table: Path) -> dict[str, dict[str, Path]]:
    """The pictures of a table by source; by group where no source has two of one.

    Raises:
        WrongUse: it cannot be read, or lacks a column or a value.
    """
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise WrongUse(f"{table.name} has no column {missing[0]!r}.")
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUse(f"{table.name} cannot be read as a CSV file ({error}).") from None
    found: dict[str, dict[str, Path]] = {}
    groups = [(row["source"], row.get("group")) for row in rows]
    by_group = all(group for _, group in groups) and len(set(groups)) == len(groups)
    for line, row in enumerate(rows, 2):
        name, source = (row["file"] or "").strip(), (row["source"] or "").strip()
        if not name or not source:
            raise WrongUse(f"Line {line} of {table.name} names no file or no source.")
        key = row["group"] if by_group else Path(name).stem
        files = found.setdefault(source, {})
        files[name if key in files else key] = table.parent / name
    return found


def _as_json(found: Any) -> dict[str, Any]:
    return {
        "model": found.model,
        "by": found.by,
        "sources": [
            {
                "source": source.name,
                "pictures": source.pictures,
                "mean": round(source.mean, 3),
                "interval": _ends(source.interval),
            }
            for source in found.sources
        ],
        "differences": [
            {
                "better": one.better,
                "worse": one.worse,
                "points": round(one.points, 3),
                "interval": _ends(one.interval),
                "p": round(one.p, 5),
                "pairs": one.pairs,
            }
            for one in found.differences
        ],
        "scores": {
            name: {key: round(value, 3) for key, value in scores.items()}
            for name, scores in found.scores.items()
        },
        "failed": output.failures_json(found.failed),
    }


def _print(found: Any) -> None:
    click.echo(f"{found.by.capitalize()} by {found.model}, 0–100, with 95 % intervals:")
    output.table(
        [
            (source.name, f"{source.mean:.1f}", _range(source.interval), f"n = {source.pictures}")
            for source in found.sources
        ],
        frozenset({1}),
    )
    click.echo("")
    for one in found.differences:
        basis = f"{one.pairs} pairs" if one.pairs else "not paired"
        sure = "" if one.p < 0.05 else " (may be chance)"
        click.echo(
            f"{one.better} is better than {one.worse} by {one.points:.1f} "
            f"[{_range(one.interval)}], p = {_p(one.p)}, {basis}{sure}"
        )


def _ends(interval: tuple[float, float]) -> list[float | None]:
    return [None if math.isnan(end) else round(end, 3) for end in interval]


def _range(interval: tuple[float, float]) -> str:
    low, high = interval
    return "–" if math.isnan(low) else f"{low:.1f} to {high:.1f}"


def _p(value: float) -> str:
    return "less than 0.001" if value < 0.001 else f"{value:.3f}"
