"""The two kinds of errors.

    UniqaError
    └── KnownError               the environment or the input: one sentence that says what to do
        ├── WrongUse             the request makes no sense (exit 2)
        ├── PhotoError           one photo cannot be read; the run goes on
        │   └── PhotoTooLarge    more pixels than the stated limit
        ├── LibraryError         the database file
        │   ├── LibraryTooNew    made by a later version of the program
        │   ├── LibraryBusy      another program holds the lock
        │   ├── LibraryReadOnly  no right to write
        │   └── LibraryDamaged   not a database, or a corrupt one: backup kept, rebuild offered
        ├── DiskFull             no room left on a drive
        ├── DownloadError        a file could not be fetched from the network
        ├── ServerError          a language server cannot be reached, or its answers are of no use
        └── WeightsError         a model file is missing, refused or damaged

Everything else is a bug: it reaches the log and a dialog with copyable text, never a sentence
that blames the user.
"""

from __future__ import annotations


class UniqaError(Exception):
    """Root of all errors that this program raises on purpose."""


class KnownError(UniqaError):
    """A foreseen trouble. `str(error)` is one sentence for the user."""


class WrongUse(KnownError):
    """The request itself cannot be carried out as given."""


class PhotoError(KnownError):
    """One photo cannot be read. `str(error)` is the reason without the path."""


class PhotoTooLarge(PhotoError):
    """The picture has more pixels than `decode.MAX_PIXELS`."""


class LibraryError(KnownError):
    """The library file cannot be used."""


class LibraryTooNew(LibraryError):
    """The library was written by a later version."""


class LibraryBusy(LibraryError):
    """Another process holds the library's lock for longer than we wait."""


class LibraryReadOnly(LibraryError):
    """The library cannot be written."""


class LibraryDamaged(LibraryError):
    """The library is not a sound database."""


class DiskFull(KnownError):
    """A drive has no room left."""


class DownloadError(KnownError):
    """A file could not be fetched: nobody answers, or what came is not the file."""


class ServerError(KnownError):
    """A language server is not there, refuses, or gives answers that are of no use."""


class WeightsError(KnownError):
    """A model file is missing, refused or damaged."""
