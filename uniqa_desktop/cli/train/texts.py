"""`train describe`, `purify` and `unite`: the texts that the unified pre-training learns from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse

_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("describe")
@click.option("--images", type=_FOLDER, help="The photos; with --labels, where its files are.")
@click.option("--labels", type=_FILE, help="CSV of ratings (file,score): texts will agree with it.")
@click.option("--out", required=True, type=_FILE, help="The pairs file to make (JSON).")
@click.option("--model", required=True, help="The vision-language model's name at the server.")
@click.option(
    "--server", metavar="URL", help="Its address (default: the setting caption_server, Ollama's)."
)
@click.option(
    "--allow-remote", is_flag=True, help="Let the server be another machine: photos leave this one."
)
@click.option("--key-from", metavar="NAME", help="The environment variable with the server's key.")
@click.option(
    "--kind",
    type=click.Choice(["quality", "aesthetics"]),
    default="quality",
    show_default=True,
    help="What the texts are about.",
)
@click.option(
    "--range",
    "scale",
    type=(float, float),
    metavar="LOW HIGH",
    help="The ends of the ratings' scale (default: the lowest and highest that occur).",
)
@click.option("--lower-better/--higher-better", default=None, help="Which ratings are good ones.")
@click.option(
    "--cuts",
    type=(float, float, float, float),
    default=(0.2, 0.4, 0.6, 0.8),
    show_default=True,
    help="Where poor, fair, good and perfect begin on the scale from 0 to 1.",
)
@click.option(
    "--question", type=_FILE, help="A file with words of your own; {level} stands for the rating."
)
@click.option("--texts", type=click.IntRange(1, 20), default=1, show_default=True, help="A photo.")
@click.option("--temperature", type=click.FloatRange(0, 2), default=0.7, show_default=True)
@click.option(
    "--tokens", type=click.IntRange(16, 4096), default=160, show_default=True, help="Most a text."
)
@click.option(
    "--longest",
    type=click.IntRange(20, 10_000),
    default=1000,
    show_default=True,
    help="Characters; longer answers count as none.",
)
@click.option(
    "--side",
    type=click.IntRange(64, 8192),
    default=1024,
    show_default=True,
    help="Pixels of the longer side that the server is sent.",
)
@click.option(
    "--parallel",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Photos with the server at once.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 3600),
    default=120,
    show_default=True,
    help="Seconds for an answer.",
)
@click.option(
    "--retries",
    type=click.IntRange(0, 20),
    default=3,
    show_default=True,
    help="After a useless answer.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True)
@click.option("--resume", is_flag=True, help="Go on with the run that makes --out.")
def describe(
    images: Path | None,
    labels: Path | None,
    out: Path,
    server: str | None,
    allow_remote: bool,
    key_from: str | None,
    scale: tuple[float, float] | None,
    lower_better: bool | None,
    cuts: tuple[float, ...],
    question: Path | None,
    parallel: int,
    timeout: float,
    retries: int,
    resume: bool,
    library: Path,
    json_output: bool,
    **wish: Any,
) -> None:
    """Have a vision-language server on this machine describe photos (UniQA, step 1).

    It speaks the OpenAI-compatible chat protocol of Ollama, llama.cpp and vLLM. Photos are sent
    reduced and without EXIF, to the address given and nowhere else.
    """
    from uniqa_desktop import labels as ratings
    from uniqa_desktop.training import captions, guidance, subjects
    from uniqa_desktop.training.chat import ChatServer
    from uniqa_desktop.training.run import fingerprint

    kind = guidance.Kind(wish.pop("kind"))
    more: dict[str, Any] = {"guided": labels is not None}
    if labels is not None:
        rated = ratings.read(labels, images, scale=scale, lower_better=lower_better)
        cuts = guidance.check_cuts(cuts)
        items = subjects.rated(rated, cuts)
        more |= {"scale": rated.scale, "scale_from": rated.scale_from, "cuts": cuts}
        more["lower_better"] = rated.lower_better
    elif images is not None:
        if scale is not None or lower_better is not None:
            raise WrongUse("A scale is of no use without ratings: give --labels, too.")
        items = subjects.in_folder(images)
    else:
        raise WrongUse("Say which photos: a folder with --images, or ratings with --labels.")
    words = guidance.question(kind, guided=labels is not None)
    if question is not None:
        words = guidance.check_question(_text(question), guided=labels is not None)
    asked = ChatServer(
        server or settings.load().caption_server,
        key=_key(key_from),
        timeout=timeout,
        allow_remote=allow_remote,
    )
    with stop_on_interrupt() as stop:
        record = drive(
            captions.describe(
                items,
                captions.Wish(kind=kind, question=words, **wish),
                asked,
                out,
                data={} if labels is None else {"labels": fingerprint([labels])},
                settings=more,
                parallel=parallel,
                patience=captions.Patience(retries),
                resume=resume,
                stop=stop,
            )
        )
    _report(record, out, json_output, stopped=stop.is_set() and not record["figures"])


@click.command("purify")
@click.option(
    "--comments",
    required=True,
    type=_FILE,
    help="People's comments: JSON with image_path and prompt, or CSV with file and comment.",
)
@click.option(
    "--generated",
    required=True,
    type=_FILE,
    help="What `describe --kind aesthetics` made of the same photos.",
)
@click.option("--out", required=True, type=_FILE, help="The pairs file to make (JSON).")
@click.option(
    "--model",
    metavar="ID",
    help="Measure relevance by this installed CLIP (default: by shared words).",
)
@click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default="auto", show_default=True
)
@click.option(
    "--keep", type=click.IntRange(1), default=5, show_default=True, help="Most comments a photo."
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="Largest part of a photo's comments; at least one is kept.",
)
@click.option(
    "--weight",
    type=click.FloatRange(0, 1000),
    default=1.0,
    show_default=True,
    help="Of the relevance rank beside the length rank.",
)
@click.option(
    "--against",
    type=click.Choice(["photo", "all"]),
    default="photo",
    show_default=True,
    help="Compare with the generated text of the same photo, or of all photos.",
)
@click.option(
    "--ties",
    type=click.Choice(["average", "dense", "first"]),
    default="average",
    show_default=True,
    help="The rank of equal values.",
)
@click.option(
    "--then",
    type=click.Choice(["relevance", "length", "first"]),
    default="relevance",
    show_default=True,
    help="What decides between equal sums.",
)
@click.option(
    "--longest",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="Characters; longer comments are put aside.",
)
@click.option(
    "--most-words",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    help="Beyond so many words a comment is not more informative.",
)
@click.option("--resume", is_flag=True, help="Go on with the run that makes --out.")
def purify(
    comments: Path,
    generated: Path,
    out: Path,
    model: str | None,
    device: str,
    resume: bool,
    library: Path,
    json_output: bool,
    **rules: Any,
) -> None:
    """Keep the comments that say something of a photo's aesthetics (UniQA, step 2).

    The comments of each photo are ranked by relevance, measured against generated text, and by
    length; those with the best sums of the two ranks are kept.
    """
    from uniqa_desktop.training import comments as commenting
    from uniqa_desktop.training import purify as step
    from uniqa_desktop.training import relevance
    from uniqa_desktop.training.run import fingerprint

    rules |= {
        "against": step.Against(rules["against"]),
        "ties": step.Ties(rules["ties"]),
        "then": step.Then(rules["then"]),
    }
    said, made = commenting.read(comments), commenting.read(generated)
    if model is not None:
        relevance.check_clip(model)

    def measure() -> relevance.Relevance:
        if model is not None:
            return relevance.ClipText.load(model, device)
        both = (said, made)
        return relevance.Words(text for texts in both for of in texts.values() for text in of)

    name = relevance.Words.name if model is None else relevance.clip_name(model)
    with stop_on_interrupt() as stop:
        record = drive(
            step.purify(
                said,
                made,
                measure,
                step.Rules(**rules),
                out,
                data={"comments": fingerprint([comments]), "generated": fingerprint([generated])},
                settings={"relevance": name},
                resume=resume,
                stop=stop,
            )
        )
    _report(record, out, json_output, stopped=record["finished"] is None)


@click.command("unite")
@click.option(
    "--part",
    "parts",
    required=True,
    multiple=True,
    type=(_FILE, str),
    metavar="FILE FOLDER",
    help="A file of texts, and its photos' folder as seen from the common one (. if the same).",
)
@click.option("--out", required=True, type=_FILE, help="The pairs file to make (JSON).")
def unite(parts: tuple[tuple[Path, str], ...], out: Path, library: Path, json_output: bool) -> None:
    """Put texts on quality and on aesthetics into the one file that UniQA trains on."""
    from uniqa_desktop.training import uniting

    record = uniting.unite(parts, out)
    _report(record, out, json_output, stopped=False)


def _report(record: dict[str, Any], out: Path, json_output: bool, *, stopped: bool) -> None:
    """Prints the record and leaves: what failed is named, what is there can be used."""
    if json_output:
        output.as_json(record)
    elif stopped:
        click.echo("Stopped. Go on with the same words and --resume.")
    else:
        failed = record["figures"].get("failed", [])
        output.tree({name: item for name, item in record["figures"].items() if name != "failed"})
        for one in failed[:_NAMED]:
            click.echo(f"  failed: {paths.display(one['image_path'])}: {one['error']}", err=True)
        if len(failed) > _NAMED:
            click.echo(f"  … and {len(failed) - _NAMED} more (all with --json)", err=True)
        click.echo(f"{paths.display(out)} is ready for `uniqa-desktop train contrastive --pairs`.")
    if stopped:
        output.leave(output.INTERRUPTED)
    output.leave(output.SOME_FAILED if record["figures"].get("failed") else output.DONE)


_NAMED = 20
"""Failures that are named for people."""


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongUse(f"{file} cannot be read ({error.strerror or error}).") from None
    except UnicodeDecodeError:
        raise WrongUse(f"{file} is not a text file in UTF-8.") from None


def _key(variable: str | None) -> str | None:
    if variable is None:
        return None
    key = os.environ.get(variable)
    if not key:
        raise WrongUse(f"There is no environment variable {variable} with a key in it.")
    return key
