"""Days as people write them: `2026-11-17`, `yesterday`, `last tuesday`, `7d`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from uniqa_desktop.errors import WrongUse

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGO = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?)(?:\s+ago)?")
_NAMED = {"today": 0, "yesterday": 1}


def read(text: str, today: date) -> date:
    """The day that `text` means on the day `today`.

    A weekday is the latest one that is over, `last` or not: on a Tuesday `tuesday` is a week ago.

    Raises:
        WrongUse: it is none of the forms above.
    """
    words = " ".join(text.lower().split())
    if words in _NAMED:
        return today - timedelta(days=_NAMED[words])
    weekday = words.removeprefix("last ")
    if weekday in _WEEKDAYS:
        return today - timedelta(days=(today.weekday() - _WEEKDAYS.index(weekday) - 1) % 7 + 1)
    try:
        if (ago := _AGO.fullmatch(words)) is not None:
            return today - timedelta(days=int(ago[1]) * (7 if ago[2].startswith("w") else 1))
        return date.fromisoformat(words)
    except (ValueError, OverflowError):
        raise WrongUse(
            f"{text!r} is not a day: write 2026-11-17, today, yesterday, last tuesday, 7d or 2w."
        ) from None
