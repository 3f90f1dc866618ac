"""Sidecars as the library remembers them: which verdicts they state, and what they last said."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from uniqa_desktop import paths
from uniqa_desktop.photo import Verdict
from uniqa_desktop.store import places
from uniqa_desktop.store.session import Session

_BEHIND = """
    SELECT p.id
    FROM photos p
    JOIN files f ON f.photo = p.id AND f.is_primary AND f.present
    JOIN folders d ON d.id = f.folder
    LEFT JOIN in_step s ON s.photo = p.id
    WHERE CASE
        WHEN s.photo IS NULL THEN p.flag <> 'none' OR p.stars OR p.label <> 'none'
        ELSE s.flag <> p.flag OR s.stars <> p.stars OR s.label <> p.label OR s.naming <> ?
    END
"""


class Base(NamedTuple):
    """What a sidecar said when it was last in step: its SHA-256, and its fields as JSON."""

    digest: str
    fields: Mapping[str, Any]


class Sidecars:
    """What the library knows of the sidecars on the drive."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def behind(
        self, naming: str, folders: Sequence[Path] = (), among: Sequence[int] | None = None
    ) -> array[int]:
        """Present photos whose sidecars do not state their verdict under `naming`, by id.

        `among` limits to these photos.
        """
        where, parameters = places.below(folders, "d.path")
        parameters = (naming, *parameters)
        if among is not None:
            where = f"({where}) AND p.id IN (SELECT value FROM json_each(?))"
            parameters = (*parameters, json.dumps(list(among)))
        with self._session.reading() as db:
            rows = db.execute(f"{_BEHIND} AND ({where}) ORDER BY p.id", parameters)
            return array("q", chain.from_iterable(rows))

    def bases(self, photo: int) -> dict[Path, Base]:
        """What each sidecar of a photo said when it was last in step."""
        with self._session.reading() as db:
            return {
                Path(paths.from_text(path)): Base(digest, json.loads(fields))
                for path, digest, fields in db.execute(
                    "SELECT path, digest, fields FROM sidecars WHERE photo = ?", (photo,)
                )
            }

    def remember(
        self,
        photo: int,
        seen: Mapping[Path, Base],
        *,
        verdict: Verdict | None = None,
        naming: str = "",
    ) -> None:
        """Stores what sidecars of a photo say now.

        Args:
            photo: the photo.
            seen: its sidecars that were read or written.
            verdict: the verdict that all of them state; without it the photo stays behind.
            naming: with a verdict, how they are named.
        """
        with self._session.writing() as db:
            db.executemany(
                "INSERT OR REPLACE INTO sidecars (photo, path, digest, fields) VALUES (?, ?, ?, ?)",
                (
                    (photo, paths.to_text(str(path)), base.digest, json.dumps(dict(base.fields)))
                    for path, base in seen.items()
                ),
            )
            if verdict is not None:
                db.execute(
                    "INSERT OR REPLACE INTO in_step (photo, flag, stars, label, naming)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (photo, str(verdict.flag), verdict.stars, str(verdict.label), naming),
                )
