"""What was measured of bursts to choose among their frames, under a hash of their identities."""

from __future__ import annotations

import json
from collections.abc import Iterable

from uniqa_desktop.store.session import Session


class Choices:
    """The measured evidence of bursts, as JSON; what it means is `best.saving`'s business."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(self, keys: Iterable[str]) -> dict[str, str]:
        """The documents of those keys that have one."""
        with self._session.reading() as db:
            return dict(
                db.execute(
                    "SELECT c.key, c.document FROM json_each(?) j"
                    " JOIN choices c ON c.key = j.value",
                    (json.dumps(list(keys)),),
                ).fetchall()
            )

    def write(self, key: str, document: str) -> None:
        """Keeps a document; an earlier one of that key is replaced."""
        with self._session.writing() as db:
            db.execute("INSERT OR REPLACE INTO choices VALUES (?, ?)", (key, document))
