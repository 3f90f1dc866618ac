"""Verdicts: the user's decisions, each an act that can be undone and redone, across restarts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from uniqa_desktop.photo import Act, Flag, Label, Provenance, Verdict, VerdictChange
from uniqa_desktop.store import places
from uniqa_desktop.store.session import Session


class Verdicts:
    """The verdicts of the library and their history."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def give(
        self,
        ids: Sequence[int],
        *,
        flag: Flag | None = None,
        stars: int | None = None,
        label: Label | None = None,
        provenance: Provenance,
    ) -> int:
        """Sets what is given (the rest stays) on all of `ids`, as one act that `undo` takes back.

        Returns how many photos differ from before; with none there is no act. What was undone
        before a new act cannot be redone any more, but stays in the history.

        Raises:
            ValueError: stars outside 0–5.
        """
        if stars is not None and not 0 <= stars <= 5:
            raise ValueError(f"stars are 0 to 5, not {stars}")
        with self._session.writing() as db:
            given = {
                name: value
                for name, value in (("flag", flag), ("stars", stars), ("label", label))
                if value is not None
            }
            changed = []
            for photo, before in _verdicts(db, ids):
                after = replace(before, **given)
                if after != before:
                    changed.append((photo, before, after))
            _act(db, changed, provenance)
        return len(changed)

    def put(self, wanted: Mapping[int, Verdict], provenance: Provenance) -> int:
        """Gives each photo its own verdict, all as one act; otherwise as `give`."""
        with self._session.writing() as db:
            changed = [
                (photo, before, wanted[photo])
                for photo, before in _verdicts(db, list(wanted))
                if before != wanted[photo]
            ]
            _act(db, changed, provenance)
        return len(changed)

    def undo(self) -> list[VerdictChange]:
        """Takes the last act back and returns its changes; nothing if there is none, or if it was
        no verdict (`groups.next_undo` and `preferences.next_undo` tell)."""
        with self._session.writing() as db:
            changes = _turn(db, "SELECT max(id) FROM acts WHERE state = 'done'", "undone")
            _set(db, [(change.photo, change.before) for change in changes])
        return changes

    def redo(self) -> list[VerdictChange]:
        """Does what was undone last again and returns its changes; nothing if there is none, or if
        it was no verdict (`groups.next_redo` and `preferences.next_redo` tell)."""
        with self._session.writing() as db:
            changes = _turn(db, "SELECT min(id) FROM acts WHERE state = 'undone'", "done")
            _set(db, [(change.photo, change.after) for change in changes])
        return changes

    def history(self, photo: int) -> list[VerdictChange]:
        """All that was ever decided on a photo, newest first."""
        with self._session.reading() as db:
            return _changes(db, "c.photo = ? ORDER BY c.act DESC", photo)

    def acts(
        self,
        limit: int = 200,
        before: int | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> list[Act]:
        """The newest verdicts and preferences, undone and dropped ones among them.

        Args:
            limit: at most so many; negative for all.
            before: only those older than this act, to continue a list.
            since: only those from this moment on (with time zone).
            until: only those before this moment.
        """
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT a.id, a.at, a.provenance, a.state, count(c.photo),"
                " coalesce(min(c.photo), 0) FROM acts a LEFT JOIN changes c ON c.act = a.id"
                " WHERE (c.act IS NOT NULL OR a.id IN (SELECT act FROM taste_choices))"
                " AND a.id < ? AND a.at >= ? AND a.at < ?"
                " GROUP BY a.id ORDER BY a.id DESC LIMIT ?",
                (
                    before if before is not None else 2**62,
                    _moment(since) if since else "",
                    _moment(until) if until else "~",
                    limit,
                ),
            ).fetchall()
        return [
            Act(number, datetime.fromisoformat(at), Provenance(provenance), state, count, first)
            for number, at, provenance, state, count, first in rows
        ]

    def changes(self, act: int) -> list[VerdictChange]:
        """What an act changed, by photo."""
        with self._session.reading() as db:
            return _changes(db, "c.act = ? ORDER BY c.photo", act)

    def firsts(self, acts: Sequence[Act]) -> dict[int, VerdictChange]:
        """One change of each of these acts, by the act's number: enough to tell what it did."""
        pairs = json.dumps([[act.id, act.first] for act in acts])
        among = (
            "(c.act, c.photo) IN"
            " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))"
        )
        with self._session.reading() as db:
            return {change.act: change for change in _changes(db, among, pairs)}

    def count(self, folders: Sequence[Path] = ()) -> tuple[int, int]:
        """How many verdicts stand or stood, and how many of them changed an earlier one."""
        where, parameters = places.below(folders, "d.path")
        with self._session.reading() as db:
            row = db.execute(
                "SELECT count(*), coalesce(sum(c.flag_before <> 'none' OR c.stars_before > 0"
                " OR c.label_before <> 'none'), 0)"
                " FROM changes c JOIN acts a ON a.id = c.act AND a.state = 'done'"
                " JOIN files f ON f.photo = c.photo AND f.is_primary"
                f" JOIN folders d ON d.id = f.folder WHERE {where}",
                parameters,
            ).fetchone()
        return row[0], row[1]


