"""`evaluate`: a model against what people thought of photos."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import settings
from uniqa_desktop.cli import labelled, output
from uniqa_desktop.cli.steps import drive, stop_on_interrupt

_COLUMNS = (("srcc", "SRCC"), ("plcc", "PLCC"), ("pairwise", "pairs in order"))


def _numbers(_ctx: click.Context, _param: click.Parameter, text: str) -> tuple[int, ...]:
    try:
        found = tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        raise click.BadParameter("give whole numbers such as 50,100,200") from None
    if any(number < 2 for number in found):
        raise click.BadParameter("at least two labels are needed")
    return tuple(sorted(set(found)))


@click.command("evaluate")
@labelled.label_options
@click.option("--model", metavar="ID", help="The model (default: the one in use).")
@click.option(
    "--few",
    default="50,100,200",
    show_default=True,
    callback=_numbers,
    metavar="N,…",
    help="Learn from so many labels as well; '' for none.",
)
@click.option(
    "--splits",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="N",
    help="Random 80/20 splits, by whole groups; 0 for the model as it is alone.",
)
@click.option("--split", metavar="NAME", help="One split of the labels instead of random ones.")
@click.option(
    "--prompts",
    type=click.Choice(["base", "ensemble", "content"]),
    default="base",
    show_default=True,
    help="The quality prompts that adapters are trained with.",
)
@click.option("--epochs", type=click.IntRange(min=1), help="For adapters; default: 50, or 20.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--draws",
    type=click.IntRange(min=20),
    default=1000,
    show_default=True,
    help="Bootstrap draws for each interval.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep the model's numbers there: an interrupted or second evaluation opens no photo.",
)
@click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default=None, help="Where."
)
def evaluate(
    model: str | None,
    few: tuple[int, ...],
    splits: int,
    split: str | None,
    prompts: str,
    epochs: int | None,
    seed: int,
    draws: int,
    keep: Path | None,
    device: str | None,
    library: Path,
    json_output: bool,
    **label_options: Any,
) -> None:
    """Compare a model's scores with people's: SRCC, PLCC, pairs, with 95 % intervals.

    As the model is, and after learning from a part of the labels. The library is not touched.
    """
    labels = labelled.read(**label_options)
    from uniqa_desktop.training import evaluating, published

    chosen = settings.load()
    plan = evaluating.Plan(
        model=model or chosen.model,
        few=few,
        splits=splits,
        split=split,
        prompts=prompts,
        epochs=epochs,
        seed=seed,
        draws=draws,
    )
    with stop_on_interrupt() as stop:
        found = drive(
            evaluating.evaluate(labels, plan, device=device or chosen.device, keep=keep, stop=stop)
        )
    if found.stopped:
        click.echo("Stopped before there were figures.", err=True)
        output.leave(output.INTERRUPTED)
    name = label_options["dataset"]
    known = published.dataset(name) if name else None
    document = {
        **found.document,
        "dataset": known.id if known else None,
        "published": [asdict(row) for row in published.figures(known)] if known else [],
        "failed": output.failures_json(found.failed),
    }
    if json_output:
        output.as_json(document)
    else:
        _print(document)
        output.failures_text(found.failed)
    output.leave(output.SOME_FAILED if found.failed else output.DONE)


def _print(document: dict[str, Any]) -> None:
    labels = document["labels"]
    click.echo(
        f"{document['model']} on {labels['scored']} of {labels['photos']} photos "
        f"({labels['file']}), 95 % intervals:"
    )
    rows = [("", *(title for _, title in _COLUMNS), "PLCC fitted")]
    for name, figures in document["zero_shot"].items():
        if figures is not None:
            rows.append((f"its {name}", *_cells(figures), output.interval(figures["plcc_fitted"])))
    for title, by_method in (
        ("all labels", document.get("full", {})),
        *((f"{number} labels", part) for number, part in document.get("few", {}).items()),
    ):
        rows += [(f"{title}, {method}", *_cells(part), "") for method, part in by_method.items()]
    output.table(rows)
    if "splits" in document:
        splits = document["splits"]
        click.echo(f"After training: mean of {splits['count']} splits by {splits['by']}.")
    for note in document["notes"]:
        click.echo(note)
    if document["published"]:
        click.echo("Published, on the whole dataset by the authors' own protocol:")
        output.table(
            [
                (
                    row["method"],
                    row["mode"],
                    _plain(row["srcc"]),
                    _plain(row["plcc"]),
                    row["source"],
                )
                for row in document["published"]
            ]
        )


def _cells(figures: dict[str, Any]) -> tuple[str, ...]:
    return tuple(output.interval(figures[key]) for key, _ in _COLUMNS)


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
