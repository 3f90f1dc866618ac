"""`train mini`: the bundled model, from data to weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.steps import drive

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILES = ("weights.safetensors", "config.json", "record.json")
_SHARES = {"extractor": 0.5, "finish": 0.2, "senses": 0.13}
"""Of the time for the long trainings; the rest goes into making what they learn from."""


@click.command("mini")
@click.option("--data", required=True, type=_FOLDER, help="With unlabelled/, ratings/, teacher/.")
@click.option("--out", required=True, type=_FOLDER, help="The run's folder, empty or new.")
@click.option(
    "--minutes",
    type=click.FloatRange(min=1),
    default=165,
    show_default=True,
    help="It ends sooner if all epochs are done.",
)
@click.option("--resume", is_flag=True, help="Go on with the run that is in --out.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
def mini(
    data: Path, out: Path, minutes: float, resume: bool, seed: int, library: Path, json_output: bool
) -> None:
    """Make the bundled model `uniqa-mini` anew: three hours on two cores, 11 GB of drive.

    An extractor is distilled from a teacher on unlabelled pictures, quality is learned from
    pictures with known faults, aesthetics from people's ratings.
    """
    from uniqa_desktop.training.mini import recipe

    material = recipe.Material.read(data)
    fast = recipe.brings_bfloat16()
    plan = recipe.Plan(seed=seed)
    parts: dict[str, Any] = {}
    for name, share in _SHARES.items():
        part = getattr(plan, name)
        pace = replace(part.pace, minutes=minutes * share, bfloat16=fast)
        parts[name] = replace(part, pace=pace)
    plan = replace(plan, **parts)
    record = drive(recipe.make(material, out, plan, resume=resume))
    if json_output:
        output.as_json(record)
    else:
        srcc = record["figures"]["aesthetics_groups_held_out"]["srcc"]
        click.echo(f"{', '.join(_FILES)} in {paths.display(out)}")
        click.echo(
            "Aesthetics, whole groups held out: SRCC "
            f"{srcc['value']:.2f} ({srcc['low']:.2f}–{srcc['high']:.2f})"
        )
    output.leave(output.DONE)