def _verdicts(db: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, Verdict]]:
    rows = db.execute(
        "SELECT id, flag, stars, label FROM photos WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return [(photo, _verdict(*row)) for photo, *row in rows]


def begin_act(db: sqlite3.Connection, provenance: str) -> int:
    """A new act, which ends the line of what could be redone."""
    db.execute("UPDATE acts SET state = 'dropped' WHERE state = 'undone'")
    act = db.execute(
        "INSERT INTO acts (at, provenance, state) VALUES (?, ?, 'done')",
        (_moment(datetime.now(UTC)), provenance),
    ).lastrowid
    assert act is not None
    return act


def _act(
    db: sqlite3.Connection,
    changed: Sequence[tuple[int, Verdict, Verdict]],
    provenance: Provenance,
) -> None:
    """Stores changes (photo, before, after) as one act, if there are any."""
    if not changed:
        return
    act = begin_act(db, str(provenance))
    db.executemany(
        "INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((act, photo, *_row(before), *_row(after)) for photo, before, after in changed),
    )
    _set(db, ((photo, after) for photo, _, after in changed))


def _turn(db: sqlite3.Connection, which: str, state: str) -> list[VerdictChange]:
    """Gives the act that the query `which` finds another state; its changes as they are then."""
    (act,) = db.execute(which).fetchone()
    if act is None:
        return []
    db.execute("UPDATE acts SET state = ? WHERE id = ?", (state, act))
    return _changes(db, "c.act = ? ORDER BY c.photo", act)


def _set(db: sqlite3.Connection, verdicts: Iterable[tuple[int, Verdict]]) -> None:
    db.executemany(
        "UPDATE photos SET flag = ?, stars = ?, label = ? WHERE id = ?",
        ((*_row(verdict), photo) for photo, verdict in verdicts),
    )


def _moment(at: datetime) -> str:
    """A moment as the library keeps it: texts of one length, so that they are in order of time."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _changes(db: sqlite3.Connection, where: str, value: int | str) -> list[VerdictChange]:
    rows = db.execute(
        "SELECT c.act, c.photo, a.at, c.flag_before, c.stars_before, c.label_before,"
        " c.flag_after, c.stars_after, c.label_after, a.provenance, a.state"
        f" FROM changes c JOIN acts a ON a.id = c.act WHERE {where}",
        (value,),
    )
    return [
        VerdictChange(
            act=act,
            photo=photo,
            at=datetime.fromisoformat(at),
            before=_verdict(*before_and_after[:3]),
            after=_verdict(*before_and_after[3:]),
            provenance=Provenance(provenance),
            undone=state != "done",
        )
        for act, photo, at, *before_and_after, provenance, state in rows
    ]


def _verdict(flag: str, stars: int, label: str) -> Verdict:
    return Verdict(Flag(flag), stars, Label(label))


def _row(verdict: Verdict) -> tuple[str, int, str]:
    return str(verdict.flag), verdict.stars, str(verdict.label)
