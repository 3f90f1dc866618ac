"""Which files are one photo: a RAW and a picture of one stem in one folder, else each for itself.

Rows are changed by `files`, which tells here what it touched; `finish` then puts right which photo
each of those files belongs to and which file of a photo is shown.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uniqa_desktop.formats import Kind, kind_of, stem_of
from uniqa_desktop.photo import PhotoChanges

DERIVED = ("meta", "attributes", "warmth", "scores", "features", "taste_scores")
"""The tables of what was measured from a photo's primary file, by photo id."""


@dataclass(slots=True)
class _File:
    id: int
    photo: int
    name: str
    present: bool
    is_primary: bool

    @property
    def is_picture(self) -> bool:
        return kind_of(self.name) is Kind.PICTURE


class Grouping:
    """Keeps photos and files in step through one transaction.

    The rules: exactly one RAW and one picture of a stem are one photo, shown by the picture. When
    one of two goes, the other stays the same photo and is scored anew; when two photos become one,
    the one with a verdict stays, else the older one. Two photos that both carry verdicts stay two:
    pairing never drops a verdict.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._stems: dict[int, set[str]] = {}
        self._touched: set[int] = set()
        self._made: set[int] = set()
        self._moved: set[int] = set()
        self._changed: set[int] = set()
        self._missing: set[int] = set()
        self._removed: set[int] = set()

    def touch(self, folder: int, name: str, photo: int, *, moved: bool = False) -> None:
        """Notes that a file of `photo` came to, left, or is at another place than, this one."""
        self._stems.setdefault(folder, set()).add(stem_of(name))
        self._touched.add(photo)
        (self._moved if moved else self._changed).add(photo)

    def forget(self, photo: int) -> None:
        """Drops what was measured of the photo's former bytes: it is to be scored anew."""
        for table in DERIVED:
            self._db.execute(f"DELETE FROM {table} WHERE photo = ?", (photo,))
        self._changed.add(photo)
        self._moved.discard(photo)

    def make_photo(self) -> int:
        """A new photo without files; `finish` wants it to have one."""
        number = self._db.execute("INSERT INTO photos DEFAULT VALUES").lastrowid
        assert number is not None
        self._made.add(number)
        return number

    def drop_photo(self, photo: int) -> None:
        """Removes a photo that has no file and no verdict."""
        self._db.execute("DELETE FROM photos WHERE id = ?", (photo,))
        self._touched.discard(photo)
        self._removed.add(photo)

    def finish(self) -> PhotoChanges:
        """Splits what is no pair any more, joins what became one, and chooses what is shown."""
        couples = list(self._couples())
        files = {file.id: file for file in self._files_of(self._touched)}
        self._split(files.values(), couples)
        for raw, picture in couples:
            if files[raw].photo != files[picture].photo:
                self._join(files[raw], files[picture])
        self._choose_primary()
        gone = self._removed | self._missing
        added = self._made - gone
        moved = self._moved - gone - added
        return PhotoChanges(
            added=tuple(sorted(added)),
            moved=tuple(sorted(moved)),
            changed=tuple(sorted(self._changed - gone - added - moved)),
            missing=tuple(sorted(self._missing)),
            removed=tuple(sorted(self._removed - self._made)),
        )

    def _couples(self) -> Iterator[tuple[int, int]]:
        """The file ids (RAW, picture) of every pair among the touched stems."""
        for folder, stems in self._stems.items():
            # One range over all of the stems: a block holds neighbours in the order of names.
            low = min((f"{stem}." for stem in stems), key=str.encode)
            high = max((f"{stem}/" for stem in stems), key=str.encode)
            groups: dict[str, list[tuple[int, str, int]]] = {stem: [] for stem in stems}
            for number, name, photo in self._db.execute(
                "SELECT id, name, photo FROM files INDEXED BY files_by_name WHERE folder = ?"
                " AND name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ? AND present",
                (folder, low, high),
            ):
                group = groups.get(stem_of(name))
                if group is not None:
                    group.append((number, name, photo))
            for group in groups.values():
                self._touched.update(photo for _, _, photo in group)
                if len(group) == 2:
                    kinds = {kind_of(name): number for number, name, _ in group}
                    if kinds.keys() == {Kind.RAW, Kind.PICTURE}:
                        yield kinds[Kind.RAW], kinds[Kind.PICTURE]

    def _split(self, files: Iterable[_File], couples: list[tuple[int, int]]) -> None:
        """Gives a photo of its own to each file whose photo is shown by another one elsewhere."""
        couple_of = {number: couple for couple in couples for number in couple}
        photos: dict[int, list[_File]] = {}
        for file in files:
            if file.present:
                photos.setdefault(file.photo, []).append(file)
        for members in photos.values():
            if len(members) < 2:
                continue
            members.sort(key=lambda file: (not file.is_primary, not file.is_picture, file.id))
            stays = couple_of.get(members[0].id)
            for file in members[1:]:
                if stays is None or file.id not in stays:
                    self._changed.add(file.photo)
                    self._moved.discard(file.photo)
                    file.photo = self.make_photo()
                    self._touched.add(file.photo)
                    self._db.execute(
                        "UPDATE files SET photo = ?, is_primary = 0 WHERE id = ?",
                        (file.photo, file.id),
                    )

    def _join(self, raw: _File, picture: _File) -> None:
        """Makes one photo of two, shown by the picture."""
        raw_judged, picture_judged = self._is_judged(raw.photo), self._is_judged(picture.photo)
        if raw_judged and picture_judged:
            return
        if raw_judged == picture_judged:
            stays = min(raw.photo, picture.photo)
        else:
            stays = raw.photo if raw_judged else picture.photo
        goes = raw.photo + picture.photo - stays
        if stays == raw.photo:
            self.forget(stays)
            for table in DERIVED:
                self._db.execute(f"UPDATE {table} SET photo = ? WHERE photo = ?", (stays, goes))
        self._db.execute(
            "UPDATE files SET photo = ?, is_primary = 0 WHERE photo = ?", (stays, goes)
        )
        self._db.execute(
            "UPDATE files SET is_primary = (id = ?) WHERE photo = ?", (picture.id, stays)
        )
        self.drop_photo(goes)
        self._changed.add(stays)

    def _is_judged(self, photo: int) -> bool:
        if photo in self._made:
            return False
        row = self._db.execute("SELECT 1 FROM changes WHERE photo = ? LIMIT 1", (photo,))
        return row.fetchone() is not None

    def _choose_primary(self) -> None:
        """The picture if it is there, else the RAW; of a missing photo what was shown last."""
        photos: dict[int, list[_File]] = {}
        for file in self._files_of(self._touched):
            photos.setdefault(file.photo, []).append(file)
        for photo, members in photos.items():
            present = [file for file in members if file.present]
            if not present:
                self._missing.add(photo)
            best = min(
                present or members,
                key=lambda file: (
                    bool(present) and not file.is_picture,
                    not file.is_primary,
                    not file.is_picture,
                    file.id,
                ),
            )
            if best.is_primary:
                continue
            if any(file.is_primary for file in members):
                self.forget(photo)
            self._db.execute(
                "UPDATE files SET is_primary = (id = ?) WHERE photo = ?", (best.id, photo)
            )

    def _files_of(self, photos: Iterable[int]) -> Iterator[_File]:
        for number, photo, name, present, is_primary in self._db.execute(
            "SELECT id, photo, name, present, is_primary FROM files"
            " WHERE photo IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(sorted(photos)),),
        ).fetchall():
            yield _File(number, photo, name, bool(present), bool(is_primary))
