"""Features: what an encoder made of a photo, kept apart from scores (ADR 0004)."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from uniqa_desktop.store.session import Session

if TYPE_CHECKING:
    import numpy as np


class Features:
    """Feature vectors per photo, weights and crop policy, as 16-bit floats."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, rows: Iterable[tuple[int, str, str, np.ndarray]]) -> None:
        """Stores (photo, weights, policy, vector) in one transaction; old ones are replaced.

        A vector of more dimensions is stored flat: its shape belongs to the policy. Photos that
        are not known any more (merged into their partner's meanwhile) are passed over.
        """
        blobs = [
            (photo, weights, policy, vector.astype("<f2").tobytes())
            for photo, weights, policy, vector in rows
        ]
        if blobs:
            with self._session.writing() as db:
                db.executemany(
                    "INSERT OR REPLACE INTO features SELECT ?1, ?2, ?3, ?4"
                    " WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1)",
                    blobs,
                )

    def read(self, ids: Sequence[int], weights: str, policy: str) -> tuple[array[int], np.ndarray]:
        """Those of `ids` that have features, in the order asked for, and an N×D float16 array."""
        import numpy as np

        with self._session.reading() as db:
            rows = db.execute(
                "SELECT x.photo, x.vector FROM json_each(?) j CROSS JOIN features x"
                " ON x.photo = j.value AND x.weights = ? AND x.policy = ? ORDER BY j.key",
                (json.dumps(list(ids)), weights, policy),
            ).fetchall()
        found = array("q", (photo for photo, _ in rows))
        values = np.frombuffer(b"".join(vector for _, vector in rows), "<f2")
        return found, values.reshape(len(rows), -1) if rows else values.reshape(0, 0)
