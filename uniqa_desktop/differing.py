"""What tells one photo from another by their measured attributes: "sharper +18, 0.7 stop darker".

Plain text without any library, so that the window's thread may make it while stepping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log2

from uniqa_desktop.photo import Attributes

_MAX_PARTS = 3
_NOTHING = "no measured difference"
_NOTICEABLE = {"sharpness": 3.0, "noisiness": 5.0, "contrast": 5.0, "colorfulness": 5.0}
"""Points of 100 from which a difference is named. The frames of a burst on a tripod differ by
less; sharpness gets the finest bound, as it is what decides between them."""
_NOTICEABLE_STOPS = 0.2
"""A fifth of a stop is 15 % more light; cameras are set in thirds."""
_NOTICEABLE_CLIPPING = 1.0
"""Percent of the picture."""
_DARKEST = 1.0
"""L* below which a picture counts as black: the ratio to black itself would be infinite."""

_WORDS = {
    "sharpness": ("sharper", "softer"),
    "noisiness": ("noisier", "less noisy"),
    "contrast": ("more contrast", "less contrast"),
    "colorfulness": ("more colourful", "less colourful"),
}
"""The word for more of it and the word for less."""


def luminance(lightness: float) -> float:
    """The relative luminance Y/Yn (0–1) of CIE L* `lightness` (0–100); CIE 15:2004, 8.2.1."""
    if lightness <= 8:
        return max(lightness, 0.0) / 903.3
    return ((lightness + 16) / 116) ** 3


def stops(lightness: float, other: float) -> float:
    """By how many stops a picture of mean L* `lightness` is brighter than one of mean L* `other`.

    Negative where it is darker. Twice the light is one stop; darker than L* 1 counts as L* 1.
    """
    return log2(luminance(max(lightness, _DARKEST)) / luminance(max(other, _DARKEST)))


def sentence(
    this: Attributes,
    other: Attributes,
    say: Callable[[str], str] = str,
    number: Callable[[float], str] = "{:.3g}".format,
) -> str:
    """How `this` photo differs from the `other`: "sharper +18, 0.7 stop darker".

    Sharpness comes first, then the light, then what else is noticeable; three parts at most.
    "no measured difference" where nothing is.

    Args:
        this: the measures of the photo that is described.
        other: those of the photo that it is compared with.
        say: translates a part; parts with a number hold `{n}`.
        number: writes a number of one decimal.
    """
    parts = list(_parts(this, other, say, number))[:_MAX_PARTS]
    return ", ".join(parts) if parts else say(_NOTHING)


def _parts(
    this: Attributes,
    other: Attributes,
    say: Callable[[str], str],
    number: Callable[[float], str],
) -> Iterator[str]:
    yield from _points(this, other, "sharpness", say)
    yield from _light(this, other, say, number)
    clipped = this.clipped_highlights - other.clipped_highlights
    if abs(clipped) >= _NOTICEABLE_CLIPPING:
        yield _signed(say("more burnt out" if clipped > 0 else "less burnt out"), clipped) + " %"
    for name in ("noisiness", "contrast", "colorfulness"):
        yield from _points(this, other, name, say)


def _points(
    this: Attributes, other: Attributes, name: str, say: Callable[[str], str]
) -> Iterator[str]:
    more = getattr(this, name).value - getattr(other, name).value
    if abs(more) >= _NOTICEABLE[name]:
        yield _signed(say(_WORDS[name][more < 0]), more)


def _light(
    this: Attributes,
    other: Attributes,
    say: Callable[[str], str],
    number: Callable[[float], str],
) -> Iterator[str]:
    brighter = stops(this.brightness.value, other.brightness.value)
    amount = round(abs(brighter), 1)
    if amount < _NOTICEABLE_STOPS:
        return
    one = amount <= 1
    if brighter > 0:
        text = say("{n} stop brighter") if one else say("{n} stops brighter")
    else:
        text = say("{n} stop darker") if one else say("{n} stops darker")
    yield text.format(n=number(amount))


def _signed(word: str, amount: float) -> str:
    sign = "+" if amount > 0 else "\N{MINUS SIGN}"
    return f"{word} {sign}{abs(round(amount))}"
