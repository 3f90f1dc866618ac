"""`train adapter`: fit UniQA's adapter to labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths
from uniqa_desktop.cli import labelled, output
from uniqa_desktop.cli.steps import drive, stop_on_interrupt


@click.command("adapter")
@labelled.label_options
@click.option("--model", required=True, metavar="ID", help="An installed CLIP or UniQA model.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The adapter: .safetensors, or .pth as the authors' code reads it.",
)
@click.option(
    "--run",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The run's folder (default: beside FILE, with the ending .run).",
)
@click.option("--resume", is_flag=True, help="Go on with an interrupted run.")
@click.option(
    "--few",
    type=click.IntRange(min=2),
    metavar="N",
    help="Learn from only N labels, drawn at random (the paper: 50, 100, 200).",
)
@click.option(
    "--prompts",
    type=click.Choice(["base", "ensemble", "content"]),
    default="base",
    show_default=True,
    help="The quality prompts to train with.",
)
@click.option("--split", metavar="NAME", help="Train and test by this split of the labels.")
@click.option(
    "--holdout",
    type=click.FloatRange(0, 0.9),
    default=0.2,
    show_default=True,
    help="Without --split: the share kept apart to test on, by whole groups.",
)
@click.option("--epochs", type=click.IntRange(min=1), help="Default: 50, from 3000 photos on 20.")
@click.option("--batch", type=click.IntRange(min=1), default=8, show_default=True)
@click.option("--rate", type=click.FloatRange(1e-6, 1), default=2e-4, help="Default: 0.0002.")
@click.option("--seed", type=click.IntRange(min=0), default=123, show_default=True)
@click.option(
    "--mirrored/--not-mirrored", default=True, help="Learn from mirrored crops, too (default)."
)
@click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default="auto", show_default=True
)
def adapter(
    model: str,
    out: Path,
    folder: Path | None,
    resume: bool,
    few: int | None,
    prompts: str,
    split: str | None,
    holdout: float,
    epochs: int | None,
    batch: int,
    rate: float,
    seed: int,
    mirrored: bool,
    device: str,
    library: Path,
    json_output: bool,
    **label_options: Any,
) -> None:
    """Fit UniQA's adapter to labels and write it for `model install`.

    Photos are opened once; with --resume an interrupted run goes on where it was.
    """
    labels = labelled.read(**label_options)
    from uniqa_desktop.training.adapting import Plan, adapt

    plan = Plan(
        model=model,
        prompts=prompts,
        few=few,
        split=split,
        holdout=holdout,
        mirrored=mirrored,
        epochs=epochs,
        batch=batch,
        rate=rate,
        seed=seed,
    )
    run = folder or out.with_suffix(".run")
    with stop_on_interrupt() as stop:
        record = drive(adapt(labels, plan, run, out, device=device, resume=resume, stop=stop))
    if json_output:
        output.as_json(record)
    elif record["finished"]:
        _print(record, plan.model, prompts, out)
    if not record["finished"]:
        click.echo(f"Stopped; go on with the same command and --resume ({run}).", err=True)
        output.leave(output.INTERRUPTED)
    unreadable = record["figures"]["unreadable"]
    for item in unreadable[:20]:
        click.echo(f"  failed: {item['file']}: {item['error']}", err=True)
    if len(unreadable) > 20:
        click.echo(f"  … and {len(unreadable) - 20} more (all in the record)", err=True)
    output.leave(output.SOME_FAILED if unreadable else output.DONE)


def _print(record: dict[str, Any], model: str, prompts: str, out: Path) -> None:
    figures = record["figures"]
    click.echo(f"{paths.display(out)}: trained on {figures['trained_on']} photos.")
    if figures["trained"]:
        click.echo(f"On {figures['held_out']} photos kept apart, with 95 % intervals:")
        rows: list[tuple[str, ...]] = [("", "SRCC", "PLCC", "pairs in order")]
        for name, title in (("untrained", "without adapter"), ("trained", "with adapter")):
            row = figures[name]
            rows.append(
                (title, *(output.interval(row[key]) for key in ("srcc", "plcc", "pairwise")))
            )
        output.table(rows)
    if not figures["levels_in_order"]:
        click.echo(
            "Its five levels are no longer in order: it has learned a scale of its own, so judge "
            "it by the figures above."
        )
    click.echo(
        f"Put it on the model: uniqa-desktop model install {out} --id {model} --prompts {prompts}"
    )
