"""What people think, as the library knows it: standing verdicts and how they were given, choices of
two, blind audits; and what was measured of the photos that they speak of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from uniqa_desktop.photo import Flag, Provenance
from uniqa_desktop.store.preferences import COUNTS
from uniqa_desktop.store.session import Session

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Given:
    """A standing verdict: flag and stars, and what could be seen when each was given."""

    photo: int
    flag: Flag
    flag_given: Provenance | None
    stars: int
    stars_given: Provenance | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice between two photos."""

    better: int
    worse: int
    given: Provenance


@dataclass(frozen=True, slots=True)
class StoredAudit:
    """A blind audit: the photos drawn with the scores of then, and the report once it is made."""

    id: int
    model: str
    at: datetime
    after: int
    drawn: tuple[tuple[int, float | None, float | None], ...]
    report: Mapping[str, Any] | None


_GIVEN = """
    SELECT p.id, p.flag, p.stars,
        (SELECT a.provenance FROM changes c JOIN acts a ON a.id = c.act AND a.state = 'done'
         WHERE c.photo = p.id AND c.flag_after <> c.flag_before ORDER BY c.act DESC LIMIT 1),
        (SELECT a.provenance FROM changes c JOIN acts a ON a.id = c.act AND a.state = 'done'
         WHERE c.photo = p.id AND c.stars_after <> c.stars_before ORDER BY c.act DESC LIMIT 1)
    FROM photos p WHERE p.flag <> 'none' OR p.stars > 0 ORDER BY p.id
"""

_CUES = """
    SELECT j.key, a.sharpness, a.brightness, a.contrast, a.colorfulness, a.noisiness, w.value,
        a.clipped_shadows, a.clipped_highlights, coalesce(s.aesthetics, s.quality)
    FROM json_each(?) j
    LEFT JOIN attributes a ON a.photo = j.value
    LEFT JOIN warmth w ON w.photo = j.value
    LEFT JOIN scores s ON s.photo = j.value AND s.model = ?
"""


class Opinions:
    """Verdicts, choices and audits, for learning a taste."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def given(self) -> list[Given]:
        """Every standing flag and stars, by photo, and what could be seen when they were given."""
        with self._session.reading() as db:
            rows = db.execute(_GIVEN).fetchall()
        return [
            Given(
                photo,
                Flag(flag),
                _provenance(flag_by) if flag != "none" else None,
                stars,
                _provenance(stars_by) if stars else None,
            )
            for photo, flag, stars, flag_by, stars_by in rows
        ]

    def choices(self) -> list[Chosen]:
        """Every choice that counts (`store.preferences` makes them), oldest first."""
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT t.better, t.worse, t.provenance FROM taste_choices t"
                f" WHERE {COUNTS} ORDER BY t.id"
            )
            return [Chosen(one, other, Provenance(given)) for one, other, given in rows]

    def groups(self, photos: Sequence[int]) -> dict[int, int]:
        """The group of each photo that is in one."""
        with self._session.reading() as db:
            return dict(
                db.execute(
                    "SELECT m.photo, m.number FROM json_each(?) j"
                    " JOIN members m ON m.photo = j.value",
                    (json.dumps(list(photos)),),
                ).fetchall()
            )

    def shoots(self, photos: Sequence[int]) -> dict[int, tuple[int, int | None]]:
        """Folder (by number) and day of each photo: what was taken together."""
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT j.value, f.folder, m.taken / 86400000000 FROM json_each(?) j"
                " JOIN files f ON f.photo = j.value AND f.is_primary"
                " LEFT JOIN meta m ON m.photo = j.value",
                (json.dumps(list(photos)),),
            ).fetchall()
        return {photo: (folder, day) for photo, folder, day in rows}

    def measures(self, photos: Sequence[int], model: str) -> np.ndarray:
        """Cues in the order of `taste.space.CUES` and then the generic score (aesthetics; quality
        of a model without), photos×9, NaN for what is not known."""
        import numpy as np

        found = np.full((len(photos), 9), np.nan)
        with self._session.reading() as db:
            for place, *values in db.execute(_CUES, (json.dumps(list(photos)), model)):
                found[place] = values
        return found

    def add_audit(
        self,
        profile: int,
        model: str,
        drawn: Sequence[tuple[int, float | None, float | None]],
    ) -> int:
        """Keeps the photos drawn for a blind audit with their taste and generic score of now."""
        with self._session.writing() as db:
            made = db.execute(
                "INSERT INTO taste_audits (profile, model, at, after, drawn)"
                " SELECT ?, ?, ?, coalesce(max(id), 0), ? FROM acts",
                (profile, model, _now(), json.dumps(list(drawn))),
            ).lastrowid
        assert made is not None
        return made

    def audits(self, profile: int) -> list[StoredAudit]:
        """The blind audits of a profile, newest first."""
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT id, model, at, after, drawn, report FROM taste_audits"
                " WHERE profile = ? ORDER BY id DESC",
                (profile,),
            ).fetchall()
        return [
            StoredAudit(
                number, model, datetime.fromisoformat(at), after,
                tuple((photo, taste, generic) for photo, taste, generic in json.loads(drawn)),
                None if report is None else json.loads(report),
            )
            for number, model, at, after, drawn, report in rows
        ]  # fmt: skip

    def verdicts_since(self, act: int, photos: Sequence[int]) -> list[Given]:
        """The standing verdicts on these photos that were given blind after an act."""
        fresh = f"""
            SELECT c.photo FROM changes c JOIN acts a ON a.id = c.act
            WHERE a.state = 'done' AND a.id > ? AND a.provenance = '{Provenance.BLIND}'
            AND c.photo IN (SELECT value FROM json_each(?))
        """
        with self._session.reading() as db:
            found = {photo for (photo,) in db.execute(fresh, (act, json.dumps(list(photos))))}
        return [
            one
            for one in self.given()
            if one.photo in found and {one.flag_given, one.stars_given} <= {None, Provenance.BLIND}
        ]

    def keep_report(self, audit: int, report: Mapping[str, Any]) -> None:
        """Keeps the report of an audit, for later comparison."""
        with self._session.writing() as db:
            db.execute(
                "UPDATE taste_audits SET report = ? WHERE id = ?",
                (json.dumps(report, sort_keys=True), audit),
            )


def _provenance(text: str | None) -> Provenance:
    """A verdict without history (a rebuilt library) was given in view of everything."""
    return Provenance(text) if text else Provenance.SCORE_VISIBLE


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
