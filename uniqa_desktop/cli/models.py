"""The commands on models: what there is, get, install, choose, remove."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import detectors, paths, prompts, settings, weights
from uniqa_desktop.cli import output
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.installed import Models
from uniqa_desktop.model_card import Installed
from uniqa_desktop.store import Store
from uniqa_desktop.weights import Hub, ModelSpec, Output


@click.group("model")
def group() -> None:
    """List, install, choose and remove the models that score photos."""


@group.command("list")
def list_models(library: Path, json_output: bool) -> None:
    """Print every model that is known or installed."""
    rows = _rows()
    if json_output:
        output.as_json(rows)
        return
    output.table(
        [
            (
                "*" if row["in_use"] else "",
                row["id"],
                "installed" if row["installed"] else "",
                ", ".join(row["scores"]),
                row["licence"] + (" (non-commercial)" if row["non_commercial"] else ""),
            )
            for row in rows
        ]
    )


@group.command("info")
@click.argument("model_id", metavar="ID")
def info(model_id: str, library: Path, json_output: bool) -> None:
    """Print all that is known of a model: source, licence, hashes, and how to get it."""
    row = next((row for row in _rows() if row["id"] == model_id), None)
    if row is None:
        raise WrongUse(
            f"There is no model {model_id!r}: `uniqa-desktop model list` lists what there is."
        )
    _print(row, json_output)


@group.command("install")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "model_id", help="The model's id; known by itself for OpenAI's own files.")
@click.option("--accept-licence", is_flag=True, help="Agree to the licence that `info` names.")
@click.option("--allow-torchscript", is_flag=True, help="Open an archive that carries a program.")
@click.option("--sha256", metavar="HEX", help="Refuse the file unless it has this hash.")
@click.option(
    "--prompts",
    type=click.Choice(list(prompts.QUALITY_SETS)),
    help="The quality prompts; for an adapter those that it was trained with (default: base).",
)
def install(
    file: Path,
    model_id: str | None,
    accept_licence: bool,
    allow_torchscript: bool,
    sha256: str | None,
    prompts: str | None,
    library: Path,
    json_output: bool,
) -> None:
    """Install a weights FILE, or put an adapter or an aesthetic head on an installed model.

    What the library holds of scores under the same id is dropped: other weights gave them.
    """
    if _is_detector(file, model_id):
        detectors.install(file)
        _print(_row_of_detector(weights.YUNET), json_output)
        return
    model = Models().install(
        file,
        model_id=model_id,
        licence_accepted=accept_licence,
        allow_torchscript=allow_torchscript,
        expected_sha256=sha256,
        prompt_set=prompts,
        progress=_progress,
    )
    _installed(model, library, json_output)


@group.command("get")
@click.argument("model_id", metavar="ID")
@click.option("--accept-licence", is_flag=True, help="Agree to the licence that is shown.")
@click.option("--yes", is_flag=True, help="Fetch it without asking.")
def get(model_id: str, accept_licence: bool, yes: bool, library: Path, json_output: bool) -> None:
    """Fetch a model from the model hub and install it; size and licence are shown first.

    A download that was cut off goes on where it was. Nothing but the request is sent.
    """
    from uniqa_desktop import downloads, jobs

    models, detector = Models(), weights.detector(model_id)
    spec = detector or weights.get(model_id)
    hub = _fetchable(spec, json_output)
    models.check(model_id, licence_accepted=accept_licence)
    if (models.folder / model_id).exists() or (detector and detectors.installed(detector)):
        raise WrongUse(f"{spec.title} is installed already: remove it first to fetch it anew.")
    offer = downloads.look(hub.link)
    assert offer is not None, "nothing stops it"
    sha256 = jobs.expected_hash(spec, offer)
    _show_offer(spec, offer.size, sha256)
    if not yes:
        if not sys.stdin.isatty():
            raise WrongUse(f"Say --yes to fetch {spec.title}: nothing was fetched.")
        if not click.confirm("Fetch it?", err=True):
            raise WrongUse("Nothing was fetched.")
    with stop_on_interrupt("Stopping (what has arrived is kept) …") as stop:
        file = drive(jobs.fetch_model(spec, offer, stop=stop))
    if file is None:
        click.echo("Stopped: the same command goes on where it was.", err=True)
        output.leave(output.INTERRUPTED)
    if detector:
        detectors.install(file, detector)
        jobs.forget_fetched(model_id)
        _print(_row_of_detector(detector), json_output)
        return
    model = models.install(
        file,
        model_id=model_id,
        licence_accepted=accept_licence,
        expected_sha256=sha256,
        progress=_progress,
    )
    jobs.forget_fetched(model_id)
    _installed(model, library, json_output)


@group.command("use")
@click.argument("model_id", metavar="ID")
def use(model_id: str, library: Path, json_output: bool) -> None:
    """Score with this model from now on."""
    from uniqa_desktop import scorers

    scorers.check(model_id)
    Models().use(model_id)
    if json_output:
        output.as_json({"model": model_id})
    else:
        click.echo(f"{model_id} is in use.")


@group.command("remove")
@click.argument("model_id", metavar="ID")
def remove(model_id: str, library: Path, json_output: bool) -> None:
    """Remove an installed model's files; its scores and features stay in the library."""
    if detector := weights.detector(model_id):
        detectors.remove(detector)
    else:
        Models().remove(model_id)
    chosen = settings.load().model
    if json_output:
        output.as_json({"removed": model_id, "model": chosen})
    else:
        click.echo(f"{model_id} is removed; {chosen} is in use.")


