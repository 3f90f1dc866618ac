"""The command that finds photos by words or by example, in the features that scoring has stored."""

from __future__ import annotations

from pathlib import Path

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.store import Store


@click.command("search")
@click.argument("text", required=False)
@click.option("--like", type=FOLDER, help="Find photos like this picture instead.")
@click.option("--folder", type=FOLDER, help="Search only there (default: the whole library).")
@click.option(
    "-n", "count", type=click.IntRange(min=1), default=20, show_default=True, help="How many."
)
def search(
    text: str | None,
    like: Path | None,
    folder: Path | None,
    count: int,
    library: Path,
    json_output: bool,
) -> None:
    """Print the photos most like TEXT ("sunset on the beach"), best first.

    It needs a model that reads text (see `model list`), and photos that it has scored.
    """
    from uniqa_desktop import scorers, searching

    if (text is None) == (like is None):
        raise WrongUse("Say what to look for: a text, or a picture with --like.")
    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    folders = real_folders([folder] if folder else [])
    with Store.open(library) as store:
        if like is not None:
            query = searching.picture(scorer, like)
        else:
            query = searching.words(scorer, text or "")
        found = searching.nearest(store, scorer, query, folders, count)
        photos = store.photos.get([photo for photo, _ in found])
    rows = [
        {"path": paths.display(photo.path), "similarity": round(likeness, 4)}
        for photo, (_, likeness) in zip(photos, found, strict=True)
    ]
    if json_output:
        output.as_json(rows)
        return
    if not rows:
        click.echo(f"No photo here has been scored by {chosen.model} yet.", err=True)
    for row in rows:
        click.echo(f"{row['similarity']:6.3f}  {row['path']}")
