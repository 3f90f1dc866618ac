"""The command that selects the N best photos of a trip."""

from __future__ import annotations

from pathlib import Path

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.cli.steps import drive
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.store import Store


@click.command("select")
@click.argument("folder", required=False, type=FOLDER)
@click.option("--keep", type=click.IntRange(min=1), required=True, help="At most so many photos.")
@click.option(
    "--by",
    type=click.Choice(["quality", "aesthetics", "taste"]),
    default="quality",
    show_default=True,
    help="The score that photos are chosen by.",
)
@click.option(
    "--varied",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="0: the best by score; 1: spread over days, places and looks.",
)
@click.option("--no-fold", is_flag=True, help="Allow several frames of one burst.")
@click.option("--pick", is_flag=True, help="Flag what is kept as picks, as one act (see `undo`).")
def select(
    folder: Path | None,
    keep: int,
    by: str,
    varied: float,
    no_fold: bool,
    pick: bool,
    library: Path,
    json_output: bool,
) -> None:
    """Print the best photos of FOLDER (or of the whole library), and why others are left out.

    Of a burst one frame at most is kept, as `bursts` found them last; brackets, focus stacks and
    panoramas are kept whole or not. No verdict is written unless --pick is given.
    """
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs import select as selecting

    chosen = settings.load()
    folders = real_folders([folder] if folder else [])
    with Store.open(library) as store:
        report = drive(
            selecting.select_best(
                store,
                scorers.load(chosen.model, chosen.device) if varied else None,
                folders,
                keep=keep,
                by=by,
                model=chosen.model,
                varied=varied,
                fold=not no_fold,
            )
        )
        if not report.kept and not report.left_out:
            raise WrongUse("There are no photos there: run `score` on the folder first.")
        picked = selecting.pick(store, report.kept) if pick else None
        ids = [*report.kept, *(left.photo for left in report.left_out)]
        names = {photo.id: paths.display(photo.path) for photo in store.photos.get(ids)}
    if json_output:
        document = {
            "kept": [names[photo] for photo in report.kept],
            "left_out": [{"path": names[left.photo], "why": str(left)} for left in report.left_out],
        }
        output.as_json(document if picked is None else {**document, "picked": picked})
    else:
        for photo in report.kept:
            click.echo(names[photo])
        for left in report.left_out:
            click.echo(f"  left out: {names[left.photo]}: {left}")
        click.echo(f"{len(report.kept)} kept, {len(report.left_out)} left out.")
        if picked is not None:
            click.echo(f"{picked} flagged as picks; `uniqa-desktop undo` takes that back.")
    if report.unscored:
        click.echo(
            f"{report.unscored} photos have no {by} score by {chosen.model} and could not take "
            "part: run `score` first.",
            err=True,
        )
    if report.ungrouped and not no_fold:
        click.echo("No groups are known here, so nothing was folded: run `bursts` first.", err=True)
    if not report.kept:
        output.leave(output.WRONG_USE)
