"""The sets of pictures: where they are, what people said of them, and their pixels."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import numpy as np

from uniqa_desktop import decode
from uniqa_desktop.errors import WrongUse

USUAL = Path(__file__).resolve().parents[3] / "shared" / "data"
"""Beside the repository."""
NEEDED = (
    "ratings/oasis_public/labels.csv",
    "ratings/ai_appeal/labels.csv",
    "quality/compression/labels.csv",
    "quality/noise/pairs.csv",
    "quality/blur/labels.csv",
    "burst/truth.csv",
    "unlabelled/crops-512.zip",
    "baselines/brisque_model_live.yml",
    "baselines/brisque_range_live.yml",
    "baselines/niqe_image_params.mat",
)


def find(folder: Path | None) -> Path:
    """The folder of the data.

    Raises:
        WrongUse: there is none, or it lacks a file; the sentence says which.
    """
    chosen = folder or USUAL
    missing = [name for name in NEEDED if not (chosen / name).is_file()]
    if missing:
        raise WrongUse(
            f"The data are not in {chosen}: --data DIR needs a folder with {', '.join(missing)}."
        )
    return chosen


@dataclass(frozen=True)
class Labelled:
    """Pictures of a CSV file, in its order, with its other columns."""

    files: list[Path]
    columns: dict[str, list[str]]

    @classmethod
    def read(cls, table: Path, file: str = "file") -> Labelled:
        """Reads a CSV whose column `file` is relative to it."""
        with table.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        return cls([table.parent / name for name in columns[file]], columns)

    def __len__(self) -> int:
        return len(self.files)

    def __iter__(self) -> Iterator[np.ndarray]:
        """The pixels, one picture after the other."""
        return pixels(self.files)

    def numbers(self, column: str = "score") -> np.ndarray:
        return np.array([float(value) for value in self.columns[column]])


def pixels(files: Sequence[Path]) -> Iterator[np.ndarray]:
    for file in files:
        yield decode.full(file).pixels


def zipped(
    archive: Path, limit: int | None = None, *, every: int = 1, first: int = 0
) -> Iterator[np.ndarray]:
    """The pictures of an archive in the order of their names, `every` so many from the `first`
    on; with a limit, evenly spread."""
    with ZipFile(archive) as members:
        names = sorted(members.namelist())[first::every]
        if limit and limit < len(names):
            names = [names[place * len(names) // limit] for place in range(limit)]
        for name in names:
            yield decode.full(Path(name), members.read(name)).pixels
