"""What a language server is asked about a photo, and what people's ratings tell it beforehand.

From the paper (as its reviews and summaries quote it): the mean opinion score picks one of five
levels, bad, poor, fair, good and perfect, the top fifth of the scale being perfect; the level is
told to the model, so that its text agrees with people; quality is asked about sharpness, colour
balance and the like, aesthetics about composition, light and colour. The paper's very words and
the other borders have not been published: the words below and equal fifths are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from uniqa_desktop.errors import WrongUse

LEVELS = ("bad", "poor", "fair", "good", "perfect")
"""The five levels, worst first."""
FIFTHS = (0.2, 0.4, 0.6, 0.8)
"""Where on the scale from 0 to 1 each level but the first begins."""
PLACE = "{level}"
"""Stands for the level in a question."""


class Kind(StrEnum):
    """What a text is about."""

    QUALITY = "quality"
    AESTHETICS = "aesthetics"


_ASK = {
    Kind.QUALITY: "describe its technical quality in one or two short sentences: its sharpness, "
    "colour balance, exposure, contrast, noise and other distortions, as far as they can be seen.",
    Kind.AESTHETICS: "describe its aesthetics in one or two short sentences: its composition, "
    "light, colour, depth, subject and mood, as far as they matter to how pleasing it is.",
}
_RATED = {
    Kind.QUALITY: "People rated the quality of this image as {level}.",
    Kind.AESTHETICS: "People rated the aesthetics of this image as {level}.",
}
_PLAIN = "Write plain text without lists, and give no number."


def question(kind: Kind, *, guided: bool) -> str:
    """Our own words for a question; with `guided` they hold `PLACE` for the level."""
    ask = _ASK[kind]
    if not guided:
        return f"Look at this image and {ask} {_PLAIN}"
    return f"{_RATED[kind]} In agreement with that rating, {ask} Name the rating. {_PLAIN}"


def check_question(text: str, *, guided: bool) -> str:
    """A question of the user's own, without surrounding space.

    Raises:
        WrongUse: it is empty; or there are ratings and no place for them, or the reverse.
    """
    text = text.strip()
    if not text:
        raise WrongUse("The question to the server is empty.")
    if guided and PLACE not in text:
        raise WrongUse(f"The question has no {PLACE} in it, where the rating is put in words.")
    if not guided and PLACE in text:
        raise WrongUse(f"The question has a {PLACE}, but there are no ratings: give --labels.")
    return text


def check_cuts(cuts: Sequence[float]) -> tuple[float, ...]:
    """The borders between the levels.

    Raises:
        WrongUse: they are not four rising numbers between 0 and 1.
    """
    rising = all(one < other for one, other in pairwise((0.0, *cuts, 1.0)))
    if len(cuts) != len(LEVELS) - 1 or not rising:
        raise WrongUse(
            "The levels need four borders between 0 and 1, each higher than the one before."
        )
    return tuple(cuts)


def level(rating: float, cuts: Sequence[float] = FIFTHS) -> str:
    """The word for a rating from 0 (worst) to 1 (best); on a border it has the better level."""
    # 3.4 on a scale from 1 to 7 is a border, but 0.4 only to fifteen digits.
    return LEVELS[sum(round(float(rating), 9) >= cut for cut in cuts)]
