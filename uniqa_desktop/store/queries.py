"""`Query` in SQL: the only place that knows which column a sort key or a filter stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from uniqa_desktop.photo import Flag, Label
from uniqa_desktop.query import OPERATORS, Query, Sort
from uniqa_desktop.store import places

_ATTRIBUTES = "LEFT JOIN attributes a ON a.photo = f.photo"
_META = "LEFT JOIN meta m ON m.photo = f.photo"
_PHOTOS = "JOIN photos p ON p.id = f.photo"
_SCORES = "LEFT JOIN scores s ON s.photo = f.photo AND s.model = ?"

_SORTS: dict[Sort, tuple[str, str]] = {
    Sort.TAKEN: (_META, "m.taken"),
    Sort.QUALITY: (_SCORES, "s.quality"),
    Sort.AESTHETICS: (_SCORES, "s.aesthetics"),
    Sort.STARS: (_PHOTOS, "nullif(p.stars, 0)"),
    Sort.SHARPNESS: (_ATTRIBUTES, "a.sharpness"),
    Sort.BRIGHTNESS: (_ATTRIBUTES, "a.brightness"),
    Sort.CONTRAST: (_ATTRIBUTES, "a.contrast"),
    Sort.COLORFULNESS: (_ATTRIBUTES, "a.colorfulness"),
    Sort.NOISINESS: (_ATTRIBUTES, "a.noisiness"),
}
"""Sort key -> the join it needs and its column. `NAME` is every order's last resort; no photo has a
`TASTE` yet, so that all come last, by name."""

_STEPS_OF_A_SCORE = 1_000_000
_LAST = 1 << 62

_EPOCH = datetime(1970, 1, 1)


@dataclass(slots=True)
class _Statement:
    """A `SELECT` over the primary files, as it grows."""

    joins: dict[str, list[str]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=lambda: ["f.is_primary"])
    values: list[object] = field(default_factory=list)

    def join(self, clause: str, *values: str) -> None:
        self.joins[clause] = list(values)

    def where(self, condition: str, *values: object) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    def sql(self, columns: str, folders: Sequence[Path], order: str = "") -> tuple[str, list]:
        """The text and its parameters.

        Folders come first (few, ranked by path once), then their files from an index that holds
        all that the default list needs. The order is forced: it does not depend on statistics.
        """
        below, places_ = places.below(folders)
        text = f"""
            WITH d AS MATERIALIZED (
                SELECT id, row_number() OVER (ORDER BY path COLLATE NOCASE, path) AS rank
                FROM folders WHERE {below}
            )
            SELECT {columns}
            FROM d CROSS JOIN files f INDEXED BY files_by_name ON f.folder = d.id
            {" ".join(self.joins)}
            WHERE {" AND ".join(self.conditions)}
            {order}
        """
        joined = [value for values in self.joins.values() for value in values]
        return text, [*places_, *joined, *self.values]


def ids_sql(query: Query) -> tuple[str, list]:
    """The ids of the photos that pass `query`, in its order, as one column."""
    statement = _filtered(query)
    terms: list[str] = []
    if query.sort in _SORTS:
        clause, column = _SORTS[query.sort]
        _need(statement, clause, query)
        terms.append(_key(column, query))
    direction = " DESC" if query.sort is Sort.NAME and query.descending else ""
    terms += [f"d.rank{direction}", f"f.name COLLATE NOCASE{direction}", "f.photo"]
    order = f"ORDER BY {', '.join(terms)}"
    if query.limit is not None:
        order += f" LIMIT {query.limit:d}"
    return statement.sql("f.photo", query.folders, order)


def count_sql(query: Query) -> tuple[str, list]:
    """How many photos pass `query`, whatever its limit."""
    return _filtered(query).sql("count(*)", query.folders)


def total_sql(folders: Sequence[Path]) -> tuple[str, list]:
    """How many present photos there are at or below `folders`."""
    statement = _Statement()
    statement.where("f.present")
    return statement.sql("count(*)", folders)


def pending_sql(model: str, folders: Sequence[Path]) -> tuple[str, list]:
    """The ids of present photos without a score by `model` that did not fail, by name."""
    statement = _Statement()
    statement.where("f.present")
    statement.where("f.id NOT IN (SELECT file FROM failures WHERE file IS NOT NULL)")
    statement.where(
        "NOT EXISTS (SELECT 1 FROM scores s WHERE s.photo = f.photo AND s.model = ?)", model
    )
    return statement.sql("f.photo", folders, "ORDER BY d.rank, f.name COLLATE NOCASE, f.photo")


def values_sql(model: str, folders: Sequence[Path]) -> tuple[str, list]:
    """Quality and aesthetics by `model` of the present photos that have them, in no order."""
    statement = _Statement()
    statement.join(_SCORES.removeprefix("LEFT "), model)
    statement.where("f.present")
    return statement.sql("s.quality, s.aesthetics", folders)


def facet_sql(column: str, folders: Sequence[Path]) -> tuple[str, list]:
    """The values of a column of `meta` (or an expression on it) with counts of present photos."""
    statement = _Statement()
    statement.join(_META)
    statement.where("f.present")
    statement.where(f"{column} IS NOT NULL")
    return statement.sql(
        f"{column} AS value, count(*)", folders, "GROUP BY value ORDER BY value COLLATE NOCASE"
    )


def microseconds(moment: datetime) -> int:
    """A naive moment as `meta.taken` holds it: microseconds since 1970 of the same clock."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(taken: int) -> datetime:
    """The naive moment that `microseconds` made `taken` of."""
    return _EPOCH + timedelta(microseconds=taken)


