"""One sentence about a photo from its measured attributes: "Sharp where it matters, dark."

Plain text without any library, so that the window's thread may make it while stepping.
"""

from __future__ import annotations

from collections.abc import Callable

from uniqa_desktop.photo import Attributes

_MAX_PARTS = 3
_NOTHING = "Nothing stands out."


def sentence(attributes: Attributes, say: Callable[[str], str] = str) -> str:
    """What stands out in a photo, in a sentence: "Sharp where it matters, dark, a little noisy."

    Sharpness comes first, then what is clipped, then at most three parts in all; "Nothing stands
    out." if every measure is in its middle. The bounds are those of the words beside the bars,
    widened so that the ordinary is not mentioned.

    Args:
        attributes: the measures of the photo.
        say: translates a part.
    """
    highlights = attributes.clipped_highlights > 2
    shadows = attributes.clipped_shadows > 5
    found = [
        _sharpness(attributes.sharpness.value),
        "highlights burnt out" if highlights else None,
        "shadows blocked" if shadows else None,
        _brightness(attributes.brightness.value),
        _noisiness(attributes.noisiness.value),
        _contrast(attributes.contrast.value),
        _colorfulness(attributes.colorfulness.value),
    ]
    parts = [say(part) for part in found if part is not None][:_MAX_PARTS]
    if not parts:
        return say(_NOTHING)
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _sharpness(value: float) -> str | None:
    if value >= 60:
        return "sharp where it matters"
    if value < 15:
        return "blurred"
    return "a little soft" if value < 35 else None


def _brightness(value: float) -> str | None:
    if value < 20:
        return "very dark"
    if value < 35:
        return "dark"
    if value > 80:
        return "very bright"
    return "bright" if value > 65 else None


def _noisiness(value: float) -> str | None:
    if value > 60:
        return "noisy"
    return "a little noisy" if value > 35 else None


def _contrast(value: float) -> str | None:
    if value < 25:
        return "flat"
    return "contrasty" if value > 75 else None


def _colorfulness(value: float) -> str | None:
    if value < 10:
        return "nearly without colour"
    return "vivid" if value > 70 else None
