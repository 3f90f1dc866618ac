"""`train known-pairs`: pictures with texts, made from photos by known damage."""

from __future__ import annotations

import os
from pathlib import Path

import click

from uniqa_desktop import formats, paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import real_folders
from uniqa_desktop.cli.steps import drive, stop_on_interrupt

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("known-pairs")
@click.option("--photos", required=True, type=_FOLDER, help="A folder of photos, as they are.")
@click.option("--out", required=True, type=_FOLDER, help="Gets pairs.json and pictures/.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="A degradation to draw from (blur, noise, jpeg …); may be repeated. Default: all.",
)
@click.option(
    "--versions",
    type=click.IntRange(1, 100),
    default=2,
    show_default=True,
    help="Degraded copies of each photo, beside an untouched one.",
)
@click.option(
    "--texts",
    type=click.IntRange(1, 100),
    default=3,
    show_default=True,
    help="Texts of each sort for each picture.",
)
@click.option(
    "--short-side",
    type=click.IntRange(16, 4096),
    default=448,
    show_default=True,
    help="Of the pictures, in pixels; they are degraded at that size.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
def known_pairs(
    photos: Path,
    out: Path,
    kinds: tuple[str, ...],
    versions: int,
    texts: int,
    short_side: int,
    seed: int,
    library: Path,
    json_output: bool,
) -> None:
    """Make pictures with texts for `train contrastive` without a language model.

    Photos are degraded on purpose, so that their quality is known; text on aesthetics comes from
    measured colours, contrast and calm, which is a weak substitute for people's words.
    """
    from uniqa_desktop.training import known_pairs as known
    from uniqa_desktop.training.degradations import DEGRADATIONS

    (root,) = real_folders([photos])
    files = sorted(
        Path(folder) / name
        for folder, _, names in os.walk(root)
        for name in names
        if formats.kind_of(name) in (formats.Kind.PICTURE, formats.Kind.RAW)
    )
    with stop_on_interrupt() as stop:
        report = drive(
            known.make(
                [known.Original(file) for file in files],
                out,
                kinds=kinds or tuple(DEGRADATIONS),
                versions=versions,
                texts=texts,
                short_side=short_side,
                seed=seed,
                stop=stop,
            )
        )
    if json_output:
        output.as_json(
            {
                "pairs": None if report.stopped else paths.display(out / known.PAIRS),
                "images": paths.display(out / known.PICTURES),
                "pictures": len(report.rows),
                "failed": output.failures_json(report.failed),
            }
        )
    else:
        click.echo(f"{len(report.rows)} pictures in {paths.display(out / known.PICTURES)}")
        output.failures_text(report.failed)
    if report.stopped:
        output.leave(output.INTERRUPTED)
    output.leave(output.SOME_FAILED if report.failed else output.DONE)
