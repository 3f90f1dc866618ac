"""From readings to a choice: a weighted sum, its error, and what other weights would change.

A frame is proposed only if it is ahead of every other by more than chance (`_SURE` standard errors
of the difference) and at least one cue in its favour differs by what can be seen. All else is
"can't tell".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import erf, inf, sqrt

from uniqa_desktop.best.cues import BY_ID, WEIGHTS
from uniqa_desktop.best.evidence import Choice, Evidence, Reading, Switch

_SURE = 2.0
"""Standard errors by which a frame must be ahead: chance alone does that once in 44 times."""
_MOST = 10.0
"""Noticeable differences at which a cue saturates: what is hopeless cannot become more so."""


def choose(
    evidence: Evidence,
    *,
    scores: Sequence[Mapping[str, float | None]] = (),
    weights: Mapping[str, float] = WEIGHTS,
) -> Choice:
    """Weighs what was read off the frames of a burst.

    Args:
        evidence: the readings.
        scores: for each frame `quality`, `aesthetics` and `taste` (0–100), where there are some;
            one that not all frames have is left out, as it could not be compared.
        weights: how much each cue counts (≥ 0), by its id.

    Returns:
        The choice. Equal frames keep the order of `evidence`.
    """
    compared = [at for at, frame in enumerate(evidence.frames) if frame.trouble is None]
    troubled = [at for at, frame in enumerate(evidence.frames) if frame.trouble is not None]
    table = _table(evidence, compared, scores)
    shares = _shares(table, weights)
    total = {
        at: sum(share * table[cue][at].value for cue, share in shares.items()) for at in compared
    }
    order = sorted(compared, key=lambda at: -total[at])
    tied, confidence = _standing(order, total, table, shares)
    return Choice(
        order=(*order, *troubled),
        decided=len(tied) == 1 and not any(frame.elsewhere for frame in evidence.frames),
        confidence=confidence,
        margin=total[order[0]] - total[order[1]] if len(order) > 1 else 0.0,
        tied=tuple(tied),
        scores=tuple(total.get(at) for at in range(len(evidence.frames))),
        shares=shares,
        switches=_switches(order, total, table, shares),
        regions=tuple(frame.region for frame in evidence.frames),
    )


Table = dict[str, dict[int, Reading]]
"""By cue and frame: noticeable differences behind the frame that is best in it (≤ 0)."""


def _table(
    evidence: Evidence, compared: Sequence[int], scores: Sequence[Mapping[str, float | None]]
) -> Table:
    """The readings that all compared frames have, measured in noticeable differences."""
    table: Table = {}
    for cue in BY_ID.values():
        raw = {at: evidence.frames[at].readings.get(cue.id) for at in compared}
        if scores and all(reading is None for reading in raw.values()):
            given = {at: scores[at].get(cue.id) for at in compared}
            raw = {at: None if value is None else Reading(value, 0) for at, value in given.items()}
        known = {at: reading for at, reading in raw.items() if reading is not None}
        if not known or len(known) < len(compared):
            continue
        best = max(reading.value for reading in known.values())
        table[cue.id] = {
            at: Reading(
                max((reading.value - best) / cue.noticeable, -_MOST),
                sqrt(reading.error**2 + cue.repeat**2) / cue.noticeable,
            )
            for at, reading in known.items()
        }
    return table


def _shares(table: Table, weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of the cues that were read, as shares of their sum."""
    present = {cue: max(0.0, weights.get(cue, 0.0)) for cue in table}
    whole = sum(present.values())
    return {cue: weight / whole for cue, weight in present.items() if weight} if whole else {}


def _standing(
    order: Sequence[int], total: Mapping[int, float], table: Table, shares: Mapping[str, float]
) -> tuple[list[int], float]:
    """The frames that cannot be told from the first, and how probably it is ahead of all others."""
    if not order:
        return [], 0.0
    first, tied, confidence = order[0], [order[0]], 1.0
    for rival in order[1:]:
        ahead = total[first] - total[rival]
        variance = sum(
            share**2 * (table[cue][first].error ** 2 + table[cue][rival].error ** 2)
            for cue, share in shares.items()
        )
        surely = ahead / sqrt(variance) if variance else inf if ahead else 0.0
        seen = any(table[cue][first].value - table[cue][rival].value >= 1 for cue in shares)
        if surely < _SURE or not seen:
            tied.append(rival)
        # What nobody can see is no better chance than a coin's.
        confidence = min(confidence, (1 + erf(surely / sqrt(2))) / 2 if seen else 0.5)
    return tied, confidence


def _switches(
    order: Sequence[int], total: Mapping[int, float], table: Table, shares: Mapping[str, float]
) -> tuple[Switch, ...]:
    """For each cue the next smaller and the next larger share at which another frame wins.

    With share `s` of one cue, and the rest in their proportions, a frame is ahead of another by
    `s·d + (1 - s)·r`: `d` its lead in the cue, `r` in the rest. That is zero at `r / (r - d)`.
    """
    if not order:
        return ()
    first = order[0]
    found: list[Switch] = []
    for cue, share in shares.items():
        if share == 1:
            continue
        below: list[tuple[float, int]] = []
        above: list[tuple[float, int]] = []
        for rival in order[1:]:
            lead = table[cue][first].value - table[cue][rival].value
            rest = (total[first] - total[rival] - share * lead) / (1 - share)
            if lead * rest < 0:
                turn = rest / (rest - lead)
                (below if lead > 0 else above).append((turn, rival))
        if below:
            turn, rival = max(below)
            found.append(Switch(cue, rival, turn, below=True))
        if above:
            turn, rival = min(above)
            found.append(Switch(cue, rival, turn, below=False))
    return tuple(sorted(found, key=lambda switch: abs(switch.share - shares[switch.cue])))
