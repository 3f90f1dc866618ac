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


@MIGRATIONS()
def v3_folders_in_order(db: Database) -> None:
    """Folders in the order of lists, so that listing photos by name sorts nothing."""
    db.execute("CREATE UNIQUE INDEX folders_in_order ON folders (path COLLATE NOCASE, path)")


_BURSTS = (
    # The camera's mark of a burst, and the number within one.
    "ALTER TABLE meta ADD COLUMN burst TEXT",
    "ALTER TABLE meta ADD COLUMN sequence INTEGER",
    # What is added to a camera's times, in microseconds; it is part of `meta.taken` already.
    "CREATE TABLE clocks (camera TEXT PRIMARY KEY, shift INTEGER NOT NULL) STRICT",
    # Groups as they were found last; a group's id is the least of its photos' ids.
    """
    CREATE TABLE photo_groups (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        cover INTEGER NOT NULL,
        confidence REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE members (
        photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
        number INTEGER NOT NULL REFERENCES photo_groups (id) ON DELETE CASCADE,
        place INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX members_number ON members (number, place)",
    # What the user put right: an act each, which counts while it is done.
    """
    CREATE TABLE corrections (
        act INTEGER NOT NULL REFERENCES acts (id),
        place INTEGER NOT NULL,
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        action TEXT NOT NULL CHECK (action IN ('split', 'merge', 'cover')),
        PRIMARY KEY (act, place)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX corrections_photo ON corrections (photo)",
    # By the identities of two contents, so that no row ever gets wrong.
    """
    CREATE TABLE overlaps (
        one BLOB NOT NULL,
        other BLOB NOT NULL,
        "right" REAL NOT NULL,
        down REAL NOT NULL,
        match REAL NOT NULL,
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID
    """,
)


@MIGRATIONS()
def bursts(db: Database) -> None:
    """Groups of photos, what the user put right in them, and what they are found by."""
    for statement in _BURSTS:
        db.execute(statement)


_TASTES = (
    """
    CREATE TABLE taste_profiles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        in_use INTEGER NOT NULL CHECK (in_use IN (0, 1))
    ) STRICT
    """,
    "INSERT INTO taste_profiles (name, in_use) VALUES ('My taste', 1)",
    # Where a profile counts and where not; paths as `folders` has them.
    """
    CREATE TABLE taste_folders (
        profile INTEGER NOT NULL REFERENCES taste_profiles (id) ON DELETE CASCADE,
        folder TEXT NOT NULL,
        counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
        PRIMARY KEY (profile, folder)
    ) STRICT, WITHOUT ROWID
    """,
    # Kept for ever, so that a taste can go back to what it was; one a model is current.
    """
    CREATE TABLE taste_versions (
        profile INTEGER NOT NULL REFERENCES taste_profiles (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        model TEXT NOT NULL,
        weights TEXT NOT NULL,
        at TEXT NOT NULL,
        method TEXT NOT NULL,
        card TEXT NOT NULL,
        arrays BLOB NOT NULL,
        current INTEGER NOT NULL CHECK (current IN (0, 1)),
        PRIMARY KEY (profile, number)
    ) STRICT
    """,
    """
    CREATE TABLE taste_scores (
        profile INTEGER NOT NULL REFERENCES taste_profiles (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        value REAL NOT NULL,
        PRIMARY KEY (profile, model, photo)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX taste_scores_photo ON taste_scores (photo)",
    """
    CREATE TABLE taste_choices (
        id INTEGER PRIMARY KEY,
        better INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        worse INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        provenance TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX taste_choices_better ON taste_choices (better)",
    "CREATE INDEX taste_choices_worse ON taste_choices (worse)",
    # `after` is the last act before the audit: what was decided later and blind is its answer.
    """
    CREATE TABLE taste_audits (
        id INTEGER PRIMARY KEY,
        profile INTEGER NOT NULL REFERENCES taste_profiles (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        at TEXT NOT NULL,
        after INTEGER NOT NULL,
        drawn TEXT NOT NULL,
        report TEXT
    ) STRICT
    """,
    # Apart from `attributes`: photos measured by an earlier version have none.
    """
    CREATE TABLE warmth (
        photo INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
        value REAL NOT NULL
    ) STRICT
    """,
)


@MIGRATIONS()
def tastes(db: Database) -> None:
    """Tastes: profiles, versions, scores, choices and audits; and how warm the light is."""
    for statement in _TASTES:
        db.execute(statement)


@MIGRATIONS()
def choices(db: Database) -> None:
    """What was measured of bursts to choose among their frames."""
    # By a hash of identities, not by photo: it holds for the same frames wherever they are.
    db.execute(
        "CREATE TABLE choices (key TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


_CHOICE_ACTS = (
    # Empty for choices from before they were acts: those stand, and cannot be undone.
    "ALTER TABLE taste_choices ADD COLUMN act INTEGER REFERENCES acts (id)",
    # The choice that this one takes back, as an act of its own.
    "ALTER TABLE taste_choices ADD COLUMN withdraws INTEGER REFERENCES taste_choices (id)"
    " ON DELETE CASCADE",
    "CREATE INDEX taste_choices_act ON taste_choices (act)",
    "CREATE INDEX taste_choices_withdraws ON taste_choices (withdraws)",
)


@MIGRATIONS()
def choice_acts(db: Database) -> None:
    """Choices of two photos are acts, in one line with verdicts."""
    for statement in _CHOICE_ACTS:
        db.execute(statement)


_BATCHES = (
    # One a profile and model is current: the newest that was written to its end.
    """
    CREATE TABLE taste_batches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        profile INTEGER NOT NULL REFERENCES taste_profiles (id) ON DELETE CASCADE,
        model TEXT NOT NULL,
        current INTEGER NOT NULL CHECK (current IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX taste_batches_profile ON taste_batches (profile, model)",
    "INSERT INTO taste_batches (profile, model, current)"
    " SELECT DISTINCT profile, model, 1 FROM taste_scores",
    "ALTER TABLE taste_scores RENAME TO former_taste_scores",
    "DROP INDEX taste_scores_photo",
    """
    CREATE TABLE taste_scores (
        batch INTEGER NOT NULL REFERENCES taste_batches (id) ON DELETE CASCADE,
        photo INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        value REAL NOT NULL,
        PRIMARY KEY (batch, photo)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO taste_scores SELECT b.id, f.photo, f.value FROM former_taste_scores f"
    " JOIN taste_batches b ON b.profile = f.profile AND b.model = f.model",
    "DROP TABLE former_taste_scores",
    "CREATE INDEX taste_scores_photo ON taste_scores (photo)",
)


@MIGRATIONS()
def batches(db: Database) -> None:
    """Scores of tastes come in batches, so that writing them makes nobody wait."""
    for statement in _BATCHES:
        db.execute(statement)
