"""Groups from the command line: find them, put them right, correct a camera's clock."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.bursts import why
from uniqa_desktop.bursts.corrections import Correction
from uniqa_desktop.bursts.group import Group
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Photo
from uniqa_desktop.store import Store, Thumbs

if TYPE_CHECKING:
    from uniqa_desktop.jobs.best import Proposal

_MICRO = 1_000_000


class _Bursts(click.Group):
    """`bursts` alone finds groups, in the folder that may follow; its other words correct them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not any(word in ("-h", "--help") for word in args[:1]) and not (
            args and args[0] in self.commands
        ):
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group("bursts", cls=_Bursts)
def group() -> None:
    """Find photos that belong together; `bursts FOLDER` is short for `bursts find FOLDER`.

    Bursts, exposure brackets, focus stacks, panoramas, near-duplicates and exact duplicates.
    """


@group.command("find")
@click.argument("folder", required=False, type=FOLDER)
@click.option(
    "--strictness",
    type=click.FloatRange(0, 100),
    default=None,
    help="0 puts much together, 100 little (default: as in the settings, 50).",
)
@click.option("--no-best", is_flag=True, help="Do not open photos to propose the best of a burst.")
def find(
    folder: Path | None,
    strictness: float | None,
    no_best: bool,
    library: Path,
    json_output: bool,
) -> None:
    """Group the scored photos of FOLDER (or of the whole library), and print the groups.

    In bursts and among near-duplicates the best frame is proposed, with reasons: each frame is
    opened once for that, at full size.
    """
    from uniqa_desktop import jobs, scorers

    chosen = settings.load()
    folders = real_folders([folder] if folder else [])
    with Store.open(library) as store, Thumbs(paths.thumbs_file()) as thumbs:
        with stop_on_interrupt() as stop:
            report = drive(
                jobs.bursts(
                    store,
                    thumbs,
                    scorers.load(chosen.model, chosen.device),
                    folders,
                    strictness=chosen.usable_strictness if strictness is None else strictness,
                    stop=stop,
                )
            )
            if not no_best and not stop.is_set():
                drive(jobs.find_best(store, report.groups.values(), stop=stop))
        rows = groups_json(store, report.groups, report.coarse, chosen.model)
        known = store.photos.total(folders)
    if json_output:
        output.as_json(rows)
    else:
        _print(rows)
    for sentence in _remarks(report, known, chosen.model):
        click.echo(sentence, err=True)
    if report.stopped:
        output.leave(output.INTERRUPTED)
    output.leave(output.DONE if report.photos else output.WRONG_USE)


def groups_json(
    store: Store,
    groups: Mapping[int, Group],
    coarse: Sequence[str] = (),
    model: str | None = None,
) -> list[dict[str, Any]]:
    """Groups as `bursts` prints them, by number, with what was proposed for them by `model`."""
    from uniqa_desktop import jobs

    ids = [photo for each in groups.values() for photo in each.members]
    photos = {photo.id: photo for photo in store.photos.get(ids)}
    proposed = jobs.proposals(store, groups.values(), model)
    return [
        _row(
            number,
            each,
            [photos[photo] for photo in each.members],
            coarse,
            proposed.get(each.members),
        )
        for number, each in groups.items()
    ]


def _row(
    number: int,
    each: Group,
    photos: Sequence[Photo],
    coarse: Sequence[str],
    proposal: Proposal | None,
) -> dict[str, Any]:
    by_id = {photo.id: paths.display(photo.path) for photo in photos}
    best = proposal.best if proposal else None
    names = [photo.path.name for photo in photos]
    return {
        "id": number,
        "kind": str(each.kind),
        "members": list(by_id.values()),
        "best": None if best is None else by_id[best],
        "reasons": [str(reason) for reason in proposal.reasons(names)] if proposal else [],
        "choice": choice_json(proposal, photos) if proposal else None,
        "cover": by_id[each.cover],
        "confidence": each.confidence,
        "evidence": why.reasons(each, [photo.meta for photo in photos], coarse),
    }


def choice_json(proposal: Proposal, photos: Sequence[Photo]) -> dict[str, Any]:
    """What stands behind a proposal; regions are x, y, width, height in pixels of each frame."""
    choice = proposal.choice
    return {
        "decided": choice.decided,
        "confidence": round(choice.confidence, 4),
        "margin": round(choice.margin, 3),
        "order": [paths.display(photos[at].path) for at in choice.order],
        "tied": [paths.display(photos[at].path) for at in choice.tied],
        "regions": [
            [box.x, box.y, box.width, box.height] if box else None for box in choice.regions
        ],
        "weights": {cue: round(share, 3) for cue, share in choice.shares.items()},
        "absent": dict(proposal.evidence.absent),
    }


