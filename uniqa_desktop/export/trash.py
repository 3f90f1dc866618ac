"""Rejects into the system's trash: planned from the library, checked again photo by photo.

A list made earlier is never trusted: right before a photo goes, its own verdict and its own files
are looked at once more (other programs lost kept photos by trusting the list on the screen).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from uniqa_desktop import paths
from uniqa_desktop.photo import Flag, Photo, State
from uniqa_desktop.xmp.naming import Folders, is_on_card


@dataclass(frozen=True, slots=True)
class Doomed:
    """A rejected photo with all files that go together; `why` says why it stays, if it does.

    `sizes` are the files' sizes in bytes, by which they are known again.
    """

    photo: int
    path: Path
    files: tuple[Path, ...]
    sizes: tuple[int, ...]
    why: str = ""

    @property
    def bytes(self) -> int:
        """How much room it takes."""
        return sum(self.sizes)


def plan(photos: Iterable[Photo]) -> list[Doomed]:
    """What would go to the trash of these photos: those that are rejected now, whole.

    Sidecars go along unless they also speak for another photo.
    """
    beside = Folders()
    return [_doomed(photo, beside) for photo in photos]


def _doomed(photo: Photo, beside: Folders) -> Doomed:
    pictures = [photo.path, *photo.companions]
    files = [
        *pictures,
        *(each for each in beside.present(pictures) if not beside.rivals(each, pictures)),
    ]
    if photo.verdict.flag is not Flag.REJECT:
        return Doomed(photo.id, photo.path, (), (), "It is not rejected (any more).")
    if photo.state is State.MISSING:
        return Doomed(photo.id, photo.path, (), (), "Its file is missing.")
    if is_on_card(photo.path):
        return Doomed(
            photo.id, photo.path, (), (), "It lies on a camera's card, which is never written."
        )
    try:
        return Doomed(
            photo.id, photo.path, tuple(files), tuple(file.stat().st_size for file in files)
        )
    except OSError as error:
        return Doomed(photo.id, photo.path, (), (), f"It cannot be read ({error.strerror}).")


def check(doomed: Doomed, now: Photo) -> str:
    """Why a photo must not go after all, or an empty text.

    Args:
        doomed: as it was planned.
        now: the photo as the library knows it at this moment.
    """
    again = _doomed(now, Folders())
    if again.why:
        return again.why
    if (again.files, again.sizes) != (doomed.files, doomed.sizes):
        return "Its files have changed since the list was made."
    return ""


def throw_away(files: Sequence[Path]) -> str:
    """Puts files into the system's trash; why it could not be done, or an empty text.

    The first file is the photo's own: if it cannot go, the others stay, too.
    """
    from send2trash import send2trash

    for file in files:
        try:
            send2trash(file)
        except OSError as error:
            return f"{paths.display(file.name)} cannot be put into the trash ({error})."
    return ""
