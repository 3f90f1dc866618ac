"""How far pictures overlap, as far as that was measured."""

from __future__ import annotations

from collections.abc import Iterable

from uniqa_desktop.store.session import Session


class Overlaps:
    """How far pairs of pictures overlap, by their contents: measured once, true for ever."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[tuple[bytes, bytes], tuple[float, float, float]]:
        """Right, down and match (see `bursts.closer.Overlap`) by the two identities."""
        with self._session.reading() as db:
            rows = db.execute('SELECT one, other, "right", down, match FROM overlaps')
            return {(one, other): tuple(seen) for one, other, *seen in rows}

    def write(self, rows: Iterable[tuple[bytes, bytes, float, float, float]]) -> None:
        """Stores (one, other, right, down, match) in one transaction."""
        with self._session.writing() as db:
            db.executemany("INSERT OR REPLACE INTO overlaps VALUES (?, ?, ?, ?, ?)", rows)
