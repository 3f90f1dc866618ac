"""Preferences of one photo to another: the choices that taste learns from, each an act.

They stand in the same line as verdicts, so that one undo takes back whichever came last. What
counts is asked whenever choices are read; nothing is put back when an act is undone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uniqa_desktop.photo import Provenance
from uniqa_desktop.store.session import Session
from uniqa_desktop.store.verdicts import begin_act

COUNTS = """
    t.withdraws IS NULL
    AND (t.act IS NULL OR (SELECT state FROM acts WHERE id = t.act) = 'done')
    AND NOT EXISTS (SELECT 1 FROM taste_choices w JOIN acts a ON a.id = w.act
        WHERE w.withdraws = t.id AND a.state = 'done')
"""
"""Whether a row `t` of `taste_choices` is a choice that counts: made, not undone, not withdrawn."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What one act said of two photos: `better` is preferred to `worse`; `withdrawn`: no longer.

    `undone` acts can be redone until another one is made; `stands` is whether the one photo is
    preferred to the other now, whichever act said so last.
    """

    act: int
    at: datetime
    better: int
    worse: int
    given: Provenance
    withdrawn: bool
    undone: bool
    stands: bool


class Preferences:
    """The choices of the library and the acts that made them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def choose(self, better: int, worse: int, provenance: Provenance) -> int:
        """Remembers that one photo is preferred to another, as one act that `verdicts.undo` takes
        back; the act's number.

        Raises:
            ValueError: it is one photo.
        """
        if better == worse:
            raise ValueError("a photo cannot be preferred to itself")
        with self._session.writing() as db:
            return _insert(db, [(better, worse, None)], provenance)

    def put(self, better: int, worse: int, stands: bool, provenance: Provenance) -> bool:
        """Lets a preference stand or not, as an earlier act had it, by one new act; whether that
        changed anything."""
        with self._session.writing() as db:
            rows = _counting(db, better, worse)
            changes = stands != bool(rows)
            if changes:
                _insert(db, [(better, worse, row) for row in rows or (None,)], provenance)
        return changes

    def of_acts(self, acts: Sequence[int]) -> dict[int, Preference]:
        """The preferences that these acts gave or withdrew, by act; verdicts are left out."""
        return {
            each.act: each
            for each in self._read(
                "t.act IN (SELECT value FROM json_each(?))", json.dumps(list(acts))
            )
        }

    def of_photo(self, photo: int) -> list[Preference]:
        """All that was ever chosen between a photo and another one, newest first."""
        return self._read("? IN (t.better, t.worse)", photo)[::-1]

    def next_undo(self) -> Preference | None:
        """The preference that `verdicts.undo` would take back now; `None` if it is another act."""
        return self._turning("SELECT max(id) FROM acts WHERE state = 'done'")

    def next_redo(self) -> Preference | None:
        """The preference that `verdicts.redo` would do again now; `None` if it is another act."""
        return self._turning("SELECT min(id) FROM acts WHERE state = 'undone'")

    def _turning(self, which: str) -> Preference | None:
        return next(iter(self._read(f"t.act = ({which})")), None)

    def _read(self, where: str, *values: object) -> list[Preference]:
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT a.id, a.at, c.better, c.worse, c.provenance, c.withdraws IS NOT NULL,"
                " a.state <> 'done', EXISTS (SELECT 1 FROM taste_choices t"
                f" WHERE t.better = c.better AND t.worse = c.worse AND {COUNTS})"
                " FROM (SELECT t.act, t.better, t.worse, t.provenance, t.withdraws"
                f" FROM taste_choices t WHERE {where} GROUP BY t.act) c"
                " JOIN acts a ON a.id = c.act ORDER BY a.id",
                values,
            ).fetchall()
        return [
            Preference(
                act, datetime.fromisoformat(at), better, worse, Provenance(given),
                bool(withdrawn), bool(undone), bool(stands),
            )
            for act, at, better, worse, given, withdrawn, undone, stands in rows
        ]  # fmt: skip


def _counting(db: sqlite3.Connection, better: int, worse: int) -> list[int]:
    """The rows that count of choices between two photos for the first."""
    rows = db.execute(
        f"SELECT t.id FROM taste_choices t WHERE t.better = ? AND t.worse = ? AND {COUNTS}",
        (better, worse),
    )
    return [number for (number,) in rows]


def _insert(
    db: sqlite3.Connection,
    rows: Sequence[tuple[int, int, int | None]],
    provenance: Provenance,
) -> int:
    """Stores choices, or withdrawals of earlier ones (better, worse, row), as one act."""
    act = begin_act(db, str(provenance))
    db.executemany(
        "INSERT INTO taste_choices (better, worse, provenance, at, act, withdraws)"
        " SELECT ?, ?, provenance, at, id, ? FROM acts WHERE id = ?",
        ((better, worse, withdraws, act) for better, worse, withdraws in rows),
    )
    return act
