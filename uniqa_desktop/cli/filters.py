"""The options that narrow a list, and the query they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from uniqa_desktop import settings
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import NUMBERS, Query
from uniqa_desktop.saved_filters import from_plain, to_plain, usable

_Command = TypeVar("_Command", bound=Callable[..., Any])
_PERCENT = click.FloatRange(0, 100)

_OPTIONS = (
    click.option("--min-quality", type=_PERCENT, help="Only this quality or better."),
    click.option("--max-quality", type=_PERCENT, help="Only this quality or worse."),
    click.option(
        "--within",
        "ranges",
        multiple=True,
        metavar="NUMBER=FROM..TO",
        help=f"Such as 'sharpness=60..100', also of {', '.join(NUMBERS[:3])}; may be repeated.",
    ),
    click.option(
        "--flag",
        "flags",
        multiple=True,
        type=click.Choice([str(flag) for flag in Flag]),
        help="Only this flag; repeated, any of them.",
    ),
    click.option("--stars", default="", help="A condition such as '>=3', '=0' or '4'."),
    click.option(
        "--label",
        "labels",
        multiple=True,
        type=click.Choice([str(label) for label in Label]),
        help="Only this colour; repeated, any of them.",
    ),
    click.option(
        "--any",
        "any_verdict",
        is_flag=True,
        help="One of the conditions on flag, stars and label is enough.",
    ),
    click.option("--camera", "cameras", multiple=True, help="Only this camera; may be repeated."),
    click.option("--lens", "lenses", multiple=True, help="Only this lens; may be repeated."),
    click.option("--day", default="", help="A day, 2026-06-14, or days, 2026-06-14/2026-06-18."),
    click.option("--name", "text", default="", help="Only files whose name contains this."),
    click.option("--filter", "saved", default="", help="A filter saved in the window, by name."),
)


def filter_options(command: _Command) -> _Command:
    """Gives a command the options that `narrowed` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def narrowed(
    query: Query,
    *,
    min_quality: float | None,
    max_quality: float | None,
    ranges: tuple[str, ...],
    flags: tuple[str, ...],
    stars: str,
    labels: tuple[str, ...],
    any_verdict: bool,
    cameras: tuple[str, ...],
    lenses: tuple[str, ...],
    day: str,
    text: str,
    saved: str,
) -> Query:
    """`query` with what the options say; they come on top of the saved filter, if one is named.

    Raises:
        click.BadParameter: a value makes no sense.
        WrongUse: there is no saved filter of that name.
    """
    plain: dict[str, Any] = {
        "flags": list(flags),
        "stars": stars,
        "labels": list(labels),
        "any": any_verdict,
        "cameras": list(cameras),
        "lenses": list(lenses),
        "day": day,
        "text": text,
        **dict(map(_range, ranges)),
    }
    if min_quality is not None or max_quality is not None:
        plain["quality"] = [
            0.0 if min_quality is None else min_quality,
            100.0 if max_quality is None else max_quality,
        ]
    given = {key: value for key, value in plain.items() if value}
    result, ignored = from_plain({**_saved(saved), **given}, query)
    for key in ignored:
        raise click.BadParameter(_WRONG[key].format(plain[key]), param_hint=f"--{key}")
    return replace(result, folded=query.folded or result.folded)


_WRONG = {
    "stars": "{!r} is not a condition on stars such as '>=3' or '=0'",
    "day": "{!r} is not a day such as 2026-06-14, nor two with a slash between",
}


def _range(text: str) -> tuple[str, list[float]]:
    name, _, ends = text.partition("=")
    least, dots, most = ends.partition("..")
    try:
        if name not in set(NUMBERS) or not dots:
            raise ValueError
        bounds = [float(least or 0), float(most or 100)]
        if not all(0 <= bound <= 100 for bound in bounds):
            raise ValueError
        return name, bounds
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is not a range such as 'sharpness=60..100' of {', '.join(NUMBERS)}",
            param_hint="--within",
        ) from error


def _saved(name: str) -> dict[str, Any]:
    if not name:
        return {}
    known = usable(settings.load().filters)
    if name not in known:
        there = f"there are {', '.join(known)}" if known else "none is saved yet"
        raise WrongUse(f"There is no saved filter {name!r}: {there}.")
    return to_plain(from_plain(known[name], Query(""))[0])
