"""`train attributes` and `train mos`: attribute-aware pre-training, and fine-tuning on scores."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import formats, paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import real_folders
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Failure, Progress

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)
_COUNT = click.IntRange(min=1)


def _of_every_run(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--resume", is_flag=True, help="Go on with the run that is in --out."),
        click.option("--seed", type=click.IntRange(0), default=0, show_default=True),
        click.option(
            "--device",
            type=click.Choice(["auto", "cpu", "cuda", "mps"]),
            default="auto",
            show_default=True,
        ),
        click.option(
            "--held-out",
            type=_SHARE,
            default=0.2,
            show_default=True,
            help="Share that is tested on and not learned from.",
        ),
        click.option("--pictures", type=_COUNT, default=16, show_default=True, help="A step."),
        click.option("--out", required=True, type=_FOLDER, help="The run's folder, empty or new."),
    ):
        command = option(command)
    return command


@click.command("attributes")
@click.option("--images", required=True, type=_FOLDER, help="Pictures, also in sub-folders.")
@click.option(
    "--labels-from",
    metavar="MODEL",
    help="An installed CLIP whose antonym prompts give pseudo-labels besides.",
)
@click.option(
    "--extractor",
    default="small",
    show_default=True,
    help="`small`, or `clip:` and the id or file of a CLIP to start from.",
)
@click.option("--size", type=click.IntRange(32), default=128, show_default=True, help="Pixels.")
@click.option(
    "--short-side",
    type=click.IntRange(32),
    default=256,
    show_default=True,
    help="Pictures are brought to this before they are cut.",
)
@click.option("--epochs", type=_COUNT, default=20, show_default=True)
@click.option(
    "--views",
    type=click.IntRange(2, 8),
    default=4,
    show_default=True,
    help="Steps of a degradation that are compared with each other.",
)
@click.option("--rate", type=_SHARE, default=1e-3, show_default=True, help="Learning rate.")
@click.option("--extractor-rate", type=_SHARE, help="For the extractor, if another.")
@click.option(
    "--loss", type=click.Choice(["logistic", "margin"]), default="logistic", show_default=True
)
@click.option("--margin", type=click.FloatRange(0), default=1.0, show_default=True)
@_of_every_run
def attributes(
    images: Path,
    out: Path,
    resume: bool,
    device: str,
    library: Path,
    json_output: bool,
    **settings: Any,
) -> None:
    """Teach an extractor to order pictures by the five attributes, without any person's label.

    Each picture is degraded in a few steps, whose order is known. `train mos` goes on from there.
    """
    from uniqa_desktop.training.attiqa.pretrain import Settings, pretrain

    (root,) = real_folders([images])
    files = _pictures(root)
    with stop_on_interrupt() as stop:
        job = pretrain(files, out, Settings(**settings), resume=resume, device=device, stop=stop)
        failures: list[Failure] = []
        record = drive(_noting(job, failures))
    _report(record, failures, out, json_output)


@click.command("mos")
@click.option(
    "--from", "source", required=True, type=_FOLDER, help="The run of `train attributes`."
)
@click.option("--labels", required=True, type=_FILE, help="A CSV: file,score[,group].")
@click.option("--images", type=_FOLDER, help="The folder of its files, if not the CSV's.")
@click.option(
    "--range",
    "scale",
    type=(float, float),
    metavar="LOWEST HIGHEST",
    help="The range of possible scores (default: of those that occur).",
)
@click.option("--lower-better", is_flag=True, help="A low score is a good one.")
@click.option("--epochs", type=_COUNT, default=30, show_default=True)
@click.option(
    "--cuts", type=click.IntRange(2), default=4, show_default=True, help="Of each photo, a step."
)
@click.option("--rate", type=_SHARE, default=1e-3, show_default=True, help="Learning rate.")
@click.option(
    "--extractor-rate",
    type=click.FloatRange(0, 1, max_open=True),
    default=1e-4,
    show_default=True,
    help="For what was pre-trained; 0 leaves it as it is.",
)
@click.option("--fresh", is_flag=True, help="The same network without what was pre-trained.")
@click.option("--skip-bad", is_flag=True, help="Leave out photos that are missing or damaged.")
@_of_every_run
def mos(
    source: Path,
    labels: Path,
    images: Path | None,
    scale: tuple[float, float] | None,
    lower_better: bool,
    skip_bad: bool,
    out: Path,
    resume: bool,
    device: str,
    library: Path,
    json_output: bool,
    **settings: Any,
) -> None:
    """Fine-tune a pre-trained network on people's scores.

    What comes out scores pictures: give its folder as --model to `compare` and `enhance`.
    """
    from uniqa_desktop import labels as labelled
    from uniqa_desktop.training.attiqa.mos import Settings, fine_tune

    found = labelled.read(labels, images, scale=scale, lower_better=lower_better or None)
    with stop_on_interrupt() as stop:
        job = fine_tune(
            source,
            found,
            out,
            Settings(**settings),
            resume=resume,
            skip_bad=skip_bad,
            device=device,
            stop=stop,
        )
        failures: list[Failure] = []
        record = drive(_noting(job, failures))
    _report(record, failures, out, json_output)


def _pictures(root: Path) -> list[Path]:
    """Every photo below a folder, in order of its path.

    Raises:
        WrongUse: there is none.
    """
    found = sorted(
        Path(folder) / name
        for folder, _, names in os.walk(root)
        for name in names
        if Path(name).suffix.lower() in formats.PHOTO_EXTENSIONS
    )
    if not found:
        raise WrongUse(f"There is no picture in {paths.display(root)}.")
    return found


def _noting(
    job: Generator[Progress, None, dict[str, Any]], failures: list[Failure]
) -> Generator[Progress, None, dict[str, Any]]:
    """The same job; what it could not read is added to `failures`."""
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            return end.value
        failures.extend(step.failures)
        yield step


def _report(record: dict[str, Any], failures: list[Failure], out: Path, json_output: bool) -> None:
    finished = record.get("finished") is not None
    if json_output:
        output.as_json(record)
    elif finished:
        output.tree(record["figures"])
        click.echo(f"The network is in {paths.display(out)}.")
    else:
        click.echo("Stopped. Go on with the same words and --resume.")
    output.failures_text(failures)
    done = output.SOME_FAILED if failures else output.DONE
    output.leave(done if finished else output.INTERRUPTED)


COMMANDS: tuple[click.Command, ...] = (attributes, mos)
