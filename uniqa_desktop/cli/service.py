"""The commands about the program itself: its health, its figures, its demo shoot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse

_NO_BENCHMARKS = ("kit", "method", "model", "parity")
"""Scripts among the benchmarks that are shared code, or a check of data that we do not ship."""


@click.command("demo")
@click.option(
    "--to", type=click.Path(path_type=Path), default=None, help="The folder to draw into."
)
def demo(to: Path | None, library: Path, json_output: bool) -> None:
    """Draw the demo shoot: 66 pictures with bursts, a bracket, a panorama and every flaw."""
    from uniqa_desktop import jobs

    folder = to or paths.demo_dir()
    with stop_on_interrupt() as stop:
        report = drive(jobs.draw_demo(folder, stop=stop))
    if json_output:
        output.as_json({"folder": paths.display(report.folder), "photos": report.photos})
    else:
        click.echo(f"{report.photos} photos in {paths.display(report.folder)}")
    output.leave(output.INTERRUPTED if report.stopped else output.DONE)


@click.command("doctor")
@click.option(
    "--rebuild", is_flag=True, help="Move a damaged library aside and save what it holds."
)
def doctor(rebuild: bool, library: Path, json_output: bool) -> None:
    """Report devices, codecs, weights and the health of the library."""
    from uniqa_desktop import doctor as examination
    from uniqa_desktop.store import rebuild as rebuild_library

    if rebuild:
        backup = rebuild_library(library)
        click.echo(f"The damaged library is kept as {paths.display(backup)}.", err=True)
    report = examination.examine(library)
    if json_output:
        output.as_json(report)
    else:
        output.tree(report)
    output.leave(output.SOME_FAILED if report["problems"] else output.DONE)


@click.command("bench")
@click.argument("names", nargs=-1)
@click.option("--images", type=click.Path(path_type=Path, exists=True), help="Real photos to use.")
def bench(names: tuple[str, ...], images: Path | None, library: Path, json_output: bool) -> None:
    """Measure the figures of the README on this machine (all, or those NAMES).

    The library is not touched: every figure is measured in a folder of its own.
    """
    if getattr(sys, "frozen", False):
        raise WrongUse(
            "The packaged program cannot run its benchmarks: use an installation by pip."
        )
    try:
        folder = paths.bundled("benchmarks")
    except FileNotFoundError as error:
        raise WrongUse("The benchmarks are not part of this installation.") from error
    scripts = {
        file.stem: file for file in sorted(folder.glob("*.py")) if file.stem not in _NO_BENCHMARKS
    }
    unknown = set(names) - set(scripts)
    if unknown:
        raise WrongUse(
            f"No such benchmark: {', '.join(sorted(unknown))}. There are {', '.join(scripts)}."
        )
    figures: dict[str, dict[str, Any]] = {}
    missed = False
    for name in names or scripts:
        click.echo(f"{name} …", err=True)
        words = [sys.executable, str(scripts[name]), "--json"]
        if images and "--images" in scripts[name].read_text(encoding="utf-8"):
            words += ["--images", str(images)]
        run = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
        try:
            figures[name] = json.loads(run.stdout)
        except ValueError:
            figures[name] = {"error": f"ended with exit {run.returncode} and no figures"}
        missed |= run.returncode != 0
        if not json_output:
            click.echo(f"{name}{'' if run.returncode == 0 else '  (a bound was missed)'}")
            output.tree(figures[name], "  ")
    if json_output:
        output.as_json(figures)
    output.leave(output.SOME_FAILED if missed else output.DONE)


COMMANDS: tuple[click.Command, ...] = (doctor, bench, demo)
