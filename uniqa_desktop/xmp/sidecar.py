"""One sidecar file: what it says, what would be written, and writing it without any risk.

seen = sidecar.look(path)                     # what is there now
plan = sidecar.plan(path, verdict, base)      # what would be written, or why not
written = sidecar.carry_out(plan)             # temporary file, fsync, replace, read back
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from uniqa_desktop import atomic
from uniqa_desktop.photo import Verdict
from uniqa_desktop.xmp import fields, naming
from uniqa_desktop.xmp.fields import Fields, Said
from uniqa_desktop.xmp.packet import Packet, SidecarError, canonical

_SILENT = Fields()


class Action(StrEnum):
    """What is to be done about a sidecar."""

    CREATE = "create"
    CHANGE = "change"
    NOTHING = "nothing"
    CONFLICT = "conflict"
    """Somebody else has changed the verdict in it: the user decides."""
    KEEP_BACK = "keep back"
    """It cannot or must not be written; `why` says it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A sidecar as it is on the drive. `digest` is its SHA-256, `None` if there is no file."""

    path: Path
    fields: Fields = _SILENT
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written into one sidecar.

    Attributes:
        path: the sidecar.
        action: what is to be done.
        before: what it says now.
        after: what it will say.
        theirs: with a conflict, the verdict that somebody else put there.
        why: with `KEEP_BACK`, the reason in one sentence.
        digest: of the file that the plan was made for.
    """

    path: Path
    action: Action
    before: Fields = _SILENT
    after: Fields = _SILENT
    theirs: Said | None = None
    why: str = ""
    digest: str | None = None

    @property
    def differences(self) -> list[tuple[str, object, object]]:
        """Property, value now, value afterwards, for those that differ."""
        old, new = self.before.to_json(), self.after.to_json()
        return [
            (name, old.get(name), new.get(name))
            for name in dict.fromkeys([*old, *new])
            if old.get(name) != new.get(name)
        ]


def look(path: Path, known: Seen | None = None) -> Seen:
    """Reads a sidecar; one that does not exist says nothing.

    `known` is how it was once: with the same bytes it need not be taken apart again.

    Raises:
        SidecarError: it cannot be read.
    """
    data = _bytes(path)
    if data is None:
        return Seen(path)
    if known is not None and known.digest == _digest(data):
        return known
    return Seen(path, fields.read(Packet(data)), _digest(data))


def plan(path: Path, verdict: Verdict, base: Fields | None = None, *, ours: bool = False) -> Plan:
    """What has to be written so that the sidecar states `verdict`.

    Args:
        path: the sidecar.
        verdict: the photo's verdict.
        base: what the sidecar said when it was last in step, `None` if it never was.
        ours: our verdict wins over what somebody else has put there.
    """
    try:
        seen = look(path)
    except SidecarError as error:
        return Plan(path, Action.KEEP_BACK, why=str(error))
    after = fields.stated(verdict, seen.fields)
    if after == seen.fields:
        return Plan(path, Action.NOTHING, seen.fields, after, digest=seen.digest)
    theirs = fields.said(seen.fields, base)
    changed = seen.digest is not None and seen.fields != (base or _SILENT)
    if changed and not ours and theirs.on(verdict) != verdict:
        return Plan(path, Action.CONFLICT, seen.fields, after, theirs, digest=seen.digest)
    why = _why_not(path)
    if why:
        return Plan(path, Action.KEEP_BACK, seen.fields, after, why=why, digest=seen.digest)
    action = Action.CREATE if seen.digest is None else Action.CHANGE
    return Plan(path, action, seen.fields, after, digest=seen.digest)


def carry_out(plan: Plan) -> Seen:
    """Writes what a plan to create or change says, and reads it back.

    Raises:
        SidecarError: the file has changed since the plan was made, or what is read back is not
            what was written.
        DiskFull: no room; the file is as it was.
        OSError: the drive; the file is as it was.
    """
    if plan.action not in (Action.CREATE, Action.CHANGE):
        raise ValueError(f"nothing to write: {plan.action}")
    data = _bytes(plan.path)
    if (None if data is None else _digest(data)) != plan.digest:
        raise SidecarError(f"{plan.path.name} was changed by another program just now.")
    packet = Packet(data)
    fields.write(packet, plan.after)
    wanted = packet.to_bytes()
    atomic.write_bytes(plan.path, wanted)
    found = _bytes(plan.path)
    if found is None or (found != wanted and canonical(found) != canonical(wanted)):
        raise SidecarError(f"{plan.path.name} does not hold what was written: check the drive.")
    return Seen(plan.path, fields.read(Packet(found)), _digest(found))


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SidecarError(f"The sidecar cannot be read ({error.strerror or error}).") from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _why_not(path: Path) -> str:
    """Why nothing may be written at `path`, or an empty text."""
    if naming.is_on_card(path):
        return "It lies on a camera's card: copy the photos to a drive first."
    if not path.parent.is_dir():
        return f"The folder {path.parent} is gone."
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return f"There is no right to write in {path.parent}."
    return ""