def _print(rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        sure = round(100 * row["confidence"])
        said = "; ".join(row["evidence"])
        click.echo(f"{row['kind']} {row['id']} ({sure} % sure): {said}")
        for member in row["members"]:
            mark = "★" if member == row["best"] else "▸" if member == row["cover"] else " "
            click.echo(f"  {mark} {member}")
        if row["reasons"]:
            click.echo(f"    {' '.join(row['reasons'])}")
    frames = sum(len(row["members"]) for row in rows)
    click.echo(f"{len(rows)} groups with {frames} photos.")


def _remarks(report: Any, known: int, model: str) -> list[str]:
    """What the figures rest on, where something is lacking; nothing is guessed instead."""
    found = []
    if not known:
        found.append("There are no photos of this in the library: run `score` first.")
    elif report.unscored:
        found.append(f"{report.unscored} photos are not scored yet and were not compared.")
    if report.photos and report.featureless == report.photos:
        found.append(f"No features by {model}: likeness is judged by perceptual hash alone.")
    elif report.featureless:
        found.append(f"{report.featureless} photos have no features by {model}.")
    if report.untimed:
        found.append(f"{report.untimed} photos have no capture time that can be trusted.")
    for camera in report.coarse:
        found.append(f"{camera} writes no sub-seconds: its bursts are told by likeness.")
    if report.unseen:
        found.append(
            f"{report.unseen} thumbnails are missing: panoramas and focus stacks among those "
            "photos were not looked for (`score --again` makes them)."
        )
    return found


@group.command("split")
@click.argument("files", nargs=-1, required=True, type=FOLDER)
def split(files: Sequence[Path], library: Path, json_output: bool) -> None:
    """Take FILES out of their groups: together as a group of their own, one file alone."""
    with Store.open(library) as store:
        ids = _ids(store, files)
        _tell(store, ids, store.groups.split(ids), json_output)


@group.command("merge")
@click.argument("files", nargs=-1, required=True, type=FOLDER)
def merge(files: Sequence[Path], library: Path, json_output: bool) -> None:
    """Make one group of FILES and of everything that is in a group with one of them."""
    with Store.open(library) as store:
        ids = _ids(store, files)
        if len(ids) < 2:
            raise WrongUse("Name two files at least to put together.")
        _tell(store, ids, store.groups.merge(ids), json_output)


@group.command("cover")
@click.argument("file", type=FOLDER)
def cover(file: Path, library: Path, json_output: bool) -> None:
    """Let FILE stand for its group where the group is folded."""
    with Store.open(library) as store:
        ids = _ids(store, [file])
        if store.groups.of(ids[0]) is None:
            raise WrongUse(f"{paths.display(file)} is in no group.")
        _tell(store, ids, store.groups.choose_cover(ids[0]), json_output)


@group.command("clock")
@click.option("--camera", metavar="NAME", help="The camera as `show` names it.")
@click.option(
    "--shift",
    type=float,
    metavar="SECONDS",
    help="Added to its times (negative: its clock was ahead); 0 takes its own times again.",
)
def clock(camera: str | None, shift: float | None, library: Path, json_output: bool) -> None:
    """Say how far a camera's clock was off, or list what was said."""
    with Store.open(library) as store:
        if (camera is None) != (shift is None):
            raise WrongUse("Give both --camera NAME and --shift SECONDS, or neither to list.")
        moved = 0
        if camera is not None and shift is not None:
            known = store.clocks.cameras()
            if camera not in known:
                raise WrongUse(
                    f"No photo is by a camera named {camera!r}. There are: "
                    f"{', '.join(known) or 'none'}."
                )
            if not abs(shift) <= _FARTHEST:
                raise WrongUse(f"A clock can be shifted by {_FARTHEST} seconds at most.")
            moved = store.clocks.set(camera, round(shift * _MICRO))
        clocks = {name: value / _MICRO for name, value in store.clocks.all().items()}
    if json_output:
        output.as_json({"changed": moved, "clocks": clocks})
        return
    if camera is not None:
        click.echo(f"{moved} photos have another time now.")
    for name, seconds in clocks.items():
        click.echo(f"{name}: {seconds:+g} s")
    if not clocks:
        click.echo("Every camera's times are its own.")


_FARTHEST = 100 * 366 * 86_400
"""Seconds in a hundred years: clocks that were never set begin in 1970 or 1980."""


def _ids(store: Store, files: Sequence[Path]) -> list[int]:
    found = []
    for file in files:
        photo = store.photos.by_path(Path(os.path.realpath(file.parent)) / file.name)
        if photo is None:
            raise WrongUse(
                f"{paths.display(file)} is not in the library: run `scan` on its folder first."
            )
        found.append(photo)
    return list(dict.fromkeys(found))


def _tell(store: Store, ids: Sequence[int], changed: bool, json_output: bool) -> None:
    """The groups as they are now that the photos are in."""
    now: dict[int, Group] = {}
    for photo in ids:
        found = store.groups.of(photo)
        if found is not None:
            now[found[0]] = found[1]
    rows = groups_json(store, now)
    if json_output:
        output.as_json({"changed": changed, "groups": rows})
    elif not changed:
        click.echo("Nothing changed: it was so already.")
    else:
        _print(rows)


def correction_json(store: Store, correction: Correction) -> dict[str, Any]:
    """A correction as `undo` and `redo` print it."""
    photos = store.photos.get(correction.photos)
    return {
        "correction": str(correction.action),
        "paths": [paths.display(photo.path) for photo in photos],
    }
