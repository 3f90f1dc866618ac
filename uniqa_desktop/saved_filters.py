"""Filters as plain values, for the settings file: what narrows a list, without folder and order.

A stored filter may come from another version or from a text editor, so what makes no sense in it is
named and left out; the rest of it still works.

| key | value |
|---|---|
| `text` | part of the file name |
| `flags`, `labels` | names of flags and of colours |
| `stars` | a condition such as `>=3` |
| `folded` | true: one photo of each group |
| `any` | true: one of the conditions on flag, stars and colour is enough |
| `cameras`, `lenses` | names |
| `day` | `2026-06-14`, or `2026-06-14/2026-06-18` with either end left out |
| `quality`, … (`query.NUMBERS`) | `[least, most]`, 0–100 |
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import NUMBERS, Query, Range, Sort, StarRule

_log = logging.getLogger(__name__)

LEAST, MOST = 0.0, 100.0


def to_plain(query: Query) -> dict[str, Any]:
    """What narrows `query`, as plain values; nothing for what does not."""
    rule = query.stars
    plain: dict[str, Any] = {
        "text": query.text,
        "flags": [flag.value for flag in Flag if flag in query.flags],
        "labels": [label.value for label in Label if label in query.labels],
        "stars": f"{rule.operator}{rule.stars}" if rule else "",
        "any": query.any_verdict,
        "folded": query.folded,
        "cameras": sorted(query.cameras),
        "lenses": sorted(query.lenses),
        "day": _days_to_plain(query.since, query.until),
        **{limit.of.value: _range_to_plain(limit) for limit in _in_order(query.ranges)},
    }
    return {key: value for key, value in plain.items() if value}


def from_plain(plain: Mapping[str, Any], query: Query) -> tuple[Query, list[str]]:
    """`query` narrowed as `plain` says and no other way.

    Returns:
        The query, and the keys of `plain` that are not known or whose value makes no sense.
    """
    empty = Query(query.model)
    changes: dict[str, Any] = {name: getattr(empty, name) for name in _NARROWING}
    ignored: list[str] = []
    ranges: set[Range] = set()
    for key, value in plain.items():
        try:
            if key in _NUMBERS:
                ranges |= _range(Sort(key), value)
            else:
                changes.update(_READERS[key](value))
        except (KeyError, TypeError, ValueError):
            ignored.append(key)
    changes["ranges"] = frozenset(ranges)
    return replace(query, **changes), ignored


def usable(stored: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The filters of the settings file by name, in their order there.

    What is no filter is left out with a line in the log.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, plain in stored.items():
        if not isinstance(plain, dict) or not name.strip():
            _log.warning("The saved filter %r is no filter: left out.", name)
            continue
        query, ignored = from_plain(plain, Query(""))
        if ignored:
            _log.warning("In the saved filter %r makes no sense: %s.", name, ", ".join(ignored))
        if not query.filters:
            _log.warning("The saved filter %r narrows nothing: left out.", name)
            continue
        found[name] = to_plain(query)
    return found


_NARROWING = (
    "text", "flags", "labels", "stars", "any_verdict", "cameras", "lenses", "since", "until",
    "folded",
)  # fmt: skip
_NUMBERS = frozenset(number.value for number in NUMBERS)


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _days(value: object) -> dict[str, date | None]:
    first, slash, last = _text(value).partition("/")
    since, until = (date.fromisoformat(end) if end else None for end in (first, last))
    return {"since": since, "until": until if slash else since}


_READERS: Mapping[str, Callable[[object], dict[str, Any]]] = {
    "text": lambda value: {"text": _text(value).strip()},
    "flags": lambda value: {"flags": frozenset(map(Flag, _texts(value)))},
    "labels": lambda value: {"labels": frozenset(map(Label, _texts(value)))},
    "stars": lambda value: {"stars": StarRule.parse(_text(value)) if value else None},
    "folded": lambda value: {"folded": _truth(value)},
    "any": lambda value: {"any_verdict": _truth(value)},
    "cameras": lambda value: {"cameras": frozenset(_texts(value))},
    "lenses": lambda value: {"lenses": frozenset(_texts(value))},
    "day": _days,
}


def _range(of: Sort, value: object) -> set[Range]:
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError
    if not all(isinstance(end, int | float) and not isinstance(end, bool) for end in value):
        raise TypeError
    least, most = sorted(min(max(float(end), LEAST), MOST) for end in value)
    limit = Range(of, least if least > LEAST else None, most if most < MOST else None)
    return set() if limit == Range(of) else {limit}


def _range_to_plain(limit: Range) -> list[float]:
    least = LEAST if limit.least is None else limit.least
    most = MOST if limit.most is None else limit.most
    return [] if (least, most) == (LEAST, MOST) else [least, most]


def _in_order(ranges: frozenset[Range]) -> list[Range]:
    return sorted(ranges, key=lambda limit: NUMBERS.index(limit.of))


def _days_to_plain(since: date | None, until: date | None) -> str:
    if since == until:
        return since.isoformat() if since else ""
    return "/".join(end.isoformat() if end else "" for end in (since, until))
