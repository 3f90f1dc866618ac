"""Groups of photos as they were found, and what the user has put right in them.

Found groups are replaced by each grouping. Corrections are acts in the same line as verdicts, so
that one undo takes back whichever came last; they are said again over what was found whenever
groups are read, so nothing has to be put back when one is undone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from uniqa_desktop.bursts.corrections import Action, Correction, replay
from uniqa_desktop.bursts.group import Group, Kind
from uniqa_desktop.store import places
from uniqa_desktop.store.session import Session
from uniqa_desktop.store.verdicts import begin_act

_PROVENANCE = "grouping"
"""What stands in an act that is no verdict."""

_FRAMES = """
    SELECT f.photo, d.path, f.name, ifnull(f.content, f.identity), ifnull(m.taken, {unknown}),
        m.has_subseconds, m.camera, m.lens, m.focal_length, m.aperture, m.shutter, m.iso, m.bias,
        m.drive, m.burst, m.sequence, m.width, m.height, a.phash,
        a.sharpest_left + a.sharpest_width / 2, a.sharpest_top + a.sharpest_height / 2,
        a.brightness
    FROM folders d
    JOIN files f ON f.folder = d.id AND f.is_primary AND f.present
    JOIN meta m ON m.photo = f.photo
    JOIN attributes a ON a.photo = f.photo
    WHERE {below}
    ORDER BY f.photo
"""
_MEMBERS = """
    SELECT m.number, g.kind, g.cover, g.confidence, m.photo
    FROM members m JOIN photo_groups g ON g.id = m.number
    WHERE {where} ORDER BY m.number, m.place
"""
_PRESENT = """
    SELECT f.photo FROM files f WHERE f.is_primary AND f.present
    AND f.photo IN (SELECT value FROM json_each(?))
