"""The schema, as the list of steps that led to it (told in words in docs/schema.md).

Imported only when a library is made or updated, because sqlite-utils brings numpy along. A step
that was released is never edited: a change of the schema is a new step, and `opening.SCHEMA`
counts them.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("uniqa-desktop")


def migrate(connection: sqlite3.Connection) -> None:
    """Takes the steps that are still missing, inside the transaction that is open."""
    MIGRATIONS.apply(Database(connection, recursive_triggers=False, execute_plugins=False))


_V1 = (
    "CREATE TABLE folders (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT",
    """
    CREATE TABLE photos (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        flag TEXT NOT NULL DEFAULT 'none' CHECK (flag IN ('none', 'pick', 'maybe', 'reject')),
        stars INTEGER NOT NULL DEFAULT 0 CHECK (stars BETWEEN 0 AND 5),
        label TEXT NOT NULL DEFAULT 'none'
            CHECK (label IN ('none', 'red', 'yellow', 'green', 'blue', 'purple'))
    ) STRICT
    """,
    # A photo has exactly one primary file, also while that is missing, so that its place is known.
    """
    CREATE TABLE files (
        id INTEGER PRIMARY KEY,
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        folder INTEGER NOT NULL REFERENCES folders (id),
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        fast BLOB NOT NULL CHECK (length(fast) = 16),
        identity BLOB NOT NULL CHECK (length(identity) = 16),
        content BLOB CHECK (length(content) = 16),
        present INTEGER NOT NULL CHECK (present IN (0, 1)),
        is_primary INTEGER NOT NULL CHECK (is_primary IN (0, 1))
    ) STRICT
    """,
    # A missing file may have been at a place where another one is now.
    "CREATE UNIQUE INDEX files_place ON files (folder, name) WHERE present",
    "CREATE INDEX files_by_name ON files (folder, name COLLATE NOCASE, photo, is_primary, present)",
    "CREATE INDEX files_photo ON files (photo)",
    "CREATE INDEX files_fast ON files (fast)",
    # `taken` is the camera's clock in microseconds since 1970-01-01 00:00 of that same clock.
    """
    CREATE TABLE meta (
        photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
        taken INTEGER,
        has_subseconds INTEGER NOT NULL,
        offset_minutes INTEGER,
        camera TEXT,
        lens TEXT,
        focal_length REAL,
        aperture REAL,
        shutter REAL,
        iso INTEGER,
        bias REAL,
        drive TEXT,
        latitude REAL,
        longitude REAL,
        width INTEGER,
        height INTEGER,
        orientation INTEGER,
        problem TEXT
    ) STRICT
    """,
    """
    CREATE TABLE attributes (
        photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
        sharpness REAL NOT NULL,
        sharpness_raw REAL NOT NULL,
        brightness REAL NOT NULL,
        brightness_raw REAL NOT NULL,
        contrast REAL NOT NULL,
        contrast_raw REAL NOT NULL,
        colorfulness REAL NOT NULL,
        colorfulness_raw REAL NOT NULL,
        noisiness REAL NOT NULL,
        noisiness_raw REAL NOT NULL,
        clipped_shadows REAL NOT NULL,
        clipped_highlights REAL NOT NULL,
        sharpest_left REAL NOT NULL,
        sharpest_top REAL NOT NULL,
        sharpest_width REAL NOT NULL,
        sharpest_height REAL NOT NULL,
        phash INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE scores (
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        quality REAL,
        quality_raw REAL,
        aesthetics REAL,
        aesthetics_raw REAL,
        PRIMARY KEY (photo, model)
    ) STRICT, WITHOUT ROWID
    """,
    # Apart from scores: rows of a kilobyte and more would make every list slow to read.
    """
    CREATE TABLE features (
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        weights TEXT NOT NULL,
        policy TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (photo, weights, policy)
    ) STRICT
    """,
    # An act is what one key press did, to however many photos. A new act drops the undone ones.
    """
    CREATE TABLE acts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        provenance TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
    ) STRICT
    """,
    "CREATE INDEX acts_state ON acts (state)",
    """
    CREATE TABLE changes (
        act INTEGER NOT NULL REFERENCES acts (id),
        photo INTEGER NOT NULL REFERENCES photos (id),
        flag_before TEXT NOT NULL,
        stars_before INTEGER NOT NULL,
        label_before TEXT NOT NULL,
        flag_after TEXT NOT NULL,
        stars_after INTEGER NOT NULL,
        label_after TEXT NOT NULL,
        PRIMARY KEY (act, photo)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX changes_photo ON changes (photo)",
    # `file` is empty for a folder, and for a file that could not even be taken up.
    """
    CREATE TABLE failures (
        path TEXT PRIMARY KEY,
        file INTEGER REFERENCES files (id) ON DELETE CASCADE,
        stage TEXT NOT NULL,
        error TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX failures_file ON failures (file)",
)


@MIGRATIONS()
def v1_photos_scores_verdicts(db: Database) -> None:
    """The first schema."""
    for statement in _V1:
        db.execute(statement)


_V2 = (
    # What each sidecar said when it was last in step, to tell later who has changed what since.
    """
    CREATE TABLE sidecars (
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        digest TEXT NOT NULL,
        fields TEXT NOT NULL,
        PRIMARY KEY (photo, path)
    ) STRICT, WITHOUT ROWID
    """,
    # The verdict that all sidecars of a photo state, under the naming that was used.
    """
    CREATE TABLE in_step (
        photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
        flag TEXT NOT NULL,
        stars INTEGER NOT NULL,
        label TEXT NOT NULL,
        naming TEXT NOT NULL
    ) STRICT
    """,
)


@MIGRATIONS()
def v2_sidecars(db: Database) -> None:
    """Sidecars: what they said, and which verdict they state."""
    for statement in _V2:
        db.execute(statement)
