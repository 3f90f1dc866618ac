"""The history on the command line: what was decided when, and the way back to any of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import days, paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_file
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Flag, Photo, Provenance, VerdictChange
from uniqa_desktop.store import Store
from uniqa_desktop.store.preferences import Preference

_Act = Sequence[VerdictChange] | Preference
"""An act as it is told: verdicts on any number of photos, or a choice between two."""
_LINES = 5
"""Photos of an act that are named to people."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Acts to show: from a moment on, and before another one."""

    since: datetime | None
    until: datetime | None

    def holds(self, at: datetime) -> bool:
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


@click.command("history")
@click.argument("file", required=False, type=FOLDER)
@click.option("--since", metavar="DAY", help="From this day on: 2026-11-17, last tuesday, 7d, 2w.")
@click.option("--until", metavar="DAY", help="Up to and with this day, written the same way.")
@click.option(
    "--flag", type=click.Choice([str(flag) for flag in Flag]), help="Only where it was given."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="At most so many acts.",
)
@click.option("--restore", type=int, metavar="ACT", help="Bring back what this act gave.")
@click.option("--before", is_flag=True, help="With --restore: what was there before that act.")
def history(
    file: Path | None,
    since: str | None,
    until: str | None,
    flag: str | None,
    limit: int,
    restore: int | None,
    before: bool,
    library: Path,
    json_output: bool,
) -> None:
    """Print the acts of the library, or those on the photo FILE, newest first.

    An act is one verdict on any number of photos, or a choice between two. `--restore ACT` gives
    FILE, or all photos of the act, the verdict that the act gave (with `--before`, the one from
    before it), or lets its choice stand again (not stand), as a new act that `undo` takes back.
    """
    if before and restore is None:
        raise WrongUse("--before goes with --restore ACT.")
    today = datetime.now().astimezone().date()
    first, last = (days.read(text, today) if text else None for text in (since, until))
    span = _Span(
        _midnight(first) if first else None,
        _midnight(last + timedelta(days=1)) if last else None,
    )
    with Store.open(library) as store:
        photo = None if file is None else _photo(store, file)
        if restore is not None:
            act = _of_act(store, restore, photo, file)
            if isinstance(act, Preference):
                _restore_preference(store, act, before, json_output)
            else:
                _restore(store, act, before, json_output)
            return
        acts = _of_photo(store, photo, span) if photo is not None else _of_library(store, span)
        wanted = (chosen for act in acts if (chosen := _wanted(act, flag)))
        _tell(store, list(islice(wanted, limit)), json_output)


def _photo(store: Store, file: Path) -> int:
    number = store.photos.by_path(real_file(file))
    if number is None:
        raise WrongUse(
            f"{paths.display(file)} is not in the library: run `scan` on its folder first."
        )
    return number


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _of_photo(store: Store, photo: int, span: _Span) -> list[_Act]:
    acts: dict[int, _Act] = {change.act: [change] for change in store.verdicts.history(photo)}
    acts |= {chosen.act: chosen for chosen in store.preferences.of_photo(photo)}
    return [act for _, act in sorted(acts.items(), reverse=True) if span.holds(_head(act).at)]


def _of_library(store: Store, span: _Span) -> Iterable[_Act]:
    for act in store.verdicts.acts(-1, since=span.since, until=span.until):
        yield store.verdicts.changes(act.id) or store.preferences.of_acts([act.id])[act.id]


def _head(act: _Act) -> VerdictChange | Preference:
    """What tells when and how an act was made."""
    return act if isinstance(act, Preference) else act[0]


def _wanted(act: _Act, flag: str | None) -> _Act | None:
    """What of an act is asked for; nothing if nothing is."""
    if flag is None:
        return act
    if isinstance(act, Preference):
        return None
    return [each for each in act if _gave(each, Flag(flag))]


def _gave(change: VerdictChange, flag: Flag) -> bool:
    return change.after.flag is flag and change.before.flag is not flag