"""


class Groups:
    """The groups of the library, by number: that is the least id of a group's photos."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def frames(self, unknown: int, folders: Sequence[Path] = ()) -> list[tuple]:
        """What grouping compares of the present, measured photos: the fields of `frames.Row`;
        `unknown` stands for a time that is not known."""
        below, parameters = places.below(folders, "d.path")
        with self._session.reading() as db:
            return db.execute(
                _FRAMES.format(unknown=int(unknown), below=below), parameters
            ).fetchall()

    def write(self, scope: Iterable[int], found: Iterable[Group]) -> None:
        """Replaces what was found of the photos in `scope`, in one transaction.

        A group that loses all but one of its photos to the scope goes.
        """
        with self._session.writing() as db:
            db.execute(
                "DELETE FROM members WHERE photo IN (SELECT value FROM json_each(?))",
                (json.dumps(list(scope)),),
            )
            db.execute(
                "DELETE FROM photo_groups WHERE"
                " (SELECT count(*) FROM members m WHERE m.number = photo_groups.id) < 2"
            )
            for group in found:
                number = min(group.members)
                db.execute(
                    "INSERT OR REPLACE INTO photo_groups (id, kind, cover, confidence)"
                    " VALUES (?, ?, ?, ?)",
                    (number, str(group.kind), group.cover, group.confidence),
                )
                db.executemany(
                    "INSERT OR REPLACE INTO members (photo, number, place)"
                    " SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM photos WHERE id = ?1)",
                    ((photo, number, place) for place, photo in enumerate(group.members)),
                )

    def all(self, folders: Sequence[Path] = ()) -> dict[int, Group]:
        """The groups as corrected, by number, of photos that are present; with `folders` those
        that have a photo at or below them. In order of their numbers."""
        with self._session.reading() as db:
            changed, involved = _corrected(db)
            found = {
                number: group
                for number, group in _found(db, "1").items()
                if involved.isdisjoint(group.members)
            }
            present = _present(db)
            inside = present if not folders else _present(db, folders)
        groups = _standing({**found, **changed}, present)
        return {
            number: group
            for number, group in sorted(groups.items())
            if not inside.isdisjoint(group.members)
        }

    def corrected(self, found: Iterable[Group]) -> dict[int, Group]:
        """What `all` would say if these groups of present photos had been found: the user's
        corrections hold for them as well."""
        groups = list(found)
        with self._session.reading() as db:
            corrections = _corrections(db, "a.state = 'done'")
            if corrections:
                groups = replay(groups, corrections, _order(db, groups, corrections))
                present = _among(db, [photo for group in groups for photo in group.members])
                return _standing({min(group.members): group for group in groups}, present)
        return {min(group.members): group for group in groups}

    def of(self, photo: int) -> tuple[int, Group] | None:
        """The number and the group of a photo, if it is in one."""
        with self._session.reading() as db:
            number = _numbers(db, [photo]).get(photo)
            if number is None:
                return None
            changed, _ = _corrected(db)
            group = changed.get(number) or _found(db, "m.number = ?", number)[number]
            return number, _standing({number: group}, _among(db, group.members))[number]

    def split(self, photos: Sequence[int]) -> bool:
        """Takes photos out of their groups, as one act: together as a group, one alone.

        Returns whether anything changed.
        """
        return self._correct(Action.SPLIT, photos)

    def merge(self, photos: Sequence[int]) -> bool:
        """Makes one group of photos and all that is in a group with one of them, as one act."""
        with self._session.reading() as db:
            numbers = set(_numbers(db, photos).values())
        groups = (self.of(number) for number in sorted(numbers))
        members = [photo for found in groups if found for photo in found[1].members]
        return self._correct(Action.MERGE, list(dict.fromkeys([*members, *photos])))

    def choose_cover(self, photo: int) -> bool:
        """Lets a photo stand for its group, as one act."""
        return self._correct(Action.COVER, [photo])

    def next_undo(self) -> Correction | None:
        """The correction that `verdicts.undo` would take back now; `None` if it is a verdict."""
        return self._turning("SELECT max(id) FROM acts WHERE state = 'done'")

    def next_redo(self) -> Correction | None:
        """The correction that `verdicts.redo` would do again now; `None` if it is a verdict."""
        return self._turning("SELECT min(id) FROM acts WHERE state = 'undone'")

    def _turning(self, which: str) -> Correction | None:
        with self._session.reading() as db:
            found = _corrections(db, f"c.act = ({which})")
        return found[0] if found else None

    def _correct(self, action: Action, photos: Sequence[int]) -> bool:
        if not photos:
            return False
        with self._session.writing() as db:
            before = _state(db, photos)
            db.execute("SAVEPOINT correction")
            act = begin_act(db, _PROVENANCE)
            db.executemany(
                "INSERT INTO corrections (act, place, photo, action) VALUES (?, ?, ?, ?)",
                ((act, place, photo, str(action)) for place, photo in enumerate(photos)),
            )
            changed = _state(db, photos) != before
            db.execute("RELEASE correction" if changed else "ROLLBACK TO correction")
        return changed


def numbers(db: sqlite3.Connection, ids: Sequence[int]) -> dict[int, int]:
    """The group of each of these photos that is in one, as `Photo.burst` has it."""
    return _numbers(db, ids)


def _numbers(db: sqlite3.Connection, ids: Sequence[int]) -> dict[int, int]:
    changed, involved = _corrected(db)
    rows = db.execute(
        "SELECT m.photo, m.number FROM json_each(?) j JOIN members m ON m.photo = j.value"
        " WHERE EXISTS (SELECT 1 FROM members o JOIN files f ON f.photo = o.photo"
        " AND f.is_primary AND f.present WHERE o.number = m.number AND o.photo <> m.photo)",
        (json.dumps(list(ids)),),
    )
    found = {photo: number for photo, number in rows if photo not in involved}
    if changed:
        members = [photo for group in changed.values() for photo in group.members]
        standing = _standing(changed, _among(db, members))
        wanted = set(ids)
        for number, group in standing.items():
            found.update((photo, number) for photo in group.members if photo in wanted)
    return found


