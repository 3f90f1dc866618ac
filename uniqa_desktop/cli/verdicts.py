"""Verdicts from the command line: give them, take them back, do them again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths
from uniqa_desktop.bursts.corrections import Correction
from uniqa_desktop.cli import bursts, output
from uniqa_desktop.cli.arguments import FOLDER, real_file
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Failure, Flag, Label, Photo, Provenance, VerdictChange
from uniqa_desktop.store import Store
from uniqa_desktop.store.preferences import Preference


@click.command("rate")
@click.argument("files", nargs=-1, required=True, type=FOLDER)
@click.option("--stars", type=click.IntRange(0, 5), help="0 takes the stars away.")
@click.option("--flag", type=click.Choice([str(flag) for flag in Flag]))
@click.option("--label", type=click.Choice([str(label) for label in Label]), metavar="NAME")
def rate(
    files: Sequence[Path],
    stars: int | None,
    flag: str | None,
    label: str | None,
    library: Path,
    json_output: bool,
) -> None:
    """Give FILES a verdict, all of them as one act that `undo` takes back.

    Colours: red, yellow, green, blue, purple; none takes the colour away.
    """
    if stars is None and flag is None and label is None:
        raise WrongUse("Say what to give: --stars, --flag or --label.")
    with Store.open(library) as store:
        found = {path: store.photos.by_path(real_file(path)) for path in files}
        known = [number for number in found.values() if number is not None]
        if not known:
            raise WrongUse("None of these files is in the library: run `scan` on the folder first.")
        changed = store.verdicts.give(
            known,
            flag=Flag(flag) if flag else None,
            stars=stars,
            label=Label(label) if label else None,
            provenance=Provenance.BLIND,
        )
    unknown = [
        Failure(path, "It is not in the library: run `scan` on its folder first.")
        for path, number in found.items()
        if number is None
    ]
    if json_output:
        output.as_json({"changed": changed, "failed": output.failures_json(unknown)})
    else:
        click.echo(f"{changed} of {len(known)} changed.")
        output.failures_text(unknown)
    output.leave(output.SOME_FAILED if unknown else output.DONE)


@click.command("undo")
def undo(library: Path, json_output: bool) -> None:
    """Take the last verdict, choice or correction of a group back, whichever run gave it."""
    with Store.open(library) as store:
        others = store.groups.next_undo(), store.preferences.next_undo()
        _tell("undone", store, store.verdicts.undo(), *others, json_output)


@click.command("redo")
def redo(library: Path, json_output: bool) -> None:
    """Do again what was undone last."""
    with Store.open(library) as store:
        others = store.groups.next_redo(), store.preferences.next_redo()
        _tell("redone", store, store.verdicts.redo(), *others, json_output)


def _tell(
    word: str,
    store: Store,
    changes: Sequence[VerdictChange],
    correction: Correction | None,
    preference: Preference | None,
    json_output: bool,
) -> None:
    by_id = {photo.id: photo for photo in store.photos.get([each.photo for each in changes])}
    document: list[dict[str, Any]] = []
    for change in changes:
        now, then = (
            (change.before, change.after) if word == "undone" else (change.after, change.before)
        )
        document.append(
            {
                "path": paths.display(by_id[change.photo].path),
                "verdict": output.verdict_json(now),
                "instead_of": output.verdict_json(then),
                "given": change.at.isoformat(),
            }
        )
    if correction is not None:
        document.append(bursts.correction_json(store, correction))
    if preference is not None:
        document.append(output.preference_json(preference, *both(store, preference)))
    if json_output:
        output.as_json({word: document})
    elif preference is not None:
        click.echo(f"choice {word}: {output.preference_text(document[0])}")
    elif correction is not None:
        row = document[0]
        click.echo(f"{row['correction']} {word}: {', '.join(row['paths'])}")
    elif not document:
        click.echo(f"There is nothing to be {word}.")
    else:
        for row in document:
            then, now = output.verdict_text(row["instead_of"]), output.verdict_text(row["verdict"])
            click.echo(f"{row['path']}: {then} → {now}")


def both(store: Store, preference: Preference) -> tuple[Photo, Photo]:
    """The photos of a preference, the better one first."""
    ids = preference.better, preference.worse
    found = {photo.id: photo for photo in store.photos.get(ids)}
    return found[ids[0]], found[ids[1]]


COMMANDS: tuple[click.Command, ...] = (rate, undo, redo)