def _tell(store: Store, acts: Sequence[_Act], json_output: bool) -> None:
    by_id = _photos(store, acts)
    if json_output:
        output.as_json([_act_json(act, by_id) for act in acts])
        return
    if not acts:
        click.echo("No verdict was given then.")
    for act in acts:
        head = _head(act)
        provenance = head.given if isinstance(head, Preference) else head.provenance
        when = head.at.astimezone().strftime("%Y-%m-%d %H:%M")
        undone = " (undone)" if head.undone else ""
        click.echo(f"act {head.act}  {when}  {provenance}{undone}")
        if isinstance(act, Preference):
            click.echo(f"    {output.preference_text(_preference_json(act, by_id))}")
            continue
        for change in act[:_LINES]:
            before, after = map(output.verdict_json, (change.before, change.after))
            click.echo(
                f"    {paths.display(by_id[change.photo].path)}: "
                f"{output.verdict_text(before)} → {output.verdict_text(after)}"
            )
        if len(act) > _LINES:
            click.echo(f"    … and {len(act) - _LINES} more (all with --json)")


def _act_json(act: _Act, by_id: dict[int, Photo]) -> dict[str, Any]:
    if isinstance(act, Preference):
        return {
            "act": act.act,
            "at": act.at.isoformat(),
            "provenance": str(act.given),
            "undone": act.undone,
            "photos": [],
            "choice": _preference_json(act, by_id),
        }
    head = act[0]
    return {
        "act": head.act,
        "at": head.at.isoformat(),
        "provenance": str(head.provenance),
        "undone": head.undone,
        "choice": None,
        "photos": [
            {
                "path": paths.display(by_id[change.photo].path),
                "before": output.verdict_json(change.before),
                "after": output.verdict_json(change.after),
            }
            for change in act
        ],
    }


def _preference_json(chosen: Preference, by_id: dict[int, Photo]) -> dict[str, Any]:
    return output.preference_json(chosen, by_id[chosen.better], by_id[chosen.worse])


def _of_act(store: Store, act: int, photo: int | None, file: Path | None) -> _Act:
    """What an act changed, on one photo or on all of its photos.

    Raises:
        WrongUse: there is no such act, or it did not change that photo.
    """
    changes: Sequence[VerdictChange] = store.verdicts.changes(act)
    chosen = store.preferences.of_acts([act]).get(act)
    if chosen is not None and photo in (None, chosen.better, chosen.worse):
        return chosen
    if not changes and chosen is None:
        raise WrongUse(f"There is no act {act}: `history` lists them.")
    found = [change for change in changes if photo in (None, change.photo)]
    if not found:
        raise WrongUse(
            f"Act {act} did not change {paths.display(file or '')}: `history FILE` lists those "
            "that did."
        )
    return found


def _restore(
    store: Store, changes: Sequence[VerdictChange], before: bool, json_output: bool
) -> None:
    wanted = {each.photo: each.before if before else each.after for each in changes}
    by_id = _photos(store, [changes])
    document = [
        {
            "path": paths.display(by_id[photo].path),
            "verdict": output.verdict_json(verdict),
            "instead_of": output.verdict_json(by_id[photo].verdict),
        }
        for photo, verdict in wanted.items()
        if by_id[photo].verdict != verdict
    ]
    changed = store.verdicts.put(wanted, Provenance.BLIND)
    if json_output:
        output.as_json({"changed": changed, "restored": document})
        return
    click.echo(f"{changed} of {len(wanted)} changed.")
    for row in document:
        then, now = output.verdict_text(row["instead_of"]), output.verdict_text(row["verdict"])
        click.echo(f"    {row['path']}: {then} → {now}")


def _restore_preference(store: Store, act: Preference, before: bool, json_output: bool) -> None:
    stands = act.withdrawn == before
    changed = store.preferences.put(act.better, act.worse, stands, Provenance.BLIND)
    row = _preference_json(act, _photos(store, [act])) | {"withdrawn": not stands}
    if json_output:
        output.as_json({"changed": int(changed), "restored": [row] if changed else []})
        return
    click.echo(f"{int(changed)} of 1 changed.")
    if changed:
        click.echo(f"    {output.preference_text(row)}")


def _photos(store: Store, acts: Iterable[_Act]) -> dict[int, Photo]:
    numbers: dict[int, None] = {}
    for act in acts:
        if isinstance(act, Preference):
            numbers |= dict.fromkeys((act.better, act.worse))
        else:
            numbers |= dict.fromkeys(change.photo for change in act)
    return {photo.id: photo for photo in store.photos.get(list(numbers))}


COMMANDS: tuple[click.Command, ...] = (history,)
