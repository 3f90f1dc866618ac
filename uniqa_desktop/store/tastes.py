"""Tastes: profiles, what they learned and when, and the scores they give."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from uniqa_desktop import paths
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.store import places, taste_scores
from uniqa_desktop.store.session import Session
from uniqa_desktop.store.taste_scores import IN_USE


@dataclass(frozen=True, slots=True)
class Profile:
    """One taste: its name, whether it is the one in use, and where it counts.

    A photo counts if it is at or below a folder of `on` (every one, if there is none) and below
    none of `off`.
    """

    id: int
    name: str
    in_use: bool
    on: tuple[Path, ...] = ()
    off: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What a profile learned at one time from one model's features: `card` says all about it,
    `arrays` (safetensors) score by it; `current` is the one that counts with that model."""

    number: int
    model: str
    weights: str
    at: datetime
    method: str
    card: Mapping[str, Any]
    current: bool


class Tastes:
    """The tastes of the library. Every profile is named by its name, whatever its case."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # Profiles

    def profiles(self) -> list[Profile]:
        """All profiles by name."""
        with self._session.reading() as db:
            folders = db.execute("SELECT profile, folder, counts FROM taste_folders").fetchall()
            rows = db.execute(
                "SELECT id, name, in_use FROM taste_profiles ORDER BY name COLLATE NOCASE"
            ).fetchall()
        return [
            Profile(
                number,
                name,
                bool(in_use),
                *(
                    tuple(sorted(places.join(text, "") for one, text, counts in folders
                                 if one == number and counts == side))
                    for side in (1, 0)
                ),
            )
            for number, name, in_use in rows
        ]  # fmt: skip

    def profile(self, name: str | None = None) -> Profile:
        """The profile of that name, or the one in use.

        Raises:
            WrongUse: there is none of that name.
        """
        found = self.profiles()
        for one in found:
            if one.in_use if name is None else one.name.casefold() == name.casefold():
                return one
        known = ", ".join(one.name for one in found)
        raise WrongUse(f"There is no taste called {name!r}: there are {known}.")

    def create(self, name: str) -> Profile:
        """A new profile without anything learned.

        Raises:
            WrongUse: the name is empty or taken.
        """
        with self._session.writing() as db:
            _new(db, name)
        return self.profile(name)

    def use(self, name: str) -> Profile:
        """Makes a profile the one whose scores are shown."""
        chosen = self.profile(name)
        with self._session.writing() as db:
            db.execute("UPDATE taste_profiles SET in_use = (id = ?)", (chosen.id,))
        return self.profile(name)

    def rename(self, name: str, new: str) -> Profile:
        """Gives a profile another name.

        Raises:
            WrongUse: there is no such profile, or the new name is empty or taken.
        """
        chosen = self.profile(name)
        with self._session.writing() as db:
            _free(db, new, chosen.id)
            db.execute("UPDATE taste_profiles SET name = ? WHERE id = ?", (new.strip(), chosen.id))
        return self.profile(new.strip())

    def copy(self, name: str, new: str) -> Profile:
        """A new profile with the folders, the versions and the scores of another."""
        chosen = self.profile(name)
        with self._session.writing() as db:
            number = _new(db, new)
            for table, columns in _COPIED.items():
                db.execute(
                    f"INSERT INTO {table} (profile, {columns})"
                    f" SELECT ?, {columns} FROM {table} WHERE profile = ?",
                    (number, chosen.id),
                )
            taste_scores.copy(db, chosen.id, number)
        return self.profile(new.strip())

    def remove(self, name: str) -> None:
        """Drops a profile with all that it learned; verdicts stay.

        Raises:
            WrongUse: it is the one in use, or there is none of that name.
        """
        chosen = self.profile(name)
        if chosen.in_use:
            raise WrongUse(f"{chosen.name} is the taste in use: use another one first.")
        with self._session.writing() as db:
            db.execute("DELETE FROM taste_profiles WHERE id = ?", (chosen.id,))

    def set_folder(self, profile: Profile, folder: Path, counts: bool | None) -> None:
        """Turns a profile on or off for the photos at or below a folder; `None` forgets what was
        said of that folder."""
        place = (profile.id, _text(folder))
        with self._session.writing() as db:
            db.execute("DELETE FROM taste_folders WHERE profile = ? AND folder = ?", place)
            if counts is not None:
                db.execute("INSERT INTO taste_folders VALUES (?, ?, ?)", (*place, int(counts)))

    def within(self, profile: Profile) -> array[int]:
        """The present, readable photos that a profile counts for, by id (type code `q`)."""
        on, on_values = places.below(profile.on, "d.path")
        off, off_values = places.below(profile.off, "d.path")
        condition = f"({on})" + (f" AND NOT ({off})" if profile.off else "")
        values = [*on_values, *(off_values if profile.off else ())]
        with self._session.reading() as db:
            return array(
                "q",
                (
                    photo
                    for (photo,) in db.execute(
                        "SELECT f.photo FROM files f JOIN folders d ON d.id = f.folder"
                        " WHERE f.is_primary AND f.present AND f.id NOT IN"
                        " (SELECT file FROM failures WHERE file IS NOT NULL)"
                        f" AND {condition} ORDER BY f.photo",
                        values,
                    )
                ),
            )

    # Versions and scores

    def add_version(
        self,
        profile: Profile,
        *,
        model: str,
        weights: str,
        method: str,
        card: Mapping[str, Any],
        arrays: bytes,
    ) -> int:
        """Keeps what was learned as the newest version, and makes it the current one."""
        with self._session.writing() as db:
            number = db.execute(
                "SELECT coalesce(max(number), 0) + 1 FROM taste_versions WHERE profile = ?",
                (profile.id,),
            ).fetchone()[0]
            _retire(db, profile, model)
            db.execute(
                "INSERT INTO taste_versions (profile, number, model, weights, at, method, card,"
                " arrays, current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (
                    profile.id, number, model, weights, _now(), method,
                    json.dumps(card, sort_keys=True), arrays,
                ),
            )  # fmt: skip
        return number

    def versions(self, profile: Profile) -> list[Version]:
        """All versions of a profile, newest first."""
        with self._session.reading() as db:
            rows = db.execute(
                "SELECT number, model, weights, at, method, card, current FROM taste_versions"
                " WHERE profile = ? ORDER BY number DESC",
                (profile.id,),
            ).fetchall()
        return [
            Version(
                number, model, weights, datetime.fromisoformat(at), method, json.loads(card),
                bool(current),
            )
            for number, model, weights, at, method, card, current in rows
        ]  # fmt: skip

    def current(self, profile: Profile, model: str) -> Version | None:
        """The version that counts with a model; `None` if nothing was learned with it."""
        for one in self.versions(profile):
            if one.current and one.model == model:
                return one
        return None

    def arrays(self, profile: Profile, number: int) -> bytes:
        """What a version scores by.

        Raises:
            WrongUse: there is no such version.
        """
        with self._session.reading() as db:
            row = db.execute(
                "SELECT arrays FROM taste_versions WHERE profile = ? AND number = ?",
                (profile.id, number),
            ).fetchone()
        if row is None:
            raise WrongUse(f"{profile.name} has no version {number}.")
        return row[0]

    def version(self, profile: Profile, number: int) -> Version:
        """One version of a profile.

        Raises:
            WrongUse: there is no such version.
        """
        for one in self.versions(profile):
            if one.number == number:
                return one
        raise WrongUse(f"{profile.name} has no version {number}.")

    def roll_back(self, profile: Profile, number: int) -> Version:
        """Makes an earlier (or later) version the current one of its model.

        Raises:
            WrongUse: there is no such version.
        """
        wanted = self.version(profile, number)
        with self._session.writing() as db:
            _retire(db, profile, wanted.model)
            db.execute(
                "UPDATE taste_versions SET current = 1 WHERE profile = ? AND number = ?",
                (profile.id, number),
            )
        return wanted

    def drop_version(self, profile: Profile, number: int) -> None:
        """Forgets a version; the one that counts stays, whatever its number."""
        with self._session.writing() as db:
            db.execute(
                "DELETE FROM taste_versions WHERE profile = ? AND number = ? AND NOT current",
                (profile.id, number),
            )

    def has_scores(self, model: str) -> bool:
        """Whether photos have scores of the taste in use with a model."""
        with self._session.reading() as db:
            return (
                db.execute(
                    f"SELECT EXISTS (SELECT 1 FROM taste_scores WHERE batch = {IN_USE})",
                    (model,),
                ).fetchone()[0]
                == 1
            )

    def write_scores(
        self, profile: Profile, model: str, scores: Iterable[tuple[int, float]]
    ) -> int:
        """Replaces all scores of a profile with a model, at once for whoever reads but leaving room
        for other writers meanwhile (see `taste_scores`); how many there are."""
        return taste_scores.write(self._session, profile.id, model, scores)

    def scores(self, profile: Profile, model: str) -> dict[int, float]:
        """The scores of a profile with a model by photo, 0–100."""
        with self._session.reading() as db:
            return taste_scores.read(db, profile.id, model)

    def reset(self, profile: Profile) -> tuple[int, int]:
        """Drops what a profile learned: how many versions and scores that were. Verdicts stay."""
        with self._session.writing() as db:
            scores = taste_scores.forget(db, profile.id)
            versions = db.execute(
                "DELETE FROM taste_versions WHERE profile = ?", (profile.id,)
            ).rowcount
        return versions, scores


_COPIED = {
    "taste_folders": "folder, counts",
    "taste_versions": "number, model, weights, at, method, card, arrays, current",
}
"""What a copy of a profile takes along beside its scores."""


def _new(db: sqlite3.Connection, name: str) -> int:
    _free(db, name)
    made = db.execute(
        "INSERT INTO taste_profiles (name, in_use) VALUES (?, 0)", (name.strip(),)
    ).lastrowid
    assert made is not None
    return made


def _free(db: sqlite3.Connection, name: str, but: int = -1) -> None:
    """Sees that a name can be given.

    Raises:
        WrongUse: it is empty or taken.
    """
    if not name.strip():
        raise WrongUse("A taste needs a name.")
    taken = db.execute(
        "SELECT 1 FROM taste_profiles WHERE name = ? COLLATE NOCASE AND id <> ?",
        (name.strip(), but),
    ).fetchone()
    if taken:
        raise WrongUse(f"There is a taste called {name.strip()} already: choose another name.")


def _retire(db: sqlite3.Connection, profile: Profile, model: str) -> None:
    db.execute(
        "UPDATE taste_versions SET current = 0 WHERE profile = ? AND model = ?",
        (profile.id, model),
    )


def _text(folder: Path) -> str:
    return paths.to_text(str(folder))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
