"""The `train` group: one command a step of the training toolkit."""

from __future__ import annotations

import click

from uniqa_desktop.cli.train.adapter import adapter
from uniqa_desktop.cli.train.attributes import attributes, mos
from uniqa_desktop.cli.train.contrastive import contrastive
from uniqa_desktop.cli.train.known_pairs import known_pairs
from uniqa_desktop.cli.train.mini import mini
from uniqa_desktop.cli.train.texts import describe, purify, unite

COMMANDS: tuple[click.Command, ...] = (
    describe,
    purify,
    unite,
    known_pairs,
    contrastive,
    attributes,
    mos,
    adapter,
    mini,
)
"""Every step, in the order of the method."""


@click.group("train")
def group() -> None:
    """Make, tune and judge models: the toolkit behind the bundled one.

    Each step leaves a folder with its weights and a record of data, settings and figures, and goes
    on where it stopped with --resume.
    """


for _command in COMMANDS:
    group.add_command(_command)
