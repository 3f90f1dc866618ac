"""A filter in words: as the name that is proposed for it, and where it hides everything."""

from __future__ import annotations

from uniqa_desktop.gui.day_menu import day_range_word
from uniqa_desktop.gui.range_slider import HIGH, LOW
from uniqa_desktop.gui.sort_words import sort_word
from uniqa_desktop.gui.stars_filter import SIGNS
from uniqa_desktop.gui.verdict_filters import label_word
from uniqa_desktop.gui.words import say
from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import NUMBERS, Query, Range

_DOT = " · "
_FLAGS = {
    Flag.PICK: "Picks",
    Flag.MAYBE: "Maybes",
    Flag.REJECT: "Rejects",
    Flag.NONE: "Undecided",
}


def in_words(query: Query) -> str:
    """What narrows `query`, shortly: `Picks · ★ ≥ 3 · Quality ≥ 60`."""
    joined = say("{one} or {other}") if query.any_verdict else f"{{one}}{_DOT}{{other}}"
    verdicts = _verdicts(query)
    together = verdicts[0] if verdicts else ""
    for part in verdicts[1:]:
        together = joined.format(one=together, other=part)
    limits = sorted(query.ranges, key=lambda limit: NUMBERS.index(limit.of))
    parts = [
        together,
        say("one of each group") if query.folded else "",
        *(f"{sort_word(limit.of)} {_range(limit)}" for limit in limits),
        ", ".join(sorted(query.cameras)),
        ", ".join(sorted(query.lenses)),
        day_range_word(query.since, query.until) if query.since or query.until else "",
        say("name with “{text}”").format(text=query.text) if query.text else "",
    ]
    return _DOT.join(part for part in parts if part)


def _verdicts(query: Query) -> list[str]:
    rule = query.stars
    parts = [
        ", ".join(say(_FLAGS[flag]) for flag in _FLAGS if flag in query.flags),
        f"★ {SIGNS[rule.operator]} {rule.stars}" if rule else "",
        ", ".join(label_word(label) for label in Label if label in query.labels),
    ]
    return [part for part in parts if part]


def _range(limit: Range) -> str:
    least = LOW if limit.least is None else round(limit.least)
    most = HIGH if limit.most is None else round(limit.most)
    if most == HIGH:
        return f"≥ {least}"
    return f"≤ {most}" if least == LOW else f"{least} – {most}"
