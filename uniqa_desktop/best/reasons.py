"""A choice in words with numbers: why this frame, what speaks against it, what would turn it.

Each reason is a whole sentence with {placeholders} and its values, so that a window can translate
the sentence before the values are put in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from uniqa_desktop.best.cues import BY_ID
from uniqa_desktop.best.evidence import Choice, Evidence

_MOST_REASONS, _MOST_SWITCHES = 4, 2
_TWICE = 2.0
"""From this factor on it is told as a factor, not in percent."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence: `text` with a place for each of the values, which may be another sentence;
    `cue` is what it is about."""

    text: str
    values: Mapping[str, str | Reason] = field(default_factory=dict)
    cue: str | None = None

    def __str__(self) -> str:
        return self.text.format(**self.values)


ALL_ALONE = "It is the only frame that can be compared."
NOTHING = "None of the frames can be compared."
NOT_SEEN = "Can't tell {frames} apart: no difference between them can be seen."
WITHIN_NOISE = "Can't tell {frames} apart: the difference is within the measured noise."
NOT_COMPARED = "Can't tell: {frame} shows another view, and nobody has compared it."
LEFT_OUT = "{frame} was left out: {why}"
ABSENT = "Without {cue}: {why}."
WINS_BELOW = "{frame} wins if {cue} counts less than {share}."
WINS_ABOVE = "{frame} wins if {cue} counts more than {share}."
BUT = "But {other} is better in this: {what}"


def reasons(
    evidence: Evidence,
    choice: Choice,
    names: Sequence[str],
    scores: Sequence[Mapping[str, float | None]] = (),
) -> list[Reason]:
    """Why a choice is what it is, the weightiest reason first.

    Args:
        evidence: what the choice was made of.
        choice: what `choosing.choose` made of it.
        names: what to call each frame, such as `#3`.
        scores: the scores that were given to `choose`.
    """
    found = [*_outcome(choice, evidence, names)]
    if choice.decided and len(choice.order) > 1 and choice.scores[choice.order[1]] is not None:
        first, second = choice.order[:2]
        found += _differences(evidence, choice, first, second, names, scores)
        found += _turns(choice, names)
    found += [
        Reason(LEFT_OUT, {"frame": names[at], "why": frame.trouble})
        for at, frame in enumerate(evidence.frames)
        if frame.trouble is not None
    ]
    if "eyes" in evidence.absent:
        title = BY_ID["eyes"].title
        found.append(Reason(ABSENT, {"cue": title, "why": evidence.absent["eyes"]}, "eyes"))
    return found


def _outcome(choice: Choice, evidence: Evidence, names: Sequence[str]) -> list[Reason]:
    """What is to be said of the choice as a whole."""
    compared = [at for at in choice.order if choice.scores[at] is not None]
    if not compared:
        return [Reason(NOTHING)]
    if choice.decided:
        return [Reason(ALL_ALONE)] if len(compared) == 1 else []
    if len(choice.tied) > 1:
        frames = ", ".join(names[at] for at in sorted(choice.tied))
        text = NOT_SEEN if choice.confidence == 0.5 else WITHIN_NOISE
        return [Reason(text, {"frames": frames})]
    other = next(at for at, frame in enumerate(evidence.frames) if frame.elsewhere)
    return [Reason(NOT_COMPARED, {"frame": names[other]})]


def _differences(
    evidence: Evidence,
    choice: Choice,
    first: int,
    second: int,
    names: Sequence[str],
    scores: Sequence[Mapping[str, float | None]],
) -> list[Reason]:
    """What tells the first from the second: noticeable differences, the weightiest first."""

    def value(cue: str, at: int) -> float:
        reading = evidence.frames[at].readings.get(cue)
        return reading.value if reading else float(scores[at][cue] or 0)

    weighed = []
    for cue, share in choice.shares.items():
        one, other = value(cue, first), value(cue, second)
        steps = (one - other) / BY_ID[cue].noticeable
        if abs(steps) >= 1:
            weighed.append((share * steps, cue, one, other))
    found = []
    for weight, cue, one, other in sorted(weighed, key=lambda each: -abs(each[0])):
        say = _SENTENCES[cue]
        if weight > 0:
            text, values = say(one, other)
            found.append(Reason(text, {"other": names[second], **values}, cue))
        else:
            text, values = say(other, one)
            what = Reason(text, {"other": names[first], **values}, cue)
            found.append(Reason(BUT, {"other": names[second], "what": what}, cue))
    return found[:_MOST_REASONS]


def _turns(choice: Choice, names: Sequence[str]) -> list[Reason]:
    return [
        Reason(
            WINS_BELOW if switch.below else WINS_ABOVE,
            {
                "frame": names[switch.winner],
                "cue": BY_ID[switch.cue].title,
                "share": f"{switch.share:.2f}",
            },
            switch.cue,
        )
        for switch in choice.switches
        if 0.005 <= switch.share <= 0.995
    ][:_MOST_SWITCHES]


Sentence = tuple[str, dict[str, str]]


def _sharper(by_percent: str, by_times: str) -> Callable[[float, float], Sentence]:
    """Octaves of energy as a ratio of amplitudes."""

    def say(one: float, other: float) -> Sentence:
        ratio = 2 ** ((one - other) / 2)
        if ratio < _TWICE:
            return by_percent, {"percent": f"{100 * (ratio - 1):.0f}"}
        return by_times, {"times": f"{ratio:.1f}"}

    return say


def _noise(one: float, other: float) -> Sentence:
    return "{percent} % less noise than {other}.", {
        "percent": f"{100 * (1 - 2 ** (other - one)):.0f}"
    }


def _points(text: str) -> Callable[[float, float], Sentence]:
    return lambda one, other: (text, {"one": f"{one:.0f}", "two": f"{other:.0f}"})


_SENTENCES: dict[str, Callable[[float, float], Sentence]] = {
    "eyes": _sharper(
        "Eyes sharper by {percent} % than in {other}.", "Eyes {times} times as sharp as in {other}."
    ),
    "focus": _sharper(
        "Sharper by {percent} % on the subject than {other}.",
        "{times} times as sharp on the subject as {other}.",
    ),
    "shake": _sharper(
        "Less motion blur: along its weakest direction {percent} % sharper than {other}.",
        "No such motion blur: along its weakest direction {times} times as sharp as {other}.",
    ),
    "exposure": lambda one, other: (
        "{other} is {stops} stops darker.",
        {"stops": f"{one - other:.1f}"},
    ),
    "clipping": lambda one, other: (
        "{other} has lost detail in {percent} % more of the picture to clipping.",
        {"percent": f"{one - other:.1f}"},
    ),
    "noise": _noise,
    "horizon": lambda one, other: (
        "Horizon {one}° off level, {two}° in {other}.",
        {"one": f"{-one:.1f}", "two": f"{-other:.1f}"},
    ),
    "resolution": lambda one, other: (
        "{times} times as many pixels along a side as {other}.",
        {"times": f"{2 ** (one - other):.1f}"},
    ),
    "quality": _points("Quality {one}, {other} has {two}."),
    "aesthetics": _points("Aesthetics {one}, {other} has {two}."),
    "taste": _points("Your taste gives {one}, and {two} to {other}."),
}
"""How each cue is told, from the value of the better frame and that of the other."""