def _corrected(db: sqlite3.Connection) -> tuple[dict[int, Group], set[int]]:
    """Groups that corrections made or changed, and all photos that they concern: what was found
    of those does not count."""
    corrections = _corrections(db, "a.state = 'done'")
    if not corrections:
        return {}, set()
    named = {photo for correction in corrections for photo in correction.photos}
    found = _found(
        db,
        "m.number IN (SELECT number FROM members WHERE photo IN (SELECT value FROM json_each(?)))",
        json.dumps(sorted(named)),
    )
    involved = named.union(*(group.members for group in found.values()))
    groups = replay(found.values(), corrections, _order(db, found.values(), corrections))
    return {min(group.members): group for group in groups}, involved


def _order(
    db: sqlite3.Connection, groups: Iterable[Group], corrections: Iterable[Correction]
) -> Callable[[int], tuple[int, int]]:
    """What puts the photos that corrections concern in order of capture."""
    named = {photo for correction in corrections for photo in correction.photos}
    touched = (group.members for group in groups if not named.isdisjoint(group.members))
    when = {
        photo: (taken or 0, photo)
        for photo, taken in db.execute(
            "SELECT photo, taken FROM meta WHERE photo IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(named.union(*touched))),),
        )
    }
    return lambda photo: when.get(photo, (0, photo))


def _corrections(db: sqlite3.Connection, where: str) -> list[Correction]:
    rows = db.execute(
        "SELECT c.act, c.action, c.photo FROM corrections c JOIN acts a ON a.id = c.act"
        f" WHERE {where} ORDER BY c.act, c.place"
    ).fetchall()
    return [
        Correction(Action(action), tuple(photo for _, _, photo in part))
        for (_, action), part in groupby(rows, itemgetter(0, 1))
    ]


def _found(db: sqlite3.Connection, where: str, *values: object) -> dict[int, Group]:
    rows = db.execute(_MEMBERS.format(where=where), values)
    return {
        number: Group(Kind(kind), tuple(row[4] for row in part), cover, confidence)
        for (number, kind, cover, confidence), part in groupby(rows, itemgetter(0, 1, 2, 3))
    }


def _state(db: sqlite3.Connection, photos: Sequence[int]) -> dict[int, Group | None]:
    """The groups of photos, whether present or not, to see if a correction changes anything."""
    changed, involved = _corrected(db)
    found = _found(
        db,
        "m.number IN (SELECT number FROM members WHERE photo IN (SELECT value FROM json_each(?)))",
        json.dumps(list(photos)),
    )
    plain = (group for group in found.values() if involved.isdisjoint(group.members))
    groups = {photo: group for group in (*plain, *changed.values()) for photo in group.members}
    return {photo: _bare(groups.get(photo)) for photo in photos}


def _bare(group: Group | None) -> Group | None:
    """Without what a correction always changes."""
    return None if group is None else replace(group, confidence=1.0)


def _standing(groups: Mapping[int, Group], present: set[int]) -> dict[int, Group]:
    """The groups without photos that are missing; a group needs two."""
    standing = {}
    for number, group in groups.items():
        members = group.members
        if not present.issuperset(members):
            members = tuple(photo for photo in members if photo in present)
            if len(members) < 2:
                continue
            cover = group.cover if group.cover in present else members[0]
            group = replace(group, members=members, cover=cover)
        standing[number] = group
    return standing


def _present(db: sqlite3.Connection, folders: Sequence[Path] = ()) -> set[int]:
    below, parameters = places.below(folders, "d.path")
    rows = db.execute(
        "SELECT f.photo FROM files f JOIN folders d ON d.id = f.folder"
        f" WHERE f.is_primary AND f.present AND ({below})",
        parameters,
    )
    return {photo for (photo,) in rows}


def _among(db: sqlite3.Connection, photos: Sequence[int]) -> set[int]:
    return {photo for (photo,) in db.execute(_PRESENT, (json.dumps(list(photos)),))}
