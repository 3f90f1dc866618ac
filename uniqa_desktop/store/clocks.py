"""How far cameras' clocks were off, as the user has said."""

from __future__ import annotations

from uniqa_desktop.store.session import Session


class Clocks:
    """Corrections of clocks, by camera. `meta.taken` holds corrected times, so that grouping,
    days and orders all follow."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[str, int]:
        """Microseconds that are added to a camera's own times, where any are."""
        with self._session.reading() as db:
            return dict(db.execute("SELECT camera, shift FROM clocks ORDER BY camera"))

    def set(self, camera: str, shift: int) -> int:
        """Corrects a camera's clock by `shift` microseconds in all; 0 takes its own times again.

        Returns how many photos have another time than before.
        """
        with self._session.writing() as db:
            row = db.execute("SELECT shift FROM clocks WHERE camera = ?", (camera,)).fetchone()
            change = shift - (row[0] if row else 0)
            db.execute("DELETE FROM clocks WHERE camera = ?", (camera,))
            if shift:
                db.execute("INSERT INTO clocks (camera, shift) VALUES (?, ?)", (camera, shift))
            if not change:
                return 0
            return db.execute(
                "UPDATE meta SET taken = taken + ? WHERE camera = ? AND taken IS NOT NULL",
                (change, camera),
            ).rowcount

    def cameras(self) -> list[str]:
        """All cameras in the library, by name."""
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT camera FROM meta WHERE camera IS NOT NULL ORDER BY 1"
            )
            return [camera for (camera,) in rows]
