"""Why photos were left out of the best N, in the words of the window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from uniqa_desktop import paths
from uniqa_desktop.gui import words
from uniqa_desktop.gui.photo_table import Line
from uniqa_desktop.gui.words import say

if TYPE_CHECKING:
    from uniqa_desktop.jobs.select import LeftOut

WHY = {
    "FAILED": "it cannot be read",
    "UNSCORED": "it has no {by} score yet",
    "PARTLY_UNSCORED": "it belongs together with frames that have no {by} score yet",
    "DUPLICATE": "duplicate of {other}",
    "SAME_BURST": "same burst as {other}",
    "BURST_OUT": "same burst as {other}, which is left out: {why}",
    "NO_ROOM": "its {frames} frames belong together, and {room} places are left",
    "LIKE_WORSE": "like {other}, lower {by}",
    "LIKE": "like {other}",
    "DAY": "the day already has {count}",
    "PLACE": "the place already has {count}",
    "LOWER": "lower {by}: {score}, the least kept has {least}",
    "ADDS_LESS": "adds less than what is kept",
    "FULL": "all {count} places are taken",
}
"""The sentences of `select.Why` by their names: said here so that they are translated, without
loading numpy for them."""
_BY = {"quality": "quality", "aesthetics": "aesthetics", "taste": "taste"}


class Reasons:
    """Says reasons; what is in many of them is looked up once: 100,000 take half a second."""

    def __init__(self) -> None:
        self._sentence = cache(lambda why: say(WHY[why]))
        self._by = cache(score_word)
        self._tenths = cache(lambda score: words.tenths(float(score)))

    def why(self, left: LeftOut) -> str:
        """The reason for one photo."""
        values = dict(left.values)
        if "by" in values:
            values["by"] = self._by(values["by"])
        for number in ("score", "least"):
            if number in values:
                values[number] = self._tenths(values[number])
        because = "" if left.because is None else self.why(left.because)
        return self._sentence(left.why.name).format(**values, why=because)


def lines(left_out: Iterable[LeftOut], names: Mapping[int, str]) -> list[Line]:
    """A row for each photo that was left out: its name and why."""
    why = Reasons().why
    return [Line(left.photo, (paths.display(names[left.photo]), why(left))) for left in left_out]


def matching(rows: Sequence[Line], text: str) -> Sequence[Line]:
    """The rows with `text` in their name or reason, whatever the case of letters."""
    text = text.strip().casefold()
    if not text:
        return rows
    return [line for line in rows if any(text in cell.casefold() for cell in line.cells)]


def score_word(score: str) -> str:
    """A score within a sentence: `quality`."""
    return say(_BY[score])
