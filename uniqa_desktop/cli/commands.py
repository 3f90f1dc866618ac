"""The commands on photos. Each opens the library, runs one job or query, and prints the outcome."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import (
    bursts,
    compare,
    enhance,
    evaluate,
    export,
    history,
    models,
    output,
    search,
    select,
    service,
    sidecars,
    taste,
    train,
    verdicts,
)
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.cli.filters import filter_options, narrowed
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Flag, Photo
from uniqa_desktop.query import DESCENDING, Query, Sort
from uniqa_desktop.store import Store, Thumbs
from uniqa_desktop.triage import Pile, Thresholds, Triage


@click.command("scan")
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
def scan(folders: tuple[Path, ...], library: Path, json_output: bool) -> None:
    """Add the photos of FOLDERS to the library, or bring it up to date."""
    from uniqa_desktop import jobs

    roots = real_folders(folders)
    with Store.open(library) as store, stop_on_interrupt() as stop:
        report = drive(jobs.scan(store, roots, stop=stop))
    if json_output:
        output.as_json(
            {
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "missing": report.missing,
                "failed": output.failures_json(report.failed),
                "moved": report.moved,
                "skipped": report.skipped,
            }
        )
    else:
        click.echo(
            f"{report.added} added, {report.changed} changed, {report.moved} moved, "
            f"{report.unchanged} unchanged, {report.missing} missing."
        )
        if report.skipped:
            counts = ", ".join(f"{count} {kind}" for kind, count in report.skipped.items())
            click.echo(f"Skipped: {counts}.")
        output.failures_text(report.failed)
    photos = report.added + report.changed + report.moved + report.unchanged
    output.leave(_exit_code(report.stopped, bool(report.failed), photos + report.missing))


@click.command("score")
@click.argument("folders", nargs=-1, type=FOLDER)
@click.option("--model", default=None, help="The model to score with (default: the one in use).")
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda", "mps"]),
    default=None,
    help="Where the model runs (default: the one in use).",
)
@click.option(
    "--again", is_flag=True, help="Score anew; photos without stored features are opened."
)
def score(
    folders: tuple[Path, ...],
    model: str | None,
    device: str | None,
    again: bool,
    library: Path,
    json_output: bool,
) -> None:
    """Scan FOLDERS (or take the whole library) and score what has no score yet.

    When something was scored its bursts and other groups are found as well, as `bursts` does.
    """
    from uniqa_desktop import jobs, scorers

    chosen = settings.load()
    model, device = model or chosen.model, device or chosen.device
    roots = real_folders(folders)
    with Store.open(library) as store, Thumbs(paths.thumbs_file()) as thumbs:
        scorers.check(model)
        with stop_on_interrupt() as stop:
            if roots:
                drive(jobs.scan(store, roots, stop=stop))
            if again and not stop.is_set():
                store.scores.forget(model, roots)
            report = drive(
                jobs.score(
                    store,
                    thumbs,
                    lambda: scorers.load(model, device),
                    roots,
                    model=model,
                    stop=stop,
                )
            )
            if report.scored and not report.stopped:
                drive(
                    jobs.bursts(
                        store,
                        thumbs,
                        scorers.load(model, device),
                        roots,
                        strictness=chosen.usable_strictness,
                        stop=stop,
                    )
                )
    if json_output:
        output.as_json(
            {
                "model": report.model,
                "scored": report.scored,
                "skipped": report.skipped,
                "failed": output.failures_json(report.failed),
                "seconds": round(report.seconds, 3),
            }
        )
    else:
        rate = report.scored / report.seconds if report.seconds else 0.0
        click.echo(
            f"{report.scored} scored with {report.model} in {report.seconds:.1f} s "
            f"({rate:.1f} a second), {report.skipped} had a score, {len(report.failed)} failed."
        )
        output.failures_text(report.failed)
    photos = report.scored + report.skipped + len(report.failed)
    output.leave(_exit_code(report.stopped, bool(report.failed), photos))


def _exit_code(stopped: bool, failed: bool, photos: int) -> int:
    if stopped:
        return output.INTERRUPTED
    if failed:
        return output.SOME_FAILED
    if not photos:
        click.echo("uniqa-desktop: there are no photos there.", err=True)
        return output.WRONG_USE
    return output.DONE


@click.command("list")
@click.argument("folder", required=False, type=FOLDER)
@click.option(
    "--sort",
    type=click.Choice([str(key) for key in Sort]),
    default="quality",
    show_default=True,
    help="Best first; by name and time, first to last; without a value always last.",
)
@click.option("--reverse", is_flag=True, help="The other way round.")
@click.option("--by-day", is_flag=True, help="Day after day, in this order within each.")
@filter_options
@click.option("--limit", type=click.IntRange(min=1), help="At most so many photos.")
@click.option(
    "--triage",
    type=click.Choice([str(pile) for pile in Pile]),
    help="Only what is kept for sure, rejected for sure, or to be looked at, by quality.",
)
@click.option(
    "--thresholds",
    type=(click.FloatRange(0, 100), click.FloatRange(0, 100)),
    metavar="REJECT KEEP",
    default=(Thresholds().reject, Thresholds().keep),
    show_default=True,
    help="Below which quality, and from which on, that is for sure.",
)
@click.option("--fold", is_flag=True, help="One photo a group: its cover (see `bursts`).")
def list_photos(
    folder: Path | None,
    sort: str,
    reverse: bool,
    by_day: bool,
    limit: int | None,
    fold: bool,
    triage: str | None,
    thresholds: tuple[float, float],
    library: Path,
    json_output: bool,
    **narrowing: Any,
) -> None:
    """Print the photos of FOLDER (or of the whole library) in order.

    Quality, aesthetics, and taste where it was learned (see `taste`), each 0-100.
    """
    key = Sort(sort)
    query = Query(
        model=settings.load().model,
        folders=real_folders([folder] if folder else []),
        sort=key,
        descending=(key in DESCENDING) != reverse,
        by_day=by_day,
        folded=fold,
        include_failed=json_output,
        limit=limit,
    )
    query = narrowed(query, **narrowing)
    with Store.open(library) as store:
        photos = store.photos.get(store.photos.ids(query), model=query.model)
        if triage:
            photos = _in_pile(store, photos, Pile(triage), thresholds, query.model)
        known = store.photos.total(query.folders)
    if not known and folder:
        click.echo("No photo of this folder is in the library: run `score` on it first.", err=True)
    if json_output:
        output.as_json([output.photo_json(photo) for photo in photos])
        return
    _tell(photos)


def _tell(photos: Sequence[Photo]) -> None:
    """The photos for people, a line each; taste only where it was learned for one of them."""
    with_taste = any(photo.taste is not None for photo in photos)
    columns = ("quality", "aesth.", "taste") if with_taste else ("quality", "aesth.")
    if photos:
        # Not on stdout: what reads the lines there reads photos alone.
        names = "  ".join(f"{name:>7}" for name in columns)
        click.echo(f"{'':5}  {names}  {'flag':6}  {'stars':5}", err=True)
    for rank, photo in enumerate(photos, 1):
        scores = photo.scores
        values = (scores.quality, scores.aesthetics) if scores else (None, None)
        numbers = "  ".join(
            f"{output.number(value):>7}"
            for value, _ in zip((*values, photo.taste), columns, strict=False)
        )
        click.echo(
            f"{rank:5d}  {numbers}  "
            f"{photo.verdict.flag if photo.verdict.flag is not Flag.NONE else '':6}  "
            f"{'*' * photo.verdict.stars:5}  {paths.display(photo.path)}"
        )


def _in_pile(
    store: Store,
    photos: list[Photo],
    pile: Pile,
    thresholds: tuple[float, float],
    model: str,
) -> list[Photo]:
    """Those of the photos that are in a pile, in their order."""
    from uniqa_desktop import jobs

    try:
        bounds = Thresholds(reject=thresholds[0], keep=thresholds[1])
    except ValueError as error:
        raise WrongUse(f"--thresholds: {error}.") from error
    unsure = jobs.undecided_frames(store, model)
    scores = ((photo.id, photo.scores.quality if photo.scores else None) for photo in photos)
    chosen = set(Triage(scores, unsure).pile(pile, bounds))
    return [photo for photo in photos if photo.id in chosen]


@click.command("show")
@click.argument("file", type=FOLDER)
def show(file: Path, library: Path, json_output: bool) -> None:
    """Print everything known of one photo."""
    model = settings.load().model
    path = Path(os.path.realpath(file.parent)) / file.name
    with Store.open(library) as store:
        photo_id = store.photos.by_path(path)
        if photo_id is None:
            raise WrongUse(
                f"{paths.display(file)} is not in the library: run `scan` on its folder first."
            )
        (photo,) = store.photos.get([photo_id], model=model)
        all_scores = store.scores.all_of(photo_id)
        history = store.verdicts.history(photo_id)
    document = output.photo_json(photo)
    document["exif"] = output.meta_json(photo.meta)
    document["scores"] = {
        scores.model: {k: v for k, v in output.scores_json(scores).items() if k != "model"}
        for scores in all_scores
    }
    document["history"] = [
        {
            "at": change.at.isoformat(),
            "before": output.verdict_json(change.before),
            "after": output.verdict_json(change.after),
            "provenance": str(change.provenance),
            "undone": change.undone,
        }
        for change in history
    ]
    if json_output:
        output.as_json(document)
    else:
        output.tree(document)


COMMANDS: tuple[click.Command, ...] = (
    scan,
    score,
    list_photos,
    show,
    *verdicts.COMMANDS,
    *history.COMMANDS,
    bursts.group,
    select.select,
    sidecars.group,
    *export.COMMANDS,
    search.search,
    taste.group,
    models.group,
    train.group,
    evaluate.evaluate,
    compare.compare,
    enhance.enhance,
    *service.COMMANDS,
)
"""Every command, in the order of `--help`."""
