"""Verdicts out into sidecars, and in from them."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from uniqa_desktop.errors import DiskFull
from uniqa_desktop.jobs.pace import Pace
from uniqa_desktop.photo import Photo, Progress, Provenance, Verdict
from uniqa_desktop.query import Query
from uniqa_desktop.store import Store
from uniqa_desktop.store.sidecars import Base
from uniqa_desktop.xmp import fields, sidecar
from uniqa_desktop.xmp.fields import Fields
from uniqa_desktop.xmp.naming import Folders, Naming, sidecars
from uniqa_desktop.xmp.packet import SidecarError
from uniqa_desktop.xmp.sidecar import Action, Plan, Seen

_ROWS_AT_ONCE = 200


class Choice(StrEnum):
    """Whose verdict counts where a sidecar and the library were both changed."""

    ASK = "ask"
    MINE = "mine"
    THEIRS = "theirs"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class SidecarReport:
    """What became of sidecars, one plan each; those with nothing to do are only counted.

    `verdicts` is how many photos got another verdict; `failed` are sidecars that could not be
    written or read, with the reason, and `conflicts` those that the user has to decide.
    """

    plans: tuple[Plan, ...]
    unchanged: int
    verdicts: int = 0
    stopped: bool = False

    @property
    def failed(self) -> list[Plan]:
        return [plan for plan in self.plans if plan.action is Action.KEEP_BACK]

    @property
    def conflicts(self) -> list[Plan]:
        return [plan for plan in self.plans if plan.action is Action.CONFLICT]


def write_sidecars(
    store: Store,
    naming: Naming,
    folders: Sequence[Path] = (),
    *,
    among: Sequence[int] | None = None,
    choice: Choice = Choice.ASK,
    dry_run: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, SidecarReport]:
    """Brings the sidecars of all photos whose verdict changed up to date, or of those `among` ids.

    A photo without a verdict gets no sidecar. With `dry_run` nothing is written, in the library
    neither, and the plans say what would be.

    Yields:
        Progress in photos, with the ids whose verdict was taken from a sidecar.

    Raises:
        DiskFull, LibraryError: what was written before stays.
    """
    stop = stop or threading.Event()
    behind = store.sidecars.behind(str(naming), folders, among)
    pace = Pace("sidecars", total=len(behind))
    beside = Folders()
    plans: list[Plan] = []
    unchanged = verdicts = 0
    yield pace.step()
    for photo in photos_of(store, behind):
        if stop.is_set():
            break
        taken = _theirs(store, photo, naming, choice) if not dry_run else None
        if taken is not None:
            verdicts += store.verdicts.put({photo.id: taken}, Provenance.SIDECAR)
            (photo,) = store.photos.get([photo.id])
        done = _bring_up_to_date(store, photo, naming, beside, choice, dry_run=dry_run)
        plans += [plan for plan in done if plan.action is not Action.NOTHING]
        unchanged += sum(plan.action is Action.NOTHING for plan in done)
        pace.add(changed=() if taken is None else (photo.id,))
        if pace.due:
            yield pace.step()
    if not dry_run:
        for left in beside.remains():
            with suppress(OSError):
                left.unlink()
    yield pace.step()
    return SidecarReport(tuple(plans), unchanged, verdicts, stop.is_set())


def read_sidecars(
    store: Store,
    folders: Sequence[Path] = (),
    *,
    choice: Choice = Choice.ASK,
    dry_run: bool = False,
    stop: threading.Event | None = None,
) -> Generator[Progress, None, SidecarReport]:
    """Takes over the verdicts that sidecars state, whoever wrote them, as one act.

    Where the library's verdict was changed, too, `choice` decides; until then the plan says
    `CONFLICT`. A plan's `theirs` is what the sidecar states.

    Yields:
        Progress in photos.

    Raises:
        DiskFull, LibraryError: nothing was taken over.
    """
    stop = stop or threading.Event()
    ids = store.photos.ids(Query(model="", folders=tuple(folders), include_failed=True))
    pace = Pace("sidecars", total=len(ids))
    beside = Folders()
    plans: list[Plan] = []
    wanted: dict[int, Verdict] = {}
    seen: dict[int, dict[Path, Base]] = {}
    unchanged = 0
    for photo in photos_of(store, ids):
        if stop.is_set():
            return SidecarReport(tuple(plans), unchanged, 0, stopped=True)
        present = beside.present([photo.path, *photo.companions])
        for plan, found in readings(store, photo, present, choice):
            if plan.action is Action.NOTHING:
                unchanged += 1
            else:
                plans.append(plan)
            if plan.action is Action.CHANGE and plan.theirs is not None:
                wanted[photo.id] = plan.theirs.on(wanted.get(photo.id, photo.verdict))
            if found is not None and plan.action is not Action.CONFLICT:
                seen.setdefault(photo.id, {})[plan.path] = base_of(found)
        pace.add()
        if pace.due:
            yield pace.step()
    changed = 0
    if not dry_run:
        changed = store.verdicts.put(wanted, Provenance.SIDECAR)
        for number, bases in seen.items():
            store.sidecars.remember(number, bases)
        pace.add(0, changed=tuple(wanted))
    yield pace.step()
    return SidecarReport(tuple(plans), unchanged, changed)


def photos_of(store: Store, ids: Sequence[int]) -> Iterator[Photo]:
    """Photos by id, read in blocks."""
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        yield from store.photos.get(ids[start : start + _ROWS_AT_ONCE])


def write_ours(store: Store, photo: Photo, naming: Naming, beside: Folders) -> list[Plan]:
    """Writes the library's verdict over what anybody else has put into a photo's sidecars."""
    return _bring_up_to_date(store, photo, naming, beside, Choice.MINE, dry_run=False)


def _bring_up_to_date(
    store: Store,
    photo: Photo,
    naming: Naming,
    beside: Folders,
    choice: Choice,
    *,
    dry_run: bool,
) -> list[Plan]:
    """Plans and writes the sidecars of one photo, and remembers what they say."""
    files = [photo.path, *photo.companions]
    bases = store.sidecars.bases(photo.id)
    ours = choice is not Choice.ASK
    plans = []
    seen: dict[Path, Base] = {}
    in_step = True
    for path in sidecars(files, naming):
        rivals = beside.rivals(path, files)
        plan = sidecar.plan(path, photo.verdict, _fields(bases, path), ours=ours)
        if rivals and plan.action in (Action.CREATE, Action.CHANGE):
            why = (
                f"It would speak for {rivals[0].name} as well: choose darktable's names for "
                "sidecars, which hold the whole file name."
            )
            plan = Plan(path, Action.KEEP_BACK, plan.before, plan.after, why=why)
        if plan.action in (Action.CREATE, Action.CHANGE) and not dry_run:
            plan = _carried_out(plan, seen)
        elif plan.action is Action.NOTHING and plan.digest is not None:
            seen[path] = Base(plan.digest, plan.before.to_json())
        in_step &= plan.action not in (Action.KEEP_BACK, Action.CONFLICT)
        plans.append(plan)
    if not dry_run:
        store.sidecars.remember(
            photo.id, seen, verdict=photo.verdict if in_step else None, naming=str(naming)
        )
    return plans


def _carried_out(plan: Plan, seen: dict[Path, Base]) -> Plan:
    """The plan, or why it could not be carried out."""
    try:
        found = sidecar.carry_out(plan)
    except DiskFull:
        raise
    except SidecarError as error:
        return Plan(plan.path, Action.KEEP_BACK, plan.before, plan.after, why=str(error))
    except OSError as error:
        why = f"It cannot be written: {error.strerror or error}."
        return Plan(plan.path, Action.KEEP_BACK, plan.before, plan.after, why=why)
    seen[plan.path] = base_of(found)
    return plan


def _theirs(store: Store, photo: Photo, naming: Naming, choice: Choice) -> Verdict | None:
    """The verdict to take over before writing, where somebody else's counts."""
    if choice in (Choice.ASK, Choice.MINE):
        return None
    present = [path for path in sidecars([photo.path, *photo.companions], naming) if path.exists()]
    verdict = photo.verdict
    for plan, _ in readings(store, photo, present, choice):
        if plan.action is Action.CHANGE and plan.theirs is not None:
            verdict = plan.theirs.on(verdict)
    return None if verdict == photo.verdict else verdict


