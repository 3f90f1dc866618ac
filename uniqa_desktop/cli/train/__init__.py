"""The `train` group: one command a step of the training toolkit."""

from __future__ import annotations

import click

COMMANDS: tuple[click.Command, ...] = ()
"""Every step, in the order of the method."""


@click.group("train")
def group() -> None:
    """Make, tune and judge models: the toolkit behind the bundled one.

    Each step leaves a folder with its weights and a record of data, settings and figures, and goes
    on where it stopped with --resume.
    """


for _command in COMMANDS:
    group.add_command(_command)
