"""The sort keys in the words of the window."""

from __future__ import annotations

from uniqa_desktop.gui.words import say
from uniqa_desktop.query import Sort

_WORDS = {
    Sort.NAME: "Name",
    Sort.TAKEN: "Date taken",
    Sort.QUALITY: "Quality",
    Sort.AESTHETICS: "Aesthetics",
    Sort.TASTE: "Taste",
    Sort.STARS: "Stars",
    Sort.SHARPNESS: "Sharpness",
    Sort.BRIGHTNESS: "Brightness",
    Sort.CONTRAST: "Contrast",
    Sort.COLORFULNESS: "Colorfulness",
    Sort.NOISINESS: "Noisiness",
}


def sort_word(sort: Sort) -> str:
    """What a list is sorted by, or a slider limits: `Quality`, `Date taken`, …"""
    return say(_WORDS[sort])