DAY = 86_400_000_000
"""Microseconds in a day."""


def _filtered(query: Query) -> _Statement:
    statement = _Statement()
    if not query.include_missing:
        statement.where("f.present")
    if not query.include_failed:
        statement.where("f.id NOT IN (SELECT file FROM failures WHERE file IS NOT NULL)")
    if query.text:
        _where_name_holds(statement, query.text)
    for column, least, most in (
        ("s.quality", query.min_quality, query.max_quality),
        ("s.aesthetics", query.min_aesthetics, query.max_aesthetics),
        ("a.sharpness", query.min_sharpness, None),
    ):
        for comparison, bound in ((">=", least), ("<=", most)):
            if bound is not None:
                _need(statement, _SCORES if column.startswith("s.") else _ATTRIBUTES, query)
                statement.where(f"{column} {comparison} ?", bound)
    for column, chosen in (
        ("p.flag", sorted(map(str, query.flags & set(Flag)))),
        ("p.label", sorted(map(str, query.labels & set(Label)))),
        ("m.camera", sorted(query.cameras)),
        ("m.lens", sorted(query.lenses)),
    ):
        if chosen:
            _need(statement, _PHOTOS if column.startswith("p.") else _META, query)
            statement.where(f"{column} IN ({', '.join('?' * len(chosen))})", *chosen)
    if query.stars is not None and query.stars.operator in OPERATORS:
        _need(statement, _PHOTOS, query)
        statement.where(f"p.stars {query.stars.operator} ?", query.stars.stars)
    if query.day is not None:
        _need(statement, _META, query)
        start = _midnight(query.day)
        statement.where("m.taken >= ? AND m.taken < ?", start, start + DAY)
    if query.only_unscored:
        _need(statement, _SCORES, query)
        statement.where("s.photo IS NULL")
    return statement


def _need(statement: _Statement, clause: str, query: Query) -> None:
    statement.join(clause, *([query.model] if clause == _SCORES else []))


def _where_name_holds(statement: _Statement, text: str) -> None:
    """LIKE ignores case for A–Z only; other letters go through `holds`, a function of our own."""
    if text.isascii():
        for sign in ("\\", "%", "_"):
            text = text.replace(sign, f"\\{sign}")
        statement.where("f.name LIKE ? ESCAPE '\\'", f"%{text}%")
    else:
        statement.where("holds(f.name, ?)", text.casefold())


def _midnight(day: date) -> int:
    return microseconds(datetime(day.year, day.month, day.day))


def _key(column: str, query: Query) -> str:
    """A whole number to sort by, in a third less time than SQLite needs for fractions and for
    NULLS LAST (measured): the column in millionths, turned round if descending, the rest last."""
    sign = "-" if query.descending else ""
    if query.sort in (Sort.TAKEN, Sort.STARS):
        return f"ifnull({sign}{column}, {_LAST})"
    return f"ifnull(CAST({sign}{column} * {_STEPS_OF_A_SCORE} AS INTEGER), {_LAST})"
