"""Scores, and what else one scoring pass learns of a photo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from uniqa_desktop.photo import ATTRIBUTE_NAMES, Scored, Scores
from uniqa_desktop.query import Sort
from uniqa_desktop.spread import Spread
from uniqa_desktop.standing import Standing
from uniqa_desktop.store import places, queries
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
            shifts = dict(db.execute("SELECT camera, shift FROM clocks"))
            db.executemany(_insert("meta", 20), (_meta_row(row, shifts) for row in rows))
            db.executemany(_insert("attributes", 18), map(_attributes_row, rows))
            db.executemany(
                _insert("scores", 6), ((row.photo, *_scores_row(row.scores)) for row in rows)
            )
            db.executemany(
                "INSERT OR REPLACE INTO warmth VALUES (?, ?)",
                ((row.photo, row.warmth) for row in rows if row.warmth is not None),
            )
            db.executemany(
                "UPDATE files SET content = ? WHERE photo = ? AND is_primary",
                ((scored.content, scored.photo) for scored in rows),
            )
            db.executemany(
                "DELETE FROM failures WHERE file IN"
                " (SELECT id FROM files WHERE photo = ? AND is_primary)",
                ((scored.photo,) for scored in rows),
            )

    def write_again(self, batch: Sequence[tuple[int, Scores]]) -> None:
        """Stores new scores of photos that were measured before, in one transaction.

        Photos whose measures are not there (any more) are passed over: they are to be opened.
        """
        if not batch:
            return
        with self._session.writing() as db:
            db.executemany(
                "INSERT OR REPLACE INTO scores SELECT ?1, ?2, ?3, ?4, ?5, ?6"
                " WHERE EXISTS (SELECT 1 FROM attributes WHERE photo = ?1)",
                ((photo, *_scores_row(scores)) for photo, scores in batch),
            )

    def forget(self, model: str, folders: Sequence[Path] = ()) -> int:
        """Drops a model's scores of the photos at or below `folders` (of all without any).

        Returns:
            How many photos lost theirs; features and all other measures stay.
        """
        below, places_ = places.below(folders)
        with self._session.writing() as db:
            return db.execute(
                "DELETE FROM scores WHERE model = ? AND photo IN (SELECT photo FROM files"
                f" WHERE is_primary AND folder IN (SELECT id FROM folders WHERE {below}))",
                (model, *places_),
            ).rowcount

    def standing(self, model: str, folders: Sequence[Path] = ()) -> Standing:
        """How the scores by `model` are spread over the present photos at or below `folders`."""
        with self._session.reading() as db:
            rows = db.execute(*queries.values_sql(model, folders)).fetchall()
        columns = tuple(zip(*rows, strict=True)) or ((), ())
        return Standing(
            *(sorted(value for value in column if value is not None) for column in columns)
        )

    def spreads(
        self, numbers: Iterable[Sort], model: str, folders: Sequence[Path] = ()
    ) -> dict[Sort, Spread]:
        """How these `query.NUMBERS` are spread over the present photos at or below `folders`;
        without those that no photo can have."""
        found: dict[Sort, Spread] = {}
        with self._session.reading() as db:
            for number in numbers:
                asked = queries.spread_sql(number, model, folders)
                if asked is not None:
                    found[number] = Spread.of_cells(db.execute(*asked))
        return found

    def numbers(
        self, of: Sort, model: str, folders: Sequence[Path] = ()
    ) -> list[tuple[int, float | None]]:
        """The present photos at or below `folders` by id, each with one of `query.NUMBERS`."""
        with self._session.reading() as db:
            return db.execute(*queries.numbers_sql(of, model, folders)).fetchall()

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


def _meta_row(scored: Scored, shifts: Mapping[str, int]) -> tuple:
    """`shifts` is what is added to the times of cameras whose clocks were off."""
    meta = scored.meta
    place, camera = meta.place, storable(meta.camera)
    taken = None if meta.taken is None else queries.microseconds(meta.taken)
    return (
        scored.photo,
        None if taken is None else taken + shifts.get(camera or "", 0),
        meta.has_subseconds,
        meta.offset_minutes,
        camera,
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
        storable(meta.burst),
        meta.sequence,
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


def _scores_row(scores: Scores) -> tuple:
    return (
        scores.model,
        scores.quality,
        scores.quality_raw,
        scores.aesthetics,
        scores.aesthetics_raw,
    )


def storable(text: str | None) -> str | None:
    """`text` without what SQLite refuses: lone surrogates, which only broken metadata brings."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
