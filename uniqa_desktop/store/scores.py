"""Scores, and what else one scoring pass learns of a photo."""

from __future__ import annotations

from collections.abc import Sequence

from uniqa_desktop.photo import ATTRIBUTE_NAMES, Scored, Scores
from uniqa_desktop.store import queries
from uniqa_desktop.store.session import Session

_SIGN = 1 << 63
_WORD = 1 << 64


class ScoreRows:
    """The scores of photos by model."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, batch: Sequence[Scored]) -> None:
        """Stores a batch in one transaction, and clears the failures of its photos.

        What was stored of a photo before is replaced; scores by other models stay. Photos that
        are not known any more (merged into their partner's meanwhile) are passed over.
        """
        if not batch:
            return
        with self._session.writing() as db:
            known = {
                number
                for (number,) in db.execute(
                    "SELECT id FROM photos WHERE id IN (SELECT value FROM json_each(?))",
                    (str([scored.photo for scored in batch]),),
                )
            }
            rows = [scored for scored in batch if scored.photo in known]
            db.executemany(_insert("meta", 18), map(_meta_row, rows))
            db.executemany(_insert("attributes", 18), map(_attributes_row, rows))
            db.executemany(_insert("scores", 6), map(_scores_row, rows))
            db.executemany(
                "UPDATE files SET content = ? WHERE photo = ? AND is_primary",
                ((scored.content, scored.photo) for scored in rows),
            )
            db.executemany(
                "DELETE FROM failures WHERE file IN"
                " (SELECT id FROM files WHERE photo = ? AND is_primary)",
                ((scored.photo,) for scored in rows),
            )

    def all_of(self, photo: int) -> list[Scores]:
        """The scores of a photo by all models, in the order of their names."""
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT model, quality, quality_raw, aesthetics, aesthetics_raw FROM scores"
                " WHERE photo = ? ORDER BY model",
                (photo,),
            ).fetchall()
        return [Scores(*row) for row in rows]


def _insert(table: str, columns: int) -> str:
    return f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * columns)})"


def _meta_row(scored: Scored) -> tuple:
    meta = scored.meta
    place = meta.place
    return (
        scored.photo,
        None if meta.taken is None else queries.microseconds(meta.taken),
        meta.has_subseconds,
        meta.offset_minutes,
        storable(meta.camera),
        storable(meta.lens),
        meta.focal_length,
        meta.aperture,
        meta.shutter,
        meta.iso,
        meta.bias,
        storable(meta.drive),
        place.latitude if place else None,
        place.longitude if place else None,
        meta.width,
        meta.height,
        meta.orientation,
        storable(meta.problem),
    )


def _attributes_row(scored: Scored) -> tuple:
    attributes = scored.attributes
    measures = [getattr(attributes, name) for name in ATTRIBUTE_NAMES]
    region = attributes.sharpest
    return (
        scored.photo,
        *(number for measure in measures for number in (measure.value, measure.raw)),
        attributes.clipped_shadows,
        attributes.clipped_highlights,
        region.left,
        region.top,
        region.width,
        region.height,
        # SQLite's integers are signed.
        scored.phash - _WORD if scored.phash & _SIGN else scored.phash,
    )


def _scores_row(scored: Scored) -> tuple:
    scores = scored.scores
    return (
        scored.photo,
        scores.model,
        scores.quality,
        scores.quality_raw,
        scores.aesthetics,
        scores.aesthetics_raw,
    )


def storable(text: str | None) -> str | None:
    """`text` without what SQLite refuses: lone surrogates, which only broken metadata brings."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
