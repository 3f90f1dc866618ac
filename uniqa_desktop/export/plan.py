"""What goes where: the files of each photo together, under names that are free.

A photo's RAW, JPEG and sidecars keep one common stem, so that other programs still see that they
belong together: if one of the names is taken, all of them become `IMG_1 (2).…`.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop import paths
from uniqa_desktop.errors import WrongUse
from uniqa_desktop.photo import Photo
from uniqa_desktop.scan import content
from uniqa_desktop.xmp.naming import Folders


@dataclass(frozen=True, slots=True)
class Transfer:
    """One file's way.

    `there` means that the target holds the same bytes already; `stays` that the source is kept
    even by a move, because it also belongs to a photo that is not moved.
    """

    source: Path
    target: Path
    size: int
    there: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """All files of one photo: they go together or not at all. `why` says why not."""

    photo: int
    path: Path
    transfers: tuple[Transfer, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """A whole export. `move` removes the sources once their copies are verified."""

    folder: Path
    parcels: tuple[Parcel, ...]
    move: bool = False

    @property
    def ready(self) -> list[Parcel]:
        """The parcels that can be carried out."""
        return [parcel for parcel in self.parcels if not parcel.why]

    @property
    def held(self) -> list[Parcel]:
        """The parcels that cannot, each with its reason."""
        return [parcel for parcel in self.parcels if parcel.why]

    @property
    def bytes(self) -> int:
        """How much there is to copy."""
        return sum(
            transfer.size
            for parcel in self.ready
            for transfer in parcel.transfers
            if not transfer.there
        )


def make(
    photos: Iterable[Photo], folder: Path, *, move: bool = False, root: Path | None = None
) -> ExportPlan:
    """Plans the export of photos into `folder`. Nothing is written.

    Args:
        photos: with their companions; sidecars beside them are found and go along.
        folder: the target; it need not exist.
        move: whether the sources shall go.
        root: keep the folders below it; without it all files land in `folder` itself.

    Raises:
        WrongUse: the target is a file, or lies where the photos are.
    """
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{paths.display(folder)} is a file: choose a folder to export to.")
    beside = Folders()
    taken = _Names()
    return ExportPlan(
        folder,
        tuple(_parcel(photo, folder, root, beside, taken) for photo in photos),
        move,
    )


def _parcel(
    photo: Photo, folder: Path, root: Path | None, beside: Folders, taken: _Names
) -> Parcel:
    pictures = [photo.path, *photo.companions]
    sources = [*pictures, *beside.present(pictures)]
    target = folder
    if root is not None and photo.path.is_relative_to(root):
        target = folder / photo.path.parent.relative_to(root)
    if any(source.parent == target for source in sources):
        return Parcel(
            photo.id, photo.path, (), f"{paths.display(photo.path)} lies in the target already."
        )
    try:
        sizes = [source.stat().st_size for source in sources]
    except OSError as error:
        name = paths.display(Path(error.filename or photo.path).name)
        return Parcel(
            photo.id, photo.path, (), f"{name} cannot be read ({error.strerror}): scan the folder."
        )
    stem = photo.path.stem
    for number in range(1, 10_000):
        chosen = stem if number == 1 else f"{stem} ({number})"
        names = [chosen + source.name[len(stem) :] for source in sources]
        found = [
            taken.state(target, name, source, size)
            for name, source, size in zip(names, sources, sizes, strict=True)
        ]
        if all(state is not _Names.TAKEN for state in found):
            taken.claim(target, names)
            rows = zip(sources, names, sizes, found, strict=True)
            return Parcel(
                photo.id,
                photo.path,
                tuple(
                    Transfer(
                        source,
                        target / name,
                        size,
                        there=state is _Names.SAME,
                        # `IMG.xmp` speaks for `IMG.PNG` beside `IMG.JPG`, too.
                        stays=source not in pictures and bool(beside.rivals(source, pictures)),
                    )
                    for source, name, size, state in rows
                ),
            )
    return Parcel(
        photo.id, photo.path, (), f"Every name for {stem} is taken in {paths.display(target)}."
    )


class _Names:
    """Which names are taken in the target folders, in any letter case and Unicode form."""

    FREE, SAME, TAKEN = object(), object(), object()

    def __init__(self) -> None:
        self._claimed: dict[Path, set[str]] = {}
        self._there: dict[Path, dict[str, str]] = {}

    def state(self, folder: Path, name: str, source: Path, size: int) -> object:
        """Whether a name is free, holds the very bytes of `source`, or is taken."""
        key = _folded(name)
        if key in self._claimed.get(folder, ()):
            return self.TAKEN
        present = self._listed(folder).get(key)
        if present is None:
            return self.FREE
        other = folder / present
        try:
            if other.is_file() and other.stat().st_size == size:
                return self.SAME if content(other) == content(source) else self.TAKEN
        except OSError:
            pass
        return self.TAKEN

    def claim(self, folder: Path, names: Sequence[str]) -> None:
        self._claimed.setdefault(folder, set()).update(map(_folded, names))

    def _listed(self, folder: Path) -> dict[str, str]:
        if folder not in self._there:
            try:
                names = os.listdir(folder)
            except OSError:
                names = []
            self._there[folder] = {_folded(name): name for name in names}
        return self._there[folder]


def _folded(name: str) -> str:
    """What file systems that fold case and Unicode forms (macOS, Windows) take for the same."""
    return unicodedata.normalize("NFC", name).casefold()
