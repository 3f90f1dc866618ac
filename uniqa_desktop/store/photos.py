"""Photos as lists want them: ids in order, and blocks of rows."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from pathlib import Path

from uniqa_desktop import paths
from uniqa_desktop.bursts.corrections import fold
from uniqa_desktop.photo import (
    Attributes,
    Flag,
    Label,
    Measure,
    Meta,
    Photo,
    Place,
    Region,
    Scores,
    State,
    Verdict,
)
from uniqa_desktop.query import Query
from uniqa_desktop.store import groups, places, queries
from uniqa_desktop.store.session import Session
from uniqa_desktop.store.taste_scores import IN_USE

_META = """
    m.photo, m.taken, m.has_subseconds, m.offset_minutes, m.camera, m.lens, m.focal_length,
    m.aperture, m.shutter, m.iso, m.bias, m.drive, m.latitude, m.longitude, m.width, m.height,
    m.orientation, m.burst, m.sequence, m.problem
"""
_ATTRIBUTES = """
    a.sharpness, a.sharpness_raw, a.brightness, a.brightness_raw, a.contrast, a.contrast_raw,
    a.colorfulness, a.colorfulness_raw, a.noisiness, a.noisiness_raw, a.clipped_shadows,
    a.clipped_highlights, a.sharpest_left, a.sharpest_top, a.sharpest_width, a.sharpest_height
"""
_SCORES = "s.model, s.quality, s.quality_raw, s.aesthetics, s.aesthetics_raw"

_ROWS = f"""
    SELECT p.id, d.path, f.name, f.identity, f.present, p.flag, p.stars, p.label, x.error,
        {_META}, {_ATTRIBUTES}, {_SCORES}, t.value
    FROM json_each(?) j
    CROSS JOIN photos p ON p.id = j.value
    CROSS JOIN files f ON f.photo = p.id AND f.is_primary
    JOIN folders d ON d.id = f.folder
    LEFT JOIN meta m ON m.photo = p.id
    LEFT JOIN attributes a ON a.photo = p.id
    LEFT JOIN scores s ON s.photo = p.id AND s.model = ?
    LEFT JOIN taste_scores t ON t.photo = s.photo AND t.batch = {IN_USE}
    LEFT JOIN failures x ON x.file = f.id
"""
_COMPANIONS = """
    SELECT f.photo, d.path, f.name
    FROM json_each(?) j
    CROSS JOIN files f INDEXED BY files_photo ON f.photo = j.value
    JOIN folders d ON d.id = f.folder
    JOIN files main ON main.photo = f.photo AND main.is_primary
    WHERE NOT f.is_primary AND f.present = main.present
    ORDER BY f.id
