"""Verdicts and acts in words, for history and for what other programs wrote."""

from __future__ import annotations

from uniqa_desktop.gui import words
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Label, Provenance, Verdict, VerdictChange

_STAR = "\N{BLACK STAR}"
FLAGS = {Flag.PICK: "Picked", Flag.MAYBE: "Maybe", Flag.REJECT: "Rejected"}
LABELS = {
    Label.RED: "Red",
    Label.YELLOW: "Yellow",
    Label.GREEN: "Green",
    Label.BLUE: "Blue",
    Label.PURPLE: "Purple",
}
_INITIALS = {
    Label.RED: "R",
    Label.YELLOW: "Y",
    Label.GREEN: "G",
    Label.BLUE: "B",
    Label.PURPLE: "P",
}
_ACTS = {
    Flag.PICK: "Picked {what}",
    Flag.MAYBE: "Maybe for {what}",
    Flag.REJECT: "Rejected {what}",
    Flag.NONE: "Unflagged {what}",
}


def initial(label: Label) -> str:
    """A letter or two that tell a colour from the others."""
    return say(_INITIALS[label])


def verdict(given: Verdict) -> str:
    """`Picked · ★★★ · Red`, or `Undecided`."""
    parts = [
        say(FLAGS[given.flag]) if given.flag in FLAGS else "",
        _STAR * given.stars,
        say(LABELS[given.label]) if given.label in LABELS else "",
    ]
    return " · ".join(part for part in parts if part) or say("Undecided")


def preference(better: str, worse: str, withdrawn: bool) -> str:
    """What was just said of two photos, by their names, as a sentence."""
    if withdrawn:
        text = say("{better} is no longer preferred to {worse}")
    else:
        text = say("{better} is preferred to {worse}")
    return text.format(better=better, worse=worse)


def choice(better: str, worse: str, withdrawn: bool) -> str:
    """The same as short as a line of the history: `IMG_2.jpg over IMG_1.jpg`."""
    text = say("No longer {better} over {worse}") if withdrawn else say("{better} over {worse}")
    return text.format(better=better, worse=worse)


def act(change: VerdictChange, count: int, name: str = "") -> str:
    """What an act did, by one of its changes: `Picked 3 photos`, `★★★ for IMG_1.jpg`.

    `name` is the photo where it was only one.
    """
    what = name if count == 1 and name else words.count("1 photo", "%n photos", count)
    before, after = change.before, change.after
    if change.provenance is Provenance.SIDECAR:
        return say("From sidecars: {what}").format(what=what)
    parts = []
    if after.flag is not before.flag:
        parts.append(say(_ACTS[after.flag]).format(what=what))
    if after.stars != before.stars:
        text = say("{stars} for {what}") if after.stars else say("No stars for {what}")
        parts.append(text.format(stars=_STAR * after.stars, what=what))
    if after.label is not before.label:
        colour = say(LABELS[after.label]) if after.label in LABELS else say("No colour")
        parts.append(say("{colour} for {what}").format(colour=colour, what=what))
    return ", ".join(parts)
