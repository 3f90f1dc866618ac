"""`train contrastive`: the unified image–text pre-training."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.steps import drive, stop_on_interrupt

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("contrastive")
@click.option(
    "--pairs",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="JSON: a list of objects with image_path and prompt (a text or a list of texts).",
)
@click.option("--images", required=True, type=_FOLDER, help="The folder of its image paths.")
@click.option("--out", required=True, type=_FOLDER, help="The run's folder.")
@click.option(
    "--from",
    "source",
    metavar="FILE|ID",
    help="Train this weights file or installed model on; without it, begin from scratch.",
)
@click.option(
    "--architecture", metavar="NAME", help="From scratch: tiny, ViT-B-32, ViT-B-16, RN50 …"
)
@click.option("--epochs", type=click.IntRange(1, 10_000), help="Default: 5; 30 from scratch.")
@click.option(
    "--batch",
    type=click.IntRange(1, 65_536),
    default=64,
    show_default=True,
    help="Pictures a pass and process.",
)
@click.option(
    "--accumulate",
    type=click.IntRange(1, 4096),
    default=1,
    show_default=True,
    help="Passes a step; pictures are compared over all of them.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0, 1, min_open=True),
    help="Learning rate. Default: 5e-6; 1e-3 from scratch.",
)
@click.option("--optimiser", type=click.Choice(["adam", "adamw"]), help="adamw from scratch.")
@click.option(
    "--decay", type=click.FloatRange(0, 10), default=0.2, show_default=True, help="Weight decay."
)
@click.option("--schedule", type=click.Choice(["constant", "cosine"]), help="cosine from scratch.")
@click.option(
    "--warmup", type=click.FloatRange(0, 1), help="Share of all steps; 0, or 0.05 from scratch."
)
@click.option(
    "--precision",
    type=click.Choice(["auto", "float32", "bfloat16", "float16"]),
    default="auto",
    show_default=True,
)
@click.option(
    "--augment",
    type=click.Choice(["none", "shift"]),
    default="none",
    show_default=True,
    help="shift: moved and mirrored at random, nothing that changes quality.",
)
@click.option(
    "--hold-out",
    type=click.FloatRange(0, 0.5),
    default=0.1,
    show_default=True,
    help="Share of pictures to examine instead of training on them.",
)
@click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default="auto", show_default=True
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--skip-bad", is_flag=True, help="Leave out what is missing, damaged or has no text.")
@click.option("--resume", is_flag=True, help="Go on from the newest epoch of the run in --out.")
def contrastive(
    pairs: Path,
    images: Path,
    out: Path,
    source: str | None,
    architecture: str | None,
    device: str,
    skip_bad: bool,
    resume: bool,
    library: Path,
    json_output: bool,
    **recipe: Any,
) -> None:
    """Train a CLIP on pictures with texts on quality and aesthetics (UniQA, step 3).

    Leaves weights.safetensors in --out, which `model install` takes. For several processes:
    torchrun --nproc-per-node N -m uniqa_desktop train contrastive …
    """
    from uniqa_desktop.training.contrastive import Recipe, train
    from uniqa_desktop.training.pictures import Augment

    recipe["augment"] = Augment(recipe["augment"])
    with stop_on_interrupt() as stop:
        record = drive(
            train(
                pairs,
                images,
                out,
                Recipe(**recipe),
                source=source,
                architecture=architecture,
                device=device,
                skip_bad=skip_bad,
                resume=resume,
                stop=stop,
            )
        )
    if os.environ.get("RANK", "0") == "0":  # one process speaks for all that torchrun started
        if json_output:
            output.as_json(record)
        elif record["finished"]:
            output.tree(record["figures"])
            click.echo(f"{paths.display(out / 'weights.safetensors')} is ready to be installed.")
        else:
            click.echo("Stopped. Go on with the same words and --resume.")
    output.leave(output.DONE if record["finished"] else output.INTERRUPTED)
