"""The scores that tastes give, a batch for each learning: the newest whole one counts.

A learned taste changes every score of a library. They are written in transactions of a few
milliseconds with a longer rest after each, because a verdict waits for whoever writes; so long as
they come in, readers see those from before, and what a killed process left is never shown.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from itertools import islice

from uniqa_desktop.store.session import Session

IN_USE = """(
    SELECT b.id FROM taste_batches b JOIN taste_profiles u ON u.id = b.profile
    WHERE u.in_use AND b.current AND b.model = ?
)"""
"""The batch that counts of the taste in use with a model."""

_CURRENT = "(SELECT id FROM taste_batches WHERE current AND profile = ? AND model = ?)"
_AT_ONCE = 500
"""Rows a transaction: about 2 ms."""
_REST = 2.0
"""After each as many times as long as it took, nothing is written."""


def write(session: Session, profile: int, model: str, scores: Iterable[tuple[int, float]]) -> int:
    """Replaces all scores of a profile with a model; how many there are now.

    Whoever begins later wins, should two processes do this at the same time.
    """
    with session.writing() as db:
        batch = db.execute(
            "INSERT INTO taste_batches (profile, model, current) VALUES (?, ?, 0)", (profile, model)
        ).lastrowid
    assert batch is not None
    count = 0
    rest = iter(scores)
    for _ in _paces():
        part = list(islice(rest, _AT_ONCE))
        if not part:
            break
        with session.writing() as db:
            count += _insert(db, batch, part)
    with session.writing() as db:
        db.execute(
            "UPDATE taste_batches SET current = (id = ?1) WHERE profile = ?2 AND model = ?3"
            " AND EXISTS (SELECT 1 FROM taste_batches WHERE id = ?1)",
            (batch, profile, model),
        )
    _drop_before(session, profile, model, batch)
    return count


def read(db: sqlite3.Connection, profile: int, model: str) -> dict[int, float]:
    """The scores of a profile with a model by photo, 0–100."""
    return dict(
        db.execute(
            f"SELECT photo, value FROM taste_scores WHERE batch = {_CURRENT}", (profile, model)
        ).fetchall()
    )


def copy(db: sqlite3.Connection, source: int, target: int) -> None:
    """Gives a profile without scores those of another one."""
    batches = db.execute(
        "SELECT id, model FROM taste_batches WHERE profile = ? AND current", (source,)
    ).fetchall()
    for batch, model in batches:
        made = db.execute(
            "INSERT INTO taste_batches (profile, model, current) VALUES (?, ?, 1)", (target, model)
        ).lastrowid
        db.execute(
            "INSERT INTO taste_scores SELECT ?, photo, value FROM taste_scores WHERE batch = ?",
            (made, batch),
        )


def forget(db: sqlite3.Connection, profile: int) -> int:
    """Drops all scores of a profile; how many counted."""
    count = db.execute(
        "SELECT count(*) FROM taste_scores WHERE batch IN"
        " (SELECT id FROM taste_batches WHERE profile = ? AND current)",
        (profile,),
    ).fetchone()[0]
    db.execute("DELETE FROM taste_batches WHERE profile = ?", (profile,))
    return count


def _insert(db: sqlite3.Connection, batch: int, rows: list[tuple[int, float]]) -> int:
    """Adds rows to a batch, if another process has not dropped it meanwhile."""
    return db.executemany(
        "INSERT INTO taste_scores SELECT ?1, ?2, ?3"
        " WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?2)"
        " AND EXISTS (SELECT 1 FROM taste_batches WHERE id = ?1)",
        ((batch, photo, value) for photo, value in rows),
    ).rowcount


def _drop_before(session: Session, profile: int, model: str, batch: int) -> None:
    """Drops older batches: the one that counted until now, and what killed processes left."""
    with session.reading() as db:
        older = [
            number
            for (number,) in db.execute(
                "SELECT id FROM taste_batches WHERE profile = ? AND model = ? AND id < ?",
                (profile, model, batch),
            )
        ]
    for number in older:
        for _ in _paces():
            with session.writing() as db:
                gone = db.execute(
                    "DELETE FROM taste_scores WHERE batch = ?1 AND photo IN"
                    " (SELECT photo FROM taste_scores WHERE batch = ?1 LIMIT ?2)",
                    (number, _AT_ONCE),
                ).rowcount
                if not gone:
                    db.execute("DELETE FROM taste_batches WHERE id = ?", (number,))
            if not gone:
                break


def _paces() -> Iterator[None]:
    """Steps with a rest after each, in proportion to what it took."""
    while True:
        began = time.perf_counter()
        yield
        time.sleep(_REST * (time.perf_counter() - began))
