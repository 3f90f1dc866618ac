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

SCORES = (Sort.QUALITY, Sort.AESTHETICS, Sort.TASTE)
"""What models and taste give, 0–100."""

MEASURES = (
    Sort.SHARPNESS,
    Sort.BRIGHTNESS,
    Sort.CONTRAST,
    Sort.COLORFULNESS,
    Sort.NOISINESS,
)
"""The attributes, 0–100."""

NUMBERS = SCORES + MEASURES
"""The keys with a number 0–100, which a `Range` may limit."""

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
class Range:
    """A condition on one of `NUMBERS`: from `least` to `most`, both inclusive, 0–100; an end that
    is `None` is open. A photo without that number never passes, unless both ends are open."""

    of: Sort
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A selection of photos. The default is everything present, by name.

    `folders` limits to photos at or below those folders (all when empty). `model` is the model
    whose scores are filtered and sorted by. A photo passes when all of its `ranges` hold. `text`
    is looked for in the file name, ignoring case. `flags` and `labels` pass any of theirs (all
    when empty). With `any_verdict` it is enough that one of the conditions on flag, stars and
    label that are set holds; without, all of them have to. `since` and `until` limit to local
    dates, both inclusive. `by_day` puts photos of one day together, days in order of time (the
    latest first when sorted by time descending), photos without a date last; within a day they
    are in the order of `sort`. `folded` leaves one photo of each group: its cover, or where that
    does not pass the first of it in this order. `include_missing` adds photos whose file is gone;
    `include_failed` those that cannot be read.
    """

    model: str
    folders: tuple[Path, ...] = ()
    sort: Sort = Sort.NAME
    descending: bool = False
    text: str = ""
    by_day: bool = False
    ranges: frozenset[Range] = frozenset()
    flags: frozenset[Flag] = frozenset()
    stars: StarRule | None = None
    labels: frozenset[Label] = frozenset()
    any_verdict: bool = False
    cameras: frozenset[str] = frozenset()
    lenses: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    only_unscored: bool = False
    folded: bool = False
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
            by_day=self.by_day,
            any_verdict=self.any_verdict,
            limit=self.limit,
            include_missing=self.include_missing,
            include_failed=self.include_failed,
        )
        return self != plain
