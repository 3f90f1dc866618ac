"""What groups are called, and what is said of a photo's group."""

from __future__ import annotations

from collections.abc import Iterable

from uniqa_desktop.bursts.group import Kind
from uniqa_desktop.gui.stacks import Mark
from uniqa_desktop.gui.words import count, number, say

_NAMES = {
    Kind.BURST: "Burst",
    Kind.BRACKET: "Exposure bracket",
    Kind.FOCUS_STACK: "Focus stack",
    Kind.PANORAMA: "Panorama",
    Kind.NEAR: "Near-duplicates",
    Kind.EXACT: "Exact duplicates",
}
_COUNTS = {
    Kind.BURST: ("1 burst", "%n bursts"),
    Kind.BRACKET: ("1 bracket", "%n brackets"),
    Kind.FOCUS_STACK: ("1 focus stack", "%n focus stacks"),
    Kind.PANORAMA: ("1 panorama", "%n panoramas"),
    Kind.NEAR: ("1 group of near-duplicates", "%n groups of near-duplicates"),
    Kind.EXACT: ("1 group of exact duplicates", "%n groups of exact duplicates"),
}


def name(kind: Kind) -> str:
    """`Burst`, `Exposure bracket` …"""
    return say(_NAMES[kind])


def counts(kinds: Iterable[Kind]) -> str:
    """How many groups there are of each kind: `84 bursts, 3 panoramas`."""
    there = list(kinds)
    numbers = ((kind, there.count(kind)) for kind in Kind)
    return ", ".join(count(*_COUNTS[kind], n) for kind, n in numbers if n)


def place(mark: Mark) -> str:
    """Which of its group a photo is: `Burst, 3 of 7`."""
    return say("{group}, {n} of {total}").format(
        group=name(mark.kind), n=number(mark.place), total=number(mark.count)
    )


def in_words(mark: Mark) -> str:
    """The same for a screen reader, with whether it is a closed stack."""
    text = place(mark)
    if mark.closed:
        text = say("{group}: stack of {total}, closed").format(
            group=name(mark.kind), total=number(mark.count)
        )
    return ", ".join([text, say("its best frame cannot be told")] if mark.untold else [text])
