"""Taste from the command line: learn it, ask about it, and what to rate next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output, taste_profiles
from uniqa_desktop.cli.arguments import FOLDER, real_file
from uniqa_desktop.cli.steps import drive, stop_on_interrupt
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Provenance
from uniqa_desktop.store import Store


@click.group("taste")
def group() -> None:
    """Learn what you like from your verdicts, and say honestly how well.

    Stars, flags, choices and keepers in bursts count; accepted suggestions never do.
    """


PROFILE = click.option("--profile", default=None, help="A taste by name (default: the one in use).")


@group.command("train")
@PROFILE
def train(profile: str | None, library: Path, json_output: bool) -> None:
    """Learn from all verdicts given so far, and score the photos by it."""
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs.taste import train_taste

    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    with Store.open(library) as store, stop_on_interrupt() as stop:
        report = drive(train_taste(store, scorer, profile, stop=stop))
    document = {
        "profile": report.profile,
        "model": report.model,
        "version": report.version,
        "new": report.new,
        "method": report.card["method"],
        "n": report.card["n"],
        "pairs": report.card["pairs"],
        "scored": report.scored,
        "moved": report.moved,
        "verdict": report.card["verdict"],
        "notes": report.card["notes"],
    }
    if json_output:
        output.as_json(document)
    else:
        click.echo(
            f"{report.profile} learned from {_counted(document['n'], 'rating')} and "
            f"{_counted(document['pairs'], 'choice')}; {_counted(report.scored, 'photo')} scored, "
            f"{report.moved} moved."
        )
        _tell(report.card)
    output.leave(output.INTERRUPTED if report.stopped else output.DONE)


@group.command("status")
@PROFILE
def status(profile: str | None, library: Path, json_output: bool) -> None:
    """Say what was learned, and how well it agrees with you on ratings that it did not see."""
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs import taste_card

    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    with Store.open(library) as store:
        document = taste_card.status(store, scorer, profile)
    if json_output:
        output.as_json(document)
        return
    version = f", version {document['version']}" if document["version"] else ""
    click.echo(f"{document['profile']} with {document['model']}{version}: n = {document['n']}.")
    _tell(document)
    if document["version"] and not document["up_to_date"]:
        click.echo("Verdicts came in since: `taste train` learns them.")


@group.command("reset")
@PROFILE
def reset(profile: str | None, library: Path, json_output: bool) -> None:
    """Forget all that was learned, in every version; your verdicts stay."""
    with Store.open(library) as store:
        chosen = store.tastes.profile(profile)
        versions, scores = store.tastes.reset(chosen)
    if json_output:
        output.as_json({"profile": chosen.name, "versions": versions, "scores": scores})
    else:
        click.echo(f"{chosen.name} forgot {versions} versions and {scores} scores.")


@group.command("suggest")
@click.option(
    "-n", "count", type=click.IntRange(min=1), default=20, show_default=True, help="How many."
)
@click.option("--pairs", is_flag=True, help="Pairs to choose from instead of photos to rate.")
@PROFILE
def suggest(count: int, pairs: bool, profile: str | None, library: Path, json_output: bool) -> None:
    """Print the photos whose rating would teach most, the most telling first."""
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs import taste

    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    rows: list[dict[str, Any]]
    with Store.open(library) as store:
        if pairs:
            found = taste.suggest_pairs(store, scorer, profile, count)
            names = _names(store, [photo for pair in found for photo in pair])
            rows = [{"one": names[one], "other": names[other]} for one, other in found]
        else:
            photos = taste.suggest(store, scorer, profile, count)
            names = _names(store, photos)
            rows = [{"path": names[photo]} for photo in photos]
    if json_output:
        output.as_json(rows)
        return
    for row in rows:
        click.echo("  ".join(row.values()))
    if not rows:
        click.echo("Every scored photo has a verdict already.", err=True)


@group.command("prefer")
@click.argument("better", type=FOLDER)
@click.argument("worse", type=FOLDER)
def prefer(better: Path, worse: Path, library: Path, json_output: bool) -> None:
    """Say that you like the photo BETTER more than WORSE; `undo` takes it back."""
    with Store.open(library) as store:
        first, second = _photo(store, better), _photo(store, worse)
        if first == second:
            raise WrongUse("Name two photos: a photo cannot be preferred to itself.")
        act = store.preferences.choose(first, second, Provenance.BLIND)
        chosen = store.preferences.of_acts([act])[act]
        document = output.preference_json(chosen, *store.photos.get([first, second]))
    if json_output:
        output.as_json({"act": act, **document})
    else:
        click.echo(f"{output.preference_text(document)}.")


@group.command("why")
@click.argument("file", type=FOLDER)
@PROFILE
def why(file: Path, profile: str | None, library: Path, json_output: bool) -> None:
    """Print what FILE's taste is made of: rated photos like it, and measured cues."""
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs.taste import explain_taste

    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    with Store.open(library) as store:
        found = explain_taste(store, scorer, _photo(store, file), profile)
        if found is None:
            raise WrongUse(
                f"The taste of {paths.display(file)} cannot be taken apart: the photo has no "
                "features yet, or too little was learned."
            )
        parts, learned_from = found
        witnesses = [learned_from[one.place] for one in (*parts.liked, *parts.disliked)]
        known = {one.id: one for one in store.photos.get(witnesses)}
    document = {
        "path": paths.display(file),
        "taste": round(parts.taste, 2),
        "generic": round(parts.generic, 2),
        "shown": round(parts.shown, 2),
        "cues": {name: round(points, 2) for name, points in parts.cues},
    }
    for side, ones in (("liked", parts.liked), ("disliked", parts.disliked)):
        document[side] = [
            {
                "path": paths.display(known[learned_from[one.place]].path),
                **output.verdict_json(known[learned_from[one.place]].verdict),
                "likeness": round(one.likeness, 3),
                "points": round(one.points, 2),
            }
            for one in ones
            if learned_from[one.place] in known
        ]
    if json_output:
        output.as_json(document)
    else:
        output.tree(document)


def _photo(store: Store, file: Path) -> int:
    photo = store.photos.by_path(real_file(file))
    if photo is None:
        raise WrongUse(f"{paths.display(file)} is not in the library: run `scan` first.")
    return photo


def _names(store: Store, photos: list[int]) -> dict[int, str]:
    return {one.id: paths.display(one.path) for one in store.photos.get(photos)}


def _tell(card: Any) -> None:
    """The honest part, in sentences."""
    held_out, generic = card["held_out"], card["generic"]
    if held_out is not None:
        click.echo(
            f"On {held_out['photos']} held-out ratings it puts pairs in your order with a share of "
            f"{output.interval(held_out['pairwise_accuracy'])}; the generic score, on the same "
            f"photos, {output.interval(generic['pairwise_accuracy'])}: {card['verdict']}."
        )
    if card["more"] is not None:
        more = _counted(card["more"]["ratings"], "more rating")
        click.echo(f"About {more} would change the order.")
    for note in card["notes"]:
        click.echo(note, err=True)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


for _command in taste_profiles.COMMANDS:
    group.add_command(_command)
