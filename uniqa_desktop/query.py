"""What to list and in which order: one frozen value that the command line, the filter bar and the
store agree on. The store turns it into SQL; nothing else does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from uniqa_desktop.photo import Flag, Label


class Sort(StrEnum):
    """The sort keys. Photos without the key's value come last, whichever the direction."""

    NAME = "name"
    TAKEN = "taken"
    QUALITY = "quality"
    AESTHETICS = "aesthetics"
    TASTE = "taste"
    STARS = "stars"
    SHARPNESS = "sharpness"
    BRIGHTNESS = "brightness"
    CONTRAST = "contrast"
    COLORFULNESS = "colorfulness"
    NOISINESS = "noisiness"


DESCENDING = frozenset(set(Sort) - {Sort.NAME, Sort.TAKEN, Sort.NOISINESS})
"""The keys whose natural order is best first."""

OPERATORS = ("<=", ">=", "!=", "<", ">", "=")


@dataclass(frozen=True, slots=True)
class StarRule:
    """A condition on stars such as `>= 3`; `operator` is one of `OPERATORS`."""

    operator: str
    stars: int

    @classmethod
    def parse(cls, text: str) -> StarRule:
        """Reads `">=3"`, `"= 0"` or a bare `"4"` (meaning exactly 4).

        Raises:
            ValueError: not of that form, or stars outside 0–5.
        """
        text = text.strip()
        operator = next((op for op in OPERATORS if text.startswith(op)), "")
        number = text[len(operator) :].strip()
        if not number.isascii() or not number.isdigit() or int(number) > 5:
            raise ValueError(f"{text!r} is not a condition on stars such as '>=3' or '=0'")
        return cls(operator or "=", int(number))


@dataclass(frozen=True, slots=True)
class Query:
    """A selection of photos. The default is everything present, by name.

    `folders` limits to photos at or below those folders (all when empty). `model` is the model
    whose scores are filtered and sorted by. Ranges are inclusive, on 0–100; a photo without a
    score never passes a range on that score. `text` is looked for in the file name, ignoring
    case. `flags` and `labels` pass any of theirs (all when empty). `day` limits to one local date.
    `include_missing` adds photos whose file is gone; `include_failed` those that cannot be read.
    """

    model: str
    folders: tuple[Path, ...] = ()
    sort: Sort = Sort.NAME
    descending: bool = False
    text: str = ""
    min_quality: float | None = None
    max_quality: float | None = None
    min_aesthetics: float | None = None
    max_aesthetics: float | None = None
    min_sharpness: float | None = None
    flags: frozenset[Flag] = frozenset()
    stars: StarRule | None = None
    labels: frozenset[Label] = frozenset()
    cameras: frozenset[str] = frozenset()
    lenses: frozenset[str] = frozenset()
    day: date | None = None
    only_unscored: bool = False
    include_missing: bool = False
    include_failed: bool = True
    limit: int | None = None

    @property
    def filters(self) -> bool:
        """Whether anything but folder, order and limit narrows the list."""
        plain = Query(
            model=self.model,
            folders=self.folders,
            sort=self.sort,
            descending=self.descending,
            limit=self.limit,
            include_missing=self.include_missing,
            include_failed=self.include_failed,
        )
        return self != plain