"""

_FLAGS = {str(flag): flag for flag in Flag}
_LABELS = {str(label): label for label in Label}
_UNDECIDED = Verdict()
_NO_META = Meta()


@dataclass(frozen=True, slots=True)
class Listing:
    """Photos in order (type code `q`) and, if they are grouped by day, the days in that order,
    each with its number of photos; `None` is the day of those without a date."""

    ids: array[int]
    days: tuple[tuple[date | None, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """What the filter menus offer: each value with the number of present photos that have it."""

    cameras: tuple[tuple[str, int], ...]
    lenses: tuple[tuple[str, int], ...]
    days: tuple[tuple[date, int], ...]


class Photos:
    """The photos of the library, for reading."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ids(self, query: Query) -> array[int]:
        """The photos that pass `query`, in its order (type code `q`)."""
        return self.listing(query).ids

    def listing(self, query: Query) -> Listing:
        """The photos that pass `query`, in its order and with their days if it is `by_day`."""
        sql, values = queries.ids_sql(query)
        with self._session.reading() as db:
            cursor = db.execute(sql, values)
            width = len(cursor.description)
            # One flat list: 100,000 rows kept as tuples would cost as much again to collect.
            cells = list(chain.from_iterable(cursor))
        ids = cells[::width]
        keys: dict[int, float] = {}
        # By the last key first: sorting keeps the order of equals.
        for column in range(width - 1, 0, -1):
            keys = dict(zip(cells[::width], cells[column::width], strict=True))
            ids.sort(key=keys.__getitem__)
        if query.folded:
            ids = fold(ids, groups.Groups(self._session).all(query.folders).values())
        ids = ids[: query.limit]
        if not query.by_day:
            return Listing(array("q", ids))
        runs = groupby(map(keys.__getitem__, ids))
        days = ((queries.day_of(key, query), sum(1 for _ in run)) for key, run in runs)
        return Listing(array("q", ids), tuple(days))

    def count(self, query: Query) -> int:
        """How many photos pass `query`, whatever its limit."""
        if query.folded:
            return len(self.ids(replace(query, limit=None)))
        return self._column(*queries.count_sql(query))[0]

    def total(self, folders: Sequence[Path] = ()) -> int:
        """How many photos are present at or below `folders` (in the library without any)."""
        return self._column(*queries.total_sql(folders))[0]

    def pending(self, model: str, folders: Sequence[Path] = ()) -> array[int]:
        """Present photos that `model` has not scored and that did not fail, by name."""
        return self._column(*queries.pending_sql(model, folders))

    def get(self, ids: Sequence[int], model: str | None = None) -> list[Photo]:
        """The photos in the order asked for, with `model`'s scores; unknown ids are left out."""
        wanted = json.dumps(list(ids))
        with self._session.reading() as db:
            companions: dict[int, list[Path]] = {}
            for photo, folder, name in db.execute(_COMPANIONS, (wanted,)):
                companions.setdefault(photo, []).append(places.join(folder, name))
            bursts = groups.numbers(db, ids)
            found = {
                row[0]: _photo(row, companions.get(row[0]), bursts.get(row[0]))
                for row in db.execute(_ROWS, (wanted, model, model))
            }
        return [found[number] for number in ids if number in found]

    def by_path(self, path: Path) -> int | None:
        """The photo of the file at `path`; if that is gone, the last one that was there."""
        with self._session.reading() as db:
            row = db.execute(
                "SELECT photo FROM files INDEXED BY files_by_name"
                " WHERE folder = ?1 AND name COLLATE NOCASE = ?2 AND name = ?2"
                " ORDER BY present DESC, id DESC LIMIT 1",
                (places.folder_id(db, str(path.parent)), paths.to_text(path.name)),
            ).fetchone()
        return row[0] if row else None

    def facets(self, folders: Sequence[Path] = ()) -> Facets:
        """Cameras, lenses and days of the present photos at or below `folders`."""
        with self._session.reading() as db:
            cameras, lenses, days = (
                db.execute(*queries.facet_sql(column, folders)).fetchall()
                for column in ("m.camera", "m.lens", queries.DAY_TAKEN)
            )
        return Facets(
            cameras=tuple(cameras),
            lenses=tuple(lenses),
            days=tuple((queries.day(number), count) for number, count in days),
        )

    def _column(self, sql: str, values: list) -> array[int]:
        with self._session.reading() as db:
            return array("q", chain.from_iterable(db.execute(sql, values)))


def register(connection: sqlite3.Connection) -> None:
    """Gives the connection the functions that queries use."""
    connection.create_function("holds", 2, _holds, deterministic=True)


def _holds(name: str, folded: str) -> bool:
    return folded in name.casefold()


def _photo(row: tuple, companions: list[Path] | None, burst: int | None) -> Photo:
    number, folder, name, identity, present, flag, stars, label, failure = row[:9]
    undecided = flag == "none" and label == "none" and not stars
    return Photo(
        id=number,
        path=places.join(folder, name),
        identity=identity,
        state=State.PRESENT if present else State.MISSING,
        companions=tuple(companions) if companions else (),
        meta=_NO_META if row[9] is None else _meta(row[10:29]),
        attributes=None if row[29] is None else _attributes(row[29:45]),
        scores=None if row[45] is None else Scores(*row[45:50]),
        taste=row[50],
        burst=burst,
        verdict=_UNDECIDED if undecided else Verdict(_FLAGS[flag], stars, _LABELS[label]),
        failure=failure,
    )


def _meta(row: tuple) -> Meta:
    taken, has_subseconds, *camera, latitude, longitude = row[:13]
    offset, name, lens, focal_length, aperture, shutter, iso, bias, drive = camera
    return Meta(
        None if taken is None else queries.moment(taken),
        bool(has_subseconds),
        offset,
        name,
        lens,
        focal_length,
        aperture,
        shutter,
        iso,
        bias,
        drive,
        None if latitude is None or longitude is None else Place(latitude, longitude),
        *row[13:],
    )


def _attributes(row: tuple) -> Attributes:
    return Attributes(
        Measure(row[0], row[1]),
        Measure(row[2], row[3]),
        Measure(row[4], row[5]),
        Measure(row[6], row[7]),
        Measure(row[8], row[9]),
        row[10],
        row[11],
        Region(*row[12:16]),
    )
