"""Where things are: the user's folders, the files that ship with the program, paths as text.

`UNIQA_HOME` moves every data, cache and config folder below one directory, which makes tests and
portable installations hermetic.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_APP = "uniqa-desktop"
_UNDECODABLE = "bytes:/"
"""Marks a text form of a path that is not valid UTF-8; no file name or absolute path starts so."""


def _user_folder(name: str, default: str) -> Path:
    home = os.environ.get("UNIQA_HOME")
    return Path(home) / name if home else Path(default)


def data_dir() -> Path:
    """The folder of the library and installed models (not created here)."""
    return _user_folder("data", platformdirs.user_data_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """The folder of what can be made again: thumbnails, the demo shoot."""
    return _user_folder("cache", platformdirs.user_cache_dir(_APP, appauthor=False))


def config_dir() -> Path:
    """The folder of settings."""
    return _user_folder("config", platformdirs.user_config_dir(_APP, appauthor=False))


def log_dir() -> Path:
    """The folder of log files."""
    return _user_folder("log", platformdirs.user_log_dir(_APP, appauthor=False))


def library_file() -> Path:
    """The default library, used when `--library` names no other."""
    return data_dir() / "library.db"


def thumbs_file() -> Path:
    """The thumbnail store; keyed by content, so all libraries share it. May be deleted any time."""
    return cache_dir() / "thumbs.db"


def demo_dir() -> Path:
    """Where the demo shoot is drawn unless the user names another folder."""
    return cache_dir() / "demo-shoot"


def bundled(name: str) -> Path:
    """A folder or file that ships with the program: `resources`, `models`, `resources/icons`, …

    Found beside the package when run from source, inside the package when installed from a wheel,
    and in the unpacking folder of a frozen app.

    Raises:
        FileNotFoundError: the program is installed without it (a broken installation).
    """
    package = Path(__file__).resolve().parent
    bases = [package.parent, package]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        bases.insert(0, Path(frozen))
    for base in bases:
        if (base / name).exists():
            return base / name
    raise FileNotFoundError(f"{name} is not in {', '.join(str(base) for base in bases)}")


def to_text(path: str) -> str:
    """`path` as text that any database or JSON reader accepts, reversible by `from_text`.

    File names on Unix are bytes; those that are not UTF-8 arrive in Python with lone surrogates,
    which SQLite refuses. They are written with a marker and escapes instead.
    """
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogateescape").replace(b"\\", b"\\\\")
        return _UNDECODABLE + raw.decode("utf-8", "backslashreplace")
    return path


def from_text(text: str) -> str:
    """The path that `to_text` made `text` of."""
    if not text.startswith(_UNDECODABLE):
        return text
    raw = bytearray()
    rest = text[len(_UNDECODABLE) :]
    while rest:
        before, slash, rest = rest.partition("\\")
        raw += before.encode("utf-8")
        if slash and rest.startswith("\\"):
            raw += b"\\"
            rest = rest[1:]
        elif slash:
            raw.append(int(rest[1:3], 16))
            rest = rest[3:]
    return raw.decode("utf-8", "surrogateescape")


def display(path: Path | str) -> str:
    """`path` for people and JSON: bytes that are no text are shown by their number."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