def readings(
    store: Store, photo: Photo, present: Sequence[Path], choice: Choice
) -> Iterator[tuple[Plan, Seen | None]]:
    """What each sidecar of a photo states that the library does not, the newest last."""
    if not present:
        return
    bases = store.sidecars.bases(photo.id)
    for path in sorted(present, key=changed_at):
        base = _fields(bases, path)
        known = Seen(path, base, bases[path].digest) if base is not None else None
        try:
            found = sidecar.look(path, known)
        except SidecarError as error:
            yield Plan(path, Action.KEEP_BACK, why=str(error)), None
            continue
        theirs = fields.said(found.fields, base)
        action = Action.CHANGE
        if found.fields == (base or Fields()) or theirs.on(photo.verdict) == photo.verdict:
            action = Action.NOTHING
        elif _changed_here(photo, base):
            action = _decided(store, photo, path, choice)
        yield Plan(path, action, base or Fields(), found.fields, theirs), found


def _changed_here(photo: Photo, base: Fields | None) -> bool:
    """Whether the library's verdict is another one than the sidecar had when in step."""
    if base is None:
        return photo.verdict != Verdict()
    return fields.stated(photo.verdict, base) != base


def _decided(store: Store, photo: Photo, path: Path, choice: Choice) -> Action:
    if choice is Choice.ASK:
        return Action.CONFLICT
    if choice is Choice.NEWEST:
        history = store.verdicts.history(photo.id)
        ours = history[0].at if history else datetime.min.replace(tzinfo=UTC)
        theirs = datetime.fromtimestamp(changed_at(path), UTC)
        return Action.CHANGE if theirs > ours else Action.NOTHING
    return Action.CHANGE if choice is Choice.THEIRS else Action.NOTHING


def changed_at(path: Path) -> float:
    """When a file was changed, in seconds since 1970; 0 where that is not known."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def base_of(seen: Seen) -> Base:
    """What is remembered of a sidecar that was read or written."""
    return Base(seen.digest or "", seen.fields.to_json())


def _fields(bases: Mapping[Path, Base], path: Path) -> Fields | None:
    base = bases.get(path)
    return None if base is None else Fields.from_json(base.fields)
