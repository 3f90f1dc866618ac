"""What the user wants exported: which photos, as what, and where to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Flag, Photo
from uniqa_desktop.query import Query, Sort, StarRule

if TYPE_CHECKING:
    from uniqa_desktop.export.plan import ExportPlan
    from uniqa_desktop.store import Store, Thumbs


class Form(StrEnum):
    """What photos are exported as."""

    FILES = "files"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Wish:
    """One export as the dialog says it.

    Attributes:
        root: the open folder.
        photos: these, by id; or
        flag: those of the folder with this flag; or
        stars: those with so many stars or more.
        form: what they become.
        target: a folder; for a table a file.
        move: the originals go once their copies are proven.
        keep_folders: the folders below `root` are kept.
        model: whose scores lists and reports bear.
    """

    root: Path
    target: Path
    photos: tuple[int, ...] | None = None
    flag: Flag | None = None
    stars: int = 0
    form: Form = Form.FILES
    move: bool = False
    keep_folders: bool = False
    model: str = ""

    def chosen(self, store: Store) -> list[Photo]:
        """The photos, as the library knows them now.

        Raises:
            WrongUse: it is not said where to.
        """
        if not self.target.is_absolute():
            raise WrongUse("Say where to: choose a folder, or type its whole path.")
        ids: Sequence[int]
        if self.photos is not None:
            ids = self.photos
        else:
            query = Query(
                self.model,
                (self.root,),
                Sort.NAME,
                flags=frozenset({self.flag}) if self.flag else frozenset(),
                stars=StarRule(">=", self.stars) if self.stars else None,
            )
            ids = store.photos.ids(query)
        return store.photos.get(ids, model=self.model)

    def plan(self, store: Store) -> ExportPlan:
        """What would be copied or moved; nothing is written.

        Raises:
            KnownError: it cannot be done at all.
        """
        from uniqa_desktop.export import plan

        root = self.root if self.keep_folders else None
        return plan.make(self.chosen(store), self.target, move=self.move, root=root)

    def write(self, store: Store, thumbs: Thumbs) -> Path:
        """Writes the table or the report, and returns what can be opened.

        Raises:
            KnownError: it cannot be written.
        """
        from uniqa_desktop.jobs import listing

        photos = self.chosen(store)
        if self.form is Form.HTML:
            return listing.write_report(
                store, thumbs, self.target, photos, model=self.model, folders=(self.root,)
            )
        return listing.write_table(self.target, str(self.form), photos)