def _fetchable(spec: ModelSpec, json_output: bool) -> Hub:
    """Where the model can be fetched.

    Raises:
        WrongUse: nowhere; its steps are printed first.
    """
    if not spec.needs_file and spec not in weights.DETECTORS:
        raise WrongUse(f"{spec.title} is part of the program: there is nothing to fetch.")
    if spec.hub is None:
        if not json_output:
            _steps(spec.steps)
        raise WrongUse(
            f"{spec.title} cannot be fetched by a program: its makers hand it out at "
            f"{spec.source}, and `uniqa-desktop model install FILE --id {spec.id}` installs it."
        )
    return spec.hub


def _show_offer(spec: ModelSpec, size: int | None, sha256: str | None) -> None:
    """Says on stderr what would be fetched, before it is."""
    lines = {
        "model": spec.title,
        "source": spec.source,
        "size": f"{size / 1e6:.1f} MB" if size is not None else "not said",
        "sha256": sha256 or "the source publishes no hash: the file cannot be checked",
        "licence": f"{spec.licence.name}. {spec.licence.summary} {spec.licence.link}",
    }
    for name, said in lines.items():
        click.echo(f"{name}: {said}", err=True)


def _installed(model: Installed, library: Path, json_output: bool) -> None:
    """Drops the scores that other weights gave under the same id, and prints the model."""
    if library.exists():
        with Store.open(library) as store:
            store.scores.forget(model.card.id)
    _print(_row_of_installed(model, settings.load().model), json_output)


def _rows() -> list[dict[str, Any]]:
    """The table as JSON: the known models in their order, then those of the user's own."""
    chosen = settings.load().model
    installed = {model.card.id: model for model in Models().all()}
    rows = []
    for spec in weights.MODELS:
        model = installed.pop(spec.id, None)
        rows.append(_row_of_installed(model, chosen) if model else _row_of_spec(spec, chosen))
    rows += [_row_of_installed(model, chosen) for model in installed.values()]
    return rows + [_row_of_detector(spec) for spec in weights.DETECTORS]


def _is_detector(file: Path, model_id: str | None) -> bool:
    """Whether a file is to be installed as the face detector: by its id, or its published name."""
    if model_id is None:
        return any(file.name in spec.published for spec in weights.DETECTORS)
    return weights.detector(model_id) is not None


def _row_of_detector(spec: ModelSpec) -> dict[str, Any]:
    """A detector: it scores nothing and is used wherever it is installed."""
    place = detectors.installed(spec)
    row = {**_row_of_spec(spec, ""), "installed": place is not None, "in_use": place is not None}
    return {**row, "path": paths.display(place) if place else None}


def _row_of_spec(spec: ModelSpec, chosen: str) -> dict[str, Any]:
    """A known model without a file here: what its maker has published of it."""
    return {
        "id": spec.id,
        "title": spec.title,
        "architecture": spec.architecture,
        "scores": _names(spec.scores),
        "source": spec.source or None,
        "size": spec.size,
        "sha256": next(iter(spec.published.values()), None),
        "licence": spec.licence.name,
        "licence_link": spec.licence.link,
        "non_commercial": not spec.licence.commercial,
        "accepted": None,
        "crops": spec.crops,
        "prompts": spec.prompts,
        "adapter": None,
        "head": None,
        "installed": not spec.needs_file,
        "in_use": spec.id == chosen,
        "path": None,
        "steps": list(spec.steps),
    }


def _row_of_installed(model: Installed, chosen: str) -> dict[str, Any]:
    """An installed model: `size` and `sha256` are of the file that it came from."""
    card, spec = model.card, model.card.spec
    return {
        "id": card.id,
        "title": card.title,
        "architecture": card.architecture.name,
        "scores": _names(spec.scores if spec else frozenset(Output)),
        "source": spec.source if spec else card.source.name,
        "size": card.source.size,
        "sha256": card.source.sha256,
        "licence": card.licence,
        "licence_link": spec.licence.link if spec else None,
        "non_commercial": not spec.licence.commercial if spec else None,
        "accepted": card.accepted,
        "crops": card.crops,
        "prompts": card.prompts,
        "adapter": card.adapter.name if card.adapter else None,
        "head": card.head.name if card.head else None,
        "installed": True,
        "in_use": card.id == chosen,
        "path": paths.display(model.folder),
        "steps": [],
    }


def _names(scores: frozenset[Output]) -> list[str]:
    return [str(score) for score in Output if score in scores]


def _print(row: dict[str, Any], json_output: bool) -> None:
    if json_output:
        output.as_json(row)
        return
    output.tree({key: value for key, value in row.items() if key != "steps"})
    _steps(row["steps"])


def _steps(steps: Iterable[str]) -> None:
    for number, step in enumerate(steps, 1):
        click.echo(f"{number}. {step}")


def _progress(step: str, fraction: float) -> None:
    if sys.stderr.isatty():
        end = "\r\x1b[K" if fraction >= 1 else ""
        click.echo(f"\r\x1b[K{step} … {fraction:.0%}{end}", nl=False, err=True)
