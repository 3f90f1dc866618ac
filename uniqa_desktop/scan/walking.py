"""Walking folders and comparing names, sizes and time stamps with what is known.

No file is opened here, and an unchanged folder costs little more than its listing
(benchmarks/rescan.py).
"""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from uniqa_desktop.formats import PHOTO_EXTENSIONS, Kind, kind_of, stem_of
from uniqa_desktop.photo import Failure, Stage

_SYSTEM_FOLDERS = frozenset(
    (
        "$recycle.bin",
        "system volume information",
        "recycler",
        "lost+found",
        "__macosx",
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "@__thumb",
        "#recycle",
        "#snapshot",
    )
)
"""Trash, snapshots and thumbnails that systems and network drives keep, in lower case. The trash
of Linux and macOS has hidden names."""

_SMALLEST, _LARGEST = -(1 << 63), (1 << 63) - 1
"""Time stamps that the library can hold: the years 1678 to 2262. Broken ones are cut to them."""

_REASONS = {
    errno.EACCES: "There is no permission to read it.",
    errno.EPERM: "There is no permission to read it.",
    errno.ENOENT: "It is not there any more, or is a link to nowhere.",
    errno.ENOTDIR: "It is not a folder.",
    errno.ELOOP: "It is a link that leads back to itself or to a folder that it lies in.",
    errno.ENAMETOOLONG: "Its path is too long for this system.",
    errno.EIO: "The drive reports an error while reading it.",
}

Known = Mapping[str, Mapping[str, tuple[int, int]]]
"""Folder -> name -> (size, mtime_ns) of the files that were there at the last scan."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What the walk found in one folder, against what was known of it.

    `skipped` counts what is no photo: "hidden", "system", "video", "sidecar", "other", and "seen"
    for links to folders that were walked already.
    """

    path: str
    unchanged: int = 0
    new: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()
    skipped: Counter[str] = field(default_factory=Counter)
    failures: tuple[Failure, ...] = ()


@dataclass(slots=True)
class Survey:
    """The sum of a walk: what `settle` starts from."""

    unchanged: int = 0
    new: list[Path] = field(default_factory=list)
    changed: list[Path] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, folder: Folder) -> None:
        """Takes in one folder."""
        self.unchanged += folder.unchanged
        self.new += folder.new
        self.changed += folder.changed
        self.gone += folder.gone
        self.skipped += folder.skipped
        self.failures += folder.failures


def walk(roots: Iterable[Path], known: Known) -> Iterator[Folder]:
    """Lists every folder at or below `roots` (absolute) once, links to folders last.

    `known` holds the folders at or below `roots`. Those that are no more come at the end, with
    all their files gone; but not what lies in a folder that could not be listed: an unreadable
    folder, or a drive that is not plugged in, loses no photo.
    """
    walker = _Walker([str(root) for root in roots], known)
    while walker.waiting or walker.links:
        # Links last: a folder keeps its own path where a link leads to it, too.
        yield walker.visit(walker.waiting.pop() if walker.waiting else walker.links.pop())
    yield from walker.vanished()


class _Walker:
    """The state of one walk."""

    def __init__(self, roots: list[str], known: Known) -> None:
        self.waiting = roots[::-1]
        self.links: list[str] = []
        self._known = dict(known)
        self._visited: set[tuple[int, int]] = set()
        self._unreadable: list[str] = []

    def visit(self, path: str) -> Folder:
        """Lists one folder, unless it was listed under another path."""
        try:
            state = Path(path).stat()
            if (state.st_dev, state.st_ino) in self._visited:
                return Folder(path, skipped=Counter(seen=1))
            self._visited.add((state.st_dev, state.st_ino))
            with os.scandir(path) as entries:
                return self._compare(path, entries)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError | NotADirectoryError)
            if not gone or not _can_be_listed(os.path.dirname(path)):
                self._unreadable.append(path)
            return Folder(path, failures=(failure(path, error),))

    def _compare(self, path: str, entries: Iterator[os.DirEntry[str]]) -> Folder:
        before = self._known.get(path, {})
        files: dict[str, tuple[int, int]] = {}
        folders: list[str] = []
        skipped: Counter[str] = Counter()
        failures: list[Failure] = []
        for entry in entries:
            name = entry.name
            try:
                # The way of nearly all files comes first and does nothing needless: the speed of
                # a re-scan is decided here (benchmarks/rescan.py).
                if name[name.rfind(".") :].lower() in PHOTO_EXTENSIONS and name[0] != ".":
                    state = entry.stat()
                    if stat.S_ISREG(state.st_mode):
                        files[name] = (state.st_size, state.st_mtime_ns)
                        continue
                skip = _why_skipped(entry)
                if skip:
                    skipped[skip] += 1
                elif entry.is_symlink():
                    if _is_at_or_below(os.path.realpath(path), os.path.realpath(entry.path)):
                        raise OSError(errno.ELOOP, "leads back")
                    self.links.append(entry.path)
                else:
                    folders.append(entry.path)
            except OSError as error:
                failures.append(failure(entry.path, error))
                if name in before and not isinstance(error, FileNotFoundError):
                    files[name] = before[name]
        self._known.pop(path, None)
        self.waiting += sorted(folders, reverse=True)
        if files == before:
            return Folder(path, len(files), skipped=skipped, failures=tuple(failures))
        names = _ordered(files)
        new = [name for name in names if name not in before]
        changed = [n for n in names if n in before and before[n] != storable(files[n])]
        gone = _ordered(before.keys() - files.keys())
        return Folder(
            path,
            len(files) - len(new) - len(changed),
            tuple(Path(path, name) for name in new),
            tuple(Path(path, name) for name in changed),
            tuple(Path(path, name) for name in gone),
            skipped,
            tuple(failures),
        )

    def vanished(self) -> Iterator[Folder]:
        """The known folders that the walk did not come to, where it could have come to them."""
        for path, names in self._known.items():
            if not any(_is_at_or_below(path, folder) for folder in self._unreadable):
                yield Folder(path, gone=tuple(Path(path, name) for name in _ordered(names)))


def _why_skipped(entry: os.DirEntry[str]) -> str | None:
    """The word under which an entry is counted that is no photo; `None` for a folder to walk."""
    if entry.name.startswith("."):
        return "hidden"
    if not entry.is_dir():
        kind = kind_of(entry.name)
        return kind if kind in (Kind.VIDEO, Kind.SIDECAR) else "other"
    if entry.name.lower() in _SYSTEM_FOLDERS:
        return "system"
    # Windows has no hidden names, but a mark on the folder.
    marks = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return "hidden" if marks & stat.FILE_ATTRIBUTE_HIDDEN else None


def _can_be_listed(path: str) -> bool:
    try:
        os.scandir(path).close()
    except OSError:
        return False
    return True


def _is_at_or_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))


def _ordered(names: Iterable[str]) -> list[str]:
    """By stem, so that RAW and JPEG of one exposure are neighbours, then by name."""
    return sorted(names, key=lambda name: (stem_of(name), name))


def storable(stamp: tuple[int, int]) -> tuple[int, int]:
    """(size, mtime_ns) as the library can hold it."""
    size, mtime_ns = stamp
    return size, min(max(mtime_ns, _SMALLEST), _LARGEST)


def failure(path: str | Path, error: OSError) -> Failure:
    """The failure of a file or folder that could not be read, in one sentence."""
    reason = _REASONS.get(error.errno or 0, f"It cannot be read ({error.strerror or error}).")
    return Failure(Path(path), reason, Stage.SCAN)
