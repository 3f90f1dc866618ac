"""The library: one SQLite file with everything that the program knows of the user's photos."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from uniqa_desktop.store import opening, photos
from uniqa_desktop.store.choices import Choices
from uniqa_desktop.store.clocks import Clocks
from uniqa_desktop.store.failures import Failures
from uniqa_desktop.store.features import Features
from uniqa_desktop.store.files import Files
from uniqa_desktop.store.groups import Groups
from uniqa_desktop.store.opinions import Opinions
from uniqa_desktop.store.overlaps import Overlaps
from uniqa_desktop.store.photos import Photos
from uniqa_desktop.store.preferences import Preferences
from uniqa_desktop.store.scores import ScoreRows
from uniqa_desktop.store.session import Session
from uniqa_desktop.store.sidecars import Sidecars
from uniqa_desktop.store.tastes import Tastes
from uniqa_desktop.store.verdicts import Verdicts


class Store:
    """An open library. Each thread opens its own; SQLite lets them read while one writes.

    Any call may raise a `LibraryError` or `DiskFull`; what was stored before is safe then.
    """

    def __init__(self, path: Path, session: Session) -> None:
        self.path = path
        self.files = Files(session)
        self.photos = Photos(session)
        self.scores = ScoreRows(session)
        self.verdicts = Verdicts(session)
        self.failures = Failures(session)
        self.features = Features(session)
        self.sidecars = Sidecars(session)
        self.tastes = Tastes(session)
        self.opinions = Opinions(session)
        self.preferences = Preferences(session)
        self.groups = Groups(session)
        self.clocks = Clocks(session)
        self.overlaps = Overlaps(session)
        self.choices = Choices(session)
        self._session = session

    @classmethod
    def open(cls, path: Path, *, create: bool = True, patience: float = 5.0) -> Self:
        """Opens the library at `path`, made or brought up to date as needed.

        `patience` is how long to wait for another instance's lock, in seconds. Where the file may
        only be read, reading works and every change raises `LibraryReadOnly`.

        Raises:
            LibraryTooNew, LibraryBusy, LibraryReadOnly, LibraryDamaged, DiskFull: as they say.
            LibraryError: not there (and `create` is false), not ours, or not a file.
        """
        path = path.absolute()
        connection = opening.open_library(path, create=create, patience=patience)
        photos.register(connection)
        return cls(path, Session(path, connection))

    def health(self) -> dict[str, Any]:
        """What `doctor` says of the library; `integrity` is "ok" or SQLite's first complaint."""
        with self._session.reading() as db:
            report: dict[str, Any] = {
                "schema": db.execute("PRAGMA user_version").fetchone()[0],
                "bytes": db.execute(
                    "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
                ).fetchone()[0],
                "photos": self.photos.total(),
                "missing": db.execute(
                    "SELECT count(*) FROM files WHERE is_primary AND NOT present"
                ).fetchone()[0],
                "failures": len(self.failures.all()),
            }
            checks = ("PRAGMA integrity_check(1)", "PRAGMA foreign_key_check")
            first = [db.execute(check).fetchone() for check in checks]
        report["integrity"] = first[0][0] if first[1] is None else "a row without its photo"
        return report

    def close(self) -> None:
        """Closes the library; a second call does nothing."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def warm_up() -> None:
    """Loads what writing needs (about 0.1 s), so that the first verdict is as quick as the rest.

    For a window, from any thread, once it is up.
    """
    import sqlite_utils  # noqa: F401
