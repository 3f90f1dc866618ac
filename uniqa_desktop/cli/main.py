"""The `uniqa-desktop` command: its group, its common options, and how errors become exits."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from uniqa_desktop import __version__, paths
from uniqa_desktop.cli import output
from uniqa_desktop.cli.commands import COMMANDS
from uniqa_desktop.errors import KnownError, LibraryDamaged


class _Group(click.Group):
    """Turns known errors into one sentence and exit 2; the commands keep the order given."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KnownError as error:
            sentence = str(error)
            if isinstance(error, LibraryDamaged):
                sentence += " The command for that is `uniqa-desktop doctor --rebuild`."
            if ctx.meta.get("json"):
                output.as_json({"error": sentence})
            click.echo(f"uniqa-desktop: {sentence}", err=True)
            output.leave(output.WRONG_USE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="uniqa-desktop")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens to stderr.")
def group(verbose: bool) -> None:
    """Score, sort and cull photos by technical quality, aesthetics and your own taste.

    Nothing leaves this machine and no original is ever written.
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR,
        stream=sys.stderr,
        format="%(levelname)s %(name)s: %(message)s",
    )


def _common(command: click.Command) -> click.Command:
    """Adds `--library` and `--json`, which every command has; a group's members have them."""
    if isinstance(command, click.Group):
        for member in command.commands.values():
            _common(member)
        return command

    def remember_json(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
        ctx.meta["json"] = value
        return value

    command.params += [
        click.Option(
            ["--library"],
            type=click.Path(dir_okay=False, path_type=Path),
            default=paths.library_file,
            help="The library file to use instead of your own.",
        ),
        click.Option(
            ["--json", "json_output"],
            is_flag=True,
            is_eager=True,
            callback=remember_json,
            help="Print one JSON document on stdout.",
        ),
    ]
    return command


for _command in COMMANDS:
    group.add_command(_common(_command))


def main(run: Callable[..., Any] = group) -> None:
    """Entry point of the command line."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    run(prog_name="uniqa-desktop")
