"""Several tastes from the command line: make, use, copy, go back, carry to other machines; and the
blind audit of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from uniqa_desktop import paths, settings
from uniqa_desktop.cli import output
from uniqa_desktop.cli.arguments import FOLDER, real_folders
from uniqa_desktop.store import Store
from uniqa_desktop.store.tastes import Profile


@click.command("profiles")
def profiles(library: Path, json_output: bool) -> None:
    """List the tastes, with their versions."""
    with Store.open(library) as store:
        rows = [_profile_json(store, one) for one in store.tastes.profiles()]
    if json_output:
        output.as_json(rows)
        return
    for row in rows:
        click.echo(f"{'*' if row['in_use'] else ' '} {row['name']}")
        for version in row["versions"]:
            mark = "→" if version["current"] else " "
            click.echo(
                f"   {mark} {version['version']}  {version['at'][:16]}  {version['model']}  "
                f"{version['method']}, n = {version['n']}"
            )


@click.command("new")
@click.argument("name")
@click.option("--on", multiple=True, type=FOLDER, help="Only for photos at or below this folder.")
def new(name: str, on: tuple[Path, ...], library: Path, json_output: bool) -> None:
    """Make a taste called NAME; it learns from the verdicts in its folders."""
    folders = real_folders(on)
    with Store.open(library) as store:
        made = store.tastes.create(name)
        for folder in folders:
            store.tastes.set_folder(made, folder, True)
        _say(store, made.name, "is there now", json_output)


@click.command("use")
@click.argument("name")
def use(name: str, library: Path, json_output: bool) -> None:
    """Show the scores of NAME from now on."""
    with Store.open(library) as store:
        _say(store, store.tastes.use(name).name, "is in use", json_output)


@click.command("rename")
@click.argument("name")
@click.argument("new_name")
def rename(name: str, new_name: str, library: Path, json_output: bool) -> None:
    """Call the taste NAME otherwise."""
    with Store.open(library) as store:
        _say(store, store.tastes.rename(name, new_name).name, "is its name now", json_output)


@click.command("copy")
@click.argument("name")
@click.argument("new_name")
def copy(name: str, new_name: str, library: Path, json_output: bool) -> None:
    """Make a taste NEW_NAME with all that NAME has learned."""
    with Store.open(library) as store:
        _say(store, store.tastes.copy(name, new_name).name, "is there now", json_output)


@click.command("remove")
@click.argument("name")
def remove(name: str, library: Path, json_output: bool) -> None:
    """Drop the taste NAME with all that it learned; your verdicts stay."""
    with Store.open(library) as store:
        gone = store.tastes.profile(name).name
        store.tastes.remove(name)
    if json_output:
        output.as_json({"removed": gone})
    else:
        click.echo(f"{gone} is gone.")


@click.command("folders")
@click.argument("name")
@click.option("--on", multiple=True, type=FOLDER, help="It counts at and below this folder.")
@click.option("--off", multiple=True, type=FOLDER, help="It does not count there.")
@click.option("--clear", multiple=True, type=FOLDER, help="Forget what was said of this folder.")
def folders(
    name: str,
    on: tuple[Path, ...],
    off: tuple[Path, ...],
    clear: tuple[Path, ...],
    library: Path,
    json_output: bool,
) -> None:
    """Say where the taste NAME counts: what it learns from, and which photos it scores.

    Without --on it counts everywhere but below --off. `taste train` applies it.
    """
    wanted = [(folder, True) for folder in real_folders(on)]
    wanted += [(folder, False) for folder in real_folders(off)]
    with Store.open(library) as store:
        profile = store.tastes.profile(name)
        for folder, counts in wanted:
            store.tastes.set_folder(profile, folder, counts)
        for folder in clear:
            store.tastes.set_folder(profile, folder.absolute(), None)
        _say(store, profile.name, "is set", json_output)


@click.command("rollback")
@click.argument("version", type=click.IntRange(min=1))
@click.option("--profile", default=None, help="A taste by name (default: the one in use).")
def rollback(version: int, profile: str | None, library: Path, json_output: bool) -> None:
    """Go back to VERSION (see `taste profiles`), and score by it; later versions are kept."""
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs.taste import roll_back

    with Store.open(library) as store:
        found = store.tastes.profile(profile)
        wanted = store.tastes.version(found, version)
        scorer = scorers.load(wanted.model, settings.load().device)
        scored, moved = roll_back(store, scorer, found.name, version)
    document = {
        "profile": found.name, "version": version, "model": wanted.model, "scored": scored,
        "moved": moved,
    }  # fmt: skip
    if json_output:
        output.as_json(document)
    else:
        click.echo(f"{found.name} is at version {version} again; {moved} photos moved.")


@click.command("export")
@click.argument("name")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="FILE.safetensors (with its card beside it), or FILE.pth for the authors' code.",
)
def export(name: str, to: Path, library: Path, json_output: bool) -> None:
    """Write the taste NAME into a file; neither photos nor their names go with it."""
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs.taste_export import write_out

    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    with Store.open(library) as store:
        profile = store.tastes.profile(name)
        version, files = write_out(store, scorer, profile.name, to)
    written = [paths.display(path) for path in files]
    if json_output:
        output.as_json({"profile": profile.name, "version": version, "files": written})
    else:
        click.echo("\n".join(written))


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", default=None, help="What to call it (default: as its card says).")
def import_(file: Path, name: str | None, library: Path, json_output: bool) -> None:
    """Take up a taste from FILE as a new one, and score by it.

    FILE is a .safetensors with its .json card, or an adapter as UniQA's authors save it.
    """
    from uniqa_desktop import scorers
    from uniqa_desktop.jobs.taste_import import take_up

    chosen = settings.load()
    scorer = scorers.load(chosen.model, chosen.device)
    with Store.open(library) as store:
        profile, scored = take_up(store, scorer, file, name)
    if json_output:
        output.as_json({"profile": profile, "model": scorer.model, "scored": scored})
    else:
        click.echo(f"{profile} is there now; {scored} photos scored by it.")


@click.command("audit")
@click.option("-n", "count", type=click.IntRange(min=1), default=None, help="Photos (50).")
@click.option("--anew", is_flag=True, help="Draw a new audit, though one was not finished.")
@click.option("--report", is_flag=True, help="Report on the last audit instead of drawing one.")
@click.option("--number", type=int, default=None, help="Report on this audit.")
@click.option("--list", "listed", is_flag=True, help="List the audits and their reports.")
@click.option("--profile", default=None, help="A taste by name (default: the one in use).")
def audit(
    count: int | None,
    anew: bool,
    report: bool,
    number: int | None,
    listed: bool,
    profile: str | None,
    library: Path,
    json_output: bool,
) -> None:
    """Draw photos to judge blind (pick or reject, or stars), then say with --report which keepers
    the scores would have dropped and which rejects they would have found.

    An audit without a report goes on: its photos that are left are printed again.
    """
    from uniqa_desktop.jobs import taste_audit
    from uniqa_desktop.taste.audit import SIZE

    document: Any
    with Store.open(library) as store:
        if listed:
            audits = store.opinions.audits(store.tastes.profile(profile).id)
            document = [
                {
                    "audit": one.id,
                    "began": one.at.isoformat(),
                    "photos": len(one.drawn),
                    "report": one.report,
                }
                for one in audits
            ]
        elif report or number is not None:
            document = taste_audit.report_audit(store, profile, number)
            dropped = {
                photo
                for side in ("taste", "generic")
                if document[side]
                for photo in document[side]["dropped"]
            }
            names = {one.id: paths.display(one.path) for one in store.photos.get(sorted(dropped))}
            for side in ("taste", "generic"):
                if document[side]:
                    known = document[side]["dropped"]
                    document[side]["dropped"] = [names[one] for one in known if one in names]
        else:
            model = settings.load().model
            before = None if anew else taste_audit.unfinished(store, model, profile)
            if before is not None:
                made, drawn, judged = before.audit, before.left, before.judged
                click.echo(
                    f"Audit {made} goes on, {judged} photos are judged and {len(drawn)} left: "
                    "--report ends it, --anew draws another one.",
                    err=True,
                )
            else:
                made, drawn = taste_audit.begin_audit(store, model, profile, count or SIZE)
                judged = 0
            photos = [paths.display(one.path) for one in store.photos.get(drawn)]
            document = {"audit": made, "judged": judged, "photos": photos}
    if json_output:
        output.as_json(document)
    elif listed:
        for row in document:
            said = "reported" if row["report"] else "open"
            click.echo(f"{row['audit']}  {row['began'][:16]}  {row['photos']} photos, {said}")
    else:
        output.tree(document)


def _say(store: Store, name: str, what: str, json_output: bool) -> None:
    row = _profile_json(store, store.tastes.profile(name))
    if json_output:
        output.as_json(row)
    else:
        click.echo(f"{row['name']} {what}.")


def _profile_json(store: Store, profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "in_use": profile.in_use,
        "on": [paths.display(folder) for folder in profile.on],
        "off": [paths.display(folder) for folder in profile.off],
        "versions": [
            {
                "version": one.number,
                "at": one.at.isoformat(),
                "model": one.model,
                "method": one.method,
                "n": one.card.get("n", 0),
                "verdict": one.card.get("verdict"),
                "current": one.current,
            }
            for one in store.tastes.versions(profile)
        ],
    }


COMMANDS: tuple[click.Command, ...] = (
    profiles,
    new,
    use,
    rename,
    copy,
    remove,
    folders,
    rollback,
    export,
    import_,
    audit,
)
