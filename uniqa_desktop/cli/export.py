"""Taking photos out: `export` copies, moves, lists and reports; `trash` takes the rejects away."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Flag
from uniqa_desktop.query import Query, Sort, StarRule
from uniqa_desktop.store import Store, Thumbs

if TYPE_CHECKING:
    from uniqa_desktop.export.plan import ExportPlan

_FILE = click.Path(dir_okay=False, path_type=Path)
_DIR = click.Path(file_okay=False, path_type=Path)


@click.command("export")
@click.argument("folder", required=False, type=FOLDER)
@click.option("--to", "target", type=_DIR, help="Copy the photos into this folder.")
@click.option("--move", is_flag=True, help="Move them: sources go once their copies are proven.")
@click.option("--keep-folders", is_flag=True, help="Keep the folders below FOLDER.")
@click.option("--csv", "csv_file", type=_FILE, help="Write a table of them.")
@click.option("--json-file", type=_FILE, help="Write the same as JSON.")
@click.option("--html", "html_dir", type=_DIR, help="Write a contact sheet with a report.")
@click.option("--flag", type=click.Choice([str(flag) for flag in Flag]), help="Only this flag.")
@click.option("--stars", help="A condition such as '>=3', '=0' or '4'.")
@click.option("--dry-run", is_flag=True, help="Only say what would be copied or moved.")
def export(
    folder: Path | None,
    target: Path | None,
    move: bool,
    keep_folders: bool,
    csv_file: Path | None,
    json_file: Path | None,
    html_dir: Path | None,
    flag: str | None,
    stars: str | None,
    dry_run: bool,
    library: Path,
    json_output: bool,
) -> None:
    """Take photos out of FOLDER (or of the whole library): copies, lists, a report.

    A photo's RAW, JPEG and sidecars go together. Nothing is ever overwritten.
    """
    if target is None and csv_file is None and json_file is None and html_dir is None:
        raise WrongUse("Say what to make: --to DIR, --csv FILE, --json-file FILE or --html DIR.")
    if keep_folders and folder is None:
        raise WrongUse("--keep-folders needs FOLDER: the folders below it are kept.")
    from uniqa_desktop.jobs import listing

    folders = real_folders([folder] if folder else [])
    query = Query(
        model=settings.load().model,
        folders=folders,
        sort=Sort.NAME,
        flags=frozenset({Flag(flag)}) if flag else frozenset(),
        stars=_rule(stars),
    )
    document: dict[str, Any] = {}
    failed = stopped = False
    with Store.open(library) as store:
        photos = store.photos.get(store.photos.ids(query), model=query.model)
        _say_recovered()
        for file, kind in ((csv_file, "csv"), (json_file, "json")):
            if file is not None:
                document[kind] = paths.display(listing.write_table(file, kind, photos))
        if html_dir is not None:
            with Thumbs(paths.thumbs_file()) as thumbs:
                page = listing.write_report(
                    store, thumbs, html_dir, photos, model=query.model, folders=folders
                )
            document["html"] = paths.display(page)
        if target is not None:
            from uniqa_desktop import jobs
            from uniqa_desktop.export import plan as plans

            root = folders[0] if keep_folders else None
            plan = plans.make(photos, target.absolute(), move=move, root=root)
            if dry_run:
                document |= _planned(plan)
                failed = bool(plan.held)
            else:
                with stop_on_interrupt() as stop:
                    report = drive(jobs.export(plan, stop=stop))
                    if move and report.done:
                        places = {parcel.path.parent for parcel in report.done} | {plan.folder}
                        drive(jobs.scan(store, sorted(places)))
                document |= _done(plan, report)
                failed, stopped = bool(report.failed), report.stopped
    if json_output:
        output.as_json(document)
    else:
        output.tree(document)
    if stopped:
        output.leave(output.INTERRUPTED)
    output.leave(output.SOME_FAILED if failed else output.DONE)


@click.command("trash")
@click.argument("folders", nargs=-1, type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def trash(
    folders: Sequence[Path], dry_run: bool, yes: bool, library: Path, json_output: bool
) -> None:
    """Put the rejected photos of FOLDERS (or of the library) into the system's trash.

    Each photo is looked at again right before it goes; its verdict stays in the library.
    """
    from uniqa_desktop import jobs

    with Store.open(library) as store:
        doomed = jobs.plan_trash(store, real_folders(folders))
        ready = [each for each in doomed if not each.why]
        rows = [
            {"path": paths.display(each.path), "files": len(each.files), "why": each.why or None}
            for each in doomed
        ]
        size = sum(each.bytes for each in ready)
        if not json_output:
            for row in rows:
                click.echo(f"{row['path']}: {row['why'] or str(row['files']) + ' files'}")
            click.echo(f"{len(ready)} photos, {size / 1e6:.1f} MB.")
        if dry_run:
            if json_output:
                output.as_json({"would_go": rows, "bytes": size})
            return
        if ready and not yes and not _confirmed(json_output):
            raise WrongUse("Nothing was done: say --yes, or answer the question.")
        with stop_on_interrupt() as stop:
            report = drive(jobs.empty_rejects(store, doomed, stop=stop))
    stayed = output.failures_json(report.stayed)
    if json_output:
        gone = [paths.display(each.path) for each in report.gone]
        output.as_json({"gone": gone, "stayed": stayed})
    else:
        click.echo(f"{len(report.gone)} photos are in the trash.")
        output.failures_text(report.stayed)
    if report.stopped:
        output.leave(output.INTERRUPTED)
    output.leave(output.SOME_FAILED if stayed else output.DONE)


def _confirmed(json_output: bool) -> bool:
    """Whether somebody at a terminal said yes."""
    if json_output or not sys.stdin.isatty():
        return False
    return click.confirm("Into the trash with them?", err=True)


def _rule(stars: str | None) -> StarRule | None:
    try:
        return StarRule.parse(stars) if stars else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--stars") from error


def _say_recovered() -> None:
    """Puts right what a killed export left, and says so."""
    from uniqa_desktop.export import journal

    outcome = journal.recover()
    for word, files in (("finished", outcome.finished), ("taken back", outcome.taken_back)):
        for path in files:
            click.echo(f"An interrupted export was {word}: {paths.display(path)}", err=True)
    for trouble in outcome.troubles:
        click.echo(trouble, err=True)


def _planned(plan: ExportPlan) -> dict[str, Any]:
    return {
        "dry_run": True,
        "move": plan.move,
        "bytes": plan.bytes,
        "files": [
            {
                "from": paths.display(each.source),
                "to": paths.display(each.target),
                "there": each.there,
            }
            for parcel in plan.ready
            for each in parcel.transfers
        ],
        "failed": [{"path": paths.display(each.path), "error": each.why} for each in plan.held],
    }


def _done(plan: ExportPlan, report: Any) -> dict[str, Any]:
    return {
        "dry_run": False,
        "move": plan.move,
        "photos": len(report.done),
        "there_already": report.there,
        "files": [
            {"from": paths.display(each.source), "to": paths.display(each.target)}
            for parcel in report.done
            for each in parcel.transfers
        ],
        "failed": output.failures_json(report.failed),
    }


COMMANDS: tuple[click.Command, ...] = (export, trash)
