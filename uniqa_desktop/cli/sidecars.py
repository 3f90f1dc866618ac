"""Sidecars from the command line: verdicts out as XMP, and in from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.store import Store

_CHOICES = ("ask", "mine", "theirs", "newest")
_NAMINGS = ("lightroom", "darktable", "both")


@click.group("sidecars")
def group() -> None:
    """Write verdicts as XMP sidecars, or read them from there.

    What other programs keep in a sidecar survives; one that cannot be read is left alone.
    """


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for decorate in (
        click.argument("folders", nargs=-1, type=FOLDER),
        click.option("--dry-run", is_flag=True, help="Only say what would be done."),
        click.option(
            "--conflicts",
            type=click.Choice(_CHOICES),
            default="ask",
            show_default=True,
            help="Whose verdict counts where both sides changed; `ask` leaves both as they are.",
        ),
    ):
        command = decorate(command)
    return command


@group.command("write")
@_options
@click.option(
    "--naming",
    type=click.Choice(_NAMINGS),
    help="IMG.xmp (lightroom), IMG.CR2.xmp (darktable, digiKam) or both; else as in the settings, "
    "and lightroom where these say nothing.",
)
def write(
    folders: Sequence[Path],
    dry_run: bool,
    conflicts: str,
    naming: str | None,
    library: Path,
    json_output: bool,
) -> None:
    """Write the verdicts of FOLDERS (or of the whole library) that changed since the last time."""
    from uniqa_desktop import jobs
    from uniqa_desktop.xmp import naming as names

    agreed = names.wanted(settings.load().sidecars)
    chosen = names.choose(naming) if naming else agreed or names.Naming.LIGHTROOM
    with Store.open(library) as store, stop_on_interrupt() as stop:
        report = drive(
            jobs.write_sidecars(
                store,
                chosen,
                real_folders(folders),
                choice=jobs.Choice(conflicts),
                dry_run=dry_run,
                stop=stop,
            )
        )
    _tell(report, dry_run, json_output)


@group.command("read")
@_options
def read(
    folders: Sequence[Path], dry_run: bool, conflicts: str, library: Path, json_output: bool
) -> None:
    """Take over stars, rejects, colours and picks from the sidecars in FOLDERS, as one act."""
    from uniqa_desktop import jobs

    with Store.open(library) as store, stop_on_interrupt() as stop:
        report = drive(
            jobs.read_sidecars(
                store,
                real_folders(folders),
                choice=jobs.Choice(conflicts),
                dry_run=dry_run,
                stop=stop,
            )
        )
    _tell(report, dry_run, json_output)


def _tell(report: Any, dry_run: bool, json_output: bool) -> None:
    rows = [
        {
            "path": paths.display(plan.path),
            "action": str(plan.action),
            "changes": {name: [old, new] for name, old, new in plan.differences},
            "why": plan.why or None,
        }
        for plan in report.plans
    ]
    if json_output:
        output.as_json(
            {
                "sidecars": rows,
                "unchanged": report.unchanged,
                "verdicts": report.verdicts,
                "dry_run": dry_run,
            }
        )
    else:
        for row in rows:
            changes = ", ".join(
                f"{name} {'–' if old is None else old} → {'–' if new is None else new}"
                for name, (old, new) in row["changes"].items()
            )
            click.echo(f"{row['action']}: {row['path']}: {row['why'] or changes}")
        click.echo(
            f"{len(rows)} sidecars{' would be concerned' if dry_run else ''}, {report.unchanged} "
            f"need nothing, {report.verdicts} verdicts taken over."
        )
    if report.stopped:
        output.leave(output.INTERRUPTED)
    output.leave(output.SOME_FAILED if report.failed or report.conflicts else output.DONE)
