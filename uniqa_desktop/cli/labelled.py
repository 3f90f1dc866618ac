"""Options of the commands that take a file of labels, and reading it by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from uniqa_desktop.errors import WrongUse

_FILE = click.Path(path_type=Path)

_OPTIONS = (
    click.option(
        "--labels",
        "label_file",
        required=True,
        type=_FILE,
        metavar="CSV",
        help="Labels: file,score[,std][,group][,split], or a meta file of IQA-PyTorch.",
    ),
    click.option(
        "--images",
        type=_FILE,
        metavar="DIR",
        help="The folder that files are relative to (default: that of the CSV).",
    ),
    click.option(
        "--column", metavar="NAME", help="The column of the score (default: score or mos)."
    ),
    click.option(
        "--range",
        "scale",
        nargs=2,
        type=float,
        metavar="LOW HIGH",
        help="The lowest and highest possible score (default: those that occur).",
    ),
    click.option(
        "--lower-better/--higher-better",
        default=None,
        help="Whether a low score is a good one (default: a high one).",
    ),
    click.option(
        "--dataset",
        metavar="NAME",
        help="One of the papers' datasets, such as koniq: its range and direction.",
    ),
    click.option(
        "--skip",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="Leave out the first N rows (LIVE-C's practice photos: 7).",
    ),
    click.option(
        "--split-file",
        type=_FILE,
        metavar="FILE",
        help="Splits as JSON or as a pickle of plain data (read without running it).",
    ),
)


def label_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options; the command gets them as keywords for `read`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read(
    label_file: Path,
    images: Path | None,
    column: str | None,
    scale: tuple[float, float] | None,
    lower_better: bool | None,
    dataset: str | None,
    skip: int,
    split_file: Path | None,
) -> Any:
    """The `Labels` that the options describe; those of a split file stand beside its columns.

    Raises:
        WrongUse: see `labels.read` and `split_files.read`.
    """
    from uniqa_desktop import labels
    from uniqa_desktop.training import published, split_files

    if images is not None and not images.is_dir():
        raise WrongUse(f"{images} is not a folder.")
    if dataset is not None:
        known = published.dataset(dataset)
        scale = scale or known.scale
        lower_better = known.lower_better if lower_better is None else lower_better
    found = labels.read(
        label_file, images, scale=scale, lower_better=lower_better, column=column, skip=skip
    )
    if split_file is None:
        return found
    columns = split_files.phases(split_files.read(split_file), len(found), split_file)
    return replace(found, splits={**found.splits, **columns})
